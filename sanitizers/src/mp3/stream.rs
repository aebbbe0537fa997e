//! The row of frames, and what stands before, between and behind them.

use super::header::{Header, Other};
use super::table::Table;
use crate::refusal::{Damage, Feature, Foreign};
use crate::sound::tags;
use crate::{Category, Notes, Refusal};

/// Frames that must follow each other before bytes are believed to be sound.
const RUN: usize = 3;
/// Bytes of an `ID3v1` tag, known only at the end of a file.
const ID3V1: usize = 128;

/// A frame of layer III.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'a> {
    pub(super) header: Header,
    /// The whole frame.
    pub(super) bytes: &'a [u8],
}

impl<'a> Frame<'a> {
    fn read(bytes: &'a [u8]) -> Option<Frame<'a>> {
        let header = Header::read(bytes).ok()?;
        // A frame that ends within its own side information holds no sound.
        let least = 6 + header.side_bytes();
        let bytes = bytes.get(..header.length).filter(|bytes| bytes.len() >= least)?;
        Some(Frame { header, bytes })
    }

    /// The checksum, the side information, and room for sound.
    pub(super) fn parts(&self) -> (&'a [u8], &'a [u8], &'a [u8]) {
        let checksum = if self.header.has_checksum() { 2 } else { 0 };
        let rest = self.bytes.get(4..).unwrap_or_default();
        let (checksum, rest) = rest.split_at_checked(checksum).unwrap_or_default();
        let (side, room) = rest.split_at_checked(self.header.side_bytes()).unwrap_or_default();
        (checksum, side, room)
    }
}

/// All frames of a file.
pub(super) fn frames<'a>(file: &'a [u8], notes: &mut Notes) -> Result<Vec<Frame<'a>>, Refusal> {
    let mut frames: Vec<Frame> = Vec::new();
    let (mut rest, mut in_step) = (file, false);
    while !rest.is_empty() {
        let frame = Frame::read(rest).filter(|frame| {
            frames.first().is_none_or(|first| first.header.fits(&frame.header))
                && (in_step || is_run(rest, frame.header) || is_table(frame, &frames))
        });
        if let Some(frame) = frame {
            frames.push(frame);
            rest = rest.get(frame.bytes.len()..).unwrap_or_default();
            in_step = true;
            continue;
        }
        in_step = false;
        if let Some(length) = tag(rest, notes) {
            rest = rest.get(length..).unwrap_or_default();
            continue;
        }
        if let Some(refusal) = foreign(rest, frames.is_empty()) {
            return Err(refusal);
        }
        let gap = (1..rest.len()).find(|at| may_begin(rest.get(*at..).unwrap_or_default()));
        let (gap, behind) = rest.split_at_checked(gap.unwrap_or(rest.len())).unwrap_or_default();
        // Noughts fill the room that a tag reserves.
        if gap.iter().any(|&byte| byte != 0) {
            notes.found(Category::StrayBytes);
        }
        rest = behind;
    }
    if frames.is_empty() { Err(Refusal::Damaged(Damage::Missing)) } else { Ok(frames) }
}

/// Whether this is the first frame, and one that says so of itself.
fn is_table(frame: &Frame, frames: &[Frame]) -> bool {
    frames.is_empty() && Table::read(frame).is_some()
}

/// Whether as many frames as are needed follow each other from here on, or those that there
/// are up to the end or a tag.
fn is_run(bytes: &[u8], first: Header) -> bool {
    let mut rest = bytes;
    for _ in 0..RUN {
        let fits = Frame::read(rest).filter(|frame| frame.header.fits(&first));
        let Some(frame) = fits else {
            return rest.len() < bytes.len() && (rest.is_empty() || begins_tag(rest));
        };
        rest = rest.get(frame.bytes.len()..).unwrap_or_default();
    }
    true
}

/// Whether whole frames of one sort, as many as are needed, begin here.
pub(super) fn is_sound(bytes: &[u8]) -> bool {
    let Some(first) = Frame::read(bytes) else { return false };
    let mut rest = bytes;
    (0..RUN).all(|_| {
        let next = Frame::read(rest).filter(|frame| frame.header.fits(&first.header));
        rest = next.and_then(|frame| rest.get(frame.bytes.len()..)).unwrap_or_default();
        next.is_some()
    })
}

fn begins_tag(bytes: &[u8]) -> bool {
    let marks = [&b"ID3"[..], b"APETAGEX", b"LYRICSBEGIN", b"TAG"];
    marks.iter().any(|mark| bytes.starts_with(mark))
}

/// Passes over a tag. Three letters are little: an `ID3v1` tag is one at the end only, or
/// before another tag.
fn tag(bytes: &[u8], notes: &mut Notes) -> Option<usize> {
    if bytes.starts_with(b"TAG") && !bytes.starts_with(b"TAG+") && bytes.len() != ID3V1 {
        let behind = bytes.get(ID3V1..)?;
        return begins_tag(behind).then(|| tags::pass(bytes, notes)).flatten();
    }
    tags::pass(bytes, notes)
}

/// Whether a frame or a tag may begin here.
fn may_begin(bytes: &[u8]) -> bool {
    match bytes {
        [0xFF, ..] => match Header::read(bytes) {
            Ok(header) => is_run(bytes, header),
            Err(_) => false,
        },
        [b'I' | b'A' | b'L' | b'T', ..] => begins_tag(bytes),
        _ => false,
    }
}

/// Sound of another sort that would be lost.
fn foreign(bytes: &[u8], is_first: bool) -> Option<Refusal> {
    match Header::read(bytes) {
        // The rate or the number of channels changes.
        Ok(header) if !is_first && is_run(bytes, header) => Some(Refusal::Damaged(Damage::Order)),
        Err(Other::Aac) if is_first => Some(Refusal::NotCleanable(Foreign::Sound)),
        Err(Other::Mpeg) if is_first => Some(Refusal::Feature(Feature::Codec)),
        _ => None,
    }
}
