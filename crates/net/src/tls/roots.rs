use std::{io, path::Path, sync::Arc};

use rustls::{RootCertStore, pki_types::CertificateDer, pki_types::pem::PemObject as _};
use thiserror::Error;

/// The roots that PKIX trusts. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Roots(Arc<RootCertStore>);

/// Why there are no roots.
#[derive(Debug, Error)]
pub enum RootsError {
    /// The file cannot be read.
    #[error("cannot read the file of CA certificates: {0}")]
    Io(#[from] io::Error),
    /// No certificate in it that can serve as a root.
    #[error("no usable CA certificate in the file")]
    Empty,
}

impl Roots {
    /// The system's roots; the bundled ones where it has none.
    pub fn system() -> Self {
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if store.is_empty() {
            Self::bundled()
        } else {
            Self(Arc::new(store))
        }
    }

    /// Mozilla's roots as of this build.
    pub fn bundled() -> Self {
        Self(Arc::new(
            webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect(),
        ))
    }

    /// The roots of a PEM file, and no others.
    pub fn from_pem_file(path: &Path) -> Result<Self, RootsError> {
        Self::from_pem(&std::fs::read(path)?)
    }

    /// The roots of a PEM text, and no others.
    pub fn from_pem(pem: &[u8]) -> Result<Self, RootsError> {
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(CertificateDer::pem_slice_iter(pem).filter_map(Result::ok));
        if store.is_empty() {
            Err(RootsError::Empty)
        } else {
            Ok(Self(Arc::new(store)))
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none; never so.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn store(&self) -> &RootCertStore {
        &self.0
    }
}
