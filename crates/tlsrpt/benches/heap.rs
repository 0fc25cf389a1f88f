//! The memory that reading a report of a million failures needs: the column `max alloc`, which is to
//! be 16 MiB at most. The report is made while it is read, so that only the reader's memory counts.

mod made;

use divan::{AllocProfiler, Bencher, black_box};
use made::Made;
use tlsrpt::report;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// Keeps the number of failed sessions, as a roll-up does.
#[derive(Default)]
struct Count(u64);

impl report::Sink for Count {
    fn policy(&mut self, policy: report::PolicyReport) {
        let counts = policy
            .failure_details
            .iter()
            .filter_map(|row| row.failed_session_count);
        self.0 += counts.sum::<u64>();
    }

    fn report(&mut self, _: report::Report) {}
}

/// A million failures, 166 MB.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn million(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| {
        let mut count = Count::default();
        let mut made = Made::new(black_box(1_000_000));
        let streamed = report::stream(&mut made, &report::Limits::default(), 0, &mut count);
        assert_eq!((streamed.reports, count.0), (1, 1_000_000));
    });
}
