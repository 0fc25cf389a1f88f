use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use tlsrpt::{
    Lint, Outcome, lint, lint_with, report,
    unpack::{Limits, unpack},
};

const REPORT: &str = r#"{"organization-name":"A","date-range":{"start-datetime":"2026-01-31T00:00:00Z","end-datetime":"2026-01-31T23:59:59Z"},"contact-info":"tls@a.example","report-id":"1","policies":[{"policy":{"policy-type":"sts","policy-domain":"b.example"},"summary":{"total-successful-session-count":3,"total-failure-session-count":0}}]}"#;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (number, chunk) in bytes.chunks(3).enumerate() {
        if number > 0 && number % 19 == 0 {
            out.push_str("\r\n");
        }
        let word = chunk
            .iter()
            .fold(0_u32, |word, byte| word << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            out.push(char::from(DIGITS[(word >> (18 - 6 * digit) & 63) as usize]));
        }
        out.push_str(&"=".repeat(3 - chunk.len()));
    }
    out
}

/// A mail with a text and one part of that type (RFC 8460 §5.3).
fn mail(kind: &str, name: &str, bytes: &[u8]) -> Vec<u8> {
    format!(
        "From: a@b.example\r\nSubject: Report Domain: b.example\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=\"tlsrpt\"; boundary=\"b\"\r\n\r\n--b\r\n\
         Content-Type: text/plain\r\n\r\nThis is a report.\r\n\r\n--b\r\nContent-Type: {kind}\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         {}\r\n\r\n--b--\r\n",
        base64(bytes)
    )
    .into_bytes()
}

fn forwarded(inner: &[u8]) -> Vec<u8> {
    let inner = String::from_utf8_lossy(inner);
    format!(
        "From: c@d.example\r\nSubject: Fwd\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"o\"\r\n\r\n\
         --o\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--o--\r\n"
    )
    .into_bytes()
}

fn codes(lint: &Lint) -> Vec<&'static str> {
    lint.findings
        .iter()
        .map(|finding| finding.code().name())
        .collect()
}

/// [TR-C21] [TR-C22] [TR-D15]: every way in which a report comes, and what is said of it.
#[test]
fn packings() {
    let json = REPORT.as_bytes();
    let gz = gzip(json);
    let (front, back) = json.split_at(100);
    let cases: &[(&str, Vec<u8>, &[&str])] = &[
        ("plain", json.to_vec(), &[]),
        ("gzip", gz.clone(), &[]),
        (
            "gzip of members",
            [gzip(front), gzip(back)].concat(),
            &["report.gzip_members"],
        ),
        ("gzip twice", gzip(&gz), &["report.nested_gzip"]),
        ("gzip thrice", gzip(&gzip(&gz)), &["report.nested_gzip"]),
        (
            "gzip and more",
            [&gz[..], b"\r\nfooter"].concat(),
            &["report.gzip_trailing"],
        ),
        (
            "gzip without end",
            gz[..gz.len() - 4].to_vec(),
            &["report.gzip_truncated"],
        ),
        ("zip", zip(&[("r.json", json)]), &["report.zip"]),
        (
            "gzip in zip",
            zip(&[("dir/../../r.json.gz", &gz)]),
            &["report.zip"],
        ),
        (
            "mail",
            mail("application/tlsrpt+gzip", "r.json.gz", &gz),
            &[],
        ),
        (
            "mail of JSON",
            mail("application/tlsrpt+json", "r.json", json),
            &[],
        ),
        (
            "mail of an octet stream",
            mail("application/octet-stream", "x", &gz),
            &[],
        ),
        (
            "mail that says gzip",
            mail("application/tlsrpt+gzip", "r.json.gz", json),
            &["report.media_type"],
        ),
        (
            "mail of zip",
            mail("application/zip", "r.zip", &zip(&[("r.json", json)])),
            &["report.zip"],
        ),
        (
            "forwarded",
            forwarded(&mail("application/tlsrpt+gzip", "r.json.gz", &gz)),
            &["report.attached_message"],
        ),
        (
            "mail in gzip",
            gzip(&mail("application/tlsrpt+gzip", "r.json.gz", &gz)),
            &[],
        ),
        ("base64", base64(&gz).into_bytes(), &["report.base64"]),
        (
            "mailbox",
            [
                b"From a@b Sat Jan 31 00:00:00 2026\n",
                &mail("application/tlsrpt+gzip", "r", &gz)[..],
            ]
            .concat(),
            &[],
        ),
        (
            "mail of one part",
            format!(
                "Subject: x\r\nContent-Type: application/tlsrpt+gzip\r\n\
                 Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
                base64(&gz)
            )
            .into_bytes(),
            &[],
        ),
        (
            "mail whose body is the report",
            format!("Subject: x\r\n\r\n{REPORT}\r\n").into_bytes(),
            &[],
        ),
        (
            "mail with a banner in the report",
            mail(
                "application/tlsrpt+json",
                "r.json",
                format!("EXTERNAL MAIL\n{REPORT}").as_bytes(),
            ),
            &["report.leading_data"],
        ),
        (
            "mail whose text holds the report",
            format!("Subject: x\r\nContent-Type: text/plain\r\n\r\nSee: {REPORT}\r\nBye\r\n")
                .into_bytes(),
            &["report.leading_data", "report.trailing_data"],
        ),
    ];
    for (name, bytes, expected) in cases {
        let lint = lint(bytes);
        assert_eq!(codes(&lint), *expected, "{name}");
        assert_eq!(lint.reports.len(), 1, "{name}");
        assert_eq!(
            lint.reports[0].policies[0].summary.successful,
            Some(3),
            "{name}"
        );
        let remark = *expected == ["report.media_type"];
        let outcome = if expected.is_empty() || remark {
            Outcome::Valid
        } else {
            Outcome::Salvaged
        };
        assert_eq!(lint.outcome, outcome, "{name}");
    }
}

/// gzip cut anywhere gives what was whole.
#[test]
fn gzip_cut_short() {
    let long = REPORT.replace(
        "\"report-id\":\"1\"",
        &format!(
            "\"report-id\":\"1\",\"x\":\"{}\"",
            (0..3000).map(|i| format!("{i}.")).collect::<String>()
        ),
    );
    let gz = gzip(long.as_bytes());
    let lint = lint(&gz[..gz.len() / 2]);
    assert_eq!(lint.outcome, Outcome::Salvaged);
    assert_eq!(
        codes(&lint),
        [
            "report.unknown_key",
            "report.truncated",
            "report.no_policies",
            "report.gzip_truncated"
        ]
    );
    assert_eq!(lint.reports[0].organization_name.as_deref(), Some("A"));
}

/// A mail may hold several reports, and a human's text behind them [TR-D16].
#[test]
fn several_in_one() {
    let other = REPORT.replace("\"1\"", "\"2\"");
    let lint = lint(&zip(&[
        ("a.json", REPORT.as_bytes()),
        ("readme.txt", b"hello"),
        ("b.json", other.as_bytes()),
    ]));
    let ids: Vec<_> = lint
        .reports
        .iter()
        .map(|report| report.report_id.as_deref().unwrap())
        .collect();
    assert_eq!(ids, ["1", "2"]);
    assert!(codes(&lint).contains(&"report.not_json"));
    let footer = String::from_utf8(mail(
        "application/tlsrpt+gzip",
        "r",
        &gzip(REPORT.as_bytes()),
    ))
    .unwrap()
    .replace(
        "--b--",
        "--b\r\nContent-Type: text/plain\r\n\r\nlist footer {x}\r\n--b--",
    );
    assert_eq!(codes(&tlsrpt::lint(footer.as_bytes())), Vec::<&str>::new());
}

/// A bomb stops at the limit; so do the number of parts, the depth and the size of a mail.
#[test]
fn limits() {
    let default = Limits::default();
    let bomb = gzip(&vec![b' '; 50_000_000]);
    assert!(bomb.len() < 100_000);
    let small = Limits {
        output: 1_000_000,
        ..default
    };
    let unpacked = unpack(&bomb, &small);
    assert_eq!(unpacked.items[0].bytes.len(), 1_000_000);
    assert_eq!(unpacked.findings[0].code().name(), "report.too_large");
    // The limit is for all parts together, packed however.
    let archive = zip(&[
        ("a", &vec![b' '; 800_000]),
        ("b", &vec![b' '; 800_000]),
        ("c", &bomb),
    ]);
    let sum: usize = unpack(&archive, &small)
        .items
        .iter()
        .map(|item| item.bytes.len())
        .sum();
    assert!(sum <= 1_000_000, "{sum}");
    let nested = gzip(&bomb);
    assert!(
        unpack(&nested, &small)
            .items
            .iter()
            .all(|item| item.bytes.len() <= 1_000_000)
    );

    let names: Vec<_> = (0..300).map(|i| format!("{i}.json")).collect();
    let files: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), REPORT.as_bytes()))
        .collect();
    let lint = lint_with(&zip(&files), &default, &report::Limits::default());
    assert_eq!(lint.reports.len(), default.items);
    assert!(codes(&lint).contains(&"report.too_many"));

    let mut deep = REPORT.as_bytes().to_vec();
    for _ in 0..20 {
        deep = zip(&[("x", &deep)]);
    }
    assert!(
        unpack(&deep, &default)
            .findings
            .iter()
            .any(|f| f.code().name() == "report.too_deep")
    );

    let held = Limits {
        held: 1000,
        ..default
    };
    let big = mail(
        "application/tlsrpt+json",
        "r.json",
        REPORT.repeat(10).as_bytes(),
    );
    assert!(
        unpack(&big, &held)
            .findings
            .iter()
            .any(|f| f.code().name() == "report.too_large")
    );
    let parts = format!(
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n{}",
        "--b\r\n".repeat(1_000_000)
    );
    assert!(
        unpack(parts.as_bytes(), &default)
            .findings
            .iter()
            .any(|f| f.code().name() == "report.too_many")
    );
}

/// Names inside archives are labels.
#[test]
fn names_are_labels() {
    let unpacked = unpack(&zip(&[("../../etc/passwd", b"{}")]), &Limits::default());
    assert_eq!(unpacked.items[0].name.as_deref(), Some("../../etc/passwd"));
    let unpacked = unpack(
        &mail("application/json", "r.json", b"{}"),
        &Limits::default(),
    );
    assert_eq!(unpacked.items[0].name.as_deref(), Some("r.json"));
}

/// A zip archive that lost its end lost its directory with it; its files are still there.
#[test]
fn a_zip_cut_short_is_read_from_its_front() {
    let json = br#"{"report-id": "1", "policies": []}"#;
    let whole = zip(&[("readme.txt", b"hello"), ("r.json", json)]);
    let directory = whole
        .windows(4)
        .position(|part| part == b"PK\x01\x02")
        .unwrap();
    for end in [whole.len() - 4, directory + 10, directory] {
        let lint = lint(&whole[..end]);
        assert_eq!(lint.outcome, Outcome::Salvaged, "{end}");
        assert_eq!(lint.reports.len(), 1, "{end}");
        assert_eq!(lint.reports[0].report_id.as_deref(), Some("1"), "{end}");
        assert!(codes(&lint).contains(&"report.zip_broken"), "{end}");
    }
    for end in 0..whole.len() {
        lint(&whole[..end]);
    }
}

/// A part of the report's own type is named even where it has no file name.
#[test]
fn a_broken_report_beside_a_good_one_is_named() {
    let mail = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
                Content-Type: application/tlsrpt+json\r\n\r\n{\"report-id\": \"1\", \"policies\": []}\r\n--b\r\n\
                Content-Type: application/tlsrpt+json\r\n\r\n{bro\r\n--b\r\n\
                Content-Type: text/plain\r\n\r\n{ a footer }\r\n--b--\r\n";
    let lint = lint(mail.as_bytes());
    assert_eq!(lint.reports.len(), 1);
    let broken: Vec<_> = codes(&lint)
        .into_iter()
        .filter(|code| *code == "report.not_json")
        .collect();
    assert_eq!(broken.len(), 1, "{lint:?}");
}

/// RFC 7493 §2.1: a byte that is not UTF-8 is said wherever it stands, and no character is that
/// stands across two pieces of a long text.
#[test]
fn bytes_that_are_not_utf8() {
    for (from, to) in [
        ("\"report-id\"", &b"\"\xff\":1,\"report-id\""[..]),
        ("\"report-id\"", b"\"extra\":\"\xe9\",\"report-id\""),
        (
            "\"report-id\"",
            b"\"extra\":{\"a\":[\"\xc3\"]},\"report-id\"",
        ),
        ("\"sts\"", b"\"st\xff\""),
    ] {
        let (front, back) = REPORT.split_once(from).unwrap();
        let bytes = [front.as_bytes(), to, back.as_bytes()].concat();
        for bytes in [bytes.clone(), gzip(&bytes)] {
            let lint = lint(&bytes);
            assert_eq!(lint.outcome, Outcome::Salvaged, "{from} {to:?}");
            assert!(codes(&lint).contains(&"report.encoding"), "{lint:?}");
        }
    }
    for pad in 0..4 {
        let wide = format!("{}{}", "x".repeat(pad), "\u{1f4e7}\u{e9}".repeat(8_000));
        let report = REPORT.replace(
            "\"sts\"",
            &format!(
                "\"sts\",\"extra\":[\"{wide}\"{}]",
                format!(",\"{wide}\"").repeat(4)
            ),
        );
        for bytes in [report.clone().into_bytes(), gzip(report.as_bytes())] {
            let lint = lint(&bytes);
            assert_eq!(codes(&lint), ["report.unknown_key"], "{pad}");
        }
    }
}

/// A mailbox file holds one mail after the other; `From ` inside a text begins none.
#[test]
fn every_mail_of_a_mailbox() {
    let one = mail(
        "application/tlsrpt+gzip",
        "r.json.gz",
        &gzip(REPORT.as_bytes()),
    );
    for eol in ["\n", "\r\n"] {
        let one = String::from_utf8_lossy(&one)
            .replace(
                "This is a report.",
                "This is a report.\r\nFrom here on, see below.",
            )
            .replace("\r\n", eol);
        let from = format!("From a@b.example Thu Jan  1 00:00:00 2026{eol}");
        for count in 1..4 {
            let mailbox = format!("{from}{one}{eol}").repeat(count);
            let lint = lint(mailbox.as_bytes());
            assert_eq!(lint.outcome, Outcome::Valid, "{eol:?} {lint:?}");
            assert_eq!(lint.reports.len(), count, "{eol:?}");
        }
    }
    let hostile = "From \n\n".repeat(1_000_000);
    assert!(codes(&lint(hostile.as_bytes())).contains(&"report.too_many"));
}
