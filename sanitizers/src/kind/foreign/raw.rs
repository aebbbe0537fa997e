//! What the sensor of a camera saw, in files that begin like others.
//!
//! Most makers put it into a TIFF whose first picture is a small one: a copy with its
//! pictures would be that small picture, and nobody would know.

use super::bytes_at;
use crate::{ReadSeek, Refusal};

/// Entries of a directory that are looked at: real ones have less than a hundred.
const ENTRIES: u16 = 300;

/// Compressions of Sony, Samsung, Nikon and Pentax.
const COMPRESSIONS: [u16; 5] = [32_767, 32_769, 32_770, 34_713, 65_535];

/// Whether a source that begins like a TIFF or a film is a raw picture.
pub(in crate::kind) fn is_raw(source: &mut dyn ReadSeek) -> Result<bool, Refusal> {
    let head = bytes_at(source, 0, 16)?;
    let at = |place: usize, word: &[u8]| head.get(place..).is_some_and(|h| h.starts_with(word));
    // Canon, in a TIFF and in a film; Phase One.
    if at(8, b"CR") || at(4, b"ftypcrx ") || at(8, b"IIII") {
        return Ok(true);
    }
    let little = match head.get(..4) {
        Some(b"II\x2A\0") => true,
        Some(b"MM\0\x2A") => false,
        _ => return Ok(false),
    };
    Ok(first_directory(source, &head, little)?.is_some_and(|directory| directory.is_raw()))
}

/// What the first directory of a TIFF says (TIFF 6.0; DNG 1.7; TIFF/EP).
#[derive(Default)]
struct Directory {
    is_small: bool,
    has_more: bool,
    is_sensor: bool,
}

impl Directory {
    fn is_raw(&self) -> bool {
        self.is_sensor || (self.is_small && self.has_more)
    }
}

fn first_directory(
    source: &mut dyn ReadSeek,
    head: &[u8],
    little: bool,
) -> Result<Option<Directory>, Refusal> {
    let short = |bytes: Option<&[u8]>| {
        let bytes = *bytes?.first_chunk()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |bytes: Option<&[u8]>| {
        let bytes = *bytes?.first_chunk()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let Some(place) = long(head.get(4..8)) else { return Ok(None) };
    let bytes = bytes_at(source, u64::from(place), 2 + 12 * u64::from(ENTRIES))?;
    let Some(count) = short(bytes.get(..2)) else { return Ok(None) };
    let mut directory = Directory::default();
    let entries = bytes.get(2..).unwrap_or_default().as_chunks::<12>().0;
    for entry in entries.iter().take(usize::from(count)) {
        let Some(tag) = short(entry.get(..2)) else { continue };
        // A number of two bytes lies in the first two of its four.
        let value = short(entry.get(8..10)).unwrap_or_default();
        match tag {
            // NewSubfileType: a small form of another picture.
            254 => directory.is_small = long(entry.get(8..12)) == Some(1),
            // Compression.
            259 => directory.is_sensor |= COMPRESSIONS.contains(&value),
            // PhotometricInterpretation: a mosaic of sensor cells, or their light.
            262 => directory.is_sensor |= matches!(value, 32_803 | 34_892),
            330 => directory.has_more = true,
            // DNGVersion.
            50_706 => directory.is_sensor = true,
            _ => {}
        }
    }
    Ok(Some(directory))
}
