//! The policy host's name and addresses: `sts.host.*` (RFC 8461 §3.3).

use std::net::IpAddr;

use findings::{Code, Finding, Subject};

use super::{dns::words, view::View};
use crate::facts::{Answered, FetchFact, FetchFault, FetchOutcome, PolicyHostFact};

pub(super) fn check(view: &View<'_>, out: &mut Vec<Finding>) {
    names(view, out);
    versions(view, out);
    bodies(view, out);
}

/// Whether the policy host has an address.
pub(super) fn has_address(host: &PolicyHostFact) -> bool {
    host.v4.found().is_some_and(|found| !found.is_empty())
        || host.v6.found().is_some_and(|found| !found.is_empty())
}

/// A host that does not resolve. Where there is no record there need be none.
fn names(view: &View<'_>, out: &mut Vec<Finding>) {
    let host = &view.facts.sts.host;
    if has_address(host) || !view.record.is_present() {
        return;
    }
    let name = view.policy_host();
    let about = |code: Code| {
        Finding::new(code)
            .about(Subject::Name(name.clone()))
            .arg("host", &name)
    };
    if let Some(fault) = host.v4.fault().or_else(|| host.v6.fault()) {
        out.push(
            about(Code::StsHostServfail)
                .arg("value", words(fault))
                .arg("detail", words(fault)),
        );
        return;
    }
    let chain = if host.v4.cname.is_empty() {
        &host.v6.cname
    } else {
        &host.v4.cname
    };
    let nxdomain = host.v4.result == Answered::NxDomain || host.v6.result == Answered::NxDomain;
    match (nxdomain, chain.last()) {
        (true, Some(target)) => out.push(
            about(Code::StsHostCnameDangling)
                .arg("name", target)
                .arg("value", target),
        ),
        (true, None) => out.push(about(Code::StsHostNxdomain)),
        (false, _) if asked(host) => out.push(about(Code::StsHostNoAddress)),
        (false, _) => {}
    }
}

/// Whether both address families were asked for.
fn asked(host: &PolicyHostFact) -> bool {
    host.v4.result != Answered::NotAsked && host.v6.result != Answered::NotAsked
}

/// Whether the fetch brought a body.
pub(super) fn is_fetched(fetch: &FetchFact) -> bool {
    matches!(fetch.outcome, FetchOutcome::Fetched(_))
}

/// Whether only the fetches over IPv6 fail: that is one fault of its own.
pub(super) fn only_v6_fails(view: &View<'_>) -> bool {
    let fetches = &view.facts.sts.host.fetches;
    fetches
        .iter()
        .any(|fetch| fetch.address.is_ipv4() && is_fetched(fetch))
        && !fetches
            .iter()
            .any(|fetch| fetch.address.is_ipv6() && is_fetched(fetch))
}

fn versions(view: &View<'_>, out: &mut Vec<Finding>) {
    let broken = |fetch: &&FetchFact| fetch.address.is_ipv6() && !is_fetched(fetch);
    let Some(fetch) = view.facts.sts.host.fetches.iter().find(broken) else {
        return;
    };
    let reserved = matches!(fetch.outcome, FetchOutcome::Failed(FetchFault::Reserved));
    if !only_v6_fails(view) || view.without_v6 || reserved {
        return;
    }
    let FetchOutcome::Failed(fault) = &fetch.outcome else {
        return;
    };
    out.push(
        Finding::new(Code::StsHostV6Broken)
            .about(Subject::Address(view.policy_host(), fetch.address))
            .arg("host", view.policy_host())
            .arg("address", fetch.address)
            .arg("detail", super::fetch::fault_words(fault)),
    );
}

/// Addresses that serve different bodies: which policy a sender gets is a matter of luck.
fn bodies(view: &View<'_>, out: &mut Vec<Finding>) {
    let mut fetched = view
        .facts
        .sts
        .host
        .fetches
        .iter()
        .filter_map(|fetch| match &fetch.outcome {
            FetchOutcome::Fetched(fetched) => Some((fetch.address, &fetched.body)),
            FetchOutcome::Failed(_) => None,
        });
    let Some((first, body)) = fetched.next() else {
        return;
    };
    let others: Vec<IpAddr> = fetched
        .filter(|(_, other)| *other != body)
        .map(|(address, _)| address)
        .collect();
    if let Some(other) = others.first() {
        out.push(
            Finding::new(Code::StsHostAddressInconsistent)
                .about(Subject::Name(view.policy_host()))
                .arg("host", view.policy_host())
                .arg("address", format!("{first} and {other}"))
                .arg("count", others.len() + 1)
                .arg(
                    "detail",
                    format!("{first} and {other} serve different bodies"),
                ),
        );
    }
}
