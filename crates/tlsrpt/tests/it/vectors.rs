//! Vectors written from the RFC's text and not from the code: each line of the files in
//! `testdata/vectors` is an input with its outcome, its value and its codes. `codes` must be there,
//! of `one_of` at least one, and nothing else but what `also` allows.

use std::{collections::BTreeSet, fs, path::Path};

use findings::Finding;
use serde_json::Value;
use tlsrpt::record::{self, RecordOutcome};

/// Calls `judge` with each vector of a file; returns how many there were.
fn each(file: &str, judge: impl Fn(&Value) -> Option<String>) -> usize {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("testdata/vectors")
        .join(file);
    let all: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let vectors: Vec<_> = all.as_object().unwrap().values().collect();
    let vectors = vectors.iter().flat_map(|list| list.as_array().unwrap());
    let wrong: Vec<_> = vectors.clone().filter_map(judge).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    vectors.count()
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

/// What differs from the vector, if anything.
fn compare(vector: &Value, outcome: &str, value: &Value, findings: &[Finding]) -> Option<String> {
    let found: BTreeSet<_> = findings.iter().map(|one| one.code().name()).collect();
    let (must, one_of) = (names(vector, "codes"), names(vector, "one_of"));
    let also = names(vector, "also");
    let is_odd = |code: &&str| {
        [&must, &one_of, &also]
            .iter()
            .all(|set| !set.contains(code))
    };
    let agrees = vector["outcome"] == outcome
        && &vector["value"] == value
        && must.is_subset(&found)
        && (one_of.is_empty() || !one_of.is_disjoint(&found))
        && !found.iter().any(is_odd);
    (!agrees).then(|| format!("{vector}\n  is {outcome} {value} {found:?}"))
}

/// [T-02] [T-03] [T-04] [T-05] [T-06] [T-07] [T-16]
#[test]
fn records() {
    let count = each("record.json", |vector| {
        let set: Vec<_> = vector["txt"]
            .as_array()
            .unwrap()
            .iter()
            .map(bytes)
            .collect();
        let parsed = record::parse_set(&set);
        let value = match &parsed.outcome {
            RecordOutcome::Record(record) => serde_json::to_value(record).unwrap(),
            RecordOutcome::None | RecordOutcome::Invalid => Value::Null,
        };
        let outcome = parsed.outcome.as_str();
        compare(vector, outcome, &value, &parsed.findings)
    });
    assert!(count >= 250, "{count}");
}

/// Each vector changes one report that is as RFC 8460 §4.4 has it: `replace` by `with`, `before`
/// and `after` it, or another `text` altogether.
#[test]
fn reports() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/vectors/report.json");
    let all: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let base = all["base"].as_str().unwrap();
    let vectors = all["vectors"].as_array().unwrap();
    let judge = |vector: &Value| {
        let text = |key: &str| vector[key].as_str().unwrap_or_default();
        let mut input = vector["text"].as_str().unwrap_or(base).to_owned();
        if let Some(old) = vector["replace"].as_str() {
            assert!(input.contains(old), "{vector}");
            input = input.replacen(old, text("with"), 1);
        }
        let input = format!("{}{input}{}", text("before"), text("after"));
        let lint = tlsrpt::lint(input.as_bytes());
        compare(vector, lint.outcome.as_str(), &Value::Null, &lint.findings).or_else(|| {
            let count = lint.reports.len();
            (vector["reports"] != count).then(|| format!("{vector}\n  has {count} reports"))
        })
    };
    let wrong: Vec<_> = vectors.iter().filter_map(judge).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(vectors.len() >= 90, "{}", vectors.len());
}
