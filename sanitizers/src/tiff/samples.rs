//! Unpacked samples: differences undone, what is not shown cleared, differences made again.

use super::layout::Shape;
use super::page::{Coding, Page};
use crate::{Category, Notes, Warning};

/// What the samples of a page told.
pub(super) struct Seen {
    /// Which palette entries are used.
    pub(super) entries: [bool; 256],
    /// Whether there was something beyond the edge, or in spare bits.
    beyond: bool,
    /// Whether there were colours under full transparency.
    under: bool,
    /// Whether there were some that are mixed with it already: viewers differ on them.
    mixed: bool,
}

impl Seen {
    pub(super) fn nothing() -> Self {
        Seen { entries: [false; 256], beyond: false, under: false, mixed: false }
    }

    /// Counts what was in places no viewer shows.
    pub(super) fn note(&self, notes: &mut Notes) {
        notes.found_many(Category::StrayBytes, u32::from(self.beyond));
        notes.found_many(Category::HiddenPictures, u32::from(self.under));
        if self.mixed {
            notes.warn(Warning::HiddenParts);
        }
    }
}

/// The rows of a strip or tile.
fn rows<'a>(page: &Page, shape: &Shape, bytes: &'a mut [u8]) -> std::slice::ChunksMut<'a, u8> {
    let length = usize::try_from(page.row_bytes(shape.stored.0)).unwrap_or(usize::MAX);
    bytes.chunks_mut(length.max(1))
}

/// Bytes of one sample, where they are whole.
fn sample_bytes(page: &Page) -> usize {
    usize::from(page.bits / 8).max(1)
}

/// Turns what was unpacked into plain little-endian samples.
pub(super) fn straighten(page: &Page, shape: &Shape, unpacked: &mut [u8]) {
    let (bytes, samples) = (sample_bytes(page), usize::from(page.samples_inside()));
    if page.predictor == 3 {
        for row in rows(page, shape, unpacked) {
            differ(row, 1, samples, Way::Undo);
            gather(row, bytes);
        }
        return;
    }
    if page.big_endian && page.bits.is_multiple_of(8) {
        for sample in unpacked.chunks_exact_mut(bytes) {
            sample.reverse();
        }
    }
    if page.predictor == 2 {
        for row in rows(page, shape, unpacked) {
            differ(row, bytes, samples, Way::Undo);
        }
    }
}

/// The other way round.
pub(super) fn predict(page: &Page, shape: &Shape, unpacked: &mut [u8]) {
    let (bytes, samples) = (sample_bytes(page), usize::from(page.samples_inside()));
    for row in rows(page, shape, unpacked).filter(|_| page.predictor > 1) {
        if page.predictor == 3 {
            scatter(row, bytes);
            differ(row, 1, samples, Way::Make);
        } else {
            differ(row, bytes, samples, Way::Make);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Undo,
    Make,
}

/// Adds to each number the one that is `step` numbers before it, or takes it away.
fn differ(row: &mut [u8], bytes: usize, step: usize, way: Way) {
    let read = |row: &[u8], number: usize| {
        let all = row.get(number * bytes..(number + 1) * bytes).unwrap_or_default();
        all.iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte))
    };
    let write = |row: &mut [u8], number: usize, sum: u64| {
        let all = row.get_mut(number * bytes..(number + 1) * bytes).unwrap_or_default();
        for (place, byte) in all.iter_mut().zip(sum.to_le_bytes()) {
            *place = byte;
        }
    };
    let count = row.len() / bytes;
    if way == Way::Undo {
        for number in step..count {
            let sum = read(row, number).wrapping_add(read(row, number - step));
            write(row, number, sum);
        }
    } else {
        for number in (step..count).rev() {
            let rest = read(row, number).wrapping_sub(read(row, number - step));
            write(row, number, rest);
        }
    }
}

/// Puts the bytes of each number together, which came sorted by their weight.
fn gather(row: &mut [u8], bytes: usize) {
    let (sorted, count) = (row.to_vec(), row.len() / bytes);
    for (number, sample) in row.chunks_exact_mut(bytes).enumerate() {
        for (weight, byte) in sample.iter_mut().rev().enumerate() {
            *byte = sorted.get(weight * count + number).copied().unwrap_or_default();
        }
    }
}

/// The other way round.
fn scatter(row: &mut [u8], bytes: usize) {
    let (numbers, count) = (row.to_vec(), row.len() / bytes);
    for (number, sample) in numbers.chunks_exact(bytes).enumerate() {
        for (weight, byte) in sample.iter().rev().enumerate() {
            if let Some(place) = row.get_mut(weight * count + number) {
                *place = *byte;
            }
        }
    }
}

/// Clears what no viewer shows, and notes used palette entries.
pub(super) fn clear(page: &Page, shape: &Shape, samples: &mut [u8], seen: &mut Seen) {
    if page.coarse().is_some() && page.coding != Coding::Jpeg {
        return;
    }
    let bits = u64::from(page.bits) * u64::from(page.samples_inside()) * u64::from(shape.shown.0);
    let bits = usize::try_from(bits).unwrap_or(usize::MAX);
    let alpha = Alpha::of(page).filter(|_| !page.planar);
    let bytes = sample_bytes(page);
    for (number, row) in rows(page, shape, samples).enumerate() {
        let shown = if number < shape.shown.1 as usize { bits } else { 0 };
        clear_behind(row, shown, seen);
        let shown = row.get_mut(..shown.div_ceil(8)).unwrap_or_default();
        if let Some(alpha) = &alpha {
            let place = alpha.sample * bytes;
            for pixel in shown.chunks_exact_mut(bytes * usize::from(page.samples)) {
                if pixel.get(place..place + bytes).is_some_and(|all| all.iter().all(|b| *b == 0)) {
                    alpha.clear(pixel, seen);
                }
            }
        }
        if page.photometric == 3 && number < shape.shown.1 as usize {
            mark_entries(shown, page.bits, shape.shown.0, seen);
        }
    }
}

/// Clears the bits behind the last pixel of a row: spare ones, or those beyond the edge.
fn clear_behind(row: &mut [u8], bits: usize, seen: &mut Seen) {
    let (whole, part) = (bits / 8, bits % 8);
    for (number, byte) in row.iter_mut().enumerate().skip(whole) {
        let mask = if number == whole {
            0xFF_u8.checked_shr(u32::try_from(part).unwrap_or(0))
        } else {
            Some(0xFF)
        };
        let mask = mask.unwrap_or_default();
        seen.beyond |= *byte & mask != 0;
        *byte &= !mask;
    }
}

/// Where the transparency stands.
struct Alpha {
    /// Its number among the samples of a pixel.
    sample: usize,
    /// Whether the colours are already mixed with it.
    mixed: bool,
}

impl Alpha {
    fn of(page: &Page) -> Option<Alpha> {
        let extra = page.extra.as_ref().filter(|_| page.bits.is_multiple_of(8))?;
        let colours = usize::from(page.samples).checked_sub(extra.len())?;
        let place = extra.iter().position(|&kind| kind == 2);
        let mixed = place.is_none();
        let place = place.or_else(|| extra.iter().position(|&kind| kind == 1))?;
        Some(Alpha { sample: colours + place, mixed })
    }

    /// Clears samples of a pixel that is wholly transparent.
    fn clear(&self, samples: &mut [u8], seen: &mut Seen) {
        let any = samples.iter().any(|&byte| byte != 0);
        if self.mixed {
            seen.mixed |= any;
        } else {
            seen.under |= any;
            samples.fill(0);
        }
    }
}

/// The strip or tile with the transparency of this one, if it has a plane of its own.
pub(super) fn plane(page: &Page, number: usize) -> Option<usize> {
    let alpha = Alpha::of(page).filter(|_| page.planar)?;
    let each = usize::try_from(page.grid.count(page.size)).ok()?;
    let plane = alpha.sample * each + number % each.max(1);
    (plane != number).then_some(plane)
}

/// Clears what is under a plane of transparency.
pub(super) fn clear_under(page: &Page, plane: &[u8], samples: &mut [u8], seen: &mut Seen) {
    let (Some(alpha), bytes) = (Alpha::of(page), sample_bytes(page)) else { return };
    let pairs = samples.chunks_exact_mut(bytes).zip(plane.chunks_exact(bytes));
    for (sample, _) in pairs.filter(|(_, alpha)| alpha.iter().all(|&byte| byte == 0)) {
        alpha.clear(sample, seen);
    }
}

fn mark_entries(row: &[u8], bits: u16, columns: u32, seen: &mut Seen) {
    let in_a_byte = usize::from(8 / bits.clamp(1, 8));
    let mask = 0xFF_u8 >> (8 - bits.clamp(1, 8));
    let all = row.iter().flat_map(|byte| {
        (1..=in_a_byte).map(move |place| byte >> (8 - place * usize::from(bits)) & mask)
    });
    for entry in all.take(columns as usize) {
        if let Some(used) = seen.entries.get_mut(usize::from(entry)) {
            *used = true;
        }
    }
}
