//! One fault of an MX host under each kind of policy: it weighs as much as the mail that is lost
//! by it (RFC 8461 §5).

use super::{Scenario, fault};
use crate::{
    ca::CertKind,
    mx::{Smtp, StartTls},
    site::{MxHost, Site},
};

pub(super) const ALL: &[Scenario] = &[
    fault!(
        "enforce-mx-expired",
        "an expired certificate under a policy that is enforced",
        ["mx.cert.expired"],
        |site| site.first_plain_host(expired)
    )
    .also(&["mx.cert.partial"])
    .weighs(&[("mx.cert.expired", "crit")]),
    fault!(
        "enforce-no-starttls",
        "no STARTTLS under a policy that is enforced",
        ["mx.starttls.missing"],
        |site| site.first_plain_host(no_starttls)
    )
    .weighs(&[("mx.starttls.missing", "crit")]),
    fault!(
        "testing-mx-expired",
        "an expired certificate under a policy that is tested",
        ["mx.cert.expired", "sts.policy.mode.testing"],
        |site| under(site, "testing", expired)
    )
    .also(&["mx.cert.partial"])
    .weighs(&[("mx.cert.expired", "error")]),
    fault!(
        "testing-no-starttls",
        "no STARTTLS under a policy that is tested",
        ["mx.starttls.missing", "sts.policy.mode.testing"],
        |site| under(site, "testing", no_starttls)
    )
    .weighs(&[("mx.starttls.missing", "error")]),
    fault!(
        "none-mx-expired",
        "an expired certificate under a policy that asks for nothing",
        ["mx.cert.expired", "sts.policy.mode.none"],
        |site| under(site, "none", expired)
    )
    .weighs(&[("mx.cert.expired", "info")]),
    fault!(
        "none-no-starttls",
        "no STARTTLS under a policy that asks for nothing",
        ["mx.starttls.missing", "sts.policy.mode.none"],
        |site| under(site, "none", no_starttls)
    )
    .weighs(&[("mx.starttls.missing", "info")]),
    fault!(
        "plain-mx-expired",
        "an expired certificate without any policy",
        ["mx.cert.expired", "sts.record.missing"],
        |site| {
            site.first_plain_host(expired);
            site.no_sts();
        }
    )
    .weighs(&[("mx.cert.expired", "info")]),
    fault!(
        "plain-no-starttls",
        "no STARTTLS without any policy",
        ["mx.starttls.missing", "sts.record.missing"],
        |site| {
            site.first_plain_host(no_starttls);
            site.no_sts();
        }
    )
    .weighs(&[("mx.starttls.missing", "info")]),
];

/// The first of two hosts has a fault, and the policy that names them both has this mode.
fn under(site: &mut Site, mode: &str, fault: fn(&mut MxHost)) {
    site.first_plain_host(fault);
    let names: Vec<String> = site.mx.iter().map(|host| host.name.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    site.policy(mode, if mode == "none" { &[] } else { &names });
}

fn expired(host: &mut MxHost) {
    host.certificate(CertKind::Expired);
}

fn no_starttls(host: &mut MxHost) {
    let smtp = Smtp {
        starttls: StartTls::Missing,
        ..Smtp::default()
    };
    host.each(|server| server.smtp = smtp);
}
