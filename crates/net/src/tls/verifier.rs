use std::sync::{Mutex, PoisonError};

use rustls::{
    DigitallySignedStruct, Error, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{
        WebPkiSupportedAlgorithms, aws_lc_rs, verify_tls12_signature, verify_tls13_signature,
        verify_tls13_signature_with_raw_key,
    },
    pki_types::{CertificateDer, ServerName, SubjectPublicKeyInfoDer, UnixTime},
};
use webpki::RawPublicKeyEntity;
use x509_parser::{certificate::X509Certificate, prelude::FromDer as _};

/// The most certificates of a chain that are kept.
const MAX_CHAIN: usize = 16;

/// The signature algorithms that we take.
pub(super) fn algorithms() -> WebPkiSupportedAlgorithms {
    aws_lc_rs::default_provider().signature_verification_algorithms
}

/// Keeps the chain and accepts it, whatever it is worth: the verdict is somebody else's. What it
/// does check is that the server holds the key of the certificate that it sent.
#[derive(Debug)]
pub(super) struct Observer {
    chain: Mutex<Vec<Vec<u8>>>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl Observer {
    pub(super) fn new() -> Self {
        Self {
            chain: Mutex::default(),
            algorithms: algorithms(),
        }
    }

    /// The chain, leaf first; empty where none was sent.
    pub(super) fn chain(&self) -> Vec<Vec<u8>> {
        self.chain
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl ServerCertVerifier for Observer {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        rest: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let all = std::iter::once(leaf).chain(rest).take(MAX_CHAIN);
        let chain = all.map(|cert| cert.as_ref().to_vec()).collect();
        *self.chain.lock().unwrap_or_else(PoisonError::into_inner) = chain;
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, signed, &self.algorithms).or_else(|error| {
            // The helper takes no X.509 v1: DANE-EE asks for the key only (RFC 7672 §3.1.1).
            let spki = raw_key(cert).ok_or_else(|| error.clone())?;
            let key = RawPublicKeyEntity::try_from(&spki).map_err(|_| error.clone())?;
            let fitting = self
                .algorithms
                .mapping
                .iter()
                .filter(|(s, _)| *s == signed.scheme);
            let mut tried = fitting.flat_map(|(_, algorithms)| *algorithms);
            tried
                .find(|one| {
                    key.verify_signature(**one, message, signed.signature())
                        .is_ok()
                })
                .map(|_| HandshakeSignatureValid::assertion())
                .ok_or(error)
        })
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, signed, &self.algorithms).or_else(|error| {
            let spki = raw_key(cert).ok_or(error)?;
            verify_tls13_signature_with_raw_key(message, &spki, signed, &self.algorithms)
        })
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

fn raw_key<'a>(cert: &'a CertificateDer<'_>) -> Option<SubjectPublicKeyInfoDer<'a>> {
    let (_, cert) = X509Certificate::from_der(cert).ok()?;
    Some(SubjectPublicKeyInfoDer::from(
        cert.tbs_certificate.subject_pki.raw,
    ))
}
