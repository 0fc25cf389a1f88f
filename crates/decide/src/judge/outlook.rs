use jiff::Timestamp;
use names::Host;
use serde::Serialize;

use super::{Outcome, Verdict, judge};
use crate::{
    Reason,
    facts::{
        DnsFault, Facts, HandshakeFault, HostFact, Presented, SessionFact, SessionOutcome,
        Starttls, TlsFact,
    },
    plan::{Action, HostPlan, Level, Overrides, Plan, Sender, plan},
};

/// The kinds of sender that mail comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// PKIX with MTA-STS, no DANE.
    Sts,
    /// DANE, no MTA-STS.
    Dane,
    /// Both.
    DaneSts,
    /// Neither: TLS where it is offered.
    Opportunistic,
}

/// What one kind of sender does now with mail for a domain.
#[derive(Clone, Debug, Serialize)]
pub struct Outlook {
    /// The kind of sender.
    pub class: Class,
    /// What becomes of the mail.
    pub expect: Expect,
    /// Each MX host in order; empty where none is tried.
    pub hosts: Vec<HostOutlook>,
    /// Why no host is tried; empty where some are.
    pub reasons: Vec<Reason>,
    /// One sentence.
    pub summary: String,
}

/// What one kind of sender does at one MX host.
#[derive(Clone, Debug, Serialize)]
pub struct HostOutlook {
    /// The MX host.
    pub host: Host,
    /// What becomes of mail there.
    pub expect: Expect,
    /// Over TLS, where it is delivered.
    pub encrypted: bool,
    /// Why.
    pub reasons: Vec<Reason>,
    /// What is reported and changes nothing.
    pub notes: Vec<Reason>,
}

/// What becomes of mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expect {
    /// Delivered.
    Deliver,
    /// Kept away for a rule's sake: it waits, and comes back in the end.
    Refuse,
    /// Returned at once.
    Bounce,
    /// It waits until something can be reached or learned.
    Defer,
    /// Not known: nothing was tried, or our resolver proves nothing where the sender's may.
    Unknown,
}

impl Class {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Sts, Self::Dane, Self::DaneSts, Self::Opportunistic];

    /// What such a sender can do.
    pub fn sender(self) -> Sender {
        Sender {
            sts: matches!(self, Self::Sts | Self::DaneSts),
            dane: matches!(self, Self::Dane | Self::DaneSts),
            floor: Level::May,
        }
    }

    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Sts => "PKIX with MTA-STS",
            Self::Dane => "DANE only",
            Self::DaneSts => "DANE with MTA-STS",
            Self::Opportunistic => "opportunistic",
        }
    }
}

/// What each kind of sender does now with mail for the domain of `facts`.
pub fn outlook(facts: &Facts, now: Timestamp) -> Vec<Outlook> {
    Class::ALL
        .into_iter()
        .map(|class| {
            let plan = plan(facts, &class.sender(), &Overrides::default(), now);
            of_class(class, facts, &plan)
        })
        .collect()
}

fn of_class(class: Class, facts: &Facts, plan: &Plan) -> Outlook {
    if let Some(halt) = &plan.halt {
        let expect = match halt.action {
            Action::Refuse { permanent: true } => Expect::Bounce,
            Action::Refuse { permanent: false } => Expect::Refuse,
            _ if halt.reasons.contains(&Reason::MxNotAsked) => Expect::Unknown,
            _ => Expect::Defer,
        };
        let why = halt
            .reasons
            .first()
            .map(Reason::explain)
            .unwrap_or_default();
        let summary = format!("{}: {why}", words(expect));
        let reasons = halt.reasons.clone();
        return Outlook {
            class,
            expect,
            hosts: Vec::new(),
            reasons,
            summary,
        };
    }
    let hosts: Vec<HostOutlook> = plan
        .hosts
        .iter()
        .zip(&facts.hosts)
        .map(|(plan, fact)| of_host(plan, fact))
        .collect();
    let expect = overall(&hosts);
    let summary = summarize(expect, &hosts);
    Outlook {
        class,
        expect,
        hosts,
        reasons: Vec::new(),
        summary,
    }
}

/// The host's addresses are tried in turn: one that delivers suffices.
fn of_host(plan: &HostPlan, fact: &HostFact) -> HostOutlook {
    let untried = || SessionOutcome::Unreachable("not tried".to_owned());
    let kept = matches!(plan.action, Action::Refuse { .. } | Action::Defer);
    if fact.sessions.is_empty() && !kept {
        return HostOutlook {
            host: plan.host.clone(),
            expect: Expect::Unknown,
            encrypted: false,
            reasons: plan.reasons.clone(),
            notes: plan.notes.clone(),
        };
    }
    let mut verdicts: Vec<Verdict> = fact
        .sessions
        .iter()
        .map(|session| of_session(plan, session))
        .collect();
    if kept {
        verdicts = vec![judge(plan, &untried())];
    }
    // Delivered somewhere, else refused somewhere, else unreachable everywhere.
    let best = verdicts
        .iter()
        .find(|verdict| verdict.delivers())
        .or_else(|| {
            verdicts
                .iter()
                .find(|verdict| verdict.outcome != Outcome::Defer)
        })
        .or_else(|| verdicts.first());
    let (expect, encrypted) = match best.map(|verdict| &verdict.outcome) {
        Some(Outcome::Deliver { encrypted, .. }) => (Expect::Deliver, *encrypted),
        Some(Outcome::Refuse { permanent: true }) => (Expect::Bounce, false),
        Some(Outcome::Refuse { permanent: false }) => (Expect::Refuse, false),
        Some(Outcome::Defer) if unproven(&plan.reasons) => (Expect::Unknown, false),
        Some(Outcome::Defer) => (Expect::Defer, false),
        None => (Expect::Unknown, false),
    };
    HostOutlook {
        host: plan.host.clone(),
        expect,
        encrypted,
        reasons: best
            .map(|verdict| verdict.reasons.clone())
            .unwrap_or_default(),
        notes: best
            .map(|verdict| verdict.notes.clone())
            .unwrap_or_default(),
    }
}

/// What such senders make of a session. Where the handshake fails for our library's strictness
/// alone, others with older ones come through with what the host presents to the plain hello.
fn of_session(plan: &HostPlan, session: &SessionFact) -> Verdict {
    let Some((shown, banner, extensions)) = shown(session) else {
        return judge(plan, &session.outcome);
    };
    if !shown.tls12 {
        // Old TLS is no TLS to whom RFC 8461 §7.2 or RFC 7672 §1.2 binds.
        let mut verdict = judge(plan, &session.outcome);
        verdict.notes.push(Reason::OldTls(shown.version.clone()));
        return verdict;
    }
    let tls = TlsFact {
        version: shown.version.clone(),
        cipher: shown.cipher.clone(),
        chain: shown.chain.clone(),
        faults: shown.faults.clone(),
        dane: shown.dane.clone(),
    };
    let outcome = SessionOutcome::Smtp {
        banner: banner.to_owned(),
        extensions: extensions.to_vec(),
        starttls: Starttls::Established(tls),
    };
    let mut verdict = judge(plan, &outcome);
    verdict.notes.push(Reason::OldCiphers);
    verdict
}

/// What the host presents to the plain hello after a failed handshake, and the talk before it.
/// Without certificates nothing can be judged; data in clear behind `STARTTLS` no sender should
/// accept (RFC 3207 §6).
fn shown(session: &SessionFact) -> Option<(&Presented, &str, &[String])> {
    let shown = session.presented.as_ref()?;
    match &session.outcome {
        SessionOutcome::Smtp {
            banner,
            extensions,
            starttls: Starttls::Failed(fault),
        } if *fault != HandshakeFault::Buffered && !(shown.tls12 && shown.chain.is_empty()) => {
            Some((shown, banner, extensions))
        }
        _ => None,
    }
}

/// Whether the plan defers for the sake of our resolver, which other senders do not share, or of
/// questions that were not asked.
fn unproven(reasons: &[Reason]) -> bool {
    reasons.iter().any(|reason| {
        matches!(
            reason,
            Reason::DaneMxUnproven | Reason::DaneUnknown(DnsFault::NotValidating)
        )
    })
}

/// The first host that takes the mail gets it (RFC 5321 §5.1).
fn overall(hosts: &[HostOutlook]) -> Expect {
    let some = |expect: Expect| hosts.iter().any(|host| host.expect == expect);
    [
        Expect::Deliver,
        Expect::Unknown,
        Expect::Defer,
        Expect::Refuse,
    ]
    .into_iter()
    .find(|expect| some(*expect))
    .unwrap_or(Expect::Unknown)
}

fn summarize(expect: Expect, hosts: &[HostOutlook]) -> String {
    let Some(host) = hosts.iter().find(|host| host.expect == expect) else {
        return words(expect).to_owned();
    };
    let why = host
        .reasons
        .first()
        .map(Reason::explain)
        .unwrap_or_default();
    match expect {
        Expect::Deliver if host.encrypted => format!("delivers to `{}` over TLS: {why}", host.host),
        Expect::Deliver => format!("delivers to `{}` in clear: {why}", host.host),
        _ => format!("{} (`{}`): {why}", words(expect), host.host),
    }
}

fn words(expect: Expect) -> &'static str {
    match expect {
        Expect::Deliver => "delivers",
        Expect::Refuse => "refuses every host; the mail waits, and comes back in the end",
        Expect::Bounce => "returns the mail",
        Expect::Defer => "keeps the mail waiting",
        Expect::Unknown => "not known",
    }
}
