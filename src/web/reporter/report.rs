//! The report: words and files, saved as a draft with every step.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::draft::{Saved, Story};
use crate::domain::incoming::{Incoming, NotTaken};
use crate::domain::message::{NotAMessage, check_message, tidy};
use crate::limits::{FILES, MESSAGE_CHARACTERS};
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
    file_megabytes: u64,
    files_limit: usize,
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
    let mut done = "/report/check";
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
                let Some(incoming) = files::receive(&view, &mut field, incoming).await? else {
                    continue;
                };
                if matches!(incoming, Incoming::Passed(NotTaken::TooMany)) {
                    done = "/report/check?too-many";
                } else if !portal.add_draft_file(&ticket, &name, incoming, view.front.lane).await? {
                    return Ok(Redirect::to(LATE).into_response());
                }
            }
            _ => field.skip().await?,
        }
    }
    Ok(Redirect::to(done).into_response())
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
    let page = ReportPage {
        text,
        error,
        found,
        limit: MESSAGE_CHARACTERS,
        kept_until,
        file_megabytes: view.site.portal().quota().file_bytes >> 20,
        files_limit: FILES,
        files,
    };
    view.page("reporter/report.html", &page)
}
