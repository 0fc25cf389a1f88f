//! SMTP's lines and replies, without any connection: octets in, replies out, bounded.

use thiserror::Error;

use crate::shown::shown;

/// The longest reply line with its end. RFC 5321 §4.5.3.1.5 has 512; hosts send more.
pub const MAX_LINE: usize = 2048;
/// The most lines that a reply may have.
pub const MAX_LINES: usize = 100;

/// A reply (RFC 5321 §4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The code, 200 to 599.
    pub code: u16,
    /// The text of each line, as sent, without code and line end.
    pub lines: Vec<Vec<u8>>,
}

impl Reply {
    /// Whether the code is 2xx.
    pub fn is_positive(&self) -> bool {
        self.code / 100 == 2
    }

    /// The lines for people: joined by a space, control characters and bad UTF-8 replaced, at
    /// most 512 characters.
    pub fn text(&self) -> String {
        let joined = self.lines.join(&b' ');
        shown(&joined, 512)
    }
}

/// The answer to EHLO (RFC 5321 §4.1.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ehlo {
    /// How the host calls itself.
    pub name: String,
    /// Keywords in upper case, each with its parameters as sent.
    pub keywords: Vec<(String, String)>,
}

impl Ehlo {
    /// Reads a reply to EHLO.
    pub fn from_reply(reply: &Reply) -> Self {
        let text = |line: &Vec<u8>| String::from_utf8_lossy(line).into_owned();
        let mut lines = reply.lines.iter().map(text);
        let greeting = lines.next().unwrap_or_default();
        let name = greeting.split(' ').next().unwrap_or_default().to_owned();
        let keywords = lines
            .map(|line| match line.split_once(' ') {
                Some((keyword, rest)) => (keyword.to_ascii_uppercase(), rest.to_owned()),
                None => (line.to_ascii_uppercase(), String::new()),
            })
            .collect();
        Self { name, keywords }
    }

    /// Whether the keyword is offered.
    pub fn has(&self, keyword: &str) -> bool {
        self.keywords
            .iter()
            .any(|(offered, _)| offered.eq_ignore_ascii_case(keyword))
    }
}

/// Why octets are no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum WireError {
    /// A line longer than [`MAX_LINE`].
    #[error("reply line of more than {MAX_LINE} octets")]
    LineTooLong,
    /// More than [`MAX_LINES`] lines.
    #[error("reply of more than {MAX_LINES} lines")]
    TooManyLines,
    /// A line without a code of three digits, 200 to 599, and a space, hyphen or its end.
    #[error("not an SMTP reply")]
    NotAReply,
    /// The lines of a reply have different codes (RFC 5321 §4.2.1).
    #[error("the lines of a reply have different codes")]
    MixedCodes,
}

/// Collects octets and gives out whole replies.
#[derive(Debug, Default)]
pub struct Replies {
    buffer: Vec<u8>,
    partial: Option<Reply>,
    bare_lf: bool,
}

impl Replies {
    /// Takes octets as they come. What is kept is bounded by the caller reading replies out after
    /// every piece it pushes.
    pub fn push(&mut self, octets: &[u8]) {
        self.buffer.extend_from_slice(octets);
    }

    /// The next whole reply; none where more octets are needed. After an error the rest of the
    /// conversation means nothing.
    pub fn next_reply(&mut self) -> Result<Option<Reply>, WireError> {
        while let Some(line) = self.next_line()? {
            if let Some(reply) = self.take_line(&line)? {
                return Ok(Some(reply));
            }
        }
        Ok(None)
    }

    /// Octets that came behind the last whole reply.
    pub fn pending(&self) -> usize {
        self.buffer.len()
    }

    /// Whether a line ended in a bare LF.
    pub fn has_bare_lf(&self) -> bool {
        self.bare_lf
    }

    /// The next line without its end. A bare LF ends a line too, and is remembered: RFC 5321
    /// §2.3.8 has CRLF only, yet what the host means is clear.
    fn next_line(&mut self) -> Result<Option<Vec<u8>>, WireError> {
        let Some(end) = self
            .buffer
            .iter()
            .take(MAX_LINE)
            .position(|octet| *octet == b'\n')
        else {
            let too_long = self.buffer.len() >= MAX_LINE;
            return if too_long {
                Err(WireError::LineTooLong)
            } else {
                Ok(None)
            };
        };
        let mut line: Vec<u8> = self.buffer.drain(..=end).collect();
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        } else {
            self.bare_lf = true;
        }
        Ok(Some(line))
    }

    /// Adds a line to the reply that is being read; gives the reply where it was its last line.
    fn take_line(&mut self, line: &[u8]) -> Result<Option<Reply>, WireError> {
        let (code, last, text) = split_line(line).ok_or(WireError::NotAReply)?;
        let mut reply = self.partial.take().unwrap_or(Reply {
            code,
            lines: Vec::new(),
        });
        if reply.code != code {
            return Err(WireError::MixedCodes);
        }
        if reply.lines.len() >= MAX_LINES {
            return Err(WireError::TooManyLines);
        }
        reply.lines.push(text.to_vec());
        if last {
            return Ok(Some(reply));
        }
        self.partial = Some(reply);
        Ok(None)
    }
}

/// Code, whether it is the last line, and text (RFC 5321 §4.2: `Reply-line`). A code alone on its
/// line is tolerated, as the RFC asks of clients.
fn split_line(line: &[u8]) -> Option<(u16, bool, &[u8])> {
    let (code, rest) = line.split_at_checked(3)?;
    let (code, octets) = (std::str::from_utf8(code).ok()?, code);
    if !octets.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let code = code.parse().ok().filter(|code| (200..600).contains(code))?;
    match rest.split_first() {
        None => Some((code, true, &[])),
        Some((b' ', text)) => Some((code, true, text)),
        Some((b'-', text)) => Some((code, false, text)),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(octets: &[u8]) -> Result<Vec<Reply>, WireError> {
        let mut replies = Replies::default();
        let mut found = Vec::new();
        replies.push(octets);
        while let Some(reply) = replies.next_reply()? {
            found.push(reply);
        }
        Ok(found)
    }

    fn reply(code: u16, lines: &[&str]) -> Reply {
        Reply {
            code,
            lines: lines.iter().map(|line| line.as_bytes().to_vec()).collect(),
        }
    }

    #[test]
    fn replies_are_read_whole() {
        let table: &[(&str, Vec<Reply>)] = &[
            ("220 hi\r\n", vec![reply(220, &["hi"])]),
            ("220\r\n", vec![reply(220, &[""])]),
            (
                "250-a\r\n250-B c\r\n250 d\r\n",
                vec![reply(250, &["a", "B c", "d"])],
            ),
            ("250-a\r\n250\r\n", vec![reply(250, &["a", ""])]),
            (
                "220 a\r\n250 b\r\n",
                vec![reply(220, &["a"]), reply(250, &["b"])],
            ),
            ("220 a\n", vec![reply(220, &["a"])]),
            ("220 a", vec![]),
            ("250-a\r\n", vec![]),
            ("", vec![]),
        ];
        for (octets, expected) in table {
            assert_eq!(read(octets.as_bytes()).as_ref(), Ok(expected), "{octets:?}");
        }
    }

    #[test]
    fn what_is_no_reply_is_refused() {
        let table: &[(&[u8], WireError)] = &[
            (b"HTTP/1.1 400 Bad\r\n", WireError::NotAReply),
            (b"22\r\n", WireError::NotAReply),
            (b"\r\n", WireError::NotAReply),
            (b"+20 x\r\n", WireError::NotAReply),
            (b"199 x\r\n", WireError::NotAReply),
            (b"600 x\r\n", WireError::NotAReply),
            (b"220x\r\n", WireError::NotAReply),
            (b"\xff\xfe\xfd x\r\n", WireError::NotAReply),
            (b"\x16\x03\x01\x02\n", WireError::NotAReply),
            (b"250-a\r\n220 b\r\n", WireError::MixedCodes),
        ];
        for (octets, expected) in table {
            assert_eq!(read(octets), Err(*expected), "{octets:?}");
        }
    }

    #[test]
    fn a_reply_is_the_same_however_it_is_cut() {
        let octets = b"250-mx.example\r\n250-STARTTLS\r\n250 SIZE 1000\r\n";
        let whole = read(octets).unwrap();
        for cut in 0..octets.len() {
            let mut replies = Replies::default();
            replies.push(&octets[..cut]);
            assert_eq!(replies.next_reply(), Ok(None), "{cut}");
            replies.push(&octets[cut..]);
            assert_eq!(
                replies.next_reply().unwrap().as_ref(),
                whole.first(),
                "{cut}"
            );
            assert_eq!(replies.pending(), 0);
        }
    }

    #[test]
    fn limits_hold_at_their_edge() {
        let line = |length: usize| [b"220 ", vec![b'x'; length - 6].as_slice(), b"\r\n"].concat();
        assert!(read(&line(MAX_LINE)).is_ok());
        assert_eq!(read(&line(MAX_LINE + 1)), Err(WireError::LineTooLong));
        // No end in sight: refused as soon as the limit is reached, not kept for ever.
        assert_eq!(read(&vec![b'2'; MAX_LINE]), Err(WireError::LineTooLong));
        let lines = |count: usize| format!("{}250 end\r\n", "250-x\r\n".repeat(count - 1));
        assert_eq!(
            read(lines(MAX_LINES).as_bytes()).unwrap()[0].lines.len(),
            MAX_LINES
        );
        assert_eq!(
            read(lines(MAX_LINES + 1).as_bytes()),
            Err(WireError::TooManyLines)
        );
    }

    #[test]
    fn a_bare_lf_is_noted() {
        let mut replies = Replies::default();
        replies.push(b"250-a\r\n250 b\r\n");
        assert!(replies.next_reply().unwrap().is_some() && !replies.has_bare_lf());
        replies.push(b"250-a\n250 b\r\n");
        assert!(replies.next_reply().unwrap().is_some() && replies.has_bare_lf());
    }

    #[test]
    fn octets_behind_a_reply_are_counted() {
        let mut replies = Replies::default();
        replies.push(b"220 go ahead\r\n250 injected\r\n");
        assert_eq!(replies.next_reply().unwrap().unwrap().code, 220);
        assert_eq!(replies.pending(), 14);
    }

    #[test]
    fn ehlo_keeps_keywords_and_parameters() {
        type Case = (
            &'static [&'static str],
            &'static str,
            &'static [(&'static str, &'static str)],
        );
        let table: &[Case] = &[
            (&["mx.example greets you"], "mx.example", &[]),
            (
                &["mx", "starttls", "SIZE 1000", "AUTH PLAIN LOGIN"],
                "mx",
                &[("STARTTLS", ""), ("SIZE", "1000"), ("AUTH", "PLAIN LOGIN")],
            ),
            (&[""], "", &[]),
        ];
        for (lines, name, keywords) in table {
            let ehlo = Ehlo::from_reply(&reply(250, lines));
            assert_eq!(ehlo.name, *name);
            let found: Vec<_> = ehlo
                .keywords
                .iter()
                .map(|(k, v)| (k.as_str(), v.as_str()))
                .collect();
            assert_eq!(found, *keywords);
            assert_eq!(ehlo.has("STARTTLS"), lines.contains(&"starttls"));
        }
    }

    #[test]
    fn text_for_people_is_clean() {
        let dirty = Reply {
            code: 220,
            lines: vec![b"a\x1b[31m\xff".to_vec(), vec![b'b'; 600]],
        };
        let text = dirty.text();
        assert!(!text.contains('\u{1b}') && text.starts_with('a'));
        assert_eq!(text.chars().count(), 512);
    }
}
