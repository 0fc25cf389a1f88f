//! What the policy host answers, as HTTP sees it (RFC 8461 §3.2, §3.3).

use super::{Scenario, fault, good};
use crate::web::{Pace, WebReply};

const PAGE: &str = "<!doctype html>\n<title>Welcome</title>\n<p>Nothing here.\n";

pub(super) const ALL: &[Scenario] = &[
    fault!(
        "redirect",
        "the policy is somewhere else",
        ["sts.http.redirect"],
        |site| {
            let target = format!("https://www.{}/.well-known/mta-sts.txt", site.domain);
            let mut reply = WebReply::page(301, PAGE);
            reply.headers.push(("Location", target));
            site.host.reply = reply;
        }
    ),
    fault!("not-found", "404", ["sts.http.status"], |site| {
        site.host.reply = WebReply::page(404, PAGE);
    }),
    fault!("server-error", "500", ["sts.http.status"], |site| {
        site.host.reply = WebReply::page(500, PAGE);
    }),
    fault!(
        "browsers-only",
        "only browsers are served",
        ["sts.http.ua_blocked"],
        |site| {
            site.host.reply.browsers_only = true;
        }
    ),
    fault!(
        "html",
        "a web page of status 200",
        ["sts.http.media_type", "sts.policy.html"],
        |site| {
            site.host.reply = WebReply::page(200, PAGE);
        }
    ),
    fault!(
        "media-type",
        "the policy as text/html",
        ["sts.http.media_type"],
        |site| {
            site.host.reply.headers = vec![("Content-Type", "text/html".to_owned())];
        }
    ),
    fault!(
        "no-media-type",
        "no Content-Type",
        ["sts.http.media_type_missing"],
        |site| {
            site.host.reply.headers.clear();
        }
    ),
    good!(
        "charset",
        "a charset that is not UTF-8",
        ["sts.http.charset"],
        |site| {
            site.host.reply.headers =
                vec![("Content-Type", "text/plain; charset=latin1".to_owned())];
        }
    ),
    fault!(
        "too-large",
        "a policy of 70 KB",
        ["sts.http.too_large"],
        |site| {
            let line = "note: this line says nothing and is here to make the policy too large\r\n";
            let mut body = site.host.reply.body.clone();
            body.extend(line.repeat(1000).bytes());
            site.body(body);
        }
    ),
    fault!(
        "slow",
        "an octet every half second",
        ["sts.http.timeout"],
        |site| {
            let line = "note: as slow as can be\r\n";
            let mut body = site.host.reply.body.clone();
            body.extend(line.repeat(40).bytes());
            site.body(body);
            site.host.reply.pace = Pace::Drip;
        }
    ),
    fault!(
        "no-answer",
        "the request is never answered",
        ["sts.http.timeout"],
        |site| {
            site.host.reply.pace = Pace::Never;
        }
    ),
    Scenario {
        args: &["--timeout", "30"],
        ..fault!(
            "late",
            "an answer after eleven seconds",
            ["sts.http.slow"],
            |site| site.host.reply.pace = Pace::After(std::time::Duration::from_secs(11))
        )
    },
    fault!(
        "truncated",
        "less than Content-Length says",
        ["sts.http.truncated"],
        |site| {
            site.host.reply.declared = Some(site.host.reply.body.len() + 100);
        }
    ),
    fault!(
        "content-encoding",
        "compressed without being asked",
        ["sts.http.content_encoding"],
        |site| {
            site.host
                .reply
                .headers
                .push(("Content-Encoding", "gzip".to_owned()));
            let body = gzip(&site.host.reply.body);
            site.body(body);
        }
    ),
];

/// The octets as a gzip member that does not compress (RFC 1951 §3.2.4, RFC 1952 §2.3).
fn gzip(octets: &[u8]) -> Vec<u8> {
    let length = u16::try_from(octets.len()).unwrap_or(u16::MAX);
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1];
    out.extend(length.to_le_bytes());
    out.extend((!length).to_le_bytes());
    out.extend_from_slice(octets);
    out.extend(crc32(octets).to_le_bytes());
    out.extend(u32::from(length).to_le_bytes());
    out
}

fn crc32(octets: &[u8]) -> u32 {
    let step = |sum: u32, octet: &u8| {
        (0..8).fold(sum ^ u32::from(*octet), |sum, _| {
            let feedback = if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
            (sum >> 1) ^ feedback
        })
    };
    !octets.iter().fold(u32::MAX, step)
}
