use std::{fmt, net::IpAddr, str::FromStr};

use serde::{Serialize, Serializer};
use thiserror::Error;

/// The longest name in octets, without its final dot (RFC 1035 §2.3.4).
const MAX_NAME: usize = 253;
/// The longest label in octets (RFC 1035 §2.3.4).
const MAX_LABEL: usize = 63;
/// No U-label form of a name that fits into 253 octets is longer than this.
const MAX_INPUT: usize = 1024;

/// A domain that mail can be addressed to: RFC 5321 §4.1.2 `Domain`, in lower-case A-labels without
/// a final dot. At most 253 octets, labels of 1 to 63 letters, digits and inner hyphens.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Domain(Box<str>);

/// Why a text is not a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NameError {
    /// Nothing between the ends.
    #[error("the name is empty")]
    Empty,
    /// More than 253 octets as A-labels.
    #[error("the name is longer than 253 octets")]
    TooLong,
    /// A label of no octets: two dots in a row, or a dot in front.
    #[error("the name has an empty label")]
    EmptyLabel,
    /// A label of more than 63 octets.
    #[error("a label is longer than 63 octets")]
    LabelTooLong,
    /// An IPv4 or IPv6 address, bracketed or not.
    #[error("an IP address is not a domain name")]
    IpLiteral,
    /// A label that starts or ends with a hyphen.
    #[error("a label starts or ends with a hyphen")]
    Hyphen,
    /// An octet that no host name has.
    #[error("only letters, digits, hyphens and dots make a domain name")]
    BadCharacter,
    /// A U-label that IDNA (UTS 46) refuses, or an A-label that is none.
    #[error("the internationalized name is not valid")]
    Idna,
}

impl Domain {
    /// Reads a domain as people and mail servers write it: any case, one final dot, U-labels.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        normalize(text, Charset::Ldh).map(Self)
    }

    /// Reads a domain that must stand in its canonical alphabet already, as policies and wire
    /// formats demand: no final dot, no U-label. Case is folded.
    pub fn parse_strict(text: &str) -> Result<Self, NameError> {
        check(text, Charset::Ldh)?;
        Ok(Self(text.to_ascii_lowercase().into_boxed_str()))
    }

    /// The name as lower-case A-labels.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The labels from left to right.
    pub fn labels(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('.')
    }

    /// The name without its left-most label; none for a single label.
    pub fn parent(&self) -> Option<Self> {
        self.0.split_once('.').map(|(_, rest)| Self(rest.into()))
    }

    /// Whether this name is `ancestor` or lies below it.
    pub fn is_within(&self, ancestor: &Self) -> bool {
        within(&self.0, &ancestor.0)
    }
}

/// Whether `name` equals `ancestor` or ends with a dot and `ancestor`. Both are canonical.
pub(crate) fn within(name: &str, ancestor: &str) -> bool {
    name.strip_suffix(ancestor)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Which octets a label may have.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Charset {
    /// Letters, digits, inner hyphens (RFC 5321 §4.1.2).
    Ldh,
    /// The same and underscores anywhere: what DNS answers really hold.
    Underscore,
}

/// Case, final dot and U-labels away; then the limits.
pub(crate) fn normalize(text: &str, charset: Charset) -> Result<Box<str>, NameError> {
    if text.len() > MAX_INPUT {
        return Err(NameError::TooLong);
    }
    let trimmed = text.strip_suffix('.').unwrap_or(text);
    if trimmed.is_ascii() && !has_ace_label(trimmed) {
        check(trimmed, charset)?;
        return Ok(trimmed.to_ascii_lowercase().into_boxed_str());
    }
    if is_ip_literal(trimmed) {
        return Err(NameError::IpLiteral);
    }
    let ascii = idna::domain_to_ascii(trimmed).map_err(|_| NameError::Idna)?;
    // A full-width or ideographic full stop at the end maps to an ASCII one.
    let ascii = ascii.strip_suffix('.').unwrap_or(&ascii);
    check(ascii, charset)?;
    Ok(ascii.into())
}

fn has_ace_label(text: &str) -> bool {
    text.split('.').any(|label| {
        label
            .as_bytes()
            .get(..4)
            .is_some_and(|prefix| prefix.eq_ignore_ascii_case(b"xn--"))
    })
}

/// Whether the text is an IP address, with or without brackets or the `IPv6:` tag of RFC 5321.
pub(crate) fn is_ip_literal(text: &str) -> bool {
    let inner = text
        .strip_prefix('[')
        .map_or(text, |rest| rest.strip_suffix(']').unwrap_or(rest));
    let inner = match inner.get(..5) {
        Some(tag) if tag.eq_ignore_ascii_case("ipv6:") => inner.get(5..).unwrap_or_default(),
        _ => inner,
    };
    inner.parse::<IpAddr>().is_ok()
}

/// The limits of RFC 1035 §2.3.4 and the alphabet, on a text without final dot.
pub(crate) fn check(text: &str, charset: Charset) -> Result<(), NameError> {
    if !is_good(text.as_bytes(), charset) {
        return Err(fault(text, charset));
    }
    // Of the names with a good alphabet, only those that end with a digit can be an address.
    let suspect = text.as_bytes().last().is_some_and(u8::is_ascii_digit);
    if suspect && is_ip_literal(text) {
        Err(NameError::IpLiteral)
    } else {
        Ok(())
    }
}

/// Whether limits and alphabet hold, in one pass: names are read by the million.
fn is_good(text: &[u8], charset: Charset) -> bool {
    let mut label = 0;
    let mut hyphen = false;
    for octet in text {
        match octet {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => hyphen = false,
            b'.' => {
                if label == 0 || label > MAX_LABEL || hyphen {
                    return false;
                }
                label = 0;
                continue;
            }
            b'-' if label > 0 => hyphen = true,
            b'_' if charset == Charset::Underscore => hyphen = false,
            _ => return false,
        }
        label += 1;
    }
    label > 0 && label <= MAX_LABEL && !hyphen && text.len() <= MAX_NAME
}

/// What is wrong with a name that is not good.
#[cold]
fn fault(text: &str, charset: Charset) -> NameError {
    if text.is_empty() {
        return NameError::Empty;
    }
    if is_ip_literal(text) {
        return NameError::IpLiteral;
    }
    if text.len() > MAX_NAME {
        return NameError::TooLong;
    }
    let labels = text
        .split('.')
        .try_for_each(|label| check_label(label.as_bytes(), charset));
    labels.err().unwrap_or(NameError::BadCharacter)
}

fn check_label(label: &[u8], charset: Charset) -> Result<(), NameError> {
    if label.is_empty() {
        return Err(NameError::EmptyLabel);
    }
    if label.len() > MAX_LABEL {
        return Err(NameError::LabelTooLong);
    }
    let allowed = |octet: &u8| {
        octet.is_ascii_alphanumeric()
            || *octet == b'-'
            || (*octet == b'_' && charset == Charset::Underscore)
    };
    if !label.iter().all(allowed) {
        return Err(NameError::BadCharacter);
    }
    if label.first() == Some(&b'-') || label.last() == Some(&b'-') {
        return Err(NameError::Hyphen);
    }
    Ok(())
}

impl FromStr for Domain {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::parse(text)
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Domain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
