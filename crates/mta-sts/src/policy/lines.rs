//! The body of a policy before it has fields: encoding, look-alikes, line ends.

use findings::Code;
use names::Span;

use crate::{grammar::Piece, notes::Notes};

const BOM: &[u8] = b"\xef\xbb\xbf";

/// How a line ends. RFC 8461 §3.2 has LF and CRLF in its grammar and CRLF in its prose (erratum
/// 6253): both are good, and so is a mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Lf,
    CrLf,
    /// A bare CR, which ends no line by the grammar but does in the mind of its writer.
    Cr,
    /// The end of the body; the last terminator is optional.
    Body,
}

/// The lines of a body.
pub(super) struct Lines<'t> {
    rest: Option<Piece<'t>>,
    /// Number of LF and CRLF met, and place and number of bare CR.
    lf: Option<usize>,
    crlf: bool,
    cr: Option<usize>,
    cr_count: usize,
}

impl<'t> Lines<'t> {
    pub(super) fn new(body: Piece<'t>) -> Self {
        Self {
            rest: Some(body),
            lf: None,
            crlf: false,
            cr: None,
            cr_count: 0,
        }
    }

    /// What the line ends give reason to say, once all lines were read.
    pub(super) fn judge(&self, notes: &mut Notes) {
        if let Some(at) = self.cr {
            let finding = notes.at(Code::StsPolicyEolCr, Span::new(at, at + 1));
            notes.fault(finding.arg("count", self.cr_count));
        }
        let kinds = [self.lf.is_some(), self.crlf, self.cr.is_some()];
        if let Some(at) = self.lf {
            let code = match kinds.iter().filter(|kind| **kind).count() {
                1 => Code::StsPolicyEolLf,
                _ => Code::StsPolicyEolMixed,
            };
            let finding = notes.at(code, Span::new(at, at + 1));
            notes.note(finding);
        } else if self.crlf && self.cr.is_some() {
            let at = self.cr.unwrap_or_default();
            let finding = notes.at(Code::StsPolicyEolMixed, Span::new(at, at + 1));
            notes.note(finding);
        }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = (Piece<'t>, End);

    fn next(&mut self) -> Option<(Piece<'t>, End)> {
        let rest = self.rest?;
        let Some(at) = rest
            .text
            .iter()
            .position(|octet| matches!(octet, b'\n' | b'\r'))
        else {
            self.rest = None;
            return (!rest.text.is_empty()).then_some((rest, End::Body));
        };
        let (line, after) = rest.text.split_at(at);
        let place = rest.start + at;
        let (end, len) = match after {
            [b'\n', ..] => (End::Lf, 1),
            [b'\r', b'\n', ..] => (End::CrLf, 2),
            _ => (End::Cr, 1),
        };
        match end {
            End::Lf => self.lf = self.lf.or(Some(place)),
            End::CrLf => self.crlf = true,
            End::Cr | End::Body => {
                self.cr = self.cr.or(Some(place));
                self.cr_count += 1;
            }
        }
        self.rest = Some(Piece::new(
            after.get(len..).unwrap_or_default(),
            place + len,
        ));
        Some((Piece::new(line, rest.start), end))
    }
}

/// The part of a body that may hold fields; none where it is something else altogether.
pub(super) fn open<'t>(body: &'t [u8], notes: &mut Notes) -> Option<Piece<'t>> {
    if is_utf16(body) {
        let finding = notes.at(Code::StsPolicyEncoding, Span::new(0, body.len().min(2)));
        notes.fault(finding.arg("value", "UTF-16").arg("expected", "UTF-8"));
        return None;
    }
    let text = match body.strip_prefix(BOM) {
        Some(text) => {
            let finding = notes.at(Code::StsPolicyBom, Span::new(0, BOM.len()));
            notes.fault(finding);
            Piece::new(text, BOM.len())
        }
        None => Piece::new(body, 0),
    };
    if std::str::from_utf8(text.text).is_err() {
        encoding(text, notes);
    }
    let blank = text
        .text
        .iter()
        .take_while(|octet| octet.is_ascii_whitespace())
        .count();
    let first = text.start + blank;
    let code = match text.text.get(blank) {
        None => Code::StsPolicyEmpty,
        Some(b'<') => Code::StsPolicyHtml,
        Some(b'{') => Code::StsPolicyJsonDraft,
        Some(_) => return Some(text),
    };
    let span = match code {
        Code::StsPolicyEmpty => Span::new(0, body.len()),
        _ => Span::new(first, first + 1),
    };
    let finding = notes.at(code, span);
    notes.fault(finding);
    None
}

/// One finding for each run of octets that are not UTF-8 (RFC 8461 §3.2: UTF8-2 to UTF8-4).
fn encoding(text: Piece<'_>, notes: &mut Notes) {
    let mut at = text.start;
    for chunk in text.text.utf8_chunks() {
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            let span = Span::new(at, at + chunk.invalid().len());
            let finding = notes.at(Code::StsPolicyEncoding, span);
            notes.fault(
                finding
                    .arg("value", hex(chunk.invalid()))
                    .arg("expected", "UTF-8"),
            );
            at = span.end;
        }
    }
}

fn hex(octets: &[u8]) -> String {
    octets
        .iter()
        .map(|octet| format!("{octet:02X}"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// UTF-16 by its mark, or by ASCII letters with a NUL on the same side of each.
fn is_utf16(body: &[u8]) -> bool {
    match body {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [a, 0, b, 0, ..] | [0, a, 0, b, ..] => *a != 0 && *b != 0,
        _ => false,
    }
}
