//! JSON as it comes, taken apart value by value. Nothing here recurses and nothing fails: broken
//! places are noted and stepped over, and the end of the input closes whatever is open.

use findings::Code;
use names::Span;

use super::{notes::Notes, source::Source};

/// What stands at the next place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    String,
    Object,
    Array,
    /// A number, `true`, `false`, `null` or something like it.
    Word,
    /// Nothing that a value can begin with.
    Other,
    End,
}

/// Where an object or array stands between two members.
#[derive(Default)]
pub(super) struct Place {
    started: bool,
    comma: bool,
}

/// The tolerant reader of JSON.
pub(super) struct Lexer<'r> {
    pub(super) source: Source<'r>,
    pub(super) notes: Notes,
    /// The longest text kept of a string.
    pub(super) max_text: usize,
    /// Whether something of the string at hand did not fit.
    pub(super) cut: bool,
}

impl<'r> Lexer<'r> {
    pub(super) fn new(source: Source<'r>, notes: Notes, max_text: usize) -> Self {
        Self {
            source,
            notes,
            max_text,
            cut: false,
        }
    }

    /// What comes next, white space skipped.
    #[inline]
    pub(super) fn kind(&mut self) -> Kind {
        match self.next() {
            Some(b'"') => Kind::String,
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'a'..=b'z' | b'A'..=b'Z') => Kind::Word,
            Some(_) => Kind::Other,
            None => Kind::End,
        }
    }

    /// The next byte that is no white space; it stays.
    #[inline]
    pub(super) fn next(&mut self) -> Option<u8> {
        loop {
            match self.source.peek() {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.source.take(1),
                other => return other,
            }
        }
    }

    /// The next key of an object whose `{` was taken; false behind its end.
    #[inline]
    pub(super) fn member(&mut self, place: &mut Place, key: &mut Vec<u8>) -> bool {
        loop {
            match self.next() {
                Some(b'"') => {
                    if place.started && !place.comma {
                        self.broken("a comma");
                    }
                    *place = Place {
                        started: true,
                        comma: false,
                    };
                    if !self.string(key) {
                        return false;
                    }
                    if self.next() == Some(b':') {
                        self.source.take(1);
                        return true;
                    }
                    self.broken("a colon behind the key");
                    if matches!(self.kind(), Kind::Object | Kind::Array | Kind::Word) {
                        return true;
                    }
                }
                other => {
                    if let Some(more) = self.between(other, b'}', place) {
                        return more;
                    }
                }
            }
        }
    }

    /// Whether an array whose `[` was taken has another value here.
    #[inline]
    pub(super) fn element(&mut self, place: &mut Place) -> bool {
        loop {
            match self.kind() {
                Kind::Other | Kind::End => {
                    let byte = self.source.peek();
                    if let Some(more) = self.between(byte, b']', place) {
                        return more;
                    }
                }
                _ => {
                    if place.started && !place.comma {
                        self.broken("a comma");
                    }
                    *place = Place {
                        started: true,
                        comma: false,
                    };
                    return true;
                }
            }
        }
    }

    /// Commas and the end of an object or array; none where the loop goes on.
    fn between(&mut self, byte: Option<u8>, close: u8, place: &mut Place) -> Option<bool> {
        match byte {
            None => {
                self.truncated();
                Some(false)
            }
            Some(b',') => {
                if place.comma || !place.started {
                    self.broken("a value before the comma");
                }
                place.comma = true;
                self.source.take(1);
                None
            }
            Some(byte) if byte == close => {
                if place.comma {
                    self.broken("a value behind the comma");
                }
                self.source.take(1);
                Some(false)
            }
            // The other bracket closes what is around; it stays for that.
            Some(b'}' | b']') => {
                self.broken("a closing bracket");
                Some(false)
            }
            Some(_) => {
                self.broken("a key or value");
                self.resync(close);
                None
            }
        }
    }

    /// Steps over what no member begins with, at least one byte.
    fn resync(&mut self, close: u8) {
        self.source.take(1);
        while let Some(byte) = self.source.peek() {
            let value = matches!(byte, b'{' | b'[' | b'-') || byte.is_ascii_alphanumeric();
            if matches!(byte, b'"' | b',' | b'}' | b']') || (value && close == b']') {
                return;
            }
            self.source.take(1);
        }
    }

    /// Takes a number or literal. False where the input ended in it, so that it may be cut.
    #[inline]
    pub(super) fn word(&mut self, out: &mut Vec<u8>) -> bool {
        out.clear();
        while let Some(byte) = self.source.peek() {
            if !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.' | b'_')) {
                return true;
            }
            if out.len() < 64 {
                out.push(byte);
            }
            self.source.take(1);
        }
        false
    }

    /// Steps over one value, however deep it is.
    pub(super) fn skip(&mut self) {
        let mut scratch = Vec::new();
        let mut depth = 0_usize;
        loop {
            match self.kind() {
                Kind::End => {
                    self.truncated();
                    return;
                }
                Kind::String => {
                    self.string(&mut scratch);
                }
                Kind::Word => {
                    self.word(&mut scratch);
                }
                Kind::Object | Kind::Array => {
                    self.source.take(1);
                    depth += 1;
                    continue;
                }
                Kind::Other => match self.source.peek() {
                    Some(b'}' | b']' | b',') if depth == 0 => return,
                    Some(b'}' | b']') => {
                        self.source.take(1);
                        depth -= 1;
                    }
                    _ => {
                        self.source.take(1);
                        continue;
                    }
                },
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Notes that something is missing here.
    pub(super) fn broken(&mut self, expected: &str) {
        let span = Span::at(self.source.offset());
        self.notes
            .add(Code::ReportSyntax, span, |f| f.arg("expected", expected));
    }

    pub(super) fn truncated(&mut self) {
        if self.source.over {
            return;
        }
        let span = Span::at(self.source.offset());
        self.notes.once(Code::ReportTruncated, span, |f| f);
    }
}
