//! Each kind of fault, as a client meets it.

use std::{
    io::{self, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use lab::Lab;

use crate::{
    client::{Answer, address, ask, reply, tls},
    start,
};

/// How long a client waits that must see a timeout.
const SHORT: Duration = Duration::from_millis(300);

/// A TLS 1.2 hello without extensions that offers one CBC suite: what an old client says.
const OLD_HELLO: &[u8] = &[
    22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 3, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
    7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 0, 0, 2, 0xc0, 0x09, 1, 0,
];

fn web(lab: &Lab, scenario: &str) -> SocketAddr {
    let host = format!("mta-sts.{scenario}.example");
    (address(lab.dns(), &host), lab.https_port()).into()
}

fn mx(lab: &Lab, scenario: &str) -> SocketAddr {
    (
        address(lab.dns(), &format!("mx1.{scenario}.example")),
        lab.smtp_port(),
    )
        .into()
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("it listens");
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .expect("a timeout");
    stream
}

/// The whole answer to a request for the policy.
fn fetch(lab: &Lab, scenario: &str, agent: &str) -> io::Result<String> {
    let host = format!("mta-sts.{scenario}.example");
    let mut stream = tls(lab.ca_file(), &host, connect(web(lab, scenario)))?;
    let path = "/.well-known/mta-sts.txt";
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut octets = Vec::new();
    stream.read_to_end(&mut octets)?;
    Ok(String::from_utf8_lossy(&octets).into_owned())
}

/// A connection to the scenario's first MX host after 220 to STARTTLS.
fn starttls(lab: &Lab, scenario: &str, command: &[u8]) -> TcpStream {
    let mut stream = connect(mx(lab, scenario));
    assert!(reply(&mut stream).expect("a greeting").starts_with("220 "));
    stream.write_all(b"EHLO test.example\r\n").expect("sent");
    assert!(reply(&mut stream).expect("a reply").contains("STARTTLS"));
    stream.write_all(command).expect("sent");
    assert!(reply(&mut stream).expect("a reply").starts_with("220 "));
    stream
}

/// Connections that are refused, and that are never answered.
#[test]
fn doors() {
    let lab = start("doors");
    let outcome = |address| TcpStream::connect_timeout(&address, SHORT).map_err(|e| e.kind());
    for address in [web(&lab, "host-refused"), mx(&lab, "mx-refused")] {
        assert_eq!(
            outcome(address).err(),
            Some(io::ErrorKind::ConnectionRefused),
            "{address}"
        );
    }
    for address in [web(&lab, "host-timeout"), mx(&lab, "mx-timeout")] {
        assert_eq!(
            outcome(address).err(),
            Some(io::ErrorKind::TimedOut),
            "{address}"
        );
    }
    let mut silent = connect(mx(&lab, "mx-silent"));
    silent.set_read_timeout(Some(SHORT)).expect("a timeout");
    assert!(silent.read(&mut [0; 1]).is_err(), "nothing is said");
}

/// Each bad certificate fails for its own reason, on policy hosts and MX hosts alike.
#[test]
fn certificates() {
    let lab = start("certificates");
    let policy_hosts = [
        ("wrong-name", "NotValidForName"),
        ("expired", "Expired"),
        ("not-yet-valid", "NotValidYet"),
        ("self-signed", "UnknownIssuer"),
        ("untrusted", "UnknownIssuer"),
        ("incomplete-chain", "UnknownIssuer"),
        ("cn-only", "NotValidForName"),
        ("no-certificate", "UnrecognisedName"),
        ("handshake", "InternalError"),
        ("tls10-only", "ProtocolVersion"),
        ("tls11-only", "ProtocolVersion"),
        ("host-old-ciphers", "HandshakeFailure"),
    ];
    for (scenario, fault) in policy_hosts {
        let error = fetch(&lab, scenario, "test").expect_err(scenario);
        assert!(
            format!("{error:?}").contains(fault),
            "{scenario}: {error:?}"
        );
    }
    let mx_hosts = [
        ("mx-wrong-name", "NotValidForName"),
        ("mx-domain-certificate", "NotValidForName"),
        ("mx-expired", "Expired"),
        ("mx-self-signed", "UnknownIssuer"),
        ("mx-untrusted", "UnknownIssuer"),
        ("mx-incomplete-chain", "UnknownIssuer"),
        ("mx-client-certificate", "Invalid"),
        ("mx-cn-only", "NotValidForName"),
        ("starttls-garbage", "InvalidMessage"),
        ("starttls-alert", "HandshakeFailure"),
        ("mx-tls10-only", "ProtocolVersion"),
        ("mx-old-ciphers", "HandshakeFailure"),
    ];
    for (scenario, fault) in mx_hosts {
        let stream = starttls(&lab, scenario, b"STARTTLS\r\n");
        let host = format!("mx1.{scenario}.example");
        let error = tls(lab.ca_file(), &host, stream)
            .map(|_| ())
            .expect_err(scenario);
        assert!(
            format!("{error:?}").contains(fault),
            "{scenario}: {error:?}"
        );
    }
}

/// What an old client sees of hosts of each age: the version and the certificate in the clear, or
/// an alert.
#[test]
fn old_clients() {
    let lab = start("old_clients");
    let cases: [(&str, &[u8]); 5] = [
        ("mx-weak-key", &[22, 3, 3]),
        ("mx-tls10-only", &[22, 3, 1]),
        ("mx-tls11-only", &[22, 3, 2]),
        ("mx-old-ciphers", &[22, 3, 3]),
        ("good", &[21, 3]),
    ];
    for (scenario, expected) in cases {
        let mut stream = starttls(&lab, scenario, b"STARTTLS\r\n");
        stream.write_all(OLD_HELLO).expect("sent");
        let mut head = [0; 5];
        stream.read_exact(&mut head).expect("a record");
        assert!(head.starts_with(expected), "{scenario}: {head:?}");
        if head[0] == 22 {
            let length = usize::from(u16::from_be_bytes([head[3], head[4]]));
            let mut flight = vec![0; length];
            stream.read_exact(&mut flight).expect("the flight");
            let host = format!("mx1.{scenario}.example");
            let found = flight
                .windows(host.len())
                .any(|window| window == host.as_bytes());
            assert!(found, "{scenario}: the certificate is in the clear");
        }
    }
}

/// A host that offers TLS 1.0 beside the newer versions serves old clients and new ones.
#[test]
fn legacy_beside_modern() {
    let lab = start("legacy_beside_modern");
    let mut hello = OLD_HELLO.to_vec();
    // The hello's own version, which is all that counts without extensions: TLS 1.0.
    hello[10] = 1;
    let mut stream = starttls(&lab, "mx-legacy", b"STARTTLS\r\n");
    stream.write_all(&hello).expect("sent");
    let mut head = [0; 3];
    stream.read_exact(&mut head).expect("a record");
    assert_eq!(head, [22, 3, 1]);
    let stream = starttls(&lab, "mx-legacy", b"STARTTLS\r\n");
    tls(lab.ca_file(), "mx1.mx-legacy.example", stream).expect("a handshake");
}

/// Without SNI one host fails and the other shows another certificate; with it both are good.
#[test]
fn server_name_indication() {
    let lab = start("server_name_indication");
    for (scenario, fault) in [
        ("mx-needs-sni", "HandshakeFailure"),
        ("mx-knows-sni", "Issuer"),
    ] {
        let host = format!("mx1.{scenario}.example");
        let stream = starttls(&lab, scenario, b"STARTTLS\r\n");
        tls(lab.ca_file(), &host, stream).expect("a handshake");
        // An address is never sent as SNI.
        let stream = starttls(&lab, scenario, b"STARTTLS\r\n");
        let error = tls(lab.ca_file(), "127.0.0.1", stream)
            .map(|_| ())
            .expect_err(scenario);
        assert!(
            format!("{error:?}").contains(fault),
            "{scenario}: {error:?}"
        );
    }
}

/// The injectable host answers a command from before the handshake; a good one forgets it.
#[test]
fn injection() {
    let lab = start("injection");
    for (scenario, first) in [("injection", "250 "), ("good", "221 ")] {
        let stream = starttls(&lab, scenario, b"STARTTLS\r\nNOOP\r\n");
        let host = format!("mx1.{scenario}.example");
        let mut stream = tls(lab.ca_file(), &host, stream).expect("a handshake");
        stream.write_all(b"QUIT\r\n").expect("sent");
        let reply = reply(&mut stream).expect("a reply");
        assert!(reply.starts_with(first), "{scenario}: {reply}");
    }
}

/// SMTP that goes wrong before TLS.
#[test]
fn greetings() {
    let lab = start("greetings");
    for (scenario, start) in [("mx-busy", "421 "), ("mx-no-service", "554 ")] {
        let reply = reply(&mut connect(mx(&lab, scenario))).expect("a greeting");
        assert!(reply.starts_with(start), "{scenario}: {reply}");
    }
    for scenario in ["mx-endless", "mx-long-line"] {
        let mut octets = Vec::new();
        let stream = connect(mx(&lab, scenario));
        stream
            .take(100_000)
            .read_to_end(&mut octets)
            .expect("octets");
        assert_eq!(octets.len(), 100_000, "{scenario} goes on and on");
    }
    for (scenario, offered, answer) in [
        ("no-starttls", false, "502 "),
        ("starttls-refused", true, "454 "),
    ] {
        let mut stream = connect(mx(&lab, scenario));
        reply(&mut stream).expect("a greeting");
        stream.write_all(b"EHLO test.example\r\n").expect("sent");
        let capabilities = reply(&mut stream).expect("a reply");
        assert_eq!(capabilities.contains("STARTTLS"), offered, "{scenario}");
        stream.write_all(b"STARTTLS\r\n").expect("sent");
        assert!(
            reply(&mut stream).expect("a reply").starts_with(answer),
            "{scenario}"
        );
    }
}

/// What policy hosts say.
#[test]
fn policies() {
    let lab = start("policies");
    let cases = [
        (
            "redirect",
            "HTTP/1.1 301 Moved",
            "Location: https://www.redirect.example/",
        ),
        ("not-found", "HTTP/1.1 404 ", "<title>"),
        ("server-error", "HTTP/1.1 500 ", "<title>"),
        ("browsers-only", "HTTP/1.1 403 ", "human"),
        ("html", "HTTP/1.1 200 ", "Content-Type: text/html\r\n"),
        ("charset", "HTTP/1.1 200 ", "charset=latin1\r\n"),
        ("blank-line", "HTTP/1.1 200 ", "\r\n\r\nmax_age"),
        (
            "content-encoding",
            "HTTP/1.1 200 ",
            "Content-Encoding: gzip\r\n",
        ),
        ("good-delegated", "HTTP/1.1 200 ", "mode: enforce\r\n"),
        ("none", "HTTP/1.1 200 ", "mode: none\r\nmax_age"),
    ];
    for (scenario, start, part) in cases {
        let answer = fetch(&lab, scenario, "test").expect(scenario);
        assert!(
            answer.starts_with(start) && answer.contains(part),
            "{scenario}: {answer}"
        );
    }
    let browser = fetch(&lab, "browsers-only", "Mozilla/5.0").expect("an answer");
    assert!(browser.starts_with("HTTP/1.1 200 "), "{browser}");
    assert!(fetch(&lab, "too-large", "test").expect("an answer").len() > 70_000);
    assert!(
        !fetch(&lab, "no-media-type", "test")
            .expect("an answer")
            .contains("Content-Type")
    );
    let truncated = fetch(&lab, "truncated", "test").expect("an answer");
    let (head, body) = truncated.split_once("\r\n\r\n").expect("a head");
    let length = head
        .split("Content-Length: ")
        .nth(1)
        .and_then(|rest| rest.lines().next());
    let length: usize = length.expect("a length").parse().expect("a number");
    assert_eq!(length, body.len() + 100);
    let mut plain = connect(web(&lab, "plaintext"));
    plain.write_all(OLD_HELLO).expect("sent");
    let mut answer = [0; 9];
    plain.read_exact(&mut answer).expect("an answer");
    assert_eq!(&answer, b"HTTP/1.1 ");
}

/// Name servers that disagree, refuse or say nothing, asked directly.
#[test]
fn name_servers() {
    let lab = start("name_servers");
    let [first, second] = lab.name_servers();
    let rcode = |server, name: &str| ask(server, name, 16).map(|answer: Answer| answer.rcode);
    assert_eq!(rcode(first, "_mta-sts.refused.example"), Some(0));
    assert_eq!(rcode(second, "_mta-sts.refused.example"), Some(5));
    assert_eq!(rcode(lab.dns(), "_mta-sts.refused.example"), Some(0));
    assert_eq!(rcode(second, "_mta-sts.servfail.example"), Some(2));
    assert_eq!(rcode(second, "outside.test"), Some(3));
    assert_eq!(rcode(second, "_mta-sts.timeout.example"), None);
    let [one, other] = [first, second].map(|server| ask(server, "_mta-sts.two-minds.example", 16));
    assert_ne!(
        one.expect("an answer").octets,
        other.expect("an answer").octets
    );
    // A loop is a failure, but nothing is wrong with its signatures.
    let looped = ask(lab.dns(), "_mta-sts.record-loop.example", 16).expect("an answer");
    assert_eq!((looped.rcode, looped.secure), (2, false));
    assert!(
        !looped
            .octets
            .windows(6)
            .any(|window| window == [0, 15, 0, 2, 0, 6])
    );
}
