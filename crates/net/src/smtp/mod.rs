//! A mail host, up to and behind STARTTLS (RFC 5321, RFC 3207).
//!
//! [`Smtp::probe`] connects, reads the greeting, says EHLO, STARTTLS, does the handshake, says EHLO
//! again and QUIT; never MAIL. [`wire`] is the protocol without any connection.

mod session;
pub mod wire;

use std::{net::SocketAddr, time::Duration};

use names::Domain;
use thiserror::Error;
use tokio::time::Instant;

pub use self::wire::{Ehlo, Replies, Reply, WireError};
use crate::{
    dial::{DialError, Dialler},
    tls::{Expect, TlsFacts, TlsFailure, TlsVersion, legacy},
};

/// Talks to mail hosts. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Smtp {
    dialler: Dialler,
    ehlo_name: Domain,
}

/// One conversation to have.
#[derive(Clone, Debug)]
pub struct Probe {
    /// The address to dial.
    pub addr: SocketAddr,
    /// What the host should present, the SNI to send, roots, time and TLSA records.
    pub expect: Expect,
    /// When everything must be done.
    pub deadline: Instant,
    /// Whether to test for command injection: `STARTTLS` and `NOOP` are sent in one packet; a host
    /// that answers the `NOOP` inside TLS executes what an attacker puts in front (RFC 3207 §6).
    pub injection: bool,
}

/// What a conversation showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmtpFacts {
    /// The address dialled.
    pub addr: SocketAddr,
    /// The greeting.
    pub banner: Option<Reply>,
    /// What the host offers before TLS.
    pub ehlo: Option<Ehlo>,
    /// Whether it offers STARTTLS.
    pub starttls: Starttls,
    /// Octets that the host sent behind its answer to STARTTLS and before the handshake: they
    /// would be taken for the first of the secure session (RFC 3207 §6), so it is not begun.
    pub early: usize,
    /// The handshake; none where it was not reached.
    pub tls: Option<Result<TlsFacts, TlsFailure>>,
    /// What the host offers behind TLS.
    pub ehlo_tls: Option<Ehlo>,
    /// Outcome of the injection test; none where it was not asked for or not reached.
    pub injected: Option<bool>,
    /// Lines that ended in a bare LF, against RFC 5321 §2.3.8.
    pub bare_lf: bool,
    /// Where and why the conversation ended early; none where it was had to its end. A failed
    /// handshake is in `tls`.
    pub failure: Option<SmtpFailure>,
    /// How long it took.
    pub elapsed: Duration,
}

/// Whether a host offers STARTTLS (RFC 3207 §4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Starttls {
    /// The conversation did not come that far.
    Unknown,
    /// Not among the EHLO keywords, or EHLO itself refused.
    Missing,
    /// Offered, and answered with 220.
    Offered,
    /// Offered, and answered with anything else.
    Refused(Reply),
}

/// Where and why a conversation ended early.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{stage}: {error}")]
pub struct SmtpFailure {
    /// Where.
    pub stage: SmtpStage,
    /// Why.
    pub error: SmtpError,
}

/// How far a conversation came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum SmtpStage {
    /// Connecting.
    #[error("connect")]
    Connect,
    /// Waiting for the greeting.
    #[error("greeting")]
    Greeting,
    /// EHLO before TLS.
    #[error("EHLO")]
    Ehlo,
    /// The STARTTLS command.
    #[error("STARTTLS")]
    Starttls,
    /// EHLO behind TLS.
    #[error("EHLO after STARTTLS")]
    EhloTls,
}

/// Why a conversation ended early.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SmtpError {
    /// No connection.
    #[error("{0}")]
    Dial(DialError),
    /// No reply in time.
    #[error("no reply in time")]
    Timeout,
    /// The host closed the connection.
    #[error("connection closed")]
    Closed,
    /// The host answered with a code that ends the conversation: 4xx or 5xx.
    #[error("reply {}", .0.code)]
    Code(Reply),
    /// The host offers no STARTTLS, refuses it, or says more than it may before the handshake.
    #[error("no STARTTLS to be had")]
    NoStarttls,
    /// What came is no SMTP reply, or beyond the limits.
    #[error("{0}")]
    Protocol(WireError),
    /// The connection failed.
    #[error("connection failed: {0}")]
    Io(std::io::ErrorKind),
}

impl Smtp {
    /// Talks through `dialler`, calling itself `ehlo_name`.
    pub fn new(dialler: Dialler, ehlo_name: Domain) -> Self {
        Self { dialler, ehlo_name }
    }

    /// Has one conversation. Never fails: what went wrong is in the facts.
    pub async fn probe(&self, probe: &Probe) -> SmtpFacts {
        session::probe(self, probe).await
    }

    /// On a new connection: greeting, EHLO, STARTTLS, then an old hello for at most `max`. `Err`
    /// where it did not come to the hello.
    pub async fn legacy(
        &self,
        probe: &Probe,
        max: TlsVersion,
    ) -> Result<legacy::Answered, SmtpFailure> {
        session::legacy(self, probe, max).await
    }
}
