//! Chunks that are not copied: what they were, by category.

use super::Chunk;
use crate::sound::tags;
use crate::{Category, Notes};

/// Counts a chunk that is left out.
pub(super) fn dropped((name, data): Chunk, notes: &mut Notes) {
    let category = match &name {
        // The copy says the same.
        b"FVER" if data == super::VERSION => return,
        b"ID3 " => return tags::note_id3(data, notes),
        b"AUTH" | b"(c) " => Category::People,
        b"ANNO" | b"MARK" => Category::Comments,
        b"COMT" => {
            notes.found(Category::Dates);
            Category::Comments
        }
        b"NAME" => Category::Descriptions,
        b"APPL" | b"INST" | b"MIDI" | b"SAXL" | b"basc" | b"trns" | b"cate" => Category::Software,
        b"AESD" => Category::Device,
        b"C2PA" => Category::Signatures,
        _ => Category::Other,
    };
    notes.found(category);
}
