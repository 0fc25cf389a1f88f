use names::{Domain, Host, NameError};

/// Hosts are read as DNS shows them: a final dot, any case, underscores.
#[test]
fn hosts_are_names_as_dns_has_them() {
    for (text, expected) in [
        ("MX1.Example.com.", "mx1.example.com"),
        ("mx_1.example.com", "mx_1.example.com"),
        ("_mx.example.com", "_mx.example.com"),
        ("münchen.example", "xn--mnchen-3ya.example"),
    ] {
        assert_eq!(Host::parse(text).unwrap().as_str(), expected, "{text}");
    }
    for (text, error) in [
        ("", NameError::Empty),
        (".", NameError::Empty),
        ("192.0.2.1", NameError::IpLiteral),
        ("[::1]", NameError::IpLiteral),
        ("a..b", NameError::EmptyLabel),
        ("-a.b", NameError::Hyphen),
        ("*.b", NameError::BadCharacter),
    ] {
        assert_eq!(Host::parse(text), Err(error), "{text}");
    }
}

#[test]
fn a_host_with_an_underscore_is_no_domain() {
    let domain = Domain::parse("a.example").unwrap();
    assert_eq!(Host::from(&domain).to_domain(), Some(domain));
    assert_eq!(Host::parse("a_b.example").unwrap().to_domain(), None);
}
