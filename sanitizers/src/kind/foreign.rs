//! Formats that are not cleaned, recognised in order to give advice that helps.
//!
//! Whoever is refused has to do something else, and what that is differs: a mailbox must be
//! opened in a mail program, a copy of a disk has files in it, a shortcut is not the file.

mod far;
mod raw;
mod signatures;
mod texts;

use std::io::{Read, SeekFrom};

use crate::refusal::Foreign;
use crate::{ReadSeek, Refusal};
pub(super) use far::recognise as far;
pub(super) use raw::is_raw;
use signatures::{SEVERAL, SIGNATURES, Signature};

/// Says which foreign format a head belongs to.
///
/// A letter may begin with "MZ", "ID3" or "GIF89a": where the head reads as `text`, the
/// signatures of files that are no text do not count, since their heads hold other bytes.
pub(super) fn recognise(head: &[u8], text: Option<&str>) -> Option<Foreign> {
    if let Some(text) = text {
        return texts::recognise(text);
    }
    // Safari saves a page as a list of properties.
    let start = head.get(..64).unwrap_or(head);
    if start.starts_with(b"bplist") && memchr::memmem::find(start, b"WebMainResource").is_some() {
        return Some(Foreign::WebPage);
    }
    let fits = |&(at, signature): &Signature| {
        head.get(at..).is_some_and(|head| head.starts_with(signature))
    };
    let one = SIGNATURES.iter().find(|(_, signatures)| signatures.iter().any(fits));
    let all = || SEVERAL.iter().find(|(_, signatures)| signatures.iter().all(fits));
    one.or_else(all).map(|(foreign, _)| *foreign)
}

/// Some bytes from a place of the source: fewer at its end.
fn bytes_at(source: &mut dyn ReadSeek, at: u64, most: u64) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    source.seek(SeekFrom::Start(at)).map_err(|_| Refusal::Internal)?;
    source.take(most).read_to_end(&mut bytes).map_err(|_| Refusal::Internal)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
