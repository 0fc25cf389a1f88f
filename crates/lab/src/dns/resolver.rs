use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    pin::Pin,
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use domain::{
    base::{Message, ParsedName, iana},
    dnssec::validator::{anchor::TrustAnchors, context::ValidationContext},
    net::client::{
        request::{ComposeRequest as _, Error, GetResponse, RequestMessage, SendRequest},
        validator,
    },
    rdata::Cname,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpStream, UdpSocket},
    time::{Instant, timeout},
};

use super::{
    server::{Answer, Limit},
    wire::{Query, Rcode},
};

/// How long the resolver goes on asking servers that say nothing. Any sensible client has given
/// up by then, as with real resolvers.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long one server is waited for before the other is asked.
const ATTEMPT: Duration = Duration::from_millis(750);
/// The datagram size that is asked for (DNS Flag Day 2020).
const PAYLOAD: u16 = 1232;
/// RFC 8914 §4.23.
const NO_REACHABLE_AUTHORITY: u16 = 22;
/// RFC 8914 §4.24.
const NETWORK_ERROR: u16 = 23;

type Request = RequestMessage<Vec<u8>>;
type Validator = validator::Connection<Upstream, Vec<u8>, Upstream>;

/// A validating resolver: it asks the authoritative servers over the network and knows of them
/// no more than their addresses and the root's key.
pub(crate) struct Resolver {
    validator: Validator,
}

impl Resolver {
    /// A resolver that asks these servers and trusts these keys, given as zone-file text.
    pub(crate) fn new(servers: Vec<SocketAddr>, anchor: &str) -> Option<Self> {
        let anchors = TrustAnchors::from_u8(anchor.as_bytes()).ok()?;
        let upstream = Upstream {
            servers: servers.into(),
        };
        let context = Arc::new(ValidationContext::new(anchors, upstream.clone()));
        Some(Self {
            validator: validator::Connection::new(upstream, context),
        })
    }

    async fn resolve(&self, octets: Vec<u8>, query: &Query) -> Result<Message<Bytes>, Error> {
        let mut request = Request::new(Message::from_octets(octets)?)?;
        request.set_udp_payload_size(PAYLOAD);
        request.set_dnssec_ok(query.wants_dnssec());
        request.header_mut().set_rd(true);
        self.validator.send_request(request).get_response().await
    }
}

impl Answer for Resolver {
    async fn answer(&self, octets: Vec<u8>, limit: Limit) -> Option<Vec<u8>> {
        let query = Query::read(&octets)?;
        let answer = match self.resolve(octets, &query).await {
            Ok(answer) => answer,
            Err(Error::StreamReadTimeout) => {
                return Some(query.refuse(Rcode::ServFail, Some(NO_REACHABLE_AUTHORITY), false));
            }
            Err(Error::FormError) => return Some(query.refuse(Rcode::ServFail, None, false)),
            Err(_) => return Some(query.refuse(Rcode::ServFail, Some(NETWORK_ERROR), false)),
        };
        let answer = if query.has_edns() {
            Some(answer)
        } else {
            without_edns(&answer)
        };
        let mut answer = answer?.as_slice().to_vec();
        if matches!(limit, Limit::Datagram) && answer.len() > query.datagram_limit() {
            return Some(query.refuse(Rcode::NoError, None, true));
        }
        query.stamp(&mut answer);
        Some(answer)
    }
}

/// Asks the authoritative servers in turn, with DNSSEC records and without validation.
#[derive(Clone, Debug)]
struct Upstream {
    servers: Arc<[SocketAddr]>,
}

impl SendRequest<Request> for Upstream {
    fn send_request(&self, request: Request) -> Box<dyn GetResponse + Send + Sync> {
        Box::new(Exchange {
            servers: Arc::clone(&self.servers),
            request,
        })
    }
}

#[derive(Debug)]
struct Exchange {
    servers: Arc<[SocketAddr]>,
    request: Request,
}

type Response<'a> = Pin<Box<dyn Future<Output = Result<Message<Bytes>, Error>> + Send + Sync + 'a>>;

impl GetResponse for Exchange {
    fn get_response(&mut self) -> Response<'_> {
        self.request.set_udp_payload_size(PAYLOAD);
        self.request.set_dnssec_ok(true);
        self.request.header_mut().set_rd(false);
        self.request.header_mut().set_id(1);
        let (servers, request) = (Arc::clone(&self.servers), self.request.to_vec());
        // A task of its own: the trait wants a future that is `Sync`.
        let task = tokio::spawn(async move { ask_all(&servers, &request?).await });
        Box::pin(async move { task.await.map_err(|_| Error::ConnectionClosed)? })
    }
}

/// The first answer of use, or how the last server failed. Servers that say nothing are asked
/// until the resolver's patience ends.
async fn ask_all(servers: &[SocketAddr], query: &[u8]) -> Result<Message<Bytes>, Error> {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        let mut refused = None;
        let mut silent = false;
        for server in servers {
            match timeout(ATTEMPT, ask(*server, query)).await {
                Ok(Ok(answer)) => match Message::from_octets(Bytes::from(answer)) {
                    // A validator would call it bogus, which it is not.
                    Ok(answer) if is_loop(&answer) => return Err(Error::FormError),
                    Ok(answer) if is_lame(&answer) => refused = Some(Error::ConnectionClosed),
                    Ok(answer) => return Ok(answer),
                    Err(short) => refused = Some(short.into()),
                },
                Ok(Err(error)) => refused = Some(Error::StreamReadError(Arc::new(error))),
                Err(_) => silent = true,
            }
        }
        if let Some(error) = refused.filter(|_| !silent) {
            return Err(error);
        }
    }
    Err(Error::StreamReadTimeout)
}

/// The answer without its additional section, which holds nothing but the OPT record: who does not
/// send one must not get one (RFC 6891 §7).
fn without_edns(answer: &Message<Bytes>) -> Option<Message<Bytes>> {
    let end = answer.additional().ok()?.pos();
    let mut octets = answer.as_slice().get(..end)?.to_vec();
    octets.get_mut(10..12)?.fill(0);
    Message::from_octets(Bytes::from(octets)).ok()
}

/// Whether the answer is a chain of aliases that leads back into itself.
fn is_loop(answer: &Message<Bytes>) -> bool {
    let Ok(section) = answer.answer() else {
        return false;
    };
    let aliases: Vec<_> = section.limit_to::<Cname<_>>().flatten().collect();
    let leads_back = |target: &ParsedName<_>| aliases.iter().any(|alias| alias.owner() == target);
    !aliases.is_empty() && aliases.iter().all(|alias| leads_back(alias.data().cname()))
}

/// Whether another server may know better.
fn is_lame(answer: &Message<Bytes>) -> bool {
    matches!(
        answer.header().rcode(),
        iana::Rcode::SERVFAIL | iana::Rcode::REFUSED | iana::Rcode::NOTIMP
    )
}

/// One question to one server: by datagram, and over a connection where the answer is cut.
async fn ask(server: SocketAddr, query: &[u8]) -> io::Result<Vec<u8>> {
    // The connected socket takes datagrams from that server alone, and its port is the nonce.
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    socket.connect(server).await?;
    socket.send(query).await?;
    let mut buffer = vec![0; 4096];
    let length = socket.recv(&mut buffer).await?;
    buffer.truncate(length);
    if buffer.get(2).is_none_or(|flags| flags & 0x02 == 0) {
        return Ok(buffer);
    }
    let mut stream = TcpStream::connect(server).await?;
    let length = u16::try_from(query.len()).map_err(io::Error::other)?;
    stream.write_all(&length.to_be_bytes()).await?;
    stream.write_all(query).await?;
    let mut length = [0; 2];
    stream.read_exact(&mut length).await?;
    let mut answer = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut answer).await?;
    Ok(answer)
}
