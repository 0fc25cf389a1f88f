//! Policy fetches from scripted hosts.

use std::{net::SocketAddr, sync::Arc};

use names::Domain;
use net::{
    dial::{Allow, DialError, Dialler},
    https::{Fetch, FetchError, FetchFailure, Fetched, Https, MAX_BODY, Stage, WELL_KNOWN},
    tls::{Alert, CertFault, TlsError, TlsVersion},
};
use rustls::ServerConfig;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    sync::mpsc,
    time::{Duration, Instant},
};
use tokio_rustls::TlsAcceptor;

use crate::certs::{Ca, Leaf, now};

const HOST: &str = "mta-sts.example";
const POLICY: &str = "version: STSv1\nmode: none\nmax_age: 86400\n";

fn leaf() -> Leaf<'static> {
    Leaf {
        names: &[HOST],
        ..Leaf::default()
    }
}

/// Answers every request with the same octets and hands out request head and SNI.
async fn serve(
    config: Arc<ServerConfig>,
    answer: Vec<u8>,
    hold: bool,
) -> (
    SocketAddr,
    mpsc::UnboundedReceiver<(String, Option<String>)>,
) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let (said, heard) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let (acceptor, answer) = (TlsAcceptor::from(config.clone()), answer.clone());
            let said = said.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    return;
                };
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    if stream.read_buf(&mut head).await.unwrap_or(0) == 0 {
                        return;
                    }
                }
                let name = stream.get_ref().1.server_name().map(ToOwned::to_owned);
                let _ = said.send((String::from_utf8(head).unwrap(), name));
                let _ = stream.write_all(&answer).await;
                let _ = stream.flush().await;
                if hold {
                    tokio::time::sleep(Duration::from_mins(1)).await;
                }
                let _ = stream.shutdown().await;
            });
        }
    });
    (addr, heard)
}

fn fetch(addr: SocketAddr) -> Fetch {
    Fetch {
        host: Domain::parse(HOST).unwrap(),
        addr,
        path: WELL_KNOWN.to_owned(),
        user_agent: "postseal-test".to_owned(),
        now: now(),
        connect_deadline: Instant::now() + Duration::from_secs(2),
        deadline: Instant::now() + Duration::from_secs(4),
        max_body: MAX_BODY,
    }
}

fn https(ca: &Ca) -> Https {
    Https::new(Dialler::new(Allow::Everything, 8), ca.roots())
}

fn answer(head: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

async fn get(ca: &Ca, octets: Vec<u8>) -> Result<Fetched, FetchFailure> {
    let (addr, _heard) = serve(ca.issue(&leaf(), &[]).config(), octets, false).await;
    https(ca).get(&fetch(addr)).await
}

/// [F-01] [F-15] [F-20] [P-01] A policy is fetched from the address given, whatever its name
/// resolves to; SNI and Host carry the policy host. [F-07] Nothing in the request allows a cached answer.
#[tokio::test]
async fn a_policy_is_fetched() {
    let ca = Ca::new("ca");
    let octets = answer(
        "200 OK\r\nContent-Type: Text/Plain; charset=\"UTF-8\"",
        POLICY,
    );
    let (addr, mut heard) = serve(ca.issue(&leaf(), &[]).config(), octets, false).await;
    let fetched = https(&ca).get(&fetch(addr)).await.unwrap();
    assert_eq!(fetched.body, POLICY.as_bytes());
    let media = fetched.media_type.unwrap();
    assert_eq!(
        (media.essence.as_str(), media.charset.as_deref()),
        ("text/plain", Some("utf-8"))
    );
    assert_eq!(media.raw, "Text/Plain; charset=\"UTF-8\"");
    assert!(fetched.tls.is_trusted() && fetched.content_encoding.is_none());
    let (head, sni) = heard.recv().await.unwrap();
    assert_eq!(sni.as_deref(), Some(HOST));
    assert!(
        head.starts_with("GET /.well-known/mta-sts.txt HTTP/1.1\r\n"),
        "{head}"
    );
    let head = head.to_ascii_lowercase();
    assert!(head.contains("\r\nhost: mta-sts.example\r\n"), "{head}");
    assert!(head.contains("\r\nuser-agent: postseal-test\r\n"), "{head}");
    assert!(head.contains("\r\naccept-encoding: identity\r\n"), "{head}");
    assert!(!head.contains("if-") && !head.contains("cookie"), "{head}");
    // Asked again, the host is asked again.
    https(&ca).get(&fetch(addr)).await.unwrap();
    assert!(heard.recv().await.is_some());
}

/// [F-05] Only 200 yields a policy. [F-06] Redirects are told, not followed. [F-07] 304 is no
/// policy either.
#[tokio::test]
async fn no_other_status_is_a_policy() {
    let ca = Ca::new("ca");
    for code in [
        201, 203, 204, 206, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 410, 500, 503,
    ] {
        let head = format!("{code} X\r\nContent-Type: text/plain\r\nLocation: https://127.0.0.1/x");
        let octets = match code {
            204 | 304 => format!("HTTP/1.1 {head}\r\n\r\n").into_bytes(),
            _ => answer(&head, POLICY),
        };
        let failure = get(&ca, octets).await.unwrap_err();
        let location = Some("https://127.0.0.1/x".to_owned());
        assert_eq!(failure.error, FetchError::Status { code, location });
        assert!(failure.tls.is_some());
    }
}

#[tokio::test]
async fn what_is_odd_about_an_answer_is_kept() {
    let ca = Ca::new("ca");
    let table: &[(&str, Option<&str>, Option<&str>)] = &[
        ("", None, None),
        ("\r\nContent-Type: text/html", Some("text/html"), None),
        ("\r\nContent-Type: nonsense", Some(""), None),
        (
            "\r\nContent-Type: text/plain\r\nContent-Encoding: gzip",
            Some("text/plain"),
            Some("gzip"),
        ),
        (
            "\r\nContent-Type: text/plain\r\nContent-Encoding: identity",
            Some("text/plain"),
            None,
        ),
    ];
    for (fields, essence, encoding) in table {
        let fetched = get(&ca, answer(&format!("200 OK{fields}"), POLICY))
            .await
            .unwrap();
        assert_eq!(
            fetched.media_type.map(|media| media.essence).as_deref(),
            *essence
        );
        assert_eq!(fetched.content_encoding.as_deref(), *encoding);
        assert_eq!(fetched.body, POLICY.as_bytes());
    }
}

/// [F-09] The body has a limit, announced or not, and holds at its edge.
#[tokio::test]
async fn a_body_has_a_limit() {
    let ca = Ca::new("ca");
    let full = "x".repeat(MAX_BODY);
    assert_eq!(
        get(&ca, answer("200 OK", &full)).await.unwrap().body.len(),
        MAX_BODY
    );
    let over = "x".repeat(MAX_BODY + 1);
    let too_large = FetchError::TooLarge { limit: MAX_BODY };
    assert_eq!(
        get(&ca, answer("200 OK", &over)).await.unwrap_err().error,
        too_large
    );
    let open = format!("HTTP/1.1 200 OK\r\n\r\n{over}").into_bytes();
    assert_eq!(get(&ca, open).await.unwrap_err().error, too_large);
    let chunked = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{over}\r\n0\r\n\r\n",
        over.len()
    );
    assert_eq!(
        get(&ca, chunked.into_bytes()).await.unwrap_err().error,
        too_large
    );
    let announced = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n";
    assert_eq!(
        get(&ca, announced.into()).await.unwrap_err().error,
        too_large
    );
    let fields = "A: b\r\n".repeat(200);
    let failure = get(&ca, format!("HTTP/1.1 200 OK\r\n{fields}\r\n").into())
        .await
        .unwrap_err();
    assert!(matches!(failure.error, FetchError::Http(_)), "{failure}");
    let field = format!("HTTP/1.1 200 OK\r\nA: {}\r\n\r\n", "b".repeat(100_000));
    let failure = get(&ca, field.into()).await.unwrap_err();
    assert!(matches!(failure.error, FetchError::Http(_)), "{failure}");
}

#[tokio::test]
async fn a_body_cut_short_is_its_own_error() {
    let ca = Ca::new("ca");
    let table = [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nversion: STSv1\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nversion: STSv1\n",
    ];
    for octets in table {
        assert_eq!(
            get(&ca, octets.into()).await.unwrap_err().error,
            FetchError::Truncated
        );
    }
    let failure = get(&ca, b"SSH-2.0-x\r\n\r\n".to_vec()).await.unwrap_err();
    assert!(matches!(failure.error, FetchError::Http(_)), "{failure}");
    let failure = get(&ca, Vec::new()).await.unwrap_err();
    assert!(matches!(failure.error, FetchError::Http(_)), "{failure}");
}

/// [F-01] [F-02] [C-05] A certificate with any fault ends the fetch, and all its faults are told.
#[tokio::test]
async fn a_faulty_certificate_ends_the_fetch() {
    use CertFault::*;
    let (ca, evil) = (Ca::new("ca"), Ca::new("evil"));
    let cn_only = Leaf {
        names: &[],
        common_name: Some(HOST),
        ..leaf()
    };
    let table = vec![
        (
            ca.issue(
                &Leaf {
                    days: (-9, -1),
                    ..leaf()
                },
                &[],
            ),
            vec![Expired],
        ),
        (
            ca.issue(
                &Leaf {
                    names: &["example"],
                    ..leaf()
                },
                &[],
            ),
            vec![NameMismatch],
        ),
        (ca.issue(&cn_only, &[]), vec![CnOnly]),
        (evil.issue(&leaf(), &[&evil]), vec![Untrusted]),
        (leaf().self_signed(), vec![SelfSigned]),
    ];
    for (served, faults) in table {
        let octets = answer("200 OK\r\nContent-Type: text/plain", POLICY);
        let (addr, mut heard) = serve(served.config(), octets, false).await;
        let failure = https(&ca).get(&fetch(addr)).await.unwrap_err();
        assert_eq!(failure.error, FetchError::Certificate(faults.clone()));
        assert_eq!(failure.tls.unwrap().pkix_faults, faults);
        assert!(
            heard.try_recv().is_err(),
            "nothing is asked of a host that is not trusted"
        );
    }
}

async fn raw(octets: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 2048]).await;
            let _ = stream.write_all(octets).await;
        }
    });
    addr
}

/// A `ServerHello` of TLS 1.0, then its certificate message, empty.
const OLD: &[u8] = &[
    22, 3, 1, 0, 49, 2, 0, 0, 38, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x2f, 0, 11, 0, 0, 3, 0, 0, 0,
];

/// [F-19] TLS 1.2 and 1.3 are spoken; what a host without them answers is told by name.
#[tokio::test]
async fn hosts_that_do_not_shake_hands_are_told_apart() {
    let ca = Ca::new("ca");
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let config = ca.issue(&leaf(), &[]).config_for(&[version]);
        let (addr, _heard) = serve(config, answer("200 OK", POLICY), false).await;
        let fetched = https(&ca).get(&fetch(addr)).await.unwrap();
        assert_eq!(fetched.tls.version.to_wire(), u16::from(version.version));
    }
    let cases: &[(&[u8], TlsError)] = &[
        (
            &[21, 3, 3, 0, 2, 2, 112],
            TlsError::Alert(Alert::UNRECOGNIZED_NAME),
        ),
        (
            &[21, 3, 3, 0, 2, 2, 40],
            TlsError::Alert(Alert::HANDSHAKE_FAILURE),
        ),
        (
            &[21, 3, 3, 0, 2, 2, 70],
            TlsError::Alert(Alert::PROTOCOL_VERSION),
        ),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", TlsError::NotTls),
    ];
    for (octets, expected) in cases {
        let failure = https(&ca).get(&fetch(raw(octets).await)).await.unwrap_err();
        let FetchError::Tls(tls) = failure.error else {
            panic!("{failure}")
        };
        assert_eq!(tls.error, *expected);
    }
    let failure = https(&ca).get(&fetch(raw(OLD).await)).await.unwrap_err();
    let FetchError::TlsVersion(presented) = failure.error else {
        panic!("{failure}")
    };
    assert_eq!(
        (presented.version, presented.cipher),
        (TlsVersion::Tls10, 0x2f)
    );
}

/// [F-09] One deadline covers everything, and the stage at which it passed is told.
#[tokio::test]
async fn every_stage_ends_in_time() {
    let ca = Ca::new("ca");
    let soon = || Instant::now() + Duration::from_millis(400);
    let slow = [
        (Vec::new(), Stage::Head),
        (b"HTTP/1.1 200 OK\r\n".to_vec(), Stage::Head),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nvers".to_vec(),
            Stage::Body,
        ),
    ];
    for (octets, stage) in slow {
        let (addr, _heard) = serve(ca.issue(&leaf(), &[]).config(), octets, true).await;
        let failure = https(&ca)
            .get(&Fetch {
                deadline: soon(),
                ..fetch(addr)
            })
            .await
            .unwrap_err();
        assert_eq!(failure.error, FetchError::Timeout(stage));
        assert!(failure.elapsed >= Duration::from_millis(300));
        assert!(failure.elapsed < Duration::from_secs(3));
    }
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = silent.local_addr().unwrap();
    let failure = https(&ca)
        .get(&Fetch {
            deadline: soon(),
            ..fetch(addr)
        })
        .await
        .unwrap_err();
    assert_eq!(failure.error, FetchError::Timeout(Stage::Tls));
    drop(silent);
    let failure = https(&ca).get(&fetch(addr)).await.unwrap_err();
    assert_eq!(failure.error, FetchError::Dial(DialError::Refused));
    let public = Https::new(Dialler::new(Allow::Public, 1), ca.roots());
    let failure = public.get(&fetch(addr)).await.unwrap_err();
    assert!(matches!(
        failure.error,
        FetchError::Dial(DialError::Reserved(_))
    ));
}
