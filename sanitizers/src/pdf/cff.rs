//! Compact fonts (Adobe technical note 5176).
//!
//! Such a font keeps all its texts in one list: names of letters, which are needed,
//! and notice, copyright, family and full name, which are not. A text that is not
//! the name of a letter is written over in place, so that no offset changes. Serial
//! numbers in the top dictionary are set to zero in the same way.

use std::collections::BTreeSet;

use crate::Refusal;
use crate::refusal::Damage;

const DAMAGED: Refusal = Refusal::Damaged(Damage::Length);

/// Texts that every reader knows come before those of the font (appendix A).
const STANDARD_STRINGS: usize = 391;
const NEUTRAL: u8 = b'X';

// Operators of the top dictionary (section 9); two-byte ones carry 12 in front.
const XUID: u16 = 14;
const CHARSET: u16 = 15;
const CHAR_STRINGS: u16 = 17;
const UNIQUE_ID: u16 = 13;
const ROS: u16 = 0x0c1e;
const CID_VERSION: u16 = 0x0c1f;
const CID_REVISION: u16 = 0x0c20;
const UID_BASE: u16 = 0x0c23;

/// What a collection of characters can be called; viewers look at none of them.
const COLLECTIONS: [&[u8]; 9] =
    [b"Adobe", b"Identity", b"Japan1", b"GB1", b"CNS1", b"Korea1", b"KR", b"Japan2", b"UCS"];

/// Cleans what a `FontFile3` holds: a bare compact font, or an OpenType file.
pub(super) fn clean_file(data: &[u8]) -> Result<Vec<u8>, Refusal> {
    match data.first_chunk() {
        Some(b"OTTO" | [0, 1, 0, 0] | b"true" | b"ttcf") => super::sfnt::clean(data),
        _ => clean(data),
    }
}

/// Cleans a bare compact font.
pub(super) fn clean(data: &[u8]) -> Result<Vec<u8>, Refusal> {
    let header = usize::from(*data.get(2).ok_or(DAMAGED)?);
    let names = Index::read(data, header)?;
    let tops = Index::read(data, names.end)?;
    let texts = Index::read(data, tops.end)?;
    let top = tops.items.first().ok_or(DAMAGED)?.clone();
    let entries = dictionary(data.get(top.clone()).ok_or(DAMAGED)?, top.start)?;

    let mut used = BTreeSet::new();
    for entry in &entries {
        if entry.operator == ROS {
            let known = |id: &&i64| {
                let index = usize::try_from(**id).ok()?.checked_sub(STANDARD_STRINGS)?;
                data.get(texts.items.get(index)?.clone()).filter(|text| COLLECTIONS.contains(text))
            };
            used.extend(entry.numbers.iter().take(2).filter(|id| known(id).is_some()).copied());
        }
    }
    glyph_names(data, &entries, &mut used)?;

    let mut out = data.to_vec();
    for range in &names.items {
        fill(&mut out, range.clone(), b'A');
    }
    for (index, range) in texts.items.iter().enumerate() {
        let id = i64::try_from(index + STANDARD_STRINGS).unwrap_or(i64::MAX);
        if !used.contains(&id) {
            fill(&mut out, range.clone(), NEUTRAL);
        }
    }
    for entry in &entries {
        if matches!(entry.operator, UNIQUE_ID | XUID | UID_BASE | CID_VERSION | CID_REVISION) {
            // One byte for the number zero.
            const ZERO: u8 = 139;
            fill(&mut out, entry.operands.clone(), ZERO);
        }
    }
    Ok(out)
}

fn fill(out: &mut [u8], range: std::ops::Range<usize>, with: u8) {
    if let Some(bytes) = out.get_mut(range) {
        bytes.fill(with);
    }
}

/// A list of byte ranges (section 5).
struct Index {
    items: Vec<std::ops::Range<usize>>,
    end: usize,
}

impl Index {
    fn read(data: &[u8], at: usize) -> Result<Index, Refusal> {
        let count = usize::from(be16(data, at)?);
        if count == 0 {
            return Ok(Index { items: Vec::new(), end: at + 2 });
        }
        let width = usize::from(*data.get(at + 2).ok_or(DAMAGED)?);
        if !(1..=4).contains(&width) {
            return Err(DAMAGED);
        }
        let base = at + 2 + (count + 1) * width;
        let offset = |index: usize| -> Result<usize, Refusal> {
            let start = at + 3 + index * width;
            let bytes = data.get(start..start + width).ok_or(DAMAGED)?;
            Ok(base + bytes.iter().fold(0usize, |value, &byte| value << 8 | usize::from(byte)))
        };
        let mut items = Vec::with_capacity(count);
        let mut start = offset(0)?;
        for index in 1..=count {
            let end = offset(index)?;
            if end < start || end > data.len() {
                return Err(DAMAGED);
            }
            items.push(start..end);
            start = end;
        }
        Ok(Index { items, end: start })
    }
}

fn be16(data: &[u8], at: usize) -> Result<u16, Refusal> {
    data.get(at..)
        .and_then(|rest| rest.first_chunk())
        .map(|b| u16::from_be_bytes(*b))
        .ok_or(DAMAGED)
}

/// One entry of a dictionary: numbers, the bytes they stand in, and an operator.
struct Entry {
    operator: u16,
    numbers: Vec<i64>,
    operands: std::ops::Range<usize>,
}

/// Reads a dictionary (section 4) that begins at `offset` of the font.
fn dictionary(data: &[u8], offset: usize) -> Result<Vec<Entry>, Refusal> {
    let mut entries = Vec::new();
    let mut numbers = Vec::new();
    let mut at = 0;
    let mut start = 0;
    while let Some(&byte) = data.get(at) {
        let next = |distance: usize| data.get(at + distance).copied().ok_or(DAMAGED);
        let used = match byte {
            0..=21 => {
                let (operator, used) = match byte {
                    12 => (0x0c00 | u16::from(next(1)?), 2),
                    _ => (u16::from(byte), 1),
                };
                let operands = offset + start..offset + at;
                entries.push(Entry { operator, numbers: std::mem::take(&mut numbers), operands });
                start = at + used;
                used
            }
            28 => {
                numbers.push(i64::from(i16::from_be_bytes([next(1)?, next(2)?])));
                3
            }
            29 => {
                let bytes = [next(1)?, next(2)?, next(3)?, next(4)?];
                numbers.push(i64::from(i32::from_be_bytes(bytes)));
                5
            }
            // A real number ends with a half byte of ones; none of those matter here.
            30 => {
                let rest = data.get(at + 1..).unwrap_or_default();
                let end = rest.iter().position(|byte| byte & 0x0f == 0x0f || byte >> 4 == 0x0f);
                numbers.push(0);
                end.ok_or(DAMAGED)? + 2
            }
            32..=246 => {
                numbers.push(i64::from(byte) - 139);
                1
            }
            247..=250 => {
                numbers.push((i64::from(byte) - 247) * 256 + i64::from(next(1)?) + 108);
                2
            }
            251..=254 => {
                numbers.push(-(i64::from(byte) - 251) * 256 - i64::from(next(1)?) - 108);
                2
            }
            _ => return Err(DAMAGED),
        };
        at += used;
    }
    Ok(entries)
}

/// The charsets 0, 1 and 2 are known to every reader and use no texts of the font.
const BUILT_IN: usize = 2;

/// Numbers of the texts that name letters (section 13). Fonts by character number
/// have none.
fn glyph_names(data: &[u8], entries: &[Entry], used: &mut BTreeSet<i64>) -> Result<(), Refusal> {
    let first = |operator: u16| {
        let entry = entries.iter().find(|entry| entry.operator == operator)?;
        usize::try_from(*entry.numbers.first()?).ok()
    };
    if entries.iter().any(|entry| entry.operator == ROS) {
        return Ok(());
    }
    let glyphs = usize::from(be16(data, first(CHAR_STRINGS).ok_or(DAMAGED)?)?);
    let at = match first(CHARSET) {
        Some(at) if at > BUILT_IN => at,
        _ => return Ok(()),
    };
    let format = *data.get(at).ok_or(DAMAGED)?;
    let mut at = at + 1;
    let mut named = 1;
    while named < glyphs {
        let id = i64::from(be16(data, at)?);
        let left = match format {
            0 => 0,
            1 => i64::from(*data.get(at + 2).ok_or(DAMAGED)?),
            2 => i64::from(be16(data, at + 2)?),
            _ => return Err(DAMAGED),
        };
        at += usize::from(format) + 2;
        used.extend(id..=id + left);
        named += usize::try_from(left).unwrap_or_default() + 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(items: &[&[u8]]) -> Vec<u8> {
        let mut out = u16::try_from(items.len()).unwrap().to_be_bytes().to_vec();
        out.push(1);
        let mut offset = 1u8;
        out.push(offset);
        for item in items {
            offset += u8::try_from(item.len()).unwrap();
            out.push(offset);
        }
        out.extend(items.concat());
        out
    }

    /// A font with one letter of its own, a notice, and a serial number.
    fn font() -> Vec<u8> {
        let names = index(&[b"ABCDEF+Anna"]);
        let texts = index(&[b"letterA", b"Licensed to Anna"]);
        // Numbers of 16 bits everywhere, so that the length does not depend on them.
        let top = |charset: u16, glyphs: u16| {
            let mut top = Vec::new();
            for (number, operator) in [(392u16, 1u8), (7777, 13), (charset, 15), (glyphs, 17)] {
                top.push(28);
                top.extend(number.to_be_bytes());
                top.push(operator);
            }
            index(&[&top])
        };
        let start = 4 + names.len() + top(0, 0).len() + texts.len() + 2;
        let charset = u16::try_from(start).unwrap();
        let head = [1, 0, 4, 1];
        [
            head.as_slice(),
            &names,
            &top(charset, charset + 3),
            &texts,
            &[0, 0],
            &[0, 1, 135],
            &index(&[b"\x0e", b"\x0e"]),
        ]
        .concat()
    }

    #[test]
    fn the_notice_and_the_serial_number_are_gone_and_letters_keep_their_names() {
        let cleaned = clean(&font()).unwrap();
        let has = |text: &[u8]| cleaned.windows(text.len()).any(|window| window == text);
        assert!(has(b"letterA"));
        assert!(!has(b"Anna") && !has(b"ABCDEF") && !has(&7777u16.to_be_bytes()));
        assert_eq!(cleaned.len(), font().len());
        assert_eq!(clean(&cleaned).unwrap(), cleaned);
    }

    #[test]
    fn the_name_of_a_collection_is_gone_unless_it_is_a_common_one() {
        let font = |registry: &[u8], ordering: &[u8]| {
            let mut top = Vec::new();
            for numbers in [&[391u16, 392, 0][..], &[7777], &[0], &[0]] {
                for number in numbers {
                    top.push(28);
                    top.extend(number.to_be_bytes());
                }
                top.extend(match numbers.len() {
                    3 => [12, 30].as_slice(),
                    _ if numbers[0] > 0 => &[12, 35],
                    _ => &[17],
                });
            }
            let texts = index(&[registry, ordering]);
            [[1, 0, 4, 1].as_slice(), &index(&[b"A"]), &index(&[&top]), &texts, &[0, 0]].concat()
        };
        let cleaned = clean(&font(b"Anna", b"Jensen")).unwrap();
        let has = |text: &[u8]| cleaned.windows(text.len()).any(|window| window == text);
        assert!(!has(b"Anna") && !has(b"Jensen") && !has(&7777u16.to_be_bytes()));
        let cleaned = clean(&font(b"Adobe", b"Japan1")).unwrap();
        let has = |text: &[u8]| cleaned.windows(text.len()).any(|window| window == text);
        assert!(has(b"Adobe") && has(b"Japan1"));
    }

    #[test]
    fn a_font_that_is_cut_off_is_refused() {
        for length in 0..font().len() - 8 {
            assert_eq!(clean(&font()[..length]), Err(DAMAGED), "{length}");
        }
    }
}
