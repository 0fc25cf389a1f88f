//! Vectors written from the RFC's text and not from the code: each line of the files in
//! `testdata/vectors` is an input with its outcome, its value and its codes. `codes` must be there,
//! of `one_of` at least one, and nothing else but what `also` allows.

use std::{collections::BTreeSet, fs, path::Path};

use findings::Finding;
use mta_sts::{RecordOutcome, matches, policy, record};
use serde_json::Value;

/// Calls `judge` with each vector of a file; returns how many there were.
fn each(file: &str, judge: impl Fn(&str, &Value)) -> usize {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("testdata/vectors")
        .join(file);
    let all: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let mut count = 0;
    for (category, vectors) in all.as_object().unwrap() {
        for vector in vectors.as_array().unwrap() {
            judge(category, vector);
            count += 1;
        }
    }
    count
}

/// A text, or the bytes that `{"hex": ...}` stands for.
fn bytes(input: &Value) -> Vec<u8> {
    if let Some(text) = input.as_str() {
        return text.as_bytes().to_vec();
    }
    let hex = input["hex"].as_str().unwrap();
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect()
}

fn names<'v>(vector: &'v Value, key: &str) -> BTreeSet<&'v str> {
    vector[key]
        .as_array()
        .into_iter()
        .flatten()
        .map(|name| name.as_str().unwrap())
        .collect()
}

fn compare(place: &str, vector: &Value, outcome: &str, value: &Value, findings: &[Finding]) {
    assert_eq!(vector["outcome"], outcome, "{place}: {vector}");
    assert_eq!(&vector["value"], value, "{place}: {vector}");
    let found: BTreeSet<_> = findings.iter().map(|one| one.code().name()).collect();
    let (must, one_of) = (names(vector, "codes"), names(vector, "one_of"));
    assert!(must.is_subset(&found), "{place}: {vector}: {found:?}");
    assert!(
        one_of.is_empty() || !one_of.is_disjoint(&found),
        "{place}: {vector}: {found:?}"
    );
    let also = names(vector, "also");
    let odd: Vec<_> = found
        .iter()
        .filter(|code| !must.contains(*code) && !one_of.contains(*code) && !also.contains(*code))
        .collect();
    assert!(odd.is_empty(), "{place}: {vector}: {odd:?}");
}

/// [D-03] [D-04] [D-05] [D-06] [D-09] [D-11] [D-12] [D-15] [D-16]
#[test]
fn records() {
    let count = each("record.json", |place, vector| {
        let set: Vec<_> = vector["txt"]
            .as_array()
            .unwrap()
            .iter()
            .map(bytes)
            .collect();
        let parsed = record::parse_set(&set);
        let (outcome, value) = match &parsed.outcome {
            RecordOutcome::Record(record) => ("record", serde_json::to_value(record).unwrap()),
            RecordOutcome::None => ("none", Value::Null),
            RecordOutcome::Invalid => ("invalid", Value::Null),
        };
        compare(place, vector, outcome, &value, &parsed.findings);
    });
    assert!(count >= 200, "{count}");
}

/// [P-04] [P-05] [P-06] [P-07] [P-08] [P-09] [P-11] [P-12] [P-13] [P-14] [P-15]
#[test]
fn policies() {
    let count = each("policy.json", |place, vector| {
        let parsed = policy::parse(&bytes(&vector["body"]));
        let outcome = match parsed.value {
            Some(_) => "valid",
            None => "invalid",
        };
        let value = serde_json::to_value(&parsed.value).unwrap();
        compare(place, vector, outcome, &value, &parsed.findings);
    });
    assert!(count >= 400, "{count}");
}

/// [V-01] [V-02] [V-03]
#[test]
fn pairs() {
    let count = each("match.json", |place, vector| {
        let [pattern, host] = ["pattern", "host"].map(|key| vector[key].as_str().unwrap());
        assert_eq!(
            vector["match"],
            matches(pattern, host),
            "{place}: {pattern:?} {host:?}"
        );
    });
    assert!(count >= 75, "{count}");
}

/// The 64 kB that RFC 8461 §3.3 suggests: a body of just that is read, one octet more is none.
#[test]
fn a_body_over_64_kib_is_no_policy() {
    let start = "version: STSv1\r\nmode: enforce\r\nmx: a.example\r\nmax_age: 1209600\r\nfill: ";
    for (len, is_valid) in [(65_536, true), (65_537, false)] {
        let body = format!("{start}{}", "x".repeat(len - start.len()));
        let parsed = policy::parse(body.as_bytes());
        assert_eq!(parsed.value.is_some(), is_valid, "{len}");
        let is_large = |one: &Finding| one.code().name() == "sts.http.too_large";
        assert_eq!(parsed.findings.iter().any(is_large), !is_valid, "{len}");
    }
}
