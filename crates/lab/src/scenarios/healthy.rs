//! Domains without a fault: what the others are compared with.

use super::{Scenario, fault, good};
use crate::{
    dns::record::Record,
    site::{DELEGATE, Site},
};

pub(super) const ALL: &[Scenario] = &[
    good!(
        "good",
        "enforced policy, two MX hosts, DANE, TLS reports",
        [],
        |site| {
            site.own_hosts(2);
            let domain = site.domain.clone();
            site.reporting(&format!("v=TLSRPTv1; rua=mailto:tls@{domain}"));
            for host in site.mx.clone() {
                let rua = format!("v=TLSRPTv1; rua=mailto:tls@{domain}");
                site.add(Record::txt(format!("_smtp._tls.{}", host.name), &rua));
            }
        }
    ),
    good!(
        "good-plain",
        "enforced policy and TLS reports without DNSSEC",
        [],
        |site| {
            site.unsigned();
            site.own_hosts(2);
        }
    ),
    good!(
        "good-hosted",
        "the same with mail at a provider",
        [],
        |_site| {}
    ),
    good!("good-wildcard", "a pattern with a wildcard", [], |site| {
        site.policy("enforce", &["*.mailhost.example"]);
    }),
    good!(
        "good-delegated",
        "record and policy host at a provider",
        ["sts.record.cname"],
        |site| {
            delegate_record(site);
            site.host.records = Some(vec![Record::cname(
                site.under("mta-sts"),
                format!("policies.{DELEGATE}"),
            )]);
        }
    ),
    fault!(
        "half-delegated",
        "the record at a provider, the policy host not",
        ["sts.delegation.partial"],
        delegate_record
    ),
    fault!(
        "testing",
        "a policy that is tested",
        ["sts.policy.mode.testing"],
        |site| {
            site.policy("testing", &["mx1.mailhost.example", "mx2.mailhost.example"]);
        }
    ),
    good!(
        "none",
        "a policy on its way out",
        ["sts.policy.mode.none"],
        |site| {
            site.policy("none", &[]);
        }
    ),
    good!(
        "nothing",
        "neither MTA-STS nor DANE",
        ["sts.record.missing", "dane.absent"],
        |site| {
            site.unsigned();
            site.no_sts();
        }
    ),
];

/// The STS record of a domain is an alias into its provider's zone.
fn delegate_record(site: &mut Site) {
    let target = format!("{}._mta-sts.{DELEGATE}", site.domain.replace('.', "-"));
    site.sts = vec![Record::cname(site.under("_mta-sts"), target.clone())];
    site.elsewhere
        .push(Record::txt(target, "v=STSv1; id=20261101T000000;"));
}
