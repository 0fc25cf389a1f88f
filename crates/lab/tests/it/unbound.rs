//! A real validating Unbound has the last word on the lab's DNSSEC, and on its resolver.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{client::ask, folder, start};

const A: u16 = 1;
const SOA: u16 = 6;
const MX: u16 = 15;
const TXT: u16 = 16;
const DS: u16 = 43;
const DNSKEY: u16 = 48;
const TLSA: u16 = 52;

const OK: u8 = 0;
const SERVFAIL: u8 = 2;
const NXDOMAIN: u8 = 3;

/// Scenarios whose name servers stay silent: neither resolver says anything in time.
const SILENT: [&str; 2] = ["timeout", "tlsa-timeout"];

struct Unbound {
    child: Child,
    address: SocketAddr,
}

impl Unbound {
    fn start(lab: &lab::Lab, dir: &Path) -> Self {
        let probe = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("a socket");
        let address = probe.local_addr().expect("an address");
        drop(probe);
        let conf = dir.join("unbound.conf");
        fs::write(&conf, configuration(lab, dir, address.port())).expect("a file");
        let child = Command::new(program())
            .args(["-d", "-c"])
            .arg(&conf)
            .stdout(Stdio::null())
            .stderr(fs::File::create(dir.join("unbound.log")).expect("a file"))
            .spawn()
            .expect("Debian's package unbound is there");
        let end = Instant::now() + Duration::from_secs(20);
        while ask(address, "", SOA).is_none() {
            assert!(
                Instant::now() < end,
                "unbound does not answer; see {}",
                dir.display()
            );
        }
        Self { child, address }
    }
}

impl Drop for Unbound {
    fn drop(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }
}

fn program() -> &'static str {
    let debian = "/usr/sbin/unbound";
    if Path::new(debian).exists() {
        debian
    } else {
        "unbound"
    }
}

/// Every zone is a stub zone, since name servers found in DNS would be asked on port 53.
fn configuration(lab: &lab::Lab, dir: &Path, port: u16) -> String {
    let servers = lab.name_servers();
    let servers = servers.map(|server| format!("  stub-addr: {}@{}\n", server.ip(), server.port()));
    let domains = lab::scenarios().iter().map(|scenario| scenario.domain);
    let stubs = [".", "example"].into_iter().chain(domains).map(|zone| {
        let servers = servers.concat();
        format!("stub-zone:\n  name: \"{zone}\"\n  stub-prime: no\n{servers}")
    });
    format!(
        "server:\n  chroot: \"\"\n  username: \"\"\n  directory: \"{dir}\"\n  \
         pidfile: \"{dir}/unbound.pid\"\n  interface: 127.0.0.1@{port}\n  \
         do-not-query-localhost: no\n  do-ip6: no\n  use-syslog: no\n  logfile: \"\"\n  \
         num-threads: 1\n  module-config: \"validator iterator\"\n  val-log-level: 2\n  \
         trust-anchor-file: \"{anchor}\"\n  qname-minimisation: no\n\
         remote-control:\n  control-enable: no\n{stubs}",
        dir = dir.display(),
        anchor = lab.anchor_file().display(),
        stubs = stubs.collect::<String>(),
    )
}

/// What Unbound says of each kind of zone: secure, insecure or bogus. The lab's own resolver says
/// the same.
#[test]
fn unbound_finds_what_was_meant() {
    let lab = start("unbound_finds_what_was_meant");
    let unbound = Unbound::start(&lab, &folder("unbound_finds_what_was_meant"));
    let cases = [
        ("", SOA, OK, true),
        ("", DNSKEY, OK, true),
        ("example", DS, OK, true),
        ("good.example", MX, OK, true),
        ("good.example", DS, OK, true),
        ("good-plain.example", DS, OK, true),
        ("good-plain.example", MX, OK, false),
        ("_25._tcp.mx1.good.example", TLSA, OK, true),
        ("_25._tcp.mx9.good.example", TLSA, NXDOMAIN, true),
        ("_tcp.mx1.good.example", TLSA, OK, true),
        ("mx1.good.example", TXT, OK, true),
        ("_25._tcp.mx1.good-nsec3.example", TLSA, OK, true),
        ("_25._tcp.mx9.good-nsec3.example", TLSA, NXDOMAIN, true),
        ("_tcp.mx1.good-nsec3.example", TLSA, OK, true),
        ("some.thing.wild.good-nsec3.example", TXT, OK, true),
        ("some.thing.wild.good-nsec3.example", MX, OK, true),
        ("wild.good-nsec3.example", MX, OK, true),
        ("mx1.good-nsec3.example", TXT, OK, true),
        ("_mta-sts.good-aliases.example", TXT, OK, false),
        ("_mta-sts.good-delegated.example", TXT, OK, true),
        ("_mta-sts.record-wildcard.example", TXT, OK, true),
        ("_mta-sts.record-wildcard.example", A, OK, true),
        ("plain.unsigned-below.example", TXT, OK, false),
        ("plain.unsigned-below.example", DS, OK, true),
        ("_mta-sts.bogus.example", TXT, SERVFAIL, false),
        ("bogus.example", MX, OK, true),
        ("bogus-zone.example", MX, SERVFAIL, false),
        ("wrong-ds.example", MX, SERVFAIL, false),
        ("expired-signatures.example", MX, SERVFAIL, false),
        ("early-signatures.example", MX, SERVFAIL, false),
        ("no-ds.example", MX, OK, false),
        ("_25._tcp.mx1.bogus-tlsa.example", TLSA, SERVFAIL, false),
        ("_25._tcp.mx1.tlsa-servfail.example", TLSA, SERVFAIL, false),
        ("_mta-sts.servfail.example", TXT, SERVFAIL, false),
        ("mx1.hosts.address-insecure.example", A, OK, false),
        ("mx1.alias-insecure.example", A, OK, false),
        ("_25._tcp.mx1.alias-insecure.example", TLSA, OK, true),
        ("_mta-sts.record-chain.example", TXT, OK, true),
        ("nowhere.example", MX, NXDOMAIN, true),
        ("nowhere", MX, NXDOMAIN, true),
    ];
    for (name, rtype, rcode, secure) in cases {
        for (who, server) in [("unbound", unbound.address), ("lab", lab.dns())] {
            let answer = ask(server, name, rtype).unwrap_or_else(|| panic!("{who}: {name}"));
            assert_eq!(
                (answer.rcode, answer.secure),
                (rcode, secure),
                "{who}: {name} {rtype}"
            );
        }
    }
}

/// For every scenario and every name that a check looks up, the lab's resolver and Unbound agree.
#[test]
fn unbound_agrees_on_every_scenario() {
    let lab = start("unbound_agrees_on_every_scenario");
    let unbound = Unbound::start(&lab, &folder("unbound_agrees_on_every_scenario"));
    let mut differences = Vec::new();
    for scenario in lab::scenarios() {
        if SILENT.contains(&scenario.name) {
            continue;
        }
        let under = |labels: &str| format!("{labels}.{}", scenario.domain);
        let questions = [
            (scenario.domain.to_owned(), MX),
            (under("_mta-sts"), TXT),
            (under("mta-sts"), A),
            (under("_smtp._tls"), TXT),
            (under("mx1"), A),
            (under("_25._tcp.mx1"), TLSA),
            (under("nothing"), A),
        ];
        for (name, rtype) in questions {
            let answers = [unbound.address, lab.dns()].map(|server| {
                ask(server, &name, rtype).map(|answer| (answer.rcode, answer.secure))
            });
            let [theirs, ours] = answers;
            if theirs != ours || theirs.is_none() {
                differences.push(format!("{name} {rtype}: unbound {theirs:?}, lab {ours:?}"));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
