//! The quick exit: away from here in one click.
//!
//! A GET link, because Chromium's content policy stops a form that ends elsewhere. It
//! signs out, asks the browser to forget what it can, and goes to a page that tells
//! nothing. What it cannot hide is said in the guide.

use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::web::cookies::Kind;
use crate::web::headers::SEC_FETCH_SITE;
use crate::web::view::View;

/// Where one ends up: a search page, as everybody has open.
const ELSEWHERE: &str = "https://duckduckgo.com/";
/// Not "cookies": a browser takes those of the whole domain (Clear Site Data, "cookies"), and
/// somebody who leaves the portal of their employer would be signed out of the pages they work
/// with, which others can see. Ours are taken back by their names.
const CLEAR: (HeaderName, &str) =
    (HeaderName::from_static("clear-site-data"), "\"cache\", \"storage\"");

/// Leaves.
pub(in crate::web) async fn leave(view: View, headers: HeaderMap) -> Response {
    let location = [(LOCATION, ELSEWHERE)];
    // A link on another site, be it of the same domain, must not be able to throw away
    // somebody's draft.
    let asked_here = |site: &HeaderValue| site == "same-origin" || site == "none";
    if headers.get(SEC_FETCH_SITE).is_some_and(|site| !asked_here(site)) {
        return (StatusCode::SEE_OTHER, location).into_response();
    }
    view.end_session();
    view.leave();
    for kind in [Kind::Session, Kind::Visit, Kind::Language, Kind::Warned] {
        view.forget(kind);
    }
    (StatusCode::SEE_OTHER, location, [CLEAR]).into_response()
}
