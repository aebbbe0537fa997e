//! Look at everything once more, then send.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::FileId;
use crate::domain::draft_files::Flattened;
use crate::domain::intake::Sent;
use crate::domain::revealing::{Revealing, revealing};
use crate::domain::waiting::Progress;
use crate::limits::FILES;
use crate::web::actor::Visitor;
use crate::web::error::Error;
use crate::web::files::{FileLine, of_draft};
use crate::web::form::ProtectedForm;
use crate::web::reporter::waiting::{SENDING, waiting_page};

#[derive(Debug, Serialize)]
struct CheckPage {
    text: String,
    revealing: Vec<Revealing>,
    files: Vec<FileLine>,
    kept_until: String,
    error: &'static str,
    error_at: &'static str,
    files_limit: usize,
}

/// Shows what would be sent.
pub(in crate::web) async fn show(visitor: Visitor) -> Result<Response, Error> {
    page(&visitor, if visitor.view.asked("too-many") { "too-many" } else { "" }).await
}

/// Sends the report; a second click finds the receipt of the first.
pub(in crate::web) async fn send(visitor: Visitor, _: ProtectedForm) -> Result<Response, Error> {
    let front = visitor.view.front;
    let portal = visitor.view.site.portal();
    let progress = portal.begin_send(&visitor.ticket, front.report_class(), front.lane).await;
    answer(&visitor, progress).await
}

/// Comes back for a report that takes its time to send.
pub(in crate::web) async fn wait(visitor: Visitor) -> Result<Response, Error> {
    let progress = visitor.view.site.portal().send_progress(&visitor.ticket).await;
    answer(&visitor, progress).await
}

async fn answer(visitor: &Visitor, progress: Progress<Sent>) -> Result<Response, Error> {
    let ended = match progress {
        Progress::StillWaiting => return Ok(waiting_page(&visitor.view, &SENDING)),
        // Sent already, or the portal was started anew meanwhile and it was not: the draft
        // knows.
        Progress::Nothing => return page(visitor, "not-sent").await,
        Progress::Done(ended) => ended?,
    };
    match ended {
        Sent::ReceiptIsThere => Ok(Redirect::to("/receipt").into_response()),
        Sent::NoDraft => Ok(Redirect::to("/report").into_response()),
        Sent::Empty => page(visitor, "empty").await,
        Sent::NobodyCanRead => page(visitor, "nobody").await,
    }
}

/// Takes a file out again.
pub(in crate::web) async fn remove(
    visitor: Visitor,
    Path(file): Path<String>,
    _: ProtectedForm,
) -> Result<Response, Error> {
    let file = FileId::parse(&file).ok_or(Error::NotFound)?;
    visitor.view.site.portal().remove_draft_file(&visitor.ticket, file).await?;
    Ok(Redirect::to("/report/check").into_response())
}

/// Puts pictures of a file in its place.
pub(in crate::web) async fn flatten(
    visitor: Visitor,
    Path(file): Path<String>,
    _: ProtectedForm,
) -> Result<Response, Error> {
    let file = FileId::parse(&file).ok_or(Error::NotFound)?;
    let (portal, lane) = (visitor.view.site.portal(), visitor.view.front.lane);
    match portal.flatten_draft_file(&visitor.ticket, file, lane).await? {
        Flattened::Done | Flattened::NotThere => Ok(Redirect::to("/report/check").into_response()),
        Flattened::Refused(_) => page(&visitor, "not-flat").await,
    }
}

async fn page(visitor: &Visitor, error: &'static str) -> Result<Response, Error> {
    let Visitor { view, ticket } = visitor;
    let Some(draft) = view.site.portal().draft(ticket).await? else {
        return Ok(Redirect::to("/report").into_response());
    };
    if draft.sent {
        return Ok(Redirect::to("/receipt").into_response());
    }
    let page = CheckPage {
        revealing: revealing(&draft.story.text),
        text: draft.story.text,
        files: of_draft(view, ticket).await?,
        kept_until: view.lang.day(draft.kept_until),
        error,
        error_at: match error {
            "empty" => "text",
            "too-many" | "not-flat" => "files",
            _ => "send",
        },
        files_limit: FILES,
    };
    Ok(view.page("reporter/check.html", &page))
}
