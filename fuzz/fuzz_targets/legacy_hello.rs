//! A server's first flight up to TLS 1.2, read by hand: no input panics, more octets never undo an
//! answer.
#![no_main]

use libfuzzer_sys::fuzz_target;
use net::tls::legacy::{Flight, parse_flight};

fuzz_target!(|data: &[u8]| {
    let whole = parse_flight(data);
    let half = parse_flight(&data[..data.len() / 2]);
    if half != Flight::More {
        assert_eq!(half, whole, "an answer once told stays");
    }
});
