//! The policy's text: `sts.policy.*` without its patterns (RFC 8461 §3.2).

family! {
    StsPolicyEmpty {
        name: "sts.policy.empty",
        severity: Error,
        title: "empty policy",
        message: "the policy is empty",
        help: "Serve the four kinds of lines that a policy needs: `version: STSv1`, `mode: …`, \
            `max_age: …` and one `mx: …` for each host. To end MTA-STS, serve `mode: none` \
            instead of an empty file.",
        explain: "An empty file is no policy: new senders deliver as if there were no MTA-STS, \
            and senders with a cached policy keep to the old one. A 2025 study found 5 such \
            domains, and one of eight providers that leaves this behind after opt-out.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyHtml {
        name: "sts.policy.html",
        severity: Error,
        title: "a web page",
        message: "a web page is served in place of the policy",
        help: "Put the plain text file at `/.well-known/mta-sts.txt` and exempt this path from \
            rewriting, error pages and logins.",
        explain: "Senders see no policy. The usual causes are a site that answers every path with \
            its start page, a parking page and a browser challenge.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyJsonDraft {
        name: "sts.policy.json_draft",
        severity: Error,
        title: "JSON of the drafts",
        message: "the policy is in the JSON form of the early drafts",
        help: "Write it as lines: `version: STSv1`, `mode: enforce`, `mx: mail.example.com`, \
            `max_age: 1209600`.",
        explain: "The drafts of MTA-STS used JSON; the standard never did, and no sender reads it.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyEncoding {
        name: "sts.policy.encoding",
        severity: Error,
        title: "not UTF-8",
        message: "the policy is not UTF-8 text",
        help: "Save the file as UTF-8 without a byte order mark; plain ASCII is the safest.",
        explain: "Senders cannot read its lines, so there is no policy. The usual cause is an \
            editor that saves UTF-16.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyBom {
        name: "sts.policy.bom",
        severity: Error,
        title: "byte order mark",
        message: "the policy begins with a byte order mark",
        help: "Save the file as UTF-8 without a byte order mark.",
        explain: "The three bytes become part of the first line's name, which breaks the grammar: \
            strict senders refuse the policy, others lose its first line, usually the version. It \
            cannot be seen in an editor and comes from Windows tools.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyLineMalformed {
        name: "sts.policy.line.malformed",
        severity: Error,
        title: "malformed line",
        message: "a line is not of the form `name: value`[: `{value}`]",
        help: "Write one `name: value` a line, without comments; names are letters, digits, `_`, \
            `-` and `.`, and values hold no control characters.",
        explain: "A line that breaks the grammar makes the policy invalid for strict senders; \
            lenient ones skip it, so what is in force depends on the sender. In a 2025 study 55 \
            self-managed domains and 81 of third parties had syntax errors.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyLineBlank {
        name: "sts.policy.line.blank",
        severity: Error,
        title: "blank line",
        message: "the policy has a blank line[: line {count}]",
        help: "Remove it; one line end after the last line is fine, a second is not.",
        explain: "The grammar has no blank lines. Strict senders refuse the whole policy for one, \
            while many others forgive it, so such a domain is guarded against some senders only.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyLineLeadingWsp {
        name: "sts.policy.line.leading_wsp",
        severity: Error,
        title: "indented line",
        message: "a line begins with white space[: line {count}]",
        help: "Remove the white space before the name.",
        explain: "Names begin in the first column. Strict senders refuse the whole policy, others \
            ignore the line. The usual cause is a file that was written inside an indented block \
            of a configuration.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyEolLf {
        name: "sts.policy.eol.lf",
        severity: Ok,
        title: "LF line ends",
        message: "lines end with LF alone",
        help: "",
        explain: "This is legal: the grammar takes LF and CRLF. Some checkers and guides ask for \
            CRLF since one sentence of the standard says so; the erratum 6253 names the \
            contradiction.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
    StsPolicyEolMixed {
        name: "sts.policy.eol.mixed",
        severity: Info,
        title: "mixed line ends",
        message: "some lines end with LF and others with CRLF",
        help: "Save the file with one kind of line end.",
        explain: "The grammar allows it, and few parsers mind. It hints at a file that is put \
            together from pieces or edited on several systems.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
    StsPolicyEolCr {
        name: "sts.policy.eol.cr",
        severity: Error,
        title: "bare CR",
        message: "lines are ended by CR alone, or a stray CR stands inside one",
        help: "Save the file with LF or CRLF line ends.",
        explain: "A CR alone ends no line, so several lines run into one and the policy is \
            invalid.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyEolEscaped {
        name: "sts.policy.eol.escaped",
        severity: Error,
        title: "literal `\\n`",
        message: "the policy holds the two characters `\\` and `n` in place of a line end",
        help: "Serve real line ends: in most configurations a multi-line string, or `printf` in \
            place of `echo`.",
        explain: "The whole policy is one line then, and invalid. The usual cause is a worker \
            script, a container variable or a web server rule that holds the text as an escaped \
            string.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyVersionMissing {
        name: "sts.policy.version.missing",
        severity: Error,
        title: "no version",
        message: "the policy has no `version` line",
        help: "Add the line `version: STSv1`.",
        explain: "Without it senders do not recognise a policy: new ones deliver as if there were \
            no MTA-STS.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyVersionUnsupported {
        name: "sts.policy.version.unsupported",
        severity: Error,
        title: "unknown version",
        message: "the version is not `STSv1`[ but `{value}`]",
        help: "Write `version: STSv1`, in this case.",
        explain: "`STSv1` is the only version there is, and its case counts. Where the line \
            stands several times the first one decides.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyVersionNotFirst {
        name: "sts.policy.version.not_first",
        severity: Info,
        title: "version not first",
        message: "the `version` line is not the first one",
        help: "Nothing has to be done; put it first if you want to please every checker.",
        explain: "This is legal: the grammar gives the lines no order. Some large providers' \
            guides ask for it to be first, and some simple parsers look for it there.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
    StsPolicyModeMissing {
        name: "sts.policy.mode.missing",
        severity: Error,
        title: "no mode",
        message: "the policy has no `mode` line",
        help: "Add `mode: testing` to start with and `mode: enforce` once no failures are \
            reported.",
        explain: "Senders cannot tell what to do and treat the policy as invalid: new ones \
            deliver as if there were no MTA-STS.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyModeInvalid {
        name: "sts.policy.mode.invalid",
        severity: Error,
        title: "bad mode",
        message: "the mode is none of `enforce`, `testing` and `none`[: `{value}`]",
        help: "Write one of the three, in lower case.",
        explain: "A policy with an unknown mode is invalid, and new senders deliver as if there \
            were no MTA-STS. Where the line stands several times the first one decides.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyModeDraftReport {
        name: "sts.policy.mode.draft_report",
        severity: Error,
        title: "mode of the drafts",
        message: "the mode is `report`, which only the drafts had",
        help: "Write `mode: testing`.",
        explain: "The drafts called the mode `report` that the standard calls `testing`. Senders \
            take it for an invalid policy.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyModeTesting {
        name: "sts.policy.mode.testing",
        severity: Warn,
        title: "testing mode",
        message: "the policy is in testing mode[ since {date}]",
        help: "Read the TLS reports for some weeks; when no failures are left change to `mode: \
            enforce` and to a new id.",
        explain: "Senders report failures and deliver all the same, so nothing is guarded against \
            an attacker yet. It is meant for the start and is often forgotten: just over half of \
            the policies of the top million are in enforce mode.",
        rfc: "RFC 8461 §5",
        result_type: None,
        detected: true,
    }
    StsPolicyModeNone {
        name: "sts.policy.mode.none",
        severity: Info,
        title: "mode none",
        message: "the policy says that MTA-STS is switched off",
        help: "Leave it in place until every policy published earlier has expired, then delete \
            record and host.",
        explain: "Senders treat the domain as if it had no policy, and drop the stricter one that \
            they hold. It is the orderly way to end MTA-STS; if that is not meant, set `mode: \
            testing` or `enforce`.",
        rfc: "RFC 8461 §8.3",
        result_type: None,
        detected: true,
    }
    StsPolicyMaxAgeMissing {
        name: "sts.policy.max_age.missing",
        severity: Error,
        title: "no max_age",
        message: "the policy has no `max_age` line",
        help: "Add `max_age: 1209600` (two weeks) or more.",
        explain: "Without it senders treat the policy as invalid, and new ones deliver as if \
            there were no MTA-STS.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyMaxAgeInvalid {
        name: "sts.policy.max_age.invalid",
        severity: Error,
        title: "bad max_age",
        message: "max_age is not a number of 1 to 10 digits[: `{value}`]",
        help: "Write whole seconds without sign, unit or separators, for example `max_age: \
            1209600`.",
        explain: "A bad value makes the policy invalid, and new senders deliver as if there were \
            no MTA-STS. Where the line stands several times the first one decides.",
        rfc: "RFC 8461 §3.2",
        result_type: Some("sts-policy-invalid"),
        detected: true,
    }
    StsPolicyMaxAgeZero {
        name: "sts.policy.max_age.zero",
        severity: Warn,
        title: "max_age of zero",
        message: "max_age is 0, so no sender keeps the policy",
        help: "Set `max_age: 1209600` (two weeks) or more, unless you are about to remove MTA-STS.",
        explain: "It is legal, but the strength of MTA-STS is that senders remember: whoever can \
            disturb the fetch of one moment can strip the protection. Some software refuses the \
            value.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
    StsPolicyMaxAgeShort {
        name: "sts.policy.max_age.short",
        severity: Warn,
        title: "short max_age",
        message: "max_age is short[: {value} seconds, where {limit} are advisable]",
        help: "Raise it to `max_age: 1209600` (two weeks) or more; a change of policy does not \
            wait for it, since senders notice the new id.",
        explain: "Senders forget the policy soon, and an attacker who blocks the fetch for that \
            long wins. It is legal, and guides that call a minimum of a day or a week a rule are \
            wrong; the standard expects weeks or more. A short time is right while testing and \
            before removal.",
        rfc: "RFC 8461 §10.2",
        result_type: None,
        detected: true,
    }
    StsPolicyMaxAgeTooLarge {
        name: "sts.policy.max_age.too_large",
        severity: Error,
        title: "max_age too large",
        message: "max_age is above the maximum of 31557600 seconds[: {value}]",
        help: "Set `max_age: 31557600` (a year) or less.",
        explain: "The grammar takes up to ten digits, the text sets a year as the maximum. Some \
            senders cut the value down to a year, some refuse the policy.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
    StsPolicyDuplicateField {
        name: "sts.policy.duplicate_field",
        severity: Warn,
        title: "repeated field",
        message: "a field of the policy stands more than once[: `{name}`]",
        help: "Keep one of the lines; only `mx` may be repeated.",
        explain: "Only the first one counts. Some senders take the last one and some refuse the \
            policy, so what is in force depends on the sender.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
    StsPolicyUnknownField {
        name: "sts.policy.unknown_field",
        severity: Info,
        title: "unregistered field",
        message: "the policy has a field that no standard defines[: `{name}`][; did you mean \
            `{expected}`?]",
        help: "Correct the name if it is a slip of the pen; otherwise it may stay.",
        explain: "Senders must ignore fields that they do not know, so it does no harm by itself; \
            checkers that call it an error are wrong. A mistyped `mx` or `mode` is ignored in the \
            same way.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
    StsPolicyFieldCase {
        name: "sts.policy.field_case",
        severity: Error,
        title: "field name in wrong case",
        message: "a field's name is not in lower case[: `{name}`]",
        help: "Write `version`, `mode`, `max_age` and `mx` in lower case.",
        explain: "Names are case-sensitive, so to a strict sender this is an unknown field that \
            it ignores: the mode or host that it was to set is missing. Lenient senders read it, \
            which hides the fault.",
        rfc: "RFC 8461 §3.2",
        result_type: None,
        detected: true,
    }
}
