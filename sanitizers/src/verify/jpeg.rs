//! Reads a clean JPEG and its original a second time.
//!
//! The copy must consist of nothing but the canonical segments in their one order,
//! without a byte between or behind them. What decides how it looks (frame, tables,
//! scans, coded data, colour transform, orientation) must be that of the original.
//!
//! Grammar of the copy, in markers: D8 E0? E1? E2* EE? DB+ (C0|C1|C2)
//! (DD? C4* DA data)+ D9 (ITU-T T.81, annex B, narrowed).

mod coded;
mod shown;
mod walk;

use crate::{Limits, ReadSeek, Refusal};
use shown::Shown;
use walk::{Segment, Walk};

/// Accepts `clean` only in canonical form and with the picture of `original`.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    let original = crate::read_all(original, limits)?;
    let accepted = accepts(&original, clean, limits).unwrap_or(false);
    if accepted { Ok(()) } else { Err(Refusal::Verification) }
}

/// Whether `clean` is a part of a picture that has nothing but what decodes it, and decodes
/// to what `original` does.
pub(crate) fn is_bare_and_same(original: &[u8], clean: &[u8], limits: &Limits) -> Option<bool> {
    let (given, walk) = (Walk::over(original)?, Walk::over(clean)?);
    let shown = Shown::by(&walk)?;
    let size = u64::from(shown.width()) * u64::from(shown.height());
    Some(
        walk.is_tight
            && is_in_order(&walk.segments)
            && walk.segments.iter().all(|segment| is_canonical(segment) == Some(true))
            && !walk.segments.iter().any(|segment| matches!(segment.marker, 0xE0..=0xEF))
            && shown.uses_every_table(&walk)
            && size <= limits.pixels
            && shown.is_that_of(&Shown::by(&given)?.without_application()),
    )
}

/// Columns and rows of a picture.
pub(crate) fn size(jpeg: &[u8]) -> Option<(u16, u16)> {
    let walk = Walk::over(jpeg)?;
    let shown = Shown::by(&walk)?;
    Some((shown.width(), shown.height()))
}

fn accepts(original: &[u8], clean: &[u8], limits: &Limits) -> Option<bool> {
    let (given, walk) = (Walk::over(original)?, Walk::over(clean)?);
    let shown = Shown::by(&walk)?;
    let size = u64::from(shown.width()) * u64::from(shown.height());
    Some(
        walk.is_tight
            && is_in_order(&walk.segments)
            && walk.segments.iter().all(|segment| is_canonical(segment) == Some(true))
            && profile_is_canonical(&walk.segments, shown.channels())?
            && (!has_profile(&walk.segments) || has_profile(&given.segments))
            && holds_orientation_only(clean)
            && shown.uses_every_table(&walk)
            && size <= limits.pixels
            && shown.is_that_of(&Shown::by(&given)?),
    )
}

/// The stage of the grammar a marker belongs to; stages never go back.
fn is_in_order(segments: &[Segment<'_>]) -> bool {
    let mut stage = 0;
    let mut ended = false;
    for (place, segment) in segments.iter().enumerate() {
        let before = stage;
        stage = match segment.marker {
            0xE0 => 1,
            0xE1 => 2,
            0xE2 => 3,
            0xEE => 4,
            0xDB => 5,
            0xC0..=0xC2 => 6,
            0xDD | 0xC4 | 0xDA => 7,
            0xD9 => 8,
            _ => return false,
        };
        let once = matches!(stage, 1 | 2 | 4 | 6 | 8);
        if stage < before || (once && stage == before) || (stage == 7 && before < 6) {
            return false;
        }
        // Within a scan: interval, tables, header.
        if stage == 7 && place > 0 {
            let last = segments.get(place - 1).map_or(0, |last| last.marker);
            let fits = match segment.marker {
                0xDD => last != 0xDD && last != 0xC4,
                _ => true,
            };
            if !fits {
                return false;
            }
        }
        ended = segment.marker == 0xD9
            && place > 0
            && segments.get(place - 1).is_some_and(|last| last.marker == 0xDA);
    }
    ended
}

/// Whether the body of a segment is one that we write.
fn is_canonical(segment: &Segment<'_>) -> Option<bool> {
    let body = segment.body;
    Some(match segment.marker {
        0xE0 => {
            let density = body.get(8..10)?;
            body.starts_with(b"JFIF\0\x01\x01")
                && *body.get(7)? <= 2
                && body.get(10..12)? == density
                && is_usual(density)
                && body.get(12..)? == [0, 0]
        }
        0xE1 => {
            let value = body.strip_prefix(EXIF_UP_TO_VALUE)?;
            matches!(value, [0, 2..=8, 0, 0, 0, 0, 0, 0])
        }
        0xE2 => body.starts_with(b"ICC_PROFILE\0"),
        0xEE => matches!(body.strip_prefix(b"Adobe\0\x64\0\0\0\0")?, [0..=2]),
        0xDB => body.len() == if *body.first()? < 0x10 { 65 } else { 129 },
        0xC4 => {
            let symbols: usize = body.get(1..17)?.iter().map(|&count| usize::from(count)).sum();
            body.len() == 17 + symbols
        }
        0xC0..=0xC2 => body.len() == 6 + 3 * usize::from(*body.get(5)?),
        0xDD => body.len() == 2,
        0xDA => body.len() == 4 + 2 * usize::from(*body.first()?),
        _ => body.is_empty(),
    })
}

/// Whether programs write that many dots: none named here is a mark of its own.
fn is_usual(density: &[u8]) -> bool {
    const DOTS: [u16; 16] =
        [1, 28, 38, 72, 96, 100, 118, 120, 144, 150, 180, 200, 240, 300, 350, 600];
    DOTS.iter().any(|dots| dots.to_be_bytes() == density)
}

/// Exif with one directory of one entry, the orientation, up to its value.
const EXIF_UP_TO_VALUE: &[u8] = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01";

/// No profile comes from nowhere. One that could not be written anew is gone, which only
/// the report says.
fn has_profile(segments: &[Segment<'_>]) -> bool {
    segments.iter().any(|part| part.marker == 0xE2 && part.body.starts_with(b"ICC_PROFILE\0"))
}

/// A profile in the one form, for as many channels as the picture has.
fn profile_is_canonical(segments: &[Segment<'_>], channels: u8) -> Option<bool> {
    let parts: Vec<_> = segments.iter().filter(|segment| segment.marker == 0xE2).collect();
    let mut profile = Vec::new();
    for (number, part) in (1_u8..).zip(&parts) {
        let content = part.body.strip_prefix(b"ICC_PROFILE\0")?;
        if content.get(..2)? != [number, u8::try_from(parts.len()).ok()?] {
            return Some(false);
        }
        // Only the last part may be shorter than a segment can be.
        if usize::from(number) < parts.len() && part.body.len() != 65_533 {
            return Some(false);
        }
        profile.extend_from_slice(content.get(2..)?);
    }
    let fits = super::icc::channels(&profile) == Some(channels);
    Some(parts.is_empty() || (fits && super::icc::is_canonical(&profile)))
}

/// Asks a general Exif reader: no Exif, or the orientation and nothing else.
fn holds_orientation_only(clean: &[u8]) -> bool {
    match exif::Reader::new().read_from_container(&mut std::io::Cursor::new(clean)) {
        Ok(found) => found
            .fields()
            .all(|field| field.tag == exif::Tag::Orientation && field.ifd_num == exif::In::PRIMARY),
        Err(exif::Error::NotFound(_)) => true,
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests;
