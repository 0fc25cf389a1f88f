//! Every code that the facts can show: the healthy domain beside the one that is changed in the one
//! thing that the code is about.

use std::collections::BTreeSet;

use decide::{assess, facts::*};
use findings::{Code, Finding, Severity};

use crate::world::*;
use Severity::{Crit, Error, Info, Ok, Warn};

type Change = fn(&mut Facts);

/// What is said of the healthy domain, changed.
pub(crate) fn said(change: impl Fn(&mut Facts)) -> Vec<Finding> {
    let mut facts = healthy();
    change(&mut facts);
    assess(&facts, now()).findings
}

/// The codes of severity warn and above.
pub(crate) fn loud(findings: &[Finding]) -> BTreeSet<&'static str> {
    findings
        .iter()
        .filter(|finding| finding.severity() >= Warn)
        .map(|finding| finding.code().name())
        .collect()
}

/// How heavy the code weighs; none where it is not said.
pub(crate) fn weight(findings: &[Finding], code: Code) -> Option<Severity> {
    findings
        .iter()
        .filter(|finding| finding.code() == code)
        .map(Finding::severity)
        .max()
}

/// The twin: nothing but remarks.
#[test]
fn nothing_is_wrong_with_the_healthy_domain() {
    let findings = said(|_| {});
    assert_eq!(loud(&findings), BTreeSet::new());
    assert!(findings.is_empty(), "{findings:#?}");
}

/// Runs a table: the code is absent from the healthy domain and present, that heavy, in the
/// changed one; its words have every value they need.
fn run(table: &[(Code, Severity, Change)]) -> Vec<Code> {
    let twin = said(|_| {});
    for (code, severity, change) in table {
        assert_eq!(
            weight(&twin, *code),
            None,
            "{code} is said of the healthy domain"
        );
        let findings = said(change);
        assert_eq!(
            weight(&findings, *code),
            Some(*severity),
            "{code}: {findings:#?}"
        );
        for finding in findings {
            let words = format!("{} {}", finding.message(), finding.help());
            assert!(
                !words.contains('{') && !words.contains("[:"),
                "{}: {words}",
                finding.code()
            );
            assert!(
                finding.subject().is_some(),
                "{} is about nothing",
                finding.code()
            );
        }
    }
    table.iter().map(|(code, _, _)| *code).collect()
}

fn txt(facts: &mut Facts, all: &[&str]) {
    facts.sts.txt = found(texts(all));
}

fn line(facts: &mut Facts, from: &str, to: &str) {
    let body = POLICY.replace(from, to);
    assert_ne!(body, POLICY);
    serve(facts, &body);
}

/// [D-03] [D-06] [D-09] [D-12] [D-14] [D-18] [D-19]: the record, its name and its neighbours.
#[test]
fn record() {
    run(RECORD);
}

const RECORD: &[(Code, Severity, Change)] = &[
    (Code::StsRecordMissing, Info, |f| f.sts.txt = nxdomain()),
    (Code::StsRecordMultiple, Error, |f| {
        txt(f, &["v=STSv1; id=1;", "v=STSv1; id=2;"]);
    }),
    (Code::StsRecordSyntax, Error, |f| {
        txt(f, &["v=STSv1; id=1;; a=b"]);
    }),
    (Code::StsRecordVersion, Error, |f| {
        txt(f, &["v=STSv2; id=1;"]);
    }),
    (Code::StsRecordIdMissing, Error, |f| {
        txt(f, &["v=STSv1; a=b;"]);
    }),
    (Code::StsRecordIdInvalid, Error, |f| {
        txt(f, &["v=STSv1; id=2026-01-01;"]);
    }),
    (Code::StsRecordExtInvalid, Error, |f| {
        txt(f, &["v=STSv1; id=1; mx: a.example.com;"]);
    }),
    (Code::StsRecordPolicyFields, Warn, |f| {
        txt(f, &["v=STSv1; id=1; mode=enforce;"]);
    }),
    (Code::StsRecordDuplicateField, Warn, |f| {
        txt(f, &["v=STSv1; id=1; id=2;"]);
    }),
    (Code::StsRecordUnknownField, Info, |f| {
        txt(f, &["v=STSv1; id=1; color=red;"]);
    }),
    (Code::StsRecordUnrelatedTxt, Info, |f| {
        txt(f, &["v=STSv1; id=1;", "v=spf1 -all"]);
    }),
    (Code::StsRecordQuoted, Error, |f| {
        txt(f, &["\"v=STSv1; id=1;\""]);
    }),
    (Code::StsRecordWildcardAnswer, Warn, |f| {
        f.sts.sibling = f.sts.txt.clone();
    }),
    (Code::StsRecordWrongName, Error, |f| {
        no_sts(f);
        f.sts.near_misses = vec![(owner("example.com"), texts(&["v=STSv1; id=1;"]))];
    }),
    (Code::StsRecordWrongName, Warn, |f| {
        f.sts.near_misses = vec![(owner("_mta_sts.example.com"), texts(&["v=stsv1; id=1;"]))];
    }),
    (Code::StsRecordTtlLong, Warn, |f| f.sts.txt.ttl = 86_401),
    (Code::StsRecordCname, Info, |f| {
        f.sts.txt = via(f.sts.txt.clone(), &["_mta-sts.sts.example.com"]);
    }),
    (Code::StsRecordCnameLoop, Error, |f| {
        f.sts.txt = fault(DnsFault::Loop);
    }),
];

/// [D-18] [N-07]: DNS that gives no answer is never "nothing there", name by name and server by
/// server.
#[test]
fn dns() {
    run(DNS);
}

const DNS: &[(Code, Severity, Change)] = &[
    (Code::DnsTimeout, Error, |f| {
        f.sts.txt = fault(DnsFault::Timeout);
    }),
    (Code::DnsServfail, Error, |f| {
        f.sts.txt = fault(DnsFault::ServFail);
    }),
    (Code::DnsServfail, Error, |f| {
        f.sts.txt = fault(DnsFault::Malformed);
    }),
    (Code::DnsRefused, Error, |f| {
        f.sts.txt = fault(DnsFault::Refused);
    }),
    (Code::DnsBogus, Error, |f| {
        f.sts.txt = fault(DnsFault::Bogus);
    }),
    (Code::DnsTimeout, Error, |f| {
        f.mx.answer = fault(DnsFault::Timeout);
    }),
    (Code::DnsServfail, Error, |f| {
        f.hosts[0].v6 = fault(DnsFault::ServFail);
    }),
    (Code::DnsRefused, Error, |f| {
        f.tlsrpt.txt = fault(DnsFault::Refused);
    }),
    (Code::DnsTimeout, Warn, |f| {
        f.tlsrpt.destinations[0].mx = fault(DnsFault::Timeout);
    }),
    (Code::DnsTimeout, Error, |f| {
        f.servers[1].txt = fault(DnsFault::Timeout);
    }),
    (Code::DnsServfail, Error, |f| {
        f.servers[1].txt = fault(DnsFault::ServFail);
    }),
    (Code::DnsRefused, Error, |f| {
        f.servers[1].txt = fault(DnsFault::Refused);
    }),
    (Code::DnsBogus, Error, |f| {
        f.servers[1].txt = fault(DnsFault::Bogus);
    }),
    (Code::DnsBogus, Error, |f| {
        f.sts.host.v4 = fault(DnsFault::Bogus);
        f.sts.host.v6 = fault(DnsFault::Bogus);
        f.sts.host.fetches.clear();
    }),
    (Code::DnsInconsistentNs, Warn, |f| {
        f.servers[1].txt = found(texts(&["v=STSv1; id=20250101T000000;"]));
    }),
    (Code::DnsInconsistentNs, Warn, |f| {
        f.servers[0].txt = no_data();
    }),
    (Code::NetReservedAddress, Error, |f| {
        fail(f, &FetchFault::Reserved);
    }),
    (Code::NetReservedAddress, Error, |f| {
        first_mx(f, &SessionOutcome::Reserved);
    }),
    (Code::NetPort25Blocked, Info, |f| {
        first_mx(f, &SessionOutcome::ConnectTimeout);
        f.hosts.swap(0, 1);
        first_mx(f, &SessionOutcome::ConnectTimeout);
    }),
];

/// [F-01] [F-02] [F-16] [F-19] [F-20]: the policy host's name, addresses and certificate.
#[test]
fn policy_host() {
    run(HOST);
}

fn gone(facts: &mut Facts, answer: &Answered<()>) {
    fn with<T>(answer: &Answered<()>) -> Answer<T> {
        match answer {
            Answered::NxDomain => nxdomain(),
            Answered::Fault(why) => fault(*why),
            _ => no_data(),
        }
    }
    facts.sts.host.v4 = with(answer);
    facts.sts.host.v6 = with(answer);
    facts.sts.host.fetches.clear();
}

fn bad_cert(facts: &mut Facts, found: &CertFault) {
    for fetch in &mut facts.sts.host.fetches {
        fetch.outcome = FetchOutcome::Failed(FetchFault::Certificate);
        fetch.tls.as_mut().unwrap().faults = vec![found.clone()];
    }
}

fn bad_handshake(facts: &mut Facts, fault: &HandshakeFault, seen: Option<&Presented>) {
    fail(facts, &FetchFault::Handshake(fault.clone()));
    for fetch in &mut facts.sts.host.fetches {
        fetch.presented = seen.cloned();
    }
}

const HOST: &[(Code, Severity, Change)] = &[
    (Code::StsHostNxdomain, Error, |f| {
        gone(f, &Answered::NxDomain);
    }),
    (Code::StsHostNoAddress, Error, |f| {
        gone(f, &Answered::NoData);
    }),
    (Code::StsHostServfail, Error, |f| {
        gone(f, &Answered::Fault(DnsFault::ServFail));
    }),
    (Code::StsHostServfail, Error, |f| {
        gone(f, &Answered::Fault(DnsFault::Timeout));
    }),
    (Code::StsHostCnameDangling, Error, |f| {
        gone(f, &Answered::NxDomain);
        f.sts.host.v4 = via(nxdomain(), &["gone.example.net"]);
        f.sts.host.v6 = via(nxdomain(), &["gone.example.net"]);
    }),
    (Code::StsHostV6Broken, Warn, |f| {
        f.sts.host.fetches[1].outcome = FetchOutcome::Failed(FetchFault::ConnectTimeout);
    }),
    (Code::StsHostAddressInconsistent, Warn, |f| {
        f.sts.host.fetches[1].outcome = fetched(&POLICY.replace("2592000", "2592001"));
    }),
    (Code::StsTcpRefused, Error, |f| {
        fail(f, &FetchFault::Refused);
    }),
    (Code::StsTcpTimeout, Error, |f| {
        fail(f, &FetchFault::ConnectTimeout);
    }),
    (Code::StsTlsNameMismatch, Error, |f| {
        bad_cert(f, &CertFault::NameMismatch);
    }),
    (Code::StsTlsExpired, Error, |f| {
        bad_cert(f, &CertFault::Expired);
    }),
    (Code::StsTlsNotYetValid, Error, |f| {
        bad_cert(f, &CertFault::NotYetValid);
    }),
    (Code::StsTlsSelfSigned, Error, |f| {
        bad_cert(f, &CertFault::SelfSigned);
    }),
    (Code::StsTlsUntrusted, Error, |f| {
        bad_cert(f, &CertFault::Untrusted);
    }),
    (Code::StsTlsUntrusted, Error, |f| {
        bad_cert(f, &CertFault::Other("wrong usage".into()));
    }),
    (Code::StsTlsIncompleteChain, Error, |f| {
        bad_cert(f, &CertFault::IncompleteChain);
    }),
    (Code::StsTlsCnOnly, Error, |f| {
        bad_cert(f, &CertFault::CnOnly);
    }),
    (Code::StsTlsExpiresSoon, Warn, |f| {
        for fetch in &mut f.sts.host.fetches {
            fetch.tls.as_mut().unwrap().chain[0].not_after = Some(days(13));
        }
    }),
    (Code::StsTlsUnrecognizedName, Error, |f| {
        bad_handshake(f, &alert(112, "unrecognized_name"), None);
    }),
    (Code::StsTlsUnrecognizedName, Error, |f| {
        bad_handshake(f, &alert(40, "handshake_failure"), None);
    }),
    (Code::StsTlsVersion, Error, |f| {
        bad_handshake(f, &alert(70, "protocol_version"), None);
    }),
    (Code::StsTlsVersion, Error, |f| {
        let seen = presented("mta-sts.example.com", "TLSv1.0");
        bad_handshake(f, &alert(40, "handshake_failure"), Some(&seen));
    }),
    (Code::StsTlsHandshake, Error, |f| {
        let seen = presented("mta-sts.example.com", "TLSv1.2");
        bad_handshake(f, &alert(40, "handshake_failure"), Some(&seen));
    }),
    (Code::StsTlsHandshake, Error, |f| {
        bad_handshake(f, &HandshakeFault::Closed, None);
    }),
    (Code::StsTlsNotTls, Error, |f| fail(f, &FetchFault::NotTls)),
    (Code::StsTlsNotTls, Error, |f| {
        bad_handshake(f, &HandshakeFault::NotTls, None);
    }),
];

/// [F-05] [F-06] [F-09] [F-10] [P-02] [P-03]: the answer over HTTPS.
#[test]
fn https() {
    run(HTTP);
}

fn status(facts: &mut Facts, code: u16) {
    fail(
        facts,
        &FetchFault::Status {
            code,
            location: Some("https://example.com/".to_owned()),
        },
    );
}

fn header(facts: &mut Facts, content_type: Option<&str>) {
    for fetch in &mut facts.sts.host.fetches {
        if let FetchOutcome::Fetched(found) = &mut fetch.outcome {
            found.content_type = content_type.map(str::to_owned);
        }
    }
}

const HTTP: &[(Code, Severity, Change)] = &[
    (Code::StsHttpRedirect, Error, |f| status(f, 301)),
    (Code::StsHttpRedirect, Error, |f| status(f, 308)),
    (Code::StsHttpStatus, Error, |f| status(f, 404)),
    (Code::StsHttpStatus, Error, |f| status(f, 204)),
    (Code::StsHttpStatus, Error, |f| status(f, 403)),
    (Code::StsHttpStatus, Error, |f| {
        fail(f, &FetchFault::Protocol("no HTTP".to_owned()));
    }),
    (Code::StsHttpUaBlocked, Error, |f| {
        status(f, 403);
        f.sts.host.as_browser = Some(fetch(v4(80).into()));
    }),
    (Code::StsHttpUaBlocked, Error, |f| {
        serve(f, "<html>Checking your browser</html>");
        f.sts.host.as_browser = Some(fetch(v4(80).into()));
    }),
    (Code::StsHttpMediaType, Error, |f| {
        header(f, Some("text/html"));
    }),
    (Code::StsHttpMediaTypeMissing, Error, |f| header(f, None)),
    (Code::StsHttpCharset, Info, |f| {
        header(f, Some("text/plain; charset=iso-8859-1"));
    }),
    (Code::StsHttpTooLarge, Error, |f| {
        fail(f, &FetchFault::TooLarge { limit: 65_536 });
    }),
    (Code::StsHttpSlow, Warn, |f| {
        f.sts.host.fetches[0].elapsed_ms = 10_001;
    }),
    (Code::StsHttpTimeout, Error, |f| {
        fail(f, &FetchFault::Timeout("body".to_owned()));
    }),
    (Code::StsHttpTruncated, Error, |f| {
        fail(f, &FetchFault::Truncated);
    }),
    (Code::StsHttpContentEncoding, Warn, |f| {
        if let FetchOutcome::Fetched(found) = &mut f.sts.host.fetches[0].outcome {
            found.content_encoding = Some("gzip".to_owned());
        }
    }),
];

/// [P-04] [P-05] [P-06] [P-07] [P-08] [P-09] [P-11] [P-12] [P-17] [P-18]: the policy's text, and
/// patterns that allow too much.
#[test]
fn policy() {
    run(POLICIES);
}

const POLICIES: &[(Code, Severity, Change)] = &[
    (Code::StsPolicyEmpty, Error, |f| serve(f, "")),
    (Code::StsPolicyHtml, Error, |f| serve(f, "<html></html>")),
    (Code::StsPolicyJsonDraft, Error, |f| {
        serve(f, "{\"version\": \"STSv1\"}");
    }),
    (Code::StsPolicyBom, Error, |f| {
        serve(f, &format!("\u{feff}{POLICY}"));
    }),
    (Code::StsPolicyEncoding, Error, |f| {
        for fetch in &mut f.sts.host.fetches {
            if let FetchOutcome::Fetched(found) = &mut fetch.outcome {
                found.body.0.extend_from_slice(b"note: \xff\r\n");
            }
        }
    }),
    (Code::StsPolicyLineMalformed, Error, |f| {
        line(f, "mode: ", "nonsense\r\nmode: ");
    }),
    (Code::StsPolicyLineBlank, Error, |f| {
        line(f, "mode: ", "\r\nmode: ");
    }),
    (Code::StsPolicyLineLeadingWsp, Error, |f| {
        line(f, "mode: ", " mode: ");
    }),
    (Code::StsPolicyEolLf, Ok, |f| line(f, "\r\n", "\n")),
    (Code::StsPolicyEolMixed, Info, |f| {
        line(f, "STSv1\r\n", "STSv1\n");
    }),
    (Code::StsPolicyEolCr, Error, |f| line(f, "\r\n", "\r")),
    (Code::StsPolicyEolEscaped, Error, |f| line(f, "\r\n", "\\n")),
    (Code::StsPolicyVersionMissing, Error, |f| {
        line(f, "version: STSv1\r\n", "");
    }),
    (Code::StsPolicyVersionUnsupported, Error, |f| {
        line(f, "STSv1", "STSv2");
    }),
    (Code::StsPolicyVersionNotFirst, Info, |f| {
        serve(
            f,
            &format!(
                "{}version: STSv1\r\n",
                POLICY.replace("version: STSv1\r\n", "")
            ),
        );
    }),
    (Code::StsPolicyModeMissing, Error, |f| {
        line(f, "mode: enforce\r\n", "");
    }),
    (Code::StsPolicyModeInvalid, Error, |f| {
        line(f, "enforce", "strict");
    }),
    (Code::StsPolicyModeDraftReport, Error, |f| {
        line(f, "enforce", "report");
    }),
    (Code::StsPolicyModeTesting, Warn, |f| {
        line(f, "enforce", "testing");
    }),
    (Code::StsPolicyModeNone, Info, |f| {
        line(f, "enforce", "none");
    }),
    (Code::StsPolicyMaxAgeMissing, Error, |f| {
        line(f, "max_age: 2592000\r\n", "");
    }),
    (Code::StsPolicyMaxAgeInvalid, Error, |f| {
        line(f, "2592000", "30d");
    }),
    (Code::StsPolicyMaxAgeZero, Warn, |f| line(f, "2592000", "0")),
    (Code::StsPolicyMaxAgeShort, Warn, |f| {
        line(f, "2592000", "86400");
    }),
    (Code::StsPolicyMaxAgeTooLarge, Error, |f| {
        line(f, "2592000", "31557601");
    }),
    (Code::StsPolicyDuplicateField, Warn, |f| {
        line(f, "mode: ", "mode: enforce\r\nmode: ");
    }),
    (Code::StsPolicyUnknownField, Info, |f| {
        line(f, "mode: ", "colour: red\r\nmode: ");
    }),
    (Code::StsPolicyFieldCase, Error, |f| {
        line(f, "mode: ", "Mode: ");
    }),
    (Code::StsPolicyMxMissing, Error, |f| {
        line(f, "mx: mx1.example.com\r\nmx: mx2.example.com\r\n", "");
    }),
    (Code::StsPolicyMxInvalid, Error, |f| {
        line(f, "max_age", "mx: a@example.com\r\nmax_age");
    }),
    (Code::StsPolicyMxUlabel, Error, |f| {
        line(f, "max_age", "mx: mx.bücher.example\r\nmax_age");
    }),
    (Code::StsPolicyMxIpLiteral, Error, |f| {
        line(f, "max_age", "mx: 192.0.2.1\r\nmax_age");
    }),
    (Code::StsPolicyMxPolicyHost, Error, |f| {
        line(f, "max_age", "mx: mta-sts.example.com\r\nmax_age");
    }),
    (Code::StsPolicyMxSingleLabel, Warn, |f| {
        line(f, "max_age", "mx: localhost\r\nmax_age");
    }),
    (Code::StsPolicyMxDuplicate, Info, |f| {
        line(f, "max_age", "mx: mx1.example.com\r\nmax_age");
    }),
    (Code::StsPolicyMxOverbroad, Warn, |f| {
        line(f, "max_age", "mx: *.com\r\nmax_age");
    }),
    (Code::StsPolicyMxOverbroad, Warn, |f| {
        line(f, "max_age", "mx: *.co.uk\r\nmax_age");
    }),
    (Code::StsPolicyMxOverbroad, Warn, |f| {
        line(f, "max_age", "mx: *.example.com\r\nmax_age");
    }),
];

/// [V-01] [V-02] [P-09]: the patterns against the MX hosts.
#[test]
fn coverage() {
    run(COVERS);
}

/// The policy names only the first MX host, and this in place of the second.
fn second(facts: &mut Facts, pattern: &str) {
    line(facts, "mx2.example.com", pattern);
}

const COVERS: &[(Code, Severity, Change)] = &[
    (Code::StsMxNoneMatch, Crit, |f| {
        serve(f, &POLICY.replace("example.com", "example.org"));
    }),
    (Code::StsMxUnmatched, Error, |f| {
        second(f, "mail.example.com");
    }),
    (Code::StsMxMismatch3ld, Error, |f| {
        second(f, "mail.example.com");
    }),
    (Code::StsMxMismatchDomain, Error, |f| {
        serve(f, &POLICY.replace("example.com", "former-provider.net"));
    }),
    (Code::StsMxMismatchTld, Error, |f| {
        serve(f, &POLICY.replace("example.com", "example.org"));
    }),
    (Code::StsMxMismatchTypo, Error, |f| {
        serve(f, &POLICY.replace("example.com", "exmaple.com"));
    }),
    (Code::StsMxWildcardDepth, Error, |f| {
        second(f, "*.example.com");
        f.mx.answer = mx_set(&[(10, "mx1.example.com"), (20, "mx2.eu.example.com")]);
        f.hosts[1].host = host("mx2.eu.example.com");
    }),
    (Code::StsMxUnusedPattern, Info, |f| {
        line(f, "max_age", "mx: old.example.com\r\nmax_age");
    }),
    (Code::StsMxNoMx, Info, |f| {
        f.mx.answer = no_data();
        f.hosts.truncate(1);
        f.hosts[0].host = host("example.com");
        f.hosts[0].preference = None;
    }),
    (Code::StsMxNullMx, Warn, |f| {
        f.mx.answer = found(MxSet::Null);
        f.hosts.clear();
    }),
    (Code::StsMxAlias, Warn, |f| {
        f.hosts[0].v4 = via(f.hosts[0].v4.clone(), &["box.example.com"]);
    }),
];

/// [V-04] [V-05] [V-16] [F-18] [F-19] [N-13]: each address of each MX host.
#[test]
fn mx() {
    run(MX);
}

fn mx_fault(facts: &mut Facts, fault: &CertFault) {
    for host in &mut facts.hosts {
        each_tls(host, |tls| tls.faults = vec![fault.clone()]);
    }
}

fn mx_handshake(facts: &mut Facts, fault: &HandshakeFault, seen: Option<&Presented>) {
    first_mx(facts, &smtp(Starttls::Failed(fault.clone())));
    for session in &mut facts.hosts[0].sessions {
        session.presented = seen.cloned();
    }
}

const MX: &[(Code, Severity, Change)] = &[
    (Code::MxDnsUnresolvable, Error, |f| {
        f.hosts[0].v4 = nxdomain();
        f.hosts[0].v6 = nxdomain();
        f.hosts[0].sessions.clear();
    }),
    (Code::MxDnsUnresolvable, Error, |f| {
        if let Answered::Found(MxSet::Hosts { unusable, .. }) = &mut f.mx.answer.result {
            unusable.push("mail server.example.com".to_owned());
        }
    }),
    (Code::MxDnsUnresolvable, Error, |f| {
        f.mx.answer = nxdomain();
        f.hosts.clear();
    }),
    (Code::MxV6Unreachable, Warn, |f| {
        f.hosts[0].sessions[1].outcome = SessionOutcome::ConnectTimeout;
    }),
    (Code::MxConnectTimeout, Error, |f| {
        first_mx(f, &SessionOutcome::ConnectTimeout);
    }),
    (Code::MxConnectTimeout, Error, |f| {
        first_mx(f, &SessionOutcome::Unreachable("no route".into()));
    }),
    (Code::MxConnectRefused, Error, |f| {
        first_mx(f, &SessionOutcome::Refused);
    }),
    (Code::MxSmtpBanner, Warn, |f| {
        first_mx(f, &SessionOutcome::Timeout("greeting".to_owned()));
    }),
    (Code::MxSmtpBanner, Warn, |f| {
        first_mx(
            f,
            &SessionOutcome::Greeting {
                code: 554,
                text: "go away".to_owned(),
            },
        );
    }),
    (Code::MxStarttlsMissing, Crit, |f| {
        first_mx(f, &smtp(Starttls::Missing));
    }),
    (Code::MxStarttlsFailed, Crit, |f| {
        first_mx(
            f,
            &smtp(Starttls::Refused {
                code: 454,
                text: "not now".to_owned(),
            }),
        );
    }),
    (Code::MxStarttlsFailed, Crit, |f| {
        mx_handshake(f, &HandshakeFault::Closed, None);
    }),
    (Code::MxStarttlsFailed, Crit, |f| {
        mx_handshake(f, &HandshakeFault::Buffered, None);
    }),
    (Code::MxStarttlsInjection, Error, |f| {
        f.hosts[0].sessions[0].injection = Some(true);
    }),
    (Code::MxCertNameMismatch, Crit, |f| {
        mx_fault(f, &CertFault::NameMismatch);
    }),
    (Code::MxCertExpired, Crit, |f| {
        mx_fault(f, &CertFault::Expired);
    }),
    (Code::MxCertSelfSigned, Crit, |f| {
        mx_fault(f, &CertFault::SelfSigned);
    }),
    (Code::MxCertUntrusted, Crit, |f| {
        mx_fault(f, &CertFault::Untrusted);
    }),
    (Code::MxCertUntrusted, Crit, |f| {
        mx_fault(f, &CertFault::IncompleteChain);
    }),
    (Code::MxCertCnOnly, Crit, |f| {
        mx_fault(f, &CertFault::CnOnly);
    }),
    (Code::MxCertPartial, Error, |f| {
        each_tls(&mut f.hosts[0], |tls| tls.faults = vec![CertFault::Expired]);
    }),
    (Code::MxCertExpiresSoon, Warn, |f| {
        each_tls(&mut f.hosts[0], |tls| {
            tls.chain[0].not_after = Some(days(13));
        });
    }),
    (Code::MxCertWeak, Warn, |f| {
        each_tls(&mut f.hosts[0], |tls| {
            tls.chain[0].weak = vec!["RSA 1024".to_owned()];
        });
    }),
    (Code::MxCertDiffersByAddress, Warn, |f| {
        f.hosts[0].sessions[1] = session(v6(1).into(), "mx1.example.com", 9);
    }),
    (Code::MxTlsVersion, Error, |f| {
        mx_handshake(f, &alert(70, "protocol_version"), None);
    }),
    (Code::MxTlsVersion, Error, |f| {
        let seen = presented("mx1.example.com", "TLSv1.0");
        mx_handshake(f, &alert(40, "handshake_failure"), Some(&seen));
    }),
    (Code::MxTlsOldCiphers, Warn, |f| {
        let seen = presented("mx1.example.com", "TLSv1.2");
        mx_handshake(f, &alert(40, "handshake_failure"), Some(&seen));
    }),
    (Code::MxTlsLegacy, Warn, |f| {
        f.hosts[0].sessions[0].legacy = Some(true);
    }),
    (Code::MxTlsSniRequired, Error, |f| {
        let failed = smtp(Starttls::Failed(alert(112, "unrecognized_name")));
        f.hosts[0].sessions[0].without_sni = Some(Box::new(failed));
    }),
    (Code::MxTlsSniIgnored, Info, |f| {
        let other = smtp(Starttls::Established(tls("default.example.com", 7)));
        f.hosts[0].sessions[0].without_sni = Some(Box::new(other));
    }),
];

/// [N-02] [N-05] [N-06] [N-07] [N-09] [N-10] [N-12] [N-14]: DANE.
#[test]
fn dane() {
    run(DANE);
}

fn outcome(facts: &mut Facts, outcome: &DaneOutcome) {
    each_tls(&mut facts.hosts[0], |tls| tls.dane = Some(outcome.clone()));
}

fn usable(facts: &mut Facts, records: Vec<Tlsa>) {
    let base = owner("mx1.example.com");
    facts.hosts[0].tlsa[0].answer = found(records.clone());
    facts.hosts[0].tlsa_fact = TlsaFact::Records {
        base,
        usable: records,
    };
}

fn unknown(facts: &mut Facts, why: DnsFault) {
    facts.hosts[0].tlsa[0].answer = fault(why);
    facts.hosts[0].tlsa_fact = TlsaFact::Unknown(why);
    each_tls(&mut facts.hosts[0], |tls| tls.dane = None);
}

const DANE: &[(Code, Severity, Change)] = &[
    (Code::DaneAbsent, Info, no_dane),
    (Code::DaneDsMissing, Warn, |f| {
        f.mx.answer.secure = Secure::Insecure;
        f.mx.keys = found(2);
        f.mx.keys.secure = Secure::Insecure;
    }),
    (Code::DaneMxInsecure, Warn, |f| {
        f.mx.answer.secure = Secure::Insecure;
    }),
    (Code::DaneAddrInsecure, Warn, |f| {
        without_dane(&mut f.hosts[1]);
        f.hosts[1].v4.secure = Secure::Insecure;
        f.hosts[1].v6.secure = Secure::Insecure;
    }),
    (Code::DaneBogus, Crit, |f| {
        f.mx.answer = fault(DnsFault::Bogus);
    }),
    (Code::DaneBogus, Crit, |f| unknown(f, DnsFault::Bogus)),
    (Code::DaneBogus, Crit, |f| {
        f.hosts[0].v4 = fault(DnsFault::Bogus);
        f.hosts[0].v6 = fault(DnsFault::Bogus);
        f.hosts[0].tlsa.clear();
        f.hosts[0].sessions.clear();
        f.hosts[0].tlsa_fact = TlsaFact::Unknown(DnsFault::Bogus);
    }),
    (Code::DaneTlsaServfail, Crit, |f| {
        unknown(f, DnsFault::ServFail);
    }),
    (Code::DaneTlsaServfail, Crit, |f| {
        unknown(f, DnsFault::Timeout);
    }),
    (Code::DaneDnsFailure, Error, |f| {
        f.hosts[0].v4 = fault(DnsFault::ServFail);
        f.hosts[0].tlsa.clear();
        f.hosts[0].tlsa_fact = TlsaFact::Unknown(DnsFault::ServFail);
        each_tls(&mut f.hosts[0], |tls| tls.dane = None);
    }),
    (Code::DaneMismatch, Crit, |f| {
        outcome(f, &DaneOutcome::NoMatch);
    }),
    (Code::DaneMismatch, Crit, |f| {
        outcome(f, &DaneOutcome::TaInvalid("expired".to_owned()));
    }),
    (Code::DaneTaNotSent, Crit, |f| {
        outcome(f, &DaneOutcome::TaNotSent);
    }),
    (Code::DaneUnusable, Warn, |f| {
        usable(f, vec![tlsa(9, 1)]);
        f.hosts[0].tlsa_fact = TlsaFact::Unusable {
            base: owner("mx1.example.com"),
        };
        each_tls(&mut f.hosts[0], |tls| tls.dane = None);
    }),
    (Code::DaneUsagePkix, Warn, |f| {
        f.hosts[0].tlsa[0].answer = found(vec![tlsa(3, 1), tlsa(2, 2), tlsa(1, 1)]);
    }),
    (Code::DaneRollover, Warn, |f| usable(f, vec![tlsa(3, 1)])),
    (Code::DaneStsConflict, Error, |f| {
        outcome(f, &DaneOutcome::NoMatch);
    }),
    (Code::DaneStsConflict, Error, |f| {
        each_tls(&mut f.hosts[0], |tls| tls.faults = vec![CertFault::Expired]);
    }),
];

/// [T-01] [T-02] [T-03] [T-04] [T-05] [T-06] [T-09] [T-11] [T-15] [O-03]: reports, and record and
/// policy host in other hands.
#[test]
fn reports_and_delegation() {
    run(REPORTS);
}

fn rpt(facts: &mut Facts, all: &[&str]) {
    facts.tlsrpt.txt = found(texts(all));
}

fn two_providers(facts: &mut Facts) {
    facts.sts.txt = via(facts.sts.txt.clone(), &["_mta-sts.provider.net"]);
    facts.sts.host.v4 = via(facts.sts.host.v4.clone(), &["sts.provider.net"]);
}

const REPORTS: &[(Code, Severity, Change)] = &[
    (Code::TlsrptMissing, Warn, |f| f.tlsrpt.txt = nxdomain()),
    (Code::TlsrptMultiple, Error, |f| {
        rpt(
            f,
            &[
                "v=TLSRPTv1; rua=mailto:a@example.com",
                "v=TLSRPTv1; rua=mailto:b@example.com",
            ],
        );
    }),
    (Code::TlsrptSyntax, Error, |f| {
        rpt(f, &["v=TLSRPTv1;; rua=mailto:a@example.com"]);
    }),
    (Code::TlsrptRuaMissing, Error, |f| {
        rpt(f, &["v=TLSRPTv1; a=b"]);
    }),
    (Code::TlsrptRuaInvalid, Error, |f| {
        rpt(f, &["v=TLSRPTv1; rua=a@example.com"]);
    }),
    (Code::TlsrptRuaScheme, Error, |f| {
        rpt(f, &["v=TLSRPTv1; rua=ftp://example.com/"]);
    }),
    (Code::TlsrptRuaMailbox, Error, |f| {
        rpt(f, &["v=TLSRPTv1; rua=mailto:reports"]);
    }),
    (Code::TlsrptRuaUnencoded, Error, |f| {
        rpt(f, &["v=TLSRPTv1; rua=mailto:a!b@example.com"]);
    }),
    (Code::TlsrptOldName, Error, |f| {
        f.tlsrpt.txt = nxdomain();
        let stray = texts(&["v=TLSRPTv1; rua=mailto:a@example.com"]);
        f.tlsrpt.near_misses = vec![(owner("_smtp-tlsrpt.example.com"), stray)];
    }),
    (Code::TlsrptRuaExternal, Info, |f| {
        rpt(f, &["v=TLSRPTv1; rua=mailto:a@example.net"]);
    }),
    (Code::TlsrptRuaMxMissing, Error, |f| {
        f.tlsrpt.destinations[0].mx = nxdomain();
    }),
    (Code::TlsrptRuaMxMissing, Error, |f| {
        f.tlsrpt.destinations[0].mx = found(MxSet::Null);
    }),
    (Code::TlsrptRuaMxMissing, Error, |f| {
        f.tlsrpt.destinations[0].mx = no_data();
        f.tlsrpt.destinations[0].v4 = no_data();
        f.tlsrpt.destinations[0].v6 = no_data();
    }),
    (Code::TlsrptRuaSamePolicy, Warn, |f| {
        mx_fault(f, &CertFault::Expired);
    }),
    (Code::TlsrptMxHostMissing, Info, |f| {
        f.hosts[0].tlsrpt = nxdomain();
    }),
    (Code::TlsrptWithoutPolicy, Info, |f| {
        no_sts(f);
        no_dane(f);
    }),
    (Code::StsDelegationPartial, Warn, |f| {
        f.sts.txt = via(f.sts.txt.clone(), &["_mta-sts.provider.net"]);
    }),
    (Code::StsDelegationPartial, Warn, |f| {
        f.sts.host.v4 = via(f.sts.host.v4.clone(), &["sts.provider.net"]);
    }),
    (Code::StsDelegationTwoProviders, Info, |f| {
        two_providers(f);
        serve(f, &POLICY.replace("example.com", "mail-company.org"));
        f.hosts[0].host = host("mx1.mail-company.org");
        f.hosts[1].host = host("mx2.mail-company.org");
    }),
    (Code::StsDelegationTwoProviders, Warn, |f| {
        two_providers(f);
        for mx in &mut f.hosts {
            mx.host = host("mx.mail-company.org");
        }
    }),
];

/// Codes that need history, tables of providers or look-ups that nobody makes yet.
const NOT_YET: &[Code] = &[
    Code::StsTlsParked,
    Code::StsTlsRevoked,
    Code::StsHttpHttpOnly,
    Code::StsMxMismatchStale,
    Code::StsMxProviderPattern,
    Code::StsDelegationUnhosted,
    Code::StsDelegationIdVsBody,
    Code::StsUpdateOrder,
    Code::StsUpdateIdUnchanged,
    Code::StsRemovalAbrupt,
    Code::StsRemovalSafeAfter,
    Code::StsSubdomainNoPolicy,
    Code::TlsrptRuaHttpsUnreachable,
];

/// The table of codes says of each code whether it is looked for; what it says is true. Codes of
/// reports are not about domains.
#[test]
fn every_code_is_detected_or_says_that_it_is_not() {
    let tables = [RECORD, DNS, HOST, HTTP, POLICIES, COVERS, MX, DANE, REPORTS]
        .into_iter()
        .flatten();
    let proven: BTreeSet<Code> = tables.map(|(code, _, _)| *code).collect();
    for code in Code::ALL
        .iter()
        .copied()
        .filter(|code| !code.name().starts_with("report."))
    {
        assert_ne!(
            proven.contains(&code) || code == Code::TlsrptUnrelatedTxt,
            NOT_YET.contains(&code),
            "{code}: neither or both"
        );
        assert_eq!(
            code.entry().detected,
            !NOT_YET.contains(&code),
            "{code}: detected"
        );
    }
}
