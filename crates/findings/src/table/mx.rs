//! The MX hosts themselves: `mx.*` (RFC 8461 §4).

family! {
    MxDnsUnresolvable {
        name: "mx.dns.unresolvable",
        severity: Error,
        title: "MX host has no address",
        message: "MX host has no address",
        help: "",
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
        rfc: "RFC 8461 §7.1",
        result_type: None,
        detected: false,
    }
    MxTlsOldCiphers {
        name: "mx.tls.old_ciphers",
        severity: Warn,
        title: "the host speaks TLS 1.2 but only CBC or RSA key exchange: MTAs with older \
            libraries deliver, strict ones may not",
        message: "the host speaks TLS 1.2 but only CBC or RSA key exchange: MTAs with older \
            libraries deliver, strict ones may not",
        help: "",
        explain: "",
        rfc: "RFC 9325",
        result_type: None,
        detected: false,
    }
}
