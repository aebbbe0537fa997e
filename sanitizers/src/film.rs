//! MP4, `QuickTime` and M4A: the same pictures and sound behind an index written from
//! scratch.
//!
//! Such a film is a row of boxes. One holds the samples of all tracks, another an index:
//! tables that say where each sample lies, when it is shown and how it is coded. Around
//! them a telephone writes where it was, what it is and when it was (`udta`, `meta`, with
//! keys of their own), a program its name and XMP, a camera its serial number. Every head in the index has two
//! dates, every track a handler with a name, every description of a coding the name of the
//! coder. Whole tracks tell as well: places and movements of a telephone for each
//! second (`mebx`, `gpmd`, `camm`), time codes, chapters, cover pictures, depth. Boxes called
//! free are not empty, what an editor cut out is still in the middle, and much stands behind
//! the end.
//!
//! The samples themselves are units, and some of them are no pictures: the name of the
//! coder with all its settings, the time of day, captions, what a firm calls user data.
//!
//! So the index is read into a few tables, and written anew from them: tracks of pictures
//! and sound in codings that are known, with times, sizes, order, edit lists, volume, and
//! which way up. Samples are copied in the order in which they lie, those of other tracks
//! and what lies between left out; they are ranges of the original and never in memory. Of
//! H.264, H.265, AV1 and MPEG-4 pictures units that are no pictures are left out, so that
//! no decoder shows anything else. Captions inside of H.264 and H.265 go with them. A film
//! in parts is joined. The first box, the names of brands, is the same for all films of a
//! format.
//!
//! Names of coders that change how pictures are decoded, those of Xvid and `DivX`, are a
//! refusal. iTunes keeps in a description how much silence stands before and behind a
//! recording; it is heard in the copy, a few hundredths of a second.
//!
//! Lengths follow from the samples, and numbers that change nothing have one form.
//!
//! What stays although it can tell the program: how it coded, how it divided time, and in
//! which order the samples of tracks lie. Coded pictures and sound are copied bit by bit,
//! also where a coder hid something in them: AAC has room for data and filling, pictures
//! can go on behind their last part, and the sets of parameters of H.265 are copied whole. To tell that apart they would have to be decoded. What an edit list
//! leaves out, what is cut off, and what another track shows is still there, and a warning
//! says so.
//!
//! Refused: encrypted films; samples in other files; compressed indexes; other codings, also
//! those of films that are rows of JPEG; pictures that are scaled or slanted by the index;
//! tables that do not fit each other.
//!
//! Format: ISO/IEC 14496-12, -14 and -15; `QuickTime` File Format Specification (2012).

mod atom;
mod bits;
mod cut;
mod entry;
mod header;
mod master;
mod media;
mod message;
mod mpeg4;
mod nal;
mod noted;
mod obu;
mod outline;
mod parameters;
mod parts;
mod plain;
mod sample;
mod table;
mod track;
mod window;
mod write;

use crate::copy::Copy;
use crate::{About, Kind, Limits, Notes, ReadSeek, Refusal};
use atom::needed;
pub(crate) use bits::aac as aac_head;
#[cfg(test)]
pub(crate) use entry::{PICTURES, SOUNDS};
pub(crate) use entry::{avc as avc_head, hevc as hevc_head};
use header::Movie;
pub(crate) use master::in_fractions as usual_screen;
pub(crate) use message::can_be as is_light;
pub(crate) use mpeg4::without_user_data as mpeg4_head;
#[cfg(test)]
pub(crate) use nal::{AVC_UNITS, HEVC_UNITS, MESSAGES};
#[cfg(test)]
pub(crate) use obu::UNITS;
pub(crate) use obu::configuration as av1_head;
use outline::Outline;
pub(crate) use sample::{Coding, Out, pass};
#[cfg(test)]
pub(crate) use track::HANDLERS;
use track::Track;
pub(crate) use window::Window;
use write::Film;

/// What a reviewer reads about films first.
pub(crate) const ABOUT: About = About {
    kept: "pictures and sound bit by bit, in known codings; times, edit lists, volume, which way \
           up, shape, colours",
    removed: "all descriptions, places, names, dates, XMP, provenance claims; tracks of places \
              and movements, words, chapters, time codes, covers, depth; messages, captions, \
              settings and names of coders between pictures; free boxes, gaps, bytes behind the \
              end; languages; brands",
    refused: "encrypted films, samples in other files, compressed indexes, other codings, rows of \
              JPEG, pictures scaled by the index, tables that do not fit",
};

/// What a reviewer reads about M4A first.
pub(crate) const SOUND: About = About {
    kept: "sound bit by bit, in known codings; times, edit lists, volume",
    removed: "all descriptions, names, dates, covers, chapters, XMP; names and settings of \
              coders, also in descriptions of the coding; free boxes, gaps, bytes behind the end; \
              languages; brands",
    refused: "encrypted recordings, samples in other files, compressed indexes, other codings, \
              tables that do not fit",
};

/// Returns a clean copy of the film in `source`, as pieces of it.
pub(crate) fn clean(
    kind: Kind,
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Copy, Refusal> {
    let window = &mut Window::new(source)?;
    let outline = outline::read(window, limits, notes)?;
    let (movie, tracks) = read(kind, &outline, window, limits, notes)?;
    for track in &tracks {
        track::warn_of_hidden(track, movie.timescale, notes);
    }
    let kind = match kind {
        // A film under the name of a recording.
        Kind::M4a if tracks.iter().any(|track| !track.is_sound) => Kind::Mp4,
        kind => kind,
    };
    let (mut copy, written) = media::written(&tracks, &outline, kind, window, (limits, notes))?;
    let film = Film { kind, movie, tracks: &tracks, written: &written };
    copy.put_in_front(write::front(&film, copy.length())?);
    Ok(copy)
}

/// Reads the index, and those of all parts.
fn read(
    kind: Kind,
    outline: &Outline,
    window: &mut Window,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<(Movie, Vec<Track>), Refusal> {
    let length = outline.index.end - outline.index.start;
    let length = usize::try_from(length).map_err(|_| Refusal::Internal)?;
    let index = window.bytes(outline.index.start, length)?.to_vec();
    let index = atom::atoms(&index, limits)?;
    track::looked_over(&index, notes)?;
    let mut movie = header::movie(&needed(&index, *b"mvhd")?, notes)?;
    let mut tracks = track::tracks(&index, kind, limits, notes)?;
    parts::join(&index, outline, window, (&movie, &mut tracks), (limits, notes))?;
    for track in &mut tracks {
        track.drop_unused(notes);
    }
    plain::numbers(&mut movie, &mut tracks, notes)?;
    Ok((movie, tracks))
}

/// The allow-lists, as lines of text.
pub(crate) fn explain() -> Vec<String> {
    let names = |list: &'static [atom::Name], what: &'static str| {
        let name = |name: &atom::Name| format!("{what}: {}", String::from_utf8_lossy(name));
        list.iter().map(name).collect::<Vec<_>>()
    };
    let numbers = |list: &'static [u8], what: &'static str| {
        list.iter().map(|number| format!("{what}: {number}")).collect::<Vec<_>>()
    };
    let messages = nal::MESSAGES.allowed.iter();
    let messages = messages.map(|(kind, most)| format!("message: {kind}, at most {most} bytes"));
    [
        names(track::HANDLERS.allowed, "track"),
        names(entry::PICTURES.allowed, "pictures"),
        names(entry::SOUNDS.allowed, "sound"),
        names(&entry::PARTS, "description, read and written anew"),
        numbers(nal::AVC_UNITS.allowed, "unit of H.264"),
        numbers(nal::HEVC_UNITS.allowed, "unit of H.265"),
        numbers(obu::UNITS.allowed, "unit of AV1"),
        messages.collect(),
        noted::INDEX.map(|line| format!("index, written anew: {line}")).to_vec(),
    ]
    .concat()
}

#[cfg(test)]
mod tests;
