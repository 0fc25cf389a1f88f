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
    max_text: usize,
    cut: bool,
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

    /// Takes the string whose quote is next. False where the input ended in it.
    #[inline]
    pub(super) fn string(&mut self, out: &mut Vec<u8>) -> bool {
        out.clear();
        self.source.take(1);
        loop {
            let max = self.max_text;
            let rest = self.source.rest();
            let Some(end) = special(rest) else {
                let all = rest.len();
                if all == 0 {
                    self.truncated();
                    return false;
                }
                self.cut |= keep(out, rest, max);
                self.source.take(all);
                continue;
            };
            let (run, tail) = rest.split_at_checked(end).unwrap_or((rest, &[]));
            let special = tail.first().copied();
            self.cut |= keep(out, run, max);
            self.source.take(end);
            match special {
                Some(b'"') => {
                    self.source.take(1);
                    if self.cut {
                        self.too_long();
                    }
                    return true;
                }
                Some(b'\\') => {
                    self.source.take(1);
                    if !self.escape(out) {
                        return false;
                    }
                }
                Some(control) => {
                    self.broken("an escape for a control character");
                    self.source.take(1);
                    self.cut |= keep(out, &[control], max);
                }
                None => {}
            }
        }
    }

    /// What follows a backslash.
    fn escape(&mut self, out: &mut Vec<u8>) -> bool {
        let Some(byte) = self.source.bump() else {
            self.truncated();
            return false;
        };
        let plain: &[u8] = match byte {
            b'"' => b"\"",
            b'\\' => b"\\",
            b'/' => b"/",
            b'b' => b"\x08",
            b'f' => b"\x0c",
            b'n' => b"\n",
            b'r' => b"\r",
            b't' => b"\t",
            b'u' => return self.unicode(out),
            _ => {
                self.broken("a known escape");
                &[b'\\', byte]
            }
        };
        self.cut |= keep(out, plain, self.max_text);
        true
    }

    /// `\uXXXX`, with its second half where it is a surrogate (RFC 8259 §7).
    fn unicode(&mut self, out: &mut Vec<u8>) -> bool {
        let Some(first) = self.hex() else {
            return self.source.peek().is_some();
        };
        let mut c = char::from_u32(first);
        if (0xd800..0xdc00).contains(&first) && self.source.rest().starts_with(b"\\u") {
            self.source.take(2);
            match self.hex() {
                Some(second) if (0xdc00..0xe000).contains(&second) => {
                    c = char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
                }
                other => {
                    self.encoding("half a surrogate pair");
                    let lone = char::REPLACEMENT_CHARACTER
                        .encode_utf8(&mut [0; 4])
                        .to_owned();
                    self.cut |= keep(out, lone.as_bytes(), self.max_text);
                    c = other.and_then(char::from_u32);
                }
            }
        }
        if c.is_none() {
            self.encoding("half a surrogate pair");
        }
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        self.cut |= keep(out, c.encode_utf8(&mut [0; 4]).as_bytes(), self.max_text);
        true
    }

    /// Four hexadecimal digits; what is none stays.
    fn hex(&mut self) -> Option<u32> {
        let mut value = 0;
        for _ in 0..4 {
            let digit = self
                .source
                .peek()
                .and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else {
                self.broken("four hexadecimal digits");
                return None;
            };
            self.source.take(1);
            value = value * 16 + digit;
        }
        Some(value)
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
                    Some(b'}' | b']') if depth == 0 => return,
                    Some(b'}' | b']') => {
                        self.source.take(1);
                        depth -= 1;
                    }
                    Some(b',') if depth == 0 => return,
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

    fn truncated(&mut self) {
        if self.source.over {
            return;
        }
        let span = Span::at(self.source.offset());
        self.notes.once(Code::ReportTruncated, span, |f| f);
    }

    fn encoding(&mut self, value: &str) {
        let span = Span::at(self.source.offset());
        self.notes
            .add(Code::ReportEncoding, span, |f| f.arg("value", value));
    }

    #[cold]
    fn too_long(&mut self) {
        self.cut = false;
        let (span, limit) = (Span::at(self.source.offset()), self.max_text);
        self.notes.add(Code::ReportTooLarge, span, |f| {
            f.arg("name", "a text").arg("limit", limit)
        });
    }
}

/// Bytes that end a run inside a string: the quote, the backslash and control characters.
static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 32 {
        table[byte] = true;
        byte += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table
};

/// Where the first such byte is. Eight bytes are looked at at once: a byte that is not one of these
/// leaves its high bit clear in each of the three tests (or is above 0x7f, which no test is for).
#[inline]
fn special(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let mut at = 0;
    for word in bytes.chunks_exact(8) {
        let word = word.try_into().map_or(0, u64::from_le_bytes);
        let quote = word ^ (ONES * 0x22);
        let slash = word ^ (ONES * 0x5c);
        let hit = (word.wrapping_sub(ONES * 0x20) & !word)
            | (quote.wrapping_sub(ONES) & !quote)
            | (slash.wrapping_sub(ONES) & !slash);
        let hit = hit & HIGH;
        if hit != 0 {
            // The lowest hit is a true one; borrows can only make false ones above it.
            return Some(at + hit.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let tail = bytes.get(at..).unwrap_or_default();
    tail.iter()
        .position(|byte| SPECIAL[usize::from(*byte)])
        .map(|place| at + place)
}

/// Appends what still fits; true where something did not.
#[inline]
fn keep(out: &mut Vec<u8>, run: &[u8], max: usize) -> bool {
    let room = max.saturating_sub(out.len());
    out.extend_from_slice(run.get(..room).unwrap_or(run));
    run.len() > room
}
