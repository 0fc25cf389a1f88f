//! What was seen, one line each, as soon as it was.

use decide::facts::{
    Answered, CertFault, DaneOutcome, FetchFact, FetchFault, FetchOutcome, HandshakeFault, MxFact,
    MxSet, SessionFact, SessionOutcome, Starttls, TlsFact,
};
use names::Host;
use probe::Seen;

/// The line for what was seen.
pub(crate) fn line(seen: &Seen<'_>) -> String {
    match seen {
        Seen::Fetch(fetch) => fetched(fetch),
        Seen::Mx(mx) => format!("  {:<12}{}", "MX", hosts(mx)),
        Seen::Session(host, session) => talked(host, session),
    }
}

fn fetched(fact: &FetchFact) -> String {
    let what = match &fact.outcome {
        FetchOutcome::Fetched(fetched) => {
            format!("policy of {} bytes", fetched.body.0.len())
        }
        FetchOutcome::Failed(fault) => format!("no policy: {}", fetch_fault(fault, fact)),
    };
    format!(
        "  {:<12}[{}] {what} ({} ms)",
        "policy host", fact.address, fact.elapsed_ms
    )
}

/// Why a fetch failed, in a few words.
pub(crate) fn fetch_fault(fault: &FetchFault, fact: &FetchFact) -> String {
    match fault {
        FetchFault::Reserved => "special-use address, not dialled".to_owned(),
        FetchFault::Refused => "connection refused".to_owned(),
        FetchFault::ConnectTimeout => "connection timed out".to_owned(),
        FetchFault::Unreachable(detail) | FetchFault::Protocol(detail) => clean(detail),
        FetchFault::NotTls => "the port does not speak TLS".to_owned(),
        FetchFault::Handshake(fault) => handshake(fault),
        FetchFault::Certificate => match &fact.tls {
            Some(tls) => faults(&tls.faults),
            None => "bad certificate".to_owned(),
        },
        FetchFault::Status {
            code,
            location: Some(to),
        } => {
            format!("HTTP status {code} to {}", clean(to))
        }
        FetchFault::Status {
            code,
            location: None,
        } => format!("HTTP status {code}"),
        FetchFault::TooLarge { limit } => format!("more than {limit} bytes"),
        FetchFault::Timeout(stage) => format!("timed out: {stage}"),
        FetchFault::Truncated => "body cut short".to_owned(),
    }
}

fn hosts(mx: &MxFact) -> String {
    match &mx.answer.result {
        Answered::Found(MxSet::Null) => "null MX: no mail".to_owned(),
        Answered::Found(MxSet::Hosts { records, .. }) => {
            let each: Vec<_> = records
                .iter()
                .map(|mx| format!("{} {}", mx.preference, mx.host))
                .collect();
            each.join(", ")
        }
        Answered::NoData => "none: the domain itself".to_owned(),
        Answered::NxDomain => "the domain does not exist".to_owned(),
        Answered::Fault(fault) => format!("no answer from DNS: {fault:?}").to_lowercase(),
        Answered::NotAsked => "not asked".to_owned(),
    }
}

fn talked(host: &Host, fact: &SessionFact) -> String {
    format!(
        "  {host} [{}] {} ({} ms)",
        fact.address,
        session(&fact.outcome),
        fact.elapsed_ms
    )
}

/// How far a session went, in a few words.
pub(crate) fn session(outcome: &SessionOutcome) -> String {
    match outcome {
        SessionOutcome::Reserved => "special-use address, not dialled".to_owned(),
        SessionOutcome::Refused => "connection refused".to_owned(),
        SessionOutcome::ConnectTimeout => "connection timed out".to_owned(),
        SessionOutcome::Unreachable(detail) | SessionOutcome::Protocol(detail) => clean(detail),
        SessionOutcome::Timeout(stage) => format!("no answer in time at: {stage}"),
        SessionOutcome::Greeting { code, text } => format!("greets with {code} {}", clean(text)),
        SessionOutcome::Smtp { starttls, .. } => match starttls {
            Starttls::Missing => "no STARTTLS".to_owned(),
            Starttls::Refused { code, text } => {
                format!("STARTTLS refused with {code} {}", clean(text))
            }
            Starttls::Failed(fault) => format!("STARTTLS failed: {}", handshake(fault)),
            Starttls::Established(tls) => established(tls),
        },
    }
}

fn established(tls: &TlsFact) -> String {
    let certificate = if tls.faults.is_empty() {
        "certificate good".to_owned()
    } else {
        faults(&tls.faults)
    };
    let dane = match &tls.dane {
        None => "",
        Some(DaneOutcome::Match { .. }) => ", DANE matches",
        Some(DaneOutcome::NoMatch) => ", DANE does not match",
        Some(DaneOutcome::TaNotSent) => ", DANE trust anchor not sent",
        Some(DaneOutcome::TaInvalid(_)) => ", DANE trust anchor does not hold",
    };
    format!("{}, {certificate}{dane}", tls.version)
}

fn faults(faults: &[CertFault]) -> String {
    let each: Vec<_> = faults.iter().map(fault).collect();
    format!("certificate {}", each.join(", "))
}

fn fault(fault: &CertFault) -> String {
    match fault {
        CertFault::Expired => "expired".to_owned(),
        CertFault::NotYetValid => "not valid yet".to_owned(),
        CertFault::NameMismatch => "for another name".to_owned(),
        CertFault::CnOnly => "with the name in its CN only".to_owned(),
        CertFault::SelfSigned => "self-signed".to_owned(),
        CertFault::Untrusted => "of an issuer that is not trusted".to_owned(),
        CertFault::IncompleteChain => "without its intermediate".to_owned(),
        CertFault::Other(detail) => clean(detail),
    }
}

fn handshake(fault: &HandshakeFault) -> String {
    match fault {
        HandshakeFault::Alert { code, name } => format!("TLS alert {name} ({code})"),
        HandshakeFault::NotTls => "not TLS".to_owned(),
        HandshakeFault::Closed => "the connection closed in the handshake".to_owned(),
        HandshakeFault::Timeout => "the handshake timed out".to_owned(),
        HandshakeFault::Buffered => "data in clear behind STARTTLS".to_owned(),
        HandshakeFault::Other(detail) => clean(detail),
    }
}

/// What comes from the network is cut, and holds no control character.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .take(120)
        .map(super::pointer::printable)
        .filter(|c| *c != '\n')
        .collect()
}
