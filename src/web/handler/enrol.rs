//! A new handler sets password and second factor, by a link that works once.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::invitation::{NewAccess, NotEnrolled};
use crate::limits::PASSWORD_CHARACTERS;
use crate::web::actor::Visitor;
use crate::web::error::Error;
use crate::web::form::ProtectedForm;
use crate::web::qr;
use crate::web::view::View;

#[derive(Debug, Serialize)]
struct EnrolPage {
    name: String,
    qr: String,
    secret: String,
    error: &'static str,
    minimum: usize,
}

#[derive(Debug, Serialize)]
struct EnrolledPage {
    vouched: bool,
}

/// Shows the form to whoever has a link that holds.
pub(in crate::web) async fn show(
    visitor: Visitor,
    Path(link): Path<String>,
) -> Result<Response, Error> {
    page(&visitor, &link, "").await
}

/// Enrols.
pub(in crate::web) async fn enrol(
    visitor: Visitor,
    Path(link): Path<String>,
    form: ProtectedForm,
) -> Result<Response, Error> {
    let view = &visitor.view;
    let (password, repeated) = (form.secret("password"), form.secret("repeated"));
    let new = NewAccess { password, repeated, code: form.get("code") };
    let (class, lane) = (view.front.handler_class(), view.front.lane);
    match view.site.portal().enrol(&link, &visitor.ticket, new, class, lane).await? {
        Ok(enrolled) => {
            let vouched = if enrolled.vouched { "?vouched" } else { "" };
            Ok(Redirect::to(&format!("/enrolled{vouched}")).into_response())
        }
        Err(NotEnrolled::NoLink) => Ok(view.plain_page("handler/no_link.html")),
        Err(NotEnrolled::TooShort) => page(&visitor, &link, "too-short").await,
        Err(NotEnrolled::TooLong) => page(&visitor, &link, "too-long").await,
        Err(NotEnrolled::Differs) => page(&visitor, &link, "differs").await,
        Err(NotEnrolled::WrongCode) => page(&visitor, &link, "wrong-code").await,
    }
}

/// Says what happens next.
pub(in crate::web) async fn enrolled(view: View) -> Response {
    let vouched = view.asked("vouched");
    view.page("handler/enrolled.html", &EnrolledPage { vouched })
}

async fn page(visitor: &Visitor, link: &str, error: &'static str) -> Result<Response, Error> {
    let Visitor { view, ticket } = visitor;
    let Some(invited) = view.site.portal().invited(link, ticket).await? else {
        return Ok(view.plain_page("handler/no_link.html"));
    };
    let (issuer, name) = (&view.site.words().organisation, invited.name.as_str());
    let address = invited.second_factor.to_url(issuer, name).ok_or(Error::Internal)?;
    let page = EnrolPage {
        name: invited.name.as_str().to_owned(),
        qr: qr::picture(&address).ok_or(Error::Internal)?,
        secret: invited.second_factor.to_text().to_string(),
        error,
        minimum: PASSWORD_CHARACTERS,
    };
    Ok(view.page("handler/enrol.html", &page))
}
