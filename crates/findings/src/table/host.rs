//! The policy host's address, port and certificate: `sts.host.*`, `sts.tcp.*`, `sts.tls.*` (RFC
//! 8461 §3.3).

family! {
    StsHostNxdomain {
        name: "sts.host.nxdomain",
        severity: Error,
        title: "policy host does not resolve",
        message: "policy host does not resolve",
        help: "",
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
}
