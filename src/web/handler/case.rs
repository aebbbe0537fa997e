//! One case: what was reported, what was said, and an answer.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::ItemId;
use crate::domain::dialogue::What;
use crate::domain::message::{NotAMessage, check_message, tidy};
use crate::limits::MESSAGE_CHARACTERS;
use crate::web::actor::Permitted;
use crate::web::case_files;
use crate::web::dialogue::{DialoguePage, before, dialogue_page, once};
use crate::web::error::Error;
use crate::web::form::AnyForm;
use crate::web::information::policy::{self, PolicyLine};
use crate::web::kept_text;
use crate::web::view::View;

#[derive(Debug, Serialize)]
struct CasePage {
    id: String,
    number: String,
    received_on: String,
    acknowledged_on: String,
    feedback_due: String,
    /// Empty if none was given.
    feedback_on: String,
    late: bool,
    dialogue: DialoguePage,
    once: String,
    what: &'static str,
    text: String,
    error: &'static str,
    found: usize,
    limit: usize,
    /// What was done a moment ago, in the words of the page; or nothing.
    done: &'static str,
    files_sent: i64,
    /// Files that are not sent yet.
    waiting: usize,
    state: &'static str,
    policy: PolicyLine,
}

/// Shows one case to a handler who may see it.
pub(in crate::web) async fn show(permitted: Permitted) -> Result<Response, Error> {
    page(&permitted, What::Message, String::new(), None).await
}

/// Sends an answer to the reporter.
pub(in crate::web) async fn answer(
    view: View,
    permitted: Result<Permitted, Error>,
    form: Result<AnyForm, Error>,
) -> Result<Response, Error> {
    let first = |error| permitted.as_ref().err().copied().unwrap_or(error);
    let AnyForm { form, is_of_this_visit } = form.map_err(first)?;
    let permitted = match permitted {
        Ok(permitted) if is_of_this_visit => permitted,
        Ok(_) | Err(Error::Session | Error::FormToken) => {
            return kept_text::show(&view, form.get("text"));
        }
        // A database that is gone fails here first.
        Err(fault) => return kept_text::show_after(&view, form.get("text"), fault),
    };
    let text = tidy(form.get("text"));
    // A form without the choice is one from before, and sends words.
    let what = What::parse(form.get("what")).unwrap_or_default();
    let fault = match check_message(&text) {
        Err(NotAMessage::Empty) => Some(("empty", 0)),
        Err(NotAMessage::TooLong { found }) => Some(("too-long", found)),
        Ok(()) => None,
    };
    let written = match fault {
        Some(_) => page(&permitted, what, text.clone(), fault).await,
        None => add(&permitted, form.get("once"), what, text.clone()).await,
    };
    written.or_else(|fault| kept_text::show_after(&view, &text, fault))
}

async fn add(
    Permitted { handler, case }: &Permitted,
    once: &str,
    what: What,
    text: String,
) -> Result<Response, Error> {
    let id = ItemId::parse(once).ok_or(Error::BrokenForm)?;
    handler.view.site.portal().add(&handler.who, case.id, id, what, text).await?;
    Ok(Redirect::to(&format!("/cases/{}?sent", case.id)).into_response())
}

async fn page(
    permitted: &Permitted,
    what: What,
    text: String,
    error: Option<(&'static str, usize)>,
) -> Result<Response, Error> {
    let Permitted { handler, case } = permitted;
    let view = &handler.view;
    let portal = view.site.portal();
    let dialogue = portal.dialogue(&handler.who, case.id, before(view)).await?;
    let (error, found) = error.unwrap_or_default();
    let (done, files_sent) = case_files::done(view, &[("sent", "answer-sent")]);
    let page = CasePage {
        id: case.id.to_string(),
        number: case.id.number(),
        received_on: view.lang.day(case.received_on),
        acknowledged_on: view.lang.day(case.acknowledged_on),
        feedback_due: view.lang.day(case.feedback_due),
        feedback_on: case.feedback_on.map_or_else(String::new, |day| view.lang.day(day)),
        late: case.feedback_on.is_none() && case.feedback_due < portal.clock().today(),
        dialogue: dialogue_page(view, dialogue, |item| format!("/cases/{}/files/{item}", case.id)),
        once: once(),
        what: what.as_str(),
        text,
        error,
        found,
        limit: MESSAGE_CHARACTERS,
        done,
        files_sent,
        waiting: case_files::waiting(view, &handler.who, case.id).await?,
        state: case.state.as_str(),
        policy: policy::of_day(view, case.received_on).await?,
    };
    Ok(view.page("handler/case.html", &page))
}
