use findings::{Finding, Severity, Subject};
use mta_sts::{
    RecordOutcome,
    record::{parse, parse_set},
};

use crate::{codes, underlined};

/// Each text alone at its name: the id that a sender has, and the codes.
fn table(cases: &[(&str, Option<&str>, &str)]) {
    for (text, id, expected) in cases {
        let set = parse_set(&[text]);
        assert_eq!(
            set.record().map(|record| record.id.as_str()),
            *id,
            "{text:?}"
        );
        assert_eq!(codes(&set.findings), *expected, "{text:?}");
        assert_ne!(
            set.outcome == RecordOutcome::Invalid,
            id.is_some(),
            "{text:?}"
        );
        let single = parse(text.as_bytes());
        assert_eq!(single.value.as_ref(), set.record(), "{text:?}");
    }
}

/// [D-03] The record starts with `v=STSv1`, exactly so. [D-02] Only ASCII makes fields.
#[test]
fn version_comes_first_and_is_exact() {
    table(&[
        ("v=STSv1; id=1;", Some("1"), ""),
        ("id=1; v=STSv1", None, "version"),
        ("id=1; v=STSv1;", None, "version"),
        ("id=1;", None, "version"),
        ("STSv1; id=1", None, "version"),
        ("v=stsv1; id=1", None, "version"),
        ("V=STSv1; id=1", None, "version"),
        ("v=STSv2; id=1;", None, "version"),
        ("v=STSv10; id=1;", None, "version"),
        ("v=STSv1.1; id=1;", None, "version"),
        ("v=STS1; id=1;", None, "version"),
        ("v =STSv1; id=1;", None, "version"),
        ("v= STSv1; id=1;", None, "version"),
        ("v:STSv1; id=1;", None, "version"),
        (" v=STSv1; id=1;", None, "version"),
        ("\tv=STSv1; id=1;", None, "version"),
        ("v=; id=1", None, "version"),
        ("v=STSv1 id=1;", None, "syntax"),
        ("v=STSv1, id=1;", None, "syntax"),
        ("v=STSv1: id=1", None, "syntax"),
        ("v=STSv2", None, "id.missing version"),
        ("v=STSv1; id=ü", None, "id.invalid"),
        ("v=STSv1; id=1; ü=1", None, "ext.invalid"),
        ("v=STSv1; id=1; a=ü", None, "ext.invalid"),
        ("v=STSv1; id=1;\0", None, "ext.invalid"),
    ]);
}

/// [D-04] At least one more field, white space around the semicolon only. [D-05] One semicolon may
/// trail; no empty field, no white space behind the last field.
#[test]
fn fields_are_separated_as_the_grammar_says() {
    table(&[
        ("v=STSv1; id=1", Some("1"), ""),
        ("v=STSv1;id=1", Some("1"), ""),
        ("v=STSv1 ; id=1", Some("1"), ""),
        ("v=STSv1\t;\tid=1 \t; ", Some("1"), ""),
        ("v=STSv1; id=1;  ", Some("1"), ""),
        ("v=STSv1", None, "id.missing"),
        ("v=STSv1;", None, "id.missing"),
        ("v=STSv1; ", None, "id.missing"),
        ("v=STSv1 ", None, "id.missing syntax"),
        ("v=STSv1; id=1 ", None, "syntax"),
        ("v=STSv1; id=1\t", None, "syntax"),
        ("v=STSv1; id=1;;", None, "syntax"),
        ("v=STSv1; id=1; ;", None, "syntax"),
        ("v=STSv1;; id=1;", None, "syntax"),
        ("v=STSv1; id=1;;;", None, "syntax syntax"),
        ("v=STSv1; id=1\r\n", None, "id.invalid"),
    ]);
}

/// [D-06] An id is needed: 1 to 32 letters and digits, its name in lower case.
#[test]
fn id_is_letters_and_digits() {
    let longest = "a".repeat(32);
    let good = format!("v=STSv1; id={longest};");
    let long = format!("v=STSv1; id={longest}b;");
    table(&[
        (&good, Some(&longest), ""),
        (&long, None, "id.invalid"),
        ("v=STSv1; id=20240101T000000Z", Some("20240101T000000Z"), ""),
        ("v=STSv1; id=2024-01-01;", None, "id.invalid"),
        ("v=STSv1; id=a.b;", None, "id.invalid"),
        ("v=STSv1; id=a_b;", None, "id.invalid"),
        ("v=STSv1; id=;", None, "id.invalid"),
        ("v=STSv1; id= 1;", None, "id.invalid"),
        ("v=STSv1; id =1;", None, "id.invalid"),
        ("v=STSv1; id=1 2;", None, "id.invalid"),
        ("v=STSv1; id=1=2;", None, "id.invalid"),
        ("v=STSv1; ID=1;", None, "id.missing unknown_field"),
        ("v=STSv1; a=1;", None, "id.missing unknown_field"),
        ("v=STSv1; id;", None, "ext.invalid id.missing"),
        ("v=STSv1; id:1;", None, "ext.invalid id.missing"),
    ]);
}

/// [D-09] Names and values of extensions. [D-15] A well-formed unknown field is never an error.
/// [D-19] Only v and id are registered: all others are remarked.
#[test]
fn extensions_are_judged_and_ignored() {
    let name = "n".repeat(32);
    let good = format!("v=STSv1; id=1; {name}=x");
    let long = format!("v=STSv1; id=1; {name}n=x");
    table(&[
        (&good, Some("1"), "unknown_field"),
        (&long, None, "ext.invalid"),
        ("v=STSv1; id=1; a_b-c.d=!:<>~", Some("1"), "unknown_field"),
        ("v=STSv1; id=1; 1=2", Some("1"), "unknown_field"),
        ("v=STSv1; id=1; _a=2", None, "ext.invalid"),
        ("v=STSv1; id=1; =2", None, "ext.invalid"),
        ("v=STSv1; id=1; a=", None, "ext.invalid"),
        ("v=STSv1; id=1; a", None, "ext.invalid"),
        ("v=STSv1; id=1; a=b c", None, "ext.invalid"),
        ("v=STSv1; id=1; a=b\tc", None, "ext.invalid"),
        ("v=STSv1; id=1; a=b=c", None, "ext.invalid"),
        ("v=STSv1; id=1; a =b", None, "ext.invalid"),
        ("v=STSv1; id=1; a= b", None, "ext.invalid"),
        ("v=STSv1; id=1; a=\x7f", None, "ext.invalid"),
        ("v=STSv1; id=1; a b=c d", None, "ext.invalid ext.invalid"),
        (
            "v=STSv1; id=1; mode=enforce",
            Some("1"),
            "policy_fields unknown_field",
        ),
        (
            "v=STSv1; id=1; mx: a.example; Max_Age=1",
            None,
            "ext.invalid policy_fields policy_fields unknown_field",
        ),
    ]);
}

/// [D-10] The order behind v means nothing. [D-16] Of a repeated field only the first counts,
/// whatever the later ones say.
#[test]
fn the_first_of_a_repeated_field_counts() {
    table(&[
        ("v=STSv1; a=b; id=1", Some("1"), "unknown_field"),
        ("v=STSv1; id=1; id=2", Some("1"), "duplicate_field"),
        ("v=STSv1; id=1; id=2-3;", Some("1"), "duplicate_field"),
        ("v=STSv1; id=1; id=", Some("1"), "duplicate_field"),
        ("v=STSv1; id=1-2; id=3", None, "duplicate_field id.invalid"),
        ("v=STSv1; id=1; v=STSv2", Some("1"), "duplicate_field"),
        ("v=STSv1; v=STSv1; id=1", Some("1"), "duplicate_field"),
        (
            "v=STSv1; id=1; a=b; a=c",
            Some("1"),
            "duplicate_field unknown_field",
        ),
        (
            "v=STSv1; id=1; a=b; A=c",
            Some("1"),
            "unknown_field unknown_field",
        ),
        ("v=STSv1; id=1; a=b; a=", None, "ext.invalid unknown_field"),
    ]);
    let record = parse(b"v=STSv1; a=b; id=1; v=STSv2; A=c; id=2; a=d;")
        .value
        .unwrap();
    let pairs = [("a", "b"), ("A", "c")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(record.extensions, pairs);
}

/// Quotes and backslashes of a zone file that went into the data.
#[test]
fn quotes_are_seen() {
    table(&[
        ("\"v=STSv1; id=1;\"", None, "quoted"),
        ("\"v=STSv1; id=1;", None, "quoted"),
        ("\"v=STSv1; id=1-1;\"", None, "id.invalid quoted"),
        ("v=STSv1; id=\"1\"", None, "id.invalid quoted"),
        ("v=STSv1\\; id=1\\;", None, "id.invalid quoted syntax"),
        // Legal in the value of an extension.
        ("v=STSv1; id=1; a=\"b\"", Some("1"), "quoted unknown_field"),
    ]);
}

/// Every fault is reported, each at its bytes.
#[test]
fn spans_are_the_offending_bytes() {
    for (text, code, expected) in [
        (
            "v=STSv1; id=2024-01-01;",
            "sts.record.id.invalid",
            &["2024-01-01"][..],
        ),
        ("v=STSv1; id =1;", "sts.record.id.invalid", &["id =1"]),
        ("v=STSv1; x=1;", "sts.record.id.missing", &[""]),
        ("id=1; v=STSv1;", "sts.record.version", &["v=STSv1"]),
        ("v=STSv2; id=1;", "sts.record.version", &["v=STSv2"]),
        ("  v=STSv1; id=1;", "sts.record.version", &["  "]),
        ("id=1;", "sts.record.version", &[""]),
        ("v=STSv1 id=1;", "sts.record.syntax", &[" "]),
        ("v=STSv1, id=1;", "sts.record.syntax", &[", "]),
        ("v=STSv1; id=1 \t", "sts.record.syntax", &[" \t"]),
        ("v=STSv1; id=1;; ;a=b", "sts.record.syntax", &[";", ";"]),
        (
            "v=STSv1; id=1; a b=c; d=e=f; g",
            "sts.record.ext.invalid",
            &["a b", "e=f", "g"],
        ),
        (
            "v=STSv1; id=1; id=2;  id=3",
            "sts.record.duplicate_field",
            &["id", "id"],
        ),
        (
            "v=STSv1; id=1; mx: a.example",
            "sts.record.policy_fields",
            &["mx"],
        ),
        ("\"v=STSv1; id=1;\"", "sts.record.quoted", &["\""]),
    ] {
        let parsed = parse(text.as_bytes());
        let expected: Vec<_> = expected.iter().map(|bytes| bytes.as_bytes()).collect();
        assert_eq!(
            underlined(text.as_bytes(), &parsed.findings, code),
            expected,
            "{text:?}"
        );
    }
}

/// The places of TXT records whose findings have that code.
fn places(findings: &[Finding], code: &str) -> Vec<usize> {
    findings
        .iter()
        .filter(|finding| finding.code().name() == code)
        .filter_map(|finding| match finding.subject() {
            Some(Subject::Txt(index)) => Some(*index),
            _ => None,
        })
        .collect()
}

/// [D-11] Of several TXT, those that do not start with `v=STSv1;` are dropped. [D-12] Unless
/// exactly one remains and is well-formed, there is no policy.
#[test]
fn several_txt_are_filtered() {
    let spf = "v=spf1 -all";
    let good = "v=STSv1; id=1;";
    for (set, outcome, expected) in [
        (&[][..], "none", "missing"),
        (&[spf], "none", "missing unrelated_txt"),
        (&[""], "none", "missing unrelated_txt"),
        (
            &["v=TLSRPTv1; rua=mailto:a@b.example"],
            "none",
            "missing unrelated_txt",
        ),
        (&["v=DMARC1; id=1"], "none", "missing unrelated_txt"),
        (
            &["google-site-verification=aSTSv1"],
            "none",
            "missing unrelated_txt",
        ),
        (&[good], "record", ""),
        (&[good, spf], "record", "unrelated_txt"),
        (&[spf, "", good], "record", "unrelated_txt unrelated_txt"),
        (&[good, good], "none", "multiple"),
        (&[good, "v=STSv1; id=2;"], "none", "multiple"),
        (
            &[good, "v=STSv1; id=2;", good, spf],
            "none",
            "multiple unrelated_txt",
        ),
        (&[good, "v=STSv1; id=-;"], "none", "id.invalid multiple"),
        (
            &["v=STSv1; id=-;", spf],
            "invalid",
            "id.invalid unrelated_txt",
        ),
        (&["v=STSv1;", spf], "invalid", "id.missing unrelated_txt"),
        (
            &["v=STSv1", spf],
            "none",
            "missing unrelated_txt unrelated_txt version",
        ),
        (
            &["v=STSv2; id=1;", spf],
            "none",
            "missing unrelated_txt unrelated_txt version",
        ),
        (&[spf, spf], "none", "missing unrelated_txt unrelated_txt"),
        // Erratum 6285: good alone, dropped among several.
        (&["v=STSv1 ; id=1"], "record", ""),
        (
            &["v=STSv1 ; id=1", spf],
            "none",
            "missing unrelated_txt unrelated_txt version",
        ),
        (&["v=STSv1 ; id=2", good], "record", "unrelated_txt version"),
        (
            &["\"v=STSv1; id=2\"", good],
            "record",
            "quoted unrelated_txt",
        ),
    ] {
        let parsed = parse_set(set);
        let found = match &parsed.outcome {
            RecordOutcome::Record(record) => {
                assert_eq!(record.id.as_str(), "1", "{set:?}");
                "record"
            }
            RecordOutcome::None => "none",
            RecordOutcome::Invalid => "invalid",
        };
        assert_eq!(found, outcome, "{set:?}");
        assert_eq!(codes(&parsed.findings), expected, "{set:?}");
    }
}

/// Findings name the TXT that they are about; a dropped record beside a good one weighs less.
#[test]
fn findings_of_a_set_name_their_txt() {
    let set = ["spf", "v=STSv1; id=1; a=b; a=c", "v=stsv1; id=2"];
    let parsed = parse_set(&set);
    assert!(parsed.record().is_some());
    assert_eq!(places(&parsed.findings, "sts.record.unrelated_txt"), [0, 2]);
    assert_eq!(places(&parsed.findings, "sts.record.duplicate_field"), [1]);
    assert_eq!(places(&parsed.findings, "sts.record.version"), [2]);
    let weight = parsed.findings.iter().map(Finding::severity).max();
    assert_eq!(weight, Some(Severity::Warn));

    let alone = parse_set(&set[2..]);
    assert_eq!(
        alone.findings.iter().map(Finding::severity).max(),
        Some(Severity::Error)
    );
    let several = parse_set(&["v=STSv1; id=1", "x", "v=STSv1; id=2"]);
    assert_eq!(places(&several.findings, "sts.record.multiple"), [2]);
}

/// [D-08] Ids are compared for equality only, and case counts.
#[test]
fn ids_are_equal_or_not() {
    let id = |text: &str| {
        parse(format!("v=STSv1; id={text}").as_bytes())
            .value
            .unwrap()
            .id
    };
    assert_eq!(id("a1"), id("a1"));
    assert_ne!(id("a1"), id("A1"));
    assert_ne!(id("1"), id("01"));
}

/// A record of 64 KiB with a fault at every byte or a field at every fourth costs neither time nor
/// memory beyond its size.
#[test]
fn hostile_records_are_bounded() {
    for filler in [";", "a;", "=;", "\\;", "\"", "id;"] {
        let text = format!("v=STSv1; id=1; {}", filler.repeat(65_536 / filler.len()));
        assert!(parse(text.as_bytes()).findings.len() <= 300, "{filler}");
    }
    let mut text = String::from("v=STSv1; id=1");
    for number in 0..20_000 {
        text.push_str(&format!("; a{number}=b"));
    }
    assert_eq!(
        parse(text.as_bytes()).value.unwrap().extensions.len(),
        20_000
    );
}
