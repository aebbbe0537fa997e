//! What went wrong, as a page in the person's language.
//!
//! "Not yours" and "none" are the same error and so the same page. A handler only says
//! which error it is; the page is rendered in one place, in [`super::app`], which also
//! serves those that happen before any handler runs.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::door::Surface;
use super::view::View;
use crate::domain::Failure;

/// Every error page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Error {
    /// No such page, or not yours.
    NotFound,
    /// The form did not come from a page of this visit, or the visit is over.
    FormToken,
    /// More bytes than a form may have.
    TooLarge,
    /// The address exists, but not for this method.
    Method,
    /// A host name that is not ours at this door.
    Misdirected,
    /// The form cannot be read.
    BrokenForm,
    /// A fault of ours.
    Internal,
    /// Too many people at once.
    Busy,
    /// The session is over.
    Session,
    /// The request stood still for too long.
    Timeout,
    /// Somebody is about to report or sign in from a network of the organisation.
    OwnNetwork,
}

#[derive(Debug, Serialize)]
pub(super) struct ErrorPage {
    kind: &'static str,
    /// Of the reporters' pages, to be typed elsewhere.
    address: String,
    /// The page around the frame that it stands in.
    around: String,
    /// Whether this browser was here before, and may have something kept.
    returns: bool,
}

impl Error {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::FormToken => StatusCode::FORBIDDEN,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Method => StatusCode::METHOD_NOT_ALLOWED,
            Error::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            // A standstill is no 408 (RFC 9110, 15.5.9): browsers answer that by sending everything
            // once more, unasked, and show nothing meanwhile.
            Error::BrokenForm | Error::Timeout => StatusCode::BAD_REQUEST,
            Error::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Error::Session => StatusCode::UNAUTHORIZED,
            // Nothing is wrong with the request.
            Error::OwnNetwork => StatusCode::OK,
        }
    }

    /// Only one of them is nobody's fault, and needs more words. At an address that is not
    /// ours nothing of the site is shown.
    pub(super) fn template(self, view: &View) -> &'static str {
        match self {
            Error::OwnNetwork => "reporter/own_network.html",
            Error::Misdirected => "error.html",
            _ if view.around().is_some() => "error_framed.html",
            _ => "error.html",
        }
    }

    pub(super) fn page(self, view: &View, address: String) -> ErrorPage {
        let kind = match self {
            Error::NotFound => "not-found",
            // The answer before took the cookie back, and may have been lost on its way.
            Error::FormToken if view.is_receipt() && view.visit().is_none() => "receipt",
            Error::FormToken => "form-token",
            Error::TooLarge => "too-large",
            Error::Method => "method",
            Error::Misdirected => "misdirected",
            Error::BrokenForm => "broken-form",
            Error::Internal => "internal",
            Error::Busy => "busy",
            // Also after the quick exit, when a browser goes back: nothing here shall say that
            // there was more.
            Error::Session if view.surface == Surface::Reporter && view.session().is_none() => {
                "sign-in"
            }
            Error::Session => "session",
            Error::Timeout => "timeout",
            Error::OwnNetwork => "own-network",
        };
        let around = view.around().unwrap_or_default().to_owned();
        ErrorPage { kind, address, around, returns: view.visit().is_some() }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        if matches!(failure, Failure::Busy) {
            return Error::Busy;
        }
        // About the machine, never about a visit: which part failed.
        tracing::error!(target: "sluse::portal", "request failed: {failure}");
        Error::Internal
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
