//! Whatever may carry reports, mail, zip or gzip: no input panics, and the limits hold.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tlsrpt::unpack::{Limits, unpack};

const OUTPUT: u64 = 1 << 20;

fuzz_target!(|data: &[u8]| {
    let limits = Limits { output: OUTPUT, held: 1 << 20, items: 8, depth: 3 };
    let unpacked = unpack(data, &limits);
    assert!(unpacked.items.len() <= limits.items, "more parts than the limit");
    let packed: usize = unpacked.items.iter().map(|item| item.bytes.len()).sum();
    // What was never packed comes out as it is.
    assert!(packed as u64 <= OUTPUT + 8 * data.len() as u64, "more octets than the limit");
});
