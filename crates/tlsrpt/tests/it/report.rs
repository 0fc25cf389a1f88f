use findings::Subject;
use tlsrpt::{
    Outcome, lint, lint_with,
    report::{self, Limits, PolicyType, ResultType, When},
    unpack,
};

const HEAD: &str = r#""organization-name":"A","date-range":{"start-datetime":"2026-01-31T00:00:00Z","end-datetime":"2026-01-31T23:59:59Z"},"contact-info":"tls@a.example","report-id":"1""#;
const POLICY: &str = r#"{"policy":{"policy-type":"sts","policy-domain":"b.example"},"summary":{"total-successful-session-count":3,"total-failure-session-count":0}}"#;

/// A good report.
fn good() -> String {
    format!("{{{HEAD},\"policies\":[{POLICY}]}}")
}

/// A good report but for its first policy's details.
fn with_details(details: &str, failed: u64) -> String {
    let policy = POLICY.replace(
        "count\":0}}",
        &format!("count\":{failed}}},\"failure-details\":{details}}}"),
    );
    format!("{{{HEAD},\"policies\":[{policy}]}}")
}

fn codes(text: impl AsRef<[u8]>) -> (Outcome, Vec<&'static str>) {
    let lint = lint(text.as_ref());
    (
        lint.outcome,
        lint.findings
            .iter()
            .map(|finding| finding.code().name())
            .collect(),
    )
}

/// Every repair: the text, what is said, and that the report is there all the same.
#[test]
fn repairs() {
    let good = good();
    let cases: &[(&str, String, &[&str])] = &[
        ("BOM", format!("\u{feff}{good}"), &["report.bom"]),
        (
            "in front",
            format!("Banner {{x}} [y]\n{good}"),
            &["report.leading_data"],
        ),
        (
            "like a header",
            format!("Banner: careful\n{good}"),
            &["report.leading_data"],
        ),
        (
            "behind",
            format!("{good}\n-- \nfooter {{"),
            &["report.trailing_data"],
        ),
        (
            "repeated key",
            good.replacen('{', "{\"report-id\":\"1\",", 1),
            &["report.duplicate_key"],
        ),
        (
            "inner repeated key",
            good.replace("\"policy-type\"", "\"policy-type\":\"sts\",\"policy-type\""),
            &["report.duplicate_key"],
        ),
        (
            "lone policy",
            format!("{{{HEAD},\"policies\":{POLICY}}}"),
            &["report.shape"],
        ),
        (
            "listed policy object",
            good.replace("\"policy\":{", "\"policy\":[{")
                .replace("},\"summary\"", "}],\"summary\""),
            &["report.shape"],
        ),
        (
            "listed text",
            good.replace("\"A\"", "[\"A\",\"B\"]"),
            &["report.shape"],
        ),
        ("listed report", format!("[{good}]"), &["report.shape"]),
        (
            "wrapped report",
            format!("{{\"report\":{good}}}"),
            &["report.shape"],
        ),
        (
            "lone text",
            good.replace(
                "\"policy-domain\"",
                "\"mx-host\":\"m.example\",\"policy-domain\"",
            ),
            &["report.shape"],
        ),
        (
            "null",
            good.replace("\"tls@a.example\"", "null"),
            &["report.shape"],
        ),
        (
            "count as text",
            good.replace(":3,", ":\"3\","),
            &["report.count"],
        ),
        (
            "count as fraction",
            good.replace(":3,", ":3.0,"),
            &["report.count"],
        ),
        (
            "no zone",
            good.replace("00:00:00Z", "00:00:00"),
            &["report.date"],
        ),
        (
            "policies missing",
            format!("{{{HEAD}}}"),
            &["report.no_policies"],
        ),
        (
            "policies empty",
            format!("{{{HEAD},\"policies\":[]}}"),
            &["report.no_policies"],
        ),
        (
            "id missing",
            good.replace(",\"report-id\":\"1\"", ""),
            &["report.missing_field"],
        ),
        (
            "comma too many",
            good.replace("]}", ",]}"),
            &["report.syntax"],
        ),
        (
            "comma too few",
            good.replace(",\"policies\"", "\"policies\""),
            &["report.syntax"],
        ),
        (
            "raw line break",
            good.replace("\"A\"", "\"A\nB\""),
            &["report.syntax"],
        ),
        (
            "not UTF-8 escape",
            good.replace("\"A\"", "\"\\ud800\""),
            &["report.encoding"],
        ),
    ];
    assert_eq!(codes(&good), (Outcome::Valid, vec![]));
    for (name, text, expected) in cases {
        let (outcome, codes) = codes(text);
        assert_eq!(codes, *expected, "{name}: {text}");
        assert_eq!(outcome, Outcome::Salvaged, "{name}");
        let reports = lint(text.as_bytes()).reports;
        assert_eq!(reports.len(), 1, "{name}");
        let policies = usize::from(!codes.contains(&"report.no_policies"));
        assert_eq!(reports[0].policies.len(), policies, "{name}");
        if policies == 1 {
            assert_eq!(reports[0].policies[0].summary.successful, Some(3), "{name}");
            assert_eq!(
                reports[0].policies[0].policy.policy_type,
                Some(PolicyType::Sts),
                "{name}"
            );
        }
    }
}

/// The first of a repeated key counts (RFC 7493 §2.3 forbids it).
#[test]
fn first_of_repeated_keys() {
    let text = good().replacen('{', "{\"report-id\":\"first\",", 1);
    assert_eq!(
        lint(text.as_bytes()).reports[0].report_id.as_deref(),
        Some("first")
    );
    let text = format!("{{\"policies\":[{POLICY}],{HEAD},\"policies\":[{POLICY},{POLICY}]}}");
    assert_eq!(lint(text.as_bytes()).reports[0].policies.len(), 1);
}

/// Bytes that are not UTF-8, in all three ways.
#[test]
fn encodings() {
    let mut latin = good().into_bytes();
    let at = latin.iter().position(|byte| *byte == b'A').unwrap();
    latin[at] = 0xe4;
    assert_eq!(codes(&latin), (Outcome::Salvaged, vec!["report.encoding"]));
    assert_eq!(
        lint(&latin).reports[0].organization_name.as_deref(),
        Some("\u{fffd}")
    );
    let text = good().replace("\"A\"", "\"\u{1f4e8}ü\"");
    for little in [true, false] {
        let mut bytes = Vec::new();
        for unit in "\u{feff}".encode_utf16().chain(text.encode_utf16()) {
            bytes.extend(if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            });
        }
        assert_eq!(
            codes(&bytes),
            (Outcome::Salvaged, vec!["report.bom", "report.encoding"])
        );
        assert_eq!(
            lint(&bytes).reports[0].organization_name.as_deref(),
            Some("\u{1f4e8}ü")
        );
        // Without the mark the zeros tell.
        assert_eq!(
            codes(&bytes[2..]),
            (Outcome::Salvaged, vec!["report.encoding"])
        );
    }
}

/// Nothing that is no report becomes one.
#[test]
fn invalid() {
    for text in [
        "",
        "{}",
        "[]",
        "null",
        "hello",
        "{\"a\":{\"b\":[1,2]}}",
        "[[[[{}]]]]",
        "<feedback/>",
        "{",
        "\"x",
        "From: a@b\r\nSubject: x\r\n\r\nNo report.\r\n",
        "\u{1f}",
    ] {
        assert_eq!(
            codes(text),
            (Outcome::Invalid, vec!["report.none"]),
            "{text:?}"
        );
    }
    let broken = (Outcome::Invalid, vec!["report.zip_broken", "report.none"]);
    assert_eq!(codes("PK\u{3}\u{4}"), broken);
    let broken = (
        Outcome::Invalid,
        vec!["report.gzip_truncated", "report.none"],
    );
    assert_eq!(codes([0x1f, 0x8b, 8, 0]), broken);
}

/// A report that ends in the middle keeps what was whole.
#[test]
fn cut_anywhere() {
    let whole = with_details(
        r#"[{"result-type":"certificate-expired","failed-session-count":12}]"#,
        12,
    );
    let full = lint(whole.as_bytes()).reports.remove(0);
    for end in 25..whole.len() {
        let cut = lint(&whole.as_bytes()[..end]);
        assert_eq!(cut.outcome, Outcome::Salvaged, "{end}");
        assert!(
            cut.findings
                .iter()
                .any(|f| f.code().name() == "report.truncated"),
            "{end}"
        );
        let report = &cut.reports[0];
        assert!(
            report.organization_name.is_none()
                || report.organization_name == full.organization_name
        );
        // A count that may be cut is none.
        for row in report
            .policies
            .iter()
            .flat_map(|policy| &policy.failure_details)
        {
            assert!(matches!(row.failed_session_count, None | Some(12)), "{end}");
        }
    }
}

/// Policies and failures that are none are skipped, the others kept.
#[test]
fn salvage_per_policy_and_detail() {
    let text = format!("{{{HEAD},\"policies\":[1,{POLICY},null,{{}},[{POLICY}],\"x\"]}}");
    assert_eq!(lint(text.as_bytes()).reports[0].policies.len(), 2);
    let details = r#"[7,{"result-type":"validation-failure","failed-session-count":1},{"x":1},{},
        {"failed-session-count":2}]"#;
    let lint = lint(with_details(details, 3).as_bytes());
    let counts: Vec<_> = lint.reports[0].policies[0]
        .failure_details
        .iter()
        .map(|row| row.failed_session_count)
        .collect();
    assert_eq!(counts, [Some(1), Some(2)]);
    assert!(
        lint.findings
            .iter()
            .all(|finding| finding.subject() == Some(&Subject::Report(0)))
    );
}

/// [TR-C17] and the rules for counts: u64, text, fractions, null and negative as 0.
#[test]
fn counts() {
    let cases: &[(&str, Option<u64>, bool)] = &[
        ("0", Some(0), true),
        ("5326", Some(5326), true),
        ("18446744073709551615", Some(u64::MAX), true),
        ("18446744073709551616", Some(u64::MAX), false),
        ("\"10\"", Some(10), false),
        ("\" 10 \"", Some(10), false),
        ("10.0", Some(10), false),
        ("1e3", Some(1000), false),
        ("007", Some(7), false),
        ("null", Some(0), false),
        ("-5", Some(0), false),
        ("\"many\"", None, false),
        ("NaN", None, false),
        ("true", None, false),
        ("[4]", None, false),
        ("{}", None, false),
    ];
    for (text, expected, clean) in cases {
        let report = good().replace(":3,", &format!(":{text},"));
        let (outcome, _) = codes(&report);
        let read = report::read(report.as_bytes());
        assert_eq!(
            read.reports[0].policies[0].summary.successful, *expected,
            "{text}"
        );
        assert_eq!(outcome == Outcome::Valid, *clean, "{text}");
    }
}

/// [TR-D2] and the rules for dates.
#[test]
fn dates() {
    let cases: &[(&str, &str, bool)] = &[
        ("\"2026-01-31T00:00:00Z\"", "2026-01-31T00:00:00Z", true),
        ("\"2026-01-31T00:00:00.5Z\"", "2026-01-31T00:00:00.5Z", true),
        (
            "\"2026-01-31T01:00:00+01:00\"",
            "2026-01-31T00:00:00Z",
            true,
        ),
        ("\"2026-01-31T00:00:00\"", "2026-01-31T00:00:00Z", false),
        ("\"2026-01-31 00:00:00\"", "2026-01-31T00:00:00Z", false),
        ("\"2026-01-31\"", "2026-01-31T00:00:00Z", false),
        ("1769817600", "2026-01-31T00:00:00Z", false),
        ("1769817600000", "2026-01-31T00:00:00Z", false),
        ("\"1769817600\"", "2026-01-31T00:00:00Z", false),
        (
            "\"Sat, 31 Jan 2026 01:00:00 +0100\"",
            "2026-01-31T00:00:00Z",
            false,
        ),
        ("\"yesterday\"", "yesterday", false),
    ];
    for (text, expected, clean) in cases {
        let report = good().replace("\"2026-01-31T00:00:00Z\"", text);
        let read = report::read(report.as_bytes());
        assert_eq!(
            read.reports[0]
                .date_range
                .start
                .as_ref()
                .unwrap()
                .to_string(),
            *expected,
            "{text}"
        );
        assert_eq!(read.findings.is_empty(), *clean, "{text}");
    }
    // A day alone has all its seconds.
    let report = good().replace("T00:00:00Z", "").replace("T23:59:59Z", "");
    let end = report::read(report.as_bytes())
        .reports
        .remove(0)
        .date_range
        .end;
    assert_eq!(end, Some(When::parse("2026-01-31T23:59:59Z")));
    let backwards = good().replace("2026-01-31T23", "2025-01-31T23");
    assert_eq!(codes(backwards), (Outcome::Valid, vec!["report.range"]));
}

/// [T-12] [TR-C14] [TR-D13]: the result types are known; other words survive.
#[test]
fn words() {
    let known = [
        "starttls-not-supported",
        "certificate-host-mismatch",
        "certificate-expired",
        "certificate-not-trusted",
        "validation-failure",
        "tlsa-invalid",
        "dnssec-invalid",
        "dane-required",
        "sts-policy-fetch-error",
        "sts-policy-invalid",
        "sts-webpki-invalid",
    ];
    for word in known {
        let kind = ResultType::from(word);
        assert!(!matches!(kind, ResultType::Other(_)), "{word}");
        assert_eq!(kind.as_str(), word);
    }
    let text = with_details(
        r#"[{"result-type":"sts-policy-failure","failed-session-count":1,"additional-info-uri":"u"}]"#,
        1,
    );
    assert_eq!(codes(&text), (Outcome::Valid, vec!["report.unknown_value"]));
    let report = lint(text.as_bytes()).reports.remove(0);
    let row = &report.policies[0].failure_details[0];
    assert_eq!(
        row.result_type,
        Some(ResultType::Other("sts-policy-failure".into()))
    );
    assert_eq!(row.additional_information.as_deref(), Some("u"));
    let text = good().replace("\"sts\"", "\"none-policy-found\"");
    assert_eq!(codes(text), (Outcome::Valid, vec!["report.unknown_value"]));
}

/// [TR-D14]: blank addresses are kept as text and are no address.
#[test]
fn addresses() {
    let text = with_details(
        r#"[{"result-type":"validation-failure","failed-session-count":1,"sending-mta-ip":"","receiving-ip":"[IPv6:2001:db8::1]"}]"#,
        1,
    );
    assert_eq!(codes(&text), (Outcome::Valid, vec!["report.address"]));
    let report = lint(text.as_bytes()).reports.remove(0);
    let row = &report.policies[0].failure_details[0];
    assert_eq!(
        (row.sending_mta_ip.as_deref(), row.sending_ip()),
        (Some(""), None)
    );
    assert_eq!(row.receiving_address(), "2001:db8::1".parse().ok());
}

/// Several reports in one text are all read, each with its own findings.
#[test]
fn several_reports() {
    let text = format!("{}\n{}", good(), good().replace(":3,", ":\"3\","));
    let read = report::read(text.as_bytes());
    assert_eq!(read.reports.len(), 2);
    let odd: Vec<_> = read
        .findings
        .iter()
        .map(|f| (f.code().name(), f.subject().cloned()))
        .collect();
    assert_eq!(
        odd,
        [
            ("report.trailing_data", Some(Subject::Report(1))),
            ("report.count", Some(Subject::Report(1)))
        ]
    );
}

/// Failures past the limit are added up, and none is lost.
#[test]
fn details_are_folded() {
    let rows: Vec<_> = (0..5000)
        .map(|i| format!(r#"{{"result-type":"validation-failure","receiving-mx-hostname":"mx{}","sending-mta-ip":"10.0.{}.{}","failed-session-count":2}}"#, i % 3, i / 256, i % 256))
        .collect();
    let text = with_details(&format!("[{}]", rows.join(",")), 10_000);
    let lint = lint(text.as_bytes());
    let rows = &lint.reports[0].policies[0].failure_details;
    assert_eq!(rows.len(), 1003);
    assert_eq!(
        rows.iter()
            .filter_map(|row| row.failed_session_count)
            .sum::<u64>(),
        10_000
    );
    assert!(
        rows[1000..]
            .iter()
            .all(|row| row.sending_mta_ip.is_none() && row.receiving_mx_hostname.is_some())
    );
    assert_eq!(
        codes(&text),
        (Outcome::Valid, vec!["report.details_folded"])
    );
}

/// Each limit holds, with a finding, and no count is lost to the limits on rows.
#[test]
fn limits() {
    let read = |text: &str, limits: Limits| {
        let lint = lint_with(text.as_bytes(), &unpack::Limits::default(), &limits);
        let codes: Vec<_> = lint
            .findings
            .iter()
            .map(|finding| finding.code().name())
            .collect();
        (lint.reports, codes)
    };
    let default = Limits::default();
    let many = format!("{{{HEAD},\"policies\":[{}]}}", vec![POLICY; 50].join(","));
    let (reports, codes) = read(
        &many,
        Limits {
            policies: 10,
            ..default
        },
    );
    assert_eq!(
        (reports[0].policies.len(), codes),
        (10, vec!["report.too_many"])
    );
    let (reports, codes) = read(
        &vec![good(); 20].join("\n"),
        Limits {
            reports: 5,
            ..default
        },
    );
    assert_eq!(reports.len(), 5);
    assert!(codes.contains(&"report.too_many"));
    let (reports, codes) = read(
        &many,
        Limits {
            bytes: 1000,
            ..default
        },
    );
    assert!(reports.len() == 1 && codes.contains(&"report.too_large"));
    let long = good().replace("\"A\"", &format!("\"{}\"", "x".repeat(100_000)));
    let (reports, codes) = read(&long, default);
    assert_eq!(
        reports[0].organization_name.as_ref().unwrap().len(),
        default.text
    );
    assert_eq!(codes, ["report.too_large"]);
    let lines = format!("[{}]", vec!["\"x\""; 5000].join(","));
    let text = good().replace(
        "\"policy-domain\"",
        &format!("\"policy-string\":{lines},\"policy-domain\""),
    );
    let (reports, codes) = read(&text, default);
    assert_eq!(
        (reports[0].policies[0].policy.policy_string.len(), codes),
        (default.lines, vec!["report.too_many"])
    );
    // Distinct rows without end, and no memory left for them: the sum stays right.
    let rows: Vec<_> = (0..20_000)
        .map(|i| {
            format!(
                r#"{{"result-type":"t{i}","failure-reason-code":"r{i}","failed-session-count":1}}"#
            )
        })
        .collect();
    let text = with_details(&format!("[{}]", rows.join(",")), 20_000);
    for kept in [default.kept, 50_000, 2_000] {
        let (reports, _) = read(&text, Limits { kept, ..default });
        let rows = &reports[0].policies[0].failure_details;
        assert!(rows.len() <= default.details * 2 + 200, "{}", rows.len());
        assert_eq!(
            rows.iter()
                .filter_map(|row| row.failed_session_count)
                .sum::<u64>(),
            20_000,
            "{kept}"
        );
    }
}

/// Depth costs nothing: no recursion follows the input.
#[test]
fn deep_nesting() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"policies\":", "}]")] {
        let deep = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        assert!(lint(deep.as_bytes()).reports.len() <= 1000);
        let inside = good().replace("\"A\"", &format!("\"A\",\"x\":{deep}"));
        assert_eq!(lint(inside.as_bytes()).reports[0].policies.len(), 1);
        let inside = good().replace(
            "\"policy-domain\"",
            &format!("\"mx-host\":{deep},\"policy-domain\""),
        );
        assert_eq!(lint(inside.as_bytes()).reports[0].policies.len(), 1);
    }
}
