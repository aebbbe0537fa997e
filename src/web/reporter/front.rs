//! The front page.

use axum::response::Response;
use serde::Serialize;

use crate::web::door::Door;
use crate::web::error::Error;
use crate::web::information::Link;
use crate::web::view::View;

#[derive(Debug, Serialize)]
struct FrontPage {
    open: bool,
    onion: String,
    /// The ordinary address, to be typed elsewhere.
    mirror: String,
    arrival: &'static str,
    pages: Vec<Link>,
}

/// Information pages that the front page leads to.
const PAGES: [&str; 6] = ["/what", "/who", "/next", "/protection", "/routes", "/documents"];

/// Shows the front page to anyone.
pub(in crate::web) async fn show(view: View) -> Result<Response, Error> {
    let open = view.site.portal().is_open().await?;
    let onion = view.site.address(Door::Onion).unwrap_or_default();
    let mirror = view.site.address(Door::Mirror).unwrap_or_default();
    let arrival = view.front.arrival.as_str();
    let pages = view.site.information().links(&view, &PAGES);
    Ok(view.page_to_read("reporter/front.html", &FrontPage { open, onion, mirror, arrival, pages }))
}
