//! The report: one subject a page, saved as a draft with every step.
//!
//! All pages have one form address. What comes is saved, and the field `then` says which
//! page comes after it.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::Ticket;
use crate::domain::draft::{Draft, DraftCode, Form, Saved};
use crate::domain::questionnaire::{Answers, Fault, Kind, Page};
use crate::domain::unit::Shown;
use crate::web::actor::Visitor;
use crate::web::dialogue::once;
use crate::web::error::Error;
use crate::web::files::{self, Taken};
use crate::web::form::{AnyUpload, Upload};
use crate::web::kept_text;
use crate::web::questions::{self, FieldLine};
use crate::web::reporter::report_files;
use crate::web::view::View;
use crate::web::way_out;

/// A page of questions.
#[derive(Debug, Serialize)]
struct QuestionsPage {
    id: String,
    title: String,
    /// In paragraphs.
    lead: Vec<String>,
    warning: String,
    fields: Vec<FieldLine>,
    /// Whether another way may be better: somebody of the unit may be in it.
    other_ways: bool,
    /// What belongs elsewhere among the answers, and the way on all the same.
    elsewhere: Vec<String>,
    /// What is said about a draft on the way in: `resumed`, `no-draft`, or nothing;
    /// or that the portal is `closed`.
    note: &'static str,
    /// Whether people could be left out here, but the site shows none.
    nobody_to_leave_out: bool,
    way: Way,
    kept: Kept,
    once: String,
    /// What stands for the answers that are saved.
    seen: String,
    /// The page that the first button leads to: back to where somebody came from to correct.
    then: &'static str,
    /// What is wrong with the whole page, or that something is.
    error: &'static str,
}

/// Where a page stands among those that are asked.
#[derive(Debug, Serialize)]
pub(super) struct Way {
    pub(super) step: usize,
    pub(super) steps: usize,
    pub(super) back: String,
    pub(super) next: String,
}

/// Until when what is written is kept, and how it is found again.
#[derive(Debug, Default, Serialize)]
pub(super) struct Kept {
    /// Empty if nothing is saved yet.
    until: String,
    /// Whether it has a code: `good`, `used` by which it was found just now, `ended`, or nothing.
    code: &'static str,
}

impl Kept {
    pub(super) fn of(view: &View, draft: Option<&Draft>) -> Self {
        draft.map_or_else(Kept::default, |draft| Kept {
            until: view.lang.day(draft.kept_until),
            code: match draft.code {
                DraftCode::None => "",
                DraftCode::Good => "good",
                DraftCode::Used => "used",
                DraftCode::Ended => "ended",
            },
        })
    }
}

/// The look at everything, before it is sent.
pub(super) const CHECK: &str = "/report/check";
/// At the end of an address: somebody comes from the look at everything, and goes back there.
pub(super) const CORRECT: &str = "correct";
/// Where somebody is led who looks for a draft that is not there.
pub(super) const NO_DRAFT: &str = "/report?no-draft";
/// The receipt of a report that had been sent before all of this form came.
const LATE: &str = "/receipt?late";

/// Shows the first page.
pub(in crate::web) async fn begin(visitor: Visitor) -> Result<Response, Error> {
    show_page(visitor, None).await
}

/// Shows a page with what was answered before.
pub(in crate::web) async fn show(
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    show_page(visitor, Some(&id)).await
}

/// Shows the page for files. It has an address of its own because there are others below it.
pub(in crate::web) async fn files(visitor: Visitor) -> Result<Response, Error> {
    show_page(visitor, Some("files")).await
}

async fn show_page(visitor: Visitor, id: Option<&str>) -> Result<Response, Error> {
    let Visitor { view, ticket } = visitor;
    let portal = view.site.portal();
    let draft = portal.draft(&ticket).await?;
    if draft.as_ref().is_some_and(|draft| draft.sent) {
        return Ok(Redirect::to("/receipt").into_response());
    }
    let answers = draft.as_ref().map(|draft| draft.answers.clone()).unwrap_or_default();
    let questionnaire = portal.questionnaire();
    let page = match id {
        Some(id) => questionnaire.page(id),
        None => questionnaire.pages(&answers).into_iter().next(),
    };
    let page = page.ok_or(Error::NotFound)?;
    if page.files {
        let files = files::of_draft(&view, &ticket).await?;
        return Ok(report_files::show(&view, page, draft.as_ref(), files));
    }
    let people = portal.people().await?;
    let note = match (id, &draft) {
        (None, Some(_)) => "resumed",
        (None, None) if portal.opened_on().await?.is_none() => "closed",
        (None, None) if view.asked("no-draft") => "no-draft",
        _ => "",
    };
    let shown = Look { people, note, ..Look::default() };
    Ok(questions_page(&view, page, &answers, draft.as_ref(), &shown))
}

/// Saves the answers, then takes the files one after the other.
pub(in crate::web) async fn save(
    view: View,
    visitor: Result<Visitor, Error>,
    upload: Result<AnyUpload, Error>,
) -> Result<Response, Error> {
    let (visitor, mut upload) = match (visitor, upload) {
        (Ok(visitor), Ok(AnyUpload { upload, is_of_this_visit: true })) => (visitor, upload),
        (_, Ok(AnyUpload { upload, .. })) => return give_back(&view, upload).await,
        (Err(error), _) | (_, Err(error)) => return Err(error),
    };
    let Visitor { view, ticket } = &visitor;
    let mut sent = SentForm::default();
    match sent.read(&visitor, &mut upload).await {
        Ok(None) => {}
        Ok(Some(refusal)) => return Ok(refusal),
        Err(broken) => {
            // Whatever came before the line broke is kept.
            if !sent.saved {
                let questions = view.site.portal().questionnaire();
                let written = sent.answers.written(questions);
                let (answers, form) = (&written, &sent.form);
                let filled = Filled { page: None, answers, form, begins: true };
                if let Some(shown) = keep(view, ticket, &filled).await? {
                    return Ok(shown);
                }
            }
            return Err(broken);
        }
    }
    let SentForm { page, answers, form, then, to, files, saved } = sent;
    let page = page.and_then(|page| view.site.portal().questionnaire().page(&page));
    // Who only looks around begins no report.
    let begins = to.is_none() && !matches!(then, Then::Back | Then::Stay);
    let filled = Filled { page, answers: &answers, form: &form, begins };
    if !saved && let Some(refusal) = keep(view, ticket, &filled).await? {
        return Ok(refusal);
    }
    if let Some(to) = to {
        return way_out::lead(&to);
    }
    let draft = view.site.portal().draft(ticket).await?;
    let answers = draft.as_ref().map(|draft| draft.answers.clone()).unwrap_or_default();
    if let (Then::Stay | Then::Back, Some(page)) = (then, page) {
        let to = if let Then::Back = then { way(view, page, &answers).back } else { address(page) };
        let correct = if view.asked(CORRECT) { "?correct" } else { "" };
        return Ok(Redirect::to(&format!("{to}{correct}")).into_response());
    }
    if let (Then::Next, Some(page)) = (then, page) {
        let faults = missing(page, &answers);
        if !faults.is_empty() {
            let people = view.site.portal().people().await?;
            let shown = Look { faults, people, ..Look::default() };
            return Ok(questions_page(view, page, &answers, draft.as_ref(), &shown));
        }
        let stays = page.elsewhere(&answers).next().is_some();
        let there = if stays { address(page) } else { way(view, page, &answers).next };
        return Ok(Redirect::to(&there).into_response());
    }
    Ok(Redirect::to(then.address(files)).into_response())
}

/// Shows once more what was written on a page whose visit is over: another window may have
/// signed out meanwhile, and browsers keep nothing of a page like this one.
async fn give_back(view: &View, mut upload: Upload) -> Result<Response, Error> {
    let questionnaire = view.site.portal().questionnaire();
    let (mut answers, mut to) = (Answers::default(), None);
    while let Some(mut field) = upload.next().await? {
        match field.name().map(str::to_owned).as_deref() {
            Some(way_out::TO) => to = Some(field.text().await?.to_string()),
            // They come last, and are not given back.
            Some("files") => break,
            Some(name) => answers.add(questionnaire, name, &field.text().await?),
            None => field.skip().await?,
        }
    }
    let words = questions::words(questionnaire, &answers);
    match to {
        _ if !words.is_empty() => Ok(kept_text::show_of_report(view, words)),
        Some(to) => way_out::lead(&to),
        None => Err(Error::FormToken),
    }
}

/// What came in a form so far.
#[derive(Default)]
struct SentForm {
    page: Option<String>,
    answers: Answers,
    form: Form,
    then: Then,
    /// Another page, by a way out.
    to: Option<String>,
    files: Chosen,
    /// Whether the answers are saved: before the first file, which may take hours.
    saved: bool,
}

impl SentForm {
    /// Reads it to its end. Returns a page if it cannot be taken as it is.
    async fn read(
        &mut self,
        Visitor { view, ticket }: &Visitor,
        upload: &mut Upload,
    ) -> Result<Option<Response>, Error> {
        let portal = view.site.portal();
        let questionnaire = portal.questionnaire();
        let progress = portal.watch(ticket, upload.bytes());
        while let Some(mut field) = upload.next().await? {
            match field.name().map(str::to_owned).as_deref() {
                Some("page") => {
                    let page = questionnaire.page(&field.text().await?);
                    page.inspect(|page| self.answers.clear(page));
                    self.page = page.map(|page| page.id.clone());
                }
                Some(way_out::TO) => self.to = Some(field.text().await?.to_string()),
                Some("once") => self.form.once = field.text().await?.to_string(),
                Some("seen") => self.form.seen = field.text().await?.to_string(),
                Some("then") => self.then = Then::of(&field.text().await?),
                Some("files") => {
                    if !self.saved {
                        let page = self.page.as_deref().and_then(|page| questionnaire.page(page));
                        let (answers, form) = (&self.answers, &self.form);
                        let filled = Filled { page, answers, form, begins: true };
                        let refusal = keep(view, ticket, &filled).await?;
                        if refusal.is_some() {
                            return Ok(refusal);
                        }
                        self.saved = true;
                    }
                    let incoming = portal.receive_for_draft(ticket).await?;
                    match files::take(view, ticket, &mut field, incoming, &progress).await? {
                        Taken::Nothing => {}
                        Taken::Listed => self.files = self.files.or_some(),
                        Taken::TooMany => self.files = Chosen::TooMany,
                        Taken::Late => return Ok(Some(late(view))),
                    }
                }
                Some(name) => self.answers.add(questionnaire, name, &field.text().await?),
                None => field.skip().await?,
            }
        }
        Ok(None)
    }
}

/// Answers to be saved.
struct Filled<'a> {
    page: Option<&'a Page>,
    answers: &'a Answers,
    form: &'a Form,
    /// Whether a report begins with them, if there is none and they are empty.
    begins: bool,
}

/// Saves answers. Returns a page if they cannot be saved as they are: nothing is lost, it
/// shows what was sent.
async fn keep(
    view: &View,
    ticket: &Ticket,
    filled: &Filled<'_>,
) -> Result<Option<Response>, Error> {
    match try_to_keep(view, ticket, filled).await {
        Err(fault) => {
            let words = questions::words(view.site.portal().questionnaire(), filled.answers);
            kept_text::show_after(view, &words, fault).map(Some)
        }
        kept => kept,
    }
}

async fn try_to_keep(
    view: &View,
    ticket: &Ticket,
    filled: &Filled<'_>,
) -> Result<Option<Response>, Error> {
    let portal = view.site.portal();
    let questionnaire = portal.questionnaire();
    let people = portal.people().await?;
    let mut answers = filled.answers.clone();
    answers.keep_people(questionnaire, |name| people.iter().any(|one| one.handler == name));
    let (answers, form) = (&answers, filled.form);
    for page in questionnaire.all_pages() {
        let faults = faults(view, page, answers).await?;
        if !faults.is_empty() {
            let shown = Look { faults, people, seen: Some(&form.seen), ..Look::default() };
            let draft = portal.draft(ticket).await?;
            return Ok(Some(questions_page(view, page, answers, draft.as_ref(), &shown)));
        }
    }
    let page = filled.page.or_else(|| questionnaire.page_of(answers));
    let saved = portal.save_form(ticket, answers, form, filled.begins).await?;
    Ok(match (saved, page) {
        (Saved::Saved, _) => None,
        // The page with the words stays around the frame.
        (Saved::NoRoom, _) if view.around().is_some() => return Err(Error::Busy),
        (Saved::NoRoom, Some(page)) => {
            let seen = Some(form.seen.as_str());
            let shown = Look { error: "busy", people, seen, ..Look::default() };
            Some(questions_page(view, page, answers, None, &shown))
        }
        (Saved::NoRoom | Saved::Another, None) => return Err(Error::Busy),
        // What the other window changed and this one did not is shown as it is now.
        (Saved::Another, Some(page)) => {
            let draft = portal.draft(ticket).await?;
            let mut all = draft.as_ref().map(|draft| draft.answers.clone()).unwrap_or_default();
            all.change(&portal.changed_since(answers, &form.seen));
            let shown = Look { error: "another", people, ..Look::default() };
            Some(questions_page(view, page, &all, draft.as_ref(), &shown))
        }
        // Another window of this browser sent it. What was written here since is given back.
        (Saved::SentBefore, _) => {
            let changed = portal.changed_since(answers, &form.seen);
            let words = questions::words(questionnaire, &changed);
            Some(match view.around() {
                None if changed.is_nothing() => Redirect::to("/receipt").into_response(),
                None if !words.is_empty() => kept_text::show_of_late(view, words),
                _ => late(view),
            })
        }
    })
}

/// Leads to the receipt, or says inside of a frame that it is there.
fn late(view: &View) -> Response {
    let to = if view.around().is_some() { "/report/files/list?late" } else { LATE };
    Redirect::to(to).into_response()
}

/// What is wrong with answers to a page that are to be saved.
async fn faults(
    view: &View,
    page: &Page,
    answers: &Answers,
) -> Result<Vec<(String, Fault)>, Error> {
    let mut faults = Vec::new();
    for field in &page.fields {
        if let Err(fault) = field.check(answers) {
            faults.push((field.id.clone(), fault));
        }
        let out: Vec<&str> = answers.of(&field.id).iter().map(String::as_str).collect();
        let is_asked = field.kind == Kind::People && !out.is_empty();
        if is_asked && !view.site.portal().can_keep_out(&out).await? {
            faults.push((field.id.clone(), Fault::TooFewReaders));
        }
    }
    Ok(faults)
}

fn missing(page: &Page, answers: &Answers) -> Vec<(String, Fault)> {
    let fault = |field: &crate::domain::questionnaire::Field| {
        Some((field.id.clone(), field.check_given(answers).err()?))
    };
    page.fields.iter().filter_map(fault).collect()
}

/// The page after what was sent.
#[derive(Clone, Copy, Default)]
enum Then {
    /// The next subject.
    Next,
    /// Everything once more, before it is sent.
    #[default]
    Check,
    /// The list of files, inside the page for files.
    List,
    /// A code for the draft.
    Later,
    /// The subject before.
    Back,
    /// The same page, in another language.
    Stay,
}

impl Then {
    fn of(word: &str) -> Then {
        match word {
            "next" => Then::Next,
            "list" => Then::List,
            "later" => Then::Later,
            "back" => Then::Back,
            "stay" => Then::Stay,
            _ => Then::Check,
        }
    }

    fn address(self, files: Chosen) -> &'static str {
        match (self, files) {
            (Then::Later, _) => "/report/later",
            (Then::List, Chosen::None) => "/report/files/list?none",
            (Then::List, Chosen::Some) => "/report/files/list",
            (Then::List, Chosen::TooMany) => "/report/files/list?too-many",
            (_, Chosen::TooMany) => "/report/check?too-many",
            _ => CHECK,
        }
    }
}

/// The files of a form.
#[derive(Clone, Copy, Default)]
enum Chosen {
    #[default]
    None,
    Some,
    /// At least one of them had no place.
    TooMany,
}

impl Chosen {
    fn or_some(self) -> Chosen {
        if let Chosen::None = self { Chosen::Some } else { self }
    }
}

/// What is wrong with what was sent, and who can be kept out.
#[derive(Default)]
struct Look<'a> {
    faults: Vec<(String, Fault)>,
    error: &'static str,
    people: Vec<Shown>,
    note: &'static str,
    /// What the page showed that sent these answers, if they are not saved.
    seen: Option<&'a str>,
}

/// The address of a page.
pub(super) fn address(page: &Page) -> String {
    format!("/report/{}", page.id)
}

/// Where a page stands.
pub(super) fn way(view: &View, page: &Page, answers: &Answers) -> Way {
    let pages = view.site.portal().questionnaire().pages(answers);
    let at = pages.iter().position(|asked| asked.id == page.id).unwrap_or_default();
    let back = at.checked_sub(1).and_then(|before| pages.get(before));
    Way {
        step: at + 1,
        steps: pages.len() + 1,
        back: back.map_or_else(|| "/".to_owned(), |page| address(page)),
        next: pages.get(at + 1).map_or_else(|| CHECK.to_owned(), |page| address(page)),
    }
}

fn questions_page(
    view: &View,
    page: &Page,
    answers: &Answers,
    draft: Option<&Draft>,
    shown: &Look<'_>,
) -> Response {
    let elsewhere = page.elsewhere(answers).map(|text| view.lang.of(text).to_owned());
    let saved = draft.map(|draft| draft.answers.clone()).unwrap_or_default();
    let seen = match shown.seen {
        Some(seen) => seen.to_owned(),
        None => view.site.portal().answers_seen(&page.fields, &saved),
    };
    let faulty = if shown.faults.is_empty() { "" } else { "field" };
    let asks_for_people = page.fields.iter().any(|field| field.kind == Kind::People);
    let questions = QuestionsPage {
        id: page.id.clone(),
        title: view.lang.of(&page.title).to_owned(),
        lead: questions::lead(view.lang, page),
        warning: view.lang.of_maybe(page.warning.as_ref()),
        fields: questions::lines(view, page, answers, &shown.faults, &shown.people),
        other_ways: asks_for_people,
        nobody_to_leave_out: asks_for_people && shown.people.is_empty(),
        note: shown.note,
        then: if view.asked(CORRECT) { "check" } else { "next" },
        elsewhere: elsewhere.collect(),
        way: way(view, page, answers),
        kept: Kept::of(view, draft),
        once: once(),
        seen,
        error: if shown.error.is_empty() { faulty } else { shown.error },
    };
    view.page("reporter/report.html", &questions)
}
