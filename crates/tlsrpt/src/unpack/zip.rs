//! zip archives, which RFC 8460 does not know and gateways make all the same.

use std::io::{Cursor, Read};

use findings::Code;
use flate2::bufread::DeflateDecoder;
use zip::ZipArchive;

use super::{Capped, Unpacker};

impl Unpacker<'_> {
    /// Every file of the archive, up to the limits.
    pub(super) fn zip(&mut self, bytes: &[u8], depth: usize) {
        let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => archive,
            Err(error) => {
                self.note(Code::ReportZipBroken, |f| f.arg("value", error));
                return self.cut_zip(bytes, depth);
            }
        };
        self.note(Code::ReportZip, |f| f);
        for index in 0..archive.len() {
            if self.items >= self.limits.items {
                let limit = self.limits.items;
                return self.note(Code::ReportTooMany, |f| {
                    f.arg("name", "parts").arg("limit", limit)
                });
            }
            let mut file = match archive.by_index(index) {
                Ok(file) => file,
                Err(error) => {
                    self.items += 1;
                    self.note(Code::ReportZipBroken, |f| f.arg("value", error));
                    continue;
                }
            };
            if file.is_dir() {
                self.items += 1;
                continue;
            }
            let name = file.name().ok().map(std::borrow::Cow::into_owned);
            let mut held = Vec::new();
            let most = (self.limits.held as u64).min(self.left);
            let mut left = most;
            let mut capped = Capped {
                reader: &mut file,
                left: &mut left,
                over: false,
            };
            let result = capped.read_to_end(&mut held);
            let over = capped.over;
            self.left -= most - left;
            if let Err(error) = result {
                self.note(Code::ReportZipBroken, |f| f.arg("value", error));
            }
            if over {
                self.too_large("a file of the archive", most);
            }
            drop(file);
            self.bytes(&held, name.as_deref(), depth + 1);
        }
    }

    /// An archive whose directory is cut off with its end: each file is read where it begins.
    fn cut_zip(&mut self, bytes: &[u8], depth: usize) {
        let mut rest = bytes;
        while let Some(file) = Local::first(rest) {
            if self.items >= self.limits.items {
                return;
            }
            let most = (self.limits.held as u64).min(self.left);
            let mut held = Vec::new();
            let read = match file.method {
                Method::Stored(size) => {
                    let data = file.data.get(..size).unwrap_or(file.data);
                    let took = data.take(most).read_to_end(&mut held);
                    took.unwrap_or_default()
                }
                Method::Deflate => {
                    let mut inflated = DeflateDecoder::new(file.data);
                    // What came before the cut counts.
                    let _ended = inflated.by_ref().take(most).read_to_end(&mut held);
                    usize::try_from(inflated.total_in()).unwrap_or(usize::MAX)
                }
                Method::Other => 0,
            };
            self.left -= (held.len() as u64).min(self.left);
            rest = file.data.get(read..).unwrap_or_default();
            if held.is_empty() {
                self.items += 1;
            } else {
                let name = String::from_utf8_lossy(file.name).into_owned();
                self.bytes(&held, Some(&name), depth + 1);
            }
        }
    }
}

/// A file of an archive by the header in front of it (APPNOTE 4.3.7).
struct Local<'z> {
    method: Method,
    name: &'z [u8],
    /// Everything behind the header.
    data: &'z [u8],
}

enum Method {
    /// Stored as it is, with its size.
    Stored(usize),
    Deflate,
    Other,
}

impl<'z> Local<'z> {
    /// The first file in these bytes.
    fn first(bytes: &'z [u8]) -> Option<Self> {
        let at = bytes.windows(4).position(|part| part == b"PK\x03\x04")?;
        let header = bytes.get(at..)?;
        let two = |at: usize| {
            let pair = header.get(at..at + 2)?;
            Some(u16::from_le_bytes(pair.try_into().ok()?))
        };
        let size = u32::from_le_bytes(header.get(18..22)?.try_into().ok()?);
        let (name, extra) = (usize::from(two(26)?), usize::from(two(28)?));
        let method = match two(8)? {
            0 => Method::Stored(usize::try_from(size).ok()?),
            8 => Method::Deflate,
            _ => Method::Other,
        };
        Some(Self {
            method,
            name: header.get(30..30 + name)?,
            data: header.get(30 + name + extra..)?,
        })
    }
}
