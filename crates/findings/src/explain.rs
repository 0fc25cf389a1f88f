use std::fmt::Write as _;

use crate::{Code, Entry, Severity};

/// Columns of the plain text that [`explain`] gives.
const WIDTH: usize = 80;

/// Everything the table says of one code, as plain text for a terminal.
pub fn explain(code: Code) -> String {
    let entry = code.entry();
    let mut out = format!("{} ({})\n{}\n", entry.name, entry.severity, entry.title);
    paragraph(&mut out, "What was observed", &shape(entry.message));
    paragraph(&mut out, "What it means", entry.explain);
    paragraph(&mut out, "How to mend it", mending(entry));
    out.push('\n');
    for (label, text) in facts(entry) {
        let _infallible = writeln!(out, "{label}: {text}");
    }
    out
}

/// The whole table as the page `docs/codes.md`.
pub fn markdown() -> String {
    let mut out = String::from(INTRO);
    for severity in SEVERITIES {
        let _infallible = writeln!(out, "| `{severity}` | {} |", meaning(*severity));
    }
    let mut family = "";
    for code in Code::ALL {
        let entry = code.entry();
        if family_of(entry.name) != family {
            family = family_of(entry.name);
            let _infallible = writeln!(out, "\n## `{family}.*`");
        }
        section(&mut out, entry);
    }
    out
}

/// One code of the page.
fn section(out: &mut String, entry: &Entry) {
    let _infallible = writeln!(out, "\n### `{}`\n\n**{}**", entry.name, entry.title);
    for (lead, text) in [
        ("Observed: ", entry.message),
        ("", entry.explain),
        ("How to mend it: ", mending(entry)),
    ] {
        out.push('\n');
        wrap(out, &format!("{lead}{}", shape(text)), "", 100);
    }
    out.push('\n');
    let _infallible = writeln!(out, "- Severity: `{}`", entry.severity);
    for (label, text) in facts(entry) {
        let _infallible = writeln!(out, "- {label}: {text}");
    }
}

/// The short facts that stand below the words.
fn facts(entry: &Entry) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if !entry.rfc.is_empty() {
        facts.push(("Standard", entry.rfc.to_owned()));
    }
    if let Some(kind) = entry.result_type {
        facts.push(("Result type in TLS reports", format!("`{kind}`")));
    }
    let detected = if entry.detected { "yes" } else { "not yet" };
    facts.push(("Detected by this version", detected.to_owned()));
    facts
}

fn mending(entry: &Entry) -> &'static str {
    if entry.help.is_empty() {
        "Nothing has to be done."
    } else {
        entry.help
    }
}

/// The message with its placeholders as they stand, without the brackets.
fn shape(template: &str) -> String {
    template
        .chars()
        .filter(|c| !matches!(c, '[' | ']'))
        .collect()
}

/// `sts.record` of `sts.record.id.missing`, `mx` of `mx.cert.expired`.
fn family_of(name: &str) -> &str {
    let depth = if name.starts_with("sts.") { 2 } else { 1 };
    let end = name
        .match_indices('.')
        .nth(depth - 1)
        .map_or(name.len(), |(at, _)| at);
    name.get(..end).unwrap_or(name)
}

fn paragraph(out: &mut String, heading: &str, text: &str) {
    let _infallible = writeln!(out, "\n{heading}");
    wrap(out, &shape(text), "  ", WIDTH);
}

/// Breaks the text at spaces outside of backticks, so that a line to copy stays whole, and no line,
/// `indent` included, is longer than `width`, save for a word that is.
fn wrap(out: &mut String, text: &str, indent: &str, width: usize) {
    let mut quoted = false;
    let words = text.split(|c: char| {
        quoted ^= c == '`';
        c == ' ' && !quoted
    });
    let mut column = 0;
    for word in words {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            out.push('\n');
            column = 0;
        }
        let gap = if column == 0 { indent } else { " " };
        out.push_str(gap);
        out.push_str(word);
        column += gap.len() + length;
    }
    out.push('\n');
}

const SEVERITIES: &[Severity] = &[
    Severity::Crit,
    Severity::Error,
    Severity::Warn,
    Severity::Info,
    Severity::Ok,
];

fn meaning(severity: Severity) -> &'static str {
    match severity {
        Severity::Crit => "senders that obey the policy, or DANE, refuse or delay mail now",
        Severity::Error => "the protection is void, or a standard is violated",
        Severity::Warn => "works today and will hurt, or weakens the protection",
        Severity::Info => "good to know",
        Severity::Ok => "legal, and often taken for a fault",
    }
}

const INTRO: &str = "\
# Codes

Every finding of Postseal has a code. `postseal check --explain CODE` prints what stands here.
This page is rendered from the table in `crates/findings/src/table/`; change the words there.

The severity given is the highest that a code can have. `crit` is kept for what makes senders
refuse mail: a policy in `enforce` mode, or DANE. In `testing` mode the same fault is an `error`,
and with neither policy nor DANE it is an `info`. Where DANE with usage 3 applies, names and dates
of the certificate do not count. `DOMAIN` and `HOST` stand for your domain and your MX host.

| Severity | Meaning |
|---|---|
";
