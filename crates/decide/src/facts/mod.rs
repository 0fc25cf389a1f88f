//! What was seen of a domain: each field says how sure we are, none says what it means.
//!
//! [`Facts`] is filled by look-ups to some depth; what was not looked up says so
//! ([`Answered::NotAsked`], an empty list of sessions).

mod dns;
mod mx;
mod sts;
mod tls;

pub use dns::{Answer, Answered, DnsFault, Ede, Secure, Text};
pub use mx::{
    HostFact, Mx, MxFact, MxSet, SessionFact, SessionOutcome, Starttls, Tlsa, TlsaAnswer, TlsaFact,
};
pub use sts::{
    CachedPolicy, Destination, FetchFact, FetchFault, FetchOutcome, Fetched, PolicyHostFact,
    ServerFact, StsFact, TlsrptFact,
};
pub use tls::{CertFact, CertFault, DaneOutcome, HandshakeFault, Presented, TlsFact};

use names::Domain;
use serde::Serialize;

/// Everything that was seen of one domain.
#[derive(Clone, Debug, Serialize)]
pub struct Facts {
    /// The policy domain: what mail is addressed to (RFC 8461 §1.1).
    pub domain: Domain,
    /// MTA-STS: the record, the policy host and what we kept from before.
    pub sts: StsFact,
    /// The MX RRset.
    pub mx: MxFact,
    /// Each MX host by preference; one without preference where the MX is implicit.
    pub hosts: Vec<HostFact>,
    /// TLS reporting.
    pub tlsrpt: TlsrptFact,
    /// What each authoritative server answers for the MTA-STS record.
    pub servers: Vec<ServerFact>,
}
