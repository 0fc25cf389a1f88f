use findings::{Code, Finding, Severity, Subject};
use names::Span;

/// How many findings of one code are kept for one text. A hostile text has a fault a byte; nobody
/// reads the hundred and first blank line.
const MAX_PER_CODE: usize = 100;

/// Collects the findings of one text, and whether any of them voids it.
#[derive(Debug)]
pub(crate) struct Notes {
    subject: Subject,
    findings: Vec<Finding>,
    counts: Vec<(Code, usize)>,
    void: bool,
}

impl Notes {
    pub(crate) fn new(subject: Subject) -> Self {
        Self {
            subject,
            findings: Vec::new(),
            counts: Vec::new(),
            void: false,
        }
    }

    /// The start of a finding of this text, to be handed to [`Notes::note`] or [`Notes::fault`].
    pub(crate) fn at(&self, code: Code, span: Span) -> Finding {
        Finding::new(code).about(self.subject.clone()).span(span)
    }

    /// Keeps a finding that leaves the value in place.
    pub(crate) fn note(&mut self, finding: Finding) {
        let code = finding.code();
        let count = match self.counts.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => count,
            None => &mut self.counts.push_mut((code, 0)).1,
        };
        *count += 1;
        if *count <= MAX_PER_CODE {
            self.findings.push(finding);
        }
    }

    /// Keeps a finding that voids the text.
    pub(crate) fn fault(&mut self, finding: Finding) {
        debug_assert!(finding.severity() >= Severity::Error, "{finding:?} voids");
        self.void = true;
        self.note(finding);
    }

    /// Voids the text for a finding that is kept, or will be, by other means.
    pub(crate) fn void(&mut self) {
        self.void = true;
    }

    pub(crate) fn is_void(&self) -> bool {
        self.void
    }

    /// The findings in the order of the bytes they point at; those about the whole come first.
    pub(crate) fn into_findings(mut self) -> Vec<Finding> {
        self.findings.sort_by_key(Finding::bytes);
        self.findings
    }
}
