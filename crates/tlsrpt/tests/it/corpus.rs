use std::{
    fs,
    path::{Path, PathBuf},
};

use tlsrpt::{Lint, Outcome, report::Report};

fn lint(name: &str) -> Lint {
    tlsrpt::lint(
        &fs::read(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("testdata")
                .join(name),
        )
        .unwrap(),
    )
}

fn codes(lint: &Lint) -> Vec<&'static str> {
    lint.findings
        .iter()
        .map(|finding| finding.code().name())
        .collect()
}

/// Real reports, and what is to be said of each.
#[test]
fn real_reports() {
    let cases: &[(&str, Outcome, &[&str])] = &[
        ("google.json", Outcome::Valid, &[]),
        // [TR-D1]: TLSA records as JSON in one string.
        (
            "microsoft.json",
            Outcome::Salvaged,
            &["report.policy_string_nested"],
        ),
        // [TR-D2]: dates without zone.
        (
            "microsoft.eml",
            Outcome::Salvaged,
            &["report.date", "report.date"],
        ),
        // [TR-D3] [TR-D4]: details without addresses, an odd id, no mx-host.
        ("no_ip_and_mx.json", Outcome::Valid, &[]),
        // [TR-D9]: the failures add up to more than the summary says.
        ("mail.ru.json", Outcome::Valid, &["report.sum_mismatch"]),
        // [TR-D10]: contact-info is null.
        ("no-contact.json", Outcome::Salvaged, &["report.shape"]),
        // [E13] [TR-D12]: mx-host as a text.
        ("rfc8460.json", Outcome::Salvaged, &["report.shape"]),
        // [TR-D13] [TR-D14]: unknown type, no domain, no count of failures.
        (
            "rpt03.json",
            Outcome::Salvaged,
            &[
                "report.missing_field",
                "report.missing_field",
                "report.unknown_value",
                "report.missing_field",
                "report.missing_field",
            ],
        ),
        ("rpt01.eml", Outcome::Valid, &[]),
        // A mail without its last boundary.
        (
            "cut.eml",
            Outcome::Salvaged,
            &["report.shape", "report.base64"],
        ),
    ];
    for (name, outcome, expected) in cases {
        let lint = lint(name);
        assert_eq!(lint.outcome, *outcome, "{name}");
        assert_eq!(codes(&lint), *expected, "{name}");
        assert_eq!(lint.reports.len(), 1, "{name}");
        assert!(!lint.reports[0].policies.is_empty(), "{name}");
    }
}

/// What is read is what stands there, in the RFC's key names.
#[test]
fn values_survive() {
    let read = lint("microsoft.json");
    let policy = &read.reports[0].policies[1].policy;
    assert_eq!(policy.policy_string.len(), 2);
    assert!(policy.policy_string[0].starts_with("3 1 1 6007EEE5"));
    let read = lint("rfc8460.json");
    let value = serde_json::to_value(&read.reports).unwrap();
    assert_eq!(value[0]["organization-name"], "Company-X");
    assert_eq!(
        value[0]["date-range"]["start-datetime"],
        "2016-04-01T00:00:00Z"
    );
    assert_eq!(
        value[0]["policies"][0]["policy"]["mx-host"][0],
        "*.mail.company-y.example"
    );
    assert_eq!(
        value[0]["policies"][0]["summary"]["total-failure-session-count"],
        303
    );
    assert_eq!(
        value[0]["policies"][0]["failure-details"][1]["failed-session-count"],
        200
    );
    let read = lint("mail.ru.json");
    let summary = read.reports[0].policies[0].summary;
    assert_eq!(
        (
            summary.failed,
            read.reports[0].policies[0].failure_details.len()
        ),
        (Some(1), 2)
    );
    let read = lint("rpt03.json");
    let kind = read.reports[0].policies[1]
        .policy
        .policy_type
        .as_ref()
        .unwrap();
    assert_eq!(kind.as_str(), "invalid-policy-type");
}

/// Every file of the larger collection holds a report that somebody sent, where it is there.
#[test]
fn collection() {
    fn files(dir: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                files(&path, out);
            } else {
                out.push(path);
            }
        }
    }
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/tlsrpt-reports");
    let mut list = Vec::new();
    files(&dir, &mut list);
    for file in list {
        let lint = tlsrpt::lint(&fs::read(&file).unwrap());
        assert_eq!(lint.reports.len(), 1, "{}", file.display());
        let report: &Report = &lint.reports[0];
        assert!(
            report.organization_name.is_some() && !report.policies.is_empty(),
            "{}",
            file.display()
        );
        assert!(
            report
                .date_range
                .start
                .as_ref()
                .unwrap()
                .timestamp()
                .is_some(),
            "{}",
            file.display()
        );
    }
}
