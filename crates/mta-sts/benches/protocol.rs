//! Record, policy and match beside the crate mailrs-mta-sts, in the same run and on the same texts.
//! Ours is never to need longer, and aims at half.

use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const RECORD: &str = "v=STSv1; id=20200101T000000Z";

const POLICY: &str = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: \
                      backup.example.com\r\nmx: *.mx.example.net\r\nmax_age: 2592000\r\n";

const MATCHES: [(&str, &str); 3] = [
    ("mail.example.com", "mail.example.com"),
    ("*.example.com", "mx1.example.com"),
    ("*.example.com", "a.b.example.com"),
];

/// A TXT record to its id.
mod record {
    use super::{Bencher, RECORD, black_box};

    #[divan::bench(sample_size = 500)]
    fn ours(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| mta_sts::record::parse(black_box(RECORD.as_bytes())));
    }

    #[divan::bench(sample_size = 500)]
    fn ours_in_a_set(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| mta_sts::record::parse_set(black_box(&[RECORD])));
    }

    #[divan::bench(sample_size = 500)]
    fn mailrs(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| mailrs_mta_sts::StsRecord::parse(black_box(RECORD)));
    }
}

/// A policy body with three mx lines.
mod policy {
    use super::{Bencher, POLICY, black_box};

    #[divan::bench(sample_size = 500)]
    fn ours(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| mta_sts::policy::parse(black_box(POLICY.as_bytes())));
    }

    #[divan::bench(sample_size = 500)]
    fn ours_with_lf(bencher: Bencher<'_, '_>) {
        let body = POLICY.replace('\r', "");
        bencher.bench_local(|| mta_sts::policy::parse(black_box(body.as_bytes())));
    }

    #[divan::bench(sample_size = 500)]
    fn mailrs(bencher: Bencher<'_, '_>) {
        bencher.bench_local(|| mailrs_mta_sts::Policy::parse(black_box(POLICY)));
    }
}

/// One pattern and one host: equal names, a wildcard that covers, one that does not.
mod pattern {
    use super::{Bencher, MATCHES, black_box};

    #[divan::bench(args = MATCHES, sample_size = 500)]
    fn ours(bencher: Bencher<'_, '_>, (pattern, host): (&str, &str)) {
        bencher.bench_local(|| mta_sts::matches(black_box(pattern), black_box(host)));
    }

    #[divan::bench(args = MATCHES, sample_size = 500)]
    fn mailrs(bencher: Bencher<'_, '_>, (pattern, host): (&str, &str)) {
        bencher.bench_local(|| mailrs_mta_sts::mx_matches(black_box(host), black_box(pattern)));
    }
}
