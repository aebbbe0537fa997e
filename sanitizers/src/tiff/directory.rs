//! Directories and their entries, in both byte orders, with short and with long places.

use crate::refusal::{Damage, Limit};
use crate::{Category, Limits, Notes, Refusal};

/// A file, and what of it was reached.
pub(super) struct Source<'a> {
    file: &'a [u8],
    pub(super) big_endian: bool,
    /// Places and counts of 64 bits.
    long: bool,
    first: u64,
    used: Vec<(usize, usize)>,
    /// How many entries there may still be.
    left: u32,
}

/// One entry.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) tag: u16,
    /// Its type.
    pub(super) kind: u16,
    /// Nothing if the type is unknown or the value lies outside the file.
    pub(super) value: Option<&'a [u8]>,
}

/// Bytes of one value of a type.
fn size(kind: u16) -> usize {
    match kind {
        1 | 2 | 6 | 7 => 1,
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 | 16..=18 => 8,
        _ => 0,
    }
}

impl<'a> Source<'a> {
    pub(super) fn open(file: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        let (big_endian, long) = match file.get(..4).ok_or(Refusal::Truncated)? {
            b"II\x2a\0" => (false, false),
            b"MM\0\x2a" => (true, false),
            b"II\x2b\0" => (false, true),
            b"MM\0\x2b" => (true, true),
            _ => return Err(Refusal::UnknownFormat),
        };
        let head = if long { 16 } else { 8 };
        let used = vec![(0, head)];
        let left = limits.segments;
        let mut source = Source { file, big_endian, long, first: 0, used, left };
        let head = file.get(4..head).ok_or(Refusal::Truncated)?;
        let place = if long { head.get(4..).unwrap_or_default() } else { head };
        if long && head.get(..4).map(|sizes| source.number(sizes)) != Some(source.long_sizes()) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        source.first = source.number(place);
        Ok(source)
    }

    /// The bytes behind the signature of a file with long places: eight, nought.
    fn long_sizes(&self) -> u64 {
        if self.big_endian { 8 << 16 } else { 8 }
    }

    /// Where the first directory is.
    pub(super) fn first(&self) -> u64 {
        self.first
    }

    pub(super) fn length(&self) -> usize {
        self.file.len()
    }

    /// The bytes at a place, which count as reached.
    pub(super) fn bytes(&mut self, place: u64, length: u64) -> Option<&'a [u8]> {
        let start = usize::try_from(place).ok()?;
        let end = start.checked_add(usize::try_from(length).ok()?)?;
        let bytes = self.file.get(start..end)?;
        self.used.push((start, end));
        Some(bytes)
    }

    /// A number of up to eight bytes.
    pub(super) fn number(&self, bytes: &[u8]) -> u64 {
        let add = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
        if self.big_endian { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) }
    }

    /// The entries of a directory, and where the next one is; nought if it is the last.
    pub(super) fn directory(&mut self, place: u64) -> Result<(Vec<Entry<'a>>, u64), Refusal> {
        let (head, each, tail) = if self.long { (8, 20, 8) } else { (2, 12, 4) };
        let count = self.bytes(place, head).ok_or(Refusal::Truncated)?;
        let count = self.number(count);
        let spent = u32::try_from(count).ok().and_then(|count| self.left.checked_sub(count));
        self.left = spent.ok_or(Refusal::Limit(Limit::Parts))?;
        let rest = self.bytes(place.saturating_add(head), count * each + tail);
        let rest = rest.ok_or(Refusal::Truncated)?;
        let length = usize::try_from(count * each).map_err(|_| Refusal::Internal)?;
        let (entries, next) = rest.split_at_checked(length).ok_or(Refusal::Internal)?;
        let each = usize::try_from(each).map_err(|_| Refusal::Internal)?;
        let entries = entries.chunks_exact(each).filter_map(|bytes| self.entry(bytes)).collect();
        Ok((entries, self.number(next)))
    }

    fn entry(&mut self, bytes: &'a [u8]) -> Option<Entry<'a>> {
        let width = if self.long { 8 } else { 4 };
        let tag = u16::try_from(self.number(bytes.get(..2)?)).ok()?;
        let kind = u16::try_from(self.number(bytes.get(2..4)?)).ok()?;
        let count = self.number(bytes.get(4..4 + width)?);
        let field = bytes.get(4 + width..)?;
        let length = count.checked_mul(size(kind) as u64).filter(|&length| length > 0);
        let value = match length {
            Some(length) if length <= width as u64 => {
                field.get(..usize::try_from(length).unwrap_or_default())
            }
            Some(length) => self.bytes(self.number(field), length),
            None => None,
        };
        Some(Entry { tag, kind, value })
    }

    /// The whole numbers of an entry, if it holds such.
    pub(super) fn numbers(&self, entry: &Entry) -> Option<Vec<u64>> {
        matches!(entry.kind, 1 | 3 | 4 | 13 | 16 | 18).then_some(())?;
        Some(entry.value?.chunks_exact(size(entry.kind)).map(|one| self.number(one)).collect())
    }

    /// The fractions of an entry, if it holds such.
    pub(super) fn fractions(&self, entry: &Entry) -> Option<Vec<(u64, u64)>> {
        (entry.kind == 5).then_some(())?;
        let both = |one: &[u8]| {
            let (over, under) = one.split_at_checked(4)?;
            Some((self.number(over), self.number(under)))
        };
        entry.value?.chunks_exact(8).map(both).collect()
    }

    /// Counts bytes that nothing leads to.
    pub(super) fn note_gaps(mut self, notes: &mut Notes) {
        self.used.sort_unstable();
        let mut end = 0;
        let mut stray = false;
        for (from, to) in self.used.iter().copied().chain([(self.file.len(), self.file.len())]) {
            // Structures begin on even places: a nought in between says nothing.
            let gap = self.file.get(end..from).unwrap_or_default();
            stray |= gap.iter().any(|&byte| byte != 0);
            end = end.max(to);
        }
        notes.found_many(Category::StrayBytes, u32::from(stray));
    }
}
