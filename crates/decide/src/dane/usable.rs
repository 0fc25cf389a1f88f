use serde::Serialize;

use crate::facts::Tlsa;

/// Why a TLSA record is not usable for SMTP (RFC 7672 §2.2, §3.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unusable {
    /// Usage PKIX-TA(0) or PKIX-EE(1): not for SMTP (RFC 7672 §3.1.3).
    PkixUsage,
    /// A usage that no RFC defines.
    Usage,
    /// A selector that no RFC defines.
    Selector,
    /// A matching type that no RFC defines.
    Matching,
    /// A digest whose length is not its matching type's (RFC 6698 §2.1.3).
    DigestLength,
    /// Full data that is no certificate or public key (RFC 6698 §2.1.3).
    Malformed,
}

/// Whether a TLSA record can be used for SMTP: DANE-TA(2) or DANE-EE(3), a known selector and
/// matching type, well-formed data (RFC 7672 §2.2, §3.1).
pub fn usability(record: &Tlsa) -> Result<(), Unusable> {
    match record.usage {
        2 | 3 => {}
        0 | 1 => return Err(Unusable::PkixUsage),
        _ => return Err(Unusable::Usage),
    }
    // 0 the certificate, 1 its public key (RFC 6698 §2.1.2).
    if record.selector > 1 {
        return Err(Unusable::Selector);
    }
    // 0 the data itself, 1 SHA-256, 2 SHA-512 (RFC 6698 §2.1.3).
    match record.matching {
        0 if is_der_sequence(&record.data) => Ok(()),
        0 => Err(Unusable::Malformed),
        1 if record.data.len() == 32 => Ok(()),
        2 if record.data.len() == 64 => Ok(()),
        1 | 2 => Err(Unusable::DigestLength),
        _ => Err(Unusable::Matching),
    }
}

/// Whether the bytes are one whole DER SEQUENCE, as certificates and public keys are.
fn is_der_sequence(data: &[u8]) -> bool {
    let [0x30, length, rest @ ..] = data else {
        return false;
    };
    match usize::from(*length) {
        short @ 0..=0x7f => rest.len() == short,
        long => {
            let Some((length, body)) = rest.split_at_checked(long & 0x7f) else {
                return false;
            };
            // Four octets count more than a DNS message can hold.
            !length.is_empty()
                && length.len() <= 4
                && length
                    .iter()
                    .fold(0, |sum, octet| sum << 8 | usize::from(*octet))
                    == body.len()
        }
    }
}
