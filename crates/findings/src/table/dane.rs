//! DANE for SMTP: `dane.*` (RFC 7672).

family! {
    DaneAbsent {
        name: "dane.absent",
        severity: Info,
        title: "no TLSA",
        message: "no TLSA",
        help: "",
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
        rfc: "RFC 8461 §2",
        result_type: None,
        detected: false,
    }
    DaneDnsFailure {
        name: "dane.dns_failure",
        severity: Error,
        title: "DNS failure on the way to the TLSA answer: DANE senders treat the host as \
            unreachable",
        message: "DNS failure on the way to the TLSA answer: DANE senders treat the host as \
            unreachable",
        help: "",
        explain: "",
        rfc: "RFC 7672 §2.1.2",
        result_type: Some("dnssec-invalid"),
        detected: false,
    }
}
