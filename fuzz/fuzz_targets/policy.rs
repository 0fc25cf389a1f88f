//! A policy body: no input panics, what is written back is read the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mta_sts::policy;

fuzz_target!(|data: &[u8]| {
    let parsed = policy::parse(data);
    for finding in &parsed.findings {
        if let Some(span) = finding.bytes() {
            assert!(span.start <= span.end && span.end <= data.len(), "a span outside the text");
        }
    }
    if let Some(policy) = parsed.value {
        let again = policy::parse(policy.write().as_bytes());
        assert_eq!(again.value.as_ref(), Some(&policy), "written and read back");
    }
    if let Some((pattern, host)) = std::str::from_utf8(data).ok().and_then(|t| t.split_once('\n')) {
        let _either = mta_sts::matches(pattern, host);
    }
});
