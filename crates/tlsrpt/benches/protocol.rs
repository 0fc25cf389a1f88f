//! Reading reports beside `serde_json` into plain structs, in the same run and on the same bytes.
//! Ours is to reach 0.6 of its speed at least. What memory it needs is measured in `heap.rs`, since
//! counting allocations would slow the two unevenly.

mod made;

use std::io::Read as _;

use divan::{Bencher, black_box, counter::BytesCount};
use made::Made;
use tlsrpt::report;

fn main() {
    divan::main();
}

/// The structs that a program without worries would write.
#[expect(clippy::struct_field_names, reason = "the fields are named by the RFC")]
mod plain {
    use serde::Deserialize;

    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[expect(dead_code, reason = "they are filled, not looked at")]
    pub(super) struct Report {
        organization_name: String,
        date_range: Range,
        contact_info: String,
        report_id: String,
        policies: Vec<Policies>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[expect(dead_code, reason = "they are filled, not looked at")]
    struct Range {
        start_datetime: String,
        end_datetime: String,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[expect(dead_code, reason = "they are filled, not looked at")]
    struct Policies {
        policy: Policy,
        summary: Summary,
        #[serde(default)]
        failure_details: Vec<Detail>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[expect(dead_code, reason = "they are filled, not looked at")]
    struct Policy {
        policy_type: String,
        #[serde(default)]
        policy_string: Vec<String>,
        policy_domain: String,
        #[serde(default)]
        mx_host: Vec<String>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[expect(dead_code, reason = "they are filled, not looked at")]
    struct Summary {
        total_successful_session_count: u64,
        total_failure_session_count: u64,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[expect(dead_code, reason = "they are filled, not looked at")]
    struct Detail {
        result_type: String,
        sending_mta_ip: Option<String>,
        receiving_mx_hostname: Option<String>,
        receiving_mx_helo: Option<String>,
        receiving_ip: Option<String>,
        failed_session_count: u64,
        additional_information: Option<String>,
        failure_reason_code: Option<String>,
    }
}

fn bytes(details: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let read = Made::new(details).read_to_end(&mut bytes);
    assert!(read.is_ok());
    bytes
}

fn ours(bencher: Bencher<'_, '_>, bytes: &[u8]) {
    bencher
        .counter(BytesCount::of_slice(bytes))
        .bench_local(|| {
            let read = report::read(black_box(bytes));
            assert_eq!(read.reports.len(), 1);
            read
        });
}

fn serde(bencher: Bencher<'_, '_>, bytes: &[u8]) {
    bencher
        .counter(BytesCount::of_slice(bytes))
        .bench_local(|| {
            let report: Result<plain::Report, _> = serde_json::from_slice(black_box(bytes));
            assert!(report.is_ok());
            report
        });
}

/// A report as most are: one policy, three failures.
mod small {
    use super::{Bencher, bytes};

    #[divan::bench(sample_count = 2000, sample_size = 10)]
    fn ours(bencher: Bencher<'_, '_>) {
        super::ours(bencher, &bytes(3));
    }

    #[divan::bench(sample_count = 2000, sample_size = 10)]
    fn serde_json(bencher: Bencher<'_, '_>) {
        super::serde(bencher, &bytes(3));
    }
}

/// A hundred thousand failures, 16 MB.
mod large {
    use super::{Bencher, bytes};

    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn ours(bencher: Bencher<'_, '_>) {
        super::ours(bencher, &bytes(100_000));
    }

    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn serde_json(bencher: Bencher<'_, '_>) {
        super::serde(bencher, &bytes(100_000));
    }
}

/// A million failures, 166 MB.
mod million {
    use super::{Bencher, bytes};

    #[divan::bench(sample_count = 3, sample_size = 1)]
    fn ours(bencher: Bencher<'_, '_>) {
        super::ours(bencher, &bytes(1_000_000));
    }

    #[divan::bench(sample_count = 3, sample_size = 1)]
    fn serde_json(bencher: Bencher<'_, '_>) {
        super::serde(bencher, &bytes(1_000_000));
    }
}
