//! Save now, go on later: a code for a draft.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::later::Kept;
use crate::domain::waiting::Progress;
use crate::web::actor::Visitor;
use crate::web::error::Error;
use crate::web::form::ProtectedForm;
use crate::web::reporter::code_choice::{CodeChoice, wants_long};
use crate::web::reporter::report::NO_DRAFT;
use crate::web::reporter::waiting::{KEEPING, waiting_page};

#[derive(Debug, Serialize)]
struct LaterPage {
    /// The code in groups; none before somebody asks for it.
    groups: Vec<String>,
    kept_until: String,
    code: CodeChoice,
}

/// Shows the code, or the button that makes one.
pub(in crate::web) async fn show(visitor: Visitor) -> Result<Response, Error> {
    let Visitor { view, ticket } = &visitor;
    let Some(later) = view.site.portal().later(ticket).await? else {
        return Ok(Redirect::to(NO_DRAFT).into_response());
    };
    let groups = later.code.map(|code| code.in_groups());
    let groups = groups.as_ref().map(|groups| groups.split(' ').map(str::to_owned).collect());
    let kept_until = view.lang.day(later.kept_until);
    let page =
        LaterPage { groups: groups.unwrap_or_default(), kept_until, code: CodeChoice::first(view) };
    Ok(view.page("reporter/later.html", &page))
}

/// Makes the code; asking again shows the same one.
pub(in crate::web) async fn keep(
    mut visitor: Visitor,
    form: ProtectedForm,
) -> Result<Response, Error> {
    let long = wants_long(&mut visitor.view, &form);
    let (portal, front) = (visitor.view.site.portal(), visitor.view.front);
    let (length, class) = (portal.code_length_for(long), front.report_class());
    let progress = portal.begin_keep(&visitor.ticket, length, class, front.lane).await;
    answer(&visitor, progress)
}

/// Comes back for a code that takes its time.
pub(in crate::web) async fn wait(visitor: Visitor) -> Result<Response, Error> {
    let progress = visitor.view.site.portal().keep_progress(&visitor.ticket).await;
    answer(&visitor, progress)
}

fn answer(visitor: &Visitor, progress: Progress<Kept>) -> Result<Response, Error> {
    let there = match progress {
        Progress::StillWaiting => return Ok(waiting_page(&visitor.view, &KEEPING)),
        Progress::Nothing => "/report/later",
        Progress::Done(kept) => match kept? {
            Kept::CodeIsThere => "/report/later",
            Kept::SentBefore => "/receipt",
            Kept::NoDraft => "/report",
        },
    };
    Ok(Redirect::to(there).into_response())
}
