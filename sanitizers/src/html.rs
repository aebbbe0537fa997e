//! Web pages: their words and their order, and nothing that calls home or tells on people.
//!
//! A saved page knows the address it was saved from, who was signed in, which campaign the
//! reader came by and with what it was written. It hides words that only one reader was
//! sent, and fetches pictures whose names say who opens it. So a new page is written:
//! elements that give words their meaning (headings, paragraphs, lists, tables, emphasis)
//! with the few attributes that change what is read, pictures that lie in the page itself,
//! cleaned like any other, and text.
//!
//! Not kept: looks (style sheets can fetch and can hide), links (their words stay), the
//! title and all that stands in the head, comments, scripts, frames, drawings, films, what
//! is hidden by the page itself. Words that a style sheet hid would come to light: a
//! warning says so. Forms keep the words that are in them.
//!
//! Refused: frame sets, of which every part lies elsewhere; pages that show something else
//! instead of their words (shadow trees); letters that are not certain.
//!
//! Read by the rules of the HTML Standard (WHATWG), chapter 13, as browsers do; what they
//! would put elsewhere than it stands in the file is left where it stands, for them to put
//! there again.

mod decode;
mod filter;
mod hidden;
mod noted;
pub(crate) mod picture;
mod rules;
mod skip;
mod spans;
mod write;

use crate::refusal::Limit;
use crate::{About, Change, Limits, Notes, ReadSeek, Refusal, text};

pub(crate) use filter::is_within_lines;
pub(crate) use hidden::{by_style as hides, may_hide, may_hide_by};
pub(crate) use noted::is_built;
#[cfg(test)]
pub(crate) use rules::lists;
pub(crate) use rules::{Fate, fate, is_empty, keeps};
pub(crate) use write::words;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "words, headings, lists, tables, emphasis; pictures inside of the page, cleaned",
    removed: "links, looks, scripts, head with its title, comments, hidden words, forms, \
              drawings, whatever is fetched",
    refused: "frame sets, shadow trees, letters that are not certain",
};

/// What every copy begins and ends with.
pub(crate) const START: &str =
    "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n";
/// See [`START`].
pub(crate) const END: &str = "\n</body></html>\n";

/// Writes the page anew.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let file = crate::read_all(source, limits)?;
    let page = decode::text(&file, notes)?;
    let clean = of_characters(&page, limits, notes)?;
    if clean.len() as u64 > limits.output_bytes(file.len() as u64) {
        return Err(Refusal::Limit(Limit::OutputBytes));
    }
    Ok(clean.into_bytes())
}

/// The same for a page of which the characters are known.
pub(crate) fn of_characters(
    page: &str,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<String, Refusal> {
    let body = filter::body(page, limits, notes)?;
    // It may be a text that begins with a tag, which has lines of its own.
    let start = page.get(..1024).unwrap_or(page).to_ascii_lowercase();
    if !["<!doctype", "<html", "<head", "<body"].iter().any(|tag| start.contains(tag)) {
        notes.changed(Change::LooksRemoved);
    }
    text::warn(&words(&body), notes);
    Ok([START, body.as_str(), END].concat())
}

/// Whether a page that we wrote shows a word or a picture.
pub(crate) fn shows_something(page: &[u8]) -> bool {
    let page = String::from_utf8_lossy(page);
    !words(&page).trim().is_empty() || page.contains("<img")
}

/// The allow-lists as lines of text.
pub(crate) fn explain() -> Vec<String> {
    rules::explain()
}
