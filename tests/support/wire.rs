//! HTTP/1.1 as bytes on a connection, so that a test decides when a byte is sent.

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderName, HeaderValue, Request, Response};
use http_body_util::BodyExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::Page;

/// The connection broke before the answer was whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

impl From<std::io::Error> for Broken {
    fn from(_: std::io::Error) -> Self {
        Broken
    }
}

/// The first bytes of a request: its line and headers, for a body of this length.
pub fn head(parts: &axum::http::request::Parts, length: usize) -> Vec<u8> {
    let mut head = format!("{} {} HTTP/1.1\r\n", parts.method, parts.uri);
    for (name, value) in &parts.headers {
        let _ = write!(head, "{name}: {}\r\n", value.to_str().unwrap());
    }
    let _ = write!(head, "content-length: {length}\r\nconnection: close\r\n\r\n");
    head.into_bytes()
}

/// One request on a connection of its own.
pub async fn exchange(port: u16, request: Request<Body>) -> Result<Response<Body>, Broken> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    // A server that refuses early may close while we are still writing.
    let sent = async {
        stream.write_all(&head(&parts, body.len())).await?;
        stream.write_all(&body).await
    };
    let _ = sent.await;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    parse(&answer).ok_or(Broken)
}

/// A whole answer as a page; none if it was cut.
pub fn page(path: &str, answer: &[u8]) -> Option<Page> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let (parts, _) = parse(answer)?.into_parts();
    let body = answer.get(end + 4..)?.to_vec();
    Some(Page { path: path.to_owned(), status: parts.status, headers: parts.headers, body })
}

/// A whole answer; none if it was cut.
fn parse(answer: &[u8]) -> Option<Response<Body>> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(answer.get(..end)?).ok()?;
    let body = answer.get(end + 4..)?.to_vec();
    let mut lines = head.split("\r\n");
    let status: u16 = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let mut response = Response::builder().status(status);
    for line in lines {
        let (name, value) = line.split_once(": ")?;
        let name: HeaderName = name.parse().ok()?;
        if name == CONTENT_LENGTH && value.parse() != Ok(body.len()) {
            return None;
        }
        response = response.header(name, HeaderValue::from_str(value).ok()?);
    }
    response.body(Body::from(body)).ok()
}
