//! Plain text and Markdown: the same characters in one encoding.
//!
//! A text file hides little, and that little tells: the byte order mark and the line
//! ends name the program and the system. Both are made one. Marks *in* the text, such
//! as characters of no width or letters that only look like others, can point out one
//! copy among many; they are part of what the person wrote or was given, so they are
//! reported and left alone.
//!
//! What this cannot take away: how a person writes.
//!
//! Encodings: UTF-8; UTF-16 with its byte order mark; Windows-1252 if every byte
//! beyond ASCII reads as an ordinary letter or sign of western Europe and nothing in
//! the file could be another encoding.

mod characters;
mod decode;
mod foreign;

use crate::refusal::{Damage, Limit};
use crate::{About, Category, Limits, Notes, ReadSeek, Refusal, Warning};

pub(crate) use characters::is_invisible;
pub(crate) use foreign::{begins_with_tag, has_header as has_mail_header};

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "the words",
    removed: "byte order mark, kinds of line ends",
    refused: "control characters, encodings that are not certain; mails with the lines that \
           programs write, saved web pages, markup",
};

/// Returns the text of `source` in UTF-8 with line feeds.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    read(source, limits, notes).map(String::into_bytes)
}

/// The same as characters.
pub(crate) fn read(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<String, Refusal> {
    let file = crate::read_all(source, limits)?;
    let (text, marked) = decode::text(&file)?;
    notes.found_many(Category::Software, u32::from(marked));
    let clean = of_characters(&text, notes)?;
    // A byte order mark and nothing behind it.
    if clean.is_empty() {
        return Err(Refusal::Empty);
    }
    if clean.len() as u64 > limits.output_bytes(file.len() as u64) {
        return Err(Refusal::Limit(Limit::OutputBytes));
    }
    Ok(clean)
}

/// The characters of bytes of which nothing says the encoding.
pub(crate) fn decoded(file: &[u8]) -> Result<String, Refusal> {
    decode::text(file).map(|(text, _)| text)
}

/// Whether a character is one that no text holds.
pub(crate) fn is_refused(c: char) -> bool {
    characters::is_refused(c)
}

/// Cleans a text of which the characters are known.
pub(crate) fn of_characters(text: &str, notes: &mut Notes) -> Result<String, Refusal> {
    if text.chars().any(characters::is_refused) {
        return Err(Refusal::Damaged(Damage::Encoding));
    }
    let clean = one_line_end(text, notes);
    // Another kind of line ends may have hidden what a line is.
    foreign::refuse(&clean)?;
    warn(&clean, notes);
    Ok(clean)
}

/// What is kept and what becomes one, as lines of text.
pub(crate) fn explain() -> Vec<String> {
    [
        "every character: kept, except those below",
        "byte order mark at the start: removed",
        "carriage return, or carriage return and line feed: written as line feed",
        "other control characters: the file is refused",
        "characters that cannot be seen, letters that look like others: kept and reported",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Ends each line with a line feed. A mixture can carry one bit per line.
fn one_line_end(text: &str, notes: &mut Notes) -> String {
    let pairs = text.matches("\r\n").count();
    let returns = text.matches('\r').count() - pairs;
    let feeds = text.matches('\n').count() - pairs;
    let kinds = [pairs, returns, feeds].iter().filter(|&&count| count > 0).count();
    notes.found_many(Category::StrayBytes, u32::from(kinds > 1));
    notes.found_many(Category::Software, u32::from(kinds == 1 && feeds == 0));
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Warns of marks in a text that can point out one copy.
pub(crate) fn warn(text: &str, notes: &mut Notes) {
    let blanks = text.lines().any(characters::ends_in_marks) || characters::has_double_blanks(text);
    if blanks || text.chars().any(is_invisible) {
        notes.warn(Warning::InvisibleCharacters);
    }
    let words = || text.split(|c: char| !c.is_alphanumeric());
    // In a text without Latin letters, those of another alphabet are nothing odd.
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    if words().any(characters::mixes_alphabets)
        || text.chars().any(characters::is_copy)
        || (latin && words().any(characters::passes_for_latin))
    {
        notes.warn(Warning::LookalikeLetters);
    }
}
