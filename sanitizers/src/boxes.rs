//! Boxes: the parts that HEIF, AVIF, JPEG XL, MP4 and MOV files are made of.
//!
//! A box is a length, a name of four letters and a body, which may be boxes again. This
//! reader knows no names and keeps nothing: it only refuses lengths that do not fit, so
//! that nobody reads beyond a part that he was given. What is inside of what, how deep and
//! how many is a matter of those who call it.
//!
//! Format: ISO/IEC 14496-12:2022, 4.2.

use std::io::{Read, SeekFrom};
use std::ops::Range;

use crate::refusal::{Damage, Limit};
use crate::{ReadSeek, Refusal};

/// The four letters that say what a box holds.
pub(crate) type Name = [u8; 4];

/// A box in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    pub(crate) name: Name,
    pub(crate) body: &'a [u8],
}

/// Walks from box to box.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts<'a> {
    rest: &'a [u8],
}

impl<'a> Parts<'a> {
    /// Goes through the boxes that fill `bytes`.
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Parts { rest: bytes }
    }

    /// The next box. `left` is how many there may still be.
    pub(crate) fn next(&mut self, left: &mut u32) -> Result<Option<Part<'a>>, Refusal> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        *left = left.checked_sub(1).ok_or(Refusal::Limit(Limit::Parts))?;
        let head = Head::read(self.rest)?;
        // A box that goes on to the end may only be the last one of a whole file.
        let length = head.length.ok_or(Refusal::Damaged(Damage::Length))?;
        let length = usize::try_from(length).map_err(|_| Refusal::Truncated)?;
        let (whole, rest) = self.rest.split_at_checked(length).ok_or(Refusal::Truncated)?;
        let body = whole.get(head.own..).ok_or(Refusal::Damaged(Damage::Length))?;
        self.rest = rest;
        Ok(Some(Part { name: head.name, body }))
    }

    /// What was not walked over yet: `QuickTime` ends some rows of boxes with a zero.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }
}

/// A box of a source, which is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) name: Name,
    /// Where its body is.
    pub(crate) body: Range<u64>,
}

impl Place {
    /// The box that begins at `at` in a source, or in a part of it, that ends at `end`.
    pub(crate) fn find(source: &mut dyn ReadSeek, at: u64, end: u64) -> Result<Self, Refusal> {
        let mut bytes = Vec::new();
        source.seek(SeekFrom::Start(at)).map_err(|_| Refusal::Internal)?;
        let most = end.saturating_sub(at).min(LONGEST_HEAD);
        source.take(most).read_to_end(&mut bytes).map_err(|_| Refusal::Internal)?;
        let head = Head::read(&bytes)?;
        let length = head.length.unwrap_or(end.saturating_sub(at));
        let stop = at.checked_add(length).filter(|&stop| stop <= end).ok_or(Refusal::Truncated)?;
        let start = at.checked_add(head.own as u64).filter(|&start| start <= stop);
        let start = start.ok_or(Refusal::Damaged(Damage::Length))?;
        Ok(Place { name: head.name, body: start..stop })
    }
}

/// Bytes of a head with the long form of the length.
const LONGEST_HEAD: u64 = 16;

/// What stands before the body.
struct Head {
    name: Name,
    /// Bytes of the head itself.
    own: usize,
    /// Bytes of head and body; none if the box goes on to the end of the file.
    length: Option<u64>,
}

impl Head {
    fn read(bytes: &[u8]) -> Result<Head, Refusal> {
        let mut fields = Fields::of(bytes);
        let (short, name) = (fields.word()?, fields.four()?);
        let (own, length) = match short {
            0 => (8, None),
            1 => (16, Some(fields.long()?)),
            short => (8, Some(u64::from(short))),
        };
        if length.is_some_and(|length| length < own as u64) {
            return Err(Refusal::Damaged(Damage::Length));
        }
        Ok(Head { name, own, length })
    }
}

/// Reads numbers, high byte first, one after the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Fields { rest: bytes }
    }

    /// The version and the flags that a full box begins with.
    pub(crate) fn full(&mut self) -> Result<(u8, u32), Refusal> {
        let word = self.word()?;
        let [version, ..] = word.to_be_bytes();
        Ok((version, word & 0x00FF_FFFF))
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Refusal> {
        self.array().map(|[byte]| byte)
    }

    pub(crate) fn half(&mut self) -> Result<u16, Refusal> {
        self.array().map(u16::from_be_bytes)
    }

    pub(crate) fn word(&mut self) -> Result<u32, Refusal> {
        self.array().map(u32::from_be_bytes)
    }

    pub(crate) fn long(&mut self) -> Result<u64, Refusal> {
        self.array().map(u64::from_be_bytes)
    }

    /// Four letters.
    pub(crate) fn four(&mut self) -> Result<Name, Refusal> {
        self.array()
    }

    /// A number of so many bytes: none, or up to eight.
    pub(crate) fn number(&mut self, bytes: usize) -> Result<u64, Refusal> {
        if bytes > 8 {
            return Err(Refusal::Damaged(Damage::Value));
        }
        let bytes = self.take(bytes)?;
        Ok(bytes.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }

    /// So many bytes.
    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], Refusal> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Refusal::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    /// A text up to its zero.
    pub(crate) fn text(&mut self) -> Result<&'a [u8], Refusal> {
        let end = self.rest.iter().position(|&byte| byte == 0).ok_or(Refusal::Truncated)?;
        let text = self.take(end)?;
        self.byte()?;
        Ok(text)
    }

    /// What was not read yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Demands that everything was read.
    pub(crate) fn end(&self) -> Result<(), Refusal> {
        if self.rest.is_empty() { Ok(()) } else { Err(Refusal::Damaged(Damage::Length)) }
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        let (array, rest) = self.rest.split_first_chunk().ok_or(Refusal::Truncated)?;
        self.rest = rest;
        Ok(*array)
    }
}

/// Appends a box.
pub(crate) fn put(file: &mut Vec<u8>, name: Name, body: &[u8]) -> Result<(), Refusal> {
    let length = body.len().checked_add(8).and_then(|length| u32::try_from(length).ok());
    let length = length.ok_or(Refusal::Limit(Limit::OutputBytes))?;
    file.extend(length.to_be_bytes());
    file.extend(name);
    file.extend(body);
    Ok(())
}

/// The version and the flags that a full box begins with.
pub(crate) fn full(version: u8, flags: u32) -> [u8; 4] {
    let [_, high, middle, low] = flags.to_be_bytes();
    [version, high, middle, low]
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn next(bytes: &[u8]) -> Result<Option<Part<'_>>, Refusal> {
        Parts::of(bytes).next(&mut 9)
    }

    fn find(bytes: &[u8]) -> Result<Place, Refusal> {
        Place::find(&mut Cursor::new(bytes), 0, bytes.len() as u64)
    }

    #[test]
    fn boxes_are_found_in_memory_and_in_a_source() {
        let mut file = Vec::new();
        put(&mut file, *b"free", b"").unwrap();
        file.extend(b"\0\0\0\x01mdat\0\0\0\0\0\0\0\x12Hi\0\0\0\x09abcd!");
        let mut parts = Parts::of(&file);
        let mut left = 3;
        for (name, body) in [(b"free", &b""[..]), (b"mdat", b"Hi"), (b"abcd", b"!")] {
            assert_eq!(parts.next(&mut left), Ok(Some(Part { name: *name, body })));
        }
        assert_eq!(parts.next(&mut left), Ok(None));
        let place = Place::find(&mut Cursor::new(&file), 8, 99);
        assert_eq!(place, Ok(Place { name: *b"mdat", body: 24..26 }));
    }

    #[test]
    fn a_box_without_length_may_only_end_a_source() {
        let open = b"\0\0\0\0mdatHi";
        assert_eq!(find(open).unwrap().body, 8..10);
        assert_eq!(next(open), Err(Refusal::Damaged(Damage::Length)));
    }

    #[test]
    fn lengths_that_do_not_fit_are_refused() {
        for file in [&b"\0\0\0\x09free"[..], b"\0\0\0\x08fre", b"\0\0\0\x01free\0\0\0\0", b"\0"] {
            assert_eq!(next(file), Err(Refusal::Truncated));
            assert_eq!(find(file), Err(Refusal::Truncated));
        }
        for file in [&b"\0\0\0\x07free"[..], b"\0\0\0\x01free\0\0\0\0\0\0\0\x0F"] {
            assert_eq!(next(file), Err(Refusal::Damaged(Damage::Length)));
            assert_eq!(find(file), Err(Refusal::Damaged(Damage::Length)));
        }
        let endless = b"\0\0\0\x01free\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
        assert_eq!(next(endless), Err(Refusal::Truncated));
        assert_eq!(find(endless), Err(Refusal::Truncated));
    }

    #[test]
    fn more_boxes_than_allowed_are_refused() {
        let mut parts = Parts::of(b"\0\0\0\x08free\0\0\0\x08free");
        let mut left = 1;
        assert!(parts.next(&mut left).is_ok());
        assert_eq!(parts.next(&mut left), Err(Refusal::Limit(Limit::Parts)));
    }

    #[test]
    fn numbers_and_texts_are_read_to_the_last_byte() {
        let mut fields = Fields::of(b"\x01\0\0\x02\x03\0\x04Hi\0\0\0\x05");
        assert_eq!(fields.full(), Ok((1, 2)));
        assert_eq!(fields.byte(), Ok(3));
        assert_eq!(fields.half(), Ok(4));
        assert_eq!(fields.text(), Ok(&b"Hi"[..]));
        assert_eq!(fields.number(0), Ok(0));
        assert!(fields.end().is_err());
        assert_eq!(fields.number(3), Ok(5));
        assert_eq!(fields.end(), Ok(()));
        assert_eq!(fields.byte(), Err(Refusal::Truncated));
        assert_eq!(fields.number(9), Err(Refusal::Damaged(Damage::Value)));
        assert_eq!(full(1, 2), *b"\x01\0\0\x02");
    }
}
