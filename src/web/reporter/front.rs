//! What this is, and how to protect oneself.

use axum::response::Response;
use serde::Serialize;

use crate::web::actor::View;
use crate::web::error::Error;

#[derive(Debug, Serialize)]
struct FrontPage {
    open: bool,
    onion: String,
}

#[derive(Debug, Serialize)]
struct GuidePage {}

/// Shows the front page to anyone.
pub(in crate::web) async fn show(view: View) -> Result<Response, Error> {
    let open = view.site.portal().is_open().await?;
    let onion = view.site.onion_address().unwrap_or_default();
    Ok(view.page("reporter/front.html", &FrontPage { open, onion }))
}

/// Shows the guide to anyone.
pub(in crate::web) async fn guide(view: View) -> Response {
    view.page("reporter/guide.html", &GuidePage {})
}
