use mta_sts::{policy, record};
use serde_json::json;

/// The shapes that `lint` prints.
#[test]
fn values_have_their_shape() {
    let record = record::parse(b"v=STSv1; Z=1; id=2024a; a=b;c=d")
        .value
        .unwrap();
    assert_eq!(
        serde_json::to_value(record).unwrap(),
        json!({"id": "2024a", "extensions": [["Z", "1"], ["a", "b"], ["c", "d"]]})
    );
    let body = "version: STSv1\nmode: enforce\nmx: B.example\nmx: *.a.example\nmx: b.example\n\
                mx: -\nmax_age: 9999999999\nnote: zwei Wörter\n";
    let policy = policy::parse(body.as_bytes()).value.unwrap();
    assert_eq!(
        serde_json::to_value(policy).unwrap(),
        json!({
            "mode": "enforce",
            "max_age": 31_557_600,
            "mx": ["b.example", "*.a.example", "b.example"],
            "extensions": [["note", "zwei Wörter"]],
        })
    );
    let policy = policy::parse(b"version: STSv1\nmode: none\nmax_age: 0\n")
        .value
        .unwrap();
    assert_eq!(
        serde_json::to_value(policy).unwrap(),
        json!({"mode": "none", "max_age": 0, "mx": [], "extensions": []})
    );
}
