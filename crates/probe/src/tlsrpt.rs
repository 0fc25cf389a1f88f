//! The TLSRPT record and the domains that its reports go to.

use decide::facts::{Answer, Destination, TlsrptFact};
use names::{Domain, Owner};
use net::dns::RecordType;
use tlsrpt::record::{RecordOutcome, parse_set};

use crate::{Depth, View, convert};

/// Owner names of the drafts, and of common mistakes.
const NEAR_MISSES: [&str; 4] = ["_smtp-tlsrpt", "_smtp._tlsrpt", "_smtp._tcp", "_tlsrpt"];
/// At most this many mail domains of a record are looked up.
const MAX_DESTINATIONS: usize = 5;

impl View<'_> {
    /// The record, its neighbours and its destinations.
    pub(crate) async fn tlsrpt(&self) -> TlsrptFact {
        if self.depth < Depth::Check {
            let txt = Answer::not_asked();
            return TlsrptFact {
                txt,
                near_misses: Vec::new(),
                destinations: Vec::new(),
            };
        }
        let txt = self.txt("_smtp._tls").await;
        let domains = txt
            .found()
            .map(|texts| mail_domains(texts))
            .unwrap_or_default();
        let destinations = domains.into_iter().map(|domain| self.destination(domain));
        let (near_misses, destinations) = futures_util::join!(
            self.near_misses(txt.is_absent(), &NEAR_MISSES, b"v=tlsrpt"),
            futures_util::future::join_all(destinations),
        );
        TlsrptFact {
            txt,
            near_misses,
            destinations,
        }
    }

    async fn destination(&self, domain: Domain) -> Destination {
        let owner = Owner::from(&domain);
        let mx = self.probe.dns.query(&owner, RecordType::Mx).await;
        let mx = convert::answer(mx, convert::mx);
        let (v4, v6) = if mx.is_absent() {
            self.both_families(&owner).await
        } else {
            (Answer::not_asked(), Answer::not_asked())
        };
        Destination { domain, mx, v4, v6 }
    }
}

/// The domains behind the `@` of a record's `mailto:` members, each once.
fn mail_domains<T: AsRef<[u8]>>(texts: &[T]) -> Vec<Domain> {
    let RecordOutcome::Record(record) = parse_set(texts).outcome else {
        return Vec::new();
    };
    let mut domains: Vec<Domain> = Vec::new();
    for domain in record.rua.iter().flat_map(tlsrpt::record::Rua::domains) {
        if domains.len() < MAX_DESTINATIONS && !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    domains
}
