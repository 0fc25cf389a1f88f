//! What record and policy have in common: white space, extension names, near misses of names.

use std::{borrow::Cow, collections::HashSet};

use names::Span;

/// WSP of RFC 5234: space and tab.
pub(crate) fn is_wsp(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t')
}

/// Number of WSP octets in front.
pub(crate) fn leading_wsp(text: &[u8]) -> usize {
    text.iter().take_while(|octet| is_wsp(**octet)).count()
}

/// Number of WSP octets at the end.
pub(crate) fn trailing_wsp(text: &[u8]) -> usize {
    text.iter()
        .rev()
        .take_while(|octet| is_wsp(**octet))
        .count()
}

/// A piece of the text and where it starts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece<'t> {
    pub(crate) text: &'t [u8],
    pub(crate) start: usize,
}

impl<'t> Piece<'t> {
    pub(crate) fn new(text: &'t [u8], start: usize) -> Self {
        Self { text, start }
    }

    pub(crate) fn end(self) -> usize {
        self.start + self.text.len()
    }

    pub(crate) fn span(self) -> Span {
        Span::new(self.start, self.end())
    }

    /// Without WSP at both ends.
    pub(crate) fn trim(self) -> Self {
        self.trim_start().trim_end()
    }

    pub(crate) fn trim_start(self) -> Self {
        let (_, text) = self.text.split_at(leading_wsp(self.text));
        Self {
            text,
            start: self.end() - text.len(),
        }
    }

    pub(crate) fn trim_end(self) -> Self {
        let (text, _) = self
            .text
            .split_at(self.text.len() - trailing_wsp(self.text));
        Self {
            text,
            start: self.start,
        }
    }

    /// What stands before the first `separator`, and what behind it.
    pub(crate) fn split(self, separator: u8) -> Option<(Self, Self)> {
        let at = self.text.iter().position(|octet| *octet == separator)?;
        let (before, after) = self.text.split_at(at);
        let after = after.get(1..).unwrap_or_default();
        Some((
            Self::new(before, self.start),
            Self::new(after, self.start + at + 1),
        ))
    }

    /// The text as it can be shown.
    pub(crate) fn shown(self) -> Cow<'t, str> {
        String::from_utf8_lossy(self.text)
    }
}

/// Name of an extension field, alike in record and policy. RFC 8461 §3.1 and §3.2: a letter or
/// digit, then up to 31 letters, digits, `_`, `-` and `.`.
pub(crate) fn is_name(name: &[u8]) -> bool {
    name.len() <= 32
        && name.first().is_some_and(u8::is_ascii_alphanumeric)
        && name
            .iter()
            .all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'_' | b'-' | b'.'))
}

/// The known name that `name` was probably meant to be: at most two edits away, and fewer than half
/// of its letters.
pub(crate) fn nearest(name: &str, known: &[&'static str]) -> Option<&'static str> {
    if name.len() > 32 {
        return None;
    }
    let name = name.to_ascii_lowercase();
    known
        .iter()
        .map(|candidate| (distance(&name, candidate), *candidate))
        .filter(|(edits, candidate)| *edits <= 2 && 2 * edits < candidate.len().max(name.len()))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance in octets.
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.bytes().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(right.bytes()) {
            let edits = (diagonal + usize::from(a != b))
                .min(before + 1)
                .min(*cell + 1);
            diagonal = std::mem::replace(cell, edits);
            before = edits;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// Remembers the extension names of one text. Texts have a handful of fields; a hostile one has
/// thousands, and comparing each with each would take seconds.
#[derive(Default)]
pub(crate) struct Seen<'t> {
    names: Option<HashSet<&'t [u8]>>,
}

impl<'t> Seen<'t> {
    /// Whether the name is new.
    pub(crate) fn insert(&mut self, name: &'t [u8]) -> bool {
        self.names.get_or_insert_default().insert(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        for (left, right, edits) in [
            ("", "", 0),
            ("mode", "mode", 0),
            ("mod", "mode", 1),
            ("maxage", "max_age", 1),
            ("", "mx", 2),
            ("vresion", "version", 2),
        ] {
            assert_eq!(distance(left, right), edits, "{left} {right}");
            assert_eq!(distance(right, left), edits, "{right} {left}");
        }
    }

    #[test]
    fn nearest_is_near() {
        let known = ["version", "mode", "mx", "max_age"];
        for (name, meant) in [
            ("Mode", Some("mode")),
            ("max-age", Some("max_age")),
            ("maxage", Some("max_age")),
            ("ms", None),
            ("mxs", Some("mx")),
            ("comment", None),
            ("a", None),
        ] {
            assert_eq!(nearest(name, &known), meant, "{name}");
        }
    }
}
