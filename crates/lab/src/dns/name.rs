use std::fmt;

/// A domain name in lower case. Its labels stand from the root outwards, so that the derived order
/// is the canonical order of DNSSEC (RFC 4034 §6.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Name(Vec<Vec<u8>>);

impl Name {
    /// The root.
    pub(crate) fn root() -> Self {
        Self(Vec::new())
    }

    /// Reads a name of text without escapes; the empty text is the root. Labels are cut to the 63
    /// octets that the wire can hold.
    pub(crate) fn new(text: &str) -> Self {
        let labels = text
            .split('.')
            .rev()
            .filter(|label| !label.is_empty())
            .map(|label| {
                label
                    .bytes()
                    .take(63)
                    .map(|octet| octet.to_ascii_lowercase())
                    .collect()
            });
        Self(labels.collect())
    }

    /// Reads an uncompressed name, as a question holds it; also how many octets it took.
    pub(crate) fn read(wire: &[u8]) -> Option<(Self, usize)> {
        let mut labels = Vec::new();
        let mut at = 0;
        loop {
            let length = usize::from(*wire.get(at)?);
            at += 1;
            if length == 0 {
                break;
            }
            if length > 63 || at + length > 254 {
                return None;
            }
            labels.push(wire.get(at..at + length)?.to_ascii_lowercase());
            at += length;
        }
        labels.reverse();
        Some((Self(labels), at))
    }

    /// Appends the name in wire form, uncompressed.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        for label in self.0.iter().rev() {
            out.push(u8::try_from(label.len()).unwrap_or(63));
            out.extend_from_slice(label);
        }
        out.push(0);
    }

    /// The name in wire form.
    pub(crate) fn wire(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(32);
        self.write(&mut out);
        out
    }

    /// How many labels it has, the root's none not counted.
    pub(crate) fn depth(&self) -> usize {
        self.0.len()
    }

    /// Whether this is `ancestor` or lies below it.
    pub(crate) fn is_within(&self, ancestor: &Self) -> bool {
        self.0.starts_with(&ancestor.0)
    }

    /// The name of the first `depth` labels seen from the root.
    pub(crate) fn ancestor(&self, depth: usize) -> Self {
        Self(self.0.iter().take(depth).cloned().collect())
    }

    /// The name with one more label in front.
    pub(crate) fn child(&self, label: &str) -> Self {
        let mut labels = self.0.clone();
        labels.push(label.as_bytes().to_ascii_lowercase());
        Self(labels)
    }

    /// Whether the left-most label is an asterisk (RFC 4592 §2.1.1).
    pub(crate) fn is_wildcard(&self) -> bool {
        self.0.last().is_some_and(|label| label == b"*")
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for label in self.0.iter().rev() {
            write!(f, "{}.", String::from_utf8_lossy(label))?;
        }
        if self.0.is_empty() {
            f.write_str(".")
        } else {
            Ok(())
        }
    }
}
