//! What a sender does with each MX host, before any session.

use decide::{
    Action, Level, Overrides, Plan, Reason, Sender,
    facts::*,
    plan,
    plan::{By, DaneRule, Live, Source, StsRule, live},
};
use mta_sts::{Mode, PolicyId};
use names::Host;

use crate::plan_world::{
    self as world, Addr, GOOD, MAX_AGE, NOW, PolicyState, Tlsa, World, answer, at, body, cached,
    failed, fault, fetched, found, now, parsed, record,
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

fn planned(facts: &Facts, sender: Sender) -> Plan {
    plan(facts, &sender, &Overrides::default(), now())
}

fn rules(reasons: &[Reason]) -> Vec<&'static str> {
    reasons.iter().map(Reason::name).collect()
}

fn refuse() -> Action {
    Action::Refuse { permanent: false }
}

fn require(by: &[By]) -> Action {
    Action::Require { by: by.to_vec() }
}

/// [F-11] [F-12] [D-12] [D-17] [D-18] [V-10] Which policy is in force, from where, and why.
#[test]
fn policy_in_force() {
    use PolicyState as P;
    let kept = Some(Source::Cached);
    for (state, source, seen, reasons) in [
        (P::None, None, true, vec!["sts-no-record"]),
        (P::Fetched, Some(Source::Fetched), true, vec!["sts-fetched"]),
        (P::SameIdFresh, kept, true, vec!["sts-cached"]),
        (
            P::FailedFresh,
            kept,
            true,
            vec!["sts-fetch-failed", "sts-cached"],
        ),
        (
            P::FailedExpired,
            None,
            true,
            vec!["sts-fetch-failed", "sts-expired"],
        ),
        (P::FailedNone, None, true, vec!["sts-fetch-failed"]),
        (
            P::MalformedFresh,
            kept,
            true,
            vec!["sts-policy-invalid", "sts-cached"],
        ),
        (
            P::MalformedExpired,
            None,
            true,
            vec!["sts-policy-invalid", "sts-expired"],
        ),
        (P::MalformedNone, None, true, vec!["sts-policy-invalid"]),
        (
            P::FaultFresh,
            kept,
            false,
            vec!["sts-record-unknown", "sts-cached"],
        ),
        (
            P::FaultExpired,
            None,
            false,
            vec!["sts-record-unknown", "sts-expired"],
        ),
        (P::FaultNone, None, false, vec!["sts-record-unknown"]),
        (
            P::GoneFresh,
            kept,
            true,
            vec!["sts-no-record", "sts-cached"],
        ),
        (
            P::GoneExpired,
            None,
            true,
            vec!["sts-no-record", "sts-expired"],
        ),
        (
            P::BadRecordFresh,
            kept,
            true,
            vec!["sts-record-invalid", "sts-cached"],
        ),
        (P::BadRecordNone, None, true, vec!["sts-record-invalid"]),
        (
            P::TwoRecordsFresh,
            kept,
            true,
            vec!["sts-record-none", "sts-cached"],
        ),
        (P::TwoRecordsNone, None, true, vec!["sts-record-none"]),
    ] {
        let sts = planned(
            &World {
                policy: state,
                ..GOOD
            }
            .facts(),
            STS,
        )
        .sts;
        assert_eq!(
            sts.policy.as_ref().map(|policy| policy.source),
            source,
            "{state:?}"
        );
        assert_eq!(sts.record_seen, seen, "{state:?}");
        assert_eq!(rules(&sts.reasons), reasons, "{state:?}");
        if let Some(policy) = sts.policy {
            assert_eq!(policy.mode, Mode::Enforce);
            let until = if policy.source == Source::Fetched {
                NOW + MAX_AGE
            } else {
                NOW + 1
            };
            assert_eq!(policy.until, at(until), "{state:?}");
        }
    }
    let mut facts = GOOD.facts();
    facts.sts.txt = Answer::not_asked();
    let sts = planned(&facts, STS).sts;
    assert_eq!(rules(&sts.reasons), ["sts-record-not-asked", "sts-cached"]);
    assert!(!sts.record_seen);
}

/// [P-16] [F-12] A kept policy holds up to, not including, the second at which `max_age` is over.
#[test]
fn expiry_is_exact() {
    let mut facts = World {
        policy: PolicyState::GoneFresh,
        ..GOOD
    }
    .facts();
    for (age, holds) in [
        (0, true),
        (MAX_AGE - 1, true),
        (MAX_AGE, false),
        (MAX_AGE + 1, false),
    ] {
        facts.sts.cached = Some(cached(&body("enforce", "mx1.example.com"), NOW - age));
        assert_eq!(planned(&facts, STS).sts.policy.is_some(), holds, "{age}");
    }
    // The farthest future does not overflow.
    let mut kept = cached(&body("enforce", "mx1.example.com"), NOW);
    kept.fetched_at = jiff::Timestamp::MAX;
    facts.sts.cached = Some(kept);
    assert_eq!(
        planned(&facts, STS).sts.policy.unwrap().until,
        jiff::Timestamp::MAX
    );
}

/// [P-08] `max_age: 0` is legal: used for the mail at hand, kept for none.
#[test]
fn max_age_of_zero() {
    let text = "version: STSv1\nmode: enforce\nmx: other.example\nmax_age: 0\n";
    let mut facts = World {
        policy: PolicyState::FailedNone,
        ..GOOD
    }
    .facts();
    facts.sts.host.fetches = vec![fetched(text)];
    assert_eq!(planned(&facts, STS).hosts[0].action, refuse());
    facts.sts.host.fetches = vec![failed(FetchFault::Refused)];
    facts.sts.cached = Some(cached(text, NOW));
    assert_eq!(
        rules(&planned(&facts, STS).sts.reasons),
        ["sts-fetch-failed", "sts-expired"]
    );
}

/// [V-10] [D-08] A newer id brings the newer policy; the kept one, which would refuse, is over.
#[test]
fn a_new_id_brings_the_new_policy() {
    let mut facts = GOOD.facts();
    facts.sts.txt = found(vec![record("id2")], Secure::Insecure);
    facts.sts.cached = Some(cached(&body("enforce", "old.example.com"), NOW - 5));
    let plan = planned(&facts, STS);
    assert_eq!(plan.hosts[0].action, require(&[By::Sts]));
    assert_eq!(
        plan.sts.policy.unwrap().id,
        PolicyId::parse(b"id2").unwrap()
    );
    // Not fetched though the id is new: the kept one holds, and the reasons say so.
    facts.sts.host.fetches.clear();
    let plan = planned(&facts, STS);
    assert_eq!(plan.hosts[0].action, refuse(), "never for good");
    assert_eq!(rules(&plan.sts.reasons), ["sts-not-fetched", "sts-cached"]);
    // The id unchanged, the kept policy over: it is not taken for fresh.
    facts.sts.cached = Some(cached(&body("enforce", "old.example.com"), NOW - MAX_AGE));
    facts.sts.txt = found(vec![record("id1")], Secure::Insecure);
    assert_eq!(
        rules(&planned(&facts, STS).sts.reasons),
        ["sts-not-fetched", "sts-expired"]
    );
}

/// [V-09] A live policy of mode none ends a kept one of mode enforce.
#[test]
fn mode_none_ends_enforce() {
    let mut facts = GOOD.facts();
    facts.sts.host.fetches = vec![fetched("version: STSv1\nmode: none\nmax_age: 60\n")];
    let plan = planned(&facts, STS);
    assert_eq!(plan.sts.policy.unwrap().mode, Mode::None);
    assert_eq!(
        plan.hosts[0].action,
        Action::Opportunistic { encrypt: false }
    );
    assert_eq!(plan.hosts[0].sts, StsRule::Off);
    assert_eq!(rules(&plan.hosts[0].reasons), ["opportunistic"]);
}

/// [P-02] [P-03] [F-01] [F-05] What a fetch is worth.
#[test]
fn what_a_fetch_is_worth() {
    let good = body("enforce", "mx1.example.com");
    let host = |fetches: Vec<FetchFact>| {
        let mut host = GOOD.facts().sts.host;
        host.fetches = fetches;
        host
    };
    let typed = |content_type: Option<&str>, encoding: Option<&str>| {
        let mut fact = fetched(&good);
        let FetchOutcome::Fetched(fetched) = &mut fact.outcome else {
            unreachable!()
        };
        fetched.content_type = content_type.map(str::to_owned);
        fetched.content_encoding = encoding.map(str::to_owned);
        live(&host(vec![fact]))
    };
    let policy = Live::Policy(parsed(&good));
    for media in [
        "text/plain",
        "TEXT/Plain",
        "text/plain; charset=klingon",
        " text/plain ;x=y",
    ] {
        assert_eq!(typed(Some(media), None), policy, "{media}");
    }
    for media in [
        "text/html",
        "text/plainer",
        "",
        "application/octet-stream",
        "x;text/plain",
    ] {
        let expected = Live::Failed(Reason::StsMediaType(Some(media.to_owned())));
        assert_eq!(typed(Some(media), None), expected, "{media}");
    }
    assert_eq!(typed(None, None), Live::Failed(Reason::StsMediaType(None)));
    let gzip = Live::Failed(Reason::StsEncoding("gzip".to_owned()));
    assert_eq!(typed(Some("text/plain"), Some("gzip")), gzip);

    let mut untrusted = fetched(&good);
    untrusted.tls = Some(world::tls_fact(vec![CertFault::Untrusted], None));
    let certificate = Live::Failed(Reason::StsFetchFailed(FetchFault::Certificate));
    assert_eq!(live(&host(vec![untrusted.clone()])), certificate);
    untrusted.tls = Some(world::tls_fact(vec![], None));
    assert_eq!(live(&host(vec![untrusted])), policy);

    // The next address is tried while no connection is made, and only then.
    for skip in [
        FetchFault::Reserved,
        FetchFault::Refused,
        FetchFault::ConnectTimeout,
        FetchFault::Unreachable("no route".to_owned()),
    ] {
        let got = live(&host(vec![failed(skip.clone()), fetched(&good)]));
        assert_eq!(got, policy, "{skip:?}");
        let got = live(&host(vec![
            failed(FetchFault::Truncated),
            failed(skip.clone()),
        ]));
        assert_eq!(
            got,
            Live::Failed(Reason::StsFetchFailed(FetchFault::Truncated))
        );
        let got = live(&host(vec![failed(skip.clone())]));
        assert_eq!(got, Live::Failed(Reason::StsFetchFailed(skip)));
    }
    for stop in [
        FetchFault::NotTls,
        FetchFault::Certificate,
        FetchFault::Status {
            code: 301,
            location: None,
        },
        FetchFault::Handshake(HandshakeFault::Closed),
    ] {
        let got = live(&host(vec![failed(stop.clone()), fetched(&good)]));
        assert_eq!(got, Live::Failed(Reason::StsFetchFailed(stop)));
    }
}

/// [F-11] [D-18] Nothing fetched: for want of an address, for want of an answer, for want of asking.
#[test]
fn nothing_fetched() {
    let mut host = GOOD.facts().sts.host;
    host.fetches.clear();
    assert_eq!(live(&host), Live::Failed(Reason::StsNotFetched));
    (host.v4, host.v6) = (
        answer(Answered::NoData, Secure::Insecure),
        found(vec![], Secure::Insecure),
    );
    assert_eq!(live(&host), Live::Failed(Reason::StsNotFetched));
    host.v6 = answer(Answered::NxDomain, Secure::Insecure);
    assert_eq!(live(&host), Live::Failed(Reason::StsHostUnresolved(None)));
    host.v6 = fault(DnsFault::Timeout);
    let lost = Live::Failed(Reason::StsHostUnresolved(Some(DnsFault::Timeout)));
    assert_eq!(live(&host), lost);
    (host.v4, host.v6) = (fault(DnsFault::Bogus), Answer::not_asked());
    let lost = Live::Failed(Reason::StsHostUnresolved(Some(DnsFault::Bogus)));
    assert_eq!(live(&host), lost);
    (host.v4, host.v6) = (Answer::not_asked(), fault(DnsFault::Bogus));
    assert_eq!(live(&host), lost);
    (host.v4, host.v6) = (Answer::not_asked(), Answer::not_asked());
    assert_eq!(live(&host), Live::Failed(Reason::StsNotFetched));
}

fn named(name: &str, preference: u16) -> HostFact {
    let mut host = World {
        tlsa: Tlsa::Absent,
        ..GOOD
    }
    .host_fact();
    host.host = Host::parse(name).unwrap();
    host.preference = Some(preference);
    host
}

/// [V-01] [V-02] [V-03] [V-12] [V-13] [W-06] Every host in its order, each by its published name.
#[test]
fn every_host_in_order() {
    let mut facts = GOOD.facts();
    facts.sts.host.fetches = vec![fetched(
        "version: STSv1\nmode: enforce\nmx: A.example.com\nmx: *.example.net\nmax_age: 60\n",
    )];
    let hosts = [
        ("b.example.com", 5, false),
        ("a.example.com", 10, true),
        ("x.example.net", 10, true),
        ("x.y.example.net", 20, false),
        ("example.net", 30, false),
        ("mx.a.example.com", 40, false),
        ("under_score.example.net", 50, true),
    ];
    facts.hosts = hosts
        .iter()
        .map(|(name, preference, _)| named(name, *preference))
        .collect();
    // A CNAME to a covered name does not help: the published name is compared.
    facts.hosts[0].v4.cname = vec![world::owner("a.example.com")];
    let plan = planned(&facts, STS);
    assert_eq!(plan.hosts.len(), hosts.len(), "none is left out");
    for (plan, (name, preference, covered)) in plan.hosts.iter().zip(hosts) {
        assert_eq!(plan.host.as_str(), name);
        assert_eq!(plan.preference, Some(preference));
        assert_eq!(plan.sts, StsRule::Enforce { covered });
        let expected = if covered {
            require(&[By::Sts])
        } else {
            refuse()
        };
        assert_eq!(plan.action, expected, "{name}");
    }
    assert!(!plan.is_implicit());
}

/// RFC 5321 §5.1, RFC 7505 §3: where mail goes nowhere, and where the domain is its own host.
#[test]
fn without_mx_hosts() {
    let mut facts = GOOD.facts();
    let hosts = |records, unusable| MxSet::Hosts { records, unusable };
    let bounce = Action::Refuse { permanent: true };
    for (mx, action, reason) in [
        (
            found(MxSet::Null, Secure::Secure),
            bounce.clone(),
            Reason::NullMx,
        ),
        (
            answer(Answered::NxDomain, Secure::Secure),
            bounce,
            Reason::NoSuchDomain,
        ),
        (
            found(hosts(vec![], vec!["a b".to_owned()]), Secure::Secure),
            Action::Defer,
            Reason::MxUnusable,
        ),
        (
            fault(DnsFault::Bogus),
            Action::Defer,
            Reason::MxUnknown(DnsFault::Bogus),
        ),
        (Answer::not_asked(), Action::Defer, Reason::MxNotAsked),
    ] {
        facts.mx.answer = mx;
        for sender in [NEITHER, STS, DANE, BOTH] {
            let plan = planned(&facts, sender);
            let halt = plan.halt.clone().unwrap();
            assert_eq!(
                (halt.action, halt.reasons),
                (action.clone(), vec![reason.clone()])
            );
            assert!(plan.hosts.is_empty());
            assert!(!plan.is_implicit());
        }
    }
    // [V-02] An implicit MX is matched by the domain's own name.
    facts.mx.answer = answer(Answered::NoData, Secure::Secure);
    facts.hosts = vec![named("example.com", 0)];
    facts.hosts[0].preference = None;
    for (pattern, action) in [
        ("example.com", require(&[By::Sts])),
        ("*.example.com", refuse()),
    ] {
        facts.sts.host.fetches = vec![fetched(&body("enforce", pattern))];
        let plan = planned(&facts, STS);
        assert!(plan.halt.is_none());
        assert!(plan.is_implicit());
        assert_eq!(plan.hosts[0].action, action);
        assert!(plan.hosts[0].notes.contains(&Reason::ImplicitMx));
    }
}

/// RFC 5321 §5.1: a host without address is passed over; what was not asked says nothing.
#[test]
fn addresses() {
    let mut facts = World {
        addr: Addr::None,
        ..GOOD
    }
    .facts();
    let actions = |facts: &Facts| {
        let host = planned(facts, NEITHER).hosts[0].clone();
        (host.action, host.reasons.last().cloned().unwrap())
    };
    let defer = |reason| (Action::Defer, reason);
    let open = (
        Action::Opportunistic { encrypt: false },
        Reason::Opportunistic,
    );
    assert_eq!(actions(&facts), defer(Reason::NoAddress));
    facts.hosts[0].v6 = fault(DnsFault::Loop);
    assert_eq!(
        actions(&facts),
        defer(Reason::AddressUnknown(DnsFault::Loop))
    );
    facts.hosts[0].v6 = found(vec![], Secure::Insecure);
    assert_eq!(actions(&facts), defer(Reason::NoAddress));
    facts.hosts[0].v6 = found(vec![std::net::Ipv6Addr::LOCALHOST], Secure::Insecure);
    assert_eq!(actions(&facts), open);
    facts.hosts[0].v4 = fault(DnsFault::Loop);
    assert_eq!(actions(&facts), open);
    facts.hosts[0].v6 = Answer::not_asked();
    assert_eq!(
        actions(&facts),
        defer(Reason::AddressUnknown(DnsFault::Loop))
    );
    facts.hosts[0].v4 = Answer::not_asked();
    assert_eq!(actions(&facts), open);
    facts.hosts[0].v4 = answer(Answered::NoData, Secure::Insecure);
    assert_eq!(actions(&facts), defer(Reason::NoAddress));
}

/// [V-14] [N-02] [N-05] [N-06] [N-07] [K24] Who decides where both standards speak.
#[test]
fn dane_and_mta_sts() {
    use world::Mx::{Insecure, Secure as Proven, Unproven};
    let (dane, sts) = (require(&[By::Dane]), require(&[By::Sts]));
    let both = require(&[By::Dane, By::Sts]);
    let encrypt = Action::Opportunistic { encrypt: true };
    let may = Action::Opportunistic { encrypt: false };
    let enforced = |covered| StsRule::Enforce { covered };
    let note = |covered| StsRule::Note { covered };
    let (off, defer) = (StsRule::Off, Action::Defer);
    for (sender, mx, tlsa, covered, action, rule) in [
        (BOTH, Proven, Tlsa::Match, true, dane.clone(), note(true)),
        (BOTH, Proven, Tlsa::Match, false, dane.clone(), note(false)),
        (BOTH, Insecure, Tlsa::Match, true, both, enforced(true)),
        (
            BOTH,
            Insecure,
            Tlsa::Match,
            false,
            refuse(),
            enforced(false),
        ),
        (
            BOTH,
            Unproven,
            Tlsa::Match,
            true,
            defer.clone(),
            enforced(true),
        ),
        (
            BOTH,
            Proven,
            Tlsa::Absent,
            true,
            sts.clone(),
            enforced(true),
        ),
        (BOTH, Proven, Tlsa::Absent, false, refuse(), enforced(false)),
        (
            BOTH,
            Proven,
            Tlsa::Unusable,
            true,
            sts.clone(),
            enforced(true),
        ),
        (
            BOTH,
            Proven,
            Tlsa::Unusable,
            false,
            refuse(),
            enforced(false),
        ),
        (
            BOTH,
            Proven,
            Tlsa::Fault,
            true,
            defer.clone(),
            enforced(true),
        ),
        (
            BOTH,
            Proven,
            Tlsa::Fault,
            false,
            defer.clone(),
            enforced(false),
        ),
        (DANE, Proven, Tlsa::Match, false, dane.clone(), off),
        (DANE, Insecure, Tlsa::Match, false, dane, off),
        (DANE, Proven, Tlsa::Unusable, true, encrypt.clone(), off),
        (DANE, Insecure, Tlsa::Unusable, true, encrypt, off),
        (DANE, Proven, Tlsa::Absent, true, may.clone(), off),
        (DANE, Proven, Tlsa::Fault, true, defer.clone(), off),
        (DANE, Insecure, Tlsa::Fault, true, defer.clone(), off),
        (DANE, Unproven, Tlsa::Absent, true, defer, off),
        (STS, Proven, Tlsa::Fault, true, sts, enforced(true)),
        (NEITHER, Unproven, Tlsa::Fault, false, may, off),
    ] {
        let facts = World {
            covered,
            mx,
            tlsa,
            ..GOOD
        }
        .facts();
        let host = &planned(&facts, sender).hosts[0];
        let context = format!("{sender:?} {mx:?} {tlsa:?} {covered}: {host:?}");
        assert_eq!(host.action, action, "{context}");
        assert_eq!(host.sts, rule, "{context}");
    }
}

/// What the plan tells, decisive and noted.
#[test]
fn reasons_and_notes() {
    use world::Mode as M;
    let say = |world: World, sender: Sender| {
        let host = planned(&world.facts(), sender).hosts[0].clone();
        (rules(&host.reasons), rules(&host.notes))
    };
    let testing = World {
        mode: M::Testing,
        covered: false,
        ..GOOD
    };
    let insecure = World {
        mx: world::Mx::Insecure,
        ..GOOD
    };
    let unknown = World {
        tlsa: Tlsa::Fault,
        covered: false,
        ..GOOD
    };
    let unproven = World {
        mx: world::Mx::Unproven,
        ..GOOD
    };
    let absent = World {
        tlsa: Tlsa::Absent,
        ..GOOD
    };
    let unusable = World {
        tlsa: Tlsa::Unusable,
        ..GOOD
    };
    for (world, sender, reasons, notes) in [
        (GOOD, NEITHER, vec!["opportunistic"], vec!["dane-off"]),
        (GOOD, STS, vec!["sts-covered"], vec!["dane-off"]),
        (GOOD, DANE, vec!["dane-records"], vec![]),
        (
            GOOD,
            BOTH,
            vec!["dane-records"],
            vec!["dane-decides", "sts-covered"],
        ),
        (
            testing,
            STS,
            vec!["opportunistic"],
            vec!["dane-off", "sts-uncovered"],
        ),
        (testing, BOTH, vec!["dane-records"], vec!["sts-uncovered"]),
        (
            insecure,
            DANE,
            vec!["dane-records"],
            vec!["dane-mx-insecure"],
        ),
        (
            insecure,
            BOTH,
            vec!["dane-records", "sts-covered"],
            vec!["dane-mx-insecure"],
        ),
        (unknown, BOTH, vec!["dane-unknown"], vec!["sts-uncovered"]),
        (unproven, DANE, vec!["dane-mx-unproven"], vec![]),
        (
            absent,
            BOTH,
            vec!["sts-covered"],
            vec!["dane-not-applicable"],
        ),
        (unusable, DANE, vec!["dane-unusable"], vec![]),
    ] {
        assert_eq!(say(world, sender), (reasons, notes), "{world:?} {sender:?}");
    }
    let facts = GOOD.facts();
    let DaneRule::Authenticate { base, usable } = planned(&facts, DANE).hosts[0].dane.clone()
    else {
        panic!("DANE authenticates");
    };
    assert_eq!(base.as_str(), "mx1.example.com");
    assert_eq!(usable, [world::tlsa(3, 1, 1, 32)]);
    let base = world::owner("mx1.example.com");
    assert_eq!(
        planned(&unusable.facts(), DANE).hosts[0].dane,
        DaneRule::Encrypt { base }
    );
    assert_eq!(
        planned(&unknown.facts(), DANE).hosts[0].dane,
        DaneRule::Unknown
    );
    assert_eq!(planned(&absent.facts(), DANE).hosts[0].dane, DaneRule::Off);
}

/// The operator's own rules.
#[test]
fn overrides_and_floor() {
    let act = |world: World, sender: Sender, overrides: Overrides| {
        plan(&world.facts(), &sender, &overrides, now()).hosts[0]
            .action
            .clone()
    };
    let none = Overrides::default();
    let no_sts = Overrides {
        ignore_sts: true,
        ..none
    };
    let no_dane = Overrides {
        ignore_dane: true,
        ..none
    };
    let strict = Overrides {
        strict_testing: true,
        ..none
    };
    let may = Action::Opportunistic { encrypt: false };
    assert_eq!(act(GOOD, BOTH, no_sts), require(&[By::Dane]));
    assert_eq!(act(GOOD, BOTH, no_dane), require(&[By::Sts]));
    assert_eq!(act(GOOD, STS, no_sts), may);
    assert_eq!(act(GOOD, DANE, no_dane), may);
    for (mode, uncovered) in [
        (world::Mode::Testing, refuse()),
        (world::Mode::Enforce, refuse()),
        (world::Mode::None, may.clone()),
    ] {
        let world = World {
            mode,
            covered: false,
            ..GOOD
        };
        assert_eq!(act(world, STS, strict), uncovered, "{mode:?}");
        let plan = plan(&world.facts(), &STS, &strict, now());
        let told = plan.sts.reasons.contains(&Reason::StsStrict);
        assert_eq!(told, mode == world::Mode::Testing);
    }
    let off = plan(&GOOD.facts(), &STS, &no_sts, now()).sts;
    assert!(!off.record_seen);
    assert_eq!(
        (off.reasons, off.policy.is_none()),
        (vec![Reason::StsOff], true)
    );

    let floor = Sender {
        floor: Level::Encrypt,
        ..NEITHER
    };
    assert_eq!(
        act(GOOD, floor, none),
        Action::Opportunistic { encrypt: true }
    );
    let reasons = planned(&GOOD.facts(), floor).hosts[0].reasons.clone();
    assert_eq!(reasons, [Reason::FloorEncrypt]);
    assert_eq!(
        act(
            GOOD,
            Sender {
                floor: Level::Encrypt,
                ..STS
            },
            none
        ),
        require(&[By::Sts])
    );
}
