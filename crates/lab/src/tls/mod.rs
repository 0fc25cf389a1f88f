//! The server's side of TLS, faults included. The client's hello is read by hand first, so that a
//! fault can answer it in place of rustls.

mod hello;
mod legacy;

use std::{
    collections::HashMap,
    io::{self, Cursor},
    sync::{Arc, Mutex},
};

use rustls::{
    ServerConfig,
    crypto::aws_lc_rs::default_provider,
    pki_types::CertificateDer,
    server::{ClientHello, NoServerSessionStorage, ResolvesServerCert},
    sign::CertifiedKey,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, Chain, Join, join},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

pub(crate) use self::legacy::Old;
use self::{hello::Hello, legacy::Flight};
use crate::ca::{Ca, CertKind, Issued};

/// A connection whose first octets, read already, are read again.
type Replayed = Join<Chain<Cursor<Vec<u8>>, OwnedReadHalf>, OwnedWriteHalf>;
/// A connection after its handshake.
pub(crate) type Secured = TlsStream<Replayed>;

/// RFC 8446 §6: the alerts given by hand.
pub(crate) const HANDSHAKE_FAILURE: u8 = 40;
pub(crate) const INTERNAL_ERROR: u8 = 80;
pub(crate) const UNRECOGNIZED_NAME: u8 = 112;
const PROTOCOL_VERSION: u8 = 70;

/// How a server behaves, before its certificates are made.
#[derive(Clone, Debug)]
pub(crate) enum TlsPlan {
    /// A certificate for the server's own name.
    Own(CertKind),
    /// A certificate for other names.
    Named(Vec<String>, CertKind),
    /// The handshake fails without SNI.
    SniRequired,
    /// Without SNI another certificate is shown.
    SniDiffers,
    /// The hello is answered by this alert.
    Alert(u8),
    /// The hello is answered by what is not TLS.
    Garbage,
    /// The connection ends after the hello.
    HangUp,
    /// Nothing newer than this is spoken.
    Only(Old),
    /// TLS 1.2 with CBC alone, and a certificate whose key is too short.
    WeakKey,
    /// TLS 1.0 is spoken beside the newer versions.
    AlsoLegacy,
}

/// How a server behaves.
pub(crate) enum Behaviour {
    Modern(Arc<ServerConfig>),
    SniRequired(Arc<ServerConfig>),
    SniDiffers {
        named: Arc<ServerConfig>,
        unnamed: Arc<ServerConfig>,
    },
    Alert(u8),
    Garbage,
    HangUp,
    Legacy(Flight),
    AlsoLegacy(Arc<ServerConfig>, Flight),
    /// Many names at one address; one that is not among them is answered by `unrecognized_name`.
    Directory(Directory),
}

/// The names of a shared host, whose certificates are made when first asked for.
pub(crate) struct Directory {
    ca: Arc<Ca>,
    names: Vec<String>,
    made: Mutex<HashMap<String, Arc<ServerConfig>>>,
}

impl TlsPlan {
    /// Makes what the plan needs for a server of this name; also its certificate, for DANE.
    pub(crate) fn realize(&self, ca: &Ca, name: &str) -> Result<(Behaviour, Issued), io::Error> {
        let own = vec![name.to_owned()];
        let (names, kind) = match self {
            Self::Own(kind) => (&own, *kind),
            Self::Named(names, kind) => (names, *kind),
            _ => (&own, CertKind::Good),
        };
        let issued = ca.issue(names, kind).map_err(io::Error::other)?;
        let behaviour = match self {
            Self::Own(_) | Self::Named(..) => Behaviour::Modern(config(&issued)?),
            Self::SniRequired => Behaviour::SniRequired(config(&issued)?),
            Self::SniDiffers => {
                let fallback = vec!["fallback.invalid".to_owned()];
                let other = ca
                    .issue(&fallback, CertKind::SelfSigned)
                    .map_err(io::Error::other)?;
                Behaviour::SniDiffers {
                    named: config(&issued)?,
                    unnamed: config(&other)?,
                }
            }
            Self::Alert(alert) => Behaviour::Alert(*alert),
            Self::Garbage => Behaviour::Garbage,
            Self::HangUp => Behaviour::HangUp,
            Self::Only(old) => Behaviour::Legacy(Flight::new(*old, issued.chain.clone())),
            Self::WeakKey => {
                let chain = ca.weak_chain(names).map_err(io::Error::other)?;
                Behaviour::Legacy(Flight::new(Old::Cbc, chain))
            }
            Self::AlsoLegacy => {
                let flight = Flight::new(Old::Tls10, issued.chain.clone());
                Behaviour::AlsoLegacy(config(&issued)?, flight)
            }
        };
        Ok((behaviour, issued))
    }
}

impl Directory {
    /// A directory of these names, in lower case.
    pub(crate) fn new(ca: Arc<Ca>, names: Vec<String>) -> Self {
        Self {
            ca,
            names,
            made: Mutex::default(),
        }
    }

    fn config(&self, name: Option<&str>) -> Option<Arc<ServerConfig>> {
        let name = self
            .names
            .iter()
            .find(|known| Some(known.as_str()) == name)?;
        let mut made = self.made.lock().ok()?;
        if let Some(config) = made.get(name) {
            return Some(Arc::clone(config));
        }
        let issued = self
            .ca
            .issue(std::slice::from_ref(name), CertKind::Good)
            .ok()?;
        let config = config(&issued).ok()?;
        made.insert(name.clone(), Arc::clone(&config));
        Some(config)
    }
}

impl Behaviour {
    /// Does the handshake; none where the fault was to have none.
    pub(crate) async fn accept(&self, stream: TcpStream) -> io::Result<Option<Secured>> {
        let (mut reader, mut writer) = stream.into_split();
        let hello = Hello::read(&mut reader).await?;
        let config = match self {
            Self::Modern(config) => config,
            Self::SniRequired(config) if hello.name.is_some() => config,
            Self::SniDiffers { named, unnamed } => {
                if hello.name.is_some() {
                    named
                } else {
                    unnamed
                }
            }
            Self::AlsoLegacy(config, _) if hello.knows_tls12() => config,
            Self::Directory(directory) => match &directory.config(hello.name.as_deref()) {
                Some(config) => return handshake(config, hello, reader, writer).await.map(Some),
                None => return alert(&mut writer, UNRECOGNIZED_NAME).await,
            },
            Self::SniRequired(_) => return alert(&mut writer, HANDSHAKE_FAILURE).await,
            Self::Alert(number) => return alert(&mut writer, *number).await,
            Self::Garbage => {
                writer.write_all(b"421 4.3.0 This is not TLS\r\n").await?;
                return Ok(None);
            }
            Self::HangUp => return Ok(None),
            Self::Legacy(flight) | Self::AlsoLegacy(_, flight) => {
                return match flight.answer(&hello) {
                    Ok(octets) => {
                        writer.write_all(&octets).await?;
                        // The client's next move, whatever it is, ends it.
                        let _taken = reader.read(&mut [0; 4096]).await?;
                        alert(&mut writer, HANDSHAKE_FAILURE).await
                    }
                    Err(number) => alert(&mut writer, number).await,
                };
            }
        };
        handshake(config, hello, reader, writer).await.map(Some)
    }
}

async fn handshake(
    config: &Arc<ServerConfig>,
    hello: Hello,
    reader: OwnedReadHalf,
    writer: OwnedWriteHalf,
) -> io::Result<Secured> {
    let replayed = join(Cursor::new(hello.octets).chain(reader), writer);
    TlsAcceptor::from(Arc::clone(config)).accept(replayed).await
}

/// A fatal alert in the clear.
async fn alert(writer: &mut OwnedWriteHalf, number: u8) -> io::Result<Option<Secured>> {
    writer.write_all(&[21, 3, 3, 0, 2, 2, number]).await?;
    writer.shutdown().await?;
    Ok(None)
}

/// A configuration that shows this certificate to everybody.
fn config(issued: &Issued) -> io::Result<Arc<ServerConfig>> {
    let certified = issued.certified().map_err(io::Error::other)?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(Always(certified)));
    // Every connection shows its certificate anew.
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    Ok(Arc::new(config))
}

#[derive(Debug)]
struct Always(Arc<CertifiedKey>);

impl ResolvesServerCert for Always {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}

/// The certificates of a chain as a legacy flight sends them.
type Chained = Vec<CertificateDer<'static>>;
