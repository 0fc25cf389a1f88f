//! One session with an MX host, boiled down: how far it went, and what its certificates are worth.

use std::net::IpAddr;

use names::{Host, MxPattern};
use serde::Serialize;

use super::{
    covers::{self, Mismatch},
    view::View,
};
use crate::facts::{
    CertFact, CertFault, DaneOutcome, HandshakeFault, HostFact, SessionFact, SessionOutcome,
    Starttls, TlsaFact,
};

/// What is to be said of one MX host.
#[derive(Clone, Debug, Serialize)]
pub struct MxAssessment {
    /// The host.
    pub host: Host,
    /// Its preference; none for an implicit MX.
    pub preference: Option<u16>,
    /// The pattern of the policy that covers it (RFC 8461 §4.1).
    pub pattern: Option<MxPattern>,
    /// How the patterns miss it, where there are some and none covers it.
    pub mismatch: Option<Mismatch>,
    /// Each address that was tried.
    pub addresses: Vec<AddressAssessment>,
    /// How it stands with DANE.
    pub dane: DaneState,
}

/// What is to be said of one address of an MX host.
#[derive(Clone, Debug, Serialize)]
pub struct AddressAssessment {
    /// The address.
    pub address: IpAddr,
    /// How far the session went.
    pub state: AddressState,
    /// The TLS version spoken, where TLS was spoken.
    pub tls: Option<String>,
    /// Faults of the certificates by public rules; none where no certificate was seen.
    pub faults: Option<Vec<CertFault>>,
    /// How the certificates compare with the usable TLSA records.
    pub dane: Option<DaneOutcome>,
}

/// How far a session with an address went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddressState {
    /// An address of special use, not dialled.
    Reserved,
    /// The port is closed.
    Refused,
    /// No connection, or no word, in time.
    Timeout,
    /// No route.
    Unreachable,
    /// Connected, but nothing greets as a mail server should.
    NotSmtp,
    /// `STARTTLS` is not announced.
    NoStarttls,
    /// `STARTTLS` is refused, or the handshake fails.
    StarttlsFailed,
    /// TLS 1.2 only with cipher suites that strict senders refuse.
    OldCiphers,
    /// Nothing newer than TLS 1.1.
    OldTls,
    /// TLS stands; the certificate is not valid by public rules.
    CertificateInvalid,
    /// TLS stands and the certificate is valid by public rules.
    Valid,
}

/// How an MX host stands with DANE (RFC 7672).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DaneState {
    /// DANE does not apply: no secure TLSA records.
    NotApplicable,
    /// Every address that was reached presents what the records say.
    Match,
    /// Some address presents something else.
    Mismatch,
    /// Records that nobody can use: TLS is required, authentication is not possible.
    Unusable,
    /// Usable records, and no certificate was seen.
    NotSeen,
    /// DNS could not tell.
    Unknown,
}

/// The certificates that an address presents, in a full session or to the hand-written hello.
pub(super) struct Seen<'a> {
    pub(super) address: IpAddr,
    pub(super) chain: &'a [CertFact],
    pub(super) faults: &'a [CertFault],
    pub(super) dane: Option<&'a DaneOutcome>,
}

/// What the address presents; none where no certificate came so far.
pub(super) fn seen(session: &SessionFact) -> Option<Seen<'_>> {
    let address = session.address;
    match &session.outcome {
        SessionOutcome::Smtp {
            starttls: Starttls::Established(tls),
            ..
        } => {
            let (chain, faults, dane) = (&tls.chain, &tls.faults, tls.dane.as_ref());
            Some(Seen {
                address,
                chain,
                faults,
                dane,
            })
        }
        SessionOutcome::Smtp {
            starttls: Starttls::Failed(_),
            ..
        } => {
            let presented = session
                .presented
                .as_ref()
                .filter(|seen| !seen.chain.is_empty())?;
            let (chain, faults, dane) =
                (&presented.chain, &presented.faults, presented.dane.as_ref());
            Some(Seen {
                address,
                chain,
                faults,
                dane,
            })
        }
        _ => None,
    }
}

/// Every address of the host that presents certificates.
pub(super) fn all_seen(host: &HostFact) -> Vec<Seen<'_>> {
    host.sessions.iter().filter_map(seen).collect()
}

/// The alert by which a peer says that it speaks no version of ours (RFC 8446 §6.2).
pub(super) const ALERT_PROTOCOL_VERSION: u8 = 70;

/// How far the session went.
pub(super) fn state(session: &SessionFact) -> AddressState {
    match &session.outcome {
        SessionOutcome::Reserved => AddressState::Reserved,
        SessionOutcome::Refused => AddressState::Refused,
        SessionOutcome::ConnectTimeout | SessionOutcome::Timeout(_) => AddressState::Timeout,
        SessionOutcome::Unreachable(_) => AddressState::Unreachable,
        SessionOutcome::Greeting { .. } | SessionOutcome::Protocol(_) => AddressState::NotSmtp,
        SessionOutcome::Smtp { starttls, .. } => match starttls {
            Starttls::Missing => AddressState::NoStarttls,
            Starttls::Refused { .. } => AddressState::StarttlsFailed,
            Starttls::Failed(fault) => failed(session, fault),
            Starttls::Established(tls) if tls.faults.is_empty() => AddressState::Valid,
            Starttls::Established(_) => AddressState::CertificateInvalid,
        },
    }
}

/// Whose fault a failed handshake is: what the host presents to the hand-written hello tells.
fn failed(session: &SessionFact, fault: &HandshakeFault) -> AddressState {
    match (&session.presented, fault) {
        (Some(presented), _) if presented.tls12 => AddressState::OldCiphers,
        (Some(_), _)
        | (
            None,
            HandshakeFault::Alert {
                code: ALERT_PROTOCOL_VERSION,
                ..
            },
        ) => AddressState::OldTls,
        (None, _) => AddressState::StarttlsFailed,
    }
}

/// How the host stands with DANE.
pub(super) fn dane_state(host: &HostFact) -> DaneState {
    match &host.tlsa_fact {
        TlsaFact::NotApplicable => DaneState::NotApplicable,
        TlsaFact::Unusable { .. } => DaneState::Unusable,
        TlsaFact::Unknown(_) => DaneState::Unknown,
        TlsaFact::Records { .. } => {
            let outcomes: Vec<_> = all_seen(host).iter().filter_map(|seen| seen.dane).collect();
            if outcomes.is_empty() {
                DaneState::NotSeen
            } else if outcomes
                .iter()
                .all(|dane| matches!(dane, DaneOutcome::Match { .. }))
            {
                DaneState::Match
            } else {
                DaneState::Mismatch
            }
        }
    }
}

/// Every MX host.
pub(super) fn hosts(view: &View<'_>) -> Vec<MxAssessment> {
    view.facts
        .hosts
        .iter()
        .map(|host| MxAssessment {
            host: host.host.clone(),
            preference: host.preference,
            pattern: view.pattern(&host.host).cloned(),
            mismatch: covers::mismatch(view, &host.host),
            addresses: host.sessions.iter().map(address).collect(),
            dane: dane_state(host),
        })
        .collect()
}

fn address(session: &SessionFact) -> AddressAssessment {
    let version = match &session.outcome {
        SessionOutcome::Smtp {
            starttls: Starttls::Established(tls),
            ..
        } => Some(&tls.version),
        SessionOutcome::Smtp { .. } => session.presented.as_ref().map(|seen| &seen.version),
        _ => None,
    };
    let seen = seen(session);
    AddressAssessment {
        address: session.address,
        state: state(session),
        tls: version.cloned(),
        faults: seen.as_ref().map(|seen| seen.faults.to_vec()),
        dane: seen.and_then(|seen| seen.dane.cloned()),
    }
}
