//! The files themselves: short enough to read, and telling nothing of the machine they came from.

use std::collections::BTreeMap;

use crate::tree::{files, is_rust, split_tests, text};

const LONGEST: usize = 400;

/// Code that must be longer says why in `spec/long-files.toml`.
fn excused() -> BTreeMap<String, String> {
    toml::from_str(&text("spec/long-files.toml")).unwrap()
}

/// Lines of code, unit tests at the foot apart.
fn lines(text: &str) -> usize {
    split_tests(text).0.lines().count()
}

fn is_code(file: &str) -> bool {
    let tests = ["/tests/", "/benches/", "/tests.rs", "fuzz/"];
    is_rust(file) && !tests.iter().any(|part| file.contains(part))
}

#[test]
fn no_file_of_code_is_longer_than_one_reads() {
    let excused = excused();
    let long: Vec<String> = files()
        .into_iter()
        .filter(|file| is_code(file) && !excused.contains_key(file))
        .map(|file| (lines(&text(&file)), file))
        .filter(|(count, _)| *count > LONGEST)
        .map(|(count, file)| format!("{file}: {count} lines"))
        .collect();
    assert!(
        long.is_empty(),
        "longer than {LONGEST} lines:\n{}",
        long.join("\n")
    );
}

#[test]
fn no_excuse_outlives_its_file() {
    for (file, reason) in excused() {
        assert!(reason.len() > 10, "{file}: a reason");
        assert!(files().contains(&file), "{file} is gone");
        assert!(
            lines(&text(&file)) > LONGEST,
            "{file} needs no excuse any more"
        );
    }
}

/// A mutant that may survive names its file and says why.
#[test]
fn no_reason_for_a_mutant_outlives_its_file() {
    let reasons: BTreeMap<String, String> = toml::from_str(&text("spec/mutants.toml")).unwrap();
    for (mutant, reason) in reasons {
        let file = mutant.split(':').next().unwrap_or_default();
        assert!(
            files().iter().any(|one| one == file),
            "{mutant}: no such file"
        );
        assert!(reason.len() > 20, "{mutant}: a reason");
    }
}

/// Paths of the machine something was written on. Put together here so as not to find themselves.
#[test]
fn nothing_names_a_machine() {
    let traces: Vec<String> = ["work", "root", "home", "Users", "tmp/t-"]
        .iter()
        .map(|folder| {
            if folder.ends_with('-') {
                format!("/{folder}")
            } else {
                format!("/{folder}/")
            }
        })
        .collect();
    let mut found = Vec::new();
    for file in files() {
        for (number, line) in text(&file).lines().enumerate() {
            found.extend(
                traces
                    .iter()
                    .filter(|trace| starts_path(line, trace))
                    .map(|trace| format!("{file}:{}: {trace}", number + 1)),
            );
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Whether an absolute path begins with the trace: it does not where a folder stands before it.
fn starts_path(line: &str, trace: &str) -> bool {
    line.match_indices(trace).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || "._-/}*".contains(letter))
    })
}

#[test]
fn a_path_is_told_from_its_middle() {
    let trace = format!("/{}/", "root");
    assert!(starts_path(&format!("see {trace}x"), &trace));
    assert!(!starts_path(&format!("crates{trace}x"), &trace));
}
