//! JPEG 2000 pictures (ISO/IEC 15444-1, annexes A and I).
//!
//! The file format around the picture has boxes for XML, for anything under a UUID,
//! for addresses and for rights; inside the picture itself there are comments, in
//! which programs write their name. Boxes that are needed to show the picture are
//! copied, a colour profile is issued anew, comments are taken out.

use crate::refusal::{Damage, Feature};
use crate::{Category, Notes, Refusal, icc};

const DAMAGED: Refusal = Refusal::Damaged(Damage::Length);

const START: [u8; 2] = [0xff, 0x4f];
const COMMENT: u8 = 0x64;
/// Segments without which the picture cannot be decoded (A.2): its size, how it is coded
/// and quantised, regions, orders, packed headers. Lists of lengths and places are not
/// among them.
const IN_MAIN: [u8; 8] = [0x51, 0x52, 0x53, 0x5c, 0x5d, 0x5e, 0x5f, 0x60];
const IN_TILE: [u8; 8] = [0x52, 0x53, 0x58, 0x5c, 0x5d, 0x5e, 0x5f, 0x61];
/// Segments of other parts of the standard, which change what the rest means.
const FOREIGN: std::ops::RangeInclusive<u8> = 0x70..=0x7f;
const CAPABILITIES: u8 = 0x50;
const TILE: u8 = 0x90;
const TILE_DATA: u8 = 0x93;
const END: u8 = 0xd9;

/// Cleans a JPEG 2000 file or a bare code stream.
pub(super) fn clean(data: &[u8], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    if data.starts_with(&START) {
        return code_stream(data, notes);
    }
    let mut out = Vec::with_capacity(data.len());
    for (kind, body) in boxes(data)? {
        match &kind {
            b"jP  " => write_box(kind, b"\r\n\x87\n", &mut out),
            b"ftyp" => write_box(kind, b"jp2 \0\0\0\0jp2 ", &mut out),
            b"jp2h" => write_box(kind, &header(body, notes)?, &mut out),
            b"jp2c" => {
                write_box(kind, &code_stream(body, notes)?, &mut out);
                // Whatever follows the picture is not part of it.
                return Ok(out);
            }
            b"xml " => notes.found(Category::Descriptions),
            b"uuid" | b"uinf" => notes.found(Category::Identifiers),
            _ => notes.found(Category::Other),
        }
    }
    Err(Refusal::Damaged(Damage::Missing))
}

type Box<'a> = ([u8; 4], &'a [u8]);

fn boxes(mut data: &[u8]) -> Result<Vec<Box<'_>>, Refusal> {
    let mut found = Vec::new();
    while !data.is_empty() {
        let (size, rest) = data.split_first_chunk().ok_or(DAMAGED)?;
        let (kind, mut rest) = rest.split_first_chunk().ok_or(DAMAGED)?;
        let mut used = 8;
        let size = match u32::from_be_bytes(*size) {
            0 => data.len(),
            1 => {
                let (long, after) = rest.split_first_chunk().ok_or(DAMAGED)?;
                rest = after;
                used = 16;
                usize::try_from(u64::from_be_bytes(*long)).map_err(|_| DAMAGED)?
            }
            size => usize::try_from(size).map_err(|_| DAMAGED)?,
        };
        let body = rest.get(..size.checked_sub(used).ok_or(DAMAGED)?).ok_or(DAMAGED)?;
        found.push((*kind, body));
        data = data.get(size..).ok_or(DAMAGED)?;
    }
    Ok(found)
}

fn write_box(kind: [u8; 4], body: &[u8], out: &mut Vec<u8>) {
    let size = u32::try_from(body.len() + 8).unwrap_or(0);
    out.extend_from_slice(&size.to_be_bytes());
    out.extend_from_slice(&kind);
    out.extend_from_slice(body);
}

/// The boxes that say how to show the picture.
fn header(data: &[u8], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    for (kind, body) in boxes(data)? {
        match &kind {
            b"ihdr" | b"bpcc" | b"pclr" | b"cmap" | b"cdef" => {
                let length = used_length(kind, body).ok_or(DAMAGED)?.min(body.len());
                write_box(kind, body.get(..length).unwrap_or_default(), &mut out);
            }
            b"colr" => write_box(kind, &colour(body, notes)?, &mut out),
            _ => notes.found(Category::Other),
        }
    }
    Ok(out)
}

/// Bytes of a box that mean something (I.5.3).
fn used_length(kind: [u8; 4], body: &[u8]) -> Option<usize> {
    const MOST_CHANNELS: usize = 255;
    Some(match &kind {
        b"ihdr" => 14,
        b"bpcc" => MOST_CHANNELS,
        b"cmap" => 4 * MOST_CHANNELS,
        b"cdef" => 2 + 6 * usize::from(u16::from_be_bytes(*body.first_chunk()?)),
        _ => {
            let entries = usize::from(u16::from_be_bytes(*body.first_chunk()?));
            let columns = usize::from(*body.get(2)?);
            let widths = body.get(3..3 + columns)?;
            let width = |depth: &u8| (usize::from(depth & 0x7f) + 1).div_ceil(8);
            3 + columns + entries * widths.iter().map(width).sum::<usize>()
        }
    })
}

/// How colours are meant: a number, or a profile (I.5.3.3).
fn colour(body: &[u8], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let (start, rest) = body.split_first_chunk::<3>().ok_or(DAMAGED)?;
    match start[0] {
        1 => match rest.get(..4).ok_or(DAMAGED)? {
            known @ [0, 0, 0, _] => Ok([&[1, 0, 0], known].concat()),
            _ => Err(Refusal::Damaged(Damage::Value)),
        },
        2 | 3 => {
            notes.found(Category::ColourProfiles);
            let profile = icc::canonical(rest).ok_or(Refusal::Damaged(Damage::Value))?;
            Ok([[start[0], 0, 0].as_slice(), &profile].concat())
        }
        _ => Err(Refusal::Feature(Feature::Construct)),
    }
}

/// The picture itself: marker by marker up to its end, without comments.
fn code_stream(data: &[u8], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let mut out = START.to_vec();
    let mut rest = data.strip_prefix(&START).ok_or(DAMAGED)?;
    loop {
        let (marker, after) = rest.split_first_chunk::<2>().ok_or(DAMAGED)?;
        match marker {
            [0xff, END] => {
                out.extend_from_slice(marker);
                if !after.is_empty() {
                    notes.found(Category::StrayBytes);
                }
                return Ok(out);
            }
            [0xff, TILE] => rest = tile(rest, &mut out, notes)?,
            [0xff, code] => {
                let (segment, after) = segment(after)?;
                match *code {
                    COMMENT => notes.found(Category::Software),
                    code if IN_MAIN.contains(&code) => {
                        out.extend_from_slice(marker);
                        out.extend_from_slice(segment);
                    }
                    CAPABILITIES => return Err(Refusal::Feature(Feature::Construct)),
                    code if FOREIGN.contains(&code) => {
                        return Err(Refusal::Feature(Feature::Construct));
                    }
                    _ => notes.found(Category::Other),
                }
                rest = after;
            }
            _ => return Err(DAMAGED),
        }
    }
}

/// A segment with its length, and what follows it.
fn segment(data: &[u8]) -> Result<(&[u8], &[u8]), Refusal> {
    let length = u16::from_be_bytes(*data.first_chunk().ok_or(DAMAGED)?);
    data.split_at_checked(usize::from(length))
        .filter(|(segment, _)| segment.len() >= 2)
        .ok_or(DAMAGED)
}

/// One part of a tile (A.4.2). Its length is counted elsewhere too, so a comment in
/// its header, or a segment that nobody knows, is not taken out but emptied.
fn tile<'a>(data: &'a [u8], out: &mut Vec<u8>, notes: &mut Notes) -> Result<&'a [u8], Refusal> {
    const LENGTH_AT: usize = 6;
    let length = data.get(LENGTH_AT..).and_then(|rest| rest.first_chunk()).ok_or(DAMAGED)?;
    let length = match usize::try_from(u32::from_be_bytes(*length)).map_err(|_| DAMAGED)? {
        // Up to the end marker of the picture.
        0 => data.len().checked_sub(2).ok_or(DAMAGED)?,
        length => length,
    };
    let (part, after) = data.split_at_checked(length).ok_or(DAMAGED)?;
    let mut rest = part;
    loop {
        let (marker, body) = rest.split_first_chunk::<2>().ok_or(DAMAGED)?;
        if *marker == [0xff, TILE_DATA] {
            out.extend_from_slice(rest);
            return Ok(after);
        }
        let (segment, next) = segment(body)?;
        let known = *marker == [0xff, TILE] || IN_TILE.contains(&marker[1]);
        if known {
            out.extend_from_slice(marker);
            out.extend_from_slice(segment);
        } else {
            notes.found(Category::Software);
            let (length, text) = segment.split_first_chunk::<2>().ok_or(DAMAGED)?;
            out.extend_from_slice(&[0xff, COMMENT]);
            out.extend_from_slice(length);
            out.extend(std::iter::repeat_n(0, text.len()));
        }
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marker(code: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xff, code], length.as_slice(), body].concat()
    }

    fn stream(comment: &[u8], tail: &[u8]) -> Vec<u8> {
        let mut tile_header = marker(TILE, &[0, 0, 0, 0, 0, 0, 0, 1]);
        let in_tile = marker(COMMENT, comment);
        let length = u32::try_from(tile_header.len() + in_tile.len() + 4).unwrap();
        tile_header[6..10].copy_from_slice(&length.to_be_bytes());
        [
            START.as_slice(),
            &marker(0x51, b"size"),
            &marker(COMMENT, comment),
            &tile_header,
            &in_tile,
            &[0xff, TILE_DATA, 7, 7, 0xff, END],
            tail,
        ]
        .concat()
    }

    fn boxed(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        write_box(kind, body, &mut out);
        out
    }

    #[test]
    fn comments_and_what_follows_the_picture_are_gone() {
        let cleaned = clean(&stream(b"Anna", b"more"), &mut Notes::default()).unwrap();
        assert!(!cleaned.windows(4).any(|four| four == b"Anna" || four == b"more"));
        assert!(cleaned.ends_with(&[0xff, TILE_DATA, 7, 7, 0xff, END]));
        assert_eq!(clean(&cleaned, &mut Notes::default()).unwrap(), cleaned);
    }

    #[test]
    fn segments_that_nobody_needs_are_gone_and_foreign_ones_refused() {
        let with = |code: u8| {
            let picture = stream(b"", b"");
            let size = START.len() + marker(0x51, b"size").len();
            [&picture[..size], &marker(code, b"Anna"), &picture[size..]].concat()
        };
        for code in [0x55, 0x57, 0x63, 0x40] {
            let cleaned = clean(&with(code), &mut Notes::default()).unwrap();
            assert!(!cleaned.windows(4).any(|four| four == b"Anna"), "{code:x}");
        }
        for code in [0x50, 0x74] {
            let refusal = clean(&with(code), &mut Notes::default());
            assert_eq!(refusal, Err(Refusal::Feature(Feature::Construct)), "{code:x}");
        }
    }

    #[test]
    fn boxes_that_do_not_show_the_picture_are_gone() {
        let file = [
            boxed(*b"jP  ", b"\r\n\x87\n"),
            boxed(*b"xml ", b"<who>Anna</who>"),
            boxed(*b"jp2h", &[boxed(*b"ihdr", b"size"), boxed(*b"res ", b"Anna")].concat()),
            boxed(*b"jp2c", &stream(b"", b"")),
            boxed(*b"uuid", b"Anna"),
        ]
        .concat();
        let cleaned = clean(&file, &mut Notes::default()).unwrap();
        assert!(!cleaned.windows(4).any(|four| four == b"Anna"));
        assert!(cleaned.windows(8).any(|eight| eight == b"ihdrsize"));
    }

    #[test]
    fn a_box_that_is_longer_than_the_file_is_refused() {
        let cut = &boxed(*b"jP  ", b"1234")[..10];
        assert_eq!(clean(cut, &mut Notes::default()), Err(DAMAGED));
    }

    #[test]
    fn a_file_without_a_picture_is_refused() {
        let file = boxed(*b"jP  ", b"1234");
        let refusal = clean(&file, &mut Notes::default());
        assert_eq!(refusal, Err(Refusal::Damaged(Damage::Missing)));
    }
}
