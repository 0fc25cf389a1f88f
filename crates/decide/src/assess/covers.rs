//! The policy's patterns against the domain's MX hosts: `sts.mx.*` (RFC 8461 §4.1).

use findings::{Code, Finding, Severity, Subject};
use names::{Host, MxPattern};
use serde::Serialize;

use super::{
    kind::{Kind, classify},
    view::{Hold, View},
};
use crate::facts::{Answered, MxSet};

/// How the policy's patterns miss an MX host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// The kind of mismatch.
    pub kind: Kind,
    /// The kind by the studies' plain rule, for tables that compare with theirs.
    pub paper_kind: Kind,
    /// The pattern that comes nearest.
    pub nearest: MxPattern,
    /// The line that mends it: always the exact host, never anything wider.
    pub suggestion: String,
}

pub(super) fn check(view: &View<'_>, out: &mut Vec<Finding>) {
    mx_set(view, out);
    aliases(view, out);
    // RFC 8461 §5: `none` is as if there were no policy.
    if view.patterns.is_empty() || view.facts.hosts.is_empty() {
        return;
    }
    coverage(view, out);
    unused(view, out);
}

/// How the patterns miss a host; none where one covers it or no policy is known.
pub(super) fn mismatch(view: &View<'_>, host: &Host) -> Option<Mismatch> {
    let found = classify(host, &view.patterns)?;
    Some(Mismatch {
        kind: found.kind,
        paper_kind: found.paper_kind,
        nearest: found.nearest.clone(),
        suggestion: suggestion(host),
    })
}

fn suggestion(host: &Host) -> String {
    format!("mx: {host}")
}

/// Null MX and implicit MX.
fn mx_set(view: &View<'_>, out: &mut Vec<Finding>) {
    let about = |code: Code| {
        Finding::new(code)
            .about(Subject::Name(view.facts.domain.to_string()))
            .arg("name", &view.facts.domain)
            .arg("host", &view.facts.domain)
    };
    match &view.facts.mx.answer.result {
        Answered::NoData => out.push(about(Code::StsMxNoMx)),
        Answered::Found(MxSet::Null) if view.record.is_present() => {
            out.push(about(Code::StsMxNullMx));
        }
        _ => {}
    }
}

/// MX targets that are aliases (RFC 2181 §10.3).
fn aliases(view: &View<'_>, out: &mut Vec<Finding>) {
    for host in &view.facts.hosts {
        let chain = if host.v4.cname.is_empty() {
            &host.v6.cname
        } else {
            &host.v4.cname
        };
        if let Some(target) = chain.last() {
            out.push(
                Finding::new(Code::StsMxAlias)
                    .about(Subject::Name(host.host.to_string()))
                    .arg("host", &host.host)
                    .arg("value", target)
                    .arg("detail", target),
            );
        }
    }
}

/// The most that a mismatch weighs: where no policy is in force nobody refuses mail for it.
fn weight(view: &View<'_>) -> Severity {
    match view.hold {
        Hold::Enforce => Severity::Crit,
        Hold::Testing => Severity::Error,
        Hold::Nothing => Severity::Info,
    }
}

/// Hosts that no pattern covers, and how they are missed.
fn coverage(view: &View<'_>, out: &mut Vec<Finding>) {
    let missed: Vec<_> = view
        .facts
        .hosts
        .iter()
        .filter(|host| view.pattern(&host.host).is_none())
        .collect();
    let limit = weight(view);
    let patterns = view
        .patterns
        .iter()
        .map(MxPattern::to_string)
        .collect::<Vec<_>>()
        .join(", ");
    if !missed.is_empty() && missed.len() == view.facts.hosts.len() {
        let hosts = missed
            .iter()
            .map(|host| host.host.to_string())
            .collect::<Vec<_>>()
            .join(", ");
        let lines: Vec<String> = missed.iter().map(|host| suggestion(&host.host)).collect();
        out.push(
            Finding::new(Code::StsMxNoneMatch)
                .at_most(limit)
                .about(Subject::Name(view.facts.domain.to_string()))
                .arg("name", &view.facts.domain)
                .arg("host", hosts)
                .arg("pattern", &patterns)
                .arg("count", missed.len())
                .arg("suggestion", lines.join(", ")),
        );
    }
    out.extend(missed.iter().map(|host| {
        let preference = host
            .preference
            .map_or_else(|| "implicit".to_owned(), |value| value.to_string());
        Finding::new(Code::StsMxUnmatched)
            .at_most(limit)
            .about(Subject::Name(host.host.to_string()))
            .arg("host", &host.host)
            .arg("value", &preference)
            .arg("count", &preference)
            .arg("detail", &preference)
            .arg("pattern", &patterns)
            .arg("suggestion", suggestion(&host.host))
    }));
    for host in missed {
        kinds(view, &host.host, out);
    }
}

/// The kind of mismatch, and what goes with it.
fn kinds(view: &View<'_>, host: &Host, out: &mut Vec<Finding>) {
    let Some(found) = classify(host, &view.patterns) else {
        return;
    };
    let about = |code: Code, pattern: &MxPattern| {
        Finding::new(code)
            .at_most(weight(view))
            .about(Subject::Name(host.to_string()))
            .arg("host", host)
            .arg("pattern", pattern)
            .arg("value", pattern)
            .arg("suggestion", suggestion(host))
            .arg("detail", found.kind.as_str())
    };
    let code = match found.kind {
        Kind::Domain => Code::StsMxMismatchDomain,
        Kind::Tld => Code::StsMxMismatchTld,
        Kind::ThirdLevel => Code::StsMxMismatch3ld,
        Kind::Typo => Code::StsMxMismatchTypo,
    };
    out.push(about(code, found.nearest));
    if found.typo {
        out.push(about(Code::StsMxMismatchTypo, found.nearest));
    }
    if let Some(pattern) = found.too_short {
        out.push(about(Code::StsMxWildcardDepth, pattern));
    }
}

/// Patterns that cover no MX host of today. Where nothing matches, that is said already.
fn unused(view: &View<'_>, out: &mut Vec<Finding>) {
    let used = |pattern: &&MxPattern| {
        view.facts
            .hosts
            .iter()
            .any(|host| pattern.matches(&host.host))
    };
    if !view.patterns.iter().any(|pattern| used(&pattern)) {
        return;
    }
    let mut seen: Vec<&MxPattern> = Vec::new();
    for pattern in view.patterns.iter().filter(|pattern| !used(pattern)) {
        if seen.contains(&pattern) {
            continue;
        }
        seen.push(pattern);
        out.push(
            Finding::new(Code::StsMxUnusedPattern)
                .about(Subject::Name(pattern.to_string()))
                .arg("pattern", pattern)
                .arg("value", pattern),
        );
    }
}
