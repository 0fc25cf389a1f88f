use std::{collections::HashMap, net::SocketAddr, sync::Arc, time::Duration};

use names::Owner;
use tokio::{sync::Mutex, time::Instant};

use super::{
    DnsConfig, Outcome, RecordType, TrustAd,
    exchange::{Way, exchange},
    message::{Bits, question, read},
};

/// How long a resolver's proof counts.
const PROVEN_FOR: Duration = Duration::from_hours(1);
/// After how long a resolver without proof is asked again.
const UNPROVEN_FOR: Duration = Duration::from_mins(1);

/// Which resolvers' AD bits count: those on a trusted path that showed AD for the root's SOA within
/// the hour. A resolver that never shows AD proves nothing, neither security nor its absence
/// (RFC 7672 §2.1.1).
#[derive(Debug, Default)]
pub(super) struct Proofs {
    servers: std::sync::Mutex<HashMap<SocketAddr, Arc<Mutex<Option<Proof>>>>>,
}

#[derive(Clone, Copy, Debug)]
struct Proof {
    shown: bool,
    until: Instant,
}

impl Proofs {
    /// Whether this server's AD bit counts now.
    pub(super) async fn counts(&self, server: SocketAddr, config: &DnsConfig) -> bool {
        let trusted = match config.trust_ad {
            TrustAd::Always => true,
            TrustAd::Loopback => server.ip().to_canonical().is_loopback(),
            TrustAd::Never => false,
        };
        if !trusted {
            return false;
        }
        // One asks, the others wait for what it learns.
        let slot = self.slot(server);
        let mut slot = slot.lock().await;
        if let Some(proof) = slot.filter(|proof| Instant::now() < proof.until) {
            return proof.shown;
        }
        let shown = shows_ad(server, config.timeout).await;
        let keep = if shown { PROVEN_FOR } else { UNPROVEN_FOR };
        *slot = Some(Proof {
            shown,
            until: Instant::now() + keep,
        });
        shown
    }

    fn slot(&self, server: SocketAddr) -> Arc<Mutex<Option<Proof>>> {
        let mut servers = self
            .servers
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(servers.entry(server).or_default())
    }
}

async fn shows_ad(server: SocketAddr, timeout: Duration) -> bool {
    let bits = Bits {
        rd: true,
        ad: true,
        ..Bits::default()
    };
    let root = Owner::root();
    let Ok(query) = question(&root, RecordType::Soa, bits) else {
        return false;
    };
    let Ok(octets) = exchange(server, &query, Way::UdpThenTcp, timeout).await else {
        return false;
    };
    read(&octets, &root, RecordType::Soa)
        .is_ok_and(|reading| reading.ad && matches!(reading.answer.outcome, Outcome::Records(_)))
}
