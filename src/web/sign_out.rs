//! Signing out, for reporters and for handlers.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use super::case_files;
use super::cookies::Kind;
use super::door::Surface;
use super::error::Error;
use super::form::ProtectedForm;
use super::view::View;

/// At the end of the address: files that were not sent wait in a case.
const FILES: &str = "files";

#[derive(Debug, Serialize)]
struct SignedOutPage {
    open: &'static str,
    kept_until: String,
    files: bool,
}

/// Signs out. Who is signed out already is not told that there is an error.
///
/// The visit of a reporter stays as long as it is the key of something: of a report or files
/// that are not sent, or of a receipt whose code was not typed back.
pub(super) async fn sign_out(view: View, _: ProtectedForm) -> Result<Response, Error> {
    let who = view.signed_in().ok();
    let mut files = false;
    if let Some((who, case)) = who.as_ref().and_then(|who| Some((who, who.reporters_case()?))) {
        files = case_files::waiting(&view, who, case).await? > 0;
    }
    view.end_session();
    view.forget(Kind::Session);
    view.forget(Kind::Warned);
    if files {
        return Ok(Redirect::to(&format!("/signed-out?{FILES}")).into_response());
    }
    if what_is_open(&view).await?.is_none() {
        view.forget(Kind::Visit);
    }
    Ok(Redirect::to("/signed-out").into_response())
}

/// Says that one is signed out, and what is still open.
pub(super) async fn signed_out(view: View) -> Result<Response, Error> {
    let template = match view.surface {
        Surface::Reporter => "reporter/signed_out.html",
        Surface::Handler => "handler/signed_out.html",
    };
    let (open, kept_until) = what_is_open(&view).await?.unwrap_or_default();
    let files = view.asked(FILES);
    Ok(view.page(template, &SignedOutPage { open, kept_until, files }))
}

async fn what_is_open(view: &View) -> Result<Option<(&'static str, String)>, Error> {
    let Some(visit) = view.visit() else { return Ok(None) };
    let draft = view.site.portal().draft(visit).await?;
    Ok(draft.map(|draft| {
        let what = if draft.sent { "receipt" } else { "draft" };
        (what, view.lang.day(draft.kept_until))
    }))
}
