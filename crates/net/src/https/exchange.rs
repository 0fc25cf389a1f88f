use std::{error::Error as _, io};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Empty};
use hyper::{
    Request, Response,
    body::{Body as _, Incoming},
    client::conn::http1,
    header::{self, HeaderName},
};
use hyper_util::rt::TokioIo;
use tokio::time::timeout_at;
use tokio_util::task::AbortOnDropHandle;

use super::{Fetch, FetchError, MediaType, Page, Stage, clean};
use crate::{dial::Connection, tls::TlsStream};

/// The longest head of an answer, and the most header fields.
const MAX_HEAD: usize = 16 * 1024;
const MAX_FIELDS: usize = 100;

/// One GET on a stream whose certificate is in order.
pub(super) async fn get(stream: TlsStream<Connection>, fetch: &Fetch) -> Result<Page, FetchError> {
    let head = head(stream, fetch);
    let answered = timeout_at(fetch.deadline, head).await;
    let (response, _driver) = answered.map_err(|_| FetchError::Timeout(Stage::Head))??;
    let code = response.status().as_u16();
    // RFC 8461 §3.3: 200 and nothing else; redirects are not followed.
    if code != 200 {
        let location = field(&response, header::LOCATION);
        return Err(FetchError::Status { code, location });
    }
    let media_type = response
        .headers()
        .get(header::CONTENT_TYPE)
        .map(|value| MediaType::parse(value.as_bytes()));
    let content_encoding = field(&response, header::CONTENT_ENCODING)
        .filter(|encoding| !encoding.eq_ignore_ascii_case("identity"));
    let body = timeout_at(fetch.deadline, body(response.into_body(), fetch.max_body)).await;
    let body = body.map_err(|_| FetchError::Timeout(Stage::Body))??;
    Ok(Page {
        body,
        media_type,
        content_encoding,
    })
}

async fn head(
    stream: TlsStream<Connection>,
    fetch: &Fetch,
) -> Result<(Response<Incoming>, AbortOnDropHandle<()>), FetchError> {
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_FIELDS)
        .handshake::<_, Empty<Bytes>>(TokioIo::new(stream))
        .await
        .map_err(|error| http(&error))?;
    let driver = AbortOnDropHandle::new(tokio::spawn(async move { drop(connection.await) }));
    // No conditional request, no encoding: nothing is cached (RFC 8461 §3.3).
    let request = Request::get(&fetch.path)
        .header(header::HOST, fetch.host.as_str())
        .header(header::USER_AGENT, &fetch.user_agent)
        .header(header::ACCEPT, "text/plain, */*;q=0.1")
        .header(header::ACCEPT_ENCODING, "identity")
        .header(header::CONNECTION, "close")
        .body(Empty::new())
        .map_err(|error| FetchError::Http(error.to_string()))?;
    let response = sender
        .send_request(request)
        .await
        .map_err(|error| http(&error))?;
    Ok((response, driver))
}

async fn body(mut body: Incoming, limit: usize) -> Result<Vec<u8>, FetchError> {
    let too_large = FetchError::TooLarge { limit };
    let announced = body.size_hint().lower();
    if announced > u64::try_from(limit).unwrap_or(u64::MAX) {
        return Err(too_large);
    }
    let mut octets = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| {
            if is_cut_short(&error) {
                FetchError::Truncated
            } else {
                http(&error)
            }
        })?;
        let data = frame.into_data().unwrap_or_default();
        if octets.len() + data.len() > limit {
            return Err(too_large);
        }
        octets.extend_from_slice(&data);
    }
    Ok(octets)
}

/// The connection ended before the announced length, the last chunk, or TLS's own end.
fn is_cut_short(error: &hyper::Error) -> bool {
    let cause = error
        .source()
        .and_then(|source| source.downcast_ref::<io::Error>());
    error.is_incomplete_message()
        || cause.is_some_and(|cause| {
            matches!(
                cause.kind(),
                io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset
            )
        })
}

fn http(error: &hyper::Error) -> FetchError {
    FetchError::Http(error.to_string())
}

fn field(response: &Response<Incoming>, name: HeaderName) -> Option<String> {
    response
        .headers()
        .get(name)
        .map(|value| clean(value.as_bytes()))
}
