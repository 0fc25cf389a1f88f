//! Fetching a policy: one GET, as RFC 8461 §3.3 has it.
//!
//! Only status 200 counts, redirects are not followed, nothing is cached, the certificate must be
//! without any fault, body and time are limited.

mod exchange;

use std::{net::SocketAddr, time::Duration};

use jiff::Timestamp;
use names::{Domain, Host};
use thiserror::Error;
use tokio::time::Instant;

use crate::{
    dial::{Connection, DialError, Dialler},
    shown::shown,
    tls::{
        Alert, CertFault, Expect, Roots, TlsError, TlsFacts, TlsFailure, TlsVersion, handshake,
        legacy,
    },
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
    /// The handshake failed, and a hello with old cipher suites is answered: clients with older
    /// libraries may do better.
    #[error("{0}")]
    OldCiphers(TlsFailure, legacy::Presented),
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
        let start = Instant::now();
        let mut tls = None;
        let result = self.fetch(fetch, &mut tls).await;
        let elapsed = start.elapsed();
        match (result, tls) {
            (Ok(page), Some(tls)) => Ok(Fetched {
                body: page.body,
                media_type: page.media_type,
                content_encoding: page.content_encoding,
                tls,
                elapsed,
            }),
            (Err(error), tls) => Err(FetchFailure {
                error,
                tls: tls.map(Box::new),
                elapsed,
            }),
            (Ok(_), None) => {
                let error = FetchError::Certificate(vec![CertFault::Malformed]);
                Err(FetchFailure {
                    error,
                    tls: None,
                    elapsed,
                })
            }
        }
    }

    async fn fetch(&self, fetch: &Fetch, tls: &mut Option<TlsFacts>) -> Result<Page, FetchError> {
        // RFC 8461 §3.3: SNI carries the policy host, and the certificate is valid for it.
        let expect = Expect::pkix(Host::from(&fetch.host), self.roots.clone(), fetch.now);
        let stream = self.connect(fetch).await?;
        let shaken = handshake(stream, &expect, &[b"http/1.1"], fetch.deadline).await;
        let (stream, facts) = match shaken {
            Ok(shaken) => shaken,
            Err(failure) => return Err(self.explain(failure, fetch, &expect).await),
        };
        let faults = facts.pkix_faults.clone();
        *tls = Some(facts);
        if !faults.is_empty() {
            return Err(FetchError::Certificate(faults));
        }
        exchange::get(stream, fetch).await
    }

    async fn connect(&self, fetch: &Fetch) -> Result<Connection, FetchError> {
        let deadline = fetch.connect_deadline.min(fetch.deadline);
        self.dialler
            .connect(fetch.addr, deadline)
            .await
            .map_err(FetchError::Dial)
    }

    /// Tells a server that is only old from one that refuses: on a new connection, an old hello.
    async fn explain(&self, failure: TlsFailure, fetch: &Fetch, expect: &Expect) -> FetchError {
        match failure.error {
            TlsError::Timeout => return FetchError::Timeout(Stage::Tls),
            TlsError::Version
            | TlsError::Alert(Alert::PROTOCOL_VERSION | Alert::HANDSHAKE_FAILURE)
            | TlsError::Closed => {}
            _ => return FetchError::Tls(failure),
        }
        let Ok(mut stream) = self.connect(fetch).await else {
            return FetchError::Tls(failure);
        };
        let sni = expect.sni.as_ref();
        match legacy::hello(&mut stream, sni, TlsVersion::Tls12, fetch.deadline).await {
            legacy::Answered::Presented(presented) if presented.version < TlsVersion::Tls12 => {
                FetchError::TlsVersion(presented)
            }
            legacy::Answered::Presented(presented) => FetchError::OldCiphers(failure, presented),
            _ => FetchError::Tls(failure),
        }
    }
}

/// What an answer of status 200 brought.
struct Page {
    body: Vec<u8>,
    media_type: Option<MediaType>,
    content_encoding: Option<String>,
}

impl MediaType {
    /// Reads a `Content-Type` (RFC 9110 §8.3.1).
    pub fn parse(value: &[u8]) -> Self {
        let raw = clean(value);
        let mut parts = raw.split(';');
        let essence = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_token = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic() && b != b'/')
        };
        let valid = essence
            .split_once('/')
            .is_some_and(|(a, b)| is_token(a) && is_token(b));
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let is_charset = name.trim().eq_ignore_ascii_case("charset");
            is_charset.then(|| value.trim().trim_matches('"').to_ascii_lowercase())
        });
        let essence = if valid { essence } else { String::new() };
        Self {
            raw,
            essence,
            charset,
        }
    }
}

/// A header's value for people: control characters and bad UTF-8 replaced, at most 512 characters.
fn clean(value: &[u8]) -> String {
    shown(value, 512)
}
