//! A TLSRPT record set: no input panics.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let set: Vec<&[u8]> = data.split(|octet| *octet == b'\n').take(16).collect();
    let read = tlsrpt::record::parse_set(&set);
    if let Some(record) = read.outcome.record() {
        assert!(!record.rua.is_empty(), "a record without a usable destination is no record");
    }
});
