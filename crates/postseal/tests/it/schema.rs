//! Holds documents to docs/json.schema.json: the part of JSON Schema that it uses.

use serde_json::Value;

const SCHEMA: &str = include_str!("../../../../docs/json.schema.json");

/// Fails where the document is not of the shape `name`.
#[track_caller]
pub(crate) fn assert_shape(name: &str, document: &Value) {
    let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    let mut faults = Vec::new();
    check(&schema, &schema["$defs"][name], document, name, &mut faults);
    assert!(faults.is_empty(), "{faults:#?}\nin {document:#}");
}

fn check(root: &Value, rule: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(target) = rule["$ref"].as_str() {
        let name = target
            .strip_prefix("#/$defs/")
            .expect("a reference into $defs");
        return check(root, &root["$defs"][name], value, at, faults);
    }
    assert!(rule.is_object(), "no rule for {at}");
    let types = match &rule["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !types.is_empty() && !types.iter().any(|expected| is(value, expected)) {
        faults.push(format!("{at}: not of type {types:?}: {value}"));
    }
    if let Some(allowed) = rule["enum"].as_array()
        && !allowed.contains(value)
    {
        faults.push(format!("{at}: {value} is none of {allowed:?}"));
    }
    if let Some(object) = value.as_object() {
        for name in rule["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            if !object.contains_key(name) {
                faults.push(format!("{at}: `{name}` is missing"));
            }
        }
        for (name, member) in object {
            let rule_of = &rule["properties"][name];
            if rule_of.is_object() {
                check(root, rule_of, member, &format!("{at}.{name}"), faults);
            } else if rule["additionalProperties"] == Value::Bool(false) {
                faults.push(format!("{at}: `{name}` is not in the schema"));
            }
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        if rule["items"].is_object() {
            check(
                root,
                &rule["items"],
                item,
                &format!("{at}[{index}]"),
                faults,
            );
        }
    }
    let length = value.as_array().map_or(0, Vec::len) as u64;
    if rule["minItems"]
        .as_u64()
        .is_some_and(|least| value.is_array() && length < least)
        || rule["maxItems"]
            .as_u64()
            .is_some_and(|most| value.is_array() && length > most)
    {
        faults.push(format!("{at}: {length} items"));
    }
}

fn is(value: &Value, expected: &str) -> bool {
    match expected {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the schema uses type `{other}`, which this test does not know"),
    }
}

#[test]
fn the_check_of_shapes_can_fail() {
    let mut faults = Vec::new();
    let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    let wrong = serde_json::json!({"match": "yes", "extra": 1});
    check(
        &schema,
        &schema["$defs"]["match"],
        &wrong,
        "match",
        &mut faults,
    );
    assert_eq!(faults.len(), 2, "{faults:?}");
}
