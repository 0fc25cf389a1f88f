//! What a file or a stranger may not do: fill the memory, move a cursor, reorder a line.

use std::path::Path;

use net::{
    https::MediaType,
    smtp::Reply,
    tls::{Roots, RootsError},
};

/// A file without an end is no file of certificates.
#[test]
fn a_file_of_roots_is_bounded() {
    let roots = Roots::from_pem_file(Path::new("/dev/zero"));
    assert!(matches!(roots, Err(RootsError::TooLarge)), "{roots:?}");
}

/// Neither control characters nor those that turn the direction of writing come through.
#[test]
fn text_for_people_is_harmless() {
    let table: &[(&str, &str)] = &[
        ("text/plain", "text/plain"),
        ("a\u{1b}]0;x\u{7}b", "a\u{fffd}]0;x\u{fffd}b"),
        ("a\u{9b}2Jb", "a\u{fffd}2Jb"),
        (
            "a\u{202e}b\u{2066}c\u{200f}d\u{61c}",
            "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}",
        ),
        ("a\u{2028}b", "a\u{fffd}b"),
        ("b\u{fc}cher \u{5e9}", "b\u{fc}cher \u{5e9}"),
    ];
    for (sent, shown) in table {
        assert_eq!(MediaType::parse(sent.as_bytes()).raw, *shown, "{sent:?}");
        let reply = Reply {
            code: 220,
            lines: vec![sent.as_bytes().to_vec()],
        };
        assert_eq!(reply.text(), *shown, "{sent:?}");
    }
}
