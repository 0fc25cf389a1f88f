//! Look-ups, and how sure their answers are.
//!
//! NXDOMAIN, NODATA, SERVFAIL, a timeout and a bogus answer are five different things here
//! ([`Outcome`], [`Fault`]): RFC 8461 takes a temporary failure for no proof of absence, and RFC
//! 7672 §2.1.2 defers mail on one. Whether an answer is DNSSEC-secure is a third state beside yes
//! and no ([`Secure`]): RFC 7672 §2.1.1 wants a validating resolver on a trusted path, and a bit
//! from elsewhere proves nothing.
//!
//! Reading order: [`Dns`] asks, [`DnsConfig`] says whom, [`Answer`] is what comes back, [`Record`]
//! what it holds.

mod answer;
mod config;
mod exchange;
mod message;
mod record;
mod resolve;
mod trust;
mod validate;

use std::{net::SocketAddr, sync::Arc};

use names::Owner;
use tokio::{sync::Semaphore, time::timeout};

pub use self::{
    answer::{Answer, Ede, Fault, Outcome, Secure},
    config::{DnsConfig, DnsConfigError, TrustAd},
    message::{MAX_CHAIN, MAX_RECORDS, read_answer},
    record::{Dnskey, Ds, Mx, Record, RecordType, Soa, Tlsa},
};
use self::{
    message::{Bits, Reading, is_referral},
    trust::Proofs,
    validate::Validator,
};

/// The most questions that are under way at a time.
const MAX_PARALLEL: usize = 512;

/// Asks resolvers, and single authoritative servers. Cheap to clone; clones share what was learned
/// about the resolvers.
#[derive(Clone, Debug)]
pub struct Dns {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    config: DnsConfig,
    validator: Option<Validator>,
    proofs: Proofs,
    places: Semaphore,
}

/// How far answers can be trusted (RFC 7672 §2.1.1, §2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// This process validates with its own trust anchors.
    Validated,
    /// A resolver on a trusted path validates: it showed AD for the root's SOA within the hour.
    TrustedAd,
    /// Nothing proves security: every answer is [`Secure::Unknown`].
    Untrusted,
}

impl Dns {
    /// A handle on the resolvers of `config`. Nothing is asked yet.
    pub fn new(config: DnsConfig) -> Result<Self, DnsConfigError> {
        if config.servers.is_empty() {
            return Err(DnsConfigError::NoServers);
        }
        let validator = match &config.anchors {
            Some(anchors) => Some(Validator::new(anchors, &config.servers, config.timeout)?),
            None => None,
        };
        let places = Semaphore::new(MAX_PARALLEL);
        let inner = Inner {
            config,
            validator,
            proofs: Proofs::default(),
            places,
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Asks the resolvers for `owner`'s records of one type, following CNAMEs where the answer
    /// stops short (RFC 8461 §8.2, RFC 8460 §3), at most [`MAX_CHAIN`] of them. Several servers
    /// are asked in turn until one gives more than a failure.
    ///
    /// However long the chain and however slow its links: what servers that say nothing would take
    /// is the most that anything takes; then it is [`Fault::Timeout`].
    pub async fn query(&self, owner: &Owner, rtype: RecordType) -> Answer {
        let patience = self.inner.config.patience();
        timeout(patience, self.follow(owner, rtype))
            .await
            .unwrap_or_else(|_| Answer::fault(owner.clone(), rtype, Fault::Timeout))
    }

    async fn follow(&self, owner: &Owner, rtype: RecordType) -> Answer {
        let mut reading = self.inner.resolve(owner, rtype).await;
        while reading.stops_short {
            let before = reading.answer;
            let next = self.inner.resolve(&before.owner, rtype).await;
            reading = join(before, next);
        }
        let mut answer = reading.answer;
        if answer.failed() == Some(Fault::ServFail) && self.leads_nowhere(owner, rtype).await {
            answer.outcome = Outcome::Fault(Fault::Loop);
        }
        answer
    }

    /// Whether the aliases at `owner` make a loop, or a chain longer than anybody follows.
    /// Resolvers answer SERVFAIL for that; asked link by link, it shows.
    async fn leads_nowhere(&self, owner: &Owner, rtype: RecordType) -> bool {
        if rtype == RecordType::Cname {
            return false;
        }
        let mut walk = Answer::fault(owner.clone(), RecordType::Cname, Fault::Loop);
        loop {
            let link = self
                .inner
                .resolve(&walk.owner, RecordType::Cname)
                .await
                .answer;
            let Some(target) = link.records().first().and_then(Record::name) else {
                return false;
            };
            if walk.step(target.clone()).is_err() {
                return true;
            }
        }
    }

    /// Asks for the CNAME at `owner` and follows nothing. RFC 7672 §2.2.2: the security of an alias
    /// is its own, apart from its target's.
    pub async fn query_cname(&self, owner: &Owner) -> Answer {
        self.query(owner, RecordType::Cname).await
    }

    /// Asks one authoritative server, recursion not desired. An answer that stops at a CNAME stays
    /// there: NODATA with `cname` filled. A server that is no authority for the name is
    /// [`Fault::Lame`]. Security is always [`Secure::Unknown`].
    pub async fn ask(&self, server: SocketAddr, owner: &Owner, rtype: RecordType) -> Answer {
        let inner = &self.inner;
        if inner.config.allow.check(server.ip()).is_err() {
            return Answer::fault(owner.clone(), rtype, Fault::Reserved);
        }
        let mut answer = Answer::fault(owner.clone(), rtype, Fault::Timeout);
        for attempt in 1..=inner.attempts() {
            let way = inner.way(attempt);
            answer = match inner
                .read_from(server, owner, rtype, Bits::default(), way)
                .await
            {
                Ok((reading, octets)) => lame_or(reading, &octets),
                Err(fault) => Answer::fault(owner.clone(), rtype, fault),
            };
            if answer.failed() != Some(Fault::Timeout) {
                break;
            }
        }
        answer.server = Some(server);
        answer
    }

    /// What makes answers secure at this moment; asks the resolvers for the root's SOA where that
    /// has not been done within the hour.
    pub async fn trust(&self) -> Trust {
        let inner = &self.inner;
        if inner.validator.is_some() {
            return Trust::Validated;
        }
        for server in &inner.config.servers {
            if inner.proofs.counts(*server, &inner.config).await {
                return Trust::TrustedAd;
            }
        }
        Trust::Untrusted
    }
}

/// A server that answers nothing, and not as an authority, is lame (RFC 1912 §2.8).
fn lame_or(reading: Reading, octets: &[u8]) -> Answer {
    let mut answer = reading.answer;
    if answer.is_absent() && !answer.authoritative && is_referral(octets) {
        answer.outcome = Outcome::Fault(Fault::Lame);
    }
    answer
}

/// Puts the answer for a chain's end behind the chain.
fn join(before: Answer, next: Reading) -> Reading {
    let Reading {
        answer: mut end,
        ad,
        mut stops_short,
    } = next;
    let mut whole = before;
    let chain = std::mem::take(&mut end.cname);
    whole.secure = whole.secure.and(end.secure);
    whole.ttl = whole.ttl.min(end.ttl);
    whole.ede.append(&mut end.ede);
    whole.ede.truncate(message::MAX_EDE);
    whole.outcome = end.outcome;
    whole.server = end.server.or(whole.server);
    whole.authoritative &= end.authoritative;
    whole.skipped = whole.skipped.saturating_add(end.skipped);
    for target in chain {
        if let Err(fault) = whole.step(target) {
            whole.outcome = Outcome::Fault(fault);
            stops_short = false;
            break;
        }
    }
    if whole.failed().is_some() {
        whole.secure = Secure::Unknown;
        whole.ttl = 0;
    }
    Reading {
        answer: whole,
        ad,
        stops_short,
    }
}
