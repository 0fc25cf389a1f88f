//! A TLS report for people.

use std::fmt::{Display, Write as _};

use tlsrpt::report::{FailureDetail, PolicyReport, Report};

use super::seen::clean;

/// The report as a few lines: who, when, and what was seen under each policy.
pub(crate) fn render(report: &Report) -> String {
    let mut out = String::new();
    let who = report
        .organization_name
        .as_deref()
        .unwrap_or("unknown reporter");
    let (start, end) = (&report.date_range.start, &report.date_range.end);
    let _ = writeln!(
        out,
        "{}: {} to {}",
        clean(who),
        moment(start.as_ref()),
        moment(end.as_ref())
    );
    for policy in &report.policies {
        policy_lines(&mut out, policy);
    }
    out
}

fn moment(when: Option<&impl Display>) -> String {
    when.map_or_else(|| "?".to_owned(), |when| clean(&when.to_string()))
}

fn policy_lines(out: &mut String, report: &PolicyReport) {
    let kind = report
        .policy
        .policy_type
        .as_ref()
        .map_or_else(|| "unknown policy".to_owned(), text);
    let domain = report
        .policy
        .policy_domain
        .as_deref()
        .unwrap_or("unknown domain");
    let _ = writeln!(
        out,
        "  {} ({kind}): {} sessions good, {} failed",
        clean(domain),
        number(report.summary.successful),
        number(report.summary.failed),
    );
    for detail in &report.failure_details {
        let _ = writeln!(out, "    {}", failure(detail));
    }
}

fn failure(detail: &FailureDetail) -> String {
    let count = number(detail.failed_session_count);
    let what = detail
        .result_type
        .as_ref()
        .map_or_else(|| "unknown failure".to_owned(), text);
    let mut line = format!("{count} × {what}");
    let host = detail
        .receiving_mx_hostname
        .as_deref()
        .or(detail.receiving_ip.as_deref());
    if let Some(host) = host {
        let _ = write!(line, " at {}", clean(host));
    }
    if let Some(reason) = &detail.failure_reason_code {
        let _ = write!(line, ": {}", clean(reason));
    }
    line
}

fn text(value: &impl Display) -> String {
    clean(&value.to_string())
}

fn number(count: Option<u64>) -> String {
    count.map_or_else(|| "?".to_owned(), |count| count.to_string())
}
