//! Whether a session satisfies its plan, and what each kind of sender does.

use decide::{
    HostPlan, Level, Outcome, Overrides, Reason, Sender, Verdict,
    facts::*,
    judge,
    judge::{Class, Expect, Outlook, outlook},
    plan,
    plan::By,
};
use names::Host;

use crate::plan_world::{
    self as world, Addr, Cert, GOOD, Mode, Tls, Tlsa, World, answer, now, session_fact, smtp,
    tls_fact,
};

const STS: Sender = Sender {
    sts: true,
    dane: false,
    floor: Level::May,
};
const DANE: Sender = Sender {
    sts: false,
    dane: true,
    floor: Level::May,
};
const BOTH: Sender = Sender {
    sts: true,
    dane: true,
    floor: Level::May,
};
const NEITHER: Sender = Sender {
    sts: false,
    dane: false,
    floor: Level::May,
};
const FLOOR: Sender = Sender {
    sts: false,
    dane: false,
    floor: Level::Encrypt,
};

fn host_plan(world: World, sender: Sender) -> HostPlan {
    plan(&world.facts(), &sender, &Overrides::default(), now()).hosts[0].clone()
}

fn judged(world: World, sender: Sender) -> Verdict {
    judge(&host_plan(world, sender), &world.session())
}

fn rules(reasons: &[Reason]) -> Vec<&'static str> {
    reasons.iter().map(Reason::name).collect()
}

fn deliver(encrypted: bool, authenticated: &[By]) -> Outcome {
    Outcome::Deliver {
        encrypted,
        authenticated: authenticated.to_vec(),
    }
}

const REFUSE: Outcome = Outcome::Refuse { permanent: false };

/// [V-04] [V-05] [V-07] [V-08] [V-09] [E9] [C-05] Each fault of a certificate under each mode.
#[test]
fn certificates_under_mta_sts() {
    for (cert, result) in [
        (Cert::Expired, "certificate-expired"),
        (Cert::NotYetValid, "validation-failure"),
        (Cert::NameMismatch, "certificate-host-mismatch"),
        (Cert::CnOnly, "certificate-host-mismatch"),
        (Cert::SelfSigned, "certificate-not-trusted"),
        (Cert::Untrusted, "certificate-not-trusted"),
        (Cert::Incomplete, "certificate-not-trusted"),
        (Cert::Other, "validation-failure"),
    ] {
        let world = World {
            tls: Tls::Ok(cert),
            ..GOOD
        };
        let enforce = judged(world, STS);
        assert_eq!(enforce.outcome, REFUSE, "{cert:?}");
        assert_eq!(rules(&enforce.reasons), ["tls-certificate"]);
        assert_eq!(enforce.result_type(), Some(result), "{cert:?}");
        assert!(!enforce.delivers());
        let testing = judged(
            World {
                mode: Mode::Testing,
                ..world
            },
            STS,
        );
        assert_eq!(testing.outcome, deliver(true, &[]), "{cert:?}");
        assert_eq!(rules(&testing.notes), ["tls-certificate"]);
        assert_eq!(testing.result_type(), Some(result), "{cert:?}");
        assert!(testing.delivers());
        let none = judged(
            World {
                mode: Mode::None,
                ..world
            },
            STS,
        );
        assert_eq!(
            (none.outcome.clone(), none.result_type()),
            (deliver(true, &[]), None)
        );
        assert!(none.notes.is_empty());
    }
    let good = judged(GOOD, STS);
    assert_eq!(good.outcome, deliver(true, &[By::Sts]));
    assert_eq!(
        (rules(&good.reasons), good.result_type()),
        (vec!["tls-certificate-valid"], None)
    );
}

/// [V-04] [N-05] [N-06] [T-12] No TLS.
#[test]
fn without_tls() {
    let clear = deliver(false, &[]);
    for (tls, rule, result) in [
        (Tls::Missing, "starttls-missing", "starttls-not-supported"),
        (Tls::Refused, "starttls-refused", "starttls-not-supported"),
        (Tls::Failed, "tls-handshake-failed", "validation-failure"),
    ] {
        let world = World { tls, ..GOOD };
        let unusable = World {
            tlsa: Tlsa::Unusable,
            ..world
        };
        for (world, sender) in [
            (world, STS),
            (world, DANE),
            (world, BOTH),
            (unusable, DANE),
            (world, FLOOR),
        ] {
            let verdict = judged(world, sender);
            assert_eq!(verdict.outcome, REFUSE, "{tls:?} {sender:?}");
            assert_eq!(rules(&verdict.reasons)[0], rule);
            assert!(
                verdict.reasons.len() > 1,
                "who demands it: {:?}",
                verdict.reasons
            );
            assert_eq!(verdict.result_type(), Some(result));
        }
        let open = judged(world, NEITHER);
        assert_eq!(open.outcome, clear, "{tls:?}");
        assert_eq!(rules(&open.reasons), ["opportunistic", rule]);
        assert_eq!(
            open.result_type(),
            None,
            "nothing failed that anybody asked for"
        );
        let testing = judged(
            World {
                mode: Mode::Testing,
                ..world
            },
            STS,
        );
        assert_eq!(
            (testing.outcome.clone(), rules(&testing.notes)),
            (clear.clone(), vec![rule])
        );
        assert_eq!(testing.result_type(), Some(result));
    }
    let world = World {
        tls: Tls::Ok(Cert::SelfSigned),
        tlsa: Tlsa::Unusable,
        ..GOOD
    };
    assert_eq!(judged(world, FLOOR).outcome, deliver(true, &[]));
    let unusable = judged(world, DANE);
    assert_eq!(
        unusable.outcome,
        deliver(true, &[]),
        "encrypted, nobody's word for it"
    );
    assert_eq!(rules(&unusable.reasons), ["dane-unusable"]);
}

/// [N-05] [N-08] [N-09] [V-14] [K24] Under DANE the TLSA records alone decide.
#[test]
fn certificates_under_dane() {
    let faults = vec![
        CertFault::Expired,
        CertFault::NameMismatch,
        CertFault::SelfSigned,
    ];
    let session = |dane| smtp(Starttls::Established(tls_fact(faults.clone(), dane)));
    let matched = judge(
        &host_plan(GOOD, DANE),
        &session(Some(DaneOutcome::Match { index: 0 })),
    );
    assert_eq!(matched.outcome, deliver(true, &[By::Dane]));
    assert_eq!(
        (rules(&matched.reasons), matched.result_type()),
        (vec!["dane-match"], None)
    );
    assert!(matched.notes.is_empty(), "no policy, nothing to note");
    // With a policy beside it, what would have failed there is reported and no more.
    let beside = judge(
        &host_plan(GOOD, BOTH),
        &session(Some(DaneOutcome::Match { index: 0 })),
    );
    assert_eq!(beside.outcome, deliver(true, &[By::Dane]));
    assert_eq!(
        beside.notes,
        faults
            .iter()
            .cloned()
            .map(Reason::Certificate)
            .collect::<Vec<_>>()
    );
    assert_eq!(beside.result_type(), Some("certificate-expired"));
    for (dane, rule, result) in [
        (Some(DaneOutcome::NoMatch), "dane-no-match", "tlsa-invalid"),
        (
            Some(DaneOutcome::TaNotSent),
            "dane-ta-not-sent",
            "tlsa-invalid",
        ),
        (
            Some(DaneOutcome::TaInvalid("x".to_owned())),
            "dane-ta-invalid",
            "tlsa-invalid",
        ),
        (None, "dane-not-compared", "validation-failure"),
    ] {
        // A certificate that MTA-STS is happy with changes nothing.
        let session = smtp(Starttls::Established(tls_fact(vec![], dane)));
        for sender in [DANE, BOTH] {
            let verdict = judge(&host_plan(GOOD, sender), &session);
            assert_eq!(verdict.outcome, REFUSE, "{rule}");
            assert_eq!(rules(&verdict.reasons), [rule]);
            assert_eq!(verdict.result_type(), Some(result), "{rule}");
        }
    }
}

/// [N-02] With an insecure MX RRset both must hold, and every failure is told.
#[test]
fn both_must_hold() {
    let world = World {
        mx: world::Mx::Insecure,
        ..GOOD
    };
    let good = judged(world, BOTH);
    assert_eq!(good.outcome, deliver(true, &[By::Dane, By::Sts]));
    assert_eq!(
        rules(&good.reasons),
        ["dane-match", "tls-certificate-valid"]
    );
    let expired = judged(
        World {
            tls: Tls::Ok(Cert::Expired),
            ..world
        },
        BOTH,
    );
    assert_eq!(
        (expired.outcome, rules(&expired.reasons)),
        (REFUSE, vec!["tls-certificate"])
    );
    let world = World {
        tlsa: Tlsa::Mismatch,
        ..world
    };
    let mismatch = judged(world, BOTH);
    assert_eq!(
        (mismatch.outcome, rules(&mismatch.reasons)),
        (REFUSE, vec!["dane-no-match"])
    );
    let neither = judged(
        World {
            tls: Tls::Ok(Cert::Expired),
            ..world
        },
        BOTH,
    );
    assert_eq!(
        rules(&neither.reasons),
        ["dane-no-match", "tls-certificate"]
    );
}

/// [T-13] What does not come as far as STARTTLS breaks no policy: the next host, later this one.
#[test]
fn unreachable() {
    let words = |text: &str| text.to_owned();
    for (session, told) in [
        (SessionOutcome::Reserved, "the address is of special use"),
        (SessionOutcome::Refused, "connection refused"),
        (SessionOutcome::ConnectTimeout, "no connection in time"),
        (SessionOutcome::Unreachable(words("no route")), "no route"),
        (
            SessionOutcome::Timeout(words("greeting")),
            "nothing came in time: greeting",
        ),
        (
            SessionOutcome::Greeting {
                code: 554,
                text: words("no"),
            },
            "the host greets with 554 no",
        ),
        (SessionOutcome::Protocol(words("HTTP")), "no SMTP: HTTP"),
    ] {
        for sender in [NEITHER, STS, DANE, BOTH] {
            let testing = World {
                mode: Mode::Testing,
                covered: false,
                ..GOOD
            };
            for world in [GOOD, testing] {
                let verdict = judge(&host_plan(world, sender), &session);
                assert_eq!(verdict.outcome, Outcome::Defer);
                assert_eq!(verdict.reasons, [Reason::Unreachable(told.to_owned())]);
                assert_eq!(verdict.result_type(), None, "no session, no report");
                assert!(verdict.notes.is_empty());
            }
        }
    }
}

/// [V-07] [N-07] [T-14] No session changes what the plan keeps away.
#[test]
fn kept_away() {
    let uncovered = judged(
        World {
            covered: false,
            ..GOOD
        },
        STS,
    );
    assert_eq!(
        (uncovered.outcome.clone(), rules(&uncovered.reasons)),
        (REFUSE, vec!["sts-uncovered"])
    );
    assert_eq!(uncovered.result_type(), Some("validation-failure"));
    assert_eq!(
        uncovered.reasons[0].failure_reason_code().as_deref(),
        Some("mx-mismatch")
    );
    let unknown = World {
        tlsa: Tlsa::Fault,
        mode: Mode::Testing,
        covered: false,
        ..GOOD
    };
    let unknown = judged(unknown, BOTH);
    assert_eq!(
        (unknown.outcome.clone(), rules(&unknown.reasons)),
        (Outcome::Defer, vec!["dane-unknown"])
    );
    assert_eq!(unknown.result_type(), Some("dnssec-invalid"));
    assert!(unknown.notes.is_empty());
    // Testing: the mail goes, the mismatch is reported.
    let testing = judged(
        World {
            mode: Mode::Testing,
            covered: false,
            ..GOOD
        },
        STS,
    );
    assert_eq!(
        (testing.outcome.clone(), rules(&testing.notes)),
        (deliver(true, &[]), vec!["sts-uncovered"])
    );
    assert_eq!(testing.result_type(), Some("validation-failure"));
}

fn of(all: &[Outlook], class: Class) -> &Outlook {
    all.iter().find(|outlook| outlook.class == class).unwrap()
}

fn expects(facts: &Facts) -> [Expect; 4] {
    let all = outlook(facts, now());
    assert_eq!(all.len(), 4);
    Class::ALL.map(|class| of(&all, class).expect)
}

/// What each kind of sender does now: MTA-STS, DANE, both, neither.
#[test]
fn outlooks() {
    use Expect::{Defer, Deliver, Refuse, Unknown};
    let uncovered = World {
        covered: false,
        ..GOOD
    };
    let clear = World {
        tls: Tls::Missing,
        ..GOOD
    };
    let testing = World {
        mode: Mode::Testing,
        tlsa: Tlsa::Absent,
        ..clear
    };
    for (world, expected) in [
        (GOOD, [Deliver, Deliver, Deliver, Deliver]),
        (uncovered, [Refuse, Deliver, Deliver, Deliver]),
        (
            World {
                tlsa: Tlsa::Absent,
                ..uncovered
            },
            [Refuse, Deliver, Refuse, Deliver],
        ),
        (
            World {
                tlsa: Tlsa::Mismatch,
                ..GOOD
            },
            [Deliver, Refuse, Refuse, Deliver],
        ),
        (
            World {
                tls: Tls::Ok(Cert::Expired),
                ..GOOD
            },
            [Refuse, Deliver, Deliver, Deliver],
        ),
        (clear, [Refuse, Refuse, Refuse, Deliver]),
        (testing, [Deliver, Deliver, Deliver, Deliver]),
        (
            World {
                tlsa: Tlsa::Fault,
                ..GOOD
            },
            [Deliver, Defer, Defer, Deliver],
        ),
        (
            World {
                tlsa: Tlsa::Unproven,
                ..GOOD
            },
            [Deliver, Unknown, Unknown, Deliver],
        ),
        (
            World {
                mx: world::Mx::Unproven,
                ..GOOD
            },
            [Deliver, Unknown, Unknown, Deliver],
        ),
        (
            World {
                mx: world::Mx::Fault,
                ..GOOD
            },
            [Defer; 4],
        ),
        (
            World {
                addr: Addr::None,
                ..GOOD
            },
            [Defer; 4],
        ),
        (
            World {
                tls: Tls::Unreachable,
                ..GOOD
            },
            [Defer; 4],
        ),
    ] {
        assert_eq!(expects(&world.facts()), expected, "{world:?}");
    }
    let mut facts = GOOD.facts();
    facts.mx.answer = answer(Answered::NxDomain, Secure::Secure);
    assert_eq!(expects(&facts), [Expect::Bounce; 4]);
    facts.mx.answer = Answer::not_asked();
    assert_eq!(expects(&facts), [Unknown; 4]);
    let mut facts = GOOD.facts();
    facts.hosts[0].sessions.clear();
    assert_eq!(expects(&facts), [Unknown; 4], "nothing was tried");
    facts.hosts.clear();
    assert_eq!(expects(&facts), [Unknown; 4]);
    // Without a session the plan alone can still say no.
    let mut facts = uncovered.facts();
    facts.hosts[0].sessions.clear();
    assert_eq!(expects(&facts), [Refuse, Unknown, Unknown, Unknown]);
}

/// What the host presents to the plain hello.
fn shown(tls12: bool, faults: Vec<CertFault>, dane: Option<DaneOutcome>) -> Presented {
    let leaf = CertFact {
        sha256: String::new(),
        spki_sha256: String::new(),
        subject: String::new(),
        issuer: String::new(),
        dns_names: Vec::new(),
        not_before: None,
        not_after: None,
        weak: Vec::new(),
    };
    Presented {
        version: if tls12 { "TLSv1.2" } else { "TLSv1.0" }.to_owned(),
        cipher: "TLS_RSA_WITH_AES_128_CBC_SHA".to_owned(),
        tls12,
        chain: vec![leaf],
        faults,
        dane,
    }
}

/// A refusal by our TLS library alone is no refusal by every sender: TLS 1.2 with old cipher suites
/// is judged by the certificates that the host presents; older TLS satisfies no rule.
#[test]
fn old_tls_is_foreseen_for_other_senders() {
    use Expect::{Deliver, Refuse};
    const OLD_CIPHERS: &str = "tls-old-ciphers";
    const OLD_TLS: &str = "tls-old-version";
    let matched = || Some(DaneOutcome::Match { index: 0 });
    let alert = || HandshakeFault::Alert {
        code: 40,
        name: "handshake_failure".to_owned(),
    };
    let mut bare = shown(true, Vec::new(), matched());
    bare.chain.clear();
    let table = [
        // MTA-STS, DANE, both, neither; what is noted; whether it goes over TLS in clear's place.
        (
            alert(),
            Some(shown(true, Vec::new(), matched())),
            [Deliver; 4],
            Some(OLD_CIPHERS),
            true,
        ),
        (
            alert(),
            Some(shown(true, vec![CertFault::Expired], matched())),
            [Refuse, Deliver, Deliver, Deliver],
            Some(OLD_CIPHERS),
            true,
        ),
        (
            alert(),
            Some(shown(true, Vec::new(), Some(DaneOutcome::NoMatch))),
            [Deliver, Refuse, Refuse, Deliver],
            Some(OLD_CIPHERS),
            true,
        ),
        (
            alert(),
            Some(shown(false, Vec::new(), matched())),
            [Refuse, Refuse, Refuse, Deliver],
            Some(OLD_TLS),
            false,
        ),
        // Nothing to judge by.
        (
            alert(),
            Some(bare),
            [Refuse, Refuse, Refuse, Deliver],
            None,
            false,
        ),
        (
            alert(),
            None,
            [Refuse, Refuse, Refuse, Deliver],
            None,
            false,
        ),
        // RFC 3207 §6: whoever sends in clear behind STARTTLS is not talked to.
        (
            HandshakeFault::Buffered,
            Some(shown(true, Vec::new(), matched())),
            [Refuse, Refuse, Refuse, Deliver],
            None,
            false,
        ),
    ];
    for (fault, presented, expected, note, encrypted) in table {
        let mut facts = GOOD.facts();
        let session = &mut facts.hosts[0].sessions[0];
        session.outcome = smtp(Starttls::Failed(fault));
        session.presented.clone_from(&presented);
        assert_eq!(expects(&facts), expected, "{presented:?}");
        for outlook in outlook(&facts, now()) {
            let host = &outlook.hosts[0];
            let notes = rules(&host.notes);
            for old in [OLD_CIPHERS, OLD_TLS] {
                assert_eq!(notes.contains(&old), note == Some(old), "{presented:?}");
            }
            let delivered = host.expect == Deliver;
            assert_eq!(host.encrypted, encrypted && delivered, "{presented:?}");
        }
        // Our own verdict stays: our library does not get through.
        let own = judge(&host_plan(GOOD, STS), &facts.hosts[0].sessions[0].outcome);
        assert_eq!(own.outcome, REFUSE);
    }
}

/// [V-12] [V-16] Another address, another host.
#[test]
fn one_that_takes_the_mail_suffices() {
    let bad = session_fact(
        World {
            tls: Tls::Missing,
            ..GOOD
        }
        .session(),
    );
    let down = session_fact(SessionOutcome::Refused);
    let good = GOOD.facts().hosts[0].sessions[0].clone();
    let expect = |sessions: &[&SessionFact]| {
        let mut facts = GOOD.facts();
        facts.hosts[0].sessions = sessions.iter().map(|session| (*session).clone()).collect();
        of(&outlook(&facts, now()), Class::Sts).expect
    };
    assert_eq!(expect(&[&bad, &good]), Expect::Deliver);
    assert_eq!(expect(&[&down, &good]), Expect::Deliver);
    assert_eq!(expect(&[&down, &bad]), Expect::Refuse);
    assert_eq!(expect(&[&bad, &down]), Expect::Refuse);
    assert_eq!(expect(&[&down, &down]), Expect::Defer);

    let mut facts = GOOD.facts();
    let mut second = facts.hosts[0].clone();
    second.host = Host::parse("mx2.example.com").unwrap();
    facts.hosts[0].sessions = vec![bad];
    facts.hosts.push(second.clone());
    let all = outlook(&facts, now());
    let sts = of(&all, Class::Sts);
    assert_eq!(sts.expect, Expect::Deliver);
    assert_eq!(
        sts.hosts.iter().map(|host| host.expect).collect::<Vec<_>>(),
        [Expect::Refuse, Expect::Deliver]
    );
    assert_eq!(
        sts.hosts
            .iter()
            .map(|host| host.encrypted)
            .collect::<Vec<_>>(),
        [false, true]
    );
    let summary =
        "delivers to `mx2.example.com` over TLS: the certificate is valid for the host and trusted";
    assert_eq!(sts.summary, summary);
    let open = of(&all, Class::Opportunistic);
    assert!(
        open.summary
            .starts_with("delivers to `mx1.example.com` in clear: "),
        "{}",
        open.summary
    );
    facts.hosts[1].sessions = vec![down];
    assert_eq!(
        of(&outlook(&facts, now()), Class::Sts).expect,
        Expect::Defer,
        "the second may come back"
    );
}

/// The sentences that people read first.
#[test]
fn summaries() {
    let uncovered = World {
        covered: false,
        ..GOOD
    };
    let all = outlook(&uncovered.facts(), now());
    assert_eq!(
        of(&all, Class::Sts).summary,
        "refuses every host; the mail waits, and comes back in the end (`mx1.example.com`): no mx \
         pattern of the policy covers `mx1.example.com`"
    );
    let mut facts = GOOD.facts();
    facts.mx.answer = answer(Answered::Found(MxSet::Null), Secure::Secure);
    let all = outlook(&facts, now());
    let bounced = of(&all, Class::Opportunistic);
    assert_eq!(
        bounced.summary,
        "returns the mail: the domain takes no mail: its MX is `0 .`"
    );
    assert_eq!(bounced.reasons, [Reason::NullMx]);
    facts.mx.answer = world::fault(DnsFault::Timeout);
    assert_eq!(
        of(&outlook(&facts, now()), Class::Dane).summary,
        "keeps the mail waiting: DNS gives no answer for MX: no answer in time"
    );
    facts = GOOD.facts();
    facts.hosts.clear();
    assert_eq!(
        of(&outlook(&facts, now()), Class::Dane).summary,
        "not known"
    );
    let titles = Class::ALL.map(Class::title);
    assert_eq!(
        titles,
        [
            "PKIX with MTA-STS",
            "DANE only",
            "DANE with MTA-STS",
            "opportunistic"
        ]
    );
}
