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
        DnsFault::Timeout | DnsFault::Unreachable => Some(Code::DnsTimeout),
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
        DnsFault::Unreachable => "no way to the server",
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

/// Whether the fault is the server's own: a loop is the record's, and what kept the question from
/// being asked there (no way to the server, an address of special use) is this side's.
fn is_of_server(fault: DnsFault) -> bool {
    match fault {
        DnsFault::Timeout
        | DnsFault::ServFail
        | DnsFault::Refused
        | DnsFault::Bogus
        | DnsFault::Malformed => true,
        DnsFault::Loop | DnsFault::Other | DnsFault::Unreachable | DnsFault::NotValidating => false,
    }
}

fn is_silence(fault: DnsFault) -> bool {
    matches!(fault, DnsFault::Timeout | DnsFault::Unreachable)
}

/// Whether no authoritative server was heard while the resolver got an answer from them: then port
/// 53 is closed here to all but the resolver.
fn is_blocked(view: &View<'_>) -> bool {
    let asked = &view.facts.sts.txt.result;
    let answered = !matches!(asked, Answered::Fault(_) | Answered::NotAsked);
    let mut servers = view.facts.servers.iter();
    answered && servers.all(|server| server.txt.fault().is_some_and(is_silence))
}

/// Each authoritative server by itself, and all of them against one another.
fn servers(view: &View<'_>, out: &mut Vec<Finding>) {
    let blocked = is_blocked(view);
    for server in &view.facts.servers {
        let found = server
            .txt
            .fault()
            .filter(|found| is_of_server(*found) && !(blocked && is_silence(*found)))
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

/// Nothing answers on port 25 of any MX address: it is more likely that the port is blocked here
/// than that all of them are down. Where this side has no IPv6, its addresses tell nothing.
fn port25(view: &View<'_>, out: &mut Vec<Finding>) {
    let tried: Vec<_> = view
        .facts
        .hosts
        .iter()
        .flat_map(|host| &host.sessions)
        .filter(|seen| !(view.without_v6 && seen.address.is_ipv6()))
        .collect();
    let silent = |outcome: &SessionOutcome| {
        matches!(
            outcome,
            SessionOutcome::ConnectTimeout | SessionOutcome::Unreachable(_)
        )
    };
    if !tried.is_empty() && tried.iter().all(|seen| silent(&seen.outcome)) {
        out.push(
            Finding::new(Code::NetPort25Blocked)
                .about(Subject::Name(view.facts.domain.to_string()))
                .arg("name", &view.facts.domain)
                .arg("count", tried.len()),
        );
    }
}
