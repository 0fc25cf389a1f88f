use std::net::{Ipv4Addr, Ipv6Addr};

use super::{name::Name, rtype};

/// One record of a lab zone: an absolute owner name, without its final dot, and data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The owner name, absolute.
    pub owner: String,
    /// What it holds.
    pub data: Data,
    /// How long an answer may be kept, in seconds.
    pub ttl: u32,
}

/// The time to live of every record that asks for no other.
pub(crate) const TTL: u32 = 300;

/// What a record holds. Names are absolute, without the final dot; the empty name is the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// An IPv4 address.
    A(Ipv4Addr),
    /// An IPv6 address.
    Aaaa(Ipv6Addr),
    /// An alias.
    Cname(String),
    /// A mail exchanger: preference and host. A null MX (RFC 7505) has the empty host.
    Mx(u16, String),
    /// A name server.
    Ns(String),
    /// The character-strings of one TXT record.
    Txt(Vec<Vec<u8>>),
    /// Usage, selector, matching type and association data (RFC 6698 §2.1).
    Tlsa(u8, u8, u8, Vec<u8>),
    /// Any other type, by number, in wire form.
    Other(u16, Vec<u8>),
}

impl Record {
    /// A record of this owner and data.
    pub fn new(owner: impl Into<String>, data: Data) -> Self {
        Self {
            owner: owner.into(),
            data,
            ttl: TTL,
        }
    }

    /// A TXT record; a text of more than 255 octets is split into several strings.
    pub fn txt(owner: impl Into<String>, text: &str) -> Self {
        let mut strings: Vec<Vec<u8>> = text.as_bytes().chunks(255).map(<[u8]>::to_vec).collect();
        if strings.is_empty() {
            strings.push(Vec::new());
        }
        Self::new(owner, Data::Txt(strings))
    }

    /// A mail exchanger.
    pub fn mx(owner: impl Into<String>, preference: u16, host: impl Into<String>) -> Self {
        Self::new(owner, Data::Mx(preference, host.into()))
    }

    /// An alias.
    pub fn cname(owner: impl Into<String>, target: impl Into<String>) -> Self {
        Self::new(owner, Data::Cname(target.into()))
    }
}

impl Data {
    /// The number of the type.
    pub(crate) fn rtype(&self) -> u16 {
        match self {
            Self::A(_) => rtype::A,
            Self::Aaaa(_) => rtype::AAAA,
            Self::Cname(_) => rtype::CNAME,
            Self::Mx(..) => rtype::MX,
            Self::Ns(_) => rtype::NS,
            Self::Txt(_) => rtype::TXT,
            Self::Tlsa(..) => rtype::TLSA,
            Self::Other(number, _) => *number,
        }
    }

    /// The data in canonical wire form (RFC 4034 §6.2).
    pub(crate) fn wire(&self) -> Vec<u8> {
        match self {
            Self::A(address) => address.octets().to_vec(),
            Self::Aaaa(address) => address.octets().to_vec(),
            Self::Cname(target) | Self::Ns(target) => Name::new(target).wire(),
            Self::Mx(preference, host) => {
                let mut out = preference.to_be_bytes().to_vec();
                Name::new(host).write(&mut out);
                out
            }
            Self::Txt(strings) => strings.iter().fold(Vec::new(), |mut out, string| {
                out.push(u8::try_from(string.len()).unwrap_or(u8::MAX));
                out.extend(string.iter().take(255));
                out
            }),
            Self::Tlsa(usage, selector, matching, data) => {
                let mut out = vec![*usage, *selector, *matching];
                out.extend_from_slice(data);
                out
            }
            Self::Other(_, data) => data.clone(),
        }
    }
}
