//! Conversations with scripted hosts.

use std::{net::SocketAddr, sync::Arc};

use names::Domain;
use net::{
    dial::{Allow, DialError, Dialler},
    smtp::{Probe, Smtp, SmtpError, SmtpFacts, SmtpStage, Starttls, WireError, wire},
    tls::{Alert, CertFault, Expect, TlsError, TlsVersion, legacy::Answered},
};
use rustls::ServerConfig;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::{Duration, Instant},
};
use tokio_rustls::TlsAcceptor;

use crate::certs::{Ca, Leaf, host, now};

/// What a host says, and what it does behind its answer to STARTTLS.
#[derive(Clone)]
struct Script {
    banner: Vec<u8>,
    ehlo: Vec<u8>,
    starttls: Vec<u8>,
    tls: Option<Arc<ServerConfig>>,
    raw: Option<&'static [u8]>,
    ehlo_tls: Vec<u8>,
    injectable: bool,
}

impl Script {
    fn good(tls: Arc<ServerConfig>) -> Self {
        Self {
            banner: b"220 mx1.example ESMTP\r\n".to_vec(),
            ehlo: b"250-mx1.example\r\n250-SIZE 1000\r\n250 STARTTLS\r\n".to_vec(),
            starttls: b"220 go\r\n".to_vec(),
            tls: Some(tls),
            raw: None,
            ehlo_tls: b"250-mx1.example\r\n250 AUTH PLAIN\r\n".to_vec(),
            injectable: false,
        }
    }

    /// Serves the script, and hands out what was said to it.
    async fn serve(self) -> (SocketAddr, mpsc::UnboundedReceiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let (said, heard) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (script, said) = (self.clone(), said.clone());
                tokio::spawn(async move { script.talk(stream, said).await });
            }
        });
        (addr, heard)
    }

    async fn talk(self, mut stream: TcpStream, said: mpsc::UnboundedSender<String>) -> Option<()> {
        stream.write_all(&self.banner).await.ok()?;
        let mut rest = Vec::new();
        loop {
            let line = line(&mut stream, &mut rest, &said).await?;
            match line.get(..4)? {
                "EHLO" => stream.write_all(&self.ehlo).await.ok()?,
                "STAR" => {
                    stream.write_all(&self.starttls).await.ok()?;
                    if let Some(raw) = self.raw {
                        let _ = stream.read(&mut [0; 2048]).await;
                        stream.write_all(raw).await.ok()?;
                        return None;
                    }
                    let acceptor = TlsAcceptor::from(self.tls.clone()?);
                    let stream = acceptor.accept(stream).await.ok()?;
                    // A host that can be injected into takes what came in clear for secure.
                    if !self.injectable {
                        rest.clear();
                    }
                    return self.behind(stream, rest, said).await;
                }
                _ => {
                    stream.write_all(b"221 bye\r\n").await.ok()?;
                    return None;
                }
            }
        }
    }

    async fn behind<S: AsyncRead + AsyncWrite + Unpin>(
        self,
        mut stream: S,
        mut rest: Vec<u8>,
        said: mpsc::UnboundedSender<String>,
    ) -> Option<()> {
        loop {
            let line = line(&mut stream, &mut rest, &said).await?;
            let reply = match line.get(..4)? {
                "EHLO" => &self.ehlo_tls[..],
                "NOOP" => b"250 ok\r\n",
                _ => b"221 bye\r\n",
            };
            stream.write_all(reply).await.ok()?;
            stream.flush().await.ok()?;
        }
    }
}

async fn line<S: AsyncRead + Unpin>(
    stream: &mut S,
    rest: &mut Vec<u8>,
    said: &mpsc::UnboundedSender<String>,
) -> Option<String> {
    loop {
        if let Some(end) = rest.iter().position(|octet| *octet == b'\n') {
            let line: Vec<u8> = rest.drain(..=end).collect();
            let line = String::from_utf8(line).ok()?.trim_end().to_owned();
            let _ = said.send(line.clone());
            return Some(line);
        }
        if stream.read_buf(rest).await.ok()? == 0 {
            return None;
        }
    }
}

fn smtp() -> Smtp {
    Smtp::new(
        Dialler::new(Allow::Everything, 8),
        Domain::parse("probe.example").unwrap(),
    )
}

fn ask(addr: SocketAddr, ca: &Ca) -> Probe {
    Probe {
        addr,
        expect: Expect::pkix(host("mx1.example"), ca.roots(), now()),
        deadline: Instant::now() + Duration::from_secs(5),
        injection: false,
    }
}

/// [V-04] STARTTLS and the certificate of a healthy host are seen; no mail is begun.
#[tokio::test]
async fn a_healthy_host_is_seen_to_the_end() {
    let ca = Ca::new("ca");
    let script = Script::good(ca.issue(&Leaf::default(), &[]).config());
    let (addr, mut heard) = script.serve().await;
    let facts = smtp().probe(&ask(addr, &ca)).await;
    assert_eq!(facts.failure, None);
    assert_eq!(facts.starttls, Starttls::Offered);
    assert_eq!(facts.banner.as_ref().unwrap().text(), "mx1.example ESMTP");
    assert!(facts.ehlo.as_ref().unwrap().has("SIZE"));
    assert!(facts.tls.as_ref().unwrap().as_ref().unwrap().is_trusted());
    assert!(facts.ehlo_tls.as_ref().unwrap().has("AUTH"));
    assert_eq!(
        (facts.early, facts.injected, facts.bare_lf),
        (0, None, false)
    );
    let mut said = Vec::new();
    while let Some(line) = heard.recv().await {
        let done = line == "QUIT";
        said.push(line);
        if done {
            break;
        }
    }
    assert_eq!(
        said,
        [
            "EHLO probe.example",
            "STARTTLS",
            "EHLO probe.example",
            "QUIT"
        ]
    );
}

/// [V-04] A faulty certificate ends no handshake: its faults are facts.
#[tokio::test]
async fn a_faulty_certificate_is_a_fact() {
    let ca = Ca::new("ca");
    let leaf = Leaf {
        names: &["x.example"],
        days: (-9, -2),
        ..Leaf::default()
    };
    let (addr, _heard) = Script::good(ca.issue(&leaf, &[]).config()).serve().await;
    let facts = smtp().probe(&ask(addr, &ca)).await;
    let tls = facts.tls.unwrap().unwrap();
    assert_eq!(
        tls.pkix_faults,
        [CertFault::Expired, CertFault::NameMismatch]
    );
    assert!(facts.ehlo_tls.is_some());
}

type Check = fn(&SmtpFacts);

#[tokio::test]
async fn every_way_to_stop_is_named() {
    let ca = Ca::new("ca");
    let good = Script::good(ca.issue(&Leaf::default(), &[]).config());
    let long = [b"220 ", vec![b'x'; wire::MAX_LINE].as_slice()].concat();
    let many = "250-x\r\n".repeat(wire::MAX_LINES + 1).into_bytes();
    let table: Vec<(&str, Script, Check)> = vec![
        (
            "not now",
            Script {
                banner: b"421 busy\r\n".to_vec(),
                ..good.clone()
            },
            |facts| {
                let failure = facts.failure.as_ref().unwrap();
                assert_eq!(failure.stage, SmtpStage::Greeting);
                assert!(matches!(&failure.error, SmtpError::Code(reply) if reply.code == 421));
            },
        ),
        (
            "no mail here",
            Script {
                banner: b"554 no\r\n".to_vec(),
                ..good.clone()
            },
            |facts| {
                let failure = facts.failure.as_ref().unwrap();
                assert!(matches!(&failure.error, SmtpError::Code(reply) if reply.code == 554));
            },
        ),
        (
            "not smtp",
            Script {
                banner: b"SSH-2.0-x\r\n".to_vec(),
                ..good.clone()
            },
            |facts| {
                let error = &facts.failure.as_ref().unwrap().error;
                assert_eq!(*error, SmtpError::Protocol(WireError::NotAReply));
            },
        ),
        (
            "endless line",
            Script {
                banner: long,
                ..good.clone()
            },
            |facts| {
                let error = &facts.failure.as_ref().unwrap().error;
                assert_eq!(*error, SmtpError::Protocol(WireError::LineTooLong));
            },
        ),
        (
            "endless reply",
            Script {
                ehlo: many,
                ..good.clone()
            },
            |facts| {
                let failure = facts.failure.as_ref().unwrap();
                assert_eq!(failure.stage, SmtpStage::Ehlo);
                assert_eq!(failure.error, SmtpError::Protocol(WireError::TooManyLines));
            },
        ),
        (
            "no EHLO",
            Script {
                ehlo: b"502 what\r\n".to_vec(),
                ..good.clone()
            },
            |facts| {
                assert_eq!(
                    (&facts.starttls, &facts.failure),
                    (&Starttls::Missing, &None)
                );
            },
        ),
        (
            "no STARTTLS",
            Script {
                ehlo: b"250 mx1\r\n".to_vec(),
                ..good.clone()
            },
            |facts| {
                assert_eq!(
                    (&facts.starttls, &facts.failure),
                    (&Starttls::Missing, &None)
                );
                assert_eq!(facts.tls, None);
            },
        ),
        (
            "refused",
            Script {
                starttls: b"454 no\r\n".to_vec(),
                ..good.clone()
            },
            |facts| {
                assert!(matches!(&facts.starttls, Starttls::Refused(reply) if reply.code == 454));
                assert_eq!(facts.tls, None);
            },
        ),
        (
            "octets before the handshake",
            Script {
                starttls: b"220 go\r\n250 evil\r\n".to_vec(),
                ..good.clone()
            },
            |facts| {
                assert_eq!((&facts.starttls, facts.early), (&Starttls::Offered, 10));
                assert_eq!(facts.tls, None);
            },
        ),
        (
            "bare LF",
            Script {
                ehlo: b"250-a\n250 STARTTLS\n".to_vec(),
                ..good.clone()
            },
            |facts| {
                assert!(facts.bare_lf && facts.tls.as_ref().unwrap().is_ok());
            },
        ),
        (
            "alert",
            Script {
                raw: Some(&[21, 3, 3, 0, 2, 2, 40]),
                ..good.clone()
            },
            |facts| {
                let failure = facts.tls.as_ref().unwrap().as_ref().unwrap_err();
                assert_eq!(failure.error, TlsError::Alert(Alert::HANDSHAKE_FAILURE));
                assert_eq!(facts.failure, None);
            },
        ),
        (
            "clear text",
            Script {
                raw: Some(b"500 what\r\n"),
                ..good.clone()
            },
            |facts| {
                assert_eq!(
                    facts.tls.as_ref().unwrap().as_ref().unwrap_err().error,
                    TlsError::NotTls
                );
            },
        ),
        (
            "refused behind",
            Script {
                ehlo_tls: b"421 bye\r\n".to_vec(),
                ..good.clone()
            },
            |facts| {
                assert_eq!(facts.failure.as_ref().unwrap().stage, SmtpStage::EhloTls);
                assert!(facts.tls.as_ref().unwrap().is_ok());
            },
        ),
    ];
    for (case, script, check) in table {
        let (addr, _heard) = script.serve().await;
        let facts = smtp().probe(&ask(addr, &ca)).await;
        println!("{case}: {facts:?}");
        check(&facts);
    }
}

#[tokio::test]
async fn a_host_that_takes_injected_commands_is_found_out() {
    let ca = Ca::new("ca");
    for injectable in [false, true] {
        let script = Script::good(ca.issue(&Leaf::default(), &[]).config());
        let (addr, _heard) = Script {
            injectable,
            ..script
        }
        .serve()
        .await;
        let probe = Probe {
            injection: true,
            ..ask(addr, &ca)
        };
        let facts = smtp().probe(&probe).await;
        assert_eq!(facts.injected, Some(injectable));
        assert!(facts.ehlo_tls.unwrap().has("AUTH"));
    }
}

#[tokio::test]
async fn silence_and_closed_ports_are_told_apart_in_time() {
    let ca = Ca::new("ca");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let deadline = Instant::now() + Duration::from_millis(200);
    let facts = smtp()
        .probe(&Probe {
            deadline,
            ..ask(addr, &ca)
        })
        .await;
    let failure = facts.failure.unwrap();
    assert_eq!(
        (failure.stage, failure.error),
        (SmtpStage::Greeting, SmtpError::Timeout)
    );
    assert!(facts.elapsed < Duration::from_secs(2));
    drop(listener);
    let failure = smtp().probe(&ask(addr, &ca)).await.failure.unwrap();
    assert_eq!(failure.error, SmtpError::Dial(DialError::Refused));
    assert_eq!(failure.stage, SmtpStage::Connect);
}

/// [F-17] [N-13] The SNI is the host asked for, and can be left out.
#[tokio::test]
async fn sni_is_sent_or_left_out() {
    let ca = Ca::new("ca");
    let names = Arc::new(std::sync::Mutex::new(Vec::new()));
    let served = ca.issue(&Leaf::default(), &[]);
    let key = rustls::crypto::aws_lc_rs::sign::any_supported_type(&served.key).unwrap();
    let key = Arc::new(rustls::sign::CertifiedKey::new(served.chain.clone(), key));
    let resolver = Resolver {
        names: Arc::clone(&names),
        key,
    };
    let config = ServerConfig::builder_with_provider(Arc::new(
        rustls::crypto::aws_lc_rs::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .unwrap()
    .with_no_client_auth()
    .with_cert_resolver(Arc::new(resolver));
    let (addr, _heard) = Script::good(Arc::new(config)).serve().await;
    let mut probe = ask(addr, &ca);
    assert!(smtp().probe(&probe).await.tls.unwrap().is_ok());
    probe.expect.sni = None;
    assert!(
        smtp()
            .probe(&probe)
            .await
            .tls
            .unwrap()
            .unwrap()
            .is_trusted()
    );
    assert_eq!(
        *names.lock().unwrap(),
        [Some("mx1.example".to_owned()), None]
    );
}

#[derive(Debug)]
struct Resolver {
    names: Arc<std::sync::Mutex<Vec<Option<String>>>>,
    key: Arc<rustls::sign::CertifiedKey>,
}

impl rustls::server::ResolvesServerCert for Resolver {
    fn resolve(
        &self,
        hello: rustls::server::ClientHello<'_>,
    ) -> Option<Arc<rustls::sign::CertifiedKey>> {
        self.names
            .lock()
            .unwrap()
            .push(hello.server_name().map(ToOwned::to_owned));
        Some(Arc::clone(&self.key))
    }
}

/// An old hello goes through STARTTLS too.
#[tokio::test]
async fn an_old_hello_goes_through_starttls() {
    let ca = Ca::new("ca");
    let served = ca.issue(&Leaf::default(), &[]);
    let good = Script::good(served.config());
    let (addr, _heard) = good.clone().serve().await;
    let answered = smtp()
        .legacy(&ask(addr, &ca), TlsVersion::Tls12)
        .await
        .unwrap();
    let Answered::Presented(presented) = answered else {
        panic!("{answered:?}")
    };
    assert_eq!(
        (presented.version, presented.chain),
        (TlsVersion::Tls12, served.der())
    );
    let answered = smtp()
        .legacy(&ask(addr, &ca), TlsVersion::Tls11)
        .await
        .unwrap();
    assert!(matches!(answered, Answered::Alert(_)), "{answered:?}");
    let (addr, _heard) = Script {
        ehlo: b"250 mx1\r\n".to_vec(),
        ..good
    }
    .serve()
    .await;
    let failure = smtp()
        .legacy(&ask(addr, &ca), TlsVersion::Tls12)
        .await
        .unwrap_err();
    assert_eq!(failure.error, SmtpError::NoStarttls);
}
