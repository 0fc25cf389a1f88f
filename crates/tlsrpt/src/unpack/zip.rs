//! zip archives, which RFC 8460 does not know and gateways make all the same.

use std::io::{Cursor, Read};

use findings::Code;
use zip::ZipArchive;

use super::{Capped, Unpacker};

impl Unpacker<'_> {
    /// Every file of the archive, up to the limits.
    pub(super) fn zip(&mut self, bytes: &[u8], depth: usize) {
        let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => archive,
            Err(error) => return self.note(Code::ReportZipBroken, |f| f.arg("value", error)),
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
}
