use std::{fmt, str::FromStr};

use serde::{Serialize, Serializer};

use crate::{
    Domain, Host, NameError,
    domain::{Charset, check},
};

/// An `mx` value of a policy (RFC 8461 §3.2): a domain, or `*.` and a domain. Lower-case A-labels.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MxPattern {
    /// Covers the one host of that name.
    Exact(Domain),
    /// Covers every host exactly one label below the domain.
    Wildcard(Domain),
}

impl MxPattern {
    /// Reads an `mx` value as the grammar has it: no final dot, no U-label, no underscore, no
    /// address. Case is folded.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        match text.strip_prefix("*.") {
            Some(base) => Domain::parse_strict(base).map(Self::Wildcard),
            None => Domain::parse_strict(text).map(Self::Exact),
        }
    }

    /// Whether the `mx` value `pattern` covers the MX target `host`, both as text, without keeping
    /// either: what [`MxPattern::parse`] and [`MxPattern::matches`] say. The host is one as DNS
    /// shows it: any case, one final dot, underscores, no U-labels. A malformed pattern or host
    /// matches nothing.
    pub fn covers(pattern: &str, host: &str) -> bool {
        let host = host.strip_suffix('.').unwrap_or(host);
        let (base, compared) = match pattern.strip_prefix("*.") {
            Some(base) => (base, host.split_once('.').map(|(_, rest)| rest)),
            None => (pattern, Some(host)),
        };
        compared.is_some_and(|compared| compared.eq_ignore_ascii_case(base))
            && check(base, Charset::Ldh).is_ok()
            && check(host, Charset::Underscore).is_ok()
    }

    /// The pattern's domain, without `*.`.
    pub fn base(&self) -> &Domain {
        match self {
            Self::Exact(domain) | Self::Wildcard(domain) => domain,
        }
    }

    /// Whether the left-most label is the wildcard.
    pub fn is_wildcard(&self) -> bool {
        matches!(self, Self::Wildcard(_))
    }

    /// Whether the pattern covers the host. RFC 8461 §4.1: `*` stands for exactly the whole
    /// left-most label, never for none and never for two.
    pub fn matches(&self, host: &Host) -> bool {
        match self {
            Self::Exact(domain) => host.as_str() == domain.as_str(),
            Self::Wildcard(base) => host
                .as_str()
                .split_once('.')
                .is_some_and(|(_, rest)| rest == base.as_str()),
        }
    }
}

impl FromStr for MxPattern {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::parse(text)
    }
}

impl fmt::Display for MxPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_wildcard() {
            f.write_str("*.")?;
        }
        f.write_str(self.base().as_str())
    }
}

impl fmt::Debug for MxPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for MxPattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
