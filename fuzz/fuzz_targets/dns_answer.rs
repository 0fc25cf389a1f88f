//! A DNS answer as it comes off the wire: no input panics, limits hold.
#![no_main]

use libfuzzer_sys::fuzz_target;
use names::Owner;
use net::dns::{MAX_CHAIN, MAX_RECORDS, RecordType, read_answer};

fuzz_target!(|data: &[u8]| {
    let Some((which, message)) = data.split_first() else {
        return;
    };
    let types = [
        RecordType::A,
        RecordType::Aaaa,
        RecordType::Cname,
        RecordType::Mx,
        RecordType::Txt,
        RecordType::Tlsa,
        RecordType::Soa,
        RecordType::Ns,
    ];
    let rtype = types[usize::from(*which) % types.len()];
    let owner = Owner::parse("mx.example.com").expect("a good name");
    let answer = read_answer(message, &owner, rtype);
    assert!(answer.records().len() <= MAX_RECORDS, "more records than the limit");
    assert!(answer.cname.len() <= MAX_CHAIN, "a longer chain than the limit");
});
