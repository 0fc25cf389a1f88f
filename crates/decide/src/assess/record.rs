//! The record beyond its grammar: `sts.record.*` (RFC 8461 §3.1). The parser says the rest.

use findings::{Code, Finding, Severity, Subject};
use names::Owner;

use super::view::{RecordState, View};
use crate::facts::{DnsFault, Text};

/// A record that is kept longer slows every update of the policy (RFC 8461 §8.1).
const LONG_TTL: u32 = 86_400;

pub(super) fn check(view: &View<'_>, out: &mut Vec<Finding>) {
    let txt = &view.facts.sts.txt;
    let about = |code: Code| {
        let name = view.record_name();
        Finding::new(code)
            .arg("name", &name)
            .arg("host", &name)
            .about(Subject::Name(name))
    };
    if txt.fault() == Some(DnsFault::Loop) {
        out.push(about(Code::StsRecordCnameLoop).arg("value", chain(&txt.cname)));
    }
    if view.record.is_present() {
        if !txt.cname.is_empty() {
            let chain = chain(&txt.cname);
            out.push(
                about(Code::StsRecordCname)
                    .arg("value", &chain)
                    .arg("detail", &chain),
            );
        }
        if txt.ttl > LONG_TTL {
            out.push(
                about(Code::StsRecordTtlLong)
                    .arg("value", txt.ttl)
                    .arg("count", txt.ttl)
                    .arg("limit", LONG_TTL),
            );
        }
    }
    wildcard(view, out);
    near_misses(view, out);
}

fn chain(names: &[Owner]) -> String {
    names
        .iter()
        .map(Owner::to_string)
        .collect::<Vec<_>>()
        .join(" -> ")
}

/// A random sibling answers with the same texts: a wildcard does.
fn wildcard(view: &View<'_>, out: &mut Vec<Finding>) {
    let sts = &view.facts.sts;
    if let (Some(texts), Some(sibling)) = (sts.txt.found(), sts.sibling.found())
        && !texts.is_empty()
        && same(texts, sibling)
    {
        out.push(
            Finding::new(Code::StsRecordWildcardAnswer)
                .about(Subject::Name(view.record_name()))
                .arg("name", format!("*.{}", view.facts.domain))
                .arg(
                    "value",
                    texts.first().map(Text::to_string).unwrap_or_default(),
                ),
        );
    }
}

fn same(a: &[Text], b: &[Text]) -> bool {
    let sorted = |texts: &[Text]| {
        let mut texts = texts.to_vec();
        texts.sort();
        texts
    };
    sorted(a) == sorted(b)
}

/// Records at names where nobody looks. Beside a good one at the right name they do no harm.
fn near_misses(view: &View<'_>, out: &mut Vec<Finding>) {
    let sts = &view.facts.sts;
    let limit = if view.record == RecordState::Good {
        Severity::Warn
    } else {
        Severity::Error
    };
    for (name, texts) in &sts.near_misses {
        // What a wildcard answers stands at no name in particular.
        if sts
            .sibling
            .found()
            .is_some_and(|sibling| same(texts, sibling))
        {
            continue;
        }
        if let Some(text) = texts.iter().find(|text| is_version(text, b"v=STSv")) {
            out.push(
                Finding::new(Code::StsRecordWrongName)
                    .at_most(limit)
                    .about(Subject::Name(name.to_string()))
                    .arg("name", name)
                    .arg("expected", view.record_name())
                    .arg("value", text),
            );
        }
    }
}

/// Whether the text starts with the version, whatever its case.
pub(super) fn is_version(text: &Text, version: &[u8]) -> bool {
    text.0
        .get(..version.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(version))
}
