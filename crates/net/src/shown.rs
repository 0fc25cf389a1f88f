/// Octets from the network as text for people, at most `most` characters: bad UTF-8, control
/// characters and those that turn the direction of writing become U+FFFD, so that nothing a
/// stranger sends moves a cursor or reorders a line.
pub(crate) fn shown(octets: &[u8], most: usize) -> String {
    String::from_utf8_lossy(octets)
        .chars()
        .take(most)
        .map(|c| {
            if c.is_control() || turns(c) {
                char::REPLACEMENT_CHARACTER
            } else {
                c
            }
        })
        .collect()
}

/// Marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX #9 §2), and the
/// separators that some terminals take for a line's end.
fn turns(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}
