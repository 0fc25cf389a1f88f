//! Every authoritative server of the domain's zone, asked directly for the MTA-STS record.

use std::net::{IpAddr, SocketAddr};

use decide::facts::ServerFact;
use names::{Host, Owner};
use net::dns::RecordType;

use crate::{Depth, View, convert, sts::addresses};

/// At most this many servers are asked.
const MAX_SERVERS: usize = 8;
/// At most this many addresses of each.
const MAX_ADDRESSES: usize = 2;

impl View<'_> {
    /// Asks them all, side by side.
    pub(crate) async fn servers(&self) -> Vec<ServerFact> {
        if self.depth < Depth::Check {
            return Vec::new();
        }
        let Some(owner) = self.owner("_mta-sts") else {
            return Vec::new();
        };
        let servers = self.name_servers().await;
        let addressed = servers
            .into_iter()
            .take(MAX_SERVERS)
            .map(|name| async move {
                let (v4, v6) = self.both_families(&Owner::from(&name)).await;
                let addresses = addresses(&v4, &v6).into_iter().take(MAX_ADDRESSES);
                addresses
                    .map(|address| (name.clone(), address))
                    .collect::<Vec<_>>()
            });
        let addressed = futures_util::future::join_all(addressed).await;
        let asked = addressed
            .into_iter()
            .flatten()
            .map(|(name, address)| self.server(&owner, name, address));
        futures_util::future::join_all(asked).await
    }

    /// The servers of the zone that the domain lies in: the nearest name with an NS RRset.
    async fn name_servers(&self) -> Vec<Host> {
        let mut zone = Some(Owner::from(self.domain));
        while let Some(name) = zone.filter(|name| !name.is_root()) {
            let answer = convert::answer(
                self.probe.dns.query(&name, RecordType::Ns).await,
                convert::hosts,
            );
            match answer.found() {
                Some(servers) => return servers.clone(),
                None if answer.is_absent() => zone = name.parent(),
                None => return Vec::new(),
            }
        }
        Vec::new()
    }

    async fn server(&self, owner: &Owner, name: Host, address: IpAddr) -> ServerFact {
        let server = SocketAddr::new(address, self.options().ns_port);
        let answer = self.probe.dns.ask(server, owner, RecordType::Txt).await;
        ServerFact {
            name,
            address,
            txt: convert::answer(answer, convert::texts),
        }
    }
}
