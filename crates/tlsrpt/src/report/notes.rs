//! The findings of one input, a bounded number of each code.

use findings::{Code, Finding, Subject};
use names::Span;

/// A million details can have a million faults; the first hundred of a kind say enough.
const MAX_OF_A_CODE: usize = 100;

/// Collects findings.
#[derive(Debug, Default)]
pub(super) struct Notes {
    findings: Vec<Finding>,
    counts: Vec<(Code, usize)>,
    /// The report at hand.
    pub(super) report: usize,
    /// Whether what is read is not known to be a report: its faults are nobody's.
    pub(super) mute: bool,
    /// How many faults were nobody's so far.
    pub(super) muted: usize,
}

impl Notes {
    /// None yet, about the report of that number.
    pub(super) fn about(report: usize) -> Self {
        Self {
            report,
            ..Self::default()
        }
    }

    /// Notes a finding about the report at hand; `fill` gives it its values.
    #[cold]
    pub(super) fn add(&mut self, code: Code, span: Span, fill: impl FnOnce(Finding) -> Finding) {
        if self.mute {
            self.muted += 1;
            return;
        }
        self.always(code, span, fill);
    }

    /// Notes a finding even where the faults of the text are not noted.
    #[cold]
    pub(super) fn always(&mut self, code: Code, span: Span, fill: impl FnOnce(Finding) -> Finding) {
        if self.fits(code) {
            let finding = Finding::new(code)
                .span(span)
                .about(Subject::Report(self.report));
            self.findings.push(fill(finding));
        }
    }

    /// Notes a finding unless the report at hand has one of its code.
    #[cold]
    pub(super) fn once(&mut self, code: Code, span: Span, fill: impl FnOnce(Finding) -> Finding) {
        let subject = Subject::Report(self.report);
        if !self
            .findings
            .iter()
            .any(|f| f.code() == code && f.subject() == Some(&subject))
        {
            self.add(code, span, fill);
        }
    }

    /// Whether there is a finding of that code.
    pub(super) fn has(&self, code: Code) -> bool {
        self.counts.iter().any(|(known, _)| *known == code)
    }

    fn fits(&mut self, code: Code) -> bool {
        match self.counts.iter_mut().find(|(known, _)| *known == code) {
            None => {
                self.counts.push((code, 1));
                true
            }
            Some((_, count)) => {
                *count += 1;
                *count <= MAX_OF_A_CODE
            }
        }
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}
