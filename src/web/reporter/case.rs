//! The reporter's case: the dialogue, and a form to write more.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::ItemId;
use crate::domain::dialogue::Added;
use crate::domain::message::{NotAMessage, check_message, tidy};
use crate::limits::MESSAGE_CHARACTERS;
use crate::web::actor::Reporter;
use crate::web::dialogue::{DialoguePage, before, dialogue_page, once};
use crate::web::error::Error;
use crate::web::files::{self, FileLine, Offer};
use crate::web::form::Upload;
use crate::web::kept_text;
use crate::web::view::View;

#[derive(Debug, Serialize)]
struct CasePage {
    number: String,
    received_on: String,
    feedback_due: String,
    dialogue: DialoguePage,
    once: String,
    text: String,
    error: &'static str,
    found: usize,
    limit: usize,
    sent: bool,
    results: Vec<FileLine>,
}

/// The page for files of a case.
#[derive(Debug, Serialize)]
struct FilesPage {
    offer: Offer,
}

/// What came of files, inside that page.
#[derive(Debug, Serialize)]
struct AnswerPage {
    results: Vec<FileLine>,
    error: &'static str,
}

/// The case has had as much today as it may have.
const TOO_MUCH: Option<(&str, usize)> = Some(("too-much", 0));

/// Shows the case.
pub(in crate::web) async fn show(reporter: Reporter) -> Result<Response, Error> {
    page(&reporter, String::new(), None, Vec::new()).await
}

/// Shows the page for files: a form that is answered in a frame, and how far it has come.
pub(in crate::web) async fn files(reporter: Reporter) -> Result<Response, Error> {
    let view = &reporter.view;
    Ok(view.page("reporter/case_files.html", &FilesPage { offer: files::offer(view) }))
}

/// The frame of that page before anything was sent.
pub(in crate::web) async fn no_answer(reporter: Reporter) -> Result<Response, Error> {
    Ok(answer(&reporter.view, Vec::new(), ""))
}

/// Adds a message and files.
pub(in crate::web) async fn write(
    view: View,
    reporter: Result<Reporter, Error>,
    upload: Result<Upload, Error>,
) -> Result<Response, Error> {
    let reporter = match reporter {
        Err(Error::Session) => return kept_text::show_from(&view, upload?).await,
        reporter => reporter?,
    };
    let mut upload = upload?;
    let (view, portal) = (&reporter.view, reporter.view.site.portal());
    let progress = view.visit().map(|ticket| portal.watch(ticket, upload.bytes()));
    let (mut id, mut text, mut in_frame) = (None, String::new(), false);
    let (mut results, mut attached, mut bytes) = (Vec::new(), Vec::new(), 0);
    while let Some(mut field) = upload.next().await? {
        match field.name() {
            Some("once") => id = ItemId::parse(&field.text().await?),
            Some("then") => in_frame = field.text().await?.as_str() == "list",
            Some("text") => {
                text = tidy(&field.text().await?);
                // Before its files: they may take hours.
                let refused = match check_message(&text) {
                    Err(NotAMessage::TooLong { found }) => Some(("too-long", found)),
                    _ if portal.takes_more(reporter.case).await? => None,
                    _ => TOO_MUCH,
                };
                if in_frame && refused.is_some() {
                    return Ok(answer(view, Vec::new(), "too-much"));
                }
                if refused.is_some() {
                    return page(&reporter, text, refused, Vec::new()).await;
                }
            }
            Some("files") => {
                let name = field.file_name().to_owned();
                let incoming = portal.receive(results.len(), bytes)?;
                let incoming =
                    files::receive(view, &mut field, incoming, progress.as_ref()).await?;
                if let Some(incoming) = incoming {
                    let (file, clean) =
                        portal.clean_for_case(&name, incoming, view.front.lane).await?;
                    bytes += file.bytes();
                    results.push(files::line(view, None, file));
                    attached.extend(clean);
                }
            }
            _ => field.skip().await?,
        }
    }
    if text.trim().is_empty() && attached.is_empty() {
        if in_frame {
            return Ok(answer(view, results, ""));
        }
        return page(&reporter, text, Some(("empty", 0)), results).await;
    }
    let all_taken = attached.len() == results.len();
    // The page around the frame stays, and may send more files.
    let id = if in_frame { ItemId::random() } else { id.ok_or(Error::BrokenForm)? };
    let added = portal.add(&reporter.who, reporter.case, id, text.clone(), attached).await?;
    if in_frame && added == Added::TooMuch {
        Ok(answer(view, Vec::new(), "too-much"))
    } else if in_frame {
        Ok(answer(view, results, ""))
    } else if added == Added::TooMuch {
        page(&reporter, text, TOO_MUCH, Vec::new()).await
    } else if all_taken {
        Ok(Redirect::to("/case?sent").into_response())
    } else {
        page(&reporter, String::new(), None, results).await
    }
}

/// What became of files, for the frame in their page.
fn answer(view: &View, results: Vec<FileLine>, error: &'static str) -> Response {
    view.page("reporter/case_answer.html", &AnswerPage { results, error })
}

async fn page(
    reporter: &Reporter,
    text: String,
    error: Option<(&'static str, usize)>,
    results: Vec<FileLine>,
) -> Result<Response, Error> {
    let view = &reporter.view;
    let portal = view.site.portal();
    let case = portal.case(&reporter.who, reporter.case).await?.ok_or(Error::NotFound)?;
    let dialogue = portal.dialogue(&reporter.who, reporter.case, before(view)).await?;
    let (error, found) = error.unwrap_or_default();
    let page = CasePage {
        number: case.id.number(),
        received_on: view.lang.day(case.received_on),
        feedback_due: view.lang.day(case.feedback_due),
        dialogue: dialogue_page(view, dialogue, |_| String::new()),
        once: once(),
        text,
        error,
        found,
        limit: MESSAGE_CHARACTERS,
        sent: view.asked("sent") || (error.is_empty() && !results.is_empty()),
        results,
    };
    Ok(view.page("reporter/case.html", &page))
}
