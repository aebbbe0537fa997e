//! Where each sample lies and when it is shown, one by one.

use super::tree::Tree;
use crate::Limits;

/// One sample; of sound that is not packed, all that lie together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) place: u64,
    /// Bytes of one sample.
    pub(super) size: u32,
    pub(super) count: u32,
    /// How long one sample lasts, and how much later than decoded it is shown.
    pub(super) time: u32,
    pub(super) offset: u32,
    pub(super) entry: u16,
    pub(super) chunk: u32,
    /// Whether one can begin with it.
    pub(super) is_start: bool,
}

impl Run {
    pub(super) fn bytes(&self) -> u64 {
        u64::from(self.size) * u64::from(self.count)
    }
}

/// A table of rows of so many numbers, with their count at a place.
fn rows<const N: usize>(table: Tree, at: usize) -> Option<impl Iterator<Item = [u32; N]>> {
    let count = table.u32(at)? as usize;
    let bytes = table.0.get(at + 4..)?.get(..count.checked_mul(4 * N)?)?;
    Some(bytes.chunks_exact(4 * N).map(|row| {
        let mut numbers = [0; N];
        for (number, four) in numbers.iter_mut().zip(row.chunks_exact(4)) {
            *number = four.iter().fold(0, |sum, &byte| sum << 8 | u32::from(byte));
        }
        numbers
    }))
}

/// The numbers of a table with runs, each as often as it counts.
fn unrolled(table: Option<Tree>) -> Option<Box<dyn Iterator<Item = u32> + '_>> {
    let Some(table) = table else { return Some(Box::new(std::iter::repeat(0))) };
    let each = rows::<2>(table, 4)?;
    Some(Box::new(each.flat_map(|[count, value]| std::iter::repeat_n(value, count as usize))))
}

/// Follows the tables of a track. `frame` is the size of a sample of sound that is not
/// packed.
pub(super) fn follow(tables: Tree, frame: Option<u32>, limits: &Limits) -> Option<Vec<Run>> {
    let wide = tables.at(&[b"co64"]);
    let places = wide.or_else(|| tables.at(&[b"stco"]))?;
    let sizes = Sizes::of(tables, frame)?;
    let mut times = unrolled(Some(tables.at(&[b"stts"])?))?;
    let mut offsets = unrolled(tables.at(&[b"ctts"]))?;
    let starts = tables.at(&[b"stss"]);
    let mut starts =
        starts.map(|table| rows::<1>(table, 4)).map_or(Some(None), |it| it.map(Some))?;
    let mut next_start = starts.as_mut().map(|rows| rows.next().map_or(0, |[number]| number));
    let mut shares = rows::<3>(tables.at(&[b"stsc"])?, 4)?.peekable();
    let count = if frame.is_some() { places.u32(4)? } else { sizes.count };
    if count > limits.samples {
        return None;
    }
    let (mut share, mut number) = ([0; 3], 0);
    let mut all = Vec::with_capacity(count as usize);
    for chunk in 1..=places.u32(4)? {
        let at = 8 + (chunk as usize - 1) * if wide.is_some() { 8 } else { 4 };
        let mut place = places.time(at, wide.is_some())?;
        if let Some(next) = shares.next_if(|[from, ..]| *from == chunk) {
            share = next;
        }
        let [_, in_chunk, entry] = share;
        let count = in_chunk.min(sizes.count - number);
        let entry = u16::try_from(entry.checked_sub(1)?).ok()?;
        let step = if frame.is_some() { count } else { 1 };
        for _ in 0..count.checked_div(step).unwrap_or(0) {
            number += step;
            let time = times.next()?;
            if step > 1 && times.nth(step as usize - 2)? != time {
                return None;
            }
            let is_start = next_start.is_none_or(|next| next == number);
            if let (true, Some(rows), Some(next)) = (is_start, &mut starts, &mut next_start) {
                *next = rows.next().map_or(0, |[number]| number);
            }
            let (size, offset) = (sizes.get(number - 1)?, offsets.next()?);
            all.push(Run { place, size, count: step, time, offset, entry, chunk, is_start });
            place = place.checked_add(u64::from(size) * u64::from(step))?;
        }
    }
    (number == sizes.count).then_some(all)
}

/// How large the samples are.
struct Sizes<'a> {
    count: u32,
    /// The size of all of them, if they have one.
    same: Option<u32>,
    /// Bits of each, and where they stand.
    bits: usize,
    table: Tree<'a>,
}

impl<'a> Sizes<'a> {
    fn of(tables: Tree<'a>, frame: Option<u32>) -> Option<Sizes<'a>> {
        let (table, bits) = match (tables.at(&[b"stsz"]), tables.at(&[b"stz2"])) {
            (Some(table), _) => (table, 32),
            (None, table) => (table?, usize::from(table?.byte(7)?)),
        };
        let same = Some(table.u32(4)?).filter(|&size| size > 0 && bits == 32);
        let same = match (same, frame) {
            // Old films say 1 for sound that is not packed.
            (Some(1), Some(frame)) => Some(frame),
            (same, Some(frame)) => Some(same.filter(|&size| size == frame)?),
            (same, None) => same,
        };
        Some(Sizes { count: table.u32(8)?, same, bits, table })
    }

    fn get(&self, number: u32) -> Option<u32> {
        let at = 12 + number as usize * self.bits / 8;
        match (self.same, self.bits) {
            (Some(size), _) => Some(size),
            (None, 32) => self.table.u32(at),
            (None, 16) => self.table.u16(at).map(u32::from),
            (None, 8) => self.table.byte(at).map(u32::from),
            _ => None,
        }
    }
}
