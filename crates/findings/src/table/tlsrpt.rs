//! The TLSRPT record: `tlsrpt.*` (RFC 8460 §3).

family! {
    TlsrptMissing {
        name: "tlsrpt.missing",
        severity: Warn,
        title: "no TLSRPT record",
        message: "there is no TLSRPT record",
        help: "Publish a TXT record at `_smtp._tls.DOMAIN`: `v=TLSRPTv1; \
            rua=mailto:tls-reports@DOMAIN`[; here: `{suggestion}`].",
        explain: "Without it nobody tells you that senders cannot deliver securely: in enforce \
            mode mail just fails to come. In June 2026 97.1 % of the top 10,000 domains had none.",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: true,
    }
    TlsrptMultiple {
        name: "tlsrpt.multiple",
        severity: Error,
        title: "several TLSRPT records",
        message: "more than one TXT record at this name starts with `v=TLSRPTv1;`[: {count}]",
        help: "Keep one record and list several destinations in its `rua`, separated by commas.",
        explain: "Senders must act as if there were no TLSRPT unless exactly one record remains, \
            so no reports come.",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: true,
    }
    TlsrptSyntax {
        name: "tlsrpt.syntax",
        severity: Error,
        title: "record breaks the grammar",
        message: "the TLSRPT record breaks the grammar at this place[: {detail}]",
        help: "Publish exactly this form: `v=TLSRPTv1; rua=mailto:tls-reports@example.com`.",
        explain: "A malformed record counts as none, so no reports come. Fields are separated by \
            one `;` and the version stands first, in this case.",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: true,
    }
    TlsrptRuaMissing {
        name: "tlsrpt.rua.missing",
        severity: Error,
        title: "no destination",
        message: "the TLSRPT record has no `rua` field",
        help: "Add the destination: `rua=mailto:tls-reports@example.com` or \
            `rua=https://reports.example.com/v1`.",
        explain: "Senders do not know where to send reports, so none come.",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: true,
    }
    TlsrptRuaInvalid {
        name: "tlsrpt.rua.invalid",
        severity: Error,
        title: "bad destination",
        message: "a destination is not a URI[: `{value}`]",
        help: "Write mail addresses with `mailto:` in front and web addresses with `https://`; \
            separate several by one comma.",
        explain: "Each member of `rua` must be a URI, and a malformed one voids the record. A \
            mail address without `mailto:` is the classic.",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: true,
    }
    TlsrptRuaScheme {
        name: "tlsrpt.rua.scheme",
        severity: Error,
        title: "unsupported kind of destination",
        message: "a destination is neither `mailto:` nor `https:`[: `{value}`]",
        help: "Use `mailto:` or `https:`.",
        explain: "Reports are sent by mail or by HTTPS only; senders skip other destinations, \
            plain HTTP included. If none is left, no reports come.",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: true,
    }
    TlsrptRuaMailbox {
        name: "tlsrpt.rua.mailbox",
        severity: Error,
        title: "no mailbox",
        message: "a `mailto:` destination names no mailbox[: `{value}`]",
        help: "Write the whole address: `mailto:tls-reports@example.com`.",
        explain: "There is nowhere to send the report to, so this destination gets none.",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: true,
    }
    TlsrptRuaUnencoded {
        name: "tlsrpt.rua.unencoded",
        severity: Error,
        title: "character not percent-encoded",
        message: "a destination holds a raw `!`, `,` or `;`[: `{value}`]",
        help: "Write `%21` for `!`, `%2C` for `,` and `%3B` for `;` inside a destination.",
        explain: "A raw `,` or `;` cuts the destination in two, and a raw `!` breaks the grammar, \
            so the record is void or reports go astray. The `!10m` size limit known from DMARC \
            does not exist here.",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: true,
    }
    TlsrptRuaExternal {
        name: "tlsrpt.rua.external",
        severity: Info,
        title: "destination outside the domain",
        message: "reports go to another domain[: {name}]",
        help: "",
        explain: "This is legal and common. Unlike with DMARC the other domain has to publish no \
            record that allows it; checkers that ask for one are wrong.",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: true,
    }
    TlsrptRuaMxMissing {
        name: "tlsrpt.rua.mx_missing",
        severity: Error,
        title: "destination cannot receive mail",
        message: "the domain of a report address cannot receive mail[: {name}]",
        help: "Correct the address, or publish an MX record for its domain.",
        explain: "Reports to it bounce, and senders do not tell.",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: true,
    }
    TlsrptRuaHttpsUnreachable {
        name: "tlsrpt.rua.https_unreachable",
        severity: Warn,
        title: "report endpoint not reachable",
        message: "the HTTPS destination of reports cannot be reached[: {detail}]",
        help: "Let the endpoint answer POST requests on port 443 with a valid certificate; give a \
            `mailto:` destination beside it.",
        explain: "Senders may try the other destinations, and drop the report in the end. Some \
            ignore certificate errors here, others do not. This check never posts a report.",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: false,
    }
    TlsrptRuaSamePolicy {
        name: "tlsrpt.rua.same_policy",
        severity: Warn,
        title: "reports behind the broken policy",
        message: "reports go to a mailbox of the domain whose mail delivery is failing",
        help: "Add a destination that does not depend on these MX hosts: an HTTPS endpoint or a \
            mailbox in another domain.",
        explain: "Senders must deliver reports despite TLS failures, but not all of them do. When \
            the MX hosts fail, the news of it may wait in the same queue as the mail.",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: true,
    }
    TlsrptOldName {
        name: "tlsrpt.old_name",
        severity: Error,
        title: "TLSRPT record at the wrong name",
        message: "a TLSRPT record stands at a name where no sender looks[: `{name}`]",
        help: "Move it to `_smtp._tls.DOMAIN`.",
        explain: "Drafts of the standard and some guides used other names, such as \
            `_smtp-tlsrpt.DOMAIN`. Senders look at `_smtp._tls.DOMAIN` only, so no reports come.",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: true,
    }
    TlsrptMxHostMissing {
        name: "tlsrpt.mx_host.missing",
        severity: Info,
        title: "MX host without its own TLSRPT record",
        message: "the MX host has DANE records and no TLSRPT record of its own[: {host}]",
        help: "Publish a TXT record at `_smtp._tls.` and the host's name too, with the same \
            destination.",
        explain: "Reports on DANE name the MX host's domain as policy domain, and some senders \
            look for the destination there. Without it failures of DANE may go unreported.",
        rfc: "RFC 8460 §1.1",
        result_type: None,
        detected: true,
    }
    TlsrptWithoutPolicy {
        name: "tlsrpt.without_policy",
        severity: Info,
        title: "TLSRPT without a policy",
        message: "the domain asks for reports but has neither MTA-STS nor DANE",
        help: "Publish an MTA-STS policy in testing mode, or TLSA records if the zone is signed.",
        explain: "Reports come all the same and show whether TLS works in general, but nothing \
            guards the mail yet.",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: true,
    }
    TlsrptUnrelatedTxt {
        name: "tlsrpt.unrelated_txt",
        severity: Info,
        title: "other TXT data at the same name",
        message: "a TXT record that is no TLSRPT record: `{value}`",
        help: "Senders skip it. Remove it if nothing else needs it; a wildcard TXT record answers here too.",
        explain: "Senders drop TXT records that do not begin with `v=TLSRPTv1;`. Usually a wildcard TXT record, or SPF or a verification token at the wrong name.",
        rfc: "RFC 8460 §3",
        result_type: None,
        detected: true,
    }
}
