//! Policy hosts: HTTPS servers that have one thing to say, rightly or wrongly.

use std::{collections::HashMap, io, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpStream,
    time::sleep,
};

use crate::{listen::Serve, tls::Behaviour};

/// Where policies live (RFC 8461 §3.3).
const POLICY_PATH: &str = "/.well-known/mta-sts.txt";
/// The longest request head that is read.
const MAX_HEAD: usize = 16 * 1024;
/// How long a slow host takes for each octet.
const DRIP: Duration = Duration::from_millis(500);

/// What a policy host answers.
#[derive(Clone, Debug)]
pub(crate) struct WebReply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// What Content-Length says, where that is not the truth.
    pub(crate) declared: Option<usize>,
    pub(crate) pace: Pace,
    /// Whether clients that do not call themselves a browser get a 403.
    pub(crate) browsers_only: bool,
}

/// How fast it answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Pace {
    /// At once.
    #[default]
    Whole,
    /// An octet now and then.
    Drip,
    /// The request is read and never answered.
    Never,
    /// At once, after a while.
    After(Duration),
}

/// One address of a policy host.
pub(crate) struct WebServer {
    pub(crate) tls: Option<Behaviour>,
    pub(crate) content: Content,
}

/// What it serves: one reply to everybody, or one a name.
pub(crate) enum Content {
    One(WebReply),
    ByHost(HashMap<String, WebReply>),
}

impl WebReply {
    /// This policy, as it should be served.
    pub(crate) fn policy(body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: 200,
            headers: vec![("Content-Type", "text/plain; charset=utf-8".to_owned())],
            body: body.into(),
            declared: None,
            pace: Pace::Whole,
            browsers_only: false,
        }
    }

    /// Another status and a page.
    pub(crate) fn page(status: u16, body: &str) -> Self {
        let headers = vec![("Content-Type", "text/html".to_owned())];
        Self {
            status,
            headers,
            ..Self::policy(body)
        }
    }

    fn head(&self) -> String {
        let length = self.declared.unwrap_or(self.body.len());
        let headers = self
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"));
        format!(
            "HTTP/1.1 {} {}\r\n{}Content-Length: {length}\r\nConnection: close\r\n\r\n",
            self.status,
            phrase(self.status),
            headers.collect::<String>(),
        )
    }
}

impl Serve for WebServer {
    async fn serve(&self, stream: TcpStream) -> io::Result<()> {
        let Some(tls) = &self.tls else {
            return self.converse(stream).await;
        };
        match tls.accept(stream).await? {
            Some(secured) => self.converse(secured).await,
            None => Ok(()),
        }
    }
}

impl WebServer {
    /// One request, one answer.
    async fn converse<S>(&self, mut stream: S) -> io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send,
    {
        let Some(head) = read_head(&mut stream).await? else {
            let reply = WebReply::page(400, "<!doctype html><title>Not HTTP</title>\n");
            stream.write_all(reply.head().as_bytes()).await?;
            stream.write_all(&reply.body).await?;
            return stream.shutdown().await;
        };
        let reply = self.reply(&head);
        match reply.pace {
            Pace::Never => {
                while stream.read(&mut [0; 512]).await? > 0 {}
                return Ok(());
            }
            Pace::After(time) => sleep(time).await,
            Pace::Whole | Pace::Drip => {}
        }
        stream.write_all(reply.head().as_bytes()).await?;
        if reply.pace == Pace::Drip {
            for octet in &reply.body {
                stream.write_all(&[*octet]).await?;
                stream.flush().await?;
                sleep(DRIP).await;
            }
        } else {
            stream.write_all(&reply.body).await?;
        }
        stream.flush().await?;
        stream.shutdown().await
    }

    fn reply(&self, head: &str) -> WebReply {
        let mut lines = head.lines();
        let path = lines
            .next()
            .and_then(|line| line.split(' ').nth(1))
            .unwrap_or_default();
        let header = |name: &str| {
            let named = head.lines().filter_map(|line| line.split_once(':'));
            let mut named = named.filter(|(key, _)| key.eq_ignore_ascii_case(name));
            named.next().map_or("", |(_, value)| value.trim())
        };
        let reply = match &self.content {
            Content::One(reply) => Some(reply),
            Content::ByHost(replies) => {
                let host = header("host").split(':').next().unwrap_or_default();
                replies.get(&host.to_ascii_lowercase())
            }
        };
        match reply.filter(|_| path == POLICY_PATH) {
            Some(reply) if reply.browsers_only && !header("user-agent").contains("Mozilla/") => {
                WebReply::page(403, "<!doctype html><title>Are you human?</title>\n")
            }
            Some(reply) => reply.clone(),
            None => WebReply::page(404, "<!doctype html><title>Not found</title>\n"),
        }
    }
}

/// The head of a request; none where what comes is not HTTP.
async fn read_head<S: AsyncRead + Unpin>(stream: &mut S) -> io::Result<Option<String>> {
    let mut head = Vec::new();
    let mut buffer = [0; 1024];
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        let length = stream.read(&mut buffer).await?;
        if length == 0 || head.len() > MAX_HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
        head.extend(buffer.iter().take(length));
        if !head.first().is_some_and(u8::is_ascii_uppercase) {
            return Ok(None);
        }
    }
    Ok(Some(String::from_utf8_lossy(&head).into_owned()))
}

fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Something Else",
    }
}
