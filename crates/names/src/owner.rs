use std::fmt;

use serde::{Serialize, Serializer};

use crate::{Domain, Host, NameError};

/// A name that DNS is asked for, such as `_mta-sts.example.com`, in lower case without a final dot.
/// Its octets are printable ASCII; an empty text is the root.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Owner(Box<str>);

impl Owner {
    /// The root of DNS.
    pub fn root() -> Self {
        Self("".into())
    }

    /// Reads a name out of a DNS message's presentation form. Case is folded, a final dot dropped;
    /// the limits of RFC 1035 §2.3.4 hold.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let text = text.strip_suffix('.').unwrap_or(text);
        if text.is_empty() {
            return Ok(Self::root());
        }
        if text.len() > 253 {
            return Err(NameError::TooLong);
        }
        for label in text.split('.') {
            match label.len() {
                0 => return Err(NameError::EmptyLabel),
                64.. => return Err(NameError::LabelTooLong),
                _ if label.bytes().all(|octet| octet.is_ascii_graphic()) => {}
                _ => return Err(NameError::BadCharacter),
            }
        }
        Ok(Self(text.to_ascii_lowercase().into_boxed_str()))
    }

    /// This name with `labels` put in front: `_25._tcp` before an MX host (RFC 7672 §2.2.3).
    pub fn prefixed(&self, labels: &str) -> Result<Self, NameError> {
        if self.0.is_empty() {
            Self::parse(labels)
        } else {
            Self::parse(&format!("{labels}.{self}"))
        }
    }

    /// The name in lower case; empty for the root.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the root.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The name without its left-most label; none for the root.
    pub fn parent(&self) -> Option<Self> {
        match self.0.split_once('.') {
            Some((_, rest)) => Some(Self(rest.into())),
            None if self.0.is_empty() => None,
            None => Some(Self::root()),
        }
    }
}

impl From<&Domain> for Owner {
    fn from(domain: &Domain) -> Self {
        Self(domain.as_str().into())
    }
}

impl From<&Host> for Owner {
    fn from(host: &Host) -> Self {
        Self(host.as_str().into())
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "." } else { &self.0 })
    }
}

impl fmt::Debug for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Owner {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
