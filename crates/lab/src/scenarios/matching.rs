//! Policies that do not fit the MX hosts (RFC 8461 §4.1).

use super::{Scenario, fault, good};
use crate::{dns::record::Record, site::MxHost};

pub(super) const ALL: &[Scenario] = &[
    fault!(
        "stale-mx",
        "the policy names the hosts of before",
        ["sts.mx.none_match", "sts.mx.mismatch.domain"],
        |site| site.policy(
            "enforce",
            &["mx.oldprovider.example", "mx.backup-mail.example"]
        )
    )
    .also(&["dane.sts_conflict", "sts.mx.unmatched"]),
    fault!(
        "one-unmatched",
        "one host is not covered",
        ["sts.mx.unmatched"],
        |site| {
            site.policy("enforce", &["mx1.mailhost.example"]);
        }
    )
    .also(&[
        "dane.sts_conflict",
        "sts.mx.mismatch.3ld",
        "sts.mx.mismatch.typo",
    ]),
    fault!(
        "other-domain",
        "a host of another domain",
        ["sts.mx.unmatched", "sts.mx.mismatch.domain"],
        |site| {
            site.unsigned();
            site.mail_to(&["mx1.plainhost.example", "mx2.mailhost.example"]);
            site.policy("enforce", &["mx1.plainhost.example"]);
        }
    )
    .also(&["dane.sts_conflict", "dane.mx_insecure"]),
    fault!(
        "other-tld",
        "the right name under another top",
        ["sts.mx.none_match", "sts.mx.mismatch.tld"],
        |site| site.policy("enforce", &["mx1.mailhost.com", "mx2.mailhost.com"])
    )
    .also(&["dane.sts_conflict", "sts.mx.unmatched"]),
    fault!(
        "other-host",
        "the right domain and another host",
        ["sts.mx.none_match", "sts.mx.mismatch.3ld"],
        |site| site.policy("enforce", &["smtp.mailhost.example"])
    )
    .also(&["dane.sts_conflict", "sts.mx.unmatched"]),
    fault!(
        "typo",
        "two letters swapped",
        ["sts.mx.none_match", "sts.mx.mismatch.typo"],
        |site| site.policy("enforce", &["mx1.mialhost.example", "mx2.mialhost.example"])
    )
    .also(&["dane.sts_conflict", "sts.mx.unmatched"]),
    fault!(
        "wildcard-too-deep",
        "a wildcard one label too short",
        [
            "sts.mx.none_match",
            "sts.mx.mismatch.3ld",
            "sts.mx.wildcard_depth"
        ],
        |site| {
            let name = site.under("mx1.eu");
            site.own_hosts(0);
            site.mail_to(&[&name]);
            let pattern = format!("*.{}", site.domain);
            site.policy("enforce", &[&pattern]);
            site.mx = vec![MxHost::good(name, true)];
        }
    )
    .also(&[
        "dane.sts_conflict",
        "sts.mx.unmatched",
        "sts.policy.mx.overbroad",
    ]),
    good!(
        "unused-pattern",
        "a pattern for no host",
        ["sts.mx.unused_pattern"],
        |site| {
            let hosts = [
                "mx1.mailhost.example",
                "mx2.mailhost.example",
                "mx9.mailhost.example",
            ];
            site.policy("enforce", &hosts);
        }
    ),
    good!(
        "implicit-mx",
        "mail goes to the domain itself",
        ["sts.mx.no_mx"],
        |site| {
            let name = site.domain.clone();
            site.mail.clear();
            site.policy("enforce", &[&name]);
            site.mx = vec![MxHost::good(name, true)];
        }
    ),
    fault!(
        "null-mx",
        "a domain without mail",
        ["sts.mx.null_mx"],
        |site| {
            site.mail = vec![Record::mx(site.domain.clone(), 0, "")];
        }
    ),
    fault!(
        "mx-alias",
        "the MX host is an alias",
        ["sts.mx.alias"],
        |site| {
            site.own_hosts(2);
            let target = site.under("mail");
            if let Some(host) = site.mx.first_mut() {
                host.alias = Some(target);
            }
        }
    ),
    fault!(
        "mx-unresolvable",
        "an MX host without address",
        ["mx.dns.unresolvable"],
        |site| {
            let gone = site.under("gone");
            site.mail_to(&["mx1.mailhost.example", &gone]);
        }
    ),
];
