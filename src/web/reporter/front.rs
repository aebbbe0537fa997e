//! What this is, and how to protect oneself.

use axum::response::Response;
use serde::Serialize;

use crate::web::error::Error;
use crate::web::headers::offer_onion;
use crate::web::view::View;

#[derive(Debug, Serialize)]
struct FrontPage {
    open: bool,
    onion: String,
    arrival: &'static str,
}

/// Shows the front page to anyone.
pub(in crate::web) async fn show(view: View) -> Result<Response, Error> {
    let open = view.site.portal().is_open().await?;
    let onion = view.site.onion_address().unwrap_or_default();
    let arrival = view.front.arrival.as_str();
    Ok(information(&view, "reporter/front.html", &FrontPage { open, onion, arrival }))
}

/// Shows the guide to anyone.
pub(in crate::web) async fn guide(view: View) -> Response {
    information(&view, "reporter/guide.html", &())
}

/// A page to read, which Tor Browser may exchange for the same one at the onion address.
fn information(view: &View, template: &str, page: &impl Serialize) -> Response {
    let mut response = view.page(template, page);
    let onion = view.site.onion_address().unwrap_or_default();
    offer_onion(&mut response, &view.front, &onion, &view.path);
    response
}
