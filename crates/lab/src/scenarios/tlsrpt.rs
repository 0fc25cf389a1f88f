//! The record that asks for TLS reports (RFC 8460 §3).

use super::{Scenario, fault, good};
use crate::dns::record::Record;

/// The record has this text.
macro_rules! record {
    ($text:expr) => {
        |site| site.reporting($text)
    };
}

pub(super) const ALL: &[Scenario] = &[
    fault!(
        "no-tlsrpt",
        "no TLSRPT record",
        ["tlsrpt.missing"],
        |site| site.tlsrpt.clear()
    ),
    fault!(
        "two-tlsrpt",
        "two TLSRPT records",
        ["tlsrpt.multiple"],
        |site| {
            let owner = site.under("_smtp._tls");
            site.tlsrpt.push(Record::txt(
                owner,
                "v=TLSRPTv1; rua=mailto:second@reports.example",
            ));
        }
    ),
    fault!(
        "tlsrpt-syntax",
        "an empty field in the record",
        ["tlsrpt.syntax"],
        record!("v=TLSRPTv1; rua=mailto:tls@reports.example;;")
    ),
    fault!(
        "tlsrpt-no-rua",
        "no destination",
        ["tlsrpt.rua.missing"],
        record!("v=TLSRPTv1; note=later")
    ),
    fault!(
        "tlsrpt-no-scheme",
        "an address without mailto:",
        ["tlsrpt.rua.invalid"],
        record!("v=TLSRPTv1; rua=tls@reports.example")
    ),
    fault!(
        "tlsrpt-ftp",
        "a scheme that carries no reports",
        ["tlsrpt.rua.scheme"],
        record!("v=TLSRPTv1; rua=ftp://reports.example/tls")
    ),
    fault!(
        "tlsrpt-no-mailbox",
        "mailto: without a mailbox",
        ["tlsrpt.rua.mailbox"],
        record!("v=TLSRPTv1; rua=mailto:")
    ),
    fault!(
        "tlsrpt-unencoded",
        "an exclamation mark as it is",
        ["tlsrpt.rua.unencoded"],
        record!("v=TLSRPTv1; rua=mailto:tls@reports.example!10m")
    ),
    fault!(
        "tlsrpt-no-mail",
        "a destination that takes no mail",
        ["tlsrpt.rua.mx_missing"],
        record!("v=TLSRPTv1; rua=mailto:tls@nowhere.example")
    ),
    fault!(
        "tlsrpt-old-name",
        "the record's name of the drafts",
        ["tlsrpt.old_name"],
        |site| {
            site.tlsrpt.clear();
            let text = "v=TLSRPTv1; rua=mailto:tls@reports.example";
            site.add(Record::txt(site.under("_smtp-tlsrpt"), text));
        }
    )
    .also(&["tlsrpt.missing"]),
    fault!(
        "tlsrpt-no-label",
        "a label missing",
        ["tlsrpt.old_name"],
        |site| {
            site.tlsrpt.clear();
            let text = "v=TLSRPTv1; rua=mailto:tls@reports.example";
            site.add(Record::txt(site.under("_smtp._tcp"), text));
        }
    )
    .also(&["tlsrpt.missing"]),
    fault!(
        "tlsrpt-same-policy",
        "reports go to the domain that refuses mail",
        ["tlsrpt.rua.same_policy"],
        |site| {
            let text = format!("v=TLSRPTv1; rua=mailto:tls@{}", site.domain);
            site.reporting(&text);
            site.policy("enforce", &["mx.oldprovider.example"]);
        }
    )
    .also(&[
        "dane.sts_conflict",
        "sts.mx.none_match",
        "sts.mx.unmatched",
        "sts.mx.mismatch.domain",
    ]),
    good!(
        "tlsrpt-text",
        "other text beside the record",
        ["tlsrpt.unrelated_txt"],
        |site| {
            let owner = site.under("_smtp._tls");
            site.tlsrpt.push(Record::txt(owner, "v=spf1 -all"));
        }
    ),
    good!(
        "tlsrpt-elsewhere",
        "reports go elsewhere",
        ["tlsrpt.rua.external"],
        |_site| {}
    ),
    good!(
        "tlsrpt-alone",
        "reports without any policy",
        ["tlsrpt.without_policy"],
        |site| {
            site.unsigned();
            site.no_sts();
        }
    ),
];
