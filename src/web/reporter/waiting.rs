//! A page that says that many people are here at once, and comes back by itself.

use axum::response::Response;
use serde::Serialize;

use crate::web::view::View;

/// How soon it asks again.
const SECONDS: u32 = 5;

/// What somebody waits for, and the page that knows more.
#[derive(Debug)]
pub(super) struct WaitingFor {
    what: &'static str,
    address: &'static str,
}

pub(super) const SIGNING_IN: WaitingFor = WaitingFor { what: "sign-in", address: "/sign-in/wait" };
pub(super) const KEEPING: WaitingFor = WaitingFor { what: "keep", address: "/report/later/wait" };
pub(super) const SENDING: WaitingFor = WaitingFor { what: "send", address: "/report/wait" };
/// With the choice of a long code, should the report have to be sent once more.
pub(super) const SENDING_LONG: WaitingFor =
    WaitingFor { what: "send", address: "/report/wait?long" };
pub(super) const MAKING_A_CODE: WaitingFor =
    WaitingFor { what: "code", address: "/case/code/wait" };

#[derive(Debug, Serialize)]
struct WaitingPage {
    what: &'static str,
    address: &'static str,
    seconds: u32,
}

pub(super) fn waiting_page(view: &View, waiting: &WaitingFor) -> Response {
    let WaitingFor { what, address } = waiting;
    view.page("reporter/waiting.html", &WaitingPage { what, address, seconds: SECONDS })
}
