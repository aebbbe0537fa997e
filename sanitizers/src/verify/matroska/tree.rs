//! Elements, read and written a second time. A number is named as it stands in the file.

use crate::verify::film::lens::{Lens, Side};

/// The head of an element: its number, where its content begins, how long that is.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub(super) id: u32,
    pub(super) content: u64,
    pub(super) length: Option<u64>,
}

impl Head {
    /// Where the element ends, if it says so.
    pub(super) fn end(&self) -> Option<u64> {
        self.content.checked_add(self.length?)
    }
}

/// How many bytes a number has, by the noughts in front.
fn width(first: u8) -> Option<usize> {
    (1..=8).find(|bytes| first >> (8 - bytes) == 1)
}

/// A number without the bit that says how long it is; none inside if all bits are ones.
pub(super) fn number(bytes: &[u8]) -> Option<(Option<u64>, usize)> {
    let width = width(*bytes.first()?)?;
    let mut all = [0; 8];
    all.get_mut(8 - width..)?.copy_from_slice(bytes.get(..width)?);
    let bits = 7 * width;
    let value = u64::from_be_bytes(all) % (1 << bits);
    Some(((value + 1 < 1 << bits).then_some(value), width))
}

/// The head in front of some bytes, and how long it is.
fn head(bytes: &[u8]) -> Option<(u32, Option<u64>, usize)> {
    let named = width(*bytes.first()?).filter(|&bytes| bytes <= 4)?;
    let id = bytes.get(..named)?.iter().fold(0, |id, &byte| id * 256 + u32::from(byte));
    let (length, used) = number(bytes.get(named..)?)?;
    Some((id, length, named + used))
}

/// The head of the element at a place.
pub(super) fn at(lens: &mut Lens, side: Side, place: u64) -> Option<Head> {
    let left = lens.length(side).checked_sub(place)?;
    let bytes = lens.look(side, place, left.min(12).try_into().ok()?)?;
    let (id, length, used) = head(bytes)?;
    Some(Head { id, content: place + used as u64, length })
}

/// All elements of some bytes.
pub(super) fn row(mut bytes: &[u8]) -> Option<Vec<(u32, &[u8])>> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let (id, length, used) = head(bytes)?;
        let length = usize::try_from(length?).ok()?;
        let (content, rest) = bytes.get(used..)?.split_at_checked(length)?;
        all.push((id, content));
        bytes = rest;
    }
    Some(all)
}

/// The content of the one element with this number; of two, neither counts.
pub(super) fn one<'a>(row: &[(u32, &'a [u8])], id: u32) -> Option<&'a [u8]> {
    let mut found = row.iter().filter(|(one, _)| *one == id);
    let first = found.next().map(|(_, content)| *content);
    first.filter(|_| found.next().is_none())
}

/// A number without a sign.
pub(super) fn natural(content: &[u8]) -> Option<u64> {
    let mut all = [0; 8];
    all.get_mut(8_usize.checked_sub(content.len())?..)?.copy_from_slice(content);
    Some(u64::from_be_bytes(all))
}

/// A number with a sign.
pub(super) fn whole(content: &[u8]) -> Option<i64> {
    let sign = content.first().map_or(0, |first| if *first > 127 { 255 } else { 0 });
    let mut all = [sign; 8];
    all.get_mut(8_usize.checked_sub(content.len())?..)?.copy_from_slice(content);
    Some(i64::from_be_bytes(all))
}

/// A fraction of four or eight bytes.
pub(super) fn real(content: &[u8]) -> Option<f64> {
    match content.len() {
        0 => Some(0.0),
        4 => Some(f32::from_be_bytes(content.try_into().ok()?).into()),
        _ => Some(f64::from_be_bytes(content.try_into().ok()?)),
    }
}

/// A length in as few bytes as can be.
pub(super) fn length(number: u64) -> Vec<u8> {
    let mut bytes = 1;
    while number + 2 > 1 << (7 * bytes) {
        bytes += 1;
    }
    let mut all = number.to_be_bytes().to_vec();
    all.drain(..8 - bytes);
    if let Some(first) = all.first_mut() {
        *first |= 0x80 >> (bytes - 1);
    }
    all
}

/// The head of an element.
pub(super) fn begin(id: u32, size: u64) -> Vec<u8> {
    let mut head = id.to_be_bytes().to_vec();
    head.retain({
        let mut is_named = false;
        move |&byte| {
            is_named |= byte != 0;
            is_named
        }
    });
    head.extend(length(size));
    head
}

/// An element.
pub(super) fn element(id: u32, content: &[u8]) -> Vec<u8> {
    [begin(id, content.len() as u64), content.to_vec()].concat()
}

/// An element with a number of as few bytes as can be.
pub(super) fn count(id: u32, number: u64) -> Vec<u8> {
    let unused = (number.leading_zeros() / 8).min(7) as usize;
    element(id, number.to_be_bytes().get(unused..).unwrap_or_default())
}

/// The same with a sign.
pub(super) fn signed(id: u32, number: i64) -> Vec<u8> {
    let all = number.to_be_bytes();
    let fill = if number < 0 { 255 } else { 0 };
    let is_spare = |at: &usize| {
        all.get(*at) == Some(&fill) && all.get(at + 1).is_some_and(|next| next / 128 == fill / 128)
    };
    let spare = (0..7).take_while(is_spare).count();
    element(id, all.get(spare..).unwrap_or_default())
}

/// An element with eight bytes.
pub(super) fn eight(id: u32, bytes: [u8; 8]) -> Vec<u8> {
    element(id, &bytes)
}

#[test]
fn what_is_written_is_read_again() {
    for size in [0, 1, 126, 127, 16_382, 16_383, 1 << 33] {
        let written = length(size);
        assert_eq!(number(&written), Some((Some(size), written.len())));
    }
    for value in [0, -1, 127, 128, -128, -129, i64::MAX, i64::MIN] {
        let written = signed(0xFB, value);
        assert_eq!(row(&written).map(|row| whole(row[0].1)), Some(Some(value)), "{value}");
    }
    assert_eq!(count(0xD7, 0), [0xD7, 0x81, 0]);
    assert_eq!(begin(0x1654_AE6B, 1), [0x16, 0x54, 0xAE, 0x6B, 0x81]);
    assert_eq!(begin(0x22_B59C, 1), [0x22, 0xB5, 0x9C, 0x81]);
    assert_eq!(begin(0x4286, 1), [0x42, 0x86, 0x81]);
}
