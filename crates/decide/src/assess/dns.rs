//! Look-ups that gave no answer, servers that disagree, addresses that nobody may dial: `dns.*`,
//! `net.*`.

use findings::{Code, Finding, Severity, Subject};

use super::view::View;
use crate::facts::{
    Answered, DnsFault, FetchFault, FetchOutcome, ServerFact, SessionOutcome, Text,
};

pub(super) fn check(view: &View<'_>, out: &mut Vec<Finding>) {
    lookups(view, out);
    servers(view, out);
    reserved(view, out);
    port25(view, out);
}

/// The code of a fault; none where the fault is not DNS's: a resolver that does not validate.
fn code(fault: DnsFault) -> Option<Code> {
    match fault {
        DnsFault::Timeout => Some(Code::DnsTimeout),
        DnsFault::Refused => Some(Code::DnsRefused),
        DnsFault::Bogus => Some(Code::DnsBogus),
        DnsFault::ServFail | DnsFault::Malformed | DnsFault::Loop | DnsFault::Other => {
            Some(Code::DnsServfail)
        }
        DnsFault::NotValidating => None,
    }
}

/// The fault in words.
pub(super) fn words(fault: DnsFault) -> &'static str {
    match fault {
        DnsFault::Timeout => "no answer in time",
        DnsFault::ServFail => "SERVFAIL",
        DnsFault::Refused => "REFUSED",
        DnsFault::Bogus => "DNSSEC validation failed",
        DnsFault::Malformed => "an answer that cannot be read",
        DnsFault::Loop => "a CNAME loop or a chain of more than eight",
        DnsFault::Other => "an unexpected response code",
        DnsFault::NotValidating => "the resolver does not validate DNSSEC",
    }
}

/// A finding for a question at `name` that got no answer.
fn fault(name: &str, kind: &'static str, fault: DnsFault) -> Option<Finding> {
    let finding = Finding::new(code(fault)?)
        .about(Subject::Name(name.to_owned()))
        .arg("name", name)
        .arg("host", name)
        .arg("value", kind)
        .arg("detail", words(fault));
    Some(finding)
}

/// What the resolver could not tell. The policy host's addresses and TLSA records have codes of
/// their own; a loop at the record has one too.
fn lookups(view: &View<'_>, out: &mut Vec<Finding>) {
    let facts = view.facts;
    if let Some(found) = facts
        .sts
        .txt
        .fault()
        .filter(|found| *found != DnsFault::Loop)
    {
        out.extend(fault(&view.record_name(), "TXT", found));
    }
    if let Some(found) = facts.mx.answer.fault() {
        out.extend(fault(facts.domain.as_str(), "MX", found));
    }
    for host in &facts.hosts {
        let found = host.v4.fault().map(|found| ("A", found));
        if let Some((kind, found)) = found.or_else(|| host.v6.fault().map(|found| ("AAAA", found)))
        {
            out.extend(fault(host.host.as_str(), kind, found));
        }
    }
    if let Some(found) = facts.tlsrpt.txt.fault() {
        out.extend(fault(&view.tlsrpt_name(), "TXT", found));
    }
    for to in &facts.tlsrpt.destinations {
        // Another domain's trouble: reports are lost, mail is not.
        let found = to
            .mx
            .fault()
            .and_then(|found| fault(to.domain.as_str(), "MX", found));
        out.extend(found.map(|finding| finding.at_most(Severity::Warn)));
    }
    let host = &facts.sts.host;
    if view.record.is_present()
        && [host.v4.fault(), host.v6.fault()].contains(&Some(DnsFault::Bogus))
    {
        out.extend(fault(&view.policy_host(), "A", DnsFault::Bogus));
    }
}

/// Each authoritative server by itself, and all of them against one another.
fn servers(view: &View<'_>, out: &mut Vec<Finding>) {
    for server in &view.facts.servers {
        let found = server
            .txt
            .fault()
            .and_then(|found| fault(&view.record_name(), "TXT", found));
        out.extend(found.map(|finding| {
            finding
                .about(Subject::Address(server.name.to_string(), server.address))
                .arg("address", server.address)
        }));
    }
    let answers: Vec<(&ServerFact, Vec<&Text>)> = view
        .facts
        .servers
        .iter()
        .filter_map(|server| match &server.txt.result {
            Answered::Found(texts) => {
                let mut texts: Vec<&Text> = texts.iter().collect();
                texts.sort();
                Some((server, texts))
            }
            Answered::NoData | Answered::NxDomain => Some((server, Vec::new())),
            Answered::Fault(_) | Answered::NotAsked => None,
        })
        .collect();
    let Some((first, expected)) = answers.first() else {
        return;
    };
    let Some((other, texts)) = answers.iter().find(|(_, texts)| texts != expected) else {
        return;
    };
    out.push(
        Finding::new(Code::DnsInconsistentNs)
            .about(Subject::Name(view.record_name()))
            .arg("name", view.record_name())
            .arg("host", &other.name)
            .arg("address", other.address)
            .arg("value", show(texts))
            .arg("expected", show(expected))
            .arg(
                "detail",
                format!("{} and {} disagree", first.name, other.name),
            ),
    );
}

fn show(texts: &[&Text]) -> String {
    if texts.is_empty() {
        return "nothing".to_owned();
    }
    texts
        .iter()
        .map(|text| format!("\"{text}\""))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Addresses of special use: no sender on the internet can use them.
fn reserved(view: &View<'_>, out: &mut Vec<Finding>) {
    let policy_host = view.policy_host();
    let fetches = view
        .facts
        .sts
        .host
        .fetches
        .iter()
        .filter(|fetch| matches!(fetch.outcome, FetchOutcome::Failed(FetchFault::Reserved)))
        .map(|fetch| (policy_host.clone(), fetch.address));
    let sessions = view.facts.hosts.iter().flat_map(|host| {
        host.sessions
            .iter()
            .filter(|session| matches!(session.outcome, SessionOutcome::Reserved))
            .map(|session| (host.host.to_string(), session.address))
    });
    out.extend(fetches.chain(sessions).map(|(host, address)| {
        Finding::new(Code::NetReservedAddress)
            .arg("host", &host)
            .arg("address", address)
            .about(Subject::Address(host, address))
    }));
}

/// Nothing answers on any port 25 of several hosts: it is more likely that port 25 is blocked here
/// than that all of them are down.
fn port25(view: &View<'_>, out: &mut Vec<Finding>) {
    let tried: Vec<_> = view
        .facts
        .hosts
        .iter()
        .filter(|host| !host.sessions.is_empty())
        .collect();
    let silent = |outcome: &SessionOutcome| {
        matches!(
            outcome,
            SessionOutcome::ConnectTimeout | SessionOutcome::Unreachable(_)
        )
    };
    let all = tried
        .iter()
        .all(|host| host.sessions.iter().all(|seen| silent(&seen.outcome)));
    if tried.len() > 1 && all {
        out.push(
            Finding::new(Code::NetPort25Blocked)
                .about(Subject::Name(view.facts.domain.to_string()))
                .arg("name", &view.facts.domain)
                .arg("count", tried.len()),
        );
    }
}
