use mta_sts::{MaxAge, Mode, Policy, matches};

/// [V-01] [V-03] [C-01] [C-02] [C-03] [C-04] The match, on text.
#[test]
fn a_star_is_the_whole_left_most_label() {
    for (pattern, host, expected) in [
        ("mail.example.com", "mail.example.com", true),
        ("mail.example.com", "MAIL.Example.COM", true),
        ("MAIL.example.com", "mail.example.com", true),
        ("mail.example.com", "mail.example.com.", true),
        ("mail.example.com", "mail.example.com..", false),
        ("mail.example.com", "xmail.example.com", false),
        ("mail.example.com", "example.com", false),
        ("*.example.com", "mx.example.com", true),
        ("*.EXAMPLE.com", "Mx.example.COM.", true),
        ("*.example.com", "example.com", false),
        ("*.example.com", "a.b.example.com", false),
        ("*.example.com", ".example.com", false),
        ("*.example.com", "*.example.com", false),
        ("*.example.com", "mxexample.com", false),
        ("*.example.com", "mx_1.example.com", true),
        ("*.example.com", "-mx.example.com", false),
        ("*.example.com", "mx.example.com:25", false),
        ("*.com", "example.com", true),
        ("localhost", "localhost", true),
        // Malformed patterns match nothing, not even themselves.
        ("*", "com", false),
        ("*.", "com", false),
        ("", "", false),
        (".", ".", false),
        ("mx*.example.com", "mx1.example.com", false),
        ("*mx.example.com", "1mx.example.com", false),
        ("mx.*.com", "mx.example.com", false),
        ("*.*.example.com", "a.b.example.com", false),
        ("xn--*.example.com", "xn--a.example.com", false),
        ("mail.example.com.", "mail.example.com", false),
        ("mail_1.example.com", "mail_1.example.com", false),
        ("mail..example.com", "mail..example.com", false),
        (" mail.example.com", "mail.example.com", false),
        ("192.0.2.1", "192.0.2.1", false),
        ("*.0.2.1", "192.0.2.1", false),
        ("[192.0.2.1]", "[192.0.2.1]", false),
        ("2001:db8::1", "2001:db8::1", false),
        (
            "mail.xn--mnchen-3ya.example",
            "mail.XN--mnchen-3ya.example",
            true,
        ),
        ("mail.münchen.example", "mail.münchen.example", false),
        ("mail.xn--mnchen-3ya.example", "mail.münchen.example", false),
    ] {
        assert_eq!(matches(pattern, host), expected, "{pattern} {host}");
    }
}

/// The limits of names hold for both: 63 octets a label, 253 a name, the star apart.
#[test]
fn limits_of_names_hold() {
    let label = "a".repeat(63);
    let long = "a".repeat(64);
    assert!(matches(&label, &label));
    assert!(!matches(&long, &long));
    let name = format!("{label}.{label}.{label}.{}", "b".repeat(61));
    assert_eq!(name.len(), 253);
    assert!(matches(&name, &format!("{name}.")));
    let longer = format!("{name}b");
    assert!(!matches(&longer, &longer));
    let base = &name[64..];
    assert!(matches(&format!("*.{base}"), &name));
    assert!(!matches(&format!("*.{base}"), &longer));
}

/// [V-01] A host needs one pattern that covers it. [V-02] What is compared is the name as the MX
/// record has it: `covers` takes a host's name and nothing else.
#[test]
fn a_policy_covers_by_any_of_its_patterns() {
    let mx = ["a.example", "*.b.example", "*.example"].map(|text| text.parse().unwrap());
    let policy = Policy::new(Mode::Enforce, MaxAge::from_secs(86_400), mx.to_vec()).unwrap();
    for (host, pattern) in [
        ("a.example", Some("a.example")),
        ("A.EXAMPLE.", Some("a.example")),
        ("x.b.example", Some("*.b.example")),
        ("b.example", Some("*.example")),
        ("x.a.example", None),
        ("x.y.b.example", None),
        ("example", None),
    ] {
        let host = host.parse().unwrap();
        let found = policy.covers(&host).map(ToString::to_string);
        assert_eq!(found.as_deref(), pattern, "{host}");
    }
}
