//! Headers, masks, palette, and where the pixels are.

use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Change, Limits, Notes, Refusal};

const VALUE: Refusal = Refusal::Damaged(Damage::Value);
const CODING: Refusal = Refusal::Feature(Feature::Coding);

/// Bytes in front of the header proper.
const FRONT: usize = 14;

/// How pixels are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    /// Runs of indexes of 8 or of 4 bits.
    Runs,
}

/// A mask of neighbouring bits: the lowest of them, and how many.
pub(super) type Mask = (u32, u32);

/// A bitmap taken apart.
pub(super) struct Bitmap<'a> {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Whether the first row is the upper one.
    pub(super) top_down: bool,
    pub(super) bits: u16,
    pub(super) packing: Packing,
    /// Red, green, blue, transparency; of pixels with 16 or 32 bits.
    pub(super) masks: [Option<Mask>; 4],
    pub(super) palette: Vec<[u8; 3]>,
    pub(super) pixels: &'a [u8],
    pub(super) profile: Option<&'a [u8]>,
}

/// A number of two bytes.
fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

/// A number of four bytes.
fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

fn place(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(long(bytes, at)?).ok()
}

impl<'a> Bitmap<'a> {
    pub(super) fn read(
        file: &'a [u8],
        limits: &Limits,
        notes: &mut Notes,
    ) -> Result<Self, Refusal> {
        if !file.starts_with(b"BM") {
            return Err(Refusal::UnknownFormat);
        }
        let start = place(file, 10).ok_or(Refusal::Truncated)?;
        let length = place(file, FRONT).ok_or(Refusal::Truncated)?;
        let header = file.get(FRONT..).and_then(|rest| rest.get(..length));
        let header = header.ok_or(Refusal::Truncated)?;
        let core = length == 12;
        if !core && !matches!(length, 40 | 52 | 56 | 108 | 124) {
            return Err(Refusal::Feature(Feature::Construct));
        }
        let (size, numbers) = sides(header, core)?;
        let (planes, bits) = (short(header, numbers), short(header, numbers + 2));
        if planes != Some(1) {
            return Err(VALUE);
        }
        let packing = if core { Some(0) } else { long(header, 16) };
        let (packing, masked) = match (packing, bits) {
            (Some(0), Some(1 | 4 | 8 | 24)) => (Packing::Plain, false),
            (Some(0), Some(16 | 32)) if !core => (Packing::Plain, false),
            (Some(1), Some(8)) | (Some(2), Some(4)) => (Packing::Runs, false),
            (Some(3), Some(16 | 32)) => (Packing::Plain, true),
            _ => return Err(CODING),
        };
        let bits = bits.unwrap_or_default();
        let mut bitmap = Bitmap {
            width: size.0,
            height: size.1.unsigned_abs(),
            top_down: size.1 < 0,
            bits,
            packing,
            masks: usual_masks(bits),
            palette: Vec::new(),
            pixels: file.get(start..).ok_or(Refusal::Truncated)?,
            profile: None,
        };
        bitmap.check_size(limits)?;
        let mut end = FRONT + length;
        if masked {
            bitmap.masks = masks(file.get(FRONT + 40..).unwrap_or_default(), length)?;
            end = end.max(FRONT + 52);
        }
        end = bitmap.read_palette(file, (end, start), if core { 3 } else { 4 }, notes)?;
        let between = file.get(end..start).ok_or(VALUE)?;
        notes.found_many(Category::StrayBytes, u32::from(between.iter().any(|&byte| byte != 0)));
        bitmap.space(file, header, notes);
        Ok(bitmap)
    }

    fn check_size(&self, limits: &Limits) -> Result<(), Refusal> {
        let pixels = u64::from(self.width) * u64::from(self.height);
        if pixels == 0 {
            return Err(VALUE);
        }
        if self.width.max(self.height) > limits.side || pixels > limits.pixels {
            return Err(Refusal::Limit(Limit::Pixels));
        }
        Ok(())
    }

    /// Reads the palette, and returns where it ends.
    fn read_palette(
        &mut self,
        file: &[u8],
        (from, to): (usize, usize),
        each: usize,
        notes: &mut Notes,
    ) -> Result<usize, Refusal> {
        if self.bits > 8 {
            // Colours for screens of 256 colours.
            return Ok(from);
        }
        let most = 1_usize << self.bits;
        let count = match place(file, FRONT + 32).filter(|_| each == 4) {
            None | Some(0) => most,
            Some(count) if count <= most => count,
            Some(_) => return Err(VALUE),
        };
        let end = from + count * each;
        let entries = file.get(from..end).filter(|_| end <= to).ok_or(VALUE)?;
        let mut filled = false;
        for entry in entries.chunks_exact(each) {
            let Some(&[blue, green, red]) = entry.first_chunk() else { return Err(VALUE) };
            filled |= entry.get(3).is_some_and(|&byte| byte != 0 && byte != 0xFF);
            self.palette.push([red, green, blue]);
        }
        notes.found_many(Category::StrayBytes, u32::from(filled));
        Ok(end)
    }

    /// The colour space of the newer headers.
    fn space(&mut self, file: &'a [u8], header: &[u8], notes: &mut Notes) {
        let Some(kind) = header.get(56..60) else { return };
        // Primaries and gamma, and what is reserved at the end.
        let numbers = header.get(60..108).unwrap_or_default();
        let reserved = header.get(120..).unwrap_or_default();
        let says = |bytes: &[u8]| u32::from(bytes.iter().any(|&byte| byte != 0));
        notes.found_many(Category::ColourProfiles, says(numbers));
        notes.found_many(Category::StrayBytes, says(reserved));
        let profile = || {
            let start = FRONT.checked_add(place(header, 112)?)?;
            file.get(start..start.checked_add(place(header, 116)?)?)
        };
        match kind {
            // A name on the disk of whoever made the picture.
            b"KNIL" => {
                notes.found(Category::Links);
                notes.changed(Change::ColoursChanged);
            }
            b"DEBM" => match profile() {
                Some(profile) => self.profile = Some(profile),
                None => notes.found(Category::ColourProfiles),
            },
            _ => {}
        }
    }
}

/// Columns, rows (below nought if the first is the upper one), and where the numbers behind
/// them are.
fn sides(header: &[u8], core: bool) -> Result<((u32, i32), usize), Refusal> {
    if core {
        let side = |at| short(header, at).ok_or(Refusal::Truncated);
        return Ok(((u32::from(side(4)?), i32::from(side(6)?)), 8));
    }
    let side = |at| long(header, at).map(u32::cast_signed).ok_or(Refusal::Truncated);
    let (width, height) = (side(4)?, side(8)?);
    Ok(((u32::try_from(width).map_err(|_| VALUE)?, height), 12))
}

/// Masks of pixels that come without.
fn usual_masks(bits: u16) -> [Option<Mask>; 4] {
    match bits {
        16 => [Some((10, 5)), Some((5, 5)), Some((0, 5)), None],
        _ => [Some((16, 8)), Some((8, 8)), Some((0, 8)), None],
    }
}

/// Masks behind an old header, or in a newer one.
fn masks(bytes: &[u8], header: usize) -> Result<[Option<Mask>; 4], Refusal> {
    let read = |number: usize| long(bytes, 4 * number).ok_or(Refusal::Truncated);
    let alpha = if header >= 56 { read(3)? } else { 0 };
    let all = [read(0)?, read(1)?, read(2)?, alpha];
    let mut masks = [None; 4];
    let mut together = 0;
    for (place, mask) in masks.iter_mut().zip(all) {
        let (low, count) = (mask.trailing_zeros(), mask.count_ones());
        let whole = mask != 0 && mask >> low == u32::MAX >> (32 - count);
        if mask != 0 && (!whole || count > 8) || mask & together != 0 {
            return Err(CODING);
        }
        together |= mask;
        *place = whole.then_some((low, count));
    }
    if masks.iter().take(3).any(Option::is_none) { Err(CODING) } else { Ok(masks) }
}
