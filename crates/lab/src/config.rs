use std::{io, net::SocketAddr, path::PathBuf};

use thiserror::Error;

use crate::{dns::record::Record, listen::free_port};

/// What a lab is started with.
#[derive(Clone, Debug)]
pub struct LabConfig {
    /// Where `ca.pem` and the trust anchor are written; made where it is not there.
    pub dir: PathBuf,
    /// Fixed ports; free ones with none.
    pub ports: Option<Ports>,
    /// Further zones below `example`, for servers that are not the lab's.
    pub zones: Vec<ExtraZone>,
    /// Policies for domains of those zones, served by the lab's shared policy host.
    pub policies: Vec<ExtraPolicy>,
}

/// The ports of a lab. The three of the servers may be privileged in a private network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ports {
    /// The validating resolver's, on 127.0.0.1.
    pub dns: u16,
    /// The authoritative servers', on 127.53.0.1 and 127.53.0.2.
    pub ns: u16,
    /// The policy hosts'.
    pub https: u16,
    /// The MX hosts'.
    pub smtp: u16,
}

/// A zone for servers that are not the lab's.
#[derive(Clone, Debug)]
pub struct ExtraZone {
    /// Its name, below `example`.
    pub apex: String,
    /// Whether it is signed, with its key in the parent zone.
    pub signed: bool,
    /// What it holds beside its SOA and NS.
    pub records: Vec<Record>,
}

/// A policy for a domain of an extra zone, whose `mta-sts` name should have the address
/// [`crate::Lab::policy_host`].
#[derive(Clone, Debug)]
pub struct ExtraPolicy {
    /// The policy domain, without `mta-sts`.
    pub domain: String,
    /// The octets of the policy.
    pub body: Vec<u8>,
}

/// How good a certificate [`crate::Lab::issue`] makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issue {
    /// Valid for two months.
    Valid,
    /// Ended three days ago.
    Expired,
}

/// Why a lab does not start.
#[derive(Debug, Error)]
pub enum LabError {
    /// The folder or a file in it.
    #[error("cannot write {}", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// An address is taken, or not to be had.
    #[error("cannot listen on {address}")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// No free port, no thread.
    #[error("the system refuses what the lab needs")]
    System(#[source] io::Error),
    /// A key or certificate could not be made.
    #[error("cannot make a certificate")]
    Certificate(#[source] io::Error),
    /// An extra zone that is not below `example`, or is there already.
    #[error("`{apex}` is no zone to be added")]
    Zone {
        /// Its name.
        apex: String,
    },
    /// A DNSSEC key could not be made.
    #[error("cannot sign the zones")]
    Signing,
}

impl LabConfig {
    /// A lab on free ports with nothing added.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            ports: None,
            zones: Vec::new(),
            policies: Vec::new(),
        }
    }
}

impl Ports {
    /// Four ports that nobody listens on.
    pub(crate) fn free() -> io::Result<Self> {
        Ok(Self {
            dns: free_port()?,
            ns: free_port()?,
            https: free_port()?,
            smtp: free_port()?,
        })
    }
}
