//! Patterns against the domain's MX hosts: `sts.mx.*` (RFC 8461 §4.1).

family! {
    StsMxNoneMatch {
        name: "sts.mx.none_match",
        severity: Crit,
        title: "enforce policy matches none of the domain's MX hosts: undeliverable",
        message: "enforce policy matches none of the domain's MX hosts: undeliverable",
        help: "",
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: false,
    }
    StsMxProviderPattern {
        name: "sts.mx.provider_pattern",
        severity: Warn,
        title: "known provider: pattern set incomplete (e.g. mx.microsoft next to \
            *.mail.protection.outlook.com)",
        message: "known provider: pattern set incomplete (e.g. mx.microsoft next to \
            *.mail.protection.outlook.com)",
        help: "",
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
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
        explain: "",
        rfc: "RFC 2181 §10.3",
        result_type: None,
        detected: false,
    }
}
