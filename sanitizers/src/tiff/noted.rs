//! Entries that are left out, by what they tell about.

use super::directory::{Entry, Source};
use crate::jpeg::photoshop;
use crate::{Category, Notes, exif, xmp};

/// Directories below one page that are looked into.
const MOST: usize = 16;

/// Counts an entry that is not on the list, and what lies below it.
pub(super) fn dropped(entry: &Entry, source: &mut Source, notes: &mut Notes) {
    let value = entry.value.unwrap_or_default();
    match entry.tag {
        // Which of several pages it is, and what of it nobody shows.
        254 | 255 | 263 | 293 | 297 => {}
        330 => {
            let count = source.numbers(entry).map_or(1, |places| places.len());
            notes.found_many(Category::HiddenPictures, u32::try_from(count).unwrap_or(u32::MAX));
        }
        34_665 => below(entry, source, notes, exif::category),
        34_853 => below(entry, source, notes, |_| Category::Location),
        40_965 => below(entry, source, notes, |_| Category::Other),
        700 => xmp::note(value, notes),
        34_377 => photoshop::note(value, notes),
        // Where on the earth its corners are.
        33_550 | 33_922 | 34_264 | 34_735..=34_737 | 42_112 | 42_113 => {
            notes.found(Category::Location);
        }
        269 | 285 | 33_723 => notes.found(Category::Descriptions),
        301 | 318 | 319 => notes.found(Category::ColourProfiles),
        42_016 => notes.found(Category::Identifiers),
        37_724 | 50_255 => notes.found(Category::HiddenPictures),
        tag => notes.found(exif::category(tag)),
    }
}

/// Counts the entries of directories below an entry.
fn below(
    entry: &Entry,
    source: &mut Source,
    notes: &mut Notes,
    category: impl Fn(u16) -> Category,
) {
    let places = source.numbers(entry).unwrap_or_default();
    let before = notes.findings();
    for place in places.into_iter().take(MOST) {
        let Ok((entries, _)) = source.directory(place) else { continue };
        for entry in entries {
            notes.found(category(entry.tag));
            if entry.tag == 40_965 && entry.kind != 2 {
                let places = source.numbers(&entry).unwrap_or_default();
                for place in places.into_iter().take(1) {
                    drop(source.directory(place));
                }
            }
        }
    }
    if notes.findings() == before {
        notes.found(Category::Other);
    }
}
