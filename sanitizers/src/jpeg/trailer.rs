//! Bytes behind the end of the picture. Never copied; looked at to say what they were.

use memchr::memmem;

use crate::{Category, Change, Notes};

/// Counts what stands behind the end.
pub(super) fn note(trailer: &[u8], notes: &mut Notes) {
    if trailer.is_empty() {
        return;
    }
    let has = |needle: &[u8]| memmem::find(trailer, needle).is_some();
    let pictures = memmem::find_iter(trailer, b"\xFF\xD8\xFF").count();
    notes.found_many(Category::HiddenPictures, u32::try_from(pictures).unwrap_or(u32::MAX));
    // The second box of an MP4 file; the first four bytes are its length.
    if has(b"ftyp") {
        notes.found(Category::EmbeddedFiles);
        notes.changed(Change::MotionRemoved);
    }
    if has(b"hdrgm:") || has(b"HDRGainMap") || has(b"urn:iso:std:iso:ts:21496") {
        notes.changed(Change::HdrLayerRemoved);
    }
    if has(b"PK\x05\x06") {
        notes.found(Category::EmbeddedFiles);
    }
    notes.found(Category::StrayBytes);
}
