//! Who is asking: the argument types that a handler cannot be written without.
//!
//! `Visitor` has a form token, `Reporter` and `Handler` are signed in,
//! `Permitted` holds a case that this handler has a key to. There is no check that a
//! handler could forget, because without the check there is no value.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

use super::cookies::{self, Jar, Kind};
use super::door::{Arrival, Front, Surface, place};
use super::error::Error;
use super::site::Site;
use super::text::Lang;
use crate::domain::session::SignedIn;
use crate::domain::{CaseId, CaseRow, Ticket};

/// At the end of an address: whoever was stopped goes on.
const ANYWAY: &str = "anyway";

/// Everything a page needs to know about the request it answers.
#[derive(Clone, Debug)]
pub(super) struct View {
    pub(super) site: Site,
    pub(super) front: Front,
    pub(super) surface: Surface,
    pub(super) lang: Lang,
    pub(super) path: String,
    pub(super) signed_in: bool,
    pub(super) jar: Jar,
    visit: Option<Ticket>,
    session: Option<Ticket>,
    /// Whether this browser went past the stop page before.
    warned: bool,
    /// Whether the address can be opened again: it was not a form that was sent.
    pub(super) can_be_opened_again: bool,
    query: String,
}

impl View {
    /// Put together once for each request, by [`super::app`].
    pub(super) fn new(site: Site, front: Front, surface: Surface, jar: Jar, parts: &Parts) -> Self {
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let asked = parameter(&query, "lang").and_then(Lang::parse);
        let lang = asked
            .or_else(|| Lang::parse(&cookies::language(parts, surface, &front)?))
            .or_else(|| {
                let header = parts.headers.get(axum::http::header::ACCEPT_LANGUAGE)?;
                Lang::from_header(header.to_str().ok()?)
            })
            .unwrap_or(site.words().language);
        let tokens = site.portal().tokens();
        let ticket = |kind| cookies::ticket(&parts.headers, kind, surface, &front, tokens);
        let (visit, session) = (ticket(Kind::Visit), ticket(Kind::Session));
        let here = place(surface, front.door);
        let signed_in =
            session.as_ref().is_some_and(|ticket| site.portal().sessions().holds(ticket, here));
        let path = parts.uri.path().to_owned();
        let warned = cookies::is_warned(parts, surface, &front);
        let can_be_opened_again = parts.method.is_safe();
        let view = View {
            site,
            front,
            surface,
            lang,
            path,
            signed_in,
            jar,
            visit,
            session,
            warned,
            can_be_opened_again,
            query,
        };
        if asked.is_some() && !view.is_to_be_stopped() {
            view.set_cookie(Kind::Language, lang.code());
        }
        view
    }

    /// The visit of this browser, if it has one.
    pub(super) fn visit(&self) -> Option<&Ticket> {
        self.visit.as_ref()
    }

    /// Whether the address ends in this word: `/case?sent`.
    pub(super) fn asked(&self, word: &str) -> bool {
        self.query.split('&').any(|part| part == word)
    }

    /// Whether a reporter sits where the organisation can see who opens which page, and
    /// does not know it yet. What was filled in elsewhere and is sent from here has shown
    /// itself already: stopping it would only lose it.
    fn is_to_be_stopped(&self) -> bool {
        self.surface == Surface::Reporter
            && self.front.arrival == Arrival::OwnNetwork
            && self.can_be_opened_again
            && !self.warned
            && !self.asked(ANYWAY)
    }

    /// A number in the address; 0 if there is none.
    pub(super) fn number(&self, name: &str) -> i64 {
        parameter(&self.query, name).and_then(|value| value.parse().ok()).unwrap_or_default()
    }

    /// Counts a byte that arrived as a sign of life of this session.
    pub(super) fn touch_session(&self) {
        if let Some(ticket) = &self.session {
            self.site.portal().sessions().touch(ticket);
        }
    }

    /// Ends the session of this browser, if it has one.
    pub(super) fn end_session(&self) {
        if let Some(ticket) = &self.session {
            self.site.portal().sessions().end(ticket);
        }
    }

    /// The token of forms on this page; empty where nobody was given a visit yet.
    pub(super) fn token(&self) -> String {
        let visit = self.visit.as_ref();
        visit.map_or_else(String::new, |visit| {
            visit.form_token(self.place(), self.site.portal().tokens())
        })
    }

    /// Whether a form came from a page of this visit.
    pub(super) fn is_token(&self, token: &str) -> bool {
        let tokens = self.site.portal().tokens();
        self.visit.as_ref().is_some_and(|visit| visit.is_form_token(token, self.place(), tokens))
    }

    pub(super) fn place(&self) -> &'static str {
        place(self.surface, self.front.door)
    }

    /// Signs in at this place: the ticket goes into the cookie.
    pub(super) fn set_session(&self, ticket: &Ticket) {
        let purpose = cookies::purpose(Kind::Session, self.surface, &self.front);
        self.set_cookie(Kind::Session, &ticket.to_cookie(&purpose, self.site.portal().tokens()));
    }

    fn set_cookie(&self, kind: Kind, value: &str) {
        self.jar.set(kind, self.surface, &self.front, value);
    }

    /// Takes a cookie back.
    pub(super) fn forget(&self, kind: Kind) {
        self.jar.remove(kind, self.surface, &self.front);
    }
}

impl<S: Send + Sync> FromRequestParts<S> for View {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts.extensions.get::<View>().cloned().ok_or(Error::Internal)
    }
}

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
        if view.front.arrival == Arrival::OwnNetwork && view.asked(ANYWAY) {
            view.set_cookie(Kind::Warned, cookies::WARNED);
        }
        if let Some(ticket) = view.visit.clone() {
            return Ok(Visitor { view, ticket });
        }
        // A form without its visit is refused in any case, and one on another site comes
        // without the cookie: a new visit would overwrite the one whose draft is kept.
        if !parts.method.is_safe() {
            return Err(Error::FormToken);
        }
        let ticket = Ticket::random();
        let purpose = cookies::purpose(Kind::Visit, view.surface, &view.front);
        view.set_cookie(Kind::Visit, &ticket.to_cookie(&purpose, view.site.portal().tokens()));
        view.visit = Some(ticket.clone());
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
        let who = signed_in(&view)?;
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
        let who = signed_in(&view)?;
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

fn signed_in(view: &View) -> Result<SignedIn, Error> {
    let ticket = view.session.as_ref().ok_or(Error::Session)?;
    view.site.portal().sessions().resume(ticket, view.place()).ok_or(Error::Session)
}

fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}
