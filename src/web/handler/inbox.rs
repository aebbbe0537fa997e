//! The cases a handler may read, those that wait for an answer first.

use axum::response::Response;
use serde::Serialize;

use crate::clock::Day;
use crate::domain::{CaseRow, HandlerState, WaitingFor};
use crate::limits::{CASES_PER_PAGE, SOON_DAYS};
use crate::web::actor::Handler;
use crate::web::error::Error;
use crate::web::view::View;

#[derive(Debug, Serialize)]
struct InboxPage {
    cases: Vec<CaseLine>,
    previous: String,
    next: String,
    to_vouch: usize,
    /// Whether the unit has still to open the portal.
    to_open: bool,
}

#[derive(Debug, Serialize)]
struct CaseLine {
    id: String,
    number: String,
    waiting: bool,
    received_on: String,
    feedback_due: String,
    late: bool,
    soon: bool,
}

/// Shows one page of the inbox.
pub(in crate::web) async fn show(handler: Handler) -> Result<Response, Error> {
    let Handler { view, who, .. } = &handler;
    let portal = view.site.portal();
    let page = view.number("page").clamp(0, 1_000_000);
    let offset = page * CASES_PER_PAGE;
    // One more than is shown tells whether there is a next page.
    let mut cases = portal.cases(who, offset, CASES_PER_PAGE + 1).await?;
    let more = i64::try_from(cases.len()).is_ok_and(|found| found > CASES_PER_PAGE);
    cases.truncate(usize::try_from(CASES_PER_PAGE).unwrap_or(usize::MAX));
    let address = |page: i64| format!("/?page={page}");
    let colleagues =
        if portal.can_vouch(who).await? { portal.colleagues(who).await? } else { vec![] };
    let to_vouch = colleagues.iter().filter(|c| c.state == HandlerState::Enrolled).count();
    let page = InboxPage {
        cases: cases.iter().map(|case| line(view, case)).collect(),
        previous: if page > 0 { address(page - 1) } else { String::new() },
        next: if more { address(page + 1) } else { String::new() },
        to_vouch,
        to_open: portal.opened_on().await?.is_none(),
    };
    Ok(view.page("handler/inbox.html", &page))
}

fn line(view: &View, case: &CaseRow) -> CaseLine {
    let today: Day = view.site.portal().clock().today();
    let open = case.feedback_on.is_none();
    let late = open && case.feedback_due < today;
    CaseLine {
        id: case.id.to_string(),
        number: case.id.number(),
        waiting: case.waiting_for == WaitingFor::Handler,
        received_on: view.lang.day(case.received_on),
        feedback_due: view.lang.day(case.feedback_due),
        late,
        soon: open && !late && case.feedback_due <= today.plus_days(SOON_DAYS),
    }
}
