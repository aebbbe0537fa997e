//! Where the coded data of a picture ends.
//!
//! Neither coding says how long it is: a decoder stops when it has all pixels, and whatever
//! comes behind, a whole archive for example, is seen by nobody. The other crate's decoder
//! does not read beyond the end of what it is given, so a picture that is the same to it
//! without the last bytes has a tail. Then the shortest data that shows the same is searched
//! for, and the tail cut off.
//!
//! What an encoder leaves when it empties its registers stays: at most [`FLUSH`] bytes behind
//! each part of a picture.

use std::borrow::Cow;
use std::io::Cursor;

use image_webp::WebPDecoder;
use image_webp::vp8::{Frame, Vp8Decoder};

use crate::Refusal;
use crate::refusal::Damage;

/// Bytes behind the last one that is read, as encoders leave them.
const FLUSH: usize = 3;

/// How much of data of this length is needed, if more than a flush is not.
fn without_tail(length: usize, decodes: impl Fn(usize) -> bool) -> Option<usize> {
    let (mut fails, mut works) = (None, length.checked_sub(FLUSH + 1).filter(|&l| decodes(l))?);
    while works > fails.map_or(0, |fails| fails + 1) {
        let middle = fails.map_or(works / 2, |fails| usize::midpoint(fails, works));
        if decodes(middle) {
            works = middle;
        } else {
            fails = Some(middle);
        }
    }
    Some(works)
}

/// A lossless picture, or plane, of this size without its tail. `head` is what a picture has
/// in front of `data`. Says also whether it shows something where it is wholly transparent.
pub(super) fn lossless<'a>(
    data: &'a [u8],
    size: (u32, u32),
    head: &[u8],
) -> Result<(&'a [u8], bool), Refusal> {
    let pixels = |length: usize| pixels(&[head, data.get(..length)?].concat(), size);
    let shown = pixels(data.len()).ok_or(Refusal::Damaged(Damage::Value))?;
    let is_hidden = has_hidden(&shown);
    drop(shown);
    let end = without_tail(data.len(), |length| pixels(length).is_some()).unwrap_or(data.len());
    Ok((data.get(..end).ok_or(Refusal::Internal)?, is_hidden))
}

/// Whether wholly transparent pixels have more than one colour.
fn has_hidden(pixels: &[u8]) -> bool {
    let mut hidden = pixels.as_chunks::<4>().0.iter().filter(|[.., alpha]| *alpha == 0);
    hidden.next().is_some_and(|first| hidden.any(|other| other != first))
}

/// The head of a lossless picture, which a plane does not have.
pub(super) fn lossless_head((width, height): (u32, u32)) -> [u8; 5] {
    let [b0, b1, b2, b3] = ((width - 1) | ((height - 1) << 14)).to_le_bytes();
    [0x2F, b0, b1, b2, b3]
}

/// Colours and transparency of a lossless picture.
fn pixels(data: &[u8], (width, height): (u32, u32)) -> Option<Vec<u8>> {
    // An extended file that claims to be transparent takes the least memory.
    let [w0, w1, w2, _] = (width - 1).to_le_bytes();
    let [h0, h1, h2, _] = (height - 1).to_le_bytes();
    let length = |data: &[u8]| u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes();
    let filling: &[u8] = if data.len().is_multiple_of(2) { &[] } else { &[0] };
    let inside = [
        b"WEBPVP8X\x0a\0\0\0\x10\0\0\0",
        &[w0, w1, w2, h0, h1, h2][..],
        b"VP8L",
        &length(data),
        data,
        filling,
    ]
    .concat();
    let file = [b"RIFF", &length(&inside)[..], &inside].concat();
    let mut decoder = WebPDecoder::new(Cursor::new(file)).ok()?;
    let mut pixels = vec![0; decoder.output_buffer_size()?];
    decoder.read_image(&mut pixels).ok()?;
    Some(pixels)
}

/// A lossy picture without the tails of its parts.
pub(super) fn lossy(data: &[u8]) -> Result<Cow<'_, [u8]>, Refusal> {
    let shown = Vp8Decoder::decode_frame(Cursor::new(data));
    let shown = shown.map_err(|_| Refusal::Damaged(Damage::Value))?;
    let mut picture = Lossy::read(data).ok_or(Refusal::Damaged(Damage::Length))?;
    let mut has_tail = false;
    for at in 0..picture.parts.len() {
        let Some(&part) = picture.parts.get(at) else { continue };
        let decodes = |length: usize| {
            let mut shorter = picture.clone();
            if let (Some(cut), Some(to)) = (shorter.parts.get_mut(at), part.get(..length)) {
                *cut = to;
            }
            let frame = Vp8Decoder::decode_frame(Cursor::new(shorter.write()));
            frame.is_ok_and(|frame| is_same(&frame, &shown))
        };
        // Behind the end the decoder makes a byte up, as if there was a nought. So a picture
        // that is cut short may be decoded, but is another one; and one byte more is needed.
        if let Some(end) = without_tail(part.len().saturating_sub(1), decodes)
            && let (Some(cut), Some(to)) = (picture.parts.get_mut(at), part.get(..end + 1))
        {
            *cut = to;
            has_tail = true;
        }
    }
    Ok(if has_tail { picture.write().into() } else { data.into() })
}

fn is_same(one: &Frame, other: &Frame) -> bool {
    one.ybuf == other.ybuf && one.ubuf == other.ubuf && one.vbuf == other.vbuf
}

/// A lossy picture taken apart (RFC 6386, 9.2, 9.5).
#[derive(Clone)]
struct Lossy<'a> {
    head: [u8; 10],
    /// First how the picture is coded, then one to eight parts with its coefficients.
    parts: Vec<&'a [u8]>,
}

impl<'a> Lossy<'a> {
    fn read(data: &'a [u8]) -> Option<Self> {
        let (head, rest) = data.split_first_chunk::<10>()?;
        let [t0, t1, t2, ..] = *head;
        let length = usize::try_from(u32::from_le_bytes([t0, t1, t2, 0]) >> 5).ok()?;
        let (first, rest) = rest.split_at_checked(length)?;
        let count = Bits::new(first).parts();
        let (sizes, mut rest) = rest.split_at_checked(3 * (count - 1))?;
        let mut parts = vec![first];
        for &[s0, s1, s2] in sizes.as_chunks().0 {
            let size = usize::try_from(u32::from_le_bytes([s0, s1, s2, 0])).ok()?;
            let part;
            (part, rest) = rest.split_at_checked(size)?;
            parts.push(part);
        }
        parts.push(rest);
        Some(Lossy { head: *head, parts })
    }

    fn write(&self) -> Vec<u8> {
        let size = |part: &[u8]| u32::try_from(part.len()).unwrap_or(u32::MAX);
        let Some((first, [middle @ .., last])) = self.parts.split_first() else {
            return Vec::new();
        };
        let [t0, _, _, head @ ..] = self.head;
        let tag = (size(first) << 5 | u32::from(t0) & 0x1F).to_le_bytes();
        let mut data = [&tag[..3], &head, first].concat();
        data.extend(middle.iter().flat_map(|part| size(part).to_le_bytes().into_iter().take(3)));
        data.extend(middle.concat());
        data.extend(*last);
        data
    }
}

/// Reads what is as likely zero as one, as all of a head is (RFC 6386, 7.3).
struct Bits<'a> {
    rest: &'a [u8],
    value: u32,
    range: u32,
    left: u32,
}

impl<'a> Bits<'a> {
    fn new(data: &'a [u8]) -> Self {
        let mut bits = Bits { rest: data, value: 0, range: 255, left: 8 };
        bits.value = bits.byte() << 8 | bits.byte();
        bits
    }

    fn byte(&mut self) -> u32 {
        let Some((&byte, rest)) = self.rest.split_first() else { return 0 };
        self.rest = rest;
        byte.into()
    }

    fn bit(&mut self) -> bool {
        let split = 1 + ((self.range - 1) >> 1);
        let is = self.value >= split << 8;
        if is {
            self.value -= split << 8;
            self.range -= split;
        } else {
            self.range = split;
        }
        while self.range < 128 {
            self.value <<= 1;
            self.range <<= 1;
            self.left -= 1;
            if self.left == 0 {
                self.value |= self.byte();
                self.left = 8;
            }
        }
        is
    }

    fn number(&mut self, length: u32) -> u32 {
        (0..length).fold(0, |number, _| number << 1 | u32::from(self.bit()))
    }

    /// Passes over numbers each of which may be left out.
    fn skip(&mut self, count: u32, length: u32) {
        for _ in 0..count {
            if self.bit() {
                self.number(length);
            }
        }
    }

    /// How many parts the coefficients have (RFC 6386, 19.2).
    fn parts(mut self) -> usize {
        // Colours.
        self.number(2);
        if self.bit() {
            let (map, levels) = (self.bit(), self.bit());
            if levels {
                self.bit();
                self.skip(4, 8);
                self.skip(4, 7);
            }
            if map {
                self.skip(3, 8);
            }
        }
        // The filter between blocks.
        self.number(10);
        if self.bit() && self.bit() {
            self.skip(8, 7);
        }
        1 << self.number(2)
    }
}
