//! MPEG-4 part 2: parts begin with three bytes that occur nowhere else, and a type.
//!
//! Encoders put their name and version between them as "user data". It is cut out of the
//! description and of every sample.
//!
//! Format: ISO/IEC 14496-2, 6.2.

use std::ops::Range;

use memchr::memmem;

use super::sample::Out;
use super::window::Window;
use crate::refusal::{Feature, Limit};
use crate::{Category, Refusal};

const PREFIX: &[u8] = &[0, 0, 1];
const USER_DATA: u8 = 0xB2;
/// Bytes of a sample: larger than any picture of this coding.
const MOST: usize = 8 << 20;

/// Names of coders whose pictures are decoded in their own way.
const OWN_WAY: [&[u8]; 2] = [b"XviD", b"DivX"];

/// Whether user data says that pictures are to be decoded in another way than the format
/// has it: without the name they would look different.
pub(super) fn changes_decoding(bytes: &[u8]) -> bool {
    let mut data = memmem::find_iter(bytes, b"\0\0\x01\xB2").filter_map(|at| bytes.get(at + 4..));
    data.any(|data| OWN_WAY.iter().any(|name| data.starts_with(name)))
}

/// The ranges that are kept: all but user data.
fn kept(bytes: &[u8]) -> Vec<Range<usize>> {
    let (mut all, mut from) = (Vec::new(), Some(0));
    for at in memmem::find_iter(bytes, PREFIX) {
        match (bytes.get(at + PREFIX.len()) == Some(&USER_DATA), from) {
            (true, Some(start)) => {
                all.push(start..at);
                from = None;
            }
            (false, None) => from = Some(at),
            _ => {}
        }
    }
    all.extend(from.map(|start| start..bytes.len()));
    all.retain(|range| !range.is_empty());
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
    if ranges.iter().map(ExactSizeIterator::len).sum::<usize>() != length {
        out.found(Category::Software);
    }
    for range in ranges {
        out.keep(sample.start + range.start as u64..sample.start + range.end as u64);
    }
    Ok(())
}

/// The same of a description.
pub(crate) fn without_user_data(description: &[u8]) -> Vec<u8> {
    let parts = kept(description).into_iter().filter_map(|range| description.get(range));
    parts.collect::<Vec<_>>().concat()
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
        let cut = |bytes: &[u8]| without_user_data(bytes);
        assert_eq!(
            cut(b"\0\0\x01\xB0\xF5\0\0\x01\xB2Lavc\0\0\x01\xB6rest"),
            b"\0\0\x01\xB0\xF5\0\0\x01\xB6rest"
        );
        assert_eq!(cut(b"\0\0\x01\xB2Lavc\0\0\x01\xB2Anna"), b"");
        assert_eq!(cut(b"plain"), b"plain");
    }
}
