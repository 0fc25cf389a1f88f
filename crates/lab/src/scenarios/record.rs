//! The record at `_mta-sts` (RFC 8461 §3.1).

use super::{Scenario, fault, good};
use crate::{
    dns::{auth::ZoneSpec, record::Record},
    site::Site,
};

pub(super) const ALL: &[Scenario] = &[
    fault!(
        "two-records",
        "two STS records",
        ["sts.record.multiple"],
        |site| {
            site.another_record("v=STSv1; id=20261102T000000;");
        }
    ),
    fault!(
        "record-empty-field",
        "an empty field in the record",
        ["sts.record.syntax"],
        |site| {
            site.record("v=STSv1; id=20261101T000000;;");
        }
    ),
    fault!(
        "record-version",
        "a version that does not exist",
        ["sts.record.version"],
        |site| {
            site.record("v=STSv2; id=20261101T000000;");
        }
    ),
    fault!(
        "record-lower-case",
        "the version in lower case",
        ["sts.record.version"],
        |site| {
            site.record("v=stsv1; id=20261101T000000;");
        }
    ),
    fault!(
        "no-id",
        "a record without id",
        ["sts.record.id.missing"],
        |site| {
            site.record("v=STSv1; note=later;");
        }
    ),
    fault!(
        "bad-id",
        "an id with dashes",
        ["sts.record.id.invalid"],
        |site| {
            site.record("v=STSv1; id=2026-11-01;");
        }
    ),
    fault!(
        "record-extension",
        "a policy line in the record",
        ["sts.record.ext.invalid"],
        |site| {
            site.record("v=STSv1; id=20261101T000000; mx: mx1.mailhost.example;");
        }
    )
    .also(&["sts.record.policy_fields"]),
    fault!(
        "record-at-apex",
        "the record at the domain itself",
        ["sts.record.wrong_name"],
        |site| {
            site.sts.clear();
            site.add(Record::txt(
                site.domain.clone(),
                "v=STSv1; id=20261101T000000;",
            ));
        }
    ),
    fault!(
        "record-at-host",
        "the record at the policy host",
        ["sts.record.wrong_name"],
        |site| {
            site.sts.clear();
            site.add(Record::txt(
                site.under("mta-sts"),
                "v=STSv1; id=20261101T000000;",
            ));
        }
    ),
    fault!(
        "record-underscore",
        "a label of underscores",
        ["sts.record.wrong_name"],
        |site| {
            site.sts.clear();
            site.add(Record::txt(
                site.under("_mta_sts"),
                "v=STSv1; id=20261101T000000;",
            ));
        }
    ),
    fault!(
        "quoted",
        "quotes inside the record",
        ["sts.record.quoted"],
        |site| {
            site.record("\"v=STSv1; id=20261101T000000;\"");
        }
    ),
    // A resolver gives up on a loop: it is seen link by link.
    fault!(
        "record-loop",
        "two aliases that point at each other",
        ["sts.record.cname_loop"],
        |site| {
            let [one, two] = ["_mta-sts", "_mta-sts.provider"].map(|labels| site.under(labels));
            site.sts = vec![
                Record::cname(one.clone(), two.clone()),
                Record::cname(two, one),
            ];
        }
    ),
    fault!(
        "record-chain",
        "a chain of ten aliases",
        ["sts.record.cname_loop"],
        |site| {
            let owners: Vec<String> = (0..10)
                .map(|at| {
                    if at == 0 {
                        "_mta-sts".to_owned()
                    } else {
                        format!("step{at}")
                    }
                })
                .map(|labels| site.under(&labels))
                .collect();
            let end = site.under("end");
            let targets = owners.iter().skip(1).cloned().chain([end.clone()]);
            site.sts = owners
                .iter()
                .zip(targets)
                .map(|(at, to)| Record::cname(at, to))
                .collect();
            site.add(Record::txt(end, "v=STSv1; id=20261101T000000;"));
        }
    ),
    fault!(
        "record-fields",
        "policy fields in the record",
        ["sts.record.policy_fields"],
        |site| {
            site.record("v=STSv1; id=20261101T000000; mode=enforce;");
        }
    ),
    fault!(
        "two-ids",
        "a second id in the record",
        ["sts.record.duplicate_field"],
        |site| {
            site.record("v=STSv1; id=20261101T000000; id=20261102T000000;");
        }
    ),
    good!(
        "record-unknown-field",
        "a field nobody knows",
        ["sts.record.unknown_field"],
        |site| {
            site.record("v=STSv1; id=20261101T000000; note=hello;");
        }
    ),
    good!(
        "unrelated-txt",
        "other text beside the record",
        ["sts.record.unrelated_txt"],
        |site| {
            site.another_record("v=spf1 -all");
        }
    ),
    fault!(
        "record-wildcard",
        "a wildcard answers",
        ["sts.record.wildcard_answer"],
        |site| {
            site.sts.clear();
            site.add(Record::txt(site.under("*"), "v=STSv1; id=20261101T000000;"));
        }
    ),
    fault!(
        "record-ttl",
        "a record kept for two days",
        ["sts.record.ttl_long"],
        |site| {
            site.sts.iter_mut().for_each(|record| record.ttl = 172_800);
        }
    ),
    good!(
        "record-zone",
        "the record in a zone of its own",
        [],
        |site| own_zone(site, ZoneSpec::signed)
    ),
    good!(
        "record-plain-zone",
        "the record in an unsigned zone of its own",
        [],
        |site| own_zone(site, |apex, records| ZoneSpec {
            records,
            ..ZoneSpec::unsigned(apex)
        })
    ),
    good!(
        "record-in-pieces",
        "a record of several strings",
        [],
        |site| {
            let pieces = ["v=STSv1; id=2026", "1101T000000", ";"];
            let pieces = pieces.map(|piece| piece.as_bytes().to_vec()).to_vec();
            site.sts = vec![Record::new(
                site.under("_mta-sts"),
                crate::Data::Txt(pieces),
            )];
        }
    ),
];

/// Delegates `_mta-sts`, which is legal (RFC 2181 §6), to a zone that this makes.
fn own_zone(site: &mut Site, zone: impl FnOnce(&str, Vec<Record>) -> ZoneSpec) {
    let records = std::mem::take(&mut site.sts);
    site.zones.push(zone(&site.under("_mta-sts"), records));
}
