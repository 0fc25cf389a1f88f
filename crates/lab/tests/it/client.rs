//! Small clients that share no code with the lab.

use std::{
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream, UdpSocket},
    path::Path,
    sync::Arc,
    time::Duration,
};

use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::aws_lc_rs::default_provider,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};

/// What came back for a DNS query.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) rcode: u8,
    pub(crate) secure: bool,
    pub(crate) records: u16,
    pub(crate) octets: Vec<u8>,
}

/// Asks over UDP, and over TCP where the answer is cut; none where nothing comes in time.
pub(crate) fn ask(server: SocketAddr, name: &str, rtype: u16) -> Option<Answer> {
    let query = query(name, rtype);
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("a socket");
    socket.connect(server).expect("an address");
    socket
        .set_read_timeout(Some(Duration::from_secs(5)))
        .expect("a timeout");
    socket.send(&query).expect("a query goes out");
    let mut buffer = [0; 4096];
    let length = socket.recv(&mut buffer).ok()?;
    let octets = &buffer[..length];
    if octets[2] & 2 == 0 {
        return Some(read(octets));
    }
    let mut stream = TcpStream::connect(server).ok()?;
    let mut out = u16::try_from(query.len())
        .expect("short")
        .to_be_bytes()
        .to_vec();
    out.extend(query);
    stream.write_all(&out).ok()?;
    let mut length = [0; 2];
    stream.read_exact(&mut length).ok()?;
    let mut octets = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut octets).ok()?;
    Some(read(&octets))
}

/// The answer to a query without EDNS, over UDP.
pub(crate) fn ask_plainly(server: SocketAddr, name: &str, rtype: u16) -> Vec<u8> {
    let mut query = query(name, rtype);
    query.truncate(query.len() - 11);
    query[11] = 0;
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("a socket");
    socket.connect(server).expect("an address");
    socket
        .set_read_timeout(Some(Duration::from_secs(5)))
        .expect("a timeout");
    socket.send(&query).expect("a query goes out");
    let mut buffer = vec![0; 4096];
    let length = socket.recv(&mut buffer).expect("an answer");
    buffer.truncate(length);
    buffer
}

/// A query with RD, AD, EDNS and DO.
fn query(name: &str, rtype: u16) -> Vec<u8> {
    let mut out = vec![0x12, 0x34, 1, 0x20, 0, 1, 0, 0, 0, 0, 0, 1];
    for label in name.split('.').filter(|label| !label.is_empty()) {
        out.push(u8::try_from(label.len()).expect("a label"));
        out.extend(label.bytes());
    }
    out.push(0);
    out.extend(rtype.to_be_bytes());
    out.extend([0, 1, 0, 0, 41, 0x04, 0xd0, 0, 0, 0x80, 0, 0, 0]);
    out
}

fn read(octets: &[u8]) -> Answer {
    Answer {
        rcode: octets[3] & 15,
        secure: octets[3] & 0x20 != 0,
        records: u16::from_be_bytes([octets[6], octets[7]]),
        octets: octets.to_vec(),
    }
}

/// The IPv4 address of a host, whose A record is the last of the answer but for its signature.
pub(crate) fn address(server: SocketAddr, host: &str) -> IpAddr {
    let answer = ask(server, host, 1).expect("an answer");
    let marker = [0, 1, 0, 1];
    let octets = &answer.octets[12..];
    let at = octets
        .windows(10)
        .rposition(|window| window[..4] == marker && window[8..] == [0, 4])
        .unwrap_or_else(|| panic!("no address for {host}"));
    let address: [u8; 4] = octets[at + 10..at + 14].try_into().expect("four octets");
    IpAddr::from(address)
}

/// A client that trusts the lab's root alone.
pub(crate) fn tls(
    ca_file: &Path,
    name: &str,
    stream: TcpStream,
) -> io::Result<StreamOwned<ClientConnection, TcpStream>> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(ca_file).expect("the file") {
        roots
            .add(certificate.expect("a certificate"))
            .expect("a root");
    }
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).expect("a name");
    let client = ClientConnection::new(Arc::new(config), name).expect("a client");
    let mut stream = StreamOwned::new(client, stream);
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock)?;
    }
    Ok(stream)
}

/// One SMTP reply, its lines joined.
pub(crate) fn reply(stream: &mut impl io::Read) -> io::Result<String> {
    let mut text = String::new();
    let mut reader = BufReader::with_capacity(1, stream);
    loop {
        let start = text.len();
        if reader.read_line(&mut text)? == 0 {
            return Ok(text);
        }
        if text.as_bytes().get(start + 3) != Some(&b'-') {
            return Ok(text);
        }
    }
}
