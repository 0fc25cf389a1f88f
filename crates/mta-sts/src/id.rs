use std::{fmt, str::FromStr};

use serde::{Serialize, Serializer};
use thiserror::Error;

/// The `id` of a record: 1 to 32 ASCII letters and digits that name one instance of a policy
/// (RFC 8461 §3.1). Ids have no order: only whether two are equal means something.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PolicyId {
    octets: [u8; Self::MAX_LEN],
    len: u8,
}

/// A text that is not 1 to 32 ASCII letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an id is 1 to 32 letters and digits")]
pub struct PolicyIdError;

impl PolicyId {
    /// The longest id in octets (RFC 8461 §3.1).
    pub const MAX_LEN: usize = 32;

    /// Reads an id. Case counts.
    pub fn parse(text: &[u8]) -> Result<Self, PolicyIdError> {
        let mut octets = [0; Self::MAX_LEN];
        let len = u8::try_from(text.len()).map_err(|_| PolicyIdError)?;
        let place = octets.get_mut(..text.len()).ok_or(PolicyIdError)?;
        if text.is_empty() || !text.iter().all(u8::is_ascii_alphanumeric) {
            return Err(PolicyIdError);
        }
        place.copy_from_slice(text);
        Ok(Self { octets, len })
    }

    /// The id as published.
    pub fn as_str(&self) -> &str {
        self.octets
            .get(..usize::from(self.len))
            .and_then(|octets| std::str::from_utf8(octets).ok())
            .unwrap_or_default()
    }
}

impl FromStr for PolicyId {
    type Err = PolicyIdError;

    fn from_str(text: &str) -> Result<Self, PolicyIdError> {
        Self::parse(text.as_bytes())
    }
}

impl fmt::Display for PolicyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for PolicyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for PolicyId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
