use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream, UdpSocket},
    sync::Semaphore,
    time::timeout,
};

use super::wire::Query;

/// How long a connection may stay quiet.
const IDLE: Duration = Duration::from_secs(30);
/// How many connections, and how many datagrams, are worked on at a time.
const AT_ONCE: usize = 512;

/// Something that answers queries; none where it stays silent.
pub(crate) trait Answer: Send + Sync + 'static {
    /// The answer in wire form, no longer than `limit` or cut with TC.
    fn answer(&self, query: Vec<u8>, limit: Limit) -> impl Future<Output = Option<Vec<u8>>> + Send;
}

/// How long an answer may be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Limit {
    /// What the query says a datagram may hold.
    Datagram,
    /// 64 KiB.
    Stream,
}

/// Serves datagrams until the runtime ends.
pub(crate) async fn serve_udp<A: Answer>(socket: UdpSocket, answer: Arc<A>) {
    let socket = Arc::new(socket);
    let permits = Arc::new(Semaphore::new(AT_ONCE));
    let mut buffer = vec![0_u8; 4096];
    loop {
        let Ok((length, from)) = socket.recv_from(&mut buffer).await else {
            continue;
        };
        let Ok(permit) = Arc::clone(&permits).acquire_owned().await else {
            return;
        };
        let query = buffer.get(..length).map(<[u8]>::to_vec).unwrap_or_default();
        let (socket, answer) = (Arc::clone(&socket), Arc::clone(&answer));
        tokio::spawn(async move {
            reply_to(&socket, &*answer, query, from).await;
            drop(permit);
        });
    }
}

async fn reply_to<A: Answer>(socket: &UdpSocket, answer: &A, query: Vec<u8>, to: SocketAddr) {
    if let Some(reply) = answer.answer(query, Limit::Datagram).await {
        // A lost datagram is asked for again.
        let _sent = socket.send_to(&reply, to).await;
    }
}

/// Serves connections until the runtime ends.
pub(crate) async fn serve_tcp<A: Answer>(listener: TcpListener, answer: Arc<A>) {
    let permits = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        let Ok(permit) = Arc::clone(&permits).acquire_owned().await else {
            return;
        };
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let answer = Arc::clone(&answer);
        tokio::spawn(async move {
            // A client that goes away ends only its own connection.
            let _ended = converse(stream, &*answer).await;
            drop(permit);
        });
    }
}

/// RFC 1035 §4.2.2: every message behind its length in two octets.
async fn converse<A: Answer>(mut stream: TcpStream, answer: &A) -> std::io::Result<()> {
    loop {
        let mut length = [0; 2];
        timeout(IDLE, stream.read_exact(&mut length)).await??;
        let mut query = vec![0; usize::from(u16::from_be_bytes(length))];
        timeout(IDLE, stream.read_exact(&mut query)).await??;
        let Some(reply) = answer.answer(query, Limit::Stream).await else {
            continue;
        };
        let Ok(length) = u16::try_from(reply.len()) else {
            continue;
        };
        let mut out = length.to_be_bytes().to_vec();
        out.extend_from_slice(&reply);
        timeout(IDLE, stream.write_all(&out)).await??;
    }
}

/// One of the two authoritative servers.
pub(crate) struct Authoritative {
    pub(crate) authority: Arc<super::auth::Authority>,
    /// 0 or 1.
    pub(crate) server: usize,
}

impl Answer for Authoritative {
    async fn answer(&self, query: Vec<u8>, limit: Limit) -> Option<Vec<u8>> {
        let query = Query::read(&query)?;
        let reply = self.authority.answer(self.server, &query)?;
        Some(match limit {
            Limit::Datagram => query.encode_within(&reply, query.datagram_limit()),
            Limit::Stream => query.encode(&reply),
        })
    }
}
