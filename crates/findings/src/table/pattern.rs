//! The policy's patterns: `sts.policy.mx.*` (RFC 8461 §3.2).

family! {
    StsPolicyMxMissing {
        name: "sts.policy.mx.missing",
        severity: Error,
        title: "no mx",
        message: "the policy has no usable `mx` line although its mode is not `none`",
        help: "Add one `mx: HOST` line for each MX host of the domain.",
        explain: "A policy that enforces or tests must name at least one host; without it the \
            policy is invalid and new senders deliver as if there were no MTA-STS. Only `mode: \
            none` needs no `mx`, whatever some checkers say.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyMxInvalid {
        name: "sts.policy.mx.invalid",
        severity: Error,
        title: "bad mx value",
        message: "an mx value is neither a host name nor `*.` and a name[: `{value}`]",
        help: "Write one host a line, as the MX record has it but without the final dot: `mx: \
            mail.example.com` or `mx: *.example.com`.",
        explain: "The line names no host, so it is dropped and the others stand; strict senders \
            refuse the whole policy. With no good line left the policy is invalid. Mail \
            addresses, final dots, empty values and lists are the usual forms: 87 of 136 syntax \
            errors (64 %) in a 2025 study.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyMxUlabel {
        name: "sts.policy.mx.ulabel",
        severity: Error,
        title: "name in Unicode",
        message: "an mx value is not in ASCII[: `{value}`]",
        help: "Write the name in its ASCII form[: `{expected}`]; it begins with `xn--`.",
        explain: "Names are compared in the form that DNS uses, and other characters break the \
            grammar. The line is dropped, or the policy refused, depending on the sender.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyMxIpLiteral {
        name: "sts.policy.mx.ip_literal",
        severity: Error,
        title: "address in mx",
        message: "an mx value is an IP address[: `{value}`]",
        help: "Write the name that the MX record points to.",
        explain: "MX records point to names, and certificates are checked against names, so an \
            address can match nothing. The line is dropped; with no good line left the policy is \
            invalid.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
    StsPolicyMxPolicyHost {
        name: "sts.policy.mx.policy_host",
        severity: Error,
        title: "mx names the policy host",
        message: "an mx pattern names the policy host and not a mail host[: `{pattern}`]",
        help: "Write the hosts that the MX records name: `dig MX DOMAIN` shows them.",
        explain: "`mta-sts.DOMAIN` serves the policy over HTTPS and receives no mail. Under \
            enforce mode senders refuse all MX hosts that no other line covers. It is the \
            commonest mistake among near misses: 597 of 730 (81.8 %) in a 2025 study.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
    StsPolicyMxSingleLabel {
        name: "sts.policy.mx.single_label",
        severity: Warn,
        title: "single-label name",
        message: "an mx value is a name of one label[: `{value}`]",
        help: "Write the full name, such as `mx: mail.example.com`.",
        explain: "It matches only an MX record of just this name, which hardly exists in the \
            public DNS. The usual cause is a short host name taken from a configuration.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
    StsPolicyMxDuplicate {
        name: "sts.policy.mx.duplicate",
        severity: Info,
        title: "repeated mx",
        message: "the same mx pattern stands more than once[: `{pattern}`]",
        help: "Remove the repetition.",
        explain: "It does no harm. It hints at a list put together from several sources.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
    StsPolicyMxOverbroad {
        name: "sts.policy.mx.overbroad",
        severity: Warn,
        title: "pattern too broad",
        message: "an mx pattern lets many hosts pose as MX[: `{pattern}`]",
        help: "List the MX hosts by name, or use a wildcard below a name that holds mail hosts \
            only.",
        explain: "Whoever holds a certificate for any host that the pattern covers can take the \
            mail of this domain if DNS is forged. `*.DOMAIN` covers every web host of the domain, \
            and a wildcard below a public suffix covers strangers.",
        rfc: "RFC 8461 §10.4",
        result_type: None,
        detected: true,
    }
}
