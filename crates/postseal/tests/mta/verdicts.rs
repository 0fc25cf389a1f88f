//! Each server is named right: what it is, what its certificate is worth, and who still delivers.

use std::{net::Ipv4Addr, path::Path};

use lab::Issue;
use serde_json::Value;

use crate::{
    asked::{Answer, Level, Trust, postfix, postseal},
    private::network,
    world::{Host, Mail, Program, World},
};

const HEALTHY: usize = 0;
const EXPIRED: usize = 1;

/// [V-04] [V-05] [N-08]
#[test]
fn postfix_healthy_and_expired() {
    network("verdicts::postfix_healthy_and_expired", |dir| {
        healthy_and_expired(
            dir,
            &[
                host("healthy-postfix.example", 1, Issue::Valid, Program::Postfix),
                host(
                    "expired-postfix.example",
                    2,
                    Issue::Expired,
                    Program::Postfix,
                ),
            ],
        );
    });
}

/// [V-04] [V-05] [N-08]
#[test]
fn exim_healthy_and_expired() {
    network("verdicts::exim_healthy_and_expired", |dir| {
        healthy_and_expired(
            dir,
            &[
                host("healthy-exim.example", 3, Issue::Valid, Program::Exim),
                host("expired-exim.example", 4, Issue::Expired, Program::Exim),
            ],
        );
    });
}

/// [V-16] A backup that has expired unseen, behind a good first choice: named, and only it.
#[test]
fn a_healthy_postfix_before_an_expired_exim() {
    network(
        "verdicts::a_healthy_postfix_before_an_expired_exim",
        |dir| {
            let hosts = [
                host("healthy-postfix.example", 1, Issue::Valid, Program::Postfix),
                host("expired-exim.example", 4, Issue::Expired, Program::Exim),
            ];
            let mut mail: Vec<Mail> = hosts.iter().map(own_mail).collect();
            let both = hosts.iter().map(Host::name).collect();
            mail.push(Mail {
                domain: "both.example",
                mx: both,
            });
            let world = World::start(dir, &hosts, &mail);
            let checked = postseal(&world, "check", "both.example");
            assert_eq!(checked.code, 1, "{checked:?}");
            named(&checked, &hosts[EXPIRED]);
            assert_eq!(
                talks(&checked, HEALTHY, &hosts)["faults"],
                Value::Array(Vec::new())
            );
            assert_eq!(
                talks(&checked, EXPIRED, &hosts)["faults"],
                serde_json::json!(["expired"])
            );
            // The first choice takes the mail of everybody.
            let explained = postseal(&world, "explain", "both.example");
            for class in ["sts", "dane", "dane-sts", "opportunistic"] {
                assert_eq!(
                    expect(&explained, class),
                    "deliver",
                    "{class}: {explained:?}"
                );
            }
        },
    );
}

fn host(domain: &'static str, number: u8, issue: Issue, program: Program) -> Host {
    Host {
        domain,
        address: Ipv4Addr::new(127, 26, 0, number),
        issue,
        program,
    }
}

/// The domain that a host belongs to, with this host alone.
fn own_mail(host: &Host) -> Mail {
    Mail {
        domain: host.domain,
        mx: vec![host.name()],
    }
}

fn healthy_and_expired(dir: &Path, hosts: &[Host; 2]) {
    let mail = hosts.each_ref().map(own_mail);
    let world = World::start(dir, hosts, &mail);
    healthy(&world, &hosts[HEALTHY]);
    expired(&world, &hosts[EXPIRED]);
}

fn healthy(world: &World, host: &Host) {
    let checked = postseal(world, "check", host.domain);
    assert_eq!(checked.document["verdict"], "pass", "{checked:?}");
    assert_eq!(checked.code, 0, "{checked:?}");
    assert_eq!(
        heavy(&checked),
        Vec::<(&str, &str, &str)>::new(),
        "{checked:?}"
    );
    let tls = session(world, &checked, HEALTHY, host);
    assert_eq!(tls["faults"], Value::Array(Vec::new()), "{tls}");
    let explained = postseal(world, "explain", host.domain);
    for class in ["sts", "dane", "dane-sts", "opportunistic"] {
        assert_eq!(
            expect(&explained, class),
            "deliver",
            "{class}: {explained:?}"
        );
    }
    for level in [Level::Dane, Level::Secure] {
        let (trust, said) = postfix(world, level, host.domain);
        assert_eq!(trust, Trust::Verified, "{level:?}: {said}");
    }
}

/// RFC 8461 §4.2 refuses an expired certificate; RFC 7672 §3.1.1 does not look at its dates, so
/// that the key which TLSA pins still counts.
fn expired(world: &World, host: &Host) {
    let checked = postseal(world, "check", host.domain);
    assert_eq!(checked.document["verdict"], "fail", "{checked:?}");
    assert_eq!(checked.code, 1, "{checked:?}");
    named(&checked, host);
    let tls = session(world, &checked, EXPIRED, host);
    assert_eq!(tls["faults"], serde_json::json!(["expired"]), "{tls}");
    let explained = postseal(world, "explain", host.domain);
    assert_eq!(explained.code, 1, "{explained:?}");
    assert_eq!(expect(&explained, "sts"), "refuse", "{explained:?}");
    let refused = &sender(&explained, "sts")["hosts"][0]["reasons"][0];
    assert_eq!(refused["result_type"], "certificate-expired", "{refused}");
    for class in ["dane", "dane-sts", "opportunistic"] {
        assert_eq!(
            expect(&explained, class),
            "deliver",
            "{class}: {explained:?}"
        );
        assert_eq!(
            sender(&explained, class)["hosts"][0]["encrypted"],
            true,
            "{class}"
        );
    }
    // A sender that is not ours comes to the same.
    let (trust, said) = postfix(world, Level::Dane, host.domain);
    assert_eq!(trust, Trust::Verified, "{said}");
    let (trust, said) = postfix(world, Level::Secure, host.domain);
    assert_eq!(trust, Trust::Refused, "{said}");
    assert!(
        said.contains("expired"),
        "refused for another reason: {said}"
    );
}

/// The expired certificate is the one fault: critical, at this host and no other. That DANE does
/// not mind it is said too, for senders that do both.
fn named(checked: &Answer, host: &Host) {
    let host = host.name();
    let right = [("mx.cert.expired", "crit"), ("dane.sts_conflict", "error")];
    let mut heavy = heavy(checked);
    // Of the domain, where another host is good.
    heavy.retain(|(code, ..)| *code != "mx.cert.partial");
    assert_eq!(
        heavy,
        right.map(|(code, severity)| (code, severity, host.as_str())),
        "{checked:?}"
    );
}

/// The TLS connection with the only host of a domain, which must be with this server.
fn session<'a>(world: &World, checked: &'a Answer, number: usize, host: &Host) -> &'a Value {
    let tls = tls(checked, 0, host);
    assert!(
        tls["version"]
            .as_str()
            .is_some_and(|version| version.ends_with("1.3")),
        "{tls}"
    );
    assert_eq!(
        tls["chain"][0]["spki_sha256"],
        world.spki_sha256(number),
        "{tls}"
    );
    assert_eq!(
        tls["chain"][0]["dns_names"],
        serde_json::json!([host.name()]),
        "{tls}"
    );
    // [N-08] Whatever the date.
    assert!(tls["dane"]["match"].is_object(), "{tls}");
    tls
}

fn talks<'a>(checked: &'a Answer, number: usize, hosts: &[Host]) -> &'a Value {
    tls(checked, number, &hosts[number])
}

fn tls<'a>(checked: &'a Answer, number: usize, host: &Host) -> &'a Value {
    let fact = &checked.document["facts"]["hosts"][number];
    assert_eq!(fact["host"], host.name(), "{fact}");
    let sessions = fact["sessions"].as_array().expect("sessions");
    assert_eq!(sessions.len(), 1, "one session an address: {fact}");
    assert_eq!(sessions[0]["address"], host.address.to_string(), "{fact}");
    assert_eq!(sessions[0]["legacy"], false, "TLS 1.1 is off: {fact}");
    let smtp = &sessions[0]["outcome"]["smtp"];
    let banner = smtp["banner"].as_str().unwrap_or_default();
    let name = match host.program {
        Program::Postfix => "ESMTP Postfix",
        Program::Exim => "ESMTP Exim 4.",
    };
    assert!(
        banner.contains(name) && banner.contains(&host.name()),
        "{fact}"
    );
    let extensions = smtp["extensions"].as_array().expect("extensions");
    assert!(
        extensions.iter().any(|extension| extension == "STARTTLS"),
        "{fact}"
    );
    let tls = &smtp["starttls"]["established"];
    assert!(tls.is_object(), "no TLS: {fact}");
    tls
}

/// Findings of warn and above: code, severity, subject.
fn heavy(checked: &Answer) -> Vec<(&str, &str, &str)> {
    let findings = checked.document["findings"].as_array().expect("findings");
    findings
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap_or_default();
            (text("code"), text("severity"), text("subject"))
        })
        .filter(|(_, severity, _)| !matches!(*severity, "ok" | "info"))
        .collect()
}

fn sender<'a>(explained: &'a Answer, class: &str) -> &'a Value {
    let senders = explained.document["senders"].as_array().expect("senders");
    senders
        .iter()
        .find(|sender| sender["class"] == class)
        .expect("every kind of sender")
}

fn expect<'a>(explained: &'a Answer, class: &str) -> &'a str {
    sender(explained, class)["expect"]
        .as_str()
        .expect("what to expect")
}
