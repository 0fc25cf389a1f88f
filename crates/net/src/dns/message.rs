use std::{collections::HashMap, str::FromStr as _};

use domain::{
    base::{
        Message, MessageBuilder, Name, Rtype, Ttl, UnknownRecordData, iana::Class,
        message::RecordSection, name::ParsedName, opt::ExtendedError, record::ParsedRecord,
    },
    rdata::{
        A, Aaaa, Cname, Dnskey as DnskeyData, Ds as DsData, Mx as MxData, Ns, Soa as SoaData, Txt,
    },
};
use names::Owner;

use super::{Answer, Dnskey, Ds, Ede, Fault, Mx, Outcome, Record, RecordType, Secure, Soa, Tlsa};
use crate::shown::shown;

/// The most records that are kept of one answer.
pub const MAX_RECORDS: usize = 256;
/// The most records that are looked at in one section of a message.
const MAX_SCAN: usize = 2048;
/// The longest CNAME chain that is followed.
pub const MAX_CHAIN: usize = 8;
/// The most extended errors that are kept, and the most characters of each one's text.
pub(super) const MAX_EDE: usize = 8;
const MAX_EDE_TEXT: usize = 256;
/// Response codes (RFC 1035 §4.1.1).
const NOERROR: u16 = 0;
const NXDOMAIN: u16 = 3;
/// What we take over UDP without fragments (DNS flag day 2020).
const UDP_PAYLOAD: u16 = 1232;

/// The header bits that a question is asked with.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bits {
    /// Recursion desired.
    pub(super) rd: bool,
    /// "Tell me whether it is authentic" (RFC 6840 §5.7).
    pub(super) ad: bool,
    /// Checking disabled: give it to me even where it is bogus.
    pub(super) cd: bool,
    /// Send signatures (RFC 3225).
    pub(super) dnssec_ok: bool,
    /// Without EDNS, for servers that do not know it (RFC 6891 §7).
    pub(super) plain: bool,
}

/// Writes a question; its id is set by the exchange.
pub(super) fn question(owner: &Owner, rtype: RecordType, bits: Bits) -> Result<Vec<u8>, Fault> {
    let name = to_name(owner)?;
    let mut builder = MessageBuilder::new_vec();
    let header = builder.header_mut();
    header.set_rd(bits.rd);
    header.set_ad(bits.ad);
    header.set_cd(bits.cd);
    let mut builder = builder.question();
    builder
        .push((&name, Rtype::from(rtype)))
        .map_err(|_| Fault::BadName)?;
    let mut builder = builder.additional();
    if !bits.plain {
        builder
            .opt(|opt| {
                opt.set_udp_payload_size(UDP_PAYLOAD);
                opt.set_dnssec_ok(bits.dnssec_ok);
                Ok(())
            })
            .map_err(|_| Fault::BadName)?;
    }
    Ok(builder.finish())
}

fn to_name(owner: &Owner) -> Result<Name<Vec<u8>>, Fault> {
    if owner.is_root() {
        return Ok(Name::root_vec());
    }
    Name::from_str(owner.as_str()).map_err(|_| Fault::BadName)
}

/// What a message says, before anybody asks whether it is secure.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) answer: Answer,
    /// The server says that its answer is authentic.
    pub(super) ad: bool,
    /// The answer ends in a CNAME whose target it does not speak of.
    pub(super) stops_short: bool,
}

/// Reads an answer's octets as an answer to the question for `owner`: what a resolver that is not
/// trusted says. Never panics, whatever the octets are.
pub fn read_answer(octets: &[u8], owner: &Owner, rtype: RecordType) -> Answer {
    match read(octets, owner, rtype) {
        Ok(reading) => reading.answer,
        Err(fault) => Answer::fault(owner.clone(), rtype, fault),
    }
}

/// Reads a message that is known to answer the question.
pub(super) fn read(octets: &[u8], owner: &Owner, rtype: RecordType) -> Result<Reading, Fault> {
    let message = Message::from_slice(octets).map_err(|_| Fault::Malformed)?;
    let mut answer = Answer::fault(owner.clone(), rtype, Fault::Malformed);
    answer.ede = extended_errors(message);
    answer.authoritative = message.header().aa();
    let mut reading = Reading {
        answer,
        ad: message.header().ad(),
        stops_short: false,
    };
    let rcode = message.opt_rcode().to_int();
    if rcode != NOERROR && rcode != NXDOMAIN {
        reading.answer.outcome = Outcome::Fault(fault_of(rcode, &reading.answer.ede));
        return Ok(reading);
    }
    let section = message.answer().map_err(|_| Fault::Malformed)?;
    let aliases = if rtype == RecordType::Cname {
        HashMap::new()
    } else {
        aliases(section)?
    };
    let least = follow(&aliases, &mut reading.answer)?;
    let section = message.answer().map_err(|_| Fault::Malformed)?;
    let (records, ttl) = records(section, &mut reading.answer)?;
    let nxdomain = rcode == NXDOMAIN;
    if !records.is_empty() {
        // A name that does not exist has no records.
        if nxdomain {
            return Err(Fault::Malformed);
        }
        reading.answer.ttl = least.min(ttl);
        reading.answer.outcome = Outcome::Records(records);
        return Ok(reading);
    }
    let soa = negative_ttl(message)?;
    // RFC 2308 §2.2: the SOA tells NODATA at the chain's end from an answer cut short.
    reading.stops_short = !nxdomain && soa.is_none() && !reading.answer.cname.is_empty();
    let absence = if reading.stops_short {
        u32::MAX
    } else {
        soa.unwrap_or(0)
    };
    reading.answer.ttl = least.min(absence);
    reading.answer.outcome = if nxdomain {
        Outcome::NxDomain
    } else {
        Outcome::NoData
    };
    // Every record of the type was malformed: that is no absence.
    if reading.answer.skipped > 0 {
        reading.answer.outcome = Outcome::Fault(Fault::Malformed);
    }
    Ok(reading)
}

/// Whether the message names other servers instead of answering.
pub(super) fn is_referral(octets: &[u8]) -> bool {
    let Ok(message) = Message::from_slice(octets) else {
        return false;
    };
    let Ok(section) = message.authority() else {
        return false;
    };
    let records: Vec<Rtype> = section
        .take(MAX_SCAN)
        .map_while(Result::ok)
        .map(|record| record.rtype())
        .collect();
    records.contains(&Rtype::NS) && !records.contains(&Rtype::SOA)
}

fn fault_of(rcode: u16, ede: &[Ede]) -> Fault {
    match rcode {
        2 if ede.iter().any(Ede::is_bogus) => Fault::Bogus,
        2 => Fault::ServFail,
        5 => Fault::Refused,
        other => Fault::Other(other),
    }
}

fn extended_errors(message: &Message<[u8]>) -> Vec<Ede> {
    let Some(opt) = message.opt() else {
        return Vec::new();
    };
    opt.opt()
        .iter::<ExtendedError<_>>()
        .map_while(Result::ok)
        .take(MAX_EDE)
        .map(|error| Ede {
            code: error.code().to_int(),
            text: shown(error.text_slice().unwrap_or_default(), MAX_EDE_TEXT),
        })
        .collect()
}

type Section<'a> = RecordSection<'a, [u8]>;
type Parsed<'a> = ParsedRecord<'a, [u8]>;

/// A section's records of class IN, to a bound. A record that cannot be delimited ends it all.
fn each(section: Section<'_>) -> impl Iterator<Item = Result<Parsed<'_>, Fault>> {
    section
        .take(MAX_SCAN)
        .map(|record| record.map_err(|_| Fault::Malformed))
        .filter(|record| {
            record
                .as_ref()
                .map_or(true, |record| record.class() == Class::IN)
        })
}

/// Every alias in the section; the first where a name has several.
fn aliases(section: Section<'_>) -> Result<HashMap<Owner, (Owner, u32)>, Fault> {
    let mut aliases = HashMap::new();
    for record in each(section) {
        let record = record?;
        if record.rtype() != Rtype::CNAME {
            continue;
        }
        let target = record.to_record::<Cname<ParsedName<_>>>().ok().flatten();
        let target = target.and_then(|cname| to_owner(cname.data().cname()));
        let (Some(owner), Some(target)) = (to_owner(&record.owner()), target) else {
            return Err(Fault::Malformed);
        };
        let ttl = seconds(record.ttl());
        aliases.entry(owner).or_insert((target, ttl));
    }
    Ok(aliases)
}

/// Walks the chain from the name asked for, and gives the least TTL on it.
fn follow(aliases: &HashMap<Owner, (Owner, u32)>, answer: &mut Answer) -> Result<u32, Fault> {
    let mut least = u32::MAX;
    while let Some((target, ttl)) = aliases.get(&answer.owner) {
        least = least.min(*ttl);
        answer.step(target.clone())?;
    }
    Ok(least)
}

impl Answer {
    /// Goes on to an alias's target, unless that makes a loop or too long a chain.
    pub(super) fn step(&mut self, target: Owner) -> Result<(), Fault> {
        let seen = target == self.owner || self.cname.contains(&target);
        if seen || self.cname.len() >= MAX_CHAIN {
            return Err(Fault::Loop);
        }
        self.cname.push(target.clone());
        self.owner = target;
        Ok(())
    }
}

/// The records of the type asked for at the chain's end, and their least TTL.
fn records(section: Section<'_>, answer: &mut Answer) -> Result<(Vec<Record>, u32), Fault> {
    let mut found = Vec::new();
    let mut least = u32::MAX;
    for record in each(section) {
        let record = record?;
        if record.rtype() != Rtype::from(answer.rtype)
            || to_owner(&record.owner()).as_ref() != Some(&answer.owner)
        {
            continue;
        }
        match data(&record) {
            Some(data) if found.len() < MAX_RECORDS => {
                least = least.min(seconds(record.ttl()));
                found.push(data);
            }
            _ => answer.skipped = answer.skipped.saturating_add(1),
        }
    }
    Ok((found, least))
}

/// The lesser of the SOA's TTL and MINIMUM (RFC 2308 §5); none where there is no SOA.
fn negative_ttl(message: &Message<[u8]>) -> Result<Option<u32>, Fault> {
    let section = message.authority().map_err(|_| Fault::Malformed)?;
    for record in each(section) {
        let record = record?;
        if record.rtype() == Rtype::SOA {
            let soa = record.to_record::<SoaData<ParsedName<_>>>().ok().flatten();
            let minimum = soa.map_or(0, |soa| seconds(soa.data().minimum()));
            return Ok(Some(minimum.min(seconds(record.ttl()))));
        }
    }
    Ok(None)
}

/// RFC 2181 §8: a TTL with its highest bit set is zero.
fn seconds(ttl: Ttl) -> u32 {
    let seconds = ttl.as_secs();
    if seconds > u32::MAX / 2 { 0 } else { seconds }
}

fn to_owner(name: &impl std::fmt::Display) -> Option<Owner> {
    Owner::parse(&name.to_string()).ok()
}

/// A record's data; none where it is malformed or names something unutterable.
fn data(record: &Parsed<'_>) -> Option<Record> {
    macro_rules! parse {
        ($data:ty) => {
            record.to_record::<$data>().ok().flatten()?.into_data()
        };
    }
    Some(match record.rtype() {
        Rtype::A => Record::A(parse!(A).addr()),
        Rtype::AAAA => Record::Aaaa(parse!(Aaaa).addr()),
        Rtype::MX => {
            let mx = parse!(MxData<ParsedName<_>>);
            Record::Mx(Mx {
                preference: mx.preference(),
                exchange: to_owner(mx.exchange())?,
            })
        }
        // RFC 8461 §3.1, RFC 7208 §3.3: joined with nothing between.
        Rtype::TXT => Record::Txt(parse!(Txt<_>).iter().flatten().copied().collect()),
        Rtype::TLSA => {
            let unknown = parse!(UnknownRecordData<_>);
            let [usage, selector, matching, data @ ..] = unknown.data() else {
                return None;
            };
            let data = data.to_vec();
            Record::Tlsa(Tlsa {
                usage: *usage,
                selector: *selector,
                matching: *matching,
                data,
            })
        }
        Rtype::CNAME => Record::Cname(to_owner(parse!(Cname<ParsedName<_>>).cname())?),
        Rtype::NS => Record::Ns(to_owner(parse!(Ns<ParsedName<_>>).nsdname())?),
        Rtype::SOA => {
            let soa = parse!(SoaData<ParsedName<_>>);
            Record::Soa(Soa {
                mname: to_owner(soa.mname())?,
                serial: soa.serial().into_int(),
                minimum: seconds(soa.minimum()),
            })
        }
        Rtype::DS => {
            let ds = parse!(DsData<_>);
            Record::Ds(Ds {
                key_tag: ds.key_tag(),
                algorithm: ds.algorithm().to_int(),
                digest_type: ds.digest_type().to_int(),
                digest: ds.digest().to_vec(),
            })
        }
        Rtype::DNSKEY => {
            let key = parse!(DnskeyData<_>);
            Record::Dnskey(Dnskey {
                flags: key.flags(),
                algorithm: key.algorithm().to_int(),
                key_tag: key.key_tag(),
                key: key.public_key().to_vec(),
            })
        }
        _ => return None,
    })
}

impl From<RecordType> for Rtype {
    fn from(rtype: RecordType) -> Self {
        match rtype {
            RecordType::A => Self::A,
            RecordType::Aaaa => Self::AAAA,
            RecordType::Mx => Self::MX,
            RecordType::Txt => Self::TXT,
            RecordType::Tlsa => Self::TLSA,
            RecordType::Cname => Self::CNAME,
            RecordType::Ns => Self::NS,
            RecordType::Soa => Self::SOA,
            RecordType::Ds => Self::DS,
            RecordType::Dnskey => Self::DNSKEY,
        }
    }
}

impl Secure {
    /// What is known of two answers that are used together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Insecure, _) | (_, Self::Insecure) => Self::Insecure,
            (Self::Secure, Self::Secure) => Self::Secure,
        }
    }
}
