//! `spec/requirements.toml` against the tests: what must hold is proven, or it says why not.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::tree::{files, is_rust, split_tests, text};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Requirement {
    level: String,
    who: String,
    rfc: String,
    text: String,
    state: State,
    why: Option<String>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum State {
    Done,
    Later,
    NotOurs,
    Na,
}

/// How many requirements each family has: a number that is lost fails the count.
const FAMILIES: &[(char, usize)] = &[
    ('D', 19),
    ('P', 18),
    ('F', 20),
    ('W', 6),
    ('V', 16),
    ('O', 7),
    ('T', 16),
    ('N', 14),
    ('C', 6),
];

fn requirements() -> BTreeMap<String, Requirement> {
    toml::from_str(&text("spec/requirements.toml")).unwrap()
}

/// The numbers in brackets in a text: `[F-06]`, and each of `[D-11, D-12]`.
fn named(text: &str) -> BTreeSet<String> {
    let is_number = |word: &str| {
        let mut letters = word.chars();
        let family = letters
            .next()
            .is_some_and(|letter| FAMILIES.iter().any(|(f, _)| *f == letter));
        let digits = letters.as_str().strip_prefix('-').unwrap_or_default();
        family && digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut found = BTreeSet::new();
    for part in text.split('[').skip(1) {
        let Some((inner, _)) = part.split_once(']') else {
            continue;
        };
        let words: Vec<&str> = inner
            .split([',', ' '])
            .filter(|word| !word.is_empty())
            .collect();
        if words.iter().all(|word| is_number(word)) {
            found.extend(words.into_iter().map(str::to_owned));
        }
    }
    found
}

/// What the tests name, and what the code names (for numbers that do not exist).
fn tree_names() -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let (mut in_tests, mut in_code) = (BTreeMap::new(), BTreeMap::new());
    for file in files()
        .into_iter()
        .filter(|file| file.starts_with("crates/") && is_rust(file))
    {
        let whole = text(&file);
        let (code, tests) = if file.contains("/tests/") || file.ends_with("/tests.rs") {
            ("", whole.as_str())
        } else {
            split_tests(&whole)
        };
        in_tests.extend(
            named(tests)
                .into_iter()
                .map(|number| (number, file.clone())),
        );
        in_code.extend(named(code).into_iter().map(|number| (number, file.clone())));
    }
    (in_tests, in_code)
}

#[test]
fn the_list_is_whole_and_each_line_makes_sense() {
    let requirements = requirements();
    for (family, count) in FAMILIES {
        for number in 1..=*count {
            let id = format!("{family}-{number:02}");
            assert!(requirements.contains_key(&id), "{id} is missing");
        }
    }
    assert_eq!(
        requirements.len(),
        FAMILIES.iter().map(|(_, count)| count).sum::<usize>()
    );
    for (id, requirement) in &requirements {
        let levels = ["M", "MN", "MG", "G", "S", "SN", "Y", "P"];
        assert!(levels.contains(&requirement.level.as_str()), "{id}: level");
        assert!(
            ["S", "R", "RS", "C", "RC"].contains(&requirement.who.as_str()),
            "{id}: who"
        );
        assert!(
            requirement.rfc.contains('§') && !requirement.text.is_empty(),
            "{id}: where, what"
        );
        let explained = requirement.why.as_ref().is_some_and(|why| why.len() > 10);
        assert_eq!(
            explained,
            requirement.state != State::Done,
            "{id}: a reason where not done"
        );
    }
}

#[test]
fn no_test_and_no_comment_names_a_number_that_does_not_exist() {
    let requirements = requirements();
    let (in_tests, in_code) = tree_names();
    let unknown: Vec<String> = in_tests
        .iter()
        .chain(&in_code)
        .filter(|(number, _)| !requirements.contains_key(*number))
        .map(|(number, file)| format!("{file} names [{number}]"))
        .collect();
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}

/// What is done has a test. So every MUST, MUST NOT and rule of grammar has one, or says why not.
#[test]
fn what_is_done_is_named_by_a_test() {
    let (in_tests, _) = tree_names();
    let unproven: Vec<String> = requirements()
        .into_iter()
        .filter(|(id, requirement)| requirement.state == State::Done && !in_tests.contains_key(id))
        .map(|(id, requirement)| format!("{id} ({}) {}", requirement.level, requirement.text))
        .collect();
    assert!(
        unproven.is_empty(),
        "no test names:\n{}",
        unproven.join("\n")
    );
}

#[test]
fn numbers_are_found_where_they_stand_in_brackets_only() {
    let text =
        "/// [F-06], [D-11, D-12] and [V-07 V-08], not F-07, [X-01], [F-6], arr[0] or [P-001]";
    let want = ["D-11", "D-12", "F-06", "V-07", "V-08"].map(str::to_owned);
    assert_eq!(named(text), BTreeSet::from(want));
}
