//! Going on without leaving a page: a frame in which a click counts as a sign of life.
//!
//! A link to another page would lose what was typed, and a new tab would be one more that
//! somebody has to close in a hurry.

use axum::response::Response;
use serde::Serialize;

use super::view::View;

#[derive(Debug, Serialize)]
struct SessionPage {
    goes_on: bool,
}

/// Says how long it goes on from now, or that it is over.
pub(super) async fn go_on(view: View) -> Response {
    let goes_on = view.signed_in().is_ok();
    view.page("session.html", &SessionPage { goes_on })
}
