//! TrueType and OpenType fonts (ISO/IEC 14496-22).
//!
//! A font carries the name of its maker and of its licensee, serial numbers, the
//! minute it was made, signatures and private tables of font editors. Tables that
//! draw letters are copied into a new directory; names and dates are left out.

use std::collections::BTreeMap;

use crate::Refusal;
use crate::refusal::{Damage, Feature, Limit};

const DAMAGED: Refusal = Refusal::Damaged(Damage::Length);

/// Tables that are copied: glyphs, metrics, instructions, codes. How letters are put
/// together, and where they begin in columns, is said by the document, not by the font;
/// no viewer of documents draws the small pictures of letters that some fonts have.
const KEPT: [&[u8; 4]; 14] = [
    b"CFF ", b"cmap", b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp",
    b"post", b"prep", b"vhea", b"vmtx",
];
/// More tables than any font has.
const MOST_TABLES: usize = 256;

const ENTRY: usize = 16;
const DIRECTORY: usize = 12;

/// Writes a font anew.
pub(super) fn clean(data: &[u8]) -> Result<Vec<u8>, Refusal> {
    // Several fonts in one file: only one of them is used.
    if data.starts_with(b"ttcf") {
        return Err(Refusal::Feature(Feature::Construct));
    }
    let version = *data.first_chunk::<4>().ok_or(DAMAGED)?;
    let mut tables = read(data)?;
    for (tag, body) in &mut tables {
        match tag {
            b"head" => neutral_head(body),
            b"CFF " => *body = super::cff::clean(body)?,
            b"post" => neutral_post(body),
            _ => {}
        }
    }
    cut(&mut tables);
    tables.retain(|_, body| !body.is_empty());
    Ok(written(version, &tables))
}

/// Cuts tables to what the others say of their lengths: behind the last glyph, the last
/// place and the last width there is room for anything.
fn cut(tables: &mut BTreeMap<[u8; 4], Vec<u8>>) {
    for (tag, length) in [(b"head", 54), (b"hhea", 36), (b"vhea", 36), (b"maxp", 32)] {
        tables.entry(*tag).and_modify(|body| body.truncate(length));
    }
    let number = |tables: &BTreeMap<[u8; 4], Vec<u8>>, tag: &[u8; 4], at| {
        tables.get(tag).and_then(|body| be16(body, at)).map(usize::from)
    };
    let Some(glyphs) = number(tables, b"maxp", 4) else { return };
    for (widths, head) in [(b"hmtx", b"hhea"), (b"vmtx", b"vhea")] {
        if let Some(full) = number(tables, head, 34) {
            let length = full * 4 + glyphs.saturating_sub(full) * 2;
            tables.entry(*widths).and_modify(|body| body.truncate(length));
        }
    }
    let Some(long) = number(tables, b"head", 50) else { return };
    let width = if long == 0 { 2 } else { 4 };
    let Some(places) = tables.get_mut(b"loca") else { return };
    places.truncate((glyphs + 1) * width);
    let place = |bytes: &[u8]| bytes.iter().fold(0usize, |at, byte| at << 8 | usize::from(*byte));
    let last = places.chunks_exact(width).map(place).max().unwrap_or(0);
    let last = if long == 0 { last * 2 } else { last };
    tables.entry(*b"glyf").and_modify(|body| body.truncate(last));
}

fn be16(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..)?.first_chunk().map(|bytes| u16::from_be_bytes(*bytes))
}

fn be32(data: &[u8], at: usize) -> Option<usize> {
    let value = data.get(at..)?.first_chunk().map(|bytes| u32::from_be_bytes(*bytes))?;
    usize::try_from(value).ok()
}

fn read(data: &[u8]) -> Result<BTreeMap<[u8; 4], Vec<u8>>, Refusal> {
    let count = usize::from(be16(data, 4).ok_or(DAMAGED)?);
    if count > MOST_TABLES {
        return Err(Refusal::Limit(Limit::Parts));
    }
    let mut tables = BTreeMap::new();
    let mut total = 0usize;
    for index in 0..count {
        let at = DIRECTORY + index * ENTRY;
        let tag = *data.get(at..).and_then(|rest| rest.first_chunk::<4>()).ok_or(DAMAGED)?;
        if !KEPT.contains(&&tag) {
            continue;
        }
        let offset = be32(data, at + 8).ok_or(DAMAGED)?;
        let length = be32(data, at + 12).ok_or(DAMAGED)?;
        // A table that is cut off is taken as far as it goes, as renderers do.
        let body = data.get(offset.min(data.len())..).unwrap_or_default();
        let body = body.get(..length.min(body.len())).unwrap_or_default();
        // Tables that lie over each other could unfold into many times the font.
        total += body.len();
        if total > data.len().saturating_mul(2) {
            return Err(DAMAGED);
        }
        if !body.is_empty() {
            tables.entry(tag).or_insert_with(|| body.to_vec());
        }
    }
    Ok(tables)
}

fn fill(body: &mut [u8], range: std::ops::Range<usize>, with: u8) {
    if let Some(bytes) = body.get_mut(range) {
        bytes.fill(with);
    }
}

/// Without checksum of the whole, and without the days it was made and changed.
fn neutral_head(body: &mut [u8]) {
    fill(body, 8..12, 0);
    fill(body, 20..36, 0);
}

/// Without the memory a printer would need, five numbers that tell the maker, and without
/// what stands behind the names of the letters.
fn neutral_post(body: &mut Vec<u8>) {
    fill(body, 16..HEAD_OF_POST, 0);
    body.truncate(length_of_post(body).unwrap_or(0));
}

/// Fields of every form of the table; in two of its forms more follows.
const HEAD_OF_POST: usize = 32;

/// Names of letters follow in one form; of these there are as many as the numbers in
/// front of them ask for, behind the 258 that every reader knows.
fn length_of_post(body: &[u8]) -> Option<usize> {
    const KNOWN: usize = 258;
    match be32(body, 0)? {
        0x1_0000 | 0x3_0000 => Some(HEAD_OF_POST),
        0x2_0000 => {
            let glyphs = usize::from(be16(body, HEAD_OF_POST)?);
            let mut at = HEAD_OF_POST + 2 + 2 * glyphs;
            let numbers = body.get(HEAD_OF_POST + 2..at).unwrap_or_default().chunks_exact(2);
            let number = |bytes: &[u8]| bytes.iter().fold(0, |n, b| n << 8 | usize::from(*b));
            let names =
                numbers.map(number).max().map_or(0, |last| (last + 1).saturating_sub(KNOWN));
            for _ in 0..names {
                let Some(length) = body.get(at) else { break };
                at += 1 + usize::from(*length);
            }
            Some(at)
        }
        _ => None,
    }
}

fn written(version: [u8; 4], tables: &BTreeMap<[u8; 4], Vec<u8>>) -> Vec<u8> {
    let count = u16::try_from(tables.len()).unwrap_or_default();
    let power = count.checked_ilog2().unwrap_or_default();
    let range = 16u16 << power;
    let mut out = version.to_vec();
    for number in
        [count, range, u16::try_from(power).unwrap_or_default(), count * 16 - range.min(count * 16)]
    {
        out.extend_from_slice(&number.to_be_bytes());
    }
    let mut offset = DIRECTORY + tables.len() * ENTRY;
    for (tag, body) in tables {
        out.extend_from_slice(tag);
        out.extend_from_slice(&checksum(body).to_be_bytes());
        for number in [offset, body.len()] {
            out.extend_from_slice(&u32::try_from(number).unwrap_or_default().to_be_bytes());
        }
        offset += body.len().next_multiple_of(4);
    }
    for body in tables.values() {
        out.extend_from_slice(body);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    adjust(&mut out, tables);
    out
}

/// The sum of all 32-bit numbers.
fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0u32, |sum, chunk| {
        let mut word = [0; 4];
        for (place, byte) in word.iter_mut().zip(chunk) {
            *place = *byte;
        }
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

/// Makes the sum of the whole font what it must be ("head", checksumAdjustment).
fn adjust(out: &mut [u8], tables: &BTreeMap<[u8; 4], Vec<u8>>) {
    const WANTED: u32 = 0xb1b0_afba;
    let before: usize = tables
        .iter()
        .take_while(|(tag, _)| *tag < b"head")
        .map(|(_, body)| body.len().next_multiple_of(4))
        .sum();
    if !tables.contains_key(b"head") {
        return;
    }
    let at = DIRECTORY + tables.len() * ENTRY + before + 8;
    let adjustment = WANTED.wrapping_sub(checksum(out)).to_be_bytes();
    if let Some(place) = out.get_mut(at..at + 4) {
        place.copy_from_slice(&adjustment);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn font() -> Vec<u8> {
        let tables = BTreeMap::from([
            (*b"head", vec![7; 54]),
            (*b"name", b"Licensed to Anna".to_vec()),
            (*b"FFTM", b"Tuesday".to_vec()),
            (*b"glyf", b"shape".to_vec()),
        ]);
        written([0, 1, 0, 0], &tables)
    }

    #[test]
    fn names_and_private_tables_are_gone_and_shapes_stay() {
        let cleaned = clean(&font()).unwrap();
        let has = |text: &[u8]| cleaned.windows(text.len()).any(|window| window == text);
        assert!(has(b"shape"));
        assert!(!has(b"Anna") && !has(b"Tuesday") && !has(b"name") && !has(b"FFTM"));
    }

    #[test]
    fn the_days_a_font_was_made_and_changed_are_gone() {
        let cleaned = clean(&font()).unwrap();
        let tables = read(&cleaned).unwrap();
        assert_eq!(tables[b"head"][20..36], [0; 16]);
        assert_eq!(tables[b"head"][0..8], [7; 8]);
    }

    #[test]
    fn nothing_stands_behind_the_names_of_the_letters() {
        let with = |post: &[u8]| {
            let tables = BTreeMap::from([
                (*b"post", post.to_vec()),
                (*b"OS/2", b"Anna".repeat(25)),
                (*b"VORG", b"\0\x01\0\0\0\0\0\0Anna".to_vec()),
            ]);
            read(&clean(&written([0, 1, 0, 0], &tables)).unwrap()).unwrap()
        };
        let table = |form: u8, rest: &[u8]| [&[0, form, 0, 0], [0; 28].as_slice(), rest].concat();
        let named = b"\0\x02\0\x03\x01\x02\x01A";
        for (form, rest, kept) in
            [(3, b"".as_slice(), 0), (1, b"", 0), (2, named, 8), (2, b"\0\x01\0\x05", 4)]
        {
            let tables = with(&table(form, &[rest, b"Anna Jensen"].concat()));
            assert_eq!(tables[b"post"], table(form, &rest[..kept]), "{form}");
            assert_eq!(tables.len(), 1);
        }
        assert!(with(&table(4, b"Anna")).is_empty());
    }

    #[test]
    fn a_font_with_more_tables_than_any_is_refused() {
        let mut font = vec![0, 1, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0];
        font.resize(12 + 0xffff * 16, 0);
        assert_eq!(clean(&font), Err(Refusal::Limit(Limit::Parts)));
    }

    #[test]
    fn the_sum_of_a_font_is_what_it_must_be() {
        let cleaned = clean(&font()).unwrap();
        assert_eq!(checksum(&cleaned), 0xb1b0_afba);
        assert_eq!(clean(&cleaned).unwrap(), cleaned);
    }

    #[test]
    fn tables_that_lie_over_each_other_are_refused() {
        let mut data = vec![0, 1, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0];
        for tag in [b"glyf", b"loca", b"cvt ", b"prep", b"fpgm"] {
            data.extend_from_slice(tag);
            data.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 90]);
        }
        assert_eq!(clean(&data), Err(DAMAGED));
    }

    #[test]
    fn a_directory_that_is_cut_off_is_refused() {
        assert_eq!(clean(&font()[..20]), Err(DAMAGED));
    }
}
