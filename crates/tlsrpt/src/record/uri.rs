//! URIs (RFC 3986 §3), with the three bytes that RFC 8460 §3 wants encoded.

use std::net::Ipv6Addr;

/// The parts of a URI as they stand.
#[derive(Debug)]
pub(super) struct Uri<'a> {
    pub(super) text: &'a str,
    pub(super) scheme: &'a str,
    pub(super) authority: Option<Authority<'a>>,
    pub(super) path: &'a str,
    pub(super) query: Option<&'a str>,
}

/// Host and port (RFC 3986 §3.2).
#[derive(Debug)]
pub(super) struct Authority<'a> {
    /// With its brackets where it is an IP literal.
    pub(super) host: &'a str,
    pub(super) port: Option<&'a str>,
}

/// Why bytes are no URI; offsets count in the member.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// RFC 8460 §3: a raw `!` (`,` and `;` end the member before it comes here).
    Unencoded(usize),
    /// RFC 3986 §3.1: nothing that is a scheme stands before the first colon.
    NoScheme,
    /// These bytes may not stand here.
    Malformed { at: usize, len: usize },
}

/// Splits a URI and checks every byte.
pub(super) fn parse(bytes: &[u8]) -> Result<Uri<'_>, Fault> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            return Err(Fault::Malformed {
                at: error.valid_up_to(),
                len: 1,
            });
        }
    };
    let (scheme, rest) = text.split_once(':').ok_or(Fault::NoScheme)?;
    if !is_scheme(scheme) {
        return Err(Fault::NoScheme);
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == b'!') {
        return Err(Fault::Unencoded(at));
    }
    let start = scheme.len() + 1;
    let (rest, fragment) = split(rest, '#');
    let (rest, query) = split(rest, '?');
    let query_at = start + rest.len() + 1;
    let fragment_at = query_at + query.map_or(0, |query| query.len() + 1);
    let (authority, path, path_at) = match rest.strip_prefix("//") {
        None => (None, rest, start),
        Some(rest) => {
            let end = rest.find('/').unwrap_or(rest.len());
            let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
            (
                Some(parse_authority(authority, start + 2)?),
                path,
                start + 2 + end,
            )
        }
    };
    check(path, path_at, |byte| is_pchar(byte) || byte == b'/')?;
    let is_query = |byte| is_pchar(byte) || matches!(byte, b'/' | b'?');
    check(query.unwrap_or_default(), query_at, is_query)?;
    check(fragment.unwrap_or_default(), fragment_at, is_query)?;
    Ok(Uri {
        text,
        scheme,
        authority,
        path,
        query,
    })
}

/// Percent-decoded text (RFC 3986 §2.1); what is no UTF-8 becomes U+FFFD.
pub(super) fn decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if let Some(byte) = escape(rest) {
            out.push(byte);
            rest = rest.get(3..).unwrap_or_default();
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The byte that `%XX` at the front stands for.
fn escape(text: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = text else {
        return None;
    };
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    Some(digit(*high)? * 16 + digit(*low)?)
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at)
        .map_or((text, None), |(before, after)| (before, Some(after)))
}

/// RFC 3986 §3.1.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// RFC 3986 §3.2: `[userinfo "@"] host [":" port]`.
fn parse_authority(text: &str, at: usize) -> Result<Authority<'_>, Fault> {
    let (rest, host_at) = match text.split_once('@') {
        None => (text, at),
        Some((user, rest)) => {
            check(user, at, |byte| is_regular(byte) || byte == b':')?;
            (rest, at + user.len() + 1)
        }
    };
    let whole = Fault::Malformed {
        at: host_at,
        len: rest.len(),
    };
    let (host, port) = if rest.starts_with('[') {
        let (inner, tail) = rest.split_once(']').ok_or(whole)?;
        let host = rest.get(..=inner.len()).unwrap_or(rest);
        if !is_ip_literal(inner.strip_prefix('[').unwrap_or_default()) {
            return Err(Fault::Malformed {
                at: host_at,
                len: host.len(),
            });
        }
        match tail.strip_prefix(':') {
            None if tail.is_empty() => (host, None),
            None => {
                return Err(Fault::Malformed {
                    at: host_at + host.len(),
                    len: tail.len(),
                });
            }
            Some(port) => (host, Some(port)),
        }
    } else {
        let (host, port) = split(rest, ':');
        check(host, host_at, is_regular)?;
        (host, port)
    };
    let port_at = host_at + host.len() + 1;
    check(port.unwrap_or_default(), port_at, |byte| {
        byte.is_ascii_digit()
    })?;
    Ok(Authority { host, port })
}

/// RFC 3986 §3.2.2: an IPv6 address or `v1.something`.
fn is_ip_literal(text: &str) -> bool {
    if text.parse::<Ipv6Addr>().is_ok() {
        return true;
    }
    let Some(future) = text.strip_prefix(['v', 'V']) else {
        return false;
    };
    let Some((version, rest)) = future.split_once('.') else {
        return false;
    };
    !version.is_empty()
        && version.bytes().all(|b| b.is_ascii_hexdigit())
        && !rest.is_empty()
        && rest
            .bytes()
            .all(|b| b == b':' || (b != b'%' && is_regular(b)))
}

/// Every byte is allowed, and every `%` begins two hexadecimal digits (RFC 3986 §2.1).
fn check(text: &str, at: usize, allowed: impl Fn(u8) -> bool) -> Result<(), Fault> {
    let mut rest = text.as_bytes();
    let mut place = at;
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'%' && escape(rest).is_none() {
            return Err(Fault::Malformed {
                at: place,
                len: rest.len().min(3),
            });
        }
        if *first != b'%' && !allowed(*first) {
            return Err(Fault::Malformed { at: place, len: 1 });
        }
        rest = tail;
        place += 1;
    }
    Ok(())
}

/// RFC 3986 §2.2 and §2.3: unreserved and sub-delims.
fn is_regular(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~$&'()*+=".contains(&byte)
}

/// RFC 3986 §3.3 `pchar`.
fn is_pchar(byte: u8) -> bool {
    is_regular(byte) || matches!(byte, b':' | b'@')
}
