use findings::{Code, Subject};
use names::Span;

use super::Record;
use crate::{
    Parsed, PolicyId,
    grammar::{Piece, Seen, is_name, is_wsp, leading_wsp, nearest, trailing_wsp},
    notes::Notes,
};

/// What a record starts with, exactly (RFC 8461 §3.1: `sts-version`).
const VERSION: &[u8] = b"v=STSv1";
/// Fields of the policy that are mistaken for fields of the record.
const POLICY_FIELDS: [&[u8]; 4] = [b"mx", b"mode", b"max_age", b"version"];

/// Reads a TXT record that is the only one at its name; its strings are joined with nothing between
/// them (RFC 8461 §3.1). Findings are about `Subject::Txt(0)`.
pub fn parse(text: &[u8]) -> Parsed<Record> {
    let mut notes = Notes::new(Subject::Txt(0));
    let value = read(text, &mut notes);
    Parsed {
        value,
        findings: notes.into_findings(),
    }
}

/// Reads one record; the value is there unless a finding voids it.
pub(super) fn read(text: &[u8], notes: &mut Notes) -> Option<Record> {
    plain(text).or_else(|| read_fields(text, notes))
}

/// The record that nearly every domain publishes, `v=STSv1; id=1;`, of which nothing is to be said.
fn plain(text: &[u8]) -> Option<Record> {
    let rest = text.strip_prefix(VERSION)?.strip_prefix(b";")?;
    let (_, field) = rest.split_at(leading_wsp(rest));
    let id = field.strip_prefix(b"id=")?;
    PolicyId::parse(id.strip_suffix(b";").unwrap_or(id))
        .ok()
        .map(Record::new)
}

fn read_fields(text: &[u8], notes: &mut Notes) -> Option<Record> {
    let whole = quotes(text, notes);
    let mut reader = Reader {
        notes,
        met_id: false,
        id: None,
        seen: Seen::default(),
        extensions: Vec::new(),
    };
    let fields = reader.version(whole);
    reader.fields(fields.rest, fields.skip);
    reader.finish(whole.end())
}

/// Whether the text starts as the filter over several records wants it (RFC 8461 §3.1).
pub(super) fn is_kept(text: &[u8]) -> bool {
    text.strip_prefix(VERSION)
        .is_some_and(|rest| rest.first() == Some(&b';'))
}

/// Value of an extension field (RFC 8461 §3.1: `sts-ext-value`): printable ASCII but `=` and `;`.
pub(super) fn is_value(value: &[u8]) -> bool {
    !value.is_empty()
        && value
            .iter()
            .all(|octet| matches!(octet, 0x21..=0x3a | 0x3c | 0x3e..=0x7e))
}

/// Quotes around the record and escapes in it belong to a zone file, not into the data. They are
/// legal in an extension's value only; quotes around the whole are taken off, so that the rest is
/// still looked at.
fn quotes<'t>(text: &'t [u8], notes: &mut Notes) -> Piece<'t> {
    let whole = Piece::new(text, 0);
    let is_quote = |octet: &u8| matches!(octet, b'"' | b'\\');
    let Some(first) = text.iter().position(is_quote) else {
        return whole;
    };
    let run = text
        .iter()
        .skip(first)
        .take_while(|octet| is_quote(octet))
        .count();
    let count = text.iter().filter(|octet| is_quote(octet)).count();
    let run = Piece::new(text.get(first..first + run).unwrap_or_default(), first);
    let finding = notes
        .at(Code::StsRecordQuoted, run.span())
        .arg("value", run.shown());
    notes.note(finding.arg("count", count));
    match text.strip_prefix(b"\"") {
        Some(inner) => {
            notes.void();
            Piece::new(inner.strip_suffix(b"\"").unwrap_or(inner), 1)
        }
        None => whole,
    }
}

/// What is left to read once the version was looked for.
struct Fields<'t> {
    rest: Piece<'t>,
    /// The field that is the version although it stands elsewhere.
    skip: Option<usize>,
}

struct Reader<'n, 't> {
    notes: &'n mut Notes,
    /// Whether there was an id field, and the value of the first where that is good.
    met_id: bool,
    id: Option<PolicyId>,
    seen: Seen<'t>,
    extensions: Vec<(String, String)>,
}

impl<'t> Reader<'_, 't> {
    /// RFC 8461 §3.1: the record starts with `v=STSv1`, exactly so.
    fn version(&mut self, whole: Piece<'t>) -> Fields<'t> {
        let start = whole.trim_start();
        if start.start > whole.start {
            let wsp = Span::new(whole.start, start.start);
            let finding = self.notes.at(Code::StsRecordVersion, wsp).arg("value", " ");
            self.notes.fault(finding.arg("expected", "v=STSv1;"));
        }
        let Some(tail) = start.text.strip_prefix(VERSION) else {
            return self.misplaced_version(start);
        };
        let tail = Piece::new(tail, start.start + VERSION.len());
        let next = tail.trim_start();
        match next.text.split_first() {
            Some((b';', rest)) => Fields {
                rest: Piece::new(rest, next.start + 1),
                skip: None,
            },
            // Nothing follows; the id is missed later.
            None => {
                self.trailing(tail);
                Fields {
                    rest: Piece::new(b"", whole.end()),
                    skip: None,
                }
            }
            Some(_) => self.undelimited(start, tail),
        }
    }

    /// `v=STSv1 id=1` lacks the semicolon; `v=STSv10` is another version.
    fn undelimited(&mut self, start: Piece<'t>, tail: Piece<'t>) -> Fields<'t> {
        let joins =
            |octet: &&u8| octet.is_ascii_alphanumeric() || matches!(octet, b'.' | b'-' | b'_');
        if tail.text.first().as_ref().is_some_and(joins) {
            return self.misplaced_version(start);
        }
        let gap = tail
            .text
            .iter()
            .take_while(|octet| !octet.is_ascii_alphanumeric() && **octet != b';')
            .count();
        let (gap, rest) = tail.text.split_at(gap);
        let gap = Piece::new(gap, tail.start);
        let finding = self
            .notes
            .at(Code::StsRecordSyntax, gap.span())
            .arg("value", gap.shown());
        self.notes.fault(finding.arg("expected", ";"));
        // `v=STSv1\;`: the semicolon stands behind the gap.
        let rest = match rest.split_first() {
            Some((b';', behind)) => Piece::new(behind, gap.end() + 1),
            _ => Piece::new(rest, gap.end()),
        };
        Fields { rest, skip: None }
    }

    /// The version stands elsewhere, is another one, or is not there.
    fn misplaced_version(&mut self, start: Piece<'t>) -> Fields<'t> {
        let found = split(start)
            .enumerate()
            .map(|(at, field)| (at, field.trim()))
            .find(|(_, field)| is_version(*field));
        let (span, value) = match found {
            Some((_, field)) => (field.span(), field.shown()),
            None => (Span::at(start.start), "".into()),
        };
        let finding = self
            .notes
            .at(Code::StsRecordVersion, span)
            .arg("value", value);
        self.notes.fault(finding.arg("expected", "v=STSv1;"));
        Fields {
            rest: start,
            skip: found.map(|(at, _)| at),
        }
    }

    /// RFC 8461 §3.1: fields are separated by `;` with optional white space on both sides; one
    /// more `;` may stand at the end, nothing else.
    fn fields(&mut self, rest: Piece<'t>, skip: Option<usize>) {
        let mut fields = split(rest).enumerate().peekable();
        while let Some((at, field)) = fields.next() {
            let last = fields.peek().is_none();
            let trimmed = field.trim();
            if trimmed.text.is_empty() {
                if !last {
                    let next = Span::new(field.end(), field.end() + 1);
                    let finding = self.notes.at(Code::StsRecordSyntax, next).arg("value", ";");
                    self.notes.fault(finding.arg("expected", "id"));
                }
                continue;
            }
            if last {
                self.trailing(field);
            }
            if skip != Some(at) {
                self.field(trimmed);
            }
        }
    }

    /// White space at the very end belongs to no delimiter.
    fn trailing(&mut self, last: Piece<'t>) {
        let wsp = trailing_wsp(last.text);
        if wsp > 0 {
            let span = Span::new(last.end() - wsp, last.end());
            let finding = self.notes.at(Code::StsRecordSyntax, span).arg("value", " ");
            self.notes.fault(finding.arg("expected", ";"));
        }
    }

    fn field(&mut self, field: Piece<'t>) {
        let Some((name, value)) = field.split(b'=') else {
            self.policy_field(field);
            let finding = self.notes.at(Code::StsRecordExtInvalid, field.span());
            self.notes.fault(
                finding
                    .arg("value", field.shown())
                    .arg("name", field.shown()),
            );
            return;
        };
        match name.trim_end().text {
            b"id" => self.id(field, name, value),
            // Whatever a later version says: only the first counts (RFC 8461 §3.2).
            b"v" => self.duplicate(name),
            _ => self.extension(name, value),
        }
    }

    fn id(&mut self, field: Piece<'t>, name: Piece<'t>, value: Piece<'t>) {
        if std::mem::replace(&mut self.met_id, true) {
            return self.duplicate(name);
        }
        let spaced = name.text.last().copied().is_some_and(is_wsp);
        let id = PolicyId::parse(value.text).ok().filter(|_| !spaced);
        if id.is_none() {
            let span = if spaced { field.span() } else { value.span() };
            let finding = self.notes.at(Code::StsRecordIdInvalid, span);
            let count = value.text.len();
            self.notes.fault(
                finding
                    .arg("value", value.shown())
                    .arg("count", count)
                    .arg("limit", 32),
            );
        }
        self.id = id;
    }

    fn duplicate(&mut self, name: Piece<'t>) {
        let finding = self
            .notes
            .at(Code::StsRecordDuplicateField, name.trim_end().span());
        self.notes
            .note(finding.arg("name", name.trim_end().shown()));
    }

    fn extension(&mut self, name: Piece<'t>, value: Piece<'t>) {
        self.policy_field(name);
        let mut good = true;
        for (part, fits) in [(name, is_name(name.text)), (value, is_value(value.text))] {
            if !fits {
                good = false;
                let finding = self.notes.at(Code::StsRecordExtInvalid, part.span());
                self.notes
                    .fault(finding.arg("value", part.shown()).arg("name", name.shown()));
            }
        }
        if !good {
            return;
        }
        if !self.seen.insert(name.text) {
            return self.duplicate(name);
        }
        let mut finding = self.notes.at(Code::StsRecordUnknownField, name.span());
        if let Some(meant) = nearest(&name.shown(), &["id"]) {
            finding = finding.arg("expected", meant);
        }
        self.notes.note(
            finding
                .arg("name", name.shown())
                .arg("value", value.shown()),
        );
        self.extensions
            .push((name.shown().into_owned(), value.shown().into_owned()));
    }

    /// A field of the policy in the record: `mode=enforce`, or `mx: a.example` as the policy has it.
    fn policy_field(&mut self, field: Piece<'t>) {
        let name = field.split(b':').map_or(field, |(name, _)| name).trim();
        if POLICY_FIELDS
            .iter()
            .any(|known| name.text.eq_ignore_ascii_case(known))
        {
            let finding = self.notes.at(Code::StsRecordPolicyFields, name.span());
            self.notes.note(finding.arg("name", name.shown()));
        }
    }

    fn finish(self, end: usize) -> Option<Record> {
        if !self.met_id {
            let finding = self.notes.at(Code::StsRecordIdMissing, Span::at(end));
            self.notes.fault(finding.arg("expected", "id"));
        }
        let id = self.id?;
        (!self.notes.is_void()).then_some(Record {
            id,
            extensions: self.extensions,
        })
    }
}

/// The pieces between the semicolons.
fn split(text: Piece<'_>) -> impl Iterator<Item = Piece<'_>> {
    let mut start = text.start;
    text.text.split(|octet| *octet == b';').map(move |field| {
        let piece = Piece::new(field, start);
        start = piece.end() + 1;
        piece
    })
}

/// Whether a field was meant as the version: `V = stsv1`, `v:STSv1`, `STSv1`, `v=anything`.
pub(super) fn is_version(field: Piece<'_>) -> bool {
    let name = field
        .split(b'=')
        .or_else(|| field.split(b':'))
        .map(|(name, _)| name.trim());
    name.is_some_and(|name| name.text.eq_ignore_ascii_case(b"v"))
        || field
            .text
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case(b"STSv"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The short way and the long way say the same, and the short way says it of plain records.
    #[test]
    fn plain_records_are_read_alike() {
        for (text, is_plain) in [
            ("v=STSv1; id=1;", true),
            ("v=STSv1;\t id=20260101T000000", true),
            ("v=STSv1;id=a", true),
            ("v=STSv1;", false),
            ("v=STSv1; id=;", false),
            ("v=STSv1; id=1; ", false),
            ("v=STSv1; id=1;;", false),
            ("v=STSv1; id=1; a=b", false),
            ("v=STSv1 ; id=1", false),
            ("v=STSv1; id=123456789012345678901234567890123", false),
        ] {
            let mut notes = Notes::new(Subject::Txt(0));
            let long = read_fields(text.as_bytes(), &mut notes);
            let short = plain(text.as_bytes());
            assert_eq!(short.is_some(), is_plain, "{text:?}");
            if is_plain {
                assert_eq!(short, long, "{text:?}");
                assert!(notes.into_findings().is_empty(), "{text:?}");
            }
        }
    }
}
