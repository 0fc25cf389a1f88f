//! What servers present: rustls for what is new, `openssl s_server` for what is old.

use std::{
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

use net::{
    dns::Tlsa,
    tls::{
        Alert, CertFault, DaneOutcome, Expect, KeyKind, TaFault, TlsError, TlsFacts, TlsFailure,
        TlsVersion, inspect, judge_chain,
        legacy::{self, Answered},
    },
};
use rcgen::ExtendedKeyUsagePurpose;
use tokio::{
    io::AsyncWriteExt as _,
    net::{TcpListener, TcpStream},
    time::{Duration, Instant},
};
use tokio_rustls::TlsAcceptor;

use crate::certs::{Ca, Leaf, Served, host, now};

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(5)
}

async fn serve(config: std::sync::Arc<rustls::ServerConfig>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let acceptor = TlsAcceptor::from(config.clone());
            tokio::spawn(async move {
                if let Ok(mut stream) = acceptor.accept(stream).await {
                    let _ = stream.shutdown().await;
                }
            });
        }
    });
    addr
}

async fn look(addr: SocketAddr, expect: &Expect) -> Result<TlsFacts, TlsFailure> {
    let stream = TcpStream::connect(addr).await.unwrap();
    inspect(stream, expect, soon())
        .await
        .map(|(_, facts)| facts)
}

/// [V-04] [C-05] [F-02] A certificate for the host is found trusted, and every fault of the others
/// is named, not only the first; the common name counts for nothing.
#[tokio::test]
async fn every_fault_of_a_chain_is_found() {
    use CertFault::*;
    let (good, evil) = (Ca::new("good ca"), Ca::new("evil ca"));
    let twin = Ca::new("good ca");
    let middle = good.intermediate("middle ca");
    let leaf = Leaf::default();
    let wrong: &[&str] = &["other.example"];
    let past = (-30, -1);
    let client = Some(ExtendedKeyUsagePurpose::ClientAuth);
    let cn_only = Leaf {
        names: &[],
        common_name: Some("mx1.example"),
        ..leaf.clone()
    };
    let no_name = Leaf {
        names: &[],
        common_name: Some("nobody"),
        ..leaf.clone()
    };
    let cn_too = Leaf {
        names: wrong,
        common_name: Some("mx1.example"),
        ..leaf.clone()
    };
    let expired = Leaf {
        days: past,
        ..leaf.clone()
    };
    let expired_wrong = Leaf {
        names: wrong,
        ..expired.clone()
    };
    let table: Vec<(&str, Served, Vec<CertFault>)> = vec![
        ("good", good.issue(&leaf, &[]), vec![]),
        ("good with root", good.issue(&leaf, &[&good]), vec![]),
        ("intermediate", middle.issue(&leaf, &[&middle]), vec![]),
        (
            "wildcard",
            good.issue(
                &Leaf {
                    names: &["*.sub.example"],
                    ..leaf.clone()
                },
                &[],
            ),
            vec![NameMismatch],
        ),
        ("expired", good.issue(&expired, &[]), vec![Expired]),
        (
            "not yet",
            good.issue(
                &Leaf {
                    days: (1, 30),
                    ..leaf.clone()
                },
                &[],
            ),
            vec![NotYetValid],
        ),
        (
            "wrong name",
            good.issue(
                &Leaf {
                    names: wrong,
                    ..leaf.clone()
                },
                &[],
            ),
            vec![NameMismatch],
        ),
        ("cn only", good.issue(&cn_only, &[]), vec![CnOnly]),
        ("no name", good.issue(&no_name, &[]), vec![NameMismatch]),
        (
            "cn beside a dns-id",
            good.issue(&cn_too, &[]),
            vec![NameMismatch],
        ),
        (
            "expired, wrong name",
            good.issue(&expired_wrong, &[]),
            vec![Expired, NameMismatch],
        ),
        ("untrusted", evil.issue(&leaf, &[&evil]), vec![Untrusted]),
        ("namesake", twin.issue(&leaf, &[&twin]), vec![Untrusted]),
        (
            "untrusted, expired, wrong name",
            evil.issue(&expired_wrong, &[&evil]),
            vec![Expired, NameMismatch, Untrusted],
        ),
        (
            "incomplete",
            middle.issue(&leaf, &[]),
            vec![IncompleteChain],
        ),
        (
            "incomplete, expired",
            middle.issue(&expired, &[]),
            vec![Expired, IncompleteChain],
        ),
        ("self-signed", leaf.self_signed(), vec![SelfSigned]),
        (
            "self-signed, expired",
            expired.self_signed(),
            vec![Expired, SelfSigned],
        ),
        (
            "self-signed, wrong name",
            Leaf {
                names: wrong,
                ..leaf.clone()
            }
            .self_signed(),
            vec![NameMismatch, SelfSigned],
        ),
        (
            "client's",
            good.issue(
                &Leaf {
                    usage: client.clone(),
                    ..leaf.clone()
                },
                &[],
            ),
            vec![WrongUsage],
        ),
        (
            "client's, untrusted",
            evil.issue(
                &Leaf {
                    usage: client,
                    ..leaf.clone()
                },
                &[&evil],
            ),
            vec![Untrusted, WrongUsage],
        ),
    ];
    let expect = Expect::pkix(host("mx1.example"), good.roots(), now());
    for (case, served, faults) in table {
        for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
            let facts = look(serve(served.config_for(&[version])).await, &expect).await;
            let facts = facts.unwrap_or_else(|failure| panic!("{case}: {failure}"));
            assert_eq!(facts.pkix_faults, faults, "{case}");
            assert_eq!(facts.is_trusted(), faults.is_empty());
            assert_eq!(facts.version.to_wire(), u16::from(version.version));
            assert_eq!(facts.chain.len(), served.chain.len(), "{case}");
            assert_eq!(facts.dane, None);
        }
        assert_eq!(
            judge_chain(&served.der(), &expect).pkix_faults,
            faults,
            "{case}"
        );
    }
}

/// [F-03] A wildcard stands for the whole left-most label of the name, for a policy host as for an
/// MX.
#[test]
fn wildcards_cover_one_label() {
    let ca = Ca::new("ca");
    let served = ca.issue(
        &Leaf {
            names: &["*.mail.example"],
            ..Leaf::default()
        },
        &[],
    );
    for (name, covered) in [
        ("a.mail.example", true),
        ("a.b.mail.example", false),
        ("mail.example", false),
    ] {
        let expect = Expect::pkix(host(name), ca.roots(), now());
        let faults = judge_chain(&served.der(), &expect).pkix_faults;
        assert_eq!(faults.is_empty(), covered, "{name}: {faults:?}");
    }
}

/// [C-06] An address among the names of a certificate names no host, and keeps none from being
/// named.
#[test]
fn an_address_names_no_host() {
    let ca = Ca::new("ca");
    let cases: [(&[&str], &[CertFault]); 2] = [
        (&["192.0.2.1"], &[CertFault::NameMismatch]),
        (&["192.0.2.1", "mx1.example"], &[]),
    ];
    for (names, faults) in cases {
        let leaf = Leaf {
            names,
            ..Leaf::default()
        };
        let expect = Expect::pkix(host("mx1.example"), ca.roots(), now());
        let judged = judge_chain(&ca.issue(&leaf, &[]).der(), &expect);
        assert_eq!(judged.pkix_faults, faults, "{names:?}");
    }
}

fn tlsa(usage: u8, selector: u8, matching: u8, der: &[u8], spki: &[u8; 32]) -> Tlsa {
    let data = match (selector, matching) {
        (0, 0) => der.to_vec(),
        (0, 2) => aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA512, der)
            .as_ref()
            .to_vec(),
        (0, _) => aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, der)
            .as_ref()
            .to_vec(),
        _ => spki.to_vec(),
    };
    Tlsa {
        usage,
        selector,
        matching,
        data,
    }
}

/// [N-08] DANE-EE heeds neither name nor expiry. [N-09] DANE-TA needs the anchor in the chain, a
/// path to it and a reference name in the leaf.
#[test]
fn dane_judges_by_its_own_rules() {
    let (good, evil) = (Ca::new("good ca"), Ca::new("evil ca"));
    let middle = good.intermediate("middle ca");
    let leaf = Leaf::default();
    let info = |served: &Served, at: usize| {
        let expect = Expect::pkix(host("mx1.example"), good.roots(), now());
        judge_chain(&served.der(), &expect).chain[at].clone()
    };
    let record = |served: &Served, at: usize, (usage, selector, matching): (u8, u8, u8)| {
        let cert = info(served, at);
        tlsa(usage, selector, matching, &cert.der, &cert.spki_sha256)
    };
    let full = middle.issue(&leaf, &[&middle, &good]);
    let bare = middle.issue(&leaf, &[]);
    let wrong = Leaf {
        names: &["other.example"],
        days: (-30, -1),
        ..leaf.clone()
    };
    let wrong = evil.issue(&wrong, &[&evil]);
    let other_name = Leaf {
        names: &["other.example"],
        ..leaf.clone()
    };
    let other_name = middle.issue(&other_name, &[&middle]);
    let next_hop = middle.issue(
        &Leaf {
            names: &["example"],
            ..leaf.clone()
        },
        &[&middle],
    );
    let expired = middle.issue(
        &Leaf {
            days: (-30, -1),
            ..leaf.clone()
        },
        &[&middle],
    );
    let alien = evil.issue(&leaf, &[&middle]);
    let one = |record: Tlsa| vec![record];
    let hit = |index, usage| Some(DaneOutcome::Match { index, usage });
    let stale = Tlsa {
        usage: 3,
        selector: 1,
        matching: 1,
        data: vec![7; 32],
    };
    let pkix_ee = record(&full, 0, (1, 1, 1));
    let table: Vec<(&str, &Served, Vec<Tlsa>, Option<DaneOutcome>)> = vec![
        ("none", &full, vec![], None),
        ("3 1 1", &full, one(record(&full, 0, (3, 1, 1))), hit(0, 3)),
        ("3 0 1", &full, one(record(&full, 0, (3, 0, 1))), hit(0, 3)),
        ("3 0 2", &full, one(record(&full, 0, (3, 0, 2))), hit(0, 3)),
        ("3 0 0", &full, one(record(&full, 0, (3, 0, 0))), hit(0, 3)),
        (
            "ee: expired, wrong name, untrusted",
            &wrong,
            one(record(&wrong, 0, (3, 1, 1))),
            hit(0, 3),
        ),
        (
            "second of two",
            &full,
            vec![stale.clone(), record(&full, 0, (3, 1, 1))],
            hit(1, 3),
        ),
        (
            "stale",
            &full,
            one(stale.clone()),
            Some(DaneOutcome::NoMatch),
        ),
        ("2 1 1", &full, one(record(&full, 1, (2, 1, 1))), hit(0, 2)),
        (
            "2 0 1 root",
            &full,
            one(record(&full, 2, (2, 0, 1))),
            hit(0, 2),
        ),
        (
            "2 0 0 root",
            &full,
            one(record(&full, 2, (2, 0, 0))),
            hit(0, 2),
        ),
        (
            "ta not sent",
            &bare,
            one(record(&full, 1, (2, 1, 1))),
            Some(DaneOutcome::TaNotSent),
        ),
        (
            "ta not sent, and a stale ee",
            &bare,
            vec![record(&full, 1, (2, 1, 1)), stale.clone()],
            Some(DaneOutcome::NoMatch),
        ),
        (
            "ta: wrong name",
            &other_name,
            one(record(&full, 1, (2, 1, 1))),
            Some(DaneOutcome::TaNameMismatch),
        ),
        (
            "ta: next-hop domain",
            &next_hop,
            one(record(&full, 1, (2, 1, 1))),
            hit(0, 2),
        ),
        (
            "ta: expired",
            &expired,
            one(record(&full, 1, (2, 1, 1))),
            Some(DaneOutcome::TaInvalid(TaFault::Expired)),
        ),
        (
            "ta: not issued",
            &alien,
            one(record(&full, 1, (2, 1, 1))),
            Some(DaneOutcome::TaInvalid(TaFault::NotIssued)),
        ),
        ("pkix usage is unusable", &full, one(pkix_ee.clone()), None),
        (
            "unusable beside stale",
            &full,
            vec![pkix_ee, stale.clone()],
            Some(DaneOutcome::NoMatch),
        ),
        (
            "bad length",
            &full,
            one(Tlsa {
                data: vec![7; 31],
                ..stale.clone()
            }),
            None,
        ),
        (
            "unknown selector",
            &full,
            one(Tlsa {
                selector: 2,
                ..stale.clone()
            }),
            None,
        ),
        (
            "unknown matching",
            &full,
            one(Tlsa {
                matching: 3,
                ..stale.clone()
            }),
            None,
        ),
        (
            "empty full match",
            &full,
            one(Tlsa {
                matching: 0,
                data: vec![],
                ..stale
            }),
            None,
        ),
    ];
    for (case, served, records, expected) in table {
        let mut expect = Expect::pkix(host("mx1.example"), good.roots(), now());
        expect.tlsa = records;
        expect.dane_names = vec![host("mx1.example"), host("example")];
        assert_eq!(judge_chain(&served.der(), &expect).dane, expected, "{case}");
    }
}

#[test]
fn certificates_are_described() {
    let ca = Ca::new("ca");
    let leaf = Leaf {
        names: &["MX1.example", "b.example"],
        common_name: Some("cn"),
        ..Leaf::default()
    };
    let expect = Expect::pkix(host("mx1.example"), ca.roots(), now());
    let judged = judge_chain(&ca.issue(&leaf, &[&ca]).der(), &expect);
    let [leaf, root] = judged.chain.as_slice() else {
        panic!("two certificates")
    };
    assert_eq!(leaf.dns_names, ["mx1.example", "b.example"]);
    assert_eq!(leaf.common_names, ["cn"]);
    assert_eq!(leaf.key, KeyKind::Ec(256));
    assert_eq!(
        (leaf.signature.as_str(), leaf.weak_signature),
        ("ecdsaWithSHA256", false)
    );
    assert!(leaf.readable && !leaf.self_signed && !leaf.is_ca && leaf.x509_version == 3);
    assert!(root.self_signed && root.is_ca);
    assert!(leaf.issuer.contains("ca") && leaf.not_before < leaf.not_after);
    // What is no certificate is a fault, not a panic.
    for junk in [vec![], vec![0x30, 0x80], vec![0x30; 200]] {
        let judged = judge_chain(&[junk], &expect);
        assert!(judged.pkix_faults.contains(&CertFault::Malformed) && !judged.chain[0].readable);
    }
    assert_eq!(
        judge_chain(&[], &expect).pkix_faults,
        [CertFault::Malformed]
    );
}

/// Two handshakes with one server both show the certificate: nothing is resumed.
#[tokio::test]
async fn no_session_is_resumed() {
    let ca = Ca::new("ca");
    let addr = serve(ca.issue(&Leaf::default(), &[]).config()).await;
    let expect = Expect::pkix(host("mx1.example"), ca.roots(), now());
    for _ in 0..3 {
        assert_eq!(look(addr, &expect).await.unwrap().chain.len(), 1);
    }
}

async fn says(octets: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let mut hello = [0; 1024];
                let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut hello).await;
                let _ = stream.write_all(octets).await;
                let _ = stream.shutdown().await;
                // Held open where nothing was to be said.
                let wait = if octets.is_empty() { 60 } else { 0 };
                tokio::time::sleep(Duration::from_secs(wait)).await;
            });
        }
    });
    addr
}

#[tokio::test]
async fn failed_handshakes_are_told_apart() {
    let ca = Ca::new("ca");
    let expect = Expect::pkix(host("mx1.example"), ca.roots(), now());
    let table: &[(&[u8], TlsError)] = &[
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", TlsError::NotTls),
        (b"220 mx.example\r\n", TlsError::NotTls),
        (
            &[21, 3, 3, 0, 2, 2, 112],
            TlsError::Alert(Alert::UNRECOGNIZED_NAME),
        ),
        (
            &[21, 3, 1, 0, 2, 2, 40],
            TlsError::Alert(Alert::HANDSHAKE_FAILURE),
        ),
        (
            &[21, 3, 1, 0, 2, 2, 70],
            TlsError::Alert(Alert::PROTOCOL_VERSION),
        ),
        (&[22, 3, 3], TlsError::Closed),
    ];
    for (octets, expected) in table {
        let failure = look(says(octets).await, &expect).await.unwrap_err();
        assert_eq!(failure.error, *expected, "{octets:?}");
        assert_eq!(failure.seen, None);
    }
    assert_eq!(
        Alert::UNRECOGNIZED_NAME.to_string(),
        "unrecognized_name (112)"
    );
}

#[tokio::test]
async fn a_silent_server_is_given_up_in_time() {
    let ca = Ca::new("ca");
    let expect = Expect::pkix(host("mx1.example"), ca.roots(), now());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let deadline = || Instant::now() + Duration::from_millis(200);
    let stream = TcpStream::connect(addr).await.unwrap();
    let failure = inspect(stream, &expect, deadline()).await.unwrap_err();
    assert_eq!(failure.error, TlsError::Timeout);
    let mut stream = TcpStream::connect(addr).await.unwrap();
    let answered = legacy::hello(&mut stream, None, TlsVersion::Tls12, deadline()).await;
    assert_eq!(answered, Answered::Timeout);
}

/// `openssl s_server` on a free port, ended with the value.
struct Openssl {
    child: Child,
    addr: SocketAddr,
}

impl Openssl {
    async fn start(dir: &Path, args: &[&str]) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = free.local_addr().unwrap();
        drop(free);
        let child = Command::new("openssl")
            .args(["s_server", "-quiet", "-accept", &addr.to_string()])
            .args(args)
            .current_dir(dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the package openssl is needed");
        let started = Instant::now();
        while TcpStream::connect(addr).await.is_err() {
            assert!(
                started.elapsed() < Duration::from_secs(10),
                "openssl does not start: {args:?}"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Self { child, addr }
    }
}

impl Drop for Openssl {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn openssl(dir: &Path, args: &str) {
    let output = Command::new("openssl")
        .args(args.split(' '))
        .current_dir(dir)
        .output()
        .expect("the package openssl is needed");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "openssl {args}: {message}");
}

/// [F-19] What our TLS library refuses is read all the same: version, suite and certificate of
/// servers that know only TLS 1.0 or 1.1, CBC, DHE or RSA key exchange.
#[tokio::test]
async fn old_servers_are_read_by_hand() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    openssl(
        dir,
        "req -x509 -newkey rsa:2048 -nodes -keyout rsa.key -out rsa.crt -days 30 -subj /CN=old.example -addext subjectAltName=DNS:mx1.example",
    );
    openssl(
        dir,
        "req -x509 -newkey rsa:1024 -nodes -keyout weak.key -out weak.crt -days 30 -subj /CN=weak.example -sha1",
    );
    let rsa = ["-cert", "rsa.crt", "-key", "rsa.key"];
    let weak = ["-cert", "weak.crt", "-key", "weak.key"];
    let low = ["-cipher", "DEFAULT:@SECLEVEL=0"];
    let table: Vec<(&str, Vec<&str>, TlsVersion, Option<u16>, u32)> = vec![
        (
            "tls 1.0",
            [&rsa[..], &low, &["-tls1"]].concat(),
            TlsVersion::Tls10,
            None,
            2048,
        ),
        (
            "tls 1.1",
            [&rsa[..], &low, &["-tls1_1"]].concat(),
            TlsVersion::Tls11,
            None,
            2048,
        ),
        (
            "cbc",
            [&rsa[..], &["-tls1_2", "-cipher", "ECDHE-RSA-AES128-SHA256"]].concat(),
            TlsVersion::Tls12,
            Some(0xc027),
            2048,
        ),
        (
            "dhe",
            [
                &rsa[..],
                &["-tls1_2", "-cipher", "DHE-RSA-AES128-GCM-SHA256"],
            ]
            .concat(),
            TlsVersion::Tls12,
            Some(0x009e),
            2048,
        ),
        (
            "rsa kx",
            [&rsa[..], &["-tls1_2", "-cipher", "AES128-GCM-SHA256"]].concat(),
            TlsVersion::Tls12,
            Some(0x009c),
            2048,
        ),
        (
            "rsa 1024",
            [&weak[..], &low, &["-tls1_2"]].concat(),
            TlsVersion::Tls12,
            None,
            1024,
        ),
    ];
    let ca = Ca::new("ca");
    let expect = Expect::pkix(host("mx1.example"), ca.roots(), now());
    for (case, args, version, cipher, bits) in table {
        let server = Openssl::start(dir, &args).await;
        let failure = look(server.addr, &expect).await.unwrap_err();
        assert!(
            !matches!(failure.error, TlsError::Timeout | TlsError::NotTls),
            "{case}: {failure}"
        );
        let mut stream = TcpStream::connect(server.addr).await.unwrap();
        let sni = host("mx1.example");
        let answered = legacy::hello(&mut stream, Some(&sni), TlsVersion::Tls12, soon()).await;
        let Answered::Presented(presented) = answered else {
            panic!("{case}: {answered:?}")
        };
        // s_server serves one connection at a time.
        drop(stream);
        assert_eq!(presented.version, version, "{case}");
        assert!(
            cipher.is_none_or(|cipher| cipher == presented.cipher),
            "{case}"
        );
        let judged = judge_chain(&presented.chain, &expect);
        assert_eq!(judged.chain[0].key, KeyKind::Rsa(bits), "{case}");
        assert_eq!(judged.chain[0].weak_signature, bits == 1024, "{case}");
        // Asked for TLS 1.0 only, newer servers refuse and the old ones do not.
        let mut stream = TcpStream::connect(server.addr).await.unwrap();
        let answered = legacy::hello(&mut stream, None, TlsVersion::Tls10, soon()).await;
        let offers = matches!(answered, Answered::Presented(_));
        assert_eq!(offers, version == TlsVersion::Tls10, "{case}: {answered:?}");
    }
}

/// [N-08] An X.509 v1 leaf completes the handshake in both versions and matches under DANE-EE;
/// PKIX has no use for it.
#[tokio::test]
async fn an_x509_v1_leaf_serves_dane_ee() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    openssl(
        dir,
        "req -new -newkey rsa:2048 -nodes -keyout v1.key -out v1.csr -subj /CN=mx1.example",
    );
    openssl(
        dir,
        "x509 -req -in v1.csr -signkey v1.key -out v1.crt -days 30",
    );
    openssl(dir, "x509 -in v1.crt -outform DER -out v1.der");
    let der = std::fs::read(dir.join("v1.der")).unwrap();
    let ca = Ca::new("ca");
    let mut expect = Expect::pkix(host("mx1.example"), ca.roots(), now());
    let info = judge_chain(std::slice::from_ref(&der), &expect)
        .chain
        .remove(0);
    expect.tlsa = vec![tlsa(3, 1, 1, &der, &info.spki_sha256)];
    for version in ["-tls1_2", "-tls1_3"] {
        let server = Openssl::start(dir, &["-cert", "v1.crt", "-key", "v1.key", version]).await;
        let facts = look(server.addr, &expect).await.unwrap();
        assert_eq!(
            facts.dane,
            Some(DaneOutcome::Match { index: 0, usage: 3 }),
            "{version}"
        );
        assert_eq!(info.x509_version, 1);
        assert!(
            facts.pkix_faults.contains(&CertFault::Malformed),
            "{:?}",
            facts.pkix_faults
        );
        assert!(facts.pkix_faults.contains(&CertFault::CnOnly));
    }
}
