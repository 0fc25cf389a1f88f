use std::{
    fs, io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use names::Domain;
use time::OffsetDateTime;
use tokio::{
    net::{TcpListener, UdpSocket},
    runtime::{Builder, EnterGuard, Runtime},
};

use crate::{
    ca::{Ca, CertKind},
    config::{Issue, LabConfig, LabError, Ports},
    dns::{
        auth::{Authority, Signing, ZoneSpec},
        name::Name,
        resolver::Resolver,
        server::{Authoritative, serve_tcp, serve_udp},
    },
    listen::{Door, Kept, Mute, Serve, accept_all, datagrams, fill, listen},
    scenarios::{Scenario, scenarios},
    site::Site,
    world::{NAME_SERVER_ADDRESSES, NAME_SERVERS, SHARED_HOST, World},
};

/// The resolver's address.
const RESOLVER: Ipv4Addr = Ipv4Addr::LOCALHOST;
/// How often free ports are looked for.
const ATTEMPTS: usize = 20;

/// A running lab. It stops when it is dropped.
pub struct Lab {
    ports: Ports,
    ca: Arc<Ca>,
    ca_file: PathBuf,
    anchor_file: PathBuf,
    anchor: [String; 2],
    _threads: Threads,
    _kept: Kept,
}

impl Lab {
    /// Makes keys and certificates, binds every address, and serves from threads of its own.
    pub fn start(config: LabConfig) -> Result<Self, LabError> {
        let LabConfig {
            dir,
            ports,
            zones,
            policies,
        } = config;
        let now = OffsetDateTime::now_utc();
        let certificate = |error: rcgen::Error| LabError::Certificate(io::Error::other(error));
        let ca = Arc::new(Ca::generate(now).map_err(certificate)?);
        let threads = Threads::start().map_err(LabError::System)?;
        let sites: Vec<Site> = scenarios().iter().map(Scenario::site).collect();
        let policies = policies
            .into_iter()
            .map(|policy| (policy.domain, policy.body))
            .collect();
        let mut world = World::build(&sites, policies, &ca).map_err(LabError::Certificate)?;
        for zone in zones {
            let taken = world.zones.iter().any(|other| other.apex == zone.apex);
            if taken || !zone.apex.ends_with(".example") || Domain::parse(&zone.apex).is_err() {
                return Err(LabError::Zone { apex: zone.apex });
            }
            world.zones.push(ZoneSpec {
                apex: zone.apex,
                records: zone.records,
                second: None,
                signing: zone.signed.then(Signing::default),
            });
        }
        let servers = NAME_SERVERS.map(Name::new);
        let faults = std::mem::take(&mut world.faults);
        let authority = Authority::build(&world.zones, &servers, faults, now.unix_timestamp())
            .map_err(|_| LabError::Signing)?;
        let anchor = authority.trust_anchor();
        let ca_file = write(&dir, "ca.pem", &ca.root_pem())?;
        let anchor_file = write(&dir, "root.key", &anchor.join("\n"))?;
        let (ports, kept) = open(&threads, world, &Arc::new(authority), ports)?;
        Ok(Self {
            ports,
            ca,
            ca_file,
            anchor_file,
            anchor,
            _threads: threads,
            _kept: kept,
        })
    }
}

impl Lab {
    /// Where the validating resolver answers, over UDP and TCP.
    pub fn dns(&self) -> SocketAddr {
        (RESOLVER, self.ports.dns).into()
    }

    /// The port of the authoritative servers.
    pub fn ns_port(&self) -> u16 {
        self.ports.ns
    }

    /// The authoritative servers themselves.
    pub fn name_servers(&self) -> [SocketAddr; 2] {
        NAME_SERVER_ADDRESSES.map(|address| (address, self.ports.ns).into())
    }

    /// The port of the policy hosts, at all their addresses.
    pub fn https_port(&self) -> u16 {
        self.ports.https
    }

    /// The port of the MX hosts, at all their addresses.
    pub fn smtp_port(&self) -> u16 {
        self.ports.smtp
    }

    /// The address of the policy host that most domains share.
    pub fn policy_host() -> Ipv4Addr {
        SHARED_HOST
    }

    /// The root certificate that everything good is issued under, in PEM.
    pub fn ca_file(&self) -> &Path {
        &self.ca_file
    }

    /// The DNS root's key as a DNSKEY and as a DS record, in the form of zone files.
    pub fn trust_anchor(&self) -> &[String; 2] {
        &self.anchor
    }

    /// The same two lines in a file, as Unbound's `trust-anchor-file` wants it.
    pub fn anchor_file(&self) -> &Path {
        &self.anchor_file
    }

    /// A certificate chain in PEM, under the lab's root, for a server that is not the lab's. The
    /// key (PEM, PKCS #8) is the server's own, so that a zone can pin it before the lab starts.
    pub fn issue(&self, key: &str, names: &[&str], issue: Issue) -> Result<String, LabError> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let kind = match issue {
            Issue::Valid => CertKind::Good,
            Issue::Expired => CertKind::Expired,
        };
        let issued = self.ca.issue_for_key(key, &names, kind);
        let issued = issued.map_err(|error| LabError::Certificate(io::Error::other(error)))?;
        Ok(issued.chain_pem().to_owned())
    }
}

/// The lab's threads, which end with it. They are not waited for: a lab may be dropped inside
/// another runtime.
struct Threads(Option<Runtime>);

impl Threads {
    fn start() -> io::Result<Self> {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(2).thread_name("lab").enable_all();
        Ok(Self(Some(builder.build()?)))
    }

    /// Sockets belong to the runtime that is entered when they are made.
    fn enter(&self) -> Option<EnterGuard<'_>> {
        self.0.as_ref().map(Runtime::enter)
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Every socket of a lab, before anything is served.
struct Sockets {
    resolver: Pair,
    servers: Vec<Pair>,
    web: Vec<Option<TcpListener>>,
    mx: Vec<Option<TcpListener>>,
    kept: Kept,
}

/// The two sockets of a DNS server.
type Pair = (UdpSocket, TcpListener);

/// Binds every address and serves it.
fn open(
    threads: &Threads,
    world: World,
    authority: &Arc<Authority>,
    fixed: Option<Ports>,
) -> Result<(Ports, Kept), LabError> {
    let _entered = threads.enter();
    let mut left = ATTEMPTS;
    let (ports, sockets) = loop {
        let ports = fixed
            .map_or_else(Ports::free, Ok)
            .map_err(LabError::System)?;
        match bind(&world, ports) {
            Ok(sockets) => break (ports, sockets),
            // Somebody else took the port at one of the addresses: look for another.
            Err(LabError::Listen { .. }) if fixed.is_none() && left > 0 => left -= 1,
            Err(error) => return Err(error),
        }
    };
    let servers = NAME_SERVER_ADDRESSES.map(|address| SocketAddr::from((address, ports.ns)));
    let [dnskey, _] = authority.trust_anchor();
    let resolver = Resolver::new(servers.to_vec(), &dnskey).ok_or(LabError::Signing)?;
    let resolver = Arc::new(resolver);
    tokio::spawn(serve_udp(sockets.resolver.0, Arc::clone(&resolver)));
    tokio::spawn(serve_tcp(sockets.resolver.1, resolver));
    for (server, (udp, tcp)) in sockets.servers.into_iter().enumerate() {
        let answer = Arc::new(Authoritative {
            authority: Arc::clone(authority),
            server,
        });
        tokio::spawn(serve_udp(udp, Arc::clone(&answer)));
        tokio::spawn(serve_tcp(tcp, answer));
    }
    for (listener, (_, door, server)) in sockets.web.into_iter().zip(world.web) {
        serve(listener, door, server);
    }
    for (listener, (_, door, server)) in sockets.mx.into_iter().zip(world.mx) {
        serve(listener, door, server);
    }
    Ok((ports, sockets.kept))
}

fn serve<S: Serve>(listener: Option<TcpListener>, door: Door, server: S) {
    let Some(listener) = listener else { return };
    if door == Door::Silent {
        tokio::spawn(accept_all(listener, Arc::new(Mute)));
    } else {
        tokio::spawn(accept_all(listener, Arc::new(server)));
    }
}

fn bind(world: &World, ports: Ports) -> Result<Sockets, LabError> {
    let mut kept = Kept::default();
    let web = world.web.iter().map(|(address, door, _)| (*address, *door));
    let mx = world.mx.iter().map(|(address, door, _)| (*address, *door));
    Ok(Sockets {
        resolver: pair((RESOLVER, ports.dns).into())?,
        servers: NAME_SERVER_ADDRESSES
            .into_iter()
            .map(|address| pair((address, ports.ns).into()))
            .collect::<Result<_, _>>()?,
        web: doors(web, ports.https, &mut kept)?,
        mx: doors(mx, ports.smtp, &mut kept)?,
        kept,
    })
}

fn pair(address: SocketAddr) -> Result<Pair, LabError> {
    let both = || Ok((datagrams(address)?, listen(address)?));
    both().map_err(|source| LabError::Listen { address, source })
}

fn doors(
    doors: impl Iterator<Item = (IpAddr, Door)>,
    port: u16,
    kept: &mut Kept,
) -> Result<Vec<Option<TcpListener>>, LabError> {
    doors
        .map(|(address, door)| {
            let address = SocketAddr::from((address, port));
            let listener = match door {
                Door::Open | Door::Silent => listen(address).map(Some),
                Door::Closed => Ok(None),
                Door::Full => fill(address, kept).map(|()| None),
            };
            listener.map_err(|source| LabError::Listen { address, source })
        })
        .collect()
}

fn write(dir: &Path, name: &str, text: &str) -> Result<PathBuf, LabError> {
    let path = dir.join(name);
    let written = fs::create_dir_all(dir).and_then(|()| fs::write(&path, text));
    match written {
        Ok(()) => Ok(path),
        Err(source) => Err(LabError::Write { path, source }),
    }
}
