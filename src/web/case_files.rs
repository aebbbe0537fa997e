//! The files of a case, for both sides: a page on which they are chosen, whose form is answered
//! in a frame, and one on which they are looked at once more and sent.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;

use super::actor::{Handler, Permitted, Reporter};
use super::dialogue::{contact_unwanted, once};
use super::door::Surface;
use super::error::Error;
use super::files::{self, FileLine, Offer, REMOVED, Taken};
use super::form::{ProtectedForm, Upload};
use super::view::View;
use crate::domain::case_files::{Begun, FilesSent};
use crate::domain::draft_files::Flattened;
use crate::domain::session::SignedIn;
use crate::domain::{CaseId, FileId, ItemId, Ticket};

/// At the end of the address of a case: so many of its files are sent.
const SENT: &str = "files";

#[derive(Debug, Serialize)]
struct ChoicePage {
    id: String,
    /// The page of the case.
    case: String,
    offer: Offer,
    waiting: usize,
    /// Whether the reporter does not want to be written to, and a handler is about to.
    unwanted: bool,
}

#[derive(Debug, Serialize)]
struct CheckPage {
    id: String,
    case: String,
    once: String,
    files: Vec<FileLine>,
    /// Whether most of them are shown without what was found in them.
    many: bool,
    seen: String,
    /// How many of them can be sent.
    ready: usize,
    /// What no cleaning takes out of them.
    stays: Vec<&'static str>,
    /// Until when they wait; empty if there are none.
    kept_until: String,
    error: &'static str,
    /// Whether one was taken out a moment ago.
    removed: bool,
}

/// The files that somebody who may write to a case has not sent yet.
#[derive(Debug)]
pub(super) struct CaseFiles {
    view: View,
    who: SignedIn,
    case: CaseId,
    visit: Ticket,
    /// What they wait in.
    files: Ticket,
    /// The page of the case.
    page: String,
}

impl<S: Send + Sync> FromRequestParts<S> for CaseFiles {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let view = View::from_request_parts(parts, state).await?;
        let (view, who, case, page) = match view.surface {
            Surface::Reporter => {
                let Reporter { view, who, case } =
                    Reporter::from_request_parts(parts, state).await?;
                (view, who, case, "/case".to_owned())
            }
            Surface::Handler => {
                let Permitted { handler: Handler { view, who }, case } =
                    Permitted::from_request_parts(parts, state).await?;
                (view, who, case.id, format!("/cases/{}", case.id))
            }
        };
        let visit = view.visit().ok_or(Error::FormToken)?.clone();
        let files = view.site.portal().files_for(&visit, &who, case);
        Ok(CaseFiles { view, who, case, visit, files, page })
    }
}

/// How many files wait that this person has not sent to this case.
pub(super) async fn waiting(view: &View, who: &SignedIn, case: CaseId) -> Result<usize, Error> {
    let visit = view.visit().ok_or(Error::FormToken)?;
    let portal = view.site.portal();
    Ok(portal.files_waiting(&portal.files_for(visit, who, case)).await?)
}

/// What was done in a case a moment ago, in the words of its page, and to how many files. Of
/// what is no file `texts` has the words.
pub(super) fn done(view: &View, texts: &[(&str, &'static str)]) -> (&'static str, i64) {
    match view.number(SENT) {
        0 if !view.asked(SENT) => (view.done(texts), 0),
        number => ("case-files-sent", number),
    }
}

/// Shows the page on which files are chosen.
pub(super) async fn choose(files: CaseFiles) -> Result<Response, Error> {
    let CaseFiles { view, who, case, page, .. } = files;
    let unwanted = who.is_handler()
        && contact_unwanted(&view.site.portal().dialogue(&who, case, i64::MAX).await?);
    let choice = ChoicePage {
        id: case.to_string(),
        case: page,
        offer: files::offer(&view),
        waiting: waiting(&view, &who, case).await?,
        unwanted,
    };
    Ok(view.page("case_files.html", &choice))
}

/// Shows the list inside of it.
pub(super) async fn list(files: CaseFiles) -> Result<Response, Error> {
    let errors = ["none", "too-many", "other-case", "too-much", "late-case", "broken-off"];
    files::list(&files.view, &files.files, &errors).await
}

/// Cleans files and lets them wait.
pub(super) async fn take(files: CaseFiles, mut upload: Upload) -> Result<Response, Error> {
    let portal = files.view.site.portal();
    // Before the files: they may take hours.
    if !portal.takes_more(&files.who, files.case).await? {
        return Ok(files.to("/files/list?too-much"));
    }
    let mut listed = 0;
    let taken = files.take_each(&mut upload, &mut listed).await;
    if listed > 0 {
        // Another day may have begun meanwhile.
        portal.keep_files(&files.visit, &files.who, files.case).await?;
    }
    let error = match taken {
        // What is on the list stays there, whatever broke behind it.
        Err(_) if listed > 0 => "broken-off",
        Err(error) => return Err(error),
        Ok("") if listed == 0 => "none",
        Ok(error) => error,
    };
    Ok(files.to(format!("/files/list?{error}").trim_end_matches('?')))
}

/// Shows what would be sent.
pub(super) async fn check(files: CaseFiles) -> Result<Response, Error> {
    files.check_page("").await
}

/// Takes a file out again.
pub(super) async fn remove(files: CaseFiles, form: ProtectedForm) -> Result<Response, Error> {
    let chosen = files::chosen(&form)?;
    let portal = files.view.site.portal();
    portal.keep_files(&files.visit, &files.who, files.case).await?;
    for file in chosen {
        portal.remove_draft_file(&files.files, file).await?;
    }
    Ok(files.to(&format!("/files/check?{REMOVED}")))
}

/// Puts pictures of a file in its place.
pub(super) async fn flatten(mut files: CaseFiles, form: ProtectedForm) -> Result<Response, Error> {
    let file = FileId::parse(form.get("file")).ok_or(Error::BrokenForm)?;
    let (portal, lane) = (files.view.site.portal(), files.view.front.lane);
    portal.keep_files(&files.visit, &files.who, files.case).await?;
    match portal.flatten_draft_file(&files.files, file, lane).await? {
        Flattened::Done | Flattened::NotThere => {
            Ok(files.to(&format!("/files/check?{}#file", files::in_full(file))))
        }
        Flattened::Refused(_) => {
            files.view.ask(&files::in_full(file));
            files.check_page("not-flat").await
        }
    }
}

/// Sends all that wait.
pub(super) async fn send(files: CaseFiles, form: ProtectedForm) -> Result<Response, Error> {
    if !files.is_of(form.get("case")) {
        return Err(Error::FormToken);
    }
    let once = ItemId::parse(form.get("once")).ok_or(Error::BrokenForm)?;
    let CaseFiles { view, who, case, visit, .. } = &files;
    let seen = form.get("seen");
    match view.site.portal().send_files(visit, who, *case, once, seen).await? {
        FilesSent::Sent(number) => Ok(files.to(&format!("?{SENT}={number}"))),
        FilesSent::Before => Ok(files.to(&format!("?{SENT}"))),
        FilesSent::Nothing => files.check_page("nothing").await,
        FilesSent::Changed => files.check_page("changed").await,
        FilesSent::TooMuch => files.check_page("too-much").await,
    }
}

impl CaseFiles {
    /// Adds what comes to the list, and counts it. Returns what is wrong, if something is.
    async fn take_each(
        &self,
        upload: &mut Upload,
        listed: &mut usize,
    ) -> Result<&'static str, Error> {
        let (view, portal) = (&self.view, self.view.site.portal());
        let progress = portal.watch(&self.visit, upload.bytes());
        let (mut error, mut has_begun) = ("", false);
        while let Some(mut field) = upload.next().await? {
            match field.name() {
                // In another window its sender may have signed in to another one.
                Some("case") => {
                    if !self.is_of(&field.text().await?) {
                        error = "other-case";
                    }
                }
                // What is left is read all the same, or browsers show no answer.
                Some("files") if !error.is_empty() => field.skip().await?,
                // Browsers send one without a name if none was chosen.
                Some("files") if field.file_name().is_empty() => field.skip().await?,
                Some("files") => {
                    if !has_begun {
                        match portal.begin_files(&self.visit, &self.who, self.case).await? {
                            Begun::Yes => has_begun = true,
                            Begun::NoRoom | Begun::Another => return Err(Error::Busy),
                            Begun::TooMany => {
                                error = "too-much";
                                field.skip().await?;
                                continue;
                            }
                        }
                    }
                    let incoming = portal.receive_for_case(&self.files).await?;
                    match files::take(view, &self.files, &mut field, incoming, &progress).await? {
                        Taken::Nothing => {}
                        Taken::Listed => *listed += 1,
                        Taken::TooMany => error = "too-many",
                        Taken::Late => error = "late-case",
                    }
                }
                _ => field.skip().await?,
            }
        }
        Ok(error)
    }

    async fn check_page(&self, error: &'static str) -> Result<Response, Error> {
        let CaseFiles { view, case, files, page, .. } = self;
        let draft = view.site.portal().draft(files).await?;
        let kept_until = draft.map(|draft| view.lang.day(draft.kept_until));
        let (files, seen) = files::seen(view, files).await?;
        let page = CheckPage {
            id: case.to_string(),
            case: page.clone(),
            once: once(),
            ready: files.iter().filter(|file| file.is_cleaned()).count(),
            stays: files::all_that_stays(&files),
            many: files.iter().any(FileLine::is_short),
            files,
            seen,
            kept_until: kept_until.unwrap_or_default(),
            error,
            removed: view.asked(REMOVED),
        };
        Ok(view.page("case_files_check.html", &page))
    }

    fn is_of(&self, case: &str) -> bool {
        CaseId::parse(case) == Some(self.case)
    }

    /// Leads to a page below that of the case.
    fn to(&self, rest: &str) -> Response {
        Redirect::to(&format!("{}{rest}", self.page)).into_response()
    }
}
