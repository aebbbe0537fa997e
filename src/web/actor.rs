//! Who is asking: the argument types that a handler cannot be written without.
//!
//! `Visitor` has a form token, `Reporter` and `Handler` are signed in,
//! `Permitted` holds a case that this handler has a key to. There is no check that a
//! handler could forget, because without the check there is no value.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

use super::error::Error;
use super::view::View;
use crate::domain::session::SignedIn;
use crate::domain::{CaseId, CaseRow, Ticket};

/// Somebody who gets a form: with a ticket, made now if the browser had none.
#[derive(Debug)]
pub(super) struct Visitor {
    pub(super) view: View,
    pub(super) ticket: Ticket,
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let mut view = View::from_request_parts(parts, state).await?;
        // Also those who come back: the cookie may be from home.
        if view.is_to_be_stopped() {
            return Err(Error::OwnNetwork);
        }
        view.note_warned();
        if let Some(ticket) = view.visit().cloned() {
            return Ok(Visitor { view, ticket });
        }
        // A form without its visit is refused in any case, and one on another site comes
        // without the cookie: a new visit would overwrite the one whose draft is kept.
        if !parts.method.is_safe() {
            return Err(Error::FormToken);
        }
        let ticket = Ticket::random();
        view.set_visit(&ticket);
        Ok(Visitor { view, ticket })
    }
}

/// A reporter who is signed in, and the case the code opened.
#[derive(Debug)]
pub(super) struct Reporter {
    pub(super) view: View,
    pub(super) who: SignedIn,
    pub(super) case: CaseId,
}

impl<S: Send + Sync> FromRequestParts<S> for Reporter {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let view = Visitor::from_request_parts(parts, state).await?.view;
        let who = view.signed_in()?;
        let case = who.reporters_case().ok_or(Error::Session)?;
        Ok(Reporter { view, who, case })
    }
}

/// A handler who is signed in.
#[derive(Debug)]
pub(super) struct Handler {
    pub(super) view: View,
    pub(super) who: SignedIn,
}

impl<S: Send + Sync> FromRequestParts<S> for Handler {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let view = Visitor::from_request_parts(parts, state).await?.view;
        let who = view.signed_in()?;
        who.is_handler().then_some(Handler { view, who }).ok_or(Error::Session)
    }
}

/// A case of the address that this handler has a key to.
#[derive(Debug)]
pub(super) struct Permitted {
    pub(super) handler: Handler,
    pub(super) case: CaseRow,
}

impl<S: Send + Sync> FromRequestParts<S> for Permitted {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let handler = Handler::from_request_parts(parts, state).await?;
        let Path(values): Path<Vec<(String, String)>> =
            Path::from_request_parts(parts, state).await.map_err(|_| Error::NotFound)?;
        let case = values.iter().find(|(name, _)| name == "case");
        let case = case.and_then(|(_, text)| CaseId::parse(text)).ok_or(Error::NotFound)?;
        let found = handler.view.site.portal().case(&handler.who, case).await?;
        Ok(Permitted { case: found.ok_or(Error::NotFound)?, handler })
    }
}
