//! The canary table: every hiding place we know, as data.
//!
//! A row plants a token in one place of one file. After cleaning, the token must be gone
//! from the copy, also after inflating, unzipping, and reading as base64, hexadecimal or
//! UTF-16; and what was planted where people look must still be there. A new hiding place
//! is a new row.

pub(crate) mod aiff;
mod archive;
pub(crate) mod bmp;
mod docx;
mod epub;
pub(crate) mod film;
pub(crate) mod flac;
mod gif;
mod grown;
pub(crate) mod heif;
mod html;
mod jpeg;
pub(crate) mod jxl;
mod mail;
pub(crate) mod matroska;
pub(crate) mod mp3;
mod neighbours;
pub(crate) mod ogg;
mod opendocument;
mod package;
mod pdf;
mod png;
mod pptx;
mod quiet;
mod search;
mod sound;
mod svg;
mod texts;
pub(crate) mod tiff;
mod token;
pub(crate) mod wav;
mod webp;
mod written;
mod xlsx;

use std::io::Cursor;

use crate::{Kind, Limits, Refusal, Report, sanitize};
pub(crate) use token::Token;

/// One hiding place.
pub(crate) struct Row {
    /// The format of the file.
    pub(crate) kind: Kind,
    /// Where the token is, in the words of the format's specification.
    pub(crate) place: &'static str,
    /// Makes the file.
    pub(crate) plant: fn(&Token) -> Vec<u8>,
    /// What must come of it.
    pub(crate) outcome: Outcome,
}

/// What must come of a planted file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is cleaned, and something of it is in the report.
    Cleaned,
    /// It is cleaned, and there is nothing to tell about it.
    CleanedSilently,
    /// It is refused with this reason.
    Refused(Refusal),
}

/// The rows of every format.
pub(crate) fn rows() -> Vec<Row> {
    let tables = [
        pdf::rows(),
        docx::rows(),
        wav::rows(),
        aiff::rows(),
        flac::rows(),
        gif::rows(),
        heif::rows(),
        jxl::rows(),
        webp::rows(),
        tiff::rows(),
        bmp::rows(),
        svg::rows(),
        html::rows(),
        texts::rows(),
        matroska::rows(),
        mp3::rows(),
        ogg::rows(),
        archive::rows(),
        xlsx::rows(),
        pptx::rows(),
        epub::rows(),
        opendocument::rows(),
        mail::rows(),
        jpeg::rows(),
        png::rows(),
        film::rows(),
    ];
    tables.into_iter().flatten().collect()
}

/// Cleans as the portal does.
pub(crate) fn clean(file: &[u8]) -> Result<(Vec<u8>, Report), Refusal> {
    let mut copy = Vec::new();
    let report = sanitize(&mut Cursor::new(file), &mut copy, &Limits::default())?;
    Ok((copy, report))
}

/// What is wrong with a row, if anything.
fn complaint(row: &Row, number: usize) -> Option<String> {
    let token = Token::new(number);
    let planted = (row.plant)(&token);
    if !search::holds(&planted, &token.hidden()) {
        return Some("the token is not in the planted file".to_owned());
    }
    let (copy, report) = match (clean(&planted), row.outcome) {
        (Err(reason), Outcome::Refused(expected)) if reason.reason() == expected => return None,
        (Err(reason), _) => return Some(format!("refused: {reason:?}")),
        (Ok(_), Outcome::Refused(_)) => return Some("not refused".to_owned()),
        (Ok(done), _) => done,
    };
    if report.kind != row.kind && search::holds(&copy, &token.hidden()) {
        return Some(format!("the token survives in a {:?}", report.kind));
    }
    if search::holds(&copy, &token.hidden()) {
        return Some("the token survives".to_owned());
    }
    if search::holds(&planted, &token.shown()) && !search::holds(&copy, &token.shown()) {
        return Some("what people see is gone".to_owned());
    }
    if report.findings.is_empty() != (row.outcome == Outcome::CleanedSilently) {
        return Some(format!("the report says {:?}", report.findings));
    }
    let again = clean(&copy).map(|(copy, _)| copy);
    (again.as_ref() != Ok(&copy)).then(|| format!("cleaned again: {:?}", again.err()))
}

/// Whether the token of a row survives, or the file is refused where it should not be.
fn is_at_fault(row: &Row, number: usize) -> bool {
    let token = Token::new(number);
    match (clean(&(row.plant)(&token)), row.outcome) {
        (Err(reason), Outcome::Refused(expected)) => reason != expected,
        (Err(_), _) | (Ok(_), Outcome::Refused(_)) => true,
        (Ok((copy, _)), _) => search::holds(&copy, &token.hidden()),
    }
}

/// Whether any row of these formats is at fault, or anything else is wrong with it.
fn any_complaint(kinds: &[Kind]) -> bool {
    let rows = rows();
    let mut chosen = rows.iter().enumerate().filter(|(_, row)| kinds.contains(&row.kind));
    chosen.any(|(number, row)| is_at_fault(row, number)) || complaints(kinds).next().is_some()
}

/// Complaints about the rows of these formats, one after the other.
fn complaints(kinds: &[Kind]) -> impl Iterator<Item = String> {
    let chosen = rows().into_iter().enumerate().filter(|(_, row)| kinds.contains(&row.kind));
    chosen.filter_map(|(number, row)| {
        complaint(&row, number).map(|what| format!("{:?}, {}: {what}", row.kind, row.place))
    })
}

#[test]
fn no_token_survives_and_all_that_people_see_does() {
    let complaints: Vec<String> = complaints(Kind::all()).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_place_is_named_once() {
    let mut names = std::collections::BTreeSet::new();
    for row in rows() {
        assert!(names.insert((row.kind, row.place)), "{:?}, {}", row.kind, row.place);
    }
}
