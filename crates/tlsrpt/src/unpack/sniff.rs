//! What bytes are, by their look.

/// What an input looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// RFC 1952 §2.3.1.
    Gzip,
    /// A zip archive, even an empty one.
    Zip,
    /// JSON, in UTF-8 or UTF-16.
    Json,
    /// Header fields (RFC 5322 §2.2).
    Mail,
    /// None of these.
    Other,
}

/// Tells what bytes are; the first few hundred are enough.
pub(super) fn sniff(bytes: &[u8]) -> Shape {
    match bytes {
        [0x1f, 0x8b, ..] => return Shape::Gzip,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => return Shape::Zip,
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, b'{', ..] | [b'{', 0, ..] => return Shape::Json,
        _ => {}
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match text.trim_ascii_start().first() {
        Some(b'{' | b'[') => Shape::Json,
        _ if is_mail(text) => Shape::Mail,
        _ => Shape::Other,
    }
}

/// Whether the text begins with a header field, or with the line that mailboxes put before one.
fn is_mail(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    text.starts_with(b"From ") || text.starts_with(b">From ") || is_header(text)
}

/// Whether a line begins with a field name and a colon.
pub(super) fn is_header(line: &[u8]) -> bool {
    let name = line
        .iter()
        .take(80)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
        .count();
    name > 0 && line.get(name) == Some(&b':')
}
