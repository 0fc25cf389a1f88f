//! The report that the benchmarks read.

use std::{
    fmt::Write as _,
    io::{self, Read},
};

use tlsrpt::report;

/// A report of so many failures, made while it is read.
pub(crate) struct Made {
    details: usize,
    next: usize,
    text: String,
    at: usize,
}

impl Made {
    pub(crate) fn new(details: usize) -> Self {
        let text = format!(
            r#"{{"organization-name":"Big Reporter","date-range":{{"start-datetime":"2026-02-01T00:00:00Z","end-datetime":"2026-02-01T23:59:59Z"}},"contact-info":"tls@reporter.example","report-id":"big-1","policies":[{{"policy":{{"policy-type":"sts","policy-string":["version: STSv1","mode: enforce","mx: *.d.example","max_age: 604800"],"policy-domain":"d.example","mx-host":["*.d.example"]}},"summary":{{"total-successful-session-count":1000000,"total-failure-session-count":{details}}},"failure-details":["#
        );
        Self {
            details,
            next: 0,
            text,
            at: 0,
        }
    }

    fn refill(&mut self) {
        self.text.clear();
        self.at = 0;
        if self.next > self.details {
            return;
        }
        if self.next == self.details {
            self.text.push_str("]}]}");
        } else {
            let i = self.next;
            let kind = report::ResultType::KNOWN
                .get(i % 11)
                .map_or("", report::ResultType::as_str);
            let comma = if i > 0 { "," } else { "" };
            let sender = format_args!("10.{}.{}.{}", i >> 16 & 255, i >> 8 & 255, i & 255);
            let (receiver, host) = (i % 254 + 1, i % 9);
            let made = write!(
                self.text,
                r#"{comma}{{"result-type":"{kind}","sending-mta-ip":"{sender}","receiving-ip":"198.51.100.{receiver}","receiving-mx-hostname":"mx{host}.d.example","failed-session-count":1}}"#
            );
            assert!(made.is_ok());
        }
        self.next += 1;
    }
}

impl Read for Made {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            if self.at >= self.text.len() {
                self.refill();
                if self.text.is_empty() {
                    break;
                }
            }
            let mut rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let count = rest.read(buffer.get_mut(filled..).unwrap_or_default())?;
            self.at += count;
            filled += count;
        }
        Ok(filled)
    }
}
