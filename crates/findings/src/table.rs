//! The table of codes: one unit a code, and the only place where their words stand. Each family of
//! codes has its file in `table/`; the list below names them all.

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
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Entry {
    /// The code's name, as outputs print it: `sts.record.missing`.
    pub name: &'static str,
    /// The highest severity that it can have.
    pub severity: Severity,
    /// What it is, in a few words.
    pub title: &'static str,
    /// One sentence with the finding's values at its `{placeholders}`, which are those of
    /// [`PLACEHOLDERS`](crate::PLACEHOLDERS). A part in `[brackets]` is left out when its values
    /// were not given; a placeholder outside of brackets is always given.
    pub message: &'static str,
    /// How to mend it; empty where nothing needs to be done.
    pub help: &'static str,
    /// What it means for mail, whom it hits, what usually causes it and how common it is.
    pub explain: &'static str,
    /// The section of the standard that it rests on; may be empty.
    pub rfc: &'static str,
    /// The result type under which senders report it (RFC 8460 §4.3).
    pub result_type: Option<&'static str>,
    /// Whether this version looks for it.
    pub detected: bool,
}

/// The entries of one family; each stands in a static with the name of its code.
macro_rules! family {
    ($($code:ident {
        name: $name:literal,
        severity: $severity:ident,
        $($field:ident: $value:expr),* $(,)?
    })*) => {
        $(
            #[expect(non_upper_case_globals, reason = "named as the variant of `Code`")]
            pub(super) static $code: $crate::Entry = $crate::Entry {
                name: $name,
                severity: $crate::Severity::$severity,
                $($field: $value),*
            };
        )*
    };
}

/// The enum of all codes, and where each has its entry.
macro_rules! codes {
    ($($family:ident: [$($code:ident),* $(,)?],)*) => {
        $(mod $family;)*

        /// A kind of finding. Its [`Entry`] says what it means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each variant's words stand in its entry")]
        pub enum Code { $($($code,)*)* }

        impl Code {
            /// Every code, in the table's order.
            pub const ALL: &'static [Self] = &[$($(Self::$code,)*)*];

            /// What the table says of it.
            pub fn entry(self) -> &'static Entry {
                match self { $($(Self::$code => &$family::$code,)*)* }
            }
        }
    };
}

codes! {
    dns: [
        DnsTimeout, DnsServfail, DnsRefused, DnsBogus, NetReservedAddress, NetPort25Blocked,
        DnsInconsistentNs,
    ],
    record: [
        StsRecordMissing, StsRecordMultiple, StsRecordSyntax, StsRecordVersion, StsRecordIdMissing,
        StsRecordIdInvalid, StsRecordExtInvalid, StsRecordPolicyFields, StsRecordDuplicateField,
        StsRecordUnknownField, StsRecordUnrelatedTxt, StsRecordWildcardAnswer, StsRecordWrongName,
        StsRecordQuoted, StsRecordTtlLong, StsRecordCname, StsRecordCnameLoop,
    ],
    host: [
        StsHostNxdomain, StsHostServfail, StsHostNoAddress, StsHostCnameDangling, StsHostV6Broken,
        StsHostAddressInconsistent, StsTcpRefused, StsTcpTimeout, StsTlsNameMismatch,
        StsTlsUnrecognizedName, StsTlsParked, StsTlsExpired, StsTlsExpiresSoon, StsTlsNotYetValid,
        StsTlsSelfSigned, StsTlsUntrusted, StsTlsIncompleteChain, StsTlsCnOnly, StsTlsRevoked,
        StsTlsVersion, StsTlsNotTls, StsTlsHandshake,
    ],
    http: [
        StsHttpRedirect, StsHttpStatus, StsHttpUaBlocked, StsHttpMediaType, StsHttpMediaTypeMissing,
        StsHttpCharset, StsHttpTooLarge, StsHttpSlow, StsHttpTimeout, StsHttpTruncated,
        StsHttpContentEncoding, StsHttpHttpOnly,
    ],
    policy: [
        StsPolicyEmpty, StsPolicyHtml, StsPolicyJsonDraft, StsPolicyEncoding, StsPolicyBom,
        StsPolicyLineMalformed, StsPolicyLineBlank, StsPolicyLineLeadingWsp, StsPolicyEolLf,
        StsPolicyEolMixed, StsPolicyEolCr, StsPolicyEolEscaped, StsPolicyVersionMissing,
        StsPolicyVersionUnsupported, StsPolicyVersionNotFirst, StsPolicyModeMissing,
        StsPolicyModeInvalid, StsPolicyModeDraftReport, StsPolicyModeTesting, StsPolicyModeNone,
        StsPolicyMaxAgeMissing, StsPolicyMaxAgeInvalid, StsPolicyMaxAgeZero, StsPolicyMaxAgeShort,
        StsPolicyMaxAgeTooLarge, StsPolicyDuplicateField, StsPolicyUnknownField, StsPolicyFieldCase,
    ],
    pattern: [
        StsPolicyMxMissing, StsPolicyMxInvalid, StsPolicyMxUlabel, StsPolicyMxIpLiteral,
        StsPolicyMxPolicyHost, StsPolicyMxSingleLabel, StsPolicyMxDuplicate, StsPolicyMxOverbroad,
    ],
    covers: [
        StsMxNoneMatch, StsMxUnmatched, StsMxMismatchDomain, StsMxMismatchTld, StsMxMismatch3ld,
        StsMxMismatchTypo, StsMxMismatchStale, StsMxWildcardDepth, StsMxProviderPattern,
        StsMxUnusedPattern, StsMxNoMx, StsMxNullMx, StsMxAlias,
    ],
    mx: [
        MxDnsUnresolvable, MxV6Unreachable, MxConnectTimeout, MxConnectRefused, MxSmtpBanner,
        MxStarttlsMissing, MxStarttlsFailed, MxStarttlsInjection, MxCertNameMismatch, MxCertExpired,
        MxCertExpiresSoon, MxCertSelfSigned, MxCertUntrusted, MxCertCnOnly, MxCertWeak,
        MxCertPartial, MxCertDiffersByAddress, MxTlsVersion, MxTlsLegacy, MxTlsSniRequired,
        MxTlsSniIgnored, MxTlsOldCiphers,
    ],
    operate: [
        StsDelegationPartial, StsDelegationUnhosted, StsDelegationTwoProviders,
        StsDelegationIdVsBody, StsUpdateOrder, StsUpdateIdUnchanged, StsRemovalAbrupt,
        StsRemovalSafeAfter, StsSubdomainNoPolicy,
    ],
    tlsrpt: [
        TlsrptMissing, TlsrptMultiple, TlsrptSyntax, TlsrptRuaMissing, TlsrptRuaInvalid,
        TlsrptRuaScheme, TlsrptRuaMailbox, TlsrptRuaUnencoded, TlsrptRuaExternal,
        TlsrptRuaMxMissing, TlsrptRuaHttpsUnreachable, TlsrptRuaSamePolicy, TlsrptOldName,
        TlsrptMxHostMissing, TlsrptWithoutPolicy, TlsrptUnrelatedTxt,
    ],
    dane: [
        DaneAbsent, DaneMxInsecure, DaneAddrInsecure, DaneBogus, DaneDsMissing, DaneMismatch,
        DaneUnusable, DaneUsagePkix, DaneTaNotSent, DaneRollover, DaneTlsaServfail, DaneStsConflict,
        DaneDnsFailure,
    ],
    report: [
        ReportNone, ReportNotJson, ReportEncoding, ReportBom, ReportDuplicateKey,
        ReportLeadingData, ReportTrailingData, ReportSyntax, ReportTruncated, ReportShape,
        ReportCount, ReportDate, ReportRange, ReportPolicyStringNested, ReportUnknownValue,
        ReportUnknownKey, ReportMissingField, ReportNoPolicies, ReportSumMismatch,
        ReportAddress, ReportDetailsFolded, ReportTooLarge, ReportTooMany, ReportTooDeep,
        ReportGzipMembers, ReportGzipTruncated, ReportGzipTrailing, ReportNestedGzip,
        ReportZip, ReportZipBroken, ReportAttachedMessage, ReportMediaType, ReportBase64,
    ],
}

impl Code {
    /// The code of that name, such as `sts.record.missing`.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.entry().name == name)
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
