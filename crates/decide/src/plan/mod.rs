//! What a sender does with each MX host of a domain: MTA-STS (RFC 8461 §4, §5) and DANE
//! (RFC 7672 §2) together.

mod host;
mod sts;

pub use sts::{InForce, Live, Source, StsState, live};

use jiff::Timestamp;
use names::{Domain, Host};
use serde::Serialize;

use crate::{
    Reason,
    facts::{Answered, Facts, MxFact, MxSet, Tlsa},
};

/// What the asking mail server can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Sender {
    /// It does MTA-STS.
    pub sts: bool,
    /// It does DANE. Set this only where the resolver validates: RFC 7672 §2.1.1 makes that the
    /// condition of doing DANE, and unproven answers defer the mail of such a sender.
    pub dane: bool,
    /// What it demands of every host, policy or not.
    pub floor: Level,
}

/// What a sender demands of every host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Nothing: mail goes in clear where the host cannot do better.
    #[default]
    May,
    /// TLS, with whatever certificate.
    Encrypt,
}

/// What the sender's operator decided against the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Overrides {
    /// Leave MTA-STS aside.
    pub ignore_sts: bool,
    /// Leave DANE aside.
    pub ignore_dane: bool,
    /// Take mode `testing` as `enforce`.
    pub strict_testing: bool,
}

/// What a sender does with mail for a domain.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
    /// The policy domain.
    pub domain: Domain,
    /// The MTA-STS policy in force, and why.
    pub sts: StsState,
    /// Set where the mail goes nowhere, whatever the hosts are.
    pub halt: Option<Halt>,
    /// Every MX host in the order of preference. None is left out: RFC 8461 §5.1 has the list
    /// walked as usual, and a host left out beforehand may close a mail loop.
    pub hosts: Vec<HostPlan>,
}

/// Why mail for a domain goes nowhere.
#[derive(Clone, Debug, Serialize)]
pub struct Halt {
    /// [`Action::Refuse`] or [`Action::Defer`].
    pub action: Action,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// What a sender does with one MX host.
#[derive(Clone, Debug, Serialize)]
pub struct HostPlan {
    /// The MX target as published.
    pub host: Host,
    /// Its preference; none for an implicit MX.
    pub preference: Option<u16>,
    /// What to do.
    pub action: Action,
    /// Why.
    pub reasons: Vec<Reason>,
    /// What was noticed and changes nothing: failures under `testing`, or of MTA-STS where DANE
    /// decides. They are reported all the same.
    pub notes: Vec<Reason>,
    /// What MTA-STS says of the host.
    pub sts: StsRule,
    /// What DANE says of the host.
    pub dane: DaneRule,
}

/// What to do with a host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Deliver over TLS that each of these accepts, or go on to the next host.
    Require {
        /// Whose rules must hold: one of them or both.
        by: Vec<By>,
    },
    /// Deliver without authentication.
    Opportunistic {
        /// Whether TLS is needed.
        encrypt: bool,
    },
    /// Do not deliver to this host.
    Refuse {
        /// Whether the mail may be returned now. Never for a policy's sake: RFC 8461 §5 treats
        /// such failures as temporary.
        permanent: bool,
    },
    /// Do not deliver to this host now: something could not be learned.
    Defer,
}

/// Whose rules authenticate a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// DANE (RFC 7672).
    Dane,
    /// MTA-STS (RFC 8461): a public certificate that is valid for the MX host.
    Sts,
}

/// What MTA-STS says of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StsRule {
    /// No policy in force, or mode `none`.
    Off,
    /// Failures are noted, mail goes through: mode `testing`, or DANE decides.
    Note {
        /// Whether the policy covers the host.
        covered: bool,
    },
    /// Mode `enforce`: the host must be covered and have a valid certificate.
    Enforce {
        /// Whether the policy covers the host.
        covered: bool,
    },
}

/// What DANE says of a host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DaneRule {
    /// The sender does not do DANE, or it does not apply.
    Off,
    /// TLS and a matching certificate are required (RFC 7672 §2.2).
    Authenticate {
        /// The TLSA base domain: SNI carries it.
        base: names::Owner,
        /// The usable records.
        usable: Vec<Tlsa>,
    },
    /// TLS is required, nothing authenticates it: no record is usable (RFC 7672 §2.2).
    Encrypt {
        /// The TLSA base domain.
        base: names::Owner,
    },
    /// Whether records exist is unknown (RFC 7672 §2.1.2).
    Unknown,
}

/// What `sender` does with mail for the domain of `facts` at `now`.
pub fn plan(facts: &Facts, sender: &Sender, overrides: &Overrides, now: Timestamp) -> Plan {
    let sts = StsState::of(facts, sender, overrides, now);
    let halt = halt(&facts.mx);
    let hosts = if halt.is_some() {
        Vec::new()
    } else {
        let rules = host::Rules {
            sts: sts.policy.as_ref(),
            dane: sender.dane && !overrides.ignore_dane,
            floor: sender.floor,
            mx: facts.mx.answer.secure,
        };
        facts.hosts.iter().map(|host| rules.plan(host)).collect()
    };
    Plan {
        domain: facts.domain.clone(),
        sts,
        halt,
        hosts,
    }
}

/// Why no host is tried at all.
fn halt(mx: &MxFact) -> Option<Halt> {
    let (permanent, reason) = match &mx.answer.result {
        Answered::Found(MxSet::Hosts { records, .. }) if !records.is_empty() => return None,
        // RFC 5321 §5.1: without MX records the domain is its own host.
        Answered::NoData => return None,
        // RFC 7505 §3: the domain says that it takes no mail; it is returned at once.
        Answered::Found(MxSet::Null) => (true, Reason::NullMx),
        Answered::NxDomain => (true, Reason::NoSuchDomain),
        // RFC 5321 §5.1: with MX records present the domain's own address is not used.
        Answered::Found(MxSet::Hosts { .. }) => (false, Reason::MxUnusable),
        Answered::Fault(fault) => (false, Reason::MxUnknown(*fault)),
        Answered::NotAsked => (false, Reason::MxNotAsked),
    };
    let action = if permanent {
        Action::Refuse { permanent }
    } else {
        Action::Defer
    };
    Some(Halt {
        action,
        reasons: vec![reason],
    })
}

impl Plan {
    /// Whether the domain has no MX record and is its own host (RFC 5321 §5.1).
    pub fn is_implicit(&self) -> bool {
        self.hosts
            .first()
            .is_some_and(|host| host.preference.is_none())
    }
}
