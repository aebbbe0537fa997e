//! HEIF: HEIC and AVIF, the same coded pictures in a container written from scratch.
//!
//! An iPhone writes its photographs in this form. The file is a list of items, of which
//! one is the picture that is shown. Around it lie Exif (place, camera, owner), XMP,
//! thumbnails that show what was cut off later, depth maps and cut-out people, a layer for
//! HDR screens, the film of a live picture with its dates, descriptions of people as
//! properties, content credentials, names of items, and bytes that belong to nothing.
//! Inside the coded pictures there are messages of the encoder, with its name and settings.
//!
//! So what the shown picture needs is looked up, from its item to the tiles it is put
//! together of and the plane that makes it transparent, and written into a container of
//! ours with numbers, order and places of ours. Coded pictures are walked from unit to
//! unit: those that a decoder needs stay byte for byte, messages go. Of the properties those
//! stay that say how to decode and show; the colour profile is issued anew, and the
//! parameters of an HEVC picture are written again from its own parameter sets.
//!
//! What a viewer would have to fetch, and what needs something we do not know, is refused.
//! Parts that a crop hides are still coded, which is told.
//!
//! What is not seen: nothing is decoded, and whether it can be is left to the viewer. Bytes
//! behind the end of coded data but inside of its unit stay, as do parameters of HEVC for
//! extensions that nobody knows, slices and tiles that nobody needs, colours under a plane of
//! transparency (there is a warning), and all that an encoder chose freely. In the edge of
//! the last tiles, beyond the size of the whole, there can be a little more of the picture.
//!
//! Format: ISO/IEC 14496-12:2022 (boxes, items), ISO/IEC 23008-12:2022 (HEIF), ISO/IEC
//! 14496-15:2022 (HEVC in boxes), Rec. ITU-T H.265 (HEVC), AVIF 1.1, AV1 bitstream 1.0.0.

mod av1;
mod bits;
pub(crate) mod draw;
mod hevc;
mod left_out;
mod meta;
mod picture;
mod property;
mod put_together;
mod sequence;
mod vui;
mod write;

use std::io::Cursor;

use crate::allow::AllowList;
use crate::boxes::{Name, Place};
use crate::copy::Copy;
use crate::refusal::{Damage, Foreign, Limit};
use crate::{About, Category, Limits, Notes, ReadSeek, Refusal};
pub(crate) use bits::Bits as Codes;
pub(crate) use hevc::sizes as hevc_sizes;
use property::Property;
pub(crate) use property::{colours, crop, shape};
pub(crate) use sequence::read as av1_sequence;
#[cfg(test)]
pub(crate) use {
    av1::OBUS, hevc::UNITS, meta::BOXES, picture::IMAGES, property::ALPHA, property::PROPERTIES,
};

/// What a reviewer reads about HEIC first.
pub(crate) const HEIC: About = About {
    kept: "the coded picture that is shown, its tiles and its transparency; size, rotation, \
           mirroring, crop; issued anew: colour profile, parameters of the decoder",
    removed: "Exif, XMP, thumbnails, depth maps, mattes, the layer for HDR screens, the film of a \
              live picture, content credentials, messages of the encoder, names, stray bytes",
    refused: "pictures in another coding than HEVC, parts in other files, sizes that differ, \
              properties that must be understood and are not",
};

/// What a reviewer reads about AVIF first.
pub(crate) const AVIF: About = About {
    kept: "the coded picture that is shown, its tiles and its transparency; size, rotation, \
           mirroring, crop; issued anew: colour profile, parameters of the decoder",
    removed: "Exif, XMP, thumbnails, depth maps, the layer for HDR screens, frames behind the \
              first picture, content credentials, messages of the encoder, names, stray bytes",
    refused: "pictures in another coding than AV1 or in several layers, parts in other files, \
              sizes that differ, properties that must be understood and are not",
};

/// Boxes of a file that are read; each is written anew.
pub(crate) const FILE: AllowList<Name> = AllowList {
    name: "heif boxes of the file",
    allowed: &[*b"ftyp", *b"meta", *b"mdat"],
    forbidden: &[*b"moov", *b"mpvd", *b"uuid", *b"jumb", *b"free", *b"skip", *b"sefd"],
};

/// The usual `dinf`, which says that all data lies in the same file.
const THIS_FILE: &[u8] = b"\0\0\0\x1cdref\0\0\0\0\0\0\0\x01\0\0\0\x0curl \0\0\0\x01";

/// Returns a clean copy of the picture in `source`, as HEIC or AVIF, whichever it is.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Copy, Refusal> {
    let file = crate::read_all(source, limits)?;
    let mut left = limits.segments;
    let opened = open(&file, &mut left, notes)?;
    let body = opened.meta.ok_or(opened.without)?;
    let meta = meta::read(&file, body, &mut left, notes)?;
    let mut bytes_left = limits.output_bytes(file.len() as u64);
    // One that is damaged matters only to an item that is kept and has it.
    let properties: Vec<_> =
        meta.properties.iter().map(|part| Property::read(part, notes)).collect();
    let (picture, kept) = picture::read(&meta, &properties, limits, &mut bytes_left, notes)?;
    left_out::items(&meta, &kept, &mut bytes_left, notes);
    if !opened.film {
        left_out::gaps(&meta, &opened.data, notes);
    }
    let (kind, bytes) = write::file(&picture)?;
    Ok(Copy::of(kind, bytes))
}

/// The allow-list, from the tables the cleaner works by.
pub(crate) fn explain() -> Vec<String> {
    let name = |name: &Name| name.escape_ascii().to_string();
    let names = |names: &[Name]| names.iter().map(name).collect::<Vec<_>>().join(", ");
    let numbers = |numbers: &[u8]| numbers.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
    [
        vec![
            format!("boxes, written anew: {}", names(FILE.allowed)),
            format!("boxes of meta, read and written anew: {}", names(meta::BOXES.allowed)),
            format!("items that the shown picture needs: {}", names(picture::IMAGES.allowed)),
        ],
        property::explain(),
        vec![
            format!("units of HEVC, by type: {}", numbers(hevc::UNITS.allowed)),
            format!("units of AV1, by type: {}", numbers(av1::OBUS.allowed)),
        ],
    ]
    .concat()
}

/// The boxes of a file.
struct Opened<'a> {
    meta: Option<&'a [u8]>,
    data: Vec<Place>,
    /// There are frames as well, which take up room in `mdat`.
    film: bool,
    /// Why it is refused if there are no items.
    without: Refusal,
}

fn open<'a>(file: &'a [u8], left: &mut u32, notes: &mut Notes) -> Result<Opened<'a>, Refusal> {
    let mut opened = Opened {
        meta: None,
        data: Vec::new(),
        film: false,
        without: Refusal::Damaged(Damage::Missing),
    };
    let source = &mut Cursor::new(file);
    let end = file.len() as u64;
    let (mut at, mut first) = (0, true);
    while at < end {
        *left = left.checked_sub(1).ok_or(Refusal::Limit(Limit::Parts))?;
        let place = match Place::find(source, at, end) {
            Ok(place) => place,
            // Some cameras write something of their own behind the last box.
            Err(_) if opened.meta.is_some() => {
                notes.found(Category::StrayBytes);
                break;
            }
            Err(reason) => return Err(reason),
        };
        at = place.body.end;
        let index = |at| usize::try_from(at).map_err(|_| Refusal::Internal);
        let body = file.get(index(place.body.start)?..index(place.body.end)?);
        let body = body.ok_or(Refusal::Truncated)?;
        match &place.name {
            b"ftyp" if std::mem::take(&mut first) => {}
            b"meta" if opened.meta.is_none() => opened.meta = Some(body),
            b"mdat" => opened.data.push(place),
            b"ftyp" | b"meta" => return Err(Refusal::Damaged(Damage::Missing)),
            _ if FILE.allows(&place.name) => {}
            name => {
                if matches!(name, b"moov" | b"moof") {
                    opened.film = true;
                    opened.without = Refusal::NotCleanable(Foreign::Film);
                }
                left_out::box_of_file(*name, body, notes);
            }
        }
    }
    Ok(opened)
}
