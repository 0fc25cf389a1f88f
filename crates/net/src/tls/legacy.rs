//! A hand-written TLS 1.0 to 1.2 hello that reads what a server presents in clear.
//!
//! Our TLS library speaks neither TLS 1.0 and 1.1 nor CBC suites, RSA or finite-field key exchange.
//! Mail transfer agents with other libraries do. After a handshake that failed, this tells on a
//! *new* connection whether the server is broken or only old: up to TLS 1.2, `ServerHello` and
//! `Certificate` are not encrypted (RFC 5246 §7.3). Nothing is verified but the chain; the
//! handshake is never completed.

use names::Host;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::Instant,
};

use super::{Alert, TlsVersion};

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
    let _ = (stream, sni, max, deadline);
    Answered::Timeout
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
    let _ = octets;
    Flight::More
}
