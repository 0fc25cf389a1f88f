//! A report's JSON: no input panics, and reading it in pieces of one octet gives the same.
#![no_main]

use std::io::{self, Read};

use libfuzzer_sys::fuzz_target;
use tlsrpt::report::{self, Limits, PolicyReport, Report, Sink};

/// Gives one octet a time: the least friendly of readers.
struct Drops<'d>(&'d [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(1);
        self.0.read(&mut buffer[..most])
    }
}

#[derive(Default)]
struct Collect {
    policies: Vec<PolicyReport>,
    reports: Vec<Report>,
}

impl Sink for Collect {
    fn policy(&mut self, policy: PolicyReport) {
        self.policies.push(policy);
    }

    fn report(&mut self, mut head: Report) {
        head.policies = std::mem::take(&mut self.policies);
        self.reports.push(head);
    }
}

fuzz_target!(|data: &[u8]| {
    let whole = report::read(data);
    let mut pieces = Collect::default();
    let streamed = report::stream(&mut Drops(data), &Limits::default(), 0, &mut pieces);
    assert_eq!(whole.reports, pieces.reports, "how the octets arrive does not matter");
    assert_eq!(whole.findings, streamed.findings);
    for read in whole.reports {
        // The writer is strict, and makes one form of what it takes: written again, nothing moves.
        if let Ok(written) = read.to_json() {
            let again = report::read(&written).reports;
            assert_eq!(again.len(), 1, "what was written is a report");
            assert_eq!(again[0].to_json().ok(), Some(written), "written and read back");
        }
    }
});
