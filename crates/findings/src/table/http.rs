//! The HTTPS answer: `sts.http.*` (RFC 8461 §3.3).

family! {
    StsHttpRedirect {
        name: "sts.http.redirect",
        severity: Error,
        title: "redirect",
        message: "the policy host answers with a redirect[ to {value}]",
        help: "Serve the file itself with status 200 at \
            `https://mta-sts.DOMAIN/.well-known/mta-sts.txt`, and take this path out of the \
            redirect rules.",
        explain: "Senders must not follow redirects, so they get no policy. A browser follows \
            them and shows the file, which is why guides call such a set-up fine. The usual \
            causes are a site-wide redirect to `www` and a provider's redirect service.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
    StsHttpStatus {
        name: "sts.http.status",
        severity: Error,
        title: "status other than 200",
        message: "the policy host does not answer with status 200[ but with {value}]",
        help: "Put the file at `/.well-known/mta-sts.txt` and serve it with status 200, without a \
            login.",
        explain: "Only status 200 yields a policy; other 2xx do not count either. New senders \
            deliver as if there were no MTA-STS, and cached policies run out. In a 2025 study 387 \
            domains answered with 404; hosts that hide folders beginning with a dot are one \
            cause.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
    StsHttpUaBlocked {
        name: "sts.http.ua_blocked",
        severity: Error,
        title: "bot protection",
        message: "the policy is refused to clients that are no browser",
        help: "Exempt `/.well-known/mta-sts.txt` of the policy host from bot protection, \
            challenges and country filters.",
        explain: "The senders' fetchers are programs: they cannot solve a challenge and show no \
            browser's name. They get no policy, while every test in a browser looks fine. It is \
            typical for content networks with a browser check switched on for the whole domain.",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: true,
    }
    StsHttpMediaType {
        name: "sts.http.media_type",
        severity: Error,
        title: "wrong media type",
        message: "the policy is not served as `text/plain`[ but as `{value}`]",
        help: "Serve the file with `Content-Type: text/plain`.",
        explain: "Senders are told to check the media type, so that a page uploaded by somebody \
            else cannot pose as a policy; strict ones refuse, others read it all the same. It is \
            therefore a fault, though not every sender trips over it.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
    StsHttpMediaTypeMissing {
        name: "sts.http.media_type_missing",
        severity: Error,
        title: "no media type",
        message: "the answer has no `Content-Type`",
        help: "Serve the file with `Content-Type: text/plain`.",
        explain: "Senders are told to check that the media type is `text/plain`; without one, \
            strict senders refuse the policy. The usual cause is a server that knows no type for \
            `.txt` or an answer put together by hand.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
    StsHttpCharset {
        name: "sts.http.charset",
        severity: Info,
        title: "unusual charset",
        message: "the media type names a charset other than `utf-8` or `us-ascii`[: `{value}`]",
        help: "Serve the file with `Content-Type: text/plain` or `text/plain; charset=utf-8`.",
        explain: "Only `utf-8` and `us-ascii` have a meaning for the policy. Since its fields are \
            ASCII, most senders read it all the same.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
    StsHttpTooLarge {
        name: "sts.http.too_large",
        severity: Error,
        title: "policy too large",
        message: "the answer is larger than 64 kB",
        help: "Serve the bare policy: a handful of lines. Use patterns such as \
            `*.mail.example.com` where the list of hosts is long.",
        explain: "Senders may cap the size, and 64 kB is the value that the standard suggests; \
            beyond it they see no policy. The usual cause is that a web page is served in its \
            place.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsHttpSlow {
        name: "sts.http.slow",
        severity: Warn,
        title: "slow answer",
        message: "the policy host took more than 10 seconds to answer",
        help: "Serve a static file, and find out whether DNS, the handshake or the application \
            behind it takes the time.",
        explain: "Senders may give up, and some do so long before the minute that the standard \
            suggests, for mail is waiting meanwhile. What is slow now fails under load.",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: true,
    }
    StsHttpTimeout {
        name: "sts.http.timeout",
        severity: Error,
        title: "no complete answer in time",
        message: "the policy host does not deliver the whole policy within the time limit",
        help: "Serve a static file, and check what holds the answer back: the application, a \
            proxy or a rate limit.",
        explain: "Senders break off, commonly after one minute or less, and deliver as if there \
            were no MTA-STS or on a cached policy.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
    StsHttpTruncated {
        name: "sts.http.truncated",
        severity: Error,
        title: "answer cut short",
        message: "the connection ends before the announced length is reached",
        help: "Correct the `Content-Length`, or the proxy or application that breaks off.",
        explain: "A policy that was cut may lack MX patterns, so it must not be used: senders \
            treat the fetch as failed.",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: true,
    }
    StsHttpContentEncoding {
        name: "sts.http.content_encoding",
        severity: Warn,
        title: "encoded although not asked for",
        message: "the answer is compressed although the client did not ask for it[: `{value}`]",
        help: "Switch off forced compression for this file; it is too small to gain from it.",
        explain: "A client that sends no `Accept-Encoding` may be unable to decompress; such \
            senders see bytes that are no policy. The usual cause is a pre-compressed file served \
            to everybody.",
        rfc: "RFC 9110 §12.5.3",
        result_type: None,
        detected: true,
    }
    StsHttpHttpOnly {
        name: "sts.http.http_only",
        severity: Info,
        title: "policy on port 80",
        message: "a policy is served over plain HTTP as well, or only there",
        help: "Serve it over HTTPS; what port 80 answers does not matter to senders.",
        explain: "Senders never fetch the policy over plain HTTP, since anybody on the path could \
            change it. If HTTPS works this is harmless; if it does not, it explains why a test on \
            port 80 looked fine.",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: false,
    }
}
