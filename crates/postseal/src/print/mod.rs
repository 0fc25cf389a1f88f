//! The only place that writes to the terminal: data on standard output, talk on standard error.

mod json;
mod pointer;
mod report;
pub(crate) mod seen;

use std::{fmt::Display, io::Write as _};

use findings::{Code, Finding, Severity};
use serde::Serialize;

use crate::cli::Format;

/// Writes what a command has to say, in the format asked for.
#[derive(Debug)]
pub(crate) struct Printer {
    format: Format,
}

/// A text that findings point into.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    /// What to call it.
    pub(crate) name: String,
    /// The bytes that spans count in.
    pub(crate) text: &'a [u8],
}

#[expect(
    clippy::unused_self,
    reason = "the printer is the one way to the terminal"
)]
impl Printer {
    /// A printer for `format`.
    pub(crate) fn new(format: Format) -> Self {
        Self { format }
    }

    /// Whether the output is JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// One JSON document on a line.
    pub(crate) fn json(&self, value: &impl Serialize) -> anyhow::Result<()> {
        let mut out = anstream::stdout().lock();
        json::write(&mut out, value).map_err(std::io::Error::from)?;
        writeln!(out)?;
        Ok(())
    }

    /// One line of data.
    pub(crate) fn line(&self, line: impl Display) -> anyhow::Result<()> {
        writeln!(anstream::stdout(), "{line}")?;
        Ok(())
    }

    /// A heading above some lines of data.
    pub(crate) fn heading(&self, text: &str) -> anyhow::Result<()> {
        let bold = anstyle::Style::new().bold();
        writeln!(anstream::stdout(), "\n{bold}{text}{bold:#}")?;
        Ok(())
    }

    /// One line of talk.
    pub(crate) fn talk(&self, line: impl Display) {
        // Nobody is there to be told that standard error is closed.
        drop(writeln!(anstream::stderr(), "{line}"));
    }

    /// Why the command failed, with its causes.
    pub(crate) fn error(&self, error: &anyhow::Error) {
        // A file's name may hold anything.
        let text: String = format!("{error:#}")
            .chars()
            .map(pointer::printable)
            .collect();
        self.talk(format_args!("postseal: {text}"));
    }

    /// What a code means and how to mend it.
    pub(crate) fn explain(&self, code: Code) -> anyhow::Result<()> {
        if self.is_json() {
            self.json(code.entry())
        } else {
            self.line(findings::explain(code).trim_end())
        }
    }

    /// A TLS report for people.
    pub(crate) fn report(&self, report: &tlsrpt::report::Report) -> anyhow::Result<()> {
        self.line(report::render(report).trim_end())
    }

    /// A finding for people: severity, code, message, the bytes meant underlined, help.
    pub(crate) fn finding(
        &self,
        finding: &Finding,
        source: Option<&Source<'_>>,
    ) -> anyhow::Result<()> {
        self.line(pointer::render(finding, source))
    }
}

/// The colour of a severity; the word stands beside it always.
pub(crate) fn style(severity: Severity) -> anstyle::Style {
    use anstyle::AnsiColor::{Blue, Cyan, Red, Yellow};
    let colour = match severity {
        Severity::Crit | Severity::Error => Red,
        Severity::Warn => Yellow,
        Severity::Info => Blue,
        Severity::Ok => Cyan,
    };
    anstyle::Style::new().fg_color(Some(colour.into())).bold()
}

/// How many findings of each severity: `1 crit, 2 warn`.
pub(crate) fn count(findings: &[Finding]) -> String {
    let severities = [
        Severity::Crit,
        Severity::Error,
        Severity::Warn,
        Severity::Info,
        Severity::Ok,
    ];
    let counts: Vec<String> = severities
        .into_iter()
        .map(|severity| {
            (
                findings.iter().filter(|f| f.severity() == severity).count(),
                severity,
            )
        })
        .filter(|(number, _)| *number > 0)
        .map(|(number, severity)| format!("{number} {severity}"))
        .collect();
    if counts.is_empty() {
        "nothing to remark".to_owned()
    } else {
        counts.join(", ")
    }
}
