use std::net::IpAddr;

use findings::{Code, Finding, Severity, Subject};
use names::Span;
use serde_json::json;

#[test]
fn values_fill_message_and_help() {
    let finding = Finding::new(Code::StsRecordIdInvalid).arg("value", "2026-01-01");
    assert_eq!(
        finding.message(),
        "the id is not 1 to 32 ASCII letters and digits: `2026-01-01`"
    );
    let finding = Finding::new(Code::StsMxUnmatched)
        .arg("host", "mx.example.com")
        .arg("suggestion", "mx: mx.example.com");
    assert!(finding.message().ends_with("this MX host: mx.example.com"));
    assert!(finding.help().ends_with(": `mx: mx.example.com`."));
}

#[test]
fn a_part_without_its_value_is_left_out() {
    let finding = Finding::new(Code::StsRecordIdInvalid);
    assert_eq!(
        finding.message(),
        "the id is not 1 to 32 ASCII letters and digits"
    );
    // An empty value is none.
    let finding = Finding::new(Code::StsPolicyModeInvalid).arg("value", "");
    assert_eq!(
        finding.message(),
        "the mode is none of `enforce`, `testing` and `none`"
    );
    // Two placeholders in one part: one value is not enough.
    let finding = Finding::new(Code::StsMxMismatchTypo).arg("pattern", "mx.exmaple.com");
    assert_eq!(
        finding.message(),
        "a pattern differs from the MX host in a few letters"
    );
    // Two parts, of which one has its value.
    let finding = Finding::new(Code::StsPolicyUnknownField).arg("name", "mxs");
    assert_eq!(
        finding.message(),
        "the policy has a field that no standard defines: `mxs`"
    );
}

#[test]
fn no_code_shows_its_template() {
    for code in Code::ALL {
        let finding = Finding::new(*code);
        for text in [finding.message(), finding.help()] {
            assert!(!text.contains(['{', '}', '[', ']']), "{code}: {text}");
            assert!(
                !text.contains("  ") && text.trim() == text,
                "{code}: {text}"
            );
        }
    }
}

#[test]
fn a_value_is_never_read_as_a_template() {
    let finding = Finding::new(Code::StsRecordIdInvalid).arg("value", "{name}[{value}]{");
    assert!(
        finding.message().ends_with(": `{name}[{value}]{`"),
        "{}",
        finding.message()
    );
}

#[test]
fn control_and_bidi_characters_never_come_out() {
    let hostile = "a\u{1b}[31mb\r\nc\u{0}\u{7f}\u{9b}d\u{202e}e\u{2066}f\u{200f}g\u{61c}h\u{2028}i";
    let finding = Finding::new(Code::StsRecordIdInvalid)
        .arg("value", hostile)
        .about(Subject::Name(hostile.to_owned()));
    let subject = finding.subject().map(ToString::to_string).unwrap();
    let json = serde_json::to_string(&finding).unwrap();
    for text in [finding.message(), subject, json] {
        assert!(
            !text.chars().any(|c| c.is_control()
                || matches!(
                    c,
                    '\u{202e}' | '\u{2066}' | '\u{200f}' | '\u{61c}' | '\u{2028}'
                )),
            "{text:?}"
        );
        assert!(text.contains('\u{fffd}'), "{text:?}");
    }
}

#[test]
fn long_values_are_cut() {
    let at_limit = "ä".repeat(500);
    let finding = Finding::new(Code::StsRecordIdInvalid).arg("value", &at_limit);
    assert_eq!(finding.args(), [("value", at_limit.clone())]);
    let finding = Finding::new(Code::StsRecordIdInvalid).arg("value", "ä".repeat(501));
    assert_eq!(finding.args(), [("value", format!("{at_limit}…"))]);
}

#[test]
fn circumstances_only_lower_the_severity() {
    let crit = Finding::new(Code::MxCertExpired);
    assert_eq!(crit.severity(), Severity::Crit);
    assert_eq!(
        crit.clone().at_most(Severity::Error).severity(),
        Severity::Error
    );
    assert_eq!(
        crit.at_most(Severity::Info)
            .at_most(Severity::Crit)
            .severity(),
        Severity::Info
    );
    let info = Finding::new(Code::StsRecordMissing).at_most(Severity::Crit);
    assert_eq!(info.severity(), Severity::Info);
}

#[test]
fn the_shape_in_json() {
    let full = Finding::new(Code::MxCertExpired)
        .at_most(Severity::Error)
        .about(Subject::Name("mx.example.com".to_owned()))
        .span(Span::new(2, 5))
        .arg("date", "2026-01-02");
    assert_eq!(
        serde_json::to_value(&full).unwrap(),
        json!({
            "code": "mx.cert.expired",
            "severity": "error",
            "message": "the MX host's certificate has expired on 2026-01-02",
            "help": "Renew it and let the mail server load it anew: many keep the old one until \
                they are reloaded.",
            "rfc": "RFC 8461 §4.2",
            "span": {"start": 2, "end": 5},
            "subject": "mx.example.com",
        })
    );
    let bare = serde_json::to_value(Finding::new(Code::StsPolicyEolLf)).unwrap();
    let object = bare.as_object().unwrap();
    assert_eq!(
        object.keys().map(String::as_str).collect::<Vec<_>>(),
        ["code", "severity", "message", "help", "rfc"]
    );
    assert_eq!(object["severity"], "ok-note");
    assert_eq!(object["help"], "");
}

#[test]
fn subjects_are_counted_from_one() {
    let address: IpAddr = "2001:db8::1".parse().unwrap();
    for (subject, text) in [
        (Subject::Txt(0), "TXT 1"),
        (Subject::Policy, "policy"),
        (Subject::Report(1), "report 2"),
        (Subject::Name("example.com".to_owned()), "example.com"),
        (
            Subject::Address("mx.example.com".to_owned(), address),
            "mx.example.com [2001:db8::1]",
        ),
    ] {
        assert_eq!(subject.to_string(), text);
    }
}
