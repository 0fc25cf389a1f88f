use findings::{Finding, Severity};
use mta_sts::{Mode, Policy, policy::parse};

use crate::{codes, underlined};

/// Reads a body with LF line ends, of which nothing more is to be said.
fn read(body: &[u8]) -> (Option<Policy>, String) {
    let parsed = parse(body);
    let rest: Vec<Finding> = parsed
        .findings
        .into_iter()
        .filter(|finding| finding.code().name() != "sts.policy.eol.lf")
        .collect();
    (parsed.value, codes(&rest))
}

/// Bodies, whether a sender has a policy, and the codes.
fn table(cases: &[(&str, bool, &str)]) {
    for (body, good, expected) in cases {
        let (value, found) = read(body.as_bytes());
        assert_eq!(found, *expected, "{body:?}");
        assert_eq!(value.is_some(), *good, "{body:?}");
    }
}

/// Lines put into a policy that is good otherwise.
fn lines(cases: &[(&str, bool, &str)]) {
    for (line, good, expected) in cases {
        let body =
            format!("version: STSv1\nmode: enforce\nmx: a.example\n{line}\nmax_age: 2592000\n");
        let (value, found) = read(body.as_bytes());
        assert_eq!(found, *expected, "{line:?}");
        assert_eq!(value.is_some(), *good, "{line:?}");
    }
}

const REST: &str = "mx: a.example\nmax_age: 2592000\n";

/// [P-04] `name:`, white space, value, white space; LF or CRLF, the last one optional (E1, K2).
#[test]
fn lines_end_in_lf_or_crlf() {
    let lf = "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 2592000\n";
    let crlf = lf.replace('\n', "\r\n");
    for (body, expected) in [
        (lf, "eol.lf"),
        (lf.trim_end(), "eol.lf"),
        (&crlf, ""),
        (crlf.trim_end(), ""),
        (&lf.replacen('\n', "\r\n", 2), "eol.mixed"),
        (&lf.replace(": ", ":"), "eol.lf"),
        (&lf.replace(": ", ":\t \t"), "eol.lf"),
        (&lf.replace('\n', " \t\n"), "eol.lf"),
    ] {
        let parsed = parse(body.as_bytes());
        assert_eq!(codes(&parsed.findings), expected, "{body:?}");
        assert!(parsed.value.is_some(), "{body:?}");
    }
    for (body, expected) in [
        (lf.replace('\n', "\r"), "eol.cr"),
        (lf.replacen('\n', "\r", 1), "eol.cr eol.mixed"),
        (crlf.replacen("\r\n", "\r", 1), "eol.cr eol.mixed"),
        (lf.replacen('\n', "\r\r\n", 1), "eol.cr eol.mixed"),
        (format!("{}\r", crlf.trim_end()), "eol.cr eol.mixed"),
    ] {
        let parsed = parse(body.as_bytes());
        assert_eq!(codes(&parsed.findings), expected, "{body:?}");
        assert_eq!(parsed.value, None, "{body:?}");
    }
}

/// [P-05] No blank line, no indentation, no white space before the colon, no comment (E12).
#[test]
fn slips_of_the_line_grammar_void_the_policy() {
    lines(&[
        ("", false, "line.blank"),
        (" \t", false, "line.blank"),
        ("\n", false, "line.blank line.blank"),
        (" mx: b.example", false, "line.leading_wsp"),
        ("\tmx: b.example", false, "line.leading_wsp"),
        ("mx : b.example", false, "line.malformed"),
        ("# comment", false, "line.malformed"),
        ("mx=b.example", false, "line.malformed"),
        ("mx", false, "line.malformed"),
        (": b", false, "line.malformed"),
    ]);
    table(&[
        (
            &format!("version: STSv1\nmode: enforce\n{REST}\n"),
            false,
            "line.blank",
        ),
        (
            &format!("\nversion: STSv1\nmode: enforce\n{REST}"),
            false,
            "line.blank version.not_first",
        ),
        (
            &format!("version: STSv1\nmode: enforce\n{REST}  "),
            false,
            "line.blank",
        ),
        (
            &format!("version : STSv1\nmode: enforce\n{REST}"),
            false,
            "line.malformed",
        ),
    ]);
}

/// [P-06] The version is needed, `STSv1` exactly; the first counts, whatever later ones say.
/// [P-13] No order: it may come last (K1).
#[test]
fn version_is_needed_once() {
    let with = |version: &str| format!("{version}mode: enforce\n{REST}");
    table(&[
        (&with("version: STSv1\n"), true, ""),
        (&with(""), false, "version.missing"),
        (&with("version: STSv2\n"), false, "version.unsupported"),
        (&with("version: stsv1\n"), false, "version.unsupported"),
        (&with("version: STSv1;\n"), false, "version.unsupported"),
        (&with("version:\n"), false, "version.unsupported"),
        (
            &with("Version: STSv1\n"),
            false,
            "field_case unknown_field version.missing",
        ),
        (
            &with("version: STSv1\nversion: STSv2\n"),
            true,
            "duplicate_field",
        ),
        (&with("version: STSv1\nversion:\n"), true, "duplicate_field"),
        (
            &with("version: STSv2\nversion: STSv1\n"),
            false,
            "duplicate_field version.unsupported",
        ),
        (
            &format!("mode: enforce\n{REST}version: STSv1"),
            true,
            "version.not_first",
        ),
        (
            &format!("mode: enforce\nversion: STSv1\n{REST}"),
            true,
            "version.not_first",
        ),
    ]);
}

/// [P-07] The mode is needed, one of three words in lower case; the first counts (E6).
#[test]
fn mode_is_one_of_three() {
    let with = |mode: &str| format!("version: STSv1\n{mode}{REST}");
    table(&[
        (&with("mode: enforce\n"), true, ""),
        (&with("mode: testing\n"), true, "mode.testing"),
        (&with("mode: none\n"), true, "mode.none"),
        (&with(""), false, "mode.missing"),
        (&with("mode: report\n"), false, "mode.draft_report"),
        (&with("mode: Enforce\n"), false, "mode.invalid"),
        (&with("mode: enforced\n"), false, "mode.invalid"),
        (&with("mode: enforce testing\n"), false, "mode.invalid"),
        (&with("mode:\n"), false, "mode.invalid"),
        (
            &with("MODE: enforce\n"),
            false,
            "field_case mode.missing unknown_field",
        ),
        (&with("mode: enforce\nmode: foo\n"), true, "duplicate_field"),
        (
            &with("mode: enforce\nMode: foo\n"),
            true,
            "field_case unknown_field",
        ),
        (
            &with("mode: foo\nmode: enforce\n"),
            false,
            "duplicate_field mode.invalid",
        ),
    ]);
    for (word, mode) in [
        ("enforce", Mode::Enforce),
        ("testing", Mode::Testing),
        ("none", Mode::None),
    ] {
        let policy = read(with(&format!("mode: {word}\n")).as_bytes()).0.unwrap();
        assert_eq!(policy.mode, mode);
        assert_eq!(policy.mode.to_string(), word);
    }
}

/// [P-08] 1 to 10 digits; 0 is legal; above 31557600 counts as that (E3, K3, K4). The first counts.
/// [P-17] What is short depends on the mode.
#[test]
fn max_age_is_seconds() {
    for (mode, value, secs, expected) in [
        ("enforce", "1209600", Some(1_209_600), ""),
        ("enforce", "1209599", Some(1_209_599), "max_age.short"),
        ("enforce", "31557600", Some(31_557_600), ""),
        ("enforce", "31557601", Some(31_557_600), "max_age.too_large"),
        (
            "enforce",
            "9999999999",
            Some(31_557_600),
            "max_age.too_large",
        ),
        ("enforce", "0000000000", Some(0), "max_age.zero"),
        ("enforce", "0002592000", Some(2_592_000), ""),
        ("enforce", "00002592000", None, "max_age.invalid"),
        ("enforce", "10000000000", None, "max_age.invalid"),
        ("enforce", "", None, "max_age.invalid"),
        ("enforce", "-1", None, "max_age.invalid"),
        ("enforce", "+1", None, "max_age.invalid"),
        ("enforce", "1d", None, "max_age.invalid"),
        ("enforce", "1.5", None, "max_age.invalid"),
        ("enforce", "86 400", None, "max_age.invalid"),
        ("enforce", "٣", None, "max_age.invalid"),
        ("testing", "86400", Some(86_400), "mode.testing"),
        (
            "testing",
            "86399",
            Some(86_399),
            "max_age.short mode.testing",
        ),
        ("none", "1", Some(1), "mode.none"),
        ("none", "0", Some(0), "max_age.zero mode.none"),
        (
            "enforce",
            "2592000\nmax_age: x",
            Some(2_592_000),
            "duplicate_field",
        ),
        (
            "enforce",
            "x\nmax_age: 2592000",
            None,
            "duplicate_field max_age.invalid",
        ),
    ] {
        let body = format!("version: STSv1\nmode: {mode}\nmx: a.example\nmax_age: {value}\n");
        let (policy, found) = read(body.as_bytes());
        assert_eq!(
            policy.map(|policy| policy.max_age.secs()),
            secs,
            "{mode} {value}"
        );
        assert_eq!(found, expected, "{mode} {value}");
    }
    let body = "version: STSv1\nmode: none\nmax_age: 4000000000\n";
    assert_eq!(
        read(body.as_bytes()).0.unwrap().max_age.published(),
        4_000_000_000
    );
    table(&[
        (
            "version: STSv1\nmode: none\n",
            false,
            "max_age.missing mode.none",
        ),
        (
            "version: STSv1\nmode: none\nmax-age: 1\n",
            false,
            "max_age.missing mode.none unknown_field",
        ),
    ]);
}

/// [P-09] At least one mx unless the mode is none (K5); one that is bad does not count.
#[test]
fn mx_is_needed_unless_none() {
    let with = |mode: &str, mx: &str| format!("version: STSv1\nmode: {mode}\n{mx}max_age: 2592000");
    table(&[
        (&with("enforce", ""), false, "mx.missing"),
        (&with("testing", ""), false, "mode.testing mx.missing"),
        (&with("none", ""), true, "mode.none"),
        (&with("foo", ""), false, "mode.invalid mx.missing"),
        (&with("enforce", "mx: -\n"), false, "mx.invalid mx.missing"),
        (&with("none", "mx: -\n"), true, "mode.none mx.invalid"),
        (&with("none", "mx: a.example\n"), true, "mode.none"),
        (
            &with("enforce", "Mx: a.example\n"),
            false,
            "field_case mx.missing unknown_field",
        ),
    ]);
}

/// [P-11] `*.` or nothing, then a domain of letters, digits and inner hyphens. [P-12] A-labels
/// only. [P-10] One host a line. A bad line is dropped, the policy stands (E6).
#[test]
fn a_bad_mx_line_is_dropped() {
    let long = format!("mx: {}.example", "a".repeat(64));
    lines(&[
        ("mx: *.b.example", true, ""),
        ("mx: B-1.example", true, ""),
        ("mx: 1.example", true, ""),
        ("mx: xn--mnchen-3ya.example", true, ""),
        ("mx:", true, "mx.invalid"),
        ("mx: b.example.", true, "mx.invalid"),
        ("mx: .b.example", true, "mx.invalid"),
        ("mx: b..example", true, "mx.invalid"),
        ("mx: b_1.example", true, "mx.invalid"),
        ("mx: -b.example", true, "mx.invalid"),
        ("mx: b-.example", true, "mx.invalid"),
        ("mx: *b.example", true, "mx.invalid"),
        ("mx: b*.example", true, "mx.invalid"),
        ("mx: b.*.example", true, "mx.invalid"),
        ("mx: *.*.example", true, "mx.invalid"),
        ("mx: *", true, "mx.invalid"),
        ("mx: *.", true, "mx.invalid"),
        ("mx: root@b.example", true, "mx.invalid"),
        ("mx: https://b.example", true, "mx.invalid"),
        ("mx: b.example, c.example", true, "mx.invalid"),
        ("mx: b.example c.example", true, "mx.invalid"),
        ("mx: 10 b.example", true, "mx.invalid"),
        ("mx: b.example:25", true, "mx.invalid"),
        ("mx: b\u{1}.example", true, "mx.invalid"),
        (&long, true, "mx.invalid"),
        ("mx: münchen.example", true, "mx.ulabel"),
        ("mx: *.münchen.example", true, "mx.ulabel"),
        ("mx: \u{200b}b.example", true, "mx.ulabel"),
        ("mx: 192.0.2.1", true, "mx.ip_literal"),
        ("mx: [192.0.2.1]", true, "mx.ip_literal"),
        ("mx: 2001:db8::1", true, "mx.ip_literal"),
        ("mx: [2001:db8::1]", true, "mx.ip_literal"),
        ("mx: [IPv6:2001:db8::1]", true, "mx.ip_literal"),
    ]);
    let body = "version: STSv1\nmode: enforce\nmx: B.example\nmx: b_1.example\nmx: *.c.example\n\
                mx: b.example\nmx: 192.0.2.1\nmax_age: 2592000\n";
    let (policy, found) = read(body.as_bytes());
    let mx: Vec<_> = policy.unwrap().mx.iter().map(ToString::to_string).collect();
    assert_eq!(mx, ["b.example", "*.c.example", "b.example"]);
    assert_eq!(found, "mx.duplicate mx.invalid mx.ip_literal");
}

/// [P-18] Good mx lines that are hardly what was meant.
#[test]
fn doubtful_mx_lines_are_kept() {
    lines(&[
        ("mx: a.example", true, "mx.duplicate"),
        ("mx: A.EXAMPLE", true, "mx.duplicate"),
        ("mx: mail", true, "mx.single_label"),
        ("mx: *.com", true, "mx.overbroad"),
        ("mx: mta-sts.a.example", true, "mx.policy_host"),
        ("mx: *.MTA-STS.a.example", true, "mx.policy_host"),
        ("mx: mta-sts1.a.example", true, ""),
    ]);
}

/// [P-14] Names and values of extensions. [P-15] A well-formed unknown field voids nothing (K8).
#[test]
fn extensions_are_judged_and_ignored() {
    let name = "n".repeat(32);
    lines(&[
        ("a: b", true, "unknown_field"),
        ("a:b", true, "unknown_field"),
        ("a: b: c  d; \u{e9}\u{1f4e7}", true, "unknown_field"),
        (&format!("{name}: x"), true, "unknown_field"),
        (&format!("{name}n: x"), false, "line.malformed"),
        ("a_b-c.d: x", true, "unknown_field"),
        ("_a: x", false, "line.malformed"),
        ("a b: x", false, "line.malformed"),
        ("ä: x", false, "line.malformed"),
        ("a:", false, "line.malformed"),
        ("a: \t", false, "line.malformed"),
        ("a: b\tc", false, "line.malformed"),
        ("a: b\u{0}", false, "line.malformed"),
        ("a: \u{7f}", false, "line.malformed"),
        ("a b: x\ty", false, "line.malformed line.malformed"),
        ("a: b\na: c", true, "duplicate_field unknown_field"),
        ("a: b\nA: c", true, "unknown_field unknown_field"),
        ("modes: x", true, "unknown_field"),
        // No limit on the length of a line (K13).
        (&format!("a: {}", "x".repeat(5_000)), true, "unknown_field"),
    ]);
    let body = format!("version: STSv1\nmode: enforce\nb: 1\na: x  y \nb: 2\nmode: none\n{REST}");
    let pairs =
        [("b", "1"), ("a", "x  y")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(read(body.as_bytes()).0.unwrap().extensions, pairs);
}

/// What is no policy at all is said in one finding.
#[test]
fn other_documents_are_named() {
    let utf16: Vec<u8> = "version: STSv1\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let marked = [&[0xff, 0xfe][..], &utf16].concat();
    for (body, expected) in [
        (&b""[..], "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "bom empty"),
        (b"<html>", "html"),
        (b"\n\n  <!DOCTYPE html>\n<p>a: b</p>", "html"),
        (b"\xef\xbb\xbf<html>", "bom html"),
        (b"{\"version\": \"STSv1\"}", "json_draft"),
        (b" {\n}", "json_draft"),
        (&utf16, "encoding"),
        (&marked, "encoding"),
        (b"\xfe\xff\x00v", "encoding"),
    ] {
        let parsed = parse(body);
        assert_eq!(codes(&parsed.findings), expected, "{body:?}");
        assert_eq!(parsed.value, None, "{body:?}");
    }
}

/// The rest of a body that is not UTF-8, or starts with a mark, is judged too.
#[test]
fn encoding_faults_are_not_the_only_ones() {
    let good = format!("version: STSv1\nmode: enforce\n{REST}");
    for (body, expected) in [
        ([b"\xef\xbb\xbf", good.as_bytes()].concat(), "bom"),
        (
            [b"a: caf\xe9\nx\n", good.as_bytes()].concat(),
            "encoding line.malformed unknown_field version.not_first",
        ),
        (
            [good.as_bytes(), b"a: \xc3\x28\xff\n"].concat(),
            "encoding encoding unknown_field",
        ),
        (
            [good.as_bytes(), b"a: \xed\xa0\x80\n"].concat(),
            "encoding encoding encoding unknown_field",
        ),
    ] {
        let (value, found) = read(&body);
        assert_eq!(found, expected, "{body:?}");
        assert_eq!(value, None, "{body:?}");
    }
}

/// Line ends written as backslash and n: that is the fault, and nothing that follows from it.
#[test]
fn escaped_line_ends_are_named() {
    let good = format!("version: STSv1\nmode: enforce\n{REST}");
    let one = "eol.escaped";
    table(&[
        (&good.replace('\n', "\\n"), false, one),
        (&good.replace('\n', "\\r\\n"), false, one),
        (&good.replace('\n', "\\n\n"), false, "eol.escaped"),
        (&good.replacen('\n', "\\n", 1), false, one),
        (
            &good.replace("mode", "note: a\\nb\nmode"),
            true,
            "eol.escaped unknown_field",
        ),
        (
            &good.replace("max_age", "mx: b.example\\n\nmax_age"),
            true,
            one,
        ),
    ]);
    let body = good.replace('\n', "\\r\\n");
    let parsed = parse(body.as_bytes());
    assert_eq!(
        underlined(body.as_bytes(), &parsed.findings, "sts.policy.eol.escaped"),
        [b"\\r\\n"]
    );
}

/// Every fault is reported, each at its bytes.
#[test]
fn spans_are_the_offending_bytes() {
    let body = "mode : Enforce\n\n  mx: a_b.example \nmx: münchen.example\nMax_Age: 1\n\
                max_age: 1d\nversion: STSv2\nmode: x\na\tb: c\td\nfoo\nmx: 192.0.2.1\n\
                mx: *.com\nmx: mta-sts.a.example\nmx: *.com\n";
    let parsed = parse(body.as_bytes());
    assert_eq!(parsed.value, None);
    for (code, expected) in [
        ("line.malformed", &[" ", "a\tb", "\t", "foo"][..]),
        ("line.blank", &[""]),
        ("line.leading_wsp", &["  "]),
        ("mode.invalid", &["Enforce"]),
        ("mx.invalid", &["a_b.example"]),
        ("mx.ulabel", &["münchen.example"]),
        ("mx.ip_literal", &["192.0.2.1"]),
        ("mx.overbroad", &["*.com", "*.com"]),
        ("mx.duplicate", &["*.com"]),
        ("mx.policy_host", &["mta-sts.a.example"]),
        ("field_case", &["Max_Age"]),
        ("max_age.invalid", &["1d"]),
        ("version.unsupported", &["STSv2"]),
        ("version.not_first", &["version"]),
        ("duplicate_field", &["mode"]),
        ("eol.lf", &["\n"]),
    ] {
        let expected: Vec<_> = expected.iter().map(|bytes| bytes.as_bytes()).collect();
        let code = format!("sts.policy.{code}");
        assert_eq!(
            underlined(body.as_bytes(), &parsed.findings, &code),
            expected,
            "{code}"
        );
    }
    let places: Vec<_> = parsed.findings.iter().filter_map(Finding::bytes).collect();
    assert!(places.is_sorted(), "{places:?}");
}

/// Messages have their values, and near misses what was meant.
#[test]
fn findings_carry_values() {
    let body = "version: STSv1\nmode: enforced\nmaxage: 1\nmx: *.bücher.example\n";
    let parsed = parse(body.as_bytes());
    for (code, name, value) in [
        ("sts.policy.mode.invalid", "value", "enforced"),
        ("sts.policy.mode.invalid", "expected", "enforce"),
        ("sts.policy.unknown_field", "name", "maxage"),
        ("sts.policy.unknown_field", "expected", "max_age"),
        (
            "sts.policy.mx.ulabel",
            "expected",
            "*.xn--bcher-kva.example",
        ),
        ("sts.policy.max_age.missing", "name", "max_age"),
    ] {
        let finding = parsed
            .findings
            .iter()
            .find(|finding| finding.code().name() == code)
            .unwrap();
        let found = finding.args().iter().find(|(key, _)| *key == name);
        assert_eq!(
            found.map(|(_, value)| value.as_str()),
            Some(value),
            "{code} {name}"
        );
    }
}

/// A body with a fault at every byte or a field on every line costs neither time nor memory beyond
/// its size.
#[test]
fn hostile_bodies_are_bounded() {
    for filler in [
        "\n",
        "\r",
        "a\n",
        " \n",
        "mx:\n",
        "mx: \u{fc}\n",
        "mode:\n",
        "a: \\n\\n\\n\n",
        "\u{0}",
    ] {
        let body = format!("version: STSv1\n{}", filler.repeat(65_536 / filler.len()));
        assert!(parse(body.as_bytes()).findings.len() <= 500, "{filler:?}");
    }
    assert!(parse(&vec![0xe9; 65_536]).findings.len() <= 500);
    let mut body = format!("version: STSv1\nmode: enforce\n{REST}");
    for number in 0..1_500 {
        body.push_str(&format!("mx: m{number}.example\nx{number}: y\n"));
    }
    body.push_str("mx: M77.example\nx77: z\n");
    let parsed = parse(body.as_bytes());
    let policy = parsed.value.unwrap();
    assert_eq!((policy.mx.len(), policy.extensions.len()), (1_502, 1_500));
    let repeats = underlined(body.as_bytes(), &parsed.findings, "sts.policy.mx.duplicate");
    assert_eq!(repeats, [b"M77.example"]);
}

/// Findings of severity error that leave the policy in place are these and no others.
#[test]
fn errors_that_do_not_void() {
    let body = "version: STSv1\nmode: enforce\nMode: x\nmx: mta-sts.a.example\nmx: -\nmx: ü.example\n\
                mx: 192.0.2.1\nmax_age: 99999999\n";
    let parsed = parse(body.as_bytes());
    assert!(parsed.value.is_some());
    let errors: Vec<_> = parsed
        .findings
        .into_iter()
        .filter(|finding| finding.severity() >= Severity::Error)
        .collect();
    assert_eq!(
        codes(&errors),
        "field_case max_age.too_large mx.invalid mx.ip_literal mx.policy_host mx.ulabel"
    );
}
