//! Before the first report: what must be in place, and the button that opens the portal.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::web::actor::Handler;
use crate::web::error::Error;
use crate::web::form::ProtectedForm;

/// What no program can see: each has a text `opening-policy`.
const POINTS: [&str; 6] = ["policy", "known", "staff", "privacy", "ways", "tried"];

#[derive(Debug, Serialize)]
struct OpeningPage {
    /// Empty before.
    opened_on: String,
    may_open: bool,
    points: Vec<Point>,
    /// Parts of the machine that are not as they should be.
    doubts: usize,
    error: bool,
}

#[derive(Debug, Serialize)]
struct Point {
    name: &'static str,
    ticked: bool,
}

/// Shows the list to a handler.
pub(in crate::web) async fn show(handler: Handler) -> Result<Response, Error> {
    page(&handler, |_| false, false).await
}

/// Opens the portal, if everything is in place.
pub(in crate::web) async fn open(handler: Handler, form: ProtectedForm) -> Result<Response, Error> {
    let portal = handler.view.site.portal();
    let is_ticked = |point: &str| form.all("done").any(|done| done == point);
    // A page from before may be sent when a colleague has opened it.
    if portal.opened_on().await?.is_none() {
        if !portal.may_open(&handler.who).await? {
            return Err(Error::NotFound);
        }
        if !POINTS.into_iter().all(is_ticked) {
            return page(&handler, is_ticked, true).await;
        }
        portal.open().await?;
    }
    Ok(Redirect::to("/opening").into_response())
}

async fn page(
    handler: &Handler,
    is_ticked: impl Fn(&str) -> bool,
    error: bool,
) -> Result<Response, Error> {
    let Handler { view, who } = handler;
    let portal = view.site.portal();
    let opened_on = portal.opened_on().await?;
    let doubts = view.site.status().into_iter().filter(|line| line.state != "ok").count();
    let page = OpeningPage {
        may_open: portal.may_open(who).await?,
        opened_on: opened_on.map_or_else(String::new, |day| view.lang.day(day)),
        points: POINTS.map(|name| Point { name, ticked: is_ticked(name) }).into(),
        doubts,
        error,
    };
    Ok(view.page("handler/opening.html", &page))
}
