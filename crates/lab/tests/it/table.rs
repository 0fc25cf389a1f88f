use std::collections::HashSet;

/// The codes of severity error and crit that a check of live servers must find.
const NEEDED: &[&str] = &[
    "sts.record.multiple",
    "sts.record.syntax",
    "sts.record.version",
    "sts.record.id.missing",
    "sts.record.id.invalid",
    "sts.record.ext.invalid",
    "sts.record.wrong_name",
    "sts.record.quoted",
    "sts.record.cname_loop",
    "dns.timeout",
    "dns.servfail",
    "dns.refused",
    "dns.bogus",
    "net.reserved_address",
    "sts.host.nxdomain",
    "sts.host.servfail",
    "sts.host.no_address",
    "sts.host.cname_dangling",
    "sts.tcp.refused",
    "sts.tcp.timeout",
    "sts.tls.name_mismatch",
    "sts.tls.unrecognized_name",
    "sts.tls.expired",
    "sts.tls.not_yet_valid",
    "sts.tls.self_signed",
    "sts.tls.untrusted",
    "sts.tls.incomplete_chain",
    "sts.tls.cn_only",
    "sts.tls.version",
    "sts.tls.not_tls",
    "sts.tls.handshake",
    "sts.http.redirect",
    "sts.http.status",
    "sts.http.ua_blocked",
    "sts.http.media_type",
    "sts.http.media_type_missing",
    "sts.http.too_large",
    "sts.http.timeout",
    "sts.http.truncated",
    "sts.policy.empty",
    "sts.policy.html",
    "sts.policy.json_draft",
    "sts.policy.encoding",
    "sts.policy.bom",
    "sts.policy.line.malformed",
    "sts.policy.line.blank",
    "sts.policy.line.leading_wsp",
    "sts.policy.eol.cr",
    "sts.policy.eol.escaped",
    "sts.policy.version.missing",
    "sts.policy.version.unsupported",
    "sts.policy.mode.missing",
    "sts.policy.mode.invalid",
    "sts.policy.mode.draft_report",
    "sts.policy.max_age.missing",
    "sts.policy.max_age.invalid",
    "sts.policy.max_age.too_large",
    "sts.policy.mx.missing",
    "sts.policy.mx.invalid",
    "sts.policy.mx.ulabel",
    "sts.policy.mx.ip_literal",
    "sts.policy.mx.policy_host",
    "sts.policy.field_case",
    "sts.mx.none_match",
    "sts.mx.unmatched",
    "sts.mx.mismatch.domain",
    "sts.mx.mismatch.tld",
    "sts.mx.mismatch.3ld",
    "sts.mx.mismatch.typo",
    "sts.mx.wildcard_depth",
    "mx.dns.unresolvable",
    "mx.connect.timeout",
    "mx.connect.refused",
    "mx.starttls.missing",
    "mx.starttls.failed",
    "mx.starttls.injection",
    "mx.cert.name_mismatch",
    "mx.cert.expired",
    "mx.cert.self_signed",
    "mx.cert.untrusted",
    "mx.cert.cn_only",
    "mx.cert.partial",
    "mx.tls.version",
    "mx.tls.sni_required",
    "tlsrpt.multiple",
    "tlsrpt.syntax",
    "tlsrpt.rua.missing",
    "tlsrpt.rua.invalid",
    "tlsrpt.rua.scheme",
    "tlsrpt.rua.mailbox",
    "tlsrpt.rua.unencoded",
    "tlsrpt.rua.mx_missing",
    "tlsrpt.old_name",
    "dane.bogus",
    "dane.mismatch",
    "dane.ta_not_sent",
    "dane.tlsa_servfail",
    "dane.sts_conflict",
    "dane.dns_failure",
];

/// Every needed code is provoked by a scenario.
#[test]
fn every_code_has_a_scenario() {
    let provoked: HashSet<&str> = lab::scenarios()
        .iter()
        .flat_map(|scenario| scenario.provokes)
        .copied()
        .collect();
    let missing: Vec<_> = NEEDED
        .iter()
        .filter(|code| !provoked.contains(*code))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// A scenario is found by its name, and its domain is its own. A fault provokes something, and a
/// good twin nothing that has to be mended.
#[test]
fn scenarios_are_told_apart() {
    let mut domains = HashSet::new();
    for scenario in lab::scenarios() {
        let found = lab::scenario(scenario.name).expect("it has a name");
        assert_eq!(found.domain, scenario.domain, "two of one name");
        assert!(domains.insert(scenario.domain), "{}", scenario.domain);
        assert!(
            scenario.good || !scenario.provokes.is_empty(),
            "{}",
            scenario.name
        );
        let mended = scenario.provokes.iter().any(|code| NEEDED.contains(code));
        assert!(!(scenario.good && mended), "{}", scenario.name);
        let twice = scenario.also.iter().any(|c| scenario.provokes.contains(c));
        assert!(!twice, "{}", scenario.name);
        // Nothing comes along where nothing is wrong.
        let quiet = !scenario.good || scenario.also.is_empty();
        assert!(quiet, "{}", scenario.name);
        let weighed = scenario.weighs.iter();
        let provoked = weighed.filter(|(code, _)| scenario.provokes.contains(code));
        assert_eq!(provoked.count(), scenario.weighs.len(), "{}", scenario.name);
    }
}
