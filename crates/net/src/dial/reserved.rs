use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

use thiserror::Error;

/// An address that no public host has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{addr} is a reserved address ({kind})")]
pub struct Reserved {
    /// The address as it was to be dialled.
    pub addr: IpAddr,
    /// What it is for.
    pub kind: ReservedKind,
}

/// What a reserved address is for (IANA special-purpose registries, RFC 6890).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum ReservedKind {
    /// "This network", or no address at all.
    #[error("unspecified")]
    Unspecified,
    /// This machine.
    #[error("loopback")]
    Loopback,
    /// Private use (RFC 1918, RFC 4193).
    #[error("private")]
    Private,
    /// Between a provider and its customers (RFC 6598).
    #[error("shared address space")]
    Shared,
    /// One link only (RFC 3927, RFC 4291); cloud metadata services live here.
    #[error("link-local")]
    LinkLocal,
    /// Examples (RFC 5737, RFC 3849, RFC 9637).
    #[error("documentation")]
    Documentation,
    /// Measurement (RFC 2544, RFC 5180).
    #[error("benchmarking")]
    Benchmarking,
    /// Groups of hosts.
    #[error("multicast")]
    Multicast,
    /// The link's every host.
    #[error("broadcast")]
    Broadcast,
    /// Protocol assignments and space that IANA keeps back.
    #[error("reserved")]
    Future,
}

/// Which reserved addresses may be dialled all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Allow {
    /// None: public addresses only.
    #[default]
    Public,
    /// All of them (`--allow-reserved`).
    Everything,
    /// Those within the ranges.
    Ranges(Vec<Range>),
}

/// A range of addresses, `ADDRESS/LENGTH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    network: IpAddr,
    length: u8,
}

impl Allow {
    /// Whether `addr` may be dialled.
    pub fn check(&self, addr: IpAddr) -> Result<(), Reserved> {
        match self {
            Self::Everything => Ok(()),
            Self::Public => judge(addr),
            Self::Ranges(ranges) => judge(addr).or_else(|reserved| {
                let inner = inner(addr);
                let allowed = |range: &Range| range.contains(addr) || range.contains(inner);
                if ranges.iter().any(allowed) {
                    Ok(())
                } else {
                    Err(reserved)
                }
            }),
        }
    }
}

/// Whether an address is a public host's. IPv4-mapped, NAT64 (RFC 6052, RFC 8215) and 6to4
/// (RFC 3056) addresses are judged by the IPv4 address inside.
pub fn judge(addr: IpAddr) -> Result<(), Reserved> {
    let kind = match inner(addr) {
        IpAddr::V4(inner) => kind_v4(inner),
        IpAddr::V6(inner) => kind_v6(inner),
    };
    kind.map_or(Ok(()), |kind| Err(Reserved { addr, kind }))
}

/// The IPv4 address inside an IPv6 one that carries one, or the address itself.
fn inner(addr: IpAddr) -> IpAddr {
    match addr {
        IpAddr::V6(v6) => embedded(v6).map_or(addr, IpAddr::V4),
        IpAddr::V4(_) => addr,
    }
}

fn embedded(addr: Ipv6Addr) -> Option<Ipv4Addr> {
    let bits = addr.to_bits();
    let low = Ipv4Addr::from_bits(u32::try_from(bits & 0xffff_ffff).unwrap_or(0));
    let high = Ipv4Addr::from_bits(u32::try_from((bits >> 80) & 0xffff_ffff).unwrap_or(0));
    match addr.segments() {
        // IPv4-compatible ::/96 (deprecated, RFC 4291 §2.5.5.1); :: and ::1 stay what they are.
        [0, 0, 0, 0, 0, 0, ..] if bits <= 1 => None,
        // That, IPv4-mapped ::ffff:0:0/96, IPv4-translated ::ffff:0:0:0/96 (RFC 7915), NAT64's
        // well-known prefix 64:ff9b::/96 (RFC 6052 §2.1) and its local one 64:ff9b:1::/48
        // (RFC 8215).
        [0, 0, 0, 0, 0, 0 | 0xffff, ..]
        | [0, 0, 0, 0, 0xffff, 0, ..]
        | [0x64, 0xff9b, 0, 0, 0, 0, ..]
        | [0x64, 0xff9b, 1, ..] => Some(low),
        // 6to4 2002::/16 (RFC 3056 §2).
        [0x2002, ..] => Some(high),
        _ => None,
    }
}

fn kind_v4(addr: Ipv4Addr) -> Option<ReservedKind> {
    Some(match addr.octets() {
        [0, ..] => ReservedKind::Unspecified,
        [127, ..] => ReservedKind::Loopback,
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => ReservedKind::Private,
        [100, 64..=127, ..] => ReservedKind::Shared,
        [169, 254, ..] => ReservedKind::LinkLocal,
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => ReservedKind::Documentation,
        [198, 18 | 19, ..] => ReservedKind::Benchmarking,
        [255, 255, 255, 255] => ReservedKind::Broadcast,
        [224..=239, ..] => ReservedKind::Multicast,
        // Class E, protocol assignments, and the 6to4 relays that are no more (RFC 7526).
        [240..=255, ..] | [192, 0, 0, _] | [192, 88, 99, _] => ReservedKind::Future,
        _ => return None,
    })
}

fn kind_v6(addr: Ipv6Addr) -> Option<ReservedKind> {
    let segments = addr.segments();
    Some(match segments {
        [0, 0, 0, 0, 0, 0, 0, 0] => ReservedKind::Unspecified,
        [0, 0, 0, 0, 0, 0, 0, 1] => ReservedKind::Loopback,
        [0xfc00..=0xfdff, ..] => ReservedKind::Private,
        [0xfe80..=0xfeff, ..] => ReservedKind::LinkLocal,
        [0xff00..=0xffff, ..] => ReservedKind::Multicast,
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => ReservedKind::Documentation,
        [0x2001, 2, 0, ..] => ReservedKind::Benchmarking,
        // 2001::/23 protocol assignments: Teredo, ORCHID and their like.
        [0x2001, 0..=0x1ff, ..] => ReservedKind::Future,
        // Global unicast is 2000::/3; nothing else is given out.
        [0x2000..=0x3fff, ..] => return None,
        _ => ReservedKind::Future,
    })
}

/// A text that is no range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not an address range: ADDRESS or ADDRESS/LENGTH is meant")]
pub struct RangeError;

impl Range {
    /// The range of all addresses that share the first `length` bits with `network`; none where
    /// the address has fewer bits.
    pub fn new(network: IpAddr, length: u8) -> Option<Self> {
        let bits = if network.is_ipv4() { 32 } else { 128 };
        (length <= bits).then_some(Self { network, length })
    }

    /// Whether the address lies within.
    pub fn contains(&self, addr: IpAddr) -> bool {
        match (self.network, addr) {
            (IpAddr::V4(network), IpAddr::V4(addr)) => {
                let shift = 32 - u32::from(self.length);
                let cut = |addr: Ipv4Addr| addr.to_bits().checked_shr(shift).unwrap_or(0);
                cut(network) == cut(addr)
            }
            (IpAddr::V6(network), IpAddr::V6(addr)) => {
                let shift = 128 - u32::from(self.length);
                let cut = |addr: Ipv6Addr| addr.to_bits().checked_shr(shift).unwrap_or(0);
                cut(network) == cut(addr)
            }
            _ => false,
        }
    }
}

impl FromStr for Range {
    type Err = RangeError;

    fn from_str(text: &str) -> Result<Self, RangeError> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let network: IpAddr = address.parse().map_err(|_| RangeError)?;
        let whole = if network.is_ipv4() { 32 } else { 128 };
        let length = length
            .map_or(Ok(whole), str::parse)
            .map_err(|_| RangeError)?;
        Self::new(network, length).ok_or(RangeError)
    }
}
