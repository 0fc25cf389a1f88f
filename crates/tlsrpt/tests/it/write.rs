use std::io::Read as _;

use names::Domain;
use tlsrpt::report::{
    self, DateRange, FailureDetail, Policy, PolicyReport, PolicyType, Report, ResultType, Summary,
    When, WriteError,
};

fn report() -> Report {
    Report {
        organization_name: Some("Company".into()),
        date_range: DateRange {
            start: Some(When::parse("2026-01-31T00:00:00Z")),
            end: Some(When::parse("2026-01-31T23:59:59Z")),
        },
        contact_info: Some("tls@Sender.Example".into()),
        report_id: Some("2026-01-31T00:00:00Z_rcpt.example".into()),
        policies: vec![PolicyReport {
            policy: Policy {
                policy_type: Some(PolicyType::Sts),
                policy_string: vec!["version: STSv1".into(), "mode: testing".into()],
                policy_domain: Some("rcpt.example".into()),
                mx_host: vec!["*.mail.rcpt.example".into()],
            },
            summary: Summary {
                successful: Some(5326),
                failed: Some(100),
            },
            failure_details: vec![FailureDetail {
                result_type: Some(ResultType::CertificateExpired),
                sending_mta_ip: Some("2001:DB8:abcd:0012::1".into()),
                receiving_mx_hostname: Some("mx1.mail.rcpt.example".into()),
                failed_session_count: Some(100),
                ..FailureDetail::default()
            }],
        }],
    }
}

/// [TR-C10] [TR-C11] [TR-C15] [TR-C16] [TR-C17] [TR-C18] [E13]: what is written.
#[test]
fn json() {
    let json = String::from_utf8(report().to_json().unwrap()).unwrap();
    assert_eq!(
        json,
        r#"{"organization-name":"Company","date-range":{"start-datetime":"2026-01-31T00:00:00Z","end-datetime":"2026-01-31T23:59:59Z"},"contact-info":"tls@Sender.Example","report-id":"2026-01-31T00:00:00Z_rcpt.example","policies":[{"policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: testing"],"policy-domain":"rcpt.example","mx-host":["*.mail.rcpt.example"]},"summary":{"total-successful-session-count":5326,"total-failure-session-count":100},"failure-details":[{"result-type":"certificate-expired","sending-mta-ip":"2001:db8:abcd:12::1","receiving-mx-hostname":"mx1.mail.rcpt.example","failed-session-count":100}]}]}"#
    );
    let read = report::read(json.as_bytes());
    assert!(read.findings.is_empty());
    let mut unpacked = String::new();
    flate2::read::GzDecoder::new(&report().to_gzip().unwrap()[..])
        .read_to_string(&mut unpacked)
        .unwrap();
    assert_eq!(unpacked, json);
    assert_eq!(report().to_gzip(), report().to_gzip());
}

/// What is incomplete or wrong is not written.
#[test]
fn refusals() {
    type Change = fn(&mut Report);
    let cases: &[(Change, WriteError)] = &[
        (
            |r| r.organization_name = None,
            WriteError::Missing("organization-name"),
        ),
        (|r| r.report_id = None, WriteError::Missing("report-id")),
        (
            |r| r.contact_info = None,
            WriteError::Missing("contact-info"),
        ),
        (
            |r| r.contact_info = Some("nobody".into()),
            WriteError::Contact,
        ),
        (
            |r| r.contact_info = Some("a\nb@c.example".into()),
            WriteError::Contact,
        ),
        (
            |r| r.date_range.start = None,
            WriteError::Missing("start-datetime"),
        ),
        (
            |r| r.date_range.end = Some(When::Text("x".into())),
            WriteError::NotATime("end-datetime"),
        ),
        (
            |r| r.date_range.end = Some(When::parse("2020-01-01T00:00:00Z")),
            WriteError::Range,
        ),
        (|r| r.policies.clear(), WriteError::Missing("policies")),
        (
            |r| r.policies[0].policy.policy_type = None,
            WriteError::Missing("policy-type"),
        ),
        (
            |r| r.policies[0].policy.policy_type = Some("x".into()),
            WriteError::PolicyType("x".into()),
        ),
        (
            |r| r.policies[0].policy.policy_type = Some(PolicyType::Tlsa),
            WriteError::MxHost,
        ),
        (
            |r| r.policies[0].policy.policy_domain = None,
            WriteError::Missing("policy-domain"),
        ),
        (
            |r| r.policies[0].policy.policy_domain = Some("ü.example".into()),
            WriteError::PolicyDomain("ü.example".into()),
        ),
        (
            |r| r.policies[0].summary.failed = None,
            WriteError::Missing("total-failure-session-count"),
        ),
        (
            |r| r.policies[0].failure_details[0].result_type = None,
            WriteError::Missing("result-type"),
        ),
        (
            |r| r.policies[0].failure_details[0].failed_session_count = None,
            WriteError::Missing("failed-session-count"),
        ),
        (
            |r| r.policies[0].failure_details[0].receiving_ip = Some(String::new()),
            WriteError::Address("receiving-ip", String::new()),
        ),
    ];
    for (change, error) in cases {
        let mut report = report();
        change(&mut report);
        assert_eq!(report.to_json(), Err(error.clone()));
    }
}

/// [TR-C20] [TR-C22]: names of the file and the mail.
#[test]
fn names() {
    let domain = Domain::parse("rcpt.example").unwrap();
    let report = report();
    assert_eq!(
        report.file_name(&domain, None, true).unwrap(),
        "sender.example!rcpt.example!1769817600!1769903999.json.gz"
    );
    assert_eq!(
        report.file_name(&domain, Some("a-/1!"), false).unwrap(),
        "sender.example!rcpt.example!1769817600!1769903999!a1.json"
    );
    assert_eq!(
        report.subject(&domain).unwrap(),
        "Report Domain: rcpt.example Submitter: sender.example Report-ID: \
         <2026-01-31T00.00.00Z_rcpt.example@sender.example>"
    );
    for (id, expected) in [
        ("a@b.example", "a@b.example"),
        ("a b\r\nBcc: x@y z", "a.b.Bcc.x@sender.example"),
        ("..", "0@sender.example"),
        ("x.", "x.0@sender.example"),
    ] {
        let report = Report {
            report_id: Some(id.into()),
            ..report.clone()
        };
        let subject = report.subject(&domain).unwrap();
        assert_eq!(
            subject.split_once("Report-ID: ").unwrap().1,
            format!("<{expected}>"),
            "{id}"
        );
    }
}

/// Merging adds up what is alike and keeps what is not.
#[test]
fn merge() {
    let mut other = report();
    other.policies[0].failure_details[0].failed_session_count = Some(u64::MAX);
    other.policies[0].failure_details.push(FailureDetail {
        result_type: Some(ResultType::TlsaInvalid),
        failed_session_count: Some(1),
        ..FailureDetail::default()
    });
    other.policies.push(PolicyReport::default());
    other.date_range.start = Some(When::parse("2026-01-30T00:00:00Z"));
    let merged = report().merge(other.clone());
    assert_eq!(merged, other.merge(report()));
    assert_eq!(merged.policies.len(), 2);
    let sts = merged
        .policies
        .iter()
        .find(|p| p.policy.policy_type.is_some())
        .unwrap();
    assert_eq!(
        sts.summary,
        Summary {
            successful: Some(10_652),
            failed: Some(200)
        }
    );
    assert_eq!(sts.failure_details.len(), 2);
    assert_eq!(
        sts.failure_details
            .iter()
            .filter_map(|d| d.failed_session_count)
            .max(),
        Some(u64::MAX)
    );
    assert_eq!(
        merged.date_range.start,
        Some(When::parse("2026-01-30T00:00:00Z"))
    );
}
