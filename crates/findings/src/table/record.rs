//! The discovery record: `sts.record.*` (RFC 8461 §3.1).

family! {
    StsRecordMissing {
        name: "sts.record.missing",
        severity: Info,
        title: "no MTA-STS record",
        message: "no MTA-STS record",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordMultiple {
        name: "sts.record.multiple",
        severity: Error,
        title: "more than one STS record after filtering",
        message: "more than one STS record after filtering",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordSyntax {
        name: "sts.record.syntax",
        severity: Error,
        title: "record violates the grammar",
        message: "record violates the grammar",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordVersion {
        name: "sts.record.version",
        severity: Error,
        title: "wrong or misplaced version prefix",
        message: "wrong or misplaced version prefix",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordIdMissing {
        name: "sts.record.id.missing",
        severity: Error,
        title: "no id field",
        message: "no id field",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordIdInvalid {
        name: "sts.record.id.invalid",
        severity: Error,
        title: "id not 1-32 letters/digits",
        message: "id not 1-32 letters/digits",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordExtInvalid {
        name: "sts.record.ext.invalid",
        severity: Error,
        title: "malformed extension field",
        message: "malformed extension field",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordPolicyFields {
        name: "sts.record.policy_fields",
        severity: Warn,
        title: "policy fields (mx, mode, max_age) inside the TXT record",
        message: "policy fields (mx, mode, max_age) inside the TXT record",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordDuplicateField {
        name: "sts.record.duplicate_field",
        severity: Warn,
        title: "duplicate field, later ones ignored",
        message: "duplicate field, later ones ignored",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: false,
    }
    StsRecordUnknownField {
        name: "sts.record.unknown_field",
        severity: Info,
        title: "unregistered extension field",
        message: "unregistered extension field",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordUnrelatedTxt {
        name: "sts.record.unrelated_txt",
        severity: Info,
        title: "other TXT data at the same name",
        message: "other TXT data at the same name",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordWildcardAnswer {
        name: "sts.record.wildcard_answer",
        severity: Warn,
        title: "_mta-sts answered by a DNS wildcard",
        message: "_mta-sts answered by a DNS wildcard",
        help: "",
        explain: "",
        rfc: "RFC 1034",
        result_type: None,
        detected: false,
    }
    StsRecordWrongName {
        name: "sts.record.wrong_name",
        severity: Error,
        title: "STS record found at apex, mta-sts., _mta_sts. or _mta-sts._tcp.",
        message: "STS record found at apex, mta-sts., _mta_sts. or _mta-sts._tcp.",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordQuoted {
        name: "sts.record.quoted",
        severity: Error,
        title: "literal quotes or backslashes stored in the record",
        message: "literal quotes or backslashes stored in the record",
        help: "",
        explain: "",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: false,
    }
    StsRecordTtlLong {
        name: "sts.record.ttl_long",
        severity: Warn,
        title: "record TTL above 1 day slows policy updates",
        message: "record TTL above 1 day slows policy updates",
        help: "",
        explain: "",
        rfc: "RFC 8461 §8.1",
        result_type: None,
        detected: false,
    }
    StsRecordCname {
        name: "sts.record.cname",
        severity: Info,
        title: "record reached through a CNAME chain",
        message: "record reached through a CNAME chain",
        help: "",
        explain: "",
        rfc: "RFC 8461 §8.2",
        result_type: None,
        detected: false,
    }
    StsRecordCnameLoop {
        name: "sts.record.cname_loop",
        severity: Error,
        title: "CNAME loop or chain over 8",
        message: "CNAME loop or chain over 8",
        help: "",
        explain: "",
        rfc: "RFC 1034",
        result_type: None,
        detected: false,
    }
}
