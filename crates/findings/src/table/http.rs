//! The HTTPS answer: `sts.http.*` (RFC 8461 §3.3).

family! {
    StsHttpRedirect {
        name: "sts.http.redirect",
        severity: Error,
        title: "3xx answer",
        message: "3xx answer",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsHttpStatus {
        name: "sts.http.status",
        severity: Error,
        title: "status other than 200",
        message: "status other than 200",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsHttpUaBlocked {
        name: "sts.http.ua_blocked",
        severity: Error,
        title: "bot protection blocks non-browser clients",
        message: "bot protection blocks non-browser clients",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: false,
    }
    StsHttpMediaType {
        name: "sts.http.media_type",
        severity: Error,
        title: "media type is not text/plain",
        message: "media type is not text/plain",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsHttpMediaTypeMissing {
        name: "sts.http.media_type_missing",
        severity: Error,
        title: "no Content-Type",
        message: "no Content-Type",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsHttpCharset {
        name: "sts.http.charset",
        severity: Info,
        title: "charset other than utf-8/us-ascii",
        message: "charset other than utf-8/us-ascii",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsHttpTooLarge {
        name: "sts.http.too_large",
        severity: Error,
        title: "body over 64 kB",
        message: "body over 64 kB",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-invalid"),
        detected: false,
    }
    StsHttpSlow {
        name: "sts.http.slow",
        severity: Warn,
        title: "answer slower than 10 s",
        message: "answer slower than 10 s",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: false,
    }
    StsHttpTimeout {
        name: "sts.http.timeout",
        severity: Error,
        title: "no complete answer within the limit",
        message: "no complete answer within the limit",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsHttpTruncated {
        name: "sts.http.truncated",
        severity: Error,
        title: "body shorter than Content-Length",
        message: "body shorter than Content-Length",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.3",
        result_type: Some("sts-policy-fetch-error"),
        detected: false,
    }
    StsHttpContentEncoding {
        name: "sts.http.content_encoding",
        severity: Warn,
        title: "encoded although not asked for",
        message: "encoded although not asked for",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: false,
    }
    StsHttpHttpOnly {
        name: "sts.http.http_only",
        severity: Info,
        title: "policy also/only on port 80",
        message: "policy also/only on port 80",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.3",
        result_type: None,
        detected: false,
    }
}
