//! JPEG 2000 pictures (ISO/IEC 15444-1, annexes A and I).
//!
//! The file format around the picture has boxes for XML, for anything under a UUID,
//! for addresses and for rights; inside the picture itself there are comments, in
//! which programs write their name. Boxes that are needed to show the picture are
//! copied, a colour profile is issued anew, comments are taken out.

use std::collections::HashSet;

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

/// The boxes that say how to show the picture, each of them once: of several that say how
/// colours are meant readers take the first (I.5.3.3).
fn header(data: &[u8], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let boxes = boxes(data)?;
    let find = |wanted: &[u8; 4]| boxes.iter().find(|(kind, _)| kind == wanted).map(|part| part.1);
    let shape = Shape::read(find(b"ihdr").ok_or(DAMAGED)?, find(b"pclr"), find(b"cmap").is_some())
        .ok_or(DAMAGED)?;
    let mut out = Vec::new();
    let mut seen = HashSet::new();
    for (kind, body) in &boxes {
        if *kind == *b"cmap" && !shape.maps(body) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        let length = shape.length(*kind, body);
        if *kind == *b"colr" && seen.insert(*kind) {
            write_box(*kind, &colour(body, notes)?, &mut out);
        } else if let Some(length) = length.filter(|_| seen.insert(*kind)) {
            write_box(*kind, body.get(..length).ok_or(DAMAGED)?, &mut out);
        } else {
            notes.found(Category::Other);
        }
    }
    Ok(out)
}

/// How many channels and columns of a palette there are (I.5.3).
struct Shape {
    channels: usize,
    /// Columns of the palette, and its bytes.
    palette: Option<(usize, usize)>,
}

impl Shape {
    fn read(size: &[u8], palette: Option<&[u8]>, is_mapped: bool) -> Option<Shape> {
        let channels = usize::from(be16(size, 8)?);
        // A palette that nothing is mapped by shows nothing.
        let palette = match palette.filter(|_| is_mapped) {
            Some(body) => {
                let entries = usize::from(be16(body, 0)?);
                let columns = usize::from(*body.get(2)?);
                let width = |depth: &u8| (usize::from(depth & 0x7f) + 1).div_ceil(8);
                let row = body.get(3..3 + columns)?.iter().map(width).sum::<usize>();
                Some((columns, 3 + columns + entries * row))
            }
            None => None,
        };
        Some(Shape { channels, palette })
    }

    /// Whether each entry of a map names a channel and a column that are there (I.5.3.5).
    fn maps(&self, body: &[u8]) -> bool {
        let columns = self.palette.map_or(0, |palette| palette.0);
        let (entries, rest) = body.as_chunks::<4>();
        let is_known = |[high, low, how, column]: &[u8; 4]| {
            let channel = usize::from(u16::from_be_bytes([*high, *low]));
            channel < self.channels && *how <= 1 && usize::from(*column) < columns.max(1)
        };
        rest.is_empty() && entries.len() <= self.channels + columns && entries.iter().all(is_known)
    }

    /// Bytes of a box that mean something, if the box itself does.
    fn length(&self, kind: [u8; 4], body: &[u8]) -> Option<usize> {
        let shown = self.channels + self.palette.map_or(0, |palette| palette.0);
        match &kind {
            b"ihdr" => Some(14),
            b"bpcc" => Some(self.channels),
            b"pclr" => self.palette.map(|palette| palette.1),
            b"cmap" => self.palette.map(|_| body.len()),
            b"cdef" => {
                Some(2 + 6 * usize::from(be16(body, 0)?)).filter(|length| *length <= 2 + 6 * shown)
            }
            _ => None,
        }
    }
}

fn be16(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*data.get(at..)?.first_chunk()?))
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

/// Columns and rows of a clean picture (A.5.1).
pub(super) fn size(clean: &[u8]) -> Option<(u32, u32)> {
    const SIZE: [u8; 4] = [START[0], START[1], 0xff, 0x51];
    let start = memchr::memmem::find(clean, &SIZE)? + 6;
    let number = |at: usize| Some(u32::from_be_bytes(*clean.get(start + at..)?.first_chunk()?));
    Some((number(2)?.checked_sub(number(10)?)?, number(6)?.checked_sub(number(14)?)?))
}

/// What the main header says so far: how many channels there are, and in how many levels
/// they are cut up.
#[derive(Default)]
struct Coding {
    channels: usize,
    levels: usize,
    /// Bytes of the longest list with a step for each band.
    steps: usize,
    seen: HashSet<(u8, Vec<u8>)>,
}

impl Coding {
    /// Refuses a segment of the main header that is longer than its numbers say, or there
    /// twice: of both only a part counts (A.5 and A.6).
    fn check(&mut self, code: u8, body: &[u8]) -> Option<()> {
        const PACKED: u8 = 0x60;
        let wide = if self.channels < 257 { 1 } else { 2 };
        let (channel, body) = match code {
            0x53 | 0x5d | 0x5e => body.split_at_checked(wide)?,
            _ => ([].as_slice(), body),
        };
        let first = usize::from(*body.first()?);
        let mut levels = |at: usize| {
            let levels = usize::from(*body.get(at)?);
            self.levels = self.levels.max(levels);
            Some(if first & 1 == 0 { 0 } else { levels + 1 })
        };
        let fits = match code {
            0x51 => {
                self.channels = usize::from(be16(body, 34)?);
                body.len() == 36 + 3 * self.channels
            }
            0x52 => body.len() == 10 + levels(5)?,
            0x53 => body.len() == 6 + levels(1)?,
            0x5c | 0x5d => {
                self.steps = self.steps.max(body.len());
                true
            }
            0x5e => body.len() == 2,
            _ => true,
        };
        let once = code == PACKED || self.seen.insert((code, channel.to_vec()));
        (fits && once).then_some(())
    }

    /// Whether no list has more steps than there are bands (A.6.4), when all is read.
    fn steps_fit(&self) -> bool {
        self.steps <= 1 + 2 * (3 * self.levels + 1)
    }
}

/// The picture itself: marker by marker up to its end, without comments.
fn code_stream(data: &[u8], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let mut out = START.to_vec();
    let mut rest = data.strip_prefix(&START).ok_or(DAMAGED)?;
    let mut coding = Coding::default();
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
            [0xff, TILE] => {
                if !coding.steps_fit() {
                    return Err(DAMAGED);
                }
                rest = tile(rest, &mut out, notes)?;
            }
            [0xff, code] => {
                let (segment, after) = segment(after)?;
                match *code {
                    COMMENT => notes.found(Category::Software),
                    code if IN_MAIN.contains(&code) => {
                        let body = segment.get(2..).unwrap_or_default();
                        coding.check(code, body).ok_or(DAMAGED)?;
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

    /// The size of a picture of 9 columns, 8 rows and one channel.
    fn size_of_picture() -> Vec<u8> {
        let mut body = vec![0; 39];
        (body[5], body[9], body[35]) = (9, 8, 1);
        marker(0x51, &body)
    }

    fn stream(comment: &[u8], tail: &[u8]) -> Vec<u8> {
        let mut tile_header = marker(TILE, &[0, 0, 0, 0, 0, 0, 0, 1]);
        let in_tile = marker(COMMENT, comment);
        let length = u32::try_from(tile_header.len() + in_tile.len() + 4).unwrap();
        tile_header[6..10].copy_from_slice(&length.to_be_bytes());
        [
            START.as_slice(),
            &size_of_picture(),
            &marker(COMMENT, comment),
            &tile_header,
            &in_tile,
            &[0xff, TILE_DATA, 7, 7, 0xff, END],
            tail,
        ]
        .concat()
    }

    const IHDR: &[u8] = b"\0\0\0\x08\0\0\0\x09\0\x01\x07\x07\0\0";

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
            let size = START.len() + size_of_picture().len();
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
            boxed(*b"jp2h", &[boxed(*b"ihdr", IHDR), boxed(*b"res ", b"Anna")].concat()),
            boxed(*b"jp2c", &stream(b"", b"")),
            boxed(*b"uuid", b"Anna"),
        ]
        .concat();
        let cleaned = clean(&file, &mut Notes::default()).unwrap();
        assert!(!cleaned.windows(4).any(|four| four == b"Anna"));
        assert!(cleaned.windows(4).any(|four| four == b"ihdr"));
        assert_eq!(size(&cleaned), Some((9, 8)));
    }

    #[test]
    fn boxes_hold_no_more_than_the_channels_need() {
        let with = |parts: &[Vec<u8>]| {
            let header = [boxed(*b"ihdr", IHDR), parts.concat()].concat();
            let file = [boxed(*b"jp2h", &header), boxed(*b"jp2c", &stream(b"", b""))].concat();
            clean(&file, &mut Notes::default()).unwrap()
        };
        let grey = boxed(*b"colr", b"\x01\0\0\0\0\0\x11");
        let other = boxed(*b"colr", b"\x01\0\0\0\0\0A");
        assert_eq!(with(&[grey.clone(), other]), with(&[grey]));
        let one = with(&[boxed(*b"bpcc", b"\x07")]);
        assert_eq!(with(&[boxed(*b"bpcc", b"\x07Anna")]), one);
        let palette = boxed(*b"pclr", b"\0\x01\x01\x07a");
        assert_eq!(with(std::slice::from_ref(&palette)), with(&[]));
        let mapped = with(&[palette.clone(), boxed(*b"cmap", b"\0\0\x01\0")]);
        assert!(mapped.windows(5).any(|five| five == b"pclr\0"));
        assert_eq!(with(&[palette.clone(), palette, boxed(*b"cmap", b"\0\0\x01\0")]), mapped);
    }

    #[test]
    fn a_map_to_a_column_that_is_not_there_is_refused() {
        let palette = boxed(*b"pclr", b"\0\x01\x01\x07a");
        for map in [b"Anna".as_slice(), b"\0\0\x01\0An", b"\0\0\x01\x01", b"\0\x01\x01\0"] {
            let parts = [boxed(*b"ihdr", IHDR), palette.clone(), boxed(*b"cmap", map)].concat();
            let file = [boxed(*b"jp2h", &parts), boxed(*b"jp2c", &stream(b"", b""))].concat();
            let refusal = clean(&file, &mut Notes::default());
            assert_eq!(refusal, Err(Refusal::Damaged(Damage::Value)), "{map:?}");
        }
    }

    #[test]
    fn segments_hold_no_more_than_the_levels_need() {
        let with = |segments: &[Vec<u8>]| {
            let picture = stream(b"", b"");
            let size = START.len() + size_of_picture().len();
            let picture = [&picture[..size], &segments.concat(), &picture[size..]].concat();
            clean(&picture, &mut Notes::default()).map(|_| ())
        };
        let coding = marker(0x52, b"\0\0\0\x01\0\x01\x04\x04\0\0");
        let steps = marker(0x5c, b"\x22aabbccdd");
        assert_eq!(with(&[coding.clone(), steps.clone()]), Ok(()));
        for segments in [
            [coding.clone(), marker(0x5c, b"\x22aabbccddAnna")],
            [coding.clone(), coding],
            [steps.clone(), steps],
            [marker(0x52, b"\0\0\0\x01\0\x01\x04\x04\0\0Anna"), Vec::new()],
            [marker(0x5d, b"\0\x22AnnaAnnaAnna"), Vec::new()],
        ] {
            assert_eq!(with(&segments), Err(DAMAGED), "{segments:?}");
        }
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
