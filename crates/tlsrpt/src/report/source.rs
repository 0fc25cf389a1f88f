//! Bytes of a report as they come: a window over a reader, in constant memory.

use std::io::{self, ErrorKind, Read};

/// Bytes read at first: most reports are no longer.
const FIRST: usize = 4 * 1024;
/// Bytes read at a time of longer ones.
const CHUNK: usize = 64 * 1024;

/// Bytes that are looked at in place: all of them, or one window of a reader after the other.
pub(super) struct Source<'r> {
    /// None where all bytes are at hand.
    reader: Option<&'r mut dyn Read>,
    lent: &'r [u8],
    window: Vec<u8>,
    /// How much of the window is filled.
    end: usize,
    at: usize,
    /// Bytes before the window.
    before: u64,
    /// Bytes that may still be read.
    left: u64,
    ended: bool,
    /// Whether the limit, not the reader, ended the input.
    pub(super) over: bool,
    /// What the reader failed with; the input counts as ended then.
    pub(super) error: Option<io::Error>,
    utf8: Utf8,
}

/// Whether bytes that come in pieces are UTF-8.
#[derive(Default)]
struct Utf8 {
    /// A character that the last piece began.
    begun: Vec<u8>,
    /// Where the first fault is.
    bad: Option<u64>,
}

impl Utf8 {
    /// Looks at the piece that begins at that offset.
    fn look(&mut self, piece: &[u8], offset: u64) {
        if self.bad.is_some() {
            return;
        }
        let mut rest = piece;
        while let (false, Some((byte, behind))) = (self.begun.is_empty(), rest.split_first()) {
            self.begun.push(*byte);
            rest = behind;
            match std::str::from_utf8(&self.begun) {
                Ok(_) => self.begun.clear(),
                Err(error) if error.error_len().is_some() => self.bad = Some(offset),
                Err(_) => {}
            }
            if self.bad.is_some() {
                return;
            }
        }
        if let Err(error) = std::str::from_utf8(rest) {
            let good = error.valid_up_to();
            if error.error_len().is_some() {
                self.bad = Some(offset + (piece.len() - rest.len() + good) as u64);
            } else {
                self.begun
                    .extend_from_slice(rest.get(good..).unwrap_or_default());
            }
        }
    }
}

impl<'r> Source<'r> {
    /// Bytes of a reader.
    pub(super) fn new(reader: &'r mut dyn Read, limit: u64) -> Self {
        Self {
            reader: Some(reader),
            left: limit,
            ..Self::lent(&[], limit)
        }
    }

    /// Bytes that are all at hand; they are not copied.
    pub(super) fn lent(bytes: &'r [u8], limit: u64) -> Self {
        let end = usize::try_from(limit)
            .unwrap_or(usize::MAX)
            .min(bytes.len());
        let mut utf8 = Utf8::default();
        utf8.look(bytes.get(..end).unwrap_or_default(), 0);
        Self {
            reader: None,
            lent: bytes,
            window: Vec::new(),
            end,
            at: 0,
            before: 0,
            left: 0,
            ended: false,
            over: end < bytes.len(),
            error: None,
            utf8,
        }
    }

    #[inline]
    fn bytes(&self) -> &[u8] {
        if self.reader.is_some() {
            &self.window
        } else {
            self.lent
        }
    }

    /// The next byte, which stays.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        if self.at < self.end {
            self.bytes().get(self.at).copied()
        } else {
            self.refill()
        }
    }

    /// The next byte, taken.
    #[inline]
    pub(super) fn bump(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// The bytes at hand; empty at the end only.
    #[inline]
    pub(super) fn rest(&mut self) -> &[u8] {
        if self.at >= self.end {
            self.refill();
        }
        self.bytes().get(self.at..self.end).unwrap_or_default()
    }

    /// Takes so many of the bytes that [`Self::rest`] gave.
    #[inline]
    pub(super) fn take(&mut self, count: usize) {
        self.at = (self.at + count).min(self.end);
    }

    /// Offset of the next byte.
    #[inline]
    pub(super) fn offset(&self) -> usize {
        usize::try_from(self.before)
            .unwrap_or(usize::MAX)
            .saturating_add(self.at)
    }

    /// Offset of the first byte that is not UTF-8, among those read so far.
    pub(super) fn not_utf8(&self) -> Option<usize> {
        let begun = !self.utf8.begun.is_empty() && !self.over;
        let end = self.before + self.end as u64;
        let at = self.utf8.bad.or_else(|| begun.then_some(end))?;
        Some(usize::try_from(at).unwrap_or(usize::MAX))
    }

    #[cold]
    fn refill(&mut self) -> Option<u8> {
        let reader = self.reader.as_mut().filter(|_| !self.ended)?;
        self.before += self.end as u64;
        self.at = 0;
        self.end = 0;
        if self.window.len() < CHUNK {
            let size = if self.window.is_empty() { FIRST } else { CHUNK };
            self.window.resize(size, 0);
        }
        let (count, error) = fill(reader, &mut self.window);
        self.error = error;
        let allowed = usize::try_from(self.left).unwrap_or(usize::MAX).min(count);
        self.over = allowed < count;
        self.ended = count < self.window.len() || self.over;
        self.left -= allowed as u64;
        self.end = allowed;
        let read = self.window.get(..allowed).unwrap_or_default();
        self.utf8.look(read, self.before);
        if allowed > 0 {
            self.window.first().copied()
        } else {
            None
        }
    }
}

/// Reads until the buffer is full or the input ends, by itself or by an error.
pub(super) fn fill(reader: &mut dyn Read, buffer: &mut [u8]) -> (usize, Option<io::Error>) {
    let mut length = 0;
    while let Some(rest) = buffer.get_mut(length..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return (length, Some(error)),
        }
    }
    (length, None)
}

/// UTF-16 made UTF-8 (the byte order mark has been taken). A lone surrogate becomes U+FFFD.
pub(super) struct Utf16<R> {
    reader: R,
    little: bool,
    odd: Option<u8>,
    high: Option<u16>,
    out: Vec<u8>,
    at: usize,
}

impl<R: Read> Utf16<R> {
    pub(super) fn new(reader: R, little: bool) -> Self {
        Self {
            reader,
            little,
            odd: None,
            high: None,
            out: Vec::new(),
            at: 0,
        }
    }

    fn unit(&mut self, unit: u16) {
        let mut units = [0; 2];
        let mut count = 0;
        for unit in self.high.take().into_iter().chain([unit]) {
            if let Some(place) = units.get_mut(count) {
                *place = unit;
                count += 1;
            }
        }
        if count == 1 && (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        for decoded in char::decode_utf16(units.into_iter().take(count)) {
            let c = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.out
                .extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.out.clear();
        self.at = 0;
        let mut raw = [0; 4096];
        while self.out.is_empty() {
            let count = self.reader.read(&mut raw)?;
            if count == 0 {
                if self.odd.take().is_some() || self.high.take().is_some() {
                    self.out.extend_from_slice("\u{fffd}".as_bytes());
                }
                return Ok(());
            }
            for byte in raw.iter().take(count) {
                match self.odd.take() {
                    None => self.odd = Some(*byte),
                    Some(first) if self.little => self.unit(u16::from_le_bytes([first, *byte])),
                    Some(first) => self.unit(u16::from_be_bytes([first, *byte])),
                }
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.out.len() {
            self.refill()?;
        }
        let mut rest = self.out.get(self.at..).unwrap_or_default();
        let count = rest.read(buffer)?;
        self.at += count;
        Ok(count)
    }
}
