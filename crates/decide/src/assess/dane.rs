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
        out.push(bogus(view.facts.domain.as_str(), "MX"));
    }
    for host in &view.facts.hosts {
        failures(host, out);
        address(view, host, out);
        records(host, out);
        certificates(host, out);
        conflict(view, host, out);
    }
    insecure_mx(view, out);
    absent(view, out);
}

fn about(code: Code, name: &str) -> Finding {
    Finding::new(code)
        .about(Subject::Name(name.to_owned()))
        .arg("host", name)
}

fn bogus(name: &str, kind: &'static str) -> Finding {
    about(Code::DaneBogus, name)
        .arg("name", name)
        .arg("value", kind)
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
    let unknown = match host.tlsa_fact {
        TlsaFact::Unknown(fault) => Some(fault),
        _ => None,
    };
    if addresses.contains(&Some(DnsFault::Bogus)) {
        out.push(bogus(name, "address"));
    } else if let Some((asked, fault)) = tlsa {
        let owner = asked.owner.to_string();
        out.push(match fault {
            DnsFault::Bogus => bogus(name, "TLSA").arg("name", owner),
            DnsFault::NotValidating => return,
            _ => about(Code::DaneTlsaServfail, name)
                .arg("name", owner)
                .arg("value", words(fault))
                .arg("detail", words(fault)),
        });
    } else if let Some(fault) = unknown {
        out.push(match fault {
            DnsFault::Bogus => bogus(name, "TLSA"),
            DnsFault::NotValidating => return,
            _ => about(Code::DaneDnsFailure, name)
                .arg("name", name)
                .arg("value", words(fault))
                .arg("detail", words(fault)),
        });
    }
}

/// Whether the answer holds records that nothing proves.
fn is_insecure<T>(answer: &Answer<Vec<T>>) -> bool {
    answer.found().is_some_and(|found| !found.is_empty()) && answer.secure == Secure::Insecure
}

/// A signed MX RRset that leads to addresses without a signature: no TLSA is asked for (RFC 7672
/// §2.2.2). Worth a warning where the domain uses DANE elsewhere; a choice where it does not.
fn address(view: &View<'_>, host: &HostFact, out: &mut Vec<Finding>) {
    let signed = view.facts.mx.answer.secure == Secure::Secure;
    if !signed || !(is_insecure(&host.v4) || is_insecure(&host.v6)) {
        return;
    }
    if host.tlsa_fact != TlsaFact::NotApplicable {
        return;
    }
    let uses_dane = view.facts.hosts.iter().any(publishes);
    let limit = if uses_dane {
        Severity::Warn
    } else {
        Severity::Info
    };
    out.push(about(Code::DaneAddrInsecure, host.host.as_str()).at_most(limit));
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

/// No TLSA anywhere, as far as DNS could tell.
fn absent(view: &View<'_>, out: &mut Vec<Finding>) {
    let hosts = &view.facts.hosts;
    let without = |host: &&HostFact| host.tlsa_fact == TlsaFact::NotApplicable && !publishes(host);
    let missing: Vec<_> = hosts.iter().filter(without).collect();
    if missing.len() == hosts.len() && !missing.is_empty() {
        let name = view.facts.domain.as_str();
        out.push(about(Code::DaneAbsent, name).arg("name", name));
        return;
    }
    // Said above, with the reason.
    let unsigned = |host: &&HostFact| is_insecure(&host.v4) || is_insecure(&host.v6);
    for host in missing.into_iter().filter(|host| !unsigned(host)) {
        out.push(about(Code::DaneAbsent, host.host.as_str()).arg("name", &host.host));
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
    fold(host.host.as_str(), all.len(), hits, out);
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
    if view.hold == Hold::Nothing {
        return;
    }
    for seen in all_seen(host) {
        let Some(dane) = seen.dane else { continue };
        let matched = matches!(dane, DaneOutcome::Match { .. });
        if matched != seen.faults.is_empty() {
            let detail = if matched {
                "DANE senders deliver, MTA-STS senders do not"
            } else {
                "MTA-STS senders deliver, DANE senders do not"
            };
            out.push(
                about(Code::DaneStsConflict, host.host.as_str())
                    .arg("address", seen.address)
                    .arg("value", detail)
                    .arg("detail", detail),
            );
            return;
        }
    }
}
