//! Files: received from a form, and shown with what came of them.

use std::sync::Arc;

use axum::response::Response;

use super::error::Error;
use super::form::{Field, ProtectedForm};
use super::view::View;
use crate::domain::attachment::{Category, Change, Kind, Refusal, Warning, is_flattened};
use crate::domain::incoming::{Incoming, NotTaken, Outcome, Received};
use crate::domain::progress::Progress;
use crate::domain::{FileId, Ticket};
use crate::limits::{FILES, FILES_IN_FULL};
use serde::Serialize;

/// A file as the lists of files show it.
#[derive(Debug, Default, Serialize)]
pub(super) struct FileLine {
    /// Of several that were refused for one reason, all of them.
    id: String,
    name: String,
    /// The names of others that were refused for the same reason.
    also: Vec<String>,
    cleaned: bool,
    /// Whether it is shown without what was found in it: there are many.
    short: bool,
    /// Whether pictures of it can take its place, and there is a reason to wish that.
    flattens: bool,
    findings: Vec<FindingLine>,
    total: u32,
    changes: Vec<Change>,
    warnings: Vec<Warning>,
    /// What is still in a file of its sort can tell something, too.
    #[serde(skip)]
    stays: &'static str,
    advice: &'static str,
    /// The number of the file inside of it that the advice is about, and how many there
    /// are; 0 if it is about the whole.
    inside: u32,
    inside_of: u32,
    problem: &'static str,
}

impl FileLine {
    pub(super) fn is_cleaned(&self) -> bool {
        self.cleaned
    }

    pub(super) fn is_short(&self) -> bool {
        self.short
    }
}

/// Which of many files is shown with all that was found in it.
const IN_FULL: &str = "file";

/// The end of an address by which it is this one.
pub(super) fn in_full(file: FileId) -> String {
    format!("{IN_FULL}={file}")
}

/// Makes a long list a short one. That something was changed, or has to be looked at, is said of
/// each file all the same.
fn shorten(view: &View, files: Vec<FileLine>) -> Vec<FileLine> {
    if files.len() <= FILES_IN_FULL {
        return files;
    }
    let mut shorter: Vec<FileLine> = Vec::new();
    for file in files {
        let reason = |one: &FileLine| (one.advice, one.problem, one.inside, one.inside_of);
        let same = |one: &&mut FileLine| !one.cleaned && reason(one) == reason(&file);
        match shorter.iter_mut().find(same).filter(|_| !file.cleaned) {
            Some(same) => {
                same.id.extend([" ", &file.id]);
                same.also.push(file.name);
            }
            None => shorter.push(file),
        }
    }
    if shorter.len() > FILES_IN_FULL {
        let in_full = view.value(IN_FULL);
        for file in &mut shorter {
            file.short = file.cleaned && in_full != Some(file.id.as_str());
        }
    }
    shorter
}

/// The files that a button of such a list is about.
pub(super) fn chosen(form: &ProtectedForm) -> Result<Vec<FileId>, Error> {
    let ids = form.get("file").split(' ').map(FileId::parse);
    ids.collect::<Option<_>>().ok_or(Error::BrokenForm)
}

#[derive(Debug, Serialize)]
struct FindingLine {
    category: Category,
    count: u32,
}

/// The files of a draft.
pub(super) async fn of_draft(view: &View, ticket: &Ticket) -> Result<Vec<FileLine>, Error> {
    Ok(seen(view, ticket).await?.0)
}

/// The same, and what stands for them in the form by which they are sent.
pub(super) async fn seen(view: &View, ticket: &Ticket) -> Result<(Vec<FileLine>, String), Error> {
    let portal = view.site.portal();
    let files = portal.draft_files(ticket).await?;
    let seen = portal.seen(&files);
    let lines = files.into_iter().map(|(id, file)| line(view, id, file)).collect();
    Ok((shorten(view, lines), seen))
}

fn line(view: &View, id: FileId, file: Received) -> FileLine {
    let line = FileLine { id: id.to_string(), name: file.name, ..FileLine::default() };
    match file.outcome {
        Outcome::Cleaned { report, .. } => FileLine {
            cleaned: true,
            flattens: !report.warnings.is_empty()
                && !report.changes.contains(&Change::Flattened)
                && is_flattened(report.kind),
            total: report.findings.iter().map(|finding| finding.count).sum(),
            findings: report
                .findings
                .into_iter()
                .map(|finding| FindingLine { category: finding.category, count: finding.count })
                .collect(),
            stays: stays(report.kind),
            changes: report.changes,
            warnings: report.warnings,
            ..line
        },
        Outcome::Refused(refusal) => {
            let (inside, inside_of) = match refusal {
                Refusal::Inside(inside) => (inside.number, inside.of),
                _ => (0, 0),
            };
            let advice = refusal.advice(view.lang.for_advice());
            FileLine { advice, inside, inside_of, ..line }
        }
        Outcome::NotTaken(reason) => FileLine { problem: problem(reason), ..line },
    }
}

fn problem(reason: NotTaken) -> &'static str {
    match reason {
        NotTaken::TooLarge => "too-large",
        NotTaken::TooMany => "too-many",
        NotTaken::NoRoom => "no-room",
        NotTaken::Busy => "busy",
        NotTaken::Failed => "failed",
    }
}

/// The list of a draft's files, inside the page on which they are chosen.
#[derive(Debug, Serialize)]
struct ListPage {
    files: Vec<FileLine>,
    error: &'static str,
    number: usize,
}

/// Shows that list, and what of `errors` its address says.
pub(super) async fn list(
    view: &View,
    ticket: &Ticket,
    errors: &[&'static str],
) -> Result<Response, Error> {
    let mut files = of_draft(view, ticket).await?;
    // The frame is low: what is not there must not hide below its edge.
    files.sort_by_key(FileLine::is_cleaned);
    let error = errors.iter().find(|error| view.asked(error)).copied().unwrap_or_default();
    Ok(view.page("files_list.html", &ListPage { files, error, number: FILES }))
}

/// What may be chosen, in the words of the pages.
#[derive(Debug, Serialize)]
pub(super) struct Offer {
    /// Groups of formats that are taken: `files-kind-pictures`.
    kinds: Vec<&'static str>,
    megabytes: u64,
    /// 0 if films are not taken.
    film_megabytes: u64,
    number: usize,
}

/// What may be chosen here.
pub(super) fn offer(view: &View) -> Offer {
    let quota = view.site.portal().quota();
    let taken = |kinds: &[Kind]| kinds.iter().any(|&kind| quota.takes(kind));
    let kinds: Vec<_> =
        KINDS.iter().filter(|(_, kinds)| taken(kinds)).map(|(name, _)| *name).collect();
    let megabytes = quota.file_bytes >> 20;
    let film_megabytes = if kinds.contains(&"film") { quota.film_bytes >> 20 } else { 0 };
    Offer { kinds, megabytes, film_megabytes, number: FILES }
}

/// What stays in a file of this format, in the words of the pages.
fn stays(kind: Kind) -> &'static str {
    match KINDS.iter().find(|(_, kinds)| kinds.contains(&kind)) {
        Some(("pdf" | "office", _)) => "pages",
        Some((group, _)) => group,
        None => "text",
    }
}

/// What stays in these files: each once, however many there are.
pub(super) fn all_that_stays(files: &[FileLine]) -> Vec<&'static str> {
    let mut stays: Vec<_> =
        files.iter().filter(|file| file.cleaned).map(|file| file.stays).collect();
    stays.sort_unstable();
    stays.dedup();
    stays
}

/// Formats in groups that people have a word for.
const KINDS: [(&str, &[Kind]); 8] = {
    use Kind::{
        Aiff, Avif, Bmp, Csv, Docx, Epub, Flac, Gif, Heic, Html, Jpeg, Jxl, M4a, Mail, Mkv, Mov,
        Mp3, Mp4, Odg, Odp, Ods, Odt, Ogg, Pdf, Png, Pptx, Svg, Tar, Text, Tiff, Wav, Webm, Webp,
        Xlsx, Zip,
    };
    [
        ("pictures", &[Jpeg, Png, Heic, Webp, Gif, Tiff, Bmp, Avif, Jxl, Svg]),
        ("pdf", &[Pdf]),
        ("office", &[Docx, Xlsx, Pptx, Odt, Ods, Odp, Odg]),
        ("sound", &[Mp3, M4a, Wav, Flac, Ogg, Aiff]),
        ("film", &[Mp4, Mov, Mkv, Webm]),
        ("mail", &[Mail]),
        ("archives", &[Zip, Tar]),
        ("text", &[Text, Csv, Html, Epub]),
    ]
};

/// At the end of an address: a file was taken out.
pub(super) const REMOVED: &str = "removed";

/// What came of a file field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// No file was chosen: browsers send an empty field then.
    Nothing,
    /// It is on the list of the draft, with what came of it.
    Listed,
    /// The list has as many as it may have.
    TooMany,
    /// What was in the draft was sent meanwhile: the file is not kept.
    Late,
}

/// Receives a file and adds it to a draft. Bytes that are not wanted are read past, so that
/// the rest of the form can still be read.
pub(super) async fn take(
    view: &View,
    draft: &Ticket,
    field: &mut Field<'_>,
    mut incoming: Incoming,
    progress: &Arc<Progress>,
) -> Result<Taken, Error> {
    incoming.show_in(progress);
    let (portal, name) = (view.site.portal(), field.file_name().to_owned());
    let mut is_empty = name.is_empty();
    while let Some(piece) = field.chunk().await? {
        is_empty &= piece.is_empty();
        view.touch_session();
        progress.received(piece.len());
        incoming.write(portal, &piece).await;
    }
    if is_empty {
        return Ok(Taken::Nothing);
    }
    if matches!(incoming, Incoming::Passed(NotTaken::TooMany)) {
        return Ok(Taken::TooMany);
    }
    let file = portal.clean_incoming(incoming, view.front.lane).await;
    let is_listed = portal.add_draft_file(draft, &name, file).await?;
    Ok(if is_listed { Taken::Listed } else { Taken::Late })
}
