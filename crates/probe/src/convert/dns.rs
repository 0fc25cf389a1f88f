use std::net::{Ipv4Addr, Ipv6Addr};

use decide::facts::{Answer, Answered, DnsFault, Ede, Mx, MxSet, Secure, Text, Tlsa};
use names::{Host, Owner};
use net::dns::{Fault, Outcome, Record};

use crate::{MAX_ADDRESSES, MAX_HOSTS};

/// An answer, its records picked by `pick`.
pub(crate) fn answer<T>(from: net::dns::Answer, pick: impl FnOnce(Vec<Record>) -> T) -> Answer<T> {
    let result = match from.outcome {
        Outcome::Records(records) => Answered::Found(pick(records)),
        Outcome::NoData => Answered::NoData,
        Outcome::NxDomain => Answered::NxDomain,
        Outcome::Fault(fault) => Answered::Fault(self::fault(fault)),
    };
    Answer {
        result,
        secure: match from.secure {
            net::dns::Secure::Secure => Secure::Secure,
            net::dns::Secure::Insecure => Secure::Insecure,
            net::dns::Secure::Unknown => Secure::Unknown,
        },
        cname: from.cname,
        ttl: from.ttl,
        ede: from
            .ede
            .into_iter()
            .map(|ede| Ede {
                code: ede.code,
                text: ede.text,
            })
            .collect(),
    }
}

fn fault(fault: Fault) -> DnsFault {
    match fault {
        Fault::Timeout => DnsFault::Timeout,
        Fault::Unreachable => DnsFault::Unreachable,
        Fault::ServFail => DnsFault::ServFail,
        Fault::Bogus => DnsFault::Bogus,
        Fault::Refused => DnsFault::Refused,
        Fault::Malformed => DnsFault::Malformed,
        Fault::Loop => DnsFault::Loop,
        Fault::Lame | Fault::BadName | Fault::Reserved | Fault::Other(_) => DnsFault::Other,
    }
}

/// TXT records.
pub(crate) fn texts(records: Vec<Record>) -> Vec<Text> {
    records
        .into_iter()
        .filter_map(|r| {
            if let Record::Txt(t) = r {
                Some(Text(t))
            } else {
                None
            }
        })
        .collect()
}

/// IPv4 addresses, as many as are looked at.
pub(crate) fn v4(records: Vec<Record>) -> Vec<Ipv4Addr> {
    let addresses = records
        .into_iter()
        .filter_map(|r| if let Record::A(a) = r { Some(a) } else { None });
    addresses.take(MAX_ADDRESSES).collect()
}

/// IPv6 addresses, as many as are looked at.
pub(crate) fn v6(records: Vec<Record>) -> Vec<Ipv6Addr> {
    let addresses = records.into_iter().filter_map(|r| {
        if let Record::Aaaa(a) = r {
            Some(a)
        } else {
            None
        }
    });
    addresses.take(MAX_ADDRESSES).collect()
}

/// TLSA records.
pub(crate) fn tlsa(records: Vec<Record>) -> Vec<Tlsa> {
    let tlsa = records.into_iter().filter_map(|r| {
        if let Record::Tlsa(t) = r {
            Some(t)
        } else {
            None
        }
    });
    tlsa.map(|t| Tlsa {
        usage: t.usage,
        selector: t.selector,
        matching: t.matching,
        data: t.data,
    })
    .collect()
}

/// The target of a CNAME.
pub(crate) fn aliases(records: Vec<Record>) -> Option<Owner> {
    records.into_iter().find_map(|r| {
        if let Record::Cname(name) = r {
            Some(name)
        } else {
            None
        }
    })
}

/// Name servers.
pub(crate) fn hosts(records: Vec<Record>) -> Vec<Host> {
    let names = records.into_iter().filter_map(|r| {
        if let Record::Ns(name) = r {
            Some(name)
        } else {
            None
        }
    });
    names
        .filter_map(|name| Host::parse(name.as_str()).ok())
        .collect()
}

/// An MX RRset. RFC 7505 §3: a null MX is a single record whose target is the root.
pub(crate) fn mx(records: Vec<Record>) -> MxSet {
    let mut found: Vec<net::dns::Mx> = records
        .into_iter()
        .filter_map(|r| {
            if let Record::Mx(mx) = r {
                Some(mx)
            } else {
                None
            }
        })
        .collect();
    if let [only] = found.as_slice()
        && only.exchange.is_root()
    {
        return MxSet::Null;
    }
    found.sort_by(|a, b| (a.preference, &a.exchange).cmp(&(b.preference, &b.exchange)));
    let mut usable: Vec<Mx> = Vec::new();
    let mut unusable = Vec::new();
    for mx in found {
        match Host::parse(mx.exchange.as_str()) {
            Ok(host) if usable.len() < MAX_HOSTS && usable.iter().all(|seen| seen.host != host) => {
                usable.push(Mx {
                    preference: mx.preference,
                    host,
                });
            }
            Ok(_) => {}
            Err(_) => unusable.push(mx.exchange.to_string()),
        }
    }
    MxSet::Hosts {
        records: usable,
        unusable,
    }
}
