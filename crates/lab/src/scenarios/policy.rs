//! The policy's text (RFC 8461 §3.2).

use super::{Scenario, fault, good};

const VERSION: &str = "version: STSv1";
const MODE: &str = "mode: enforce";
const MX1: &str = "mx: mx1.mailhost.example";
const MX2: &str = "mx: mx2.mailhost.example";
const MAX_AGE: &str = "max_age: 2592000";

/// The good policy with another line in place of the mode.
macro_rules! with_mode {
    ($line:expr) => {
        |site| site.lines(&[VERSION, $line, MX1, MX2, MAX_AGE])
    };
}

/// The good policy with another line in place of the age.
macro_rules! with_age {
    ($line:expr) => {
        |site| site.lines(&[VERSION, MODE, MX1, MX2, $line])
    };
}

/// The good policy with one more line.
macro_rules! with_line {
    ($line:expr) => {
        |site| site.lines(&[VERSION, MODE, MX1, MX2, $line, MAX_AGE])
    };
}

pub(super) const ALL: &[Scenario] = &[
    fault!("empty", "an empty policy", ["sts.policy.empty"], |site| {
        site.body("");
    }),
    fault!(
        "html-as-text",
        "a web page as text/plain",
        ["sts.policy.html"],
        |site| {
            site.body("<!doctype html>\n<title>Welcome</title>\n");
        }
    ),
    fault!(
        "json",
        "the JSON of the drafts",
        ["sts.policy.json_draft"],
        |site| {
            site.body(
                "{\"version\": \"STSv1\", \"mode\": \"enforce\", \"max_age\": 2592000,\n \
             \"policy_id\": \"1\", \"mx\": [\"mx1.mailhost.example\"]}\n",
            );
        }
    ),
    fault!(
        "latin1",
        "octets that are not UTF-8",
        ["sts.policy.encoding"],
        |site| {
            let mut body = site.host.reply.body.clone();
            body.extend_from_slice(b"note: gr\xfc\xdfe\r\n");
            site.body(body);
        }
    ),
    fault!("utf16", "UTF-16", ["sts.policy.encoding"], |site| {
        let text = String::from_utf8_lossy(&site.host.reply.body).into_owned();
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        site.body(units.flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    }),
    fault!("bom", "a byte order mark", ["sts.policy.bom"], |site| {
        let body = [b"\xef\xbb\xbf".as_slice(), &site.host.reply.body].concat();
        site.body(body);
    }),
    fault!(
        "malformed-line",
        "a line without a colon",
        ["sts.policy.line.malformed"],
        with_line!("this is not a line of a policy")
    ),
    fault!(
        "blank-line",
        "a blank line",
        ["sts.policy.line.blank"],
        with_line!("")
    ),
    fault!(
        "indented",
        "an indented line",
        ["sts.policy.line.leading_wsp"],
        with_line!("  mx: mx3.mailhost.example")
    ),
    fault!(
        "carriage-returns",
        "lines ended by CR",
        ["sts.policy.eol.cr"],
        |site| {
            let body = &site.host.reply.body;
            let body: Vec<u8> = body
                .iter()
                .copied()
                .filter(|octet| *octet != b'\n')
                .collect();
            site.body(body);
        }
    ),
    fault!(
        "escaped",
        "line ends as a backslash and an n",
        ["sts.policy.eol.escaped"],
        |site| {
            let body = String::from_utf8_lossy(&site.host.reply.body).replace("\r\n", "\\n");
            site.body(body);
        }
    ),
    fault!(
        "no-version",
        "no version",
        ["sts.policy.version.missing"],
        |site| {
            site.lines(&[MODE, MX1, MX2, MAX_AGE]);
        }
    ),
    fault!(
        "version-2",
        "another version",
        ["sts.policy.version.unsupported"],
        |site| {
            site.lines(&["version: STSv2", MODE, MX1, MX2, MAX_AGE]);
        }
    ),
    fault!("no-mode", "no mode", ["sts.policy.mode.missing"], |site| {
        site.lines(&[VERSION, MX1, MX2, MAX_AGE]);
    }),
    fault!(
        "bad-mode",
        "a mode that does not exist",
        ["sts.policy.mode.invalid"],
        with_mode!("mode: enforced")
    ),
    fault!(
        "mode-report",
        "the mode report of the drafts",
        ["sts.policy.mode.draft_report"],
        with_mode!("mode: report")
    ),
    fault!(
        "no-max-age",
        "no max_age",
        ["sts.policy.max_age.missing"],
        |site| {
            site.lines(&[VERSION, MODE, MX1, MX2]);
        }
    ),
    fault!(
        "bad-max-age",
        "a max_age in words",
        ["sts.policy.max_age.invalid"],
        with_age!("max_age: 30 days")
    ),
    fault!(
        "max-age-too-large",
        "a max_age of three years",
        ["sts.policy.max_age.too_large"],
        with_age!("max_age: 94608000")
    ),
    fault!(
        "max-age-zero",
        "a max_age of 0",
        ["sts.policy.max_age.zero"],
        with_age!("max_age: 0")
    ),
    fault!(
        "max-age-short",
        "a max_age of an hour",
        ["sts.policy.max_age.short"],
        with_age!("max_age: 3600")
    ),
    fault!("no-mx", "no mx line", ["sts.policy.mx.missing"], |site| {
        site.lines(&[VERSION, MODE, MAX_AGE]);
    }),
    fault!(
        "mx-mailbox",
        "a mailbox as mx",
        ["sts.policy.mx.invalid"],
        with_line!("mx: postmaster@mx1.mailhost.example")
    ),
    fault!(
        "mx-final-dot",
        "a final dot in mx",
        ["sts.policy.mx.invalid"],
        with_line!("mx: mx1.mailhost.example.")
    ),
    fault!(
        "mx-ulabel",
        "a name in its own script as mx",
        ["sts.policy.mx.ulabel"],
        with_line!("mx: bücher.example")
    ),
    fault!(
        "mx-address",
        "an address as mx",
        ["sts.policy.mx.ip_literal"],
        with_line!("mx: 192.0.2.1")
    ),
    fault!(
        "mx-policy-host",
        "the policy host as mx",
        ["sts.policy.mx.policy_host"],
        |site| {
            let line = format!("mx: mta-sts.{}", site.domain);
            site.lines(&[VERSION, MODE, MX1, MX2, &line, MAX_AGE]);
        }
    ),
    fault!(
        "mx-single-label",
        "a single label as mx",
        ["sts.policy.mx.single_label"],
        with_line!("mx: mailserver")
    ),
    fault!(
        "mx-overbroad",
        "a pattern for half the world",
        ["sts.policy.mx.overbroad"],
        with_line!("mx: *.com")
    ),
    good!(
        "mx-twice",
        "the same mx twice",
        ["sts.policy.mx.duplicate"],
        with_line!("mx: mx1.mailhost.example")
    ),
    fault!(
        "field-case",
        "a field in capitals",
        ["sts.policy.field_case"],
        with_mode!("Mode: enforce")
    )
    .also(&["sts.policy.mode.missing"]),
    fault!(
        "two-modes",
        "a second mode",
        ["sts.policy.duplicate_field"],
        with_line!("mode: testing")
    ),
    good!(
        "unknown-line",
        "a field nobody knows",
        ["sts.policy.unknown_field"],
        with_line!("comment: hello")
    ),
    good!(
        "mixed-lines",
        "CRLF and LF",
        ["sts.policy.eol.mixed"],
        |site| {
            let body = String::from_utf8_lossy(&site.host.reply.body).replacen("\r\n", "\n", 2);
            site.body(body);
        }
    ),
    good!(
        "line-feeds",
        "lines ended by LF",
        ["sts.policy.eol.lf"],
        |site| {
            let body = String::from_utf8_lossy(&site.host.reply.body).replace("\r\n", "\n");
            site.body(body);
        }
    ),
    good!(
        "version-last",
        "the version at the end",
        ["sts.policy.version.not_first"],
        |site| {
            site.lines(&[MODE, MX1, MX2, MAX_AGE, VERSION]);
        }
    ),
];
