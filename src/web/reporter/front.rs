//! The front page.

use axum::response::Response;
use serde::Serialize;

use crate::web::door::Door;
use crate::web::error::Error;
use crate::web::headers::offer_onion;
use crate::web::information::Link;
use crate::web::view::View;

#[derive(Debug, Serialize)]
struct FrontPage {
    open: bool,
    onion: String,
    arrival: &'static str,
    pages: Vec<Link>,
}

/// Information pages that the front page leads to.
const PAGES: [&str; 6] = ["/what", "/who", "/next", "/protection", "/routes", "/documents"];

/// Shows the front page to anyone.
pub(in crate::web) async fn show(view: View) -> Result<Response, Error> {
    let open = view.site.portal().is_open().await?;
    let onion = view.site.address(Door::Onion).unwrap_or_default();
    let arrival = view.front.arrival.as_str();
    let pages = view.site.information().links(&view, &PAGES);
    Ok(offered(&view, "reporter/front.html", &FrontPage { open, onion, arrival, pages }))
}

/// A page to read, which Tor Browser may exchange for the same one at the onion address.
pub(in crate::web) fn offered(view: &View, template: &str, page: &impl Serialize) -> Response {
    let mut response = view.page(template, page);
    let onion = view.site.address(Door::Onion).unwrap_or_default();
    offer_onion(&mut response, &view.front, &onion, &view.path);
    response
}
