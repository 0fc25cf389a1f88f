//! The discovery record: `sts.record.*` (RFC 8461 §3.1).

family! {
    StsRecordMissing {
        name: "sts.record.missing",
        severity: Info,
        title: "no MTA-STS record",
        message: "there is no MTA-STS record",
        help: "Put the policy file on `https://mta-sts.DOMAIN/.well-known/mta-sts.txt` first, \
            then publish the TXT record at `_mta-sts.DOMAIN`[: `{suggestion}`].",
        explain: "Without the record no sender looks for a policy, so somebody on the path can \
            strip STARTTLS or show any certificate and read the mail. A sender that still holds a \
            cached policy keeps applying it until it expires. Of the top million domains 99.3 % \
            have no record (2026). MTA-STS guards mail to a domain and is not inherited: a \
            subdomain that receives mail needs its own.",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: true,
    }
    StsRecordMultiple {
        name: "sts.record.multiple",
        severity: Error,
        title: "several MTA-STS records",
        message: "more than one TXT record at this name starts with `v=STSv1;`[: {count}]",
        help: "Delete all of them but the one with the current id.",
        explain: "Senders must behave as if the domain had no MTA-STS unless exactly one record \
            remains, so the protection is void for every new sender. The usual cause is an update \
            that added a record where it should have replaced one, or a CNAME provider's record \
            beside an own one. Other TXT data at the name does no harm: it is dropped before \
            counting.",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: true,
    }
    StsRecordSyntax {
        name: "sts.record.syntax",
        severity: Error,
        title: "record breaks the grammar",
        message: "the record breaks the grammar at this place[; expected `{expected}`]",
        help: "Publish exactly this form: `v=STSv1; id=20260101T000000;`. Fields are separated by \
            one `;`, none of them is empty, and the record does not end in a space.",
        explain: "A malformed record counts as no record: new senders do not look for the policy. \
            Senders differ in what they forgive, so a record that works with one large provider \
            may be void for the next. In a 2025 study 331 of 68,030 records (0.5 %) were invalid.",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: true,
    }
    StsRecordVersion {
        name: "sts.record.version",
        severity: Error,
        title: "wrong version prefix",
        message: "the record does not begin with exactly `v=STSv1`",
        help: "Begin the record with `v=STSv1;`, in this case, with nothing before it and no \
            space around `=`.",
        explain: "Senders recognise the record by these literal characters; with `v=STSV1`, \
            `v=STS1`, `v = STSv1` or the id in front of it they see no MTA-STS at all. In a 2025 \
            study 52 of 331 invalid records (15.7 %) had this fault. Only the version has a fixed \
            place: the order of the other fields is free.",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: true,
    }
    StsRecordIdMissing {
        name: "sts.record.id.missing",
        severity: Error,
        title: "no id",
        message: "the record has no `id` field",
        help: "Add an id, and change it with every change of the policy: `v=STSv1; \
            id=20260101T000000;`.",
        explain: "The id tells senders whether the policy that they have stored is still the \
            current one. A record without it is malformed and counts as no record. In a 2025 \
            study 65 of 331 invalid records (19.6 %) had no id.",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: true,
    }
    StsRecordIdInvalid {
        name: "sts.record.id.invalid",
        severity: Error,
        title: "bad id",
        message: "the id is not 1 to 32 ASCII letters and digits[: `{value}`]",
        help: "Use only letters and digits, without dashes, dots, colons or underscores, for \
            example `id=20260101T000000`.",
        explain: "A bad id makes the record malformed, and a malformed record counts as no \
            record. It is the commonest fault of all: 203 of 331 invalid records (61 %) in a 2025 \
            study, mostly dates or UUIDs with dashes. The id need not be a date and need not \
            grow, whatever guides say: senders only compare it with the one they have stored.",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: true,
    }
    StsRecordExtInvalid {
        name: "sts.record.ext.invalid",
        severity: Error,
        title: "malformed extension field",
        message: "a further field is not a well-formed `name=value`[: `{value}`]",
        help: "Remove the field: the record needs nothing but `v` and `id`.",
        explain: "A malformed extension makes the whole record malformed, and it then counts as \
            no record. Names begin with a letter or digit and have up to 32 of letters, digits, \
            `_`, `-` and `.`; values are not empty and have no spaces, no `=` and no `;`. The \
            usual cause is a line of the policy, such as `mx: mail.example.com`, pasted into the \
            TXT record.",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: true,
    }
    StsRecordPolicyFields {
        name: "sts.record.policy_fields",
        severity: Warn,
        title: "policy fields in the record",
        message: "the record carries a field that belongs into the policy file[: `{name}`]",
        help: "Move `mx`, `mode` and `max_age` into the policy file and leave only `v` and `id` \
            in the record.",
        explain: "Senders ignore these fields here, so what they say is not in force. The record \
            stays valid, which hides the mistake: whoever published it believes that the policy \
            is in DNS.",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: true,
    }
    StsRecordDuplicateField {
        name: "sts.record.duplicate_field",
        severity: Warn,
        title: "repeated field",
        message: "a field of the record stands more than once[: `{name}`]",
        help: "Keep one of them.",
        explain: "Only the first one counts. Some senders take the last one instead and some \
            refuse the record, so what is in force depends on the sender.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
    StsRecordUnknownField {
        name: "sts.record.unknown_field",
        severity: Info,
        title: "unregistered field",
        message: "the record has a field that no standard defines[: `{name}`][; did you mean \
            `{expected}`?]",
        help: "Remove it, unless you put it there on purpose.",
        explain: "Senders must ignore fields that they do not know, so it does no harm; tools \
            that call it an error are wrong. It may be a slip of the pen: only `v` and `id` are \
            registered.",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: true,
    }
    StsRecordUnrelatedTxt {
        name: "sts.record.unrelated_txt",
        severity: Info,
        title: "other TXT data at the name",
        message: "other TXT data stands at the MTA-STS name",
        help: "Nothing breaks. If the same text answers for every name, a wildcard TXT record is \
            the cause, and the record can be made narrower.",
        explain: "Senders drop every TXT record that does not begin with `v=STSv1;` before they \
            count, so a good record beside it works; checkers that call this an error are wrong. \
            The usual source is a wildcard TXT record, such as one for SPF.",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: true,
    }
    StsRecordWildcardAnswer {
        name: "sts.record.wildcard_answer",
        severity: Warn,
        title: "answered by a DNS wildcard",
        message: "the answer comes from a DNS wildcard and not from a record at this name",
        help: "Publish the TXT record at `_mta-sts.DOMAIN` itself, so that it no longer depends \
            on the wildcard.",
        explain: "A name that was never published gets the same answer. The record works as long \
            as the wildcard stays what it is, but every other `_mta-sts` name below it claims a \
            policy as well, and a TXT record added for another purpose changes this one too.",
        rfc: "RFC 1034 §4.3.3, RFC 8461 §3.1",
        result_type: None,
        detected: true,
    }
    StsRecordWrongName {
        name: "sts.record.wrong_name",
        severity: Error,
        title: "record at the wrong name",
        message: "an MTA-STS record stands at a name where no sender looks[: `{name}`]",
        help: "Move the record to `_mta-sts.DOMAIN`: the label begins with an underscore and has \
            a hyphen inside.",
        explain: "Senders ask for `_mta-sts.DOMAIN` only. A record at the domain itself, at \
            `mta-sts.DOMAIN`, at `_mta_sts.DOMAIN` or at `_mta-sts._tcp.DOMAIN` is never read, so \
            the domain has no MTA-STS. Web forms that append the domain by themselves are another \
            cause: the name then ends in it twice.",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: true,
    }
    StsRecordQuoted {
        name: "sts.record.quoted",
        severity: Error,
        title: "quotes or backslashes in the record",
        message: "the record's data holds literal quotes or backslashes",
        help: "Enter the text in the DNS form without quotes and without `\\` before `;`: \
            `v=STSv1; id=20260101T000000;`.",
        explain: "Quotes and `\\;` belong to the notation of zone files. A web form that takes \
            the text as it is stores them as part of the data; the record then does not begin \
            with `v=STSv1;` or has bad values, and senders see no MTA-STS.",
        rfc: "RFC 8461 §3.1",
        result_type: None,
        detected: true,
    }
    StsRecordTtlLong {
        name: "sts.record.ttl_long",
        severity: Warn,
        title: "long TTL",
        message: "the record may stay in DNS caches for more than a day[: {value} seconds]",
        help: "Set the record's TTL to an hour, or to a day at most.",
        explain: "After a change of policy senders go on seeing the old id until the TTL has run \
            out, and the old policy must stay workable that long. With a long TTL a move to new \
            MX hosts has to wait for it.",
        rfc: "RFC 8461 §8.1",
        result_type: None,
        detected: true,
    }
    StsRecordCname {
        name: "sts.record.cname",
        severity: Info,
        title: "record behind a CNAME",
        message: "the record is reached through a CNAME[: {detail}]",
        help: "",
        explain: "This is how an MTA-STS provider is given charge of the record, and senders must \
            follow it; tools that forbid a CNAME here are wrong. The provider must then also \
            serve the policy host, and the id must change with the policy.",
        rfc: "RFC 8461 §8.2",
        result_type: None,
        detected: true,
    }
    StsRecordCnameLoop {
        name: "sts.record.cname_loop",
        severity: Error,
        title: "CNAME loop",
        message: "the CNAME chain at this name loops or is longer than 8 links",
        help: "Point the CNAME at the name that holds the TXT record, or publish the TXT record \
            directly.",
        explain: "Resolvers give up on such a chain, so senders get no answer and, on first \
            contact, deliver without MTA-STS. The usual cause is a pair of aliases that point at \
            each other after a change of provider.",
        rfc: "RFC 1034 §3.6.2, RFC 8461 §3.1",
        result_type: None,
        detected: true,
    }
}
