//! Reports about the same sessions in pieces made one: nodes that count apart, parts of a day.

use std::collections::BTreeMap;

use super::{DateRange, FailureDetail, Policy, PolicyReport, Report, Summary};

impl Report {
    /// Both reports in one: policies that are alike add up, failures that are alike too; the period
    /// covers both. The order of the two does not matter, nor does that of merging several. Of two
    /// names, contacts or ids the first in the order of their bytes is kept.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        let mut policies: BTreeMap<Policy, Sum> = BTreeMap::new();
        for part in self.policies.into_iter().chain(other.policies) {
            policies
                .entry(part.policy)
                .or_default()
                .add(part.summary, part.failure_details);
        }
        Self {
            organization_name: lesser(self.organization_name, other.organization_name),
            date_range: DateRange {
                start: lesser(self.date_range.start, other.date_range.start),
                // The greater of two; none is less than any.
                end: self.date_range.end.max(other.date_range.end),
            },
            contact_info: lesser(self.contact_info, other.contact_info),
            report_id: lesser(self.report_id, other.report_id),
            policies: policies
                .into_iter()
                .map(|(policy, sum)| PolicyReport {
                    policy,
                    summary: sum.summary,
                    failure_details: sum.details(),
                })
                .collect(),
        }
    }
}

#[derive(Default)]
struct Sum {
    summary: Summary,
    /// Failures without their count, and their counts added up.
    failures: BTreeMap<FailureDetail, Option<u64>>,
}

impl Sum {
    fn add(&mut self, summary: Summary, details: Vec<FailureDetail>) {
        self.summary.successful = plus(self.summary.successful, summary.successful);
        self.summary.failed = plus(self.summary.failed, summary.failed);
        for mut detail in details {
            let count = detail.failed_session_count.take();
            let sum = self.failures.entry(detail).or_default();
            *sum = plus(*sum, count);
        }
    }

    fn details(self) -> Vec<FailureDetail> {
        let with = |(detail, failed_session_count)| FailureDetail {
            failed_session_count,
            ..detail
        };
        self.failures.into_iter().map(with).collect()
    }
}

fn plus(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (a, b) => a.or(b),
    }
}

/// The lesser of two; of one that is there and one that is not, the one there.
fn lesser<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
