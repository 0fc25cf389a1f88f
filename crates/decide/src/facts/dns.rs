use std::fmt;

use names::Owner;
use serde::{Serialize, Serializer};

/// The answer to one question of DNS, after its CNAME chain was followed.
#[derive(Clone, Debug, Serialize)]
pub struct Answer<T> {
    /// The records, or why there are none.
    pub result: Answered<T>,
    /// Whether the answer, the denial included, is proven by DNSSEC.
    pub secure: Secure,
    /// The names that the chain went through, the last one holding the records. Empty: no CNAME.
    pub cname: Vec<Owner>,
    /// Seconds that the answer may be kept: the least of the chain.
    pub ttl: u32,
    /// Extended errors that came with it (RFC 8914).
    pub ede: Vec<Ede>,
}

/// What DNS said. NXDOMAIN, NODATA and each fault are different things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answered<T> {
    /// There are records.
    Found(T),
    /// The name exists, the type does not.
    NoData,
    /// The name does not exist.
    NxDomain,
    /// No answer: neither yes nor no (RFC 8461 §3.1, RFC 7672 §2.1.2).
    Fault(DnsFault),
    /// The question was not asked.
    NotAsked,
}

/// Why DNS gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DnsFault {
    /// Nothing came in time.
    Timeout,
    /// No way to the server: no route, or a port that nobody listens on.
    Unreachable,
    /// SERVFAIL, and not for DNSSEC's sake.
    ServFail,
    /// REFUSED.
    Refused,
    /// DNSSEC validation failed.
    Bogus,
    /// An answer that cannot be read.
    Malformed,
    /// A CNAME loop, or a chain of more than eight.
    Loop,
    /// Another response code.
    Other,
    /// The answer came from a resolver that never proves anything.
    NotValidating,
}

/// Whether DNSSEC proves an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Secure {
    /// Proven.
    Secure,
    /// Proven not to be signed, or answered without proof by a resolver that validates.
    Insecure,
    /// The resolver does not validate, or is not trusted to.
    Unknown,
}

/// An extended DNS error (RFC 8914).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ede {
    /// INFO-CODE.
    pub code: u16,
    /// EXTRA-TEXT.
    pub text: String,
}

/// Bytes that are a text most of the time: a TXT record's joined strings, a policy's body.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text(pub Vec<u8>);

impl<T> Answer<T> {
    /// The question was not asked.
    pub fn not_asked() -> Self {
        Self {
            result: Answered::NotAsked,
            secure: Secure::Unknown,
            cname: Vec::new(),
            ttl: 0,
            ede: Vec::new(),
        }
    }

    /// The records, where there are any.
    pub fn found(&self) -> Option<&T> {
        match &self.result {
            Answered::Found(records) => Some(records),
            _ => None,
        }
    }

    /// Why there was no answer, where there was none.
    pub fn fault(&self) -> Option<DnsFault> {
        match self.result {
            Answered::Fault(fault) => Some(fault),
            _ => None,
        }
    }

    /// Whether DNS said that there is nothing: NODATA or NXDOMAIN.
    pub fn is_absent(&self) -> bool {
        matches!(self.result, Answered::NoData | Answered::NxDomain)
    }
}

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", String::from_utf8_lossy(&self.0))
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
