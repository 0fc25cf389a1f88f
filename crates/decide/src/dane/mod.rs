//! DANE for SMTP (RFC 7672): which names TLSA records are asked at, and what the answers mean.
//!
//! The order in which a caller uses it: ask A and AAAA of the MX host, give them to [`bases`]; on
//! [`Bases::NeedAlias`] ask for the CNAME at the host and call it again; then ask TLSA at each
//! name that [`Bases::next`] gives, until it gives none; [`classify`] says what came out.
//!
//! What is not proven is unknown, and unknown is not absent: a DANE sender that cannot learn
//! whether TLSA records exist treats the host as unreachable (RFC 7672 §2.1.2). That includes
//! [`Secure::Unknown`]: whoever can forge an answer of a resolver that does not validate can forge
//! a denial as well, so a denial from there is worth as little as a record.

mod usable;

pub use usable::{Unusable, usability};

use std::net::{Ipv4Addr, Ipv6Addr};

use names::{Host, Owner};
use serde::Serialize;

use crate::facts::{Answer, Answered, DnsFault, HostFact, Secure, TlsaAnswer, TlsaFact};

/// A name at which TLSA records count for a host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Base {
    /// The TLSA base domain: what certificates are compared with and SNI carries (RFC 7672 §3.2).
    pub base: Owner,
    /// The owner name to ask: `_25._tcp.` and the base domain (RFC 7672 §2.2.3).
    pub owner: Owner,
}

/// Where TLSA records of a host are to be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bases {
    /// Ask these, in this order, until an answer settles it.
    Ask(Vec<Base>),
    /// Ask for the CNAME at the host first: the addresses came through a chain that is not secure
    /// as a whole, and its first link may be (RFC 7672 §2.2.2).
    NeedAlias,
    /// The addresses are not secure, so that DANE does not apply and TLSA is not asked
    /// (RFC 7672 §2.2.2).
    NotApplicable,
    /// The host has no address.
    NoAddress,
    /// An answer is missing on the way (RFC 7672 §2.1.2).
    Unknown(DnsFault),
}

/// The owner name of a base domain's TLSA records: port 25 whatever port is dialled
/// (RFC 7672 §2.2.3). None where it would be longer than a name may be: no record can exist there.
pub fn tlsa_owner(base: &Owner) -> Option<Owner> {
    base.prefixed("_25._tcp").ok()
}

/// Where to ask for the TLSA records of `host`, from its addresses and, where it was asked, the
/// CNAME at the host (RFC 7672 §2.2.2).
///
/// * One secure address RRset of either family suffices. Through a CNAME chain that is secure as a
///   whole, the expanded name comes first, then the host itself.
/// * Insecure addresses: DANE does not apply. Both families live at one name and so in one zone,
///   which is proven unsigned: a failure of the other family's look-up does not matter. Where the
///   addresses came through a CNAME whose own RRset is secure, the host's name alone is asked.
/// * Addresses that nothing is proven of are asked for all the same, so that people learn what is
///   published; [`classify`] gives [`TlsaFact::Unknown`] for what comes back unproven.
pub fn bases(
    host: &Host,
    v4: &Answer<Vec<Ipv4Addr>>,
    v6: &Answer<Vec<Ipv6Addr>>,
    alias: &Answer<Owner>,
) -> Bases {
    let families = [Family::of(v4), Family::of(v6)];
    let found = |secure: Secure| {
        families
            .iter()
            .find(|family| family.state == State::Found && family.secure == secure)
    };
    if let Some(family) = found(Secure::Secure) {
        return expanded(host, family.cname);
    }
    if let Some(family) = found(Secure::Insecure) {
        return if family.cname.is_empty() {
            Bases::NotApplicable
        } else {
            aliased(host, alias)
        };
    }
    if let Some(family) = found(Secure::Unknown) {
        return expanded(host, family.cname);
    }
    without_address(&families)
}

/// What all look-ups of a host come to.
pub fn fact(host: &HostFact) -> TlsaFact {
    classify(
        &bases(&host.host, &host.v4, &host.v6, &host.alias),
        &host.tlsa,
    )
}

/// What the answers to the questions of `bases` come to (RFC 7672 §2.1, §2.2).
///
/// Only a secure RRset counts. An insecure answer and a proven denial lead on to the next name;
/// a fault, a question not asked and an answer that nothing is proven of leave it unknown.
pub fn classify(bases: &Bases, answers: &[TlsaAnswer]) -> TlsaFact {
    let list = match bases {
        Bases::Ask(list) => list,
        Bases::NotApplicable | Bases::NoAddress => return TlsaFact::NotApplicable,
        Bases::NeedAlias => return TlsaFact::Unknown(DnsFault::Other),
        Bases::Unknown(fault) => return TlsaFact::Unknown(*fault),
    };
    for base in list {
        match answers
            .iter()
            .find(|answer| answer.owner == base.owner)
            .map(settles)
        {
            Some(Some(fact)) => return fact,
            Some(None) => {}
            None => return TlsaFact::Unknown(DnsFault::Other),
        }
    }
    TlsaFact::NotApplicable
}

impl Bases {
    /// The name to ask next after these answers; none where nothing more needs to be asked.
    pub fn next(&self, answers: &[TlsaAnswer]) -> Option<&Base> {
        let Self::Ask(list) = self else { return None };
        for base in list {
            match answers.iter().find(|answer| answer.owner == base.owner) {
                None => return Some(base),
                Some(answer) if settles(answer).is_some() => return None,
                Some(_) => {}
            }
        }
        None
    }
}

/// What one answer comes to; none where the next name is to be asked.
fn settles(answer: &TlsaAnswer) -> Option<TlsaFact> {
    match (&answer.answer.result, answer.answer.secure) {
        (Answered::Fault(fault), _) => Some(TlsaFact::Unknown(*fault)),
        (Answered::NotAsked, _) => Some(TlsaFact::Unknown(DnsFault::Other)),
        (_, Secure::Unknown) => Some(TlsaFact::Unknown(DnsFault::NotValidating)),
        (Answered::Found(records), Secure::Secure) if !records.is_empty() => {
            let usable: Vec<_> = records
                .iter()
                .filter(|record| usability(record).is_ok())
                .cloned()
                .collect();
            let base = answer.base.clone();
            Some(if usable.is_empty() {
                TlsaFact::Unusable { base }
            } else {
                TlsaFact::Records { base, usable }
            })
        }
        (Answered::Found(_) | Answered::NoData | Answered::NxDomain, _) => None,
    }
}

/// One address family's answer, without the addresses.
struct Family<'a> {
    state: State,
    secure: Secure,
    cname: &'a [Owner],
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Found,
    Absent,
    NotAsked,
    Fault(DnsFault),
}

impl<'a> Family<'a> {
    fn of<T>(answer: &'a Answer<Vec<T>>) -> Self {
        let state = match &answer.result {
            Answered::Found(addresses) if !addresses.is_empty() => State::Found,
            Answered::Found(_) | Answered::NoData | Answered::NxDomain => State::Absent,
            Answered::Fault(fault) => State::Fault(*fault),
            Answered::NotAsked => State::NotAsked,
        };
        Self {
            state,
            secure: answer.secure,
            cname: &answer.cname,
        }
    }
}

/// The expanded name first, then the host (RFC 7672 §2.2.2, §2.2.3).
fn expanded(host: &Host, cname: &[Owner]) -> Bases {
    let host = Owner::from(host);
    match cname.last() {
        Some(target) if *target != host => ask([target.clone(), host]),
        _ => ask([host]),
    }
}

/// Insecure addresses behind a CNAME: a secure CNAME RRset shows that the host's own zone is
/// signed, and then the host's name alone is asked (RFC 7672 §2.2.2).
fn aliased(host: &Host, alias: &Answer<Owner>) -> Bases {
    match (&alias.result, alias.secure) {
        (Answered::NotAsked, _) => Bases::NeedAlias,
        (Answered::Fault(fault), _) => Bases::Unknown(*fault),
        (_, Secure::Insecure) => Bases::NotApplicable,
        (Answered::Found(_), _) => ask([Owner::from(host)]),
        // A denial contradicts the chain just seen: the zone changed between two questions.
        (_, Secure::Secure) => Bases::Unknown(DnsFault::Other),
        (_, Secure::Unknown) => Bases::Unknown(DnsFault::NotValidating),
    }
}

/// No address is known: because there is none, or because nobody could tell.
fn without_address(families: &[Family<'_>; 2]) -> Bases {
    let faults = || {
        families.iter().filter_map(|family| match family.state {
            State::Fault(fault) => Some(fault),
            State::Found | State::Absent | State::NotAsked => None,
        })
    };
    if let Some(fault) = faults()
        .find(|fault| *fault == DnsFault::Bogus)
        .or_else(|| faults().next())
    {
        return Bases::Unknown(fault);
    }
    if families
        .iter()
        .all(|family| family.state == State::NotAsked)
    {
        return Bases::Unknown(DnsFault::Other);
    }
    Bases::NoAddress
}

/// The questions at these base domains, without those whose owner name would be too long.
fn ask<const N: usize>(names: [Owner; N]) -> Bases {
    let list: Vec<Base> = names
        .into_iter()
        .filter_map(|base| tlsa_owner(&base).map(|owner| Base { base, owner }))
        .collect();
    if list.is_empty() {
        Bases::NotApplicable
    } else {
        Bases::Ask(list)
    }
}
