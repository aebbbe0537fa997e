//! Everything a page needs to know about the request it answers.

use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::compressed::Encoding;
use super::cookies::{self, Jar, Kind};
use super::door::{Arrival, Front, Surface, place};
use super::error::Error;
use super::site::Site;
use super::text::Lang;
use crate::domain::session::SignedIn;
use crate::domain::{CaseId, Ticket};

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
    pub(super) encoding: Encoding,
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
            encoding: Encoding::of(&parts.headers),
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

    /// The session of this browser, if it has one.
    pub(super) fn session(&self) -> Option<&Ticket> {
        self.session.as_ref()
    }

    /// Whether the address ends in this word: `/case?sent`.
    pub(super) fn asked(&self, word: &str) -> bool {
        self.query.split('&').any(|part| part == word)
    }

    /// The text that says what was done a moment ago, by the word at the end of the address.
    pub(super) fn done(&self, texts: &[(&str, &'static str)]) -> &'static str {
        let done = texts.iter().find(|(word, _)| self.asked(word));
        done.map_or("", |(_, text)| *text)
    }

    /// The page around the frame that this answer stands in; none if it is a page of its own.
    pub(super) fn around(&self) -> Option<&str> {
        let around = if self.can_be_opened_again {
            ["/list", "/progress"].iter().find_map(|end| self.path.strip_suffix(end))?
        } else {
            self.path.as_str()
        };
        let is_of_handlers = |path: &str| {
            let case = path.strip_prefix("/cases/").and_then(|rest| rest.strip_suffix("/files"));
            case.is_some_and(|case| CaseId::parse(case).is_some())
        };
        let is_one = match self.surface {
            Surface::Reporter => matches!(around, "/report/files" | "/case/files"),
            Surface::Handler => is_of_handlers(around),
        };
        is_one.then_some(around)
    }

    /// Adds a word to the end of the address: what was chosen in a form stands in the page
    /// that answers it as in one that is opened.
    pub(super) fn ask(&mut self, word: &str) {
        self.query.extend(["&", word]);
    }

    /// Whether a reporter sits where the organisation can see who opens which page, and
    /// does not know it yet. What was filled in elsewhere and is sent from here has shown
    /// itself already: stopping it would only lose it, and the code with it that answers it.
    pub(super) fn is_to_be_stopped(&self) -> bool {
        self.surface == Surface::Reporter
            && self.front.arrival == Arrival::OwnNetwork
            && self.can_be_opened_again
            && !self.warned
            && !self.asked(ANYWAY)
            // From there the quick exit is one click away, and a code nobody has read is lost.
            && !(self.leads_to_a_code() && self.visit.is_some())
    }

    /// Whether a code is shown here, or will be once it is made.
    fn leads_to_a_code(&self) -> bool {
        let leads = |start| self.path.starts_with(start);
        self.is_receipt() || leads("/report/wait") || leads("/report/later")
    }

    /// Whether this is the receipt, or the text of it.
    pub(super) fn is_receipt(&self) -> bool {
        self.path.starts_with("/receipt")
    }

    /// A number in the address; 0 if there is none.
    pub(super) fn number(&self, name: &str) -> i64 {
        self.value(name).and_then(|value| value.parse().ok()).unwrap_or_default()
    }

    /// A value in the address.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        parameter(&self.query, name)
    }

    /// Where the way back of a page to read leads: to where somebody writes who came from there.
    pub(super) fn way_back(&self) -> String {
        let questionnaire = self.site.portal().questionnaire();
        match self.value("report").filter(|page| questionnaire.page(page).is_some()) {
            Some(page) => format!("/report/{page}"),
            None if self.asked("case") => "/case".to_owned(),
            None => "/".to_owned(),
        }
    }

    /// Counts a byte that arrived as a sign of life of this session.
    pub(super) fn touch_session(&self) {
        if let Some(ticket) = &self.session {
            self.site.portal().sessions().touch(ticket);
        }
    }

    /// How long whoever is signed in stays so after this page.
    pub(super) fn rest_of_session(&self) -> Option<Duration> {
        self.site.portal().sessions().rest(self.session.as_ref()?, self.place())
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

    /// Notes that this visit is left by the quick exit.
    pub(super) fn leave(&self) {
        if self.visit.is_some() {
            self.site.portal().left().note(self.token());
        }
    }

    /// Whether the visit that a form belonged to was left.
    pub(super) fn was_left(&self, token: &str) -> bool {
        self.site.portal().left().holds(token)
    }

    pub(super) fn place(&self) -> &'static str {
        place(self.surface, self.front.door)
    }

    /// Signs in at this place: the ticket goes into the cookie.
    pub(super) fn set_session(&self, ticket: &Ticket) {
        self.set_ticket(Kind::Session, ticket);
    }

    /// Begins a visit.
    pub(super) fn set_visit(&mut self, ticket: &Ticket) {
        self.set_ticket(Kind::Visit, ticket);
        self.visit = Some(ticket.clone());
    }

    /// Remembers that somebody goes on although they were stopped.
    pub(super) fn note_warned(&self) {
        if self.front.arrival == Arrival::OwnNetwork && self.asked(ANYWAY) {
            self.set_cookie(Kind::Warned, cookies::WARNED);
        }
    }

    /// Who is signed in in this browser, at this place.
    pub(super) fn signed_in(&self) -> Result<SignedIn, Error> {
        let ticket = self.session.as_ref().ok_or(Error::Session)?;
        self.site.portal().sessions().resume(ticket, self.place()).ok_or(Error::Session)
    }

    fn set_ticket(&self, kind: Kind, ticket: &Ticket) {
        let purpose = cookies::purpose(kind, self.surface, &self.front);
        self.set_cookie(kind, &ticket.to_cookie(&purpose, self.site.portal().tokens()));
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

fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}
