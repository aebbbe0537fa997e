//! Says whether the copy of a mail holds what the mail showed, and nothing of its headers.
//!
//! The mail is gone through line by line, with a stack of the parts that are open: the
//! cleaner cuts it into parts from outside to inside. What has no place in the copy is not
//! looked for there; the copy may hold the expected files, each verified like one that came
//! alone, and not a byte more.

mod body;
mod lines;

use super::{archive, html, text, verify_inside};
use crate::copy::Copy;
use crate::{Kind, Limits, ReadSeek, Refusal};
use lines::{Leaf, Part};

/// What the copy must hold.
enum File {
    /// A file that is read by what it holds.
    Any(Vec<u8>),
    /// A web page, by its characters if the mail says what they are.
    Page(Vec<u8>, Option<String>),
    /// What a mail in the mail holds.
    Mail(Vec<File>),
}

/// Types that nobody reads or opens, as they are written between blanks.
const LEFT_OUT: &str = " application/pgp-signature application/pkcs7-signature \
    application/x-pkcs7-signature application/pgp-keys application/ics text/calendar text/vcard \
    text/x-vcard text/directory message/delivery-status message/disposition-notification \
    message/feedback-report message/global-delivery-status message/global-headers \
    text/rfc822-headers application/applefile text/css text/javascript application/javascript \
    application/x-javascript ";

/// Accepts the copy, or says that it must not leave.
pub(super) fn verify(
    original: &mut dyn ReadSeek,
    copy: &Copy,
    limits: &Limits,
) -> Result<(), Refusal> {
    let mail = text::bytes_of(original, limits)?;
    let files = files_of(&mail, limits.nesting).ok_or(Refusal::Verification)?;
    check(&files, copy, limits)
}

fn check(files: &[File], copy: &Copy, limits: &Limits) -> Result<(), Refusal> {
    let clean = copy.bytes().ok_or(Refusal::Verification)?;
    if let [file] = files {
        return check_one(file, copy.kind(), clean, limits);
    }
    let is_zip = copy.kind() == Kind::Zip;
    let members = is_zip.then(|| archive::members(copy)).flatten().ok_or(Refusal::Verification)?;
    if files.is_empty() || members.len() != files.len() {
        return Err(Refusal::Verification);
    }
    files.iter().zip(&members).try_for_each(|(file, member)| {
        let kind = crate::kind::recognise(&mut std::io::Cursor::new(member))?;
        check_one(file, kind, member, limits)
    })
}

fn check_one(file: &File, kind: Kind, clean: &[u8], limits: &Limits) -> Result<(), Refusal> {
    match file {
        File::Any(_) if body::carries_file(clean) => Err(Refusal::Verification),
        File::Any(bytes) => verify_inside(bytes, clean, limits),
        File::Page(_, Some(page)) => html::verify_characters(page, clean, limits),
        File::Page(bytes, None) => html::verify(&mut std::io::Cursor::new(bytes), clean, limits),
        File::Mail(files) => {
            let limits = limits.inside().ok_or(Refusal::Verification)?;
            check(files, &Copy::of(kind, clean.to_vec()), &limits)
        }
    }
}

/// The files of a mail; `nesting` mails may be inside each other.
fn files_of(mail: &[u8], nesting: u32) -> Option<Vec<File>> {
    files(&lines::parts(mail)?, nesting)
}

fn files(part: &Part, nesting: u32) -> Option<Vec<File>> {
    match part {
        Part::Leaf(leaf) => leaf_file(leaf, nesting),
        Part::Several(kind, parts) if kind == "multipart/alternative" => forms(parts, nesting),
        Part::Several(_, parts) => {
            let all: Option<Vec<_>> = parts.iter().map(|part| files(part, nesting)).collect();
            Some(all?.into_iter().flatten().collect())
        }
    }
}

/// The last form that shows something; then files that are no form of the text.
fn forms(parts: &[Part], nesting: u32) -> Option<Vec<File>> {
    let mut shown = Vec::new();
    for part in parts.iter().rev().filter(|part| is_form(part)) {
        let may_be_shown = match part {
            Part::Leaf(leaf) => matches!(&*leaf.kind, "text/plain" | "text/html"),
            Part::Several(..) => true,
        };
        if shown.is_empty() && may_be_shown {
            shown = files(part, nesting)?;
        }
    }
    for part in parts.iter().filter(|part| !is_form(part)) {
        shown.extend(files(part, nesting)?);
    }
    Some(shown)
}

fn is_form(part: &Part) -> bool {
    match part {
        Part::Leaf(leaf) => leaf.kind.starts_with("text/") && !leaf.is_attached,
        Part::Several(..) => true,
    }
}

fn leaf_file(leaf: &Leaf, nesting: u32) -> Option<Vec<File>> {
    if LEFT_OUT.contains(&format!(" {} ", leaf.kind)) {
        return Some(Vec::new());
    }
    let is_text = leaf.kind.starts_with("text/");
    let coding = if is_text && leaf.coding == "binary" { "8bit" } else { &leaf.coding };
    let bytes = body::decoded(&leaf.body, coding)?;
    match leaf.kind.as_str() {
        "message/rfc822" | "message/global" => {
            Some(vec![File::Mail(files_of(&bytes, nesting.checked_sub(1)?)?)])
        }
        "text/html" => {
            let page = body::characters(&bytes, &leaf.charset).ok()?;
            let page = page.map(|page| text::one_kind_of_line(&page));
            let shows = html::shows_something(&bytes, page.as_deref())?;
            Some(shows.then_some(File::Page(bytes, page)).into_iter().collect())
        }
        "text/plain" | "text/csv" => {
            let characters = body::characters(&bytes, &leaf.charset).ok()?;
            let flowed = || leaf.is_flowed.then(|| text::lines_of(&bytes)).flatten();
            let characters = characters.or_else(flowed).map(String::into_bytes).unwrap_or(bytes);
            let words = if leaf.is_flowed { body::without_marks(&characters) } else { characters };
            Some(any(words))
        }
        kind if kind.starts_with("message/") || kind.starts_with("multipart/") => None,
        _ => Some(any(bytes)),
    }
}

/// A file with something in it.
fn any(bytes: Vec<u8>) -> Vec<File> {
    let is_blank = bytes.iter().all(u8::is_ascii_whitespace);
    (!is_blank).then_some(File::Any(bytes)).into_iter().collect()
}

#[cfg(test)]
mod tests;
