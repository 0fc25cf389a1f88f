//! Usage: what is refused, and how that ends.

use crate::run::{postseal, with_input};

#[test]
fn wrong_usage_is_64_and_says_what_to_do() {
    let cases: &[&[&str]] = &[
        &[],
        &["frobnicate"],
        &["check"],
        &["check", "no_such_domain!"],
        &["check", "[192.0.2.1]"],
        &["check", "--dns", "nowhere", "example.com"],
        &["check", "--timeout", "0", "example.com"],
        &["check", "--now", "yesterday", "example.com"],
        &["check", "--explain", "no.such.code"],
        &["lint", "record"],
        &["lint", "policy"],
        &["match", "*.example.com"],
        &["lint", "record", "--format", "xml", "x"],
    ];
    for args in cases {
        let ran = postseal(*args);
        assert_eq!(ran.code, 64, "{args:?}: {ran:?}");
        assert!(ran.stdout.is_empty(), "{args:?}: talk on stdout: {ran:?}");
        assert!(!ran.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn help_has_examples() {
    for args in [
        &["--help"][..],
        &["check", "--help"],
        &["explain", "--help"],
        &["lab", "--help"],
    ] {
        let ran = postseal(args);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(ran.stdout.contains("Example"), "{args:?}: {}", ran.stdout);
        assert!(ran.stdout.contains("postseal"), "{args:?}");
    }
}

#[test]
fn what_cannot_be_read_is_2() {
    let missing = postseal(["lint", "policy", "/nonexistent/mta-sts.txt"]);
    assert_eq!(missing.code, 2, "{missing:?}");
    assert!(
        missing.stderr.contains("/nonexistent/mta-sts.txt"),
        "{missing:?}"
    );
    let named = postseal(["lint", "policy", "/nonexistent/\u{1b}[2J\u{202e}"]);
    assert_eq!(named.code, 2, "{named:?}");
    assert!(!named.stderr.contains(['\u{1b}', '\u{202e}']), "{named:?}");
    let large = with_input(["lint", "policy", "-"], &vec![b'x'; (1 << 20) + 1]);
    assert_eq!(large.code, 2, "{large:?}");
    assert!(large.stderr.contains("1048576"), "{large:?}");
    let endless = ["check", "--ca-file", "/dev/zero", "example.com"];
    let endless = postseal(endless);
    assert_eq!(endless.code, 2, "{endless:?}");
    let roots = postseal(["check", "--ca-file", "/nonexistent/ca.pem", "example.com"]);
    assert_eq!(roots.code, 2, "{roots:?}");
}

#[test]
fn every_code_explains_itself() {
    for code in findings::Code::ALL {
        let ran = postseal(["check", "--explain", code.name()]);
        assert_eq!(ran.code, 0, "{code}: {ran:?}");
        assert!(ran.stdout.contains(code.name()), "{code}: {ran:?}");
    }
    let ran = postseal(["check", "--explain", "mx.cert.expired", "--format", "json"]);
    crate::schema::assert_shape("code", &ran.json());
}

/// Terminals do as they are told by control characters: none gets through.
#[test]
fn control_characters_never_reach_the_terminal() {
    let nasty = "v=STSv1; id=\u{1b}]0;pwned\u{7}\u{202e}; x=\u{9b}31m";
    let ran = postseal(["lint", "record", nasty]);
    assert_eq!(ran.code, 1);
    let bad = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(!ran.stdout.contains(bad), "{:?}", ran.stdout);
}
