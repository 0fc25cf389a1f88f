//! The policies of a report and their failures.

use findings::Code;
use names::Span;

use super::{
    Policy, PolicyReport, PolicyType, ResultType, Summary,
    fold::{FIELDS, Fold, Kept, Row},
    lexer::Place,
    reader::Reader,
    types::address,
};

impl Reader<'_, '_> {
    /// `policies` (RFC 8460 §4.4): always an array. Returns how many there are.
    pub(super) fn policies(&mut self) -> usize {
        let mut row = Row::default();
        self.objects("policies", 0, &mut |reader, number| {
            // Before its failures take what memory is left.
            let room = reader.room(number);
            let Some(policy) = reader.policy_report(&mut row) else {
                return false;
            };
            if room {
                reader.hand_on(policy);
            }
            true
        })
    }

    /// One element of `policies`; none where nothing of it is known.
    fn policy_report(&mut self, row: &mut Row) -> Option<PolicyReport> {
        let start = self.json.source.offset();
        self.json.source.take(1);
        let mut report = PolicyReport::default();
        let mut fold = Fold::default();
        let (mut place, mut key, mut seen) = (Place::default(), self.key(), 0);
        while self.json.member(&mut place, &mut key) {
            let bit = match key.as_slice() {
                b"policy" => 0,
                b"summary" => 1,
                b"failure-details" => 2,
                _ => {
                    self.unknown_key(start, &key);
                    self.json.skip();
                    continue;
                }
            };
            if !self.fresh(&mut seen, bit, &key) {
                continue;
            }
            match bit {
                0 => report.policy = self.policy(),
                1 => report.summary = self.summary(),
                _ => self.details(row, &mut fold),
            }
        }
        self.keys.push(key);
        let span = Span::new(start, self.json.source.offset());
        if seen == 0 {
            self.shape("policies", "an object without policy", "a policy", start);
            return None;
        }
        for (bit, name) in [(0, "policy"), (1, "summary")] {
            if seen & (1 << bit) == 0 {
                self.missing(name, Span::at(start));
            }
        }
        self.sums(&report, &fold, span);
        report.failure_details = fold.finish();
        Some(report)
    }

    /// RFC 8460 §4.4 does not say that sums agree; where they do not, somebody wants to know.
    fn sums(&mut self, report: &PolicyReport, fold: &Fold, span: Span) {
        let (total, folded, limit) = (fold.total, fold.folded, self.limits.details);
        if let Some(failed) = report.summary.failed
            && failed != total
        {
            self.json
                .notes
                .add(Code::ReportSumMismatch, Span::at(span.start), |f| {
                    f.arg("count", total).arg("expected", failed)
                });
        }
        if folded > 0 {
            self.json
                .notes
                .add(Code::ReportDetailsFolded, Span::at(span.start), |f| {
                    f.arg("count", folded).arg("limit", limit)
                });
        }
    }

    /// `policy` (RFC 8460 §4.4).
    fn policy(&mut self) -> Policy {
        let mut policy = Policy::default();
        let mut seen = 0;
        let start = self.json.source.offset();
        self.lone("policy", &mut |reader| {
            reader.json.source.take(1);
            let (mut place, mut key) = (Place::default(), reader.key());
            while reader.json.member(&mut place, &mut key) {
                let bit = match key.as_slice() {
                    b"policy-type" => 0,
                    b"policy-string" => 1,
                    b"policy-domain" => 2,
                    b"mx-host" => 3,
                    _ => {
                        reader.unknown_key(start, &key);
                        reader.json.skip();
                        continue;
                    }
                };
                if !reader.fresh(&mut seen, bit, &key) {
                    continue;
                }
                match bit {
                    0 => policy.policy_type = reader.policy_type(),
                    1 => policy.policy_string = reader.policy_string(),
                    2 => policy.policy_domain = reader.text("policy-domain"),
                    _ => policy.mx_host = reader.texts("mx-host"),
                }
            }
            reader.keys.push(key);
        });
        for (bit, name) in [(0, "policy-type"), (2, "policy-domain")] {
            if seen & (1 << bit) == 0 {
                self.missing(name, Span::at(start));
            }
        }
        policy
    }

    fn policy_type(&mut self) -> Option<PolicyType> {
        let start = self.json.source.offset();
        let kind = PolicyType::from(self.text("policy-type")?.as_str());
        if let PolicyType::Other(word) = &kind {
            self.unknown_value("policy-type", word, start);
        }
        Some(kind)
    }

    /// `policy-string`. Some senders put a JSON array into one string of it.
    fn policy_string(&mut self) -> Vec<String> {
        let start = self.json.source.offset();
        let list = self.texts("policy-string");
        if !list.iter().any(|line| line.trim_start().starts_with('[')) {
            return list;
        }
        let mut lines = Vec::new();
        let mut nested = false;
        for line in list {
            match serde_json::from_str::<Vec<String>>(&line) {
                Ok(inner) => {
                    nested = true;
                    lines.extend(inner);
                }
                Err(_) => lines.push(line),
            }
        }
        lines.truncate(self.limits.lines);
        if nested {
            self.json
                .notes
                .add(Code::ReportPolicyStringNested, Span::at(start), |f| f);
        }
        lines
    }

    /// `summary` (RFC 8460 §4.4).
    fn summary(&mut self) -> Summary {
        let mut summary = Summary::default();
        let mut seen = 0;
        let start = self.json.source.offset();
        self.lone("summary", &mut |reader| {
            reader.json.source.take(1);
            let (mut place, mut key) = (Place::default(), reader.key());
            while reader.json.member(&mut place, &mut key) {
                let (bit, name) = match key.as_slice() {
                    b"total-successful-session-count" => (0, "total-successful-session-count"),
                    b"total-failure-session-count" => (1, "total-failure-session-count"),
                    _ => {
                        reader.unknown_key(start, &key);
                        reader.json.skip();
                        continue;
                    }
                };
                if !reader.fresh(&mut seen, bit, &key) {
                    continue;
                }
                match bit {
                    0 => summary.successful = reader.count(name),
                    _ => summary.failed = reader.count(name),
                }
            }
            reader.keys.push(key);
        });
        for (bit, name) in [
            (0, "total-successful-session-count"),
            (1, "total-failure-session-count"),
        ] {
            if seen & (1 << bit) == 0 {
                self.missing(name, Span::at(start));
            }
        }
        summary
    }

    /// `failure-details` (RFC 8460 §4.4), row by row into the fold.
    fn details(&mut self, row: &mut Row, fold: &mut Fold) {
        let mut key = self.key();
        self.objects("failure-details", 0, &mut |reader, _| {
            let start = reader.json.source.offset();
            reader.detail(row, &mut key);
            if row.is_empty() {
                reader.shape("failure-details", "an empty object", "a failure", start);
                return false;
            }
            for text in &mut row.texts {
                // What a sum is keyed by is UTF-8, so that the marks between its texts are unique.
                if !text.bytes.is_ascii() {
                    let clean = reader.utf8(&text.bytes, start).into_owned();
                    text.bytes = clean.into_bytes();
                }
            }
            if let Kept::Row = fold.add(row, &reader.limits, &mut reader.budget) {
                reader.remarks(row, start);
            }
            true
        });
        self.keys.push(key);
    }

    /// One failure.
    #[inline]
    fn detail(&mut self, row: &mut Row, key: &mut Vec<u8>) {
        let start = self.json.source.offset();
        self.json.source.take(1);
        row.clear();
        let (mut place, mut seen) = (Place::default(), 0);
        while self.json.member(&mut place, key) {
            let bit = match key.as_slice() {
                b"result-type" => 0,
                b"receiving-mx-hostname" => 1,
                b"failure-reason-code" => 2,
                b"sending-mta-ip" => 3,
                b"receiving-mx-helo" => 4,
                b"receiving-ip" => 5,
                // The second is what RFC 8460 §4.4 calls it in its prose.
                b"additional-information" | b"additional-info-uri" => 6,
                b"failed-session-count" => 7,
                _ => {
                    self.unknown_key(start, key);
                    self.json.skip();
                    continue;
                }
            };
            if !self.fresh(&mut seen, bit, key) {
                continue;
            }
            match (row.texts.get_mut(bit as usize), FIELDS.get(bit as usize)) {
                (Some(text), Some(name)) => {
                    text.present = self.raw(name, &mut text.bytes);
                    if !text.present {
                        text.bytes.clear();
                    }
                }
                _ => row.count = self.count("failed-session-count"),
            }
        }
    }

    /// What is odd about a row that is kept as it is.
    fn remarks(&mut self, row: &Row, start: usize) {
        for (text, name) in row.texts.iter().zip(FIELDS) {
            let value = text.as_str();
            match name {
                "result-type" if !text.present => self.missing(name, Span::at(start)),
                "result-type" => {
                    if let ResultType::Other(word) = ResultType::from(value) {
                        self.unknown_value(name, &word, start);
                    }
                }
                "sending-mta-ip" | "receiving-ip" if text.present && address(value).is_none() => {
                    self.json
                        .notes
                        .add(Code::ReportAddress, Span::at(start), |f| {
                            f.arg("name", name).arg("value", value)
                        });
                }
                _ => {}
            }
        }
        if row.count.is_none() {
            self.missing("failed-session-count", Span::at(start));
        }
    }

    fn unknown_value(&mut self, name: &str, value: &str, start: usize) {
        self.json
            .notes
            .add(Code::ReportUnknownValue, Span::at(start), |f| {
                f.arg("name", name).arg("value", value)
            });
    }
}
