//! The TLSRPT record: `tlsrpt.*` (RFC 8460 §3).

family! {
    TlsrptMissing {
        name: "tlsrpt.missing",
        severity: Warn,
        title: "no TLSRPT record",
        message: "no TLSRPT record",
        help: "",
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
}
