//! DNS itself and the network we look from: `dns.*`, `net.*`.

family! {
    DnsTimeout {
        name: "dns.timeout",
        severity: Error,
        title: "DNS timeout",
        message: "no answer from DNS within the time limit[ for `{name}`]",
        help: "Check that every name server of the zone answers over UDP and TCP port 53, and ask \
            again; if all other domains time out too, the fault is in the resolver used here.",
        explain: "A timeout is not the answer \"there is no record\": nothing is known. A sender \
            that holds a cached policy goes on applying it; one that meets the domain for the \
            first time delivers without MTA-STS. Usual causes are a dead name server, a firewall \
            that drops TCP or fragments, and a resolver without a way out.",
        rfc: "RFC 8461 §3.1",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
    DnsServfail {
        name: "dns.servfail",
        severity: Error,
        title: "DNS server failure",
        message: "DNS answered SERVFAIL[ for `{name}`]",
        help: "Query each authoritative server directly and mend the one that fails; where the \
            zone is signed, check its signatures and its DS records too, since validating \
            resolvers answer SERVFAIL for broken DNSSEC.",
        explain: "SERVFAIL means that the resolver could not get an answer, not that nothing is \
            published. Senders keep a cached policy and treat a first contact as a domain without \
            MTA-STS. Usual causes are a lame delegation, a zone that failed to load and expired \
            DNSSEC signatures.",
        rfc: "RFC 8461 §3.1",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
    DnsRefused {
        name: "dns.refused",
        severity: Error,
        title: "DNS query refused",
        message: "DNS answered REFUSED[ for `{name}`]",
        help: "Load the zone on every server that the delegation names, or take the server that \
            does not serve it out of the delegation; if every domain is refused, allow this \
            client at the resolver used here.",
        explain: "A server that refuses does not say whether a record exists, so senders treat it \
            as a failure and not as absence: a cached policy stays in force, a first contact goes \
            without MTA-STS. The usual cause is a name server that is listed in the delegation \
            but no longer has the zone.",
        rfc: "RFC 8461 §3.1",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
    DnsBogus {
        name: "dns.bogus",
        severity: Error,
        title: "DNSSEC validation failed",
        message: "the answer is signed but fails DNSSEC validation[ for `{name}`][: {detail}]",
        help: "Sign the zone again and make the DS record at the parent match a key in use; if \
            the zone is no longer signed, remove the DS record at the registrar.",
        explain: "Validating resolvers answer SERVFAIL for such a name, so their users can \
            neither find the MTA-STS record nor, usually, deliver mail at all. The usual causes \
            are expired signatures and a DS record left behind after a move to another DNS \
            provider.",
        rfc: "RFC 8461 §3.1, RFC 4035 §5.5",
        result_type: Some("dnssec-invalid"),
        detected: true,
    }
    NetReservedAddress {
        name: "net.reserved_address",
        severity: Error,
        title: "reserved address",
        message: "the host resolves to an address that is not reachable from the internet[: \
            {address}]",
        help: "Publish only public addresses for this name; if you test inside a private network, \
            run again with `--allow-reserved`.",
        explain: "Loopback, private, link-local and documentation addresses lead nowhere, or to \
            the wrong machine, for senders elsewhere. This program does not connect to them \
            unless told to, so that nobody can make it probe an inner network. The usual cause is \
            an inner view of DNS that leaked out.",
        rfc: "RFC 6890",
        result_type: None,
        detected: true,
    }
    NetPort25Blocked {
        name: "net.port25_blocked",
        severity: Info,
        title: "port 25 is blocked here",
        message: "no MX address can be reached on port 25 from this place, so nothing was learned \
            about the MX hosts",
        help: "Run the check from a machine that may send mail; most cloud and home networks \
            block outgoing port 25 until asked.",
        explain: "Said when no MX address of the domain could be connected to at all: a closed port \
            or a host that is down answers differently or fails alone, so the fault is more likely \
            in the network of the checker than in the domain. Findings about connecting to the MX \
            hosts say nothing in this case.",
        rfc: "",
        result_type: None,
        detected: true,
    }
    DnsInconsistentNs {
        name: "dns.inconsistent_ns",
        severity: Warn,
        title: "name servers disagree",
        message: "the authoritative servers give different answers[ for `{name}`][: {detail}]",
        help: "Bring the zone's serial number up everywhere: check zone transfers and \
            notifications, and that every DNS provider in use gets the change.",
        explain: "Which record a sender sees depends on the server that its resolver happens to \
            ask. While servers show different ids, senders fetch the policy again and again or \
            miss an update. The usual causes are a secondary that no longer transfers the zone \
            and two DNS providers of which only one was changed.",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: true,
    }
}
