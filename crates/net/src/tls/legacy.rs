//! A hand-written TLS 1.0 to 1.2 hello that reads what a server presents in clear.
//!
//! Our TLS library speaks neither TLS 1.0 and 1.1 nor CBC suites, RSA or finite-field key exchange.
//! Mail transfer agents with other libraries do. After a handshake that failed, this tells on a
//! *new* connection whether the server is broken or only old: up to TLS 1.2, `ServerHello` and
//! `Certificate` are not encrypted (RFC 5246 §7.3). Nothing is verified but the chain; the
//! handshake is never completed.

use names::Host;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    time::{Instant, timeout_at},
};

use super::{Alert, TlsVersion, handshake::cipher_name};

/// What the server answered to an old hello.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It presented a certificate.
    Presented(Presented),
    /// It refused.
    Alert(Alert),
    /// What came is no TLS record.
    NotTls,
    /// The connection ended.
    Closed,
    /// Not in time.
    Timeout,
    /// TLS, but malformed or beyond the limits.
    Malformed,
}

/// What a server presented to an old hello.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// The version that it chose.
    pub version: TlsVersion,
    /// The cipher suite that it chose.
    pub cipher: u16,
    /// The certificates, leaf first, DER; for [`super::judge_chain`].
    pub chain: Vec<Vec<u8>>,
}

impl Presented {
    /// The cipher suite by its IANA name, or by its number where it has none.
    pub fn cipher_name(&self) -> String {
        cipher_name(rustls::CipherSuite::from(self.cipher))
    }
}

/// The most octets of a first flight that are read.
pub const MAX_FLIGHT: usize = 128 * 1024;
/// The most certificates that are kept.
const MAX_CHAIN: usize = 16;
/// The longest record (RFC 5246 §6.2.3 allows 2^14 + 2048).
const MAX_RECORD: usize = (1 << 14) + 2048;

/// Suites from the newest to what only old servers know: ECDHE and DHE with AEAD and CBC, RSA key
/// exchange, 3DES, RC4; last the mark that renegotiation is done right (RFC 5746 §3.3).
const SUITES: &[u16] = &[
    0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0x009e, 0x009f, 0xccaa, 0xc023, 0xc027, 0xc024,
    0xc028, 0xc009, 0xc013, 0xc00a, 0xc014, 0x0067, 0x006b, 0x0033, 0x0039, 0x009c, 0x009d, 0x003c,
    0x003d, 0x002f, 0x0035, 0x0041, 0x0084, 0xc008, 0xc012, 0x0016, 0x000a, 0xc011, 0x0005, 0x0004,
    0x0032, 0x0038, 0x0013, 0x00ff,
];
/// `supported_groups`: X25519, P-256, P-384, P-521.
const GROUPS: &[u16] = &[0x001d, 0x0017, 0x0018, 0x0019];
/// `signature_algorithms`, SHA-1 included.
const SIGNATURES: &[u16] = &[
    0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201, 0x0202,
];

/// Sends a `ClientHello` for at most `max` (TLS 1.2 where it is more) with every suite that old
/// servers may know, and reads the answer.
pub async fn hello<S>(
    stream: &mut S,
    sni: Option<&Host>,
    max: TlsVersion,
    deadline: Instant,
) -> Answered
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
{
    let mut random = [0; 32];
    if aws_lc_rs::rand::fill(&mut random).is_err() {
        return Answered::Malformed;
    }
    let hello = client_hello(sni, max, random);
    timeout_at(deadline, talk(stream, &hello))
        .await
        .unwrap_or(Answered::Timeout)
}

async fn talk<S>(stream: &mut S, hello: &[u8]) -> Answered
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
{
    if stream.write_all(hello).await.is_err() || stream.flush().await.is_err() {
        return Answered::Closed;
    }
    let mut octets = Vec::new();
    let mut piece = vec![0; 4096];
    loop {
        let length = match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return Answered::Closed,
            Ok(length) => length,
        };
        octets.extend_from_slice(piece.get(..length).unwrap_or_default());
        match parse_flight(&octets) {
            Flight::Done(answered) => return answered,
            Flight::More if octets.len() > MAX_FLIGHT => return Answered::Malformed,
            Flight::More => {}
        }
    }
}

/// A record with a `ClientHello` (RFC 5246 §7.4.1.2).
fn client_hello(sni: Option<&Host>, max: TlsVersion, random: [u8; 32]) -> Vec<u8> {
    let version = max.min(TlsVersion::Tls12);
    let mut body = version.to_wire().to_be_bytes().to_vec();
    body.extend_from_slice(&random);
    body.push(0); // no session to resume
    body.extend(prefixed(&words(SUITES)));
    body.extend_from_slice(&[1, 0]); // no compression
    let mut extensions = Vec::new();
    if let Some(host) = sni {
        // RFC 6066 §3: a list of one name of type host_name.
        let name = [&[0][..], &prefixed(host.as_str().as_bytes())].concat();
        extensions.extend(extension(0, &prefixed(&name)));
    }
    extensions.extend(extension(10, &prefixed(&words(GROUPS))));
    extensions.extend(extension(11, &[1, 0]));
    if version >= TlsVersion::Tls12 {
        extensions.extend(extension(13, &prefixed(&words(SIGNATURES))));
    }
    body.extend(prefixed(&extensions));
    let mut message = vec![1, 0];
    message.extend(prefixed(&body));
    // RFC 5246 appendix E.1: the record of a first hello says 3.1 for old servers' sake.
    let mut record = vec![22, 3, 1];
    record.extend(prefixed(&message));
    record
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// The octets behind their length in two octets. What is written here is always shorter than that.
fn prefixed(octets: &[u8]) -> Vec<u8> {
    let length = u16::try_from(octets.len()).unwrap_or(u16::MAX);
    [&length.to_be_bytes(), octets].concat()
}

fn extension(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_be_bytes()[..], &prefixed(data)].concat()
}

/// How far the octets received so far tell the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flight {
    /// More octets are needed.
    More,
    /// The answer.
    Done(Answered),
}

/// Reads a server's first flight out of the octets received so far. Bounded, never panics.
pub fn parse_flight(octets: &[u8]) -> Flight {
    let mut rest = Reader(octets);
    let mut messages = Vec::new();
    while !rest.0.is_empty() {
        let Some(header) = rest.0.get(..5.min(rest.0.len())) else {
            return Flight::More;
        };
        // What is not a record shows in its first two octets.
        let foreign = header.first().is_some_and(|kind| !(20..=23).contains(kind))
            || header.get(1).is_some_and(|major| *major != 3);
        if foreign {
            let answered = if messages.is_empty() {
                Answered::NotTls
            } else {
                Answered::Malformed
            };
            return Flight::Done(answered);
        }
        let Some((kind, length)) = record_header(&mut rest) else {
            return Flight::More;
        };
        if length > MAX_RECORD {
            return Flight::Done(Answered::Malformed);
        }
        let Some(payload) = rest.take(length) else {
            return Flight::More;
        };
        match (kind, payload) {
            (21, [level, alert]) => {
                // RFC 6066 §3: a warning of unrecognized_name does not end the handshake.
                if *level != 1 || *alert == 0 {
                    return Flight::Done(Answered::Alert(Alert(*alert)));
                }
            }
            (22, _) => messages.extend_from_slice(payload),
            _ => return Flight::Done(Answered::Malformed),
        }
        match parse_messages(&messages) {
            Flight::More => {}
            done @ Flight::Done(_) => return done,
        }
    }
    Flight::More
}

fn record_header(rest: &mut Reader<'_>) -> Option<(u8, usize)> {
    let kind = rest.u8()?;
    let _version = rest.u16()?;
    Some((kind, rest.u16()?.into()))
}

/// Reads handshake messages up to the certificate.
fn parse_messages(octets: &[u8]) -> Flight {
    let malformed = Flight::Done(Answered::Malformed);
    let mut rest = Reader(octets);
    let mut agreed = None;
    while !rest.0.is_empty() {
        let (Some(kind), Some(length)) = (rest.u8(), rest.u24()) else {
            return Flight::More;
        };
        if length > MAX_FLIGHT {
            return malformed;
        }
        let Some(body) = rest.take(length) else {
            return Flight::More;
        };
        let chain = match (kind, agreed) {
            // HelloRequest (RFC 5246 §7.4.1.1) is passed over.
            (0, None) => continue,
            (2, None) => {
                agreed = server_hello(&mut Reader(body));
                if agreed.is_none() {
                    return malformed;
                }
                continue;
            }
            (11, Some(_)) => certificates(&mut Reader(body)),
            // Key exchange or done without a certificate: an anonymous suite.
            (12 | 14, Some(_)) => Some(Vec::new()),
            _ => None,
        };
        let (Some((version, cipher)), Some(chain)) = (agreed, chain) else {
            return malformed;
        };
        return Flight::Done(Answered::Presented(Presented {
            version,
            cipher,
            chain,
        }));
    }
    Flight::More
}

fn server_hello(body: &mut Reader<'_>) -> Option<(TlsVersion, u16)> {
    let version = TlsVersion::from_wire(body.u16()?)?;
    body.take(32)?;
    let session = body.u8()?;
    body.take(session.into())?;
    Some((version, body.u16()?))
}

fn certificates(body: &mut Reader<'_>) -> Option<Vec<Vec<u8>>> {
    let length = body.u24()?;
    let mut list = Reader(body.take(length)?);
    let mut chain = Vec::new();
    while !list.0.is_empty() && chain.len() < MAX_CHAIN {
        let length = list.u24()?;
        chain.push(list.take(length)?.to_vec());
    }
    Some(chain)
}

/// Takes octets from the front; none where there are too few.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u24(&mut self) -> Option<usize> {
        let (high, low) = (self.u8()?, self.u16()?);
        Some((usize::from(high) << 16) | usize::from(low))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u8, payload: &[u8]) -> Vec<u8> {
        [&[kind, 3, 3][..], &prefixed(payload)].concat()
    }

    fn message(kind: u8, body: &[u8]) -> Vec<u8> {
        [&[kind, 0][..], &prefixed(body)].concat()
    }

    fn server_hello_body(version: u16, cipher: u16) -> Vec<u8> {
        let [random, session] = [[7; 32], [9; 32]];
        let [version, cipher] = [version.to_be_bytes(), cipher.to_be_bytes()];
        [&version[..], &random, &[32], &session, &cipher, &[0]].concat()
    }

    fn certificate_body(certs: &[&[u8]]) -> Vec<u8> {
        let list: Vec<u8> = certs
            .iter()
            .flat_map(|cert| [&[0][..], &prefixed(cert)].concat())
            .collect();
        [&[0][..], &prefixed(&list)].concat()
    }

    fn flight() -> Vec<u8> {
        let hello = message(2, &server_hello_body(0x0302, 0x002f));
        let certs = message(11, &certificate_body(&[b"leaf", b"issuer"]));
        record(22, &[hello, certs].concat())
    }

    #[test]
    fn a_flight_is_read_however_it_is_cut() {
        let whole = Flight::Done(Answered::Presented(Presented {
            version: TlsVersion::Tls11,
            cipher: 0x2f,
            chain: vec![b"leaf".to_vec(), b"issuer".to_vec()],
        }));
        let octets = flight();
        assert_eq!(parse_flight(&octets), whole);
        for cut in 0..octets.len() {
            assert_eq!(parse_flight(&octets[..cut]), Flight::More, "{cut}");
        }
        // One message over many records.
        let payload = &octets[5..];
        let scattered: Vec<u8> = payload
            .chunks(7)
            .flat_map(|piece| record(22, piece))
            .collect();
        assert_eq!(parse_flight(&scattered), whole);
        // A warning before it (RFC 6066 §3).
        assert_eq!(
            parse_flight(&[record(21, &[1, 112]), octets].concat()),
            whole
        );
    }

    #[test]
    fn what_is_no_flight_is_named() {
        let bad_cert = message(11, &[0, 0, 9, 0, 0, 200, 1, 2, 3, 4, 5, 6]);
        let hello = message(2, &server_hello_body(0x0303, 0x0035));
        let unknown_version = message(2, &server_hello_body(0x7f00, 0x0035));
        let table: Vec<(Vec<u8>, Answered)> = vec![
            (b"220 mx.example ESMTP\r\n".to_vec(), Answered::NotTls),
            (b"HTTP/1.1 400 Bad Request\r\n".to_vec(), Answered::NotTls),
            (vec![22, 9], Answered::NotTls),
            (
                record(21, &[2, 70]),
                Answered::Alert(Alert::PROTOCOL_VERSION),
            ),
            (
                record(21, &[2, 112]),
                Answered::Alert(Alert::UNRECOGNIZED_NAME),
            ),
            (record(21, &[1, 0]), Answered::Alert(Alert(0))),
            (record(21, &[2]), Answered::Malformed),
            (record(23, b"data"), Answered::Malformed),
            (record(22, &certificate_first()), Answered::Malformed),
            (
                record(22, &[hello.clone(), bad_cert].concat()),
                Answered::Malformed,
            ),
            (
                record(22, &[hello.clone(), hello.clone()].concat()),
                Answered::Malformed,
            ),
            (record(22, &unknown_version), Answered::Malformed),
            (record(22, &[2, 0xff, 0xff, 0xff]), Answered::Malformed),
            (vec![22, 3, 3, 0xff, 0xff], Answered::Malformed),
        ];
        for (octets, expected) in table {
            assert_eq!(
                parse_flight(&octets),
                Flight::Done(expected),
                "{octets:02x?}"
            );
        }
        let anonymous = record(22, &[hello, message(14, &[])].concat());
        let Flight::Done(Answered::Presented(presented)) = parse_flight(&anonymous) else {
            panic!("an anonymous suite presents no certificate");
        };
        assert!(presented.chain.is_empty());
    }

    fn certificate_first() -> Vec<u8> {
        message(11, &certificate_body(&[b"leaf"]))
    }

    #[test]
    fn no_octet_makes_it_panic() {
        let octets = flight();
        for at in 0..octets.len() {
            for value in [0, 1, 2, 3, 20, 21, 22, 0x7f, 0x80, 0xff] {
                let mut changed = octets.clone();
                changed[at] = value;
                // Any outcome is right but a panic; a changed flight never needs more than the cap.
                if let Flight::Done(Answered::Presented(presented)) = parse_flight(&changed) {
                    assert!(presented.chain.len() <= MAX_CHAIN);
                }
            }
        }
    }

    #[test]
    fn the_hello_carries_its_version_and_name() {
        let host = Host::parse("mx1.example.com").unwrap();
        let hello = client_hello(Some(&host), TlsVersion::Tls13, [0; 32]);
        assert_eq!(
            usize::from(u16::from_be_bytes([hello[3], hello[4]])),
            hello.len() - 5
        );
        assert_eq!(&hello[9..11], &[3, 3], "never more than TLS 1.2");
        let named = |hello: &[u8]| hello.windows(15).any(|window| window == b"mx1.example.com");
        assert!(named(&hello));
        let hello = client_hello(None, TlsVersion::Tls10, [0; 32]);
        assert_eq!(&hello[9..11], &[3, 1]);
        assert!(!named(&hello));
    }
}
