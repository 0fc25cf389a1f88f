//! A finding for people, with the bytes it means underlined.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use findings::{Finding, Severity};
use names::Span;

use super::Source;

/// Lines shown of a text that is not lines at all are cut to this many characters either side.
const CONTEXT: usize = 400;

/// The finding as text with colours; the terminal's stream drops them where they do not belong.
pub(super) fn render(finding: &Finding, source: Option<&Source<'_>>) -> String {
    let code = finding.code();
    let subject = finding.subject().map(ToString::to_string);
    let title = match (&subject, source, finding.bytes()) {
        (Some(subject), None, _) | (Some(subject), _, None) => {
            format!("{subject}: {}", finding.message())
        }
        _ => finding.message(),
    };
    let help = finding.help();
    let rfc = code.entry().rfc;
    let Some((source, span)) = source.zip(finding.bytes()) else {
        return plain(finding, &title, &help, rfc);
    };
    let shown = Shown::new(source.text, span);
    let mut group = level(finding.severity())
        .primary_title(title)
        .id(code.name())
        .element(
            Snippet::source(shown.text.as_str())
                .line_start(shown.line)
                .path(source.name.as_str())
                .annotation(AnnotationKind::Primary.span(shown.start..shown.end)),
        );
    if !help.is_empty() {
        group = group.element(Level::HELP.message(help));
    }
    if !rfc.is_empty() {
        group = group.element(Level::NOTE.message(rfc));
    }
    Renderer::styled().render(&[group])
}

/// The same without a text to point into.
fn plain(finding: &Finding, title: &str, help: &str, rfc: &str) -> String {
    let (severity, code) = (finding.severity(), finding.code());
    let (style, bold) = (super::style(severity), anstyle::Style::new().bold());
    let mut out = format!("{style}{severity}[{code}]{style:#}{bold}: {title}{bold:#}");
    for (label, text) in [("help", help), ("note", rfc)] {
        if !text.is_empty() {
            // Writing into a String cannot fail.
            let _ = write!(out, "\n  = {bold}{label}{bold:#}: {text}");
        }
    }
    out
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Crit => Level::ERROR.with_name("crit"),
        Severity::Error => Level::ERROR,
        Severity::Warn => Level::WARNING.with_name("warn"),
        Severity::Info => Level::INFO,
        Severity::Ok => Level::NOTE.with_name("ok-note"),
    }
}

/// A text that can be shown: every byte that no terminal should see replaced, the span moved along.
struct Shown {
    text: String,
    line: usize,
    start: usize,
    end: usize,
}

impl Shown {
    fn new(bytes: &[u8], span: Span) -> Self {
        // Only what is shown is looked at: a text may have a fault a byte.
        let before = bytes.get(..span.start).unwrap_or(bytes);
        let lead = before.iter().rev().take(CONTEXT);
        let lead = lead.take_while(|byte| **byte != b'\n').count();
        let begin = before.len() - lead;
        let tail = bytes.get(span.end..).unwrap_or_default();
        let tail = tail.get(..CONTEXT).unwrap_or(tail);
        let to_line_end = tail
            .iter()
            .position(|byte| *byte == b'\n')
            .unwrap_or(tail.len());
        let end = span.end.min(bytes.len()).saturating_add(to_line_end);
        let above = bytes.get(..begin).unwrap_or_default();
        let line = above.split(|byte| *byte == b'\n').count();
        let mut shown = Self {
            text: String::new(),
            line,
            start: 0,
            end: 0,
        };
        shown.push(
            bytes
                .get(begin..span.start.min(bytes.len()))
                .unwrap_or_default(),
        );
        shown.start = shown.text.len();
        let meant = bytes
            .get(span.start..span.end.min(bytes.len()))
            .unwrap_or_default();
        shown.push(meant.get(..meant.len().min(CONTEXT)).unwrap_or(meant));
        shown.end = shown.text.len();
        if meant.len() <= CONTEXT {
            shown.push(bytes.get(span.end..end).unwrap_or_default());
        }
        shown
    }

    fn push(&mut self, bytes: &[u8]) {
        for chunk in bytes.utf8_chunks() {
            self.text
                .extend(chunk.valid().chars().filter(|c| *c != '\r').map(printable));
            self.text.extend(chunk.invalid().iter().map(|_| '\u{fffd}'));
        }
    }
}

pub(super) fn printable(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        _ if is_harmful(c) => '\u{fffd}',
        _ => c,
    }
}

/// Control characters, and those that turn the direction of writing (UAX #9 §2) or end a line.
pub(super) fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}
