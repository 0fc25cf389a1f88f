use std::{collections::BTreeSet, fs, path::Path};

use findings::{Code, PLACEHOLDERS};

/// The result types of RFC 8460 §4.3.
const RESULT_TYPES: &[&str] = &[
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

#[test]
fn names_are_unique_and_lead_back() {
    let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names.len(), Code::ALL.len());
    for code in Code::ALL {
        assert_eq!(Code::by_name(code.name()), Some(*code));
    }
    for wrong in [
        "",
        "sts",
        "sts.record",
        "STS.RECORD.MISSING",
        "sts.record.missing ",
    ] {
        assert_eq!(Code::by_name(wrong), None, "{wrong}");
    }
}

#[test]
fn a_variant_is_called_as_its_name() {
    for code in Code::ALL {
        let variant: String = code
            .name()
            .split(['.', '_'])
            .flat_map(|part| {
                part.chars()
                    .next()
                    .map(|c| c.to_ascii_uppercase())
                    .into_iter()
                    .chain(part.chars().skip(1))
            })
            .collect();
        assert_eq!(format!("{code:?}"), variant);
    }
}

/// [T-12]
#[test]
fn result_types_are_those_of_the_standard() {
    for code in Code::ALL {
        if let Some(kind) = code.entry().result_type {
            assert!(RESULT_TYPES.contains(&kind), "{code}: {kind}");
        }
    }
}

#[test]
fn every_code_has_its_words() {
    for code in Code::ALL {
        let entry = code.entry();
        let one_line = [entry.title, entry.message];
        for text in one_line {
            assert!(!text.is_empty() && !text.ends_with('.'), "{code}: {text}");
        }
        assert!(entry.title.chars().count() <= 48, "{code}: {}", entry.title);
        assert!(entry.explain.ends_with('.'), "{code}: {}", entry.explain);
        // Where we look from is no matter of a standard.
        let own = *code == Code::NetPort25Blocked;
        assert!(
            entry.rfc.starts_with("RFC ") != own,
            "{code}: {}",
            entry.rfc
        );
        for text in [entry.title, entry.message, entry.help, entry.explain] {
            assert!(
                !text.contains(['\n', '\t']) && !text.contains("  "),
                "{code}: {text}"
            );
            assert_eq!(text.matches('`').count() % 2, 0, "{code}: {text}");
        }
    }
}

/// Whoever reports an error must be able to mend it.
#[test]
fn what_weighs_has_a_help() {
    for code in Code::ALL {
        let heavy = code.severity() >= findings::Severity::Warn;
        assert!(!heavy || !code.entry().help.is_empty(), "{code}");
    }
}

#[test]
fn placeholders_are_of_the_vocabulary() {
    for code in Code::ALL {
        let entry = code.entry();
        for text in [entry.message, entry.help] {
            for part in text.split('{').skip(1) {
                let (name, _) = part.split_once('}').unwrap();
                assert!(PLACEHOLDERS.contains(&name), "{code}: {name}");
            }
            assert_eq!(
                text.matches('[').count(),
                text.matches(']').count(),
                "{code}"
            );
            for part in text.split('[').skip(1) {
                let (optional, _) = part.split_once(']').unwrap();
                assert!(
                    optional.contains('{') && !optional.contains('['),
                    "{code}: {optional}"
                );
            }
        }
        for text in [entry.title, entry.explain] {
            assert!(!text.contains(['{', '[']), "{code}: {text}");
        }
    }
}

/// The list that the table was made from, where it is at hand: nothing is missing, and severity
/// and result type are the same.
#[test]
fn agrees_with_the_list_of_checks() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/check-codes.md");
    let Ok(list) = fs::read_to_string(path) else {
        return;
    };
    let mut seen = 0;
    for line in list
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains('.'))
    {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let name = cells[0];
        let code = Code::by_name(name).unwrap_or_else(|| panic!("{name} is missing"));
        assert_eq!(code.severity().as_str(), cells[1], "{name}");
        let kind = line
            .trim_end_matches('|')
            .rsplit('|')
            .next()
            .unwrap()
            .trim();
        assert_eq!(code.entry().result_type.unwrap_or_default(), kind, "{name}");
        seen += 1;
    }
    assert!(seen >= 166, "{seen}");
}
