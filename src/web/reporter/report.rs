//! The report: words and files, saved as a draft with every step.
//!
//! Words and files have a page each, and one form address: what comes is saved, and the
//! field `then` says which page comes after it.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::draft::{Saved, Story};
use crate::domain::incoming::{Incoming, NotTaken};
use crate::domain::message::{NotAMessage, check_message, tidy};
use crate::limits::MESSAGE_CHARACTERS;
use crate::web::actor::Visitor;
use crate::web::error::Error;
use crate::web::files::{self, FileLine, of_draft};
use crate::web::form::Upload;
use crate::web::view::View;

#[derive(Debug, Serialize)]
struct ReportPage {
    text: String,
    error: &'static str,
    found: usize,
    limit: usize,
    kept_until: String,
    files: Vec<FileLine>,
}

/// The receipt of a report that had been sent before all of this form came.
const LATE: &str = "/receipt?late";

/// Shows the form with what was saved before.
pub(in crate::web) async fn show(visitor: Visitor) -> Result<Response, Error> {
    let Visitor { view, ticket } = visitor;
    match view.site.portal().draft(&ticket).await? {
        Some(draft) if draft.sent => Ok(Redirect::to("/receipt").into_response()),
        Some(draft) => {
            let kept_until = view.lang.day(draft.kept_until);
            let files = of_draft(&view, &ticket).await?;
            Ok(form_page(&view, draft.story.text, kept_until, files, None))
        }
        None => Ok(form_page(&view, String::new(), String::new(), Vec::new(), None)),
    }
}

/// Saves the words, then takes the files one after the other.
pub(in crate::web) async fn save(visitor: Visitor, mut upload: Upload) -> Result<Response, Error> {
    let Visitor { view, ticket } = visitor;
    let portal = view.site.portal();
    let progress = portal.watch(&ticket, upload.bytes());
    let (mut then, mut too_many) = (Then::Check, false);
    while let Some(mut field) = upload.next().await? {
        match field.name() {
            Some("text") => {
                let text = tidy(&field.text().await?);
                if let Err(NotAMessage::TooLong { found }) = check_message(&text) {
                    return Ok(refused(&view, text, ("too-long", found)));
                }
                let story = Story { text };
                match portal.save_draft(&ticket, &story).await? {
                    Saved::Saved => {}
                    Saved::SentBefore => return Ok(Redirect::to(LATE).into_response()),
                    Saved::NoRoom => return Ok(refused(&view, story.text, ("busy", 0))),
                }
            }
            Some("files") => {
                let name = field.file_name().to_owned();
                let incoming = portal.receive_for_draft(&ticket).await?;
                let Some(incoming) =
                    files::receive(&view, &mut field, incoming, Some(&progress)).await?
                else {
                    continue;
                };
                if matches!(incoming, Incoming::Passed(NotTaken::TooMany)) {
                    too_many = true;
                } else if !portal.add_draft_file(&ticket, &name, incoming, view.front.lane).await? {
                    return Ok(Redirect::to(LATE).into_response());
                }
            }
            Some("then") => then = Then::of(&field.text().await?),
            _ => field.skip().await?,
        }
    }
    Ok(Redirect::to(then.address(too_many)).into_response())
}

/// The page after what was sent.
#[derive(Clone, Copy)]
enum Then {
    /// Everything once more, before it is sent.
    Check,
    /// The page for files.
    Files,
    /// The list of files, inside that page.
    List,
}

impl Then {
    fn of(word: &str) -> Then {
        match word {
            "files" => Then::Files,
            "list" => Then::List,
            _ => Then::Check,
        }
    }

    fn address(self, too_many: bool) -> &'static str {
        match (self, too_many) {
            (Then::Check, false) => "/report/check",
            (Then::Check, true) => "/report/check?too-many",
            (Then::Files, _) => "/report/files",
            (Then::List, false) => "/report/files/list",
            (Then::List, true) => "/report/files/list?too-many",
        }
    }
}

fn refused(view: &View, text: String, error: (&'static str, usize)) -> Response {
    form_page(view, text, String::new(), Vec::new(), Some(error))
}

fn form_page(
    view: &View,
    text: String,
    kept_until: String,
    files: Vec<FileLine>,
    error: Option<(&'static str, usize)>,
) -> Response {
    let (error, found) = error.unwrap_or_default();
    let page = ReportPage { text, error, found, limit: MESSAGE_CHARACTERS, kept_until, files };
    view.page("reporter/report.html", &page)
}
