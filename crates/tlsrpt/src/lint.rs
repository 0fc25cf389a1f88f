//! What is wrong with a report, in whatever it comes.

use findings::{Code, Finding, Subject};
use serde::Serialize;

use crate::{
    report::{self, Collect, Report},
    unpack,
};

/// Reports of an input and everything worth saying of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lint {
    /// Whether a reader has something to work with.
    pub outcome: Outcome,
    /// The reports found.
    pub reports: Vec<Report>,
    /// Every repair and remark.
    pub findings: Vec<Finding>,
}

/// Whether a reader has something to work with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Everything is as RFC 8460 has it.
    Valid,
    /// Something had to be repaired, skipped or guessed.
    Salvaged,
    /// No report could be recovered by any means.
    Invalid,
}

/// Reads the reports of an input: JSON, gzip, zip, or a mail with one or more (RFC 8460 §4, §5).
///
/// ```
/// let lint = tlsrpt::lint(br#"spam-filter: clean {"report-id": "1", "policies": []}"#);
/// assert_eq!(lint.outcome, tlsrpt::Outcome::Salvaged);
/// assert_eq!(lint.reports[0].report_id.as_deref(), Some("1"));
/// ```
pub fn lint(bytes: &[u8]) -> Lint {
    lint_with(
        bytes,
        &unpack::Limits::default(),
        &report::Limits::default(),
    )
}

/// Reads like [`lint`] within other limits.
pub fn lint_with(bytes: &[u8], packed: &unpack::Limits, limits: &report::Limits) -> Lint {
    let mut sink = Collect::default();
    let mut findings = Vec::new();
    let mut empty = Vec::new();
    let remarks = unpack::visit(bytes, packed, &mut |part, first| {
        let name = part.name.map(str::to_owned);
        let room = limits.reports.saturating_sub(sink.reports.len());
        let limits = report::Limits {
            reports: room,
            ..*limits
        };
        let streamed = report::stream(part.reader, &limits, first, &mut sink);
        if streamed.reports == 0 {
            // Parts without a name are what people read.
            empty.extend(name);
        } else {
            findings.extend(streamed.findings);
        }
        streamed.reports
    });
    findings.extend(remarks);
    let reports = sink.reports;
    if reports.is_empty() {
        findings.push(Finding::new(Code::ReportNone));
    } else {
        for name in empty {
            findings.push(
                Finding::new(Code::ReportNotJson)
                    .arg("name", name)
                    .arg("value", "no object with the keys of a report"),
            );
        }
    }
    findings.sort_by_key(|finding| match finding.subject() {
        Some(Subject::Report(number)) => *number,
        _ => usize::MAX,
    });
    let outcome = if reports.is_empty() {
        Outcome::Invalid
    } else if findings.iter().any(|finding| is_repair(finding.code())) {
        Outcome::Salvaged
    } else {
        Outcome::Valid
    };
    Lint {
        outcome,
        reports,
        findings,
    }
}

/// Whether a finding says that something was repaired, and not only that it is unusual.
fn is_repair(code: Code) -> bool {
    !matches!(
        code,
        Code::ReportUnknownValue
            | Code::ReportUnknownKey
            | Code::ReportSumMismatch
            | Code::ReportAddress
            | Code::ReportDetailsFolded
            | Code::ReportRange
            | Code::ReportMediaType
    )
}

impl Outcome {
    /// The word for it in outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Salvaged => "salvaged",
            Self::Invalid => "invalid",
        }
    }
}
