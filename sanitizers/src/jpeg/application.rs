//! Application segments: who writes what into them, and what is issued anew.

use super::{photoshop, profile};
use crate::{Category, Change, Notes, exif, xmp};

/// What an Exif segment starts with.
pub(super) const EXIF: &[u8] = b"Exif\0\0";
const JFIF: &[u8] = b"JFIF\0";
const ADOBE: &[u8] = b"Adobe";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// Behind this stand an identifier of 32 bytes and two lengths of four.
const XMP_EXTENSION: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
const XMP_EXTENSION_HEAD: usize = 40;

/// Dots per inch or centimetre that programs write; any other number is a mark.
const DENSITIES: [u16; 16] =
    [1, 28, 38, 72, 96, 100, 118, 120, 144, 150, 180, 200, 240, 300, 350, 600];

/// What of a segment is issued anew.
pub(super) enum Found<'a> {
    /// JFIF, with its unit and density.
    Jfif(u8, u16),
    /// How to turn the picture.
    Orientation(u16),
    /// A part of the colour profile.
    Profile(&'a [u8]),
    /// The colour transform.
    Adobe(u8),
    /// Nothing.
    Nothing,
}

/// Counts what a segment holds and returns what is issued anew.
pub(super) fn read<'a>(marker: u8, body: &'a [u8], notes: &mut Notes) -> Found<'a> {
    let after = |signature: &[u8]| body.strip_prefix(signature);
    match marker {
        0xE0 => {
            if let Some(fields) = after(JFIF) {
                return read_jfif(fields, notes);
            }
        }
        0xE1 => {
            if let Some(tiff) = after(EXIF) {
                return exif::note(tiff, notes).map_or(Found::Nothing, Found::Orientation);
            }
            if let Some(packet) = after(XMP) {
                xmp::note(packet, notes);
                return Found::Nothing;
            }
            if let Some(extension) = after(XMP_EXTENSION) {
                xmp::note(extension.get(XMP_EXTENSION_HEAD..).unwrap_or_default(), notes);
                return Found::Nothing;
            }
        }
        0xE2 => {
            if let Some(part) = after(profile::SIGNATURE) {
                return Found::Profile(part);
            }
        }
        0xED => {
            if let Some(blocks) = after(photoshop::SIGNATURE) {
                photoshop::note(blocks, notes);
                return Found::Nothing;
            }
        }
        0xEE => {
            // Version and flags (6 bytes) are free numbers; only the transform counts.
            if let Some([_, _, _, _, _, _, transform, rest @ ..]) = after(ADOBE) {
                notes.found_many(Category::StrayBytes, u32::from(!rest.is_empty()));
                return Found::Adobe(*transform);
            }
        }
        _ => {}
    }
    notes.found(category(marker, body));
    note_hdr(marker, body, notes);
    Found::Nothing
}

fn read_jfif<'a>(fields: &[u8], notes: &mut Notes) -> Found<'a> {
    // Version, unit, two densities, size of the thumbnail; then its pixels.
    let Some(&[_, _, unit, x1, x2, y1, y2, width, height]) = fields.first_chunk() else {
        notes.found(Category::Other);
        return Found::Nothing;
    };
    if width != 0 && height != 0 {
        notes.found(Category::HiddenPictures);
    } else if fields.len() > 9 {
        notes.found(Category::StrayBytes);
    }
    let (across, down) = (u16::from_be_bytes([x1, x2]), u16::from_be_bytes([y1, y2]));
    if unit <= 2 && across == down && DENSITIES.contains(&across) {
        Found::Jfif(unit, across)
    } else {
        Found::Jfif(0, 1)
    }
}

/// The canonical body of a JFIF segment: version 1.01, no thumbnail.
pub(super) fn jfif(unit: u8, density: u16) -> Vec<u8> {
    let [high, low] = density.to_be_bytes();
    [JFIF, &[1, 1, unit, high, low, high, low, 0, 0]].concat()
}

/// The canonical body of an Adobe segment: version 100, no flags.
pub(super) fn adobe(transform: u8) -> Vec<u8> {
    [ADOBE, &[0, 100, 0, 0, 0, 0, transform]].concat()
}

/// Who writes what: segments that are dropped, by marker and first bytes.
const WRITERS: [(u8, &[u8], Category); 22] = [
    (0xE0, b"JFXX", Category::HiddenPictures),
    (0xE0, b"CIFF", Category::Device),
    (0xE1, b"FLIR", Category::Device),
    (0xE2, b"MPF", Category::HiddenPictures),
    (0xE2, b"FPXR", Category::EmbeddedFiles),
    (0xE2, b"urn:iso:std:iso:ts:21496", Category::HiddenPictures),
    (0xE2, b"CANON", Category::Device),
    (0xE3, b"Meta", Category::Device),
    (0xE3, b"_JPSJPS_", Category::HiddenPictures),
    (0xE4, b"", Category::HiddenPictures),
    (0xE5, b"RMETA", Category::Device),
    (0xE6, b"GoPro", Category::Device),
    (0xE6, b"EPPIM", Category::Device),
    (0xE7, b"", Category::Device),
    (0xE8, b"SPIFF", Category::Other),
    (0xEA, b"UNICODE", Category::Comments),
    (0xEB, b"HDR_RI", Category::HiddenPictures),
    (0xEB, b"JP", Category::Signatures),
    (0xEC, b"Ducky", Category::Software),
    (0xEC, b"", Category::Device),
    (0xED, b"Adobe_CM", Category::ColourProfiles),
    (0xEF, b"", Category::Software),
];

fn category(marker: u8, body: &[u8]) -> Category {
    let known = WRITERS.iter().find(|(at, start, _)| *at == marker && body.starts_with(start));
    known.map_or(Category::Other, |(.., category)| *category)
}

/// Layers for HDR screens that are announced by a segment of their own.
fn note_hdr(marker: u8, body: &[u8], notes: &mut Notes) {
    let iso = marker == 0xE2 && body.starts_with(b"urn:iso:std:iso:ts:21496");
    let dolby = marker == 0xEB && body.starts_with(b"HDR_RI");
    if iso || dolby {
        notes.changed(Change::HdrLayerRemoved);
    }
}
