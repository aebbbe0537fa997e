//! Who the reporter is: told, told anew, or taken back, after the report was sent.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::ItemId;
use crate::domain::dialogue::Added;
use crate::domain::questionnaire::{Answers, Fault, Field, Questionnaire};
use crate::web::actor::Reporter;
use crate::web::dialogue::once;
use crate::web::error::Error;
use crate::web::form::{AnyForm, ProtectedForm};
use crate::web::kept_text;
use crate::web::questions::{self, AnswerLine, FieldLine, answered};
use crate::web::sign_out;
use crate::web::view::View;
use crate::web::way_out;

#[derive(Debug, Serialize)]
struct IdentityPage {
    id: String,
    title: String,
    lead: Vec<String>,
    told: Vec<AnswerLine>,
    fields: Vec<FieldLine>,
    once: String,
    /// What stands for the answers that are told.
    seen: String,
    error: &'static str,
    /// The page that was to be shown when something was not sent.
    to: String,
    /// What was just done.
    done: &'static str,
}

/// What is said about the answers of a form, and where it was to lead.
#[derive(Default)]
struct Look<'a> {
    faults: Vec<(String, Fault)>,
    error: &'static str,
    to: &'a str,
    seen: &'a str,
}

/// Shows what the unit was told, and the questions.
pub(in crate::web) async fn show(reporter: Reporter) -> Result<Response, Error> {
    let answers = told_before(&reporter).await?;
    let portal = reporter.view.site.portal();
    let seen = portal.answers_seen(asked(portal.questionnaire()), &answers);
    page(&reporter, &answers, &Look { seen: &seen, ..Look::default() }).await
}

/// The answers of before, to be changed, where the questions are still the same: whoever
/// corrects one must not lose another one.
async fn told_before(reporter: &Reporter) -> Result<Answers, Error> {
    let portal = reporter.view.site.portal();
    let questionnaire = portal.questionnaire();
    let told = portal.identity(&reporter.who, reporter.case).await?;
    let mut answers = Answers::default();
    for page in questionnaire.identity_pages() {
        for field in &page.fields {
            let question = page.question(field);
            let Some(answer) = told.iter().find(|told| told.question == *question) else {
                continue;
            };
            if !answer.words.is_empty() {
                answers.add(questionnaire, &field.id, &answer.words);
            }
            for choice in field.choices.iter().filter(|one| answer.chosen.contains(&one.label)) {
                answers.add(questionnaire, &field.id, &choice.id);
            }
        }
    }
    Ok(answers)
}

/// Tells it, in the place of what was told before.
pub(in crate::web) async fn tell(
    view: View,
    reporter: Result<Reporter, Error>,
    AnyForm { form, is_of_this_visit }: AnyForm,
) -> Result<Response, Error> {
    let reporter = match reporter {
        Ok(reporter) if is_of_this_visit => reporter,
        Ok(_) | Err(Error::Session | Error::FormToken) => {
            return give_back(&view, &form, true).await;
        }
        Err(error) => return Err(error),
    };
    if reporter.must_be_in(&form).is_err() {
        return give_back(&view, &form, false).await;
    }
    let questionnaire = reporter.view.site.portal().questionnaire();
    let answers = answers_in(questionnaire, &form);
    let fault = |field: &Field| Some((field.id.clone(), field.check(&answers).err()?));
    let faults: Vec<_> = asked(questionnaire).filter_map(fault).collect();
    let (seen, to) = (form.get("seen"), form.get(way_out::TO));
    let look = Look { to, seen, ..Look::default() };
    let written = if !to.is_empty() {
        leave(&reporter, &answers, &look).await
    } else if !form.get("keep").is_empty() {
        page(&reporter, &answers, &look).await
    } else if !faults.is_empty() {
        page(&reporter, &answers, &Look { faults, error: "field", ..look }).await
    } else if answers.is_empty() {
        page(&reporter, &answers, &Look { error: "empty", ..look }).await
    } else {
        write(&reporter, &form, &answers, "/case/identity?sent").await
    };
    written.or_else(|fault| kept_text::show_after(&view, &self::written(&view, &form), fault))
}

/// Where the button that signs out leads, which is no page.
const SIGN_OUT: &str = "/sign-out";

/// Leads to another page, or signs out, after a question if something is written and not sent.
/// It is not kept meanwhile as a message is: who somebody is stands in their case or nowhere.
async fn leave(reporter: &Reporter, answers: &Answers, look: &Look<'_>) -> Result<Response, Error> {
    let there = way_out::lead(look.to)?;
    let changed = reporter.view.site.portal().changed_since(answers, look.seen);
    if !changed.is_nothing() {
        return page(reporter, answers, look).await;
    }
    Ok(if look.to == SIGN_OUT { sign_out::end(&reporter.view).await } else { there })
}

/// Answers a form of a visit that is over, or of another case.
async fn give_back(view: &View, form: &ProtectedForm, is_over: bool) -> Result<Response, Error> {
    let (words, to) = (written(view, form), form.get(way_out::TO));
    match (words.as_str(), to) {
        ("", SIGN_OUT) => Ok(sign_out::end(view).await),
        ("", to) if !to.is_empty() => way_out::lead(to),
        _ if is_over => kept_text::show(view, &words),
        _ => Ok(kept_text::show_of_other_case(view, words)),
    }
}

fn asked(questionnaire: &Questionnaire) -> impl Iterator<Item = &Field> {
    questionnaire.identity_pages().flat_map(|page| &page.fields)
}

/// All words of the form, to be given back.
fn written(view: &View, form: &ProtectedForm) -> String {
    let questionnaire = view.site.portal().questionnaire();
    questions::words(questionnaire, &answers_in(questionnaire, form))
}

fn answers_in(questionnaire: &Questionnaire, form: &ProtectedForm) -> Answers {
    let mut answers = Answers::default();
    questionnaire.identity_pages().for_each(|page| answers.clear(page));
    for field in asked(questionnaire) {
        form.all(&field.id).for_each(|value| answers.add(questionnaire, &field.id, value));
    }
    answers
}

/// Takes it back.
pub(in crate::web) async fn take_back(
    reporter: Reporter,
    form: ProtectedForm,
) -> Result<Response, Error> {
    write(&reporter, &form, &Answers::default(), "/case/identity?taken-back").await
}

async fn write(
    reporter: &Reporter,
    form: &ProtectedForm,
    answers: &Answers,
    done: &str,
) -> Result<Response, Error> {
    reporter.must_be_in(form)?;
    let once = ItemId::parse(form.get("once")).ok_or(Error::BrokenForm)?;
    let portal = reporter.view.site.portal();
    match portal.tell_identity(&reporter.who, reporter.case, once, answers).await? {
        Added::TooMuch => {
            let look = Look { error: "too-much", seen: form.get("seen"), ..Look::default() };
            page(reporter, answers, &look).await
        }
        _ => Ok(Redirect::to(done).into_response()),
    }
}

async fn page(reporter: &Reporter, answers: &Answers, look: &Look<'_>) -> Result<Response, Error> {
    let view = &reporter.view;
    let portal = view.site.portal();
    let pages: Vec<_> = portal.questionnaire().identity_pages().collect();
    let first = pages.first().ok_or(Error::NotFound)?;
    let told = portal.identity(&reporter.who, reporter.case).await?;
    let fields =
        pages.iter().flat_map(|page| questions::lines(view, page, answers, &look.faults, &[]));
    let page = IdentityPage {
        id: reporter.case.to_string(),
        title: view.lang.of(&first.title).to_owned(),
        lead: questions::lead(view.lang, first),
        told: answered(view.lang, &told),
        fields: fields.collect(),
        once: once(),
        seen: look.seen.to_owned(),
        error: look.error,
        to: look.to.to_owned(),
        done: ["sent", "taken-back"].into_iter().find(|word| view.asked(word)).unwrap_or_default(),
    };
    Ok(view.page("reporter/identity.html", &page))
}
