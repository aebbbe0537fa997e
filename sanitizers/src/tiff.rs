//! TIFF: all pages, their samples unpacked and packed again, in one layout.
//!
//! A TIFF is a chain of directories, one for each page, whose entries point anywhere in the
//! file. Who scanned, with what, when and where stands in entries (artist, host computer,
//! software, dates, document names with folders), in directories below them (Exif, GPS,
//! maker notes, smaller pictures), and in whole blocks of other formats (XMP, IPTC,
//! Photoshop, `GeoTIFF`). Between the structures, behind the end of packed rows, in unused
//! bits of a row, in the part of a tile beyond the edge of the picture, in palette colours
//! that no pixel has, and under transparent pixels there is room that no viewer shows.
//!
//! So every page of the main chain is read by a short list of entries with fixed types, its
//! strips and tiles are unpacked to exactly the samples that the sizes promise, what is not
//! shown is cleared, and all is packed again: little-endian, without gaps, in one order.
//! `PackBits` becomes LZW and fax data become Group 4, so that nothing can be said by the
//! choice of words. A strip or tile that is a JPEG goes through the rules for JPEG, and
//! brings its own tables along. Resolution is rounded to a usual one.
//!
//! Left out although some programs read them: page numbers (the chain is the order), white
//! point, primaries and transfer function (viewers follow the profile, and measured numbers
//! name a device), smaller versions of a page. Refused: old JPEG (its tables lie anywhere),
//! fax data in two dimensions of Group 3, raw pictures of cameras, which are TIFF with a
//! maker's secrets.
//!
//! What is not seen: picture beyond the edge in a tile that is a JPEG, which cannot be
//! cleared without coding it anew (there is a warning), and beyond the edge of a picture
//! with coarse colours, at most three columns and rows. Planes beside the colours that no
//! viewer shows stay, with a warning.
//!
//! Fax data are unpacked by the `fax` crate, here and in the second reader.
//!
//! Formats: TIFF 6.0 (Aldus, 1992), TIFF Technical Note 2 (JPEG), TIFF Technical Note 3
//! (floating point), Adobe Photoshop TIFF Technical Notes (2002), `BigTIFF` (2007), ITU-T T.4
//! and T.6.

mod directory;
mod fax;
mod layout;
mod noted;
mod page;
mod part;
mod samples;
mod tags;
mod write;

use crate::{About, Limits, Notes, ReadSeek, Refusal};
use directory::Source;
#[cfg(test)]
pub(crate) use tags::TAGS;
pub(crate) use tags::explain;
use write::Writer;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "all pages; their samples, palette, transparency and orientation; issued anew: \
           resolution (rounded), numbers of the colour model, colour profile",
    removed: "all other entries: Exif, GPS, maker notes, XMP, IPTC, Photoshop, maps, names, \
              dates, programs; smaller pictures; bytes between and behind; unused palette \
              colours; the colour under full transparency; what lies beyond the edge in tiles",
    refused: "raw pictures of cameras, old JPEG and rare packings, pages that are masks, \
              missing samples, two readings of one entry",
};

/// Returns a clean copy of the TIFF in `source`.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let file = crate::read_all(source, limits)?;
    let mut source = Source::open(&file, limits)?;
    let pages = page::read_all(&mut source, limits, notes)?;
    let mut writer = Writer::new(limits.output_bytes(file.len() as u64));
    for page in &pages {
        let mut seen = samples::Seen::nothing();
        for number in 0..page.parts.len() {
            writer.part(&part::clean(page, number, &mut seen, limits, notes)?)?;
        }
        seen.note(notes);
        writer.page(page, &seen)?;
    }
    source.note_gaps(notes);
    Ok(writer.finish())
}
