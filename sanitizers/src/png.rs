//! PNG and APNG: the same picture in a container written from scratch.
//!
//! A PNG tells more than its picture: text chunks with authors and prompts, Exif and
//! XMP, times, provenance claims, chunks of programs that keep whole layered drafts,
//! and bytes where no viewer looks: behind the end of the file (where a cropping
//! program left the rest of the uncropped picture, CVE-2023-21036), behind the last
//! row inside the compressed data, in palette entries no pixel uses, in the colour of
//! pixels that are wholly transparent, in the spare bits at the end of a row. The
//! choice of row filters and of compressed blocks tells the program.
//!
//! So the file is taken apart down to its rows and written again from an allow-list.
//! Rows pass through one by one: a picture is never in memory as a whole. What is
//! written depends on what is shown alone, so that two encoders of one picture give
//! one file.
//!
//! Left out although the format calls it rendering: `bKGD` (viewers show their own
//! background, and its value names the program), `mDCV` and `cLLI` (they describe the
//! screen on which the picture was made), resolution in metres (the pixel's *shape*
//! is kept). Kept as it is: whether rows are interlaced, since undoing it would need
//! the whole picture in memory.
//!
//! Format: Portable Network Graphics, third edition (W3C, 2025).

mod animation;
mod chunks;
mod colour;
mod filter;
mod fold;
mod header;
#[cfg(test)]
pub(crate) mod let_in;
mod made;
mod noted;
mod palette;
mod picture;
mod rows;
mod write;

use crate::{About, Limits, Notes, ReadSeek, Refusal};
pub(crate) use made::Made;
use picture::Picture;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "size, pixels, palette, transparency, frames and their times; one colour space, \
           issued anew; orientation; the shape of non-square pixels",
    removed: "all text, Exif, dates, vendor chunks, thumbnails, bytes behind the end or in the \
           tail of the data; palette entries nobody uses; the colour under full \
           transparency, which shows nothing and can hold an erased picture; the encoder's \
           filters and levels",
    refused: "wrong checksums, parts in the wrong place or twice, pixels without a palette \
           entry",
};

/// Returns a clean copy of the PNG in `source`.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let file = crate::read_all(source, limits)?;
    let picture = Picture::read(&file, limits, notes)?;
    write::picture(&picture, limits.output_bytes(file.len() as u64), notes)
}

/// The allow-list, from the tables the cleaner works by.
pub(crate) fn explain() -> Vec<String> {
    picture::explain()
}
