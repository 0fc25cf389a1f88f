//! JSON that a terminal can be shown.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Serializer, ser::Formatter};

use super::pointer::is_harmful;

/// Writes `value` compactly. What a terminal would act on and JSON leaves as it is (DEL, C1
/// controls, characters that turn the direction of writing) is escaped: the value is the same.
pub(super) fn write(out: impl Write, value: &impl Serialize) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Harmless))
}

struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for piece in fragment.split_inclusive(is_harmful) {
            let harmful = piece.chars().next_back().filter(|c| is_harmful(*c));
            let harmless = piece.trim_end_matches(is_harmful);
            writer.write_all(harmless.as_bytes())?;
            if let Some(c) = harmful {
                // All of them lie in the basic plane.
                write!(writer, "\\u{:04x}", u32::from(c))?;
            }
        }
        Ok(())
    }
}
