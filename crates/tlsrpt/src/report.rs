//! The report (RFC 8460 §4): what a sender saw of a domain in a day.
//!
//! [`read`] takes whatever the world sends; [`stream`] does the same without holding the report.
//!
//! ```
//! let json = br#"{"organization-name":"A","date-range":{"start-datetime":"2026-01-31T00:00:00Z",
//!   "end-datetime":"2026-01-31T23:59:59Z"},"contact-info":"tls@a.example","report-id":"1",
//!   "policies":[{"policy":{"policy-type":"no-policy-found","policy-domain":"b.example"},
//!   "summary":{"total-successful-session-count":3,"total-failure-session-count":0}}]}"#;
//! let read = tlsrpt::report::read(json);
//! assert!(read.findings.is_empty());
//! assert_eq!(read.reports[0].policies[0].summary.successful, Some(3));
//! ```

mod fold;
mod lexer;
mod limits;
mod merge;
mod notes;
mod policies;
mod reader;
mod source;
mod strings;
mod types;
mod values;
mod when;
mod write;

use std::io::{self, Read as _};

use findings::{Code, Finding};
use names::Span;

pub use limits::Limits;
pub use types::{
    DateRange, FailureDetail, Policy, PolicyReport, PolicyType, Report, ResultType, Summary,
};
pub use when::When;
pub use write::WriteError;

use lexer::Lexer;
use notes::Notes;
use reader::Reader;
use source::{Source, Utf16, fill};

/// Takes reports piece by piece.
pub trait Sink {
    /// A policy of the report that is being read. Its failures are bounded by [`Limits`].
    fn policy(&mut self, policy: PolicyReport);

    /// The report is over: who sent it and when, without the policies that were handed on already.
    fn report(&mut self, head: Report);
}

/// What was read of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The reports found in it, usually one.
    pub reports: Vec<Report>,
    /// Every repair and remark.
    pub findings: Vec<Finding>,
}

/// What came of reading a stream.
#[derive(Debug, Default)]
pub struct Streamed {
    /// How many reports were handed to the sink.
    pub reports: usize,
    /// Every repair and remark.
    pub findings: Vec<Finding>,
    /// What the reader failed with; everything before it was read.
    pub error: Option<io::Error>,
}

/// Reads the reports in a text of JSON, as far as any sense can be made of it. Never fails: a text
/// that holds no report gives no report.
pub fn read(bytes: &[u8]) -> Read {
    let mut sink = Collect::default();
    let limits = Limits::default();
    let findings = if matches!(bytes, [b'{', next, ..] if *next != 0) {
        // UTF-8 without a mark, as most are: nothing has to be copied.
        let source = Source::lent(bytes, limits.bytes);
        run(source, Notes::about(0), &limits, &mut sink).findings
    } else {
        let mut bytes = bytes;
        stream(&mut bytes, &limits, 0, &mut sink).findings
    };
    Read {
        reports: sink.reports,
        findings,
    }
}

/// Reads like [`read`] in bounded memory. Findings count the reports from `first`.
pub fn stream(
    reader: &mut dyn io::Read,
    limits: &Limits,
    first: usize,
    sink: &mut dyn Sink,
) -> Streamed {
    let mut notes = Notes::about(first);
    let mut head = [0; 3];
    let (length, error) = fill(reader, &mut head);
    let head = head.get(..length).unwrap_or_default();
    let skip = match head {
        [0xef, 0xbb, 0xbf] => 3,
        [0xfe, 0xff, ..] | [0xff, 0xfe, ..] => 2,
        _ => 0,
    };
    let utf16 = match head {
        [0xfe, 0xff, ..] | [0, b'{', ..] => Some(false),
        [0xff, 0xfe, ..] | [b'{', 0, ..] => Some(true),
        _ => None,
    };
    let mut marks = Vec::new();
    if skip > 0 {
        marks.push((Code::ReportBom, ""));
    }
    if utf16.is_some() {
        marks.push((Code::ReportEncoding, "UTF-16"));
    }
    let mut rest = head.get(skip..).unwrap_or_default().chain(reader);
    let mut decoded;
    let reader: &mut dyn io::Read = match utf16 {
        None => &mut rest,
        Some(little) => {
            decoded = Utf16::new(rest, little);
            &mut decoded
        }
    };
    for (code, value) in marks {
        notes.always(code, Span::new(0, skip), |f| f.arg("value", value));
    }
    let mut streamed = run(Source::new(reader, limits.bytes), notes, limits, sink);
    streamed.error = error.or(streamed.error);
    streamed
}

fn run(source: Source<'_>, notes: Notes, limits: &Limits, sink: &mut dyn Sink) -> Streamed {
    let json = Lexer::new(source, notes, limits.text);
    let mut reader = Reader::new(json, sink, *limits);
    reader.run();
    Streamed {
        reports: reader.count.min(limits.reports),
        error: reader.json.source.error.take(),
        findings: reader.json.notes.into_findings(),
    }
}

/// The sink that keeps everything.
#[derive(Debug, Default)]
pub(crate) struct Collect {
    policies: Vec<PolicyReport>,
    pub(crate) reports: Vec<Report>,
}

impl Sink for Collect {
    fn policy(&mut self, policy: PolicyReport) {
        self.policies.push(policy);
    }

    fn report(&mut self, mut head: Report) {
        head.policies = std::mem::take(&mut self.policies);
        self.reports.push(head);
    }
}
