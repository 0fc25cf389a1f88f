use std::{
    io::{self, Read},
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use thiserror::Error;

use crate::dial::Allow;

/// At most this many servers are asked (resolv.conf has at most three).
const MAX_SERVERS: usize = 8;
/// A resolv.conf is never longer than this.
const MAX_RESOLV_CONF: u64 = 64 * 1024;

/// Whom to ask, and whom to believe.
#[derive(Clone, Debug)]
pub struct DnsConfig {
    /// Resolvers, asked in turn.
    pub servers: Vec<SocketAddr>,
    /// Whose AD bit counts.
    pub trust_ad: TrustAd,
    /// Trust anchors in zone-file form (DS or DNSKEY records). Where given, this process validates
    /// itself and no AD bit counts.
    pub anchors: Option<String>,
    /// How long one server may take for one attempt.
    pub timeout: Duration,
    /// How often the list of servers is gone through; at least once.
    pub attempts: u8,
    /// Which reserved addresses authoritative servers may have (see [`crate::dial`]).
    pub allow: Allow,
}

/// Whose AD bit counts (RFC 7672 §2.1.1: the path to the resolver must be trusted).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrustAd {
    /// Resolvers on this machine's loopback.
    #[default]
    Loopback,
    /// Every configured resolver: the operator vouches for the path.
    Always,
    /// None.
    Never,
}

/// Why a configuration is unusable.
#[derive(Debug, Error)]
pub enum DnsConfigError {
    /// No server named.
    #[error("no DNS server is configured")]
    NoServers,
    /// The trust anchors are no DS or DNSKEY records.
    #[error("the trust anchors cannot be read")]
    Anchors,
    /// `/etc/resolv.conf` cannot be read.
    #[error("resolv.conf: {0}")]
    ResolvConf(#[from] io::Error),
}

impl DnsConfig {
    /// The given resolvers, AD trusted from loopback, 5 s an attempt, two attempts.
    pub fn new(servers: Vec<SocketAddr>) -> Self {
        Self {
            servers,
            trust_ad: TrustAd::default(),
            anchors: None,
            timeout: Duration::from_secs(5),
            attempts: 2,
            allow: Allow::Public,
        }
    }

    /// The resolvers of `/etc/resolv.conf`.
    pub fn system() -> Result<Self, DnsConfigError> {
        let mut text = String::new();
        std::fs::File::open("/etc/resolv.conf")?
            .take(MAX_RESOLV_CONF)
            .read_to_string(&mut text)?;
        Ok(Self::from_resolv_conf(&text))
    }

    /// The resolvers that a resolv.conf names (resolv.conf(5)): `nameserver`, `timeout:` and
    /// `attempts:`. Without any, the resolver on this machine is meant. Its `trust-ad` option is
    /// not heeded: it speaks of the C library's callers.
    pub fn from_resolv_conf(text: &str) -> Self {
        let mut config = Self::new(Vec::new());
        for line in text.lines() {
            let mut words = line.split_ascii_whitespace();
            match words.next() {
                Some("nameserver") => config.servers.extend(words.next().and_then(nameserver)),
                Some("options") => words.for_each(|word| config.option(word)),
                _ => {}
            }
        }
        config.servers.truncate(MAX_SERVERS);
        if config.servers.is_empty() {
            config.servers.push(SocketAddr::from(([127, 0, 0, 1], 53)));
        }
        config
    }

    /// How long a look-up may take in all: each attempt at each server over UDP, one over TCP, and
    /// one turn for the proof of AD.
    pub(super) fn patience(&self) -> Duration {
        let servers = u32::try_from(self.servers.len()).unwrap_or(u32::MAX);
        let turns = servers.saturating_mul(u32::from(self.attempts.max(1)) + 1);
        self.timeout.saturating_mul(turns.saturating_add(1))
    }

    fn option(&mut self, word: &str) {
        let number = |text: &str| text.parse::<u8>().ok().filter(|number| *number > 0);
        if let Some(seconds) = word.strip_prefix("timeout:").and_then(number) {
            self.timeout = Duration::from_secs(seconds.min(30).into());
        }
        if let Some(attempts) = word.strip_prefix("attempts:").and_then(number) {
            self.attempts = attempts.min(5);
        }
    }
}

/// An address as resolv.conf has it; a scope (`%eth0`) is dropped.
fn nameserver(word: &str) -> Option<SocketAddr> {
    let address = word.split('%').next().unwrap_or(word);
    address
        .parse::<IpAddr>()
        .ok()
        .map(|address| SocketAddr::new(address, 53))
}
