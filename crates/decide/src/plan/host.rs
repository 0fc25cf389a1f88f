use mta_sts::Mode;

use super::{Action, By, DaneRule, HostPlan, InForce, Level, StsRule};
use crate::{
    Reason,
    facts::{Answer, Answered, HostFact, Secure, TlsaFact},
};

/// What holds for every host of a domain.
pub(super) struct Rules<'a> {
    pub(super) sts: Option<&'a InForce>,
    pub(super) dane: bool,
    pub(super) floor: Level,
    pub(super) mx: Secure,
}

/// What the two standards say of a host, before they are weighed.
struct Said {
    sts: StsRule,
    dane: DaneRule,
    reasons: Vec<Reason>,
    notes: Vec<Reason>,
}

impl Rules<'_> {
    /// What to do with one host.
    pub(super) fn plan(&self, host: &HostFact) -> HostPlan {
        let mut said = Said {
            sts: StsRule::Off,
            dane: DaneRule::Off,
            reasons: Vec::new(),
            notes: Vec::new(),
        };
        if host.preference.is_none() {
            said.notes.push(Reason::ImplicitMx);
        }
        self.say_dane(host, &mut said);
        self.say_sts(host, &mut said);
        let action = self.weigh(host, &mut said);
        HostPlan {
            host: host.host.clone(),
            preference: host.preference,
            action,
            reasons: said.reasons,
            notes: said.notes,
            sts: said.sts,
            dane: said.dane,
        }
    }

    /// RFC 7672 §2.1, §2.2.
    fn say_dane(&self, host: &HostFact, said: &mut Said) {
        if !self.dane {
            said.notes.push(Reason::DaneOff);
            return;
        }
        // An unproven MX RRset may be forged although its zone is signed: a validating sender
        // would have seen that, so it cannot count as merely insecure.
        if self.mx == Secure::Unknown {
            said.dane = DaneRule::Unknown;
            said.reasons.push(Reason::DaneMxUnproven);
            return;
        }
        match &host.tlsa_fact {
            TlsaFact::NotApplicable => said.notes.push(Reason::DaneNotApplicable),
            TlsaFact::Records { base, usable } => {
                said.dane = DaneRule::Authenticate {
                    base: base.clone(),
                    usable: usable.clone(),
                };
                said.reasons.push(Reason::DaneRecords(base.clone()));
                // RFC 7672 §2.2.1: DANE then secures the connection to whatever host was named,
                // and only a policy can vouch for the name.
                if self.mx == Secure::Insecure {
                    said.notes.push(Reason::DaneMxInsecure);
                }
            }
            TlsaFact::Unusable { base } => {
                said.dane = DaneRule::Encrypt { base: base.clone() };
                said.reasons.push(Reason::DaneUnusable(base.clone()));
            }
            TlsaFact::Unknown(fault) => {
                said.dane = DaneRule::Unknown;
                said.reasons.push(Reason::DaneUnknown(*fault));
            }
        }
    }

    /// RFC 8461 §4.1, §5. The name compared is the MX target as published.
    fn say_sts(&self, host: &HostFact, said: &mut Said) {
        let Some(in_force) = self.sts else { return };
        let covered = in_force.policy.covers(&host.host).is_some();
        let decides = matches!(said.dane, DaneRule::Authenticate { .. });
        let vouched = self.mx == Secure::Secure;
        said.sts = match in_force.mode {
            Mode::None => return,
            Mode::Testing => StsRule::Note { covered },
            Mode::Enforce if decides && vouched => {
                said.notes.push(Reason::DaneDecides);
                StsRule::Note { covered }
            }
            Mode::Enforce => StsRule::Enforce { covered },
        };
        let reason = if covered {
            Reason::StsCovered
        } else {
            Reason::StsUncovered(host.host.clone())
        };
        // While DANE is unknown, that alone is why.
        let decisive =
            matches!(said.sts, StsRule::Enforce { .. }) && said.dane != DaneRule::Unknown;
        if decisive {
            said.reasons.push(reason);
        } else {
            said.notes.push(reason);
        }
    }

    fn weigh(&self, host: &HostFact, said: &mut Said) -> Action {
        // RFC 7672 §2.1.2: the host counts as unreachable; nothing that MTA-STS says excuses it.
        if said.dane == DaneRule::Unknown {
            return Action::Defer;
        }
        // RFC 8461 §5: never to a host that the policy does not cover. Never for good either.
        if said.sts == (StsRule::Enforce { covered: false }) {
            return Action::Refuse { permanent: false };
        }
        if let Some(reason) = unaddressed(host) {
            said.reasons.push(reason);
            return Action::Defer;
        }
        let mut by = Vec::new();
        if matches!(said.dane, DaneRule::Authenticate { .. }) {
            by.push(By::Dane);
        }
        if matches!(said.sts, StsRule::Enforce { .. }) {
            by.push(By::Sts);
        }
        if !by.is_empty() {
            return Action::Require { by };
        }
        if matches!(said.dane, DaneRule::Encrypt { .. }) {
            return Action::Opportunistic { encrypt: true };
        }
        let encrypt = self.floor == Level::Encrypt;
        said.reasons.push(if encrypt {
            Reason::FloorEncrypt
        } else {
            Reason::Opportunistic
        });
        Action::Opportunistic { encrypt }
    }
}

/// Why the host cannot be dialled; none where an address is known, or none was asked for.
fn unaddressed(host: &HostFact) -> Option<Reason> {
    if has_address(&host.v4) || has_address(&host.v6) {
        return None;
    }
    if let Some(fault) = host.v4.fault().or_else(|| host.v6.fault()) {
        return Some(Reason::AddressUnknown(fault));
    }
    let asked = host.v4.result != Answered::NotAsked || host.v6.result != Answered::NotAsked;
    asked.then_some(Reason::NoAddress)
}

fn has_address<T>(answer: &Answer<Vec<T>>) -> bool {
    answer
        .found()
        .is_some_and(|addresses| !addresses.is_empty())
}
