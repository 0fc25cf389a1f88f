//! DANE for the MX hosts: `dane.*` (RFC 7672).
//!
//! Names and dates under DANE-EE, and trust by public rules under any usage, are no faults here
//! (RFC 7672 §3.1.1, §3.1.2): what counts is how the certificates compare with the records.

use std::net::IpAddr;

use findings::{Code, Finding, Severity, Subject};

use super::{
    dns::words,
    fold::fold,
    session::{Seen, all_seen},
    view::{Hold, View},
};
use crate::facts::{
    Answer, Answered, DaneOutcome, DnsFault, HostFact, MxSet, Secure, Tlsa, TlsaFact,
};

pub(super) fn check(view: &View<'_>, out: &mut Vec<Finding>) {
    if let Some(DnsFault::Bogus) = view.facts.mx.answer.fault() {
        let name = view.facts.domain.as_str();
        out.push(bogus(name, name));
    }
    for host in &view.facts.hosts {
        failures(host, out);
        address(view, host, out);
        records(host, out);
        certificates(host, out);
        conflict(view, host, out);
    }
    insecure_mx(view, out);
    unvouched(view, out);
    absent(view, out);
}

fn about(code: Code, name: &str) -> Finding {
    Finding::new(code)
        .about(Subject::Name(name.to_owned()))
        .arg("host", name)
}

fn bogus(host: &str, name: &str) -> Finding {
    about(Code::DaneBogus, host)
        .arg("name", name)
        .arg("detail", words(DnsFault::Bogus))
}

/// DNS that does not tell: DANE senders treat the host as unreachable (RFC 7672 §2.1.2).
fn failures(host: &HostFact, out: &mut Vec<Finding>) {
    let name = host.host.as_str();
    let addresses = [host.v4.fault(), host.v6.fault(), host.alias.fault()];
    let tlsa = host
        .tlsa
        .iter()
        .find_map(|asked| Some((asked, asked.answer.fault()?)));
    if addresses.contains(&Some(DnsFault::Bogus)) {
        out.push(bogus(name, name));
    } else if let Some((asked, fault)) = tlsa {
        match fault {
            DnsFault::Bogus => out.push(bogus(name, asked.owner.as_str())),
            DnsFault::NotValidating => {}
            _ => out.push(
                about(Code::DaneTlsaServfail, name)
                    .arg("name", &asked.owner)
                    .arg("detail", words(fault)),
            ),
        }
    } else if let Some(fault) = addresses.into_iter().flatten().next()
        && matches!(host.tlsa_fact, TlsaFact::Unknown(_))
        && fault != DnsFault::NotValidating
    {
        out.push(
            about(Code::DaneDnsFailure, name)
                .arg("name", name)
                .arg("detail", words(fault)),
        );
    }
}

/// Whether the answer holds records that nothing proves.
fn is_insecure<T>(answer: &Answer<Vec<T>>) -> bool {
    answer.found().is_some_and(|found| !found.is_empty()) && answer.secure == Secure::Insecure
}

/// A signed MX RRset that leads to addresses without a signature: senders ask for no TLSA there
/// (RFC 7672 §2.2.2), so it is said only where the domain is seen to use DANE.
fn address(view: &View<'_>, host: &HostFact, out: &mut Vec<Finding>) {
    let signed = view.facts.mx.answer.secure == Secure::Secure;
    let uses_dane = view.facts.hosts.iter().any(publishes);
    // Behind a secure alias TLSA is asked at the host's own name, and counts (RFC 7672 §2.2.2).
    let applies = host.tlsa_fact != TlsaFact::NotApplicable;
    if signed && uses_dane && !applies && (is_insecure(&host.v4) || is_insecure(&host.v6)) {
        out.push(about(Code::DaneAddrInsecure, host.host.as_str()));
    }
}

/// Whether TLSA records were seen for the host.
fn publishes(host: &HostFact) -> bool {
    matches!(
        host.tlsa_fact,
        TlsaFact::Records { .. } | TlsaFact::Unusable { .. }
    ) || published(host).next().is_some()
}

/// The TLSA records of the host, usable or not.
fn published(host: &HostFact) -> impl Iterator<Item = &Tlsa> {
    host.tlsa
        .iter()
        .filter_map(|asked| asked.answer.found())
        .flatten()
}

/// TLSA records behind an MX RRset that nothing proves (RFC 7672 §2.2.1).
fn insecure_mx(view: &View<'_>, out: &mut Vec<Finding>) {
    let answer = &view.facts.mx.answer;
    let found = matches!(answer.result, Answered::Found(MxSet::Hosts { .. }));
    if found && answer.secure == Secure::Insecure && view.facts.hosts.iter().any(publishes) {
        let name = view.facts.domain.as_str();
        out.push(about(Code::DaneMxInsecure, name).arg("name", name));
    }
}

/// Keys that no DS record vouches for: the zone is signed, and it counts for nothing.
fn unvouched(view: &View<'_>, out: &mut Vec<Finding>) {
    let mx = &view.facts.mx;
    let keys = mx.keys.found().is_some_and(|count| *count > 0);
    if keys && mx.keys.cname.is_empty() && mx.answer.secure == Secure::Insecure {
        let name = view.facts.domain.as_str();
        out.push(about(Code::DaneDsMissing, name).arg("name", name));
    }
}

/// Hosts without TLSA records, as far as DNS could tell.
fn absent(view: &View<'_>, out: &mut Vec<Finding>) {
    let uses_dane = view.facts.hosts.iter().any(publishes);
    // Said above, with the reason.
    let said = |host: &HostFact| uses_dane && (is_insecure(&host.v4) || is_insecure(&host.v6));
    let missing: Vec<&str> = view
        .facts
        .hosts
        .iter()
        .filter(|host| host.tlsa_fact == TlsaFact::NotApplicable && !publishes(host) && !said(host))
        .map(|host| host.host.as_str())
        .collect();
    if !missing.is_empty() {
        let name = view.facts.domain.to_string();
        out.push(
            Finding::new(Code::DaneAbsent)
                .arg("name", &name)
                .arg("host", missing.join(", "))
                .arg("count", missing.len())
                .about(Subject::Name(name)),
        );
    }
}

/// What the records themselves tell.
fn records(host: &HostFact, out: &mut Vec<Finding>) {
    let name = host.host.as_str();
    // RFC 7672 §3.1.3: PKIX-TA(0) and PKIX-EE(1) are for no mail server.
    if let Some(record) = published(host).find(|record| record.usage < 2) {
        out.push(about(Code::DaneUsagePkix, name).arg("value", show(record)));
    }
    match &host.tlsa_fact {
        TlsaFact::Unusable { base } => {
            let list = published(host).map(show).collect::<Vec<_>>().join(", ");
            out.push(
                about(Code::DaneUnusable, name)
                    .arg("name", base)
                    .arg("value", list),
            );
        }
        // RFC 7672 §8.1: the next certificate's record is published before the certificate. A
        // trust anchor survives the renewal of what it signs.
        TlsaFact::Records { usable, .. } => {
            if let [only] = usable.as_slice()
                && only.usage == 3
            {
                out.push(about(Code::DaneRollover, name).arg("value", show(only)));
            }
        }
        TlsaFact::NotApplicable | TlsaFact::Unknown(_) => {}
    }
}

/// `3 1 1` and the first octets of the data.
fn show(record: &Tlsa) -> String {
    use std::fmt::Write as _;
    let mut hex = String::new();
    for octet in record.data.iter().take(8) {
        // Writing into a string does not fail.
        let _ = write!(hex, "{octet:02x}");
    }
    let rest = if record.data.len() > 8 { "…" } else { "" };
    format!(
        "{} {} {} {hex}{rest}",
        record.usage, record.selector, record.matching
    )
}

/// Certificates against usable records (RFC 7672 §3.1).
fn certificates(host: &HostFact, out: &mut Vec<Finding>) {
    let TlsaFact::Records { usable, .. } = &host.tlsa_fact else {
        return;
    };
    let expected = usable.iter().map(show).collect::<Vec<_>>().join(", ");
    let all = all_seen(host);
    let hits: Vec<(IpAddr, Finding)> = all
        .iter()
        .filter_map(|seen| {
            let (code, detail) = match seen.dane? {
                DaneOutcome::Match { .. } => return None,
                DaneOutcome::NoMatch => (Code::DaneMismatch, "no record matches".to_owned()),
                DaneOutcome::TaInvalid(words) => (Code::DaneMismatch, words.clone()),
                DaneOutcome::TaNotSent => (
                    Code::DaneTaNotSent,
                    "the trust anchor is not sent".to_owned(),
                ),
            };
            let finding = Finding::new(code)
                .arg("value", presented(seen))
                .arg("expected", &expected)
                .arg("detail", detail)
                .arg("suggestion", suggestion(seen));
            Some((seen.address, finding))
        })
        .collect();
    fold(host.host.as_str(), all.len(), &hits, out);
}

/// The key that the host presents, as record data.
fn presented(seen: &Seen<'_>) -> String {
    seen.chain.first().map_or_else(String::new, |leaf| {
        format!(
            "3 1 1 {}…",
            leaf.spki_sha256.get(..16).unwrap_or(&leaf.spki_sha256)
        )
    })
}

/// The record that fits what the host presents.
fn suggestion(seen: &Seen<'_>) -> String {
    seen.chain
        .first()
        .map_or_else(String::new, |leaf| format!("3 1 1 {}", leaf.spki_sha256))
}

/// Senders that do DANE and senders that do MTA-STS come to different ends (RFC 8461 §2).
fn conflict(view: &View<'_>, host: &HostFact, out: &mut Vec<Finding>) {
    let covered = view.pattern(&host.host).is_some();
    let found = all_seen(host).into_iter().find_map(|seen| {
        let matched = matches!(seen.dane?, DaneOutcome::Match { .. });
        let valid = covered && seen.faults.is_empty();
        Some((seen.address, ends(view.hold, matched, valid)?))
    });
    if let Some((address, (limit, detail))) = found {
        out.push(
            about(Code::DaneStsConflict, host.host.as_str())
                .at_most(limit)
                .arg("address", address)
                .arg("value", detail)
                .arg("detail", detail),
        );
    }
}

/// Where both come to different ends, and how much that matters: under `testing` MTA-STS turns no
/// mail away, so that only DANE can (RFC 8461 §5).
fn ends(hold: Hold, matched: bool, valid: bool) -> Option<(Severity, &'static str)> {
    match (hold, matched, valid) {
        (Hold::Enforce, true, false) => Some((
            Severity::Error,
            "DANE senders deliver, MTA-STS senders do not",
        )),
        (Hold::Enforce, false, true) | (Hold::Testing, false, _) => Some((
            Severity::Error,
            "MTA-STS senders deliver, DANE senders do not",
        )),
        (Hold::Testing, true, false) => Some((
            Severity::Warn,
            "DANE senders deliver; MTA-STS is in testing: it would fail",
        )),
        (Hold::Enforce | Hold::Testing, true, true)
        | (Hold::Enforce, false, false)
        | (Hold::Nothing, _, _) => None,
    }
}
