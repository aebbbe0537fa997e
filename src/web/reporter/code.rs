//! Another code for the case: asked for, written down, typed back, and only then the code.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::changing::{At, Changed, Proposed};
use crate::domain::waiting::Progress;
use crate::domain::{CodeLength, Failure};
use crate::web::actor::Reporter;
use crate::web::error::Error;
use crate::web::form::ProtectedForm;
use crate::web::reporter::code_choice::{CodeChoice, wants_long};
use crate::web::reporter::waiting::{MAKING_A_CODE, waiting_page};
use crate::web::view::View;

#[derive(Debug, Serialize)]
struct CodePage {
    id: String,
    number: String,
    /// The new code; empty if none was asked for.
    groups: Vec<String>,
    code: CodeChoice,
    error: &'static str,
}

/// Shows the new code until it was typed back, or asks whether one is wanted.
pub(in crate::web) async fn show(reporter: Reporter) -> Result<Response, Error> {
    page(&reporter, "")
}

/// Makes a new code.
pub(in crate::web) async fn make(
    mut reporter: Reporter,
    form: ProtectedForm,
) -> Result<Response, Error> {
    reporter.must_be_in(&form)?;
    let long = wants_long(&mut reporter.view, &form);
    let view = &reporter.view;
    let portal = view.site.portal();
    let (class, lane) = (view.front.report_class(), view.front.lane);
    // As long as the one before, at least.
    let length =
        portal.code_length_for(long || reporter.who.code_length() == Some(CodeLength::Long));
    let progress = portal.begin_proposal(session(view)?, length, class, lane).await;
    answer(&reporter, progress)
}

/// Comes back for a code that takes its time.
pub(in crate::web) async fn wait(reporter: Reporter) -> Result<Response, Error> {
    let view = &reporter.view;
    let progress = view.site.portal().proposal_progress(session(view)?.0).await;
    answer(&reporter, progress)
}

/// Takes the new code, if it was typed back.
pub(in crate::web) async fn type_back(
    view: View,
    reporter: Result<Reporter, Error>,
    form: Result<ProtectedForm, Error>,
) -> Result<Response, Error> {
    let reporter = match reporter {
        Err(Error::Session) => {
            form?;
            return Ok(unsure(&view));
        }
        reporter => reporter?,
    };
    let form = form?;
    reporter.must_be_in(&form)?;
    let at = session(&reporter.view)?;
    match view.site.portal().change_code(&reporter.who, at, form.get("code")).await? {
        Changed::Done => Ok(Redirect::to("/case/code/changed").into_response()),
        Changed::Wrong => page(&reporter, "wrong"),
        Changed::NoProposal => Ok(Redirect::to("/case/code").into_response()),
        Changed::SignedOut => Ok(unsure(&view)),
    }
}

/// Keeps the old code.
pub(in crate::web) async fn drop_it(
    reporter: Reporter,
    form: ProtectedForm,
) -> Result<Response, Error> {
    reporter.must_be_in(&form)?;
    let view = &reporter.view;
    view.site.portal().drop_proposal(session(view)?.0);
    Ok(Redirect::to("/case").into_response())
}

/// Says that the new code is the code.
pub(in crate::web) async fn changed(reporter: Reporter) -> Response {
    reporter.view.plain_page("reporter/code_changed.html")
}

/// Whoever types a code back that no session knows holds two pieces of paper, and one of them
/// may be thrown away on our word: so we give none that could be wrong. The first answer may
/// have been lost on its way.
fn unsure(view: &View) -> Response {
    view.page_with(StatusCode::UNAUTHORIZED, "reporter/code_unsure.html", &())
}

fn answer(reporter: &Reporter, progress: Progress<Proposed>) -> Result<Response, Error> {
    match progress {
        Progress::StillWaiting => Ok(waiting_page(&reporter.view, &MAKING_A_CODE)),
        Progress::Nothing => Ok(Redirect::to("/case/code").into_response()),
        Progress::Done(Err(Failure::Busy)) => page(reporter, "busy"),
        Progress::Done(ended) => match ended? {
            Proposed::Ready => Ok(Redirect::to("/case/code").into_response()),
            Proposed::SignedOut => Err(Error::Session),
        },
    }
}

fn session(view: &View) -> Result<At<'_>, Error> {
    Ok((view.session().ok_or(Error::Session)?, view.place()))
}

fn page(reporter: &Reporter, error: &'static str) -> Result<Response, Error> {
    let view = &reporter.view;
    let code = view.site.portal().proposed_code(session(view)?);
    let groups = code.map(|code| code.in_groups().split(' ').map(str::to_owned).collect());
    let page = CodePage {
        id: reporter.case.to_string(),
        number: reporter.case.number(),
        groups: groups.unwrap_or_default(),
        code: CodeChoice::after(view, reporter.who.code_length()),
        error,
    };
    Ok(view.page("reporter/code.html", &page))
}
