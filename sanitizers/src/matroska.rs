//! Matroska and `WebM`: the same pictures and sound in elements written from scratch.
//!
//! Such a film is a tree of elements, each with a number and a length. What it tells beside
//! its pictures: title, date to the nanosecond, file names of this part and its neighbours,
//! three random numbers by which a film is known again, the names of two programs (`Info`);
//! tags of any sort, many of them places and devices; attached files, mostly fonts and
//! covers, with names and numbers; chapters; a name and a language for each track; settings
//! and names of coders in what a decoder is told first (`CodecPrivate`); empty space that is
//! not empty (`Void`); sums, with which anything can be said twice; whatever a program puts
//! into elements of its own. A stream that was recorded from the middle counts its time from
//! when it was switched on.
//!
//! Kept are tracks of pictures and sound in codings that are known, and of each only
//! numbers by which it is shown or heard; its frames, with time, length and order. A film
//! that does not begin in its first minute begins anew. Frames are ranges of the original
//! and never in memory. Units of H.264, H.265, AV1 and MPEG-4 that are no pictures are left
//! out, as in MP4, and the filling of Opus packets. The index for seeking is made anew, the
//! names of the programs are the same word for everybody, since a film must name some.
//!
//! What stays although it can tell the program: how it coded, how it divided time into
//! clusters, and which frames it laced together. Frames of sound and of VP8 and VP9 are
//! copied whole, also where a coder can hide something behind or between its data: AAC has
//! room for filling, and some write their name there.
//!
//! Left out, which is said: subtitles, planes of transparency. Refused: encrypted tracks;
//! frames packed once more; several tracks that make one; films around the viewer; films in
//! several segments; other codings; a film that ends too early, unless it never said how
//! long it is, as those of browsers.
//!
//! Format: RFC 8794 (EBML), RFC 9559 (Matroska), RFC 9559 section 5 and the Matroska codec
//! specification (draft-ietf-cellar-codec).

mod cluster;
mod codec;
mod ebml;
mod front;
mod ids;
mod info;
mod lacing;
mod segment;
mod track;
mod write;

use crate::copy::Copy;
use crate::film::Window;
use crate::{About, Limits, Notes, ReadSeek, Refusal};
pub(crate) use codec::CODINGS;
#[cfg(test)]
pub(crate) use ids::{BLOCKS, PARTS, PICTURE, TRACK};

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "pictures and sound bit by bit, in known codings; times, sizes, shape, colours, which \
           way up; frames that were laced together stay together",
    removed: "titles, dates, file names, identifiers, programs, tags, attached files, chapters, \
              names and languages of tracks, subtitles, planes of transparency; messages, names \
              and settings of coders between pictures; empty space, sums, unknown elements, bytes \
              behind the end; where a live stream began",
    refused: "encrypted tracks, frames packed once more, other codings, tracks that make one \
              picture together, films around the viewer, several segments, films that end too \
              early",
};

/// Returns a clean copy of the film in `source`, as pieces of it.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Copy, Refusal> {
    let window = &mut Window::new(source)?;
    let (is_webm, start) = info::head(window, notes)?;
    let film = segment::read(window, start, limits, notes)?;
    let kind = front::kind(is_webm, &film.tracks);
    let front = front::written(kind, &film)?;
    let mut copy = film.clusters.of_kind(kind);
    copy.put_in_front(front);
    Ok(copy)
}

/// The allow-lists, as lines of text.
pub(crate) fn explain() -> Vec<String> {
    let mut lines: Vec<String> =
        CODINGS.allowed.iter().map(|name| format!("coding: {name}")).collect();
    let lists = [
        ("part of a film", &ids::PARTS),
        ("number of a track", &ids::TRACK),
        ("number of its pictures", &ids::PICTURE),
        ("part of a cluster", &ids::BLOCKS),
    ];
    for (what, list) in lists {
        lines.extend(list.allowed.iter().map(|id| format!("{what}: {id:X}")));
    }
    lines
}
