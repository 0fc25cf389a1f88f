//! The lab's DNS: zones, their signatures, two authoritative servers, and a resolver apart from
//! them that validates.

pub(crate) mod auth;
pub(crate) mod name;
pub(crate) mod nsec3;
pub(crate) mod record;
pub(crate) mod resolver;
pub(crate) mod server;
pub(crate) mod sign;
pub(crate) mod wire;
pub(crate) mod zone;

/// Record types by number (the IANA registry of DNS parameters).
pub(crate) mod rtype {
    pub(crate) const A: u16 = 1;
    pub(crate) const NS: u16 = 2;
    pub(crate) const CNAME: u16 = 5;
    pub(crate) const SOA: u16 = 6;
    pub(crate) const MX: u16 = 15;
    pub(crate) const TXT: u16 = 16;
    pub(crate) const AAAA: u16 = 28;
    pub(crate) const OPT: u16 = 41;
    pub(crate) const DS: u16 = 43;
    pub(crate) const RRSIG: u16 = 46;
    pub(crate) const NSEC: u16 = 47;
    pub(crate) const DNSKEY: u16 = 48;
    pub(crate) const NSEC3: u16 = 50;
    pub(crate) const NSEC3PARAM: u16 = 51;
    pub(crate) const TLSA: u16 = 52;
    pub(crate) const ANY: u16 = 255;
}
