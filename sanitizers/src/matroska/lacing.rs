//! Frames in a block: one, or several laced together (RFC 9559, section 10.3).

use std::ops::Range;

use super::ebml;
use super::write;
use crate::Refusal;
use crate::film::Window;
use crate::refusal::{Damage, Limit};
use crate::sound::Bytes;

const XIPH: u8 = 0x02;
const SAME: u8 = 0x04;
const EBML: u8 = 0x06;
/// The two bits of the flags of a block that say how frames are laced.
pub(super) const MASK: u8 = 0x06;
/// Bytes in front of the first frame: 255 lengths of frames of 16 MB, and more.
const MOST: u64 = 16 << 10;

/// The frames of a block whose head ends where `body` begins.
pub(super) fn frames(
    window: &mut Window,
    body: &Range<u64>,
    flags: u8,
) -> Result<Vec<Range<u64>>, Refusal> {
    let kind = flags & MASK;
    if kind == 0 {
        return Ok(vec![body.clone()]);
    }
    let ahead = (body.end - body.start).min(MOST);
    let ahead = usize::try_from(ahead).map_err(|_| Refusal::Internal)?;
    let mut bytes = Bytes::new(window.bytes(body.start, ahead)?);
    let count = usize::from(bytes.byte()?) + 1;
    let mut sizes = match kind {
        SAME => Vec::new(),
        XIPH => xiph(&mut bytes, count)?,
        _ => ebml_sizes(&mut bytes, count)?,
    };
    let start = body.start + (ahead - bytes.rest().len()) as u64;
    let left = body.end.checked_sub(start).ok_or(Refusal::Damaged(Damage::Length))?;
    if kind == SAME {
        if !left.is_multiple_of(count as u64) {
            return Err(Refusal::Damaged(Damage::Length));
        }
        sizes = vec![left / count as u64; count];
    } else {
        let sum = sizes.iter().try_fold(0, |sum: u64, &size| sum.checked_add(size));
        let last = sum.and_then(|sum| left.checked_sub(sum));
        sizes.push(last.ok_or(Refusal::Damaged(Damage::Length))?);
    }
    let mut at = start;
    let range = |size| {
        let from = at;
        at += size;
        from..at
    };
    Ok(sizes.into_iter().map(range).collect())
}

fn xiph(bytes: &mut Bytes, count: usize) -> Result<Vec<u64>, Refusal> {
    let one = |_| {
        let mut size = 0;
        loop {
            let byte = bytes.byte()?;
            size += u64::from(byte);
            if byte < 255 {
                return Ok(size);
            }
        }
    };
    (1..count).map(one).collect()
}

/// The first length, and how much each other one is more or less than the one before.
fn ebml_sizes(bytes: &mut Bytes, count: usize) -> Result<Vec<u64>, Refusal> {
    let wrong = Refusal::Damaged(Damage::Value);
    let mut sizes = Vec::new();
    for number in 1..count {
        let before = bytes.rest().len();
        let read = ebml::number(bytes)?;
        let width = before - bytes.rest().len();
        let size = match sizes.last() {
            None => read.ok_or(wrong)?,
            Some(&last) => {
                // All ones is a number here: the largest step.
                let middle = (1_i64 << (7 * width - 1)) - 1;
                let read = read.unwrap_or((1 << (7 * width)) - 1).cast_signed();
                let step = read - middle;
                u64::checked_add_signed(last, step).ok_or(wrong)?
            }
        };
        debug_assert!(number < 256);
        sizes.push(size);
    }
    Ok(sizes)
}

/// The bits for the flags, and the bytes in front of the first frame, for frames of these
/// sizes: of one size if they have one, else with a length for each.
pub(super) fn written(sizes: &[u64]) -> Result<(u8, Vec<u8>), Refusal> {
    let [first, others @ ..] = sizes else { return Err(Refusal::Internal) };
    if others.is_empty() {
        return Ok((0, Vec::new()));
    }
    let count = u8::try_from(others.len()).map_err(|_| Refusal::Limit(Limit::Parts))?;
    let mut bytes = vec![count];
    if others.iter().all(|size| size == first) {
        return Ok((SAME, bytes));
    }
    bytes.extend(write::length(*first));
    let steps = sizes.iter().zip(others).take(others.len().saturating_sub(1));
    for (before, size) in steps {
        bytes.extend(step(size.cast_signed() - before.cast_signed()));
    }
    Ok((EBML, bytes))
}

/// A step, as short as can be.
fn step(step: i64) -> Vec<u8> {
    let middle = |bytes: u32| (1_i64 << (7 * bytes - 1)) - 1;
    let fits = |bytes: &u32| step.abs() <= middle(*bytes);
    let bytes = (1..8).find(fits).unwrap_or(8);
    let number = (step + middle(bytes)).cast_unsigned() | 1 << (7 * bytes);
    number.to_be_bytes().into_iter().skip(8 - bytes as usize).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn read(flags: u8, body: &[u8]) -> Result<Vec<(u64, u64)>, Refusal> {
        let mut source = Cursor::new(body.to_vec());
        let mut window = Window::new(&mut source).unwrap();
        let frames = frames(&mut window, &(0..body.len() as u64), flags)?;
        Ok(frames.iter().map(|range| (range.start, range.end)).collect())
    }

    #[test]
    fn frames_are_found_in_each_sort_of_lace() {
        assert_eq!(read(0, b"one"), Ok(vec![(0, 3)]));
        assert_eq!(read(SAME, b"\x01aabb"), Ok(vec![(1, 3), (3, 5)]));
        assert_eq!(read(XIPH, b"\x02\x01\x03abbbcc"), Ok(vec![(3, 4), (4, 7), (7, 9)]));
        // One byte, two more, and the rest.
        assert_eq!(read(EBML, b"\x02\x81\xC1abbbcc"), Ok(vec![(3, 4), (4, 7), (7, 9)]));
    }

    #[test]
    fn laces_that_do_not_fit_are_refused() {
        for (flags, body) in [
            (SAME, &b"\x01aaa"[..]),
            (XIPH, b"\x01\x09a"),
            (XIPH, b"\x01\xFF"),
            (EBML, b"\x01\x89a"),
            (EBML, b"\x02\x81\x80abc"),
            (EBML, b"\x01\xFFa"),
            (EBML, b""),
        ] {
            assert!(read(flags, body).is_err(), "{flags} {body:?}");
        }
    }

    #[test]
    fn laces_are_written_so_that_they_read_the_same() {
        for sizes in [vec![5], vec![3, 3, 3], vec![1, 200, 3, 9_000, 2], vec![70, 7, 70, 8]] {
            let (flags, mut bytes) = written(&sizes).unwrap();
            let front = bytes.len() as u64;
            bytes.extend((0..sizes.iter().sum::<u64>()).map(|_| 0));
            let mut at = front;
            let expected: Vec<_> = sizes
                .iter()
                .map(|size| {
                    at += size;
                    (at - size, at)
                })
                .collect();
            assert_eq!(read(flags, &bytes), Ok(expected), "{sizes:?}");
        }
    }
}
