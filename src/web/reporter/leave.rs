//! The quick exit: away from here in one click.
//!
//! A GET link, because Chromium's content policy stops a form that ends elsewhere. It
//! signs out, asks the browser to forget what it can, and goes to a page that tells
//! nothing. What it cannot hide is said in the guide.

use axum::http::HeaderName;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};

use crate::web::actor::View;
use crate::web::cookies::Kind;

/// Where one ends up: a search page, as everybody has open.
const ELSEWHERE: &str = "https://duckduckgo.com/";
const CLEAR: (HeaderName, &str) =
    (HeaderName::from_static("clear-site-data"), "\"cache\", \"cookies\", \"storage\"");

/// Leaves.
pub(in crate::web) async fn leave(view: View) -> Response {
    view.end_session();
    view.forget(Kind::Session);
    view.forget(Kind::Visit);
    view.forget(Kind::Language);
    let location = [(LOCATION, ELSEWHERE)];
    (StatusCode::SEE_OTHER, location, [(CLEAR.0, CLEAR.1)]).into_response()
}
