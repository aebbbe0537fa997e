//! Looks at the original and at the copy by turns, a little at a time.

use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

use crate::ReadSeek;
use crate::copy::Copy;

/// How much is looked at at once.
pub(in crate::verify) const STEP: usize = 64 << 10;
/// Bytes that may be in memory in one piece.
const MOST: u64 = 65 << 20;

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::verify) enum Side {
    Original,
    Copy,
}

/// A part of a file in memory.
#[derive(Default)]
struct Part {
    from: u64,
    bytes: Vec<u8>,
}

pub(in crate::verify) struct Lens<'a> {
    original: &'a mut dyn ReadSeek,
    length: u64,
    copy: &'a Copy,
    parts: [Part; 2],
}

impl<'a> Lens<'a> {
    pub(in crate::verify) fn new(
        original: &'a mut dyn ReadSeek,
        length: u64,
        copy: &'a Copy,
    ) -> Lens<'a> {
        Lens { original, length, copy, parts: <[Part; 2]>::default() }
    }

    pub(in crate::verify) fn length(&self, side: Side) -> u64 {
        match side {
            Side::Original => self.length,
            Side::Copy => self.copy.length(),
        }
    }

    /// At most [`STEP`] bytes.
    pub(in crate::verify) fn look(&mut self, side: Side, at: u64, count: usize) -> Option<&[u8]> {
        let end = at.checked_add(count as u64)?;
        let length = self.length(side);
        if count > STEP || end > length {
            return None;
        }
        let [one, two] = &mut self.parts;
        let part = if side == Side::Original { one } else { two };
        let is_there = part.from <= at && end <= part.from + part.bytes.len() as u64;
        if !is_there {
            part.from = at;
            part.bytes.resize(usize::try_from(length - at).unwrap_or(STEP).min(STEP), 0);
            read(self.original, self.copy, side, at, &mut part.bytes)?;
        }
        let from = usize::try_from(at - part.from).ok()?;
        part.bytes.get(from..from + count)
    }

    /// All of a range that fits into memory.
    pub(in crate::verify) fn whole(&mut self, side: Side, range: &Range<u64>) -> Option<Vec<u8>> {
        let count = range.end.checked_sub(range.start).filter(|&count| count <= MOST)?;
        if range.end > self.length(side) {
            return None;
        }
        let mut bytes = vec![0; usize::try_from(count).ok()?];
        read(self.original, self.copy, side, range.start, &mut bytes)?;
        Some(bytes)
    }

    /// Whether these ranges of both hold the same.
    pub(in crate::verify) fn is_same(
        &mut self,
        mut original: u64,
        mut copy: u64,
        count: u64,
    ) -> Option<()> {
        let mut left = count;
        while left > 0 {
            let step = usize::try_from(left).unwrap_or(STEP).min(STEP / 2);
            self.look(Side::Original, original, step)?;
            self.look(Side::Copy, copy, step)?;
            let [one, two] = &self.parts;
            let (from, other) = (original - one.from, copy - two.from);
            let (from, other) = (usize::try_from(from).ok()?, usize::try_from(other).ok()?);
            if one.bytes.get(from..from + step)? != two.bytes.get(other..other + step)? {
                return None;
            }
            (original, copy, left) =
                (original + step as u64, copy + step as u64, left - step as u64);
        }
        Some(())
    }
}

fn read(
    original: &mut dyn ReadSeek,
    copy: &Copy,
    side: Side,
    at: u64,
    bytes: &mut [u8],
) -> Option<()> {
    match side {
        Side::Original => {
            original.seek(SeekFrom::Start(at)).ok()?;
            original.read_exact(bytes).ok()
        }
        Side::Copy => {
            let mut reader = copy.reader(original);
            reader.seek(SeekFrom::Start(at)).ok()?;
            reader.read_exact(bytes).ok()
        }
    }
}
