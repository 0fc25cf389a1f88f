//! Puts the sites together: zones, addresses and servers of one lab.

use std::{
    collections::HashMap,
    io,
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

use crate::{
    ca::Ca,
    dns::{
        auth::{DnsFault, ZoneSpec},
        record::{Data, Record},
    },
    listen::Door,
    mx::MxServer,
    site::{DELEGATE, MAIL_PROVIDER, MxHost, PLAIN_PROVIDER, REPORTS, Site, TlsaPlan},
    tls::{Behaviour, Directory},
    web::{Content, WebReply, WebServer},
};

/// The names of the lab's name servers.
pub(crate) const NAME_SERVERS: [&str; 2] = ["ns1.dns-lab.example", "ns2.dns-lab.example"];
/// Their addresses.
pub(crate) const NAME_SERVER_ADDRESSES: [Ipv4Addr; 2] =
    [Ipv4Addr::new(127, 53, 0, 1), Ipv4Addr::new(127, 53, 0, 2)];
/// The policy host that most domains share.
pub(crate) const SHARED_HOST: Ipv4Addr = Ipv4Addr::new(127, 43, 0, 1);

/// All zones and servers.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) zones: Vec<ZoneSpec>,
    pub(crate) faults: Vec<DnsFault>,
    pub(crate) web: Vec<(IpAddr, Door, WebServer)>,
    pub(crate) mx: Vec<(IpAddr, Door, MxServer)>,
    /// The shared host's replies by host name.
    shared: HashMap<String, WebReply>,
}

impl World {
    /// The world of these sites.
    pub(crate) fn build(
        sites: &[Site],
        policies: Vec<(String, Vec<u8>)>,
        ca: &Arc<Ca>,
    ) -> io::Result<Self> {
        let mut world = Self::default();
        world.infrastructure(ca)?;
        for site in sites {
            world.add(site, ca)?;
        }
        for record in sites.iter().flat_map(|site| &site.elsewhere) {
            let holds = |zone: &&mut ZoneSpec| record.owner.ends_with(&format!(".{}", zone.apex));
            let closest = world
                .zones
                .iter_mut()
                .filter(holds)
                .max_by_key(|zone| zone.apex.len());
            if let Some(zone) = closest {
                zone.records.push(record.clone());
            }
        }
        for (domain, body) in policies {
            let host = format!("mta-sts.{domain}").to_ascii_lowercase();
            world.shared.insert(host, WebReply::policy(body));
        }
        let names = world.shared.keys().cloned().collect();
        let tls = Some(Behaviour::Directory(Directory::new(Arc::clone(ca), names)));
        let content = Content::ByHost(std::mem::take(&mut world.shared));
        let shared = WebServer { tls, content };
        world.web.push((SHARED_HOST.into(), Door::Open, shared));
        Ok(world)
    }

    /// The root, the one top-level domain, the name servers and the mail providers.
    fn infrastructure(&mut self, ca: &Ca) -> io::Result<()> {
        let servers = NAME_SERVERS.into_iter().zip(NAME_SERVER_ADDRESSES);
        let servers = servers.map(|(name, address)| Record::new(name, Data::A(address)));
        self.zones.push(ZoneSpec::signed("", Vec::new()));
        self.zones.push(ZoneSpec::signed("example", Vec::new()));
        self.zones
            .push(ZoneSpec::signed("dns-lab.example", servers.collect()));
        for (provider, signed) in [(MAIL_PROVIDER, true), (PLAIN_PROVIDER, false)] {
            let mut records = Vec::new();
            for name in ["mx1", "mx2"] {
                let host = MxHost::good(format!("{name}.{provider}"), signed);
                self.mx_host(&host, ca, &mut records)?;
                let rua = format!("v=TLSRPTv1; rua=mailto:tls@{REPORTS}");
                records.push(Record::txt(format!("_smtp._tls.{}", host.name), &rua));
            }
            records.push(Record::new(
                format!("policies.{provider}"),
                Data::A(SHARED_HOST),
            ));
            let mut zone = ZoneSpec::signed(provider, records);
            if !signed {
                zone.signing = None;
            }
            self.zones.push(zone);
        }
        let host = Record::new(format!("policies.{DELEGATE}"), Data::A(SHARED_HOST));
        self.zones.push(ZoneSpec::signed(DELEGATE, vec![host]));
        let mail = Record::mx(REPORTS, 10, format!("mx1.{MAIL_PROVIDER}"));
        self.zones.push(ZoneSpec::signed(REPORTS, vec![mail]));
        Ok(())
    }

    fn add(&mut self, site: &Site, ca: &Arc<Ca>) -> io::Result<()> {
        let mut records = site.tlsrpt.clone();
        records.extend(site.mail.iter().cloned());
        records.extend(site.others.iter().cloned());
        for host in &site.mx {
            self.mx_host(host, ca, &mut records)?;
        }
        self.policy_host(site, ca, &mut records)?;
        let mut zones = site.zones.clone();
        for zone in &mut zones {
            // What lies below another zone's name belongs there.
            let suffix = format!(".{}", zone.apex);
            let (inside, outside): (Vec<Record>, _) = records
                .into_iter()
                .partition(|record| record.owner.ends_with(&suffix));
            zone.records.extend(inside);
            records = outside;
        }
        let with = |sts: &[Record]| records.iter().chain(sts).cloned().collect::<Vec<_>>();
        self.zones.push(ZoneSpec {
            apex: site.domain.clone(),
            records: with(&site.sts),
            second: site.second_sts.as_deref().map(with),
            signing: site.signing.clone(),
        });

        self.zones.extend(zones);
        self.faults.extend(site.faults.iter().cloned());
        Ok(())
    }

    fn policy_host(&mut self, site: &Site, ca: &Ca, records: &mut Vec<Record>) -> io::Result<()> {
        let name = site.under("mta-sts");
        let mut addresses = Vec::new();
        for plan in &site.host.servers {
            let address = nth_address(43, self.web.len());
            let content = Content::One(
                plan.reply
                    .clone()
                    .unwrap_or_else(|| site.host.reply.clone()),
            );
            let tls = plan
                .tls
                .as_ref()
                .map(|plan| plan.realize(ca, &name))
                .transpose()?;
            let server = WebServer {
                tls: tls.map(|(behaviour, _)| behaviour),
                content,
            };
            self.web.push((address.into(), plan.door, server));
            addresses.push(Record::new(&name, Data::A(address)));
        }
        if addresses.is_empty() {
            self.shared.insert(name.clone(), site.host.reply.clone());
            addresses.push(Record::new(&name, Data::A(SHARED_HOST)));
        }
        records.extend(site.host.records.clone().unwrap_or(addresses));
        Ok(())
    }

    fn mx_host(&mut self, host: &MxHost, ca: &Ca, records: &mut Vec<Record>) -> io::Result<()> {
        let mut addresses = Vec::new();
        let mut pinned = None;
        for plan in &host.servers {
            let address = nth_address(25, self.mx.len());
            let (tls, issued) = plan.tls.realize(ca, &host.name)?;
            let server = MxServer {
                name: host.name.clone(),
                smtp: plan.smtp,
                tls,
            };
            self.mx.push((address.into(), plan.door, server));
            addresses.push(Data::A(address));
            pinned.get_or_insert_with(|| issued.spki());
        }
        addresses.extend(host.more.iter().cloned());
        let holder = host.alias.as_ref().unwrap_or(&host.name);
        records.extend(addresses.into_iter().map(|data| Record::new(holder, data)));
        if let Some(target) = &host.alias {
            records.push(Record::cname(&host.name, target));
        }
        for plan in &host.tlsa {
            let owner = format!("_25._tcp.{}", host.name);
            let current = || {
                pinned
                    .as_ref()
                    .map(crate::ca::Spki::sha256)
                    .unwrap_or_default()
            };
            let (usage, digest) = match plan {
                TlsaPlan::Current => (3, current()),
                TlsaPlan::Other => (3, other_digest(&host.name)),
                TlsaPlan::Intermediate => (2, ca.intermediate_spki().sha256()),
                TlsaPlan::Root => (2, ca.root_spki().sha256()),
                TlsaPlan::Pkix => (1, current()),
            };
            records.push(Record::new(owner, Data::Tlsa(usage, 1, 1, digest)));
        }
        Ok(())
    }
}

/// The digest of a key that nobody has.
fn other_digest(name: &str) -> Vec<u8> {
    aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, name.as_bytes())
        .as_ref()
        .to_vec()
}

/// Addresses of one kind of server: 127.KIND.x.y, one after the other.
fn nth_address(kind: u8, number: usize) -> Ipv4Addr {
    let number = u16::try_from(number + 1).unwrap_or(u16::MAX - 1);
    let [high, low] = number.to_be_bytes();
    Ipv4Addr::new(127, kind, high + 1, low)
}
