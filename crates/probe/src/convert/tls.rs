use decide::facts::{CertFact, CertFault, DaneOutcome, HandshakeFault, Presented, TlsFact};
use net::tls::{self, CertInfo, Judged, KeyKind, TlsError, TlsFacts, TlsVersion, legacy::Answered};

/// A handshake that stands.
pub(crate) fn tls(from: TlsFacts) -> TlsFact {
    TlsFact {
        version: from.version.to_string(),
        cipher: from.cipher_name,
        chain: from.chain.into_iter().map(certificate).collect(),
        faults: from.pkix_faults.into_iter().map(fault).collect(),
        dane: from.dane.map(dane),
    }
}

/// A handshake that failed.
pub(crate) fn handshake(error: TlsError) -> HandshakeFault {
    match error {
        TlsError::Alert(alert) => HandshakeFault::Alert {
            code: alert.0,
            name: alert.name().to_owned(),
        },
        TlsError::NotTls => HandshakeFault::NotTls,
        TlsError::Closed => HandshakeFault::Closed,
        TlsError::Timeout => HandshakeFault::Timeout,
        other => HandshakeFault::Other(other.to_string()),
    }
}

/// What a host presented to an old hello, its chain judged by `judge`.
pub(crate) fn presented(
    answered: Answered,
    judge: impl FnOnce(&[Vec<u8>]) -> Judged,
) -> Option<Presented> {
    let Answered::Presented(presented) = answered else {
        return None;
    };
    let judged = judge(&presented.chain);
    Some(Presented {
        version: presented.version.to_string(),
        cipher: presented.cipher_name(),
        tls12: presented.version >= TlsVersion::Tls12,
        chain: judged.chain.into_iter().map(certificate).collect(),
        faults: judged.pkix_faults.into_iter().map(fault).collect(),
        dane: judged.dane.map(dane),
    })
}

fn certificate(from: CertInfo) -> CertFact {
    let weak_key = match from.key {
        KeyKind::Rsa(bits) if bits < 2048 => Some(format!("RSA {bits}")),
        KeyKind::Ec(bits) if bits < 224 => Some(format!("EC {bits}")),
        _ => None,
    };
    // A root's own signature is never checked by anybody.
    let weak_signature = (from.weak_signature && !from.self_signed).then(|| from.signature.clone());
    CertFact {
        sha256: hex(&from.sha256),
        spki_sha256: hex(&from.spki_sha256),
        subject: from.subject,
        issuer: from.issuer,
        dns_names: from.dns_names,
        not_before: from.not_before,
        not_after: from.not_after,
        weak: weak_key.into_iter().chain(weak_signature).collect(),
    }
}

fn fault(from: tls::CertFault) -> CertFault {
    match from {
        tls::CertFault::Expired => CertFault::Expired,
        tls::CertFault::NotYetValid => CertFault::NotYetValid,
        tls::CertFault::NameMismatch => CertFault::NameMismatch,
        tls::CertFault::CnOnly => CertFault::CnOnly,
        tls::CertFault::SelfSigned => CertFault::SelfSigned,
        tls::CertFault::Untrusted => CertFault::Untrusted,
        tls::CertFault::IncompleteChain => CertFault::IncompleteChain,
        other => CertFault::Other(other.to_string()),
    }
}

fn dane(from: tls::DaneOutcome) -> DaneOutcome {
    match from {
        tls::DaneOutcome::Match { index, .. } => DaneOutcome::Match { index },
        tls::DaneOutcome::NoMatch => DaneOutcome::NoMatch,
        tls::DaneOutcome::TaNotSent => DaneOutcome::TaNotSent,
        tls::DaneOutcome::TaInvalid(fault) => DaneOutcome::TaInvalid(fault.to_string()),
        tls::DaneOutcome::TaNameMismatch => {
            DaneOutcome::TaInvalid("the certificate does not name the host".to_owned())
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
            // Writing into a String cannot fail.
            let _ = write!(out, "{byte:02x}");
            out
        })
}
