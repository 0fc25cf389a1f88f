use names::Span;

use super::Reader;
use crate::grammar::Piece;

impl<'t> Reader<'_, 't> {
    /// Whether a bad value is one because line ends were written as `\n`. Then that is the fault,
    /// and not that the fields behind them are missing.
    pub(super) fn escaped(&mut self, value: Piece<'t>) -> bool {
        if find_escape(value.text).is_none() {
            return false;
        }
        self.note_escapes(value);
        let mut rest = value.text;
        while let Some((_, end)) = find_escape(rest) {
            rest = rest.get(end..).unwrap_or_default();
            let field = Piece::new(rest, 0).trim_start();
            let Some((name, _)) = field.split(b':') else {
                continue;
            };
            match name.trim_end().text {
                b"version" => self.met.version = true,
                b"mode" => self.met.mode = true,
                b"max_age" => self.met.max_age = true,
                b"mx" => self.mx_hidden = true,
                _ => {}
            }
        }
        true
    }

    pub(super) fn note_escapes(&mut self, value: Piece<'t>) {
        let mut rest = value;
        while let Some((start, end)) = find_escape(rest.text) {
            let span = Span::new(rest.start + start, rest.start + end);
            let (first, count) = self.escapes.unwrap_or((span, 0));
            self.escapes = Some((first, count + 1));
            rest = Piece::new(rest.text.get(end..).unwrap_or_default(), span.end);
        }
    }
}

/// Where the first escaped line end starts and ends: `\n` or `\r\n`, as backslash and letter.
pub(super) fn find_escape(text: &[u8]) -> Option<(usize, usize)> {
    let at = text.windows(2).position(|pair| pair == b"\\n")?;
    let before = text.get(..at).unwrap_or_default();
    let start = if before.ends_with(b"\\r") { at - 2 } else { at };
    Some((start, at + 2))
}
