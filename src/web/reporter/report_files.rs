//! The page for files: a choice of files, how far they have come, and what came of them.
//!
//! Without a script, a page that sends a form is gone until the answer is there. So the
//! form of this page is answered inside a frame, and a second frame asks every few seconds
//! how far it has come. That it works in Firefox and Chromium was tried: a page that
//! leaves takes its frames with it, a page that stays does not.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::draft::Draft;
use crate::domain::questionnaire::Page;
use crate::web::actor::Visitor;
use crate::web::error::Error;
use crate::web::files::{self, FileLine, Offer, offer};
use crate::web::reporter::report::{Kept, NO_DRAFT, Way, way};
use crate::web::view::View;

#[derive(Debug, Serialize)]
struct FilesPage {
    offer: Offer,
    title: String,
    cleaned: Vec<FileLine>,
    refused: Vec<FileLine>,
    way: Way,
    kept: Kept,
}

/// Shows the page, once there is a draft that files can belong to.
pub(super) fn show(
    view: &View,
    page: &Page,
    draft: Option<&Draft>,
    files: Vec<FileLine>,
) -> Response {
    let Some(draft) = draft else { return Redirect::to(NO_DRAFT).into_response() };
    let (cleaned, refused) = files.into_iter().partition(FileLine::is_cleaned);
    let files = FilesPage {
        offer: offer(view),
        title: view.lang.of(&page.title).to_owned(),
        cleaned,
        refused,
        way: way(view, page, &draft.answers),
        kept: Kept::of(view, Some(draft)),
    };
    view.page("reporter/files.html", &files)
}

/// The list inside the page.
pub(in crate::web) async fn list(visitor: Visitor) -> Result<Response, Error> {
    files::list(&visitor.view, &visitor.ticket, &["too-many", "late", "none"]).await
}
