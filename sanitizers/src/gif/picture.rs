//! A GIF taken apart.

use super::blocks::{
    APPLICATION, APPLICATIONS, Blocks, EXTENSION, EXTENSIONS, IMAGE, PLAIN_TEXT, TRAILER,
};
use crate::lzw::Lzw;
use crate::refusal::{Damage, Limit};
use crate::{Category, Limits, Notes, Refusal, Warning};

/// How a frame is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Control {
    /// What becomes of the frame before the next one: 0 to 3.
    pub(super) disposal: u8,
    /// Hundredths of a second.
    pub(super) delay: u16,
    /// The number of the colour that is not painted.
    pub(super) transparent: Option<u8>,
}

impl Control {
    /// What is meant where nothing is said.
    const NOTHING: Control = Control { disposal: 0, delay: 0, transparent: None };
}

/// One picture, its pixels folded anew.
pub(super) struct Frame<'a> {
    pub(super) control: Option<Control>,
    /// Left, top, width, height.
    pub(super) place: [u16; 4],
    pub(super) interlaced: bool,
    /// Its own colours; without them it has those of the file.
    pub(super) colours: Option<&'a [[u8; 3]]>,
    /// Which numbers of colours its pixels have.
    pub(super) used: [bool; 256],
    /// Bits of a pixel while it is folded.
    pub(super) bits: u8,
    pub(super) folded: Vec<u8>,
}

/// The parts of a file that may be kept.
pub(super) struct Picture<'a> {
    pub(super) width: u16,
    pub(super) height: u16,
    pub(super) background: u8,
    pub(super) colours: Option<&'a [[u8; 3]]>,
    pub(super) repetitions: Option<u16>,
    pub(super) frames: Vec<Frame<'a>>,
}

impl<'a> Picture<'a> {
    /// Takes `file` apart and counts what is left out.
    pub(super) fn read(
        file: &'a [u8],
        limits: &Limits,
        notes: &mut Notes,
    ) -> Result<Self, Refusal> {
        let mut blocks = Blocks::open(file, limits);
        let magic: &[u8; 6] = blocks.take()?;
        if magic != b"GIF89a" && magic != b"GIF87a" {
            return Err(Refusal::UnknownFormat);
        }
        let &[w0, w1, h0, h1, flags, background, shape] = blocks.take()?;
        let (width, height) = (u16::from_le_bytes([w0, w1]), u16::from_le_bytes([h0, h1]));
        if width == 0 || height == 0 {
            return Err(Refusal::Damaged(Damage::Value));
        }
        within(u64::from(width) * u64::from(height), limits.pixels)?;
        // Browsers draw square pixels whatever stands here.
        notes.found_many(Category::Other, u32::from(shape != 0));
        let colours = table(flags, &mut blocks)?;
        let picture =
            Picture { width, height, background, colours, repetitions: None, frames: Vec::new() };
        let mut reader = Reader { picture, pending: None, drawn: false, pixels: 0, limits, notes };
        loop {
            match blocks.next()? {
                IMAGE => reader.image(&mut blocks)?,
                EXTENSION => reader.extension(&mut blocks)?,
                TRAILER => break,
                _ => return Err(Refusal::Damaged(Damage::Order)),
            }
        }
        reader.notes.found_many(Category::StrayBytes, u32::from(!blocks.rest().is_empty()));
        reader.finish()
    }
}

struct Reader<'a, 'n> {
    picture: Picture<'a>,
    /// Says how the next picture is shown.
    pending: Option<Control>,
    /// Whether the control that is pending could also be for words that are not drawn.
    drawn: bool,
    pixels: u64,
    limits: &'n Limits,
    notes: &'n mut Notes,
}

impl<'a> Reader<'a, '_> {
    fn extension(&mut self, blocks: &mut Blocks<'a>) -> Result<(), Refusal> {
        let &[label] = blocks.take()?;
        if !EXTENSIONS.allows(&label) {
            self.drawn |= label == PLAIN_TEXT && self.pending.is_some();
            return blocks.pass_extension(label, self.notes);
        }
        if label == APPLICATION {
            return self.application(blocks);
        }
        let [content] = *blocks.sub_blocks()? else {
            return Err(Refusal::Damaged(Damage::Length));
        };
        let &[flags, low, high, transparent] = content else {
            return Err(Refusal::Damaged(Damage::Length));
        };
        let disposal = flags >> 2 & 7;
        if disposal > 3 {
            // Some viewers take 4 for 3, others for nothing.
            return Err(Refusal::Damaged(Damage::Value));
        }
        // The wish to wait for a key, and bits that mean nothing.
        self.notes.found_many(Category::Other, u32::from(flags & 0b1110_0010 != 0));
        let transparent = (flags & 1 == 1).then_some(transparent);
        let delay = u16::from_le_bytes([low, high]);
        let before = self.pending.replace(Control { disposal, delay, transparent });
        self.drawn = false;
        self.notes.found_many(Category::Other, u32::from(before.is_some()));
        Ok(())
    }

    fn application(&mut self, blocks: &mut Blocks<'a>) -> Result<(), Refusal> {
        let Some(name) = blocks.sub_block()? else {
            self.notes.found(Category::Other);
            return Ok(());
        };
        let allowed = name.as_array().is_some_and(|name| APPLICATIONS.allows(name));
        if !allowed {
            return blocks.pass_application(name, self.notes);
        }
        let Some(repetitions) = blocks.repetitions(self.notes)? else { return Ok(()) };
        match self.picture.repetitions.replace(repetitions) {
            // Viewers follow the first or the last.
            Some(other) if other != repetitions => Err(Refusal::Damaged(Damage::Missing)),
            _ => Ok(()),
        }
    }

    fn image(&mut self, blocks: &mut Blocks<'a>) -> Result<(), Refusal> {
        let &[l0, l1, t0, t1, w0, w1, h0, h1, flags] = blocks.take()?;
        let place = [[l0, l1], [t0, t1], [w0, w1], [h0, h1]].map(u16::from_le_bytes);
        let [left, top, width, height] = place;
        if self.drawn || width == 0 || height == 0 {
            return Err(Refusal::Damaged(Damage::Value));
        }
        if self.picture.frames.len() >= self.limits.frames as usize {
            return Err(Refusal::Limit(Limit::Frames));
        }
        let pixels = u64::from(width) * u64::from(height);
        within(pixels, self.limits.pixels)?;
        self.pixels += pixels;
        within(self.pixels, self.limits.animation_pixels)?;
        let outside =
            |start: u16, size: u16, all: u16| u32::from(start) + u32::from(size) > u32::from(all);
        let cropped =
            outside(left, width, self.picture.width) || outside(top, height, self.picture.height);
        if cropped {
            self.notes.warn(Warning::CroppedArea);
        }
        let colours = table(flags, blocks)?;
        let &[bits] = blocks.take()?;
        if !(2..=8).contains(&bits) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        let coded = blocks.sub_blocks()?.concat();
        let most = usize::try_from(pixels).map_err(|_| Refusal::Internal)?;
        let unfolded = Lzw::gif(u32::from(bits)).unfold(&coded, most)?;
        if unfolded.letters.len() < most {
            return Err(Refusal::Truncated);
        }
        self.notes.found_many(Category::StrayBytes, u32::from(unfolded.tail));
        let mut used = [false; 256];
        for &pixel in &unfolded.letters {
            if let Some(used) = used.get_mut(usize::from(pixel)) {
                *used = true;
            }
        }
        let largest = used.iter().rposition(|used| *used).unwrap_or_default();
        let bits = (2..8).find(|bits| largest < 1 << bits).unwrap_or(8);
        let folded = Lzw::gif(u32::from(bits)).fold(&unfolded.letters);
        let control = self.pending.take().filter(|control| *control != Control::NOTHING);
        let interlaced = flags & 0x40 != 0;
        let frame = Frame { control, place, interlaced, colours, used, bits, folded };
        self.painted(&frame)?;
        self.picture.frames.push(frame);
        Ok(())
    }

    /// Checks that every pixel has a colour: a pixel without one is black in one viewer
    /// and random in another.
    fn painted(&self, frame: &Frame) -> Result<(), Refusal> {
        let colours = frame.colours.or(self.picture.colours);
        let colours = colours.ok_or(Refusal::Damaged(Damage::Missing))?;
        let transparent = frame.control.and_then(|control| control.transparent).map(usize::from);
        let mut used = frame.used.iter().enumerate().filter(|(_, used)| **used);
        let painted = used.all(|(number, _)| number < colours.len() || transparent == Some(number));
        if painted { Ok(()) } else { Err(Refusal::Damaged(Damage::Value)) }
    }

    fn finish(mut self) -> Result<Picture<'a>, Refusal> {
        self.notes.found_many(Category::Other, u32::from(self.pending.is_some()));
        let animated = match self.picture.frames.len() {
            0 => return Err(Refusal::Damaged(Damage::Missing)),
            1 => false,
            _ => true,
        };
        if !animated {
            // A picture that stands alone has no duration and is not played again.
            self.picture.repetitions = None;
            for frame in &mut self.picture.frames {
                frame.control =
                    frame.control.filter(|control| control.transparent.is_some()).map(|control| {
                        Control { transparent: control.transparent, ..Control::NOTHING }
                    });
            }
        }
        Ok(self.picture)
    }
}

fn within(pixels: u64, most: u64) -> Result<(), Refusal> {
    if pixels > most { Err(Refusal::Limit(Limit::Pixels)) } else { Ok(()) }
}

/// Reads the table of colours that these flags announce.
fn table<'a>(flags: u8, blocks: &mut Blocks<'a>) -> Result<Option<&'a [[u8; 3]]>, Refusal> {
    if flags & 0x80 == 0 {
        return Ok(None);
    }
    let bytes = blocks.slice(3 * (2 << (flags & 7)))?;
    Ok(Some(bytes.as_chunks().0))
}
