//! Domains without a fault: what the others are compared with.

use super::{Scenario, fault, good};
use crate::{
    dns::record::Record,
    site::{DELEGATE, MAIL_PROVIDER, Site},
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
            delegate_record(site, MAIL_PROVIDER);
            delegate_host(site, MAIL_PROVIDER);
        }
    ),
    fault!(
        "two-providers",
        "policy and mail at two providers",
        ["sts.delegation.two_providers"],
        |site| {
            delegate_record(site, DELEGATE);
            delegate_host(site, DELEGATE);
        }
    ),
    fault!(
        "half-delegated",
        "the record at a provider, the policy host not",
        ["sts.delegation.partial"],
        |site| delegate_record(site, MAIL_PROVIDER)
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

/// Makes the STS record an alias into the provider's zone.
fn delegate_record(site: &mut Site, provider: &str) {
    let target = format!("{}._mta-sts.{provider}", site.domain.replace('.', "-"));
    site.sts = vec![Record::cname(site.under("_mta-sts"), target.clone())];
    let record = Record::txt(target, "v=STSv1; id=20261101T000000;");
    site.elsewhere.push(record);
}

/// Makes the policy host an alias for the provider's.
fn delegate_host(site: &mut Site, provider: &str) {
    let target = format!("policies.{provider}");
    site.host.records = Some(vec![Record::cname(site.under("mta-sts"), target)]);
}
