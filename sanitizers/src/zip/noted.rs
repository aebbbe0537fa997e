//! What the records of a ZIP tell about the person who made it.

use super::fields::extras;
use crate::{Category, Notes};

/// 1 January 1980, 00:00: what is written, and what programs write who mean no time.
const NO_TIME: [u32; 2] = [0x0021_0000, 0];

/// Counts what an entry of the directory tells.
pub(super) fn entry(made_by: u16, moment: u32, extra: &[u8], comment: &[u8], notes: &mut Notes) {
    if !NO_TIME.contains(&moment) {
        notes.found(Category::Dates);
    }
    if made_by != super::write::MADE_BY {
        notes.found(Category::Software);
    }
    if !comment.is_empty() {
        notes.found(Category::Comments);
    }
    header(extra, notes);
}

/// Counts what the extra fields of a header tell.
pub(super) fn header(extra: &[u8], notes: &mut Notes) {
    let (all, stray) = extras(extra);
    for (number, _) in all {
        notes.found(meaning(number));
    }
    if stray {
        notes.found(Category::StrayBytes);
    }
}

/// Numbers from APPNOTE 4.5.2 and 4.6.1.
fn meaning(number: u16) -> Category {
    match number {
        // NTFS times, Unix, extended timestamp, old Macintosh.
        0x000A | 0x000D | 0x5455 | 0x5855 | 0x2605 => Category::Dates,
        // User and group.
        0x7855 | 0x7875 | 0x4453 | 0x756E => Category::Identifiers,
        0x0014..=0x0019 => Category::Signatures,
        0x6375 => Category::Comments,
        _ => Category::Other,
    }
}
