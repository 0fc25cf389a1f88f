//! The policy at `https://mta-sts.DOMAIN/.well-known/mta-sts.txt` (RFC 8461 §3.2).

mod lines;
mod parse;

use std::fmt;

use names::{Host, MxPattern};
use serde::{Serialize, Serializer};
use thiserror::Error;

use crate::grammar;

pub use parse::parse;

/// A usable policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// What a sender does about an MX host that fails.
    pub mode: Mode,
    /// How long a sender may keep the policy after it fetched it.
    pub max_age: MaxAge,
    /// Which MX hosts may take the domain's mail: the well-formed patterns in file order, repeats
    /// kept. May be empty with [`Mode::None`] only.
    pub mx: Vec<MxPattern>,
    /// The other fields, the first of each name, as published. Senders ignore them.
    pub extensions: Vec<(String, String)>,
}

/// What a sender does about an MX host that fails validation (RFC 8461 §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// It must not deliver to that host.
    Enforce,
    /// It delivers, and reports the failure.
    Testing,
    /// It acts as though there were no policy.
    None,
}

/// How long a policy may be kept, in seconds: at most 31557600, about a year (RFC 8461 §3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MaxAge {
    published: u64,
}

/// Why a policy cannot be made of its parts.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PolicyError {
    /// No mx although the mode asks for one (RFC 8461 §3.2).
    #[error("a policy of mode {0} needs at least one mx")]
    NoMx(Mode),
    /// A name that no extension field can have.
    #[error("`{0}` is not the name of an extension field")]
    ExtensionName(String),
    /// A value that no extension field can have.
    #[error("the value of `{0}` is empty, starts or ends with a space, or has control characters")]
    ExtensionValue(String),
}

impl Policy {
    /// A policy without extensions.
    pub fn new(mode: Mode, max_age: MaxAge, mx: Vec<MxPattern>) -> Result<Self, PolicyError> {
        if mx.is_empty() && mode != Mode::None {
            return Err(PolicyError::NoMx(mode));
        }
        Ok(Self {
            mode,
            max_age,
            mx,
            extensions: Vec::new(),
        })
    }

    /// The same policy with one more extension field. A name that is there already is replaced.
    pub fn with_extension(mut self, name: &str, value: &str) -> Result<Self, PolicyError> {
        if !is_extension_name(name) {
            return Err(PolicyError::ExtensionName(name.to_owned()));
        }
        if !parse::is_value(value.as_bytes()) {
            return Err(PolicyError::ExtensionValue(name.to_owned()));
        }
        match self.extensions.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.extensions.push((name.to_owned(), value.to_owned())),
        }
        Ok(self)
    }

    /// The first pattern that covers the MX host; none where a sender must not use it. RFC 8461
    /// §4.1: what is compared is the MX record's target as published, or the domain itself for an
    /// implicit MX, never what an alias points to.
    pub fn covers(&self, host: &Host) -> Option<&MxPattern> {
        self.mx.iter().find(|pattern| pattern.matches(host))
    }

    /// The policy as it is served: CRLF line ends, the version first, which every reader takes.
    /// Extensions that the grammar has no place for are left out.
    pub fn write(&self) -> String {
        let mut text = format!("version: STSv1\r\nmode: {}\r\n", self.mode);
        for pattern in &self.mx {
            text.extend(["mx: ", &pattern.to_string(), "\r\n"]);
        }
        text.extend(["max_age: ", &self.max_age.to_string(), "\r\n"]);
        for (name, value) in &self.extensions {
            if is_extension_name(name) && parse::is_value(value.as_bytes()) {
                text.extend([name, ": ", value, "\r\n"]);
            }
        }
        text
    }
}

fn is_extension_name(name: &str) -> bool {
    grammar::is_name(name.as_bytes()) && !parse::KNOWN.contains(&name)
}

impl Mode {
    /// The word for it in a policy, which is case-sensitive (RFC 8461 §3.2).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Testing => "testing",
            Self::None => "none",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Mode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl MaxAge {
    /// The longest time that a policy may be kept (RFC 8461 §3.2).
    pub const LIMIT: u64 = 31_557_600;

    /// From a published number of seconds. More than [`Self::LIMIT`] counts as the limit: the prose
    /// has that limit, the grammar has ten digits (erratum 7282).
    pub fn from_secs(published: u64) -> Self {
        Self { published }
    }

    /// The seconds that a sender goes by.
    pub fn secs(self) -> u64 {
        self.published.min(Self::LIMIT)
    }

    /// The seconds as published.
    pub fn published(self) -> u64 {
        self.published
    }
}

impl fmt::Display for MaxAge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.secs().fmt(f)
    }
}

impl Serialize for MaxAge {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.secs())
    }
}
