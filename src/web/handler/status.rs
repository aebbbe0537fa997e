//! How the portal is: for handlers, who are the first to be asked.

use axum::response::Response;
use serde::Serialize;

use crate::web::actor::Handler;
use crate::web::site::StatusLine;

#[derive(Debug, Serialize)]
struct StatusPage {
    lines: Vec<StatusLine>,
}

/// Shows what was found last.
pub(in crate::web) async fn show(handler: Handler) -> Response {
    let lines = handler.view.site.status();
    handler.view.page("handler/status.html", &StatusPage { lines })
}
