//! `postseal match`: does this mx pattern cover this host.

use serde::Serialize;

use crate::{cli::MatchArgs, exit::Exit, print::Printer};

#[derive(Serialize)]
struct Answer {
    r#match: bool,
}

/// Says whether the pattern covers the host (RFC 8461 §4.1). What is malformed matches nothing.
pub(crate) fn run(args: &MatchArgs, printer: &Printer) -> anyhow::Result<Exit> {
    let covers = match (args.pattern.to_str(), args.host.to_str()) {
        (Some(pattern), Some(host)) => mta_sts::matches(pattern, host),
        _ => false,
    };
    if printer.is_json() {
        printer.json(&Answer { r#match: covers })?;
    } else {
        printer.line(if covers { "match" } else { "no match" })?;
    }
    Ok(if covers { Exit::Good } else { Exit::Findings })
}
