use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

use crate::{
    client::{address, reply, tls},
    start,
};

/// The good twin's policy, over HTTPS under the lab's root.
#[test]
fn the_good_policy() {
    let lab = start("the_good_policy");
    let host = "mta-sts.good.example";
    let stream = TcpStream::connect((address(lab.dns(), host), lab.https_port())).expect("open");
    let mut stream = tls(lab.ca_file(), host, stream).expect("a handshake");
    let request = format!("GET /.well-known/mta-sts.txt HTTP/1.1\r\nHost: {host}\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(
        answer.contains("mode: enforce\r\nmx: mx1.good.example\r\n"),
        "{answer}"
    );
}

/// The good twin's MX hosts: STARTTLS, and a certificate under the lab's root.
#[test]
fn the_good_mx_hosts() {
    let lab = start("the_good_mx_hosts");
    for host in [
        "mx1.good.example",
        "mx2.good.example",
        "mx1.good-plain.example",
    ] {
        let address = address(lab.dns(), host);
        let mut stream = TcpStream::connect((address, lab.smtp_port())).expect("open");
        assert!(reply(&mut stream).expect("a greeting").starts_with("220 "));
        stream.write_all(b"EHLO test.example\r\n").expect("sent");
        assert!(
            reply(&mut stream)
                .expect("a reply")
                .contains("250-STARTTLS\r\n")
        );
        stream.write_all(b"STARTTLS\r\n").expect("sent");
        assert!(reply(&mut stream).expect("a reply").starts_with("220 "));
        let mut stream = tls(lab.ca_file(), host, stream).expect("a handshake");
        stream.write_all(b"EHLO test.example\r\n").expect("sent");
        assert!(!reply(&mut stream).expect("a reply").contains("STARTTLS"));
        stream.write_all(b"QUIT\r\n").expect("sent");
        assert!(reply(&mut stream).expect("a reply").starts_with("221 "));
    }
}
