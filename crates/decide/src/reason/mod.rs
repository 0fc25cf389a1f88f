//! Why a plan or a verdict is what it is: one variant a rule, each with its section, its TLSRPT
//! result type and a sentence for people.

mod words;

use jiff::Timestamp;
use mta_sts::Mode;
use names::{Host, Owner};
use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::facts::{CertFault, DnsFault, FetchFault, HandshakeFault};

/// One rule that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    // ---- the domain's MX ----
    /// `0 .`: the domain takes no mail.
    NullMx,
    /// The domain does not exist.
    NoSuchDomain,
    /// DNS gives no answer for MX.
    MxUnknown(DnsFault),
    /// MX was not asked for.
    MxNotAsked,
    /// There are MX records, and no target is a host name.
    MxUnusable,
    /// No MX record: the domain is its own host.
    ImplicitMx,
    // ---- MTA-STS: which policy ----
    /// The sender does not do MTA-STS, or was told to leave it aside.
    StsOff,
    /// No record.
    StsNoRecord,
    /// More than one record, or TXT data that is no record.
    StsRecordNone,
    /// A malformed record.
    StsRecordInvalid,
    /// DNS gives no answer for the record: neither yes nor no.
    StsRecordUnknown(DnsFault),
    /// The record was not asked for.
    StsRecordNotAsked,
    /// No address of the policy host is known: a fault, or none exists.
    StsHostUnresolved(Option<DnsFault>),
    /// The policy was not fetched.
    StsNotFetched,
    /// The fetch failed.
    StsFetchFailed(FetchFault),
    /// The media type is not `text/plain`.
    StsMediaType(Option<String>),
    /// The body is encoded in a way that was not asked for.
    StsEncoding(String),
    /// The policy is malformed.
    StsPolicyInvalid,
    /// A policy was fetched now.
    StsFetched(Mode),
    /// An earlier policy holds.
    StsCached {
        /// Its mode.
        mode: Mode,
        /// The moment that it ends.
        until: Timestamp,
    },
    /// An earlier policy has ended.
    StsExpired {
        /// The moment that it ended.
        at: Timestamp,
    },
    /// `testing` is taken as `enforce`, as the sender was told to.
    StsStrict,
    // ---- MTA-STS: the host ----
    /// The policy covers the host.
    StsCovered,
    /// The policy does not cover the host.
    StsUncovered(Host),
    // ---- DANE ----
    /// The sender does not do DANE, or was told to leave it aside.
    DaneOff,
    /// No secure TLSA records, or insecure addresses.
    DaneNotApplicable,
    /// Usable TLSA records.
    DaneRecords(Owner),
    /// Secure TLSA records, none usable.
    DaneUnusable(Owner),
    /// A look-up on the way to the TLSA records gives no answer.
    DaneUnknown(DnsFault),
    /// The MX RRset is not secure: DANE protects the connection, nothing vouches for the host.
    DaneMxInsecure,
    /// Nobody proves whether the MX RRset is secure.
    DaneMxUnproven,
    /// DANE decides for this host; MTA-STS is noted and no more.
    DaneDecides,
    // ---- the host's addresses and connections ----
    /// The host has no address.
    NoAddress,
    /// DNS gives no answer for the host's addresses.
    AddressUnknown(DnsFault),
    /// SMTP did not come as far as `STARTTLS`; in words.
    Unreachable(String),
    // ---- TLS ----
    /// The sender demands encryption of every host.
    FloorEncrypt,
    /// Nothing is required of the host.
    Opportunistic,
    /// `STARTTLS` is not announced.
    StarttlsMissing,
    /// `STARTTLS` is refused with this code.
    StarttlsRefused(u16),
    /// The handshake failed.
    HandshakeFailed(HandshakeFault),
    /// TLS 1.2 with cipher suites of old only, our library refuses it: other senders get through.
    OldCiphers,
    /// Nothing newer than this version: senders whose rules demand TLS 1.2 do not get through,
    /// others may.
    OldTls(String),
    /// A fault of the certificate by the rules of public certificates.
    Certificate(CertFault),
    /// The certificate is valid for the host by the rules of public certificates.
    CertificateValid,
    /// A TLSA record matches.
    DaneMatch,
    /// No TLSA record matches.
    DaneNoMatch,
    /// The certificate that a DANE-TA record names was not sent.
    DaneTaNotSent,
    /// The chain below the trust anchor does not hold; in words.
    DaneTaInvalid(String),
    /// The chain was not compared with the TLSA records.
    DaneNotCompared,
}

impl Reason {
    /// The rule's name in every output.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NullMx => "mx-null",
            Self::NoSuchDomain => "mx-no-such-domain",
            Self::MxUnknown(_) => "mx-unknown",
            Self::MxNotAsked => "mx-not-asked",
            Self::MxUnusable => "mx-unusable",
            Self::ImplicitMx => "mx-implicit",
            Self::StsOff => "sts-off",
            Self::StsNoRecord => "sts-no-record",
            Self::StsRecordNone => "sts-record-none",
            Self::StsRecordInvalid => "sts-record-invalid",
            Self::StsRecordUnknown(_) => "sts-record-unknown",
            Self::StsRecordNotAsked => "sts-record-not-asked",
            Self::StsHostUnresolved(_) => "sts-host-unresolved",
            Self::StsNotFetched => "sts-not-fetched",
            Self::StsFetchFailed(_) => "sts-fetch-failed",
            Self::StsMediaType(_) => "sts-media-type",
            Self::StsEncoding(_) => "sts-encoding",
            Self::StsPolicyInvalid => "sts-policy-invalid",
            Self::StsFetched(_) => "sts-fetched",
            Self::StsCached { .. } => "sts-cached",
            Self::StsExpired { .. } => "sts-expired",
            Self::StsStrict => "sts-strict",
            Self::StsCovered => "sts-covered",
            Self::StsUncovered(_) => "sts-uncovered",
            Self::DaneOff => "dane-off",
            Self::DaneNotApplicable => "dane-not-applicable",
            Self::DaneRecords(_) => "dane-records",
            Self::DaneUnusable(_) => "dane-unusable",
            Self::DaneUnknown(_) => "dane-unknown",
            Self::DaneMxInsecure => "dane-mx-insecure",
            Self::DaneMxUnproven => "dane-mx-unproven",
            Self::DaneDecides => "dane-decides",
            Self::NoAddress => "host-no-address",
            Self::AddressUnknown(_) => "host-address-unknown",
            Self::Unreachable(_) => "host-unreachable",
            Self::FloorEncrypt => "floor-encrypt",
            Self::Opportunistic => "opportunistic",
            Self::StarttlsMissing => "starttls-missing",
            Self::StarttlsRefused(_) => "starttls-refused",
            Self::HandshakeFailed(_) => "tls-handshake-failed",
            Self::OldCiphers => "tls-old-ciphers",
            Self::OldTls(_) => "tls-old-version",
            Self::Certificate(_) => "tls-certificate",
            Self::CertificateValid => "tls-certificate-valid",
            Self::DaneMatch => "dane-match",
            Self::DaneNoMatch => "dane-no-match",
            Self::DaneTaNotSent => "dane-ta-not-sent",
            Self::DaneTaInvalid(_) => "dane-ta-invalid",
            Self::DaneNotCompared => "dane-not-compared",
        }
    }

    /// The section that the rule stands in; empty where it is the sender's own choice.
    pub fn rfc(&self) -> &'static str {
        match self {
            Self::NullMx => "RFC 7505 §3",
            Self::NoSuchDomain
            | Self::MxUnknown(_)
            | Self::MxNotAsked
            | Self::MxUnusable
            | Self::ImplicitMx
            | Self::NoAddress
            | Self::AddressUnknown(_) => "RFC 5321 §5.1",
            Self::Unreachable(_) => "RFC 5321 §4.5.4.1",
            Self::StsOff | Self::StsStrict | Self::DaneOff | Self::FloorEncrypt => "",
            Self::StsNoRecord | Self::StsRecordNone | Self::StsRecordInvalid => "RFC 8461 §3.1",
            Self::StsRecordUnknown(_)
            | Self::StsRecordNotAsked
            | Self::StsHostUnresolved(_)
            | Self::StsNotFetched
            | Self::StsFetchFailed(_)
            | Self::StsMediaType(_)
            | Self::StsEncoding(_) => "RFC 8461 §3.3",
            Self::StsPolicyInvalid | Self::StsExpired { .. } => "RFC 8461 §3.2",
            Self::StsFetched(_) | Self::StsCached { .. } => "RFC 8461 §5",
            Self::StsCovered | Self::StsUncovered(_) => "RFC 8461 §4.1",
            Self::Certificate(_) | Self::CertificateValid => "RFC 8461 §4.2",
            Self::StarttlsMissing | Self::StarttlsRefused(_) | Self::HandshakeFailed(_) => {
                "RFC 3207 §4"
            }
            Self::OldCiphers => "RFC 9325 §4.2",
            Self::OldTls(_) => "RFC 8461 §7.2",
            Self::Opportunistic => "RFC 7435 §3",
            Self::DaneNotApplicable | Self::DaneRecords(_) | Self::DaneUnusable(_) => {
                "RFC 7672 §2.2"
            }
            Self::DaneUnknown(_) => "RFC 7672 §2.1.2",
            Self::DaneMxUnproven => "RFC 7672 §2.1.1",
            Self::DaneMxInsecure => "RFC 7672 §2.2.1",
            Self::DaneDecides => "RFC 8461 §2",
            Self::DaneMatch | Self::DaneNoMatch | Self::DaneNotCompared => "RFC 7672 §3.1",
            Self::DaneTaNotSent | Self::DaneTaInvalid(_) => "RFC 7672 §3.1.2",
        }
    }

    /// The result type under which TLS reporting counts it (RFC 8460 §4.3); none where the RFC has
    /// none, or where the fault is no sign of the reported domain.
    pub fn result_type(&self) -> Option<&'static str> {
        match self {
            Self::StsHostUnresolved(_) => Some("sts-policy-fetch-error"),
            Self::StsFetchFailed(fault) => Some(fetch_result_type(fault)),
            Self::StsMediaType(_) | Self::StsEncoding(_) | Self::StsPolicyInvalid => {
                Some("sts-policy-invalid")
            }
            // RFC 8460 has no type for an MX outside the policy; senders use this one.
            Self::StsUncovered(_) | Self::HandshakeFailed(_) | Self::DaneNotCompared => {
                Some("validation-failure")
            }
            Self::StarttlsMissing | Self::StarttlsRefused(_) => Some("starttls-not-supported"),
            Self::Certificate(fault) => Some(cert_result_type(fault)),
            Self::DaneNoMatch | Self::DaneTaNotSent | Self::DaneTaInvalid(_) => {
                Some("tlsa-invalid")
            }
            // A resolver of ours that does not validate says nothing about the domain.
            Self::DaneUnknown(fault) => {
                (*fault != DnsFault::NotValidating).then_some("dnssec-invalid")
            }
            Self::MxUnknown(DnsFault::Bogus) | Self::AddressUnknown(DnsFault::Bogus) => {
                Some("dnssec-invalid")
            }
            _ => None,
        }
    }

    /// What RFC 8460 §4.4 calls `failure-reason-code`: more than the result type says.
    pub fn failure_reason_code(&self) -> Option<String> {
        match self {
            Self::StsUncovered(_) => Some("mx-mismatch".to_owned()),
            Self::StsFetchFailed(fault) => Some(words::fetch(fault)),
            Self::StsHostUnresolved(Some(fault)) => Some(words::dns(*fault).to_owned()),
            Self::StsHostUnresolved(None) => Some("no address".to_owned()),
            Self::StsMediaType(_) => Some("media type".to_owned()),
            Self::StsEncoding(_) => Some("content encoding".to_owned()),
            Self::StarttlsRefused(code) => Some(code.to_string()),
            Self::HandshakeFailed(fault) => Some(words::handshake(fault)),
            Self::Certificate(fault) => Some(words::certificate(fault)),
            Self::MxUnknown(fault) | Self::AddressUnknown(fault) | Self::DaneUnknown(fault) => {
                self.result_type().map(|_| words::dns(*fault).to_owned())
            }
            Self::DaneTaNotSent => Some("trust anchor not sent".to_owned()),
            Self::DaneTaInvalid(what) => Some(words::clip(what)),
            _ => None,
        }
    }

    /// The rule in a sentence for people, with what it met here.
    pub fn explain(&self) -> String {
        words::explain(self)
    }
}

/// RFC 8460 §4.3.2.2: a certificate of the policy host that cannot be trusted has its own type.
fn fetch_result_type(fault: &FetchFault) -> &'static str {
    /// `unrecognized_name` of RFC 6066 §3: the host has no certificate of that name.
    const UNRECOGNIZED_NAME: u8 = 112;
    match fault {
        FetchFault::Certificate
        | FetchFault::Handshake(HandshakeFault::Alert {
            code: UNRECOGNIZED_NAME,
            ..
        }) => "sts-webpki-invalid",
        FetchFault::TooLarge { .. } => "sts-policy-invalid",
        _ => "sts-policy-fetch-error",
    }
}

/// RFC 8460 §4.3.1.
fn cert_result_type(fault: &CertFault) -> &'static str {
    match fault {
        CertFault::Expired => "certificate-expired",
        CertFault::NameMismatch | CertFault::CnOnly => "certificate-host-mismatch",
        CertFault::SelfSigned | CertFault::Untrusted | CertFault::IncompleteChain => {
            "certificate-not-trusted"
        }
        CertFault::NotYetValid | CertFault::Other(_) => "validation-failure",
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Reason", 5)?;
        object.serialize_field("rule", self.name())?;
        object.serialize_field("rfc", self.rfc())?;
        match self.result_type() {
            Some(result_type) => object.serialize_field("result_type", result_type)?,
            None => object.skip_field("result_type")?,
        }
        match self.failure_reason_code() {
            Some(code) => object.serialize_field("failure_reason_code", &code)?,
            None => object.skip_field("failure_reason_code")?,
        }
        object.serialize_field("explain", &self.explain())?;
        object.end()
    }
}
