//! A healthy domain, made by hand: `enforce`, two MX hosts on both address families, DANE, TLSRPT.
//! Each test changes the one thing that it is about.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use decide::facts::*;
use jiff::Timestamp;
use names::{Domain, Host, Owner};

/// The policy of the healthy domain.
pub(crate) const POLICY: &str = "version: STSv1\r\nmode: enforce\r\nmx: mx1.example.com\r\n\
    mx: mx2.example.com\r\nmax_age: 2592000\r\n";

pub(crate) fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

pub(crate) fn days(count: i64) -> Timestamp {
    Timestamp::from_second(now().as_second() + count * 86_400).unwrap()
}

pub(crate) fn owner(name: &str) -> Owner {
    Owner::parse(name).unwrap()
}

pub(crate) fn host(name: &str) -> Host {
    Host::parse(name).unwrap()
}

pub(crate) fn text(text: &str) -> Text {
    Text(text.as_bytes().to_vec())
}

pub(crate) fn texts(all: &[&str]) -> Vec<Text> {
    all.iter().map(|one| text(one)).collect()
}

/// An answer that DNSSEC proves.
pub(crate) fn secure<T>(result: Answered<T>) -> Answer<T> {
    Answer {
        result,
        secure: Secure::Secure,
        cname: Vec::new(),
        ttl: 3600,
        ede: Vec::new(),
    }
}

pub(crate) fn found<T>(records: T) -> Answer<T> {
    secure(Answered::Found(records))
}

pub(crate) fn no_data<T>() -> Answer<T> {
    secure(Answered::NoData)
}

pub(crate) fn nxdomain<T>() -> Answer<T> {
    secure(Answered::NxDomain)
}

pub(crate) fn fault<T>(fault: DnsFault) -> Answer<T> {
    let secure = if fault == DnsFault::NotValidating {
        Secure::Unknown
    } else {
        Secure::Insecure
    };
    Answer {
        secure,
        ..self::secure(Answered::Fault(fault))
    }
}

/// The same answer through a CNAME chain.
pub(crate) fn via<T>(mut answer: Answer<T>, chain: &[&str]) -> Answer<T> {
    answer.cname = chain.iter().map(|name| owner(name)).collect();
    answer
}

pub(crate) fn v4(last: u8) -> Ipv4Addr {
    Ipv4Addr::new(203, 0, 113, last)
}

pub(crate) fn v6(last: u16) -> Ipv6Addr {
    Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, last)
}

pub(crate) fn cert(name: &str, number: u8) -> CertFact {
    CertFact {
        sha256: format!("{number:02x}").repeat(32),
        spki_sha256: format!("{number:02x}").repeat(32),
        subject: format!("CN={name}"),
        issuer: "CN=Example Issuer".to_owned(),
        dns_names: vec![name.to_owned()],
        not_before: Some(days(-30)),
        not_after: Some(days(60)),
        weak: Vec::new(),
    }
}

pub(crate) fn tls(name: &str, number: u8) -> TlsFact {
    TlsFact {
        version: "TLSv1.3".to_owned(),
        cipher: "TLS13_AES_128_GCM_SHA256".to_owned(),
        chain: vec![cert(name, number)],
        faults: Vec::new(),
        dane: None,
    }
}

pub(crate) fn presented(name: &str, version: &str) -> Presented {
    Presented {
        version: version.to_owned(),
        cipher: "TLS_RSA_WITH_AES_128_CBC_SHA".to_owned(),
        tls12: version == "TLSv1.2",
        chain: vec![cert(name, 1)],
        faults: Vec::new(),
        dane: Some(DaneOutcome::Match { index: 0 }),
    }
}

pub(crate) fn alert(code: u8, name: &str) -> HandshakeFault {
    HandshakeFault::Alert {
        code,
        name: name.to_owned(),
    }
}

pub(crate) fn smtp(starttls: Starttls) -> SessionOutcome {
    let extensions = match starttls {
        Starttls::Missing => vec!["PIPELINING".to_owned()],
        _ => vec!["PIPELINING".to_owned(), "STARTTLS".to_owned()],
    };
    SessionOutcome::Smtp {
        banner: "mx ESMTP".to_owned(),
        extensions,
        starttls,
    }
}

pub(crate) fn session(address: IpAddr, name: &str, number: u8) -> SessionFact {
    let dane = Some(DaneOutcome::Match { index: 0 });
    SessionFact {
        address,
        outcome: smtp(Starttls::Established(TlsFact {
            dane,
            ..tls(name, number)
        })),
        presented: None,
        legacy: Some(false),
        without_sni: Some(Box::new(smtp(Starttls::Established(tls(name, number))))),
        injection: Some(false),
        elapsed_ms: 40,
    }
}

pub(crate) fn tlsa(usage: u8, octet: u8) -> Tlsa {
    Tlsa {
        usage,
        selector: 1,
        matching: 1,
        data: vec![octet; 32],
    }
}

pub(crate) fn mx_host(name: &str, preference: u16, number: u8) -> HostFact {
    let records = vec![tlsa(3, number), tlsa(2, 0xca)];
    HostFact {
        host: host(name),
        preference: Some(preference),
        v4: found(vec![v4(number)]),
        v6: found(vec![v6(number.into())]),
        alias: Answer::not_asked(),
        tlsa: vec![TlsaAnswer {
            base: owner(name),
            owner: owner(&format!("_25._tcp.{name}")),
            answer: found(records.clone()),
        }],
        tlsa_fact: TlsaFact::Records {
            base: owner(name),
            usable: records,
        },
        tlsrpt: found(texts(&["v=TLSRPTv1; rua=mailto:tls@example.com"])),
        sessions: vec![
            session(v4(number).into(), name, number),
            session(v6(number.into()).into(), name, number),
        ],
    }
}

pub(crate) fn fetched(body: &str) -> FetchOutcome {
    FetchOutcome::Fetched(Fetched {
        content_type: Some("text/plain; charset=utf-8".to_owned()),
        content_encoding: None,
        body: text(body),
    })
}

pub(crate) fn fetch(address: IpAddr) -> FetchFact {
    FetchFact {
        address,
        outcome: fetched(POLICY),
        tls: Some(tls("mta-sts.example.com", 80)),
        presented: None,
        elapsed_ms: 50,
    }
}

pub(crate) fn mx_set(hosts: &[(u16, &str)]) -> Answer<MxSet> {
    let records = hosts
        .iter()
        .map(|(preference, name)| Mx {
            preference: *preference,
            host: host(name),
        })
        .collect();
    found(MxSet::Hosts {
        records,
        unusable: Vec::new(),
    })
}

fn server(name: &str, last: u8) -> ServerFact {
    ServerFact {
        name: host(name),
        address: v4(last).into(),
        txt: found(texts(&["v=STSv1; id=20260101T000000;"])),
    }
}

/// Nothing is wrong with this one.
pub(crate) fn healthy() -> Facts {
    let domain = Domain::parse("example.com").unwrap();
    Facts {
        sts: StsFact {
            txt: found(texts(&["v=STSv1; id=20260101T000000;"])),
            sibling: nxdomain(),
            near_misses: Vec::new(),
            host: PolicyHostFact {
                v4: found(vec![v4(80)]),
                v6: found(vec![v6(80)]),
                fetches: vec![fetch(v4(80).into()), fetch(v6(80).into())],
                as_browser: None,
            },
            cached: None,
        },
        mx: MxFact {
            answer: mx_set(&[(10, "mx1.example.com"), (20, "mx2.example.com")]),
            keys: Answer::not_asked(),
        },
        hosts: vec![
            mx_host("mx1.example.com", 10, 1),
            mx_host("mx2.example.com", 20, 2),
        ],
        tlsrpt: TlsrptFact {
            txt: found(texts(&["v=TLSRPTv1; rua=mailto:tls@example.com"])),
            near_misses: Vec::new(),
            destinations: vec![Destination {
                domain: domain.clone(),
                mx: mx_set(&[(10, "mx1.example.com")]),
                v4: Answer::not_asked(),
                v6: Answer::not_asked(),
            }],
        },
        servers: vec![server("ns1.example.net", 53), server("ns2.example.net", 54)],
        domain,
    }
}

/// Every policy body replaced.
pub(crate) fn serve(facts: &mut Facts, body: &str) {
    for fetch in &mut facts.sts.host.fetches {
        fetch.outcome = fetched(body);
    }
}

/// The healthy policy in another mode.
pub(crate) fn in_mode(mode: &str) -> String {
    POLICY.replace("enforce", mode)
}

/// Another outcome for every fetch.
pub(crate) fn fail(facts: &mut Facts, fault: &FetchFault) {
    for fetch in &mut facts.sts.host.fetches {
        fetch.outcome = FetchOutcome::Failed(fault.clone());
        fetch.tls = None;
    }
}

/// Another outcome for every session of the first MX host.
pub(crate) fn first_mx(facts: &mut Facts, outcome: &SessionOutcome) {
    for session in &mut facts.hosts[0].sessions {
        session.outcome = outcome.clone();
    }
}

/// The TLS facts of every session of the host, to be changed.
pub(crate) fn each_tls(host: &mut HostFact, change: impl Fn(&mut TlsFact)) {
    for session in &mut host.sessions {
        if let SessionOutcome::Smtp {
            starttls: Starttls::Established(tls),
            ..
        } = &mut session.outcome
        {
            change(tls);
        }
    }
}

/// DANE taken away from a host.
pub(crate) fn without_dane(host: &mut HostFact) {
    for asked in &mut host.tlsa {
        asked.answer = nxdomain();
    }
    host.tlsa_fact = TlsaFact::NotApplicable;
    host.tlsrpt = Answer::not_asked();
    each_tls(host, |tls| tls.dane = None);
}

/// DANE taken away from every host.
pub(crate) fn no_dane(facts: &mut Facts) {
    facts.hosts.iter_mut().for_each(without_dane);
}

/// MTA-STS taken away: no record, no policy host.
pub(crate) fn no_sts(facts: &mut Facts) {
    facts.sts.txt = nxdomain();
    facts.sts.host.v4 = nxdomain();
    facts.sts.host.v6 = nxdomain();
    facts.sts.host.fetches.clear();
    for server in &mut facts.servers {
        server.txt = nxdomain();
    }
}
