//! Mails (RFC 8460 §5.3): the report is one part of several, or stands in an attached message.

use findings::Code;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use super::{
    Unpacker,
    sniff::{Shape, is_header, sniff},
};

/// Lines that begin a part, and header fields, that a mail may have before it is called hostile.
const MAX_LINES: usize = 20_000;

impl Unpacker<'_> {
    /// Every part of a mail that looks like a report or is called one; where these hold none, every
    /// part.
    pub(super) fn mail(&mut self, bytes: &[u8], depth: usize) {
        if bytes.len() > self.limits.held {
            return self.too_large("the mail", self.limits.held as u64);
        }
        let limit = self.limits.items;
        for (number, mail) in mails(bytes.trim_ascii_start()).enumerate() {
            if number == limit {
                return self.note(Code::ReportTooMany, |f| {
                    f.arg("name", "mails").arg("limit", limit)
                });
            }
            self.one_mail(mail, depth);
        }
    }

    fn one_mail(&mut self, start: &[u8], depth: usize) {
        if structure(start) > MAX_LINES {
            return self.note(Code::ReportTooMany, |f| {
                f.arg("name", "parts and header fields")
                    .arg("limit", MAX_LINES)
            });
        }
        let Some(message) = MessageParser::default().parse(start) else {
            return;
        };
        let before = self.found;
        self.message(&message, depth, Pick::Likely);
        if self.found == before {
            self.message(&message, depth, Pick::Others);
        }
    }

    fn message(&mut self, message: &Message<'_>, depth: usize, pick: Pick) {
        if depth > self.limits.depth {
            let limit = self.limits.depth;
            return self.note(Code::ReportTooDeep, |f| {
                f.arg("name", "the mail").arg("limit", limit)
            });
        }
        for part in &message.parts {
            if let PartType::Message(inner) = &part.body {
                let before = self.found;
                self.message(inner, depth + 1, pick);
                self.attached(before);
                continue;
            }
            if matches!(part.body, PartType::Multipart(_)) {
                continue;
            }
            let bytes = part.contents();
            let kind = part.content_type();
            let subtype = kind.and_then(|kind| kind.subtype()).unwrap_or_default();
            // Without a file name, the type says what it should have been.
            let typed = subtype.to_ascii_lowercase().contains("tlsrpt");
            let name = part.attachment_name().or_else(|| typed.then_some(subtype));
            let shape = sniff(bytes);
            let text = matches!(part.body, PartType::Text(_) | PartType::Html(_));
            if (pick == Pick::Likely) != likely(shape, subtype, name, text) || bytes.is_empty() {
                continue;
            }
            if shape == Shape::Json && subtype.to_ascii_lowercase().contains("gzip") {
                self.note(Code::ReportMediaType, |f| {
                    f.arg("name", subtype).arg("value", "JSON")
                });
            }
            let before = self.found;
            match shape {
                // A text that begins with `Note: …` is no mail.
                Shape::Mail if text => self.item(&mut { bytes }, name),
                Shape::Mail => {
                    self.bytes(bytes, name, depth + 1);
                    self.attached(before);
                }
                _ => self.bytes(bytes, name, depth + 1),
            }
        }
    }

    /// Says so where the reports found since `before` stood in an attached message.
    fn attached(&mut self, before: usize) {
        if self.found > before {
            self.note(Code::ReportAttachedMessage, |f| {
                f.about(findings::Subject::Report(before))
            });
        }
    }
}

/// The mails of a mailbox (RFC 4155), each without the line in front of it; another text is one
/// mail.
fn mails(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let is_box = bytes.starts_with(b"From ") || bytes.starts_with(b">From ");
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let mail = rest.take()?;
        if !is_box {
            return Some(mail);
        }
        let first = mail.iter().position(|byte| *byte == b'\n')? + 1;
        let mail = mail.get(first..)?;
        let end = mail
            .windows(6)
            .enumerate()
            .filter(|(_, six)| *six == b"\nFrom ")
            .map(|(at, _)| at)
            // The line in front of a mail follows an empty one.
            .find(|at| {
                let before = mail.get(..*at).unwrap_or_default();
                before.ends_with(b"\n") || before.ends_with(b"\n\r")
            });
        rest = end.and_then(|at| mail.get(at + 1..));
        Some(end.and_then(|at| mail.get(..at)).unwrap_or(mail))
    })
}

/// Which parts are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pick {
    Likely,
    Others,
}

/// Whether a part may be a report by its first bytes, and else by its type and name (RFC 8460 §6).
fn likely(shape: Shape, subtype: &str, name: Option<&str>, text: bool) -> bool {
    let called = |word: &str| {
        subtype.to_ascii_lowercase().contains(word)
            || name.is_some_and(|name| name.to_ascii_lowercase().contains(word))
    };
    match shape {
        Shape::Gzip | Shape::Zip | Shape::Json | Shape::Base64 => true,
        Shape::Mail => !text,
        Shape::Other => called("tlsrpt") || called("json"),
    }
}

/// How many lines begin a part or a header field: each costs memory when the mail is parsed.
fn structure(bytes: &[u8]) -> usize {
    bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| line.starts_with(b"--") || is_header(line))
        .count()
}
