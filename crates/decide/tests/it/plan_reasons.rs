//! Every reason: its name, section, result type, reason code and sentence, against a table that
//! people have read.

use std::collections::BTreeSet;

use decide::{Reason, facts::*};
use mta_sts::Mode;

use crate::plan_world::{at, host, owner};

/// One of each, and of each kind of fault inside.
fn all() -> Vec<Reason> {
    let text = || "words".to_owned();
    let mut all = vec![
        Reason::NullMx,
        Reason::NoSuchDomain,
        Reason::MxNotAsked,
        Reason::MxUnusable,
        Reason::ImplicitMx,
        Reason::StsOff,
        Reason::StsNoRecord,
        Reason::StsRecordNone,
        Reason::StsRecordInvalid,
        Reason::StsRecordNotAsked,
        Reason::StsHostUnresolved(None),
        Reason::StsHostUnresolved(Some(DnsFault::Timeout)),
        Reason::StsNotFetched,
        Reason::StsMediaType(None),
        Reason::StsMediaType(Some("text/html".to_owned())),
        Reason::StsEncoding("gzip".to_owned()),
        Reason::StsPolicyInvalid,
        Reason::StsFetched(Mode::Enforce),
        Reason::StsFetched(Mode::None),
        Reason::StsCached {
            mode: Mode::Testing,
            until: at(1_800_000_000),
        },
        Reason::StsExpired {
            at: at(1_800_000_000),
        },
        Reason::StsStrict,
        Reason::StsCovered,
        Reason::StsUncovered(host()),
        Reason::DaneOff,
        Reason::DaneNotApplicable,
        Reason::DaneRecords(owner("mx.example")),
        Reason::DaneUnusable(owner("mx.example")),
        Reason::DaneMxInsecure,
        Reason::DaneMxUnproven,
        Reason::DaneDecides,
        Reason::NoAddress,
        Reason::Unreachable(text()),
        Reason::FloorEncrypt,
        Reason::Opportunistic,
        Reason::StarttlsMissing,
        Reason::StarttlsRefused(454),
        Reason::OldCiphers,
        Reason::OldTls("TLSv1.0".to_owned()),
        Reason::CertificateValid,
        Reason::DaneMatch,
        Reason::DaneNoMatch,
        Reason::DaneTaNotSent,
        Reason::DaneTaInvalid(text()),
        Reason::DaneNotCompared,
    ];
    let dns = [
        DnsFault::Timeout,
        DnsFault::Unreachable,
        DnsFault::ServFail,
        DnsFault::Refused,
        DnsFault::Bogus,
        DnsFault::Malformed,
        DnsFault::Loop,
        DnsFault::Other,
        DnsFault::NotValidating,
    ];
    for of in [
        Reason::MxUnknown,
        Reason::StsRecordUnknown,
        Reason::DaneUnknown,
        Reason::AddressUnknown,
    ] {
        all.extend(dns.map(of));
    }
    all.extend(handshakes().map(Reason::HandshakeFailed));
    all.extend(
        [
            CertFault::Expired,
            CertFault::NotYetValid,
            CertFault::NameMismatch,
            CertFault::CnOnly,
            CertFault::SelfSigned,
            CertFault::Untrusted,
            CertFault::IncompleteChain,
            CertFault::Other(text()),
        ]
        .map(Reason::Certificate),
    );
    all.extend(fetches().map(Reason::StsFetchFailed));
    all
}

fn handshakes() -> [HandshakeFault; 7] {
    [
        HandshakeFault::Alert {
            code: 112,
            name: "unrecognized_name".to_owned(),
        },
        HandshakeFault::Alert {
            code: 40,
            name: "handshake_failure".to_owned(),
        },
        HandshakeFault::NotTls,
        HandshakeFault::Closed,
        HandshakeFault::Timeout,
        HandshakeFault::Buffered,
        HandshakeFault::Other("words".to_owned()),
    ]
}

fn fetches() -> [FetchFault; 13] {
    let text = || "words".to_owned();
    let [unrecognized, alert, ..] = handshakes();
    [
        FetchFault::Reserved,
        FetchFault::Refused,
        FetchFault::ConnectTimeout,
        FetchFault::Unreachable(text()),
        FetchFault::NotTls,
        FetchFault::Handshake(unrecognized),
        FetchFault::Handshake(alert),
        FetchFault::Certificate,
        FetchFault::Status {
            code: 301,
            location: Some(text()),
        },
        FetchFault::TooLarge { limit: 65536 },
        FetchFault::Timeout(text()),
        FetchFault::Truncated,
        FetchFault::Protocol(text()),
    ]
}

/// [T-12] [T-14] [V-15] The table in `plan_reasons.txt`; on a wanted change, take the test's output.
#[test]
fn every_reason() {
    let table = all()
        .iter()
        .map(|reason| {
            format!(
                "{} | {} | {} | {} | {}\n",
                reason.name(),
                reason.rfc(),
                reason.result_type().unwrap_or("-"),
                reason
                    .failure_reason_code()
                    .unwrap_or_else(|| "-".to_owned()),
                reason.explain()
            )
        })
        .collect::<Vec<_>>()
        .concat();
    assert!(table == include_str!("plan_reasons.txt"), "{table}");
}

/// [T-12] Nothing but RFC 8460 §4.3's own words is a result type; every reason has its own name
/// and a sentence; only the sender's own choices have no section.
#[test]
fn every_reason_is_complete() {
    let types = [
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
    let mut names = BTreeSet::new();
    let mut sentences = BTreeSet::new();
    for reason in all() {
        names.insert(reason.name());
        assert!(
            sentences.insert(reason.explain()),
            "{reason:?} says what another says"
        );
        assert!(reason.explain().len() > 15, "{reason:?}");
        assert!(
            reason
                .result_type()
                .is_none_or(|name| types.contains(&name)),
            "{reason:?}"
        );
        let own = ["sts-off", "sts-strict", "dane-off", "floor-encrypt"].contains(&reason.name());
        assert_eq!(reason.rfc().is_empty(), own, "{reason:?}");
        let json = serde_json::to_value(&reason).unwrap();
        assert_eq!(json["rule"], reason.name());
        assert_eq!(json["rfc"], reason.rfc());
        assert_eq!(json["explain"], reason.explain());
        assert_eq!(
            json.get("result_type").and_then(|v| v.as_str()),
            reason.result_type()
        );
        let code = json
            .get("failure_reason_code")
            .and_then(|v| v.as_str())
            .map(str::to_owned);
        assert_eq!(code, reason.failure_reason_code());
    }
    assert_eq!(names.len(), 49, "{names:?}");
}

/// Words from the network are cut and cleaned before they reach a sentence.
#[test]
fn hostile_words() {
    let long = format!("\u{1b}[31m{}", "x".repeat(100_000));
    for reason in [
        Reason::Unreachable(long.clone()),
        Reason::DaneTaInvalid(long.clone()),
        Reason::StsMediaType(Some(long.clone())),
        Reason::StsEncoding(long.clone()),
        Reason::HandshakeFailed(HandshakeFault::Other(long.clone())),
        Reason::OldTls(long.clone()),
        Reason::Certificate(CertFault::Other(long.clone())),
        Reason::StsFetchFailed(FetchFault::Protocol(long)),
    ] {
        for words in [Some(reason.explain()), reason.failure_reason_code()]
            .into_iter()
            .flatten()
        {
            assert!(words.chars().count() < 400, "{}", words.len());
            assert!(!words.contains('\u{1b}'), "{words}");
        }
    }
}
