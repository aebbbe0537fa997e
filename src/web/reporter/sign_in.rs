//! Coming back with the code.
//!
//! Whoever watches the line sees lengths: the answer to a code nobody has is as long as the
//! answer to a right one, down to a cookie that opens nothing.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::later::Found;
use crate::domain::sign_in::CameIn;
use crate::domain::waiting::Progress;
use crate::domain::{CodeLength, Failure, NotAReceiptCode, ReceiptCode, Ticket};
use crate::web::actor::Visitor;
use crate::web::error::Error;
use crate::web::form::ProtectedForm;
use crate::web::reporter::waiting::{SIGNING_IN, waiting_page};
use crate::web::view::View;

#[derive(Debug, Serialize)]
struct SignInPage {
    error: &'static str,
    found: usize,
    lengths: [usize; 2],
    /// What was typed, if it cannot be a code: only the slip is to be mended.
    typed: String,
    /// Whether somebody looked for a draft or a receipt that is not there.
    nothing_open: bool,
}

/// Where somebody is led who has neither a draft nor a receipt.
pub(super) const NOTHING_OPEN: &str = "/sign-in?nothing";
/// Where somebody is led whose code nobody has.
const UNKNOWN: &str = "/sign-in?unknown";
/// Where somebody is led whose code is that of a draft.
const TO_DRAFT: &str = "/report/check?not-sent";
/// The same, where the draft is that of this browser anyway.
const OWN_DRAFT: &str = "/report/check";
/// Where somebody is led who has another draft open.
const OTHER_DRAFT: &str = "/sign-in?other-draft";
/// Where somebody is led who has a receipt open whose code they have not typed back.
const OPEN_RECEIPT: &str = "/sign-in?receipt";
/// Bytes of what cannot be a code that are given back: more is no slip.
const TYPED: usize = 64;
/// What the addresses of all answers are filled up to.
const LENGTH: usize = 32;

/// Shows the form.
pub(in crate::web) async fn show(visitor: Visitor) -> Response {
    let errors = ["unknown", "other-draft", "receipt"];
    let error = errors.into_iter().find(|error| visitor.view.asked(error)).unwrap_or_default();
    page(&visitor.view, error, 0, "")
}

/// Signs in whoever knows a code.
pub(in crate::web) async fn sign_in(
    visitor: Visitor,
    form: ProtectedForm,
) -> Result<Response, Error> {
    let (view, front) = (&visitor.view, visitor.view.front);
    let code = match ReceiptCode::parse(form.get("code")) {
        Ok(code) => code,
        Err(NotAReceiptCode::Length { found }) => {
            return Ok(page(view, "length", found, form.get("code")));
        }
        Err(NotAReceiptCode::Character) => {
            return Ok(page(view, "character", 0, form.get("code")));
        }
    };
    let portal = view.site.portal();
    let (class, lane) = (front.reporter_class(), front.lane);
    let progress = portal.begin_sign_in(&visitor.ticket, code, class, lane, view.place()).await;
    answer(&visitor, progress).await
}

/// Comes back for a sign-in that takes its time.
pub(in crate::web) async fn wait(visitor: Visitor) -> Result<Response, Error> {
    let progress = visitor.view.site.portal().sign_in_progress(&visitor.ticket).await;
    answer(&visitor, progress).await
}

async fn answer(visitor: &Visitor, progress: Progress<Option<CameIn>>) -> Result<Response, Error> {
    let view = &visitor.view;
    match progress {
        Progress::StillWaiting => Ok(waiting_page(view, &SIGNING_IN)),
        Progress::Nothing => Ok(Redirect::to("/sign-in").into_response()),
        Progress::Done(Err(Failure::Busy)) => Ok(page(view, "busy", 0, "")),
        Progress::Done(ended) => match ended? {
            Some(CameIn::ToCase(session)) => Ok(let_in(view, &session, "/case")),
            Some(CameIn::ToDraft(found)) => open_draft(visitor, &found).await,
            None => Ok(let_in(view, &Ticket::random(), UNKNOWN)),
        },
    }
}

/// Leads to a draft, with a key that this browser alone has.
async fn open_draft(visitor: &Visitor, found: &Found) -> Result<Response, Error> {
    let (view, portal) = (&visitor.view, visitor.view.site.portal());
    let to = if found.is_of(&visitor.ticket) {
        OWN_DRAFT
    } else if portal.receipt(&visitor.ticket).await?.is_some() {
        OPEN_RECEIPT
    } else if portal.draft(&visitor.ticket).await?.is_some()
        || portal.something_waits(&visitor.ticket).await?
    {
        // This browser has another draft, or something for a case, whose only key is the cookie.
        OTHER_DRAFT
    } else if let Some(ticket) = portal.take_over(found).await? {
        view.clone().set_visit(&ticket);
        TO_DRAFT
    } else {
        UNKNOWN
    };
    Ok(let_in(view, &Ticket::random(), to))
}

/// Leads on with a session, or with a cookie that looks like one.
fn let_in(view: &View, session: &Ticket, to: &str) -> Response {
    // A session that is open here could not be ended any more without its cookie.
    view.end_session();
    view.set_session(session);
    let filled = " ".repeat(LENGTH.saturating_sub(to.len()));
    (StatusCode::SEE_OTHER, [(LOCATION, to)], filled).into_response()
}

fn page(view: &View, error: &'static str, found: usize, typed: &str) -> Response {
    let lengths = CodeLength::ALL.map(CodeLength::digits);
    let typed = if typed.len() <= TYPED { typed.to_owned() } else { String::new() };
    let nothing_open = view.asked("nothing");
    view.page("reporter/sign_in.html", &SignInPage { error, found, lengths, typed, nothing_open })
}
