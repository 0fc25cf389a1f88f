//! `net::dns` beside a real Knot with NSEC, NSEC3, bogus and unsigned zones and a real validating
//! Unbound (Debian packages knot and unbound), all on loopback with ports and files of their own.

use std::{
    fmt::Write as _,
    net::{SocketAddr, UdpSocket},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use names::Owner;
use net::{
    dial::Allow,
    dns::{Dns, DnsConfig, Fault, Outcome, RecordType, Secure, Trust, TrustAd},
};

const SIGNED: [&str; 3] = ["signed", "nsec3", "bogus"];

/// A process that ends with the value.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct Lab {
    _dir: tempfile::TempDir,
    _servers: [Server; 2],
    knot: SocketAddr,
    unbound: SocketAddr,
    anchors: String,
}

fn free_port() -> SocketAddr {
    loop {
        let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
        let addr = udp.local_addr().unwrap();
        if std::net::TcpListener::bind(addr).is_ok() {
            return addr;
        }
    }
}

fn zone(name: &str) -> String {
    format!(
        "$ORIGIN {name}.\n$TTL 300\n\
         @ SOA ns.{name}. host.{name}. 1 3600 900 86400 60\n@ NS ns.{name}.\nns A 127.0.0.1\n\
         @ MX 10 mx1.{name}.\n@ MX 20 mx2.{name}.\n@ A 127.0.0.1\nmx1 A 127.0.0.1\n\
         mx2 CNAME real.{name}.\nreal A 127.0.0.2\n\
         _25._tcp.mx1 TLSA 3 1 1 {hash}\n_25._tcp.mx2 CNAME tlsa.{name}.\ntlsa TLSA 2 1 1 {hash}\n\
         _mta-sts TXT \"v=STSv1; id=2026\" \"1121T000000;\"\n_smtp._tls CNAME _tlsrpt.plain.\n\
         *.wild MX 5 mx1.{name}.\nmta-sts CNAME host.plain.\n\
         _tlsrpt TXT \"v=TLSRPTv1; rua=mailto:r@plain.\"\nhost A 127.0.0.1\n\
         sub NS ns.{name}.\n",
        hash = "0c72ac70b745ac19998811b131d662c9ac69dbdbe7cb23e5b514b56664c5d3d6"
    )
}

fn knot_conf(dir: &Path, addr: SocketAddr) -> String {
    let dir = dir.display();
    let mut text = format!(
        "server:\n    rundir: \"{dir}\"\n    listen: {}@{}\n\
         log:\n  - target: stderr\n    any: warning\n\
         database:\n    storage: \"{dir}\"\npolicy:\n",
        addr.ip(),
        addr.port()
    );
    for (id, nsec3) in [("nsec", "off"), ("nsec3", "on")] {
        write!(
            text,
            "  - id: {id}\n    manual: on\n    single-type-signing: on\n    \
             algorithm: ecdsap256sha256\n    nsec3: {nsec3}\n    nsec3-iterations: 0\n    \
             nsec3-salt-length: 0\n"
        )
        .unwrap();
    }
    write!(
        text,
        "template:\n  - id: default\n    storage: \"{dir}\"\n    zonefile-sync: -1\n    \
         zonefile-load: difference-no-serial\n    journal-content: all\nzone:\n"
    )
    .unwrap();
    for zone in [".", "signed", "nsec3", "bogus", "plain"] {
        let file = if zone == "." { "root" } else { zone };
        writeln!(text, "  - domain: {zone}\n    file: {file}.zone").unwrap();
        if zone != "plain" {
            let policy = if zone == "nsec3" { "nsec3" } else { "nsec" };
            writeln!(text, "    dnssec-signing: on\n    dnssec-policy: {policy}").unwrap();
        }
    }
    text
}

/// Makes the zone's key and gives its DS record with SHA-256.
fn make_key(conf: &Path, zone: &str) -> String {
    let keymgr = |args: &[&str]| {
        let output = Command::new("keymgr")
            .arg("-c")
            .arg(conf)
            .args(args)
            .output();
        let output = output.expect("the package knot is needed");
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "keymgr {args:?}: {message}");
        String::from_utf8(output.stdout).unwrap()
    };
    keymgr(&[
        zone,
        "generate",
        "algorithm=ECDSAP256SHA256",
        "ksk=yes",
        "zsk=yes",
    ]);
    let records = keymgr(&[zone, "ds"]);
    let is_sha256 = |line: &&str| line.split_ascii_whitespace().nth(4) == Some("2");
    records
        .lines()
        .find(is_sha256)
        .unwrap_or_else(|| panic!("no DS in {records}"))
        .to_owned()
}

fn start(program: &str, args: &[&str]) -> Server {
    let child = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    Server(child.unwrap_or_else(|error| panic!("{program} is needed: {error}")))
}

fn make_lab() -> Lab {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path();
    let (knot, unbound) = (free_port(), free_port());
    let conf = dir.join("knot.conf");
    std::fs::write(&conf, knot_conf(dir, knot)).unwrap();
    let mut root = String::from(
        "$ORIGIN .\n$TTL 300\n@ SOA ns.root. host.root. 1 3600 900 86400 60\n@ NS ns.root.\n\
         ns.root. A 127.0.0.1\nplain. NS ns.plain.\nns.plain. A 127.0.0.1\n",
    );
    std::fs::write(dir.join("plain.zone"), zone("plain")).unwrap();
    for name in SIGNED {
        std::fs::write(dir.join(format!("{name}.zone")), zone(name)).unwrap();
        write!(root, "{name}. NS ns.{name}.\nns.{name}. A 127.0.0.1\n").unwrap();
        let ds = make_key(&conf, name);
        let ds = if name == "bogus" { forged(&ds) } else { ds };
        writeln!(root, "{ds}").unwrap();
    }
    std::fs::write(dir.join("root.zone"), root).unwrap();
    let anchors = make_key(&conf, ".");
    std::fs::write(dir.join("root.ds"), format!("{anchors}\n")).unwrap();
    let resolver = dir.join("unbound.conf");
    std::fs::write(&resolver, unbound_conf(dir, unbound, knot)).unwrap();
    let servers = [
        start("/usr/sbin/knotd", &["-c", conf.to_str().unwrap()]),
        start(
            "/usr/sbin/unbound",
            &["-d", "-c", resolver.to_str().unwrap()],
        ),
    ];
    let lab = Lab {
        _dir: temp,
        _servers: servers,
        knot,
        unbound,
        anchors,
    };
    wait(lab.knot);
    wait(lab.unbound);
    lab
}

/// The same record with another digest: nobody signs for that key.
fn forged(ds: &str) -> String {
    let (record, digest) = ds.rsplit_once(' ').unwrap();
    format!("{record} {}", "ab".repeat(digest.len() / 2))
}

fn unbound_conf(dir: &Path, addr: SocketAddr, upstream: SocketAddr) -> String {
    let dir = dir.display();
    let mut text = format!(
        "server:\n  chroot: \"\"\n  username: \"\"\n  directory: \"{dir}\"\n  \
         pidfile: \"{dir}/unbound.pid\"\n  interface: {}@{}\n  \
         access-control: 127.0.0.0/8 allow\n  do-not-query-localhost: no\n  use-syslog: no\n  \
         module-config: \"validator iterator\"\n  trust-anchor-file: \"{dir}/root.ds\"\n  \
         qname-minimisation: no\n  num-threads: 1\nremote-control:\n  control-enable: no\n",
        addr.ip(),
        addr.port()
    );
    for zone in [".", "signed", "nsec3", "bogus", "plain"] {
        let (ip, port) = (upstream.ip(), upstream.port());
        write!(
            text,
            "stub-zone:\n  name: \"{zone}\"\n  stub-addr: {ip}@{port}\n"
        )
        .unwrap();
    }
    text
}

/// Waits until the server answers for the signed zone.
fn wait(server: SocketAddr) {
    let started = Instant::now();
    loop {
        if raw(server, "mx1.signed", 1).is_some_and(|(rcode, _, n)| rcode == 0 && n > 0) {
            return;
        }
        assert!(
            started.elapsed() < Duration::from_secs(30),
            "{server} does not start"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Asks without any code of ours: response code, AD and number of answers, out of the header.
fn raw(server: SocketAddr, name: &str, rtype: u16) -> Option<(u8, bool, u16)> {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(3)))
        .unwrap();
    // Recursion desired and AD, one question.
    let mut query = vec![0x12, 0x34, 0x01, 0x20, 0, 1, 0, 0, 0, 0, 0, 0];
    for label in name.split('.').filter(|label| !label.is_empty()) {
        query.push(u8::try_from(label.len()).unwrap());
        query.extend_from_slice(label.as_bytes());
    }
    query.push(0);
    query.extend(rtype.to_be_bytes());
    query.extend([0, 1]);
    socket.send_to(&query, server).ok()?;
    let mut answer = [0; 4096];
    let length = socket.recv(&mut answer).ok()?;
    assert!(length >= 12 && answer[..2] == query[..2]);
    let count = u16::from_be_bytes([answer[6], answer[7]]);
    Some((answer[3] & 0x0f, answer[3] & 0x20 != 0, count))
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Records,
    NoData,
    NxDomain,
    Bogus,
}

fn kind(outcome: &Outcome) -> Kind {
    match outcome {
        Outcome::Records(_) => Kind::Records,
        Outcome::NoData => Kind::NoData,
        Outcome::NxDomain => Kind::NxDomain,
        Outcome::Fault(Fault::Bogus) => Kind::Bogus,
        Outcome::Fault(fault) => panic!("{fault}"),
    }
}

fn number(rtype: RecordType) -> u16 {
    match rtype {
        RecordType::A => 1,
        RecordType::Cname => 5,
        RecordType::Soa => 6,
        RecordType::Mx => 15,
        RecordType::Txt => 16,
        RecordType::Aaaa => 28,
        RecordType::Tlsa => 52,
        other => panic!("{other:?}"),
    }
}

fn cases() -> Vec<(String, RecordType, Kind, Secure)> {
    use Kind::{Bogus, NoData, NxDomain, Records};
    let mut cases = vec![
        (".".to_owned(), RecordType::Soa, Records, Secure::Secure),
        (
            "nowhere.".to_owned(),
            RecordType::A,
            NxDomain,
            Secure::Secure,
        ),
    ];
    for (zone, secure) in [
        ("signed", Secure::Secure),
        ("nsec3", Secure::Secure),
        ("plain", Secure::Insecure),
    ] {
        let insecure = Secure::Insecure;
        for (name, rtype, kind, secure) in [
            ("@", RecordType::Mx, Records, secure),
            ("@", RecordType::Aaaa, NoData, secure),
            ("mx1.@", RecordType::A, Records, secure),
            ("mx2.@", RecordType::A, Records, secure),
            ("mx2.@", RecordType::Cname, Records, secure),
            ("mx1.@", RecordType::Aaaa, NoData, secure),
            ("nope.@", RecordType::A, NxDomain, secure),
            ("_mta-sts.@", RecordType::Txt, Records, secure),
            ("_25._tcp.mx1.@", RecordType::Tlsa, Records, secure),
            ("_25._tcp.mx2.@", RecordType::Tlsa, Records, secure),
            ("_25._tcp.real.@", RecordType::Tlsa, NxDomain, secure),
            ("_tcp.mx1.@", RecordType::Tlsa, NoData, secure),
            ("foo.wild.@", RecordType::Mx, Records, secure),
            ("foo.wild.@", RecordType::Tlsa, NoData, secure),
            // RFC 7672 §2.2.2: the alias is secure, its target is not.
            ("mta-sts.@", RecordType::Cname, Records, secure),
            ("mta-sts.@", RecordType::A, Records, insecure),
            ("_smtp._tls.@", RecordType::Txt, Records, insecure),
        ] {
            cases.push((name.replace('@', zone), rtype, kind, secure));
        }
    }
    for (name, rtype) in [
        ("bogus", RecordType::Mx),
        ("mx1.bogus", RecordType::A),
        ("nope.bogus", RecordType::A),
        ("_25._tcp.mx1.bogus", RecordType::Tlsa),
        ("mta-sts.bogus", RecordType::Cname),
    ] {
        cases.push((name.to_owned(), rtype, Bogus, Secure::Unknown));
    }
    cases
}

/// [N-01] [D-18] [D-13] [D-14] Trusting Unbound's AD and validating in this process both agree with
/// Unbound, on secure, insecure and bogus alike, for NSEC and NSEC3 zones.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_ways_agree_with_unbound() {
    let lab = tokio::task::spawn_blocking(make_lab).await.unwrap();
    let trusting = Dns::new(DnsConfig::new(vec![lab.unbound])).unwrap();
    let anchors = Some(lab.anchors.clone());
    let config = DnsConfig {
        anchors,
        trust_ad: TrustAd::Never,
        ..DnsConfig::new(vec![lab.unbound])
    };
    let validating = Dns::new(config).unwrap();
    assert_eq!(trusting.trust().await, Trust::TrustedAd);
    assert_eq!(validating.trust().await, Trust::Validated);
    for (name, rtype, expected, secure) in cases() {
        let (asked, server) = (name.clone(), lab.unbound);
        let oracle = tokio::task::spawn_blocking(move || raw(server, &asked, number(rtype)));
        let (rcode, ad, _) = oracle.await.unwrap().unwrap();
        assert_eq!(ad, secure == Secure::Secure, "Unbound on {name} {rtype:?}");
        assert_eq!(
            rcode == 2,
            expected == Kind::Bogus,
            "Unbound on {name} {rtype:?}"
        );
        for (way, dns) in [("AD", &trusting), ("in process", &validating)] {
            let answer = dns.query(&Owner::parse(&name).unwrap(), rtype).await;
            assert_eq!(
                kind(&answer.outcome),
                expected,
                "{way}: {name} {rtype:?} {answer:?}"
            );
            assert_eq!(answer.secure, secure, "{way}: {name} {rtype:?}");
        }
    }
    let answer = validating
        .query(&Owner::parse("_mta-sts.nsec3").unwrap(), RecordType::Txt)
        .await;
    assert_eq!(
        answer.records()[0].text(),
        Some(&b"v=STSv1; id=20261121T000000;"[..])
    );
    let answer = trusting
        .query(&Owner::parse("mta-sts.signed").unwrap(), RecordType::A)
        .await;
    assert_eq!(answer.cname, [Owner::parse("host.plain").unwrap()]);
    authoritative(&lab).await;
    doubters(&lab).await;
}

/// An authoritative server is asked without recursion.
async fn authoritative(lab: &Lab) {
    let allow = Allow::Everything;
    let dns = Dns::new(DnsConfig {
        allow,
        ..DnsConfig::new(vec![lab.unbound])
    })
    .unwrap();
    let ask = async |name: &str| {
        dns.ask(lab.knot, &Owner::parse(name).unwrap(), RecordType::Mx)
            .await
    };
    let answer = ask("signed").await;
    assert_eq!((answer.records().len(), answer.authoritative), (2, true));
    assert_eq!(answer.secure, Secure::Unknown);
    // sub.signed is delegated, and this server does not serve it.
    assert_eq!(ask("x.sub.signed").await.failed(), Some(Fault::Lame));
}

/// [N-01] A resolver that never shows AD, and one that is not trusted, prove nothing. One whose
/// answers were signed by nobody that we know is bogus to who validates.
async fn doubters(lab: &Lab) {
    let owner = Owner::parse("signed").unwrap();
    for (server, trust_ad) in [(lab.knot, TrustAd::Always), (lab.unbound, TrustAd::Never)] {
        let dns = Dns::new(DnsConfig {
            trust_ad,
            ..DnsConfig::new(vec![server])
        })
        .unwrap();
        assert_eq!(dns.trust().await, Trust::Untrusted);
        let answer = dns.query(&owner, RecordType::Mx).await;
        assert_eq!(
            (answer.records().len(), answer.secure),
            (2, Secure::Unknown)
        );
    }
    let anchors = Some(forged(&lab.anchors));
    let dns = Dns::new(DnsConfig {
        anchors,
        ..DnsConfig::new(vec![lab.unbound])
    })
    .unwrap();
    assert_eq!(
        dns.query(&owner, RecordType::Mx).await.failed(),
        Some(Fault::Bogus)
    );
    // What was changed on the way is bogus; what was left alone is secure.
    let anchors = Some(lab.anchors.clone());
    let dns = Dns::new(DnsConfig {
        anchors,
        ..DnsConfig::new(vec![liar(lab.unbound)])
    })
    .unwrap();
    let forged = Owner::parse("mx1.signed").unwrap();
    assert_eq!(
        dns.query(&forged, RecordType::A).await.failed(),
        Some(Fault::Bogus)
    );
    assert_eq!(
        dns.query(&owner, RecordType::Txt).await.secure,
        Secure::Secure
    );
}

/// A relay that changes every 127.0.0.1 in the answers.
fn liar(server: SocketAddr) -> SocketAddr {
    let front = UdpSocket::bind("127.0.0.1:0").unwrap();
    let addr = front.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut buffer = vec![0; 65_535];
        while let Ok((length, from)) = front.recv_from(&mut buffer) {
            let back = UdpSocket::bind("127.0.0.1:0").unwrap();
            back.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
            back.send_to(&buffer[..length], server).unwrap();
            let Ok(length) = back.recv(&mut buffer) else {
                continue;
            };
            let mut answer = buffer[..length].to_vec();
            for at in 12..length.saturating_sub(3) {
                if answer[at..at + 4] == [127, 0, 0, 1] {
                    answer[at + 3] = 66;
                }
            }
            front.send_to(&answer, from).unwrap();
        }
    });
    addr
}
