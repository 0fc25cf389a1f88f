//! gzip (RFC 1952) that goes on where strict readers stop.

use std::{
    cell::Cell,
    io::{self, BufRead, Read},
    rc::Rc,
};

use flate2::bufread::GzDecoder;

/// What was met on the way; shared with the reader, which is consumed elsewhere.
pub(super) type Stats = Rc<Cell<Met>>;

/// What was met in gzip data.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Met {
    pub(super) members: usize,
    /// Cut short, or changed on the way.
    pub(super) damaged: bool,
    /// Bytes behind the last member.
    pub(super) trailing: u64,
    pub(super) output: u64,
}

/// Unpacks all members. Damage and bytes behind the end are noted and end the text.
pub(super) struct Gunzip<R> {
    state: State<R>,
    stats: Stats,
}

enum State<R> {
    Member(Box<GzDecoder<R>>),
    End,
}

impl<R: BufRead> Gunzip<R> {
    pub(super) fn new(reader: R) -> (Self, Stats) {
        let stats = Stats::default();
        let state = State::Member(Box::new(GzDecoder::new(reader)));
        stats.set(Met {
            members: 1,
            ..Met::default()
        });
        (
            Self {
                state,
                stats: stats.clone(),
            },
            stats,
        )
    }

    fn note(&self, change: impl FnOnce(&mut Met)) {
        let mut met = self.stats.get();
        change(&mut met);
        self.stats.set(met);
    }

    /// Behind a member: another one, or what does not belong there.
    fn next(&mut self) {
        let State::Member(decoder) = std::mem::replace(&mut self.state, State::End) else {
            return;
        };
        let mut reader = decoder.into_inner();
        let another = reader
            .fill_buf()
            .is_ok_and(|rest| rest.starts_with(&[0x1f]));
        if another {
            self.note(|met| met.members += 1);
            self.state = State::Member(Box::new(GzDecoder::new(reader)));
            return;
        }
        loop {
            let count = reader.fill_buf().map_or(0, <[u8]>::len);
            if count == 0 {
                return;
            }
            reader.consume(count);
            self.note(|met| met.trailing += count as u64);
        }
    }
}

impl<R: BufRead> Read for Gunzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let State::Member(decoder) = &mut self.state else {
                return Ok(0);
            };
            match decoder.read(buffer) {
                Ok(0) => self.next(),
                Ok(count) => {
                    self.note(|met| met.output += count as u64);
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => {
                    self.state = State::End;
                    self.note(|met| met.damaged = true);
                }
            }
        }
    }
}
