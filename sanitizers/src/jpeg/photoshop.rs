//! Photoshop image resources: names, captions, thumbnails, paths. Counted only.
//!
//! Formats: Adobe Photoshop File Formats (image resource blocks), IPTC IIM 4.2.

use crate::{Category, Notes, exif, xmp};

/// What the segment starts with.
pub(crate) const SIGNATURE: &[u8] = b"Photoshop 3.0\0";
/// More blocks than any program writes.
const MAX_BLOCKS: usize = 500;

/// Counts what the resource blocks hold.
pub(crate) fn note(mut blocks: &[u8], notes: &mut Notes) {
    for _ in 0..MAX_BLOCKS {
        let Some((id, content, rest)) = block(blocks) else { break };
        match id {
            0x0404 => iptc(content, notes),
            0x0409 | 0x040C => notes.found(Category::HiddenPictures),
            0x0422 | 0x0423 => {
                exif::note(content, notes);
            }
            0x0424 => xmp::note(content, notes),
            0x0425 | 0x0414 | 0x044D => notes.found(Category::Identifiers),
            0x040B => notes.found(Category::Links),
            0x040F => notes.found(Category::ColourProfiles),
            0x0421 => notes.found(Category::Software),
            _ => notes.found(Category::Other),
        }
        blocks = rest;
    }
    if !blocks.is_empty() {
        notes.found(Category::StrayBytes);
    }
}

/// Splits off one block: signature, id, padded name, length, padded content.
fn block(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let bytes = bytes.strip_prefix(b"8BIM")?;
    let (id, bytes) = bytes.split_first_chunk()?;
    let name = usize::from(*bytes.first()?) + 1;
    let (length, bytes) = bytes.get(name.next_multiple_of(2)..)?.split_first_chunk()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let content = bytes.get(..length)?;
    let rest = bytes.get(length.next_multiple_of(2)..).unwrap_or_default();
    Some((u16::from_be_bytes(*id), content, rest))
}

/// Counts IPTC data sets by what they tell about.
fn iptc(mut sets: &[u8], notes: &mut Notes) {
    while let [0x1C, record, number, high, low, rest @ ..] = sets {
        if *record == 2 {
            notes.found(category(*number));
        }
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        sets = rest.get(length..).unwrap_or_default();
    }
}

/// What a data set of record 2 tells about (IIM 4.2, chapter 6).
fn category(number: u8) -> Category {
    match number {
        26 | 27 | 90 | 92 | 95 | 100 | 101 => Category::Location,
        30 | 35 | 37 | 38 | 47 | 55 | 60 | 62 | 63 => Category::Dates,
        80 | 85 | 110 | 115 | 116 | 118 | 122 => Category::People,
        65 | 70 => Category::Software,
        22 | 45 | 50 | 103 | 184..=188 => Category::Identifiers,
        5 | 7 | 15 | 20 | 25 | 40 | 105 | 120 => Category::Descriptions,
        125 | 202 => Category::HiddenPictures,
        _ => Category::Other,
    }
}
