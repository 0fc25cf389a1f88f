//! The lab's certificate authorities: a root that `ca.pem` holds, an intermediate below it that
//! issues everything good, and a rogue that nobody trusts.

use std::sync::Arc;

use aws_lc_rs::digest;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose, PKCS_RSA_SHA256, PublicKeyData,
    SerialNumber, SignatureAlgorithm,
};
use rustls::{
    crypto::aws_lc_rs::sign::any_supported_type,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    sign::CertifiedKey,
};
use time::{Duration, OffsetDateTime};

/// What is wrong with a certificate, its name aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum CertKind {
    /// Nothing: 60 days to go, the intermediate sent along.
    #[default]
    Good,
    /// It ended three days ago.
    Expired,
    /// It begins in three days.
    NotYetValid,
    /// It ends in three days.
    ExpiresSoon,
    /// Its own issuer.
    SelfSigned,
    /// Issued by the rogue, whose own certificate is sent along.
    Untrusted,
    /// The intermediate is not sent along.
    IncompleteChain,
    /// The name stands in the common name only (RFC 9525 §2).
    CnOnly,
    /// Made for clients only.
    ClientOnly,
}

/// A certificate with its key, its chain in the order it is sent.
#[derive(Debug)]
pub(crate) struct Issued {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    key: KeyPair,
    leaf_pem: String,
}

/// What DANE pins: a certificate's public key (selector 1).
#[derive(Clone, Debug)]
pub(crate) struct Spki(Vec<u8>);

/// An RSA key of 1024 bits whose private half nobody has: it is shown and never used.
struct WeakKey(Vec<u8>);

/// The modulus of that key.
const WEAK_MODULUS: &str = "c6958a8abe761ba3a3f61ab742f30b047a34c529c967aa12beb3b48fbb9d71f6\
    5da109af9e3668f850fd4edeeb6734c3343e639c02e728bbf6de6d0f0e12d802\
    be20b49e30396134978443021ba124ebb2fdc6585d0badcbf6c68c1277ae2261\
    5543c951192195ef1dbb170eeae00da260320aef10a6c1bcd1fc581f70cb6ab1";

/// The authorities.
pub(crate) struct Ca {
    root: CertifiedIssuer<'static, KeyPair>,
    intermediate: CertifiedIssuer<'static, KeyPair>,
    rogue: CertifiedIssuer<'static, KeyPair>,
    now: OffsetDateTime,
}

impl Ca {
    /// Three new authorities, valid for a year around `now`.
    pub(crate) fn generate(now: OffsetDateTime) -> Result<Self, rcgen::Error> {
        let root = authority("Postseal Lab Root", now)?;
        let root = CertifiedIssuer::self_signed(root, KeyPair::generate()?)?;
        let intermediate = authority("Postseal Lab Intermediate", now)?;
        let intermediate = CertifiedIssuer::signed_by(intermediate, KeyPair::generate()?, &root)?;
        let rogue = authority("Nobody's Root", now)?;
        let rogue = CertifiedIssuer::self_signed(rogue, KeyPair::generate()?)?;
        Ok(Self {
            root,
            intermediate,
            rogue,
            now,
        })
    }

    /// The root in PEM: what a client is to trust.
    pub(crate) fn root_pem(&self) -> String {
        self.root.pem()
    }

    /// The intermediate's key, for DANE-TA with a certificate that is sent.
    pub(crate) fn intermediate_spki(&self) -> Spki {
        Spki(self.intermediate.key().subject_public_key_info())
    }

    /// The root's key, for DANE-TA with a certificate that is not sent.
    pub(crate) fn root_spki(&self) -> Spki {
        Spki(self.root.key().subject_public_key_info())
    }

    /// A certificate for these names.
    pub(crate) fn issue(&self, names: &[String], kind: CertKind) -> Result<Issued, rcgen::Error> {
        let (from, until) = self.period(kind);
        self.issue_between(names, kind, from, until)
    }

    /// A chain whose leaf has a key that is too short. Nobody can use it for a handshake.
    pub(crate) fn weak_chain(
        &self,
        names: &[String],
    ) -> Result<Vec<CertificateDer<'static>>, rcgen::Error> {
        let day = Duration::days(1);
        let validity = (self.now - day * 30, self.now + day * 60);
        let key = WeakKey::new();
        let leaf = leaf(names, CertKind::Good, &key, validity)?;
        let leaf = leaf.signed_by(&key, &self.intermediate)?;
        Ok(vec![leaf.der().clone(), self.intermediate.der().clone()])
    }

    /// A certificate for these names and this time.
    pub(crate) fn issue_between(
        &self,
        names: &[String],
        kind: CertKind,
        from: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Result<Issued, rcgen::Error> {
        self.issue_for(KeyPair::generate()?, names, kind, (from, until))
    }

    /// A certificate for this key, in PEM (PKCS #8).
    pub(crate) fn issue_for_key(
        &self,
        key_pem: &str,
        names: &[String],
        kind: CertKind,
    ) -> Result<Issued, rcgen::Error> {
        self.issue_for(KeyPair::from_pem(key_pem)?, names, kind, self.period(kind))
    }

    /// From when to when certificates of this kind are valid.
    fn period(&self, kind: CertKind) -> (OffsetDateTime, OffsetDateTime) {
        let day = Duration::days(1);
        match kind {
            CertKind::Expired => (self.now - day * 93, self.now - day * 3),
            CertKind::NotYetValid => (self.now + day * 3, self.now + day * 93),
            CertKind::ExpiresSoon => (self.now - day * 87, self.now + day * 3),
            _ => (self.now - day * 30, self.now + day * 60),
        }
    }

    fn issue_for(
        &self,
        key: KeyPair,
        names: &[String],
        kind: CertKind,
        period: (OffsetDateTime, OffsetDateTime),
    ) -> Result<Issued, rcgen::Error> {
        let params = leaf(names, kind, &key, period)?;
        let (leaf, above) = match kind {
            CertKind::SelfSigned => (params.self_signed(&key)?, None),
            CertKind::Untrusted => (params.signed_by(&key, &self.rogue)?, Some(&self.rogue)),

            CertKind::IncompleteChain => (params.signed_by(&key, &self.intermediate)?, None),
            _ => (
                params.signed_by(&key, &self.intermediate)?,
                Some(&self.intermediate),
            ),
        };
        let mut chain = vec![leaf.der().clone()];
        let mut pem = leaf.pem();
        if let Some(above) = above {
            chain.push(above.der().clone());
            pem.push_str(&above.pem());
        }
        Ok(Issued {
            chain,
            key,
            leaf_pem: pem,
        })
    }
}

impl WeakKey {
    /// RFC 8017 §A.1.1, with the usual exponent.
    fn new() -> Self {
        let digits: Vec<char> = WEAK_MODULUS.chars().collect();
        let octet = |pair: &[char]| {
            pair.iter()
                .fold(0, |sum, digit| sum << 4 | digit.to_digit(16).unwrap_or(0))
        };
        let mut der = vec![0x30, 0x81, 0x89, 0x02, 0x81, 0x81, 0x00];
        der.extend(
            digits
                .chunks(2)
                .map(|pair| u8::try_from(octet(pair)).unwrap_or(0)),
        );
        der.extend([0x02, 0x03, 0x01, 0x00, 0x01]);
        Self(der)
    }
}

impl PublicKeyData for WeakKey {
    fn der_bytes(&self) -> &[u8] {
        &self.0
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_RSA_SHA256
    }
}

impl Issued {
    /// The leaf's key.
    pub(crate) fn spki(&self) -> Spki {
        Spki(self.key.subject_public_key_info())
    }

    /// The chain as it is sent, in PEM.
    pub(crate) fn chain_pem(&self) -> &str {
        &self.leaf_pem
    }

    /// The chain and the key for rustls.
    pub(crate) fn certified(&self) -> Result<Arc<CertifiedKey>, rustls::Error> {
        let key = PrivatePkcs8KeyDer::from(self.key.serialize_der());
        let key = any_supported_type(&PrivateKeyDer::from(key))?;
        Ok(Arc::new(CertifiedKey::new(self.chain.clone(), key)))
    }
}

impl Spki {
    /// The key's SHA-256 digest, as matching type 1 wants it (RFC 6698 §2.1.3).
    pub(crate) fn sha256(&self) -> Vec<u8> {
        digest::digest(&digest::SHA256, &self.0).as_ref().to_vec()
    }
}

fn authority(name: &str, now: OffsetDateTime) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.distinguished_name = common_name(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.not_before = now - Duration::days(180);
    params.not_after = now + Duration::days(180);
    Ok(params)
}

fn leaf(
    names: &[String],
    kind: CertKind,
    key: &impl PublicKeyData,
    (from, until): (OffsetDateTime, OffsetDateTime),
) -> Result<CertificateParams, rcgen::Error> {
    let first = names.first().map_or("", String::as_str);
    let in_san = if kind == CertKind::CnOnly {
        Vec::new()
    } else {
        names.to_vec()
    };
    let mut params = CertificateParams::new(in_san)?;
    params.distinguished_name = common_name(first);
    params.not_before = from;
    params.not_after = until;
    // The key makes the number unique, as RFC 5280 §4.1.2.2 wants.
    let digest = digest::digest(&digest::SHA256, &key.subject_public_key_info());
    let serial: Vec<u8> = digest
        .as_ref()
        .iter()
        .take(16)
        .map(|octet| octet & 0x7f)
        .collect();
    params.serial_number = Some(SerialNumber::from_slice(&serial));
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![match kind {
        CertKind::ClientOnly => ExtendedKeyUsagePurpose::ClientAuth,
        _ => ExtendedKeyUsagePurpose::ServerAuth,
    }];
    params.use_authority_key_identifier_extension = kind != CertKind::SelfSigned;
    Ok(params)
}

fn common_name(name: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    // RFC 5280 appendix A.1: at most 64 characters.
    names.push(
        DnType::CommonName,
        name.chars().take(64).collect::<String>(),
    );
    names
}
