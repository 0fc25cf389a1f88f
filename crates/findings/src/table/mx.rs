//! The MX hosts themselves: `mx.*` (RFC 8461 §4).

family! {
    MxDnsUnresolvable {
        name: "mx.dns.unresolvable",
        severity: Error,
        title: "no address for mail",
        message: "there is no address to bring mail to[: {host}][: {detail}]",
        help: "Publish an A or AAAA record for the MX host, or remove it from the MX records; if \
            the domain itself does not exist, check its spelling and its registration.",
        explain: "Senders skip an MX host without address; if it is the only one, mail waits and \
            is bounced after days. The usual cause is a host that was taken down with its MX \
            record left behind. Mail for a domain that does not exist comes back at once.",
        rfc: "RFC 5321 §5.1",
        result_type: None,
        detected: true,
    }
    MxV6Unreachable {
        name: "mx.v6_unreachable",
        severity: Warn,
        title: "MX host not reachable over IPv6",
        message: "the MX host has an IPv6 address but does not answer on it[: {address}]",
        help: "Let the mail server listen on IPv6 and open port 25 for it, or remove the AAAA \
            record.",
        explain: "Senders that try IPv6 first lose time on every delivery, and those with IPv6 \
            only cannot deliver. The fault stays hidden since most senders fall back to IPv4.",
        rfc: "RFC 5321 §5.1",
        result_type: None,
        detected: true,
    }
    MxConnectTimeout {
        name: "mx.connect.timeout",
        severity: Error,
        title: "port 25 does not answer",
        message: "the MX host does not answer on port 25[: {address}]",
        help: "Open port 25 for the whole internet, and check that the mail server runs. Look \
            from another network too: this one may block port 25.",
        explain: "Senders try the next host or address and queue the mail if none answers. Hosts \
            of lower preference are rarely contacted, so such a fault can stay hidden for years. \
            A network that blocks outgoing port 25 shows the same picture for every domain.",
        rfc: "RFC 5321 §5.1",
        result_type: None,
        detected: true,
    }
    MxConnectRefused {
        name: "mx.connect.refused",
        severity: Error,
        title: "port 25 closed",
        message: "the MX host refuses connections on port 25[: {address}]",
        help: "Let the mail server listen on this address, or remove the host from the MX records.",
        explain: "Senders try the next host or address and queue the mail if none accepts. The \
            usual causes are a server that listens on one address family only and an old MX \
            record.",
        rfc: "RFC 5321 §5.1",
        result_type: None,
        detected: true,
    }
    MxSmtpBanner {
        name: "mx.smtp.banner",
        severity: Warn,
        title: "no proper greeting",
        message: "the MX host does not greet with 220[: {detail}]",
        help: "See the mail server's log: grey-listing, a block list, a connection limit or a \
            slow look-up are the usual reasons.",
        explain: "The session ended before TLS, so nothing was learned about STARTTLS and the \
            certificate. It may concern only this client: servers turn away hosts without a \
            reverse name or with a bad reputation.",
        rfc: "RFC 5321 §3.1",
        result_type: None,
        detected: true,
    }
    MxStarttlsMissing {
        name: "mx.starttls.missing",
        severity: Crit,
        title: "no STARTTLS",
        message: "the MX host does not offer STARTTLS[: {detail}]",
        help: "Switch on STARTTLS with a certificate for the host's name (Postfix: \
            `smtpd_tls_security_level = may` and `smtpd_tls_chain_files`), and exempt port 25 \
            from firewalls that rewrite SMTP.",
        explain: "In enforce mode, and where DANE applies, senders refuse to deliver to this \
            host; otherwise mail crosses the network readable to all. A firewall that inspects \
            SMTP and hides the word is a common cause, and looks just like an attack.",
        rfc: "RFC 8461 §4",
        result_type: Some("starttls-not-supported"),
        detected: true,
    }
    MxStarttlsFailed {
        name: "mx.starttls.failed",
        severity: Crit,
        title: "STARTTLS fails",
        message: "the MX host offers STARTTLS but the handshake does not succeed[: {detail}]",
        help: "See the mail server's log; usual reasons are a certificate or key that it cannot \
            read, no common TLS version and no common cipher.",
        explain: "In enforce mode, and where DANE applies, senders refuse to deliver to this \
            host. Without them many senders try again in plain text, so the fault passes \
            unnoticed.",
        rfc: "RFC 8461 §4",
        result_type: Some("validation-failure"),
        detected: true,
    }
    MxStarttlsInjection {
        name: "mx.starttls.injection",
        severity: Error,
        title: "STARTTLS injection",
        message: "the MX host carries out commands that were sent before TLS began",
        help: "Update the mail server, or the proxy in front of it that ends TLS.",
        explain: "Whoever sits on the path can put commands in front of the encrypted session and \
            so change what the server does with the mail. Both sides must forget what was said, \
            and throw away what was buffered, before TLS.",
        rfc: "RFC 3207 §4.2",
        result_type: None,
        detected: true,
    }
    MxCertNameMismatch {
        name: "mx.cert.name_mismatch",
        severity: Crit,
        title: "MX certificate for another name",
        message: "the MX host's certificate does not name it[; it names {value}]",
        help: "Get a certificate with the MX record's target as a DNS name, or change MX record \
            and policy to a name that the certificate has.",
        explain: "In enforce mode senders refuse to deliver to this host; a certificate that \
            names only the mail domain or the CNAME's target does not help. Under DANE with usage \
            3 the name does not matter. In a 2025 study 1,046 self-managed (4.4 %) and 397 hosted \
            (1 %) domains had MX hosts with invalid certificates, 269 of them under an enforce \
            policy.",
        rfc: "RFC 8461 §4.2",
        result_type: Some("certificate-host-mismatch"),
        detected: true,
    }
    MxCertExpired {
        name: "mx.cert.expired",
        severity: Crit,
        title: "MX certificate expired",
        message: "the MX host's certificate has expired[ on {date}]",
        help: "Renew it and let the mail server load it anew: many keep the old one until they \
            are reloaded.",
        explain: "In enforce mode senders refuse to deliver to this host. Under DANE with usage 3 \
            the date does not matter. The usual cause is a renewal that worked while the server \
            was never reloaded.",
        rfc: "RFC 8461 §4.2",
        result_type: Some("certificate-expired"),
        detected: true,
    }
    MxCertExpiresSoon {
        name: "mx.cert.expires_soon",
        severity: Warn,
        title: "MX certificate expires soon",
        message: "the MX host's certificate expires soon[: {date}]",
        help: "Renew it, and check that the renewal reloads the mail server.",
        explain: "Certificates are usually renewed a month before they end, so this hints at a \
            renewal that no longer works or a server that was not reloaded. Once it has expired, \
            senders that obey an enforce policy refuse to deliver.",
        rfc: "RFC 8461 §4.2",
        result_type: None,
        detected: true,
    }
    MxCertSelfSigned {
        name: "mx.cert.self_signed",
        severity: Crit,
        title: "self-signed MX certificate",
        message: "the MX host's certificate is signed by itself",
        help: "Install a certificate of a public certificate authority for the MX host's name; \
            with a DANE record of usage 3 the present one serves DANE senders.",
        explain: "In enforce mode senders refuse to deliver to this host, since MTA-STS asks for \
            a certificate that leads to a public root. Without MTA-STS nobody notices: most \
            senders take any certificate then.",
        rfc: "RFC 8461 §4.2",
        result_type: Some("certificate-not-trusted"),
        detected: true,
    }
    MxCertUntrusted {
        name: "mx.cert.untrusted",
        severity: Crit,
        title: "MX certificate not trusted",
        message: "the MX host's certificate does not lead to a trusted root[: {detail}]",
        help: "Install the full chain, the intermediate certificates included, of a public \
            certificate authority.",
        explain: "In enforce mode senders refuse to deliver to this host. A missing intermediate \
            certificate and an inner certificate authority are the usual causes.",
        rfc: "RFC 8461 §4.2",
        result_type: Some("certificate-not-trusted"),
        detected: true,
    }
    MxCertCnOnly {
        name: "mx.cert.cn_only",
        severity: Crit,
        title: "MX name only in the common name",
        message: "the MX host's certificate names it in the common name only",
        help: "Get a certificate that has the host as a DNS name in its subject alternative names.",
        explain: "Only the DNS names of a certificate count, so senders that obey an enforce \
            policy refuse to deliver to this host. Some older mail servers still take the common \
            name, which hides the fault.",
        rfc: "RFC 8461 §4.2, RFC 9525 §6.3",
        result_type: Some("certificate-host-mismatch"),
        detected: true,
    }
    MxCertWeak {
        name: "mx.cert.weak",
        severity: Warn,
        title: "weak certificate",
        message: "the MX host's certificate has a weak key or signature[: {detail}]",
        help: "Get a certificate with an RSA key of 2048 bits or more, or an ECDSA key, signed \
            with SHA-256 or better.",
        explain: "Newer TLS libraries refuse short RSA keys and SHA-1 signatures, so strict \
            senders cannot deliver under an enforce policy.",
        rfc: "RFC 9325 §4",
        result_type: None,
        detected: true,
    }
    MxCertPartial {
        name: "mx.cert.partial",
        severity: Error,
        title: "some MX hosts fail",
        message: "some MX hosts or addresses have a valid certificate and others do not",
        help: "Give every host and every address behind it a certificate that is valid for its \
            name.",
        explain: "Delivery works as long as a good host answers, and stops when it does not. \
            Hosts of lower preference are rarely contacted, so their faults stay hidden until \
            they are needed.",
        rfc: "RFC 8461 §4.2",
        result_type: None,
        detected: true,
    }
    MxCertDiffersByAddress {
        name: "mx.cert.differs_by_address",
        severity: Warn,
        title: "certificates differ by address",
        message: "the addresses of one MX host show different certificates[: {host}]",
        help: "Install the same, current certificate on every machine behind the name.",
        explain: "It is legal when each of them is valid; often one machine missed a renewal and \
            will fail first. With DANE each certificate needs its own matching record.",
        rfc: "RFC 8461 §4.2",
        result_type: None,
        detected: true,
    }
    MxTlsVersion {
        name: "mx.tls.version",
        severity: Error,
        title: "no modern TLS on the MX host",
        message: "the MX host speaks neither TLS 1.2 nor TLS 1.3",
        help: "Switch on TLS 1.2 and 1.3 in the mail server, which may need a newer version of it.",
        explain: "MTA-STS hosts must support TLS 1.2 or newer. Many senders no longer speak TLS \
            1.0 and 1.1: in enforce mode they cannot deliver, otherwise they fall back to plain \
            text.",
        rfc: "RFC 8461 §7.2, RFC 8996",
        result_type: None,
        detected: true,
    }
    MxTlsLegacy {
        name: "mx.tls.legacy",
        severity: Warn,
        title: "old TLS versions offered",
        message: "the MX host still offers TLS 1.0 or 1.1",
        help: "Switch them off (Postfix: `smtpd_tls_protocols = >=TLSv1.2`) once your logs show \
            that hardly anybody needs them.",
        explain: "Both versions are withdrawn and must no longer be used. Where mail would \
            otherwise come in plain text some operators keep them on purpose; it does not weaken \
            senders that speak newer versions.",
        rfc: "RFC 8996",
        result_type: None,
        detected: true,
    }
    MxTlsSniRequired {
        name: "mx.tls.sni_required",
        severity: Error,
        title: "SNI insisted on",
        message: "the MX host fails the handshake when the client names no server[: {detail}]",
        help: "Give the mail server a default certificate for clients without SNI.",
        explain: "A mail server must not insist on the extension; it falls back to a certificate \
            of its choice. Senders that do not check certificates often send none: they cannot \
            connect, or fall back to plain text.",
        rfc: "RFC 8461 §7.1",
        result_type: None,
        detected: true,
    }
    MxTlsSniIgnored {
        name: "mx.tls.sni_ignored",
        severity: Info,
        title: "certificate depends on SNI",
        message: "the MX host shows another certificate when the client names no server",
        help: "Nothing has to be done for MTA-STS, whose senders name the host; tests without SNI \
            mislead.",
        explain: "Senders that obey MTA-STS must send the MX host's name, so they see the right \
            certificate. With DANE both certificates should match a record, for older clients.",
        rfc: "RFC 8461 §7.1",
        result_type: None,
        detected: true,
    }
    MxTlsOldCiphers {
        name: "mx.tls.old_ciphers",
        severity: Warn,
        title: "old ciphers only",
        message: "the MX host speaks TLS 1.2, but only with old cipher suites",
        help: "Allow ECDHE key exchange with AES-GCM or ChaCha20 in the mail server's cipher list.",
        explain: "It offers nothing but CBC ciphers or RSA key exchange. Mail servers with older \
            libraries deliver, strict ones cannot agree on a cipher: under an enforce policy \
            their mail waits, without one it may go in plain text.",
        rfc: "RFC 9325 §4",
        result_type: None,
        detected: true,
    }
}
