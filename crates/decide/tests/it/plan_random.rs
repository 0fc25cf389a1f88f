//! Whatever was seen, the rules come to an end and keep their laws.

use decide::{Action, Level, Outcome, Overrides, Sender, facts::*, judge, outlook, plan};
use jiff::Timestamp;
use names::{Host, Owner};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::plan_world::{GOOD, answer, cached, fetched, now, session_fact, smtp, tls_fact};

fn secure() -> impl Strategy<Value = Secure> {
    select(vec![Secure::Secure, Secure::Insecure, Secure::Unknown])
}

fn dns_fault() -> impl Strategy<Value = DnsFault> {
    select(vec![
        DnsFault::Timeout,
        DnsFault::ServFail,
        DnsFault::Bogus,
        DnsFault::NotValidating,
    ])
}

fn owner() -> impl Strategy<Value = Owner> {
    select(vec!["mx1.example.com", "a.example", "", "*.example.com"])
        .prop_map(|name| Owner::parse(name).unwrap())
}

fn answered<T: std::fmt::Debug + Clone>(
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Answer<T>> {
    let result = prop_oneof![
        4 => value.prop_map(Answered::Found),
        1 => Just(Answered::NoData),
        1 => Just(Answered::NxDomain),
        1 => dns_fault().prop_map(Answered::Fault),
        1 => Just(Answered::NotAsked),
    ];
    (result, secure(), vec(owner(), 0..3)).prop_map(|(result, secure, cname)| {
        let mut answer = answer(result, secure);
        answer.cname = cname;
        answer
    })
}

fn texts() -> impl Strategy<Value = Vec<Text>> {
    let text = prop_oneof![
        Just(b"v=STSv1; id=a1;".to_vec()),
        "v=STSv1;[ -~]{0,20}".prop_map(String::into_bytes),
        vec(any::<u8>(), 0..40),
    ];
    vec(text.prop_map(Text), 0..3)
}

fn fetch_fact() -> impl Strategy<Value = FetchFact> {
    let body = prop_oneof![
        "version: STSv1\nmode: (enforce|testing|none)\nmx: [*.a-z]{1,12}\nmax_age: [0-9]{1,10}\n",
        "[ -~\n]{0,60}",
    ];
    (body, proptest::option::of("[ -~]{0,20}")).prop_map(|(body, content_type)| {
        let mut fact = fetched(&body);
        if let FetchOutcome::Fetched(fetched) = &mut fact.outcome {
            fetched.content_type = content_type.or(Some("text/plain".to_owned()));
        }
        fact
    })
}

fn tlsa() -> impl Strategy<Value = Tlsa> {
    (0..5_u8, 0..3_u8, 0..4_u8, vec(any::<u8>(), 0..70)).prop_map(
        |(usage, selector, matching, data)| Tlsa {
            usage,
            selector,
            matching,
            data,
        },
    )
}

fn tlsa_fact() -> impl Strategy<Value = TlsaFact> {
    prop_oneof![
        Just(TlsaFact::NotApplicable),
        (owner(), vec(tlsa(), 0..3)).prop_map(|(base, usable)| TlsaFact::Records { base, usable }),
        owner().prop_map(|base| TlsaFact::Unusable { base }),
        dns_fault().prop_map(TlsaFact::Unknown),
    ]
}

fn session() -> impl Strategy<Value = SessionOutcome> {
    let dane = select(vec![
        None,
        Some(DaneOutcome::Match { index: 9 }),
        Some(DaneOutcome::NoMatch),
        Some(DaneOutcome::TaNotSent),
    ]);
    let faults = vec(select(vec![CertFault::Expired, CertFault::Untrusted]), 0..3);
    prop_oneof![
        Just(SessionOutcome::Refused),
        ".{0,20}".prop_map(SessionOutcome::Protocol),
        Just(smtp(Starttls::Missing)),
        (any::<u16>(), ".{0,20}").prop_map(|(code, text)| smtp(Starttls::Refused { code, text })),
        (faults, dane).prop_map(|(f, d)| smtp(Starttls::Established(tls_fact(f, d)))),
    ]
}

fn host_fact() -> impl Strategy<Value = HostFact> {
    let host = select(vec!["mx1.example.com", "example.com", "_x.example.net"]);
    let v4 = answered(vec(any::<[u8; 4]>().prop_map(Into::into), 0..2));
    let v6 = answered(vec(any::<[u8; 16]>().prop_map(Into::into), 0..2));
    let said = (owner(), answered(vec(tlsa(), 0..3)));
    let rest = (vec(said, 0..3), tlsa_fact(), vec(session(), 0..3));
    (
        host,
        proptest::option::of(any::<u16>()),
        v4,
        v6,
        answered(owner()),
        rest,
    )
        .prop_map(
            |(host, preference, v4, v6, alias, (said, tlsa_fact, sessions))| HostFact {
                host: Host::parse(host).unwrap(),
                preference,
                v4,
                v6,
                alias,
                tlsa: said
                    .into_iter()
                    .map(|(base, answer)| TlsaAnswer {
                        owner: base.prefixed("_25._tcp").unwrap(),
                        base,
                        answer,
                    })
                    .collect(),
                tlsa_fact,
                tlsrpt: Answer::not_asked(),
                sessions: sessions.into_iter().map(session_fact).collect(),
            },
        )
}

fn mx_set() -> impl Strategy<Value = MxSet> {
    let one = || MxSet::Hosts {
        records: vec![Mx {
            preference: 1,
            host: crate::plan_world::host(),
        }],
        unusable: vec![],
    };
    prop_oneof![4 => Just(one()), 1 => Just(MxSet::Null)]
}

fn facts() -> impl Strategy<Value = Facts> {
    let kept = proptest::option::of(
        ("(enforce|testing)", "(\\*\\.)?example\\.com", any::<i32>()).prop_map(
            |(mode, mx, fetched_at)| {
                cached(&crate::plan_world::body(&mode, &mx), i64::from(fetched_at))
            },
        ),
    );
    let sts = (answered(texts()), vec(fetch_fact(), 0..3), kept);
    (sts, answered(mx_set()), vec(host_fact(), 0..4)).prop_map(
        |((txt, fetches, kept), mx, hosts)| {
            let mut facts = GOOD.facts();
            facts.sts.txt = txt;
            facts.sts.host.fetches = fetches;
            facts.sts.cached = kept;
            facts.mx.answer = mx;
            facts.hosts = hosts;
            facts
        },
    )
}

fn instant() -> impl Strategy<Value = Timestamp> {
    prop_oneof![Just(now()), Just(Timestamp::MIN), Just(Timestamp::MAX)]
}

proptest! {
    /// Nothing panics; hosts keep their number and order; what the plan keeps away no session
    /// brings through; everything has a reason and can be written as JSON.
    #[test]
    fn laws(
        facts in facts(),
        (sts, dane, encrypt) in any::<(bool, bool, bool)>(),
        (ignore_sts, ignore_dane, strict_testing) in any::<(bool, bool, bool)>(),
        extra in session(),
        now in instant(),
    ) {
        let floor = if encrypt { Level::Encrypt } else { Level::May };
        let sender = Sender { sts, dane, floor };
        let overrides = Overrides { ignore_sts, ignore_dane, strict_testing };
        let plan = plan(&facts, &sender, &overrides, now);
        if plan.halt.is_none() {
            let given: Vec<_> = facts.hosts.iter().map(|host| &host.host).collect();
            let planned: Vec<_> = plan.hosts.iter().map(|host| &host.host).collect();
            prop_assert_eq!(given, planned);
        } else {
            prop_assert!(plan.hosts.is_empty());
        }
        for host in &plan.hosts {
            prop_assert!(!host.reasons.is_empty());
            let verdict = judge(host, &extra);
            prop_assert!(!verdict.reasons.is_empty());
            match &host.action {
                Action::Refuse { .. } | Action::Defer => prop_assert!(!verdict.delivers()),
                Action::Require { by } => {
                    prop_assert!(!by.is_empty());
                    if let Outcome::Deliver { encrypted, authenticated } = &verdict.outcome {
                        prop_assert!(*encrypted);
                        prop_assert_eq!(authenticated, by);
                    }
                }
                Action::Opportunistic { encrypt } => {
                    if let Outcome::Deliver { encrypted, authenticated } = &verdict.outcome {
                        prop_assert!(*encrypted || !*encrypt);
                        prop_assert!(authenticated.is_empty());
                    }
                }
            }
        }
        for host in &facts.hosts {
            let bases = decide::dane::bases(&host.host, &host.v4, &host.v6, &host.alias);
            let fact = decide::dane::classify(&bases, &host.tlsa);
            if let TlsaFact::Records { usable, .. } = fact {
                prop_assert!(!usable.is_empty());
            }
        }
        serde_json::to_string(&plan).unwrap();
        serde_json::to_string(&outlook(&facts, now)).unwrap();
    }

    /// Without overrides and with nothing kept, a sender that does neither standard never refuses.
    #[test]
    fn opportunistic_never_refuses(facts in facts(), extra in session()) {
        let sender = Sender { sts: false, dane: false, floor: Level::May };
        for host in &plan(&facts, &sender, &Overrides::default(), now()).hosts {
            let refused = matches!(judge(host, &extra).outcome, Outcome::Refuse { .. });
            prop_assert!(!refused);
        }
    }
}
