use aws_lc_rs::digest::{SHA256, SHA512, digest};
use rustls::pki_types::CertificateDer;
use webpki::{EndEntityCert, Error, KeyUsage};
use x509_parser::{certificate::X509Certificate, prelude::FromDer as _};

use super::{
    CertInfo, DaneOutcome, Expect, TaFault,
    pkix::{Chain, Path, names_host},
};
use crate::dns::Tlsa;

impl Tlsa {
    /// Whether an SMTP client can use the record: DANE-TA(2) or DANE-EE(3) (RFC 7672 §3.1.3: 0 and
    /// 1 are unusable), a known selector, a known matching type with data of its length.
    pub fn is_usable(&self) -> bool {
        let fits = match self.matching {
            0 => !self.data.is_empty(),
            1 => self.data.len() == 32,
            2 => self.data.len() == 64,
            _ => false,
        };
        matches!(self.usage, 2 | 3) && self.selector <= 1 && fits
    }

    /// Whether the record's data is that of the certificate (RFC 6698 §2.1), whatever its usage.
    pub fn matches(&self, der: &[u8]) -> bool {
        let selected = match self.selector {
            0 => der,
            1 => match X509Certificate::from_der(der) {
                Ok((_, cert)) => cert.tbs_certificate.subject_pki.raw,
                Err(_) => return false,
            },
            _ => return false,
        };
        match self.matching {
            0 => self.data == selected,
            1 => self.data == digest(&SHA256, selected).as_ref(),
            2 => self.data == digest(&SHA512, selected).as_ref(),
            _ => false,
        }
    }
}

/// DANE's verdict on a chain (RFC 7672 §3.1): the best that any usable record gives. None where
/// there is no usable record.
pub(super) fn outcome(chain: &Chain<'_>, expect: &Expect) -> Option<DaneOutcome> {
    let usable = || {
        expect
            .tlsa
            .iter()
            .enumerate()
            .filter(|(_, record)| record.is_usable())
    };
    usable().next()?;
    let leaf = chain.der.first();
    // RFC 7672 §3.1.1: names and validity of the leaf do not matter to DANE-EE.
    for (index, record) in usable().filter(|(_, record)| record.usage == 3) {
        if leaf.is_some_and(|leaf| record.matches(leaf)) {
            return Some(DaneOutcome::Match { index, usage: 3 });
        }
    }
    let mut best = None;
    for (index, record) in usable().filter(|(_, record)| record.usage == 2) {
        let sent = chain
            .der
            .iter()
            .zip(chain.info)
            .find(|(der, _)| record.matches(der));
        let Some((anchor, info)) = sent else { continue };
        match under(chain, anchor, info, expect) {
            Ok(true) => return Some(DaneOutcome::Match { index, usage: 2 }),
            Ok(false) => best = Some(DaneOutcome::TaNameMismatch),
            Err(fault) => best = best.or(Some(DaneOutcome::TaInvalid(fault))),
        }
    }
    let only_ta = usable().all(|(_, record)| record.usage == 2);
    Some(best.unwrap_or(if only_ta {
        DaneOutcome::TaNotSent
    } else {
        DaneOutcome::NoMatch
    }))
}

/// Whether the leaf was issued under the anchor, and then whether it names the host: RFC 7672
/// §3.1.2 and §3.2.2.
fn under(
    chain: &Chain<'_>,
    anchor: &CertificateDer<'_>,
    info: &CertInfo,
    expect: &Expect,
) -> Result<bool, TaFault> {
    let Some((leaf, rest)) = chain.der.split_first() else {
        return Err(TaFault::Malformed);
    };
    if info.not_after.is_some_and(|end| end < expect.now) {
        return Err(TaFault::Expired);
    }
    if info.not_before.is_some_and(|start| start > expect.now) {
        return Err(TaFault::NotYetValid);
    }
    let anchor = webpki::anchor_from_trusted_cert(anchor).map_err(|_| TaFault::Malformed)?;
    let cert = EndEntityCert::try_from(leaf).map_err(|_| TaFault::Malformed)?;
    let path = Path {
        cert: &cert,
        anchors: &[anchor],
        rest,
    };
    match path.error(expect.now, KeyUsage::server_auth()) {
        None => Ok(expect
            .dane_names
            .iter()
            .any(|name| names_host(path.cert, name))),
        Some(Error::CertExpired { .. }) => Err(TaFault::Expired),
        Some(Error::CertNotValidYet { .. }) => Err(TaFault::NotYetValid),
        Some(Error::UnknownIssuer | Error::InvalidSignatureForPublicKey) => Err(TaFault::NotIssued),
        Some(_) => Err(TaFault::Constraint),
    }
}
