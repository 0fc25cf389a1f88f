//! SMTP replies in pieces: no input panics, none grows without bound, the pieces do not matter.
#![no_main]

use libfuzzer_sys::fuzz_target;
use net::smtp::wire::{Ehlo, MAX_LINES, Replies};

fn read(pieces: &[&[u8]]) -> Vec<String> {
    let mut replies = Replies::default();
    let mut seen = Vec::new();
    for piece in pieces {
        replies.push(piece);
        loop {
            match replies.next_reply() {
                Ok(Some(reply)) => {
                    assert!(reply.lines.len() <= MAX_LINES, "a reply longer than its limit");
                    let _keywords = Ehlo::from_reply(&reply);
                    seen.push(format!("{reply:?}"));
                }
                Ok(None) => break,
                Err(error) => {
                    seen.push(error.to_string());
                    return seen;
                }
            }
        }
    }
    seen
}

fuzz_target!(|data: &[u8]| {
    let whole = read(&[data]);
    let cut = data.first().map_or(0, |first| usize::from(*first) % (data.len() + 1));
    let (head, tail) = data.split_at(cut);
    assert_eq!(whole, read(&[head, tail]), "how the octets arrive does not matter");
});
