use super::Reason;
use crate::facts::{CertFault, DnsFault, FetchFault, HandshakeFault};

/// The sentence of a reason.
pub(super) fn explain(reason: &Reason) -> String {
    match reason {
        Reason::StsHostUnresolved(Some(fault)) => {
            format!("the policy host's addresses are not known: {}", dns(*fault))
        }
        Reason::MxUnknown(fault) => {
            format!("DNS gives no answer for MX: {}", dns(*fault))
        }
        Reason::StsRecordUnknown(fault) => format!(
            "DNS gives no answer for the MTA-STS record: {}; that is neither a record nor its absence",
            dns(*fault)
        ),
        Reason::StsFetchFailed(fault) => format!("the policy cannot be fetched: {}", fetch(fault)),
        Reason::StsMediaType(Some(sent)) => {
            format!(
                "the policy's media type is `{}`, not `text/plain`",
                clip(sent)
            )
        }
        Reason::StsEncoding(sent) => {
            format!(
                "the policy comes encoded as `{}`, which nobody asked for",
                clip(sent)
            )
        }
        Reason::OldTls(version) => old_tls(version),
        Reason::StsFetched(mode) => format!("a policy of mode {} was fetched", mode.as_str()),
        Reason::StsCached { mode, until } => {
            format!(
                "the policy of mode {} that was fetched before holds until {until}",
                mode.as_str()
            )
        }
        Reason::StsExpired { at } => {
            format!("the policy that was fetched before ended at {at} and is not used")
        }
        Reason::StsUncovered(host) => format!("no mx pattern of the policy covers `{host}`"),
        Reason::DaneRecords(base) => format!(
            "TLSA records at `_25._tcp.{base}` are secure and usable: TLS with a matching \
             certificate is required"
        ),
        Reason::DaneUnusable(base) => format!(
            "TLSA records at `_25._tcp.{base}` are secure, none is usable: TLS is required, the \
             certificate cannot be checked"
        ),
        Reason::DaneUnknown(fault) => format!(
            "whether TLSA records exist cannot be learned: {}; the host counts as unreachable",
            dns(*fault)
        ),
        Reason::AddressUnknown(fault) => {
            format!(
                "DNS gives no answer for the host's addresses: {}",
                dns(*fault)
            )
        }
        Reason::Unreachable(what) => format!("no SMTP session as far as STARTTLS: {}", clip(what)),
        Reason::StarttlsRefused(code) => {
            format!("the host announces STARTTLS and refuses it ({code})")
        }
        Reason::HandshakeFailed(fault) => format!("the TLS handshake fails: {}", handshake(fault)),
        Reason::Certificate(fault) => {
            format!("the host's certificate fails: {}", certificate(fault))
        }
        Reason::DaneTaInvalid(what) => {
            format!(
                "the chain below the TLSA record's trust anchor does not hold: {}",
                clip(what)
            )
        }
        other => plain(other).to_owned(),
    }
}

fn old_tls(version: &str) -> String {
    let version = clip(version);
    format!(
        "the host speaks nothing newer than {version}: senders that demand TLS 1.2 get no TLS, \
         others may"
    )
}

/// The sentences that name no value.
fn plain(reason: &Reason) -> &'static str {
    match reason {
        Reason::NullMx => "the domain takes no mail: its MX is `0 .`",
        Reason::NoSuchDomain => "the domain does not exist",
        Reason::MxNotAsked => "MX was not looked up",
        Reason::MxUnusable => "no MX record names a host",
        Reason::ImplicitMx => "there is no MX record: the domain is its own mail host",
        Reason::StsOff => "the sender does not look at MTA-STS",
        Reason::StsNoRecord => "there is no MTA-STS record",
        Reason::StsRecordNone => {
            "no single MTA-STS record stands in the TXT set: it counts as none"
        }
        Reason::StsRecordInvalid => "the MTA-STS record is malformed: it counts as none",
        Reason::StsRecordNotAsked => "the MTA-STS record was not looked up",
        Reason::StsHostUnresolved(_) => "the policy host has no address",
        Reason::StsNotFetched => "the policy was not fetched",
        Reason::StsMediaType(_) => {
            "the policy comes without a media type; it has to be `text/plain`"
        }
        Reason::StsPolicyInvalid => "the policy is malformed",
        Reason::StsStrict => "the sender takes mode testing as enforce",
        Reason::StsCovered => "the policy covers the host",
        Reason::DaneOff => "the sender does not look at DANE",
        Reason::DaneNotApplicable => "DANE does not apply: no secure TLSA records",
        Reason::DaneMxInsecure => {
            "the MX records are not signed: DANE protects the connection, not the choice of the host"
        }
        Reason::DaneMxUnproven => {
            "the resolver does not prove whether the MX records are signed, so that DANE cannot \
             vouch for the host"
        }
        Reason::DaneDecides => "DANE applies to the host and decides; MTA-STS cannot overrule it",
        Reason::NoAddress => "the host has no address",
        Reason::FloorEncrypt => "the sender demands encryption of every host",
        Reason::Opportunistic => {
            "nothing is required: TLS where the host offers it, clear otherwise"
        }
        Reason::StarttlsMissing => "the host does not announce STARTTLS",
        Reason::OldCiphers => {
            "the host speaks TLS 1.2 with old cipher suites only: strict senders get no TLS, others do"
        }
        Reason::CertificateValid => "the certificate is valid for the host and trusted",
        Reason::DaneMatch => "the certificate matches a TLSA record",
        Reason::DaneNoMatch => "the certificate matches no TLSA record",
        Reason::DaneTaNotSent => {
            "the host does not send the trust anchor's certificate that its TLSA record names"
        }
        Reason::DaneNotCompared => "the certificate was not compared with the TLSA records",
        _ => "",
    }
}

/// A DNS fault in words.
pub(super) fn dns(fault: DnsFault) -> &'static str {
    match fault {
        DnsFault::Timeout => "no answer in time",
        DnsFault::Unreachable => "no way to the server",
        DnsFault::ServFail => "SERVFAIL",
        DnsFault::Refused => "REFUSED",
        DnsFault::Bogus => "DNSSEC validation failed",
        DnsFault::Malformed => "an answer that cannot be read",
        DnsFault::Loop => "a CNAME loop, or a chain too long",
        DnsFault::Other => "no usable answer",
        DnsFault::NotValidating => "the resolver does not validate DNSSEC",
    }
}

/// A fetch fault in words.
pub(super) fn fetch(fault: &FetchFault) -> String {
    match fault {
        FetchFault::Reserved => "address of special use".to_owned(),
        FetchFault::Refused => "connection refused".to_owned(),
        FetchFault::ConnectTimeout => "connection timeout".to_owned(),
        FetchFault::Unreachable(what) => format!("unreachable: {}", clip(what)),
        FetchFault::NotTls => "no TLS".to_owned(),
        FetchFault::Handshake(fault) => format!("handshake: {}", handshake(fault)),
        FetchFault::Certificate => "the policy host's certificate fails".to_owned(),
        FetchFault::Status { code, .. } => format!("status {code}"),
        FetchFault::TooLarge { limit } => format!("more than {limit} bytes"),
        FetchFault::Timeout(step) => format!("timeout: {}", clip(step)),
        FetchFault::Truncated => "body cut short".to_owned(),
        FetchFault::Protocol(what) => format!("no HTTP: {}", clip(what)),
    }
}

/// A handshake fault in words.
pub(super) fn handshake(fault: &HandshakeFault) -> String {
    match fault {
        HandshakeFault::Alert { name, .. } => format!("alert {}", clip(name)),
        HandshakeFault::NotTls => "the peer does not speak TLS".to_owned(),
        HandshakeFault::Closed => "connection closed".to_owned(),
        HandshakeFault::Timeout => "timeout".to_owned(),
        HandshakeFault::Buffered => "data in clear behind STARTTLS".to_owned(),
        HandshakeFault::Other(what) => clip(what),
    }
}

/// A certificate fault in words.
pub(super) fn certificate(fault: &CertFault) -> String {
    match fault {
        CertFault::Expired => "expired".to_owned(),
        CertFault::NotYetValid => "not valid yet".to_owned(),
        CertFault::NameMismatch => "not for the host's name".to_owned(),
        CertFault::CnOnly => "the host's name in the CN only".to_owned(),
        CertFault::SelfSigned => "self-signed".to_owned(),
        CertFault::Untrusted => "no path to a trusted root".to_owned(),
        CertFault::IncompleteChain => "issuer not sent".to_owned(),
        CertFault::Other(what) => clip(what),
    }
}

/// Words that came from the network: no control characters, at most 200 characters.
pub(super) fn clip(words: &str) -> String {
    words
        .chars()
        .take(200)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}
