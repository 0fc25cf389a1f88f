//! The fields of one record.

use findings::{Code, Finding, Severity};
use names::Span;

use super::{Record, Rua, VERSION, rua::Member};

/// What is wrong where the version is not what the record begins with.
pub(super) const VERSION_FIRST: &str =
    "the record must begin with `v=TLSRPTv1;`, in this case and without white space or quotes";

/// Longest extension name (RFC 8460 §3: one letter or digit and up to 31 more).
const MAX_NAME: usize = 32;

/// The most findings that are kept of one record: a hostile one has a fault a byte.
const MAX_FINDINGS: usize = 100;

/// Reads one record. The record is none where the grammar is broken
/// anywhere or no destination is usable.
pub(super) fn parse(txt: &[u8]) -> (Option<Record>, Vec<Finding>) {
    let mut reader = Reader::default();
    let mut rest = pieces(txt, 0, b';');
    let first = rest.next().unwrap_or_default();
    let mut rest = rest.peekable();
    let alone = rest.peek().is_none();
    reader.version(first.0, first.1);
    if first.0.starts_with(b"rua=") {
        // The version is missing; what is there is judged all the same.
        reader.field(first.0, first.1, alone);
    } else if alone {
        reader.fail(Span::at(txt.len()), "a `;` after the version");
    }
    while let Some((field, at)) = rest.next() {
        let last = rest.peek().is_none();
        // RFC 8460 §3: `[field-delim]` at the end, so one empty field may close the record.
        if last && field.iter().all(|byte| is_wsp(*byte)) {
            continue;
        }
        reader.field(field, at, last);
    }
    reader.finish(txt)
}

#[derive(Default)]
struct Reader {
    malformed: bool,
    rua_seen: bool,
    /// Whether the field before was a `rua` with a destination in it.
    after_rua: bool,
    members: usize,
    rua: Vec<Rua>,
    extensions: Vec<(String, String)>,
    findings: Vec<Finding>,
}

impl Reader {
    /// RFC 8460 §3: the version stands first; white space may stand before its semicolon only.
    fn version(&mut self, field: &[u8], at: usize) {
        let Some(rest) = field.strip_prefix(VERSION) else {
            return self.fail(Span::new(at, at + field.len()), VERSION_FIRST);
        };
        if !rest.iter().all(|byte| is_wsp(*byte)) {
            self.fail(
                Span::new(at + VERSION.len(), at + field.len()),
                "`;` after the version",
            );
        }
    }

    fn field(&mut self, field: &[u8], at: usize, last: bool) {
        let (body, start) = trim(field, at, last);
        let whole = Span::new(start, start + body.len());
        let glued = self.after_rua && start == at;
        self.after_rua = false;
        if body.is_empty() {
            return self.fail(Span::new(at, at + field.len()), "there is an empty field");
        }
        let Some(equals) = body.iter().position(|byte| *byte == b'=') else {
            if glued && !body.contains(&b' ') {
                self.unencoded(";", Span::new(at.saturating_sub(1), at));
            }
            return self.fail(whole, "a field has no `=`");
        };
        let (name, value) = body.split_at(equals);
        let value = value.get(1..).unwrap_or_default();
        if name == b"rua" {
            self.rua(value, start + equals + 1);
        } else {
            self.extension(name, value, whole);
        }
    }

    /// RFC 8460 §3: `rua=` and URIs, white space around the commas only.
    fn rua(&mut self, value: &[u8], at: usize) {
        self.rua_seen = true;
        self.after_rua = true;
        let mut before = false;
        let mut members = pieces(value, at, b',').enumerate().peekable();
        while let Some((number, (piece, offset))) = members.next() {
            let (mut body, mut start) = (piece, offset);
            if number > 0 {
                (body, start) = trim_start(body, start);
            }
            if members.peek().is_some() {
                body = trim_end(body);
            }
            let glued = before && start == offset;
            before = self.member(body, start, glued);
        }
    }

    /// One destination. Returns whether it is a URI.
    fn member(&mut self, body: &[u8], start: usize, glued: bool) -> bool {
        self.members += 1;
        let span = Span::new(start, start + body.len());
        let text = String::from_utf8_lossy(body);
        let remark = |code| Finding::new(code).arg("value", &text).span(span);
        match Rua::parse(body) {
            Member::Usable(rua) => self.rua.push(rua),
            Member::OtherScheme => self.note(remark(Code::TlsrptRuaScheme)),
            Member::NoMailbox => self.note(remark(Code::TlsrptRuaMailbox)),
            Member::NoHost => self.note(remark(Code::TlsrptRuaInvalid)),
            Member::Unencoded(at) => {
                self.malformed = true;
                self.note(
                    remark(Code::TlsrptRuaUnencoded).span(Span::new(start + at, start + at + 1)),
                );
            }
            Member::Malformed { at, len, scheme } => {
                self.malformed = true;
                // `https://host/a,b`: what follows the comma is the rest of a URI, not a new one.
                if glued && !scheme && !body.is_empty() && !body.contains(&b'@') {
                    self.unencoded(",", Span::new(start - 1, start));
                }
                let place = if scheme {
                    Span::new(start + at, start + at + len)
                } else {
                    span
                };
                self.note(remark(Code::TlsrptRuaInvalid).span(place));
                return false;
            }
        }
        true
    }

    /// RFC 8460 §3 `tlsrpt-extension`.
    fn extension(&mut self, name: &[u8], value: &[u8], whole: Span) {
        let good_name = name.first().is_some_and(u8::is_ascii_alphanumeric)
            && name.len() <= MAX_NAME
            && name
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
        if !good_name {
            return self.fail(
                whole,
                "the name of a field is not 1 to 32 letters, digits, `_`, `-` and `.`",
            );
        }
        let good_value = !value.is_empty()
            && value
                .iter()
                .all(|b| b.is_ascii_graphic() && *b != b'=' && *b != b';');
        if !good_value {
            return self.fail(whole, "the value of a field is empty or has a space, `=` or a byte that is not printable ASCII");
        }
        let (name, value) = (
            String::from_utf8_lossy(name),
            String::from_utf8_lossy(value),
        );
        // RFC 8461 §3.2's rule of the first, which senders apply here too: a later one is ignored.
        if name != "v" && self.extensions.iter().all(|(known, _)| *known != name) {
            self.extensions
                .push((name.into_owned(), value.into_owned()));
        }
    }

    fn unencoded(&mut self, value: &str, span: Span) {
        self.malformed = true;
        self.note(
            Finding::new(Code::TlsrptRuaUnencoded)
                .arg("value", value)
                .span(span),
        );
    }

    fn fail(&mut self, span: Span, detail: &str) {
        self.malformed = true;
        self.note(
            Finding::new(Code::TlsrptSyntax)
                .arg("detail", detail)
                .span(span),
        );
    }

    fn note(&mut self, finding: Finding) {
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(finding);
        }
    }

    fn finish(mut self, txt: &[u8]) -> (Option<Record>, Vec<Finding>) {
        if !self.rua_seen {
            // RFC 8460 §3: at least one rua is needed.
            self.findings
                .push(Finding::new(Code::TlsrptRuaMissing).span(Span::at(txt.len())));
        }
        if self.malformed || self.rua.is_empty() {
            return (None, self.findings);
        }
        // A destination that is skipped while others work costs nobody a report.
        let findings = self
            .findings
            .into_iter()
            .map(|f| {
                if f.code() == Code::TlsrptRuaScheme {
                    f.at_most(Severity::Warn)
                } else {
                    f
                }
            })
            .collect();
        (
            Some(Record {
                rua: self.rua,
                extensions: self.extensions,
            }),
            findings,
        )
    }
}

/// The pieces between the separators, each with its offset.
fn pieces(text: &[u8], offset: usize, separator: u8) -> impl Iterator<Item = (&[u8], usize)> {
    let mut at = offset;
    text.split(move |byte| *byte == separator)
        .map(move |piece| {
            let start = at;
            at += piece.len() + 1;
            (piece, start)
        })
}

/// White space around a semicolon is no part of a field; at the end of the record there is no
/// semicolon, so it stays and breaks the grammar.
fn trim(field: &[u8], at: usize, last: bool) -> (&[u8], usize) {
    let (body, start) = trim_start(field, at);
    (if last { body } else { trim_end(body) }, start)
}

fn trim_start(text: &[u8], at: usize) -> (&[u8], usize) {
    let lead = text.iter().take_while(|byte| is_wsp(**byte)).count();
    (text.get(lead..).unwrap_or_default(), at + lead)
}

fn trim_end(text: &[u8]) -> &[u8] {
    let trail = text.iter().rev().take_while(|byte| is_wsp(**byte)).count();
    text.get(..text.len() - trail).unwrap_or_default()
}

/// RFC 5234 `WSP`: space and tab.
fn is_wsp(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}
