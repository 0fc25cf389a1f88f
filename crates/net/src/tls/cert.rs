use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;
use x509_parser::{
    certificate::X509Certificate, extensions::GeneralName, prelude::FromDer as _,
    public_key::PublicKey, time::ASN1Time, x509::X509Name,
};

use super::{CertInfo, KeyKind};
use crate::shown::shown;

/// The most names that are kept of one certificate, and the longest text of one.
const MAX_NAMES: usize = 256;
const MAX_TEXT: usize = 512;

/// Signature algorithms by OID: name, and whether the hash is broken (RFC 9325 §4.1).
const SIGNATURES: &[(&str, &str, bool)] = &[
    ("1.2.840.113549.1.1.4", "md5WithRSA", true),
    ("1.2.840.113549.1.1.5", "sha1WithRSA", true),
    ("1.2.840.113549.1.1.10", "rsaPSS", false),
    ("1.2.840.113549.1.1.11", "sha256WithRSA", false),
    ("1.2.840.113549.1.1.12", "sha384WithRSA", false),
    ("1.2.840.113549.1.1.13", "sha512WithRSA", false),
    ("1.2.840.10040.4.3", "dsaWithSHA1", true),
    ("1.2.840.10045.4.1", "ecdsaWithSHA1", true),
    ("1.2.840.10045.4.3.2", "ecdsaWithSHA256", false),
    ("1.2.840.10045.4.3.3", "ecdsaWithSHA384", false),
    ("1.2.840.10045.4.3.4", "ecdsaWithSHA512", false),
    ("1.3.101.112", "Ed25519", false),
    ("1.3.101.113", "Ed448", false),
];

/// SHA-256.
pub(super) fn sha256(octets: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, octets).as_ref());
    hash
}

/// The fields of a certificate, and nothing but its octets where they cannot be read.
pub(super) fn describe(der: &[u8]) -> CertInfo {
    let mut info = CertInfo {
        sha256: sha256(der),
        spki_sha256: [0; 32],
        der: der.to_vec(),
        readable: false,
        subject: String::new(),
        issuer: String::new(),
        dns_names: Vec::new(),
        common_names: Vec::new(),
        not_before: None,
        not_after: None,
        key: KeyKind::Other,
        signature: String::new(),
        weak_signature: false,
        self_signed: false,
        is_ca: false,
        x509_version: 0,
    };
    if let Ok((_, cert)) = X509Certificate::from_der(der) {
        fill(&mut info, &cert);
    }
    info
}

fn fill(info: &mut CertInfo, cert: &X509Certificate<'_>) {
    info.readable = true;
    info.spki_sha256 = sha256(cert.public_key().raw);
    info.subject = clean(&cert.subject().to_string());
    info.issuer = clean(&cert.issuer().to_string());
    info.common_names = common_names(cert.subject());
    info.not_before = timestamp(cert.validity().not_before);
    info.not_after = timestamp(cert.validity().not_after);
    info.self_signed = cert.subject().as_raw() == cert.issuer().as_raw();
    info.is_ca = cert
        .basic_constraints()
        .ok()
        .flatten()
        .is_some_and(|basic| basic.value.ca);
    info.x509_version = cert.version().0.saturating_add(1);
    info.key = key(cert);
    let oid = cert.signature_algorithm.algorithm.to_id_string();
    let known = SIGNATURES.iter().find(|(known, _, _)| *known == oid);
    info.weak_signature = known.is_some_and(|(_, _, weak)| *weak);
    info.signature = known.map_or(oid, |(_, name, _)| (*name).to_owned());
    if let Ok(Some(names)) = cert.subject_alternative_name() {
        let dns = |name: &GeneralName<'_>| match name {
            GeneralName::DNSName(name) => Some(clean(name).to_ascii_lowercase()),
            _ => None,
        };
        info.dns_names = names
            .value
            .general_names
            .iter()
            .filter_map(dns)
            .take(MAX_NAMES)
            .collect();
    }
}

fn common_names(name: &X509Name<'_>) -> Vec<String> {
    let texts = name
        .iter_common_name()
        .filter_map(|value| value.as_str().ok());
    texts.take(MAX_NAMES).map(clean).collect()
}

fn key(cert: &X509Certificate<'_>) -> KeyKind {
    let spki = cert.public_key();
    if spki.algorithm.algorithm.to_id_string() == "1.3.101.112" {
        return KeyKind::Ed25519;
    }
    let bits = |size: usize| u32::try_from(size).unwrap_or(u32::MAX);
    match spki.parsed() {
        Ok(PublicKey::RSA(rsa)) => KeyKind::Rsa(modulus_bits(rsa.modulus)),
        Ok(PublicKey::EC(point)) => KeyKind::Ec(bits(point.key_size())),
        _ => KeyKind::Other,
    }
}

fn modulus_bits(modulus: &[u8]) -> u32 {
    let start = modulus
        .iter()
        .position(|octet| *octet != 0)
        .unwrap_or(modulus.len());
    let digits = modulus.get(start..).unwrap_or_default();
    let spare = digits.first().map_or(0, |first| first.leading_zeros());
    u32::try_from(digits.len())
        .unwrap_or(0)
        .saturating_mul(8)
        .saturating_sub(spare)
}

fn timestamp(time: ASN1Time) -> Option<Timestamp> {
    Timestamp::from_second(time.timestamp()).ok()
}

fn clean(text: &str) -> String {
    shown(text.as_bytes(), MAX_TEXT)
}
