//! The MX hosts: addresses, TLSA records, sessions.

use decide::{
    dane::{self, Bases},
    facts::{Answer, Answered, HostFact, Mx, MxFact, MxSet, Secure, TlsaAnswer, TlsaFact},
};
use names::{Host, Owner};
use net::dns::RecordType;

use crate::{Depth, Seen, View, convert, sts::addresses};

impl View<'_> {
    /// The MX RRset and every host in it; the domain itself where the MX is implicit (RFC 5321
    /// §5.1).
    pub(crate) async fn mx(&self) -> (MxFact, Vec<HostFact>) {
        if self.depth < Depth::Dane {
            return (
                MxFact {
                    answer: Answer::not_asked(),
                    keys: Answer::not_asked(),
                },
                Vec::new(),
            );
        }
        let owner = Owner::from(self.domain);
        let answer = self.probe.dns.query(&owner, RecordType::Mx).await;
        let answer = convert::answer(answer, convert::mx);
        let keys = if answer.secure == Secure::Insecure && self.depth == Depth::Check {
            let answer = self.probe.dns.query(&owner, RecordType::Dnskey).await;
            convert::answer(answer, |keys| keys.len())
        } else {
            Answer::not_asked()
        };
        let fact = MxFact { answer, keys };
        (self.observer)(Seen::Mx(&fact));
        let hosts: Vec<(Host, Option<u16>)> = match &fact.answer.result {
            Answered::Found(MxSet::Hosts { records, .. }) => records
                .iter()
                .map(|Mx { preference, host }| (host.clone(), Some(*preference)))
                .collect(),
            Answered::NoData => vec![(self.domain.into(), None)],
            _ => Vec::new(),
        };
        let hosts = hosts
            .into_iter()
            .map(|(host, preference)| Box::pin(self.host(host, preference)));
        let hosts = futures_util::future::join_all(hosts).await;
        (fact, hosts)
    }

    async fn host(&self, host: Host, preference: Option<u16>) -> HostFact {
        let owner = Owner::from(&host);
        let (v4, v6) = self.both_families(&owner).await;
        let mut fact = HostFact {
            host,
            preference,
            v4,
            v6,
            alias: Answer::not_asked(),
            tlsa: Vec::new(),
            tlsa_fact: TlsaFact::NotApplicable,
            tlsrpt: Answer::not_asked(),
            sessions: Vec::new(),
        };
        let bases = self.bases(&mut fact).await;
        self.tlsa(&bases, &mut fact).await;
        fact.tlsa_fact = dane::classify(&bases, &fact.tlsa);
        if self.depth == Depth::Check {
            let (sessions, tlsrpt) =
                futures_util::join!(Box::pin(self.sessions(&fact)), self.own_tlsrpt(&fact));
            fact.sessions = sessions;
            fact.tlsrpt = tlsrpt;
        }
        fact
    }

    /// The names to ask for TLSA records; the alias is asked for where it matters.
    async fn bases(&self, fact: &mut HostFact) -> Bases {
        let bases = dane::bases(&fact.host, &fact.v4, &fact.v6, &fact.alias);
        if bases != Bases::NeedAlias {
            return bases;
        }
        let answer = self.probe.dns.query_cname(&Owner::from(&fact.host)).await;
        fact.alias = first_alias(convert::answer(answer, convert::aliases));
        dane::bases(&fact.host, &fact.v4, &fact.v6, &fact.alias)
    }

    async fn tlsa(&self, bases: &Bases, fact: &mut HostFact) {
        while let Some(next) = bases.next(&fact.tlsa) {
            let (base, owner) = (next.base.clone(), next.owner.clone());
            let answer = self.probe.dns.query(&owner, RecordType::Tlsa).await;
            let answer = convert::answer(answer, convert::tlsa);
            fact.tlsa.push(TlsaAnswer {
                base,
                owner,
                answer,
            });
        }
    }

    async fn sessions(&self, fact: &HostFact) -> Vec<decide::facts::SessionFact> {
        let addresses = addresses(&fact.v4, &fact.v6);
        let sessions = addresses
            .into_iter()
            .map(|address| Box::pin(self.session(&fact.host, &fact.tlsa_fact, address)));
        futures_util::future::join_all(sessions).await
    }

    /// RFC 8460 §1.1: for DANE the policy domain of reports is the TLSA base domain.
    async fn own_tlsrpt(&self, fact: &HostFact) -> Answer<Vec<decide::facts::Text>> {
        let (TlsaFact::Records { base, .. } | TlsaFact::Unusable { base }) = &fact.tlsa_fact else {
            return Answer::not_asked();
        };
        let Ok(owner) = base.prefixed("_smtp._tls") else {
            return Answer::not_asked();
        };
        convert::answer(
            self.probe.dns.query(&owner, RecordType::Txt).await,
            convert::texts,
        )
    }
}

/// A CNAME RRset has one record; without a readable one there is no alias.
fn first_alias(answer: Answer<Option<Owner>>) -> Answer<Owner> {
    let result = match answer.result {
        Answered::Found(Some(owner)) => Answered::Found(owner),
        Answered::Found(None) | Answered::NoData => Answered::NoData,
        Answered::NxDomain => Answered::NxDomain,
        Answered::Fault(fault) => Answered::Fault(fault),
        Answered::NotAsked => Answered::NotAsked,
    };
    Answer {
        result,
        secure: answer.secure,
        cname: answer.cname,
        ttl: answer.ttl,
        ede: answer.ede,
    }
}
