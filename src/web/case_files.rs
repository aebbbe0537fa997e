//! The page for files of a case, for both sides: a form that is answered in a frame, and how
//! far it has come.

use axum::response::Response;
use serde::Serialize;

use super::dialogue::{contact_unwanted, once};
use super::error::Error;
use super::files::{self, FileLine, Offer};
use super::form::Upload;
use super::view::View;
use crate::domain::dialogue::Added;
use crate::domain::session::SignedIn;
use crate::domain::{CaseId, ItemId};

#[derive(Debug, Serialize)]
struct FilesPage {
    id: String,
    /// The page of the case.
    case: String,
    offer: Offer,
    once: String,
    /// Whether the reporter does not want to be written to, and a handler is about to.
    unwanted: bool,
}

/// What came of files, inside that page.
#[derive(Debug, Serialize)]
struct AnswerPage {
    results: Vec<FileLine>,
    /// What no cleaning took out of them.
    stays: Vec<&'static str>,
    error: &'static str,
}

/// Shows the page. `back` is the page of the case.
pub(super) async fn show(
    view: &View,
    who: &SignedIn,
    case: CaseId,
    back: String,
) -> Result<Response, Error> {
    let (id, offer, once) = (case.to_string(), files::offer(view), once());
    let unwanted = who.is_handler()
        && contact_unwanted(&view.site.portal().dialogue(who, case, i64::MAX).await?);
    Ok(view.page("case_files.html", &FilesPage { id, case: back, offer, once, unwanted }))
}

/// Adds files, and says in the frame what became of each.
pub(super) async fn take(
    view: &View,
    who: &SignedIn,
    case: CaseId,
    mut upload: Upload,
) -> Result<Response, Error> {
    let portal = view.site.portal();
    // Before the files: they may take hours.
    if !portal.takes_more(who, case).await? {
        return Ok(answer(view, Vec::new(), "too-much"));
    }
    let mut results = Vec::new();
    match take_each(view, who, case, &mut upload, &mut results).await {
        // What is on the list is in the case, whatever broke behind it.
        Err(_) if !results.is_empty() => Ok(answer(view, results, "broken-off")),
        Err(error) => Err(error),
        Ok(error) => Ok(answer(view, results, error)),
    }
}

/// Returns what is wrong, if something is.
async fn take_each(
    view: &View,
    who: &SignedIn,
    case: CaseId,
    upload: &mut Upload,
    results: &mut Vec<FileLine>,
) -> Result<&'static str, Error> {
    let portal = view.site.portal();
    let progress = view.visit().map(|ticket| portal.watch(ticket, upload.bytes()));
    let (mut once, mut bytes, mut error) = (None, 0, "");
    while let Some(mut field) = upload.next().await? {
        match field.name() {
            // In another window its sender may have signed in to another one.
            Some("case") => {
                if CaseId::parse(&field.text().await?) != Some(case) {
                    error = "other-case";
                }
            }
            Some("once") => once = ItemId::parse(&field.text().await?),
            // What is left is read all the same, or browsers show no answer.
            Some("files") if !error.is_empty() => field.skip().await?,
            Some("files") => {
                let once = once.ok_or(Error::BrokenForm)?;
                let name = field.file_name().to_owned();
                let incoming = portal.receive(results.len(), bytes)?;
                let incoming =
                    files::receive(view, &mut field, incoming, progress.as_ref()).await?;
                let Some(incoming) = incoming else { continue };
                let lane = view.front.lane;
                let (file, added) = portal.add_file(who, case, once, &name, incoming, lane).await?;
                if added == Added::TooMuch {
                    error = "too-much";
                    continue;
                }
                bytes += file.bytes();
                results.push(files::line(view, None, file));
            }
            _ => field.skip().await?,
        }
    }
    Ok(error)
}

fn answer(view: &View, results: Vec<FileLine>, error: &'static str) -> Response {
    let stays = files::all_that_stays(&results);
    view.page("case_answer.html", &AnswerPage { results, stays, error })
}
