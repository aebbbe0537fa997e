//! The outermost layer: what happens to every request before a page and after it.
//!
//! A host that is not ours is sent away first of all. Forwarding headers are removed
//! unread. Every error becomes a page here, every answer gets its headers here, and a
//! request that was answered before its body was read is drained, so that the person
//! sees the answer and not a broken connection.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, HOST, HeaderName};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use http_body::Frame;
use http_body_util::BodyExt;
use tokio::sync::Semaphore;
use tower::ServiceExt;
use tower_http::timeout::TimeoutBody;

use super::cookies::Jar;
use super::door::{Door, Front, Surface};
use super::error::Error;
use super::form::unlimited;
use super::headers;
use super::page::HTML;
use super::routes;
use super::site::Site;
use super::view::View;
use crate::limits::{DRAIN_BYTES, DRAIN_TIME, DRAINS, UPLOAD_IDLE};

/// What proxies add about the person behind them. Nothing of ours reads them; they are
/// removed so that nothing ever can.
const FORWARDING: [&str; 9] = [
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "x-client-ip",
    "cf-connecting-ip",
    "true-client-ip",
    "via",
];

/// The web application behind every door.
#[derive(Clone, Debug)]
pub struct App {
    site: Site,
    reporter: Router,
    handler: Router,
    drains: Arc<Semaphore>,
}

impl App {
    /// Builds both surfaces from the one table of routes.
    pub fn new(site: Site) -> Self {
        App {
            reporter: routes::router(&site, Surface::Reporter),
            handler: routes::router(&site, Surface::Handler),
            site,
            drains: Arc::new(Semaphore::new(DRAINS)),
        }
    }

    /// Answers one request that came by `front`.
    pub async fn answer<B>(&self, front: Front, request: http::Request<B>) -> Response
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<axum::BoxError>,
    {
        let (mut parts, body) = request.into_parts();
        for name in FORWARDING {
            parts.headers.remove(HeaderName::from_static(name));
        }
        let host = host(&parts.headers, &parts.uri).map(str::to_owned);
        let surface = host.and_then(|host| self.site.surface(&front, &host));
        let body = self.body(body);
        let jar = Jar::default();
        // Somebody at a wrong address gets the reporters' error page, in their language.
        let shown = surface.unwrap_or(Surface::Reporter);
        let view = View::new(self.site.clone(), front, shown, jar.clone(), &parts);
        let mut response = match surface {
            None => error_page(&view, Error::Misdirected),
            Some(surface) => {
                parts.extensions.insert(view.clone());
                self.hand_over(surface, &view, unlimited(Request::from_parts(parts, body))).await
            }
        };
        jar.apply(&mut response);
        headers::set(&mut response, &front);
        response
    }

    async fn hand_over(&self, surface: Surface, view: &View, request: Request) -> Response {
        let router = match surface {
            Surface::Reporter => &self.reporter,
            Surface::Handler => &self.handler,
        };
        let Ok(response) = router.clone().oneshot(request).await;
        match error_of(&response) {
            Some(error) => error_page(view, error),
            None => response,
        }
    }

    /// A request body that gives up when it stands still, and is drained when nobody
    /// reads it to its end.
    fn body<B>(&self, body: B) -> Body
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<axum::BoxError>,
    {
        let body = TimeoutBody::new(UPLOAD_IDLE, Body::new(body));
        Body::new(Drained { body: Some(Box::pin(body)), drains: self.drains.clone() })
    }
}

/// The host a request asks for, as HTTP/1.1 says: the one in an absolute address wins.
fn host<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> Option<&'a str> {
    match uri.authority() {
        Some(authority) => Some(authority.as_str()),
        None => headers.get(HOST)?.to_str().ok(),
    }
}

/// Which error page an answer stands for: one of ours, or axum's own refusals.
fn error_of(response: &Response) -> Option<Error> {
    if let Some(error) = response.extensions().get::<Error>() {
        return Some(*error);
    }
    // A page of ours says for itself what went wrong.
    if response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == HTML) {
        return None;
    }
    match response.status() {
        // A part of the address is no text.
        StatusCode::BAD_REQUEST => Some(Error::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(Error::Method),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Error::TooLarge),
        status if status.is_server_error() => Some(Error::Internal),
        _ => None,
    }
}

fn error_page(view: &View, error: Error) -> Response {
    // For whoever is to come back from elsewhere.
    let address = view.site.address(Door::Mirror).unwrap_or_default();
    view.page_with(error.status(), error.template(view), &error.page(view, address))
}

type Inner = Pin<Box<TimeoutBody<Body>>>;

/// Reads and throws away what nobody read, in the background and within limits.
struct Drained {
    body: Option<Inner>,
    drains: Arc<Semaphore>,
}

impl HttpBody for Drained {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let polled = body.as_mut().poll_frame(context);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.body = None;
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.as_ref().map(HttpBody::size_hint).unwrap_or_default()
    }
}

impl Drop for Drained {
    fn drop(&mut self) {
        let Some(mut body) = self.body.take().filter(|body| !body.is_end_stream()) else { return };
        let Ok(permit) = self.drains.clone().try_acquire_owned() else { return };
        let drain = async move {
            let mut left = DRAIN_BYTES;
            while let Some(Ok(frame)) = body.frame().await {
                let read = frame.data_ref().map_or(0, |data| data.len() as u64);
                left = left.saturating_sub(read);
                if left == 0 {
                    break;
                }
            }
            drop(permit);
        };
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(tokio::time::timeout(DRAIN_TIME, drain));
        }
    }
}
