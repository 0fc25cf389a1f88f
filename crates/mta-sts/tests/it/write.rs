use mta_sts::{MaxAge, Mode, Policy, PolicyId, Record, policy, policy::PolicyError, record};

/// What is served: CRLF, the version first (K1, K2: what every reader takes).
#[test]
fn a_policy_is_written_as_all_readers_take_it() {
    let mx = ["mail.example.com", "*.Example.net"].map(|text| text.parse().unwrap());
    let policy = Policy::new(Mode::Testing, MaxAge::from_secs(604_800), mx.to_vec())
        .and_then(|policy| policy.with_extension("note", "a b"))
        .unwrap();
    let text = policy.write();
    assert_eq!(
        text,
        "version: STSv1\r\nmode: testing\r\nmx: mail.example.com\r\nmx: *.example.net\r\n\
         max_age: 604800\r\nnote: a b\r\n"
    );
    assert_eq!(policy::parse(text.as_bytes()).value, Some(policy));
}

/// [P-09] Only mode none goes without mx.
#[test]
fn a_policy_without_mx_is_mode_none() {
    let age = MaxAge::from_secs(86_400);
    for mode in [Mode::Enforce, Mode::Testing] {
        assert_eq!(
            Policy::new(mode, age, Vec::new()),
            Err(PolicyError::NoMx(mode))
        );
    }
    let none = Policy::new(Mode::None, age, Vec::new()).unwrap();
    assert_eq!(
        none.write(),
        "version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n"
    );
}

/// Nothing that a publisher is given can make a policy or record malformed.
#[test]
fn what_has_no_place_is_refused_or_left_out() {
    let policy = || Policy::new(Mode::None, MaxAge::from_secs(u64::MAX), Vec::new()).unwrap();
    for (name, value) in [
        ("mode", "x"),
        ("", "x"),
        ("a:b", "x"),
        ("a b", "x"),
        ("ä", "x"),
    ] {
        let error = PolicyError::ExtensionName(name.to_owned());
        assert_eq!(policy().with_extension(name, value), Err(error));
    }
    for value in ["", " x", "x ", "a\r\nmode: none", "a\tb", "\u{7f}"] {
        let error = PolicyError::ExtensionValue("a".to_owned());
        assert_eq!(policy().with_extension("a", value), Err(error));
    }
    let mut broken = policy();
    broken.extensions = vec![
        ("mode".into(), "enforce".into()),
        ("a".into(), "b\nmx: c".into()),
    ];
    assert_eq!(broken.write(), policy().write());
    assert!(policy().write().contains("max_age: 31557600\r\n"));

    let mut record = Record::new("1".parse().unwrap());
    record.extensions = vec![("id".into(), "2".into()), ("a".into(), "b;c".into())];
    assert_eq!(record.write(), "v=STSv1; id=1;");
}

#[test]
fn a_record_is_written_and_read() {
    let mut record = Record::new(PolicyId::parse(b"20260101T000000").unwrap());
    assert_eq!(record.write(), "v=STSv1; id=20260101T000000;");
    record.extensions.push(("a".into(), "b".into()));
    assert_eq!(record::parse(record.write().as_bytes()).value, Some(record));
    for bad in ["", "a-b", "ä", &"a".repeat(33), &"a".repeat(300)] {
        assert!(PolicyId::parse(bad.as_bytes()).is_err(), "{bad}");
    }
}
