//! The one word for a domain.
//!
//! `unknown` comes first: where something that decides could not be looked up, a list of findings
//! is not the whole truth. On our side of the question are: a resolver that gives no answer
//! (timeout, SERVFAIL, REFUSED, nonsense) for the record, the MX RRset, the addresses of the policy
//! host or of an MX host, or the TLSRPT record; no connection to any MX address at all, for then
//! port 25 is more likely blocked here; no route to any address of the policy host; and TLSA
//! records that this resolver cannot prove.
//!
//! The domain's own faults are: DNSSEC that does not validate, a CNAME loop, TLSA questions that
//! its name servers choke on (RFC 7672 §2.1.2), a name server of its own that does not answer, a
//! port that refuses, one MX host of several that is silent, and whatever is wrong with the policy
//! host.

use findings::{Finding, Severity};
use serde::Serialize;

use super::{host::has_address, view::View};
use crate::facts::{
    DnsFault, FetchFault, FetchOutcome, HostFact, SessionFact, SessionOutcome, TlsaFact,
};

/// The one word for a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing heavier than a remark.
    Pass,
    /// Something that works today and will hurt.
    Warn,
    /// Something of severity error or crit.
    Fail,
    /// Something that decides could not be looked up.
    Unknown,
}

impl Verdict {
    /// The word for it in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
        }
    }
}

pub(super) fn verdict(view: &View<'_>, findings: &[Finding]) -> Verdict {
    if unanswered(view) || unconnected(view) || unproven(view) {
        return Verdict::Unknown;
    }
    match findings.iter().map(Finding::severity).max() {
        Some(Severity::Crit | Severity::Error) => Verdict::Fail,
        Some(Severity::Warn) => Verdict::Warn,
        Some(Severity::Info | Severity::Ok) | None => Verdict::Pass,
    }
}

/// Whether a fault of a look-up is on our side of the question.
fn is_ours(fault: Option<DnsFault>) -> bool {
    match fault {
        Some(
            DnsFault::Timeout
            | DnsFault::Unreachable
            | DnsFault::ServFail
            | DnsFault::Refused
            | DnsFault::Malformed
            | DnsFault::Other,
        ) => true,
        Some(DnsFault::Bogus | DnsFault::Loop | DnsFault::NotValidating) | None => false,
    }
}

fn unanswered(view: &View<'_>) -> bool {
    let facts = view.facts;
    let policy_host = &facts.sts.host;
    let host_unknown = |host: &HostFact| {
        let found = host.v4.found().is_some() || host.v6.found().is_some();
        !found && (is_ours(host.v4.fault()) || is_ours(host.v6.fault()))
    };
    is_ours(facts.sts.txt.fault())
        || is_ours(facts.mx.answer.fault())
        || is_ours(facts.tlsrpt.txt.fault())
        || facts.hosts.iter().any(host_unknown)
        || (view.record.is_present()
            && !has_address(policy_host)
            && (is_ours(policy_host.v4.fault()) || is_ours(policy_host.v6.fault())))
}

fn unconnected(view: &View<'_>) -> bool {
    let silent = |session: &SessionFact| {
        matches!(
            session.outcome,
            SessionOutcome::ConnectTimeout | SessionOutcome::Unreachable(_)
        )
    };
    let mut sessions = view
        .facts
        .hosts
        .iter()
        .flat_map(|host| &host.sessions)
        .peekable();
    if sessions.peek().is_some() && sessions.all(silent) {
        return true;
    }
    let mut fetches = view.facts.sts.host.fetches.iter().peekable();
    fetches.peek().is_some()
        && fetches.all(|fetch| {
            matches!(
                fetch.outcome,
                FetchOutcome::Failed(FetchFault::Unreachable(_))
            )
        })
}

/// TLSA records that are there, before a resolver that proves nothing.
fn unproven(view: &View<'_>) -> bool {
    view.facts.hosts.iter().any(|host| {
        host.tlsa_fact == TlsaFact::Unknown(DnsFault::NotValidating)
            && host.tlsa.iter().any(|asked| asked.answer.found().is_some())
    })
}
