use std::{env, fs, path::Path};

use findings::{Code, explain, markdown};

#[test]
fn one_code_as_text() {
    assert_eq!(
        explain(Code::StsRecordIdMissing),
        "\
sts.record.id.missing (error)
no id

What was observed
  the record has no `id` field

What it means
  The id tells senders whether the policy that they have stored is still the
  current one. A record without it is malformed and counts as no record. In a
  2025 study 65 of 331 invalid records (19.6 %) had no id.

How to mend it
  Add an id, and change it with every change of the policy:
  `v=STSv1; id=20260101T000000;`.

Standard: RFC 8461 §3.1
Detected by this version: "
            .to_owned()
            + if Code::StsRecordIdMissing.entry().detected {
                "yes\n"
            } else {
                "not yet\n"
            }
    );
}

#[test]
fn every_code_can_be_explained() {
    for code in Code::ALL {
        let text = explain(*code);
        let entry = code.entry();
        assert!(text.starts_with(&format!(
            "{} ({})\n{}\n",
            entry.name, entry.severity, entry.title
        )));
        assert!(text.contains(entry.rfc), "{text}");
        if let Some(kind) = entry.result_type {
            assert!(
                text.contains(&format!("Result type in TLS reports: `{kind}`\n")),
                "{text}"
            );
        }
        assert!(
            text.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
        assert!(!text.contains(['[', ']']), "{text}");
    }
}

/// `UPDATE_DOCS=1 cargo test -p findings` writes the page anew.
#[test]
fn the_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes.md");
    let page = markdown();
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/codes.md is out of date: run `UPDATE_DOCS=1 cargo test -p findings`"
    );
    for code in Code::ALL {
        assert!(
            page.contains(&format!("\n### `{}`\n", code.name())),
            "{code}"
        );
    }
}
