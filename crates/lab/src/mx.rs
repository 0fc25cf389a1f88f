//! MX hosts: SMTP with STARTTLS (RFC 5321, RFC 3207), rightly or wrongly. What they accept, they
//! throw away.

use std::io;

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::{listen::Serve, tls::Behaviour};

/// The longest line that is read.
const MAX_LINE: usize = 4096;

/// How a host speaks SMTP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Smtp {
    pub(crate) greeting: Greeting,
    pub(crate) starttls: StartTls,
}

/// The first thing it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Greeting {
    /// 220.
    #[default]
    Welcome,
    /// 421: come back later.
    Later,
    /// 554: no service.
    No,
    /// 220- without end.
    Endless,
    /// 220 and a line without end.
    LongLine,
}

/// What becomes of STARTTLS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum StartTls {
    /// It works.
    #[default]
    Works,
    /// It is not offered.
    Missing,
    /// It is offered and refused with 454 (RFC 3207 §4).
    Refused,
    /// It works, and commands that came before the handshake are obeyed after it.
    Injectable,
}

/// One address of an MX host.
pub(crate) struct MxServer {
    pub(crate) name: String,
    pub(crate) smtp: Smtp,
    pub(crate) tls: Behaviour,
}

/// How a conversation in one layer ended.
enum End {
    Quit,
    StartTls,
}

impl Serve for MxServer {
    async fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        let mut lines = Lines::default();
        if !self.greet(&mut stream).await? {
            return Ok(());
        }
        match self.converse(&mut stream, &mut lines, false).await? {
            End::Quit => return stream.shutdown().await,
            End::StartTls => {}
        }
        if self.smtp.starttls != StartTls::Injectable {
            // RFC 3207 §4.2: nothing said before the handshake counts after it.
            lines = Lines::default();
        }
        if let Some(mut secured) = self.tls.accept(stream).await? {
            self.converse(&mut secured, &mut lines, true).await?;
            secured.shutdown().await?;
        }
        Ok(())
    }
}

impl MxServer {
    /// Greets; whether the conversation goes on.
    async fn greet(&self, stream: &mut TcpStream) -> io::Result<bool> {
        let name = &self.name;
        let (line, goes_on) = match self.smtp.greeting {
            Greeting::Welcome => (format!("220 {name} ESMTP\r\n"), true),
            Greeting::Later => (
                format!("421 4.3.2 {name} is busy, come back later\r\n"),
                false,
            ),
            Greeting::No => (format!("554 5.3.2 {name} does not want to talk\r\n"), true),
            Greeting::Endless => loop {
                stream.write_all(b"220-and another line\r\n").await?;
            },
            Greeting::LongLine => {
                stream.write_all(b"220 ").await?;
                loop {
                    stream.write_all(&[b'a'; 1024]).await?;
                }
            }
        };
        stream.write_all(line.as_bytes()).await?;
        Ok(goes_on)
    }

    async fn converse<S>(&self, stream: &mut S, lines: &mut Lines, secured: bool) -> io::Result<End>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send,
    {
        loop {
            let line = lines.next(stream).await?;
            let mut words = line.split_ascii_whitespace();
            let verb = words.next().unwrap_or_default().to_ascii_uppercase();
            let reply = match verb.as_str() {
                _ if self.smtp.greeting == Greeting::No && verb != "QUIT" => {
                    "503 5.5.1 Say QUIT\r\n".to_owned()
                }
                "EHLO" => self.capabilities(secured),
                "HELO" => format!("250 {}\r\n", self.name),
                "STARTTLS" if secured || self.smtp.starttls == StartTls::Missing => {
                    "502 5.5.1 No such command\r\n".to_owned()
                }
                "STARTTLS" if self.smtp.starttls == StartTls::Refused => {
                    "454 4.7.0 TLS not available due to temporary reason\r\n".to_owned()
                }
                "STARTTLS" => {
                    stream
                        .write_all(b"220 2.0.0 Ready to start TLS\r\n")
                        .await?;
                    return Ok(End::StartTls);
                }
                "MAIL" | "RCPT" | "RSET" | "NOOP" => "250 2.0.0 Ok\r\n".to_owned(),
                "DATA" => {
                    stream.write_all(b"354 End data with a dot\r\n").await?;
                    while lines.next(stream).await? != "." {}
                    "250 2.0.0 Thrown away\r\n".to_owned()
                }
                "QUIT" => {
                    stream.write_all(b"221 2.0.0 Bye\r\n").await?;
                    return Ok(End::Quit);
                }
                _ => "502 5.5.1 No such command\r\n".to_owned(),
            };
            stream.write_all(reply.as_bytes()).await?;
            stream.flush().await?;
        }
    }

    fn capabilities(&self, secured: bool) -> String {
        let offered = !secured && self.smtp.starttls != StartTls::Missing;
        let starttls = if offered { "250-STARTTLS\r\n" } else { "" };
        let name = &self.name;
        format!(
            "250-{name}\r\n250-SIZE 10240000\r\n250-8BITMIME\r\n{starttls}250 ENHANCEDSTATUSCODES\r\n"
        )
    }
}

/// Lines out of a stream; what is left over stays.
#[derive(Default)]
struct Lines(Vec<u8>);

impl Lines {
    async fn next<S: AsyncRead + Unpin>(&mut self, stream: &mut S) -> io::Result<String> {
        let mut buffer = [0; 1024];
        loop {
            if let Some(end) = self.0.iter().position(|octet| *octet == b'\n') {
                let line: Vec<u8> = self.0.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
            if self.0.len() > MAX_LINE {
                return Err(io::ErrorKind::InvalidData.into());
            }
            let length = stream.read(&mut buffer).await?;
            if length == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.0.extend(buffer.iter().take(length));
        }
    }
}
