//! Servers that are not the lab's, in the lab's world.

use std::{
    io::{Read as _, Write as _},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::Arc,
    thread,
};

use lab::{Data, ExtraPolicy, ExtraZone, Issue, Lab, LabConfig, LabError, Record};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::aws_lc_rs::default_provider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};

use crate::{
    client::{address, ask, tls},
    folder, start,
};

fn config(name: &str, host: Ipv4Addr) -> LabConfig {
    let policy_host = Lab::policy_host();
    LabConfig {
        zones: vec![ExtraZone {
            apex: "real.example".to_owned(),
            signed: true,
            records: vec![
                Record::mx("real.example", 10, "mx.real.example"),
                Record::new("mx.real.example", Data::A(host)),
                Record::new("mta-sts.real.example", Data::A(policy_host)),
            ],
        }],
        policies: vec![ExtraPolicy {
            domain: "real.example".to_owned(),
            body: b"version: STSv1\r\nmode: testing\r\n".to_vec(),
        }],
        ..LabConfig::new(folder(name))
    }
}

/// A zone of one's own is signed and resolves, its policy is served, and a server outside the lab
/// is trusted with a certificate that the lab issued.
#[test]
fn a_server_of_ones_own() {
    let host = Ipv4Addr::new(127, 99, 0, 1);
    let lab = Lab::start(config("a_server_of_ones_own", host)).expect("it starts");
    assert!(
        ask(lab.dns(), "real.example", 15)
            .expect("an answer")
            .secure
    );
    assert_eq!(
        address(lab.dns(), "mta-sts.real.example"),
        Lab::policy_host()
    );
    let listener = TcpListener::bind((host, 0)).expect("any loopback address serves");
    let there = listener.local_addr().expect("an address");
    for (issue, good) in [(Issue::Valid, true), (Issue::Expired, false)] {
        let key = rcgen::KeyPair::generate().expect("a key").serialize_pem();
        let chain = lab
            .issue(&key, &["mx.real.example"], issue)
            .expect("a certificate");
        let chain = CertificateDer::pem_slice_iter(chain.as_bytes());
        let chain = chain.collect::<Result<Vec<_>, _>>().expect("certificates");
        assert_eq!(chain.len(), 2);
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).expect("a key");
        let server = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("they fit");
        let outcome = thread::scope(|scope| {
            scope.spawn(|| {
                let (stream, _) = listener.accept().expect("a client");
                let connection = ServerConnection::new(Arc::new(server)).expect("a server");
                // The client may well refuse.
                let _sent = StreamOwned::new(connection, stream).write_all(b"x");
            });
            let stream = TcpStream::connect(there).expect("it listens");
            let mut stream = tls(lab.ca_file(), "mx.real.example", stream)?;
            stream.read_exact(&mut [0])
        });
        assert_eq!(outcome.is_ok(), good, "{outcome:?}");
    }
}

/// The policy of an extra zone is served by the shared host.
#[test]
fn a_policy_of_ones_own() {
    let lab = Lab::start(config("a_policy_of_ones_own", Ipv4Addr::LOCALHOST)).expect("it starts");
    let host = "mta-sts.real.example";
    let stream = TcpStream::connect((Lab::policy_host(), lab.https_port())).expect("open");
    let mut stream = tls(lab.ca_file(), host, stream).expect("a handshake");
    let request = format!("GET /.well-known/mta-sts.txt HTTP/1.1\r\nHost: {host}\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(
        answer.ends_with("\r\n\r\nversion: STSv1\r\nmode: testing\r\n"),
        "{answer}"
    );
}

/// Ports can be fixed; a port that is taken is an error, and so is a zone that is there already.
#[test]
fn what_cannot_be_had() {
    let lab = start("what_cannot_be_had");
    let ports = lab::Ports {
        dns: lab.dns().port(),
        ns: lab.ns_port(),
        https: lab.https_port(),
        smtp: lab.smtp_port(),
    };
    let taken = LabConfig {
        ports: Some(ports),
        ..LabConfig::new(folder("what_cannot_be_had"))
    };
    assert!(matches!(Lab::start(taken), Err(LabError::Listen { .. })));
    for apex in ["good.example", "elsewhere.test", "bad..example"] {
        let zone = ExtraZone {
            apex: apex.to_owned(),
            signed: true,
            records: Vec::new(),
        };
        let zones = vec![zone];
        let config = LabConfig {
            zones,
            ..LabConfig::new(folder("what_cannot_be_had"))
        };
        assert!(
            matches!(Lab::start(config), Err(LabError::Zone { .. })),
            "{apex}"
        );
    }
}

/// A lab may live inside another runtime, and gives its addresses back when it ends.
#[test]
fn again_at_the_same_ports() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let lab = start("again_at_the_same_ports");
        let ports = lab::Ports {
            dns: lab.dns().port(),
            ns: lab.ns_port(),
            https: lab.https_port(),
            smtp: lab.smtp_port(),
        };
        drop(lab);
        let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
        let config = LabConfig {
            ports: Some(ports),
            ..LabConfig::new(folder("again_at_the_same_ports"))
        };
        // The old threads end in their own time.
        let lab = loop {
            match Lab::start(config.clone()) {
                Ok(lab) => break lab,
                Err(error) => assert!(std::time::Instant::now() < end, "{error:?}"),
            }
        };
        assert_eq!(lab.smtp_port(), ports.smtp);
    });
}
