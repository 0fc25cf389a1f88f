//! The rules of MTA-STS (RFC 8461) and DANE for SMTP (RFC 7672): facts in; findings, plans and
//! verdicts out. No I/O, no clock: `now` is an argument.
//!
//! Reading order: [`facts`] (what was seen), [`dane`] (which TLSA records count).

pub mod facts;
