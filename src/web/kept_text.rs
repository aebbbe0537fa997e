//! What somebody wrote whose session ended meanwhile, or is now one of another case, or whose
//! words the portal failed to write down: given back, not thrown away.
//!
//! Writing sends nothing, so that a long message can end its own session; and a browser
//! that goes back to a page of ours asks for it anew.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

use super::error::Error;
use super::form::Upload;
use super::view::View;
use super::way_out;
use crate::domain::message::tidy;

#[derive(Debug, Serialize)]
struct KeptTextPage {
    text: String,
    /// Why: nothing if the session ended, `-other` if somebody is signed in to another case than
    /// the one it was written for, `-report` if it is of a report, `-late` if that was sent
    /// before, `-fault` if something failed here.
    why: &'static str,
}

/// Shows a text once more, to be copied; nothing of it is kept here.
pub(super) fn show(view: &View, text: &str) -> Result<Response, Error> {
    let text = tidy(text);
    if text.trim().is_empty() {
        return Err(Error::Session);
    }
    let page = KeptTextPage { text, why: "" };
    Ok(view.page_with(StatusCode::UNAUTHORIZED, "kept_text.html", &page))
}

/// The same for a text that was written on the page of another case.
pub(super) fn show_of_other_case(view: &View, text: String) -> Response {
    let page = KeptTextPage { text, why: "-other" };
    view.page_with(StatusCode::CONFLICT, "kept_text.html", &page)
}

/// The same for a report that was not saved, because its visit is over.
pub(super) fn show_of_report(view: &View, text: String) -> Response {
    let page = KeptTextPage { text, why: "-report" };
    view.page_with(StatusCode::FORBIDDEN, "kept_text.html", &page)
}

/// The same for words that came when the report was already sent.
pub(super) fn show_of_late(view: &View, text: String) -> Response {
    let page = KeptTextPage { text, why: "-late" };
    view.page_with(StatusCode::CONFLICT, "kept_text.html", &page)
}

/// The same after a fault of ours: nobody knows then what was written down. Inside a frame the
/// page around it still has the words.
pub(super) fn show_after(view: &View, text: &str, fault: Error) -> Result<Response, Error> {
    let text = tidy(text);
    let is_ours = matches!(fault, Error::Internal | Error::Busy);
    if !is_ours || view.around().is_some() || text.trim().is_empty() {
        return Err(fault);
    }
    let page = KeptTextPage { text, why: "-fault" };
    Ok(view.page_with(fault.status(), "kept_text.html", &page))
}

/// The same, from the form of a case. Who wrote nothing and only wants to see another page
/// sees it.
pub(super) async fn show_from(view: &View, mut upload: Upload) -> Result<Response, Error> {
    let (mut text, mut to) = (String::new(), None);
    while let Some(mut field) = upload.next().await? {
        match field.name() {
            Some("text") => text = tidy(&field.text().await?),
            Some(way_out::TO) => to = Some(field.text().await?.to_string()),
            _ => field.skip().await?,
        }
    }
    match to.filter(|_| text.trim().is_empty()) {
        Some(to) => way_out::lead(&to),
        None => show(view, &text),
    }
}
