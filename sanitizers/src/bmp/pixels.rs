//! Pixels, as the rows of a PNG.

use super::header::{Bitmap, Packing};
use super::runs;
use crate::{Category, Notes, Refusal};

/// Rows from the upper one on, without filling.
pub(super) struct Pixels {
    /// The numbers that a PNG has for the sort of pixels, and for bits of a sample.
    pub(super) colour: u8,
    pub(super) depth: u8,
    pub(super) rows: Vec<Vec<u8>>,
}

const INDEXED: u8 = 3;
const RGB: u8 = 2;
const RGB_ALPHA: u8 = 6;

/// Reads all rows.
pub(super) fn read(bitmap: &Bitmap, notes: &mut Notes) -> Result<Pixels, Refusal> {
    let mut pixels = match (bitmap.packing, bitmap.bits) {
        (Packing::Runs, _) => {
            Pixels { colour: INDEXED, depth: 8, rows: runs::read(bitmap, notes)? }
        }
        (Packing::Plain, bits @ (1 | 4 | 8)) => {
            let depth = u8::try_from(bits).map_err(|_| Refusal::Internal)?;
            let rows = plain(bitmap, notes)?.into_iter().map(<[u8]>::to_vec).collect();
            Pixels { colour: INDEXED, depth, rows }
        }
        (Packing::Plain, 24) => {
            let turn = |pixel: &[u8; 3]| [pixel[2], pixel[1], pixel[0]];
            let row = |row: &[u8]| row.as_chunks().0.iter().flat_map(turn).collect();
            let rows = plain(bitmap, notes)?.into_iter().map(row).collect();
            Pixels { colour: RGB, depth: 8, rows }
        }
        _ => masked(bitmap, notes)?,
    };
    if !bitmap.top_down {
        pixels.rows.reverse();
    }
    Ok(pixels)
}

/// Splits plain rows from what fills them up, in the order in which they are stored.
fn plain<'a>(bitmap: &Bitmap<'a>, notes: &mut Notes) -> Result<Vec<&'a [u8]>, Refusal> {
    let bits = u64::from(bitmap.width) * u64::from(bitmap.bits);
    let number = |bytes: u64| usize::try_from(bytes).map_err(|_| Refusal::Internal);
    let (shown, stored) = (number(bits.div_ceil(8))?, number(bits.div_ceil(32) * 4)?);
    let whole = stored.checked_mul(number(u64::from(bitmap.height))?).ok_or(Refusal::Internal)?;
    let (rows, behind) = bitmap.pixels.split_at_checked(whole).ok_or(Refusal::Truncated)?;
    let mut split: Vec<(&[u8], &[u8])> = Vec::new();
    for row in rows.chunks_exact(stored) {
        split.push(row.split_at_checked(shown).ok_or(Refusal::Internal)?);
    }
    let says = |bytes: &[u8]| bytes.iter().any(|&byte| byte != 0);
    notes.found_many(Category::StrayBytes, u32::from(split.iter().any(|(_, fill)| says(fill))));
    // The profile that a file brings along stands here as well.
    let stray = says(behind) && bitmap.profile.is_none_or(|profile| profile.len() < behind.len());
    notes.found_many(Category::StrayBytes, u32::from(stray));
    Ok(split.into_iter().map(|(row, _)| row).collect())
}

/// Pixels of 16 or 32 bits.
fn masked(bitmap: &Bitmap, notes: &mut Notes) -> Result<Pixels, Refusal> {
    let bytes = usize::from(bitmap.bits / 8);
    let number = |pixel: &[u8]| {
        pixel.iter().rev().fold(0_u32, |number, byte| number << 8 | u32::from(*byte))
    };
    let rows = plain(bitmap, notes)?;
    let pixels = || rows.iter().flat_map(|row| row.chunks_exact(bytes)).map(number);
    let mask =
        |mask: Option<(u32, u32)>| mask.map_or(0, |(low, count)| (u32::MAX >> (32 - count)) << low);
    let alpha = mask(bitmap.masks[3]);
    let used = bitmap.masks.iter().fold(0, |all, one| all | mask(*one));
    let spare = !used & (u32::MAX >> (32 - u32::from(bitmap.bits)));
    let first = pixels().next().unwrap_or_default() & spare;
    // The same in all pixels says nothing; else it can be a second picture.
    let hidden = pixels().any(|pixel| pixel & spare != first);
    notes.found_many(Category::HiddenPictures, u32::from(hidden));
    // Viewers take a transparency that nothing is left of for none.
    let clear = alpha == 0 || pixels().all(|pixel| pixel & alpha == 0);
    let channels = if clear { 3 } else { 4 };
    let sample = |pixel: u32, mask: &Option<(u32, u32)>| {
        let (low, count) = mask.unwrap_or((0, 8));
        let most = u32::MAX >> (32 - count);
        u8::try_from(((pixel >> low & most) * 255 + most / 2) / most).unwrap_or_default()
    };
    let row = |row: &&[u8]| {
        let pixels = row.chunks_exact(bytes).map(number);
        pixels
            .flat_map(|pixel| {
                bitmap.masks.iter().take(channels).map(move |mask| sample(pixel, mask))
            })
            .collect()
    };
    let colour = if clear { RGB } else { RGB_ALPHA };
    Ok(Pixels { colour, depth: 8, rows: rows.iter().map(row).collect() })
}
