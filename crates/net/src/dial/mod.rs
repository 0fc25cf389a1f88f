//! The one dialler: the address judged is the address dialled, special-use ranges are refused
//! unless allowed, every connection has a deadline and a place in a bounded pool.

mod reserved;

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use thiserror::Error;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout_at},
};

pub use self::reserved::{Allow, Range, RangeError, Reserved, ReservedKind, judge};

/// Opens every outgoing connection. Cheap to clone; clones share the pool.
#[derive(Clone, Debug)]
pub struct Dialler {
    allow: Allow,
    pool: Arc<Semaphore>,
}

/// An open connection; its place in the pool is free again once it is dropped.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    peer: SocketAddr,
    _place: OwnedSemaphorePermit,
}

/// Why there is no connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DialError {
    /// A special-use address that is not allowed: nothing was sent.
    #[error("{0}")]
    Reserved(#[from] Reserved),
    /// The port is closed.
    #[error("connection refused")]
    Refused,
    /// No answer within the deadline.
    #[error("connection timed out")]
    Timeout,
    /// Too many connections are open on our side: says nothing about the host.
    #[error("no free place for a connection")]
    Busy,
    /// No route to the network or host.
    #[error("unreachable")]
    Unreachable,
    /// Anything else that the system reports.
    #[error("connection failed: {0}")]
    Io(io::ErrorKind),
}

impl Dialler {
    /// A dialler that holds at most `places` connections at a time (at least one).
    pub fn new(allow: Allow, places: usize) -> Self {
        let places = places.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            allow,
            pool: Arc::new(Semaphore::new(places)),
        }
    }

    /// Which reserved ranges may be dialled.
    pub fn allow(&self) -> &Allow {
        &self.allow
    }

    /// Connects to exactly this address, or says why not.
    pub async fn connect(
        &self,
        addr: SocketAddr,
        deadline: Instant,
    ) -> Result<Connection, DialError> {
        self.allow.check(addr.ip())?;
        let place = timeout_at(deadline, Arc::clone(&self.pool).acquire_owned()).await;
        let Ok(Ok(place)) = place else {
            return Err(DialError::Busy);
        };
        match timeout_at(deadline, TcpStream::connect(addr)).await {
            Ok(Ok(stream)) => {
                // SMTP and TLS flights are small and answered one by one.
                drop(stream.set_nodelay(true));
                Ok(Connection {
                    stream,
                    peer: addr,
                    _place: place,
                })
            }
            Ok(Err(error)) => Err(DialError::from_io(&error)),
            Err(_) => Err(DialError::Timeout),
        }
    }
}

impl Connection {
    /// The address dialled.
    pub fn peer(&self) -> SocketAddr {
        self.peer
    }
}

impl DialError {
    fn from_io(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::ConnectionRefused => Self::Refused,
            io::ErrorKind::TimedOut => Self::Timeout,
            io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::AddrNotAvailable => Self::Unreachable,
            kind => Self::Io(kind),
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
