use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use domain::base::Message;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpStream, UdpSocket},
    time::{Instant, timeout_at},
};

use super::Fault;

/// How often a question is sent over UDP within its time.
const SENDS: u32 = 3;
/// How many datagrams that answer something else are passed over.
const MAX_STRAYS: u32 = 64;

/// How a question reaches its server.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Way {
    /// UDP, and TCP where the answer is cut short.
    Udp,
    /// The same, and TCP too where UDP brings nothing.
    UdpThenTcp,
}

/// Asks one server and gives its answer's octets.
pub(super) async fn exchange(
    server: SocketAddr,
    query: &[u8],
    way: Way,
    timeout: Duration,
) -> Result<Vec<u8>, Fault> {
    let query = with_random_id(query)?;
    let question = Message::from_octets(query.as_slice()).map_err(|_| Fault::Malformed)?;
    let answer = over_udp(server, question, timeout).await;
    let complete = match &answer {
        Ok(octets) => !is_truncated(octets),
        Err(Fault::Timeout) => way == Way::Udp,
        Err(_) => true,
    };
    if complete {
        answer
    } else {
        over_tcp(server, question, Instant::now() + timeout).await
    }
}

/// The id is half of what keeps strangers from answering; the source port is the other.
fn with_random_id(query: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut query = query.to_vec();
    let id = query.get_mut(..2).ok_or(Fault::Malformed)?;
    aws_lc_rs::rand::fill(id).map_err(|_| Fault::Malformed)?;
    Ok(query)
}

fn is_truncated(octets: &[u8]) -> bool {
    Message::from_slice(octets).is_ok_and(|message| message.header().tc())
}

async fn over_udp(
    server: SocketAddr,
    question: Message<&[u8]>,
    timeout: Duration,
) -> Result<Vec<u8>, Fault> {
    let local = match server {
        SocketAddr::V4(_) => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)),
        SocketAddr::V6(_) => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)),
    };
    let socket = UdpSocket::bind(local)
        .await
        .map_err(|error| fault_of(&error))?;
    // Connected: the kernel drops what comes from elsewhere and reports a closed port.
    socket
        .connect(server)
        .await
        .map_err(|error| fault_of(&error))?;
    let mut buffer = vec![0; usize::from(u16::MAX)];
    for _ in 0..SENDS {
        let deadline = Instant::now() + timeout / SENDS;
        socket
            .send(question.as_slice())
            .await
            .map_err(|error| fault_of(&error))?;
        let answer = timeout_at(deadline, receive(&socket, question, &mut buffer)).await;
        if let Ok(answer) = answer {
            return answer;
        }
    }
    Err(Fault::Timeout)
}

/// Waits for a datagram that answers the question; passes over all others.
async fn receive(
    socket: &UdpSocket,
    question: Message<&[u8]>,
    buffer: &mut [u8],
) -> Result<Vec<u8>, Fault> {
    for _ in 0..MAX_STRAYS {
        let length = socket
            .recv(buffer)
            .await
            .map_err(|error| fault_of(&error))?;
        let octets = buffer.get(..length).unwrap_or_default();
        if answers(octets, question) {
            return Ok(octets.to_vec());
        }
    }
    Err(Fault::Malformed)
}

async fn over_tcp(
    server: SocketAddr,
    question: Message<&[u8]>,
    deadline: Instant,
) -> Result<Vec<u8>, Fault> {
    let talk = async {
        let mut stream = TcpStream::connect(server).await?;
        let query = question.as_slice();
        let length = u16::try_from(query.len()).map_err(io::Error::other)?;
        stream
            .write_all(&[&length.to_be_bytes(), query].concat())
            .await?;
        let length = stream.read_u16().await?;
        let mut octets = vec![0; length.into()];
        stream.read_exact(&mut octets).await?;
        Ok(octets)
    };
    match timeout_at(deadline, talk).await {
        Ok(Ok(octets)) if answers(&octets, question) => Ok(octets),
        Ok(Ok(_)) => Err(Fault::Malformed),
        Ok(Err(error)) => Err(fault_of(&error)),
        Err(_) => Err(Fault::Timeout),
    }
}

/// Same id, a response, the same question. A server that cannot read the question may leave it
/// out of an error.
fn answers(octets: &[u8], question: Message<&[u8]>) -> bool {
    let Ok(message) = Message::from_slice(octets) else {
        return false;
    };
    let header = message.header();
    let bare = message.header_counts().qdcount() == 0 && message.is_error();
    header.id() == question.header().id() && header.qr() && (bare || message.is_answer(&question))
}

fn fault_of(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::TimedOut => Fault::Timeout,
        io::ErrorKind::UnexpectedEof => Fault::Malformed,
        _ => Fault::Unreachable,
    }
}
