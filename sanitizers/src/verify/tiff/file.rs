//! Directories of any TIFF, and the one layout of a clean copy.

use std::collections::BTreeMap;

use super::unpack::Shape;

/// Entries of a clean copy, and the type of each.
const ENTRIES: [(u16, u16); 27] = [
    (256, 4),
    (257, 4),
    (258, 3),
    (259, 3),
    (262, 3),
    (273, 4),
    (274, 3),
    (277, 3),
    (278, 4),
    (279, 4),
    (282, 5),
    (283, 5),
    (284, 3),
    (296, 3),
    (317, 3),
    (320, 3),
    (322, 4),
    (323, 4),
    (324, 4),
    (325, 4),
    (338, 3),
    (339, 3),
    (529, 5),
    (530, 3),
    (531, 3),
    (532, 5),
    (34_675, 7),
];

/// Entries and directories that are looked at in all.
const MOST: usize = 100_000;

/// A file that can be read.
pub(super) struct File<'a> {
    bytes: &'a [u8],
    high_first: bool,
    wide: bool,
}

/// A value: its type, and its bytes.
#[derive(Clone, Copy)]
struct Value<'a> {
    kind: u16,
    bytes: &'a [u8],
}

/// One page.
pub(super) struct Directory<'a> {
    values: BTreeMap<u16, Value<'a>>,
    file: &'a [u8],
    pub(super) high_first: bool,
}

/// How many bytes a value of a type has.
fn width(kind: u16) -> usize {
    [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8]
        .get(usize::from(kind))
        .copied()
        .unwrap_or(0)
}

fn number(bytes: &[u8], high_first: bool) -> u64 {
    let mut all = [0; 8];
    for (place, byte) in all.iter_mut().zip(bytes.iter().rev()) {
        *place = *byte;
    }
    if high_first {
        return u64::from_le_bytes(all);
    }
    let mut all = [0; 8];
    for (place, byte) in all.iter_mut().zip(bytes) {
        *place = *byte;
    }
    u64::from_le_bytes(all)
}

impl<'a> File<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let high_first = bytes.starts_with(b"MM");
        let wide = number(bytes.get(2..4)?, high_first) == 43;
        Some(File { bytes, high_first, wide })
    }

    fn at(&self, place: usize, length: usize) -> Option<usize> {
        let bytes = self.bytes.get(place..place.checked_add(length)?)?;
        usize::try_from(number(bytes, self.high_first)).ok()
    }

    /// All directories of the main chain.
    pub(super) fn directories(&self) -> Option<Vec<Directory<'a>>> {
        let (place_bytes, count_bytes) = if self.wide { (8, 8) } else { (4, 2) };
        let mut place = self.at(if self.wide { 8 } else { 4 }, place_bytes)?;
        let (mut all, mut seen) = (Vec::new(), 0);
        while place != 0 {
            let count = self.at(place, count_bytes)?;
            seen += count + 1;
            (seen <= MOST).then_some(())?;
            let mut values = BTreeMap::new();
            let each = 4 + 2 * place_bytes;
            for entry in (0..count).map(|entry| place + count_bytes + entry * each) {
                let tag = u16::try_from(self.at(entry, 2)?).ok()?;
                if let Some(value) = self.value(entry, place_bytes) {
                    values.insert(tag, value);
                }
            }
            all.push(Directory { values, file: self.bytes, high_first: self.high_first });
            place = self.at(place + count_bytes + count * each, place_bytes)?;
        }
        Some(all)
    }

    fn value(&self, entry: usize, place_bytes: usize) -> Option<Value<'a>> {
        let kind = u16::try_from(self.at(entry + 2, 2)?).ok()?;
        let length = self.at(entry + 4, place_bytes)?.checked_mul(width(kind))?;
        let field = entry + 4 + place_bytes;
        let start = if length > place_bytes { self.at(field, place_bytes)? } else { field };
        Some(Value { kind, bytes: self.bytes.get(start..start.checked_add(length)?)? })
    }
}

impl<'a> Directory<'a> {
    pub(super) fn tags(&self) -> impl Iterator<Item = u16> {
        self.values.keys().copied()
    }

    /// The bytes of a value, of any type.
    pub(super) fn bytes(&self, tag: u16) -> Option<&'a [u8]> {
        self.values.get(&tag).map(|value| value.bytes)
    }

    /// The numbers of a value; of fractions both halves.
    pub(super) fn many(&self, tag: u16) -> Option<Vec<u64>> {
        let value = self.values.get(&tag)?;
        let each = if value.kind == 5 { 4 } else { width(value.kind) };
        matches!(value.kind, 1 | 3 | 4 | 5 | 13 | 16 | 18).then_some(())?;
        Some(value.bytes.chunks_exact(each).map(|one| number(one, self.high_first)).collect())
    }

    /// The first number of a value.
    pub(super) fn one(&self, tag: u16) -> Option<u64> {
        self.many(tag)?.first().copied()
    }

    /// The first number, or what stands for one that is not there.
    pub(super) fn or(&self, tag: u16, otherwise: u64) -> u64 {
        self.one(tag).unwrap_or(otherwise)
    }

    /// Whether it is a smaller version of another page.
    pub(super) fn is_smaller(&self) -> bool {
        // The later entry counts where a file has both, as the cleaner takes it.
        if self.values.contains_key(&255) {
            return self.one(255) == Some(2);
        }
        self.one(254).is_some_and(|bits| bits % 2 == 1)
    }

    /// The bytes of every strip or tile.
    pub(super) fn parts(&self) -> Option<Vec<&'a [u8]>> {
        let tiled = self.values.contains_key(&324);
        let places = self.many(if tiled { 324 } else { 273 })?;
        let lengths = self.many(if tiled { 325 } else { 279 })?;
        places.iter().zip(&lengths).map(|(&place, &length)| self.part(place, length)).collect()
    }

    /// The same; of a page that does not say how long its only strip is, all of it.
    pub(super) fn parts_or_whole(&self, shape: &Shape) -> Option<Vec<&'a [u8]>> {
        if self.values.contains_key(&279) || self.values.contains_key(&325) {
            let tiled = self.values.contains_key(&324);
            let places = self.many(if tiled { 324 } else { 273 })?;
            let lengths = self.many(if tiled { 325 } else { 279 })?;
            let both = places.iter().zip(&lengths).take(usize::try_from(shape.count()).ok()?);
            // Of plain samples a length may count rows that the file does not have.
            let plain = self.or(259, 1) == 1;
            let fit = |place: u64, length: u64| {
                let left = (self.file.len() as u64).saturating_sub(place);
                if plain { length.min(left) } else { length }
            };
            return both.map(|(&at, &length)| self.part(at, fit(at, length))).collect();
        }
        Some(vec![self.part(self.one(273)?, shape.bytes(0)?)?])
    }

    fn part(&self, place: u64, length: u64) -> Option<&'a [u8]> {
        let start = usize::try_from(place).ok()?;
        self.file.get(start..start.checked_add(usize::try_from(length).ok()?)?)
    }
}

/// Whether every byte stands where the one layout has it.
pub(super) fn is_canonical(file: &[u8]) -> Option<()> {
    file.starts_with(b"II\x2a\0").then_some(())?;
    let long = |at: usize| {
        let bytes = file.get(at..at.checked_add(4)?)?;
        usize::try_from(number(bytes, false)).ok()
    };
    let mut at = 8;
    let mut place = long(4)?;
    while place != 0 {
        let count = usize::try_from(number(file.get(place..place.checked_add(2)?)?, false)).ok()?;
        let entries = file.get(place + 2..place + 2 + 12 * count)?;
        at = parts_end(file, entries, at)?;
        let mut last = 0;
        for entry in entries.chunks_exact(12) {
            let tag = u16::try_from(number(entry.get(..2)?, false)).ok()?;
            let kind = u16::try_from(number(entry.get(2..4)?, false)).ok()?;
            (tag > last && ENTRIES.contains(&(tag, kind))).then_some(())?;
            last = tag;
            let values = usize::try_from(number(entry.get(4..8)?, false)).ok()?;
            let (length, field) = (values.checked_mul(width(kind))?, entry.get(8..)?);
            (length > 0).then_some(())?;
            if length <= 4 {
                field.get(length..)?.iter().all(|&byte| byte == 0).then_some(())?;
                continue;
            }
            at = even(file, at)?;
            (usize::try_from(number(field, false)).ok()? == at).then_some(())?;
            at = at.checked_add(length).filter(|&end| end <= file.len())?;
        }
        at = even(file, at)?;
        (place == at && count > 0).then_some(())?;
        at += 2 + 12 * count + 4;
        place = long(at - 4)?;
    }
    (at == file.len()).then_some(())
}

/// The next even place; in between is nought.
fn even(file: &[u8], at: usize) -> Option<usize> {
    if at.is_multiple_of(2) {
        return Some(at);
    }
    (*file.get(at)? == 0).then_some(at + 1)
}

/// Where the strips or tiles of a directory end, if they follow each other from a place on.
fn parts_end(file: &[u8], entries: &[u8], mut at: usize) -> Option<usize> {
    let find = |tags: [u64; 2]| {
        let mut all = entries.chunks_exact(12);
        let entry =
            all.find(|entry| tags.contains(&number(entry.get(..2).unwrap_or(&[]), false)))?;
        let count = usize::try_from(number(entry.get(4..8)?, false)).ok()?;
        let field = entry.get(8..)?;
        if count == 1 {
            return Some(field.to_vec());
        }
        let start = usize::try_from(number(field, false)).ok()?;
        Some(file.get(start..start.checked_add(count.checked_mul(4)?)?)?.to_vec())
    };
    let (places, lengths) = (find([273, 324])?, find([279, 325])?);
    (places.len() == lengths.len()).then_some(())?;
    for (place, length) in places.chunks_exact(4).zip(lengths.chunks_exact(4)) {
        (usize::try_from(number(place, false)).ok()? == at).then_some(())?;
        at = at.checked_add(usize::try_from(number(length, false)).ok()?)?;
    }
    (at <= file.len()).then_some(at)
}
