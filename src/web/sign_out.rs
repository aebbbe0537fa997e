//! Signing out, for reporters and for handlers.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use super::cookies::Kind;
use super::door::Surface;
use super::error::Error;
use super::form::ProtectedForm;
use super::view::View;

/// What the visit is the key of.
#[derive(Debug, Default, Serialize)]
struct Open {
    /// `draft`, `receipt`, or nothing.
    what: &'static str,
    kept_until: String,
    /// Whether something waits that was not sent to its case.
    unsent: bool,
}

/// Signs out. Who is signed out already is not told that there is an error.
pub(super) async fn sign_out(view: View, _: ProtectedForm) -> Response {
    end(&view).await
}

/// The same for a form that was checked.
///
/// The visit stays as long as it is the key of something: of a report, a message or files that are
/// not sent, or of a receipt whose code was not typed back; and where nobody can tell.
pub(super) async fn end(view: &View) -> Response {
    view.end_session();
    view.forget(Kind::Session);
    view.forget(Kind::Warned);
    if let Ok(Open { what: "", unsent: false, .. }) = what_is_open(view).await {
        view.forget(Kind::Visit);
    }
    Redirect::to("/signed-out").into_response()
}

/// Says that one is signed out, and what is still open.
pub(super) async fn signed_out(view: View) -> Result<Response, Error> {
    let template = match view.surface {
        Surface::Reporter => "reporter/signed_out.html",
        Surface::Handler => "handler/signed_out.html",
    };
    Ok(view.page(template, &what_is_open(&view).await?))
}

async fn what_is_open(view: &View) -> Result<Open, Error> {
    let Some(visit) = view.visit() else { return Ok(Open::default()) };
    let portal = view.site.portal();
    // What a handler has not sent ends with signing out.
    let unsent = view.surface == Surface::Reporter && portal.something_waits(visit).await?;
    Ok(match portal.draft(visit).await? {
        None => Open { unsent, ..Open::default() },
        Some(draft) => Open {
            what: if draft.sent { "receipt" } else { "draft" },
            kept_until: view.lang.day(draft.kept_until),
            unsent,
        },
    })
}
