//! Cookies: two of our own making, the language, and that somebody was warned.
//!
//! On the mirror they carry the `__Host-` prefix and `Secure`; on the onion neither,
//! because browsers that do not take an onion address for a secure place would drop
//! them. Names differ by door and surface. A cookie that this server did not make is
//! not looked at.

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use super::door::{Front, Surface, place};
use crate::domain::Ticket;
use crate::domain::TokenKey;

/// What a cookie is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A browser that was given a form: its token, and the key of its draft.
    Visit,
    /// Somebody who is signed in.
    Session,
    /// The language that was chosen.
    Language,
    /// Whoever opens this from a network of the organisation knows it and goes on.
    Warned,
}

/// The value of [`Kind::Warned`].
pub(super) const WARNED: &str = "1";

/// The cookies that this answer sets.
#[derive(Clone, Debug, Default)]
pub(super) struct Jar(Arc<Mutex<Vec<HeaderValue>>>);

impl Jar {
    /// Sets a cookie.
    pub(super) fn set(&self, kind: Kind, surface: Surface, front: &Front, value: &str) {
        self.push(&cookie(kind, surface, front, value, ""));
    }

    /// Takes a cookie back.
    pub(super) fn remove(&self, kind: Kind, surface: Surface, front: &Front) {
        self.push(&cookie(kind, surface, front, "", "; Max-Age=0"));
    }

    fn push(&self, cookie: &str) {
        if let Ok(mut value) = HeaderValue::from_str(cookie) {
            value.set_sensitive(true);
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(value);
        }
    }

    /// Puts what was set on the answer.
    pub(super) fn apply(&self, response: &mut Response) {
        for value in self.0.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
}

/// The ticket a browser sent, if this server made it for this place.
pub(super) fn ticket(
    headers: &HeaderMap,
    kind: Kind,
    surface: Surface,
    front: &Front,
    tokens: &TokenKey,
) -> Option<Ticket> {
    let purpose = purpose(kind, surface, front);
    values(headers, &name(kind, surface, front))
        .find_map(|value| Ticket::parse(value, &purpose, tokens))
}

/// What this server's tag on a ticket stands for.
pub(super) fn purpose(kind: Kind, surface: Surface, front: &Front) -> String {
    format!("{} {}", word(kind), place(surface, front.door))
}

/// The language a browser chose before.
pub(super) fn language(parts: &Parts, surface: Surface, front: &Front) -> Option<String> {
    values(&parts.headers, &name(Kind::Language, surface, front)).next().map(str::to_owned)
}

/// Whether a browser went past the page that warns of the organisation's own network.
pub(super) fn is_warned(parts: &Parts, surface: Surface, front: &Front) -> bool {
    values(&parts.headers, &name(Kind::Warned, surface, front)).any(|value| value == WARNED)
}

fn values<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(COOKIE)
        .into_iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(move |(found, _)| *found == name)
        .map(|(_, value)| value)
}

fn cookie(kind: Kind, surface: Surface, front: &Front, value: &str, more: &str) -> String {
    let secure = if front.secure { "; Secure" } else { "" };
    let name = name(kind, surface, front);
    // A link on another site must find the visit: without it a new one would be made, and
    // the key of a draft overwritten. Forms have a token, so that a visit alone does nothing.
    let site = if kind == Kind::Visit { "Lax" } else { "Strict" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite={site}{secure}{more}")
}

fn name(kind: Kind, surface: Surface, front: &Front) -> String {
    let prefix = if front.secure { "__Host-" } else { "" };
    format!("{prefix}{}-{}", place(surface, front.door), word(kind))
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Visit => "visit",
        Kind::Session => "session",
        Kind::Language => "language",
        Kind::Warned => "warned",
    }
}
