//! A WebP taken apart.
//!
//! Where two viewers could show two pictures the file is refused: two pictures where one
//! is expected, frames in a file that says it has none, sizes that contradict each other.

use std::borrow::Cow;

use super::ends;
use super::riff::{self, CHUNKS, Chunk, Chunks};
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Change, Limits, Notes, Refusal, Warning, exif, icc};

/// A coded picture.
pub(super) struct Coded<'a> {
    /// The alpha plane of a lossy picture: its first byte, and the rest.
    pub(super) alpha: Option<(u8, &'a [u8])>,
    pub(super) lossless: bool,
    pub(super) data: Cow<'a, [u8]>,
    pub(super) transparent: bool,
    size: (u32, u32),
}

/// A frame of an animation.
pub(super) struct Frame<'a> {
    /// Left and top in units of two pixels, width and height less one, milliseconds.
    pub(super) numbers: [u32; 5],
    /// Whether it is painted without blending, and removed before the next.
    pub(super) flags: u8,
    pub(super) coded: Coded<'a>,
}

/// What a file shows.
pub(super) enum Content<'a> {
    Still(Coded<'a>),
    Animation { repetitions: u16, frames: Vec<Frame<'a>> },
}

/// The parts of a file that may be kept.
pub(super) struct Picture<'a> {
    pub(super) size: (u32, u32),
    pub(super) content: Content<'a>,
    pub(super) profile: Option<Vec<u8>>,
    pub(super) orientation: Option<u16>,
}

/// The flag of `VP8X` that says there are frames.
const ANIMATED: u8 = 2;

/// Takes `file` apart and counts what is left out.
pub(super) fn read<'a>(
    file: &'a [u8],
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Picture<'a>, Refusal> {
    let mut chunks = Chunks::open(file, notes)?;
    let mut left = riff::most(limits);
    let first = chunks.next(&mut left, notes)?.ok_or(Refusal::Damaged(Damage::Missing))?;
    let mut reader = Reader {
        extended: None,
        profile: None,
        orientation: None,
        exif: false,
        repetitions: None,
        parts: Parts::default(),
        frames: Vec::new(),
        pixels: 0,
        limits,
        notes,
    };
    match &first.name {
        b"VP8X" => reader.extended(first.data)?,
        b"VP8 " | b"VP8L" => reader.parts.take(&first, reader.notes)?,
        _ => return Err(Refusal::Damaged(Damage::Order)),
    }
    while let Some(chunk) = chunks.next(&mut left, reader.notes)? {
        reader.chunk(&chunk, &mut left)?;
    }
    reader.finish()
}

/// Chunks of one picture.
#[derive(Default)]
struct Parts<'a> {
    alpha: Option<&'a [u8]>,
    coded: Option<(bool, &'a [u8])>,
}

impl<'a> Parts<'a> {
    /// Takes a chunk with a picture or an alpha plane, or drops it.
    fn take(&mut self, chunk: &Chunk<'a>, notes: &mut Notes) -> Result<(), Refusal> {
        let twice = match &chunk.name {
            // Too late for a viewer that reads from the start.
            b"ALPH" if self.coded.is_some() => return Err(Refusal::Damaged(Damage::Order)),
            b"ALPH" => self.alpha.replace(chunk.data).is_some(),
            b"VP8 " => self.coded.replace((false, chunk.data)).is_some(),
            b"VP8L" => self.coded.replace((true, chunk.data)).is_some(),
            name if CHUNKS.allows(name) => return Err(Refusal::Damaged(Damage::Order)),
            _ => {
                riff::dropped(chunk, notes);
                false
            }
        };
        if twice { Err(Refusal::Damaged(Damage::Missing)) } else { Ok(()) }
    }

    fn coded(self, limits: &Limits, notes: &mut Notes) -> Result<Coded<'a>, Refusal> {
        let (lossless, data) = self.coded.ok_or(Refusal::Damaged(Damage::Missing))?;
        if lossless {
            // A lossless picture has its own alpha; viewers pass over this one.
            notes.found_many(Category::Other, u32::from(self.alpha.is_some()));
            let (size, transparent) = lossless_head(data)?;
            drawable(size, limits)?;
            let (whole, is_hidden) = ends::lossless(data, size, &[])?;
            if transparent && is_hidden {
                notes.warn(Warning::HiddenParts);
            }
            notes.found_many(Category::StrayBytes, u32::from(whole.len() < data.len()));
            return Ok(Coded { alpha: None, lossless, data: whole.into(), transparent, size });
        }
        let size = lossy_head(data)?;
        drawable(size, limits)?;
        let whole = ends::lossy(data)?;
        notes.found_many(Category::StrayBytes, u32::from(whole.len() < data.len()));
        let alpha = self.alpha.map(|alpha| plane(alpha, size, notes)).transpose()?;
        Ok(Coded { alpha, lossless, data: whole, transparent: alpha.is_some(), size })
    }
}

/// Size and transparency of a lossless picture (RFC 9649, 3.4).
fn lossless_head(data: &[u8]) -> Result<((u32, u32), bool), Refusal> {
    let Some(&[0x2F, b0, b1, b2, b3]) = data.first_chunk() else {
        return Err(Refusal::Damaged(Damage::Value));
    };
    let bits = u32::from_le_bytes([b0, b1, b2, b3]);
    if bits >> 29 != 0 {
        return Err(Refusal::Feature(Feature::Coding));
    }
    Ok((((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1), bits >> 28 & 1 == 1))
}

/// Size of a lossy picture (RFC 6386, 9.1), which must be one that is shown.
fn lossy_head(data: &[u8]) -> Result<(u32, u32), Refusal> {
    let Some(&[t0, t1, t2, 0x9D, 0x01, 0x2A, w0, w1, h0, h1]) = data.first_chunk() else {
        return Err(Refusal::Damaged(Damage::Value));
    };
    let tag = u32::from_le_bytes([t0, t1, t2, 0]);
    let (is_key, is_shown) = (tag & 1 == 0, tag >> 4 & 1 == 1);
    if !is_key || !is_shown || tag >> 1 & 7 > 3 {
        return Err(Refusal::Feature(Feature::Coding));
    }
    if usize::try_from(tag >> 5).map_err(|_| Refusal::Internal)? > data.len() - 10 {
        return Err(Refusal::Truncated);
    }
    let size = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3FFF);
    Ok((size(w0, w1), size(h0, h1)))
}

/// An alpha plane without reserved bits, and without what follows it.
fn plane<'a>(
    data: &'a [u8],
    size: (u32, u32),
    notes: &mut Notes,
) -> Result<(u8, &'a [u8]), Refusal> {
    let (&first, coded) = data.split_first().ok_or(Refusal::Truncated)?;
    notes.found_many(Category::Other, u32::from(first & 0xC0 != 0));
    if first & 3 > 1 {
        return Err(Refusal::Feature(Feature::Coding));
    }
    let kept = first & 0x3F;
    if kept & 3 == 1 {
        let (plane, _) = ends::lossless(coded, size, &ends::lossless_head(size))?;
        notes.found_many(Category::StrayBytes, u32::from(plane.len() < coded.len()));
        return Ok((kept, plane));
    }
    let length = u64::from(size.0) * u64::from(size.1);
    let length = usize::try_from(length).map_err(|_| Refusal::Internal)?;
    let (plane, tail) = coded.split_at_checked(length).ok_or(Refusal::Truncated)?;
    notes.found_many(Category::StrayBytes, u32::from(!tail.is_empty()));
    Ok((kept, plane))
}

struct Reader<'a, 'n> {
    /// Flags and size of the canvas.
    extended: Option<(u8, (u32, u32))>,
    profile: Option<&'a [u8]>,
    orientation: Option<u16>,
    exif: bool,
    repetitions: Option<u16>,
    parts: Parts<'a>,
    frames: Vec<Frame<'a>>,
    pixels: u64,
    limits: &'n Limits,
    notes: &'n mut Notes,
}

impl<'a> Reader<'a, '_> {
    fn extended(&mut self, data: &[u8]) -> Result<(), Refusal> {
        let Some(&[flags, r0, r1, r2, w0, w1, w2, h0, h1, h2]) = data.first_chunk() else {
            return Err(Refusal::Damaged(Damage::Length));
        };
        let reserved = flags & 0xC1 != 0 || [r0, r1, r2] != [0; 3] || data.len() > 10;
        self.notes.found_many(Category::Other, u32::from(reserved));
        let size = |bytes| number(bytes) + 1;
        self.extended = Some((flags, (size([w0, w1, w2]), size([h0, h1, h2]))));
        Ok(())
    }

    fn chunk(&mut self, chunk: &Chunk<'a>, left: &mut u32) -> Result<(), Refusal> {
        if self.extended.is_none() {
            // Viewers stop behind the picture of a simple file.
            return self.behind_the_picture(chunk);
        }
        let twice = match &chunk.name {
            b"ICCP" => self.profile.replace(chunk.data).is_some(),
            b"ANIM" => {
                let &[_, _, _, _, low, high] = chunk.data else {
                    return Err(Refusal::Damaged(Damage::Length));
                };
                self.repetitions.replace(u16::from_le_bytes([low, high])).is_some()
            }
            b"ANMF" => return self.frame(chunk.data, left),
            b"EXIF" => self.exif(chunk.data),
            b"VP8X" => true,
            _ => return self.parts.take(chunk, self.notes),
        };
        if twice { Err(Refusal::Damaged(Damage::Missing)) } else { Ok(()) }
    }

    fn behind_the_picture(&mut self, chunk: &Chunk<'a>) -> Result<(), Refusal> {
        match &chunk.name {
            b"VP8 " | b"VP8L" | b"ANMF" | b"VP8X" => Err(Refusal::Damaged(Damage::Order)),
            b"EXIF" => {
                exif::note(tiff(chunk.data), self.notes);
                Ok(())
            }
            b"ICCP" => {
                self.notes.found(Category::ColourProfiles);
                Ok(())
            }
            _ => {
                riff::dropped(chunk, self.notes);
                Ok(())
            }
        }
    }

    /// Takes the orientation, and says whether there was an Exif before.
    fn exif(&mut self, data: &[u8]) -> bool {
        self.orientation = exif::note(tiff(data), self.notes).filter(|&value| value != 1);
        std::mem::replace(&mut self.exif, true)
    }

    fn frame(&mut self, data: &'a [u8], left: &mut u32) -> Result<(), Refusal> {
        let (head, inside) = data.split_first_chunk::<16>().ok_or(Refusal::Truncated)?;
        let (numbers, _) = head.as_chunks::<3>();
        let &[x, y, w, h, duration] = numbers else { return Err(Refusal::Internal) };
        let &[.., flags] = head;
        self.notes.found_many(Category::Other, u32::from(flags & !3 != 0));
        if self.frames.len() >= self.limits.frames as usize {
            return Err(Refusal::Limit(Limit::Frames));
        }
        let mut parts = Parts::default();
        let mut chunks = Chunks::inside(inside);
        while let Some(chunk) = chunks.next(left, self.notes)? {
            parts.take(&chunk, self.notes)?;
        }
        let coded = parts.coded(self.limits, self.notes)?;
        let numbers = [x, y, w, h, duration].map(number);
        let [x, y, w, h, _] = numbers;
        let (_, canvas) = self.extended.ok_or(Refusal::Internal)?;
        let fits = 2 * x + w < canvas.0 && 2 * y + h < canvas.1;
        if !fits || coded.size != (w + 1, h + 1) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        self.pixels += u64::from(w + 1) * u64::from(h + 1);
        within(self.pixels, self.limits.animation_pixels)?;
        self.frames.push(Frame { numbers, flags: flags & 3, coded });
        Ok(())
    }

    fn finish(self) -> Result<Picture<'a>, Refusal> {
        let animated = self.extended.is_some_and(|(flags, _)| flags & ANIMATED != 0);
        let still = self.parts.coded.is_some() || self.parts.alpha.is_some();
        let (size, content) = match (animated, self.repetitions) {
            (true, Some(repetitions)) if !still && !self.frames.is_empty() => {
                let (_, canvas) = self.extended.ok_or(Refusal::Internal)?;
                (canvas, Content::Animation { repetitions, frames: self.frames })
            }
            // A viewer of stills shows one of them, a viewer of animations another.
            _ if animated || !self.frames.is_empty() => {
                return Err(Refusal::Damaged(Damage::Missing));
            }
            (_, repetitions) => {
                self.notes.found_many(Category::Other, u32::from(repetitions.is_some()));
                let coded = self.parts.coded(self.limits, self.notes)?;
                if self.extended.is_some_and(|(_, canvas)| canvas != coded.size) {
                    return Err(Refusal::Damaged(Damage::Value));
                }
                (coded.size, Content::Still(coded))
            }
        };
        within(u64::from(size.0) * u64::from(size.1), self.limits.pixels)?;
        let profile = self.profile.and_then(|profile| issue(profile, self.notes));
        Ok(Picture { size, content, profile, orientation: self.orientation })
    }
}

/// Issues a profile anew, if it is one for these pictures.
fn issue(profile: &[u8], notes: &mut Notes) -> Option<Vec<u8>> {
    let canonical = icc::canonical(profile).filter(|one| icc::channels(one) == Some(3));
    if canonical.as_deref() != Some(profile) {
        notes.found(Category::ColourProfiles);
    }
    if canonical.is_none() {
        notes.changed(Change::ColoursChanged);
    }
    canonical
}

/// The block behind the six letters that some programs put in front, as in a JPEG.
fn tiff(data: &[u8]) -> &[u8] {
    data.strip_prefix(b"Exif\0\0").unwrap_or(data)
}

fn number([low, middle, high]: [u8; 3]) -> u32 {
    u32::from_le_bytes([low, middle, high, 0])
}

/// Refuses a picture that is too large to be decoded, or has no pixel.
fn drawable((width, height): (u32, u32), limits: &Limits) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::Damaged(Damage::Value));
    }
    within(u64::from(width) * u64::from(height), limits.pixels)
}

fn within(pixels: u64, most: u64) -> Result<(), Refusal> {
    if pixels > most { Err(Refusal::Limit(Limit::Pixels)) } else { Ok(()) }
}
