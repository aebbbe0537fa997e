//! GIF: the same pictures, animated or not, in blocks written from scratch.
//!
//! A GIF has room for words everywhere: comments, text that no viewer draws any more, and
//! blocks of "applications" in which programs leave XMP with names and paths, colour
//! profiles, IPTC, signatures, loop points of their own. It goes on behind its end, behind
//! the last pixel inside the compressed data, in colours that no pixel has, in the colour
//! of what is transparent, in numbers that viewers do not read (how many bits the colours
//! had once, whether they were sorted, the shape of a pixel, whether a person must press a
//! key). The compressed data has a choice of words at each step, and of lengths of the
//! blocks it is cut into: both tell the program and can carry a message.
//!
//! So the pictures are unfolded and folded again in one way, colours that nobody sees are
//! black or left out, and of the blocks only those are written that are needed to show the
//! frames: place, duration, disposal, transparency, interlacing, and how often they play.
//!
//! Kept although most viewers do not look at it: the background, if something of it could
//! be seen. Parts of frames outside the screen stay, because browsers make the screen
//! larger for a first frame that does not fit; the person is warned.
//!
//! Format: `GIF89a` (`CompuServe`, 1990), and the loop count of Netscape Navigator 2.0.

mod blocks;
mod colours;
mod picture;
mod write;

use crate::{About, Limits, Notes, ReadSeek, Refusal};
#[cfg(test)]
pub(crate) use blocks::{APPLICATIONS, EXTENSIONS};
use picture::Picture;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "size, pixels, colours in use, transparency, interlacing; frames with their places, \
           durations and disposal; how often they play",
    removed: "comments, plain text, XMP, profiles and all other application blocks; bytes behind \
              the end or behind the last pixel; colours nobody sees; the encoder's choice of words \
              and blocks",
    refused: "missing pixels or end, pixels without a colour, unknown disposal, two loop counts, \
              frames without size",
};

/// Returns a clean copy of the GIF in `source`.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let file = crate::read_all(source, limits)?;
    let picture = Picture::read(&file, limits, notes)?;
    Ok(write::picture(picture, notes))
}

/// The allow-list, from the tables the cleaner works by.
pub(crate) fn explain() -> Vec<String> {
    blocks::explain()
}
