//! Mails as files: what a person read, and the files that came with it.
//!
//! A saved mail tells more of the person who saved it than any other file. To whom it went
//! is often that person, `Bcc` is nobody else; each server on its way wrote down when it
//! came by and from which address; numbers in it tie it to the answer, the conversation and
//! the campaign; the path back is written for one receiver only; what a company sends out
//! is signed, counted, and fetches a picture when it is read. Who holds the server can look
//! up every one of these.
//!
//! So nothing of a header is kept, not the lines either that a mail program shows: whoever
//! must hide cannot take back what was sent, but can write down who wrote to whom, when and
//! about what, as far as it does not point to them. The report says so. What is kept is the
//! text and the attached files, each cleaned like one that comes alone, under a number if
//! there are several: a copy is a text, a page, a picture …, or a ZIP.
//!
//! Of several forms of the same text the one that programs show is taken, which is the last
//! (RFC 2046, 5.1.4). The plain form beside a page writes out what the page has behind its
//! words: addresses that were made for one receiver.
//!
//! Left out and counted: signatures and keys, cards of people, invitations, receipts of
//! servers, looks and scripts of saved pages, text around the parts. Refused: what is
//! encrypted, parts that lie elsewhere or in another mail, several mails in one file, files
//! written between the lines of a text, codings that nobody uses, and whatever two readers
//! could take apart in two ways (headers that are there twice, comments in them, boundaries
//! that are the beginning of a line, carriage returns of their own).
//!
//! Formats: RFC 5322, 6532 (headers); 2045, 2046 (parts); 2231 (parameters); 3676 (flowed
//! text); 1847 (signed and encrypted parts); 2557 (saved pages).

mod coding;
mod fields;
mod head;
mod packed;
mod parts;
mod rules;
mod walk;

use crate::archive::Parcel;
use crate::copy::Copy;
use crate::refusal::{Damage, Foreign};
use crate::{About, Category, Change, Kind, Limits, Notes, ReadSeek, Refusal, text};

#[cfg(test)]
pub(crate) use rules::lists;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "the text that is shown; attached files and forwarded mails, each cleaned, under a \
           number; the copy is that file, or a ZIP of several",
    removed: "every header: sender, receivers, subject, times, way, numbers; names of files, \
              signatures, cards, invitations, other forms of the same text",
    refused: "encrypted mails, several mails in one file, a mail in which one file is refused, \
              parts that lie elsewhere, two readings",
};

/// Writes a file for each part that a person could read.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Copy, Refusal> {
    let file = crate::read_all(source, limits)?;
    of_bytes(&file, limits, notes).map(|(kind, bytes)| Copy::of(kind, bytes))
}

/// The same for a mail inside of another one, which need not look like one from outside.
fn of_bytes(file: &[u8], limits: &Limits, notes: &mut Notes) -> Result<(Kind, Vec<u8>), Refusal> {
    let lines = lines_of(file, notes)?;
    if holds_another(&lines) {
        return Err(Refusal::NotCleanable(Foreign::Mailbox));
    }
    // Apple puts a number in front of a mail, and a list of where it lay behind it.
    if lines.first().is_some_and(u8::is_ascii_digit) {
        return Err(Refusal::NotCleanable(Foreign::Mail));
    }
    notes.changed(Change::MailHeadersRemoved);
    let mut files = walk::files(without_envelope(&lines), limits, notes)?;
    if let (1, Some(_)) = (files.len(), files.first()) {
        return files.pop().ok_or(Refusal::Internal);
    }
    if files.is_empty() {
        return Err(Refusal::NotCleanable(Foreign::Mail));
    }
    let mut parcel = Parcel::default();
    for (kind, bytes) in files {
        parcel.add(kind, &bytes)?;
    }
    Ok((Kind::Zip, parcel.finish()?))
}

/// The bytes with one kind of line end and no mark.
///
/// A carriage return of its own ends a line for some readers and not for others, and a zero
/// ends the text for some: what follows would be a header to one and words to the other.
fn lines_of(file: &[u8], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let mut file = file;
    while let Some(rest) = file.strip_prefix(b"\xEF\xBB\xBF") {
        file = rest;
    }
    let mut lines = Vec::with_capacity(file.len());
    let mut rest = file;
    while let Some(at) = memchr::memchr2(b'\r', 0, rest) {
        let (line, behind) = rest.split_at_checked(at).unwrap_or_default();
        let Some(behind) = behind.strip_prefix(b"\r\n") else {
            return Err(Refusal::Damaged(Damage::Encoding));
        };
        lines.extend_from_slice(line);
        lines.push(b'\n');
        rest = behind;
    }
    notes.found_many(Category::Software, u32::from(rest.len() != file.len()));
    lines.extend_from_slice(rest);
    Ok(lines)
}

/// A mailbox puts a line of its own before each mail (RFC 4155).
fn without_envelope(lines: &[u8]) -> &[u8] {
    let end = || memchr::memchr(b'\n', lines).and_then(|end| lines.get(end + 1..));
    if lines.starts_with(b"From ") { end().unwrap_or_default() } else { lines }
}

/// Whether another mail follows, as in a mailbox: its headers would pass for words.
fn holds_another(lines: &[u8]) -> bool {
    memchr::memmem::find_iter(lines, b"\n\nFrom ").any(|at| {
        let mail = lines.get(at + 2..).unwrap_or_default();
        let end = memchr::memmem::find(mail, b"\n\n").unwrap_or(mail.len());
        text::has_mail_header(&String::from_utf8_lossy(mail.get(..end).unwrap_or_default()))
    })
}

/// The allow-lists as lines of text.
pub(crate) fn explain() -> Vec<String> {
    rules::explain()
}

#[cfg(test)]
mod tests;
