//! The reporter's case: the dialogue, and a form to write more.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use crate::domain::case_files::Begun;
use crate::domain::case_words::{Typed, Waiting};
use crate::domain::dialogue::{Added, Event};
use crate::domain::message::{NotAMessage, check_message, tidy};
use crate::domain::revealing::{Revealing, revealing};
use crate::domain::{CaseId, CaseRow, CaseState, ItemId, Ticket, WaitingFor};
use crate::limits::MESSAGE_CHARACTERS;
use crate::web::actor::Reporter;
use crate::web::case_files;
use crate::web::dialogue::{DialoguePage, before, dialogue_page, once};
use crate::web::error::Error;
use crate::web::form::{AnyUpload, ProtectedForm, Upload};
use crate::web::information::policy::{self, PolicyLine};
use crate::web::kept_text;
use crate::web::sign_out;
use crate::web::view::View;
use crate::web::way_out;

#[derive(Clone, Debug, Serialize)]
struct CasePage {
    id: String,
    number: String,
    received_on: String,
    acknowledged_on: String,
    feedback_due: String,
    /// Empty if none was given.
    feedback_on: String,
    /// `given`, `due`, or `overdue`: the day by which it was to be given is over.
    feedback: &'static str,
    policy: PolicyLine,
    /// Where the case stands, in words: `case-now-reading`.
    now: &'static str,
    last_sign_in: String,
    dialogue: DialoguePage,
    once: String,
    text: String,
    /// Which message waits, or did when this was typed.
    seen: String,
    /// Until when the text waits; empty if it does not.
    kept_until: String,
    error: &'static str,
    /// Whether it is nobody's fault who reads this.
    ours: bool,
    found: usize,
    limit: usize,
    /// What was done a moment ago, in the words of the page; or nothing.
    done: &'static str,
    files_sent: i64,
    /// Files that are not sent yet.
    waiting: usize,
    /// Whether there is a new code that opens nothing yet.
    new_code: bool,
    /// Whether the questionnaire asks who reports.
    asks_identity: bool,
    /// What in a message that is not sent yet may tell who wrote it.
    revealing: Vec<Revealing>,
}

/// Shows the case.
pub(in crate::web) async fn show(reporter: Reporter) -> Result<Response, Error> {
    page(&reporter, None, None).await
}

/// Adds a message, or does what another button of the page says.
pub(in crate::web) async fn write(
    view: View,
    reporter: Result<Reporter, Error>,
    upload: Result<AnyUpload, Error>,
) -> Result<Response, Error> {
    let first = |error| reporter.as_ref().err().copied().unwrap_or(error);
    let AnyUpload { mut upload, is_of_this_visit } = upload.map_err(first)?;
    let reporter = match reporter {
        Ok(reporter) if is_of_this_visit => reporter,
        Ok(_) | Err(Error::Session | Error::FormToken) => {
            return kept_text::show_from(&view, upload).await;
        }
        Err(error) => return Err(error),
    };
    let sent = SentForm::read(&reporter, &mut upload).await?;
    let text = sent.text.clone();
    if !sent.is_here {
        return sent.answer_from_elsewhere(&reporter.view).await;
    }
    let written = sent.answer(reporter).await;
    written.or_else(|fault| kept_text::show_after(&view, &text, fault))
}

/// What came with the form of a case.
struct SentForm {
    once: Option<ItemId>,
    text: String,
    /// Which message waited when its page was made.
    seen: String,
    /// Whether it is from a page of this case.
    is_here: bool,
    pressed: Pressed,
}

/// Which of its buttons was pressed.
enum Pressed {
    Send,
    /// Also if it tells who wrote it.
    SendAsItIs,
    /// None of those that send: the page in another language.
    Keep,
    /// To another page.
    To(String),
    /// To an item, and what.
    Reply(String),
    Contact(String),
    SignOut,
    /// Also if something is not sent.
    SignOutAllTheSame,
}

impl SentForm {
    async fn read(reporter: &Reporter, upload: &mut Upload) -> Result<Self, Error> {
        let (once, text, seen, is_here) = (None, String::new(), String::new(), true);
        let mut sent = SentForm { once, text, seen, is_here, pressed: Pressed::Send };
        while let Some(mut field) = upload.next().await? {
            match field.name() {
                Some("case") => sent.is_here = reporter.is_in(&field.text().await?),
                Some("once") => sent.once = ItemId::parse(&field.text().await?),
                Some("seen") => sent.seen = field.text().await?.to_string(),
                Some("text") => sent.text = tidy(&field.text().await?),
                Some("as-it-is") => sent.pressed = Pressed::SendAsItIs,
                Some("keep") => sent.pressed = Pressed::Keep,
                Some(way_out::TO) => sent.pressed = Pressed::To(field.text().await?.to_string()),
                Some("sign-out") => sent.pressed = Pressed::SignOut,
                Some("all-the-same") => sent.pressed = Pressed::SignOutAllTheSame,
                Some("reply") => sent.pressed = Pressed::Reply(field.text().await?.to_string()),
                Some("contact") => sent.pressed = Pressed::Contact(field.text().await?.to_string()),
                _ => {}
            }
            field.skip().await?;
        }
        Ok(sent)
    }

    /// In another window its writer signed in to another case. Nothing of that one is touched.
    async fn answer_from_elsewhere(self, view: &View) -> Result<Response, Error> {
        let SentForm { text, pressed, .. } = self;
        match (text.trim(), pressed) {
            ("", Pressed::SignOut | Pressed::SignOutAllTheSame) => Ok(sign_out::end(view).await),
            ("", Pressed::To(there)) => way_out::lead(&there),
            ("", _) => Err(Error::FormToken),
            (_, Pressed::SignOutAllTheSame) => {
                sign_out::end(view).await;
                kept_text::show(view, &text)
            }
            _ => Ok(kept_text::show_of_other_case(view, text)),
        }
    }

    async fn answer(self, mut reporter: Reporter) -> Result<Response, Error> {
        let SentForm { once, text, seen, pressed, .. } = self;
        let typed = once.ok_or(Error::BrokenForm).map(|once| Typed { text, once, seen });
        let event = match pressed {
            // Whoever wants to be signed out is, whatever can be kept and whoever answers.
            Pressed::SignOutAllTheSame => return reporter.sign_out(&typed?).await,
            Pressed::SignOut => {
                let typed = typed?;
                if typed.is_blank() {
                    // Where nobody can tell whether something waits, signing out goes before.
                    let _ = reporter.fault_of_keeping(&typed).await;
                    if !matches!(reporter.has_unsent().await, Ok(true)) {
                        return if reporter.has_new_code() {
                            page(&reporter, Some(&typed), Some(("new-code", 0))).await
                        } else {
                            Ok(sign_out::end(&reporter.view).await)
                        };
                    }
                }
                return match page(&reporter, Some(&typed), Some(("unsent", 0))).await {
                    Err(_) => reporter.sign_out(&typed).await,
                    asked => asked,
                };
            }
            Pressed::Send | Pressed::SendAsItIs => {
                let is_asked = matches!(pressed, Pressed::Send);
                let typed = typed?;
                return match fault(&typed.text, is_asked) {
                    Some(("empty", _)) => {
                        reporter.fault_of_keeping(&typed).await?;
                        page(&reporter, Some(&typed), Some(("empty", 0))).await
                    }
                    Some(fault) => page(&reporter, Some(&typed), Some(fault)).await,
                    None => reporter.send(&typed).await,
                };
            }
            Pressed::Keep => return page(&reporter, Some(&typed?), None).await,
            Pressed::To(there) => {
                let typed = typed?;
                return match reporter.fault_of_keeping(&typed).await? {
                    Some(fault) => page(&reporter, Some(&typed), Some(fault)).await,
                    None => way_out::lead(&there),
                };
            }
            Pressed::Reply(reply) => replied(&reporter, &reply).await?,
            Pressed::Contact(wish) => match &*wish {
                "unwanted" => Event::ContactUnwanted,
                "wanted" => Event::ContactWanted,
                _ => return Err(Error::BrokenForm),
            },
        };
        let typed = typed?;
        let portal = reporter.view.site.portal();
        match portal.add_event(&reporter.who, reporter.case, typed.once, event).await? {
            Added::TooMuch => reporter.too_much(&typed).await,
            _ if typed.is_blank() => {
                reporter.fault_of_keeping(&typed).await?;
                Ok(Redirect::to("/case?noted").into_response())
            }
            // What is not sent yet goes on.
            _ => {
                reporter.view.ask("noted-only");
                page(&reporter, Some(&typed), None).await
            }
        }
    }
}

/// What is wrong with a message.
fn fault(text: &str, is_asked: bool) -> Option<(&'static str, usize)> {
    match check_message(text) {
        // Also of whoever has said who they are: that can be taken back, a message cannot.
        Ok(()) if is_asked && !revealing(text).is_empty() => Some(("revealing", 0)),
        Ok(()) => None,
        Err(NotAMessage::Empty) => Some(("empty", 0)),
        Err(NotAMessage::TooLong { found }) => Some(("too-long", found)),
    }
}

/// The answer to a message without words: comes to a meeting or not, approves minutes.
async fn replied(reporter: &Reporter, answer: &str) -> Result<Event, Error> {
    let portal = reporter.view.site.portal();
    let (about, reply) = answer.split_once(' ').ok_or(Error::BrokenForm)?;
    let about = ItemId::parse(about).ok_or(Error::BrokenForm)?;
    let asked = portal.asked(&reporter.who, reporter.case, about).await?.ok_or(Error::NotFound)?;
    let reply = asked.replies().iter().copied().find(|known| known.as_str() == reply);
    Ok(Event::Replied { about: about.to_string(), reply: reply.ok_or(Error::BrokenForm)? })
}

impl Reporter {
    fn visit(&self) -> Result<&Ticket, Error> {
        self.view.visit().ok_or(Error::FormToken)
    }

    /// The message that is not sent yet.
    async fn words_waiting(&self) -> Result<Option<Waiting>, Error> {
        let portal = self.view.site.portal();
        let files = portal.files_for(self.visit()?, &self.who, self.case);
        Ok(portal.words_waiting(&files).await?)
    }

    /// Signs out, whatever can be kept and whoever answers. What cannot be kept is given back.
    async fn sign_out(&self, typed: &Typed) -> Result<Response, Error> {
        self.view.end_session();
        let kept = self.fault_of_keeping(typed).await;
        let signed_out = sign_out::end(&self.view).await;
        match kept {
            Ok(None) => Ok(signed_out),
            _ if typed.is_blank() => Ok(signed_out),
            _ => kept_text::show(&self.view, &typed.text),
        }
    }

    /// Sends a message.
    async fn send(&self, typed: &Typed) -> Result<Response, Error> {
        let portal = self.view.site.portal();
        match portal.send_words(self.visit()?, &self.who, self.case, typed).await? {
            Added::TooMuch => self.too_much(typed).await,
            Added::Written | Added::Before => Ok(Redirect::to("/case?sent").into_response()),
        }
    }

    /// Says that the case takes no more today. Whoever comes tomorrow finds what they typed.
    async fn too_much(&self, typed: &Typed) -> Result<Response, Error> {
        let is_kept = self.fault_of_keeping(typed).await?.is_none();
        let fault = if is_kept { "too-much" } else { "too-much-not-kept" };
        page(self, Some(typed), Some((fault, 0))).await
    }

    /// Keeps what was typed. Returns why it cannot be kept.
    async fn fault_of_keeping(
        &self,
        typed: &Typed,
    ) -> Result<Option<(&'static str, usize)>, Error> {
        if let Err(NotAMessage::TooLong { found }) = check_message(&typed.text) {
            return Ok(Some(("too-long", found)));
        }
        let portal = self.view.site.portal();
        Ok(match portal.keep_words(self.visit()?, &self.who, self.case, typed).await? {
            Begun::Yes => None,
            Begun::NoRoom | Begun::TooMany => Some(("not-kept", 0)),
            Begun::Another => Some(("another", 0)),
        })
    }

    /// Whether there is a new code that opens nothing yet, because it was not typed back.
    fn has_new_code(&self) -> bool {
        let (portal, place) = (self.view.site.portal(), self.view.place());
        self.view.session().is_some_and(|session| portal.proposed_code((session, place)).is_some())
    }

    /// Whether a message or files wait that are not sent yet.
    async fn has_unsent(&self) -> Result<bool, Error> {
        let files = case_files::waiting(&self.view, &self.who, self.case).await?;
        Ok(files > 0 || self.words_waiting().await?.is_some())
    }

    /// Whether a form is from a page of the case that is open. In another window its writer
    /// may have signed in to another one, whose readers are other people.
    fn is_in(&self, case: &str) -> bool {
        CaseId::parse(case) == Some(self.case)
    }

    /// Refuses a form without words of its own that is from a page of another case.
    pub(super) fn must_be_in(&self, form: &ProtectedForm) -> Result<(), Error> {
        self.is_in(form.get("case")).then_some(()).ok_or(Error::FormToken)
    }
}

/// Where a case stands, as a person outside understands it.
fn now(case: &CaseRow) -> &'static str {
    match (case.state, case.waiting_for, case.feedback_on) {
        (CaseState::Closed, ..) => "closed",
        (_, WaitingFor::Reporter, _) => "answered",
        (_, WaitingFor::Handler, Some(_)) => "after-feedback",
        (_, WaitingFor::Handler, None) => "reading",
    }
}

/// Shows the case. Where nothing was typed there is in the field what waits.
async fn page(
    reporter: &Reporter,
    typed: Option<&Typed>,
    error: Option<(&'static str, usize)>,
) -> Result<Response, Error> {
    let view = &reporter.view;
    let portal = view.site.portal();
    let case = portal.case(&reporter.who, reporter.case).await?.ok_or(Error::NotFound)?;
    let dialogue = portal.dialogue(&reporter.who, reporter.case, before(view)).await?;
    let (error, found) = error.unwrap_or_default();
    let is_over = case.feedback_due < portal.clock().today();
    let without_feedback = if is_over { "overdue" } else { "due" };
    let texts = [("sent", "case-sent"), ("noted", "case-noted"), ("noted-only", "case-noted-only")];
    let (done, files_sent) = case_files::done(view, &texts);
    let waiting = reporter.words_waiting().await?;
    let (waits, waits_seen) = match &waiting {
        Some(waiting) => (waiting.words.as_str(), waiting.seen.as_str()),
        None => ("", ""),
    };
    // A page from before has nothing because another window keeps it.
    let typed = typed.filter(|typed| !typed.is_blank() || !typed.seen.is_empty());
    let (text, seen) = match typed {
        Some(typed) if typed.text != waits => (typed.text.clone(), typed.seen.clone()),
        _ => (waits.to_owned(), waits_seen.to_owned()),
    };
    let kept = waiting.filter(|waiting| waiting.words == text);
    let mut page = CasePage {
        id: case.id.to_string(),
        number: case.id.number(),
        received_on: view.lang.day(case.received_on),
        acknowledged_on: view.lang.day(case.acknowledged_on),
        feedback_due: view.lang.day(case.feedback_due),
        feedback_on: case.feedback_on.map_or_else(String::new, |day| view.lang.day(day)),
        feedback: if case.feedback_on.is_some() { "given" } else { without_feedback },
        policy: policy::of_day(view, case.received_on).await?,
        now: now(&case),
        last_sign_in: reporter
            .who
            .last_sign_in()
            .map_or_else(String::new, |day| view.lang.day(day)),
        dialogue: dialogue_page(view, dialogue, |item| format!("/case/files/{item}")),
        once: once(),
        revealing: if error == "revealing" { revealing(&text) } else { Vec::new() },
        text,
        seen,
        kept_until: kept.map_or_else(String::new, |kept| view.lang.day(kept.until)),
        error,
        ours: matches!(error, "too-much" | "too-much-not-kept" | "not-kept"),
        found,
        limit: MESSAGE_CHARACTERS,
        done,
        files_sent,
        new_code: reporter.has_new_code(),
        waiting: case_files::waiting(view, &reporter.who, reporter.case).await?,
        asks_identity: portal.questionnaire().identity_pages().next().is_some(),
    };
    if page.dialogue.has_open_question && page.now != "closed" {
        page.now = "asked";
    }
    // Nobody shall read that there is nothing to do who has something here.
    if page.now == "reading" && (page.waiting > 0 || !page.text.trim().is_empty()) {
        page.now = "unsent";
    }
    if page.now == "reading" && page.new_code {
        page.now = "new-code";
    }
    let mut without_news = page.clone();
    without_news.dialogue.keep_own();
    (without_news.now, without_news.feedback) = ("reading", without_feedback);
    Ok(view.page_with_room("reporter/case.html", &page, &without_news))
}
