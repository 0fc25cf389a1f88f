//! What is right and wrong with a domain: facts in, findings and one verdict out.
//!
//! How much a fault of an MX host weighs depends on who refuses mail because of it
//! (`view::Hold`): `crit` only where an `enforce` policy in force, or DANE, makes senders refuse;
//! `error` under `testing`, and where a good policy is served but its record is broken (senders
//! that hold it from before still apply it, RFC 8461 §3.1); `info` where neither holds, which
//! includes a policy that nobody can fetch (first contact is fail-open, RFC 8461 §3.3).
//!
//! One cause makes one finding: without a record the policy host is silent unless it exists,
//! without a fetched policy nothing is said of its lines, and an address that was not reached has
//! no certificate to complain about.
//!
//! Reading order: `view` (what the facts come to), then one file a family, then `verdict` and
//! `publish`.

mod cert;
mod covers;
mod dane;
mod delegation;
mod dns;
mod fetch;
mod fold;
mod host;
mod kind;
mod mx;
mod policy;
mod publish;
mod record;
mod session;
mod tlsrpt;
mod verdict;
mod view;

pub use covers::Mismatch;
pub use kind::{Classified, Kind, classify};
pub use publish::{PublishKind, RecordToPublish};
pub use session::{AddressAssessment, AddressState, DaneState, MxAssessment};
pub use verdict::Verdict;

use findings::{Code, Finding};
use jiff::Timestamp;
use names::Domain;
use serde::Serialize;

use crate::facts::Facts;
use view::View;

/// Days before its end from which a certificate is said to expire soon.
pub(crate) const EXPIRES_SOON_DAYS: i64 = 14;

/// What is to be said of a domain.
#[derive(Clone, Debug, Serialize)]
pub struct Assessment {
    /// The policy domain.
    pub domain: Domain,
    /// The one word for it.
    pub verdict: Verdict,
    /// Everything that somebody should know: the heaviest first, then in the table's order, then
    /// by subject.
    pub findings: Vec<Finding>,
    /// Each MX host by preference.
    pub mx: Vec<MxAssessment>,
    /// What to publish where something is missing.
    pub publish: Vec<RecordToPublish>,
}

/// Says what is right and wrong in `facts`, as seen at `now`.
pub fn assess(facts: &Facts, now: Timestamp) -> Assessment {
    let mut out = Vec::new();
    let view = View::new(facts, now, &mut out);
    dns::check(&view, &mut out);
    record::check(&view, &mut out);
    host::check(&view, &mut out);
    fetch::check(&view, &mut out);
    policy::check(&view, &mut out);
    covers::check(&view, &mut out);
    mx::check(&view, &mut out);
    cert::check(&view, &mut out);
    dane::check(&view, &mut out);
    delegation::check(&view, &mut out);
    tlsrpt::check(&view, &mut out);
    let findings = ordered(out);
    Assessment {
        domain: facts.domain.clone(),
        verdict: verdict::verdict(&view, &findings),
        mx: session::hosts(&view),
        publish: publish::publish(&view),
        findings,
    }
}

/// The heaviest first, then as the table has them, then by subject and place; each once.
fn ordered(mut findings: Vec<Finding>) -> Vec<Finding> {
    let place = |code: Code| Code::ALL.iter().position(|other| *other == code);
    findings.sort_by(|a, b| {
        b.severity()
            .cmp(&a.severity())
            .then_with(|| place(a.code()).cmp(&place(b.code())))
            .then_with(|| a.subject().cmp(&b.subject()))
            .then_with(|| a.bytes().cmp(&b.bytes()))
    });
    findings.dedup_by(|a, b| {
        a.code() == b.code() && a.subject() == b.subject() && a.bytes() == b.bytes()
    });
    findings
}
