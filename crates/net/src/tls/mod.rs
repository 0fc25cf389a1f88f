//! What a server presents in its TLS handshake, and every fault of it.
//!
//! [`inspect`] completes the handshake whatever the certificate is worth: the verdicts of PKIX
//! (RFC 8461 §4.2, RFC 5280) and DANE (RFC 7672 §3) are facts in [`TlsFacts`]. A caller that must
//! not go on with a faulty certificate asks [`TlsFacts::is_trusted`]. Sessions are never resumed: a
//! resumed one never shows its certificate to anybody.
//!
//! What our TLS library refuses (TLS 1.0 and 1.1, CBC, RSA key exchange) is read by [`legacy`].

mod cert;
mod dane;
mod facts;
mod handshake;
pub mod legacy;
mod pkix;
mod roots;
mod verifier;

use jiff::Timestamp;
use names::Host;
use rustls::pki_types::CertificateDer;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::Instant,
};

pub(crate) use self::handshake::handshake;
pub use self::{
    facts::{
        Alert, CertFault, CertInfo, DaneOutcome, KeyKind, TaFault, TlsError, TlsFacts, TlsFailure,
        TlsVersion,
    },
    roots::{Roots, RootsError},
};
use crate::dns::Tlsa;

/// The stream behind a handshake.
pub type TlsStream<S> = tokio_rustls::client::TlsStream<S>;

/// What a server is expected to present.
#[derive(Clone, Debug)]
pub struct Expect {
    /// The server name to send (SNI); none to send none.
    pub sni: Option<Host>,
    /// The name that PKIX compares with the certificate's DNS-IDs (RFC 8461 §4.1, RFC 9525).
    pub name: Host,
    /// The roots that PKIX trusts.
    pub roots: Roots,
    /// The time at which certificates are judged.
    pub now: Timestamp,
    /// The usable and unusable TLSA records; empty where DANE does not apply.
    pub tlsa: Vec<Tlsa>,
    /// The names that DANE-TA compares (RFC 7672 §3.2.2): TLSA base domain, next-hop domain.
    pub dane_names: Vec<Host>,
}

impl Expect {
    /// Expects `name`, sends it as SNI, without DANE.
    pub fn pkix(name: Host, roots: Roots, now: Timestamp) -> Self {
        Self {
            sni: Some(name.clone()),
            name,
            roots,
            now,
            tlsa: Vec::new(),
            dane_names: Vec::new(),
        }
    }
}

/// Does a handshake on an open stream and says what was seen. A stream comes back whatever the
/// certificate is worth; the failure keeps what was seen before it.
pub async fn inspect<S>(
    stream: S,
    expect: &Expect,
    deadline: Instant,
) -> Result<(TlsStream<S>, TlsFacts), TlsFailure>
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
{
    handshake(stream, expect, &[], deadline).await
}

/// Judges a chain of DER certificates, leaf first, as a handshake that presented it would.
pub fn judge_chain(chain: &[Vec<u8>], expect: &Expect) -> Judged {
    let infos: Vec<CertInfo> = chain.iter().map(|der| cert::describe(der)).collect();
    let der = chain
        .iter()
        .map(|der| CertificateDer::from(der.as_slice()))
        .collect();
    let seen = pkix::Chain { der, info: &infos };
    let (pkix_faults, dane) = (pkix::faults(&seen, expect), dane::outcome(&seen, expect));
    Judged {
        chain: infos,
        pkix_faults,
        dane,
    }
}

/// A chain and its verdicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The certificates as sent, leaf first.
    pub chain: Vec<CertInfo>,
    /// Every PKIX fault; empty where the chain is trusted for the name.
    pub pkix_faults: Vec<CertFault>,
    /// DANE's verdict; none where no TLSA record was given or none is usable.
    pub dane: Option<DaneOutcome>,
}
