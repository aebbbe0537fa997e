//! Whether coded data goes on behind the last byte that a decoder reads.
//!
//! The other crate's decoder fails, or sees another picture, where its data ends too early. So
//! it must decode each part of a picture, and must not see the same without the last few bytes.

use std::io::Cursor;

use image_webp::vp8::{Frame, Vp8Decoder};

/// An encoder that empties its registers leaves no more than this behind the last byte.
const MOST_UNREAD: usize = 3;

/// Whether a lossless picture of this size can be decoded, or such a plane as if it was one.
fn is_whole(size: (u32, u32), data: &[u8], is_plane: bool) -> Option<()> {
    let sides = [size.0.checked_sub(1)?, size.1.checked_sub(1)?];
    let head = (sides[0] | sides[1] << 14).to_le_bytes();
    let head = [&[0x2F][..], &head].concat();
    let data = [if is_plane { head.as_slice() } else { &[] }, data].concat();
    let mut file = b"RIFF----WEBPVP8X\x0a\0\0\0\x10\0\0\0".to_vec();
    file.extend(sides.iter().flat_map(|side| side.to_le_bytes().into_iter().take(3)));
    file.extend(b"VP8L");
    file.extend(u32::try_from(data.len()).ok()?.to_le_bytes());
    file.extend(data);
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(file)).ok()?;
    let mut pixels = vec![0; decoder.output_buffer_size()?];
    decoder.read_image(&mut pixels).ok()
}

/// Whether a lossless picture or plane is whole, and nothing comes behind it.
pub(super) fn lossless(size: (u32, u32), data: &[u8], is_plane: bool) -> Option<()> {
    is_whole(size, data, is_plane)?;
    let shorter = data.len().checked_sub(MOST_UNREAD + 1);
    let shorter = shorter.and_then(|length| data.get(..length));
    shorter.is_none_or(|data| is_whole(size, data, is_plane).is_none()).then_some(())
}

/// What a lossy picture shows.
pub(super) fn frame(data: &[u8]) -> Option<Frame> {
    Vp8Decoder::decode_frame(Cursor::new(data)).ok()
}

/// Whether two lossy pictures show the same.
pub(super) fn are_same(one: &Frame, other: &Frame) -> bool {
    [&one.ybuf, &one.ubuf, &one.vbuf] == [&other.ybuf, &other.ubuf, &other.vbuf]
}

/// Whether a lossy picture is whole, and nothing comes behind any of its parts.
pub(super) fn lossy(data: &[u8]) -> Option<()> {
    let shown = frame(data)?;
    let parts = parts(data)?;
    for (at, part) in parts.iter().enumerate() {
        // One byte behind the end is made up by the decoder.
        let length = part.len().checked_sub(MOST_UNREAD + 2);
        let Some(cut) = length.and_then(|length| part.get(..length)) else { continue };
        let mut shorter = parts.clone();
        *shorter.get_mut(at)? = cut;
        let other = frame(&joined(data, &shorter)?).is_none_or(|seen| !are_same(&seen, &shown));
        other.then_some(())?;
    }
    Some(())
}

/// The parts of a lossy picture: how it is coded, and its coefficients.
pub(super) fn parts(data: &[u8]) -> Option<Vec<&[u8]>> {
    let tag: &[u8; 3] = data.first_chunk()?;
    let first = tag.iter().rev().fold(0, |sum, &byte| sum << 8 | usize::from(byte)) >> 5;
    let (first, rest) = data.get(10..)?.split_at_checked(first)?;
    let count = count(first);
    let (table, mut rest) = rest.split_at_checked(count * 3 - 3)?;
    let mut parts = vec![first];
    for size in table.chunks_exact(3) {
        let size = size.iter().rev().fold(0, |sum, &byte| sum << 8 | usize::from(byte));
        let (part, behind) = rest.split_at_checked(size)?;
        parts.push(part);
        rest = behind;
    }
    parts.push(rest);
    Some(parts)
}

/// These parts behind the head of `data`.
fn joined(data: &[u8], parts: &[&[u8]]) -> Option<Vec<u8>> {
    let (first, others) = parts.split_first()?;
    let (last, middle) = others.split_last()?;
    let tag = first.len() << 5 | usize::from(data.first()? & 31);
    let three = |number: usize| number.to_le_bytes().into_iter().take(3);
    let mut all: Vec<u8> = three(tag).collect();
    all.extend(data.get(3..10)?);
    all.extend(*first);
    all.extend(middle.iter().flat_map(|part| three(part.len())));
    all.extend(middle.concat());
    all.extend(*last);
    Some(all)
}

/// How many parts the coefficients have: the number stands in the first part, behind what is
/// said of segments and of the filter. Here every bit is as likely as its opposite, so the
/// arithmetic coder halves its range each time.
fn count(first: &[u8]) -> usize {
    let mut bytes = first.iter().map(|&byte| u64::from(byte));
    let mut next = move || bytes.next().unwrap_or(0);
    // As a number between 0 and the range, of 8 bits before the point and 8 behind it.
    let (mut value, mut range, mut shifted) = (next() * 256 + next(), 255_u64, 0);
    let mut bits = |length: usize| {
        let mut number = 0_usize;
        for _ in 0..length {
            let half = range.div_ceil(2);
            let is = value / 256 >= half;
            (value, range) = if is { (value - half * 256, range - half) } else { (value, half) };
            while range < 128 {
                (value, range, shifted) = (value * 2, range * 2, shifted + 1);
                if shifted % 8 == 0 {
                    value += next();
                }
            }
            number = number * 2 + usize::from(is);
        }
        number
    };
    let optional = |count: usize, length: usize, bits: &mut dyn FnMut(usize) -> usize| {
        (0..count).for_each(|_| {
            let there = bits(1) == 1;
            bits(if there { length } else { 0 });
        });
    };
    bits(2);
    if bits(1) == 1 {
        let what = bits(2);
        if what & 1 == 1 {
            bits(1);
            optional(4, 8, &mut bits);
            optional(4, 7, &mut bits);
        }
        optional(if what & 2 == 2 { 3 } else { 0 }, 8, &mut bits);
    }
    bits(10);
    if bits(1) == 1 && bits(1) == 1 {
        optional(8, 7, &mut bits);
    }
    1 << bits(2)
}
