//! How much a fault weighs, what the verdict is, what is kept quiet and what is proposed.

use decide::{
    assess,
    assess::{AddressState, DaneState, Kind, PublishKind, Verdict, classify},
    facts::*,
};
use findings::{Code, Severity};
use mta_sts::{PolicyId, policy};
use names::MxPattern;

use crate::{
    assess_codes::{loud, said, weight},
    world::*,
};
use Severity::{Crit, Error, Info};

/// What holds for the MX hosts.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Held {
    Enforce,
    Testing,
    ModeNone,
    /// No record and no policy host.
    NoPolicy,
    /// A record, and a policy that nobody can fetch.
    NoFetch,
    /// A good policy behind a record that is broken.
    BadRecord,
    /// No fetch today, an `enforce` policy kept from before.
    Kept,
    /// The same, and its `max_age` is over.
    KeptTooLong,
}

const ALL: [Held; 8] = [
    Held::Enforce,
    Held::Testing,
    Held::ModeNone,
    Held::NoPolicy,
    Held::NoFetch,
    Held::BadRecord,
    Held::Kept,
    Held::KeptTooLong,
];

fn hold(facts: &mut Facts, held: Held) {
    match held {
        Held::Enforce => {}
        Held::Testing => serve(facts, &in_mode("testing")),
        Held::ModeNone => serve(facts, &in_mode("none")),
        Held::NoPolicy => no_sts(facts),
        Held::NoFetch => fail(facts, &FetchFault::Refused),
        Held::BadRecord => facts.sts.txt = found(texts(&["v=STSv1; id=not-good;"])),
        Held::Kept | Held::KeptTooLong => {
            fail(facts, &FetchFault::Refused);
            let age = if held == Held::Kept { -29 } else { -30 };
            facts.sts.cached = Some(CachedPolicy {
                id: PolicyId::parse(b"1").unwrap(),
                policy: policy::parse(POLICY.as_bytes()).value.unwrap(),
                fetched_at: days(age),
            });
        }
    }
}

/// What a sender that obeys MTA-STS makes of a host with an expired certificate.
fn expected(held: Held) -> Severity {
    match held {
        Held::Enforce | Held::Kept => Crit,
        Held::Testing | Held::BadRecord => Error,
        Held::ModeNone | Held::NoPolicy | Held::NoFetch | Held::KeptTooLong => Info,
    }
}

/// [V-07] [V-08] [V-09] [F-11] [F-12] [P-16]: `crit` only where senders refuse mail; and a policy
/// from before counts until its `max_age` is over.
#[test]
fn a_bad_certificate_weighs_what_senders_make_of_it() {
    for held in ALL {
        let findings = said(|facts| {
            no_dane(facts);
            each_tls(&mut facts.hosts[0], |tls| {
                tls.faults = vec![CertFault::Expired];
            });
            hold(facts, held);
        });
        assert_eq!(
            weight(&findings, Code::MxCertExpired),
            Some(expected(held)),
            "{held:?}"
        );
        let partial = expected(held).min(Error);
        assert_eq!(
            weight(&findings, Code::MxCertPartial),
            Some(partial),
            "{held:?}"
        );
    }
}

/// [V-04] [N-05] [N-06]: TLS itself is demanded by DANE as well, with usable records and without.
#[test]
fn missing_starttls_weighs_what_senders_make_of_it() {
    for held in ALL {
        for dane in [true, false] {
            let findings = said(|facts| {
                if !dane {
                    no_dane(facts);
                }
                hold(facts, held);
                first_mx(facts, &smtp(Starttls::Missing));
            });
            let severity = if dane { Crit } else { expected(held) };
            let found = weight(&findings, Code::MxStarttlsMissing);
            assert_eq!(found, Some(severity), "{held:?}, DANE {dane}");
        }
    }
    let findings = said(|facts| {
        no_sts(facts);
        facts.hosts[0].tlsa_fact = TlsaFact::Unusable {
            base: owner("mx1.example.com"),
        };
        first_mx(facts, &smtp(Starttls::Missing));
    });
    assert_eq!(weight(&findings, Code::MxStarttlsMissing), Some(Crit));
}

/// [N-08]: under DANE-EE names, dates and trust by public rules mean nothing to DANE senders; to
/// MTA-STS senders they do.
#[test]
fn public_rules_do_not_bind_dane() {
    for fault in [
        CertFault::Expired,
        CertFault::NameMismatch,
        CertFault::SelfSigned,
        CertFault::Untrusted,
    ] {
        let broken = |facts: &mut Facts| {
            for host in &mut facts.hosts {
                each_tls(host, |tls| tls.faults = vec![fault.clone()]);
            }
        };
        let dane_alone = said(|facts| {
            broken(facts);
            no_sts(facts);
        });
        assert_eq!(loud(&dane_alone), [].into(), "{fault:?}: {dane_alone:#?}");
        assert!(
            !dane_alone
                .iter()
                .any(|found| found.code().name().starts_with("mx.cert."))
        );
        let both = said(broken);
        assert!(both.iter().any(|found| {
            found.code().name().starts_with("mx.cert.") && found.severity() == Crit
        }));
        assert_eq!(weight(&both, Code::DaneMismatch), None);
        assert_eq!(weight(&both, Code::DaneStsConflict), Some(Error));
    }
}

/// [V-14] [N-05]: a passing MTA-STS check does not excuse a failing DANE check.
#[test]
fn dane_fails_whatever_the_policy_says() {
    for held in ALL {
        let findings = said(|facts| {
            each_tls(&mut facts.hosts[0], |tls| {
                tls.dane = Some(DaneOutcome::NoMatch);
            });
            hold(facts, held);
        });
        assert_eq!(
            weight(&findings, Code::DaneMismatch),
            Some(Crit),
            "{held:?}"
        );
    }
}

/// [V-12]: a host that no pattern covers is refused for that; its other faults stay below `crit`.
#[test]
fn a_host_that_is_not_covered_has_one_reason_to_be_refused() {
    let findings = said(|facts| {
        no_dane(facts);
        serve(facts, &POLICY.replace("mx1", "mail7"));
        first_mx(facts, &smtp(Starttls::Missing));
    });
    assert_eq!(weight(&findings, Code::MxStarttlsMissing), Some(Error));
    assert_eq!(weight(&findings, Code::StsMxUnmatched), Some(Error));
}

/// A refusal by our TLS library alone is never `crit`: the certificate that the host presents to
/// the plain hello is judged instead.
#[test]
fn old_cipher_suites_leave_the_certificate_to_be_judged() {
    let findings = said(|facts| {
        no_dane(facts);
        first_mx(
            facts,
            &smtp(Starttls::Failed(alert(40, "handshake_failure"))),
        );
        for session in &mut facts.hosts[0].sessions {
            session.presented = Some(presented("mx1.example.com", "TLSv1.2"));
        }
    });
    assert_eq!(loud(&findings), ["mx.tls.old_ciphers"].into());
    let expired = said(|facts| {
        first_mx(
            facts,
            &smtp(Starttls::Failed(alert(40, "handshake_failure"))),
        );
        for session in &mut facts.hosts[0].sessions {
            let mut seen = presented("mx1.example.com", "TLSv1.2");
            seen.faults = vec![CertFault::Expired];
            seen.dane = Some(DaneOutcome::NoMatch);
            session.presented = Some(seen);
        }
    });
    assert_eq!(weight(&expired, Code::MxCertExpired), Some(Crit));
    assert_eq!(weight(&expired, Code::DaneMismatch), Some(Crit));
    assert_eq!(weight(&expired, Code::MxStarttlsFailed), None);
}

/// One cause, one finding.
#[test]
fn no_cascades() {
    let nothing = said(|facts| {
        no_sts(facts);
        no_dane(facts);
    });
    assert_eq!(loud(&nothing), [].into(), "no MTA-STS at all is no fault");
    let unfetched = said(|facts| fail(facts, &FetchFault::Refused));
    assert_eq!(loud(&unfetched), ["sts.tcp.refused"].into());
    let unanswered = said(|facts| facts.sts.txt = fault(DnsFault::Timeout));
    assert_eq!(loud(&unanswered), ["dns.timeout"].into());
    let forgotten = said(|facts| {
        facts.sts.txt = nxdomain();
        for server in &mut facts.servers {
            server.txt = nxdomain();
        }
        fail(
            facts,
            &FetchFault::Status {
                code: 404,
                location: None,
            },
        );
    });
    assert_eq!(
        loud(&forgotten),
        [].into(),
        "nobody fetches without a record"
    );
    let challenge = said(|facts| {
        serve(facts, "<html>");
        facts.sts.host.as_browser = Some(fetch(v4(80).into()));
    });
    assert_eq!(loud(&challenge), ["sts.http.ua_blocked"].into());
    let dead = said(|facts| first_mx(facts, &SessionOutcome::Refused));
    assert_eq!(loud(&dead), ["mx.connect.refused"].into());
    let none = said(|facts| {
        serve(facts, &in_mode("none").replace("mx1", "old"));
    });
    assert_eq!(
        loud(&none),
        [].into(),
        "mode none asks nothing of the MX hosts"
    );
}

/// One finding a host where all of its addresses share the fault, else one an address.
#[test]
fn addresses_are_named_where_they_differ() {
    let all = said(|facts| first_mx(facts, &SessionOutcome::Refused));
    let subjects = |findings: &[findings::Finding], code: Code| -> Vec<String> {
        let of_code = findings.iter().filter(|found| found.code() == code);
        of_code
            .map(|found| found.subject().unwrap().to_string())
            .collect()
    };
    assert_eq!(subjects(&all, Code::MxConnectRefused), ["mx1.example.com"]);
    let one = said(|facts| facts.hosts[0].sessions[0].outcome = SessionOutcome::Refused);
    assert_eq!(
        subjects(&one, Code::MxConnectRefused),
        ["mx1.example.com [203.0.113.1]"]
    );
}

/// A machine without IPv6 says nothing of other people's IPv6.
#[test]
fn no_route_over_ipv6_is_ours() {
    let findings = said(|facts| {
        for host in &mut facts.hosts {
            host.sessions[1].outcome = SessionOutcome::Unreachable("no route".to_owned());
        }
        let no_route = FetchFault::Unreachable("no route".to_owned());
        facts.sts.host.fetches[1].outcome = FetchOutcome::Failed(no_route);
    });
    assert_eq!(loud(&findings), [].into());
}

fn verdict(change: impl Fn(&mut Facts)) -> Verdict {
    let mut facts = healthy();
    change(&mut facts);
    assess(&facts, now()).verdict
}

/// `unknown` where we could not look, and only there.
#[test]
fn verdicts() {
    use DnsFault as D;
    use Verdict::{Fail, Pass, Unknown, Warn};
    type Change = Box<dyn Fn(&mut Facts)>;
    let mut table: Vec<(&str, Verdict, Change)> = vec![
        ("healthy", Pass, Box::new(|_| {})),
        (
            "remarks",
            Pass,
            Box::new(|f| f.hosts[0].tlsrpt = nxdomain()),
        ),
        ("testing", Warn, Box::new(|f| serve(f, &in_mode("testing")))),
        ("no TLSRPT", Warn, Box::new(|f| f.tlsrpt.txt = nxdomain())),
        (
            "policy host refuses",
            Fail,
            Box::new(|f| fail(f, &FetchFault::Refused)),
        ),
        (
            "policy host silent",
            Fail,
            Box::new(|f| fail(f, &FetchFault::ConnectTimeout)),
        ),
        (
            "policy host: no route",
            Unknown,
            Box::new(|f| {
                fail(f, &FetchFault::Unreachable("no route".to_owned()));
            }),
        ),
        (
            "one MX silent",
            Fail,
            Box::new(|f| first_mx(f, &SessionOutcome::ConnectTimeout)),
        ),
        (
            "every MX refuses",
            Fail,
            Box::new(|f| {
                for session in f.hosts.iter_mut().flat_map(|host| &mut host.sessions) {
                    session.outcome = SessionOutcome::Refused;
                }
            }),
        ),
        (
            "every MX silent",
            Unknown,
            Box::new(|f| {
                for session in f.hosts.iter_mut().flat_map(|host| &mut host.sessions) {
                    session.outcome = SessionOutcome::ConnectTimeout;
                }
            }),
        ),
        ("TXT loop", Fail, Box::new(|f| f.sts.txt = fault(D::Loop))),
        ("TXT bogus", Fail, Box::new(|f| f.sts.txt = fault(D::Bogus))),
        (
            "MX bogus",
            Fail,
            Box::new(|f| f.mx.answer = fault(D::Bogus)),
        ),
        (
            "TLSA servfail",
            Fail,
            Box::new(|f| {
                f.hosts[0].tlsa[0].answer = fault(D::ServFail);
                f.hosts[0].tlsa_fact = TlsaFact::Unknown(D::ServFail);
            }),
        ),
        (
            "one server silent",
            Fail,
            Box::new(|f| f.servers[0].txt = fault(D::Timeout)),
        ),
        (
            "no proof, nothing published",
            Pass,
            Box::new(|f| {
                no_dane(f);
                for host in &mut f.hosts {
                    host.tlsa_fact = TlsaFact::Unknown(D::NotValidating);
                }
            }),
        ),
        (
            "no proof of what is published",
            Unknown,
            Box::new(|f| {
                for host in &mut f.hosts {
                    host.tlsa_fact = TlsaFact::Unknown(D::NotValidating);
                }
            }),
        ),
    ];
    for ours in [
        D::Timeout,
        D::Unreachable,
        D::ServFail,
        D::Refused,
        D::Malformed,
        D::Other,
    ] {
        table.push(("TXT", Unknown, Box::new(move |f| f.sts.txt = fault(ours))));
        table.push((
            "MX",
            Unknown,
            Box::new(move |f| {
                f.mx.answer = fault(ours);
                f.hosts.clear();
            }),
        ));
        table.push((
            "TLSRPT",
            Unknown,
            Box::new(move |f| f.tlsrpt.txt = fault(ours)),
        ));
        table.push((
            "policy host",
            Unknown,
            Box::new(move |f| {
                f.sts.host.v4 = fault(ours);
                f.sts.host.v6 = fault(ours);
                f.sts.host.fetches.clear();
            }),
        ));
        table.push((
            "MX host",
            Unknown,
            Box::new(move |f| {
                f.hosts[0].v4 = fault(ours);
                f.hosts[0].v6 = fault(ours);
                f.hosts[0].sessions.clear();
            }),
        ));
    }
    for (name, expected, change) in table {
        assert_eq!(verdict(change), expected, "{name}");
    }
}

/// The kinds of the measurement studies, by rules that always give the same answer.
#[test]
fn kinds_of_mismatch() {
    use Kind::{Domain, ThirdLevel, Tld, Typo};
    // Pattern, MX host, kind, the studies' kind, a typo beside, a wildcard too short.
    let table = [
        (
            "mail.example.com",
            "mx1.example.com",
            ThirdLevel,
            Typo,
            false,
            false,
        ),
        (
            "smtp-in.example.com",
            "mx1.example.com",
            ThirdLevel,
            ThirdLevel,
            false,
            false,
        ),
        (
            "mail.example.com",
            "mail1.example.com",
            ThirdLevel,
            Typo,
            true,
            false,
        ),
        (
            "mx1.example.com",
            "mx2.example.com",
            ThirdLevel,
            Typo,
            true,
            false,
        ),
        (
            "mx1.exmaple.com",
            "mx1.example.com",
            Typo,
            Typo,
            false,
            false,
        ),
        ("mx1.example.co", "mx1.example.com", Tld, Tld, false, false),
        ("mx1.example.org", "mx1.example.com", Tld, Tld, false, false),
        (
            "mx1.example.co.uk",
            "mx1.example.com",
            Tld,
            Tld,
            false,
            false,
        ),
        ("a.aa.com", "b.bb.com", Domain, Typo, false, false),
        (
            "mx.former.net",
            "mx1.example.com",
            Domain,
            Domain,
            false,
            false,
        ),
        (
            "*.example.com",
            "mx1.eu.example.com",
            ThirdLevel,
            ThirdLevel,
            false,
            true,
        ),
        (
            "*.example.com",
            "a.b.eu.example.com",
            ThirdLevel,
            ThirdLevel,
            false,
            false,
        ),
        (
            "*.example.com",
            "example.com",
            ThirdLevel,
            ThirdLevel,
            false,
            false,
        ),
        (
            "*.exmaple.com",
            "mx1.example.com",
            Domain,
            Domain,
            false,
            false,
        ),
    ];
    for (pattern, target, kind, paper, typo, short) in table {
        let patterns = [MxPattern::parse(pattern).unwrap()];
        let found = classify(&host(target), &patterns).unwrap();
        assert_eq!(found.kind, kind, "{pattern} {target}");
        assert_eq!(found.paper_kind, paper, "{pattern} {target}: studies");
        assert_eq!(found.typo, typo, "{pattern} {target}: typo beside");
        assert_eq!(
            found.too_short.is_some(),
            short,
            "{pattern} {target}: wildcard"
        );
        assert_eq!(found.nearest, &patterns[0]);
    }
    let good = [MxPattern::parse("*.example.com").unwrap()];
    assert_eq!(classify(&host("mx.example.com"), &good), None);
    assert_eq!(classify(&host("mx.example.com"), &[]), None);
}

/// The line that mends it is the exact host and nothing wider.
#[test]
fn suggestions_are_exact() {
    let mut facts = healthy();
    serve(
        &mut facts,
        &POLICY.replace("mx1.example.com", "*.mail.example.com"),
    );
    let assessment = assess(&facts, now());
    let mismatch = assessment.mx[0].mismatch.as_ref().unwrap();
    assert_eq!(mismatch.suggestion, "mx: mx1.example.com");
    assert_eq!(assessment.mx[1].mismatch, None);
    let found = assessment
        .findings
        .iter()
        .find(|found| found.code() == Code::StsMxUnmatched)
        .unwrap();
    assert!(
        found.help().contains("`mx: mx1.example.com`"),
        "{}",
        found.help()
    );
}

/// Each MX host by itself.
#[test]
fn each_mx_host_has_its_state() {
    let mut facts = healthy();
    facts.hosts[1].sessions[0].outcome = smtp(Starttls::Missing);
    let assessment = assess(&facts, now());
    let first = &assessment.mx[0];
    assert_eq!(
        first.pattern.as_ref().map(ToString::to_string).as_deref(),
        Some("mx1.example.com")
    );
    assert_eq!(first.dane, DaneState::Match);
    assert_eq!(first.addresses[0].state, AddressState::Valid);
    assert_eq!(first.addresses[0].tls.as_deref(), Some("TLSv1.3"));
    assert_eq!(
        assessment.mx[1].addresses[0].state,
        AddressState::NoStarttls
    );
    let json = serde_json::to_value(&assessment).unwrap();
    assert_eq!(json["verdict"], "fail");
    assert_eq!(json["mx"][1]["addresses"][0]["state"], "no-starttls");
    assert_eq!(json["mx"][0]["dane"], "match");
    assert_eq!(json["findings"][0]["severity"], "crit");
}

/// The heaviest first, then the table's order.
#[test]
fn findings_are_in_order() {
    let findings = said(|facts| {
        facts.tlsrpt.txt = nxdomain();
        facts.hosts[0].tlsrpt = nxdomain();
        first_mx(facts, &smtp(Starttls::Missing));
        facts.sts.txt.ttl = 90_000;
    });
    let names: Vec<_> = findings.iter().map(|found| found.code().name()).collect();
    assert_eq!(
        names,
        [
            "mx.starttls.missing",
            "sts.record.ttl_long",
            "tlsrpt.missing",
            "tlsrpt.mx_host.missing"
        ]
    );
}

fn proposed(change: impl Fn(&mut Facts)) -> Vec<(PublishKind, String, String)> {
    let mut facts = healthy();
    change(&mut facts);
    let publish = assess(&facts, now()).publish;
    publish
        .into_iter()
        .map(|what| (what.kind, what.name, what.value))
        .collect()
}

/// [P-10] [T-01]: what is missing is proposed, well-formed, and nothing else is.
#[test]
fn what_to_publish() {
    assert_eq!(proposed(|_| {}), []);
    let all = proposed(|facts| {
        no_sts(facts);
        facts.tlsrpt.txt = nxdomain();
    });
    let kinds: Vec<_> = all
        .iter()
        .map(|(kind, name, _)| (*kind, name.as_str()))
        .collect();
    assert_eq!(
        kinds,
        [
            (PublishKind::Address, "mta-sts.example.com"),
            (
                PublishKind::Policy,
                "https://mta-sts.example.com/.well-known/mta-sts.txt"
            ),
            (PublishKind::Txt, "_mta-sts.example.com"),
            (PublishKind::Txt, "_smtp._tls.example.com"),
        ]
    );
    assert_eq!(all[2].2, "v=STSv1; id=20260601120000;");
    assert!(mta_sts::record::parse_set(&[&all[2].2]).record().is_some());
    let policy = policy::parse(all[1].2.as_bytes()).value.unwrap();
    assert_eq!(policy.mode, mta_sts::Mode::Testing);
    let mx: Vec<_> = policy.mx.iter().map(ToString::to_string).collect();
    assert_eq!(mx, ["mx1.example.com", "mx2.example.com"]);
    let tlsrpt = tlsrpt::record::parse_set(&[&all[3].2]);
    assert!(tlsrpt.outcome.record().is_some());

    let unknown = proposed(|facts| {
        no_sts(facts);
        facts.sts.txt = fault(DnsFault::Timeout);
        facts.tlsrpt.txt = fault(DnsFault::Timeout);
    });
    assert!(
        unknown.iter().all(|(kind, _, _)| *kind != PublishKind::Txt),
        "{unknown:?}"
    );
    let no_mail = proposed(|facts| {
        no_sts(facts);
        facts.mx.answer = found(MxSet::Null);
        facts.hosts.clear();
    });
    assert_eq!(no_mail, [], "a domain without mail needs none");
    let implicit = proposed(|facts| {
        fail(
            facts,
            &FetchFault::Status {
                code: 404,
                location: None,
            },
        );
        facts.mx.answer = no_data();
    });
    assert_eq!(implicit.len(), 1);
    assert!(
        implicit[0].2.contains("mx: example.com\r\n"),
        "RFC 5321: the domain is the MX host"
    );
}
