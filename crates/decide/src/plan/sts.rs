use jiff::{SignedDuration, Timestamp};
use mta_sts::{Mode, Policy, PolicyId, RecordOutcome, policy, record};
use serde::Serialize;

use super::{Overrides, Sender};
use crate::{
    Reason,
    facts::{
        Answered, CachedPolicy, Facts, FetchFact, FetchFault, FetchOutcome, Fetched,
        PolicyHostFact, StsFact,
    },
};

/// Which MTA-STS policy a sender applies now, and why (RFC 8461 §3.3, §5.1).
#[derive(Clone, Debug, Serialize)]
pub struct StsState {
    /// The policy in force; none where the sender goes on as if the domain had none.
    pub policy: Option<InForce>,
    /// Whether DNS said just now whether there is a record. RFC 8461 §5.1: under `enforce` no mail
    /// is returned for good before that was looked at.
    pub record_seen: bool,
    /// What led there, in order.
    pub reasons: Vec<Reason>,
}

/// A policy in force.
#[derive(Clone, Debug, Serialize)]
pub struct InForce {
    /// The id of the record that it was fetched for.
    pub id: PolicyId,
    /// The policy.
    pub policy: Policy,
    /// What the sender takes its mode for: `enforce` for `testing` where it was told to.
    pub mode: Mode,
    /// Where it came from.
    pub source: Source,
    /// The moment from which it is not used any more: the fetch and `max_age`.
    pub until: Timestamp,
}

/// Where a policy came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Fetched just now.
    Fetched,
    /// Fetched before and still valid.
    Cached,
}

/// What the fetches of a policy come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Live {
    /// A valid policy.
    Policy(Policy),
    /// No policy.
    Failed(Reason),
}

impl StsState {
    /// What `facts` mean to `sender` at `now`.
    pub fn of(facts: &Facts, sender: &Sender, overrides: &Overrides, now: Timestamp) -> Self {
        if !sender.sts || overrides.ignore_sts {
            return Self {
                policy: None,
                record_seen: false,
                reasons: vec![Reason::StsOff],
            };
        }
        let mut state = discover(&facts.sts, now);
        if overrides.strict_testing
            && let Some(policy) = state.policy.as_mut()
            && policy.mode == Mode::Testing
        {
            policy.mode = Mode::Enforce;
            state.reasons.push(Reason::StsStrict);
        }
        state
    }
}

/// What the fetches of the policy come to, the media type and the grammar included
/// (RFC 8461 §3.2, §3.3).
///
/// A sender goes to the next address while no connection is made; whatever answers first decides.
pub fn live(host: &PolicyHostFact) -> Live {
    let decisive = host
        .fetches
        .iter()
        .find(|fetch| connected(fetch))
        .or_else(|| host.fetches.last());
    let Some(fetch) = decisive else {
        return Live::Failed(unresolved(host));
    };
    match &fetch.outcome {
        FetchOutcome::Failed(fault) => Live::Failed(Reason::StsFetchFailed(fault.clone())),
        // RFC 8461 §3.3: a policy whose host's certificate fails is no policy.
        FetchOutcome::Fetched(_)
            if fetch.tls.as_ref().is_some_and(|tls| !tls.faults.is_empty()) =>
        {
            Live::Failed(Reason::StsFetchFailed(FetchFault::Certificate))
        }
        FetchOutcome::Fetched(fetched) => read(fetched),
    }
}

fn connected(fetch: &FetchFact) -> bool {
    !matches!(
        fetch.outcome,
        FetchOutcome::Failed(
            FetchFault::Reserved
                | FetchFault::Refused
                | FetchFault::ConnectTimeout
                | FetchFault::Unreachable(_)
        )
    )
}

/// Why nothing was fetched at all.
fn unresolved(host: &PolicyHostFact) -> Reason {
    let found = host.v4.found().is_some() || host.v6.found().is_some();
    let asked = host.v4.result != Answered::NotAsked || host.v6.result != Answered::NotAsked;
    if found || !asked {
        return Reason::StsNotFetched;
    }
    Reason::StsHostUnresolved(host.v4.fault().or_else(|| host.v6.fault()))
}

fn read(fetched: &Fetched) -> Live {
    // RFC 8461 §3.2: senders should look at the media type, so that a page made by a customer of
    // a web host never becomes a policy.
    if !fetched.content_type.as_deref().is_some_and(is_text_plain) {
        return Live::Failed(Reason::StsMediaType(fetched.content_type.clone()));
    }
    if let Some(encoding) = &fetched.content_encoding {
        return Live::Failed(Reason::StsEncoding(encoding.clone()));
    }
    match policy::parse(&fetched.body.0).value {
        Some(policy) => Live::Policy(policy),
        None => Live::Failed(Reason::StsPolicyInvalid),
    }
}

/// Parameters are ignored: RFC 8461 §3.2 names `charset` only to say what it may be.
fn is_text_plain(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("text/plain")
}

/// RFC 8461 §3.3: a live policy, else one that was fetched before and has not ended, else none.
fn discover(facts: &StsFact, now: Timestamp) -> StsState {
    let mut reasons = Vec::new();
    let record_seen = !matches!(facts.txt.result, Answered::Fault(_) | Answered::NotAsked);
    let fetched = match record_id(facts) {
        Ok(id) => match live(&facts.host) {
            Live::Policy(policy) => Some((id, policy)),
            // RFC 8461 §5.1: with the id unchanged there is nothing to fetch before it ends.
            Live::Failed(Reason::StsNotFetched) if holds_id(facts, &id, now) => None,
            Live::Failed(reason) => {
                reasons.push(reason);
                None
            }
        },
        Err(reason) => {
            reasons.push(reason);
            None
        }
    };
    let policy = match fetched {
        Some((id, policy)) => {
            reasons.push(Reason::StsFetched(policy.mode));
            let until = end(now, &policy);
            Some(InForce {
                id,
                mode: policy.mode,
                policy,
                source: Source::Fetched,
                until,
            })
        }
        None => facts
            .cached
            .as_ref()
            .and_then(|cached| from_cache(cached, now, &mut reasons)),
    };
    StsState {
        policy,
        record_seen,
        reasons,
    }
}

/// The id of the one record, or why there is none (RFC 8461 §3.1).
fn record_id(facts: &StsFact) -> Result<PolicyId, Reason> {
    match &facts.txt.result {
        Answered::Found(texts) => match record::parse_set(texts).outcome {
            RecordOutcome::Record(record) => Ok(record.id),
            RecordOutcome::None => Err(Reason::StsRecordNone),
            RecordOutcome::Invalid => Err(Reason::StsRecordInvalid),
        },
        Answered::NoData | Answered::NxDomain => Err(Reason::StsNoRecord),
        Answered::Fault(fault) => Err(Reason::StsRecordUnknown(*fault)),
        Answered::NotAsked => Err(Reason::StsRecordNotAsked),
    }
}

fn holds_id(facts: &StsFact, id: &PolicyId, now: Timestamp) -> bool {
    facts
        .cached
        .as_ref()
        .is_some_and(|cached| cached.id == *id && now < cached_end(cached))
}

/// A policy that was fetched before holds until `max_age` is over, whatever became of the record
/// (RFC 8461 §3.3, §5.1).
fn from_cache(cached: &CachedPolicy, now: Timestamp, reasons: &mut Vec<Reason>) -> Option<InForce> {
    let until = cached_end(cached);
    if now >= until {
        reasons.push(Reason::StsExpired { at: until });
        return None;
    }
    reasons.push(Reason::StsCached {
        mode: cached.policy.mode,
        until,
    });
    Some(InForce {
        id: cached.id,
        mode: cached.policy.mode,
        policy: cached.policy.clone(),
        source: Source::Cached,
        until,
    })
}

fn cached_end(cached: &CachedPolicy) -> Timestamp {
    end(cached.fetched_at, &cached.policy)
}

/// RFC 8461 §3.2: `max_age` counts from the fetch.
fn end(fetched_at: Timestamp, policy: &Policy) -> Timestamp {
    let seconds = i64::try_from(policy.max_age.secs()).unwrap_or(i64::MAX);
    fetched_at
        .checked_add(SignedDuration::from_secs(seconds))
        .unwrap_or(Timestamp::MAX)
}
