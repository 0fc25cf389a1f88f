//! Looks at the lab's domains, to each depth.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a helper of a test that fails fails the test"
)]

use std::{
    sync::{LazyLock, Mutex},
    time::{Duration, Instant},
};

use decide::facts::{Answered, Facts, FetchOutcome, SessionOutcome, Starttls, TlsaFact};
use jiff::Timestamp;
use lab::{Lab, LabConfig};
use names::Domain;
use net::{
    clock::{Clock as _, SystemClock},
    dial::{Allow, Dialler},
    dns::{Dns, DnsConfig},
    tls::Roots,
};
use probe::{Depth, Options, Probe, Seen};

static LAB: LazyLock<(Lab, tempfile::TempDir)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().expect("a folder for the lab");
    (
        Lab::start(LabConfig::new(dir.path())).expect("the lab starts"),
        dir,
    )
});

fn probe(timeout: Duration, allow: Allow) -> Probe {
    let lab = &LAB.0;
    let mut config = DnsConfig::new(vec![lab.dns()]);
    config.allow = Allow::Everything;
    let options = Options {
        https_port: lab.https_port(),
        smtp_port: lab.smtp_port(),
        ns_port: lab.ns_port(),
        timeout,
        ehlo: Domain::parse("probe.invalid").expect("a name"),
        active: false,
    };
    let roots = Roots::from_pem_file(lab.ca_file()).expect("the lab's root");
    Probe::new(
        Dns::new(config).expect("a resolver"),
        Dialler::new(allow, 32),
        roots,
        options,
    )
}

async fn look(probe: &Probe, scenario: &str, depth: Depth) -> Facts {
    let domain = lab::scenario(scenario).expect("a scenario").domain;
    let domain = Domain::parse(domain).expect("a domain");
    probe.look(&domain, depth, now(), None, &|_| {}).await
}

fn now() -> Timestamp {
    SystemClock.now()
}

/// Each depth asks what the one above asks, and no more than it says. [N-03]
#[tokio::test]
async fn each_depth_asks_what_it_says() {
    let probe = probe(Duration::from_secs(10), Allow::Everything);
    let policy = look(&probe, "good", Depth::Policy).await;
    assert!(matches!(
        policy.sts.host.fetches[0].outcome,
        FetchOutcome::Fetched(_)
    ));
    assert_eq!(policy.mx.answer.result, Answered::NotAsked);
    assert!(policy.hosts.is_empty() && policy.servers.is_empty());
    assert_eq!(policy.tlsrpt.txt.result, Answered::NotAsked);

    let dane = look(&probe, "good", Depth::Dane).await;
    assert_eq!(dane.hosts.len(), 2);
    for host in &dane.hosts {
        assert!(
            matches!(host.tlsa_fact, TlsaFact::Records { .. }),
            "{host:?}"
        );
        assert!(
            host.tlsa[0].owner.as_str().starts_with("_25._tcp."),
            "{host:?}"
        );
        assert!(host.sessions.is_empty(), "{host:?}");
    }

    let check = look(&probe, "good", Depth::Check).await;
    assert!(check.servers.len() >= 2, "{:?}", check.servers);
    assert!(check.tlsrpt.txt.found().is_some());
    for session in check.hosts.iter().flat_map(|host| &host.sessions) {
        let SessionOutcome::Smtp {
            starttls: Starttls::Established(tls),
            ..
        } = &session.outcome
        else {
            panic!("{session:?}");
        };
        assert!(tls.faults.is_empty(), "{tls:?}");
        assert!(
            session.without_sni.is_some() && session.legacy == Some(false),
            "{session:?}"
        );
        assert_eq!(session.injection, None, "an active test nobody asked for");
    }
}

/// [D-01] [W-03] The record is what stands at `_mta-sts` below the domain itself: a subdomain takes
/// none from its parent, and no policy either.
#[tokio::test]
async fn a_subdomain_takes_nothing_from_its_parent() {
    let probe = probe(Duration::from_secs(10), Allow::Everything);
    let parent = look(&probe, "good", Depth::Policy).await;
    assert!(parent.sts.txt.found().is_some());
    let domain = lab::scenario("good").expect("a scenario").domain;
    let below = Domain::parse(&format!("sub.{domain}")).expect("a domain");
    let facts = probe
        .look(&below, Depth::Policy, now(), None, &|_| {})
        .await;
    assert_eq!(facts.sts.txt.result, Answered::NxDomain);
    for fetch in &facts.sts.host.fetches {
        assert!(
            !matches!(fetch.outcome, FetchOutcome::Fetched(_)),
            "{fetch:?}"
        );
    }
}

/// One host that never answers takes its time and no more; what the others showed is told before.
#[tokio::test]
async fn a_silent_host_holds_up_nobody() {
    let silent = lab::scenarios()
        .iter()
        .find(|scenario| scenario.provokes.contains(&"mx.connect.timeout"))
        .expect("a scenario with a silent host");
    let probe = probe(Duration::from_secs(2), Allow::Everything);
    let told = Mutex::new(Vec::new());
    let started = Instant::now();
    let domain = Domain::parse(silent.domain).expect("a domain");
    let observer = |seen: Seen<'_>| {
        if let Seen::Session(_, session) = seen {
            let reached = matches!(session.outcome, SessionOutcome::Smtp { .. });
            told.lock()
                .expect("no panic")
                .push((reached, started.elapsed()));
        }
    };
    probe
        .look(&domain, Depth::Check, now(), None, &observer)
        .await;
    let told = told.into_inner().expect("no panic");
    let (first, last) = (told.first().expect("told"), told.last().expect("told"));
    assert!(first.0 && !last.0, "{told:?}");
    assert!(
        last.1 >= Duration::from_secs(2) && last.1 < Duration::from_secs(8),
        "{told:?}"
    );
}

/// The address judged is the address dialled: without leave nothing on loopback is.
#[tokio::test]
async fn special_use_addresses_are_not_dialled() {
    let probe = probe(Duration::from_secs(5), Allow::Public);
    let facts = look(&probe, "good", Depth::Check).await;
    for session in facts.hosts.iter().flat_map(|host| &host.sessions) {
        assert!(
            matches!(session.outcome, SessionOutcome::Reserved),
            "{session:?}"
        );
    }
    assert!(!facts.sts.host.fetches.is_empty());
    for fetch in &facts.sts.host.fetches {
        assert!(matches!(
            fetch.outcome,
            FetchOutcome::Failed(decide::facts::FetchFault::Reserved)
        ));
    }
}

/// Everything fails at once, and the look still ends, with faults and no absence. [D-18]
#[tokio::test]
async fn without_dns_nothing_is_absent() {
    let mut config = DnsConfig::new(vec![([127, 0, 0, 1], 1).into()]);
    config.timeout = Duration::from_millis(200);
    config.attempts = 1;
    let lab = &LAB.0;
    let options = Options {
        https_port: 1,
        smtp_port: 1,
        ns_port: 1,
        timeout: Duration::from_secs(1),
        ehlo: Domain::parse("probe.invalid").expect("a name"),
        active: false,
    };
    let roots = Roots::from_pem_file(lab.ca_file()).expect("the lab's root");
    let dns = Dns::new(config).expect("a resolver");
    let probe = Probe::new(dns, Dialler::new(Allow::Everything, 8), roots, options);
    let facts = look(&probe, "good", Depth::Check).await;
    assert!(facts.sts.txt.fault().is_some() && facts.mx.answer.fault().is_some());
    assert!(!facts.sts.txt.is_absent() && !facts.tlsrpt.txt.is_absent());
    assert!(facts.hosts.is_empty());
}

/// A resolver on which every answer takes two thirds of an attempt, and is that there is nothing.
async fn sluggish() -> std::net::SocketAddr {
    let socket = tokio::net::UdpSocket::bind("127.0.0.1:0")
        .await
        .expect("a socket");
    let addr = socket.local_addr().expect("an address");
    tokio::spawn(async move {
        let mut times = std::collections::HashMap::new();
        let mut query = [0; 512];
        while let Ok((length, from)) = socket.recv_from(&mut query).await {
            let name = query.iter().skip(12).take_while(|octet| **octet != 0);
            let end = (12 + name.count() + 5).min(length);
            let count = times.entry(query[12..end].to_vec()).or_insert(0);
            *count += 1;
            // A question is sent three times within its time.
            if *count % 3 == 0 {
                let counts = [0, 1, 0, 0, 0, 0, 0, 0];
                let reply = [&query[..2], &[0x81, 0x80], &counts, &query[12..end]].concat();
                drop(socket.send_to(&reply, from).await);
            }
        }
    });
    addr
}

/// A name of a hundred labels has a hundred zones it may lie in: the search for its servers ends
/// in time.
#[tokio::test]
async fn a_deep_name_costs_no_more_time() {
    let mut config = DnsConfig::new(vec![sluggish().await]);
    config.timeout = Duration::from_millis(150);
    let options = Options {
        https_port: 1,
        smtp_port: 1,
        ns_port: 1,
        timeout: Duration::from_millis(500),
        ehlo: Domain::parse("probe.invalid").expect("a name"),
        active: false,
    };
    let probe = Probe::new(
        Dns::new(config).expect("a resolver"),
        Dialler::new(Allow::Public, 8),
        Roots::bundled(),
        options,
    );
    let domain = Domain::parse(&format!("{}example", "a.".repeat(100))).expect("a domain");
    let start = Instant::now();
    let facts = probe
        .look(&domain, Depth::Check, now(), None, &|_| {})
        .await;
    assert!(facts.servers.is_empty());
    assert_eq!(facts.mx.answer.result, Answered::NoData);
    // Asked to the root, it would be ten seconds.
    assert!(
        start.elapsed() < Duration::from_secs(4),
        "{:?}",
        start.elapsed()
    );
}
