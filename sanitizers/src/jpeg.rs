//! JPEG: written anew from an allow-list, the coded picture bit for bit.
//!
//! A JPEG is a row of segments. Twelve kinds of them say how to decode the picture;
//! the others carry whatever a camera, a program or a person put there: place and
//! serial numbers (Exif), names (IPTC), whole second pictures (MPF), films behind
//! the end. The table of rules says for every marker what becomes of it, and what it does not
//! keep is not copied.
//!
//! Tables are kept only when a scan uses them, and refused are scans that overwrite
//! each other: both can carry a picture that nobody sees. Viewers disagree on such
//! files, which is the other reason.
//!
//! The coded data itself is copied as it is. What somebody wove into the pixels
//! stays there.
//!
//! Formats: ITU-T T.81 (JPEG), ECMA TR/98 (JFIF), ITU-T T.872 (the Adobe segment),
//! ICC.1:2022 annex B.4 (profiles in JPEG), CIPA DC-007 (MPF).

mod application;
mod coded;
mod frame;
#[cfg(test)]
pub(crate) mod let_in;
pub(crate) mod photoshop;
mod picture;
mod profile;
mod rules;
#[cfg(test)]
pub(crate) mod sample;
mod segments;
mod tables;
mod trailer;

use crate::refusal::{Damage, Feature, Limit};
use crate::{About, Category, Limits, Notes, ReadSeek, Refusal};
use picture::Picture;
use rules::Rule;
pub(crate) use rules::explain;
use segments::{Next, Segments};

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "frame, used tables, scans, restart intervals; issued anew: JFIF, orientation, \
           colour profile, Adobe transform",
    removed: "all other segments, second pictures, HDR layers, films, thumbnails, trailers, \
           filling, unused tables and codes",
    refused: "arithmetic, lossless, hierarchical, 12-bit; scans that overwrite each other; \
           late tables; bytes behind the last block, runs of empty blocks that go on beyond \
           it; truncated files",
};

/// Reads a picture and returns its clean copy.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    read(&crate::read_all(source, limits)?, false, limits, notes)
}

/// Returns the clean copy of a picture that is a part of another one, as in a TIFF, which
/// says itself what the planes mean: no segment but those that decode it.
pub(crate) fn bare(bytes: &[u8], limits: &Limits, notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    read(bytes, true, limits, notes)
}

fn read(
    bytes: &[u8],
    is_bare: bool,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let mut segments = Segments::open(bytes)?;
    let mut picture = Picture::new(bytes.len());
    let mut count = 0;
    loop {
        count += 1;
        if count > limits.segments {
            return Err(Refusal::Limit(Limit::Parts));
        }
        let Next { marker, body, stray } = segments.next()?;
        notes.found_many(Category::StrayBytes, u32::from(stray));
        #[cfg(test)]
        if picture.let_in(marker, body) {
            continue;
        }
        match Rule::of(marker) {
            Rule::Frame => picture.frame(marker, body, limits)?,
            Rule::QuantisationTables => picture.quantisation_tables(body)?,
            Rule::HuffmanTables => picture.huffman_tables(body)?,
            Rule::RestartInterval => picture.restart_interval(body)?,
            Rule::Scan => picture.scan(body, &mut segments, notes)?,
            Rule::Application if is_bare => drop(application::read(marker, body, notes)),
            Rule::Application => picture.application(marker, body, notes)?,
            Rule::Comment => notes.found(Category::Comments),
            Rule::Drop => notes.found(Category::StrayBytes),
            Rule::Coding => return Err(Refusal::Feature(Feature::Coding)),
            Rule::Forbidden => return Err(Refusal::Damaged(Damage::Order)),
            Rule::End => break,
        }
    }
    trailer::note(segments.rest(), notes);
    picture.finish()
}

/// Columns and rows of a clean copy.
pub(crate) fn size(clean: &[u8]) -> Option<(u16, u16)> {
    shape(clean).map(|(columns, rows, _)| (columns, rows))
}

/// Columns, rows and planes of a clean copy, whose frame stands before its first scan
/// (B.2.2).
pub(crate) fn shape(clean: &[u8]) -> Option<(u16, u16, u8)> {
    let mut segments = Segments::open(clean).ok()?;
    loop {
        let Next { marker, body, .. } = segments.next().ok()?;
        if matches!(Rule::of(marker), Rule::Frame) {
            let &[_, h1, h2, w1, w2, planes] = body.first_chunk::<6>()?;
            return Some((u16::from_be_bytes([w1, w2]), u16::from_be_bytes([h1, h2]), planes));
        }
    }
}

#[cfg(test)]
mod tests;
