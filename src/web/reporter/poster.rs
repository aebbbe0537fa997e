//! A page to print and hang up where people work.

use axum::response::Response;
use serde::Serialize;

use crate::web::door::Door;
use crate::web::error::Error;
use crate::web::qr;
use crate::web::reporter::front::offered;
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
    let mut ways = Vec::new();
    // The demonstration has no TLS.
    let mirror = if view.site.words().demo { "http" } else { "https" };
    for (door, name, scheme) in [(Door::Mirror, "mirror", mirror), (Door::Onion, "onion", "http")] {
        let Some(host) = view.site.address(door) else { continue };
        let address = format!("{scheme}://{host}");
        let qr = qr::picture(&address).ok_or(Error::Internal)?;
        ways.push(Way { door: name, address, qr });
    }
    Ok(offered(&view, "reporter/poster.html", &PosterPage { ways }))
}
