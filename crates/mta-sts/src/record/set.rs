use findings::{Code, Finding, Severity, Subject};
use names::Span;

use super::{
    RecordOutcome, RecordSet,
    parse::{is_kept, read},
};
use crate::notes::Notes;

/// Versions of other things that are published as TXT.
const OTHERS: [&[u8]; 6] = [
    b"spf",
    b"dmarc",
    b"dkim",
    b"bimi",
    b"tlsrpt",
    b"verification",
];

/// Reads all TXT data at `_mta-sts.DOMAIN`, each element the joined strings of one record.
///
/// RFC 8461 §3.1: of several, those that do not start with `v=STSv1;` are dropped; unless exactly
/// one is left and well-formed, the domain has no policy.
///
/// A record that stands alone is not filtered. It is judged as a record, and so `Invalid` where it
/// is malformed, when it can be recognised as one: it has a field `v` of some STS version, or the
/// word `STSv1`, in any case and at any place, or an `id`, unless it starts as something else.
/// Anything else is other data, and the outcome `None`. `v=STSv1 ;` is good when alone, since the
/// grammar allows it, and dropped among several, since the filter is literal (erratum 6285).
pub fn parse_set<T: AsRef<[u8]>>(set: &[T]) -> RecordSet {
    match set {
        [] => RecordSet {
            outcome: RecordOutcome::None,
            findings: vec![missing()],
        },
        [only] => parse_only(only.as_ref()),
        several => parse_several(several),
    }
}

fn parse_only(text: &[u8]) -> RecordSet {
    if !is_meant(text) {
        let findings = vec![missing(), unrelated(0, text)];
        return RecordSet {
            outcome: RecordOutcome::None,
            findings,
        };
    }
    let mut notes = Notes::new(Subject::Txt(0));
    let outcome = match read(text, &mut notes) {
        Some(record) => RecordOutcome::Record(record),
        None => RecordOutcome::Invalid,
    };
    RecordSet {
        outcome,
        findings: notes.into_findings(),
    }
}

fn parse_several<T: AsRef<[u8]>>(set: &[T]) -> RecordSet {
    let kept = set.iter().filter(|text| is_kept(text.as_ref())).count();
    let mut findings = Vec::new();
    let mut outcome = RecordOutcome::None;
    let mut nth = 0;
    for (index, text) in set.iter().map(AsRef::as_ref).enumerate() {
        if !is_kept(text) {
            findings.extend(dropped(index, text, kept));
            continue;
        }
        let mut notes = Notes::new(Subject::Txt(index));
        let record = read(text, &mut notes);
        findings.extend(notes.into_findings());
        nth += 1;
        if kept == 1 {
            outcome = record.map_or(RecordOutcome::Invalid, RecordOutcome::Record);
        } else if nth == 2 {
            let finding = Finding::new(Code::StsRecordMultiple).about(Subject::Txt(index));
            findings.push(finding.span(Span::new(0, text.len())).arg("count", kept));
        }
    }
    if kept == 0 {
        findings.insert(0, missing());
    }
    RecordSet { outcome, findings }
}

/// What to say of a TXT that the filter drops. One that was meant as a record is worth more than a
/// remark: it is the reason that there is none, or other senders may count it as a second one.
fn dropped(index: usize, text: &[u8], kept: usize) -> Vec<Finding> {
    let mut findings = vec![unrelated(index, text)];
    if is_meant(text) {
        let limit = if kept == 1 {
            Severity::Warn
        } else {
            Severity::Error
        };
        let (code, len) = match text.first() {
            Some(b'"' | b'\\') => (Code::StsRecordQuoted, 1),
            _ => (Code::StsRecordVersion, prefix(text)),
        };
        let shown = String::from_utf8_lossy(text.get(..len).unwrap_or_default());
        findings.push(
            Finding::new(code)
                .about(Subject::Txt(index))
                .span(Span::new(0, len))
                .arg("value", shown)
                .arg("expected", "v=STSv1;")
                .at_most(limit),
        );
    }
    findings
}

/// Length of what stands where `v=STSv1;` should, with the delimiter.
fn prefix(text: &[u8]) -> usize {
    text.iter()
        .position(|octet| *octet == b';')
        .map_or(text.len(), |at| at + 1)
}

fn missing() -> Finding {
    Finding::new(Code::StsRecordMissing)
}

fn unrelated(index: usize, text: &[u8]) -> Finding {
    Finding::new(Code::StsRecordUnrelatedTxt)
        .about(Subject::Txt(index))
        .span(Span::new(0, text.len()))
        .arg(
            "value",
            String::from_utf8_lossy(text.get(..200).unwrap_or(text)),
        )
        .arg("count", index + 1)
}

/// Whether a TXT was meant as an MTA-STS record, well-formed or not.
fn is_meant(text: &[u8]) -> bool {
    if has_token(text) && !is_of_others(text) {
        return true;
    }
    let bare = |octet: &u8| matches!(octet, b'"' | b'\\' | b' ' | b'\t');
    let mut has_id = false;
    for field in text.split(|octet| *octet == b';') {
        let mut sides = field.splitn(2, |octet| matches!(octet, b'=' | b':'));
        let name = trim(sides.next().unwrap_or_default(), bare);
        let Some(value) = sides.next() else { continue };
        let value = trim(value, bare);
        if name.eq_ignore_ascii_case(b"v") {
            if starts_with(value, b"sts") {
                return true;
            }
            if OTHERS.iter().any(|other| starts_with(value, other)) {
                return false;
            }
        }
        has_id |= name.eq_ignore_ascii_case(b"id");
    }
    has_id
}

/// Whether a TXT starts with the version of something else: `v=spf1 include:stsv1.example` is SPF.
fn is_of_others(text: &[u8]) -> bool {
    starts_with(text, b"v=")
        && OTHERS
            .iter()
            .any(|other| starts_with(text.get(2..).unwrap_or_default(), other))
}

/// Whether `STSv` and a digit stand somewhere as a word of their own, in any case.
fn has_token(text: &[u8]) -> bool {
    let mut before = None;
    text.windows(5).any(|window| {
        let starts = before.is_none_or(|octet: u8| !octet.is_ascii_alphanumeric());
        before = window.first().copied();
        starts && starts_with(window, b"stsv") && window.last().is_some_and(u8::is_ascii_digit)
    })
}

fn starts_with(text: &[u8], prefix: &[u8]) -> bool {
    text.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn trim(mut text: &[u8], drop: impl Fn(&u8) -> bool) -> &[u8] {
    while let [first, rest @ ..] = text {
        if !drop(first) {
            break;
        }
        text = rest;
    }
    while let [rest @ .., last] = text {
        if !drop(last) {
            break;
        }
        text = rest;
    }
    text
}
