//! Handlers sign in with two factors.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::web::actor::Visitor;
use crate::web::error::Error;
use crate::web::form::ProtectedForm;

#[derive(Debug, Serialize)]
struct SignInPage {
    error: &'static str,
    name: String,
}

/// Shows the form.
pub(in crate::web) async fn show(visitor: Visitor) -> Response {
    visitor.view.page("handler/sign_in.html", &SignInPage { error: "", name: String::new() })
}

/// Signs in whoever has both factors. The answer does not say which one was wrong.
pub(in crate::web) async fn sign_in(
    visitor: Visitor,
    form: ProtectedForm,
) -> Result<Response, Error> {
    let view = &visitor.view;
    let name = form.get("name").to_owned();
    let password = form.secret("password");
    let portal = view.site.portal();
    let (class, lane) = (view.front.handler_class(), view.front.lane);
    let code = form.get("code");
    match portal.sign_in_handler(&name, password, code, view.place(), class, lane).await? {
        Some(session) => {
            view.set_session(&session);
            Ok(Redirect::to("/").into_response())
        }
        None => Ok(view.page("handler/sign_in.html", &SignInPage { error: "wrong", name })),
    }
}
