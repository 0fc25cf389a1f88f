use names::{Domain, Host, MxPattern, Owner};
use proptest::prelude::*;

/// The rule for a host name, octet by octet and label by label.
fn is_host_name(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|octet| octet.is_ascii_alphanumeric() || octet == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(label) && text.parse::<std::net::IpAddr>().is_err()
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        drop(Domain::parse(&text));
        drop(Owner::parse(&text));
        if let Ok(host) = Host::parse(&text) {
            prop_assert!(host.as_str().len() <= 253);
            let again = Host::parse(host.as_str());
            prop_assert_eq!(again.as_ref(), Ok(&host));
        }
    }

    #[test]
    fn strict_is_the_rule(text in prop_oneof!["[a-cA-C0-9._-]{0,12}", "[a-z0-9-]{60,66}(\\.[a-z]{60,64}){0,4}", "[0-9]{1,3}(\\.[0-9]{1,3}){3}"]) {
        prop_assert_eq!(Domain::parse_strict(&text).is_ok(), is_host_name(&text));
    }

    #[test]
    fn patterns_are_written_as_read(text in "(\\*\\.)?[a-z0-9.-]{1,20}") {
        if let Ok(pattern) = MxPattern::parse(&text) {
            prop_assert_eq!(pattern.to_string(), text);
        }
    }
}
