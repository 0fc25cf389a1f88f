//! The outside world: everything Postseal learns over the network comes through here, bounded in
//! time, size and number, and every answer keeps what a later judgement may need.
//!
//! Reading order: [`clock`] (the one clock), [`dns`] (look-ups, and how sure they are), [`dial`]
//! (the one dialler), [`tls`] (what a server presents, and every fault of it), [`https`] (fetching
//! a policy, RFC 8461 §3.3), [`smtp`] (a mail host up to and behind STARTTLS, RFC 3207).
//!
//! Nothing here decides: a certificate's fault, a missing STARTTLS or an insecure answer is a fact.

pub mod clock;
pub mod dial;
pub mod dns;
pub mod https;
mod shown;
pub mod smtp;
pub mod tls;
