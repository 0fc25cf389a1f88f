//! What the facts come to before anybody judges: the record, the policy, and what holds for the MX
//! hosts.

use findings::{Code, Finding, Severity, Subject};
use jiff::Timestamp;
use mta_sts::{Mode, Policy, RecordOutcome, policy, record};
use names::{Host, MxPattern};

use super::publish;
use crate::{
    facts::{
        Answered, CertFact, Facts, FetchOutcome, Fetched, HostFact, SessionOutcome, Text, TlsaFact,
    },
    plan::{self, Live},
};

/// The facts and what they come to.
pub(super) struct View<'a> {
    pub(super) facts: &'a Facts,
    pub(super) now: Timestamp,
    /// The record.
    pub(super) record: RecordState,
    /// What the first body that was fetched says, where it is a policy; whether senders take it,
    /// [`plan::live`] tells.
    pub(super) policy: Option<Policy>,
    /// What the parser said of the first body that was fetched.
    pub(super) policy_findings: Vec<Finding>,
    /// The patterns that MX hosts are held against: those of the policy of today, else of one kept
    /// from before. Empty under mode `none`, and where no policy is known.
    pub(super) patterns: Vec<MxPattern>,
    /// What makes MTA-STS senders care about the MX hosts.
    pub(super) hold: Hold,
    /// Nothing was reached over IPv6 because there is no route: this side has none.
    pub(super) without_v6: bool,
}

/// The record at `_mta-sts.`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RecordState {
    /// A usable one.
    Good,
    /// Something that was meant as one: malformed, or more than one.
    Broken,
    /// None.
    Absent,
    /// DNS could not tell, or was not asked.
    Unknown,
}

/// How hard MTA-STS senders look at the MX hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// An `enforce` policy is in force: hosts that fail get no mail.
    Enforce,
    /// A `testing` policy is in force, or a good policy is served that senders do not take: its
    /// record is broken, or the way it is served is.
    Testing,
    /// No policy that a sender would apply.
    Nothing,
}

impl RecordState {
    /// Whether somebody means this domain to have MTA-STS.
    pub(super) fn is_present(self) -> bool {
        matches!(self, Self::Good | Self::Broken)
    }
}

impl<'a> View<'a> {
    /// Reads record and policy; what the record's parser says goes to `out`.
    pub(super) fn new(facts: &'a Facts, now: Timestamp, out: &mut Vec<Finding>) -> Self {
        let record = read_record(facts, now, out);
        // An encoded body is no text: that it is encoded is the one fault.
        let parsed = first_fetched(facts)
            .filter(|fetched| fetched.content_encoding.is_none())
            .map(|fetched| policy::parse(fetched.body.as_ref()));
        let (policy, policy_findings) =
            parsed.map_or((None, Vec::new()), |parsed| (parsed.value, parsed.findings));
        let (applied, hold) = applied(facts, now, record, policy.as_ref());
        let patterns = match applied {
            Some(policy) if policy.mode != Mode::None => policy.mx.clone(),
            _ => Vec::new(),
        };
        let without_v6 = without_v6(facts);
        Self {
            facts,
            now,
            record,
            policy,
            policy_findings,
            patterns,
            hold,
            without_v6,
        }
    }

    /// The name of the record.
    pub(super) fn record_name(&self) -> String {
        format!("_mta-sts.{}", self.facts.domain)
    }

    /// The name of the policy host (RFC 8461 §3.3).
    pub(super) fn policy_host(&self) -> String {
        format!("mta-sts.{}", self.facts.domain)
    }

    /// The name of the TLSRPT record (RFC 8460 §3).
    pub(super) fn tlsrpt_name(&self) -> String {
        format!("_smtp._tls.{}", self.facts.domain)
    }

    /// The first pattern that covers the host.
    pub(super) fn pattern(&self, host: &Host) -> Option<&MxPattern> {
        self.patterns.iter().find(|pattern| pattern.matches(host))
    }

    /// The most that a fault of the host's certificates weighs by public rules.
    pub(super) fn certificate_weight(&self, host: &HostFact) -> Severity {
        match self.hold {
            // A host that no pattern covers gets no mail for that reason already.
            Hold::Enforce if self.pattern(&host.host).is_some() => Severity::Crit,
            Hold::Enforce | Hold::Testing => Severity::Error,
            Hold::Nothing => Severity::Info,
        }
    }

    /// The most that a missing or failing TLS of the host weighs: DANE demands it as well, with
    /// usable records and without (RFC 7672 §2.2).
    pub(super) fn channel_weight(&self, host: &HostFact) -> Severity {
        match host.tlsa_fact {
            TlsaFact::Records { .. } | TlsaFact::Unusable { .. } => Severity::Crit,
            TlsaFact::NotApplicable | TlsaFact::Unknown(_) => self.certificate_weight(host),
        }
    }
}

/// The TXT set as a sender takes it (RFC 8461 §3.1).
fn read_record(facts: &Facts, now: Timestamp, out: &mut Vec<Finding>) -> RecordState {
    let set = match &facts.sts.txt.result {
        Answered::Found(texts) => record::parse_set(texts),
        Answered::NoData | Answered::NxDomain => record::parse_set::<Text>(&[]),
        Answered::Fault(_) | Answered::NotAsked => return RecordState::Unknown,
    };
    let name = format!("_mta-sts.{}", facts.domain);
    let fresh = publish::record(now);
    // Of a domain that does not exist nothing is missing.
    let gone = facts.mx.answer.result == Answered::NxDomain;
    let said = set.findings.iter().cloned();
    let said = said.filter(|finding| !(gone && finding.code() == Code::StsRecordMissing));
    out.extend(said.map(|finding| {
        let finding = finding.arg("name", &name).arg("suggestion", &fresh);
        match finding.subject() {
            Some(_) => finding,
            None => finding.about(Subject::Name(name.clone())),
        }
    }));
    match set.outcome {
        RecordOutcome::Record(_) => RecordState::Good,
        RecordOutcome::Invalid => RecordState::Broken,
        // More than one is none to a sender, and so are several that are misspelt; to their owner
        // they are faults.
        RecordOutcome::None if says_error(&set.findings) => RecordState::Broken,
        RecordOutcome::None => RecordState::Absent,
    }
}

fn says_error(findings: &[Finding]) -> bool {
    findings
        .iter()
        .any(|finding| finding.severity() >= Severity::Error)
}

/// The first body that came whole with status 200, in the order in which a sender tries addresses.
pub(super) fn first_fetched(facts: &Facts) -> Option<&Fetched> {
    facts
        .sts
        .host
        .fetches
        .iter()
        .find_map(|fetch| match &fetch.outcome {
            FetchOutcome::Fetched(fetched) => Some(fetched),
            FetchOutcome::Failed(_) => None,
        })
}

/// A policy from before that has not expired (RFC 8461 §3.2: `max_age` counts from the last fetch).
fn kept(facts: &Facts, now: Timestamp) -> Option<&Policy> {
    let cached = facts.sts.cached.as_ref()?;
    let age = now
        .as_second()
        .saturating_sub(cached.fetched_at.as_second());
    let limit = i64::try_from(cached.policy.max_age.secs()).unwrap_or(i64::MAX);
    (age < limit).then_some(&cached.policy)
}

/// The policy that MX hosts are held against, and how hard.
fn applied<'p>(
    facts: &'p Facts,
    now: Timestamp,
    record: RecordState,
    fetched: Option<&'p Policy>,
) -> (Option<&'p Policy>, Hold) {
    // RFC 8461 §3.2, §3.3: what a sender takes as a policy is one rule, the media type included;
    // §5.1: without a fresh one, the one kept from before is applied.
    let taken = matches!(plan::live(&facts.sts.host), Live::Policy(_));
    let in_force = fetched
        .filter(|_| taken && record == RecordState::Good)
        .or_else(|| kept(facts, now));
    // Who has the policy of today from before still applies it; who has not, does not.
    let hold = match in_force.or(fetched).map(|policy| policy.mode) {
        Some(Mode::Enforce) if in_force.is_some() => Hold::Enforce,
        Some(Mode::Testing) if in_force.is_some() => Hold::Testing,
        Some(Mode::Enforce | Mode::Testing) if record != RecordState::Absent => Hold::Testing,
        Some(_) | None => Hold::Nothing,
    };
    (in_force.or(fetched), hold)
}

/// Whether every dial over IPv6 failed for want of a route, and there was one.
fn without_v6(facts: &Facts) -> bool {
    let fetches = facts.sts.host.fetches.iter().map(|fetch| {
        let unreachable = matches!(
            fetch.outcome,
            FetchOutcome::Failed(crate::facts::FetchFault::Unreachable(_))
        );
        (fetch.address, unreachable)
    });
    let sessions = facts
        .hosts
        .iter()
        .flat_map(|host| &host.sessions)
        .map(|session| {
            (
                session.address,
                matches!(session.outcome, SessionOutcome::Unreachable(_)),
            )
        });
    let mut v6 = fetches
        .chain(sessions)
        .filter(|(address, _)| address.is_ipv6())
        .peekable();
    v6.peek().is_some() && v6.all(|(_, unreachable)| unreachable)
}

/// Days until the first certificate of the chain ends, and when; none once one has ended.
pub(super) fn days_left(chain: &[CertFact], now: Timestamp) -> Option<(i64, Timestamp)> {
    let end = chain.iter().filter_map(|cert| cert.not_after).min()?;
    let seconds = end.as_second().saturating_sub(now.as_second());
    (seconds >= 0).then_some((seconds / 86_400, end))
}
