//! MX hosts that cannot be reached, do not do STARTTLS, or show a bad certificate. The domains are
//! unsigned, so that MTA-STS alone decides.

use std::net::Ipv6Addr;

use super::{Scenario, fault, good};
use crate::{
    ca::CertKind,
    dns::record::Data,
    listen::Door,
    mx::{Greeting, Smtp, StartTls},
    site::MxPlan,
    tls::{HANDSHAKE_FAILURE, Old, TlsPlan},
};

/// The first of two hosts has this door.
macro_rules! door {
    ($door:expr) => {
        |site| site.first_plain_host(|host| host.each(|server| server.door = $door))
    };
}

/// The first of two hosts greets like this.
macro_rules! greeting {
    ($greeting:expr) => {
        |site| {
            let smtp = Smtp {
                greeting: $greeting,
                ..Smtp::default()
            };
            site.first_plain_host(|host| host.each(|server| server.smtp = smtp));
        }
    };
}

/// The first of two hosts does this with STARTTLS.
macro_rules! starttls {
    ($starttls:expr) => {
        |site| {
            let smtp = Smtp {
                starttls: $starttls,
                ..Smtp::default()
            };
            site.first_plain_host(|host| host.each(|server| server.smtp = smtp));
        }
    };
}

/// The first of two hosts shows this certificate.
macro_rules! certificate {
    ($kind:expr) => {
        |site| site.first_plain_host(|host| host.certificate($kind))
    };
}

/// The first of two hosts does this in TLS.
macro_rules! tls {
    ($plan:expr) => {
        |site| site.first_plain_host(|host| host.tls(&$plan))
    };
}

pub(super) const ALL: &[Scenario] = &[
    fault!(
        "mx-timeout",
        "a host that never answers",
        ["mx.connect.timeout"],
        door!(Door::Full)
    ),
    fault!(
        "mx-refused",
        "a host that is down",
        ["mx.connect.refused"],
        door!(Door::Closed)
    ),
    fault!(
        "mx-silent",
        "a host that never greets",
        ["mx.smtp.banner"],
        door!(Door::Silent)
    ),
    fault!(
        "mx-busy",
        "a host that is busy",
        ["mx.smtp.banner"],
        greeting!(Greeting::Later)
    ),
    fault!(
        "mx-no-service",
        "a host that is no use",
        ["mx.smtp.banner"],
        greeting!(Greeting::No)
    ),
    fault!(
        "mx-endless",
        "a greeting without end",
        ["mx.smtp.banner"],
        greeting!(Greeting::Endless)
    ),
    fault!(
        "mx-long-line",
        "a line without end",
        ["mx.smtp.banner"],
        greeting!(Greeting::LongLine)
    ),
    fault!(
        "no-starttls",
        "a host without STARTTLS",
        ["mx.starttls.missing"],
        starttls!(StartTls::Missing)
    ),
    fault!(
        "starttls-refused",
        "STARTTLS is refused",
        ["mx.starttls.failed"],
        starttls!(StartTls::Refused)
    ),
    fault!(
        "starttls-garbage",
        "no TLS after STARTTLS",
        ["mx.starttls.failed"],
        tls!(TlsPlan::Garbage)
    ),
    fault!(
        "starttls-hang-up",
        "the connection ends in the handshake",
        ["mx.starttls.failed"],
        tls!(TlsPlan::HangUp)
    ),
    fault!(
        "starttls-alert",
        "the handshake ends in an alert",
        ["mx.starttls.failed"],
        tls!(TlsPlan::Alert(HANDSHAKE_FAILURE))
    ),
    Scenario {
        args: &["--active"],
        ..fault!(
            "injection",
            "commands from before TLS are obeyed",
            ["mx.starttls.injection"],
            starttls!(StartTls::Injectable)
        )
    },
    fault!(
        "mx-wrong-name",
        "a certificate for another name",
        ["mx.cert.name_mismatch"],
        |site| {
            let names = vec![site.under("mail")];
            let plan = TlsPlan::Named(names, CertKind::Good);
            site.first_plain_host(|host| host.tls(&plan));
        }
    )
    .also(&["mx.cert.partial"]),
    fault!(
        "mx-domain-certificate",
        "a certificate for the mail domain",
        ["mx.cert.name_mismatch"],
        |site| {
            let plan = TlsPlan::Named(vec![site.domain.clone()], CertKind::Good);
            site.first_plain_host(|host| host.tls(&plan));
        }
    )
    .also(&["mx.cert.partial"]),
    fault!(
        "mx-expired",
        "an expired certificate",
        ["mx.cert.expired"],
        certificate!(CertKind::Expired)
    )
    .also(&["mx.cert.partial"]),
    fault!(
        "mx-all-expired",
        "every host shows an expired certificate",
        ["mx.cert.expired"],
        |site| {
            site.unsigned();
            site.own_hosts(2);
            site.mx
                .iter_mut()
                .for_each(|host| host.certificate(CertKind::Expired));
        }
    ),
    fault!(
        "mx-all-refused",
        "every host is down",
        ["mx.connect.refused"],
        |site| {
            site.unsigned();
            site.own_hosts(2);
            site.mx
                .iter_mut()
                .for_each(|host| host.each(|server| server.door = Door::Closed));
        }
    ),
    fault!(
        "mx-all-timeout",
        "no host answers, as where port 25 is blocked",
        ["net.port25_blocked", "mx.connect.timeout"],
        |site| {
            site.unsigned();
            site.own_hosts(2);
            site.mx
                .iter_mut()
                .for_each(|host| host.each(|server| server.door = Door::Full));
        }
    ),
    fault!(
        "mx-expires-soon",
        "a certificate about to expire",
        ["mx.cert.expires_soon"],
        certificate!(CertKind::ExpiresSoon)
    ),
    fault!(
        "mx-self-signed",
        "a self-signed certificate",
        ["mx.cert.self_signed"],
        certificate!(CertKind::SelfSigned)
    )
    .also(&["mx.cert.partial"]),
    fault!(
        "mx-untrusted",
        "an authority nobody knows",
        ["mx.cert.untrusted"],
        certificate!(CertKind::Untrusted)
    )
    .also(&["mx.cert.partial"]),
    fault!(
        "mx-incomplete-chain",
        "the intermediate certificate is not sent",
        ["mx.cert.untrusted"],
        certificate!(CertKind::IncompleteChain)
    )
    .also(&["mx.cert.partial"]),
    fault!(
        "mx-client-certificate",
        "a certificate made for clients",
        ["mx.cert.untrusted"],
        certificate!(CertKind::ClientOnly)
    )
    .also(&["mx.cert.partial"]),
    fault!(
        "mx-cn-only",
        "the name in the common name only",
        ["mx.cert.cn_only"],
        certificate!(CertKind::CnOnly)
    )
    .also(&["mx.cert.partial"]),
    fault!(
        "mx-partial",
        "one address of two shows an expired certificate",
        [
            "mx.cert.partial",
            "mx.cert.expired",
            "mx.cert.differs_by_address"
        ],
        |site| site.first_plain_host(|host| {
            let tls = TlsPlan::Own(CertKind::Expired);
            host.servers.push(MxPlan {
                tls,
                ..MxPlan::default()
            });
        })
    ),
    fault!(
        "mx-two-certificates",
        "two addresses with different certificates",
        ["mx.cert.differs_by_address"],
        |site| site.first_plain_host(|host| host.servers.push(MxPlan::default()))
    ),
    fault!(
        "mx-tls10-only",
        "TLS 1.0 and nothing newer",
        ["mx.tls.version"],
        tls!(TlsPlan::Only(Old::Tls10))
    ),
    fault!(
        "mx-tls11-only",
        "TLS 1.1 and nothing newer",
        ["mx.tls.version"],
        tls!(TlsPlan::Only(Old::Tls11))
    ),
    fault!(
        "mx-old-ciphers",
        "TLS 1.2 with CBC alone",
        ["mx.tls.old_ciphers"],
        tls!(TlsPlan::Only(Old::Cbc))
    ),
    fault!(
        "mx-weak-key",
        "an RSA key of 1024 bits",
        ["mx.cert.weak"],
        tls!(TlsPlan::WeakKey)
    )
    .also(&["mx.tls.old_ciphers"]),
    fault!(
        "mx-legacy",
        "TLS 1.0 beside newer",
        ["mx.tls.legacy"],
        tls!(TlsPlan::AlsoLegacy)
    ),
    fault!(
        "mx-needs-sni",
        "no TLS without SNI",
        ["mx.tls.sni_required"],
        tls!(TlsPlan::SniRequired)
    ),
    good!(
        "mx-knows-sni",
        "another certificate without SNI",
        ["mx.tls.sni_ignored"],
        tls!(TlsPlan::SniDiffers)
    ),
    fault!(
        "mx-v6",
        "an IPv6 address that is down",
        ["mx.v6_unreachable"],
        |site| {
            site.first_plain_host(|host| host.more = vec![Data::Aaaa(Ipv6Addr::LOCALHOST)]);
        }
    ),
];
