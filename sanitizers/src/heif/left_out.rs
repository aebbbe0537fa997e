//! Counts what does not come into the copy.

use std::collections::BTreeSet;

use super::meta::{Extent, Item, Meta};
use super::picture::IMAGES;
use super::property::{Auxiliary, auxiliary};
use crate::boxes::{Name, Part, Place};
use crate::{Category, Change, Notes, exif, xmp};

/// Content credentials in a box of its own (C2PA 2.1, A.5).
const CREDENTIALS: &[u8] = b"\xD8\xFE\xC3\xD6\x1B\x0E\x48\x3C\x92\x97\x58\x28\x87\x7E\xC4\x81";

/// Names that programs give to every item of a sort.
const USUAL_NAMES: [&[u8]; 8] =
    [b"Color", b"Alpha", b"Exif", b"XMP", b"GMap", b"HEVC Image", b"SampleTransform", b"Image"];

/// A box beside `ftyp`, `meta` and `mdat`.
pub(super) fn box_of_file(name: Name, body: &[u8], notes: &mut Notes) {
    match &name {
        b"moov" | b"mpvd" => {
            notes.found(Category::HiddenPictures);
            notes.changed(Change::MotionRemoved);
        }
        b"moof" | b"mfra" | b"sidx" | b"styp" | b"emsg" => notes.found(Category::HiddenPictures),
        b"free" | b"skip" | b"wide" => {
            notes.found_many(Category::StrayBytes, u32::from(!body.is_empty()));
        }
        _ => notes.found(foreign(&Part { name, body })),
    }
}

/// A box of `meta` that is not on the list.
pub(super) fn box_of_meta(part: &Part, notes: &mut Notes) {
    match &part.name {
        b"free" | b"skip" => {
            notes.found_many(Category::StrayBytes, u32::from(!part.body.is_empty()));
        }
        b"dinf" => notes.found_many(Category::Links, u32::from(part.body != super::THIS_FILE)),
        _ => notes.found(foreign(part)),
    }
}

fn foreign(part: &Part) -> Category {
    match &part.name {
        b"jumb" | b"c2pa" => Category::Signatures,
        b"uuid" if part.body.starts_with(CREDENTIALS) => Category::Signatures,
        b"xml " | b"bxml" | b"udta" | b"id32" => Category::Descriptions,
        _ => Category::Other,
    }
}

/// A name that somebody gave to an item.
pub(super) fn name_of_item(name: &[u8], notes: &mut Notes) {
    if USUAL_NAMES.contains(&name) {
        notes.found(Category::Software);
    } else if !name.is_empty() {
        notes.found(Category::Descriptions);
    }
}

/// A property that is not on the list.
pub(super) fn property(name: Name) -> Category {
    match &name {
        b"udes" | b"altt" => Category::Descriptions,
        b"crtt" | b"mdft" => Category::Dates,
        b"cmin" | b"cmex" | b"mdcv" | b"exif" => Category::Device,
        _ => Category::Other,
    }
}

/// Items that are not kept. `left` is how many bytes may still be read.
pub(super) fn items(meta: &Meta, kept: &BTreeSet<u32>, left: &mut u64, notes: &mut Notes) {
    for (number, item) in &meta.items {
        if kept.contains(number) {
            continue;
        }
        match &item.kind {
            b"Exif" => match meta.bytes(item, left).ok().as_deref().and_then(tiff) {
                Some(block) => drop(exif::note(block, notes)),
                None => notes.found(Category::Other),
            },
            b"mime" if item.media == b"application/rdf+xml" => {
                xmp::note(&meta.bytes(item, left).unwrap_or_default(), notes);
            }
            b"mime" => notes.found(Category::EmbeddedFiles),
            b"tmap" => {
                notes.found(Category::HiddenPictures);
                notes.changed(Change::HdrLayerRemoved);
            }
            b"jumb" | b"c2pa" => notes.found(Category::Signatures),
            kind if IMAGES.allows(kind) || is_picture(*kind) => picture(meta, item, notes),
            _ => notes.found(Category::Other),
        }
    }
}

/// Codings and constructions that are known and not kept.
fn is_picture(kind: Name) -> bool {
    matches!(&kind, b"jpeg" | b"avc1" | b"vvc1" | b"lhv1" | b"j2k1" | b"unci" | b"sato")
}

fn picture(meta: &Meta, item: &Item, notes: &mut Notes) {
    notes.found(Category::HiddenPictures);
    if auxiliary(meta, item) == Some(Auxiliary::GainMap) {
        notes.changed(Change::HdrLayerRemoved);
    }
}

/// The block behind the number of bytes that stand in front of it (ISO/IEC 23008-12, A.2.1).
fn tiff(item: &[u8]) -> Option<&[u8]> {
    let (head, rest) = item.split_first_chunk()?;
    rest.get(usize::try_from(u32::from_be_bytes(*head)).ok()?..)
}

/// Bytes of `mdat` and `idat` that belong to no item.
pub(super) fn gaps(meta: &Meta, places: &[Place], notes: &mut Notes) {
    let all = || meta.items.values().flat_map(|item| &item.extents);
    let here = all().filter(|extent| !extent.inside);
    let bytes = places.iter().map(|place| place.body.end.saturating_sub(place.body.start));
    let bytes = bytes.fold(0_u64, u64::saturating_add);
    let inside = all().filter(|extent| extent.inside);
    let gaps = covered(here) < bytes || covered(inside) < meta.inside.len() as u64;
    notes.found_many(Category::StrayBytes, u32::from(gaps));
}

/// How many bytes extents have together, each counted once.
fn covered<'e>(extents: impl Iterator<Item = &'e Extent>) -> u64 {
    let mut ranges: Vec<_> =
        extents.map(|extent| (extent.at, extent.at.saturating_add(extent.length))).collect();
    ranges.sort_unstable();
    let (mut sum, mut end) = (0_u64, 0_u64);
    for (start, stop) in ranges {
        sum = sum.saturating_add(stop.saturating_sub(start.max(end)));
        end = end.max(stop);
    }
    sum
}
