//! The pages: links that lead somewhere, a changelog that can take the next change.

use std::path::Path;

use crate::tree::{files, root, text};

fn pages() -> Vec<String> {
    let is_page = |file: &String| Path::new(file).extension().is_some_and(|end| end == "md");
    files().into_iter().filter(is_page).collect()
}

/// The targets of `[text](target)`, code blocks left out.
fn links(text: &str) -> Vec<String> {
    let mut in_code = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if !in_code {
            let parts = line.split("](").skip(1);
            found.extend(
                parts
                    .filter_map(|part| part.split_once(')'))
                    .map(|(to, _)| to.to_owned()),
            );
        }
    }
    found
}

/// The anchor a heading gets.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = text
        .chars()
        .filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
    kept.map(|letter| if letter == ' ' { '-' } else { letter })
        .collect()
}

fn leads_somewhere(page: &str, link: &str) -> bool {
    if link.contains("://") || link.starts_with("mailto:") {
        return true;
    }
    let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
    let target = match file {
        "" => root().join(page),
        _ => root().join(page).parent().unwrap().join(file),
    };
    if fragment.is_empty() || !target.is_file() {
        return target.exists();
    }
    let text = std::fs::read_to_string(target).unwrap();
    text.lines()
        .filter(|line| line.starts_with('#'))
        .any(|line| anchor(line) == fragment)
}

#[test]
fn every_link_leads_somewhere() {
    let mut dead = Vec::new();
    for page in pages() {
        let links = links(&text(&page));
        dead.extend(
            links
                .iter()
                .filter(|link| !leads_somewhere(&page, link))
                .map(|to| format!("{page}: {to}")),
        );
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
    assert!(leads_somewhere("CHANGELOG.md", "#unreleased"));
    assert!(!leads_somewhere("CHANGELOG.md", "#no-such-heading"));
    assert!(!leads_somewhere("CHANGELOG.md", "docs/no-such-page.md"));
}

/// Each dependency from outside says what it is for in docs/dependencies.md.
#[test]
fn every_dependency_is_accounted_for() {
    let workspace: toml::Table = toml::from_str(&text("Cargo.toml")).unwrap();
    let dependencies = workspace["workspace"]["dependencies"].as_table().unwrap();
    let page = text("docs/dependencies.md");
    let silent: Vec<&String> = dependencies
        .iter()
        .filter(|(_, spec)| spec.get("path").is_none())
        .map(|(name, _)| name)
        .filter(|name| !page.contains(&format!("`{name}`")))
        .collect();
    assert!(
        silent.is_empty(),
        "docs/dependencies.md says nothing of {silent:?}"
    );
    assert!(dependencies.contains_key("domain"), "the table was read");
}

#[test]
fn the_changelog_can_take_the_next_change() {
    let text = text("CHANGELOG.md");
    let first = text.lines().find(|line| line.starts_with("## "));
    assert_eq!(first, Some("## Unreleased"));
}
