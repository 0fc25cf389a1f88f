//! The fetch of the policy: `sts.tcp.*`, `sts.tls.*`, `sts.http.*` (RFC 8461 §3.3, §7.2).
//!
//! Where one address serves a policy and another fails, the failing one is named: a sender that
//! meets it first has no policy. Failures over IPv6 alone are `sts.host.v6_broken`.

use std::net::IpAddr;

use findings::{Code, Finding, Severity};

use super::{
    EXPIRES_SOON_DAYS, cert,
    fold::fold,
    host::{is_fetched, only_v6_fails},
    mx::handshake,
    session::ALERT_PROTOCOL_VERSION,
    view::{RecordState, View, days_left},
};
use crate::facts::{
    CertFault, FetchFact, FetchFault, FetchOutcome, Fetched, HandshakeFault, Presented,
};

/// A policy that takes longer is given up by some senders.
const SLOW_MS: u64 = 10_000;
/// The alerts by which a server says that it has no certificate for a name: `unrecognized_name`
/// (RFC 6066 §3), and `handshake_failure`, which some send instead.
const ALERTS_NO_NAME: [u8; 2] = [112, 40];
/// Statuses by which bot protection turns clients away.
const TURNED_AWAY: [u16; 3] = [403, 429, 503];

pub(super) fn check(view: &View<'_>, out: &mut Vec<Finding>) {
    let fetches = &view.facts.sts.host.fetches;
    let skip_v6 = only_v6_fails(view);
    let counted: Vec<&FetchFact> = fetches
        .iter()
        .filter(|fetch| is_fetched(fetch) || !(skip_v6 && fetch.address.is_ipv6()))
        .collect();
    let mut hits: Vec<(IpAddr, Finding)> = Vec::new();
    for fetch in &counted {
        let found = match &fetch.outcome {
            FetchOutcome::Failed(fault) => failed(view, fetch, fault),
            FetchOutcome::Fetched(fetched) => good(view, fetch, fetched),
        };
        // Without a record nobody fetches: what a forgotten host does is good to know at most. So
        // is what this side, being without IPv6, cannot reach.
        let ours = view.without_v6 && fetch.address.is_ipv6();
        let limit = if ours || view.record == RecordState::Absent {
            Severity::Info
        } else {
            Severity::Crit
        };
        hits.extend(
            found
                .into_iter()
                .map(|finding| (fetch.address, finding.at_most(limit))),
        );
    }
    fold(&view.policy_host(), counted.len(), &hits, out);
}

/// A failed fetch in words.
pub(super) fn fault_words(fault: &FetchFault) -> String {
    match fault {
        FetchFault::Reserved => "an address of special use".to_owned(),
        FetchFault::Refused => "the connection was refused".to_owned(),
        FetchFault::ConnectTimeout => "no connection in time".to_owned(),
        FetchFault::Unreachable(words) | FetchFault::Protocol(words) => words.clone(),
        FetchFault::NotTls => "what answered is not TLS".to_owned(),
        FetchFault::Handshake(fault) => handshake(fault),
        FetchFault::Certificate => "the certificate is not valid".to_owned(),
        FetchFault::Status { code, .. } => format!("status {code}"),
        FetchFault::TooLarge { limit } => format!("more than {limit} bytes"),
        FetchFault::Timeout(step) => format!("nothing in time at {step}"),
        FetchFault::Truncated => "the body ended early".to_owned(),
    }
}

fn failed(view: &View<'_>, fetch: &FetchFact, fault: &FetchFault) -> Vec<Finding> {
    let words = fault_words(fault);
    let plain = |code: Code| {
        vec![
            Finding::new(code)
                .arg("value", &words)
                .arg("detail", &words),
        ]
    };
    match fault {
        // Said with the other reserved addresses.
        FetchFault::Reserved => Vec::new(),
        FetchFault::Refused => plain(Code::StsTcpRefused),
        FetchFault::ConnectTimeout | FetchFault::Unreachable(_) => plain(Code::StsTcpTimeout),
        FetchFault::NotTls => plain(Code::StsTlsNotTls),
        FetchFault::Handshake(fault) => plain(handshake_code(fault, fetch.presented.as_ref())),
        FetchFault::Certificate => certificate(view, fetch),
        FetchFault::Status { code, location } => vec![status(view, *code, location.as_deref())],
        FetchFault::TooLarge { limit } => {
            vec![
                Finding::new(Code::StsHttpTooLarge)
                    .arg("limit", limit)
                    .arg("detail", words),
            ]
        }
        FetchFault::Timeout(_) => plain(Code::StsHttpTimeout),
        FetchFault::Truncated => plain(Code::StsHttpTruncated),
        // No status line is no status 200 (RFC 8461 §3.3).
        FetchFault::Protocol(_) => plain(Code::StsHttpStatus),
    }
}

/// Whose fault a failed handshake is.
fn handshake_code(fault: &HandshakeFault, presented: Option<&Presented>) -> Code {
    match (fault, presented) {
        (HandshakeFault::NotTls, _) => Code::StsTlsNotTls,
        (_, Some(presented)) if presented.tls12 => Code::StsTlsHandshake,
        (_, Some(_))
        | (
            HandshakeFault::Alert {
                code: ALERT_PROTOCOL_VERSION,
                ..
            },
            None,
        ) => Code::StsTlsVersion,
        (HandshakeFault::Alert { code, .. }, None) if ALERTS_NO_NAME.contains(code) => {
            Code::StsTlsUnrecognizedName
        }
        (_, None) => Code::StsTlsHandshake,
    }
}

fn certificate(view: &View<'_>, fetch: &FetchFact) -> Vec<Finding> {
    let (chain, faults) = match (&fetch.tls, &fetch.presented) {
        (Some(tls), _) => (&tls.chain, &tls.faults),
        (None, Some(presented)) => (&presented.chain, &presented.faults),
        (None, None) => return vec![Finding::new(Code::StsTlsHandshake)],
    };
    faults
        .iter()
        .map(|fault| {
            let code = match fault {
                CertFault::Expired => Code::StsTlsExpired,
                CertFault::NotYetValid => Code::StsTlsNotYetValid,
                CertFault::NameMismatch => Code::StsTlsNameMismatch,
                CertFault::CnOnly => Code::StsTlsCnOnly,
                CertFault::SelfSigned => Code::StsTlsSelfSigned,
                CertFault::IncompleteChain => Code::StsTlsIncompleteChain,
                CertFault::Untrusted | CertFault::Other(_) => Code::StsTlsUntrusted,
            };
            cert::describe(Finding::new(code), chain, fault).arg("expected", view.policy_host())
        })
        .collect()
}

/// RFC 8461 §3.3: only 200 yields a policy, and redirects are not followed.
fn status(view: &View<'_>, code: u16, location: Option<&str>) -> Finding {
    let location = location.unwrap_or("nowhere");
    if (300..400).contains(&code) {
        return Finding::new(Code::StsHttpRedirect)
            .arg("value", location)
            .arg("expected", 200)
            .arg("count", code)
            .arg("detail", format!("{code} to {location}"));
    }
    let kind = if TURNED_AWAY.contains(&code) && browser_gets_policy(view) {
        Code::StsHttpUaBlocked
    } else {
        Code::StsHttpStatus
    };
    Finding::new(kind)
        .arg("value", code)
        .arg("count", code)
        .arg("expected", 200)
        .arg("detail", format!("status {code}"))
}

/// Whether a browser is served what a mail server is refused.
fn browser_gets_policy(view: &View<'_>) -> bool {
    view.facts
        .sts
        .host
        .as_browser
        .as_ref()
        .is_some_and(|fetch| match &fetch.outcome {
            FetchOutcome::Fetched(fetched) => !is_html(fetched),
            FetchOutcome::Failed(_) => false,
        })
}

/// A page and no policy: the first octet that is no white space is `<`.
fn is_html(fetched: &Fetched) -> bool {
    fetched
        .body
        .as_ref()
        .iter()
        .find(|octet| !octet.is_ascii_whitespace())
        == Some(&b'<')
}

/// Whether the body is a challenge that a browser gets past.
pub(super) fn is_challenge(view: &View<'_>, fetched: &Fetched) -> bool {
    is_html(fetched) && browser_gets_policy(view)
}

fn good(view: &View<'_>, fetch: &FetchFact, fetched: &Fetched) -> Vec<Finding> {
    let mut out = Vec::new();
    if is_challenge(view, fetched) {
        out.push(
            Finding::new(Code::StsHttpUaBlocked)
                .arg("value", 200)
                .arg("count", 200)
                .arg("expected", 200)
                .arg("detail", "a page to get past instead of the policy"),
        );
    } else {
        media_type(fetched, &mut out);
    }
    if let Some(encoding) = &fetched.content_encoding {
        out.push(
            Finding::new(Code::StsHttpContentEncoding)
                .arg("value", encoding)
                .arg("detail", encoding),
        );
    }
    if fetch.elapsed_ms > SLOW_MS {
        out.push(
            Finding::new(Code::StsHttpSlow)
                .arg("value", fetch.elapsed_ms / 1000)
                .arg("count", fetch.elapsed_ms / 1000)
                .arg("limit", SLOW_MS / 1000),
        );
    }
    if let Some((days, date)) = fetch
        .tls
        .as_ref()
        .and_then(|tls| days_left(&tls.chain, view.now))
        && days < EXPIRES_SOON_DAYS
    {
        out.push(
            Finding::new(Code::StsTlsExpiresSoon)
                .arg("date", date)
                .arg("count", days),
        );
    }
    out
}

/// RFC 8461 §3.2: `text/plain`, and of its parameters only `charset` means something.
fn media_type(fetched: &Fetched, out: &mut Vec<Finding>) {
    let Some(sent) = fetched
        .content_type
        .as_deref()
        .filter(|sent| !sent.trim().is_empty())
    else {
        out.push(Finding::new(Code::StsHttpMediaTypeMissing).arg("expected", "text/plain"));
        return;
    };
    let mut parts = sent.split(';').map(str::trim);
    let media = parts.next().unwrap_or_default();
    if !media.eq_ignore_ascii_case("text/plain") {
        out.push(
            Finding::new(Code::StsHttpMediaType)
                .arg("value", sent)
                .arg("expected", "text/plain"),
        );
        return;
    }
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches('"');
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    });
    if let Some(charset) = charset
        && !["utf-8", "us-ascii"]
            .iter()
            .any(|known| charset.eq_ignore_ascii_case(known))
    {
        out.push(
            Finding::new(Code::StsHttpCharset)
                .arg("value", charset)
                .arg("expected", "utf-8"),
        );
    }
}
