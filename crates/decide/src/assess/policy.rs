//! The policy's text, and what only the domain's name tells of its patterns: `sts.policy.*` (RFC
//! 8461 §3.2, §10.4).

use findings::{Code, Finding, Severity, Subject};
use names::MxPattern;

use super::{
    fetch::is_challenge,
    kind::registrable,
    view::{RecordState, View, first_fetched},
};

pub(super) fn check(view: &View<'_>, out: &mut Vec<Finding>) {
    // A page that bot protection shows is no policy of anybody's.
    if first_fetched(view.facts).is_none_or(|fetched| is_challenge(view, fetched)) {
        return;
    }
    // A policy that no record announces harms nobody.
    let limit = if view.record == RecordState::Absent {
        Severity::Info
    } else {
        Severity::Crit
    };
    let about = |finding: &Finding| match finding.subject() {
        Some(_) => finding.clone(),
        None => finding.clone().about(Subject::Policy),
    };
    out.extend(
        view.policy_findings
            .iter()
            .map(|finding| about(finding).at_most(limit)),
    );
    overbroad(view, limit, out);
}

/// `*.` and the domain itself, or a public suffix: hosts that nobody meant as MX may pose as one.
/// A wildcard of a single label is the parser's to say.
fn overbroad(view: &View<'_>, limit: Severity, out: &mut Vec<Finding>) {
    let Some(policy) = &view.policy else { return };
    let domain = view.facts.domain.as_str();
    let mut seen: Vec<&MxPattern> = Vec::new();
    for pattern in policy.mx.iter().filter(|pattern| pattern.is_wildcard()) {
        let base = pattern.base().as_str();
        let single = !base.contains('.');
        if single || seen.contains(&pattern) {
            continue;
        }
        seen.push(pattern);
        let own = base == domain || base == registrable(domain);
        let detail = if own {
            "every host of the domain may pose as its mail server"
        } else if is_public_suffix(base) {
            "anybody can register a name there"
        } else {
            continue;
        };
        out.push(
            Finding::new(Code::StsPolicyMxOverbroad)
                .at_most(limit)
                .about(Subject::Name(pattern.to_string()))
                .arg("pattern", pattern)
                .arg("value", pattern)
                .arg("name", domain)
                .arg("detail", detail),
        );
    }
}

/// Whether the name stands in the public suffix list.
fn is_public_suffix(name: &str) -> bool {
    psl::suffix(name.as_bytes())
        .is_some_and(|suffix| suffix.is_known() && suffix.as_bytes() == name.as_bytes())
}
