//! Values that are read as meant: a text where a list is, a list where a text is, numbers as text.

use std::borrow::Cow;

use findings::Code;
use names::Span;

use super::{
    DateRange, When,
    fold::spend,
    lexer::{Kind, Place},
    reader::Reader,
    when::Form,
};

/// Arrays inside arrays where none is meant are looked into this deep.
const MAX_NEST: usize = 4;

impl Reader<'_, '_> {
    /// A text. Null is none; a number is taken as it is written; of a list the first counts.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let mut bytes = std::mem::take(&mut self.scratch);
        let start = self.json.source.offset();
        let text = self
            .raw(name, &mut bytes)
            .then(|| self.owned(&bytes, start))
            .flatten();
        self.scratch = bytes;
        text
    }

    /// The bytes of a text, as for [`Self::text`]. False where there is none.
    #[inline]
    pub(super) fn raw(&mut self, name: &str, out: &mut Vec<u8>) -> bool {
        if self.json.kind() == Kind::String {
            self.json.string(out)
        } else {
            self.other(name, out)
        }
    }

    /// What stands where a text is meant.
    fn other(&mut self, name: &str, out: &mut Vec<u8>) -> bool {
        let start = self.json.source.offset();
        match self.json.kind() {
            Kind::Word => {
                let whole = self.json.word(out);
                let null = out == b"null";
                self.shape(name, if null { "null" } else { "no text" }, "a text", start);
                whole && !null
            }
            Kind::Array => {
                self.json.source.take(1);
                self.shape(name, "a list", "a text", start);
                let (mut place, mut found) = (Place::default(), false);
                while self.json.element(&mut place) {
                    if !found && self.json.kind() == Kind::String {
                        found = self.json.string(out);
                    } else {
                        self.json.skip();
                    }
                }
                found
            }
            _ => {
                self.shape(name, "an object", "a text", start);
                self.json.skip();
                false
            }
        }
    }

    /// Bytes as a text that is kept, while there is room. What is no UTF-8 becomes U+FFFD.
    pub(super) fn owned(&mut self, bytes: &[u8], start: usize) -> Option<String> {
        if !spend(&mut self.budget, bytes.len()) {
            let limit = self.limits.kept;
            self.json
                .notes
                .once(Code::ReportTooLarge, Span::at(start), |f| {
                    f.arg("name", "the text to keep").arg("limit", limit)
                });
            return None;
        }
        Some(self.utf8(bytes, start).into_owned())
    }

    /// RFC 7493 §2.1: the text is UTF-8.
    pub(super) fn utf8<'b>(&mut self, bytes: &'b [u8], start: usize) -> Cow<'b, str> {
        let text = String::from_utf8_lossy(bytes);
        if matches!(text, Cow::Owned(_)) {
            let span = Span::new(start, self.json.source.offset());
            self.json
                .notes
                .add(Code::ReportEncoding, span, |f| f.arg("value", &text));
        }
        text
    }

    /// A list of texts. A lone text is a list of one (RFC 8460 erratum 6241).
    pub(super) fn texts(&mut self, name: &str) -> Vec<String> {
        let mut list = Vec::new();
        let start = self.json.source.offset();
        match self.json.kind() {
            Kind::Array => self.list(name, &mut list, 0),
            Kind::String => {
                self.shape(name, "a text", "a list", start);
                list.extend(self.text(name));
            }
            Kind::Object => {
                self.shape(name, "an object", "a list", start);
                self.json.skip();
            }
            _ => {
                let mut word = Vec::new();
                self.json.word(&mut word);
                self.shape(
                    name,
                    if word == b"null" { "null" } else { "no list" },
                    "a list",
                    start,
                );
            }
        }
        list
    }

    fn list(&mut self, name: &str, list: &mut Vec<String>, depth: usize) {
        self.json.source.take(1);
        let mut place = Place::default();
        while self.json.element(&mut place) {
            let start = self.json.source.offset();
            if list.len() >= self.limits.lines || depth > MAX_NEST {
                let limit = self.limits.lines;
                self.json
                    .notes
                    .once(Code::ReportTooMany, Span::at(start), |f| {
                        f.arg("name", format_args!("texts in `{name}`"))
                            .arg("limit", limit)
                    });
                self.json.skip();
            } else if self.json.kind() == Kind::Array {
                self.shape(name, "a list in a list", "a list of texts", start);
                self.list(name, list, depth + 1);
            } else {
                list.extend(self.text(name));
            }
        }
    }

    /// Every object of a list, or the lone one that stands in its place. `each` takes one, its `{`
    /// still there, and says whether it counts. Returns how many did.
    pub(super) fn objects(
        &mut self,
        name: &str,
        depth: usize,
        each: &mut dyn FnMut(&mut Self, usize) -> bool,
    ) -> usize {
        let start = self.json.source.offset();
        let mut count = 0;
        match self.json.kind() {
            Kind::Array if depth <= MAX_NEST => {
                if depth > 0 {
                    self.shape(name, "a list in a list", "a list of objects", start);
                }
                self.json.source.take(1);
                let mut place = Place::default();
                while self.json.element(&mut place) {
                    if self.json.kind() == Kind::Object {
                        count += usize::from(each(self, count));
                    } else {
                        let before = count;
                        count += self.objects(name, depth + 1, &mut |reader, number| {
                            each(reader, before + number)
                        });
                    }
                }
            }
            Kind::Object => {
                self.shape(name, "an object", "a list", start);
                count += usize::from(each(self, 0));
            }
            _ => {
                self.json.skip();
                let (value, expected) = if depth > 0 {
                    ("no object", "an object")
                } else {
                    ("no list", "a list")
                };
                self.shape(name, value, expected, start);
            }
        }
        count
    }

    /// Steps into the object that is meant here; of a list its first object counts. False where
    /// there is none. `each` reads the object, its `{` still there.
    pub(super) fn lone(&mut self, name: &str, each: &mut dyn FnMut(&mut Self)) {
        let start = self.json.source.offset();
        match self.json.kind() {
            Kind::Object => each(self),
            Kind::Array => {
                self.shape(name, "a list", "an object", start);
                self.json.source.take(1);
                let (mut place, mut found) = (Place::default(), false);
                while self.json.element(&mut place) {
                    if !found && self.json.kind() == Kind::Object {
                        found = true;
                        each(self);
                    } else {
                        self.json.skip();
                    }
                }
            }
            _ => {
                self.shape(name, "no object", "an object", start);
                self.json.skip();
            }
        }
    }

    /// A number of sessions (RFC 8460 §4.4). Text, fractions, null and negative numbers are taken
    /// for what they say.
    #[inline]
    pub(super) fn count(&mut self, name: &str) -> Option<u64> {
        let start = self.json.source.offset();
        let mut bytes = std::mem::take(&mut self.scratch);
        let mut strict = self.json.kind() == Kind::Word;
        let whole = if strict {
            self.json.word(&mut bytes)
        } else {
            self.raw(name, &mut bytes)
        };
        let mut value = None;
        if whole {
            value = plain(&bytes);
            strict &= value.is_some() && (bytes.len() == 1 || bytes.first() != Some(&b'0'));
            if value.is_none() {
                value = loose(&bytes);
            }
            if !strict {
                self.odd_count(name, &bytes, value, start);
            }
        }
        self.scratch = bytes;
        value
    }

    #[cold]
    fn odd_count(&mut self, name: &str, bytes: &[u8], value: Option<u64>, start: usize) {
        let span = Span::new(start, self.json.source.offset());
        self.json.notes.add(Code::ReportCount, span, |f| {
            let f = f
                .arg("name", name)
                .arg("value", String::from_utf8_lossy(bytes));
            match value {
                Some(value) => f.arg("count", value),
                None => f.arg("count", "unknown"),
            }
        });
    }

    /// `date-range` (RFC 8460 §4.4).
    pub(super) fn range(&mut self) -> DateRange {
        let mut range = DateRange::default();
        let (mut seen, mut day) = (0, false);
        let start = self.json.source.offset();
        self.lone("date-range", &mut |reader| {
            reader.json.source.take(1);
            let (mut place, mut key) = (Place::default(), reader.key());
            while reader.json.member(&mut place, &mut key) {
                let bit = match key.as_slice() {
                    b"start-datetime" => 0,
                    b"end-datetime" => 1,
                    _ => {
                        reader.unknown_key(start, &key);
                        reader.json.skip();
                        continue;
                    }
                };
                if !reader.fresh(&mut seen, bit, &key) {
                    continue;
                }
                if bit == 0 {
                    range.start = reader.date("start-datetime").map(|(when, _)| when);
                } else if let Some((when, form)) = reader.date("end-datetime") {
                    day = form == Form::Day;
                    range.end = Some(when);
                }
            }
            reader.keys.push(key);
        });
        for (name, missing) in [
            ("start-datetime", range.start.is_none()),
            ("end-datetime", range.end.is_none()),
        ] {
            if missing {
                self.missing(name, Span::at(start));
            }
        }
        // A day alone ends with its last second.
        if day
            && range.start == range.end
            && let Some(When::At(at)) = &mut range.end
        {
            *at = at
                .checked_add(jiff::SignedDuration::from_secs(86_399))
                .unwrap_or(*at);
        }
        if let (Some(When::At(from)), Some(When::At(to))) = (&range.start, &range.end)
            && from > to
        {
            let value = format!("{from} to {to}");
            self.json
                .notes
                .add(Code::ReportRange, Span::at(start), |f| {
                    f.arg("value", value)
                });
        }
        range
    }

    fn date(&mut self, name: &str) -> Option<(When, Form)> {
        let start = self.json.source.offset();
        let mut bytes = std::mem::take(&mut self.scratch);
        let word = self.json.kind() == Kind::Word;
        let whole = if word {
            self.json.word(&mut bytes)
        } else {
            self.raw(name, &mut bytes)
        };
        let text = whole.then(|| self.owned(&bytes, start)).flatten();
        self.scratch = bytes;
        let text = text?;
        if word && text == "null" {
            self.shape(name, "null", "a text", start);
            return None;
        }
        let (when, form) = When::read(&text);
        if word || form != Form::Strict {
            let span = Span::new(start, self.json.source.offset());
            self.json.notes.add(Code::ReportDate, span, |f| {
                f.arg("name", name).arg("value", text)
            });
        }
        Some((when, form))
    }

    pub(super) fn shape(&mut self, name: &str, value: &str, expected: &str, start: usize) {
        self.json
            .notes
            .add(Code::ReportShape, Span::at(start), |f| {
                f.arg("name", name)
                    .arg("value", value)
                    .arg("expected", expected)
            });
    }
}

/// A number as it is meant to be: digits only.
#[inline]
fn plain(bytes: &[u8]) -> Option<u64> {
    if bytes.is_empty() {
        return None;
    }
    bytes.iter().try_fold(0_u64, |sum, byte| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit <= 9)?;
        sum.checked_mul(10)?.checked_add(u64::from(digit))
    })
}

/// A number as it is not meant to be: `10.0`, `1e3`, `-1`, null, or too large for 64 bits.
fn loose(bytes: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(bytes).ok()?.trim();
    if text == "null" || text.is_empty() {
        return Some(0);
    }
    if let Some(number) = plain(text.trim_start_matches('+').as_bytes()) {
        return Some(number);
    }
    let number: f64 = text.parse().ok()?;
    if number.is_nan() {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates: negative numbers are 0, too large ones the largest"
    )]
    Some(number as u64)
}
