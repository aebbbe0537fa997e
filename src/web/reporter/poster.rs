//! A page to print and hang up where people work.

use axum::response::Response;
use serde::Serialize;

use crate::web::error::Error;
use crate::web::qr;
use crate::web::view::View;

#[derive(Debug, Serialize)]
struct PosterPage {
    ways: Vec<Way>,
}

/// One way to the portal.
#[derive(Debug, Serialize)]
struct Way {
    door: &'static str,
    address: String,
    qr: String,
}

/// Shows the poster to anyone.
pub(in crate::web) async fn show(view: View) -> Result<Response, Error> {
    let way = |(door, address): (_, String)| {
        let qr = qr::picture(&address).ok_or(Error::Internal)?;
        Ok(Way { door, address, qr })
    };
    let ways = view.site.ways().into_iter().map(way).collect::<Result<_, Error>>()?;
    Ok(view.page_to_read("reporter/poster.html", &PosterPage { ways }))
}
