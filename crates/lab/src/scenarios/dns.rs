//! DNS that does not answer, or not alike, or not truthfully.

use std::net::Ipv6Addr;

use super::{Scenario, fault, good};
use crate::{
    dns::{
        auth::{DnsFaultKind, Ds, ZoneSpec},
        record::{Data, Record},
        rtype,
        sign::Signatures,
        zone::Denial,
    },
    world::NAME_SERVER_ADDRESSES,
};

pub(super) const ALL: &[Scenario] = &[
    fault!(
        "timeout",
        "nobody answers for the record",
        ["dns.timeout"],
        |site| {
            site.dns_fault("_mta-sts", DnsFaultKind::Drop);
        }
    ),
    fault!(
        "servfail",
        "SERVFAIL for the record",
        ["dns.servfail"],
        |site| {
            site.dns_fault("_mta-sts", DnsFaultKind::ServFail);
        }
    ),
    fault!(
        "refused",
        "one name server refuses",
        ["dns.refused"],
        |site| {
            site.dns_fault("", DnsFaultKind::Refused);
            site.faults
                .iter_mut()
                .for_each(|fault| fault.server = Some(1));
        }
    ),
    fault!(
        "bogus",
        "the record's signature is wrong",
        ["dns.bogus"],
        |site| {
            let owner = site.under("_mta-sts");
            site.signing().broken.push((owner, rtype::TXT));
        }
    ),
    fault!(
        "bogus-zone",
        "every signature of the zone is wrong",
        ["dns.bogus", "dane.bogus"],
        |site| site.signing().signatures = Signatures::Broken
    ),
    fault!(
        "expired-signatures",
        "the zone's signatures have expired",
        ["dns.bogus", "dane.bogus"],
        |site| site.signing().signatures = Signatures::Expired
    ),
    fault!(
        "early-signatures",
        "the zone's signatures are not yet valid",
        ["dns.bogus", "dane.bogus"],
        |site| site.signing().signatures = Signatures::NotYet
    ),
    fault!(
        "wrong-ds",
        "the parent zone names another key",
        ["dns.bogus", "dane.bogus"],
        |site| site.signing().ds = Ds::Wrong
    ),
    fault!(
        "no-ds",
        "a signed zone without DS",
        ["dane.ds_missing"],
        |site| {
            site.signing().ds = Ds::Absent;
        }
    )
    .also(&["dane.mx_insecure"]),
    fault!(
        "two-minds",
        "the name servers disagree",
        ["dns.inconsistent_ns"],
        |site| {
            let owner = site.under("_mta-sts");
            site.second_sts = Some(vec![Record::txt(owner, "v=STSv1; id=20250101T000000;")]);
        }
    ),
    Scenario {
        reserved_refused: true,
        ..fault!(
            "reserved",
            "a good domain at addresses of a reserved range",
            ["net.reserved_address"],
            |_site| {}
        )
    },
    good!(
        "server-v6",
        "a name server that does not answer over IPv6",
        [],
        |site| {
            // Of a server with both families one address may be enough for a checker.
            let [both, only] = ["ns1", "ns2"].map(|label| site.under(label));
            let [address, _] = NAME_SERVER_ADDRESSES;
            site.add(Record::new(both.clone(), Data::A(address)));
            for name in [both, only] {
                site.add(Record::new(site.domain.clone(), Data::Ns(name.clone())));
                site.add(Record::new(name, Data::Aaaa(Ipv6Addr::LOCALHOST)));
            }
        }
    ),
    good!("good-nsec3", "a zone that denies by NSEC3", [], |site| {
        site.signing().denial = Denial::Nsec3;
        site.own_hosts(2);
        let wildcard = site.under("*.wild");
        site.add(Record::txt(wildcard, "anything"));
    }),
    good!(
        "good-aliases",
        "aliases into an unsigned zone",
        ["sts.record.cname"],
        |site| {
            let target = site.under("_mta-sts.plain");
            site.zones.push(ZoneSpec::unsigned(&site.under("plain")));
            site.add(Record::txt(target.clone(), "v=STSv1; id=20261101T000000;"));
            site.sts = vec![Record::cname(site.under("_mta-sts"), target)];
        }
    ),
];
