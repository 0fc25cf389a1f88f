//! Domains without a fault: what the others are compared with.

use super::{Scenario, good};

/// The good twins.
pub(super) const ALL: &[Scenario] = &[
    good!(
        "good",
        "enforced policy, two MX hosts, DANE, TLS reports",
        [],
        |site| {
            site.own_hosts(2);
            let domain = site.domain.clone();
            site.reporting(&format!("v=TLSRPTv1; rua=mailto:tls@{domain}"));
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
];
