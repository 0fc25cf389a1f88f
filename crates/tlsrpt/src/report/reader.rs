//! Reports out of bytes: which keys there are, and what is made of values of another kind.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hasher},
};

use findings::Code;
use names::Span;

use super::{
    Limits, PolicyReport, Report, Sink,
    fold::spend,
    lexer::{Kind, Lexer, Place},
};

/// Containers are looked into for a report this deep.
const MAX_WRAP: usize = 8;

/// Unknown keys that are remembered to know their repeats.
const MAX_ODD: usize = 1000;

/// Reads every report of one text and hands it to a sink.
pub(super) struct Reader<'r, 's> {
    pub(super) json: Lexer<'r>,
    pub(super) sink: &'s mut dyn Sink,
    pub(super) limits: Limits,
    pub(super) budget: usize,
    /// Reports read so far.
    pub(super) count: usize,
    pub(super) scratch: Vec<u8>,
    pub(super) keys: Vec<Vec<u8>>,
    /// Where an object with unknown keys begins, and their hashes.
    odd: HashSet<(usize, u64)>,
    /// Bytes that belong to no report since the last one.
    junk: Junk,
}

/// Bytes outside of reports.
#[derive(Clone, Copy, Default)]
struct Junk {
    start: usize,
    count: usize,
}

/// The keys that were seen of an object.
pub(super) type Seen = u16;

impl<'r, 's> Reader<'r, 's> {
    pub(super) fn new(json: Lexer<'r>, sink: &'s mut dyn Sink, limits: Limits) -> Self {
        Self {
            json,
            sink,
            limits,
            budget: limits.kept,
            count: 0,
            scratch: Vec::with_capacity(64),
            keys: Vec::new(),
            odd: HashSet::new(),
            junk: Junk::default(),
        }
    }

    /// Reads to the end of the text. RFC 8460 §4.4: one object; whatever stands around is skipped.
    pub(super) fn run(&mut self) {
        self.json.notes.mute = true;
        loop {
            let kind = self.json.kind();
            let start = self.json.source.offset();
            match kind {
                Kind::End => break,
                Kind::Object | Kind::Array => {
                    let before = self.count;
                    self.container(0, "the report");
                    if self.count == before {
                        self.skipped(start);
                    }
                }
                _ => {
                    self.json.source.take(1);
                    self.skip_to_bracket();
                    self.skipped(start);
                }
            }
        }
        if self.count > 0 {
            self.json.notes.report = self.json.notes.report.saturating_sub(1);
            self.around();
        }
        if self.json.source.over {
            let limit = self.limits.bytes;
            let span = Span::at(self.json.source.offset());
            self.json.notes.always(Code::ReportTooLarge, span, |f| {
                f.arg("name", "the report").arg("limit", limit)
            });
        }
    }

    /// What is to be said of the text around the reports.
    fn around(&mut self) {
        let Junk { start, count } = self.junk;
        if count > 0 {
            let span = Span::new(start, start.saturating_add(count));
            self.json
                .notes
                .always(Code::ReportTrailingData, span, |f| f.arg("count", count));
        }
        // RFC 7493 §2.1. In a key, or in what was skipped; texts that are kept said so themselves.
        if let Some(at) = self.json.source.not_utf8()
            && !self.json.notes.has(Code::ReportEncoding)
        {
            self.json
                .notes
                .always(Code::ReportEncoding, Span::at(at), |f| {
                    f.arg("value", "bytes outside of its texts")
                });
        }
    }

    /// Everything up to the next bracket is no report.
    fn skip_to_bracket(&mut self) {
        loop {
            let rest = self.json.source.rest();
            if rest.is_empty() {
                return;
            }
            let found = rest.iter().position(|byte| matches!(byte, b'{' | b'['));
            let count = found.unwrap_or(rest.len());
            self.json.source.take(count);
            if found.is_some() {
                return;
            }
        }
    }

    fn skipped(&mut self, start: usize) {
        if self.junk.count == 0 {
            self.junk.start = start;
        }
        self.junk.count += self.json.source.offset().saturating_sub(start);
    }

    /// An object that may be a report, or an array of such.
    fn container(&mut self, depth: usize, name: &str) {
        let start = self.json.source.offset();
        if depth > MAX_WRAP {
            return self.json.skip();
        }
        match self.json.kind() {
            Kind::Object => self.object(depth),
            Kind::Array => {
                self.json.source.take(1);
                let (mut place, before) = (Place::default(), self.count);
                while self.json.element(&mut place) {
                    self.container(depth + 1, name);
                }
                if self.count > before {
                    self.json
                        .notes
                        .always(Code::ReportShape, Span::new(start, start + 1), |f| {
                            f.arg("name", name)
                                .arg("value", "an array")
                                .arg("expected", "one object")
                        });
                }
            }
            _ => self.json.skip(),
        }
    }

    /// An object that is a report if it has a key of one.
    fn object(&mut self, depth: usize) {
        let start = self.json.source.offset();
        let muted = self.json.notes.muted;
        self.json.source.take(1);
        let mut head = Report::default();
        let (mut key, mut seen, mut policies) = (self.key(), 0, 0);
        let (mut place, mut found, mut repeated) = (Place::default(), false, None);
        while self.json.member(&mut place, &mut key) {
            let bit = match key.as_slice() {
                b"organization-name" => 0,
                b"date-range" => 1,
                b"contact-info" => 2,
                b"report-id" => 3,
                b"policies" => 4,
                _ => {
                    if self.unknown(found, depth, start, &key) {
                        repeated = Some(key.clone());
                    }
                    continue;
                }
            };
            if !found {
                found = true;
                self.begin(start, depth);
                if self.json.notes.muted > muted {
                    self.json.broken("a key of the report");
                }
                if let Some(key) = &repeated {
                    self.duplicate(Span::at(start), key);
                }
            }
            if !self.fresh(&mut seen, bit, &key) {
                continue;
            }
            match bit {
                0 => head.organization_name = self.text("organization-name"),
                1 => head.date_range = self.range(),
                2 => head.contact_info = self.text("contact-info"),
                3 => head.report_id = self.text("report-id"),
                _ => policies = self.policies(),
            }
        }
        self.keys.push(key);
        if found {
            self.end(head, seen, policies, start);
        }
    }

    /// A key that no report has. Says whether it is a repeat in an object that is not known to be a
    /// report.
    fn unknown(&mut self, found: bool, depth: usize, object: usize, key: &[u8]) -> bool {
        if found {
            self.unknown_key(object, key);
            self.json.skip();
            return false;
        }
        let repeated = self.repeats(object, key);
        if matches!(self.json.kind(), Kind::Object | Kind::Array) {
            // `{"report": {…}}`: something wraps the report.
            let before = self.count;
            let start = self.json.source.offset();
            self.container(depth + 1, "the report");
            if self.count > before {
                let name = String::from_utf8_lossy(key);
                self.json
                    .notes
                    .always(Code::ReportShape, Span::at(start), |f| {
                        f.arg("name", "the report")
                            .arg("value", format_args!("inside `{name}`"))
                            .arg("expected", "the outermost object")
                    });
            }
        } else {
            self.json.skip();
        }
        repeated
    }

    /// The object that began at `start` is a report.
    fn begin(&mut self, start: usize, depth: usize) {
        self.json.notes.mute = self.count >= self.limits.reports;
        let code = if self.count == 0 {
            Code::ReportLeadingData
        } else {
            Code::ReportTrailingData
        };
        let Junk { start: from, count } = std::mem::take(&mut self.junk);
        if count > 0 {
            let span = Span::new(from, from.saturating_add(count));
            self.json.notes.add(code, span, |f| f.arg("count", count));
        } else if self.count > 0 && depth == 0 {
            self.json
                .notes
                .add(code, Span::at(start), |f| f.arg("count", "more"));
        }
    }

    fn end(&mut self, head: Report, seen: Seen, policies: usize, start: usize) {
        let span = Span::at(start);
        let missing = [
            ("organization-name", head.organization_name.is_none()),
            ("date-range", seen & 2 == 0),
            ("contact-info", head.contact_info.is_none() && seen & 4 == 0),
            ("report-id", head.report_id.is_none() && seen & 8 == 0),
        ];
        for (name, _) in missing.into_iter().filter(|(_, missing)| *missing) {
            self.missing(name, span);
        }
        if policies == 0 {
            self.json.notes.add(Code::ReportNoPolicies, span, |f| f);
        }
        self.count += 1;
        if self.count > self.limits.reports {
            if self.count == self.limits.reports + 1 {
                let limit = self.limits.reports;
                self.json.notes.always(Code::ReportTooMany, span, |f| {
                    f.arg("name", "reports").arg("limit", limit)
                });
            }
        } else {
            self.sink.report(head);
            self.json.notes.report += 1;
        }
        self.json.notes.mute = true;
    }

    /// Whether the report has room for its policy of that number.
    pub(super) fn room(&mut self, number: usize) -> bool {
        let (limit, span) = (self.limits.policies, Span::at(self.json.source.offset()));
        let room = number < limit && spend(&mut self.budget, size_of::<PolicyReport>());
        if !room {
            self.json.notes.once(Code::ReportTooMany, span, |f| {
                f.arg("name", "policies").arg("limit", limit.min(number))
            });
        }
        room
    }

    /// Hands a policy on, unless its report is one too many.
    pub(super) fn hand_on(&mut self, policy: PolicyReport) {
        if self.count < self.limits.reports {
            self.sink.policy(policy);
        }
    }

    /// Memory for keys, of an object that is over where there is one.
    pub(super) fn key(&mut self) -> Vec<u8> {
        self.keys.pop().unwrap_or_else(|| Vec::with_capacity(32))
    }

    /// Whether a key stands for the first time; later ones are skipped (RFC 7493 §2.3).
    pub(super) fn fresh(&mut self, seen: &mut Seen, bit: u32, key: &[u8]) -> bool {
        let mask = 1 << bit;
        if *seen & mask == 0 {
            *seen |= mask;
            return true;
        }
        self.duplicate(Span::at(self.json.source.offset()), key);
        self.json.skip();
        false
    }

    fn duplicate(&mut self, span: Span, key: &[u8]) {
        self.json.notes.add(Code::ReportDuplicateKey, span, |f| {
            f.arg("name", String::from_utf8_lossy(key))
        });
    }

    /// Whether the object that begins at that place has had the unknown key before.
    #[cold]
    fn repeats(&mut self, object: usize, key: &[u8]) -> bool {
        let mut hasher = DefaultHasher::new();
        hasher.write(key);
        let key = (object, hasher.finish());
        self.odd.contains(&key) || (self.odd.len() < MAX_ODD && !self.odd.insert(key))
    }

    pub(super) fn missing(&mut self, name: &str, span: Span) {
        self.json
            .notes
            .add(Code::ReportMissingField, span, |f| f.arg("name", name));
    }

    /// A key that the object at that place should not have.
    pub(super) fn unknown_key(&mut self, object: usize, key: &[u8]) {
        let span = Span::at(self.json.source.offset());
        if self.repeats(object, key) {
            return self.duplicate(span, key);
        }
        self.json.notes.add(Code::ReportUnknownKey, span, |f| {
            f.arg("name", String::from_utf8_lossy(key))
        });
    }
}
