//! The policy host's address, port and certificate: `sts.host.*`, `sts.tcp.*`, `sts.tls.*` (RFC
//! 8461 §3.3).

family! {
    StsHostNxdomain {
        name: "sts.host.nxdomain",
        severity: Error,
        title: "policy host does not exist",
        message: "the name of the policy host does not exist in DNS",
        help: "Publish an A or AAAA record for `mta-sts.DOMAIN` (or a CNAME to the provider that \
            serves the policy).",
        explain: "The record says that there is a policy, and nobody can fetch it: new senders \
            deliver as if there were no MTA-STS, and senders with a cached policy run on it until \
            it expires. In a 2025 study this hit 42 self-managed domains and none of a third \
            party. If MTA-STS is to be switched off, publish `mode: none` first instead of \
            removing the host.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
    StsHostServfail {
        name: "sts.host.servfail",
        severity: Error,
        title: "policy host lookup fails",
        message: "the address look-up of the policy host fails in DNS",
        help: "Check the name servers and the DNSSEC signatures of the zone that holds \
            `mta-sts.DOMAIN`, and of every zone that its CNAMEs lead through.",
        explain: "Senders cannot fetch the policy while it lasts: a cached one stays in force, a \
            first contact goes without MTA-STS. Being temporary, the failure is easily missed, \
            and policies expire silently in the meantime.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
    StsHostNoAddress {
        name: "sts.host.no_address",
        severity: Error,
        title: "policy host has no address",
        message: "the policy host exists but has neither an A nor an AAAA record",
        help: "Publish an A or AAAA record for `mta-sts.DOMAIN`, or a CNAME to a name that has \
            one.",
        explain: "Nobody can fetch the policy, so new senders deliver as if there were no \
            MTA-STS. The usual cause is that only a TXT record was published at this name, or \
            that a web site was taken down.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
    StsHostCnameDangling {
        name: "sts.host.cname_dangling",
        severity: Error,
        title: "dangling CNAME",
        message: "the policy host is a CNAME to a name that does not exist[: `{name}`]",
        help: "Point the CNAME at a living provider, or serve the policy yourself. To end \
            MTA-STS, serve `mode: none` under a new id for as long as the longest `max_age` ever \
            published.",
        explain: "Nobody can fetch the policy, and whoever can register the missing name could \
            serve another one. Of eight providers looked at in a 2025 study three leave customers \
            in this state after they opt out.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
    StsHostV6Broken {
        name: "sts.host.v6_broken",
        severity: Warn,
        title: "policy not reachable over IPv6",
        message: "the policy host has an IPv6 address but the policy cannot be fetched over it[: \
            {address}]",
        help: "Let the web server listen on IPv6 with the same certificate and file, or remove \
            the AAAA record.",
        explain: "Senders that prefer IPv6 and do not fall back get no policy, or get it late. It \
            goes unnoticed since browsers and most monitors fall back to IPv4.",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: true,
    }
    StsHostAddressInconsistent {
        name: "sts.host.address_inconsistent",
        severity: Warn,
        title: "addresses serve different policies",
        message: "the addresses of the policy host serve different policies",
        help: "Bring the same file to every server behind the name, or remove the address that \
            serves the old one.",
        explain: "Which policy a sender gets, and keeps for `max_age`, is left to chance. If the \
            MX hosts changed, some senders refuse delivery while others do not. The usual cause \
            is a server behind a load balancer, or an old host, that missed the update.",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: true,
    }
    StsTcpRefused {
        name: "sts.tcp.refused",
        severity: Error,
        title: "port 443 closed",
        message: "the policy host refuses connections on port 443[: {address}]",
        help: "Run a web server on port 443 of this address with a certificate for \
            `mta-sts.DOMAIN`, and open the firewall.",
        explain: "The policy is fetched over HTTPS on port 443 and nowhere else. New senders \
            deliver as if there were no MTA-STS; cached policies run out. In a 2025 study TCP \
            errors hit 193 self-managed domains (0.7 %) and 34 of third parties (0.1 %).",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
    StsTcpTimeout {
        name: "sts.tcp.timeout",
        severity: Error,
        title: "port 443 does not answer",
        message: "the policy host does not answer on port 443[: {address}]",
        help: "Open port 443 in the firewall for the whole internet, and check that the address \
            is the right one.",
        explain: "Senders give up after their time limit and deliver as if there were no MTA-STS, \
            or on a cached policy. Filters that admit only some countries or networks show this \
            to part of the senders.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
    StsTlsNameMismatch {
        name: "sts.tls.name_mismatch",
        severity: Error,
        title: "certificate for another name",
        message: "the policy host's certificate does not name it[; it names {value}]",
        help: "Get a certificate with the DNS name `mta-sts.DOMAIN` and let the server present it \
            for this name.",
        explain: "Senders must not take a policy from a host that cannot prove its name, so the \
            domain has no MTA-STS for new senders. Even where a provider serves the policy, the \
            certificate must name the customer's host, not the provider's. It is the commonest \
            fault of self-managed hosts: 8,385 of their 8,871 TLS failures (94.5 %) in a 2025 \
            study.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: true,
    }
    StsTlsUnrecognizedName {
        name: "sts.tls.unrecognized_name",
        severity: Error,
        title: "no certificate for this name",
        message: "the server breaks off the handshake since it has no certificate for the policy \
            host[: {detail}]",
        help: "Add `mta-sts.DOMAIN` to the server or register the domain with the provider that \
            serves it, so that a certificate is issued.",
        explain: "The server answers for others but not for this name. The usual cause is a \
            delegated policy host whose provider does not know the domain, or no longer knows it: \
            463 of 1,113 TLS failures at third parties in a 2025 study, 354 of them at one \
            provider.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: true,
    }
    StsTlsParked {
        name: "sts.tls.parked",
        severity: Error,
        title: "parking page",
        message: "the policy host is a parking page of a registrar",
        help: "Point `mta-sts.DOMAIN` at a server that serves the policy, or remove the MTA-STS \
            record.",
        explain: "Somebody else's machine answers for the policy host, with a certificate for \
            another name, so there is no policy. The usual cause is a DNS wildcard that the \
            registrar set up: 7,237 domains of one registrar in a 2025 study.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: false,
    }
    StsTlsExpired {
        name: "sts.tls.expired",
        severity: Error,
        title: "certificate expired",
        message: "the policy host's certificate has expired[ on {date}]",
        help: "Renew the certificate, and mend its automatic renewal.",
        explain: "Senders refuse to read the policy: new ones deliver as if there were no \
            MTA-STS, and cached policies run out. A name that is used for nothing else is easily \
            missed by renewal and monitoring.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: true,
    }
    StsTlsExpiresSoon {
        name: "sts.tls.expires_soon",
        severity: Warn,
        title: "certificate expires soon",
        message: "the policy host's certificate expires soon[: {date}]",
        help: "Check that automatic renewal covers `mta-sts.DOMAIN`, and renew now.",
        explain: "Certificates are usually renewed a month before they end, so less than 14 days \
            hint at a renewal that no longer works. When it has expired, no sender can fetch the \
            policy.",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: true,
    }
    StsTlsNotYetValid {
        name: "sts.tls.not_yet_valid",
        severity: Error,
        title: "certificate not yet valid",
        message: "the policy host's certificate is not valid yet[; it begins on {date}]",
        help: "Check the clock of the machine that issued it, and install a certificate that is \
            valid today.",
        explain: "Senders treat it like an expired one and do not read the policy. The usual \
            causes are an inner certificate authority with a wrong clock and a certificate \
            installed ahead of its time.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: true,
    }
    StsTlsSelfSigned {
        name: "sts.tls.self_signed",
        severity: Error,
        title: "self-signed certificate",
        message: "the policy host's certificate is signed by itself",
        help: "Install a certificate of a public certificate authority, for example through ACME.",
        explain: "The policy host must prove its name to a public root; a self-signed certificate \
            proves nothing, so senders do not read the policy. The usual cause is a web server's \
            default certificate. In June 2024 it hit 1,385 domains of one provider at once.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: true,
    }
    StsTlsUntrusted {
        name: "sts.tls.untrusted",
        severity: Error,
        title: "issuer not trusted",
        message: "the policy host's certificate does not lead to a trusted root[: {detail}]",
        help: "Install a certificate of a public certificate authority with its full chain.",
        explain: "Senders use the public root stores, so an inner certificate authority or a \
            distrusted one counts for nothing and the policy is not read. This check uses the \
            roots of this machine unless a file was given.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: true,
    }
    StsTlsIncompleteChain {
        name: "sts.tls.incomplete_chain",
        severity: Error,
        title: "intermediate certificate missing",
        message: "the policy host does not send the intermediate certificate",
        help: "Configure the full chain (for many ACME clients the file `fullchain.pem`) instead \
            of the server's certificate alone.",
        explain: "Browsers fetch or remember the missing link, so the page looks fine there; \
            senders do not, cannot build the chain and do not read the policy.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: true,
    }
    StsTlsCnOnly {
        name: "sts.tls.cn_only",
        severity: Error,
        title: "name only in the common name",
        message: "the policy host's certificate names it in the common name only",
        help: "Get a certificate that has `mta-sts.DOMAIN` as a DNS name in its subject \
            alternative names.",
        explain: "Only the DNS names of the certificate count; the common name has been out of \
            use for long, and TLS libraries ignore it. Guides that say that it suffices are \
            outdated.",
        rfc: "RFC 8461 §3.3, RFC 9525 §6.3",
        result_type: Some("sts-webpki-invalid"),
        detected: true,
    }
    StsTlsRevoked {
        name: "sts.tls.revoked",
        severity: Error,
        title: "certificate revoked",
        message: "the policy host's certificate has been revoked",
        help: "Get a new certificate with a new key.",
        explain: "Senders need not check revocation, but those that do will not read the policy. \
            A revoked certificate often means that its key may be in the wrong hands.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-webpki-invalid"),
        detected: false,
    }
    StsTlsVersion {
        name: "sts.tls.version",
        severity: Error,
        title: "no modern TLS",
        message: "the policy host speaks neither TLS 1.2 nor TLS 1.3",
        help: "Switch on TLS 1.2 and 1.3 in the web server, which may need a newer version of it.",
        explain: "Servers must support TLS 1.2 or newer, and TLS 1.0 and 1.1 are dead. Senders \
            cannot connect and deliver as if there were no MTA-STS, or on a cached policy.",
        rfc: "RFC 8461 §7.2, RFC 8996",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
    StsTlsNotTls {
        name: "sts.tls.not_tls",
        severity: Error,
        title: "no TLS on port 443",
        message: "port 443 of the policy host answers, but not with TLS",
        help: "Configure HTTPS on this port: many servers need `ssl` or a certificate in the \
            section for port 443.",
        explain: "The policy is fetched over HTTPS only, so senders get none. The usual cause is \
            a web server that listens on port 443 with the configuration of port 80.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
    StsTlsHandshake {
        name: "sts.tls.handshake",
        severity: Error,
        title: "TLS handshake fails",
        message: "the TLS handshake with the policy host fails[: {detail}]",
        help: "Offer TLS 1.2 and 1.3 with the common cipher suites, ask for no client \
            certificate, and see the server's log for the reason.",
        explain: "Senders cannot fetch the policy: new ones deliver as if there were no MTA-STS, \
            and cached policies run out. Usual causes are a demand for a client certificate, an \
            odd choice of ciphers and a middle box.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
}
