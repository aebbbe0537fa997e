//! Rows of the clean copy against rows of the original.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::Original;
use super::container::{Frame, Header};

/// First column and row of the seven passes, and the steps between them.
const COLUMNS: [(usize, usize); 7] = [(0, 8), (4, 8), (0, 4), (2, 4), (0, 2), (1, 2), (0, 1)];
const ROWS: [(usize, usize); 7] = [(0, 8), (0, 8), (4, 8), (0, 4), (2, 4), (0, 2), (1, 2)];

/// Which palette entries were seen.
pub(super) struct Shown(Vec<bool>);

impl Shown {
    pub(super) fn new() -> Self {
        Shown(vec![false; 256])
    }

    /// Whether some pixel uses this entry.
    pub(super) fn uses(&self, entry: usize) -> bool {
        self.0.get(entry).copied().unwrap_or_default()
    }

    /// The number of entries up to the last one used.
    pub(super) fn entries(&self) -> usize {
        self.0.iter().rposition(|&used| used).map_or(0, |last| last + 1)
    }
}

/// Compares one picture; nothing of its data may be left over.
pub(super) fn same(
    original: &mut Original,
    whole: &Header,
    frame: &Frame,
    shown: &mut Shown,
) -> Option<()> {
    let size: usize = frame.data.iter().map(|part| part.len()).sum();
    let mut data = ZlibDecoder::new(Parts(frame.data.clone()));
    for (width, rows) in passes(&frame.header) {
        let bits = width * whole.samples() * usize::from(whole.depth);
        let mut row = vec![0; bits.div_ceil(8)];
        let mut above = row.clone();
        for _ in 0..rows {
            next_row(&mut data, whole, &mut row, &above)?;
            let expected = original.next_row().ok()??;
            same_row(expected.data(), &row, bits, whole, shown)?;
            std::mem::swap(&mut row, &mut above);
        }
    }
    original.next_row().ok()?.is_none().then_some(())?;
    let ended = data.read(&mut [0]).ok()? == 0;
    (ended && data.total_in() == size as u64).then_some(())
}

/// Pixels in a row and number of rows, pass by pass.
fn passes(header: &Header) -> Vec<(usize, usize)> {
    let (width, height) = (header.width as usize, header.height as usize);
    if !header.interlaced {
        return vec![(width, height)];
    }
    let count = |size: usize, (first, step): (usize, usize)| (first..size).step_by(step).len();
    let sizes = COLUMNS.into_iter().zip(ROWS);
    let passes = sizes.map(|(columns, rows)| (count(width, columns), count(height, rows)));
    passes.filter(|&(width, rows)| width * rows > 0).collect()
}

/// Reads a row that must be filtered by the one rule.
fn next_row(data: &mut impl Read, header: &Header, row: &mut [u8], above: &[u8]) -> Option<()> {
    let mut filter = [0];
    data.read_exact(&mut filter).ok()?;
    data.read_exact(row).ok()?;
    match filter {
        [0] => {}
        [1] => {
            let pixel = header.samples() * usize::from(header.depth / 8);
            for place in pixel.max(1)..row.len() {
                let left = *row.get(place - pixel)?;
                let byte = row.get_mut(place)?;
                *byte = byte.wrapping_add(left);
            }
        }
        [2] => row.iter_mut().zip(above).for_each(|(byte, up)| *byte = byte.wrapping_add(*up)),
        _ => return None,
    }
    (filter == [expected_filter(header, row, above)]).then_some(())
}

fn expected_filter(header: &Header, row: &[u8], above: &[u8]) -> u8 {
    if header.colour == 3 || header.depth < 8 {
        return 0;
    }
    let pixel = header.samples() * usize::from(header.depth / 8);
    let later = row.get(pixel..).unwrap_or_default();
    let new = differences(later, row);
    let changed = differences(row, above);
    // Unfiltered if at least half of all bytes repeat the pixel before, and more of
    // them than repeat the one above; less the pixel before if that is a quarter as far.
    let repeated = later.len() - new;
    match 2 * repeated < row.len() || repeated + changed <= row.len() {
        false => 0,
        true if 4 * distance(later, row) < distance(row, above) => 1,
        true => 2,
    }
}

/// The sum of the steps from one byte to the other, the shorter way round.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let step = |(a, b): (&u8, &u8)| u32::from(a.wrapping_sub(*b).min(b.wrapping_sub(*a)));
    let pairs = one.chunks(1 << 16).zip(other.chunks(1 << 16));
    pairs.map(|(one, other)| one.iter().zip(other).map(step).sum::<u32>() as usize).sum()
}

/// The number of bytes that differ, up to the end of the shorter one.
fn differences(one: &[u8], other: &[u8]) -> usize {
    // As many pairs as a byte can count, so that many are compared in one step.
    let pairs = one.chunks(u8::MAX.into()).zip(other.chunks(u8::MAX.into()));
    let mut found = 0;
    for (one, other) in pairs {
        let differ = one.iter().zip(other).fold(0, |sum: u8, (a, b)| sum + u8::from(a != b));
        found += usize::from(differ);
    }
    found
}

fn same_row(
    original: &[u8],
    clean: &[u8],
    bits: usize,
    header: &Header,
    shown: &mut Shown,
) -> Option<()> {
    let equal = match (header.colour, header.depth) {
        (4, 8) => same_with_alpha::<2, 1>(original, clean),
        (4, _) => same_with_alpha::<4, 2>(original, clean),
        (6, 8) => same_with_alpha::<4, 1>(original, clean),
        (6, _) => same_with_alpha::<8, 2>(original, clean),
        (3, depth) => {
            see(clean, bits, depth, shown);
            same_bits(original, clean, bits)
        }
        _ => same_bits(original, clean, bits),
    };
    equal.then_some(())
}

/// Equal up to the last bit that belongs to a pixel; zero after it.
fn same_bits(original: &[u8], clean: &[u8], bits: usize) -> bool {
    let spare = original.len() * 8 - bits;
    let (Some((last, first)), Some((clean_last, clean_first))) =
        (original.split_last(), clean.split_last())
    else {
        return false;
    };
    first == clean_first && (last >> spare) << spare == *clean_last
}

/// Equal where something is shown; zero where alpha says that nothing is.
fn same_with_alpha<const N: usize, const A: usize>(original: &[u8], clean: &[u8]) -> bool {
    let (originals, cleans) = (original.as_chunks::<N>().0, clean.as_chunks::<N>().0);
    original.len() == clean.len()
        && originals.iter().zip(cleans).all(|(original, clean)| {
            let hidden = original.iter().skip(N - A).all(|&byte| byte == 0);
            if hidden { *clean == [0; N] } else { original == clean }
        })
}

fn see(row: &[u8], bits: usize, depth: u8, shown: &mut Shown) {
    let depth = usize::from(depth);
    for start in (0..bits).step_by(depth) {
        let byte = row.get(start / 8).copied().unwrap_or_default();
        let entry = usize::from(byte << (start % 8)) & 0xFF;
        if let Some(seen) = shown.0.get_mut(entry >> (8 - depth)) {
            *seen = true;
        }
    }
}

/// The data of several chunks as one stream.
struct Parts<'a>(Vec<&'a [u8]>);

impl Read for Parts<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        while let Some(part) = self.0.first_mut() {
            if !part.is_empty() {
                return part.read(into);
            }
            self.0.remove(0);
        }
        Ok(0)
    }
}
