use findings::{Finding, Severity, Subject};
use tlsrpt::record::{Kind, RecordOutcome, RecordSet, Rua, parse_set};

fn parse(text: &str) -> RecordSet {
    parse_set(&[text])
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings
        .iter()
        .map(|finding| finding.code().name())
        .collect()
}

fn rua(set: &RecordSet) -> Vec<&str> {
    set.outcome
        .record()
        .map(|r| r.rua.iter().map(Rua::as_str).collect())
        .unwrap_or_default()
}

/// [T-02] [T-03] [T-04] [T-16] [TR-C2] [TR-C3] [TR-C4]: what the grammar of RFC 8460 §3 allows.
#[test]
fn valid_records() {
    let cases: &[(&str, &[&str])] = &[
        (
            "v=TLSRPTv1; rua=mailto:a@b.example",
            &["mailto:a@b.example"],
        ),
        ("v=TLSRPTv1;rua=mailto:a@b.example", &["mailto:a@b.example"]),
        (
            "v=TLSRPTv1;rua=mailto:a@b.example;",
            &["mailto:a@b.example"],
        ),
        (
            "v=TLSRPTv1;rua=mailto:a@b.example; \t",
            &["mailto:a@b.example"],
        ),
        (
            "v=TLSRPTv1 \t;\t rua=mailto:a@b.example ; x=1",
            &["mailto:a@b.example"],
        ),
        (
            "v=TLSRPTv1; ext=1; rua=mailto:a@b.example",
            &["mailto:a@b.example"],
        ),
        (
            "v=TLSRPTv1; rua=mailto:a@b , https://c/d",
            &["mailto:a@b", "https://c/d"],
        ),
        (
            "v=TLSRPTv1; rua=mailto:a@b,https://c\t,\tmailto:d@e",
            &["mailto:a@b", "https://c", "mailto:d@e"],
        ),
        // [T-03]: repeated rua fields add up.
        (
            "v=TLSRPTv1; rua=mailto:a@b; rua=https://c",
            &["mailto:a@b", "https://c"],
        ),
        (
            "v=TLSRPTv1; rua=mailto:a@b; x=1; rua=mailto:a@b",
            &["mailto:a@b", "mailto:a@b"],
        ),
        // Any host of RFC 3986, and mailto fields.
        (
            "v=TLSRPTv1; rua=https://[2001:db8::1]:8443/r?x=1#f",
            &["https://[2001:db8::1]:8443/r?x=1#f"],
        ),
        (
            "v=TLSRPTv1; rua=https://192.0.2.1/",
            &["https://192.0.2.1/"],
        ),
        ("v=TLSRPTv1; rua=https://[v1.a:b]/", &["https://[v1.a:b]/"]),
        (
            "v=TLSRPTv1; rua=https://a_b.example/~u/$&'()*+=:@",
            &["https://a_b.example/~u/$&'()*+=:@"],
        ),
        (
            "v=TLSRPTv1; rua=https://user:pw@h.example:443/",
            &["https://user:pw@h.example:443/"],
        ),
        (
            "v=TLSRPTv1; rua=https://h.example:/",
            &["https://h.example:/"],
        ),
        (
            "v=TLSRPTv1; rua=mailto:a@b?subject=x%20y&cc=d@e",
            &["mailto:a@b?subject=x%20y&cc=d@e"],
        ),
        (
            "v=TLSRPTv1; rua=mailto:a%21b%2Cc%3Bd@e.example",
            &["mailto:a%21b%2Cc%3Bd@e.example"],
        ),
        (
            "v=TLSRPTv1; rua=MAILTO:a@b,HTTPS://C/",
            &["MAILTO:a@b", "HTTPS://C/"],
        ),
    ];
    for (text, expected) in cases {
        let set = parse(text);
        assert_eq!(rua(&set), *expected, "{text}");
        assert!(
            set.findings.is_empty(),
            "{text}: {:?}",
            codes(&set.findings)
        );
        assert_eq!(set.outcome.as_str(), "record");
    }
}

/// [T-02] [T-03] [T-04] [T-16] [TR-C2] [TR-C3]: one malformed field, extension or member makes the
/// whole record invalid.
#[test]
fn invalid_records() {
    let cases: &[(&str, &[&str])] = &[
        ("v=TLSRPTv1", &["tlsrpt.syntax", "tlsrpt.rua.missing"]),
        ("v=TLSRPTv1;", &["tlsrpt.rua.missing"]),
        ("v=TLSRPTv1; ", &["tlsrpt.rua.missing"]),
        ("v=TLSRPTv1; x=1", &["tlsrpt.rua.missing"]),
        ("v=TLSRPTv1; RUA=mailto:a@b", &["tlsrpt.rua.missing"]),
        ("v=TLSRPTv1 x; rua=mailto:a@b", &["tlsrpt.syntax"]),
        ("v=TLSRPTv1;; rua=mailto:a@b", &["tlsrpt.syntax"]),
        ("v=TLSRPTv1; rua=mailto:a@b;;", &["tlsrpt.syntax"]),
        ("v=TLSRPTv1; rua=mailto:a@b; ;", &["tlsrpt.syntax"]),
        // White space at the end without a semicolon, in front of a value, around the equals sign.
        ("v=TLSRPTv1; rua=mailto:a@b ", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=mailto:a@b; x=1 ", &["tlsrpt.syntax"]),
        ("v=TLSRPTv1; rua= mailto:a@b", &["tlsrpt.rua.invalid"]),
        (
            "v=TLSRPTv1; rua =mailto:a@b",
            &["tlsrpt.syntax", "tlsrpt.rua.missing"],
        ),
        ("v=TLSRPTv1; rua=mailto:a@b; x = 1", &["tlsrpt.syntax"]),
        ("v=TLSRPTv1; rua=mailto:a@b; x", &["tlsrpt.syntax"]),
        ("v=TLSRPTv1; rua=mailto:a@b; x=", &["tlsrpt.syntax"]),
        ("v=TLSRPTv1; rua=mailto:a@b; =1", &["tlsrpt.syntax"]),
        ("v=TLSRPTv1; rua=mailto:a@b; x=1=2", &["tlsrpt.syntax"]),
        ("v=TLSRPTv1; rua=mailto:a@b; -x=1", &["tlsrpt.syntax"]),
        ("v=TLSRPTv1; rua=mailto:a@b; ü=1", &["tlsrpt.syntax"]),
        ("v=TLSRPTv1; rua=mailto:a@b; x=ü", &["tlsrpt.syntax"]),
        (
            "v=TLSRPTv1; rua=mailto:a@b; a23456789012345678901234567890123=1",
            &["tlsrpt.syntax"],
        ),
        // Members: empty, no scheme, bad escapes, raw bytes.
        ("v=TLSRPTv1; rua=", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=mailto:a@b,", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=,mailto:a@b", &["tlsrpt.rua.invalid"]),
        (
            "v=TLSRPTv1; rua=mailto:a@b,,mailto:c@d",
            &["tlsrpt.rua.invalid"],
        ),
        ("v=TLSRPTv1; rua=a@b.example", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=mailto:a@b,c@d", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=//b.example/x", &["tlsrpt.rua.invalid"]),
        (
            "v=TLSRPTv1; rua=1https://b.example/x",
            &["tlsrpt.rua.invalid"],
        ),
        ("v=TLSRPTv1; rua=mailto:a%2@b", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=mailto:a%zz@b", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=https://a/%", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=https://a b/", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=https://a/<x>", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=https://a/ü", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=https://[::1/", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=https://[::g]/", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=https://a:8o/", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=https://a/[x]", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=https://a/#b#c", &["tlsrpt.rua.invalid"]),
        (
            "v=TLSRPTv1; rua=ftp://a b/,mailto:a@b",
            &["tlsrpt.rua.invalid"],
        ),
        ("v=TLSRPTv1; rua=mailto:a!b@c", &["tlsrpt.rua.unencoded"]),
        ("v=TLSRPTv1; rua=mailto:a@b!10m", &["tlsrpt.rua.unencoded"]),
        (
            "v=TLSRPTv1; rua=https://a/b,c",
            &["tlsrpt.rua.unencoded", "tlsrpt.rua.invalid"],
        ),
        (
            "v=TLSRPTv1; rua=https://a/b;c",
            &["tlsrpt.rua.unencoded", "tlsrpt.syntax"],
        ),
        // Nothing usable left.
        ("v=TLSRPTv1; rua=ftp://a/b", &["tlsrpt.rua.scheme"]),
        ("v=TLSRPTv1; rua=http://a/b", &["tlsrpt.rua.scheme"]),
        ("v=TLSRPTv1; rua=mailto:", &["tlsrpt.rua.mailbox"]),
        ("v=TLSRPTv1; rua=mailto:abc", &["tlsrpt.rua.mailbox"]),
        ("v=TLSRPTv1; rua=mailto:@b.example", &["tlsrpt.rua.mailbox"]),
        ("v=TLSRPTv1; rua=mailto:a@", &["tlsrpt.rua.mailbox"]),
        ("v=TLSRPTv1; rua=mailto:?subject=x", &["tlsrpt.rua.mailbox"]),
        ("v=TLSRPTv1; rua=https:///x", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=https:x", &["tlsrpt.rua.invalid"]),
        ("v=TLSRPTv1; rua=https://a:99999/", &["tlsrpt.rua.invalid"]),
    ];
    for (text, expected) in cases {
        let set = parse(text);
        assert_eq!(set.outcome, RecordOutcome::Invalid, "{text}");
        assert_eq!(codes(&set.findings), *expected, "{text}");
        for finding in &set.findings {
            assert_eq!(finding.subject(), Some(&Subject::Txt(0)), "{text}");
            let span = finding.bytes().unwrap();
            assert!(
                span.end <= text.len() && text.is_char_boundary(span.start),
                "{text} {span:?}"
            );
        }
    }
}

/// Every fault is reported, not only the first, each with its place.
#[test]
fn every_fault_at_its_place() {
    let text = "v=TLSRPTv1; rua=mailto:a%2@b,ftp://c,d!e:f; x; rua=g!h:i";
    let set = parse(text);
    let places: Vec<_> = set
        .findings
        .iter()
        .map(|f| {
            (
                f.code().name(),
                &text[f.bytes().unwrap().start..f.bytes().unwrap().end],
            )
        })
        .collect();
    assert_eq!(
        places,
        [
            ("tlsrpt.rua.invalid", "%2@"),
            ("tlsrpt.rua.scheme", "ftp://c"),
            ("tlsrpt.rua.unencoded", ","),
            ("tlsrpt.rua.invalid", "d!e:f"),
            ("tlsrpt.syntax", "x"),
            ("tlsrpt.rua.invalid", "g!h:i"),
        ]
    );
}

/// [T-05] [TR-C7]: other schemes are skipped with a finding; it is no more than a warning while
/// another destination works.
#[test]
fn other_schemes_are_skipped() {
    let set = parse("v=TLSRPTv1; rua=ftp://a/b,mailto:c@d,urn:x:y, HTTP://e/");
    assert_eq!(rua(&set), ["mailto:c@d"]);
    assert_eq!(codes(&set.findings), ["tlsrpt.rua.scheme"; 3]);
    assert!(
        set.findings
            .iter()
            .all(|finding| finding.severity() == Severity::Warn)
    );
    let set = parse("v=TLSRPTv1; rua=mailto:,https://x");
    assert_eq!(
        (rua(&set), codes(&set.findings)),
        (vec!["https://x"], vec!["tlsrpt.rua.mailbox"])
    );
}

/// [T-06] [TR-C5]: of several TXT records those that do not begin with `v=TLSRPTv1;` are dropped;
/// unless exactly one is left there is none.
#[test]
fn record_sets() {
    let good = "v=TLSRPTv1; rua=mailto:a@b";
    let cases: &[(&[&str], &str, &[&str])] = &[
        (&[], "none", &["tlsrpt.missing"]),
        (&[""], "none", &["tlsrpt.unrelated_txt", "tlsrpt.missing"]),
        (
            &["v=spf1 -all"],
            "none",
            &["tlsrpt.unrelated_txt", "tlsrpt.missing"],
        ),
        (
            &["V=TLSRPTv1; rua=mailto:a@b"],
            "invalid",
            &["tlsrpt.syntax"],
        ),
        (
            &["v=TLSRPTV1; rua=mailto:a@b"],
            "invalid",
            &["tlsrpt.syntax"],
        ),
        (
            &[" v=TLSRPTv1; rua=mailto:a@b"],
            "invalid",
            &["tlsrpt.syntax"],
        ),
        (
            &["v=TLSRPTv10; rua=mailto:a@b"],
            "invalid",
            &["tlsrpt.syntax"],
        ),
        (
            &["\"v=TLSRPTv1; rua=mailto:a@b\""],
            "invalid",
            &["tlsrpt.syntax", "tlsrpt.rua.invalid"],
        ),
        (&["rua=mailto:a@b"], "invalid", &["tlsrpt.syntax"]),
        (
            &["V=TLSRPTv1; rua=mailto:a@b", "token"],
            "none",
            &["tlsrpt.syntax", "tlsrpt.unrelated_txt", "tlsrpt.missing"],
        ),
        (
            &["v=TLSRPTv1 ; rua=mailto:a@b", "token"],
            "none",
            &["tlsrpt.syntax", "tlsrpt.unrelated_txt", "tlsrpt.missing"],
        ),
        (
            &["v=DMARC1; rua=mailto:a@b"],
            "none",
            &["tlsrpt.unrelated_txt", "tlsrpt.missing"],
        ),
        (&[good], "record", &[]),
        (&["v=spf1 -all", good], "record", &["tlsrpt.unrelated_txt"]),
        (
            &[good, "v=TLSRPTv1 ; rua=mailto:c@d"],
            "record",
            &["tlsrpt.syntax"],
        ),
        (&[good, good], "none", &["tlsrpt.multiple"; 2]),
        (
            &[good, "v=TLSRPTv1; x"],
            "none",
            &[
                "tlsrpt.multiple",
                "tlsrpt.multiple",
                "tlsrpt.syntax",
                "tlsrpt.rua.missing",
            ],
        ),
        (
            &["token", "v=TLSRPTv1; x=1"],
            "invalid",
            &["tlsrpt.unrelated_txt", "tlsrpt.rua.missing"],
        ),
    ];
    for (set, outcome, expected) in cases {
        let read = parse_set(set);
        assert_eq!(read.outcome.as_str(), *outcome, "{set:?}");
        assert_eq!(codes(&read.findings), *expected, "{set:?}");
    }
    let read = parse_set(&["token", "v=TLSRPTv1; x=1"]);
    let subjects: Vec<_> = read.findings.iter().map(Finding::subject).collect();
    assert_eq!(subjects, [Some(&Subject::Txt(0)), Some(&Subject::Txt(1))]);
}

/// [T-07] [TR-C4] [TR-C6]: unknown fields are kept and never fatal; the strings of a record arrive
/// joined; a later `v` is nobody's, of a repeated extension the first counts.
#[test]
fn extensions() {
    let joined = [
        "v=TLSRPTv1; r",
        "ua=mailto:a@b; Ext_1-.x=!#:<>~; v=2; e=1; ",
        "e=2; id=3",
    ]
    .concat();
    let set = parse(&joined);
    let record = set.outcome.record().unwrap();
    assert_eq!(
        serde_json::to_value(record).unwrap(),
        serde_json::json!({
            "rua": ["mailto:a@b"],
            "extensions": [["Ext_1-.x", "!#:<>~"], ["e", "1"], ["id", "3"]],
        })
    );
    assert!(set.findings.is_empty());
    // What is written reads the same.
    assert_eq!(parse(&record.to_string()).outcome.record(), Some(record));
}

/// [T-09]: a destination in another domain needs no permission there, so nothing is said of it.
#[test]
fn foreign_destinations_are_fine() {
    let set = parse("v=TLSRPTv1; rua=mailto:reports@another.example");
    assert!(set.findings.is_empty());
    let domains = set.outcome.record().unwrap().rua[0].domains();
    assert_eq!(domains[0].as_str(), "another.example");
}

/// [T-05]: what the two kinds of destination mean.
#[test]
fn kinds() {
    let kinds = |text: &str| {
        let set = parse(&format!("v=TLSRPTv1; rua={text}"));
        set.outcome.record().unwrap().rua[0].kind().clone()
    };
    let mailto = |list: &[&str]| Kind::Mailto {
        addresses: list.iter().map(|a| (*a).to_owned()).collect(),
    };
    assert_eq!(
        kinds("mailto:a%21@b.example?subject=x"),
        mailto(&["a!@b.example"])
    );
    assert_eq!(kinds("mailto:a@b%2Cc@d"), mailto(&["a@b", "c@d"]));
    assert_eq!(kinds("mailto:%22x%2Cy%22@b"), mailto(&["\"x,y\"@b"]));
    assert_eq!(kinds("mailto:?to=a%40b"), mailto(&["a@b"]));
    assert_eq!(
        kinds("mailto:a@%5B192.0.2.1%5D"),
        mailto(&["a@[192.0.2.1]"])
    );
    let https = |host: &str, port, target: &str| Kind::Https {
        host: host.into(),
        port,
        target: target.into(),
    };
    assert_eq!(kinds("https://H.Example"), https("h.example", 443, "/"));
    assert_eq!(
        kinds("https://h:8443/a%20b?c=d#e"),
        https("h", 8443, "/a%20b?c=d")
    );
    assert_eq!(
        kinds("https://[2001:DB8::1]/x"),
        https("2001:db8::1", 443, "/x")
    );
}

/// A TXT record has at most 64 KiB; one full of faults is read in that order of time.
#[test]
fn long_records() {
    for piece in [";", ",", "%", "rua=", "a;", "x=1;", "rua=a:b,", "!"] {
        let text = format!(
            "v=TLSRPTv1; rua=mailto:a@b;{}",
            piece.repeat(65_000 / piece.len())
        );
        let set = parse(&text);
        assert_ne!(set.outcome.as_str(), "none");
    }
}

/// A record with a fault a byte has a bounded number of findings, and is invalid all the same.
#[test]
fn findings_are_bounded() {
    for text in [
        format!("v=TLSRPTv1; rua={}", ",".repeat(60_000)),
        format!("v=TLSRPTv1;{}", ";".repeat(60_000)),
        format!("v=TLSRPTv1; rua={}", "ftp://a.example,".repeat(4_000)),
        format!("v=TLSRPTv1; rua={}", "mailto:a!b@c.example,".repeat(3_000)),
    ] {
        let set = parse(&text);
        assert!(set.outcome.record().is_none());
        assert!(
            (1..=101).contains(&set.findings.len()),
            "{}",
            set.findings.len()
        );
    }
}
