//! The TLSRPT record and where its reports go: `tlsrpt.*` (RFC 8460 §3). The parser says the rest.

use std::collections::BTreeSet;

use ::tlsrpt::record::{Kind, Record, RecordOutcome, RecordSet, parse_set};
use findings::{Code, Finding, Severity, Subject};

use super::{
    kind::registrable,
    record::is_version,
    view::{Hold, View},
};
use crate::facts::{Answered, Destination, HostFact, MxSet, Text, TlsaFact};

pub(super) fn check(view: &View<'_>, out: &mut Vec<Finding>) {
    let Some(set) = read(view) else { return };
    let has_record = matches!(set.outcome, RecordOutcome::Record(_));
    let name = view.tlsrpt_name();
    let fresh = super::publish::tlsrpt_record(&view.facts.domain);
    // Of a domain that does not exist nothing is missing.
    let gone = view.facts.mx.answer.result == Answered::NxDomain;
    let said = set.findings.iter().cloned();
    let said = said.filter(|finding| !(gone && finding.code() == Code::TlsrptMissing));
    out.extend(said.map(|finding| {
        let finding = finding.arg("name", &name).arg("suggestion", &fresh);
        match finding.subject() {
            Some(_) => finding,
            None => finding.about(Subject::Name(name.clone())),
        }
    }));
    old_names(view, has_record, out);
    if let RecordOutcome::Record(record) = &set.outcome {
        external(view, record, out);
        same_policy(view, record, out);
        if !view.record.is_present() && !view.facts.hosts.iter().any(has_dane) {
            out.push(about(Code::TlsrptWithoutPolicy, &name));
        }
    }
    for to in &view.facts.tlsrpt.destinations {
        unreachable(to, out);
    }
    mx_hosts(view, out);
}

/// Whether DNS said that there is no record.
pub(super) fn is_missing(view: &View<'_>) -> bool {
    read(view).is_some_and(|set| {
        set.findings
            .iter()
            .any(|finding| finding.code() == Code::TlsrptMissing)
    })
}

/// The record; none where DNS could not tell.
fn read(view: &View<'_>) -> Option<RecordSet> {
    match &view.facts.tlsrpt.txt.result {
        Answered::Found(texts) => Some(parse_set(texts)),
        Answered::NoData | Answered::NxDomain => Some(parse_set::<Text>(&[])),
        Answered::Fault(_) | Answered::NotAsked => None,
    }
}

fn about(code: Code, name: &str) -> Finding {
    Finding::new(code)
        .about(Subject::Name(name.to_owned()))
        .arg("name", name)
        .arg("host", name)
}

fn has_dane(host: &HostFact) -> bool {
    matches!(
        host.tlsa_fact,
        TlsaFact::Records { .. } | TlsaFact::Unusable { .. }
    )
}

/// Records at names of the drafts. Beside a good one at the right name they do no harm.
fn old_names(view: &View<'_>, has_record: bool, out: &mut Vec<Finding>) {
    let limit = if has_record {
        Severity::Warn
    } else {
        Severity::Error
    };
    for (name, texts) in &view.facts.tlsrpt.near_misses {
        if let Some(text) = texts.iter().find(|text| is_version(text, b"v=TLSRPTv")) {
            out.push(
                about(Code::TlsrptOldName, name.to_string().as_str())
                    .at_most(limit)
                    .arg("expected", view.tlsrpt_name())
                    .arg("value", text),
            );
        }
    }
}

/// Destinations in another domain: legal, and no record there needs to agree (RFC 8460 §3).
fn external(view: &View<'_>, record: &Record, out: &mut Vec<Finding>) {
    let own = registrable(view.facts.domain.as_str());
    let elsewhere: BTreeSet<String> = record
        .rua
        .iter()
        .flat_map(::tlsrpt::record::Rua::domains)
        .filter(|to| registrable(to.as_str()) != own)
        .map(|to| to.to_string())
        .collect();
    out.extend(
        elsewhere
            .iter()
            .map(|to| about(Code::TlsrptRuaExternal, to).arg("value", to)),
    );
}

/// Reports of failing mail that go by the very mail that fails (RFC 8460 §3).
fn same_policy(view: &View<'_>, record: &Record, out: &mut Vec<Finding>) {
    let broken = out
        .iter()
        .any(|finding| finding.severity() == Severity::Crit);
    if view.hold != Hold::Enforce || !broken {
        return;
    }
    let by_mail = |kind: &Kind| matches!(kind, Kind::Mailto { .. });
    let own = record
        .rua
        .iter()
        .find(|rua| by_mail(rua.kind()) && rua.domains().contains(&view.facts.domain));
    if let Some(rua) = own {
        out.push(
            about(Code::TlsrptRuaSamePolicy, &view.tlsrpt_name())
                .arg("value", rua.as_str())
                .arg("detail", &view.facts.domain),
        );
    }
}

/// A destination that cannot take mail.
fn unreachable(to: &Destination, out: &mut Vec<Finding>) {
    let detail = match &to.mx.result {
        Answered::Found(MxSet::Null) => "it has a null MX",
        Answered::Found(MxSet::Hosts { records, .. }) if records.is_empty() => {
            "none of its MX records names a host"
        }
        Answered::NxDomain => "the domain does not exist",
        Answered::NoData if to.v4.is_absent() && to.v6.is_absent() => {
            "it has neither MX nor address"
        }
        _ => return,
    };
    out.push(
        about(Code::TlsrptRuaMxMissing, to.domain.as_str())
            .arg("value", &to.domain)
            .arg("detail", detail),
    );
}

/// RFC 8460 §1.1: under DANE, the policy domain of a report is the TLSA base domain.
fn mx_hosts(view: &View<'_>, out: &mut Vec<Finding>) {
    for host in view.facts.hosts.iter().filter(|host| has_dane(host)) {
        let missing = match &host.tlsrpt.result {
            Answered::Found(texts) => parse_set(texts).outcome.record().is_none(),
            Answered::NoData | Answered::NxDomain => true,
            Answered::Fault(_) | Answered::NotAsked => false,
        };
        if missing {
            let name = host.host.as_str();
            out.push(
                about(Code::TlsrptMxHostMissing, name)
                    .arg("expected", format!("_smtp._tls.{name}")),
            );
        }
    }
}
