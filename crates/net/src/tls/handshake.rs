use std::{io, net::Ipv4Addr, sync::Arc};

use names::Host;
use rustls::{
    CertificateError, CipherSuite, ClientConfig, Error, InvalidMessage, PeerIncompatible,
    PeerMisbehaved, client::Resumption, crypto::aws_lc_rs, pki_types::ServerName, version,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::{Instant, timeout_at},
};
use tokio_rustls::TlsConnector;

use super::{
    Alert, Expect, TlsError, TlsFacts, TlsFailure, TlsStream, TlsVersion, judge_chain,
    verifier::Observer,
};

/// The handshake behind [`super::inspect`] and the policy fetch.
pub(crate) async fn handshake<S>(
    stream: S,
    expect: &Expect,
    alpn: &[&[u8]],
    deadline: Instant,
) -> Result<(TlsStream<S>, TlsFacts), TlsFailure>
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
{
    let observer = Arc::new(Observer::new());
    let fail = |error| {
        let chain = observer.chain();
        let judged = (!chain.is_empty()).then(|| Box::new(judge_chain(&chain, expect)));
        TlsFailure {
            error,
            seen: judged,
        }
    };
    let name = expect.sni.as_ref().and_then(server_name);
    let config = config(&observer, name.is_some(), alpn).map_err(|_| fail(TlsError::Protocol))?;
    // Without SNI the name goes nowhere: the observer does not compare it.
    let name = name.unwrap_or_else(|| ServerName::from(std::net::IpAddr::from(NO_NAME)));
    let connecting = TlsConnector::from(Arc::new(config)).connect(name, stream);
    let stream = match timeout_at(deadline, connecting).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Err(fail(error_of(&error))),
        Err(_) => return Err(fail(TlsError::Timeout)),
    };
    let (_, session) = stream.get_ref();
    let agreed = session
        .protocol_version()
        .zip(session.negotiated_cipher_suite());
    let Some((version, suite)) = agreed else {
        return Err(fail(TlsError::Protocol));
    };
    let Some(version) = TlsVersion::from_wire(version.into()) else {
        return Err(fail(TlsError::Version));
    };
    let judged = judge_chain(&observer.chain(), expect);
    let facts = TlsFacts {
        version,
        cipher: suite.suite().into(),
        cipher_name: cipher_name(suite.suite()),
        chain: judged.chain,
        pkix_faults: judged.pkix_faults,
        dane: judged.dane,
    };
    Ok((stream, facts))
}

/// The suite by its IANA name, or by its number where it has none. Our TLS library marks those of
/// TLS 1.3 with a prefix of its own.
pub(super) fn cipher_name(suite: CipherSuite) -> String {
    match suite.as_str() {
        Some(name) => name.replacen("TLS13_", "TLS_", 1),
        None => format!("0x{:04x}", u16::from(suite)),
    }
}

const NO_NAME: Ipv4Addr = Ipv4Addr::UNSPECIFIED;

fn server_name(host: &Host) -> Option<ServerName<'static>> {
    ServerName::try_from(host.as_str().to_owned()).ok()
}

fn config(observer: &Arc<Observer>, sni: bool, alpn: &[&[u8]]) -> Result<ClientConfig, Error> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    // RFC 8461 §7.2, RFC 8996: TLS 1.2 or newer.
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&version::TLS13, &version::TLS12])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(observer) as Arc<_>)
        .with_no_client_auth();
    // A resumed session never shows its certificate.
    config.resumption = Resumption::disabled();
    config.enable_sni = sni;
    config.alpn_protocols = alpn.iter().map(|protocol| protocol.to_vec()).collect();
    Ok(config)
}

fn error_of(error: &io::Error) -> TlsError {
    let inner = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Error>());
    match (inner, error.kind()) {
        (Some(error), _) => tls_error(error),
        (None, io::ErrorKind::TimedOut) => TlsError::Timeout,
        (
            None,
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe,
        ) => TlsError::Closed,
        (None, kind) => TlsError::Io(kind),
    }
}

fn tls_error(error: &Error) -> TlsError {
    match error {
        Error::AlertReceived(alert) => TlsError::Alert(Alert((*alert).into())),
        Error::InvalidMessage(
            InvalidMessage::InvalidContentType
            | InvalidMessage::UnknownProtocolVersion
            | InvalidMessage::MessageTooLarge
            | InvalidMessage::InvalidEmptyPayload,
        ) => TlsError::NotTls,
        Error::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        ) => TlsError::Version,
        Error::PeerIncompatible(_)
        | Error::PeerMisbehaved(PeerMisbehaved::SelectedUnofferedCipherSuite) => {
            TlsError::Parameters
        }
        Error::InvalidCertificate(
            CertificateError::BadSignature
            | CertificateError::UnsupportedSignatureAlgorithmContext { .. }
            | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. },
        )
        | Error::PeerMisbehaved(PeerMisbehaved::SignedHandshakeWithUnadvertisedSigScheme) => {
            TlsError::Signature
        }
        _ => TlsError::Protocol,
    }
}
