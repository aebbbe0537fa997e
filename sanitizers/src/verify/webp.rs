//! Says whether a clean WebP is canonical and shows what the original shows.
//!
//! The clean copy is walked by its own rules: each chunk must be where, and what, it has
//! to be; and the `image-webp` crate must see the same in it. The chunks of the original
//! are laid out in one flat row: its coded pictures must be the very bytes that the copy
//! has, but for those behind the last one that is read; its frames stand at the same places
//! and are shown for as long.

mod container;
mod ends;

use std::io::{BufReader, Cursor, Read, SeekFrom};

use image_webp::{LoopCount, WebPDecoder};

use crate::verify::icc;
use crate::{Limits, ReadSeek, Refusal};
use container::{Clean, Part, Picture, parts};

/// An Exif block that can say nothing but the orientation, up to its value.
const ORIENTATION: &[u8] = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0";

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    original.seek(SeekFrom::Start(0)).map_err(|_| Refusal::Internal)?;
    let mut bytes = Vec::new();
    original.take(limits.input_bytes).read_to_end(&mut bytes).map_err(|_| Refusal::Internal)?;
    check(&bytes, clean).ok_or(Refusal::Verification)
}

fn check(bytes: &[u8], clean: &[u8]) -> Option<()> {
    seen_by_others(clean)?;
    let clean = Clean::read(clean)?;
    let all = parts(bytes.get(12..)?);
    let extended = all.first().filter(|part| part.0 == *b"VP8X").map(|part| part.1);
    let get = |name: &[u8; 4]| {
        let found = all.iter().find(|part| part.0 == *name);
        found.filter(|_| extended.is_some()).map(|part| part.1)
    };
    let animated = extended.is_some_and(|head| head.first().is_some_and(|flags| flags & 2 == 2));
    let repetitions = get(b"ANIM").filter(|_| animated).and_then(|data| data.get(4..6));
    (repetitions.map(<[u8]>::to_vec) == clean.repetitions.map(|n| n.to_le_bytes().to_vec()))
        .then_some(())?;
    if animated {
        let canvas = extended.and_then(|head| head.get(4..10));
        (canvas == clean.head.and_then(|head| head.get(4..10))).then_some(())?;
    }
    same_pictures(&all, &clean.pictures)?;
    if let Some(issued) = clean.profile {
        let fits = icc::is_canonical(issued) && icc::channels(issued) == Some(3);
        (get(b"ICCP").is_some() && fits).then_some(())?;
    }
    same_orientation(get(b"EXIF"), clean.exif)
}

/// Whether another reader sees in the copy what we see.
fn seen_by_others(clean: &[u8]) -> Option<()> {
    let mut theirs = WebPDecoder::new(BufReader::new(Cursor::new(clean))).ok()?;
    let ours = Clean::read(clean)?;
    // It takes the largest side of a lossless picture for none.
    let same = |theirs: u32, ours: u32| theirs == ours || theirs == 0 && ours == 1 << 14;
    let (width, height) = theirs.dimensions();
    (same(width, ours.size.0) && same(height, ours.size.1)).then_some(())?;
    (theirs.is_animated() == ours.repetitions.is_some()).then_some(())?;
    if let Some(repetitions) = ours.repetitions {
        let same = match theirs.loop_count() {
            LoopCount::Forever => repetitions == 0,
            LoopCount::Times(times) => times.get() == repetitions,
        };
        let count = usize::try_from(theirs.num_frames()).ok()?;
        (same && count == ours.pictures.len()).then_some(())?;
    }
    let same = theirs.icc_profile().ok()?.as_deref() == ours.profile
        && theirs.exif_metadata().ok()?.as_deref() == ours.exif
        && theirs.xmp_metadata().ok()?.is_none();
    same.then_some(())
}

/// Whether the coded pictures of both are the same, in the same order.
fn same_pictures(original: &[Part], clean: &[Picture]) -> Option<()> {
    let mut pictures = clean.iter();
    let mut alpha: Option<&[u8]> = None;
    let mut head: Option<&[u8; 16]> = None;
    for (name, data) in original {
        match name {
            b"ANMF" => head = data.first_chunk(),
            b"ALPH" => alpha = Some(data),
            b"VP8 " | b"VP8L" => {
                let picture = pictures.next()?;
                (picture.name == *name).then_some(())?;
                same_data(data, picture)?;
                let alpha = alpha.take().filter(|_| name == b"VP8 ");
                same_alpha(alpha, picture.alpha, picture.size()?)?;
                same_head(head.take(), picture.head)?;
            }
            _ => {}
        }
    }
    pictures.next().is_none().then_some(())
}

/// Whether both show the same, and only what nobody reads of the coded data is gone.
fn same_data(original: &[u8], clean: &Picture) -> Option<()> {
    let (lossless, size) = (clean.name == *b"VP8L", clean.size()?);
    if lossless {
        ends::lossless(size, clean.data, false)?;
    } else {
        ends::lossy(clean.data)?;
    }
    if original == clean.data {
        return Some(());
    }
    if lossless {
        // Its end is known to the bit: what can be decoded is all there is.
        return original.starts_with(clean.data).then_some(());
    }
    let same = ends::are_same(&ends::frame(original)?, &ends::frame(clean.data)?);
    let head = |data: &[u8]| Some((data.first()? & 31, *data.get(3..10)?.as_array::<7>()?));
    let (before, after) = (ends::parts(original)?, ends::parts(clean.data)?);
    let shorter = before.iter().zip(&after).all(|(before, after)| before.starts_with(after));
    let same = same && head(original)? == head(clean.data)?;
    (same && shorter && before.len() == after.len()).then_some(())
}

/// Whether both have the same plane, but for reserved bits and what follows the plane.
fn same_alpha(original: Option<&[u8]>, clean: Option<&[u8]>, size: (u32, u32)) -> Option<()> {
    let (Some(original), Some(clean)) = (original, clean) else {
        return (original.is_none() && clean.is_none()).then_some(());
    };
    let ((first, original), (kept, clean)) = (original.split_first()?, clean.split_first()?);
    if kept & 3 == 1 {
        ends::lossless(size, clean, true)?;
    }
    (original.starts_with(clean) && first & 0x3F == *kept).then_some(())
}

/// Whether a frame has the same place, size, duration and flags.
fn same_head(original: Option<&[u8; 16]>, clean: Option<&[u8; 16]>) -> Option<()> {
    let (Some(original), Some(clean)) = (original, clean) else {
        return (original.is_none() && clean.is_none()).then_some(());
    };
    let mut expected = *original;
    expected[15] &= 3;
    (expected == *clean).then_some(())
}

/// Whether the copy is turned as the original is, by a block that says nothing else.
fn same_orientation(original: Option<&[u8]>, clean: Option<&[u8]>) -> Option<()> {
    let read = |block: &[u8]| {
        let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
        let exif = match ::exif::Reader::new().continue_on_error(true).read_raw(block.to_vec()) {
            Ok(exif) => exif,
            Err(::exif::Error::PartialResult(part)) => part.into_inner().0,
            Err(_) => return None,
        };
        let field = exif.get_field(::exif::Tag::Orientation, ::exif::In::PRIMARY)?;
        field.value.get_uint(0).filter(|value| (2..=8).contains(value))
    };
    let turned = original.and_then(read);
    let Some(block) = clean else { return turned.is_none().then_some(()) };
    let value = block.strip_prefix(ORIENTATION)?;
    let &[value @ 2..=8, 0, 0, 0, 0, 0, 0] = value else { return None };
    (turned == Some(u32::from(value))).then_some(())
}

#[cfg(test)]
mod tests;
