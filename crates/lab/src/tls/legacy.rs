//! What a server too old for rustls says in the clear: hello, certificate, done (RFC 5246 §7.4).

use super::{Chained, HANDSHAKE_FAILURE, PROTOCOL_VERSION, hello::Hello};

/// AES and 3DES in CBC mode, with ECDHE or RSA key exchange: the suites of such servers.
const SUITES: [u16; 9] = [
    0xc009, 0xc00a, 0xc023, 0xc013, 0xc014, 0xc027, 0x002f, 0x0035, 0x000a,
];

/// The newest protocol a server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Old {
    /// TLS 1.0 alone.
    Tls10,
    /// TLS 1.1 alone.
    Tls11,
    /// TLS 1.2 with nothing but CBC suites.
    Cbc,
}

/// A server's first flight.
pub(crate) struct Flight {
    old: Old,
    chain: Chained,
}

impl Flight {
    /// The flight of a server that shows this chain.
    pub(super) fn new(old: Old, chain: Chained) -> Self {
        Self { old, chain }
    }

    /// The flight in answer to a hello, or the alert.
    pub(super) fn answer(&self, hello: &Hello) -> Result<Vec<u8>, u8> {
        let version = match self.old {
            Old::Tls10 => 0x0301_u16,
            Old::Tls11 => 0x0302,
            Old::Cbc => 0x0303,
        };
        // RFC 8446 §4.2.1: the extension, where it is there, says it alone.
        let offered = match &hello.versions {
            Some(versions) => versions.contains(&version),
            None => hello.version >= version,
        };
        if !offered {
            return Err(PROTOCOL_VERSION);
        }
        let suite = SUITES.iter().find(|suite| hello.suites.contains(suite));
        let suite = suite.ok_or(HANDSHAKE_FAILURE)?;
        let mut messages = handshake(2, &server_hello(version, *suite));
        messages.extend(handshake(11, &self.certificate()));
        messages.extend(handshake(14, &[]));
        Ok(records(version, &messages))
    }

    fn certificate(&self) -> Vec<u8> {
        let list = self.chain.iter().fold(Vec::new(), |mut list, certificate| {
            list.extend(three(certificate.len()));
            list.extend_from_slice(certificate);
            list
        });
        let mut out = three(list.len()).to_vec();
        out.extend(list);
        out
    }
}

/// Version, a random that nothing depends on, no session, the suite, no compression.
fn server_hello(version: u16, suite: u16) -> Vec<u8> {
    let mut out = version.to_be_bytes().to_vec();
    out.extend([0x5a; 32]);
    out.push(0);
    out.extend(suite.to_be_bytes());
    out.push(0);
    out
}

fn handshake(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut out = vec![kind];
    out.extend(three(body.len()));
    out.extend_from_slice(body);
    out
}

fn records(version: u16, messages: &[u8]) -> Vec<u8> {
    messages
        .chunks(16_384)
        .fold(Vec::new(), |mut out, fragment| {
            out.push(22);
            out.extend(version.to_be_bytes());
            out.extend(u16::try_from(fragment.len()).unwrap_or(0).to_be_bytes());
            out.extend_from_slice(fragment);
            out
        })
}

fn three(length: usize) -> [u8; 3] {
    let [_, high, middle, low] = u32::try_from(length).unwrap_or(0).to_be_bytes();
    [high, middle, low]
}
