use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use names::{Host, Owner};
use serde::{Serialize, Serializer};

use super::{Answer, DnsFault, HandshakeFault, Presented, Text, TlsFact};

/// The MX RRset of the domain.
#[derive(Clone, Debug, Serialize)]
pub struct MxFact {
    /// What DNS said. [`super::Answered::NoData`] makes the domain its own, implicit MX host (RFC 5321 §5.1).
    pub answer: Answer<MxSet>,
    /// How many DNSKEY records the domain has: asked where its MX RRset is not signed as far as
    /// anybody can prove, since keys without a DS record prove nothing (RFC 4035 §5.2).
    pub keys: Answer<usize>,
}

/// What an MX RRset holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MxSet {
    /// `0 .`: the domain takes no mail (RFC 7505).
    Null,
    /// MX hosts by preference. Targets that are no host names are left out and counted.
    Hosts {
        /// The usable records, lowest preference first.
        records: Vec<Mx>,
        /// The targets that cannot be host names, as DNS gave them.
        unusable: Vec<String>,
    },
}

/// One MX record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mx {
    /// Lower is tried first.
    pub preference: u16,
    /// The target as published: the name that policies are matched with (RFC 8461 §4.1).
    pub host: Host,
}

/// What was seen of one MX host.
#[derive(Clone, Debug, Serialize)]
pub struct HostFact {
    /// The MX record's target, or the domain itself.
    pub host: Host,
    /// The MX record's preference; none for an implicit MX.
    pub preference: Option<u16>,
    /// IPv4 addresses.
    pub v4: Answer<Vec<Ipv4Addr>>,
    /// IPv6 addresses.
    pub v6: Answer<Vec<Ipv6Addr>>,
    /// The explicit question for a CNAME at the host: asked where the addresses came through a
    /// chain that is not secure as a whole (RFC 7672 §2.2.2).
    pub alias: Answer<Owner>,
    /// The questions for TLSA records, in the order asked: at the secure expanded name, then at
    /// the host (RFC 7672 §2.2.2, §2.2.3).
    pub tlsa: Vec<TlsaAnswer>,
    /// What these answers come to.
    pub tlsa_fact: TlsaFact,
    /// The host's own TLSRPT record (RFC 8460 §1.1: DANE's policy domain is the TLSA base domain).
    pub tlsrpt: Answer<Vec<Text>>,
    /// One session an address.
    pub sessions: Vec<SessionFact>,
}

/// One question for TLSA records.
#[derive(Clone, Debug, Serialize)]
pub struct TlsaAnswer {
    /// The TLSA base domain: the name that certificates are compared with and SNI carries.
    pub base: Owner,
    /// The owner name asked, `_25._tcp.` and the base domain whatever the port dialled.
    pub owner: Owner,
    /// What DNS said.
    pub answer: Answer<Vec<Tlsa>>,
}

/// One TLSA record (RFC 6698 §2.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Tlsa {
    /// Certificate usage.
    pub usage: u8,
    /// Selector.
    pub selector: u8,
    /// Matching type.
    pub matching: u8,
    /// Certificate association data; in lower-case hex where it is printed.
    #[serde(serialize_with = "hex")]
    pub data: Vec<u8>,
}

fn hex<S: Serializer>(octets: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    let digits: Vec<String> = octets.iter().map(|octet| format!("{octet:02x}")).collect();
    serializer.serialize_str(&digits.concat())
}

/// What the TLSA look-up of a host comes to (RFC 7672 §2.1, §2.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TlsaFact {
    /// No secure TLSA RRset exists, or the addresses are not secure: DANE does not apply.
    NotApplicable,
    /// At least one usable record: TLS and authentication are required.
    Records {
        /// The TLSA base domain that the records were found at.
        base: Owner,
        /// The usable records only.
        usable: Vec<Tlsa>,
    },
    /// Secure records, none usable: TLS is required, authentication is not possible.
    Unusable {
        /// The TLSA base domain that the records were found at.
        base: Owner,
    },
    /// No answer at some step: the host is to be treated as unreachable (RFC 7672 §2.1.2).
    Unknown(DnsFault),
}

/// What happened on one address of an MX host.
#[derive(Clone, Debug, Serialize)]
pub struct SessionFact {
    /// The address dialled.
    pub address: IpAddr,
    /// How far it went.
    pub outcome: SessionOutcome,
    /// What the host presents to a hand-written TLS 1.0 to 1.2 hello; asked after a failed
    /// handshake.
    pub presented: Option<Presented>,
    /// Whether TLS 1.0 or 1.1 is still accepted; none where it was not tried.
    pub legacy: Option<bool>,
    /// A second session without SNI; none where it was not tried.
    pub without_sni: Option<Box<SessionOutcome>>,
    /// Whether a command sent behind `STARTTLS` in clear was executed inside TLS; none where it
    /// was not tried.
    pub injection: Option<bool>,
    /// Milliseconds from the first packet to the last.
    pub elapsed_ms: u64,
}

/// How far a session went.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SessionOutcome {
    /// The address is of special use and such addresses are not dialled.
    Reserved,
    /// The connection was refused.
    Refused,
    /// The connection was not made in time.
    ConnectTimeout,
    /// No route, or another failure of the network.
    Unreachable(String),
    /// Connected, but nothing came in time; the word says at what step.
    Timeout(String),
    /// The greeting was not 220.
    Greeting {
        /// The reply code; 0 where the reply cannot be read.
        code: u16,
        /// The reply's text.
        text: String,
    },
    /// The connection broke, or what came is not SMTP.
    Protocol(String),
    /// SMTP went as far as `STARTTLS`.
    Smtp {
        /// The greeting's text.
        banner: String,
        /// The extensions announced in clear.
        extensions: Vec<String>,
        /// What came of `STARTTLS`.
        starttls: Starttls,
    },
}

/// What came of `STARTTLS`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Starttls {
    /// Not announced.
    Missing,
    /// Announced and refused.
    Refused {
        /// The reply code.
        code: u16,
        /// The reply's text.
        text: String,
    },
    /// The handshake failed.
    Failed(HandshakeFault),
    /// TLS stands; whether anybody should trust it is another question.
    Established(TlsFact),
}
