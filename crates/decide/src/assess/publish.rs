//! What to publish where something is missing.

use jiff::{Timestamp, tz::TimeZone};
use mta_sts::{MaxAge, Mode, Policy};
use names::{Domain, Host, MxPattern};
use serde::Serialize;

use super::{
    host::has_address,
    view::{RecordState, View, first_fetched},
};
use crate::{
    facts::{Answered, Fetched, MxSet},
    plan::{self, Live},
};

/// Something to publish, ready to copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordToPublish {
    /// What it is.
    pub kind: PublishKind,
    /// The owner name in DNS, or the URL of the policy.
    pub name: String,
    /// The TXT data, what the name should point to, or the policy's body.
    pub value: String,
}

/// What is to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishKind {
    /// A TXT record.
    Txt,
    /// An address record or a CNAME: the value says of what.
    Address,
    /// The policy's body.
    Policy,
}

/// How long the proposed policy may be kept: the time to learn from reports before `enforce`.
const TESTING_MAX_AGE: u64 = 604_800;

/// Only what is missing, and nothing where DNS could not tell.
pub(super) fn publish(view: &View<'_>) -> Vec<RecordToPublish> {
    let mut out = Vec::new();
    // A domain that takes no mail (RFC 7505), or does not exist, needs none of this.
    if mx_patterns(view).is_empty() {
        return out;
    }
    let host = &view.facts.sts.host;
    if !has_address(host) && host.v4.is_absent() && host.v6.is_absent() {
        out.push(RecordToPublish {
            kind: PublishKind::Address,
            name: view.policy_host(),
            value: "A and AAAA of the web server that serves the policy, or a CNAME to it"
                .to_owned(),
        });
    }
    if policy_is_missing(view)
        && let Ok(policy) = Policy::new(
            Mode::Testing,
            MaxAge::from_secs(TESTING_MAX_AGE),
            mx_patterns(view),
        )
    {
        out.push(RecordToPublish {
            kind: PublishKind::Policy,
            name: format!("https://{}/.well-known/mta-sts.txt", view.policy_host()),
            value: policy.write(),
        });
    }
    // Last of the three: once it is seen, senders fetch the policy.
    if view.record == RecordState::Absent {
        out.push(RecordToPublish {
            kind: PublishKind::Txt,
            name: view.record_name(),
            value: record(view.now),
        });
    }
    if super::tlsrpt::is_missing(view) {
        out.push(RecordToPublish {
            kind: PublishKind::Txt,
            name: view.tlsrpt_name(),
            value: tlsrpt_record(&view.facts.domain),
        });
    }
    out
}

/// Nothing usable is served, and the policy host could be asked. A new record must not announce
/// anything but a good policy.
fn policy_is_missing(view: &View<'_>) -> bool {
    if view.record == RecordState::Absent {
        return !serves_good_policy(view);
    }
    let host = &view.facts.sts.host;
    // What is encoded may be a good one: that it is encoded is said.
    let encoded = |fetched: &Fetched| fetched.content_encoding.is_some();
    view.policy.is_none()
        && first_fetched(view.facts).is_none_or(|fetched| !encoded(fetched))
        && (!host.fetches.is_empty() || (host.v4.is_absent() && host.v6.is_absent()))
}

/// Whether senders would take what is served, and it covers every MX host.
fn serves_good_policy(view: &View<'_>) -> bool {
    match plan::live(&view.facts.sts.host) {
        Live::Policy(policy) => {
            policy.mode != Mode::None
                && mx_patterns(view)
                    .iter()
                    .all(|pattern| policy.covers(&Host::from(pattern.base())).is_some())
        }
        Live::Failed(_) => false,
    }
}

/// The exact MX hosts. A host with an underscore can stand in no policy.
fn mx_patterns(view: &View<'_>) -> Vec<MxPattern> {
    let exact = |host: &Host| host.to_domain().map(MxPattern::Exact);
    match &view.facts.mx.answer.result {
        Answered::Found(MxSet::Hosts { records, .. }) => {
            let mut patterns: Vec<MxPattern> = Vec::new();
            for pattern in records.iter().filter_map(|record| exact(&record.host)) {
                if !patterns.contains(&pattern) {
                    patterns.push(pattern);
                }
            }
            patterns
        }
        // RFC 5321 §5.1: the domain is its own MX host.
        Answered::NoData => exact(&Host::from(&view.facts.domain)).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// A record whose id is made of the time: new whenever the policy is.
pub(super) fn record(now: Timestamp) -> String {
    let id = now
        .to_zoned(TimeZone::UTC)
        .strftime("%Y%m%d%H%M%S")
        .to_string();
    format!("v=STSv1; id={id};")
}

/// A record that asks for reports by mail.
pub(super) fn tlsrpt_record(domain: &Domain) -> String {
    format!("v=TLSRPTv1; rua=mailto:tls-reports@{domain}")
}
