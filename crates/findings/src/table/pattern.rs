//! The policy's patterns: `sts.policy.mx.*` (RFC 8461 §3.2).

family! {
    StsPolicyMxMissing {
        name: "sts.policy.mx.missing",
        severity: Error,
        title: "no mx although mode is not none",
        message: "no mx although mode is not none",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyMxInvalid {
        name: "sts.policy.mx.invalid",
        severity: Error,
        title: "mx value not a name or *.name",
        message: "mx value not a name or *.name",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyMxUlabel {
        name: "sts.policy.mx.ulabel",
        severity: Error,
        title: "U-label in mx",
        message: "U-label in mx",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsPolicyMxIpLiteral {
        name: "sts.policy.mx.ip_literal",
        severity: Error,
        title: "IP address in mx",
        message: "IP address in mx",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsPolicyMxPolicyHost {
        name: "sts.policy.mx.policy_host",
        severity: Error,
        title: "mx pattern names the mta-sts host",
        message: "mx pattern names the mta-sts host",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsPolicyMxSingleLabel {
        name: "sts.policy.mx.single_label",
        severity: Warn,
        title: "single-label name",
        message: "single-label name",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsPolicyMxDuplicate {
        name: "sts.policy.mx.duplicate",
        severity: Info,
        title: "same mx twice",
        message: "same mx twice",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsPolicyMxOverbroad {
        name: "sts.policy.mx.overbroad",
        severity: Warn,
        title: "*.own-domain, *.tld or public-suffix wildcard",
        message: "*.own-domain, *.tld or public-suffix wildcard",
        help: "",
        explain: "",
        rfc: "RFC 8461 §10.4",
        result_type: None,
        detected: false,
    }
}
