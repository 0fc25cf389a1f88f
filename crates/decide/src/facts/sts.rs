use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use jiff::Timestamp;
use mta_sts::{Policy, PolicyId};
use names::{Domain, Host, Owner};
use serde::Serialize;

use super::{Answer, HandshakeFault, MxSet, Presented, Text, TlsFact};

/// What was seen of a domain's MTA-STS.
#[derive(Clone, Debug, Serialize)]
pub struct StsFact {
    /// TXT at `_mta-sts.` and the domain (RFC 8461 §3.1).
    pub txt: Answer<Vec<Text>>,
    /// TXT at a random sibling of `_mta-sts`: shows whether a wildcard answers.
    pub sibling: Answer<Vec<Text>>,
    /// TXT at names where people put the record by mistake, where something was found.
    pub near_misses: Vec<(Owner, Vec<Text>)>,
    /// The policy host.
    pub host: PolicyHostFact,
    /// The last good policy that we hold from before, expired or not.
    pub cached: Option<CachedPolicy>,
}

/// What was seen of `mta-sts.` and the domain.
#[derive(Clone, Debug, Serialize)]
pub struct PolicyHostFact {
    /// IPv4 addresses.
    pub v4: Answer<Vec<Ipv4Addr>>,
    /// IPv6 addresses.
    pub v6: Answer<Vec<Ipv6Addr>>,
    /// One fetch an address, in the order in which a sender would try them.
    pub fetches: Vec<FetchFact>,
    /// One more fetch, as a browser: tried where the honest one was turned away.
    pub as_browser: Option<FetchFact>,
}

/// One fetch of the policy.
#[derive(Clone, Debug, Serialize)]
pub struct FetchFact {
    /// The address dialled.
    pub address: IpAddr,
    /// What came of it.
    pub outcome: FetchOutcome,
    /// What TLS showed, where the handshake came so far.
    pub tls: Option<TlsFact>,
    /// What the host presents to a hand-written TLS 1.0 to 1.2 hello; asked after a failed
    /// handshake.
    pub presented: Option<Presented>,
    /// Milliseconds from the first packet to the last.
    pub elapsed_ms: u64,
}

/// What came of a fetch.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FetchOutcome {
    /// Status 200 and a whole body.
    Fetched(Fetched),
    /// No policy.
    Failed(FetchFault),
}

/// A body with its headers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fetched {
    /// `Content-Type` as sent.
    pub content_type: Option<String>,
    /// `Content-Encoding` as sent, where it is not `identity`.
    pub content_encoding: Option<String>,
    /// The body.
    pub body: Text,
}

/// Why a fetch yields no policy (RFC 8461 §3.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FetchFault {
    /// The address is of special use and such addresses are not dialled.
    Reserved,
    /// Port closed.
    Refused,
    /// The connection was not made in time.
    ConnectTimeout,
    /// No route, or another failure of the network.
    Unreachable(String),
    /// What answered does not speak TLS.
    NotTls,
    /// The handshake failed.
    Handshake(HandshakeFault),
    /// The handshake stands, the certificate does not: see the faults in [`FetchFact::tls`].
    Certificate,
    /// A status other than 200.
    Status {
        /// The status.
        code: u16,
        /// `Location` as sent.
        location: Option<String>,
    },
    /// More than the limit.
    TooLarge {
        /// Bytes that are allowed.
        limit: usize,
    },
    /// Not complete in time; the word says at what step.
    Timeout(String),
    /// The body ended before its `Content-Length`.
    Truncated,
    /// What came is not HTTP/1.
    Protocol(String),
}

/// A policy that we fetched before.
#[derive(Clone, Debug, Serialize)]
pub struct CachedPolicy {
    /// The id of the record at that time.
    pub id: PolicyId,
    /// The policy.
    pub policy: Policy,
    /// When it was last fetched over HTTPS: `max_age` counts from here (RFC 8461 §3.2).
    pub fetched_at: Timestamp,
}

/// What was seen of a domain's TLSRPT.
#[derive(Clone, Debug, Serialize)]
pub struct TlsrptFact {
    /// TXT at `_smtp._tls.` and the domain (RFC 8460 §3).
    pub txt: Answer<Vec<Text>>,
    /// TXT at names of the drafts and of common mistakes, where something was found.
    pub near_misses: Vec<(Owner, Vec<Text>)>,
    /// The mail domains that reports go to.
    pub destinations: Vec<Destination>,
}

/// A mail domain that reports go to.
#[derive(Clone, Debug, Serialize)]
pub struct Destination {
    /// The domain behind the `@`.
    pub domain: Domain,
    /// Its MX RRset.
    pub mx: Answer<MxSet>,
    /// Its addresses, asked where it has no MX RRset.
    pub v4: Answer<Vec<Ipv4Addr>>,
    /// Its addresses, asked where it has no MX RRset.
    pub v6: Answer<Vec<Ipv6Addr>>,
}

/// What one authoritative server says, asked directly.
#[derive(Clone, Debug, Serialize)]
pub struct ServerFact {
    /// Its name.
    pub name: Host,
    /// The address asked.
    pub address: IpAddr,
    /// TXT at `_mta-sts.` and the domain.
    pub txt: Answer<Vec<Text>>,
}
