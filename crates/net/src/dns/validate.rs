use std::{fmt, net::SocketAddr, pin::Pin, sync::Arc, time::Duration};

use bytes::Bytes;
use domain::{
    base::{Message, opt::ExtendedError},
    dnssec::validator::{
        anchor::TrustAnchors,
        context::{ValidationContext, ValidationState},
    },
    net::client::request::{
        ComposeRequest as _, Error as RequestError, GetResponse, RequestMessage, SendRequest,
    },
};
use tokio::{task::JoinHandle, time::timeout};

use super::{
    DnsConfigError, Ede, Fault, Secure,
    exchange::{Way, exchange},
};

/// How many times one server's time a validation with all its look-ups may take.
const PATIENCE: u32 = 4;

/// Validates answers in this process, down from given trust anchors (RFC 4035 §5).
pub(super) struct Validator {
    context: Arc<ValidationContext<Upstream>>,
    timeout: Duration,
}

/// The verdict on one answer.
pub(super) type Verdict = Result<Secure, (Fault, Option<Ede>)>;

impl Validator {
    pub(super) fn new(
        anchors: &str,
        servers: &[SocketAddr],
        timeout: Duration,
    ) -> Result<Self, DnsConfigError> {
        let is_anchor = |word: &str| matches!(word.to_ascii_uppercase().as_str(), "DS" | "DNSKEY");
        let found = anchors.split_ascii_whitespace().any(is_anchor);
        let anchors = TrustAnchors::from_u8(anchors.as_bytes());
        let (true, Ok(anchors)) = (found, anchors) else {
            return Err(DnsConfigError::Anchors);
        };
        let upstream = Upstream {
            servers: servers.into(),
            timeout,
        };
        Ok(Self {
            context: Arc::new(ValidationContext::new(anchors, upstream)),
            timeout,
        })
    }

    /// Whether the chain of signatures holds.
    pub(super) async fn validate(&self, octets: &[u8]) -> Verdict {
        let octets = Bytes::copy_from_slice(octets);
        let mut message = Message::from_octets(octets).map_err(|_| (Fault::Malformed, None))?;
        let context = Arc::clone(&self.context);
        // A task of its own: the validator is not ours, and what it is given is hostile. Should it
        // panic, the answer is malformed and nothing else is lost.
        let task =
            tokio::spawn(async move { context.validate_msg::<Bytes, Vec<u8>>(&mut message).await });
        let stop = task.abort_handle();
        let Ok(result) = timeout(self.timeout * PATIENCE, task).await else {
            stop.abort();
            return Err((Fault::Timeout, None));
        };
        match result {
            Ok(Ok((ValidationState::Secure, _))) => Ok(Secure::Secure),
            Ok(Ok((ValidationState::Insecure, _))) => Ok(Secure::Insecure),
            Ok(Ok((ValidationState::Indeterminate, _))) => Ok(Secure::Unknown),
            Ok(Ok((ValidationState::Bogus, error))) => {
                Err((Fault::Bogus, error.as_ref().map(to_ede)))
            }
            Ok(Err(_)) | Err(_) => Err((Fault::Malformed, None)),
        }
    }
}

fn to_ede(error: &ExtendedError<Vec<u8>>) -> Ede {
    let text = String::from_utf8_lossy(error.text_slice().unwrap_or_default()).into_owned();
    Ede {
        code: error.code().to_int(),
        text,
    }
}

impl fmt::Debug for Validator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Validator")
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// Fetches the keys and delegation records that a validation needs, from our own servers.
#[derive(Clone, Debug)]
struct Upstream {
    servers: Arc<[SocketAddr]>,
    timeout: Duration,
}

impl SendRequest<RequestMessage<Vec<u8>>> for Upstream {
    fn send_request(&self, request: RequestMessage<Vec<u8>>) -> Box<dyn GetResponse + Send + Sync> {
        let upstream = self.clone();
        Box::new(Pending(tokio::spawn(async move {
            upstream.answer(&request).await
        })))
    }
}

impl Upstream {
    async fn answer(
        &self,
        request: &RequestMessage<Vec<u8>>,
    ) -> Result<Message<Bytes>, RequestError> {
        let query = request.to_vec()?;
        for server in self.servers.iter() {
            let way = Way::UdpThenTcp;
            if let Ok(octets) = exchange(*server, &query, way, self.timeout).await {
                return Message::from_octets(Bytes::from(octets))
                    .map_err(|_| RequestError::ShortMessage);
            }
        }
        Err(RequestError::NoTransportAvailable)
    }
}

#[derive(Debug)]
struct Pending(JoinHandle<Result<Message<Bytes>, RequestError>>);

impl GetResponse for Pending {
    fn get_response(
        &mut self,
    ) -> Pin<Box<dyn Future<Output = Result<Message<Bytes>, RequestError>> + Send + Sync + '_>>
    {
        Box::pin(async {
            let result = (&mut self.0).await;
            result.unwrap_or(Err(RequestError::ConnectionClosed))
        })
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.0.abort();
    }
}
