//! DANE for SMTP: `dane.*` (RFC 7672).

family! {
    DaneAbsent {
        name: "dane.absent",
        severity: Info,
        title: "no DANE",
        message: "the MX host has no TLSA record[: {host}]",
        help: "If its zone is signed with DNSSEC, publish `_25._tcp.HOST TLSA 3 1 1` with the \
            SHA-256 digest of the server's public key[: `{suggestion}`].",
        explain: "DANE needs no first contact and no web server, and more senders honour it than \
            MTA-STS: 29.8 % against 19.6 % of 2,394 sender domains tested in 2025. It needs \
            DNSSEC for the domain and for the MX host.",
        rfc: "RFC 7672 §2.2",
        result_type: None,
        detected: true,
    }
    DaneMxInsecure {
        name: "dane.mx_insecure",
        severity: Warn,
        title: "MX records not signed",
        message: "TLSA records exist, but the domain's MX records are not signed",
        help: "Sign the domain's zone with DNSSEC and give the DS record to the registrar.",
        explain: "Whoever can forge the MX records leads mail to another host, so DANE guards \
            little: senders may use it, without any promise. A study of 2020 found that 35 to 36 \
            % of TLSA records cannot be validated for want of DNSSEC.",
        rfc: "RFC 7672 §2.2.1",
        result_type: None,
        detected: true,
    }
    DaneAddrInsecure {
        name: "dane.addr_insecure",
        severity: Warn,
        title: "addresses not signed",
        message: "TLSA records exist, but the MX host's address records are not signed",
        help: "Sign the zone that holds the MX host's addresses and give its DS record to the \
            parent.",
        explain: "Senders do not even ask for TLSA records where the addresses are insecure, so \
            DANE is not in force.",
        rfc: "RFC 7672 §2.2.2",
        result_type: None,
        detected: true,
    }
    DaneBogus {
        name: "dane.bogus",
        severity: Crit,
        title: "DNSSEC is broken",
        message: "DNSSEC validation fails on the way to the MX host[: `{name}`][: {detail}]",
        help: "Sign the zone again and make the DS record match a key in use; if the zone is no \
            longer signed, remove the DS record at the registrar.",
        explain: "Validating resolvers give no answer at all, so DANE senders treat the host as \
            unreachable and other senders behind such resolvers cannot deliver either. Mail waits \
            and is bounced after days.",
        rfc: "RFC 7672 §2.1.1",
        result_type: Some("dnssec-invalid"),
        detected: true,
    }
    DaneDsMissing {
        name: "dane.ds_missing",
        severity: Warn,
        title: "no DS record",
        message: "the zone is signed but its parent has no DS record[: `{name}`]",
        help: "Give the DS record of the key signing key to the registrar of the zone.",
        explain: "The signatures count for nothing, so TLSA records in the zone are ignored. In a \
            study of 2022 missing DS records were 99 % of the validation problems.",
        rfc: "RFC 7672 §2.1.1",
        result_type: None,
        detected: true,
    }
    DaneMismatch {
        name: "dane.mismatch",
        severity: Crit,
        title: "certificate matches no TLSA record",
        message: "the MX host's certificate matches none of its TLSA records",
        help: "Publish the record of the present certificate now[: `{suggestion}`], and take away \
            the old one when the TTL has passed.",
        explain: "Senders that do DANE do not deliver to this host, and MTA-STS must not override \
            it. The usual cause is a renewed certificate with a new key while the record stayed: \
            of the mismatches found in 2022, 70 % matched an older certificate.",
        rfc: "RFC 7672 §3.1",
        result_type: Some("tlsa-invalid"),
        detected: true,
    }
    DaneUnusable {
        name: "dane.unusable",
        severity: Warn,
        title: "no usable TLSA record",
        message: "none of the MX host's TLSA records can be used",
        help: "Publish a record of usage 3, selector 1 and matching type 1 (`3 1 1`) with the \
            SHA-256 digest of the server's public key.",
        explain: "Senders then ask for TLS without checking who is at the other end. Usages 0 and \
            1, unknown numbers and digests of the wrong length make a record unusable.",
        rfc: "RFC 7672 §2.2",
        result_type: None,
        detected: true,
    }
    DaneUsagePkix {
        name: "dane.usage_pkix",
        severity: Warn,
        title: "TLSA usage 0 or 1",
        message: "a TLSA record has usage 0 or 1, which mail does not use[: `{value}`]",
        help: "Replace it by a `3 1 1` record, or `2 1 1` for a certificate authority of your own \
            choice.",
        explain: "Senders may treat such records as unusable, so the host is not authenticated. \
            Guides written for the web recommend them.",
        rfc: "RFC 7672 §3.1.3",
        result_type: None,
        detected: true,
    }
    DaneTaNotSent {
        name: "dane.ta_not_sent",
        severity: Crit,
        title: "trust anchor not sent",
        message: "a TLSA record names a certificate authority whose certificate the MX host does \
            not send",
        help: "Add the certificate authority's certificate to the chain that the mail server \
            sends, even if it is a root, or publish a `3 1 1` record.",
        explain: "With usage 2 the sender finds the trust anchor only in the server's chain. \
            Without it no record matches, and senders that do DANE do not deliver.",
        rfc: "RFC 7672 §3.1.2",
        result_type: Some("tlsa-invalid"),
        detected: true,
    }
    DaneRollover {
        name: "dane.rollover",
        severity: Warn,
        title: "no successor published",
        message: "the MX host has a single TLSA record, so its next key is not yet known",
        help: "Publish the record of the next key beside the present one, wait for the TTL, then \
            install the new certificate; or keep the key at renewal.",
        explain: "A certificate that goes live before its record is known to all resolvers makes \
            senders that do DANE refuse the host. Of the servers watched in a study of 2022, 87 \
            to 92 % changed keys wrongly at least once.",
        rfc: "RFC 7672 §8",
        result_type: None,
        detected: true,
    }
    DaneTlsaServfail {
        name: "dane.tlsa_servfail",
        severity: Crit,
        title: "TLSA query fails",
        message: "the query for the MX host's TLSA records fails[: {detail}]",
        help: "Let the zone's name servers answer for `_25._tcp.HOST`, with a signed denial where \
            there is no record; update servers and firewalls that drop unknown types.",
        explain: "A failure is not the answer \"there is none\": senders that do DANE treat the \
            host as unreachable and mail waits. Typical are name servers and load balancers that \
            do not know the type or the name.",
        rfc: "RFC 7672 §2.1.2",
        result_type: None,
        detected: true,
    }
    DaneStsConflict {
        name: "dane.sts_conflict",
        severity: Error,
        title: "DANE and MTA-STS disagree",
        message: "DANE and MTA-STS come to different results for the MX host[: {host}][: {detail}]",
        help: "Mend the one that fails: the TLSA records if DANE fails, the policy or the \
            certificate if MTA-STS does.",
        explain: "Where DANE applies its failure must not be overridden by MTA-STS, so part of \
            the senders refuses while another part delivers; under testing those that MTA-STS \
            would turn away still deliver. In a 2025 test 62 of 2,394 sender domains (2.6 %) put \
            MTA-STS first all the same.",
        rfc: "RFC 8461 §2",
        result_type: None,
        detected: true,
    }
    DaneDnsFailure {
        name: "dane.dns_failure",
        severity: Error,
        title: "DNS failure before DANE",
        message: "DNS fails on the way to the TLSA answer[: {detail}]",
        help: "Check the name servers and the signatures of the zones of the domain, of the MX \
            host and of every alias between.",
        explain: "At each step, from MX record to address to TLSA record, a failure makes senders \
            that do DANE treat the host as unreachable; they may not go on as if there were no \
            DANE.",
        rfc: "RFC 7672 §2.1.2",
        result_type: Some("dnssec-invalid"),
        detected: true,
    }
}
