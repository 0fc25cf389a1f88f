use std::{fmt, net::IpAddr};

use names::Span;
use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::{Code, Severity};

/// The placeholders that messages and helps may have: the offending text (`value`), a field,
/// extension or owner name (`name`), what should stand there (`expected`), numbers (`count`,
/// `limit`), a host of MX or policy (`host`), an mx pattern (`pattern`), an `address`, a `date`, the
/// words of a lower layer (`detail`) and the line to publish (`suggestion`).
pub const PLACEHOLDERS: &[&str] = &[
    "value",
    "name",
    "expected",
    "count",
    "limit",
    "host",
    "pattern",
    "address",
    "date",
    "detail",
    "suggestion",
];

/// One thing that was observed and that somebody should know: a code of the table, how much it
/// weighs here, where it stands and the values that its message names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    code: Code,
    severity: Severity,
    span: Option<Span>,
    subject: Option<Subject>,
    args: Vec<(&'static str, String)>,
}

/// What a finding is about. A [`Span`] counts bytes in the text that the subject names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// The n-th TXT record of the set, from 0, shown from 1; the span counts in its joined strings.
    Txt(usize),
    /// The policy's body.
    Policy,
    /// A report, by its number in the input, from 0, shown from 1.
    Report(usize),
    /// A name: an owner name of DNS, a policy host, an MX host, a domain.
    Name(String),
    /// One address of a host.
    Address(String, IpAddr),
}

impl Finding {
    /// A finding as heavy as the table says.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            severity: code.severity(),
            span: None,
            subject: None,
            args: Vec::new(),
        }
    }

    /// The bytes that are meant.
    #[must_use]
    pub fn span(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// What the finding is about.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.subject = Some(subject);
        self
    }

    /// A value for the placeholder `{name}` of the message or help; `name` is one of
    /// [`PLACEHOLDERS`], and values that the words do not mention are kept all the same.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, printable(&value.to_string())));
        self
    }

    /// Weighs no more than `limit`: the table holds the highest severity a code can have, and the
    /// circumstances (no policy in force, mode `testing`) may lower it.
    #[must_use]
    pub fn at_most(mut self, limit: Severity) -> Self {
        self.severity = self.severity.min(limit);
        self
    }

    /// The code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// How much it weighs here.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The bytes meant, where the finding is about a text.
    pub fn bytes(&self) -> Option<Span> {
        self.span
    }

    /// What it is about.
    pub fn subject(&self) -> Option<&Subject> {
        self.subject.as_ref()
    }

    /// The values that message and help name.
    pub fn args(&self) -> &[(&'static str, String)] {
        &self.args
    }

    /// What was observed, in one sentence.
    pub fn message(&self) -> String {
        fill(self.code.entry().message, &self.args)
    }

    /// How to mend it; empty where nothing needs to be done.
    pub fn help(&self) -> String {
        fill(self.code.entry().help, &self.args)
    }
}

/// Values come from the network: control characters never reach a terminal, and a value is cut at
/// 500 characters.
fn printable(value: &str) -> String {
    let mut clean: String = value
        .chars()
        .take(500)
        .map(|c| {
            if c.is_control() || is_bidi(c) {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect();
    if value.chars().nth(500).is_some() {
        clean.push('…');
    }
    clean
}

/// Characters that reorder what a terminal shows, or break its lines.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Puts each value where the template has its `{name}`. A part in `[brackets]` stands only when all
/// of its placeholders have a value, so that a message reads well with and without them. What a
/// value contains is never read as a template.
fn fill(template: &str, args: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((part, tail)) = after.split_once(']') else {
            break;
        };
        out.push_str(&fill_part(before, args).0);
        if let (text, true) = fill_part(part, args) {
            out.push_str(&text);
        }
        rest = tail;
    }
    out.push_str(&fill_part(rest, args).0);
    out
}

/// The text with its values, and whether every placeholder had one; `…` stands for a missing or
/// empty one.
fn fill_part(template: &str, args: &[(&'static str, String)]) -> (String, bool) {
    let mut out = String::new();
    let mut complete = true;
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        out.push_str(before);
        let given = args
            .iter()
            .find(|(key, value)| *key == name && !value.is_empty());
        if let Some((_, value)) = given {
            out.push_str(value);
        } else {
            out.push('…');
            complete = false;
        }
        rest = tail;
    }
    out.push_str(rest);
    (out, complete)
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Txt(index) => write!(f, "TXT {}", index + 1),
            Self::Policy => f.write_str("policy"),
            Self::Report(index) => write!(f, "report {}", index + 1),
            Self::Name(name) => f.write_str(&printable(name)),
            Self::Address(name, address) => write!(f, "{} [{address}]", printable(name)),
        }
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entry = self.code.entry();
        let mut object = serializer.serialize_struct("Finding", 7)?;
        object.serialize_field("code", entry.name)?;
        object.serialize_field("severity", &self.severity)?;
        object.serialize_field("message", &self.message())?;
        object.serialize_field("help", &self.help())?;
        object.serialize_field("rfc", entry.rfc)?;
        match self.span {
            Some(span) => object.serialize_field("span", &span)?,
            None => object.skip_field("span")?,
        }
        match &self.subject {
            Some(subject) => object.serialize_field("subject", &subject.to_string())?,
            None => object.skip_field("subject")?,
        }
        object.end()
    }
}
