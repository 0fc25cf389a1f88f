use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _};

/// The longest hello that is read.
const MAX_HELLO: usize = 64 * 1024;
const HANDSHAKE: u8 = 22;
const SERVER_NAME: u16 = 0;
const SUPPORTED_VERSIONS: u16 = 43;
const TLS12: u16 = 0x0303;

/// A client's hello, and the records it came in.
#[derive(Debug)]
pub(crate) struct Hello {
    pub(super) octets: Vec<u8>,
    /// The name asked for, in lower case.
    pub(super) name: Option<String>,
    /// The highest version of the hello itself: all that TLS 1.2 and older look at.
    pub(super) version: u16,
    /// The extension that replaces it.
    pub(super) versions: Option<Vec<u16>>,
    pub(super) suites: Vec<u16>,
}

impl Hello {
    /// Reads records until the hello is whole.
    pub(super) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Self> {
        let mut octets = Vec::new();
        let mut message: Vec<u8> = Vec::new();
        loop {
            let mut head = [0; 5];
            stream.read_exact(&mut head).await?;
            let [kind, _, _, high, low] = head;
            let length = usize::from(u16::from_be_bytes([high, low]));
            if kind != HANDSHAKE || octets.len() + length > MAX_HELLO {
                return Err(invalid());
            }
            let mut body = vec![0; length];
            stream.read_exact(&mut body).await?;
            octets.extend_from_slice(&head);
            octets.extend_from_slice(&body);
            message.extend_from_slice(&body);
            if let [1, high, middle, low, rest @ ..] = message.as_slice() {
                let length = u32::from_be_bytes([0, *high, *middle, *low]) as usize;
                if let Some(hello) = rest.get(..length) {
                    let mut hello = Self::parse(hello).ok_or_else(invalid)?;
                    hello.octets = octets;
                    return Ok(hello);
                }
            }
        }
    }

    /// Whether TLS 1.2 or newer is offered.
    pub(super) fn knows_tls12(&self) -> bool {
        match &self.versions {
            Some(versions) => versions.iter().any(|version| *version >= TLS12),
            None => self.version >= TLS12,
        }
    }

    /// RFC 8446 §4.1.2.
    fn parse(hello: &[u8]) -> Option<Self> {
        let mut rest = Rest(hello);
        let version = rest.word()?;
        rest.take(32)?;
        rest.short()?;
        let suites = words(rest.long()?);
        rest.short()?;
        let (mut name, mut versions) = (None, None);
        let mut extensions = Rest(rest.long().unwrap_or_default());
        while let Some(kind) = extensions.word() {
            let data = extensions.long()?;
            match kind {
                SERVER_NAME => name = server_name(data),
                SUPPORTED_VERSIONS => versions = Some(words(data.get(1..)?)),
                _ => {}
            }
        }
        Some(Self {
            octets: Vec::new(),
            name,
            version,
            versions,
            suites,
        })
    }
}

/// RFC 6066 §3: a list of names, of which only host names exist.
fn server_name(data: &[u8]) -> Option<String> {
    let mut list = Rest(Rest(data).long()?);
    list.take(1)?;
    let name = std::str::from_utf8(list.long()?).ok()?;
    Some(name.to_ascii_lowercase())
}

fn words(octets: &[u8]) -> Vec<u16> {
    let pairs = octets.chunks_exact(2);
    pairs
        .filter_map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?)))
        .collect()
}

fn invalid() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not a TLS client's hello")
}

/// What is left to read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn word(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    /// A vector behind one octet of length.
    fn short(&mut self) -> Option<&'a [u8]> {
        let length = usize::from(*self.take(1)?.first()?);
        self.take(length)
    }

    /// A vector behind two octets of length.
    fn long(&mut self) -> Option<&'a [u8]> {
        let length = usize::from(self.word()?);
        self.take(length)
    }
}
