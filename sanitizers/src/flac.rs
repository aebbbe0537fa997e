//! FLAC: the same frames behind the one block of metadata that players need.
//!
//! Everything a FLAC tells beside its sound is in blocks before the first frame: comments
//! with names, dates and the program (`VORBIS_COMMENT`, whose vendor every encoder
//! fills in), pictures with Exif of their own, data of programs (`APPLICATION`), a
//! `CUESHEET` with a catalogue number, `PADDING` in which the comments of yesterday still
//! stand, a `SEEKTABLE` whose placeholders take any bytes. Programs that know no FLAC
//! put ID3 before it and APE or `ID3v1` behind it.
//!
//! Kept is `STREAMINFO`, with sizes of blocks and frames computed anew from the frames,
//! and every frame bit by bit after both of its checksums were right and every bit of it
//! had a meaning. The digest of the samples stays where the second reader computes the
//! same: it can name nothing but the sound. Seek tables are not rebuilt, since frames are
//! numbered and players find their way by the numbers. One comment changes what people
//! hear, the arrangement of speakers: where it is there, a block of comments with nothing
//! but that is written.
//!
//! What stays although it can tell the encoder: how it cut and predicted the sound, and in
//! which of several ways it wrote down a size. A frame is only bit-identical with them.
//!
//! A recording that was cut out of another one without coding it anew begins with the number
//! that its first frame had there: it stays, since every frame has it in its checksums.
//!
//! Refused: wrong checksums, frames that do not follow each other or the header, fewer
//! samples than promised, and widths of samples that the second reader does not know.
//!
//! Format: RFC 9639.

mod bits;
mod blocks;
mod checksum;
mod frame;
mod info;
mod speakers;

use crate::allow::AllowList;
use crate::refusal::{Damage, Feature, Limit};
use crate::sound::{Bytes, tags};
use crate::{About, Category, Limits, Notes, ReadSeek, Refusal};
pub(crate) use blocks::comments;
pub(crate) use frame::Frame;
pub(crate) use info::{Frames, Info};

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "every frame bit by bit, rate, channels and width, the digest of the samples, the \
           arrangement of speakers",
    removed: "comments and the name of the encoder, pictures, data of programs, cue sheets, seek \
              tables, padding, ID3 and APE around the file",
    refused: "wrong checksums, gaps between frames, fewer samples than promised, samples of 32 \
              bits or of a rare width",
};

/// The blocks of metadata that are kept, by number.
pub(crate) const BLOCKS: AllowList<u8> = AllowList {
    name: "flac blocks",
    allowed: &[blocks::STREAMINFO],
    forbidden: &[
        blocks::PADDING,
        blocks::APPLICATION,
        blocks::SEEKTABLE,
        blocks::COMMENT,
        blocks::CUESHEET,
        blocks::PICTURE,
        7,
    ],
};

/// Heads of frames behind the last frame that lead to none. By chance there is hardly one.
const MOST_TRIED: usize = 16;

/// The first bytes of the stream, behind tags.
const MARK: &[u8] = b"fLaC";

/// Returns a clean copy of the FLAC in `source`.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let file = crate::read_all(source, limits)?;
    let mut bytes = Bytes::new(&file);
    while let Some(length) = tags::pass(bytes.rest(), notes) {
        bytes.take(length)?;
    }
    if bytes.take(MARK.len())? != MARK {
        return Err(Refusal::UnknownFormat);
    }
    let blocks = blocks::read(&mut bytes, limits, notes)?;
    let mut info = Info::read(blocks.info)?;
    let stream = bytes.rest();
    let (frames, sound) = frames(&info, stream)?;
    tail(&info, &frames, bytes.rest().get(sound.len()..).unwrap_or_default(), notes)?;
    info.count(&frames)?;

    let mut kept = vec![(blocks::STREAMINFO, info.written())];
    let speakers = blocks.speakers.filter(|speakers| info.needs(*speakers));
    kept.extend(speakers.map(|speakers| (blocks::COMMENT, speakers::comment(speakers))));
    kept.extend(blocks.others);
    let mut copy = Vec::with_capacity(sound.len() + 128);
    copy.extend(MARK);
    blocks::write(&kept, &mut copy)?;
    copy.extend(sound);
    Ok(copy)
}

/// Walks from frame to frame, as long as one begins.
fn frames<'a>(info: &Info, stream: &'a [u8]) -> Result<(Frames, &'a [u8]), Refusal> {
    let (mut frames, mut at) = (Frames::default(), 0_usize);
    while let Some(rest) = stream.get(at..).filter(|rest| frame::begins(rest)) {
        let frame = frame::read(rest, info)?;
        if frame.has_rare_width {
            return Err(Refusal::Feature(Feature::Codec));
        }
        frames.add(&frame)?;
        at += frame.bytes;
    }
    Ok((frames, stream.get(..at).unwrap_or_default()))
}

/// What is behind the last frame: tags, or bytes that are no sound.
fn tail(info: &Info, frames: &Frames, tail: &[u8], notes: &mut Notes) -> Result<(), Refusal> {
    if info.samples > frames.samples {
        return Err(Refusal::Truncated);
    }
    if info.samples != 0 && info.samples < frames.samples {
        return Err(Refusal::Damaged(Damage::Length));
    }
    let mut rest = tail;
    while let Some(length) = tags::pass(rest, notes) {
        rest = rest.get(length..).unwrap_or_default();
    }
    // Nobody said how much sound there is: it may go on behind a gap.
    let places = memchr::memchr_iter(0xFF, rest).filter(|_| info.samples == 0);
    let rows = places.filter_map(|at| rest.get(at..));
    for (tried, rest) in rows.filter(|rest| frame::has_header(rest, info)).enumerate() {
        if frame::read(rest, info).is_ok() {
            return Err(Refusal::Damaged(Damage::Order));
        }
        // Each may be as long as the file, and they may lie inside each other.
        if tried >= MOST_TRIED {
            return Err(Refusal::Limit(Limit::Parts));
        }
    }
    if !rest.is_empty() {
        notes.found(Category::StrayBytes);
    }
    Ok(())
}

/// The allow-list, from the tables the cleaner works by.
pub(crate) fn explain() -> Vec<String> {
    BLOCKS.allowed.iter().map(|number| format!("block of metadata {number}")).collect()
}
