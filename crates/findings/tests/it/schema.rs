use std::{collections::BTreeSet, fs, path::Path};

use findings::{Code, Finding, Severity, Subject};
use names::Span;
use serde_json::Value;

/// The schema that docs/json.schema.json holds says what findings really look like.
#[test]
fn the_documented_schema_fits_findings() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/json.schema.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let finding = &schema["$defs"]["finding"];

    let full = Finding::new(Code::StsRecordIdInvalid)
        .span(Span::at(3))
        .about(Subject::Txt(0));
    assert_eq!(
        keys(&finding["properties"]),
        keys(&serde_json::to_value(full).unwrap())
    );

    let bare = serde_json::to_value(Finding::new(Code::StsRecordIdInvalid)).unwrap();
    let required: BTreeSet<_> = finding["required"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(required, keys(&bare));

    let severities = [
        Severity::Ok,
        Severity::Info,
        Severity::Warn,
        Severity::Error,
        Severity::Crit,
    ];
    let words: Vec<_> = severities.iter().map(|s| Value::from(s.as_str())).collect();
    assert_eq!(
        finding["properties"]["severity"]["enum"],
        Value::from(words)
    );
}

/// The example of a finding in docs/json.md is what comes out.
#[test]
fn the_documented_example_is_real() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/json.md");
    let page = fs::read_to_string(path).unwrap();
    let (_, example) = page.split_once("```json\n").unwrap();
    let (example, _) = example.split_once("\n```").unwrap();
    let finding = Finding::new(Code::StsRecordIdInvalid)
        .span(Span::new(12, 22))
        .about(Subject::Txt(0))
        .arg("value", "2026-01-01");
    assert_eq!(
        serde_json::from_str::<Value>(example).unwrap(),
        serde_json::to_value(finding).unwrap()
    );
}

fn keys(object: &Value) -> BTreeSet<String> {
    object
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, _)| key.clone())
        .collect()
}
