use std::{fmt, str::FromStr};

use serde::{Serialize, Serializer};

use crate::{
    Domain, NameError,
    domain::{Charset, normalize},
};

/// An MX record's target, or the domain itself where mail goes to an implicit MX (RFC 5321 §5.1).
/// Lower-case A-labels without a final dot; underscores are kept, since DNS answers hold them.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Host(Box<str>);

impl Host {
    /// Reads a host as DNS and people write it: any case, one final dot, U-labels, underscores.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        normalize(text, Charset::Underscore).map(Self)
    }

    /// The name as lower-case A-labels.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as a domain; none where it has an underscore.
    pub fn to_domain(&self) -> Option<Domain> {
        Domain::parse_strict(&self.0).ok()
    }
}

impl From<&Domain> for Host {
    fn from(domain: &Domain) -> Self {
        Self(domain.as_str().into())
    }
}

impl FromStr for Host {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::parse(text)
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Host {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
