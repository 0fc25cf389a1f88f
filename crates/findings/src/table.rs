//! The table of codes: one unit a code, and the only place where their words stand.

use std::fmt;

use serde::{Serialize, Serializer};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Legal, and often taken for a fault.
    Ok,
    /// Good to know.
    Info,
    /// Works today and will hurt, or weakens the protection.
    Warn,
    /// The protection is void, or a standard is violated.
    Error,
    /// Compliant senders refuse or delay mail now.
    Crit,
}

impl Severity {
    /// The word for it in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok-note",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
            Self::Crit => "crit",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Severity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What the table says of a code.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The code's name, as outputs print it: `sts.record.missing`.
    pub name: &'static str,
    /// The highest severity that it can have.
    pub severity: Severity,
    /// What it is, in a few words.
    pub title: &'static str,
    /// One sentence with the finding's values at its `{placeholders}`.
    pub message: &'static str,
    /// How to mend it; empty where nothing needs to be done.
    pub help: &'static str,
    /// The section of the standard that it rests on; may be empty.
    pub rfc: &'static str,
    /// The result type under which senders report it (RFC 8460 §4.3).
    pub result_type: Option<&'static str>,
    /// Whether this version looks for it.
    pub detected: bool,
}

macro_rules! codes {
    ($($ident:ident { $($field:ident: $value:expr),* $(,)? })*) => {
        /// A kind of finding. Its [`Entry`] says what it means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each variant's words stand in its entry")]
        pub enum Code { $($ident),* }

        impl Code {
            /// Every code, in the table's order.
            pub const ALL: &'static [Self] = &[$(Self::$ident),*];

            /// What the table says of it.
            pub fn entry(self) -> &'static Entry {
                use Severity::{Crit, Error, Info, Ok, Warn};
                match self { $(Self::$ident => const { &Entry { $($field: $value),* } }),* }
            }
        }
    };
}

impl Code {
    /// The code of that name, such as `sts.record.missing`.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.entry().name == name)
    }

    /// Its name, as outputs print it.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The highest severity that it can have.
    pub fn severity(self) -> Severity {
        self.entry().severity
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

codes! {
    StsRecordMissing {
        name: "sts.record.missing",
        severity: Info,
        title: "no MTA-STS record",
        message: "no MTA-STS record",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordMultiple {
        name: "sts.record.multiple",
        severity: Error,
        title: "more than one STS record after filtering",
        message: "more than one STS record after filtering",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordSyntax {
        name: "sts.record.syntax",
        severity: Error,
        title: "record violates the grammar",
        message: "record violates the grammar",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordVersion {
        name: "sts.record.version",
        severity: Error,
        title: "wrong or misplaced version prefix",
        message: "wrong or misplaced version prefix",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordIdMissing {
        name: "sts.record.id.missing",
        severity: Error,
        title: "no id field",
        message: "no id field",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordIdInvalid {
        name: "sts.record.id.invalid",
        severity: Error,
        title: "id not 1-32 letters/digits",
        message: "id not 1-32 letters/digits",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordExtInvalid {
        name: "sts.record.ext.invalid",
        severity: Error,
        title: "malformed extension field",
        message: "malformed extension field",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordPolicyFields {
        name: "sts.record.policy_fields",
        severity: Warn,
        title: "policy fields (mx, mode, max_age) inside the TXT record",
        message: "policy fields (mx, mode, max_age) inside the TXT record",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordDuplicateField {
        name: "sts.record.duplicate_field",
        severity: Warn,
        title: "duplicate field, later ones ignored",
        message: "duplicate field, later ones ignored",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsRecordUnknownField {
        name: "sts.record.unknown_field",
        severity: Info,
        title: "unregistered extension field",
        message: "unregistered extension field",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordUnrelatedTxt {
        name: "sts.record.unrelated_txt",
        severity: Info,
        title: "other TXT data at the same name",
        message: "other TXT data at the same name",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordWildcardAnswer {
        name: "sts.record.wildcard_answer",
        severity: Warn,
        title: "_mta-sts answered by a DNS wildcard",
        message: "_mta-sts answered by a DNS wildcard",
        help: "",
        rfc: "RFC 1034",
        result_type: None,
        detected: false,
    }
    StsRecordWrongName {
        name: "sts.record.wrong_name",
        severity: Error,
        title: "STS record found at apex, mta-sts., _mta_sts. or _mta-sts._tcp.",
        message: "STS record found at apex, mta-sts., _mta_sts. or _mta-sts._tcp.",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordQuoted {
        name: "sts.record.quoted",
        severity: Error,
        title: "literal quotes or backslashes stored in the record",
        message: "literal quotes or backslashes stored in the record",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordTtlLong {
        name: "sts.record.ttl_long",
        severity: Warn,
        title: "record TTL above 1 day slows policy updates",
        message: "record TTL above 1 day slows policy updates",
        help: "",
        rfc: "RFC 8461 §8.1",
        result_type: None,
        detected: false,
    }
    StsRecordCname {
        name: "sts.record.cname",
        severity: Info,
        title: "record reached through a CNAME chain",
        message: "record reached through a CNAME chain",
        help: "",
        rfc: "RFC 8461 §8.2",
        result_type: None,
        detected: false,
    }
    StsRecordCnameLoop {
        name: "sts.record.cname_loop",
        severity: Error,
        title: "CNAME loop or chain over 8",
        message: "CNAME loop or chain over 8",
        help: "",
        rfc: "RFC 1034",
        result_type: None,
        detected: false,
    }
    DnsTimeout {
        name: "dns.timeout",
        severity: Error,
        title: "DNS timeout",
        message: "DNS timeout",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    DnsServfail {
        name: "dns.servfail",
        severity: Error,
        title: "SERVFAIL",
        message: "SERVFAIL",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    DnsRefused {
        name: "dns.refused",
        severity: Error,
        title: "REFUSED",
        message: "REFUSED",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    DnsBogus {
        name: "dns.bogus",
        severity: Error,
        title: "DNSSEC validation failure",
        message: "DNSSEC validation failure",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: Some("dnssec-invalid"),
        detected: false,
    }
    NetReservedAddress {
        name: "net.reserved_address",
        severity: Error,
        title: "policy or MX host resolves to a reserved address",
        message: "policy or MX host resolves to a reserved address",
        help: "",
        rfc: "",
        result_type: None,
        detected: false,
    }
    NetPort25Blocked {
        name: "net.port25_blocked",
        severity: Info,
        title: "this vantage point cannot reach any port 25",
        message: "this vantage point cannot reach any port 25",
        help: "",
        rfc: "",
        result_type: None,
        detected: false,
    }
    DnsInconsistentNs {
        name: "dns.inconsistent_ns",
        severity: Warn,
        title: "authoritative servers disagree on record or id",
        message: "authoritative servers disagree on record or id",
        help: "",
        rfc: "",
        result_type: None,
        detected: false,
    }
    StsHostNxdomain {
        name: "sts.host.nxdomain",
        severity: Error,
        title: "policy host does not resolve",
        message: "policy host does not resolve",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsHostServfail {
        name: "sts.host.servfail",
        severity: Error,
        title: "policy host lookup fails temporarily",
        message: "policy host lookup fails temporarily",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsHostNoAddress {
        name: "sts.host.no_address",
        severity: Error,
        title: "policy host has neither A nor AAAA",
        message: "policy host has neither A nor AAAA",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsHostCnameDangling {
        name: "sts.host.cname_dangling",
        severity: Error,
        title: "policy-host CNAME points to NXDOMAIN",
        message: "policy-host CNAME points to NXDOMAIN",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsHostV6Broken {
        name: "sts.host.v6_broken",
        severity: Warn,
        title: "AAAA present but fetch over IPv6 fails",
        message: "AAAA present but fetch over IPv6 fails",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: false,
    }
    StsHostAddressInconsistent {
        name: "sts.host.address_inconsistent",
        severity: Warn,
        title: "addresses serve different policies",
        message: "addresses serve different policies",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: false,
    }
    StsTcpRefused {
        name: "sts.tcp.refused",
        severity: Error,
        title: "port 443 closed",
        message: "port 443 closed",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsTcpTimeout {
        name: "sts.tcp.timeout",
        severity: Error,
        title: "port 443 times out",
        message: "port 443 times out",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsTlsNameMismatch {
        name: "sts.tls.name_mismatch",
        severity: Error,
        title: "certificate does not name the policy host",
        message: "certificate does not name the policy host",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: false,
    }
    StsTlsUnrecognizedName {
        name: "sts.tls.unrecognized_name",
        severity: Error,
        title: "server aborts: no certificate for this SNI",
        message: "server aborts: no certificate for this SNI",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: false,
    }
    StsTlsParked {
        name: "sts.tls.parked",
        severity: Error,
        title: "policy host is a registrar parking page",
        message: "policy host is a registrar parking page",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: false,
    }
    StsTlsExpired {
        name: "sts.tls.expired",
        severity: Error,
        title: "certificate expired",
        message: "certificate expired",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: false,
    }
    StsTlsExpiresSoon {
        name: "sts.tls.expires_soon",
        severity: Warn,
        title: "certificate expires in < 14 days",
        message: "certificate expires in < 14 days",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: false,
    }
    StsTlsNotYetValid {
        name: "sts.tls.not_yet_valid",
        severity: Error,
        title: "notBefore in the future",
        message: "notBefore in the future",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: false,
    }
    StsTlsSelfSigned {
        name: "sts.tls.self_signed",
        severity: Error,
        title: "self-signed certificate",
        message: "self-signed certificate",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: false,
    }
    StsTlsUntrusted {
        name: "sts.tls.untrusted",
        severity: Error,
        title: "issuer not trusted",
        message: "issuer not trusted",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: false,
    }
    StsTlsIncompleteChain {
        name: "sts.tls.incomplete_chain",
        severity: Error,
        title: "intermediate missing",
        message: "intermediate missing",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: false,
    }
    StsTlsCnOnly {
        name: "sts.tls.cn_only",
        severity: Error,
        title: "no DNS-ID, name only in CN",
        message: "no DNS-ID, name only in CN",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: false,
    }
    StsTlsRevoked {
        name: "sts.tls.revoked",
        severity: Error,
        title: "certificate revoked",
        message: "certificate revoked",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: false,
    }
    StsTlsVersion {
        name: "sts.tls.version",
        severity: Error,
        title: "no TLS 1.2 or newer",
        message: "no TLS 1.2 or newer",
        help: "",
        rfc: "RFC 8461 §7.2, RFC 8996",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsTlsNotTls {
        name: "sts.tls.not_tls",
        severity: Error,
        title: "plaintext on 443",
        message: "plaintext on 443",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsTlsHandshake {
        name: "sts.tls.handshake",
        severity: Error,
        title: "other handshake failure",
        message: "other handshake failure",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsHttpRedirect {
        name: "sts.http.redirect",
        severity: Error,
        title: "3xx answer",
        message: "3xx answer",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsHttpStatus {
        name: "sts.http.status",
        severity: Error,
        title: "status other than 200",
        message: "status other than 200",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsHttpUaBlocked {
        name: "sts.http.ua_blocked",
        severity: Error,
        title: "bot protection blocks non-browser clients",
        message: "bot protection blocks non-browser clients",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: false,
    }
    StsHttpMediaType {
        name: "sts.http.media_type",
        severity: Error,
        title: "media type is not text/plain",
        message: "media type is not text/plain",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsHttpMediaTypeMissing {
        name: "sts.http.media_type_missing",
        severity: Error,
        title: "no Content-Type",
        message: "no Content-Type",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsHttpCharset {
        name: "sts.http.charset",
        severity: Info,
        title: "charset other than utf-8/us-ascii",
        message: "charset other than utf-8/us-ascii",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsHttpTooLarge {
        name: "sts.http.too_large",
        severity: Error,
        title: "body over 64 kB",
        message: "body over 64 kB",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsHttpSlow {
        name: "sts.http.slow",
        severity: Warn,
        title: "answer slower than 10 s",
        message: "answer slower than 10 s",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: false,
    }
    StsHttpTimeout {
        name: "sts.http.timeout",
        severity: Error,
        title: "no complete answer within the limit",
        message: "no complete answer within the limit",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsHttpTruncated {
        name: "sts.http.truncated",
        severity: Error,
        title: "body shorter than Content-Length",
        message: "body shorter than Content-Length",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsHttpContentEncoding {
        name: "sts.http.content_encoding",
        severity: Warn,
        title: "encoded although not asked for",
        message: "encoded although not asked for",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: false,
    }
    StsHttpHttpOnly {
        name: "sts.http.http_only",
        severity: Info,
        title: "policy also/only on port 80",
        message: "policy also/only on port 80",
        help: "",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: false,
    }
    StsPolicyEmpty {
        name: "sts.policy.empty",
        severity: Error,
        title: "empty body",
        message: "empty body",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyHtml {
        name: "sts.policy.html",
        severity: Error,
        title: "HTML served",
        message: "HTML served",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyJsonDraft {
        name: "sts.policy.json_draft",
        severity: Error,
        title: "JSON format of the drafts",
        message: "JSON format of the drafts",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyEncoding {
        name: "sts.policy.encoding",
        severity: Error,
        title: "not UTF-8",
        message: "not UTF-8",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyBom {
        name: "sts.policy.bom",
        severity: Error,
        title: "byte order mark",
        message: "byte order mark",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyLineMalformed {
        name: "sts.policy.line.malformed",
        severity: Error,
        title: "line is not name: value, or its name or an extension's value breaks P-14",
        message: "line is not name: value, or its name or an extension's value breaks P-14",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyLineBlank {
        name: "sts.policy.line.blank",
        severity: Error,
        title: "blank line",
        message: "blank line",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyLineLeadingWsp {
        name: "sts.policy.line.leading_wsp",
        severity: Error,
        title: "indented line",
        message: "indented line",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyEolLf {
        name: "sts.policy.eol.lf",
        severity: Ok,
        title: "LF line ends (legal)",
        message: "LF line ends (legal)",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsPolicyEolMixed {
        name: "sts.policy.eol.mixed",
        severity: Info,
        title: "mixed line ends",
        message: "mixed line ends",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsPolicyEolCr {
        name: "sts.policy.eol.cr",
        severity: Error,
        title: "bare CR line ends",
        message: "bare CR line ends",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyEolEscaped {
        name: "sts.policy.eol.escaped",
        severity: Error,
        title: "literal \\n in the body",
        message: "literal \\n in the body",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyVersionMissing {
        name: "sts.policy.version.missing",
        severity: Error,
        title: "no version",
        message: "no version",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyVersionUnsupported {
        name: "sts.policy.version.unsupported",
        severity: Error,
        title: "version is not STSv1",
        message: "version is not STSv1",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyVersionNotFirst {
        name: "sts.policy.version.not_first",
        severity: Info,
        title: "version not on the first line (legal)",
        message: "version not on the first line (legal)",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsPolicyModeMissing {
        name: "sts.policy.mode.missing",
        severity: Error,
        title: "no mode",
        message: "no mode",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyModeInvalid {
        name: "sts.policy.mode.invalid",
        severity: Error,
        title: "mode not enforce/testing/none",
        message: "mode not enforce/testing/none",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyModeDraftReport {
        name: "sts.policy.mode.draft_report",
        severity: Error,
        title: "mode report of the drafts",
        message: "mode report of the drafts",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyModeTesting {
        name: "sts.policy.mode.testing",
        severity: Warn,
        title: "testing mode",
        message: "testing mode",
        help: "",
        rfc: "RFC 8461 §5",
        result_type: None,
        detected: false,
    }
    StsPolicyModeNone {
        name: "sts.policy.mode.none",
        severity: Info,
        title: "mode none",
        message: "mode none",
        help: "",
        rfc: "RFC 8461 §8.3",
        result_type: None,
        detected: false,
    }
    StsPolicyMaxAgeMissing {
        name: "sts.policy.max_age.missing",
        severity: Error,
        title: "no max_age",
        message: "no max_age",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyMaxAgeInvalid {
        name: "sts.policy.max_age.invalid",
        severity: Error,
        title: "max_age not a non-negative integer of 1-10 digits",
        message: "max_age not a non-negative integer of 1-10 digits",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyMaxAgeZero {
        name: "sts.policy.max_age.zero",
        severity: Warn,
        title: "max_age 0: no caching, no protection",
        message: "max_age 0: no caching, no protection",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsPolicyMaxAgeShort {
        name: "sts.policy.max_age.short",
        severity: Warn,
        title: "max_age below 1 day (testing) / 14 days (enforce), configurable",
        message: "max_age below 1 day (testing) / 14 days (enforce), configurable",
        help: "",
        rfc: "RFC 8461 §10.2",
        result_type: None,
        detected: false,
    }
    StsPolicyMaxAgeTooLarge {
        name: "sts.policy.max_age.too_large",
        severity: Error,
        title: "max_age above 31557600",
        message: "max_age above 31557600",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsPolicyMxMissing {
        name: "sts.policy.mx.missing",
        severity: Error,
        title: "no mx although mode is not none",
        message: "no mx although mode is not none",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyMxInvalid {
        name: "sts.policy.mx.invalid",
        severity: Error,
        title: "mx value not a name or *.name",
        message: "mx value not a name or *.name",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyMxUlabel {
        name: "sts.policy.mx.ulabel",
        severity: Error,
        title: "U-label in mx",
        message: "U-label in mx",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyMxIpLiteral {
        name: "sts.policy.mx.ip_literal",
        severity: Error,
        title: "IP address in mx",
        message: "IP address in mx",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsPolicyMxPolicyHost {
        name: "sts.policy.mx.policy_host",
        severity: Error,
        title: "mx pattern names the mta-sts host",
        message: "mx pattern names the mta-sts host",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsPolicyMxSingleLabel {
        name: "sts.policy.mx.single_label",
        severity: Warn,
        title: "single-label name",
        message: "single-label name",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsPolicyMxDuplicate {
        name: "sts.policy.mx.duplicate",
        severity: Info,
        title: "same mx twice",
        message: "same mx twice",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsPolicyMxOverbroad {
        name: "sts.policy.mx.overbroad",
        severity: Warn,
        title: "*.own-domain, *.tld or public-suffix wildcard",
        message: "*.own-domain, *.tld or public-suffix wildcard",
        help: "",
        rfc: "RFC 8461 §10.4",
        result_type: None,
        detected: false,
    }
    StsPolicyDuplicateField {
        name: "sts.policy.duplicate_field",
        severity: Warn,
        title: "duplicate field, later ones ignored",
        message: "duplicate field, later ones ignored",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsPolicyUnknownField {
        name: "sts.policy.unknown_field",
        severity: Info,
        title: "unregistered field; typo distance to known names shown",
        message: "unregistered field; typo distance to known names shown",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsPolicyFieldCase {
        name: "sts.policy.field_case",
        severity: Error,
        title: "field name in wrong case",
        message: "field name in wrong case",
        help: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsMxNoneMatch {
        name: "sts.mx.none_match",
        severity: Crit,
        title: "enforce policy matches none of the domain's MX hosts: undeliverable",
        message: "enforce policy matches none of the domain's MX hosts: undeliverable",
        help: "",
        rfc: "RFC 8461 §4.1",
        result_type: Some("validation-failure"),
        detected: false,
    }
    StsMxUnmatched {
        name: "sts.mx.unmatched",
        severity: Error,
        title: "some MX host not covered",
        message: "some MX host not covered",
        help: "",
        rfc: "RFC 8461 §4.1",
        result_type: Some("validation-failure"),
        detected: false,
    }
    StsMxMismatchDomain {
        name: "sts.mx.mismatch.domain",
        severity: Error,
        title: "kind: different domain",
        message: "kind: different domain",
        help: "",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: false,
    }
    StsMxMismatchTld {
        name: "sts.mx.mismatch.tld",
        severity: Error,
        title: "kind: only the TLD differs",
        message: "kind: only the TLD differs",
        help: "",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: false,
    }
    StsMxMismatch3ld {
        name: "sts.mx.mismatch.3ld",
        severity: Error,
        title: "kind: same eSLD, deeper labels differ",
        message: "kind: same eSLD, deeper labels differ",
        help: "",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: false,
    }
    StsMxMismatchTypo {
        name: "sts.mx.mismatch.typo",
        severity: Error,
        title: "kind: edit distance <= 3, same TLD",
        message: "kind: edit distance <= 3, same TLD",
        help: "",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: false,
    }
    StsMxMismatchStale {
        name: "sts.mx.mismatch.stale",
        severity: Error,
        title: "kind: pattern matches former MX hosts",
        message: "kind: pattern matches former MX hosts",
        help: "",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: false,
    }
    StsMxWildcardDepth {
        name: "sts.mx.wildcard_depth",
        severity: Error,
        title: "wildcard would have to span two labels",
        message: "wildcard would have to span two labels",
        help: "",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: false,
    }
    StsMxProviderPattern {
        name: "sts.mx.provider_pattern",
        severity: Warn,
        title: "known provider: pattern set incomplete (e.g. mx.microsoft next to *.mail.protection.outlook.com)",
        message: "known provider: pattern set incomplete (e.g. mx.microsoft next to *.mail.protection.outlook.com)",
        help: "",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: false,
    }
    StsMxUnusedPattern {
        name: "sts.mx.unused_pattern",
        severity: Info,
        title: "pattern matches no current MX",
        message: "pattern matches no current MX",
        help: "",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: false,
    }
    StsMxNoMx {
        name: "sts.mx.no_mx",
        severity: Info,
        title: "no MX RRset: implicit MX",
        message: "no MX RRset: implicit MX",
        help: "",
        rfc: "RFC 5321 §5.1",
        result_type: None,
        detected: false,
    }
    StsMxNullMx {
        name: "sts.mx.null_mx",
        severity: Warn,
        title: "null MX together with MTA-STS",
        message: "null MX together with MTA-STS",
        help: "",
        rfc: "RFC 7505",
        result_type: None,
        detected: false,
    }
    StsMxAlias {
        name: "sts.mx.alias",
        severity: Warn,
        title: "MX target is a CNAME",
        message: "MX target is a CNAME",
        help: "",
        rfc: "RFC 2181 §10.3",
        result_type: None,
        detected: false,
    }
    MxDnsUnresolvable {
        name: "mx.dns.unresolvable",
        severity: Error,
        title: "MX host has no address",
        message: "MX host has no address",
        help: "",
        rfc: "RFC 5321",
        result_type: None,
        detected: false,
    }
    MxV6Unreachable {
        name: "mx.v6_unreachable",
        severity: Warn,
        title: "MX AAAA unreachable",
        message: "MX AAAA unreachable",
        help: "",
        rfc: "",
        result_type: None,
        detected: false,
    }
    MxConnectTimeout {
        name: "mx.connect.timeout",
        severity: Error,
        title: "port 25 timeout",
        message: "port 25 timeout",
        help: "",
        rfc: "",
        result_type: None,
        detected: false,
    }
    MxConnectRefused {
        name: "mx.connect.refused",
        severity: Error,
        title: "port 25 refused",
        message: "port 25 refused",
        help: "",
        rfc: "",
        result_type: None,
        detected: false,
    }
    MxSmtpBanner {
        name: "mx.smtp.banner",
        severity: Warn,
        title: "no 220 greeting / 4xx / 5xx",
        message: "no 220 greeting / 4xx / 5xx",
        help: "",
        rfc: "",
        result_type: None,
        detected: false,
    }
    MxStarttlsMissing {
        name: "mx.starttls.missing",
        severity: Crit,
        title: "no STARTTLS on an MX covered by enforce",
        message: "no STARTTLS on an MX covered by enforce",
        help: "",
        rfc: "RFC 8461 §4",
        result_type: Some("starttls-not-supported"),
        detected: false,
    }
    MxStarttlsFailed {
        name: "mx.starttls.failed",
        severity: Crit,
        title: "STARTTLS refused or handshake failed",
        message: "STARTTLS refused or handshake failed",
        help: "",
        rfc: "RFC 8461 §4",
        result_type: Some("validation-failure"),
        detected: false,
    }
    MxStarttlsInjection {
        name: "mx.starttls.injection",
        severity: Error,
        title: "commands buffered before TLS are executed",
        message: "commands buffered before TLS are executed",
        help: "",
        rfc: "RFC 3207",
        result_type: None,
        detected: false,
    }
    MxCertNameMismatch {
        name: "mx.cert.name_mismatch",
        severity: Crit,
        title: "MX certificate does not name the MX host",
        message: "MX certificate does not name the MX host",
        help: "",
        rfc: "RFC 8461 §4.2",
        result_type: Some("certificate-host-mismatch"),
        detected: false,
    }
    MxCertExpired {
        name: "mx.cert.expired",
        severity: Crit,
        title: "MX certificate expired",
        message: "MX certificate expired",
        help: "",
        rfc: "RFC 8461 §4.2",
        result_type: Some("certificate-expired"),
        detected: false,
    }
    MxCertExpiresSoon {
        name: "mx.cert.expires_soon",
        severity: Warn,
        title: "MX certificate expires soon",
        message: "MX certificate expires soon",
        help: "",
        rfc: "RFC 8461 §4.2",
        result_type: None,
        detected: false,
    }
    MxCertSelfSigned {
        name: "mx.cert.self_signed",
        severity: Crit,
        title: "self-signed MX certificate",
        message: "self-signed MX certificate",
        help: "",
        rfc: "RFC 8461 §4.2",
        result_type: Some("certificate-not-trusted"),
        detected: false,
    }
    MxCertUntrusted {
        name: "mx.cert.untrusted",
        severity: Crit,
        title: "untrusted or incomplete chain",
        message: "untrusted or incomplete chain",
        help: "",
        rfc: "RFC 8461 §4.2",
        result_type: Some("certificate-not-trusted"),
        detected: false,
    }
    MxCertCnOnly {
        name: "mx.cert.cn_only",
        severity: Crit,
        title: "name only in CN",
        message: "name only in CN",
        help: "",
        rfc: "RFC 8461 §4.2",
        result_type: Some("certificate-host-mismatch"),
        detected: false,
    }
    MxCertWeak {
        name: "mx.cert.weak",
        severity: Warn,
        title: "weak key or signature",
        message: "weak key or signature",
        help: "",
        rfc: "RFC 9325",
        result_type: None,
        detected: false,
    }
    MxCertPartial {
        name: "mx.cert.partial",
        severity: Error,
        title: "some MX hosts/addresses fail, others pass",
        message: "some MX hosts/addresses fail, others pass",
        help: "",
        rfc: "RFC 8461 §4.2",
        result_type: None,
        detected: false,
    }
    MxCertDiffersByAddress {
        name: "mx.cert.differs_by_address",
        severity: Warn,
        title: "addresses of one MX present different certificates",
        message: "addresses of one MX present different certificates",
        help: "",
        rfc: "RFC 8461 §4.2",
        result_type: None,
        detected: false,
    }
    MxTlsVersion {
        name: "mx.tls.version",
        severity: Error,
        title: "no TLS 1.2+",
        message: "no TLS 1.2+",
        help: "",
        rfc: "RFC 8461 §7.2",
        result_type: None,
        detected: false,
    }
    MxTlsLegacy {
        name: "mx.tls.legacy",
        severity: Warn,
        title: "TLS 1.0/1.1 still offered",
        message: "TLS 1.0/1.1 still offered",
        help: "",
        rfc: "RFC 8996",
        result_type: None,
        detected: false,
    }
    MxTlsSniRequired {
        name: "mx.tls.sni_required",
        severity: Error,
        title: "handshake fails without SNI",
        message: "handshake fails without SNI",
        help: "",
        rfc: "RFC 8461 §7.1",
        result_type: None,
        detected: false,
    }
    MxTlsSniIgnored {
        name: "mx.tls.sni_ignored",
        severity: Info,
        title: "certificate changes with SNI",
        message: "certificate changes with SNI",
        help: "",
        rfc: "RFC 8461 §7.1",
        result_type: None,
        detected: false,
    }
    StsDelegationPartial {
        name: "sts.delegation.partial",
        severity: Warn,
        title: "only one of record and policy host is delegated",
        message: "only one of record and policy host is delegated",
        help: "",
        rfc: "RFC 8461 §8.2",
        result_type: None,
        detected: false,
    }
    StsDelegationUnhosted {
        name: "sts.delegation.unhosted",
        severity: Error,
        title: "delegated to a provider that does not host this domain",
        message: "delegated to a provider that does not host this domain",
        help: "",
        rfc: "RFC 8461 §8.2",
        result_type: None,
        detected: false,
    }
    StsDelegationTwoProviders {
        name: "sts.delegation.two_providers",
        severity: Warn,
        title: "policy provider and mail provider differ",
        message: "policy provider and mail provider differ",
        help: "",
        rfc: "RFC 8461 §8.2",
        result_type: None,
        detected: false,
    }
    StsDelegationIdVsBody {
        name: "sts.delegation.id_vs_body",
        severity: Warn,
        title: "delegated id does not move when the body does",
        message: "delegated id does not move when the body does",
        help: "",
        rfc: "RFC 8461 §8.1",
        result_type: None,
        detected: false,
    }
    StsUpdateOrder {
        name: "sts.update.order",
        severity: Warn,
        title: "id changed before the body did",
        message: "id changed before the body did",
        help: "",
        rfc: "RFC 8461 §8.1",
        result_type: None,
        detected: false,
    }
    StsUpdateIdUnchanged {
        name: "sts.update.id_unchanged",
        severity: Error,
        title: "body changed, id did not",
        message: "body changed, id did not",
        help: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRemovalAbrupt {
        name: "sts.removal.abrupt",
        severity: Error,
        title: "record or host vanished while cached enforce policies are alive",
        message: "record or host vanished while cached enforce policies are alive",
        help: "",
        rfc: "RFC 8461 §8.3",
        result_type: None,
        detected: false,
    }
    StsRemovalSafeAfter {
        name: "sts.removal.safe_after",
        severity: Info,
        title: "date from which removal is safe",
        message: "date from which removal is safe",
        help: "",
        rfc: "RFC 8461 §8.3",
        result_type: None,
        detected: false,
    }
    StsSubdomainNoPolicy {
        name: "sts.subdomain.no_policy",
        severity: Info,
        title: "mail-receiving subdomain without own policy",
        message: "mail-receiving subdomain without own policy",
        help: "",
        rfc: "RFC 8461 §3.4",
        result_type: None,
        detected: false,
    }
    TlsrptMissing {
        name: "tlsrpt.missing",
        severity: Warn,
        title: "no TLSRPT record",
        message: "no TLSRPT record",
        help: "",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
    TlsrptMultiple {
        name: "tlsrpt.multiple",
        severity: Error,
        title: "more than one record",
        message: "more than one record",
        help: "",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
    TlsrptSyntax {
        name: "tlsrpt.syntax",
        severity: Error,
        title: "record violates the grammar",
        message: "record violates the grammar",
        help: "",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
    TlsrptRuaMissing {
        name: "tlsrpt.rua.missing",
        severity: Error,
        title: "no rua",
        message: "no rua",
        help: "",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
    TlsrptRuaInvalid {
        name: "tlsrpt.rua.invalid",
        severity: Error,
        title: "member is not a URI",
        message: "member is not a URI",
        help: "",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
    TlsrptRuaScheme {
        name: "tlsrpt.rua.scheme",
        severity: Error,
        title: "unsupported scheme",
        message: "unsupported scheme",
        help: "",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
    TlsrptRuaMailbox {
        name: "tlsrpt.rua.mailbox",
        severity: Error,
        title: "mailto without a mailbox",
        message: "mailto without a mailbox",
        help: "",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
    TlsrptRuaUnencoded {
        name: "tlsrpt.rua.unencoded",
        severity: Error,
        title: "raw ! , or ; in a URI",
        message: "raw ! , or ; in a URI",
        help: "",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
    TlsrptRuaExternal {
        name: "tlsrpt.rua.external",
        severity: Info,
        title: "destination outside the domain (legal, no authorization record needed)",
        message: "destination outside the domain (legal, no authorization record needed)",
        help: "",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
    TlsrptRuaMxMissing {
        name: "tlsrpt.rua.mx_missing",
        severity: Error,
        title: "destination domain cannot receive mail",
        message: "destination domain cannot receive mail",
        help: "",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
    TlsrptRuaHttpsUnreachable {
        name: "tlsrpt.rua.https_unreachable",
        severity: Warn,
        title: "https destination fails (HEAD/OPTIONS, never POST a fake report)",
        message: "https destination fails (HEAD/OPTIONS, never POST a fake report)",
        help: "",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
    TlsrptRuaSamePolicy {
        name: "tlsrpt.rua.same_policy",
        severity: Warn,
        title: "reports go to the very domain whose enforce policy is broken",
        message: "reports go to the very domain whose enforce policy is broken",
        help: "",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
    TlsrptOldName {
        name: "tlsrpt.old_name",
        severity: Error,
        title: "record at _smtp-tlsrpt or _smtp._tcp of the drafts/bugs",
        message: "record at _smtp-tlsrpt or _smtp._tcp of the drafts/bugs",
        help: "",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
    TlsrptMxHostMissing {
        name: "tlsrpt.mx_host.missing",
        severity: Info,
        title: "DANE MX host without its own TLSRPT record",
        message: "DANE MX host without its own TLSRPT record",
        help: "",
        rfc: "RFC 8460 §1.1",
        result_type: None,
        detected: false,
    }
    TlsrptWithoutPolicy {
        name: "tlsrpt.without_policy",
        severity: Info,
        title: "TLSRPT but neither MTA-STS nor DANE",
        message: "TLSRPT but neither MTA-STS nor DANE",
        help: "",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
    DaneAbsent {
        name: "dane.absent",
        severity: Info,
        title: "no TLSA",
        message: "no TLSA",
        help: "",
        rfc: "RFC 7672",
        result_type: None,
        detected: false,
    }
    DaneMxInsecure {
        name: "dane.mx_insecure",
        severity: Warn,
        title: "TLSA published but MX RRset unsigned",
        message: "TLSA published but MX RRset unsigned",
        help: "",
        rfc: "RFC 7672 §2.2.1",
        result_type: None,
        detected: false,
    }
    DaneAddrInsecure {
        name: "dane.addr_insecure",
        severity: Warn,
        title: "address RRset unsigned",
        message: "address RRset unsigned",
        help: "",
        rfc: "RFC 7672 §2.2.2",
        result_type: None,
        detected: false,
    }
    DaneBogus {
        name: "dane.bogus",
        severity: Crit,
        title: "DNSSEC bogus: DANE and validating senders fail",
        message: "DNSSEC bogus: DANE and validating senders fail",
        help: "",
        rfc: "RFC 7672 §2.1.1",
        result_type: Some("dnssec-invalid"),
        detected: false,
    }
    DaneDsMissing {
        name: "dane.ds_missing",
        severity: Warn,
        title: "signed zone without DS",
        message: "signed zone without DS",
        help: "",
        rfc: "RFC 7672",
        result_type: None,
        detected: false,
    }
    DaneMismatch {
        name: "dane.mismatch",
        severity: Crit,
        title: "certificate matches no TLSA",
        message: "certificate matches no TLSA",
        help: "",
        rfc: "RFC 7672 §3.1",
        result_type: Some("tlsa-invalid"),
        detected: false,
    }
    DaneUnusable {
        name: "dane.unusable",
        severity: Warn,
        title: "all TLSA unusable",
        message: "all TLSA unusable",
        help: "",
        rfc: "RFC 7672 §2.2",
        result_type: None,
        detected: false,
    }
    DaneUsagePkix {
        name: "dane.usage_pkix",
        severity: Warn,
        title: "usage 0/1",
        message: "usage 0/1",
        help: "",
        rfc: "RFC 7672 §3.1.3",
        result_type: None,
        detected: false,
    }
    DaneTaNotSent {
        name: "dane.ta_not_sent",
        severity: Crit,
        title: "DANE-TA certificate not in the chain",
        message: "DANE-TA certificate not in the chain",
        help: "",
        rfc: "RFC 7672 §3.1.2",
        result_type: Some("tlsa-invalid"),
        detected: false,
    }
    DaneRollover {
        name: "dane.rollover",
        severity: Warn,
        title: "single TLSA, no pre-published successor",
        message: "single TLSA, no pre-published successor",
        help: "",
        rfc: "RFC 7672 §8",
        result_type: None,
        detected: false,
    }
    DaneTlsaServfail {
        name: "dane.tlsa_servfail",
        severity: Crit,
        title: "TLSA query fails",
        message: "TLSA query fails",
        help: "",
        rfc: "RFC 7672 §2.1.2",
        result_type: None,
        detected: false,
    }
    DaneStsConflict {
        name: "dane.sts_conflict",
        severity: Error,
        title: "DANE fails but MTA-STS passes (or the reverse)",
        message: "DANE fails but MTA-STS passes (or the reverse)",
        help: "",
        rfc: "RFC 8461 §2",
        result_type: None,
        detected: false,
    }
    MxTlsOldCiphers {
        name: "mx.tls.old_ciphers",
        severity: Warn,
        title: "the host speaks TLS 1.2 but only CBC or RSA key exchange: MTAs with older libraries deliver, strict ones may not",
        message: "the host speaks TLS 1.2 but only CBC or RSA key exchange: MTAs with older libraries deliver, strict ones may not",
        help: "",
        rfc: "RFC 9325",
        result_type: None,
        detected: false,
    }
    DaneDnsFailure {
        name: "dane.dns_failure",
        severity: Error,
        title: "DNS failure on the way to the TLSA answer: DANE senders treat the host as unreachable",
        message: "DNS failure on the way to the TLSA answer: DANE senders treat the host as unreachable",
        help: "",
        rfc: "RFC 7672 §2.1.2",
        result_type: Some("dnssec-invalid"),
        detected: false,
    }
}
