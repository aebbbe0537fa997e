//! Rows packed in runs (`BI_RLE8` and `BI_RLE4`).
//!
//! A file may leave pixels out: at the end of a row, of the picture, or by a jump. Some
//! viewers show black there, some the first colour, some what is behind the picture. A run
//! of one colour that goes on beyond the end of its row is cut there, as viewers do:
//! `ImageMagick` writes such files.

use super::header::Bitmap;
use crate::refusal::{Damage, Feature};
use crate::{Category, Notes, Refusal};

/// Unpacks rows of one index to the byte, in the order in which they are stored.
pub(super) fn read(bitmap: &Bitmap, notes: &mut Notes) -> Result<Vec<Vec<u8>>, Refusal> {
    let mut reader = Reader { rest: bitmap.pixels, half: bitmap.bits == 4 };
    let width = usize::try_from(bitmap.width).map_err(|_| Refusal::Internal)?;
    let mut rows = Vec::new();
    let mut ended = false;
    for _ in 0..bitmap.height {
        if ended {
            return Err(Refusal::Feature(Feature::Construct));
        }
        let mut row = Vec::new();
        ended = reader.row(&mut row, width)?;
        if row.len() != width {
            return Err(Refusal::Feature(Feature::Construct));
        }
        rows.push(row);
    }
    if !ended {
        // The mark of the end may be missing.
        reader.rest = reader.rest.strip_prefix(&[0, 1]).unwrap_or(reader.rest);
    }
    let behind = reader.rest.iter().any(|&byte| byte != 0);
    notes.found_many(Category::StrayBytes, u32::from(behind && bitmap.profile.is_none()));
    Ok(rows)
}

struct Reader<'a> {
    rest: &'a [u8],
    /// Whether two indexes share a byte.
    half: bool,
}

impl<'a> Reader<'a> {
    /// Reads up to the end of a row; says whether the picture ends there as well.
    fn row(&mut self, row: &mut Vec<u8>, width: usize) -> Result<bool, Refusal> {
        loop {
            let (&[count, index], rest) =
                self.rest.split_first_chunk().ok_or(Refusal::Truncated)?;
            self.rest = rest;
            let one = [index];
            let (indexes, count) = match (count, index) {
                (0, 0) => return Ok(false),
                (0, 1) => return Ok(true),
                (0, 2) => return Err(Refusal::Feature(Feature::Construct)),
                (0, count) => (self.some(usize::from(count))?, usize::from(count)),
                (count, _) if !self.half => {
                    (&one[..], usize::from(count).min(width.saturating_sub(row.len())))
                }
                (count, _) => (&one[..], usize::from(count)),
            };
            if row.len() + count > width {
                return Err(Refusal::Damaged(Damage::Length));
            }
            let each = indexes.iter().cycle();
            if self.half {
                row.extend(each.flat_map(|&byte| [byte >> 4, byte & 15]).take(count));
            } else {
                row.extend(each.take(count));
            }
        }
    }

    /// So many indexes one by one, filled up to two bytes.
    fn some(&mut self, count: usize) -> Result<&'a [u8], Refusal> {
        let bytes = if self.half { count.div_ceil(2) } else { count };
        let (indexes, rest) = self.rest.split_at_checked(bytes).ok_or(Refusal::Truncated)?;
        // The byte that fills up may be missing at the very end.
        self.rest = rest.get(bytes % 2..).unwrap_or_default();
        Ok(indexes)
    }
}
