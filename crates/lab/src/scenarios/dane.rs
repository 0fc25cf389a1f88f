//! DANE (RFC 7672).

use super::{Scenario, fault, good};
use crate::{
    ca::CertKind,
    dns::{
        auth::{DnsFaultKind, ZoneSpec},
        record::Record,
        rtype,
    },
    site::{MAIL_PROVIDER, MxHost, PLAIN_PROVIDER, TlsaPlan},
};

/// The first of two hosts has these TLSA records.
macro_rules! tlsa {
    ($($plan:ident),*) => {
        |site| site.first_host(|host| host.tlsa = vec![$(TlsaPlan::$plan),*])
    };
}

pub(super) const ALL: &[Scenario] = &[
    fault!(
        "bad-tlsa",
        "a TLSA record of another key",
        ["dane.mismatch", "dane.sts_conflict"],
        tlsa!(Other)
    )
    .also(&["dane.rollover"]),
    fault!(
        "ta-not-sent",
        "the pinned root is not sent",
        ["dane.ta_not_sent"],
        tlsa!(Root)
    )
    .also(&["dane.sts_conflict"]),
    good!(
        "good-ta",
        "the intermediate is pinned and sent",
        [],
        tlsa!(Intermediate, Other)
    ),
    fault!(
        "pkix-usage",
        "a usage that SMTP does not know",
        ["dane.usage_pkix", "dane.unusable"],
        tlsa!(Pkix)
    ),
    fault!(
        "no-successor",
        "a single TLSA record",
        ["dane.rollover"],
        tlsa!(Current)
    ),
    good!(
        "rolling-over",
        "the old key and the new one",
        [],
        tlsa!(Other, Current)
    ),
    fault!(
        "tlsa-servfail",
        "SERVFAIL for TLSA",
        ["dane.tlsa_servfail"],
        |site| {
            site.own_hosts(2);
            site.dns_fault("_25._tcp.mx1", DnsFaultKind::ServFail);
        }
    ),
    fault!(
        "tlsa-timeout",
        "no answer for TLSA",
        ["dane.tlsa_servfail"],
        |site| {
            site.own_hosts(2);
            site.dns_fault("_25._tcp.mx1", DnsFaultKind::Drop);
        }
    ),
    fault!(
        "bogus-tlsa",
        "the signature of TLSA is wrong",
        ["dane.bogus"],
        |site| {
            site.own_hosts(2);
            let owner = site.under("_25._tcp.mx1");
            site.signing().broken.push((owner, rtype::TLSA));
        }
    ),
    fault!(
        "mx-servfail",
        "SERVFAIL for an MX host",
        ["dane.dns_failure"],
        |site| {
            site.own_hosts(2);
            site.dns_fault("mx1", DnsFaultKind::ServFail);
        }
    )
    .also(&["dns.servfail"]),
    fault!(
        "mx-insecure",
        "TLSA behind an unsigned MX",
        ["dane.mx_insecure"],
        |site| {
            site.unsigned();
            site.mail_at(MAIL_PROVIDER);
        }
    ),
    fault!(
        "address-insecure",
        "TLSA behind an unsigned address",
        ["dane.addr_insecure"],
        |site| {
            site.zones.push(ZoneSpec::unsigned(&site.under("hosts")));
            let [first, second] = [site.under("mx1.hosts"), site.under("mx2")];
            site.mail_to(&[&first, &second]);
            site.mx = [first, second]
                .map(|name| MxHost::good(name, true))
                .to_vec();
        }
    ),
    fault!(
        "alias-insecure",
        "an alias into an unsigned zone, with TLSA at the alias",
        ["sts.mx.alias"],
        |site| {
            let zone = site.under("hosts");
            site.zones.push(ZoneSpec::unsigned(&zone));
            site.first_host(|host| host.alias = Some(format!("mx1.{zone}")));
        }
    ),
    good!(
        "dane-absent",
        "a signed domain without TLSA",
        ["dane.absent"],
        |site| {
            site.mail_at(PLAIN_PROVIDER);
        }
    ),
    good!(
        "dane-only",
        "DANE without MTA-STS",
        ["sts.record.missing"],
        |site| {
            site.own_hosts(2);
            site.no_sts();
        }
    ),
    good!(
        "dane-self-signed",
        "DANE with a certificate of nobody's",
        [],
        |site| {
            site.no_sts();
            site.own_hosts(2);
            for host in &mut site.mx {
                host.certificate(CertKind::SelfSigned);
            }
        }
    ),
    good!(
        "no-mx-report",
        "a host without reports",
        ["tlsrpt.mx_host.missing"],
        |site| {
            site.own_hosts(2);
        }
    ),
    good!(
        "unsigned-below",
        "an unsigned zone below a signed one",
        [],
        |site| {
            let apex = site.under("plain");
            let mut zone = ZoneSpec::unsigned(&apex);
            zone.records.push(Record::txt(apex, "unsigned"));
            site.zones.push(zone);
        }
    ),
];
