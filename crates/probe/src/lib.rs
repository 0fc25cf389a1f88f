//! Look-ups into facts: the only place where what DNS, HTTPS and SMTP say becomes
//! [`decide::facts::Facts`].
//!
//! [`Probe::look`] asks everything to a [`Depth`], all parts side by side, each with a deadline,
//! and tells an observer what it sees as it sees it. Nothing here judges.
//!
//! Reading order: this file, `sts` (record and policy host), `mx` (hosts and TLSA), `session` (one
//! address of one host), `tlsrpt`, `servers`; `convert` turns the wire's words into facts.

mod convert;
mod mx;
mod servers;
mod session;
mod sts;
mod tlsrpt;

use std::time::Duration;

use decide::facts::{CachedPolicy, Facts, FetchFact, MxFact, SessionFact};
use jiff::Timestamp;
use names::{Domain, Host};
use net::{dial::Dialler, dns::Dns, tls::Roots};

/// How much is looked up; each depth holds the ones above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// The MTA-STS record and policy: what a sender without DANE asks.
    Policy,
    /// And the MX hosts, their addresses and TLSA records: what a sender decides by.
    Dane,
    /// And a session with every address of every MX host; TLSRPT, neighbouring names, every
    /// authoritative server: what a checker wants to know.
    Check,
}

/// Where and how to look.
#[derive(Clone, Debug)]
pub struct Options {
    /// Port dialled for the policy; 443 but in a closed world.
    pub https_port: u16,
    /// Port dialled for mail; 25 but in a closed world. TLSA names stay `_25._tcp`.
    pub smtp_port: u16,
    /// Port of authoritative servers; 53 but in a closed world.
    pub ns_port: u16,
    /// How long the look-ups at one address may take, all connections to it together.
    pub timeout: Duration,
    /// The name said in EHLO.
    pub ehlo: Domain,
    /// Whether to try command injection behind `STARTTLS`.
    pub active: bool,
}

/// What was seen, told as soon as it was.
#[derive(Debug)]
pub enum Seen<'a> {
    /// One fetch of the policy.
    Fetch(&'a FetchFact),
    /// The MX RRset.
    Mx(&'a MxFact),
    /// One address of an MX host.
    Session(&'a Host, &'a SessionFact),
}

/// Who is told.
pub type Observer<'a> = &'a (dyn Fn(Seen<'_>) + Sync);

/// At most this many MX hosts are looked at; RFC 5321 §5.1 allows a limit, and no real domain has more.
pub const MAX_HOSTS: usize = 20;
/// At most this many addresses a host, of each family.
pub const MAX_ADDRESSES: usize = 8;

/// Looks domains up.
#[derive(Clone, Debug)]
pub struct Probe {
    dns: Dns,
    dialler: Dialler,
    roots: Roots,
    options: Options,
}

impl Probe {
    /// A probe over these adapters.
    pub fn new(dns: Dns, dialler: Dialler, roots: Roots, options: Options) -> Self {
        Self {
            dns,
            dialler,
            roots,
            options,
        }
    }

    /// Looks `domain` up to `depth`. Certificates are judged as of `now`; `cached` is the last good
    /// policy held from before.
    pub async fn look(
        &self,
        domain: &Domain,
        depth: Depth,
        now: Timestamp,
        cached: Option<CachedPolicy>,
        observer: Observer<'_>,
    ) -> Facts {
        let view = View {
            probe: self,
            domain,
            depth,
            now,
            observer,
        };
        // Each part is a large future: boxed, so that the whole stays small.
        let (sts, (mx, hosts), tlsrpt, servers) = futures_util::join!(
            Box::pin(view.sts(cached)),
            Box::pin(view.mx()),
            Box::pin(view.tlsrpt()),
            Box::pin(view.servers()),
        );
        Facts {
            domain: domain.clone(),
            sts,
            mx,
            hosts,
            tlsrpt,
            servers,
        }
    }
}

/// One look at one domain.
#[derive(Clone, Copy)]
struct View<'a> {
    probe: &'a Probe,
    domain: &'a Domain,
    depth: Depth,
    now: Timestamp,
    observer: Observer<'a>,
}

impl View<'_> {
    /// The point in time at which look-ups at one address must be done.
    fn deadline(&self) -> tokio::time::Instant {
        tokio::time::Instant::now() + self.probe.options.timeout
    }

    fn options(&self) -> &Options {
        &self.probe.options
    }
}
