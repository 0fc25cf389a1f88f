use jiff::Timestamp;
use serde::Serialize;

/// A TLS connection that stands, and what its certificates are worth to each judge.
#[derive(Clone, Debug, Serialize)]
pub struct TlsFact {
    /// Protocol version, such as `TLS 1.3`.
    pub version: String,
    /// Cipher suite by its IANA name.
    pub cipher: String,
    /// The certificates as sent, the host's own first.
    pub chain: Vec<CertFact>,
    /// Every fault by the rules of public certificates (RFC 8461 §4.2); none means valid.
    pub faults: Vec<CertFault>,
    /// How the chain compares with the host's usable TLSA records; none where there are none.
    pub dane: Option<DaneOutcome>,
}

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CertFact {
    /// SHA-256 of the certificate, lower-case hex.
    pub sha256: String,
    /// SHA-256 of its public key (SPKI), lower-case hex: the data of a `3 1 1` record.
    pub spki_sha256: String,
    /// Subject.
    pub subject: String,
    /// Issuer.
    pub issuer: String,
    /// Its DNS-IDs (RFC 6125 §6.4).
    pub dns_names: Vec<String>,
    /// Not valid before.
    pub not_before: Option<Timestamp>,
    /// Not valid after.
    pub not_after: Option<Timestamp>,
    /// Key and signature where they are weak, in words: `RSA 1024`, `SHA-1`.
    pub weak: Vec<String>,
}

/// What is wrong with a chain by the rules of public certificates.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CertFault {
    /// The leaf or an intermediate has expired.
    Expired,
    /// The leaf or an intermediate is not valid yet.
    NotYetValid,
    /// No DNS-ID covers the host.
    NameMismatch,
    /// No DNS-ID at all; the name stands in the CN only (RFC 6125 §6.4.4, RFC 9525 §6.3).
    CnOnly,
    /// The leaf signed itself.
    SelfSigned,
    /// No path to a trusted root.
    Untrusted,
    /// No path to a trusted root, and the leaf's issuer was not sent.
    IncompleteChain,
    /// Anything else, in words: wrong usage, broken signature, unreadable.
    Other(String),
}

/// How a chain compares with usable TLSA records (RFC 7672 §3.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DaneOutcome {
    /// A record matches.
    Match {
        /// The record, counted from 0 among the usable ones.
        index: usize,
    },
    /// No record matches.
    NoMatch,
    /// Only DANE-TA records, and the certificate that they name was not sent (RFC 7672 §3.1.2).
    TaNotSent,
    /// The trust anchor was sent, but the chain below it does not hold: in words.
    TaInvalid(String),
}

/// Why a handshake failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HandshakeFault {
    /// The peer sent an alert.
    Alert {
        /// `AlertDescription` of RFC 8446 §6.
        code: u8,
        /// Its name, such as `unrecognized_name`.
        name: String,
    },
    /// The peer does not speak TLS.
    NotTls,
    /// The connection closed.
    Closed,
    /// Not complete in time.
    Timeout,
    /// The peer sent data in clear behind its answer to `STARTTLS`.
    Buffered,
    /// Another failure, in words.
    Other(String),
}

/// What a host presents to a hand-written hello of TLS 1.0 to 1.2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Presented {
    /// The version that the host chose, such as `TLS 1.0`.
    pub version: String,
    /// The cipher suite that it chose, by its IANA name or number.
    pub cipher: String,
    /// Whether it chose TLS 1.2.
    pub tls12: bool,
    /// The certificates that it sent.
    pub chain: Vec<CertFact>,
    /// Every fault of that chain, as in [`TlsFact::faults`].
    pub faults: Vec<CertFault>,
    /// How that chain compares with the host's usable TLSA records.
    pub dane: Option<DaneOutcome>,
}
