//! Whose trouble it is, ours or the domain's, and what counts as a policy in force.

use std::net::IpAddr;

use decide::{
    Level, Overrides, Sender, assess,
    assess::{PublishKind, Verdict},
    facts::*,
    plan,
};
use findings::{Code, Finding, Severity};
use mta_sts::{PolicyId, policy};

use crate::{
    assess_codes::{loud, said, weight},
    world::*,
};
use Severity::{Crit, Error, Info, Warn};

type Change = fn(&mut Facts);

fn changed(change: impl Fn(&mut Facts)) -> Facts {
    let mut facts = healthy();
    change(&mut facts);
    facts
}

fn verdict(change: impl Fn(&mut Facts)) -> Verdict {
    assess(&changed(change), now()).verdict
}

fn starting<'a>(findings: &'a [Finding], family: &str) -> Vec<&'a Finding> {
    let of_family = |found: &&Finding| found.code().name().starts_with(family);
    findings.iter().filter(of_family).collect()
}

/// What one server of two says, and what both say: a loop is the record's, trouble on the way is
/// ours, and where nobody but the resolver is heard port 53 is blocked here.
#[test]
fn a_server_is_blamed_for_its_own_faults_only() {
    use DnsFault as D;
    for (found, one, both) in [
        (D::Timeout, Some(Code::DnsTimeout), None),
        (D::Unreachable, None, None),
        (
            D::ServFail,
            Some(Code::DnsServfail),
            Some(Code::DnsServfail),
        ),
        (
            D::Malformed,
            Some(Code::DnsServfail),
            Some(Code::DnsServfail),
        ),
        (D::Refused, Some(Code::DnsRefused), Some(Code::DnsRefused)),
        (D::Bogus, Some(Code::DnsBogus), Some(Code::DnsBogus)),
        (D::Loop, None, None),
        (D::Other, None, None),
        (D::NotValidating, None, None),
    ] {
        let findings = said(|f| f.servers[0].txt = fault(found));
        let codes: Vec<Code> = findings.iter().map(Finding::code).collect();
        assert_eq!(codes, Vec::from_iter(one), "{found:?} of one");
        let findings = said(|f| {
            for server in &mut f.servers {
                server.txt = fault(found);
            }
        });
        let mut codes: Vec<Code> = findings.iter().map(Finding::code).collect();
        codes.dedup();
        assert_eq!(codes, Vec::from_iter(both), "{found:?} of both");
    }
    // Silent and not reachable: nobody was heard.
    let mixed = said(|f| {
        f.servers[0].txt = fault(D::Timeout);
        f.servers[1].txt = fault(D::Unreachable);
    });
    assert!(mixed.is_empty(), "{mixed:#?}");
    // The resolver was not answered either: the servers may well be down.
    let down = said(|f| {
        f.sts.txt = fault(D::Timeout);
        for server in &mut f.servers {
            server.txt = fault(D::Timeout);
        }
    });
    assert_eq!(starting(&down, "dns.timeout").len(), 3, "{down:#?}");
}

fn each_session(facts: &mut Facts, v6: Option<bool>, outcome: &SessionOutcome) {
    for session in facts.hosts.iter_mut().flat_map(|host| &mut host.sessions) {
        if v6.is_none_or(|v6| session.address.is_ipv6() == v6) {
            session.outcome = outcome.clone();
        }
    }
}

fn only_v6(host: &mut HostFact) {
    host.v4 = no_data();
    host.sessions.remove(0);
}

/// A machine without IPv6 does not blame a host that has nothing else.
#[test]
fn without_ipv6_a_host_of_ipv6_alone_is_not_blamed() {
    let no_route = || SessionOutcome::Unreachable("network is unreachable".to_owned());
    let one = |f: &mut Facts| {
        each_session(f, Some(true), &no_route());
        let fault = FetchFault::Unreachable("network is unreachable".to_owned());
        f.sts.host.fetches[1].outcome = FetchOutcome::Failed(fault);
        only_v6(&mut f.hosts[0]);
    };
    assert_eq!(loud(&said(one)), [].into());
    assert_eq!(weight(&said(one), Code::MxConnectTimeout), Some(Info));
    assert_eq!(weight(&said(one), Code::NetPort25Blocked), None);
    assert_eq!(verdict(one), Verdict::Pass);
    let all = |f: &mut Facts| {
        one(f);
        only_v6(&mut f.hosts[1]);
    };
    assert_eq!(loud(&said(all)), [].into());
    assert_eq!(weight(&said(all), Code::NetPort25Blocked), None);
    assert_eq!(verdict(all), Verdict::Unknown, "nothing could be tried");
    // Where IPv6 works, a host that is dead over it is dead.
    let dead = |f: &mut Facts| {
        only_v6(&mut f.hosts[0]);
        first_mx(f, &SessionOutcome::ConnectTimeout);
    };
    assert_eq!(weight(&said(dead), Code::MxConnectTimeout), Some(Error));
    assert_eq!(verdict(dead), Verdict::Fail);
    // The same of the policy host.
    let host = |f: &mut Facts| {
        each_session(f, Some(true), &no_route());
        f.sts.host.v4 = no_data();
        f.sts.host.fetches.remove(0);
        let fault = FetchFault::Unreachable("network is unreachable".to_owned());
        f.sts.host.fetches[0].outcome = FetchOutcome::Failed(fault);
        f.sts.host.fetches[0].tls = None;
    };
    assert_eq!(loud(&said(host)), [].into());
    assert_eq!(verdict(host), Verdict::Unknown);
}

/// No MX address could be connected to: said of one host and of many, not where a port is closed.
#[test]
fn port_25_is_blocked_where_nothing_is_reached() {
    use SessionOutcome::{ConnectTimeout, Refused};
    let single = |f: &mut Facts| {
        f.hosts.truncate(1);
        f.mx.answer = mx_set(&[(10, "mx1.example.com")]);
    };
    let table: [(&str, bool, Change); 4] = [
        ("many", true, |f| each_session(f, None, &ConnectTimeout)),
        ("IPv4 silent, IPv6 not ours", true, |f| {
            each_session(f, None, &SessionOutcome::Unreachable("none".to_owned()));
            each_session(f, Some(false), &ConnectTimeout);
        }),
        ("closed", false, |f| each_session(f, None, &Refused)),
        ("one closed", false, |f| {
            each_session(f, None, &ConnectTimeout);
            f.hosts[0].sessions[0].outcome = Refused;
        }),
    ];
    for (name, blocked, change) in table {
        let expected = blocked.then_some(Info);
        for one in [true, false] {
            let findings = said(|f| {
                change(f);
                if one {
                    single(f);
                }
            });
            let found = weight(&findings, Code::NetPort25Blocked);
            assert_eq!(found, expected, "{name}, one host: {one}");
        }
    }
}

/// Where no policy is in force nobody refuses mail for a mismatch.
#[test]
fn a_mismatch_weighs_what_senders_make_of_it() {
    let no_record: Change = |f| {
        f.sts.txt = nxdomain();
        for server in &mut f.servers {
            server.txt = nxdomain();
        }
    };
    let states: [(&str, Severity, Change); 4] = [
        ("enforce", Crit, |_| {}),
        ("testing", Error, |f| {
            for fetch in &mut f.sts.host.fetches {
                let FetchOutcome::Fetched(fetched) = &mut fetch.outcome else {
                    unreachable!()
                };
                fetched.body = text(&fetched.body.to_string().replace("enforce", "testing"));
            }
        }),
        ("bad record", Error, |f| {
            f.sts.txt = found(texts(&["v=STSv1; id=not-good;"]));
        }),
        ("no record", Info, no_record),
    ];
    // A typo, another suffix, another domain, a wildcard too short.
    let bodies = [
        ("mx1.example.com", "mx11.example.com"),
        ("mx1.example.com", "mx1.example.net"),
        ("mx1.example.com", "mail.invalid"),
        ("mx1.example.com", "*.com"),
    ];
    for (name, limit, state) in states {
        for (from, to) in bodies {
            for none in [true, false] {
                let mut body = POLICY.replace(from, to);
                if none {
                    body = body.replace("mx: mx2.example.com", "mx: gone.invalid");
                }
                let findings = said(|f| {
                    no_dane(f);
                    serve(f, &body);
                    state(f);
                });
                let found = starting(&findings, "sts.mx.");
                assert!(!found.is_empty(), "{name} {to}");
                for finding in found {
                    assert!(finding.severity() <= limit, "{name} {to}: {finding:?}");
                }
                let all = none.then_some(limit);
                assert_eq!(weight(&findings, Code::StsMxNoneMatch), all, "{name} {to}");
                let one = Some(limit.min(Error));
                assert_eq!(weight(&findings, Code::StsMxUnmatched), one, "{name} {to}");
            }
        }
    }
}

fn kinds(change: impl Fn(&mut Facts)) -> Vec<(PublishKind, String)> {
    let publish = assess(&changed(change), now()).publish;
    publish
        .into_iter()
        .map(|what| (what.kind, what.name))
        .collect()
}

/// A record is proposed behind a policy that does no harm, and not before it.
#[test]
fn no_record_without_a_good_policy() {
    let record = || (PublishKind::Txt, "_mta-sts.example.com".to_owned());
    let body = || {
        let url = "https://mta-sts.example.com/.well-known/mta-sts.txt";
        (PublishKind::Policy, url.to_owned())
    };
    let table: [(&str, bool, Change); 9] = [
        ("a good policy", false, |_| {}),
        ("a good one in testing", false, |f| {
            serve(f, &in_mode("testing"));
        }),
        ("matches no MX", true, |f| {
            serve(f, &POLICY.replace("example.com", "example.net"));
        }),
        ("matches one MX of two", true, |f| {
            serve(f, &POLICY.replace("mx2", "mx3"));
        }),
        ("invalid", true, |f| serve(f, "version: STSv1\n")),
        ("mode none", true, |f| serve(f, &in_mode("none"))),
        ("a web page's media type", true, |f| {
            media_type(f, Some("text/html"));
        }),
        ("no fetch", true, |f| fail(f, &FetchFault::ConnectTimeout)),
        ("nothing seen", true, |f| f.sts.host.fetches.clear()),
    ];
    for (name, with_body, change) in table {
        let found = kinds(|f| {
            change(f);
            f.sts.txt = nxdomain();
        });
        let expected = if with_body {
            vec![body(), record()]
        } else {
            vec![record()]
        };
        assert_eq!(found, expected, "{name}");
    }
    // With a record that stands, only what cannot be read at all is written anew.
    let kept: [(&str, bool, Change); 4] = [
        ("invalid", true, |f| serve(f, "version: STSv1\n")),
        ("no fetch", true, |f| fail(f, &FetchFault::ConnectTimeout)),
        ("a web page's media type", false, |f| {
            media_type(f, Some("text/html"));
        }),
        ("encoded", false, |f| encode(f)),
    ];
    for (name, with_body, change) in kept {
        let expected: Vec<_> = with_body.then(body).into_iter().collect();
        assert_eq!(kinds(change), expected, "{name}");
    }
}

fn each_fetched(facts: &mut Facts, change: impl Fn(&mut Fetched)) {
    for fetch in &mut facts.sts.host.fetches {
        if let FetchOutcome::Fetched(fetched) = &mut fetch.outcome {
            change(fetched);
        }
    }
}

fn media_type(facts: &mut Facts, sent: Option<&str>) {
    each_fetched(facts, |fetched| {
        fetched.content_type = sent.map(str::to_owned);
    });
}

fn encode(facts: &mut Facts) {
    each_fetched(facts, |fetched| {
        fetched.content_encoding = Some("gzip".to_owned());
        fetched.body = Text(vec![0x1f, 0x8b, 8, 0, 0xff, 0xfe]);
    });
}

/// [F-10] What senders take as a policy is one rule: where `plan` has none in force, no fault of an
/// MX host is `crit`.
#[test]
fn a_policy_that_nobody_takes_is_not_in_force() {
    let table: [(&str, Severity, Change); 7] = [
        ("as it should be", Crit, |_| {}),
        ("a parameter", Crit, |f| {
            media_type(f, Some("text/plain;x"));
        }),
        ("a page's media type", Error, |f| {
            media_type(f, Some("text/html"));
        }),
        ("no media type", Error, |f| media_type(f, None)),
        ("encoded, and no text", Info, encode),
        ("encoded", Info, |f| {
            each_fetched(f, |fetched| {
                fetched.content_encoding = Some("br".to_owned());
            });
        }),
        ("not taken, kept from before", Crit, |f| {
            media_type(f, None);
            f.sts.cached = Some(CachedPolicy {
                id: PolicyId::parse(b"1").unwrap(),
                policy: policy::parse(POLICY.as_bytes()).value.unwrap(),
                fetched_at: days(-1),
            });
        }),
    ];
    for (name, expected, change) in table {
        let facts = changed(|f| {
            no_dane(f);
            each_tls(&mut f.hosts[0], |tls| tls.faults = vec![CertFault::Expired]);
            change(f);
        });
        let findings = assess(&facts, now()).findings;
        assert_eq!(
            weight(&findings, Code::MxCertExpired),
            Some(expected),
            "{name}"
        );
        let plan = plan(&facts, &STS, &Overrides::default(), now());
        assert_eq!(plan.sts.policy.is_some(), expected == Crit, "{name}");
    }
    let one_fault = said(encode);
    let codes: Vec<Code> = one_fault.iter().map(Finding::code).collect();
    assert_eq!(codes, [Code::StsHttpContentEncoding], "one fault, once");
}

const STS: Sender = Sender {
    sts: true,
    dane: false,
    floor: Level::May,
};

/// [V-14]: DANE and MTA-STS come to different ends where they do, and the words are true.
#[test]
fn conflicts_of_dane_and_mta_sts() {
    let sts_fails = "DANE senders deliver, MTA-STS senders do not";
    let dane_fails = "MTA-STS senders deliver, DANE senders do not";
    let would = "DANE senders deliver; MTA-STS is in testing: it would fail";
    // Mode, DANE matches, the certificate is valid, a pattern covers the host.
    let table = [
        ("enforce", true, true, true, None),
        ("enforce", true, false, true, Some((Error, sts_fails))),
        ("enforce", true, true, false, Some((Error, sts_fails))),
        ("enforce", true, false, false, Some((Error, sts_fails))),
        ("enforce", false, true, true, Some((Error, dane_fails))),
        ("enforce", false, false, true, None),
        ("enforce", false, true, false, None),
        ("testing", true, true, true, None),
        ("testing", true, false, true, Some((Warn, would))),
        ("testing", true, true, false, Some((Warn, would))),
        ("testing", false, true, true, Some((Error, dane_fails))),
        ("testing", false, false, true, Some((Error, dane_fails))),
        ("testing", false, true, false, Some((Error, dane_fails))),
        ("none", true, false, true, None),
        ("none", false, true, true, None),
    ];
    for (mode, matched, valid, covered, expected) in table {
        let findings = said(|f| {
            let pattern = if covered { "mx1" } else { "mx3" };
            serve(f, &in_mode(mode).replace("mx1", pattern));
            each_tls(&mut f.hosts[0], |tls| {
                if !valid {
                    tls.faults = vec![CertFault::Expired];
                }
                if !matched {
                    tls.dane = Some(DaneOutcome::NoMatch);
                }
            });
        });
        let name = format!("{mode}: DANE {matched}, valid {valid}, covered {covered}");
        let found = starting(&findings, "dane.sts_conflict");
        match (found.as_slice(), expected) {
            ([], None) => {}
            ([found], Some((severity, words))) => {
                assert_eq!(found.severity(), severity, "{name}");
                assert!(
                    found.message().contains(words),
                    "{name}: {}",
                    found.message()
                );
            }
            (found, _) => panic!("{name}: {found:?}"),
        }
    }
}

/// Of a domain that does not exist that is said, and nothing is advised.
#[test]
fn a_domain_that_does_not_exist() {
    let gone = |f: &mut Facts| {
        no_sts(f);
        f.mx.answer = nxdomain();
        f.hosts.clear();
        f.tlsrpt.txt = nxdomain();
        f.tlsrpt.destinations.clear();
    };
    let assessment = assess(&changed(gone), now());
    let [only] = assessment.findings.as_slice() else {
        panic!("{:#?}", assessment.findings);
    };
    assert_eq!(only.code(), Code::MxDnsUnresolvable);
    assert!(only.message().contains("the domain does not exist"));
    assert!(only.help().contains("registration"), "{}", only.help());
    assert_eq!(assessment.verdict, Verdict::Fail);
    assert_eq!(assessment.publish, []);
    // One that exists and has no MX record gets the advice.
    let bare = said(|f| {
        gone(f);
        f.mx.answer = no_data();
    });
    for code in [Code::StsRecordMissing, Code::TlsrptMissing] {
        assert!(bare.iter().any(|found| found.code() == code), "{code}");
    }
}

/// [W-02]: behind a smart host its domain is the policy domain: the plan takes the policy, the
/// patterns and the MX hosts of the domain that the facts are of, and knows no other.
#[test]
fn the_policy_domain_is_the_one_that_the_facts_are_of() {
    let relay: names::Domain = names::Domain::parse("relay.example.net").unwrap();
    let smart = |f: &mut Facts| {
        f.domain = relay.clone();
        f.mx.answer = mx_set(&[(10, "mx1.example.com")]);
        f.hosts.truncate(1);
    };
    let facts = changed(smart);
    let found = plan(&facts, &STS, &Overrides::default(), now());
    assert_eq!(found.domain, relay);
    let in_force = found.sts.policy.unwrap();
    assert_eq!(
        in_force.policy,
        policy::parse(POLICY.as_bytes()).value.unwrap()
    );
    let assessed = assess(
        &changed(|f| {
            smart(f);
            fail(f, &FetchFault::Refused);
        }),
        now(),
    );
    assert_eq!(assessed.domain, relay);
    let refused = assessed
        .findings
        .iter()
        .find(|found| found.code() == Code::StsTcpRefused)
        .unwrap();
    let about = refused.subject().unwrap().to_string();
    assert_eq!(about, "mta-sts.relay.example.net");
    // Without MX records the smart host is its own mail host, and the policy is held against it.
    let implicit = changed(|f| {
        smart(f);
        f.mx.answer = no_data();
        f.hosts[0].host = host("relay.example.net");
        f.hosts[0].preference = None;
        let address: IpAddr = v4(1).into();
        f.hosts[0].sessions = vec![session(address, "relay.example.net", 1)];
        serve(f, &POLICY.replace("mx1.example.com", "relay.example.net"));
    });
    let found = plan(&implicit, &STS, &Overrides::default(), now());
    assert!(found.is_implicit());
    assert_eq!(found.hosts[0].sts, plan::StsRule::Enforce { covered: true });
}
