use names::{
    Domain,
    NameError::{
        self, BadCharacter, Empty, EmptyLabel, Hyphen, Idna, IpLiteral, LabelTooLong, TooLong,
    },
    Owner,
};

fn parse(text: &str) -> Result<String, NameError> {
    Domain::parse(text).map(|domain| domain.to_string())
}

/// [C-01] Any case, one final dot and U-labels come to the same A-labels.
#[test]
fn domains_come_to_one_form() {
    for (text, expected) in [
        ("example.com", "example.com"),
        ("EXAMPLE.Com", "example.com"),
        ("example.com.", "example.com"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("MÜNCHEN.example.", "xn--mnchen-3ya.example"),
        ("XN--Mnchen-3ya.example", "xn--mnchen-3ya.example"),
        ("faß.example", "xn--fa-hia.example"),
        ("例え。テスト。", "xn--r8jz45g.xn--zckzah"),
        ("ｅｘａｍｐｌｅ．com", "example.com"),
        ("a", "a"),
        ("1.example", "1.example"),
        ("a--b.example", "a--b.example"),
        ("1.2.3", "1.2.3"),
        ("1.2.3.4.5", "1.2.3.4.5"),
        ("mx1", "mx1"),
    ] {
        assert_eq!(parse(text).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn what_is_no_domain_is_refused_by_cause() {
    for (text, error) in [
        ("", Empty),
        (".", Empty),
        ("..", EmptyLabel),
        (".example", EmptyLabel),
        ("a..example", EmptyLabel),
        ("example..", EmptyLabel),
        ("-a.example", Hyphen),
        ("a-.example", Hyphen),
        ("-", Hyphen),
        ("a_b.example", BadCharacter),
        ("_dmarc.example", BadCharacter),
        ("a b.example", BadCharacter),
        ("a@example", BadCharacter),
        ("a\n.example", BadCharacter),
        ("a\0.example", BadCharacter),
        ("*.example", BadCharacter),
        ("example:25", BadCharacter),
        // [W-04] An address literal is no domain, so it has no policy.
        ("192.0.2.1", IpLiteral),
        ("192.0.2.1.", IpLiteral),
        ("[192.0.2.1]", IpLiteral),
        ("2001:db8::1", IpLiteral),
        ("::1", IpLiteral),
        ("[::ffff:192.0.2.1]", IpLiteral),
        ("[IPv6:2001:db8::1]", IpLiteral),
        ("[ipv6:2001:db8::1]", IpLiteral),
        ("１９２.0.2.1", IpLiteral),
        ("xn--a.example", Idna),
        ("xn--.example", Idna),
        ("a\u{0}ü.example", BadCharacter),
    ] {
        assert_eq!(parse(text), Err(error), "{text:?}");
    }
}

/// 63 octets a label, 253 a name, both as A-labels; a long text is not even converted.
#[test]
fn limits_hold() {
    let label = "a".repeat(63);
    assert!(parse(&label).is_ok());
    assert_eq!(parse(&"a".repeat(64)), Err(LabelTooLong));
    let name = format!("{label}.{label}.{label}.{}", "b".repeat(61));
    assert_eq!(name.len(), 253);
    assert!(parse(&name).is_ok());
    assert!(parse(&format!("{name}.")).is_ok());
    assert_eq!(parse(&format!("{name}b")), Err(TooLong));
    assert!(parse(&"ü.".repeat(200)).is_err());
    assert_eq!(parse(&"a.".repeat(100_000)), Err(TooLong));
    assert_eq!(parse(&"ü".repeat(100_000)), Err(TooLong));
}

/// What a policy or a wire format holds must stand in its alphabet already.
#[test]
fn strict_domains_are_a_labels_without_final_dot() {
    assert_eq!(
        Domain::parse_strict("A.Example").unwrap().as_str(),
        "a.example"
    );
    assert!(Domain::parse_strict("xn--mnchen-3ya.example").is_ok());
    for text in [
        "example.",
        "münchen.example",
        "a_b.example",
        "192.0.2.1",
        "[::1]",
        "",
        ".",
    ] {
        assert!(Domain::parse_strict(text).is_err(), "{text}");
    }
    for (text, error) in [
        ("192.0.2.1", IpLiteral),
        ("::1", IpLiteral),
        ("example.", EmptyLabel),
    ] {
        assert_eq!(Domain::parse_strict(text), Err(error), "{text}");
    }
}

#[test]
fn domains_have_parents() {
    let domain: Domain = "a.b.example".parse().unwrap();
    assert_eq!(domain.labels().collect::<Vec<_>>(), ["a", "b", "example"]);
    assert_eq!(domain.parent().unwrap().as_str(), "b.example");
    assert_eq!(Domain::parse("example").unwrap().parent(), None);
    for (ancestor, expected) in [
        ("a.b.example", true),
        ("b.example", true),
        ("example", true),
        (".b.example", false),
        ("x", false),
    ] {
        let within = Domain::parse(ancestor).is_ok_and(|ancestor| domain.is_within(&ancestor));
        assert_eq!(within, expected, "{ancestor}");
    }
    assert!(
        !Domain::parse("xb.example")
            .unwrap()
            .is_within(&Domain::parse("b.example").unwrap())
    );
}

#[test]
fn owners_are_names_of_dns() {
    let owner = Owner::from(&Domain::parse("Example.com").unwrap());
    assert_eq!(
        owner.prefixed("_25._tcp").unwrap().as_str(),
        "_25._tcp.example.com"
    );
    assert_eq!(
        Owner::parse("_MTA-STS.Example.").unwrap().as_str(),
        "_mta-sts.example"
    );
    assert!(Owner::parse(".").unwrap().is_root());
    assert_eq!(Owner::root().to_string(), ".");
    assert_eq!(Owner::root().parent(), None);
    assert_eq!(Owner::parse("com").unwrap().parent(), Some(Owner::root()));
    for (text, error) in [
        ("a..b", EmptyLabel),
        ("a b", BadCharacter),
        ("ü", BadCharacter),
    ] {
        assert_eq!(Owner::parse(text), Err(error), "{text}");
    }
    let long = format!("{}.example", "a".repeat(60))
        .parse::<Domain>()
        .unwrap();
    assert!(Owner::from(&long).prefixed(&"b".repeat(63)).is_ok());
    assert_eq!(
        Owner::from(&long).prefixed(&"b".repeat(64)),
        Err(LabelTooLong)
    );
    assert_eq!(Owner::from(&long).prefixed(&"b.".repeat(100)), Err(TooLong));
}
