//! `postseal lint`: what a record, a policy or a report says, and every fault that its text alone
//! shows.

use std::{
    fs::File,
    io::{Read as _, stdin},
    os::unix::ffi::OsStrExt as _,
    path::Path,
};

use anyhow::{Context as _, bail};
use findings::{Finding, Severity, Subject};
use serde::Serialize;

use crate::{
    cli::{LintCommand, LintTextArgs},
    exit::Exit,
    print::{Printer, Source, count, style},
};

/// No policy that a sender takes is near this; the lint itself says what is over 64 KiB.
const MAX_POLICY: u64 = 1 << 20;
/// What a report file may have before anything is unpacked.
const MAX_REPORT: u64 = 256 << 20;

/// What `lint record`, `lint policy` and `lint tlsrpt-record` print.
#[derive(Serialize)]
struct Linted<T> {
    outcome: &'static str,
    value: Option<T>,
    findings: Vec<Finding>,
}

/// Lints what was given.
pub(crate) fn run(command: &LintCommand, printer: &Printer) -> anyhow::Result<Exit> {
    match command {
        LintCommand::Record(args) => record(args, printer),
        LintCommand::Policy(args) => policy(&args.file, printer),
        LintCommand::TlsrptRecord(args) => tlsrpt_record(args, printer),
        LintCommand::Report(args) => report(&args.file, printer),
    }
}

fn record(args: &LintTextArgs, printer: &Printer) -> anyhow::Result<Exit> {
    use mta_sts::record::RecordOutcome;
    let set = texts(args);
    let parsed = mta_sts::record::parse_set(&set);
    let (outcome, value) = match parsed.outcome {
        RecordOutcome::Record(record) => ("record", Some(record)),
        RecordOutcome::None => ("none", None),
        RecordOutcome::Invalid => ("invalid", None),
    };
    let linted = Linted {
        outcome,
        value,
        findings: parsed.findings,
    };
    finish(&linted, &sources(&set), printer)
}

fn tlsrpt_record(args: &LintTextArgs, printer: &Printer) -> anyhow::Result<Exit> {
    use tlsrpt::record::RecordOutcome;
    let set = texts(args);
    let parsed = tlsrpt::record::parse_set(&set);
    let (outcome, value) = match parsed.outcome {
        RecordOutcome::Record(record) => ("record", Some(record)),
        RecordOutcome::None => ("none", None),
        RecordOutcome::Invalid => ("invalid", None),
    };
    let linted = Linted {
        outcome,
        value,
        findings: parsed.findings,
    };
    finish(&linted, &sources(&set), printer)
}

fn policy(file: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let body = read(file, MAX_POLICY)?;
    let parsed = mta_sts::policy::parse(&body);
    let outcome = if parsed.value.is_some() {
        "valid"
    } else {
        "invalid"
    };
    let linted = Linted {
        outcome,
        value: parsed.value,
        findings: parsed.findings,
    };
    let source = (
        Subject::Policy,
        Source {
            name: name(file),
            text: &body,
        },
    );
    finish(&linted, &[source], printer)
}

fn report(file: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let bytes = read(file, MAX_REPORT)?;
    let linted = tlsrpt::lint(&bytes);
    if printer.is_json() {
        printer.json(&linted)?;
    } else {
        for report in &linted.reports {
            printer.report(report)?;
        }
        for finding in &linted.findings {
            printer.finding(finding, None)?;
        }
        summary(linted.outcome.as_str(), &linted.findings, printer)?;
    }
    Ok(exit(linted.outcome.as_str()))
}

/// Prints a lint and says how the command ends.
fn finish<T: Serialize>(
    linted: &Linted<T>,
    sources: &[(Subject, Source<'_>)],
    printer: &Printer,
) -> anyhow::Result<Exit> {
    if printer.is_json() {
        printer.json(linted)?;
    } else {
        for finding in &linted.findings {
            let source = sources
                .iter()
                .find(|(subject, _)| Some(subject) == finding.subject())
                .map(|(_, source)| source);
            printer.finding(finding, source)?;
        }
        if let Some(value) = &linted.value {
            printer.line(serde_json::to_string_pretty(value)?)?;
        }
        summary(linted.outcome, &linted.findings, printer)?;
    }
    Ok(exit(linted.outcome))
}

fn exit(outcome: &str) -> Exit {
    match outcome {
        "record" | "valid" | "salvaged" => Exit::Good,
        _ => Exit::Findings,
    }
}

fn summary(outcome: &str, findings: &[Finding], printer: &Printer) -> anyhow::Result<()> {
    let worst = findings
        .iter()
        .map(Finding::severity)
        .max()
        .unwrap_or(Severity::Ok);
    let style = style(worst);
    printer.line(format_args!(
        "{style}{outcome}{style:#}: {}",
        count(findings)
    ))
}

fn texts(args: &LintTextArgs) -> Vec<&[u8]> {
    args.texts.iter().map(|text| text.as_bytes()).collect()
}

fn sources<'a>(set: &[&'a [u8]]) -> Vec<(Subject, Source<'a>)> {
    set.iter()
        .enumerate()
        .map(|(index, text)| {
            let subject = Subject::Txt(index);
            let name = subject.to_string();
            (subject, Source { name, text })
        })
        .collect()
}

fn name(file: &Path) -> String {
    if is_stdin(file) {
        "standard input".to_owned()
    } else {
        file.display().to_string()
    }
}

fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// The file's bytes, or standard input's; more than `limit` is refused.
fn read(file: &Path, limit: u64) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let place = name(file);
    if is_stdin(file) {
        stdin().lock().take(limit + 1).read_to_end(&mut bytes)
    } else {
        let file = File::open(file).with_context(|| format!("cannot open `{place}`"))?;
        file.take(limit + 1).read_to_end(&mut bytes)
    }
    .with_context(|| format!("cannot read `{place}`"))?;
    if bytes.len() as u64 > limit {
        bail!("`{place}` has more than {limit} bytes, which is more than is read");
    }
    Ok(bytes)
}
