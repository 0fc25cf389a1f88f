//! Strings of JSON, escapes and all.

use findings::Code;
use names::Span;

use super::lexer::Lexer;

impl Lexer<'_> {
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

/// Where the first byte is that ends a run inside a string: the quote, the backslash, or a control
/// character. Eight bytes are looked at at once: a byte that is not one of these
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
        .position(|byte| matches!(byte, 0..=0x1f | b'"' | b'\\'))
        .map(|place| at + place)
}

/// Appends what still fits; true where something did not.
#[inline]
fn keep(out: &mut Vec<u8>, run: &[u8], max: usize) -> bool {
    let room = max.saturating_sub(out.len());
    out.extend_from_slice(run.get(..room).unwrap_or(run));
    run.len() > room
}
