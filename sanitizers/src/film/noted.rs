//! What sort of thing was left out.
//!
//! Only names of boxes and keys are looked at, never what they say.

use std::ops::Range;

use super::atom::{Atom, Name};
use super::window::Window;
use crate::{Category, Change, Notes, Refusal};

/// Bytes of a row of descriptions that are searched for names of keys.
const SEARCHED: usize = 1 << 20;
/// The same for a box outside of the index.
const SEARCHED_OUTSIDE: u64 = 64 << 10;

/// XMP and provenance claims are boxes with an identifier.
const XMP: [u8; 4] = [0xBE, 0x7A, 0xCF, 0xCB];
const PROVENANCE: [u8; 4] = [0xD8, 0xFE, 0xC3, 0xD6];

/// Names of boxes and parts of names of keys, with what they tell.
const WORDS: [(&[u8], Category); 26] = [
    (b"\xA9xyz", Category::Location),
    (b"loci", Category::Location),
    (b"location", Category::Location),
    (b"GPS", Category::Location),
    (b"\xA9mak", Category::Device),
    (b"\xA9mod", Category::Device),
    (b"\xA9mal", Category::Device),
    (b".make", Category::Device),
    (b".model", Category::Device),
    (b"CAME", Category::Device),
    (b"manu", Category::Device),
    (b"modl", Category::Device),
    (b"\xA9swr", Category::Software),
    (b"\xA9too", Category::Software),
    (b"\xA9enc", Category::Software),
    (b"software", Category::Software),
    (b"\xA9day", Category::Dates),
    (b"creationdate", Category::Dates),
    (b"\xA9ART", Category::People),
    (b"auth", Category::People),
    (b"artist", Category::People),
    (b"\xA9wrt", Category::People),
    (b"perf", Category::People),
    (b"cprt", Category::People),
    (b"identifier", Category::Identifiers),
    (b"covr", Category::HiddenPictures),
];

/// Counts descriptions: at least one, and one of each sort that is named.
fn descriptions(body: &[u8], notes: &mut Notes) {
    let body = body.get(..SEARCHED).unwrap_or(body);
    notes.found(Category::Descriptions);
    for (word, category) in WORDS {
        if memchr::memmem::find(body, word).is_some() {
            notes.found(category);
        }
    }
}

fn by_identifier(identifier: &[u8]) -> Category {
    match identifier.get(..4) {
        Some(start) if start == XMP => Category::Descriptions,
        Some(start) if start == PROVENANCE => Category::Signatures,
        _ => Category::Other,
    }
}

/// Counts a box of the index or of a track that is left out.
pub(super) fn inner(atom: &Atom, notes: &mut Notes) {
    match &atom.name {
        b"udta" | b"meta" => descriptions(atom.body, notes),
        b"uuid" => notes.found(by_identifier(atom.body)),
        b"free" | b"skip" | b"wide" => free(!atom.body.is_empty(), notes),
        // Bits of a profile that says nothing, and which track speaks of which.
        b"iods" | b"tapt" | b"load" | b"tref" => {}
        _ => notes.found(Category::Other),
    }
}

/// Counts a box of the file that is left out.
pub(super) fn outer(
    name: Name,
    content: &Range<u64>,
    window: &mut Window,
    notes: &mut Notes,
) -> Result<(), Refusal> {
    let length = content.end - content.start;
    let searched = usize::try_from(length.min(SEARCHED_OUTSIDE)).unwrap_or_default();
    match &name {
        // Lists of the parts of a film, which are joined.
        b"sidx" | b"ssix" | b"mfra" | b"styp" | b"pdin" => {}
        b"free" | b"skip" | b"wide" => free(length > 0, notes),
        b"prft" => notes.found(Category::Dates),
        b"pnot" | b"PICT" => notes.found(Category::HiddenPictures),
        b"uuid" => notes.found(by_identifier(window.bytes(content.start, searched)?)),
        b"meta" | b"udta" => descriptions(window.bytes(content.start, searched)?, notes),
        _ => notes.found(Category::Other),
    }
    Ok(())
}

fn free(is_filled: bool, notes: &mut Notes) {
    if is_filled {
        notes.found(Category::StrayBytes);
    }
}

/// Counts a track that is left out, by who handles it and by how it is coded.
pub(super) fn track(handler: Name, coding: Name, is_chapters: bool, notes: &mut Notes) {
    let category = match (&handler, &coding) {
        // Places and movements, taken down while the film was made.
        (b"meta", b"mebx" | b"gpmd" | b"camm" | b"rtmd" | b"fdsc")
        | (b"camm" | b"gpmd" | b"gps " | b"GPS ", _) => Category::Location,
        (b"tmcd", _) | (_, b"tmcd") => Category::Dates,
        (b"vide" | b"auxv" | b"pict", _) => Category::HiddenPictures,
        (b"text" | b"sbtl" | b"subt" | b"clcp", _) => Category::Descriptions,
        _ => Category::Other,
    };
    notes.found(category);
    match &handler {
        b"text" if is_chapters => {}
        b"text" | b"sbtl" | b"subt" | b"clcp" => notes.changed(Change::PartsRemoved),
        b"soun" => notes.changed(Change::MultimediaRemoved),
        _ => {}
    }
}

/// Counts what is left out of a box with boxes.
pub(super) fn others(all: &[Atom], read: &[Name], notes: &mut Notes) {
    for atom in all.iter().filter(|atom| !read.contains(&atom.name)) {
        inner(atom, notes);
    }
}

/// A handler's name is written by a program and often names it.
pub(super) fn handler_name(name: &[u8], notes: &mut Notes) {
    // Maker and flags in front of it are the program's as well.
    if name.iter().any(|&byte| byte != 0) {
        notes.found(Category::Software);
    }
}

/// What is written of the index, in words.
pub(super) const INDEX: [&str; 10] = [
    "mvhd: units, volume, matrix; length, by the samples",
    "tkhd: number, switched on, volume, matrix, size; length, layer and group, counted anew",
    "elst",
    "mdhd: units; length, by the samples",
    "hdlr: pictures or sound, without a name",
    "vmhd, smhd, dref: the same in every film",
    "stts, ctts: times, in as few rows as there can be",
    "stss: samples to begin with",
    "stsz: sizes",
    "stsc, stco: places, of at most 1 MiB together",
];
