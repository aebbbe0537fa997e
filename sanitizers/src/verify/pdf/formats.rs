//! Picture formats that are not decoded: what may stand in them, and what must
//! (ISO/IEC 15444-1, annexes A and I; ITU-T T.88, 7.2 to 7.4).

use std::collections::HashSet;

fn be16(data: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_be_bytes(*data.get(at..)?.first_chunk()?)))
}

fn be32(data: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(*data.get(at..)?.first_chunk()?)).ok()
}

/// Markers of JPEG 2000 (ISO/IEC 15444-1, A.2).
const START_AND_SIZE: &[u8] = b"\xff\x4f\xff\x51";
const TILE: [u8; 2] = [0xff, 0x90];
const DATA: [u8; 2] = [0xff, 0x93];
const COMMENT: u8 = 0x64;

/// Whether a JPEG 2000 picture of a copy holds what decodes and nothing else.
pub(super) fn is_plain_jpx(data: &[u8]) -> bool {
    boxes_are_plain(data).is_some()
}

fn boxes_are_plain(data: &[u8]) -> Option<()> {
    if data.starts_with(START_AND_SIZE) {
        return stream_is_plain(data);
    }
    let mut rest = data;
    loop {
        let (size, kind) = (be32(rest, 0)?, rest.get(4..8)?);
        let body = rest.get(8..size)?;
        rest = rest.get(size..)?;
        match kind {
            b"jP  " => (body == b"\r\n\x87\n").then_some(())?,
            b"ftyp" => (body == b"jp2 \0\0\0\0jp2 ").then_some(())?,
            b"jp2h" => header_is_plain(body)?,
            b"jp2c" if rest.is_empty() => return stream_is_plain(body),
            _ => return None,
        }
    }
}

/// The boxes of the header, each of them once, and as long as the first says.
fn header_is_plain(data: &[u8]) -> Option<()> {
    let mut parts: Vec<(&[u8], &[u8])> = Vec::new();
    let mut rest = data;
    while !rest.is_empty() {
        let (size, kind) = (be32(rest, 0)?, rest.get(4..8)?);
        parts.push((kind, rest.get(8..size)?));
        rest = rest.get(size..)?;
    }
    let find = |kind: &[u8]| parts.iter().find(|part| part.0 == kind).map(|part| part.1);
    let channels = be16(find(b"ihdr")?, 8)?;
    let palette = match find(b"pclr") {
        Some(body) => {
            let depths = body.get(3..3 + usize::from(*body.get(2)?))?;
            let row: usize = depths.iter().map(|d| (usize::from(d & 0x7f) + 8) / 8).sum();
            let whole = body.len() == 3 + depths.len() + row.checked_mul(be16(body, 0)?)?;
            (whole && find(b"cmap").is_some()).then_some(depths.len())?
        }
        None => 0,
    };
    for (place, (kind, body)) in parts.iter().enumerate() {
        let length = body.len();
        let fits = match *kind {
            b"ihdr" => length == 14,
            b"bpcc" => length == channels,
            b"cmap" => {
                let known = |entry: &[u8]| {
                    be16(entry, 0).is_some_and(|channel| channel < channels)
                        && entry.get(2).is_some_and(|how| *how <= 1)
                        && entry.get(3).is_some_and(|column| usize::from(*column) < palette)
                };
                length <= 4 * (channels + palette) && body.chunks(4).all(known)
            }
            b"cdef" => length == 2 + 6 * be16(body, 0)? && length <= 2 + 6 * (channels + palette),
            b"pclr" => true,
            b"colr" if body.first() == Some(&1) => length == 7 && body.get(1..6)? == [0; 5],
            b"colr" => super::super::icc::is_canonical(body.get(3..)?) && body.get(1..3)? == [0, 0],
            _ => false,
        };
        let once = !parts.iter().skip(place + 1).any(|other| other.0 == *kind);
        (fits && once).then_some(())?;
    }
    Some(())
}

/// The main header: each segment as long as the numbers of channels and levels say.
fn stream_is_plain(data: &[u8]) -> Option<()> {
    let mut segments = Vec::new();
    let mut at = 2;
    while data.get(at..at + 2)? != TILE {
        let end = at + 2 + be16(data, at + 2)?;
        (*data.get(at)? == 0xff).then_some(())?;
        segments.push((*data.get(at + 1)?, data.get(at + 4..end)?));
        at = end;
    }
    let (_, size) = segments.first()?;
    let channels = be16(size, 34)?;
    let wide = if channels < 257 { 1 } else { 2 };
    let levels = segments.iter().filter_map(|(marker, body)| match marker {
        0x52 => body.get(5).copied(),
        0x53 => body.get(wide + 1).copied(),
        _ => None,
    });
    let bands = 3 * usize::from(levels.max()?) + 1;
    let mut seen = HashSet::new();
    for (marker, body) in segments {
        let (own, body) = match marker {
            0x53 | 0x5d | 0x5e => body.split_at_checked(wide)?,
            _ => ([].as_slice(), body),
        };
        let style = usize::from(*body.first()?);
        let precincts =
            |at: usize| Some(if style & 1 == 0 { 0 } else { usize::from(*body.get(at)?) + 1 });
        let fits = match marker {
            0x51 => body.len() == 36 + 3 * channels,
            0x52 => body.len() == 10 + precincts(5)?,
            0x53 => body.len() == 6 + precincts(1)?,
            0x5c | 0x5d => body.len() <= 1 + bands * 2,
            0x5e => body.len() == 2,
            0x5f | 0x60 => true,
            _ => false,
        };
        (fits && (marker == 0x60 || seen.insert((marker, own)))).then_some(())?;
    }
    Some(())
}

/// Whether two JPEG 2000 pictures have the same tiles, but for emptied segments.
pub(super) fn same_tiles(old: &[u8], new: &[u8]) -> Option<()> {
    let (mut old, mut new) = (tiles(old)?, tiles(new)?);
    while new.get(..2)? == TILE {
        let length = be32(new, 6)?;
        let length = if length == 0 { new.len().checked_sub(2)? } else { length };
        let given = be32(old, 6)?;
        let given = if given == 0 { old.len().checked_sub(2)? } else { given };
        let (part, kept) = (old.get(..given)?, new.get(..length)?);
        same_tile(part, kept)?;
        (old, new) = (old.get(given..)?, new.get(length..)?);
    }
    (new == [0xff, 0xd9] && old.get(..2)? != TILE).then_some(())
}

/// From the first tile on.
fn tiles(data: &[u8]) -> Option<&[u8]> {
    let start = memchr::memmem::find(data, START_AND_SIZE)?;
    let mut at = start + 2;
    while data.get(at..at + 2)? != TILE {
        at += 2 + be16(data, at + 2)?.max(2);
    }
    data.get(at..)
}

fn same_tile(old: &[u8], new: &[u8]) -> Option<()> {
    const HEADERS: [u8; 9] = [0x52, 0x53, 0x58, 0x5c, 0x5d, 0x5e, 0x5f, 0x61, 0x90];
    let mut at = 0;
    while new.get(at..at + 2)? != DATA {
        let end = at + 2 + be16(new, at + 2)?.max(2);
        let (marker, segment) = (*new.get(at + 1)?, new.get(at..end)?);
        if marker == COMMENT {
            segment.get(4..)?.iter().all(|byte| *byte == 0).then_some(())?;
            let was = *old.get(at + 1)?;
            (!HEADERS.contains(&was) && be16(old, at + 2) == be16(new, at + 2)).then_some(())?;
        } else {
            (HEADERS.contains(&marker) && old.get(at..end)? == segment).then_some(())?;
        }
        at = end;
    }
    (old.get(at..)? == new.get(at..)?).then_some(())
}

/// Types of JBIG2 segments (T.88, 7.3): those that draw, with the page and its stripes,
/// and those that others refer to.
const SHOWING: [u8; 10] = [6, 7, 22, 23, 38, 39, 42, 43, 48, 50];
const REFERRED: [u8; 7] = [0, 4, 16, 20, 36, 40, 53];

/// A segment of the page that is shown.
struct Segment<'a> {
    number: usize,
    kind: u8,
    references: Vec<usize>,
    head: &'a [u8],
    body: &'a [u8],
}

/// The segments that draw or are drawn with; nothing if one has no known length.
fn segments(mut data: &[u8]) -> Option<Vec<Segment<'_>>> {
    let mut found = Vec::new();
    while data.iter().any(|byte| !b"\0\n\r ".contains(byte)) {
        let (number, flags, count) = (be32(data, 0)?, *data.get(4)?, *data.get(5)?);
        let (references, counted) = match count >> 5 {
            7 => {
                let references = be32(data, 5)? & 0x1fff_ffff;
                (references, 4 + (references + 8) / 8)
            }
            few => (usize::from(few), 1),
        };
        let width = match number {
            0..=256 => 1,
            257..=65_536 => 2,
            _ => 4,
        };
        let page_at = 5 + counted + references.checked_mul(width)?;
        let (page, length_at) = if flags & 0x40 == 0 {
            (usize::from(*data.get(page_at)?), page_at + 1)
        } else {
            (be32(data, page_at)?, page_at + 4)
        };
        let length = Some(be32(data, length_at)?).filter(|length| *length < 0xffff_ffff)?;
        let (head, rest) = data.split_at_checked(length_at + 4)?;
        let (body, rest) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        data = rest;
        let kind = flags & 0x3f;
        if page <= 1 && (SHOWING.contains(&kind) || REFERRED.contains(&kind)) {
            let listed = head.get(5 + counted..page_at)?.chunks(width);
            let number_of = |bytes: &[u8]| {
                bytes.iter().fold(0, |sum: usize, byte| sum << 8 | usize::from(*byte))
            };
            found.push(Segment {
                number,
                kind,
                references: listed.map(number_of).collect(),
                head,
                body,
            });
        }
    }
    Some(found)
}

/// Whether JBIG2 data of a copy are segments that draw on the one page, and such as these
/// refer to; or symbols for other pictures.
pub(super) fn is_plain_jbig2(data: &[u8], shared: bool) -> bool {
    let Some(segments) = segments(data) else { return false };
    let length: usize =
        segments.iter().map(|segment| segment.head.len() + segment.body.len()).sum();
    let mut wanted: HashSet<usize> = HashSet::new();
    // From the last on: what is referred to stands before.
    let fits = segments.iter().rev().all(|segment| {
        let fits = match segment.kind {
            48 => segment.body.len() == 19 && segment.body.get(8..16) == Some(&[0; 8]) && !shared,
            50 => segment.body.len() == 4 && !shared,
            kind if REFERRED.contains(&kind) => shared || wanted.contains(&segment.number),
            _ => !shared,
        };
        wanted.extend(&segment.references);
        fits
    });
    let pages = segments.iter().filter(|segment| segment.kind == 48).count();
    length == data.len() && fits && pages <= 1
}

/// Whether a copy has the segments of the original that draw, and no others than it.
pub(super) fn same_jbig2(old: &[u8], new: &[u8]) -> Option<()> {
    let (old, new) = (segments(old)?, segments(new)?);
    let mut kept = new.iter().peekable();
    for segment in &old {
        let is_it = |other: &&Segment<'_>| {
            let same = other.head == segment.head && other.body.len() == segment.body.len();
            // How many dots there are to a metre is gone.
            let mut pairs = other.body.iter().zip(segment.body).enumerate();
            let free = |at: usize| segment.kind == 48 && (8..16).contains(&at);
            same && pairs.all(|(at, (new, old))| new == old || free(at))
        };
        let is_kept = kept.next_if(|other| is_it(other)).is_some();
        (is_kept || !SHOWING.contains(&segment.kind)).then_some(())?;
    }
    kept.next().is_none().then_some(())
}

/// The same for symbols that several pictures share: all of them are there.
pub(super) fn same_shared(old: &[u8], new: &[u8]) -> Option<()> {
    let mut old = segments(old)?;
    old.retain(|segment| REFERRED.contains(&segment.kind));
    let parts: Vec<u8> =
        old.iter().flat_map(|segment| [segment.head, segment.body].concat()).collect();
    (parts == new).then_some(())
}
