//! A TXT record, and a set of them: no input panics, what is written back is read the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mta_sts::record;

fuzz_target!(|data: &[u8]| {
    let parsed = record::parse(data);
    for finding in &parsed.findings {
        if let Some(span) = finding.bytes() {
            assert!(span.start <= span.end && span.end <= data.len(), "a span outside the text");
        }
    }
    if let Some(record) = parsed.value {
        let again = record::parse(record.write().as_bytes());
        assert_eq!(again.value.as_ref(), Some(&record), "written and read back");
    }
    let set: Vec<&[u8]> = data.split(|octet| *octet == b'\n').take(16).collect();
    let _any = record::parse_set(&set);
});
