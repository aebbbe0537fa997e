//! A PNG taken apart: the parts that may be kept, and the compressed data per frame.
//!
//! The order of chunks is checked here. A chunk in the wrong place is skipped by one
//! viewer and followed by another, so that the file would show two pictures; where
//! the chunk matters to what is shown, the file is refused.

use std::collections::BTreeMap;

use super::animation::Control;
use super::chunks::{Chunk, Chunks, Name};
use super::header::{Colour, Header};
use super::{colour, noted, palette};
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Limits, Notes, Refusal, Warning, exif};

/// Chunks before the picture data that the clean copy is made from.
pub(super) type Kept<'a> = BTreeMap<Name, &'a [u8]>;

/// Names in [`Kept`], and what becomes of them.
const KEPT: [(&Name, &str); 9] = [
    (b"PLTE", "colours in use; others become black or are left out"),
    (b"tRNS", "transparency of colours in use"),
    (b"cICP", "colour space by number, if registered"),
    (b"iCCP", "colour profile, issued anew under one name"),
    (b"sRGB", "kept where no profile is"),
    (b"gAMA", "rounded; kept where neither profile nor sRGB is"),
    (b"cHRM", "rounded; kept where neither profile nor sRGB is"),
    (b"sBIT", "kept if it says more than that all bits count"),
    (b"pHYs", "the shape of a pixel, if it is not square"),
];

/// Chunks that are written anew from what they mean.
const MADE: [(&Name, &str); 7] = [
    (b"IHDR", "size and kind of pixels"),
    (b"eXIf", "the orientation alone, if the picture is turned"),
    (b"acTL", "number of frames and of repetitions"),
    (b"fcTL", "size, place, shortest form of duration, blending of a frame"),
    (b"IDAT", "rows without what is not shown, filtered and compressed anew"),
    (b"fdAT", "as IDAT"),
    (b"IEND", "empty, and nothing after it"),
];

/// The allow-list as lines of text. Every other chunk is left out, or refused if the
/// format calls it critical.
pub(super) fn explain() -> Vec<String> {
    let line = |(name, what): &(&Name, &str)| format!("{}: {what}", name.escape_ascii());
    MADE.iter().chain(&KEPT).map(line).collect()
}

/// Where we are in the file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    Data,
    After,
}

/// One picture of the file. Without a control it is not part of an animation.
pub(super) struct Frame<'a> {
    pub(super) control: Option<Control>,
    pub(super) parts: Vec<&'a [u8]>,
}

/// The parts of a file that may be kept.
pub(super) struct Picture<'a> {
    pub(super) header: Header,
    pub(super) kept: Kept<'a>,
    /// Colour chunks, written anew.
    pub(super) colour: Vec<(Name, Vec<u8>)>,
    pub(super) orientation: Option<u16>,
    /// Number of frames in the animation, and how often it plays.
    pub(super) animation: Option<(u32, u32)>,
    pub(super) frames: Vec<Frame<'a>>,
}

impl<'a> Picture<'a> {
    /// Takes `file` apart and counts what is left out.
    pub(super) fn read(
        file: &'a [u8],
        limits: &Limits,
        notes: &mut Notes,
    ) -> Result<Self, Refusal> {
        let mut chunks = Chunks::open(file, limits)?;
        let first = chunks.next()?;
        if first.name != *b"IHDR" {
            return Err(Refusal::Damaged(Damage::Order));
        }
        let header = Header::read(first.data, limits)?;
        let mut reader = Reader::new(header, limits, notes);
        loop {
            let chunk = chunks.next()?;
            if chunk.name == *b"IEND" {
                if !chunk.data.is_empty() {
                    return Err(Refusal::Damaged(Damage::Length));
                }
                let behind = u32::from(!chunks.rest().is_empty());
                reader.notes.found_many(Category::StrayBytes, behind);
                break;
            }
            reader.chunk(chunk)?;
        }
        reader.finish()
    }
}

struct Reader<'a, 'n> {
    picture: Picture<'a>,
    place: Place,
    pending: Option<Control>,
    sequence: u32,
    pixels: u64,
    exif: bool,
    /// Whether the chunk before was data of the last frame.
    in_frame: bool,
    /// Bytes of descriptions that may still be unfolded.
    unfoldable: u64,
    limits: &'n Limits,
    notes: &'n mut Notes,
}

impl<'a, 'n> Reader<'a, 'n> {
    fn new(header: Header, limits: &'n Limits, notes: &'n mut Notes) -> Self {
        let picture = Picture {
            header,
            kept: Kept::new(),
            colour: Vec::new(),
            orientation: None,
            animation: None,
            frames: Vec::new(),
        };
        Reader {
            picture,
            place: Place::Before,
            pending: None,
            sequence: 0,
            pixels: 0,
            exif: false,
            in_frame: false,
            unfoldable: noted::MOST_UNFOLDED,
            limits,
            notes,
        }
    }

    fn chunk(&mut self, chunk: Chunk<'a>) -> Result<(), Refusal> {
        if self.place == Place::Data && chunk.name != *b"IDAT" {
            self.place = Place::After;
        }
        self.in_frame &= chunk.name == *b"fdAT";
        #[cfg(test)]
        if super::let_in::is_let_in(chunk.name) {
            self.picture.kept.insert(chunk.name, chunk.data);
            return Ok(());
        }
        match &chunk.name {
            b"IHDR" => Err(Refusal::Damaged(Damage::Missing)),
            b"IDAT" => self.picture_data(chunk.data),
            b"acTL" => self.animation(chunk.data),
            b"fcTL" => self.frame_control(chunk.data),
            b"fdAT" => self.frame_data(chunk.data),
            b"eXIf" => self.exif(chunk.data),
            name if KEPT.iter().any(|kept| kept.0 == name) => self.keep(chunk),
            // It would change what is shown in a way we do not know.
            _ if chunk.is_critical() => Err(Refusal::Feature(Feature::Construct)),
            _ => {
                noted::dropped(&chunk, &mut self.unfoldable, self.notes);
                Ok(())
            }
        }
    }

    fn keep(&mut self, chunk: Chunk<'a>) -> Result<(), Refusal> {
        let shown = matches!(&chunk.name, b"PLTE" | b"tRNS");
        if self.place != Place::Before {
            // Too late for every viewer to follow a colour; a palette would be a trap.
            self.notes.found(Category::Other);
            return if shown { Err(Refusal::Damaged(Damage::Order)) } else { Ok(()) };
        }
        let indexed = self.picture.header.colour == Colour::Indexed;
        if chunk.name == *b"tRNS" && indexed && !self.picture.kept.contains_key(b"PLTE") {
            return Err(Refusal::Damaged(Damage::Order));
        }
        if chunk.name == *b"PLTE" {
            if !indexed {
                // Only a suggestion for screens of 256 colours.
                self.notes.found(Category::Other);
                return Ok(());
            }
            palette::check(chunk.data, &self.picture.header)?;
        }
        match self.picture.kept.insert(chunk.name, chunk.data) {
            Some(_) => Err(Refusal::Damaged(Damage::Missing)),
            None => Ok(()),
        }
    }

    fn exif(&mut self, data: &[u8]) -> Result<(), Refusal> {
        if std::mem::replace(&mut self.exif, true) {
            return Err(Refusal::Damaged(Damage::Missing));
        }
        self.picture.orientation = exif::note(data, self.notes).filter(|&value| value != 1);
        Ok(())
    }

    fn picture_data(&mut self, data: &'a [u8]) -> Result<(), Refusal> {
        if self.place == Place::After {
            return Err(Refusal::Damaged(Damage::Order));
        }
        if self.place == Place::Before {
            self.place = Place::Data;
            let control = self.pending.take();
            if control.is_none() && self.picture.animation.is_some() {
                // Only a viewer that knows no animations shows it.
                self.notes.warn(Warning::HiddenParts);
            }
            if control.is_some_and(|control| !control.covers(&self.picture.header)) {
                return Err(Refusal::Damaged(Damage::Value));
            }
            self.picture.frames.push(Frame { control, parts: Vec::new() });
        }
        self.part(data)
    }

    fn animation(&mut self, data: &[u8]) -> Result<(), Refusal> {
        let &[f0, f1, f2, f3, p0, p1, p2, p3] = data else {
            return Err(Refusal::Damaged(Damage::Length));
        };
        let (frames, plays) =
            (u32::from_be_bytes([f0, f1, f2, f3]), u32::from_be_bytes([p0, p1, p2, p3]));
        if self.place != Place::Before {
            return Err(Refusal::Damaged(Damage::Order));
        }
        if frames > self.limits.frames {
            return Err(Refusal::Limit(Limit::Frames));
        }
        match self.picture.animation.replace((frames, plays)) {
            Some(_) => Err(Refusal::Damaged(Damage::Missing)),
            None => Ok(()),
        }
    }

    fn frame_control(&mut self, data: &[u8]) -> Result<(), Refusal> {
        let control = Control::read(self.in_sequence(data)?, &self.picture.header)?;
        self.pixels += u64::from(control.width) * u64::from(control.height);
        if self.pixels > self.limits.animation_pixels {
            return Err(Refusal::Limit(Limit::Pixels));
        }
        // A frame without data, or one announced before the one that is shown alone.
        match self.pending.replace(control) {
            Some(_) => Err(Refusal::Damaged(Damage::Order)),
            None => Ok(()),
        }
    }

    fn frame_data(&mut self, data: &'a [u8]) -> Result<(), Refusal> {
        let data = self.in_sequence(data)?;
        if self.place != Place::After {
            return Err(Refusal::Damaged(Damage::Order));
        }
        if let Some(control) = self.pending.take() {
            self.picture.frames.push(Frame { control: Some(control), parts: Vec::new() });
        } else if !self.in_frame {
            // One viewer ends the frame at the chunk in between, another goes on.
            return Err(Refusal::Damaged(Damage::Order));
        }
        self.in_frame = true;
        self.part(data)
    }

    /// Checks that frames cannot be played in another order than they are stored in,
    /// and that they belong to an animation: else they are hidden pictures.
    fn in_sequence<'d>(&mut self, data: &'d [u8]) -> Result<&'d [u8], Refusal> {
        let (number, rest) = data.split_first_chunk().ok_or(Refusal::Damaged(Damage::Length))?;
        if self.picture.animation.is_none() || u32::from_be_bytes(*number) != self.sequence {
            return Err(Refusal::Damaged(Damage::Order));
        }
        self.sequence += 1;
        Ok(rest)
    }

    fn part(&mut self, data: &'a [u8]) -> Result<(), Refusal> {
        let frame = self.picture.frames.last_mut().ok_or(Refusal::Internal)?;
        frame.parts.push(data);
        Ok(())
    }

    fn finish(mut self) -> Result<Picture<'a>, Refusal> {
        let picture = &self.picture;
        let indexed = picture.header.colour == Colour::Indexed;
        if picture.frames.is_empty() || indexed && !picture.kept.contains_key(b"PLTE") {
            return Err(Refusal::Damaged(Damage::Missing));
        }
        let controlled = picture.frames.iter().filter(|frame| frame.control.is_some()).count();
        let promised = picture.animation.map_or(0, |(frames, _)| frames as usize);
        let empty = picture.animation.is_some() && promised == 0;
        if controlled != promised || self.pending.is_some() || empty {
            return Err(Refusal::Damaged(Damage::Length));
        }
        self.picture.colour =
            colour::chunks(&picture.header, &picture.kept, self.limits, self.notes)?;
        Ok(self.picture)
    }
}
