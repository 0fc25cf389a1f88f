//! The MX hosts' addresses, ports and `STARTTLS`: `mx.dns.*`, `mx.connect.*`, `mx.smtp.*`,
//! `mx.starttls.*`, `mx.tls.*` (RFC 8461 §4, §7.1, §7.2).

use std::net::IpAddr;

use findings::{Code, Finding, Severity, Subject};

use super::{
    fold::fold,
    session::{AddressState, state},
    view::View,
};
use crate::facts::{
    Answered, HandshakeFault, HostFact, MxSet, SessionFact, SessionOutcome, Starttls,
};

pub(super) fn check(view: &View<'_>, out: &mut Vec<Finding>) {
    targets(view, out);
    for host in &view.facts.hosts {
        addresses(host, out);
        connections(view, host, out);
        starttls(view, host, out);
        protocol(view, host, out);
        active(view, host, out);
    }
}

/// MX targets that are no host names, and a domain that does not exist.
fn targets(view: &View<'_>, out: &mut Vec<Finding>) {
    let unresolvable = |name: &str, detail: &'static str| {
        Finding::new(Code::MxDnsUnresolvable)
            .about(Subject::Name(name.to_owned()))
            .arg("host", name)
            .arg("name", name)
            .arg("detail", detail)
    };
    match &view.facts.mx.answer.result {
        Answered::NxDomain => {
            out.push(unresolvable(
                view.facts.domain.as_str(),
                "the domain does not exist",
            ));
        }
        Answered::Found(MxSet::Hosts { unusable, .. }) => out.extend(
            unusable
                .iter()
                .map(|target| unresolvable(target, "the MX target is no host name")),
        ),
        _ => {}
    }
}

/// A host without any address. A look-up that failed says nothing of that.
fn addresses(host: &HostFact, out: &mut Vec<Finding>) {
    let none = |absent: bool, empty: bool| absent || empty;
    let v4 = none(
        host.v4.is_absent(),
        host.v4.found().is_some_and(Vec::is_empty),
    );
    let v6 = none(
        host.v6.is_absent(),
        host.v6.found().is_some_and(Vec::is_empty),
    );
    if v4 && v6 {
        let nxdomain = host.v4.result == Answered::NxDomain;
        let detail = if nxdomain {
            "the name does not exist"
        } else {
            "neither A nor AAAA"
        };
        out.push(
            Finding::new(Code::MxDnsUnresolvable)
                .about(Subject::Name(host.host.to_string()))
                .arg("host", &host.host)
                .arg("name", &host.host)
                .arg("detail", detail),
        );
    }
}

/// Whether nobody was reached at the address.
fn is_dead(session: &SessionFact) -> bool {
    matches!(
        state(session),
        AddressState::Refused | AddressState::Timeout | AddressState::Unreachable
    )
}

/// Ports that are closed or silent, and hosts that do not greet.
fn connections(view: &View<'_>, host: &HostFact, out: &mut Vec<Finding>) {
    let v4_works = host
        .sessions
        .iter()
        .any(|seen| seen.address.is_ipv4() && !is_dead(seen));
    let dead_v6: Vec<_> = host
        .sessions
        .iter()
        .filter(|seen| seen.address.is_ipv6() && is_dead(seen))
        .collect();
    let v6_works = host
        .sessions
        .iter()
        .any(|seen| seen.address.is_ipv6() && !is_dead(seen));
    let only_v6 = v4_works && !v6_works;
    // Where nothing at all is reached over IPv6, this side has none.
    if let Some(first) = dead_v6.first()
        && only_v6
        && !view.without_v6
    {
        out.push(
            Finding::new(Code::MxV6Unreachable)
                .about(Subject::Address(host.host.to_string(), first.address))
                .arg("host", &host.host)
                .arg("address", first.address)
                .arg("detail", trouble(&first.outcome)),
        );
    }
    let hits: Vec<_> = host
        .sessions
        .iter()
        .filter(|seen| !(seen.address.is_ipv6() && is_dead(seen) && only_v6))
        .filter_map(|seen| {
            // What this side cannot reach is no fault of the host.
            let ours = view.without_v6 && seen.address.is_ipv6();
            let limit = if ours { Severity::Info } else { Severity::Crit };
            Some((seen.address, connection(seen)?.at_most(limit)))
        })
        .collect();
    fold(host.host.as_str(), host.sessions.len(), &hits, out);
}

fn connection(session: &SessionFact) -> Option<Finding> {
    let code = match &session.outcome {
        SessionOutcome::Refused => Code::MxConnectRefused,
        SessionOutcome::ConnectTimeout | SessionOutcome::Unreachable(_) => Code::MxConnectTimeout,
        // The port is open; whoever listens there does not talk as a mail server does.
        SessionOutcome::Timeout(_)
        | SessionOutcome::Greeting { .. }
        | SessionOutcome::Protocol(_) => Code::MxSmtpBanner,
        SessionOutcome::Reserved | SessionOutcome::Smtp { .. } => return None,
    };
    let detail = trouble(&session.outcome);
    Some(
        Finding::new(code)
            .arg("value", &detail)
            .arg("detail", &detail),
    )
}

/// An outcome without SMTP, in words.
fn trouble(outcome: &SessionOutcome) -> String {
    match outcome {
        SessionOutcome::Reserved => "an address of special use".to_owned(),
        SessionOutcome::Refused => "the connection was refused".to_owned(),
        SessionOutcome::ConnectTimeout => "no connection in time".to_owned(),
        SessionOutcome::Unreachable(words) | SessionOutcome::Protocol(words) => words.clone(),
        SessionOutcome::Timeout(step) => format!("connected, then nothing in time at {step}"),
        SessionOutcome::Greeting { code: 0, text } => text.clone(),
        SessionOutcome::Greeting { code, text } => format!("{code} {text}"),
        SessionOutcome::Smtp { banner, .. } => banner.clone(),
    }
}

/// `STARTTLS` that is missing or fails (RFC 8461 §4, RFC 7672 §2.2).
fn starttls(view: &View<'_>, host: &HostFact, out: &mut Vec<Finding>) {
    let limit = view.channel_weight(host);
    let hits: Vec<_> = host
        .sessions
        .iter()
        .filter_map(|seen| {
            let SessionOutcome::Smtp {
                starttls,
                extensions,
                ..
            } = &seen.outcome
            else {
                return None;
            };
            let (code, detail) = match state(seen) {
                AddressState::NoStarttls => (
                    Code::MxStarttlsMissing,
                    format!("EHLO answers {}", extensions.join(", ")),
                ),
                AddressState::StarttlsFailed => (Code::MxStarttlsFailed, failure(starttls)),
                _ => return None,
            };
            let finding = Finding::new(code)
                .at_most(limit)
                .arg("value", &detail)
                .arg("detail", &detail);
            Some((seen.address, finding))
        })
        .collect();
    fold(host.host.as_str(), smtp_addresses(host), &hits, out);
}

/// How many addresses speak SMTP.
fn smtp_addresses(host: &HostFact) -> usize {
    let smtp = |seen: &&SessionFact| matches!(seen.outcome, SessionOutcome::Smtp { .. });
    host.sessions.iter().filter(smtp).count()
}

/// Why `STARTTLS` came to nothing, in words.
fn failure(starttls: &Starttls) -> String {
    match starttls {
        Starttls::Missing => "not announced".to_owned(),
        Starttls::Refused { code, text } => format!("{code} {text}"),
        Starttls::Failed(fault) => handshake(fault),
        Starttls::Established(tls) => tls.version.clone(),
    }
}

/// Why a handshake failed, in words.
pub(super) fn handshake(fault: &HandshakeFault) -> String {
    match fault {
        HandshakeFault::Alert { code, name } => format!("TLS alert {code} {name}"),
        HandshakeFault::NotTls => "what answered is not TLS".to_owned(),
        HandshakeFault::Closed => "the connection was closed during the handshake".to_owned(),
        HandshakeFault::Timeout => "the handshake took too long".to_owned(),
        HandshakeFault::Buffered => "data in clear came behind the answer to STARTTLS".to_owned(),
        HandshakeFault::Other(words) => words.clone(),
    }
}

/// Versions and cipher suites of old (RFC 8461 §7.2, RFC 8996, RFC 9325).
fn protocol(view: &View<'_>, host: &HostFact, out: &mut Vec<Finding>) {
    let limit = view.channel_weight(host);
    let mut hits: Vec<(IpAddr, Finding)> = Vec::new();
    for seen in &host.sessions {
        let presented = seen.presented.as_ref();
        let version = presented.map_or("older than TLS 1.2", |found| found.version.as_str());
        let cipher = presented.map_or("", |found| found.cipher.as_str());
        match state(seen) {
            // A refusal by our TLS library alone is no refusal by every sender.
            AddressState::OldCiphers => hits.push((
                seen.address,
                Finding::new(Code::MxTlsOldCiphers)
                    .at_most(limit)
                    .arg("value", cipher)
                    .arg("detail", format!("{version} {cipher}")),
            )),
            AddressState::OldTls => hits.push((
                seen.address,
                Finding::new(Code::MxTlsVersion)
                    .at_most(limit)
                    .arg("value", version)
                    .arg("detail", version),
            )),
            _ if seen.legacy == Some(true) => hits.push((
                seen.address,
                Finding::new(Code::MxTlsLegacy)
                    .arg("value", "TLS 1.0 or 1.1")
                    .arg("detail", "TLS 1.0 or 1.1"),
            )),
            _ => {}
        }
    }
    fold(host.host.as_str(), smtp_addresses(host), &hits, out);
}

/// What a second session shows: one without SNI, one with a command behind `STARTTLS`.
fn active(view: &View<'_>, host: &HostFact, out: &mut Vec<Finding>) {
    let limit = view.channel_weight(host).min(Severity::Error);
    let mut hits: Vec<(IpAddr, Finding)> = Vec::new();
    for seen in &host.sessions {
        if seen.injection == Some(true) {
            hits.push((seen.address, Finding::new(Code::MxStarttlsInjection)));
        }
        let SessionOutcome::Smtp {
            starttls: Starttls::Established(tls),
            ..
        } = &seen.outcome
        else {
            continue;
        };
        match seen.without_sni.as_deref() {
            // RFC 8461 §7.1: servers must not insist on SNI.
            Some(SessionOutcome::Smtp {
                starttls: Starttls::Failed(fault),
                ..
            }) => hits.push((
                seen.address,
                Finding::new(Code::MxTlsSniRequired)
                    .at_most(limit)
                    .arg("detail", handshake(fault)),
            )),
            Some(SessionOutcome::Smtp {
                starttls: Starttls::Established(other),
                ..
            }) if tls.chain.first().map(|cert| &cert.sha256)
                != other.chain.first().map(|cert| &cert.sha256) =>
            {
                let subject = other.chain.first().map_or("", |cert| cert.subject.as_str());
                hits.push((
                    seen.address,
                    Finding::new(Code::MxTlsSniIgnored)
                        .arg("value", subject)
                        .arg("detail", subject),
                ));
            }
            _ => {}
        }
    }
    fold(host.host.as_str(), smtp_addresses(host), &hits, out);
}
