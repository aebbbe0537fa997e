//! MPEG-4 part 2: parts begin with three bytes that occur nowhere else, and a type.
//!
//! Encoders put their name and version between them as "user data". Kept of descriptions
//! and samples are parts that are needed to decode, up to the length that they can have;
//! what stands in front of the first part is none.
//!
//! Format: ISO/IEC 14496-2, 6.2.

use std::ops::Range;

use memchr::memmem;

use super::sample::Out;
use super::window::Window;
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Refusal};

const PREFIX: &[u8] = &[0, 0, 1];
/// Bytes of a sample: larger than any picture of this coding.
const MOST: usize = 8 << 20;

/// Names of coders whose pictures are decoded in their own way.
const OWN_WAY: [&[u8]; 2] = [b"XviD", b"DivX"];

/// Whether user data says that pictures are to be decoded in another way than the format
/// has it: without the name they would look different.
fn changes_decoding(bytes: &[u8]) -> bool {
    let mut data = memmem::find_iter(bytes, b"\0\0\x01\xB2").filter_map(|at| bytes.get(at + 4..));
    data.any(|data| OWN_WAY.iter().any(|name| data.starts_with(name)))
}

/// The most bytes of a part that is kept, by its type (table 6-3 and 6.2.2 to 6.2.5).
fn most(kind: u8) -> Option<usize> {
    match kind {
        // The beginning of an object, the end of all, how much a decoder must be able to do.
        0x00..=0x1F | 0xB1 => Some(4),
        0xB0 => Some(5),
        // A layer, with its matrices.
        0x20..=0x2F => Some(512),
        // A group of pictures, and what the object is.
        0xB3 => Some(7),
        0xB5 => Some(16),
        // A picture.
        0xB6 => Some(usize::MAX),
        _ => None,
    }
}

/// The ranges that are kept.
fn kept(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut starts = memmem::find_iter(bytes, PREFIX).peekable();
    let mut all: Vec<Range<usize>> = Vec::new();
    while let Some(at) = starts.next() {
        let end = starts.peek().copied().unwrap_or(bytes.len());
        let kind = bytes.get(at + PREFIX.len()).copied();
        let Some(most) = kind.and_then(most) else { continue };
        let end = end.min(at.saturating_add(most));
        match all.last_mut() {
            Some(last) if last.end == at => last.end = end,
            _ => all.push(at..end),
        }
    }
    all
}

/// Writes what is kept of a sample.
pub(super) fn pass(window: &mut Window, sample: Range<u64>, out: &mut Out) -> Result<(), Refusal> {
    let length = usize::try_from(sample.end - sample.start).unwrap_or(usize::MAX);
    if length > MOST {
        return Err(Refusal::Limit(Limit::Parts));
    }
    let bytes = window.bytes(sample.start, length)?;
    if changes_decoding(bytes) {
        return Err(Refusal::Feature(Feature::Codec));
    }
    let ranges = kept(bytes);
    if ranges.is_empty() && length > 1 {
        // Pictures of another coding under this name.
        return Err(Refusal::Damaged(Damage::Value));
    }
    if ranges.iter().map(ExactSizeIterator::len).sum::<usize>() != length {
        out.found(Category::Software);
    }
    for range in ranges {
        out.keep(sample.start + range.start as u64..sample.start + range.end as u64);
    }
    Ok(())
}

/// The same of a description.
pub(crate) fn without_user_data(description: &[u8]) -> Result<Vec<u8>, Refusal> {
    if changes_decoding(description) {
        return Err(Refusal::Feature(Feature::Codec));
    }
    let parts = kept(description).into_iter().filter_map(|range| description.get(range));
    Ok(parts.collect::<Vec<_>>().concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_that_need_the_name_of_their_coder_are_known() {
        assert!(changes_decoding(b"\0\0\x01\xB0\xF5\0\0\x01\xB2XviD0069"));
        assert!(!changes_decoding(b"\0\0\x01\xB0\xF5\0\0\x01\xB2Lavc58.134.100"));
    }

    #[test]
    fn user_data_is_cut_out_wherever_it_stands() {
        let cut = |bytes: &[u8]| without_user_data(bytes).unwrap();
        assert_eq!(
            cut(b"\0\0\x01\xB0\xF5\0\0\x01\xB2Lavc\0\0\x01\xB6rest"),
            b"\0\0\x01\xB0\xF5\0\0\x01\xB6rest"
        );
        assert_eq!(cut(b"\0\0\x01\xB2Lavc\0\0\x01\xB2Anna"), b"");
        assert_eq!(cut(b"plain"), b"");
    }

    #[test]
    fn parts_that_no_decoder_needs_are_cut_out_and_ends_of_others() {
        let cut = |bytes: &[u8]| without_user_data(bytes).unwrap();
        assert_eq!(
            cut(b"Anna\0\0\x01\xB1Anna\0\0\x01\xB6picture"),
            b"\0\0\x01\xB1\0\0\x01\xB6picture"
        );
        for kind in [0x30, 0x5F, 0x99, 0xB2, 0xB4, 0xB7, 0xC3, 0xFF] {
            assert_eq!(cut(&[0, 0, 1, kind, b'A']), b"", "{kind:X}");
        }
        assert_eq!(cut(b"\0\0\x01\xB0\xF5Anna\0\0\x01\x01Anna"), b"\0\0\x01\xB0\xF5\0\0\x01\x01");
    }
}
