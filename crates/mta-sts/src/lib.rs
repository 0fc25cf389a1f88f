//! MTA-STS (RFC 8461): the `_mta-sts` record and the policy behind it, read, judged, matched and
//! written. Pure: bytes in, values and findings out; no DNS, no HTTPS, no clock.
//!
//! A domain says with a TXT record that it has a policy, and with the policy, which its own HTTPS
//! host serves, which MX hosts may take its mail and whether a sender must refuse any other. Only
//! the certificate of that HTTPS host makes the policy trustworthy: the record is a mere hint that
//! something new can be fetched.
//!
//! Reading order, which is also the order in which a sender calls:
//! 1. [`record::parse_set`]: all TXT data at `_mta-sts.DOMAIN` to at most one [`Record`];
//! 2. [`policy::parse`]: the body of `https://mta-sts.DOMAIN/.well-known/mta-sts.txt` to a
//!    [`Policy`];
//! 3. [`Policy::covers`]: whether an MX host may be used; [`matches()`] for one pattern as text.
//!
//! A publisher goes the other way: [`Policy::new`] and [`Policy::write`], [`Record::new`] and
//! [`Record::write`].
//!
//! Parsers give a value *and* findings. The value is there exactly when a conforming sender would
//! have one: the grammar is taken strictly, and every departure from it that voids the text is a
//! finding of severity error. Findings that leave the value in place tell what some senders
//! stumble over or what protects less than it seems.
//!
//! ```
//! use mta_sts::{Mode, policy, record};
//!
//! let set = record::parse_set(&["v=STSv1; id=20260101T000000;", "some other text"]);
//! let record = set.record().ok_or("no record")?;
//! assert_eq!(record.id.as_str(), "20260101T000000");
//!
//! let parsed = policy::parse(
//!     b"version: STSv1\r\nmode: enforce\r\nmx: *.example.net\r\nmax_age: 2592000\r\n",
//! );
//! assert!(parsed.findings.is_empty());
//! let policy = parsed.value.ok_or("no policy")?;
//! assert_eq!(policy.mode, Mode::Enforce);
//! assert!(policy.covers(&"MX1.example.net.".parse()?).is_some());
//! assert!(policy.covers(&"mx1.eu.example.net".parse()?).is_none());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod grammar;
mod id;
mod notes;
pub mod policy;
pub mod record;

use findings::Finding;

pub use id::{PolicyId, PolicyIdError};
pub use policy::{MaxAge, Mode, Policy};
pub use record::{Record, RecordOutcome, RecordSet};

/// What a parser made of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed<T> {
    /// The value; none exactly when a conforming sender would have none.
    pub value: Option<T>,
    /// Everything there is to say about the text, in the order of its bytes.
    pub findings: Vec<Finding>,
}

/// Whether the `mx` value `pattern` covers the MX target `host`, both as text.
///
/// RFC 8461 §4.1: labels are compared without regard to case, and a `*` stands for exactly the
/// whole left-most label. One final dot of `host` is ignored, since DNS shows names so. A malformed
/// pattern or host matches nothing.
pub fn matches(pattern: &str, host: &str) -> bool {
    names::MxPattern::covers(pattern, host)
}
