use std::net::SocketAddr;

use names::Owner;

use super::{Record, RecordType};

/// What came of one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The records, their proven or claimed absence, or why there is no answer.
    pub outcome: Outcome,
    /// Whether DNSSEC proves the outcome, the whole CNAME chain included.
    pub secure: Secure,
    /// The CNAME targets followed, in order; empty where `owner` is the name asked for.
    pub cname: Vec<Owner>,
    /// The name that the outcome is about: the last of `cname`, or the name asked for.
    pub owner: Owner,
    /// The type asked for.
    pub rtype: RecordType,
    /// Seconds that the outcome may be kept: the least TTL of records and CNAMEs; for absence the
    /// lesser of the SOA's TTL and MINIMUM (RFC 2308 §5); 0 for a fault.
    pub ttl: u32,
    /// Extended errors that came with it (RFC 8914), at most eight.
    pub ede: Vec<Ede>,
    /// The server that gave it; none where none answered.
    pub server: Option<SocketAddr>,
    /// Whether the server said that it is an authority for the name (AA).
    pub authoritative: bool,
    /// Records of the type that were left out: malformed, unutterable names, or too many.
    pub skipped: u32,
}

/// Records, absence, or failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// At least one record of the type asked for, in the order of the answer.
    Records(Vec<Record>),
    /// The name exists and has no record of the type.
    NoData,
    /// The name does not exist.
    NxDomain,
    /// No answer that could be used: neither presence nor absence is known.
    Fault(Fault),
}

/// Why a question has no answer. None of these is an absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// No server answered in time.
    #[error("no answer in time")]
    Timeout,
    /// SERVFAIL, and not for DNSSEC's sake as far as can be told.
    #[error("SERVFAIL")]
    ServFail,
    /// DNSSEC validation failed (RFC 4035 §5): SERVFAIL with an extended error that says so, or
    /// SERVFAIL that turns into an answer where checking is switched off.
    #[error("DNSSEC validation failed")]
    Bogus,
    /// REFUSED.
    #[error("REFUSED")]
    Refused,
    /// No server could be reached: refused ports, no route.
    #[error("server unreachable")]
    Unreachable,
    /// An answer that is no DNS message, answers another question, or breaks its own format.
    #[error("malformed answer")]
    Malformed,
    /// A CNAME loop, or a chain of more than eight.
    #[error("CNAME loop or chain over 8")]
    Loop,
    /// The server asked is no authority for the name (only from [`super::Dns::ask`]).
    #[error("server is no authority for the name")]
    Lame,
    /// The name asked for cannot be written into a DNS message.
    #[error("unutterable name")]
    BadName,
    /// The server's address is one we do not talk to (see [`crate::dial::judge`]).
    #[error("server at a reserved address")]
    Reserved,
    /// Any other response code, such as NOTIMP (4) or FORMERR (1).
    #[error("response code {0}")]
    Other(u16),
}

impl Fault {
    /// How much it says, where servers fail in different ways.
    pub(super) fn weight(self) -> u8 {
        match self {
            Self::Unreachable => 0,
            Self::Timeout => 1,
            Self::Malformed => 2,
            Self::Lame | Self::Reserved | Self::BadName => 3,
            Self::Other(_) => 4,
            Self::Refused => 5,
            Self::ServFail => 6,
            Self::Loop => 7,
            Self::Bogus => 8,
        }
    }
}

/// Whether DNSSEC proves an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Secure {
    /// Proven: a chain of signatures up to a trust anchor.
    Secure,
    /// Proven or taken to be unsigned by a validator that is trusted.
    Insecure,
    /// Nobody trusted has validated: neither yes nor no (RFC 7672 §2.1.1).
    Unknown,
}

/// An extended DNS error (RFC 8914).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ede {
    /// INFO-CODE.
    pub code: u16,
    /// EXTRA-TEXT, control characters replaced, at most 256 characters; may be empty.
    pub text: String,
}

impl Ede {
    /// Whether the code says that DNSSEC validation failed: 6 (bogus) to 12 (NSEC missing),
    /// RFC 8914 §4.7 to §4.13. 5 (indeterminate) does not.
    pub fn is_bogus(&self) -> bool {
        (6..=12).contains(&self.code)
    }
}

impl Answer {
    /// The answer that is a failure.
    pub(crate) fn fault(owner: Owner, rtype: RecordType, fault: Fault) -> Self {
        Self {
            outcome: Outcome::Fault(fault),
            secure: Secure::Unknown,
            cname: Vec::new(),
            owner,
            rtype,
            ttl: 0,
            ede: Vec::new(),
            server: None,
            authoritative: false,
            skipped: 0,
        }
    }

    /// The records; empty for absence and failure.
    pub fn records(&self) -> &[Record] {
        match &self.outcome {
            Outcome::Records(records) => records,
            Outcome::NoData | Outcome::NxDomain | Outcome::Fault(_) => &[],
        }
    }

    /// The failure, where there is one.
    pub fn failed(&self) -> Option<Fault> {
        match self.outcome {
            Outcome::Fault(fault) => Some(fault),
            Outcome::Records(_) | Outcome::NoData | Outcome::NxDomain => None,
        }
    }

    /// Whether the server said there is nothing: NODATA or NXDOMAIN.
    pub fn is_absent(&self) -> bool {
        matches!(self.outcome, Outcome::NoData | Outcome::NxDomain)
    }

    /// Whether DNSSEC proves the outcome.
    pub fn is_secure(&self) -> bool {
        self.secure == Secure::Secure
    }
}
