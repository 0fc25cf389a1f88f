use std::{fmt, net::IpAddr};

use serde::{Serialize, Serializer};

use super::When;

/// One report (RFC 8460 §4.4). The world leaves out every field somewhere, so each is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Report {
    /// Who reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_name: Option<String>,
    /// The time that the report is about, usually a day in UTC (RFC 8460 §4.1).
    #[serde(skip_serializing_if = "DateRange::is_empty")]
    pub date_range: DateRange,
    /// A mail address for questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_info: Option<String>,
    /// A name for the report that its sender uses once; any scheme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report_id: Option<String>,
    /// What was seen, policy by policy.
    pub policies: Vec<PolicyReport>,
}

/// Begin and end of a report's time (RFC 8460 §4.4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DateRange {
    /// The first moment.
    #[serde(rename = "start-datetime", skip_serializing_if = "Option::is_none")]
    pub start: Option<When>,
    /// The last moment.
    #[serde(rename = "end-datetime", skip_serializing_if = "Option::is_none")]
    pub end: Option<When>,
}

/// What was seen under one policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PolicyReport {
    /// The policy that was applied.
    pub policy: Policy,
    /// The sessions counted.
    pub summary: Summary,
    /// The failures, one row a kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failure_details: Vec<FailureDetail>,
}

/// A policy as the sender found it (RFC 8460 §4.4).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Policy {
    /// Its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_type: Option<PolicyType>,
    /// Its text: the lines of an MTA-STS policy, or TLSA records (RFC 8460 §4.5).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policy_string: Vec<String>,
    /// Whose policy it is: the recipient's domain, or the TLSA base domain (RFC 8460 §1.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_domain: Option<String>,
    /// The policy's MX patterns, for MTA-STS only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mx_host: Vec<String>,
}

/// The sessions counted under a policy (RFC 8460 §4.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Sessions that complied with the policy.
    #[serde(
        rename = "total-successful-session-count",
        skip_serializing_if = "Option::is_none"
    )]
    pub successful: Option<u64>,
    /// Sessions that failed.
    #[serde(
        rename = "total-failure-session-count",
        skip_serializing_if = "Option::is_none"
    )]
    pub failed: Option<u64>,
}

/// Failures of one kind (RFC 8460 §4.3, §4.4). The texts are as the sender wrote them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FailureDetail {
    /// What failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result_type: Option<ResultType>,
    /// The address of the mail server that sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sending_mta_ip: Option<String>,
    /// The MX host that it tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receiving_mx_hostname: Option<String>,
    /// The name by which that host greeted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receiving_mx_helo: Option<String>,
    /// The address of that host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receiving_ip: Option<String>,
    /// How many sessions failed like this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_session_count: Option<u64>,
    /// A URI with more about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_information: Option<String>,
    /// The sender's own words for the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_reason_code: Option<String>,
}

/// The kind of a policy (RFC 8460 §4.4). Words that the RFC does not know are kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyType {
    /// DANE's TLSA records.
    Tlsa,
    /// An MTA-STS policy.
    Sts,
    /// Neither was found.
    NoPolicyFound,
    /// Anything else, word for word.
    Other(String),
}

/// What failed (RFC 8460 §4.3). Words that the RFC does not know are kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResultType {
    /// The host does not offer STARTTLS (RFC 8460 §4.3.1).
    StarttlsNotSupported,
    /// The certificate is for other names.
    CertificateHostMismatch,
    /// The certificate has expired.
    CertificateExpired,
    /// The certificate is not trusted for another reason.
    CertificateNotTrusted,
    /// Any other failure of TLS or of the policy.
    ValidationFailure,
    /// TLSA records that cannot be used (RFC 8460 §4.3.2.1).
    TlsaInvalid,
    /// DNSSEC failed.
    DnssecInvalid,
    /// The sender demands DANE and found no TLSA records.
    DaneRequired,
    /// The MTA-STS policy could not be fetched (RFC 8460 §4.3.2.2).
    StsPolicyFetchError,
    /// The MTA-STS policy is malformed.
    StsPolicyInvalid,
    /// The policy host's certificate is not valid.
    StsWebpkiInvalid,
    /// Anything else, word for word.
    Other(String),
}

impl DateRange {
    /// Whether neither end is known.
    pub fn is_empty(&self) -> bool {
        self.start.is_none() && self.end.is_none()
    }
}

impl FailureDetail {
    /// `sending-mta-ip` as an address, where it is one.
    pub fn sending_ip(&self) -> Option<IpAddr> {
        address(self.sending_mta_ip.as_deref()?)
    }

    /// `receiving-ip` as an address, where it is one.
    pub fn receiving_address(&self) -> Option<IpAddr> {
        address(self.receiving_ip.as_deref()?)
    }
}

/// An address as reports hold them: sometimes bracketed, tagged or with blanks around.
pub(crate) fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let text = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(text);
    text.strip_prefix("IPv6:").unwrap_or(text).parse().ok()
}

impl PolicyType {
    /// The word in the report.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Tlsa => "tlsa",
            Self::Sts => "sts",
            Self::NoPolicyFound => "no-policy-found",
            Self::Other(word) => word,
        }
    }
}

impl From<&str> for PolicyType {
    fn from(word: &str) -> Self {
        match word {
            "tlsa" => Self::Tlsa,
            "sts" => Self::Sts,
            "no-policy-found" => Self::NoPolicyFound,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl ResultType {
    /// The types that RFC 8460 §4.3 names, in its order.
    pub const KNOWN: [Self; 11] = [
        Self::StarttlsNotSupported,
        Self::CertificateHostMismatch,
        Self::CertificateExpired,
        Self::CertificateNotTrusted,
        Self::ValidationFailure,
        Self::TlsaInvalid,
        Self::DnssecInvalid,
        Self::DaneRequired,
        Self::StsPolicyFetchError,
        Self::StsPolicyInvalid,
        Self::StsWebpkiInvalid,
    ];

    /// The word in the report.
    pub fn as_str(&self) -> &str {
        match self {
            Self::StarttlsNotSupported => "starttls-not-supported",
            Self::CertificateHostMismatch => "certificate-host-mismatch",
            Self::CertificateExpired => "certificate-expired",
            Self::CertificateNotTrusted => "certificate-not-trusted",
            Self::ValidationFailure => "validation-failure",
            Self::TlsaInvalid => "tlsa-invalid",
            Self::DnssecInvalid => "dnssec-invalid",
            Self::DaneRequired => "dane-required",
            Self::StsPolicyFetchError => "sts-policy-fetch-error",
            Self::StsPolicyInvalid => "sts-policy-invalid",
            Self::StsWebpkiInvalid => "sts-webpki-invalid",
            Self::Other(word) => word,
        }
    }
}

impl From<&str> for ResultType {
    fn from(word: &str) -> Self {
        match word {
            "starttls-not-supported" => Self::StarttlsNotSupported,
            "certificate-host-mismatch" => Self::CertificateHostMismatch,
            "certificate-expired" => Self::CertificateExpired,
            "certificate-not-trusted" => Self::CertificateNotTrusted,
            "validation-failure" => Self::ValidationFailure,
            "tlsa-invalid" => Self::TlsaInvalid,
            "dnssec-invalid" => Self::DnssecInvalid,
            "dane-required" => Self::DaneRequired,
            "sts-policy-fetch-error" => Self::StsPolicyFetchError,
            "sts-policy-invalid" => Self::StsPolicyInvalid,
            "sts-webpki-invalid" => Self::StsWebpkiInvalid,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for PolicyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for ResultType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for PolicyType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for ResultType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
