//! `postseal lint` and `postseal match`: outcomes, values, codes, exit codes and shapes.

use serde_json::json;

use crate::{
    run::{codes, postseal, with_input},
    schema::assert_shape,
};

/// [D-03] [D-06] [D-11] [D-12] [D-16]
#[test]
fn records() {
    let cases: &[(&[&str], &str, i32, &[&str])] = &[
        (&["v=STSv1; id=20261121"], "record", 0, &[]),
        (&["v=STSv1 ; id=1"], "record", 0, &[]),
        (
            &["v=STSv1; id=1; id=2"],
            "record",
            0,
            &["sts.record.duplicate_field"],
        ),
        (
            &["v=STSv1; id=2026-11-21"],
            "invalid",
            1,
            &["sts.record.id.invalid"],
        ),
        (&["v=STSv1;"], "invalid", 1, &["sts.record.id.missing"]),
        (&["v=STSv1; id=1;;"], "invalid", 1, &["sts.record.syntax"]),
        (
            &["v=STSv1; id=1", "v=STSv1; id=2"],
            "none",
            1,
            &["sts.record.multiple"],
        ),
        (
            &["v=STSv1; id=1", "v=spf1 -all"],
            "record",
            0,
            &["sts.record.unrelated_txt"],
        ),
        (
            &["v=spf1 -all"],
            "none",
            1,
            &["sts.record.missing", "sts.record.unrelated_txt"],
        ),
        (&[""], "none", 1, &["sts.record.missing"]),
    ];
    for (texts, outcome, code, expected) in cases {
        let mut args = vec!["lint", "record", "--format", "json", "--"];
        args.extend(*texts);
        let ran = postseal(&args);
        let document = ran.json();
        assert_shape("lint-record", &document);
        assert_eq!(document["outcome"], *outcome, "{texts:?}: {document}");
        assert_eq!(ran.code, *code, "{texts:?}");
        let found = codes(&document);
        for code in *expected {
            assert!(
                found.iter().any(|c| c == code),
                "{texts:?}: no {code} in {found:?}"
            );
        }
        assert_eq!(
            document["value"].is_null(),
            *outcome != "record",
            "{texts:?}"
        );
    }
    let ran = postseal([
        "lint",
        "record",
        "v=STSv1; id=a1; Foo=bar; Foo=baz",
        "--format",
        "json",
    ]);
    assert_eq!(
        ran.json()["value"],
        json!({"id": "a1", "extensions": [["Foo", "bar"]]})
    );
}

/// [P-04] [P-05] [P-08] [P-09] [P-11] [P-13]
#[test]
fn policies() {
    let good = "version: STSv1\r\nmode: enforce\r\nmx: mx1.example.com\r\nmax_age: 604800\r\n";
    let cases: &[(&str, &str, i32, &[&str])] = &[
        (good, "valid", 0, &[]),
        (
            "mode: none\nmax_age: 0\nversion: STSv1",
            "valid",
            0,
            &["sts.policy.max_age.zero"],
        ),
        ("", "invalid", 1, &["sts.policy.empty"]),
        ("<html>", "invalid", 1, &["sts.policy.html"]),
        (
            "version: STSv1\n\nmode: none\nmax_age: 1\n",
            "invalid",
            1,
            &["sts.policy.line.blank"],
        ),
        (
            "version: STSv1\nmode: enforce\nmx: a_b.example\nmx: mx.example.com\nmax_age: 1209600\n",
            "valid",
            0,
            &["sts.policy.mx.invalid"],
        ),
        (
            "version: STSv1\nmode: enforce\nmx: [192.0.2.1]\nmax_age: 1209600\n",
            "invalid",
            1,
            &["sts.policy.mx.ip_literal", "sts.policy.mx.missing"],
        ),
        (
            "version: STSv1\nmode: none\nmax_age: 9999999999\n",
            "valid",
            0,
            &["sts.policy.max_age.too_large"],
        ),
    ];
    for (body, outcome, code, expected) in cases {
        let ran = with_input(["lint", "policy", "-", "--format", "json"], body.as_bytes());
        let document = ran.json();
        assert_shape("lint-policy", &document);
        assert_eq!(document["outcome"], *outcome, "{body:?}: {document}");
        assert_eq!(ran.code, *code, "{body:?}");
        let found = codes(&document);
        for code in *expected {
            assert!(
                found.iter().any(|c| c == code),
                "{body:?}: no {code} in {found:?}"
            );
        }
    }
    let ran = with_input(
        ["lint", "policy", "-", "--format", "json"],
        b"max_age: 9999999999\nmx: B.example.com\nmx: *.example.com\nmode: none\nversion: STSv1\nx: y z\n",
    );
    assert_eq!(
        ran.json()["value"],
        json!({"mode": "none", "max_age": 31_557_600,
               "mx": ["b.example.com", "*.example.com"], "extensions": [["x", "y z"]]})
    );
}

/// [T-02] [T-03] [T-04] [T-06] [T-16]
#[test]
fn tlsrpt_records() {
    let cases: &[(&[&str], &str, i32, &[&str])] = &[
        (&["v=TLSRPTv1; rua=mailto:a@example.com"], "record", 0, &[]),
        (
            &["v=TLSRPTv1; rua=mailto:a@example.com; rua=https://e.com/x"],
            "record",
            0,
            &[],
        ),
        (&["v=TLSRPTv1;"], "invalid", 1, &["tlsrpt.rua.missing"]),
        (
            &["v=TLSRPTv1; rua=a@example.com"],
            "invalid",
            1,
            &["tlsrpt.rua.invalid"],
        ),
        (
            &["v=TLSRPTv1; rua=mailto:a!b@example.com"],
            "invalid",
            1,
            &["tlsrpt.rua.unencoded"],
        ),
        (
            &["v=TLSRPTv1; rua=ftp://example.com/"],
            "invalid",
            1,
            &["tlsrpt.rua.scheme"],
        ),
        (
            &[
                "v=TLSRPTv1; rua=mailto:a@b.example",
                "v=TLSRPTv1; rua=mailto:c@d.example",
            ],
            "none",
            1,
            &["tlsrpt.multiple"],
        ),
    ];
    for (texts, outcome, code, expected) in cases {
        let mut args = vec!["lint", "tlsrpt-record", "--format", "json", "--"];
        args.extend(*texts);
        let ran = postseal(&args);
        let document = ran.json();
        assert_shape("lint-tlsrpt-record", &document);
        assert_eq!(document["outcome"], *outcome, "{texts:?}: {document}");
        assert_eq!(ran.code, *code, "{texts:?}");
        let found = codes(&document);
        for code in *expected {
            assert!(
                found.iter().any(|c| c == code),
                "{texts:?}: no {code} in {found:?}"
            );
        }
    }
}

/// [TR-C15] [TR-C16]
#[test]
fn reports() {
    let report = r#"{"organization-name":"Example","date-range":{"start-datetime":"2026-11-20T00:00:00Z","end-datetime":"2026-11-20T23:59:59Z"},"contact-info":"tls@example.net","report-id":"1","policies":[{"policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: testing","mx: mx1.example.com","max_age: 86400"],"policy-domain":"example.com","mx-host":["mx1.example.com"]},"summary":{"total-successful-session-count":5326,"total-failure-session-count":0}}]}"#;
    let lint = |bytes: &[u8]| with_input(["lint", "report", "-", "--format", "json"], bytes);
    let whole = lint(report.as_bytes());
    assert_shape("lint-report", &whole.json());
    assert_eq!(
        (whole.code, &whole.json()["outcome"]),
        (0, &json!("valid")),
        "{whole:?}"
    );
    assert_eq!(whole.json()["reports"][0]["report-id"], "1");
    let junk = lint(format!("\u{feff}{report}\n-- \nlist footer").as_bytes());
    assert_eq!(
        (junk.code, &junk.json()["outcome"]),
        (0, &json!("salvaged")),
        "{junk:?}"
    );
    let nothing = lint(b"hello");
    assert_shape("lint-report", &nothing.json());
    assert_eq!(
        (nothing.code, &nothing.json()["outcome"]),
        (1, &json!("invalid")),
        "{nothing:?}"
    );
}

/// [V-03] [C-03]
#[test]
fn patterns() {
    let cases = [
        ("mx1.example.com", "MX1.example.com.", true),
        ("*.example.com", "mx1.example.com", true),
        ("*.example.com", "a.mx1.example.com", false),
        ("*.example.com", "example.com", false),
        ("mx*.example.com", "mx1.example.com", false),
        ("mx1.example.com.", "mx1.example.com", false),
        ("", "", false),
    ];
    for (pattern, host, expected) in cases {
        let ran = postseal(["match", pattern, host, "--format", "json"]);
        assert_shape("match", &ran.json());
        assert_eq!(ran.json(), json!({ "match": expected }), "{pattern} {host}");
        assert_eq!(ran.code, i32::from(!expected), "{pattern} {host}");
    }
}

/// A record with a fault a byte is answered in a bounded number of findings, each in a bounded
/// text.
#[test]
fn a_fault_a_byte_is_not_a_finding_a_byte() {
    let record = format!("v=TLSRPTv1; rua={}", ",".repeat(60_000));
    let json = postseal(["lint", "tlsrpt-record", "--format", "json", &record]);
    assert_eq!(json.code, 1);
    let found = codes(&json.json()).len();
    assert!((1..=101).contains(&found), "{found}");
    let human = postseal(["lint", "tlsrpt-record", &record]);
    assert_eq!(human.code, 1);
    assert!(human.stdout.len() < 200_000, "{}", human.stdout.len());
    let policy = [
        b"version: STSv1\n".as_slice(),
        &b"x".repeat(60_000),
        b"\nmode none\n",
    ]
    .concat();
    let human = with_input(["lint", "policy", "-"], &policy);
    assert!(
        human.stdout.contains("standard input:3"),
        "{}",
        human.stdout
    );
    assert!(human.stdout.len() < 10_000, "{}", human.stdout.len());
}

/// JSON holds what a report says, and nothing that a terminal acts on.
#[test]
fn json_on_a_terminal_is_harmless() {
    let name = "a\u{9b}2J\u{7f}\u{202e}b\u{2066}\u{2028}\u{85}c \u{fc}\u{1b}[2J";
    let report = json!({"organization-name": name, "policies": []});
    let ran = with_input(
        ["lint", "report", "-", "--format", "json"],
        report.to_string().as_bytes(),
    );
    assert_eq!(ran.json()["reports"][0]["organization-name"], name);
    let harmful = |c: char| c.is_control() && c != '\n' || ('\u{2028}'..='\u{2069}').contains(&c);
    assert!(!ran.stdout.contains(harmful), "{:?}", ran.stdout);
    assert!(ran.stdout.contains('\u{fc}'), "{:?}", ran.stdout);
}
