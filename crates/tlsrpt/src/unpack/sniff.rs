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
    /// One of the above in base64, which a mail without its last boundary leaves so.
    Base64,
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
        _ if is_base64(text) => Shape::Base64,
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

/// Whether the text begins as gzip, zip or an object does in base64.
fn is_base64(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let line: &[u8] = text
        .split(u8::is_ascii_whitespace)
        .next()
        .unwrap_or_default();
    [&b"H4sI"[..], b"UEsD", b"ew", b"ey"]
        .iter()
        .any(|start| text.starts_with(start))
        && line.len() >= 16
        && line
            .iter()
            .all(|byte| value(*byte).is_some() || *byte == b'=')
}

/// Decodes base64 (RFC 4648 §4) up to the first byte that is none; white space is skipped.
pub(super) fn base64(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in text.iter().filter(|byte| !byte.is_ascii_whitespace()) {
        let Some(six) = value(*byte) else { break };
        bits = (bits << 6 | six) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.extend(u8::try_from(bits >> count & 0xff));
        }
    }
    out
}

fn value(byte: u8) -> Option<u32> {
    Some(match byte {
        b'A'..=b'Z' => u32::from(byte - b'A'),
        b'a'..=b'z' => u32::from(byte - b'a') + 26,
        b'0'..=b'9' => u32::from(byte - b'0') + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}
