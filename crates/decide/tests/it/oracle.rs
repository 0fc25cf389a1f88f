//! Every combination of abstract facts against an oracle that is written from the RFC texts. The
//! oracle reads the tuple and nothing else: it calls nothing in `decide`.

use std::collections::BTreeMap;

use decide::{Level, Outcome, Overrides, Sender, judge, plan, plan::By};

use crate::plan_world::{Addr, Cert, Mode, Mx, PolicyState, Tls, Tlsa, World, now};

/// What has to happen.
#[derive(Debug, PartialEq, Eq)]
struct Fate {
    act: Act,
    /// The result type of RFC 8460 §4.3; none where it has none.
    result: Option<&'static str>,
}

#[derive(Debug, PartialEq, Eq)]
enum Act {
    Deliver { tls: bool, dane: bool, sts: bool },
    Refuse,
    Defer,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Dane {
    Off,
    Authenticate,
    Encrypt,
    /// The domain's DNS failed.
    Failed,
    /// Nobody proves anything: not the domain's fault.
    Unproven,
}

/// RFC 8461 §3.1, §3.2, §3.3, §5.1: the mode of the policy in force.
fn in_force(world: &World) -> Option<Mode> {
    use PolicyState as P;
    match world.policy {
        // §3.3: a policy fetched now; §5.1: a policy kept whose max_age is not over, whatever
        // became of record, fetch or DNS.
        P::Fetched
        | P::SameIdFresh
        | P::FailedFresh
        | P::MalformedFresh
        | P::FaultFresh
        | P::GoneFresh
        | P::BadRecordFresh
        | P::TwoRecordsFresh => Some(world.mode),
        // §3.2: not used beyond max_age. §3.3: without a policy as if there were no MTA-STS; that
        // includes DNS that fails on first contact.
        P::None
        | P::FailedExpired
        | P::FailedNone
        | P::MalformedExpired
        | P::MalformedNone
        | P::FaultExpired
        | P::FaultNone
        | P::GoneExpired
        | P::BadRecordNone
        | P::TwoRecordsNone => None,
    }
}

/// RFC 7672 §2.1, §2.2.
fn dane(world: &World, sender: &Sender) -> Dane {
    if !sender.dane {
        return Dane::Off;
    }
    // §2.1.1: only a validating resolver proves; what is not proven is not "insecure".
    if world.mx == Mx::Unproven {
        return Dane::Unproven;
    }
    match world.addr {
        // §2.1.2: a failing look-up makes the host unreachable.
        Addr::Fault => return Dane::Failed,
        // §2.2.2: insecure addresses, no TLSA; nothing at all, nothing to protect.
        Addr::Insecure | Addr::InsecureAlias | Addr::None => return Dane::Off,
        Addr::Secure | Addr::SecureAlias | Addr::Unproven => {}
    }
    match world.tlsa {
        Tlsa::Absent | Tlsa::Insecure => Dane::Off,
        Tlsa::Match | Tlsa::Mismatch | Tlsa::TaNotSent | Tlsa::TaInvalid => Dane::Authenticate,
        Tlsa::Unusable => Dane::Encrypt,
        Tlsa::Fault => Dane::Failed,
        Tlsa::Unproven | Tlsa::UnprovenAbsent => Dane::Unproven,
    }
}

/// RFC 8460 §4.3.1.
fn no_tls(tls: Tls) -> Option<&'static str> {
    match tls {
        Tls::Missing | Tls::Refused => Some("starttls-not-supported"),
        Tls::Failed => Some("validation-failure"),
        Tls::Unreachable | Tls::Ok(_) => None,
    }
}

/// RFC 8460 §4.3.1.
fn bad_cert(tls: Tls) -> Option<&'static str> {
    match tls {
        Tls::Ok(Cert::Expired) => Some("certificate-expired"),
        Tls::Ok(Cert::NameMismatch | Cert::CnOnly) => Some("certificate-host-mismatch"),
        Tls::Ok(Cert::SelfSigned | Cert::Untrusted | Cert::Incomplete) => {
            Some("certificate-not-trusted")
        }
        Tls::Ok(Cert::NotYetValid | Cert::Other) => Some("validation-failure"),
        Tls::Ok(Cert::Valid) | Tls::Unreachable | Tls::Missing | Tls::Refused | Tls::Failed => None,
    }
}

fn fate(world: &World, sender: &Sender) -> Fate {
    let defer = |result| Fate {
        act: Act::Defer,
        result,
    };
    let refuse = |result| Fate {
        act: Act::Refuse,
        result: Some(result),
    };
    // RFC 5321 §5.1: without an answer for MX the mail waits.
    if world.mx == Mx::Fault {
        return defer(None);
    }
    let dane = dane(world, sender);
    match dane {
        Dane::Failed => return defer(Some("dnssec-invalid")),
        Dane::Unproven => return defer(None),
        Dane::Off | Dane::Authenticate | Dane::Encrypt => {}
    }
    let mode = in_force(world).filter(|_| sender.sts);
    // RFC 8461 §2, RFC 7672 §2.2.1: DANE decides where the MX name is vouched for by DNSSEC too.
    let decides = dane == Dane::Authenticate && world.mx == Mx::Secure;
    let enforce = mode == Some(Mode::Enforce) && !decides;
    let watch = matches!(mode, Some(Mode::Enforce | Mode::Testing)) && !enforce;
    // RFC 8461 §5: enforce, and the MX does not match.
    if enforce && !world.covered {
        return refuse("validation-failure");
    }
    // RFC 5321 §5.1: no address, no connection.
    if matches!(world.addr, Addr::Fault | Addr::None) || world.tls == Tls::Unreachable {
        return defer(None);
    }
    let uncovered = (watch && !world.covered).then_some("validation-failure");
    if let Some(result) = no_tls(world.tls) {
        // RFC 8461 §4.2, RFC 7672 §2.2.
        if enforce || dane != Dane::Off {
            return refuse(result);
        }
        let result = uncovered.or(watch.then_some(result));
        return Fate {
            act: Act::Deliver {
                tls: false,
                dane: false,
                sts: false,
            },
            result,
        };
    }
    // RFC 7672 §2.2: a usable record, and none matches.
    if dane == Dane::Authenticate && world.tlsa != Tlsa::Match {
        return refuse("tlsa-invalid");
    }
    // RFC 8461 §4.2.
    if let Some(result) = bad_cert(world.tls).filter(|_| enforce) {
        return refuse(result);
    }
    let result = uncovered.or(bad_cert(world.tls).filter(|_| watch));
    let act = Act::Deliver {
        tls: true,
        dane: dane == Dane::Authenticate,
        sts: enforce,
    };
    Fate { act, result }
}

const POLICIES: [PolicyState; 18] = [
    PolicyState::None,
    PolicyState::Fetched,
    PolicyState::SameIdFresh,
    PolicyState::FailedFresh,
    PolicyState::FailedExpired,
    PolicyState::FailedNone,
    PolicyState::MalformedFresh,
    PolicyState::MalformedExpired,
    PolicyState::MalformedNone,
    PolicyState::FaultFresh,
    PolicyState::FaultExpired,
    PolicyState::FaultNone,
    PolicyState::GoneFresh,
    PolicyState::GoneExpired,
    PolicyState::BadRecordFresh,
    PolicyState::BadRecordNone,
    PolicyState::TwoRecordsFresh,
    PolicyState::TwoRecordsNone,
];
const MODES: [Mode; 3] = [Mode::Enforce, Mode::Testing, Mode::None];
const MXS: [Mx; 4] = [Mx::Secure, Mx::Insecure, Mx::Unproven, Mx::Fault];
const ADDRS: [Addr; 7] = [
    Addr::Secure,
    Addr::Insecure,
    Addr::SecureAlias,
    Addr::InsecureAlias,
    Addr::Unproven,
    Addr::Fault,
    Addr::None,
];
const TLSAS: [Tlsa; 10] = [
    Tlsa::Absent,
    Tlsa::Insecure,
    Tlsa::Match,
    Tlsa::Mismatch,
    Tlsa::TaNotSent,
    Tlsa::TaInvalid,
    Tlsa::Unusable,
    Tlsa::Fault,
    Tlsa::Unproven,
    Tlsa::UnprovenAbsent,
];
const TLSS: [Tls; 13] = [
    Tls::Unreachable,
    Tls::Missing,
    Tls::Refused,
    Tls::Failed,
    Tls::Ok(Cert::Valid),
    Tls::Ok(Cert::Expired),
    Tls::Ok(Cert::NotYetValid),
    Tls::Ok(Cert::NameMismatch),
    Tls::Ok(Cert::CnOnly),
    Tls::Ok(Cert::SelfSigned),
    Tls::Ok(Cert::Untrusted),
    Tls::Ok(Cert::Incomplete),
    Tls::Ok(Cert::Other),
];

fn senders() -> [Sender; 4] {
    [(false, false), (true, false), (false, true), (true, true)].map(|(sts, dane)| Sender {
        sts,
        dane,
        floor: Level::May,
    })
}

/// What `decide` says.
fn decided(plan: &decide::Plan, world: &World) -> (Fate, Vec<decide::Reason>) {
    if let Some(halt) = &plan.halt {
        assert_eq!(halt.action, decide::Action::Defer, "{world:?}");
        assert!(plan.hosts.is_empty());
        return (
            Fate {
                act: Act::Defer,
                result: None,
            },
            halt.reasons.clone(),
        );
    }
    let [host] = plan.hosts.as_slice() else {
        panic!("{world:?}: one host, one plan")
    };
    let verdict = judge(host, &world.session());
    let act = match &verdict.outcome {
        Outcome::Deliver {
            encrypted,
            authenticated,
        } => Act::Deliver {
            tls: *encrypted,
            dane: authenticated.contains(&By::Dane),
            sts: authenticated.contains(&By::Sts),
        },
        Outcome::Refuse { permanent } => {
            assert!(
                !permanent,
                "{world:?}: no mail comes back for a policy's sake [V-10] [V-11]"
            );
            Act::Refuse
        }
        Outcome::Defer => Act::Defer,
    };
    (
        Fate {
            act,
            result: verdict.result_type(),
        },
        verdict.reasons,
    )
}

/// What the words ask for, apart from the oracle's details.
fn laws(world: &World, sender: &Sender, got: &Fate, reasons: &[decide::Reason]) {
    let delivers = matches!(got.act, Act::Deliver { .. });
    let dane = dane(world, sender);
    let mode = in_force(world).filter(|_| sender.sts);
    let context = || format!("{world:?} {sender:?} {got:?} {reasons:?}");
    // [V-07] Enforce never delivers to a host that fails, unless DANE decides for it.
    if mode == Some(Mode::Enforce) && !(dane == Dane::Authenticate && world.mx == Mx::Secure) {
        let fails = !world.covered || world.tls != Tls::Ok(Cert::Valid);
        assert!(!(fails && delivers), "{}", context());
    }
    // [V-14] [N-05] A DANE failure is never excused.
    if dane == Dane::Authenticate && (world.tlsa != Tlsa::Match || !matches!(world.tls, Tls::Ok(_)))
    {
        assert!(!delivers, "{}", context());
    }
    // [N-06] All unusable: TLS or nothing.
    if dane == Dane::Encrypt && !matches!(world.tls, Tls::Ok(_)) {
        assert!(!delivers, "{}", context());
    }
    // [N-07] [N-14] Unknown is not absent.
    if matches!(dane, Dane::Failed | Dane::Unproven) {
        assert_eq!(got.act, Act::Defer, "{}", context());
    }
    // [V-08] [V-09] Testing, none and no policy never refuse by themselves.
    if mode != Some(Mode::Enforce) && dane == Dane::Off {
        assert_ne!(got.act, Act::Refuse, "{}", context());
    }
    assert!(!reasons.is_empty(), "{}", context());
    if !delivers {
        assert!(
            reasons
                .iter()
                .all(|reason| reason.rfc().starts_with("RFC ")),
            "{}",
            context()
        );
    }
    if got.act == Act::Refuse {
        assert!(got.result.is_some(), "{}", context());
    }
}

/// [V-07] [V-08] [V-09] [V-10] [V-11] [V-14] [F-11] [F-12] [D-12] [D-17] [D-18] [N-02] [N-04]
/// [N-05] [N-06] [N-07] [N-08] [N-14] [E9] [K24]
#[test]
fn every_combination() {
    let mut walked = 0_usize;
    let mut acts = BTreeMap::new();
    let now = now();
    for policy in POLICIES {
        for mode in MODES {
            for (covered, mx) in [true, false]
                .into_iter()
                .flat_map(|c| MXS.map(|mx| (c, mx)))
            {
                for (addr, tlsa) in ADDRS.into_iter().flat_map(|a| TLSAS.map(|tlsa| (a, tlsa))) {
                    let mut world = World {
                        policy,
                        mode,
                        covered,
                        mx,
                        addr,
                        tlsa,
                        tls: TLSS[0],
                    };
                    let facts = world.facts();
                    for sender in senders() {
                        let plan = plan(&facts, &sender, &Overrides::default(), now);
                        for tls in TLSS {
                            world.tls = tls;
                            let (got, reasons) = decided(&plan, &world);
                            assert_eq!(
                                got,
                                fate(&world, &sender),
                                "{world:?} {sender:?} {plan:#?}"
                            );
                            laws(&world, &sender, &got, &reasons);
                            let word = match got.act {
                                Act::Deliver { .. } => "deliver",
                                Act::Refuse => "refuse",
                                Act::Defer => "defer",
                            };
                            *acts.entry(word).or_insert(0_usize) += 1;
                            walked += 1;
                        }
                    }
                }
            }
        }
    }
    println!("{walked} combinations: {acts:?}");
    assert_eq!(walked, 18 * 3 * 2 * 4 * 7 * 10 * 13 * 4);
    assert!(acts.values().all(|count| *count > 10_000), "{acts:?}");
}
