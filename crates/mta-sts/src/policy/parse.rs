mod escape;
mod mx;

use std::collections::HashSet;

use findings::{Code, Finding, Subject};
use names::{MxPattern, Span};

use escape::find_escape;

use super::{
    MaxAge, Mode, Policy,
    lines::{End, Lines, open},
};
use crate::{
    Parsed,
    grammar::{Piece, Seen, is_name, leading_wsp, nearest},
    notes::Notes,
};

/// The fields that RFC 8461 §3.2 defines; their names are case-sensitive.
pub(super) const KNOWN: [&str; 4] = ["version", "mode", "max_age", "mx"];

/// A policy kept for less than this hardly protects (RFC 8461 §10.2): a day while testing.
const SHORT_TESTING: u64 = 86_400;
/// Two weeks when enforced.
const SHORT_ENFORCE: u64 = 14 * 86_400;

/// What a body may have: the 64 kB that RFC 8461 §3.3 suggests as the limit of senders.
const MAX_BODY: usize = 64 * 1024;

/// Reads the body of a policy.
///
/// The verdict is as strict as the grammar of RFC 8461 §3.2: a blank line, a line that is not
/// `name: value` and a malformed extension void the policy, and so does a bad first `version`,
/// `mode` or `max_age`. Later ones are ignored whatever they say. A bad `mx` line is dropped; the
/// policy stands while a good one is left or the mode is `none`. A body over 64 KiB is no policy,
/// since senders stop reading there (RFC 8461 §3.3).
pub fn parse(body: &[u8]) -> Parsed<Policy> {
    let mut notes = Notes::new(Subject::Policy);
    if body.len() > MAX_BODY {
        let finding = notes.at(Code::StsHttpTooLarge, Span::new(MAX_BODY, body.len()));
        notes.fault(finding.arg("count", body.len()).arg("limit", MAX_BODY));
    }
    let value = open(body, &mut notes).and_then(|text| Reader::new(&mut notes).read(text));
    Parsed {
        value,
        findings: notes.into_findings(),
    }
}

/// Value of an extension field (RFC 8461 §3.2: `sts-policy-ext-value`): UTF-8 without control
/// characters; spaces inside only.
pub(super) fn is_value(value: &[u8]) -> bool {
    !value.is_empty()
        && value.first() != Some(&b' ')
        && value.last() != Some(&b' ')
        && value.iter().all(|octet| !octet.is_ascii_control())
}

struct Reader<'n, 't> {
    notes: &'n mut Notes,
    /// Of each field that counts once: whether it was met, and its value where that is good.
    met: Met,
    mode: Option<Mode>,
    max_age: Option<(MaxAge, Piece<'t>)>,
    mx: Vec<MxPattern>,
    /// Escaped line ends hide mx lines; that none was read is no news then.
    mx_hidden: bool,
    extensions: Vec<(String, String)>,
    seen: Seen<'t>,
    seen_mx: Option<HashSet<MxPattern>>,
    /// The first escaped line end, and the number of all.
    escapes: Option<(Span, usize)>,
}

/// Which fields were met, good or bad.
#[derive(Default)]
struct Met {
    version: bool,
    mode: bool,
    max_age: bool,
}

impl<'n, 't> Reader<'n, 't> {
    fn new(notes: &'n mut Notes) -> Self {
        Self {
            notes,
            met: Met::default(),
            mode: None,
            max_age: None,
            mx: Vec::new(),
            mx_hidden: false,
            extensions: Vec::new(),
            seen: Seen::default(),
            seen_mx: None,
            escapes: None,
        }
    }

    fn read(mut self, text: Piece<'t>) -> Option<Policy> {
        let mut lines = Lines::new(text);
        let mut previous = End::Body;
        for (index, (line, end)) in lines.by_ref().enumerate() {
            // CR CR LF is a bare CR, and no blank line after it.
            if !(line.text.is_empty() && previous == End::Cr) {
                self.line(line, index);
            }
            previous = end;
        }
        lines.judge(self.notes);
        self.finish(text.end())
    }

    fn line(&mut self, line: Piece<'t>, index: usize) {
        let field = line.split(b':').map(|(name, value)| (name, value.trim()));
        match field.filter(|(name, value)| self.known(*name, *value, index)) {
            Some(_) => {}
            None => self.odd_line(line, index),
        }
    }

    /// Reads a field of the standard; false for any other.
    fn known(&mut self, name: Piece<'t>, value: Piece<'t>, index: usize) -> bool {
        match name.text {
            b"version" => self.version(name, value, index),
            b"mode" => self.mode(name, value),
            b"max_age" => self.max_age(name, value),
            b"mx" => self.mx(value),
            _ => return false,
        }
        true
    }

    /// A line that does not start with a known name and its colon.
    fn odd_line(&mut self, line: Piece<'t>, index: usize) {
        let wsp = leading_wsp(line.text);
        if wsp == line.text.len() {
            let finding = self.notes.at(Code::StsPolicyLineBlank, line.span());
            return self.notes.fault(finding.arg("count", index + 1));
        }
        if wsp > 0 {
            let span = Span::new(line.start, line.start + wsp);
            let finding = self.notes.at(Code::StsPolicyLineLeadingWsp, span);
            self.notes.fault(finding.arg("count", index + 1));
        }
        let line = line.trim();
        let Some((name, value)) = line.split(b':') else {
            return self.malformed(line, line);
        };
        let (bare, value) = (name.trim_end(), value.trim_start());
        if bare.end() < name.end() {
            let (_, wsp) = name.text.split_at(bare.text.len());
            self.malformed(Piece::new(wsp, bare.end()), line);
        }
        if !self.known(bare, value, index) {
            self.extension(bare, value);
        }
    }

    fn malformed(&mut self, part: Piece<'t>, line: Piece<'t>) {
        let finding = self.notes.at(Code::StsPolicyLineMalformed, part.span());
        self.notes.fault(
            finding
                .arg("value", line.shown())
                .arg("expected", "name: value"),
        );
    }

    /// RFC 8461 §3.2: `version` is case-sensitive and may stand on any line.
    fn version(&mut self, name: Piece<'t>, value: Piece<'t>, index: usize) {
        if std::mem::replace(&mut self.met.version, true) {
            return self.duplicate(name);
        }
        if index > 0 {
            let finding = self.notes.at(Code::StsPolicyVersionNotFirst, name.span());
            self.notes.note(finding.arg("count", index + 1));
        }
        if value.text != b"STSv1" && !self.escaped_field(value) {
            let finding = self.bad(Code::StsPolicyVersionUnsupported, value);
            self.notes.fault(finding.arg("expected", "STSv1"));
        }
    }

    fn mode(&mut self, name: Piece<'t>, value: Piece<'t>) {
        if std::mem::replace(&mut self.met.mode, true) {
            return self.duplicate(name);
        }
        let (mode, code) = match value.text {
            b"enforce" => (Some(Mode::Enforce), None),
            b"testing" => (Some(Mode::Testing), Some(Code::StsPolicyModeTesting)),
            b"none" => (Some(Mode::None), Some(Code::StsPolicyModeNone)),
            b"report" => (None, Some(Code::StsPolicyModeDraftReport)),
            _ if self.escaped_field(value) => (None, None),
            _ => (None, Some(Code::StsPolicyModeInvalid)),
        };
        self.mode = mode;
        let Some(code) = code else { return };
        let mut finding = self.bad(code, value);
        if mode.is_some() {
            return self.notes.note(finding);
        }
        let expected =
            nearest(&value.shown(), &["enforce", "testing", "none"]).unwrap_or("testing");
        finding = finding.arg("expected", expected);
        self.notes.fault(finding);
    }

    /// RFC 8461 §3.2: 1 to 10 digits; 0 is legal, and more than 31557600 counts as that.
    fn max_age(&mut self, name: Piece<'t>, value: Piece<'t>) {
        if std::mem::replace(&mut self.met.max_age, true) {
            return self.duplicate(name);
        }
        let max_age = seconds(value.text).map(MaxAge::from_secs);
        self.max_age = max_age.map(|age| (age, value));
        match max_age {
            None if self.escaped_field(value) => {}
            None => {
                let finding = self.bad(Code::StsPolicyMaxAgeInvalid, value);
                self.notes.fault(finding.arg("limit", MaxAge::LIMIT));
            }
            Some(age) if age.published() > MaxAge::LIMIT => {
                let finding = self.bad(Code::StsPolicyMaxAgeTooLarge, value);
                self.notes.note(
                    finding
                        .arg("limit", MaxAge::LIMIT)
                        .arg("expected", MaxAge::LIMIT),
                );
            }
            Some(_) => {}
        }
    }

    fn extension(&mut self, name: Piece<'t>, value: Piece<'t>) {
        let good_name = is_name(name.text);
        if !good_name {
            let part = if name.text.is_empty() {
                Piece::new(b":", name.start)
            } else {
                name
            };
            self.malformed(part, part);
        }
        if !is_value(value.text) {
            let control = value.text.iter().position(u8::is_ascii_control);
            let span = match control {
                Some(at) => Span::new(value.start + at, value.start + at + 1),
                None => value.span(),
            };
            let finding = self.notes.at(Code::StsPolicyLineMalformed, span);
            let finding = finding
                .arg("value", value.shown())
                .arg("name", name.shown());
            return self.notes.fault(finding.arg("expected", "name: value"));
        }
        if find_escape(value.text).is_some() {
            self.note_escapes(value);
        }
        if !good_name {
            return;
        }
        if !self.seen.insert(name.text) {
            return self.duplicate(name);
        }
        self.unknown(name, value);
        if let (Ok(name), Ok(value)) = (
            std::str::from_utf8(name.text),
            std::str::from_utf8(value.text),
        ) {
            self.extensions.push((name.to_owned(), value.to_owned()));
        }
    }

    fn unknown(&mut self, name: Piece<'t>, value: Piece<'t>) {
        let shown = name.shown();
        if let Some(known) = KNOWN
            .iter()
            .find(|known| known.eq_ignore_ascii_case(&shown))
        {
            let finding = self.notes.at(Code::StsPolicyFieldCase, name.span());
            self.notes
                .note(finding.arg("name", &shown).arg("expected", known));
        }
        let finding = self.notes.at(Code::StsPolicyUnknownField, name.span());
        let finding = finding.arg("name", &shown).arg("value", value.shown());
        self.notes.note(match nearest(&shown, &KNOWN) {
            Some(known) => finding.arg("expected", known),
            None => finding,
        });
    }

    fn duplicate(&mut self, name: Piece<'t>) {
        let finding = self.notes.at(Code::StsPolicyDuplicateField, name.span());
        self.notes.note(finding.arg("name", name.shown()));
    }

    fn bad(&self, code: Code, value: Piece<'t>) -> Finding {
        self.notes
            .at(code, value.span())
            .arg("value", value.shown())
    }

    /// A needed field whose value runs on over an escaped line end: the value is bad.
    fn escaped_field(&mut self, value: Piece<'t>) -> bool {
        let escaped = self.escaped(value);
        if escaped {
            self.notes.void();
        }
        escaped
    }

    /// What only the whole can tell.
    fn finish(mut self, end: usize) -> Option<Policy> {
        if let Some((span, count)) = self.escapes {
            let finding = self
                .notes
                .at(Code::StsPolicyEolEscaped, span)
                .arg("value", "\\n");
            self.notes.note(finding.arg("count", count));
        }
        for (met, code, name) in [
            (self.met.version, Code::StsPolicyVersionMissing, "version"),
            (self.met.mode, Code::StsPolicyModeMissing, "mode"),
            (self.met.max_age, Code::StsPolicyMaxAgeMissing, "max_age"),
        ] {
            if !met {
                self.missing(code, name, end);
            }
        }
        let mode = self.mode;
        if self.mx.is_empty() && mode != Some(Mode::None) {
            self.notes.void();
            if !self.mx_hidden {
                self.missing(Code::StsPolicyMxMissing, "mx", end);
            }
        }
        self.short(mode);
        let (mode, max_age) = (mode?, self.max_age.map(|(age, _)| age)?);
        let policy = Policy {
            mode,
            max_age,
            mx: self.mx,
            extensions: self.extensions,
        };
        (!self.notes.is_void()).then_some(policy)
    }

    fn missing(&mut self, code: Code, name: &'static str, end: usize) {
        let finding = self.notes.at(code, Span::at(end));
        self.notes
            .fault(finding.arg("name", name).arg("expected", name));
    }

    /// A policy that is kept for a short time protects for a short time (RFC 8461 §10.2).
    fn short(&mut self, mode: Option<Mode>) {
        let Some((age, value)) = self.max_age else {
            return;
        };
        let limit = match mode {
            Some(Mode::Enforce) => SHORT_ENFORCE,
            Some(Mode::Testing) => SHORT_TESTING,
            Some(Mode::None) | None => 0,
        };
        let code = match age.published() {
            0 => Code::StsPolicyMaxAgeZero,
            secs if secs < limit => Code::StsPolicyMaxAgeShort,
            _ => return,
        };
        let finding = self.bad(code, value);
        self.notes.note(
            finding
                .arg("limit", limit)
                .arg("expected", limit)
                .arg("count", age.secs()),
        );
    }
}

/// RFC 8461 §3.2: 1 to 10 digits, no sign.
fn seconds(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 10 {
        return None;
    }
    text.iter().try_fold(0, |sum: u64, octet| {
        octet
            .is_ascii_digit()
            .then(|| sum * 10 + u64::from(octet - b'0'))
    })
}
