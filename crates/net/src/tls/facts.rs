use std::{fmt, io};

use jiff::Timestamp;
use thiserror::Error;

/// A protocol version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TlsVersion {
    /// SSL 3.0 (dead by RFC 7568).
    Ssl3,
    /// TLS 1.0 (dead by RFC 8996).
    Tls10,
    /// TLS 1.1 (dead by RFC 8996).
    Tls11,
    /// TLS 1.2.
    Tls12,
    /// TLS 1.3.
    Tls13,
}

/// What a completed handshake showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFacts {
    /// The version agreed on.
    pub version: TlsVersion,
    /// The cipher suite's number (IANA TLS Cipher Suites).
    pub cipher: u16,
    /// The cipher suite's name.
    pub cipher_name: String,
    /// The certificates as sent, leaf first, at most sixteen.
    pub chain: Vec<CertInfo>,
    /// Every PKIX fault; empty where the chain is trusted for the expected name.
    pub pkix_faults: Vec<CertFault>,
    /// DANE's verdict; none where no TLSA record was given or none of them is usable (RFC 7672
    /// §2.2: then TLS is required, authentication is not).
    pub dane: Option<DaneOutcome>,
}

impl TlsFacts {
    /// Whether PKIX finds no fault.
    pub fn is_trusted(&self) -> bool {
        self.pkix_faults.is_empty()
    }

    /// The server's own certificate.
    pub fn leaf(&self) -> Option<&CertInfo> {
        self.chain.first()
    }
}

/// A certificate as presented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertInfo {
    /// SHA-256 of the whole certificate.
    pub sha256: [u8; 32],
    /// SHA-256 of its public key (SubjectPublicKeyInfo): what `TLSA 3 1 1` holds.
    pub spki_sha256: [u8; 32],
    /// The certificate.
    pub der: Vec<u8>,
    /// Whether its fields could be read; where not, the rest is empty.
    pub readable: bool,
    /// Subject, for people.
    pub subject: String,
    /// Issuer, for people.
    pub issuer: String,
    /// The DNS-IDs (subjectAltName), lower case, at most 256 of them.
    pub dns_names: Vec<String>,
    /// The subject's common names: shown, never compared (RFC 9525 §2).
    pub common_names: Vec<String>,
    /// Start of validity; none where it is beyond what we can tell.
    pub not_before: Option<Timestamp>,
    /// End of validity.
    pub not_after: Option<Timestamp>,
    /// Kind and size of the key.
    pub key: KeyKind,
    /// Signature algorithm, by name where known, else by OID.
    pub signature: String,
    /// Whether the signature uses MD5 or SHA-1.
    pub weak_signature: bool,
    /// Whether issuer and subject are the same.
    pub self_signed: bool,
    /// Whether it is a CA's certificate (basicConstraints).
    pub is_ca: bool,
    /// X.509 version: 1, 2 or 3.
    pub x509_version: u32,
}

/// Kind and size of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// RSA with a modulus of that many bits.
    Rsa(u32),
    /// An elliptic curve over a field of that many bits.
    Ec(u32),
    /// Ed25519.
    Ed25519,
    /// Anything else.
    Other,
}

/// What PKIX finds wrong with a chain. A chain can have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Error)]
pub enum CertFault {
    /// The leaf, or a certificate on its path, is past its end.
    #[error("certificate expired")]
    Expired,
    /// The leaf, or a certificate on its path, is before its start.
    #[error("certificate not valid yet")]
    NotYetValid,
    /// No DNS-ID is the expected name (RFC 8461 §4.1).
    #[error("certificate does not name the host")]
    NameMismatch,
    /// The name stands in the common name only, and there is no DNS-ID at all (RFC 9525 §2).
    #[error("host named in the common name only")]
    CnOnly,
    /// The leaf signed itself.
    #[error("self-signed certificate")]
    SelfSigned,
    /// The path ends at no trusted root.
    #[error("issuer not trusted")]
    Untrusted,
    /// The leaf's issuer was not sent and is no root: an intermediate is missing.
    #[error("intermediate certificate missing")]
    IncompleteChain,
    /// Not meant for servers (extendedKeyUsage), or a CA's certificate used as a server's.
    #[error("certificate not meant for a server")]
    WrongUsage,
    /// A signature on the path, or the handshake's, does not verify or uses an algorithm that we
    /// do not take (SHA-1, RSA below 2048 bits).
    #[error("bad or unsupported signature")]
    BadSignature,
    /// A constraint of an issuer is broken: names, path length, critical extension.
    #[error("issuer's constraint violated")]
    Constraint,
    /// Not readable as an X.509 v3 certificate.
    #[error("malformed certificate")]
    Malformed,
}

/// What DANE says about a chain (RFC 7672 §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DaneOutcome {
    /// The record at `index` of those given authenticates the server.
    Match {
        /// Which record.
        index: usize,
        /// Its certificate usage: 2 or 3.
        usage: u8,
    },
    /// No usable record matches what was sent.
    NoMatch,
    /// Usable records are DANE-TA only, and the trust anchor was not among the certificates sent
    /// (RFC 7672 §3.1.2 requires it to be).
    TaNotSent,
    /// A DANE-TA record matches a certificate that was sent, but no valid path leads to it.
    TaInvalid(TaFault),
    /// A DANE-TA record matches and the path is valid, but no reference name is in the leaf.
    TaNameMismatch,
}

/// Why the path to a DANE trust anchor is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum TaFault {
    /// A certificate on the path is past its end.
    #[error("expired")]
    Expired,
    /// A certificate on the path is before its start.
    #[error("not valid yet")]
    NotYetValid,
    /// The leaf was not issued under the anchor, or a signature does not verify.
    #[error("not issued under the trust anchor")]
    NotIssued,
    /// Not meant for servers, or a constraint is broken.
    #[error("constraint violated")]
    Constraint,
    /// The leaf or the anchor is not readable as X.509 v3.
    #[error("malformed")]
    Malformed,
}

/// A handshake that did not complete, and what was seen of it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{error}")]
pub struct TlsFailure {
    /// Why.
    pub error: TlsError,
    /// The chain and its verdicts, where the server had sent it before the failure.
    pub seen: Option<Box<super::Judged>>,
}

/// Why a handshake did not complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TlsError {
    /// The server refused with an alert.
    #[error("TLS alert {0}")]
    Alert(Alert),
    /// What came is no TLS record.
    #[error("not TLS")]
    NotTls,
    /// The server chose a version that we do not speak.
    #[error("no TLS version in common")]
    Version,
    /// The server chose a cipher suite, group or signature that we do not speak.
    #[error("no TLS parameters in common")]
    Parameters,
    /// The handshake's signature does not verify with the certificate's key, or the key is of a
    /// kind we do not take.
    #[error("bad handshake signature")]
    Signature,
    /// The connection ended.
    #[error("connection closed during the handshake")]
    Closed,
    /// Not done in time.
    #[error("handshake timed out")]
    Timeout,
    /// The server broke the protocol in another way.
    #[error("TLS protocol violation")]
    Protocol,
    /// The connection failed.
    #[error("connection failed during the handshake: {0}")]
    Io(io::ErrorKind),
}

/// A TLS alert (RFC 8446 §6).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Alert(pub u8);

impl Alert {
    /// The server has no certificate for the name asked for (RFC 6066 §3).
    pub const UNRECOGNIZED_NAME: Self = Self(112);
    /// No acceptable parameters, or a polite no.
    pub const HANDSHAKE_FAILURE: Self = Self(40);
    /// No version in common.
    pub const PROTOCOL_VERSION: Self = Self(70);

    /// The name in the RFC; `unknown` for numbers without one.
    pub fn name(self) -> &'static str {
        match self.0 {
            0 => "close_notify",
            10 => "unexpected_message",
            20 => "bad_record_mac",
            21 => "decryption_failed",
            22 => "record_overflow",
            40 => "handshake_failure",
            42 => "bad_certificate",
            43 => "unsupported_certificate",
            44 => "certificate_revoked",
            45 => "certificate_expired",
            46 => "certificate_unknown",
            47 => "illegal_parameter",
            48 => "unknown_ca",
            49 => "access_denied",
            50 => "decode_error",
            51 => "decrypt_error",
            70 => "protocol_version",
            71 => "insufficient_security",
            80 => "internal_error",
            86 => "inappropriate_fallback",
            90 => "user_canceled",
            109 => "missing_extension",
            110 => "unsupported_extension",
            112 => "unrecognized_name",
            113 => "bad_certificate_status_response",
            115 => "unknown_psk_identity",
            116 => "certificate_required",
            120 => "no_application_protocol",
            _ => "unknown",
        }
    }
}

impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name(), self.0)
    }
}

impl fmt::Debug for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TlsVersion {
    /// The two octets on the wire.
    pub fn to_wire(self) -> u16 {
        match self {
            Self::Ssl3 => 0x0300,
            Self::Tls10 => 0x0301,
            Self::Tls11 => 0x0302,
            Self::Tls12 => 0x0303,
            Self::Tls13 => 0x0304,
        }
    }

    /// Reads the two octets.
    pub fn from_wire(wire: u16) -> Option<Self> {
        [
            Self::Ssl3,
            Self::Tls10,
            Self::Tls11,
            Self::Tls12,
            Self::Tls13,
        ]
        .into_iter()
        .find(|version| version.to_wire() == wire)
    }
}

impl fmt::Display for TlsVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ssl3 => "SSL 3.0",
            Self::Tls10 => "TLS 1.0",
            Self::Tls11 => "TLS 1.1",
            Self::Tls12 => "TLS 1.2",
            Self::Tls13 => "TLS 1.3",
        })
    }
}
