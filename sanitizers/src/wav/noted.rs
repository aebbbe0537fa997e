//! Chunks that are not copied: what they were, by category.

use super::chunks::Chunk;
use crate::sound::tags;
use crate::{Category, Notes};

/// Parts of a list that are counted one by one.
const MOST_PARTS: usize = 1_000;

/// Counts a chunk that is left out.
pub(super) fn dropped(chunk: &Chunk, notes: &mut Notes) {
    let category = match &chunk.name {
        b"LIST" if chunk.data.starts_with(b"INFO") => return info(chunk.data, notes),
        b"LIST" | b"cue " | b"plst" | b"labl" | b"note" | b"ltxt" => Category::Comments,
        b"id3 " | b"ID3 " => return tags::note_id3(chunk.data, notes),
        b"bext" => return broadcast(notes),
        b"iXML" | b"axml" | b"aXML" | b"cart" | b"_PMX" | b"DISP" => Category::Descriptions,
        b"PEAK" => Category::Dates,
        b"umid" | b"ubxt" | b"MD5 " => Category::Identifiers,
        b"C2PA" => Category::Signatures,
        b"minf" | b"elm1" | b"regn" | b"LGWV" | b"strc" | b"acid" | b"smpl" | b"inst" => {
            Category::Software
        }
        // Programs reserve room here, and what was in memory stays in it.
        b"JUNK" | b"junk" | b"PAD " | b"FLLR" | b"ds64" if is_empty(chunk) => return,
        b"JUNK" | b"junk" | b"PAD " | b"FLLR" => Category::StrayBytes,
        _ => Category::Other,
    };
    notes.found(category);
}

/// Nothing but noughts; or the table of lengths, which holds only what the copy shows.
fn is_empty(chunk: &Chunk) -> bool {
    let table = chunk.name == *b"ds64" && chunk.data.len() == 28;
    table || chunk.data.iter().all(|&byte| byte == 0)
}

/// Who made a broadcast, on which day and at which second.
fn broadcast(notes: &mut Notes) {
    for category in [Category::People, Category::Dates, Category::Identifiers] {
        notes.found(category);
    }
}

/// A list of information, by its parts.
fn info(list: &[u8], notes: &mut Notes) {
    let mut rest = list.get(4..).unwrap_or_default();
    for _ in 0..MOST_PARTS {
        let Some((&[a, b, c, d, l0, l1, l2, l3], behind)) = rest.split_first_chunk() else {
            break;
        };
        notes.found(category([a, b, c, d]));
        let length = u32::from_le_bytes([l0, l1, l2, l3]) as usize;
        rest = behind.get(length.next_multiple_of(2)..).unwrap_or_default();
    }
}

fn category(id: [u8; 4]) -> Category {
    match &id {
        b"IART" | b"ICOP" | b"IENG" | b"ITCH" | b"ICMS" | b"IPRO" | b"ISTR" | b"IWRI" => {
            Category::People
        }
        b"ICRD" | b"IDIT" | b"DTIM" | b"YEAR" => Category::Dates,
        b"ISFT" | b"IENC" | b"ITOC" => Category::Software,
        b"ICMT" => Category::Comments,
        b"IARL" | b"ICNT" => Category::Location,
        b"IURL" | b"IBSU" => Category::Links,
        b"ISRC" | b"IMIT" => Category::Identifiers,
        b"IMED" | b"ISRF" => Category::Device,
        _ => Category::Descriptions,
    }
}
