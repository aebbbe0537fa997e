//! Picture formats that are not decoded: what may stand in them, and what must.

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

fn header_is_plain(mut rest: &[u8]) -> Option<()> {
    while !rest.is_empty() {
        let (size, kind) = (be32(rest, 0)?, rest.get(4..8)?);
        let body = rest.get(8..size)?;
        rest = rest.get(size..)?;
        match kind {
            b"ihdr" => (body.len() <= 14).then_some(())?,
            b"bpcc" | b"cmap" => (body.len() <= 4 * 255).then_some(())?,
            b"cdef" => (body.len() <= 2 + 6 * be16(body, 0)?).then_some(())?,
            b"pclr" => {}
            b"colr" if body.first() == Some(&1) => {
                (body.len() == 7 && body.get(1..6)? == [0; 5]).then_some(())?;
            }
            b"colr" => {
                let profile = super::super::icc::is_canonical(body.get(3..)?);
                (profile && body.get(1..3)? == [0, 0]).then_some(())?;
            }
            _ => return None,
        }
    }
    Some(())
}

fn stream_is_plain(data: &[u8]) -> Option<()> {
    const MAIN: [u8; 8] = [0x51, 0x52, 0x53, 0x5c, 0x5d, 0x5e, 0x5f, 0x60];
    let mut at = 2;
    while data.get(at..at + 2)? != TILE {
        let marker = data.get(at..at + 2)?;
        (marker.first() == Some(&0xff) && MAIN.contains(marker.get(1)?)).then_some(())?;
        at += 2 + be16(data, at + 2)?;
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

/// Whether JBIG2 data of a copy are segments that draw on the one page (T.88, 7.2).
pub(super) fn is_plain_jbig2(data: &[u8]) -> bool {
    let mut rest = data;
    while !rest.is_empty() {
        match segment(rest) {
            Some(length) => rest = rest.get(length..).unwrap_or_default(),
            None => return false,
        }
    }
    true
}

/// The length of the segment at the start of `data`, if it may be there.
fn segment(data: &[u8]) -> Option<usize> {
    const DRAWING: [u8; 19] =
        [0, 4, 6, 7, 16, 20, 22, 23, 36, 38, 39, 40, 42, 43, 48, 49, 50, 51, 53];
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
    let page = 5 + counted + references.checked_mul(width)?;
    let (long, page_at_most) = (flags & 0x40 != 0, 1);
    let number = if long { be32(data, page)? } else { usize::from(*data.get(page)?) };
    (DRAWING.contains(&(flags & 0x3f)) && number <= page_at_most).then_some(())?;
    let length_at = page + if long { 4 } else { 1 };
    match be32(data, length_at)? {
        // Up to the end, for one type only.
        0xffff_ffff => (flags & 0x3f == 38).then_some(data.len()),
        length => Some((length_at + 4).checked_add(length)?.min(data.len())),
    }
}
