//! WebP: the same coded pictures, animated or not, in a container written from scratch.
//!
//! A WebP is a row of chunks. Beside those with the pictures stand Exif (place, camera,
//! owner), XMP, a colour profile that names the screen, and any chunk a program likes,
//! also inside the frames of an animation. It goes on behind the length its first chunk
//! claims, in the bytes that fill a chunk of odd length, in reserved bits and bytes, in the
//! colour of a background that no viewer paints, and behind coded data inside of its chunk.
//!
//! So the chunks with pictures are written again into a container of ours, whose flags
//! follow from them; a picture that needs nothing else stands alone. The colour profile is
//! issued anew and of Exif only the orientation stays.
//!
//! What is not seen: coded data is copied as it is, up to where a decoder stops reading. Up to
//! three bytes behind that stay, where encoders empty their registers, and so does all that
//! an encoder chose freely. Colours under full transparency stay, too: of lossless pictures
//! a warning says so.
//!
//! Format: RFC 9649 (WebP), RFC 6386 (VP8).

mod ends;
mod picture;
mod riff;
mod write;

use crate::{About, Limits, Notes, ReadSeek, Refusal};
#[cfg(test)]
pub(crate) use riff::CHUNKS;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "coded pictures and alpha planes; frames with their places, durations, blending and \
           disposal; how often they play; issued anew: colour profile, orientation",
    removed: "Exif, XMP, unknown chunks, also inside frames; bytes behind the end and behind \
              coded pictures; filling, reserved bits, background",
    refused: "two pictures in one, frames outside the canvas, sizes that differ, chunks that do \
              not fit",
};

/// Returns a clean copy of the WebP in `source`.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let file = crate::read_all(source, limits)?;
    let picture = picture::read(&file, limits, notes)?;
    write::picture(&picture)
}

/// The allow-list, from the tables the cleaner works by.
pub(crate) fn explain() -> Vec<String> {
    riff::explain()
}
