//! One destination of reports.

use std::fmt;

use names::Domain;
use serde::{Serialize, Serializer};

use super::uri::{self, Fault, Uri};

/// A destination that reports can be sent to: byte for byte as published, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rua {
    text: String,
    kind: Kind,
}

/// The two kinds of destination (RFC 8460 §3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `mailto:` (RFC 6068): the report is mailed.
    Mailto {
        /// The mailboxes, percent-decoded, at least one.
        addresses: Vec<String>,
    },
    /// `https:`: the report is posted.
    Https {
        /// The host as published, in lower case, an IPv6 address without its brackets.
        host: String,
        /// The port, 443 where none is named.
        port: u16,
        /// Path and query as published, `/` where there is none.
        target: String,
    },
}

/// What a member of a `rua` list turns out to be.
pub(super) enum Member {
    Usable(Rua),
    /// A URI of a scheme that RFC 8460 does not know.
    OtherScheme,
    /// `mailto:` to nobody.
    NoMailbox,
    /// `https:` to no host, or to a port that does not exist.
    NoHost,
    /// A raw `!` at this offset.
    Unencoded(usize),
    /// No URI; the bytes at fault, and whether there was a scheme at least.
    Malformed {
        at: usize,
        len: usize,
        scheme: bool,
    },
}

impl Rua {
    /// Reads one member (RFC 8460 §3: a URI as of RFC 3986 with `!`, `,` and `;` encoded).
    pub(super) fn parse(body: &[u8]) -> Member {
        let uri = match uri::parse(body) {
            Ok(uri) => uri,
            Err(Fault::Unencoded(at)) => return Member::Unencoded(at),
            Err(Fault::NoScheme) => {
                return Member::Malformed {
                    at: 0,
                    len: body.len(),
                    scheme: false,
                };
            }
            Err(Fault::Malformed { at, len }) => {
                return Member::Malformed {
                    at,
                    len,
                    scheme: true,
                };
            }
        };
        let kind = if uri.scheme.eq_ignore_ascii_case("mailto") {
            match mailboxes(&uri) {
                addresses if addresses.is_empty() => return Member::NoMailbox,
                addresses => Kind::Mailto { addresses },
            }
        } else if uri.scheme.eq_ignore_ascii_case("https") {
            match https(&uri) {
                Some(kind) => kind,
                None => return Member::NoHost,
            }
        } else {
            return Member::OtherScheme;
        };
        Member::Usable(Self {
            text: uri.text.to_owned(),
            kind,
        })
    }

    /// The URI byte for byte as published.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What it means.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The domains that must be able to take the report: those of the mailboxes, or the host of the
    /// URL where it is a name.
    pub fn domains(&self) -> Vec<Domain> {
        let parse = |name: &str| Domain::parse(name).ok();
        match &self.kind {
            Kind::Mailto { addresses } => {
                let mut domains: Vec<_> = addresses
                    .iter()
                    .filter_map(|a| parse(a.rsplit_once('@')?.1))
                    .collect();
                domains.dedup();
                domains
            }
            Kind::Https { host, .. } => parse(host).into_iter().collect(),
        }
    }
}

/// RFC 6068 §2: mailboxes stand before the `?` and in `to` fields behind it. The comma between them
/// is percent-encoded here, as RFC 8460 §3 demands.
fn mailboxes(uri: &Uri<'_>) -> Vec<String> {
    let fields = uri
        .query
        .unwrap_or_default()
        .split('&')
        .filter_map(|field| {
            let (name, value) = field.split_once('=')?;
            name.eq_ignore_ascii_case("to").then_some(value)
        });
    // `mailto://x@y` has an authority and an empty path; no mail program takes it.
    std::iter::once(uri.path)
        .chain(fields)
        .filter(|_| uri.authority.is_none())
        .flat_map(|list| split_list(&uri::decode(list)))
        .collect()
}

/// Splits at commas outside quotes and keeps what is a mailbox. Where that leaves pieces that are
/// none, the comma may belong to one mailbox's local part.
fn split_list(list: &str) -> Vec<String> {
    let mut quoted = false;
    let pieces: Vec<_> = list
        .split(|c| {
            quoted ^= c == '"';
            c == ',' && !quoted
        })
        .map(str::trim)
        .collect();
    let single = || {
        list.rsplit_once('@')
            .is_some_and(|(local, domain)| is_local(local) && is_domain(domain))
    };
    if !pieces.iter().all(|piece| is_mailbox(piece)) && single() {
        return vec![list.to_owned()];
    }
    pieces
        .into_iter()
        .filter(|piece| is_mailbox(piece))
        .map(str::to_owned)
        .collect()
}

/// Whether a text, percent-encoded before, can be a local part: anything that can be seen.
fn is_local(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_control() || c.is_whitespace() || c == '@')
}

/// RFC 5321 §4.1.2 `Mailbox` as far as it shows that somebody is meant: a local part that is an
/// atom or quoted, and a domain or an address literal.
fn is_mailbox(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let quoted = local.len() > 2
        && local.starts_with('"')
        && local.ends_with('"')
        && !local.contains(char::is_control);
    (quoted || is_atom(local)) && is_domain(domain)
}

fn is_domain(text: &str) -> bool {
    let literal = text.len() > 2
        && text.starts_with('[')
        && text.ends_with(']')
        && !text.contains(|c: char| c.is_control() || c.is_whitespace());
    literal || is_atom(text.strip_suffix('.').unwrap_or(text))
}

/// RFC 5322 §3.2.3 `dot-atom`, with whatever RFC 6532 adds to it.
fn is_atom(text: &str) -> bool {
    let special = |c: char| c.is_control() || c.is_whitespace() || "()<>[]:;@\\,\"".contains(c);
    text.split('.')
        .all(|part| !part.is_empty() && !part.contains(special))
}

/// RFC 9110 §4.2.2: an `https` URI names a host. Any host of RFC 3986 will do.
fn https(uri: &Uri<'_>) -> Option<Kind> {
    let authority = uri.authority.as_ref()?;
    let port = match authority.port {
        None | Some("") => 443,
        Some(port) => port.parse().ok().filter(|port| *port != 0)?,
    };
    let host = authority.host.trim_start_matches('[').trim_end_matches(']');
    if host.is_empty() {
        return None;
    }
    let path = if uri.path.is_empty() { "/" } else { uri.path };
    let target = uri
        .query
        .map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    Some(Kind::Https {
        host: uri::decode(host).to_lowercase(),
        port,
        target,
    })
}

impl fmt::Display for Rua {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Rua {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
