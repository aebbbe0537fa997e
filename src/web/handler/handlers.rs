//! The unit: who handles cases, and whose key still waits to be vouched for.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::unit::Vouched;
use crate::domain::{HandlerId, HandlerState};
use crate::web::actor::Handler;
use crate::web::error::Error;
use crate::web::form::ProtectedForm;

#[derive(Debug, Serialize)]
struct HandlersPage {
    colleagues: Vec<ColleagueLine>,
    can_vouch: bool,
    changed: bool,
}

#[derive(Debug, Serialize)]
struct ColleagueLine {
    id: String,
    name: String,
    state: &'static str,
    fingerprint: String,
    differs: bool,
}

/// Shows the unit to a handler.
pub(in crate::web) async fn show(handler: Handler) -> Result<Response, Error> {
    let portal = handler.view.site.portal();
    let colleagues = portal.colleagues(&handler.who).await?;
    let somebody_waits = colleagues.iter().any(|one| one.state == HandlerState::Enrolled);
    let can_vouch = somebody_waits && portal.can_vouch(&handler.who).await?;
    let colleagues = colleagues.into_iter().map(|colleague| ColleagueLine {
        id: colleague.id.to_string(),
        name: colleague.name,
        state: colleague.state.as_str(),
        fingerprint: colleague.fingerprint.unwrap_or_default(),
        differs: colleague.differs,
    });
    let page = HandlersPage {
        colleagues: colleagues.collect(),
        can_vouch,
        changed: handler.view.asked("changed"),
    };
    Ok(handler.view.page("handler/handlers.html", &page))
}

/// Vouches for a colleague's key, if this handler is the first receiver.
pub(in crate::web) async fn vouch(
    handler: Handler,
    Path(colleague): Path<String>,
    form: ProtectedForm,
) -> Result<Response, Error> {
    let colleague = HandlerId::parse(&colleague).ok_or(Error::NotFound)?;
    let portal = handler.view.site.portal();
    match portal.vouch_for(&handler.who, colleague, form.get("fingerprint")).await? {
        Vouched::Done => Ok(Redirect::to("/handlers").into_response()),
        Vouched::Changed => Ok(Redirect::to("/handlers?changed").into_response()),
        Vouched::NotYours => Err(Error::NotFound),
    }
}
