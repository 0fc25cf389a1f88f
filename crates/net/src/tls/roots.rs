use std::{
    fs::File,
    io::{self, Read as _},
    path::Path,
    sync::Arc,
};

use rustls::{RootCertStore, pki_types::CertificateDer, pki_types::pem::PemObject as _};
use thiserror::Error;

/// What a file of CA certificates may have; the largest bundles in use have well under 1 MiB.
const MAX_FILE: u64 = 16 << 20;

/// The roots that PKIX trusts. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Roots(Arc<RootCertStore>);

/// Why there are no roots.
#[derive(Debug, Error)]
pub enum RootsError {
    /// The file cannot be read.
    #[error("cannot read the file of CA certificates: {0}")]
    Io(#[from] io::Error),
    /// More than 16 MiB: no file of CA certificates.
    #[error("the file has more than {MAX_FILE} bytes")]
    TooLarge,
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

    /// The roots of a PEM file of at most 16 MiB, and no others.
    pub fn from_pem_file(path: &Path) -> Result<Self, RootsError> {
        let mut pem = Vec::new();
        File::open(path)?.take(MAX_FILE + 1).read_to_end(&mut pem)?;
        if pem.len() as u64 > MAX_FILE {
            return Err(RootsError::TooLarge);
        }
        Self::from_pem(&pem)
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
