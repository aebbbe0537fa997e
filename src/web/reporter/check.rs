//! Look at everything once more, then send.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::FileId;
use crate::domain::draft_files::Flattened;
use crate::domain::intake::Sent;
use crate::domain::questionnaire::{Answer, Field, Kind, Page};
use crate::domain::revealing::{Revealing, revealing};
use crate::domain::waiting::Progress;
use crate::limits::FILES;
use crate::web::actor::Visitor;
use crate::web::error::Error;
use crate::web::files::{self, FileLine, REMOVED, all_that_stays, seen};
use crate::web::form::ProtectedForm;
use crate::web::questions::{AnswerLine, answered};
use crate::web::reporter::code_choice::{CodeChoice, LONG, wants_long};
use crate::web::reporter::report::{CHECK, CORRECT, Kept, NO_DRAFT, address};
use crate::web::reporter::waiting::{SENDING, SENDING_LONG, waiting_page};

#[derive(Debug, Serialize)]
struct CheckPage {
    pages: Vec<PageLine>,
    revealing: Vec<Revealing>,
    back: String,
    steps: usize,
    /// Whether somebody came back to a draft that was saved for later.
    not_sent: bool,
    /// Whether a file was taken out a moment ago.
    removed: bool,
    files: Vec<FileLine>,
    /// Whether most of them are shown without what was found in them.
    many: bool,
    seen: String,
    /// What no cleaning takes out of them.
    stays: Vec<&'static str>,
    kept: Kept,
    error: &'static str,
    /// The page on which something has to be done, if it is another one, and where on it.
    error_page: String,
    error_at: String,
    /// The question that the error is about.
    question: String,
    files_limit: usize,
    code: CodeChoice,
}

/// A page of the questionnaire and what was answered on it.
#[derive(Debug, Serialize)]
struct PageLine {
    address: String,
    title: String,
    identity: bool,
    /// Whether the title is the only question.
    single: bool,
    /// Whether it cannot be sent without an answer to it.
    missing: bool,
    /// Empty if nothing was answered.
    answers: Vec<AnswerLine>,
    /// What of it belongs elsewhere, and where.
    elsewhere: Vec<String>,
}

/// Shows what would be sent.
pub(in crate::web) async fn show(visitor: Visitor) -> Result<Response, Error> {
    page(&visitor, if visitor.view.asked("too-many") { "too-many" } else { "" }).await
}

/// Sends the report; a second click finds the receipt of the first.
pub(in crate::web) async fn send(
    mut visitor: Visitor,
    form: ProtectedForm,
) -> Result<Response, Error> {
    let long = wants_long(&mut visitor.view, &form);
    let front = visitor.view.front;
    let portal = visitor.view.site.portal();
    // A file that came from another window was not looked at.
    let (_, seen) = seen(&visitor.view, &visitor.ticket).await?;
    if form.get("seen") != seen {
        return page(&visitor, "changed").await;
    }
    let (length, class) = (portal.code_length_for(long), front.report_class());
    let progress = portal.begin_send(&visitor.ticket, length, class, front.lane).await;
    answer(&visitor, progress).await
}

/// Comes back for a report that takes its time to send.
pub(in crate::web) async fn wait(visitor: Visitor) -> Result<Response, Error> {
    let progress = visitor.view.site.portal().send_progress(&visitor.ticket).await;
    answer(&visitor, progress).await
}

async fn answer(visitor: &Visitor, progress: Progress<Sent>) -> Result<Response, Error> {
    let ended = match progress {
        Progress::StillWaiting => {
            let sending = if visitor.view.asked(LONG) { &SENDING_LONG } else { &SENDING };
            return Ok(waiting_page(&visitor.view, sending));
        }
        // Sent already, or the portal was started anew meanwhile and it was not: the draft
        // knows.
        Progress::Nothing => return page(visitor, "not-sent").await,
        Progress::Done(ended) => ended?,
    };
    match ended {
        Sent::ReceiptIsThere => Ok(Redirect::to("/receipt").into_response()),
        Sent::NoDraft => Ok(Redirect::to(NO_DRAFT).into_response()),
        Sent::Incomplete => page(visitor, "incomplete").await,
        Sent::NotOpen => page(visitor, "nobody").await,
        Sent::TooFewReaders => page(visitor, "too-few-readers").await,
    }
}

/// Takes a file out again.
pub(in crate::web) async fn remove(
    visitor: Visitor,
    form: ProtectedForm,
) -> Result<Response, Error> {
    for file in files::chosen(&form)? {
        visitor.view.site.portal().remove_draft_file(&visitor.ticket, file).await?;
    }
    Ok(Redirect::to(&format!("{CHECK}?{REMOVED}")).into_response())
}

/// Puts pictures of a file in its place.
pub(in crate::web) async fn flatten(
    mut visitor: Visitor,
    form: ProtectedForm,
) -> Result<Response, Error> {
    let file = FileId::parse(form.get("file")).ok_or(Error::BrokenForm)?;
    let (portal, lane) = (visitor.view.site.portal(), visitor.view.front.lane);
    match portal.flatten_draft_file(&visitor.ticket, file, lane).await? {
        Flattened::Done | Flattened::NotThere => {
            let there = format!("{CHECK}?{}#file", files::in_full(file));
            Ok(Redirect::to(&there).into_response())
        }
        Flattened::Refused(_) => {
            visitor.view.ask(&files::in_full(file));
            page(&visitor, "not-flat").await
        }
    }
}

async fn page(visitor: &Visitor, error: &'static str) -> Result<Response, Error> {
    let Visitor { view, ticket } = visitor;
    let Some(draft) = view.site.portal().draft(ticket).await? else {
        return Ok(Redirect::to(NO_DRAFT).into_response());
    };
    if draft.sent {
        return Ok(Redirect::to("/receipt").into_response());
    }
    let portal = view.site.portal();
    let (questionnaire, answers) = (portal.questionnaire(), &draft.answers);
    let asked = questionnaire.pages(answers);
    let incomplete = questionnaire.first_fault(answers).filter(|_| error == "incomplete");
    let (question, error_page, error_at) = match incomplete {
        Some((page, field, _)) => {
            let question = view.lang.of(page.question(field)).to_owned();
            (question, format!("{}?{CORRECT}", address(page)), field.id.clone())
        }
        None => match people(&asked).filter(|_| error == "too-few-readers") {
            Some((page, field)) => {
                (String::new(), format!("{}?{CORRECT}", address(page)), field.id.clone())
            }
            None => (String::new(), String::new(), at(error).to_owned()),
        },
    };
    let line = |page: &&Page| PageLine {
        address: format!("{}?{CORRECT}", address(page)),
        title: view.lang.of(&page.title).to_owned(),
        identity: page.identity,
        single: page.fields.len() == 1,
        missing: page.fields.iter().any(|field| field.check_given(answers).is_err()),
        answers: answered(view.lang, &portal.answers_on(page, answers)),
        elsewhere: page.elsewhere(answers).map(|text| view.lang.of(text).to_owned()).collect(),
    };
    let (files, seen) = seen(view, ticket).await?;
    let last = asked.last().map_or_else(|| "/report".to_owned(), |page| address(page));
    let page = CheckPage {
        pages: asked.iter().filter(|page| !page.files).map(line).collect(),
        revealing: revealing_in(&portal.answers_apart_from_identity(answers)),
        back: last,
        steps: asked.len() + 1,
        not_sent: view.asked("not-sent"),
        removed: view.asked(REMOVED),
        stays: all_that_stays(&files),
        many: files.iter().any(FileLine::is_short),
        files,
        seen,
        kept: Kept::of(view, Some(&draft)),
        error,
        error_page,
        error_at,
        question,
        files_limit: FILES,
        code: CodeChoice::first(view),
    };
    Ok(view.page("reporter/check.html", &page))
}

/// The question of who must not see the report.
fn people<'a>(pages: &[&'a Page]) -> Option<(&'a Page, &'a Field)> {
    let mut fields = pages.iter().flat_map(|page| page.fields.iter().map(|field| (*page, field)));
    fields.find(|(_, field)| field.kind == Kind::People)
}

/// Where on this page something has to be done.
fn at(error: &str) -> &'static str {
    match error {
        "too-many" | "not-flat" | "changed" => "files",
        _ => "send",
    }
}

/// What in the words of a report may tell who wrote it. Who tells it on purpose, on the pages
/// for that, is not asked.
fn revealing_in(answers: &[Answer]) -> Vec<Revealing> {
    let words: Vec<&str> = answers.iter().map(|answer| answer.words.as_str()).collect();
    revealing(&words.join("\n\n"))
}
