use proptest::{collection::vec, option, prelude::*};
use tlsrpt::{
    record::parse_set,
    report::{
        self, DateRange, FailureDetail, Policy, PolicyReport, PolicyType, Report, ResultType,
        Summary, When,
    },
};

fn when() -> impl Strategy<Value = When> {
    (0_i64..4_000_000_000).prop_map(|second| When::parse(&(second + 100_000_000).to_string()))
}

fn detail() -> impl Strategy<Value = FailureDetail> {
    let text = || option::of("[a-z.\"\\\\\u{e9}\n]{0,8}");
    (
        option::of(0_usize..12),
        text(),
        text(),
        text(),
        option::of(any::<u32>()),
    )
        .prop_map(|(kind, host, helo, reason, count)| FailureDetail {
            result_type: kind.map(|kind| {
                ResultType::KNOWN
                    .get(kind)
                    .cloned()
                    .unwrap_or_else(|| ResultType::Other("new-type".into()))
            }),
            receiving_mx_hostname: host,
            receiving_mx_helo: helo,
            failure_reason_code: reason,
            failed_session_count: Some(count.unwrap_or(1).into()),
            ..FailureDetail::default()
        })
}

fn policy() -> impl Strategy<Value = PolicyReport> {
    let kind = prop_oneof![
        Just(PolicyType::Sts),
        Just(PolicyType::Tlsa),
        Just(PolicyType::NoPolicyFound),
        Just(PolicyType::Other("x".into()))
    ];
    let counts = (option::of(any::<u64>()), option::of(any::<u64>()));
    (
        option::of(kind),
        vec("[a-z:\u{1f600} ]{0,6}", 0..3),
        option::of("[ab]\\.example"),
        counts,
        vec(detail(), 0..6),
    )
        .prop_map(
            |(policy_type, policy_string, policy_domain, (successful, failed), failure_details)| {
                PolicyReport {
                    policy: Policy {
                        policy_type,
                        policy_string,
                        policy_domain,
                        mx_host: Vec::new(),
                    },
                    summary: Summary { successful, failed },
                    failure_details,
                }
            },
        )
}

fn reports() -> impl Strategy<Value = Report> {
    let text = || option::of("[a-z@\u{0}-\u{1f}\u{e9}]{0,8}");
    (
        text(),
        option::of(when()),
        option::of(when()),
        text(),
        Just("id".to_owned()),
        vec(policy(), 0..5),
    )
        .prop_map(
            |(organization_name, start, end, contact_info, report_id, policies)| Report {
                organization_name,
                date_range: DateRange { start, end },
                contact_info,
                report_id: Some(report_id),
                policies,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    /// What is written is read back as it was.
    #[test]
    fn round_trip(report in reports()) {
        let json = serde_json::to_vec(&report).unwrap();
        let read = report::read(&json);
        prop_assert_eq!(read.reports, vec![report]);
    }

    /// Merging does not depend on the order, nor on the grouping.
    #[test]
    fn merge_is_commutative(a in reports(), b in reports(), c in reports()) {
        prop_assert_eq!(a.clone().merge(b.clone()), b.clone().merge(a.clone()));
        prop_assert_eq!(
            a.clone().merge(b.clone()).merge(c.clone()),
            a.merge(b.merge(c))
        );
    }

    /// No bytes make a reader panic.
    #[test]
    fn never_panics(bytes in vec(any::<u8>(), 0..400)) {
        tlsrpt::lint(&bytes);
        parse_set(&[&bytes]);
        parse_set(&[[&b"v=TLSRPTv1;rua="[..], &bytes].concat()]);
    }

    /// Nor does a report that was changed in a few places; and spans stay inside of it.
    #[test]
    fn changed_reports(report in reports(), changes in vec((any::<prop::sample::Index>(), any::<u8>()), 0..6)) {
        let mut json = serde_json::to_vec(&report).unwrap();
        for (index, byte) in changes {
            let at = index.index(json.len());
            json[at] = byte;
        }
        for finding in &report::read(&json).findings {
            let span = finding.bytes().unwrap();
            prop_assert!(span.end <= json.len(), "{:?} {:?}", finding, span);
        }
    }

    /// Text of the grammar's alphabet: spans of findings stay inside of the record, and a record
    /// that is accepted reads the same when it is written.
    #[test]
    fn records(text in "v=TLSRPTv1[ ;]{0,2}([a-z]{0,3}|rua=|mailto:|a@b|https://|[ ,;=!%:/.?#\\[\\]2]){0,12}") {
        let set = parse_set(&[&text]);
        for finding in &set.findings {
            if let Some(span) = finding.bytes() {
                prop_assert!(span.end <= text.len());
            }
        }
        if let Some(record) = set.outcome.record() {
            let again = parse_set(&[record.to_string()]);
            prop_assert_eq!(again.outcome.record(), Some(record));
        }
    }
}
