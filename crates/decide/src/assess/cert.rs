//! The MX hosts' certificates: `mx.cert.*` (RFC 8461 §4.2).
//!
//! Public rules bind MTA-STS senders only. Where no policy holds, a host whose certificates match
//! its TLSA records has no such fault (RFC 7672 §3.1.1: names and dates are ignored under DANE-EE);
//! where a policy holds, the same certificate fails MTA-STS senders and is said so.

use std::net::IpAddr;

use findings::{Code, Finding, Severity, Subject};

use super::{
    EXPIRES_SOON_DAYS,
    fold::fold,
    session::{Seen, all_seen},
    view::{Hold, View, days_left},
};
use crate::facts::{CertFact, CertFault, DaneOutcome, HostFact};

pub(super) fn check(view: &View<'_>, out: &mut Vec<Finding>) {
    for host in &view.facts.hosts {
        faults(view, host, out);
        remarks(view, host, out);
        differs(host, out);
    }
    partial(view, out);
}

/// Whether the faults of a chain count for anybody: not where DANE alone judges, and matches.
fn counts(view: &View<'_>, seen: &Seen<'_>) -> bool {
    view.hold != Hold::Nothing || !matches!(seen.dane, Some(DaneOutcome::Match { .. }))
}

fn faults(view: &View<'_>, host: &HostFact, out: &mut Vec<Finding>) {
    let limit = view.certificate_weight(host);
    let all = all_seen(host);
    let mut hits: Vec<(IpAddr, Finding)> = Vec::new();
    for seen in all.iter().filter(|seen| counts(view, seen)) {
        for fault in seen.faults {
            let finding = fault_finding(host, seen.chain, fault).at_most(limit);
            hits.push((seen.address, finding));
        }
    }
    fold(host.host.as_str(), all.len(), &hits, out);
}

fn fault_finding(host: &HostFact, chain: &[CertFact], fault: &CertFault) -> Finding {
    let code = match fault {
        CertFault::NameMismatch => Code::MxCertNameMismatch,
        CertFault::CnOnly => Code::MxCertCnOnly,
        CertFault::Expired => Code::MxCertExpired,
        CertFault::SelfSigned => Code::MxCertSelfSigned,
        CertFault::NotYetValid
        | CertFault::Untrusted
        | CertFault::IncompleteChain
        | CertFault::Other(_) => Code::MxCertUntrusted,
    };
    describe(Finding::new(code), chain, fault).arg("expected", &host.host)
}

/// The values that messages about a fault name.
pub(super) fn describe(finding: Finding, chain: &[CertFact], fault: &CertFault) -> Finding {
    let Some(leaf) = chain.first() else {
        return finding
            .arg("detail", words(fault))
            .arg("value", "")
            .arg("date", "");
    };
    let names = if leaf.dns_names.is_empty() {
        "no DNS name".to_owned()
    } else {
        leaf.dns_names.join(", ")
    };
    let value = match fault {
        CertFault::NameMismatch => names,
        CertFault::Untrusted | CertFault::IncompleteChain => leaf.issuer.clone(),
        _ => leaf.subject.clone(),
    };
    // The date that has passed may be an intermediate's.
    let date = match fault {
        CertFault::NotYetValid => chain.iter().filter_map(|cert| cert.not_before).max(),
        _ => chain.iter().filter_map(|cert| cert.not_after).min(),
    };
    finding
        .arg("value", value)
        .arg(
            "date",
            date.map_or_else(|| "an unknown date".to_owned(), |date| date.to_string()),
        )
        .arg("detail", words(fault))
}

/// A fault in words.
fn words(fault: &CertFault) -> &str {
    match fault {
        CertFault::Expired => "the certificate has expired",
        CertFault::NotYetValid => "the certificate is not valid yet",
        CertFault::NameMismatch => "the certificate is for other names",
        CertFault::CnOnly => "the name stands in the common name only",
        CertFault::SelfSigned => "the certificate signed itself",
        CertFault::Untrusted => "no path to a trusted root",
        CertFault::IncompleteChain => "the intermediate certificate is not sent",
        CertFault::Other(words) => words,
    }
}

/// Certificates that are valid and will not stay so, or are weak.
fn remarks(view: &View<'_>, host: &HostFact, out: &mut Vec<Finding>) {
    let all = all_seen(host);
    let limit = view.certificate_weight(host);
    let mut hits: Vec<(IpAddr, Finding)> = Vec::new();
    for seen in &all {
        if counts(view, seen)
            && let Some((days, date)) = days_left(seen.chain, view.now)
            && days < EXPIRES_SOON_DAYS
        {
            let finding = Finding::new(Code::MxCertExpiresSoon)
                .at_most(limit)
                .arg("date", date)
                .arg("count", days);
            hits.push((seen.address, finding));
        }
        let weak: Vec<&str> = seen
            .chain
            .iter()
            .flat_map(|cert| cert.weak.iter().map(String::as_str))
            .collect();
        if !weak.is_empty() {
            let finding = Finding::new(Code::MxCertWeak)
                .arg("value", weak.join(", "))
                .arg("detail", weak.join(", "));
            hits.push((seen.address, finding));
        }
    }
    fold(host.host.as_str(), all.len(), &hits, out);
}

/// Addresses of one host that present different certificates: one of them was forgotten when the
/// certificate was renewed.
fn differs(host: &HostFact, out: &mut Vec<Finding>) {
    let all = all_seen(host);
    let leaf = |seen: &Seen<'_>| seen.chain.first().map(|cert| cert.sha256.clone());
    let Some(first) = all.first() else { return };
    if let Some(other) = all.iter().find(|seen| leaf(seen) != leaf(first)) {
        out.push(
            Finding::new(Code::MxCertDiffersByAddress)
                .about(Subject::Name(host.host.to_string()))
                .arg("host", &host.host)
                .arg(
                    "address",
                    format!("{} and {}", first.address, other.address),
                )
                .arg("count", all.len()),
        );
    }
}

/// Some hosts or addresses are valid and some are not: mail goes through or not by chance.
fn partial(view: &View<'_>, out: &mut Vec<Finding>) {
    let mut good = Vec::new();
    let mut bad = Vec::new();
    let mut limit = Severity::Info;
    for host in &view.facts.hosts {
        for seen in all_seen(host) {
            let place = format!("{} [{}]", host.host, seen.address);
            if seen.faults.is_empty() || !counts(view, &seen) {
                good.push(place);
            } else {
                limit = limit.max(view.certificate_weight(host));
                bad.push(place);
            }
        }
    }
    if !good.is_empty() && !bad.is_empty() {
        out.push(
            Finding::new(Code::MxCertPartial)
                .at_most(limit)
                .about(Subject::Name(view.facts.domain.to_string()))
                .arg("name", &view.facts.domain)
                .arg("host", bad.join(", "))
                .arg("count", bad.len())
                .arg("limit", bad.len() + good.len())
                .arg("value", bad.join(", "))
                .arg("expected", good.join(", "))
                .arg("detail", bad.join(", ")),
        );
    }
}
