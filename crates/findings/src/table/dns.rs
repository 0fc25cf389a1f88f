//! DNS itself and the network we look from: `dns.*`, `net.*`.

family! {
    DnsTimeout {
        name: "dns.timeout",
        severity: Error,
        title: "DNS timeout",
        message: "DNS timeout",
        help: "",
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
        rfc: "",
        result_type: None,
        detected: false,
    }
}
