//! What RFC 8461 asks of records, policies and the match; the numbers in brackets are requirements.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::format_push_string,
    reason = "a test fails by panicking, and may be slow"
)]

mod corpus;
mod json;
mod matching;
mod policy;
mod properties;
mod record;
mod vectors;
mod write;

use findings::Finding;

/// The codes of findings without their common prefix, sorted.
fn codes(findings: &[Finding]) -> String {
    let mut names: Vec<_> = findings
        .iter()
        .map(|finding| {
            finding
                .code()
                .name()
                .split_once('.')
                .map_or("", |(_, name)| name)
        })
        .map(|name| {
            name.trim_start_matches("record.")
                .trim_start_matches("policy.")
        })
        .collect();
    names.sort_unstable();
    names.join(" ")
}

/// What the findings of one code underline.
fn underlined<'t>(text: &'t [u8], findings: &[Finding], code: &str) -> Vec<&'t [u8]> {
    findings
        .iter()
        .filter(|finding| finding.code().name() == code)
        .filter_map(Finding::bytes)
        .map(|span| &text[span.start..span.end])
        .collect()
}
