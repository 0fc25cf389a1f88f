use std::time::Duration;

use jiff::Timestamp;
use names::Host;
use rustls::pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use webpki::{EndEntityCert, Error, KeyUsage};

use super::{CertFault, CertInfo, Expect, verifier::algorithms};

/// A chain, as its certificates were sent.
pub(super) struct Chain<'a> {
    pub(super) der: Vec<CertificateDer<'a>>,
    pub(super) info: &'a [CertInfo],
}

/// Every fault of a chain (RFC 5280 §6, RFC 8461 §4.2), in order, each once.
pub(super) fn faults(chain: &Chain<'_>, expect: &Expect) -> Vec<CertFault> {
    let (Some(leaf), Some((der, rest))) = (chain.info.first(), chain.der.split_first()) else {
        return vec![CertFault::Malformed];
    };
    let mut faults = validity(leaf, expect.now);
    if let Ok(cert) = EndEntityCert::try_from(der) {
        let anchors = &expect.roots.store().roots;
        let path = Path {
            cert: &cert,
            anchors,
            rest,
        };
        path_faults(&path, chain.info, expect.now, &mut faults);
        if !names_host(path.cert, &expect.name) {
            faults.push(name_fault(leaf, &expect.name));
        }
    } else {
        // X.509 v1 and what is worse: webpki takes none of it.
        faults.push(CertFault::Malformed);
        if leaf.readable && !leaf.dns_names.iter().any(|name| covers(name, &expect.name)) {
            faults.push(name_fault(leaf, &expect.name));
        }
        if leaf.self_signed {
            faults.push(CertFault::SelfSigned);
        }
    }
    faults.sort_unstable();
    faults.dedup();
    faults
}

/// A leaf, what it may lead to, and what it may lead over.
pub(super) struct Path<'a> {
    pub(super) cert: &'a EndEntityCert<'a>,
    pub(super) anchors: &'a [TrustAnchor<'a>],
    pub(super) rest: &'a [CertificateDer<'a>],
}

impl Path<'_> {
    /// What keeps the path from being valid at that time; the first thing only.
    pub(super) fn error(&self, at: Timestamp, usage: KeyUsage) -> Option<Error> {
        let seconds = u64::try_from(at.as_second()).unwrap_or(0);
        let at = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        let all = algorithms().all;
        let result =
            self.cert
                .verify_for_usage(all, self.anchors, self.rest, at, usage, None, None);
        result.err()
    }
}

fn validity(leaf: &CertInfo, now: Timestamp) -> Vec<CertFault> {
    let mut faults = Vec::new();
    if leaf.not_after.is_some_and(|end| end < now) {
        faults.push(CertFault::Expired);
    }
    if leaf.not_before.is_some_and(|start| start > now) {
        faults.push(CertFault::NotYetValid);
    }
    faults
}

/// webpki stops at the first fault. What lies behind it is found by asking again without it: at a
/// time within the leaf's validity, for a usage that the leaf has.
fn path_faults(path: &Path<'_>, infos: &[CertInfo], now: Timestamp, faults: &mut Vec<CertFault>) {
    let Some(leaf) = infos.first() else { return };
    let mut error = path.error(now, KeyUsage::server_auth());
    let mut at = now;
    if !faults.is_empty() {
        let times = within(leaf);
        let apart = |time: &Timestamp| {
            let error = path.error(*time, KeyUsage::server_auth());
            !error.as_ref().is_some_and(is_time)
        };
        // Where leaf and issuer are never valid together, the leaf's own fault has said it.
        let Some(time) = times.into_iter().find(apart) else {
            return;
        };
        at = time;
        error = path.error(at, KeyUsage::server_auth());
    }
    if error.as_ref().is_some_and(is_usage) {
        faults.push(CertFault::WrongUsage);
        error = path.error(at, KeyUsage::client_auth());
    }
    let Some(error) = error else { return };
    match error {
        Error::CertExpired { .. } => faults.push(CertFault::Expired),
        Error::CertNotValidYet { .. } => faults.push(CertFault::NotYetValid),
        // openssl req -x509 makes a CA's certificate out of every self-signed one.
        Error::CaUsedAsEndEntity if leaf.self_signed => faults.push(CertFault::SelfSigned),
        Error::CaUsedAsEndEntity | Error::EmptyEkuExtension => faults.push(CertFault::WrongUsage),
        Error::UnknownIssuer | Error::InvalidSignatureForPublicKey => {
            faults.push(untrusted(&error, path, infos));
        }
        Error::NameConstraintViolation
        | Error::PathLenConstraintViolated
        | Error::MaximumPathDepthExceeded
        | Error::MaximumPathBuildCallsExceeded
        | Error::MaximumSignatureChecksExceeded
        | Error::MaximumNameConstraintComparisonsExceeded
        | Error::EndEntityUsedAsCa
        | Error::UnsupportedCriticalExtension => faults.push(CertFault::Constraint),
        other if is_usage(&other) => faults.push(CertFault::WrongUsage),
        other if is_signature(&other) => faults.push(CertFault::BadSignature),
        _ => faults.push(CertFault::Malformed),
    }
}

/// Times at which the leaf is valid: the middle, and both ends.
fn within(leaf: &CertInfo) -> Vec<Timestamp> {
    let (Some(start), Some(end)) = (leaf.not_before, leaf.not_after) else {
        return Vec::new();
    };
    let middle = i64::midpoint(start.as_second(), end.as_second());
    [middle, end.as_second(), start.as_second()]
        .into_iter()
        .filter_map(|second| Timestamp::from_second(second).ok())
        .collect()
}

/// Which kind of "no trusted root" it is.
fn untrusted(error: &Error, path: &Path<'_>, infos: &[CertInfo]) -> CertFault {
    let Some((leaf, rest)) = infos.split_first() else {
        return CertFault::Malformed;
    };
    if leaf.self_signed {
        return CertFault::SelfSigned;
    }
    let issuer = rest
        .iter()
        .zip(path.rest)
        .find(|(info, _)| info.subject == leaf.issuer);
    match issuer {
        // A root of the same name with another key: webpki calls that a bad signature. It is one
        // only where the issuer that was sent did not sign the leaf.
        Some((_, der)) if *error == Error::InvalidSignatureForPublicKey => {
            if is_issued_by(path, der, &within(leaf)) {
                CertFault::Untrusted
            } else {
                CertFault::BadSignature
            }
        }
        None if *error == Error::UnknownIssuer => CertFault::IncompleteChain,
        Some(_) | None => CertFault::Untrusted,
    }
}

fn is_issued_by(path: &Path<'_>, issuer: &CertificateDer<'_>, at: &[Timestamp]) -> bool {
    let Ok(anchor) = webpki::anchor_from_trusted_cert(issuer) else {
        return false;
    };
    let anchors = [anchor];
    let alone = Path {
        cert: path.cert,
        anchors: &anchors,
        rest: &[],
    };
    // An anchor has no validity here: within the leaf's own, only the signature can fail.
    let broken = |time: &Timestamp| {
        alone.error(*time, KeyUsage::server_auth()) == Some(Error::InvalidSignatureForPublicKey)
    };
    !at.iter().any(broken)
}

pub(super) fn is_time(error: &Error) -> bool {
    matches!(
        error,
        Error::CertExpired { .. } | Error::CertNotValidYet { .. }
    )
}

fn is_usage(error: &Error) -> bool {
    matches!(error, Error::RequiredEkuNotFoundContext(_))
}

fn is_signature(error: &Error) -> bool {
    matches!(
        error,
        Error::SignatureAlgorithmMismatch
            | Error::UnsupportedSignatureAlgorithmContext(_)
            | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_)
    )
}

/// RFC 8461 §4.1, RFC 9525 §6: DNS-IDs only, `*` only as the whole left-most label.
pub(super) fn names_host(cert: &EndEntityCert<'_>, host: &Host) -> bool {
    ServerName::try_from(host.as_str())
        .is_ok_and(|name| cert.verify_is_valid_for_subject_name(&name).is_ok())
}

/// RFC 9525 §2: a name that stands in the common name only does not count, yet is worth telling.
fn name_fault(leaf: &CertInfo, host: &Host) -> CertFault {
    let in_cn = leaf
        .common_names
        .iter()
        .any(|name| covers(&name.to_ascii_lowercase(), host));
    if leaf.dns_names.is_empty() && in_cn {
        CertFault::CnOnly
    } else {
        CertFault::NameMismatch
    }
}

fn covers(pattern: &str, host: &Host) -> bool {
    match pattern.strip_prefix("*.") {
        Some(base) => host
            .as_str()
            .split_once('.')
            .is_some_and(|(_, rest)| rest == base),
        None => pattern == host.as_str(),
    }
}
