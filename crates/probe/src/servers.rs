//! Every authoritative server of the domain's zone, asked directly for the MTA-STS record.

use std::net::{IpAddr, SocketAddr};

use decide::facts::ServerFact;
use names::{Host, Owner};
use net::dns::{Fault, RecordType};
use tokio::time::timeout_at;

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
        // A deep name has many parents, and each may answer as late as it can.
        let servers = timeout_at(self.deadline(), self.name_servers(&owner)).await;
        let servers = servers.unwrap_or_default();
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
        let answers = futures_util::future::join_all(asked).await;
        answers.into_iter().flatten().collect()
    }

    /// The servers of the zone that `owner` lies in: the nearest name with an NS RRset of its own.
    async fn name_servers(&self, owner: &Owner) -> Vec<Host> {
        let mut zone = Some(owner.clone());
        while let Some(name) = zone.filter(|name| !name.is_root()) {
            let answer = convert::answer(
                self.probe.dns.query(&name, RecordType::Ns).await,
                convert::hosts,
            );
            match answer.found() {
                Some(servers) if answer.cname.is_empty() => return servers.clone(),
                Some(_) => zone = name.parent(),
                None if answer.is_absent() => zone = name.parent(),
                None => return Vec::new(),
            }
        }
        Vec::new()
    }

    /// None where nobody was asked: no route from here, or an address that is not dialled.
    async fn server(&self, owner: &Owner, name: Host, address: IpAddr) -> Option<ServerFact> {
        let server = SocketAddr::new(address, self.options().ns_port);
        let answer = self.probe.dns.ask(server, owner, RecordType::Txt).await;
        if matches!(answer.failed(), Some(Fault::Unreachable | Fault::Reserved)) {
            return None;
        }
        Some(ServerFact {
            name,
            address,
            txt: convert::answer(answer, convert::texts),
        })
    }
}
