//! MP3: the same sound in frames that hold nothing else.
//!
//! An MP3 is a row of frames, and every program that touches one puts something around
//! them: ID3 in front, behind, twice, in three versions; APE tags, `ID3v1` and Lyrics3
//! behind; pictures with Exif inside of all of these; bytes of other files between the
//! frames, where a decoder looks for the next first byte and finds it. In the
//! first frame stands a table for players (`Xing`, `Info`, `VBRI`) with the name and
//! version of the encoder, its settings, loudness and checksums of the sound.
//!
//! And there is room inside the frames. Sound of one frame may begin in the frames before
//! it, and what no frame uses is filled: some encoders write their own name there, again
//! and again. Five bits of each frame are "private", three of its header say "private",
//! "copyright" and "original". A thousand frames could carry a page of text so, and no
//! player shows it.
//!
//! So frames are found by their length and not by their first byte alone. Of each frame
//! its sound stays bit by bit; unused bits, private bits and the three flags are noughts, and
//! so is how channels are joined where they are not, and how sound is coded where there is
//! none. A checksum, where there is one, is computed again. The table of the first frame is
//! written anew where there was one: how many frames, how many bytes, and the delay and
//! padding that players cut off, since without these a recording begins and ends with
//! silence that was not there. Players look for the delay only behind the word `LAME`,
//! so that this word stands in every copy with a delay, whatever the encoder was.
//!
//! What stays although it can tell the encoder: how it spent its bits. Within the sound
//! of a frame, bits behind the last value may be unused as well; to tell them
//! apart the sound would have to be decoded.
//!
//! Refused: layers I and II, whose unused bits cannot be told without decoding; frames of
//! free length; recordings that change rate, channels or emphasis on the way.
//!
//! Format: ISO/IEC 11172-3, ISO/IEC 13818-3; the table as LAME and `FFmpeg` read it.

mod header;
mod reservoir;
mod side;
mod stream;
mod table;

use crate::{About, Category, Limits, Notes, ReadSeek, Refusal};
use table::Table;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "the sound of every frame bit by bit; how many frames there are, and the silence that \
           players cut off",
    removed: "ID3, APE and Lyrics3 wherever they stand, pictures; the name and settings of the \
              encoder, in its table and in unused bits; private bits and flags; bytes between \
              frames",
    refused: "layers I and II, frames of free length, recordings that change rate, channels or \
              emphasis",
};

/// Returns a clean copy of the MP3 in `source`.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let file = crate::read_all(source, limits)?;
    let mut frames = stream::frames(&file, notes)?;
    let Some(table) = frames.first().and_then(Table::read) else {
        return reservoir::rewritten(&frames, notes);
    };
    let first = frames.remove(0);
    let sound = reservoir::rewritten(&frames, notes)?;
    let mut copy = table.written(&frames, sound.len())?;
    if copy != first.bytes {
        // The name of the encoder, if nothing else.
        notes.found(Category::Software);
    }
    copy.extend(sound);
    Ok(copy)
}

/// Whether a row of frames begins within these first bytes of a file, which was cut there.
pub(crate) fn begins_within(head: &[u8]) -> bool {
    memchr::memchr_iter(0xFF, head).any(|at| stream::is_sound(head.get(at..).unwrap_or_default()))
}

/// What is written of a frame, in words.
/// Bytes of the frame that begins with these four, if one does.
pub(crate) fn frame_length(head: &[u8]) -> Option<usize> {
    header::Header::read(head).ok().map(|header| header.length)
}

pub(crate) fn explain() -> Vec<String> {
    let lines = [
        "table of the first frame: frames, bytes, places, delay, padding",
        "frame: header without private, copyright and original",
        "frame: checksum, computed again",
        "frame: side information without private bits",
        "frame: the bits that side information of a frame points to",
    ];
    lines.map(str::to_owned).to_vec()
}
