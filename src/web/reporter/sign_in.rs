//! Coming back with the code, and leaving again.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::{NotAReceiptCode, ReceiptCode};
use crate::web::actor::{View, Visitor};
use crate::web::cookies::Kind;
use crate::web::error::Error;
use crate::web::form::ProtectedForm;

#[derive(Debug, Default, Serialize)]
struct SignInPage {
    error: &'static str,
    found: usize,
}

#[derive(Debug, Serialize)]
struct SignedOutPage {}

/// Shows the form.
pub(in crate::web) async fn show(visitor: Visitor) -> Response {
    page(&visitor.view, &SignInPage::default())
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
            return Ok(page(view, &SignInPage { error: "length", found }));
        }
        Err(NotAReceiptCode::Character) => {
            return Ok(page(view, &SignInPage { error: "character", found: 0 }));
        }
    };
    let portal = view.site.portal();
    match portal.sign_in_reporter(&code, front.class(), front.lane, view.place()).await? {
        Some(session) => {
            view.set_session(&session);
            Ok(Redirect::to("/case").into_response())
        }
        None => Ok(page(view, &SignInPage { error: "unknown", found: 0 })),
    }
}

/// Signs out. Who is signed out already is not told that there is an error.
pub(in crate::web) async fn sign_out(view: View, _: ProtectedForm) -> Response {
    view.end_session();
    view.forget(Kind::Session);
    view.forget(Kind::Visit);
    Redirect::to("/signed-out").into_response()
}

/// Says that one is signed out.
pub(in crate::web) async fn signed_out(view: View) -> Response {
    view.page("reporter/signed_out.html", &SignedOutPage {})
}

fn page(view: &View, page: &SignInPage) -> Response {
    view.page("reporter/sign_in.html", page)
}
