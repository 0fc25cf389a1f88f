//! Sockets on loopback: bound, closed, or open without ever answering.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use socket2::{Domain, Protocol, Socket, Type};
use tokio::{
    net::{TcpListener, TcpStream, UdpSocket},
    sync::Semaphore,
    time::timeout,
};

/// How long one conversation may take, its faults included.
const CONVERSATION: Duration = Duration::from_mins(5);
/// How many conversations one address holds at a time.
const AT_ONCE: usize = 64;

/// What an address does with a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Door {
    /// It is accepted and served.
    #[default]
    Open,
    /// Nothing listens: it is refused.
    Closed,
    /// The first packet is never answered: the queue of the listener is full and stays so.
    Full,
    /// It is accepted and nothing is ever said.
    Silent,
}

/// Sockets that must stay open for a door to stay shut.
#[derive(Debug, Default)]
pub(crate) struct Kept(Vec<Socket>);

/// A listener at this address, to be served.
pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = bind(address, Type::STREAM, Protocol::TCP)?;
    socket.listen(256)?;
    TcpListener::from_std(socket.into())
}

/// A datagram socket at this address.
pub(crate) fn datagrams(address: SocketAddr) -> io::Result<UdpSocket> {
    UdpSocket::from_std(bind(address, Type::DGRAM, Protocol::UDP)?.into())
}

/// A listener that answers no further connection: its queue holds one, and that one comes from
/// here and is never taken.
pub(crate) fn fill(address: SocketAddr, kept: &mut Kept) -> io::Result<()> {
    let listener = bind(address, Type::STREAM, Protocol::TCP)?;
    listener.listen(0)?;
    kept.0.push(listener);
    for _ in 0..3 {
        let client = Socket::new(
            Domain::for_address(address),
            Type::STREAM,
            Some(Protocol::TCP),
        )?;
        client.set_nonblocking(true)?;
        // It is under way, or waits like any other client.
        let _started = client.connect(&address.into());
        kept.0.push(client);
    }
    Ok(())
}

fn bind(address: SocketAddr, kind: Type, protocol: Protocol) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(address), kind, Some(protocol))?;
    if kind == Type::STREAM {
        socket.set_reuse_address(true)?;
    }
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    Ok(socket)
}

/// A port that nothing on 127.0.0.1 listens on.
pub(crate) fn free_port() -> io::Result<u16> {
    let listener = std::net::TcpListener::bind((IpAddr::from([127, 0, 0, 1]), 0))?;
    Ok(listener.local_addr()?.port())
}

/// Something that talks to whoever connects.
pub(crate) trait Serve: Send + Sync + 'static {
    /// One conversation. Its errors end it and concern nobody else.
    fn serve(&self, stream: TcpStream) -> impl Future<Output = io::Result<()>> + Send;
}

/// Accepts and serves until the runtime ends.
pub(crate) async fn accept_all<S: Serve>(listener: TcpListener, server: Arc<S>) {
    let permits = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        let Ok(permit) = Arc::clone(&permits).acquire_owned().await else {
            return;
        };
        let Ok((stream, peer)) = listener.accept().await else {
            continue;
        };
        let server = Arc::clone(&server);
        tokio::spawn(async move {
            if let Ok(Err(error)) = timeout(CONVERSATION, server.serve(stream)).await {
                tracing::debug!(%peer, %error, "a conversation ended early");
            }
            drop(permit);
        });
    }
}

/// Accepts and never says a word.
pub(crate) struct Mute;

impl Serve for Mute {
    async fn serve(&self, stream: TcpStream) -> io::Result<()> {
        loop {
            stream.readable().await?;
            // Reads away what comes, so that the end of the connection is seen.
            match stream.try_read(&mut [0; 4096]) {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
    }
}
