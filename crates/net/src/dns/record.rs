use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use names::Owner;

/// The record types that are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RecordType {
    /// IPv4 address (RFC 1035 §3.4.1).
    A,
    /// IPv6 address (RFC 3596).
    Aaaa,
    /// Mail exchange (RFC 1035 §3.3.9).
    Mx,
    /// Text (RFC 1035 §3.3.14).
    Txt,
    /// Certificate association (RFC 6698).
    Tlsa,
    /// Alias (RFC 1035 §3.3.1).
    Cname,
    /// Name server (RFC 1035 §3.3.11).
    Ns,
    /// Start of authority (RFC 1035 §3.3.13).
    Soa,
    /// Delegation signer (RFC 4034 §5).
    Ds,
    /// Zone key (RFC 4034 §2).
    Dnskey,
}

/// One record's data.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Record {
    /// An IPv4 address.
    A(Ipv4Addr),
    /// An IPv6 address.
    Aaaa(Ipv6Addr),
    /// A mail exchange.
    Mx(Mx),
    /// The character-strings of one TXT record, joined with nothing between (RFC 8461 §3.1).
    Txt(Vec<u8>),
    /// A certificate association.
    Tlsa(Tlsa),
    /// An alias's target.
    Cname(Owner),
    /// A name server.
    Ns(Owner),
    /// Start of authority.
    Soa(Soa),
    /// Delegation signer.
    Ds(Ds),
    /// Zone key.
    Dnskey(Dnskey),
}

/// A mail exchange.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mx {
    /// The lower, the earlier (RFC 5321 §5.1).
    pub preference: u16,
    /// The host; the root says "no mail here" (null MX, RFC 7505 §3).
    pub exchange: Owner,
}

/// A certificate association (RFC 6698 §2.1), as published: nothing is known of its usability.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tlsa {
    /// Certificate usage: 2 DANE-TA, 3 DANE-EE (RFC 7218).
    pub usage: u8,
    /// Selector: 0 whole certificate, 1 its public key.
    pub selector: u8,
    /// Matching type: 0 the bytes, 1 SHA2-256, 2 SHA2-512.
    pub matching: u8,
    /// Certificate association data.
    pub data: Vec<u8>,
}

/// Start of authority.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Soa {
    /// Primary server.
    pub mname: Owner,
    /// Serial of the zone.
    pub serial: u32,
    /// How long absence may be kept (RFC 2308 §4).
    pub minimum: u32,
}

/// Delegation signer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ds {
    /// Tag of the key.
    pub key_tag: u16,
    /// Algorithm of the key.
    pub algorithm: u8,
    /// How the digest was made.
    pub digest_type: u8,
    /// Digest of the key.
    pub digest: Vec<u8>,
}

/// Zone key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dnskey {
    /// 256 zone key, 257 with the secure entry point bit.
    pub flags: u16,
    /// Algorithm.
    pub algorithm: u8,
    /// The key's tag (RFC 4034 appendix B).
    pub key_tag: u16,
    /// The key.
    pub key: Vec<u8>,
}

impl Record {
    /// The address of an A or AAAA record.
    pub fn address(&self) -> Option<IpAddr> {
        match self {
            Self::A(address) => Some((*address).into()),
            Self::Aaaa(address) => Some((*address).into()),
            _ => None,
        }
    }

    /// The joined text of a TXT record.
    pub fn text(&self) -> Option<&[u8]> {
        if let Self::Txt(text) = self {
            Some(text)
        } else {
            None
        }
    }

    /// The mail exchange of an MX record.
    pub fn mx(&self) -> Option<&Mx> {
        if let Self::Mx(mx) = self {
            Some(mx)
        } else {
            None
        }
    }

    /// The association of a TLSA record.
    pub fn tlsa(&self) -> Option<&Tlsa> {
        if let Self::Tlsa(tlsa) = self {
            Some(tlsa)
        } else {
            None
        }
    }

    /// The name in a CNAME or NS record.
    pub fn name(&self) -> Option<&Owner> {
        match self {
            Self::Cname(name) | Self::Ns(name) => Some(name),
            _ => None,
        }
    }
}
