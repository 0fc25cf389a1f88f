//! The policy host: its name, its addresses, its certificate (RFC 8461 §3.3).

use std::net::Ipv6Addr;

use super::{Scenario, fault, good};
use crate::{
    ca::CertKind,
    dns::{
        auth::DnsFaultKind,
        record::{Data, Record},
    },
    listen::Door,
    site::{PLAIN_PROVIDER, WebPlan, policy},
    tls::{INTERNAL_ERROR, Old, TlsPlan, UNRECOGNIZED_NAME},
    web::WebReply,
    world::SHARED_HOST,
};

pub(super) const ALL: &[Scenario] = &[
    fault!(
        "no-host",
        "the policy host does not exist",
        ["sts.host.nxdomain"],
        |site| {
            site.host.records = Some(Vec::new());
        }
    ),
    fault!(
        "host-servfail",
        "SERVFAIL for the policy host",
        ["sts.host.servfail"],
        |site| {
            site.dns_fault("mta-sts", DnsFaultKind::ServFail);
        }
    ),
    fault!(
        "no-address",
        "the policy host has no address",
        ["sts.host.no_address"],
        |site| {
            site.host.records = Some(vec![Record::txt(site.under("mta-sts"), "coming soon")]);
        }
    ),
    fault!(
        "dangling",
        "an alias to nowhere",
        ["sts.host.cname_dangling"],
        |site| {
            let target = format!("gone.{PLAIN_PROVIDER}");
            site.host.records = Some(vec![Record::cname(site.under("mta-sts"), target)]);
        }
    )
    .also(&["sts.delegation.partial", "sts.delegation.two_providers"]),
    fault!(
        "host-v6",
        "no policy over IPv6",
        ["sts.host.v6_broken"],
        |site| {
            let name = site.under("mta-sts");
            site.host.records = Some(vec![
                Record::new(name.clone(), Data::A(SHARED_HOST)),
                Record::new(name, Data::Aaaa(Ipv6Addr::LOCALHOST)),
            ]);
        }
    ),
    fault!(
        "two-bodies",
        "two addresses with different policies",
        ["sts.host.address_inconsistent"],
        |site| {
            let other = WebReply::policy(policy("testing", &["mx1.mailhost.example"]));
            let second = WebPlan {
                reply: Some(other),
                ..WebPlan::default()
            };
            site.host.servers = vec![WebPlan::default(), second];
        }
    ),
    fault!(
        "host-refused",
        "nothing listens for HTTPS",
        ["sts.tcp.refused"],
        |site| {
            site.own_policy_host(|server| server.door = Door::Closed);
        }
    ),
    fault!(
        "host-timeout",
        "no answer to the first packet",
        ["sts.tcp.timeout"],
        |site| {
            site.own_policy_host(|server| server.door = Door::Full);
        }
    ),
    fault!(
        "wrong-name",
        "a certificate for another name",
        ["sts.tls.name_mismatch"],
        |site| {
            let names = vec![site.domain.clone(), site.under("www")];
            site.policy_host_tls(TlsPlan::Named(names, CertKind::Good));
        }
    ),
    fault!(
        "no-certificate",
        "no certificate for the name asked for",
        ["sts.tls.unrecognized_name"],
        |site| site.policy_host_tls(TlsPlan::Alert(UNRECOGNIZED_NAME))
    ),
    fault!(
        "expired",
        "an expired certificate",
        ["sts.tls.expired"],
        |site| {
            site.policy_host_tls(TlsPlan::Own(CertKind::Expired));
        }
    ),
    fault!(
        "expires-soon",
        "a certificate about to expire",
        ["sts.tls.expires_soon"],
        |site| {
            site.policy_host_tls(TlsPlan::Own(CertKind::ExpiresSoon));
        }
    ),
    fault!(
        "not-yet-valid",
        "a certificate of the future",
        ["sts.tls.not_yet_valid"],
        |site| {
            site.policy_host_tls(TlsPlan::Own(CertKind::NotYetValid));
        }
    ),
    fault!(
        "self-signed",
        "a self-signed certificate",
        ["sts.tls.self_signed"],
        |site| {
            site.policy_host_tls(TlsPlan::Own(CertKind::SelfSigned));
        }
    ),
    fault!(
        "untrusted",
        "an authority nobody knows",
        ["sts.tls.untrusted"],
        |site| {
            site.policy_host_tls(TlsPlan::Own(CertKind::Untrusted));
        }
    ),
    fault!(
        "incomplete-chain",
        "the intermediate certificate is not sent",
        ["sts.tls.incomplete_chain"],
        |site| site.policy_host_tls(TlsPlan::Own(CertKind::IncompleteChain))
    ),
    fault!(
        "cn-only",
        "the name in the common name only",
        ["sts.tls.cn_only"],
        |site| {
            site.policy_host_tls(TlsPlan::Own(CertKind::CnOnly));
        }
    ),
    fault!(
        "tls10-only",
        "TLS 1.0 and nothing newer",
        ["sts.tls.version"],
        |site| {
            site.policy_host_tls(TlsPlan::Only(Old::Tls10));
        }
    ),
    fault!(
        "tls11-only",
        "TLS 1.1 and nothing newer",
        ["sts.tls.version"],
        |site| {
            site.policy_host_tls(TlsPlan::Only(Old::Tls11));
        }
    ),
    fault!(
        "plaintext",
        "HTTP without TLS on the port",
        ["sts.tls.not_tls"],
        |site| {
            site.own_policy_host(|server| server.tls = None);
        }
    ),
    fault!(
        "handshake",
        "the handshake ends in an alert",
        ["sts.tls.handshake"],
        |site| {
            site.policy_host_tls(TlsPlan::Alert(INTERNAL_ERROR));
        }
    ),
    fault!(
        "host-old-ciphers",
        "TLS 1.2 with CBC alone",
        ["sts.tls.handshake"],
        |site| {
            site.policy_host_tls(TlsPlan::Only(Old::Cbc));
        }
    ),
    fault!(
        "hang-up",
        "the handshake ends without a word",
        ["sts.tls.handshake"],
        |site| {
            site.policy_host_tls(TlsPlan::HangUp);
        }
    ),
    fault!(
        "host-silent",
        "a host that never says a word",
        ["sts.http.timeout"],
        |site| {
            site.own_policy_host(|server| server.door = Door::Silent);
        }
    ),
    fault!(
        "host-garbage",
        "an answer that is not TLS",
        ["sts.tls.not_tls"],
        |site| {
            site.policy_host_tls(TlsPlan::Garbage);
        }
    ),
    good!(
        "good-two-hosts",
        "one policy at two addresses",
        [],
        |site| {
            site.host.servers = vec![WebPlan::default(), WebPlan::default()];
        }
    ),
];
