//! Reports out of what carries them: gzip, zip and mail (RFC 8460 §5), told by their first bytes.
//!
//! Everything is bounded: [`Limits`] caps the bytes that come out, the number of parts and how deep
//! one thing may stand in another. Names inside archives and mails are labels, never paths.

mod gzip;
mod mail;
mod sniff;
mod zip;

use std::io::{self, Read};

use findings::{Code, Finding, Subject};

use gzip::{Gunzip, Stats};
use sniff::{Shape, base64, sniff};

/// Bytes looked at to tell what they are.
const HEAD: usize = 512;

/// How much may come out of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes unpacked from the whole input.
    pub output: u64,
    /// Bytes of a mail, and of what must be held to be unpacked (a zip archive in gzip).
    pub held: usize,
    /// Parts that are looked at.
    pub items: usize,
    /// How deep one thing may stand in another.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            output: 512 << 20,
            held: 32 << 20,
            items: 100,
            depth: 6,
        }
    }
}

/// What was in an input, unpacked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpacked {
    /// What may be the text of a report each, in the order found.
    pub items: Vec<Item>,
    /// Every repair and remark.
    pub findings: Vec<Finding>,
}

/// One unpacked text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What the archive or mail calls it; never a path to be opened.
    pub name: Option<String>,
    /// The text.
    pub bytes: Vec<u8>,
}

/// One text while it is being unpacked.
pub struct Part<'a> {
    /// What the archive or mail calls it.
    pub name: Option<&'a str>,
    /// The text; it ends where the limit is reached.
    pub reader: &'a mut dyn Read,
}

/// Unpacks gzip (several members, packed twice, cut short, bytes behind), zip, a mail or plain JSON
/// (RFC 8460 §5.2, §5.3). Never fails: what cannot be unpacked is not there.
pub fn unpack(bytes: &[u8], limits: &Limits) -> Unpacked {
    let mut items = Vec::new();
    let findings = visit(bytes, limits, &mut |part, _| {
        let mut bytes = Vec::new();
        let name = part.name.map(str::to_owned);
        // What an interrupted reader gave so far counts.
        let ended = part.reader.read_to_end(&mut bytes).is_ok();
        let found = usize::from(ended && sniff(&bytes) == Shape::Json);
        items.push(Item { name, bytes });
        found
    });
    Unpacked { items, findings }
}

/// Unpacks like [`unpack`] and hands each text to `each` as it comes, without holding it. `each`
/// gets the number of reports found before and says how many it found: where a mail's likely parts
/// hold none, its other parts are tried.
pub fn visit(
    bytes: &[u8],
    limits: &Limits,
    each: &mut dyn FnMut(Part<'_>, usize) -> usize,
) -> Vec<Finding> {
    let mut unpacker = Unpacker {
        limits: *limits,
        left: limits.output,
        items: 0,
        found: 0,
        findings: Vec::new(),
        each,
    };
    unpacker.bytes(bytes, None, 0);
    unpacker.findings
}

struct Unpacker<'e> {
    limits: Limits,
    /// Bytes that may still come out.
    left: u64,
    items: usize,
    /// Reports found so far.
    found: usize,
    findings: Vec<Finding>,
    each: &'e mut dyn FnMut(Part<'_>, usize) -> usize,
}

impl Unpacker<'_> {
    /// Unpacks what the bytes are by their look.
    fn bytes(&mut self, bytes: &[u8], name: Option<&str>, depth: usize) {
        if depth > self.limits.depth {
            let limit = self.limits.depth;
            return self.note(Code::ReportTooDeep, |f| {
                f.arg("name", "the input").arg("limit", limit)
            });
        }
        match sniff(bytes) {
            Shape::Gzip => self.gzip(bytes, name, depth),
            Shape::Zip => self.zip(bytes, depth),
            Shape::Mail => {
                let before = self.found;
                self.mail(bytes, depth);
                if self.found == before {
                    // `Warning: scanned by …` in front of JSON looks like a header.
                    self.item(&mut { bytes }, name);
                }
            }
            Shape::Base64 => {
                let before = self.found;
                self.bytes(&base64(bytes), name, depth + 1);
                if self.found > before {
                    self.note(Code::ReportBase64, |f| f.about(Subject::Report(before)));
                }
            }
            Shape::Json | Shape::Other => {
                let mut rest = bytes;
                self.item(&mut rest, name);
            }
        }
    }

    /// One text for the visitor.
    fn item(&mut self, reader: &mut dyn Read, name: Option<&str>) {
        self.items += 1;
        if self.items > self.limits.items {
            if self.items == self.limits.items + 1 {
                let limit = self.limits.items;
                self.note(Code::ReportTooMany, |f| {
                    f.arg("name", "parts").arg("limit", limit)
                });
            }
            return;
        }
        self.found += (self.each)(Part { name, reader }, self.found);
    }

    /// RFC 8460 §5.2.
    fn gzip(&mut self, bytes: &[u8], name: Option<&str>, depth: usize) {
        let (outer, stats) = Gunzip::new(bytes);
        let mut layers = vec![stats];
        let mut reader: Box<dyn Read + '_> = Box::new(outer);
        let mut head = head(&mut reader);
        while sniff(&head) == Shape::Gzip && layers.len() + depth <= self.limits.depth {
            let (inner, stats) =
                Gunzip::new(io::BufReader::new(io::Cursor::new(head).chain(reader)));
            layers.push(stats);
            reader = Box::new(inner);
            head = self::head(&mut reader);
        }
        let shape = sniff(&head);
        let first = self.found;
        let mut left = self.left;
        let mut capped = Capped {
            reader: io::Cursor::new(head).chain(reader),
            left: &mut left,
            over: false,
        };
        if matches!(shape, Shape::Json | Shape::Other) {
            self.item(&mut capped, name);
            let over = capped.over;
            self.left = left;
            self.gzip_notes(&layers, first, over);
        } else {
            let mut held = Vec::new();
            let most = self.limits.held as u64;
            // The reader never fails: damage ends it.
            let complete = capped.by_ref().take(most).read_to_end(&mut held).is_ok();
            let over = capped.over || !complete || held.len() as u64 == most;
            self.left = left;
            self.gzip_notes(&layers, first, over);
            self.bytes(&held, name, depth + layers.len());
        }
    }

    fn gzip_notes(&mut self, layers: &[Stats], first: usize, over: bool) {
        let begin = self.findings.len();
        if layers.len() > 1 {
            self.note(Code::ReportNestedGzip, |f| f);
        }
        for layer in layers {
            let stats = layer.get();
            if stats.members > 1 {
                self.note(Code::ReportGzipMembers, |f| f.arg("count", stats.members));
            }
            if stats.damaged {
                self.note(Code::ReportGzipTruncated, |f| f.arg("count", stats.output));
            }
            if stats.trailing > 0 {
                self.note(Code::ReportGzipTrailing, |f| f.arg("count", stats.trailing));
            }
        }
        if over {
            self.too_large("what the input unpacks to", self.limits.output);
        }
        if self.found > first {
            let about = |f: Finding| f.about(Subject::Report(first));
            let tail = self.findings.split_off(begin);
            self.findings.extend(tail.into_iter().map(about));
        }
    }

    fn too_large(&mut self, name: &str, limit: u64) {
        self.note(Code::ReportTooLarge, |f| {
            f.arg("name", name).arg("limit", limit)
        });
    }

    fn note(&mut self, code: Code, fill: impl FnOnce(Finding) -> Finding) {
        // A thousand broken parts say no more than a hundred.
        if self.findings.iter().filter(|f| f.code() == code).count() < 100 {
            self.findings.push(fill(Finding::new(code)));
        }
    }
}

/// The first bytes of a reader that does not fail.
fn head(reader: &mut dyn Read) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD);
    match reader.take(HEAD as u64).read_to_end(&mut head) {
        Ok(_) | Err(_) => head,
    }
}

/// A reader that ends where the budget does, and says so.
struct Capped<'b, R> {
    reader: R,
    left: &'b mut u64,
    over: bool,
}

impl<R: Read> Read for Capped<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        let allowed = usize::try_from(*self.left).unwrap_or(usize::MAX).min(count);
        self.over |= allowed < count;
        *self.left -= allowed as u64;
        Ok(allowed)
    }
}
