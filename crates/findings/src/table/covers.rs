//! Patterns against the domain's MX hosts: `sts.mx.*` (RFC 8461 §4.1).

family! {
    StsMxNoneMatch {
        name: "sts.mx.none_match",
        severity: Crit,
        title: "no MX host is covered",
        message: "no mx pattern of the policy matches any MX host of the domain",
        help: "Add an `mx:` line for each MX host and change the id[; here: `{suggestion}`].",
        explain: "In enforce mode senders that obey MTA-STS cannot deliver at all: mail waits in \
            their queues and is bounced after days. Under testing it is only reported. In a 2025 \
            study 406 domains enforced a policy with such a mismatch. The usual cause is a move \
            to another mail provider with the old policy left in place.",
        rfc: "RFC 8461 §4.1",
        result_type: Some("validation-failure"),
        detected: true,
    }
    StsMxUnmatched {
        name: "sts.mx.unmatched",
        severity: Error,
        title: "MX host not covered",
        message: "the policy does not cover this MX host[: {host}]",
        help: "Add an `mx:` line for it to the policy and change the id, or remove the MX record \
            if the host is not yours[: `{suggestion}`].",
        explain: "Senders that obey an enforce policy skip this host as though it were down. \
            Nothing is lost while another MX host passes, but the day that one fails mail waits. \
            Names are compared with the MX record's target, never with what a CNAME leads to.",
        rfc: "RFC 8461 §4.1",
        result_type: Some("validation-failure"),
        detected: true,
    }
    StsMxMismatchDomain {
        name: "sts.mx.mismatch.domain",
        severity: Error,
        title: "mismatch: another domain",
        message: "a pattern names another domain than the MX host does[: `{pattern}` and {host}]",
        help: "Replace the pattern by the MX host's name and change the id[: `{suggestion}`].",
        explain: "The policy speaks of hosts that the domain does not use for mail. The usual \
            cause is a change of provider that updated the MX records and not the policy: 1,023 \
            domains in a 2025 study, 644 of them with the names of former hosts.",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: true,
    }
    StsMxMismatchTld {
        name: "sts.mx.mismatch.tld",
        severity: Error,
        title: "mismatch: another top-level domain",
        message: "a pattern and the MX host differ only in their public suffix[: `{pattern}` and \
            {host}]",
        help: "Correct the ending of the name and change the id[: `{suggestion}`].",
        explain: "It matches nothing, and whoever owns the other name would be an allowed host. \
            The usual cause is a policy copied from a sister domain.",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: true,
    }
    StsMxMismatch3ld {
        name: "sts.mx.mismatch.3ld",
        severity: Error,
        title: "mismatch: other labels below the same domain",
        message: "a pattern lies in the MX host's domain but names another host[: `{pattern}` and \
            {host}]",
        help: "Write the MX host's full name and change the id[: `{suggestion}`].",
        explain: "The domain is right and the labels in front are not; typical are the domain \
            itself in place of the host, `mta-sts` in place of the mail host, and a missing \
            wildcard. A 2025 study found 730 such domains.",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: true,
    }
    StsMxMismatchTypo {
        name: "sts.mx.mismatch.typo",
        severity: Error,
        title: "mismatch: slip of the pen",
        message: "a pattern differs from the MX host in a few letters[: `{pattern}` and {host}]",
        help: "Correct the pattern and change the id[: `{suggestion}`].",
        explain: "It matches nothing: names are compared letter by letter, only case is ignored. \
            A 2025 study found 63 such domains.",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: true,
    }
    StsMxMismatchStale {
        name: "sts.mx.mismatch.stale",
        severity: Error,
        title: "mismatch: former MX host",
        message: "a pattern names an MX host that the domain no longer uses[: `{pattern}`]",
        help: "Replace it by the present MX hosts and change the id. At the next move, add the \
            new hosts to the policy before the MX records change.",
        explain: "The mail moved and the policy stayed. It is the commonest reason for a pattern \
            in another domain: 644 of 1,023 (63 %) in a 2025 study.",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: false,
    }
    StsMxWildcardDepth {
        name: "sts.mx.wildcard_depth",
        severity: Error,
        title: "wildcard too shallow",
        message: "the wildcard would have to stand for more than one label[: `{pattern}` and \
            {host}]",
        help: "Write the wildcard one level deeper or name the host, and change the id[: \
            `{suggestion}`].",
        explain: "`*` stands for exactly one label: `*.example.com` covers `a.example.com`, and \
            neither `a.b.example.com` nor `example.com`. Where no other line covers the host, \
            senders refuse it in enforce mode.",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: true,
    }
    StsMxProviderPattern {
        name: "sts.mx.provider_pattern",
        severity: Warn,
        title: "provider's patterns incomplete",
        message: "the policy lacks a pattern that the mail provider asks for[: `{suggestion}`]",
        help: "Add the missing pattern beside the present ones and change the id.",
        explain: "Providers use several domains for their MX hosts and move customers between \
            them, for example from `*.mail.protection.outlook.com` to `*.mx.microsoft`. The \
            policy works until the MX record changes, and then stops mail.",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: false,
    }
    StsMxUnusedPattern {
        name: "sts.mx.unused_pattern",
        severity: Info,
        title: "unused pattern",
        message: "a pattern matches no MX host of the domain[: `{pattern}`]",
        help: "Remove it, unless it names a host in reserve or one that is about to be used.",
        explain: "It does no harm to delivery. Each further host that is allowed is one more that \
            may receive the mail if DNS is forged.",
        rfc: "RFC 8461 §4.1",
        result_type: None,
        detected: true,
    }
    StsMxNoMx {
        name: "sts.mx.no_mx",
        severity: Info,
        title: "no MX record",
        message: "the domain has no MX record, so its own address receives mail",
        help: "Publish an MX record, or name the domain itself in an `mx:` line.",
        explain: "Senders use the domain's own A or AAAA record then, and the name that must \
            match the policy and the certificate is the domain itself. That is legal and easily \
            broken by a web host behind the same name.",
        rfc: "RFC 5321 §5.1",
        result_type: None,
        detected: true,
    }
    StsMxNullMx {
        name: "sts.mx.null_mx",
        severity: Warn,
        title: "domain without mail",
        message: "the domain says that it accepts no mail, and has MTA-STS all the same",
        help: "Remove the MTA-STS record and policy, in the orderly way, or correct the MX record.",
        explain: "A null MX (`0 .`) means that the domain never receives mail, so no policy is \
            ever applied. One of the two is a mistake.",
        rfc: "RFC 7505 §3",
        result_type: None,
        detected: true,
    }
    StsMxAlias {
        name: "sts.mx.alias",
        severity: Warn,
        title: "MX points to an alias",
        message: "the MX record points to a CNAME[: {host} leads to {value}]",
        help: "Let the MX record name the host that has the address records, and put this name \
            into policy and certificate.",
        explain: "MX targets must not be aliases. Senders mostly deliver, but they match policy \
            and certificate against the name in the MX record and not against the CNAME's target; \
            a certificate for the target alone fails.",
        rfc: "RFC 2181 §10.3, RFC 8461 §4.1",
        result_type: None,
        detected: true,
    }
}
