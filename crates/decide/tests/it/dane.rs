//! Which names TLSA is asked at, and what the answers mean.

use decide::{
    dane::{Base, Bases, Unusable, bases, classify, fact, tlsa_owner, usability},
    facts::{Answer, Answered, DnsFault, Secure, Tlsa, TlsaAnswer, TlsaFact},
};
use names::{Host, Owner};
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::plan_world::{self as world, GOOD, answer, fault, found, owner, tlsa};

type V4 = Answer<Vec<Ipv4Addr>>;
type V6 = Answer<Vec<Ipv6Addr>>;

fn v4(secure: Secure) -> V4 {
    found(vec![[192, 0, 2, 1].into()], secure)
}

fn v6(secure: Secure) -> V6 {
    found(vec![Ipv6Addr::LOCALHOST], secure)
}

fn none<T>(secure: Secure) -> Answer<Vec<T>> {
    answer(Answered::NoData, secure)
}

fn via<T>(mut answer: Answer<T>, names: &[&str]) -> Answer<T> {
    answer.cname = names.iter().map(|name| owner(name)).collect();
    answer
}

fn no_alias() -> Answer<Owner> {
    Answer::not_asked()
}

fn ask(names: &[&str]) -> Bases {
    Bases::Ask(
        names
            .iter()
            .map(|name| Base {
                base: owner(name),
                owner: owner(&format!("_25._tcp.{name}")),
            })
            .collect(),
    )
}

/// [N-03] [N-04] [N-07] Addresses first: RFC 7672 §2.1.2, §2.2.2.
#[test]
fn addresses_decide_whether_tlsa_is_asked() {
    use DnsFault::{Bogus, Other, ServFail, Timeout};
    use Secure::{Insecure, Secure as Proven, Unknown};
    let mx = ask(&["mx1.example.com"]);
    let table: Vec<(&str, V4, V6, Bases)> = vec![
        ("both secure", v4(Proven), v6(Proven), mx.clone()),
        ("v4 alone", v4(Proven), none(Proven), mx.clone()),
        ("v6 alone", none(Proven), v6(Proven), mx.clone()),
        (
            "v4 secure, v6 insecure",
            v4(Proven),
            v6(Insecure),
            mx.clone(),
        ),
        (
            "v4 insecure, v6 secure",
            v4(Insecure),
            v6(Proven),
            mx.clone(),
        ),
        (
            "v4 secure, v6 fails",
            v4(Proven),
            fault(ServFail),
            mx.clone(),
        ),
        (
            "v4 fails, v6 secure",
            fault(ServFail),
            v6(Proven),
            mx.clone(),
        ),
        (
            "v4 not asked, v6 secure",
            Answer::not_asked(),
            v6(Proven),
            mx.clone(),
        ),
        (
            "both insecure",
            v4(Insecure),
            v6(Insecure),
            Bases::NotApplicable,
        ),
        (
            "v4 insecure, no v6",
            v4(Insecure),
            none(Insecure),
            Bases::NotApplicable,
        ),
        (
            "no v4, v6 insecure",
            none(Insecure),
            v6(Insecure),
            Bases::NotApplicable,
        ),
        (
            "a secure denial is no secure address",
            none(Proven),
            v6(Insecure),
            Bases::NotApplicable,
        ),
        (
            "one zone: insecure for both",
            v4(Insecure),
            fault(ServFail),
            Bases::NotApplicable,
        ),
        (
            "insecure before unproven",
            v4(Unknown),
            v6(Insecure),
            Bases::NotApplicable,
        ),
        ("unproven", v4(Unknown), none(Unknown), mx.clone()),
        ("unproven v6", none(Unknown), v6(Unknown), mx.clone()),
        (
            "both fail",
            fault(ServFail),
            fault(Timeout),
            Bases::Unknown(ServFail),
        ),
        (
            "bogus counts first",
            fault(Timeout),
            fault(Bogus),
            Bases::Unknown(Bogus),
        ),
        (
            "one fails, one denied",
            none(Proven),
            fault(Timeout),
            Bases::Unknown(Timeout),
        ),
        (
            "one denied, one fails",
            fault(Timeout),
            none(Insecure),
            Bases::Unknown(Timeout),
        ),
        ("no address", none(Proven), none(Proven), Bases::NoAddress),
        (
            "no name",
            answer(Answered::NxDomain, Proven),
            answer(Answered::NxDomain, Proven),
            Bases::NoAddress,
        ),
        (
            "empty lists",
            found(vec![], Proven),
            found(vec![], Proven),
            Bases::NoAddress,
        ),
        (
            "one not asked, one denied",
            Answer::not_asked(),
            none(Proven),
            Bases::NoAddress,
        ),
        (
            "one denied, one not asked",
            none(Proven),
            Answer::not_asked(),
            Bases::NoAddress,
        ),
        (
            "not asked at all",
            Answer::not_asked(),
            Answer::not_asked(),
            Bases::Unknown(Other),
        ),
    ];
    for (name, v4, v6, expected) in table {
        assert_eq!(
            bases(&world::host(), &v4, &v6, &no_alias()),
            expected,
            "{name}"
        );
    }
}

/// [N-03] RFC 7672 §2.2.2, §2.2.3: the expanded name first, then the host; a secure CNAME into an
/// unsigned zone leaves the host's name alone.
#[test]
fn cnames_move_the_base_domain() {
    use Secure::{Insecure, Secure as Proven, Unknown};
    let chain = ["hop.example.net", "end.example.org"];
    let host = world::host();
    let both = ask(&["end.example.org", "mx1.example.com"]);
    let first = bases(&host, &via(v4(Proven), &chain), &none(Proven), &no_alias());
    assert_eq!(first, both, "secure chain");
    let unproven = bases(
        &host,
        &via(v4(Unknown), &chain),
        &none(Unknown),
        &no_alias(),
    );
    assert_eq!(unproven, both, "unproven chain");
    let same = bases(
        &host,
        &via(v4(Proven), &["mx1.example.com"]),
        &none(Proven),
        &no_alias(),
    );
    assert_eq!(
        same,
        ask(&["mx1.example.com"]),
        "the same name is asked once"
    );

    let target = || owner("hop.example.net");
    let table = vec![
        ("not asked yet", no_alias(), Bases::NeedAlias),
        (
            "secure CNAME",
            found(target(), Proven),
            ask(&["mx1.example.com"]),
        ),
        (
            "unproven CNAME",
            found(target(), Unknown),
            ask(&["mx1.example.com"]),
        ),
        (
            "insecure CNAME",
            found(target(), Insecure),
            Bases::NotApplicable,
        ),
        (
            "insecure denial",
            answer(Answered::NoData, Insecure),
            Bases::NotApplicable,
        ),
        (
            "contradiction",
            answer(Answered::NoData, Proven),
            Bases::Unknown(DnsFault::Other),
        ),
        (
            "unproven denial",
            answer(Answered::NxDomain, Unknown),
            Bases::Unknown(DnsFault::NotValidating),
        ),
        (
            "fault",
            fault(DnsFault::Bogus),
            Bases::Unknown(DnsFault::Bogus),
        ),
    ];
    for (name, alias, expected) in table {
        let got = bases(&host, &via(v4(Insecure), &chain), &none(Insecure), &alias);
        assert_eq!(got, expected, "{name}");
    }
    // Without a CNAME the alias does not matter.
    let plain = bases(
        &host,
        &v4(Insecure),
        &none(Insecure),
        &found(target(), Proven),
    );
    assert_eq!(plain, Bases::NotApplicable);
}

/// [N-03] Port 25 whatever port is dialled; a name that cannot exist is not asked for.
#[test]
fn owner_names() {
    assert_eq!(
        tlsa_owner(&owner("mx.example")),
        Some(owner("_25._tcp.mx.example"))
    );
    let long = format!("{0}.{0}.{0}.{1}", "a".repeat(62), "b".repeat(60));
    assert_eq!(tlsa_owner(&owner(&long)), None);
    let host = Host::parse(&long).unwrap();
    let got = bases(
        &host,
        &v4(Secure::Secure),
        &none(Secure::Secure),
        &no_alias(),
    );
    assert_eq!(got, Bases::NotApplicable);
    assert_eq!(classify(&got, &[]), TlsaFact::NotApplicable);
}

fn said(base: &str, answer: Answer<Vec<Tlsa>>) -> TlsaAnswer {
    TlsaAnswer {
        base: owner(base),
        owner: owner(&format!("_25._tcp.{base}")),
        answer,
    }
}

/// [N-05] [N-06] [N-07] [N-14] [N-01] What one answer at the only name comes to.
#[test]
fn one_answer() {
    use Secure::{Insecure, Secure as Proven, Unknown};
    let good = tlsa(3, 1, 1, 32);
    let bad = tlsa(1, 1, 1, 32);
    let records = TlsaFact::Records {
        base: owner("a.example"),
        usable: vec![good.clone()],
    };
    let unproven = TlsaFact::Unknown(DnsFault::NotValidating);
    let table = vec![
        ("usable", found(vec![good.clone()], Proven), records.clone()),
        (
            "usable among others",
            found(vec![bad.clone(), good.clone()], Proven),
            records,
        ),
        (
            "unusable",
            found(vec![bad], Proven),
            TlsaFact::Unusable {
                base: owner("a.example"),
            },
        ),
        (
            "insecure",
            found(vec![good.clone()], Insecure),
            TlsaFact::NotApplicable,
        ),
        ("unproven", found(vec![good], Unknown), unproven.clone()),
        ("empty", found(vec![], Proven), TlsaFact::NotApplicable),
        (
            "denied",
            answer(Answered::NxDomain, Proven),
            TlsaFact::NotApplicable,
        ),
        (
            "no data",
            answer(Answered::NoData, Proven),
            TlsaFact::NotApplicable,
        ),
        (
            "insecure denial",
            answer(Answered::NoData, Insecure),
            TlsaFact::NotApplicable,
        ),
        (
            "unproven denial",
            answer(Answered::NxDomain, Unknown),
            unproven,
        ),
        (
            "servfail",
            fault(DnsFault::ServFail),
            TlsaFact::Unknown(DnsFault::ServFail),
        ),
        (
            "bogus",
            fault(DnsFault::Bogus),
            TlsaFact::Unknown(DnsFault::Bogus),
        ),
        (
            "not asked",
            Answer::not_asked(),
            TlsaFact::Unknown(DnsFault::Other),
        ),
    ];
    for (name, answer, expected) in table {
        let got = classify(&ask(&["a.example"]), &[said("a.example", answer)]);
        assert_eq!(got, expected, "{name}");
    }
    assert_eq!(
        classify(&ask(&["a.example"]), &[]),
        TlsaFact::Unknown(DnsFault::Other)
    );
    let other = [said("b.example", answer(Answered::NoData, Proven))];
    assert_eq!(
        classify(&ask(&["a.example"]), &other),
        TlsaFact::Unknown(DnsFault::Other)
    );
}

/// [N-03] [N-07] The second name is asked only where the first says nothing.
#[test]
fn two_names() {
    use Secure::{Insecure, Secure as Proven, Unknown};
    let bases = ask(&["a.example", "b.example"]);
    let good = || found(vec![tlsa(3, 1, 1, 32)], Proven);
    let at = |base: &str| TlsaFact::Records {
        base: owner(base),
        usable: vec![tlsa(3, 1, 1, 32)],
    };
    let next = |answers: &[TlsaAnswer]| bases.next(answers).map(|base| base.base.to_string());
    assert_eq!(next(&[]).as_deref(), Some("a.example"));

    let first = [said("a.example", good())];
    assert_eq!(next(&first), None);
    assert_eq!(classify(&bases, &first), at("a.example"));

    for lost in [
        fault(DnsFault::Timeout),
        found(vec![tlsa(3, 1, 1, 32)], Unknown),
    ] {
        let first = [said("a.example", lost)];
        assert_eq!(next(&first), None, "unknown is not absent");
        assert!(matches!(classify(&bases, &first), TlsaFact::Unknown(_)));
    }
    for absent in [
        answer(Answered::NoData, Proven),
        found(vec![tlsa(3, 1, 1, 32)], Insecure),
    ] {
        let mut answers = vec![said("a.example", absent)];
        assert_eq!(next(&answers).as_deref(), Some("b.example"));
        answers.push(said("b.example", good()));
        assert_eq!(next(&answers), None);
        assert_eq!(classify(&bases, &answers), at("b.example"));
    }
    let neither = [
        said("a.example", answer(Answered::NoData, Proven)),
        said("b.example", answer(Answered::NxDomain, Proven)),
    ];
    assert_eq!(next(&neither), None);
    assert_eq!(classify(&bases, &neither), TlsaFact::NotApplicable);
}

/// [N-07] What is not settled is unknown; what does not apply asks nothing.
#[test]
fn without_a_name_to_ask() {
    for (bases, expected) in [
        (Bases::NotApplicable, TlsaFact::NotApplicable),
        (Bases::NoAddress, TlsaFact::NotApplicable),
        (Bases::NeedAlias, TlsaFact::Unknown(DnsFault::Other)),
        (
            Bases::Unknown(DnsFault::Loop),
            TlsaFact::Unknown(DnsFault::Loop),
        ),
    ] {
        assert_eq!(bases.next(&[]), None);
        assert_eq!(classify(&bases, &[]), expected);
    }
    let mut host = GOOD.host_fact();
    assert_eq!(fact(&host), host.tlsa_fact);
    host.tlsa.clear();
    assert_eq!(fact(&host), TlsaFact::Unknown(DnsFault::Other));
}

/// [N-06] [N-10] [N-11] RFC 7672 §3.1.3, RFC 6698 §2.1.
#[test]
fn usable_records() {
    for (usage, selector, matching, length, expected) in [
        (3, 1, 1, 32, Ok(())),
        (3, 0, 1, 32, Ok(())),
        (2, 1, 1, 32, Ok(())),
        (2, 0, 2, 64, Ok(())),
        (3, 1, 2, 64, Ok(())),
        (0, 1, 1, 32, Err(Unusable::PkixUsage)),
        (1, 1, 1, 32, Err(Unusable::PkixUsage)),
        (4, 1, 1, 32, Err(Unusable::Usage)),
        (255, 1, 1, 32, Err(Unusable::Usage)),
        (3, 2, 1, 32, Err(Unusable::Selector)),
        (3, 255, 1, 32, Err(Unusable::Selector)),
        (3, 1, 3, 32, Err(Unusable::Matching)),
        (3, 1, 255, 32, Err(Unusable::Matching)),
        (3, 1, 1, 31, Err(Unusable::DigestLength)),
        (3, 1, 1, 33, Err(Unusable::DigestLength)),
        (3, 1, 1, 64, Err(Unusable::DigestLength)),
        (3, 1, 2, 32, Err(Unusable::DigestLength)),
        (3, 1, 1, 0, Err(Unusable::DigestLength)),
        (3, 1, 0, 0, Err(Unusable::Malformed)),
        (3, 1, 0, 32, Err(Unusable::Malformed)),
    ] {
        let got = usability(&tlsa(usage, selector, matching, length));
        assert_eq!(got, expected, "{usage} {selector} {matching} {length}");
    }
}

/// [N-06] Full data is one whole DER SEQUENCE.
#[test]
fn full_data() {
    let der = |head: &[u8], length: usize| [head, vec![1; length].as_slice()].concat();
    for (data, good) in [
        (der(&[0x30, 0x05], 5), true),
        (der(&[0x30, 0x7f], 127), true),
        (der(&[0x30, 0x81, 0x80], 128), true),
        (der(&[0x30, 0x82, 0x01, 0x02], 258), true),
        (der(&[0x30, 0x83, 0x01, 0x00, 0x01], 65537), true),
        (der(&[0x30, 0x84, 0x00, 0x00, 0x01, 0x00], 256), true),
        (der(&[0x30, 0x85, 0x00, 0x00, 0x00, 0x01, 0x00], 256), false),
        (der(&[0x31, 0x05], 5), false),
        (der(&[0x30, 0x05], 4), false),
        (der(&[0x30, 0x05], 6), false),
        (der(&[0x30, 0x82, 0x01, 0x02], 257), false),
        (der(&[0x30, 0x82, 0x01], 0), false),
        (der(&[0x30, 0x80], 0), false),
        (der(&[0x30, 0xff], 3), false),
        (der(&[0x30], 0), false),
        (vec![], false),
    ] {
        let record = Tlsa {
            usage: 3,
            selector: 0,
            matching: 0,
            data,
        };
        assert_eq!(
            usability(&record).is_ok(),
            good,
            "{:02x?}",
            record.data.get(..6)
        );
    }
}
