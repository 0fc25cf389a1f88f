use findings::{Finding, Severity};
use mta_sts::{MaxAge, Mode, Policy, PolicyId, Record, RecordOutcome, matches, policy, record};
use proptest::{collection::vec, prelude::*};

/// Codes of severity error that a text can have and be usable.
const HARMLESS: [&str; 9] = [
    "sts.record.quoted",
    "sts.policy.eol.escaped",
    "sts.policy.field_case",
    "sts.policy.max_age.too_large",
    "sts.policy.mx.invalid",
    "sts.policy.mx.ip_literal",
    "sts.policy.mx.policy_host",
    "sts.policy.mx.ulabel",
    "sts.record.multiple",
];

/// Whether some finding says why there is no value.
fn voids(finding: &Finding) -> bool {
    finding.severity() >= Severity::Error && !HARMLESS.contains(&finding.code().name())
}

fn within(findings: &[Finding], len: usize) -> bool {
    findings
        .iter()
        .filter_map(Finding::bytes)
        .all(|span| span.start <= span.end && span.end <= len)
}

/// Verdict and findings agree: no value without an error, and no voiding error beside a value.
fn agree<T>(value: Option<&T>, findings: &[Finding]) -> bool {
    match value {
        Some(_) => !findings.iter().any(voids),
        None => findings
            .iter()
            .any(|finding| finding.severity() >= Severity::Error),
    }
}

/// Bytes that look like records or policies often enough to reach every branch.
fn soup(words: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![
        8 => prop::sample::select(words).prop_map(|word| word.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..4),
    ];
    vec(word, 0..24).prop_map(|words| words.concat())
}

const RECORD_WORDS: &[&str] = &[
    "v=STSv1", "v=STSv1;", "v=STSv2", "id=", "id=1", ";", "; ", " ", "\t", "=", "a", "a=b",
    "mode=x", "-", "\"", "\\", "ü", "mx: a",
];
const POLICY_WORDS: &[&str] = &[
    "version: STSv1\n",
    "version: STSv1\r\n",
    "mode: enforce\n",
    "mode: none\n",
    "mode: ",
    "max_age: 1\n",
    "max_age: 9999999999\r\n",
    "mx: a.example\n",
    "mx: *.b.example\n",
    "mx: ",
    "mx",
    ":",
    " ",
    "\t",
    "\r",
    "\n",
    "\\n",
    "a: b\n",
    "A",
    "<",
    "{",
    "ü",
    "1.2.3.4",
    "\u{feff}",
];

fn name() -> impl Strategy<Value = String> {
    "[A-Za-z0-9][A-Za-z0-9_.-]{0,31}".prop_filter("known", |name| {
        !["v", "id", "version", "mode", "mx", "max_age"].contains(&name.as_str())
    })
}

fn distinct(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut seen = std::collections::HashSet::new();
    pairs.retain(|(name, _)| seen.insert(name.clone()));
    pairs
}

/// The rule of RFC 8461 §4.1 label by label, for names that are well-formed.
fn oracle(pattern: &[String], host: &[String]) -> bool {
    pattern.len() == host.len()
        && pattern
            .iter()
            .zip(host)
            .enumerate()
            .all(|(at, (expected, label))| {
                (at == 0 && expected == "*") || expected.to_lowercase() == label.to_lowercase()
            })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_record_gets_a_verdict(text in prop_oneof![soup(RECORD_WORDS), vec(any::<u8>(), 0..200)]) {
        let parsed = record::parse(&text);
        prop_assert!(within(&parsed.findings, text.len()));
        prop_assert!(agree(parsed.value.as_ref(), &parsed.findings), "{:?}", parsed);
    }

    #[test]
    fn any_set_gets_a_verdict(set in vec(soup(RECORD_WORDS), 0..4)) {
        let parsed = record::parse_set(&set);
        for finding in &parsed.findings {
            let len = match finding.subject() {
                Some(findings::Subject::Txt(index)) => set[*index].len(),
                _ => 0,
            };
            prop_assert!(within(std::slice::from_ref(finding), len));
        }
        let kept = set.iter().filter(|text| text.starts_with(b"v=STSv1;")).count();
        let named = |name| parsed.findings.iter().any(|finding| finding.code().name() == name);
        prop_assert_eq!(named("sts.record.multiple"), set.len() > 1 && kept > 1);
        match &parsed.outcome {
            RecordOutcome::Record(_) => prop_assert!(set.len() == 1 || kept == 1),
            RecordOutcome::Invalid => {
                prop_assert!(set.len() == 1 || kept == 1);
                prop_assert!(parsed.findings.iter().any(|finding| finding.severity() >= Severity::Error));
            }
            RecordOutcome::None => {
                prop_assert!(named("sts.record.missing") != named("sts.record.multiple"));
            }
        }
    }

    #[test]
    fn any_body_gets_a_verdict(body in prop_oneof![soup(POLICY_WORDS), vec(any::<u8>(), 0..200)]) {
        let parsed = policy::parse(&body);
        prop_assert!(within(&parsed.findings, body.len()));
        prop_assert!(agree(parsed.value.as_ref(), &parsed.findings), "{:?}", parsed);
        if let Some(policy) = parsed.value {
            prop_assert!(policy.mode == Mode::None || !policy.mx.is_empty());
            let again = policy::parse(policy.write().as_bytes()).value;
            prop_assert_eq!(again.as_ref().map(|again| (&again.mx, &again.extensions)), Some((&policy.mx, &policy.extensions)));
        }
    }

    #[test]
    fn written_records_are_read(
        id in "[A-Za-z0-9]{1,32}",
        extensions in vec((name(), "[!-:<>-~]{1,40}"), 0..5),
    ) {
        let id = PolicyId::parse(id.as_bytes()).unwrap();
        let record = Record { id, extensions: distinct(extensions) };
        let parsed = record::parse(record.write().as_bytes());
        prop_assert!(!parsed.findings.iter().any(voids));
        prop_assert_eq!(parsed.value, Some(record));
    }

    #[test]
    fn written_policies_are_read(
        mode in prop::sample::select(vec![Mode::Enforce, Mode::Testing, Mode::None]),
        max_age in 0..=MaxAge::LIMIT,
        mx in vec(r"(\*\.)?[a-z0-9]{1,9}(\.[a-z]([a-z0-9-]{0,8}[a-z0-9])?){1,4}", 1..30),
        extensions in vec((name(), "[!-~é€😀]([ -~é€😀]{0,30}[!-~é€😀])?"), 0..5),
    ) {
        let mx = mx.iter().map(|pattern| pattern.parse().unwrap()).collect();
        let mut policy = Policy::new(mode, MaxAge::from_secs(max_age), mx).unwrap();
        for (name, value) in distinct(extensions) {
            policy = policy.with_extension(&name, &value).unwrap();
        }
        let parsed = policy::parse(policy.write().as_bytes());
        prop_assert!(!parsed.findings.iter().any(voids));
        prop_assert_eq!(parsed.value, Some(policy));
    }

    /// [V-03] Against the rule label by label.
    #[test]
    fn the_match_is_the_rule(
        pattern in vec("[abAB*]|a-b", 1..4),
        host in vec("[abAB]|a-b", 1..4),
        dot in any::<bool>(),
    ) {
        let inner = pattern.iter().skip(1).any(|label| label == "*") || pattern == ["*"];
        let text = host.join(".") + if dot { "." } else { "" };
        prop_assert_eq!(matches(&pattern.join("."), &text), !inner && oracle(&pattern, &host));
    }

    /// The match on text and the match on parsed values say the same.
    #[test]
    fn both_matches_agree(pattern in "[a-c*._-]{0,9}", host in "[a-c*._-]{0,9}") {
        let parsed = pattern.parse::<names::MxPattern>().ok().zip(host.parse::<names::Host>().ok());
        let expected = parsed.is_some_and(|(pattern, host)| pattern.matches(&host));
        prop_assert_eq!(matches(&pattern, &host), expected);
    }
}
