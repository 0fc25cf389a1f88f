use names::{Host, MxPattern, NameError};

/// An mx value is a domain, or `*.` and a domain; the star is a whole label and the left-most.
#[test]
fn patterns_are_read_strictly() {
    for (text, expected, wildcard) in [
        ("Mail.Example.com", "mail.example.com", false),
        ("*.Example.com", "*.example.com", true),
        ("*.com", "*.com", true),
        ("mail", "mail", false),
    ] {
        let pattern = MxPattern::parse(text).unwrap();
        assert_eq!(
            (pattern.to_string().as_str(), pattern.is_wildcard()),
            (expected, wildcard)
        );
        assert_eq!(pattern.base().as_str(), expected.trim_start_matches("*."));
    }
    for (text, error) in [
        ("", NameError::Empty),
        ("*.", NameError::Empty),
        ("*", NameError::BadCharacter),
        ("*.*.example", NameError::BadCharacter),
        ("m*.example", NameError::BadCharacter),
        ("a.*.example", NameError::BadCharacter),
        ("xn--*.example", NameError::BadCharacter),
        ("a_b.example", NameError::BadCharacter),
        ("münchen.example", NameError::BadCharacter),
        ("a.example.", NameError::EmptyLabel),
        (".example", NameError::EmptyLabel),
        ("192.0.2.1", NameError::IpLiteral),
        ("*.192.0.2.1", NameError::IpLiteral),
    ] {
        assert_eq!(MxPattern::parse(text), Err(error), "{text}");
    }
}

/// [V-03] The star covers one label: never none, never two.
#[test]
fn a_star_covers_one_label() {
    for (pattern, host, expected) in [
        ("a.example", "A.example.", true),
        ("a.example", "b.a.example", false),
        ("*.example", "a.example", true),
        ("*.example", "a_b.example", true),
        ("*.example", "example", false),
        ("*.example", "b.a.example", false),
        ("*.a.example", "ba.example", false),
    ] {
        let parsed: MxPattern = pattern.parse().unwrap();
        assert_eq!(
            parsed.matches(&Host::parse(host).unwrap()),
            expected,
            "{pattern} {host}"
        );
        assert_eq!(
            MxPattern::covers(pattern, host),
            expected,
            "{pattern} {host}"
        );
    }
}
