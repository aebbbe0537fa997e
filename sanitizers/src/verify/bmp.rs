//! Says whether a clean PNG shows what a bitmap showed.
//!
//! The copy must be a clean PNG by the verifier for PNG, to which it is its own original,
//! and hold nothing but size, palette, profile and pixels. Then the `image` crate decodes the
//! bitmap, and the `png` crate the copy, row by row: both must show the same.

use std::io::Cursor;

use image::codecs::bmp::BmpDecoder;
use image::{ColorType, ImageDecoder};

use crate::verify::png;
use crate::{Limits, ReadSeek, Refusal};

/// What the copy may consist of.
const CHUNKS: [&[u8; 4]; 6] = [b"IHDR", b"iCCP", b"PLTE", b"tRNS", b"IDAT", b"IEND"];

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    png::verify(&mut Cursor::new(clean), clean, limits)?;
    let original = crate::read_all(original, limits)?;
    check(original, clean).ok_or(Refusal::Verification)
}

fn check(mut original: Vec<u8>, clean: &[u8]) -> Option<()> {
    let chunks = chunks(clean)?;
    chunks.iter().all(|name| CHUNKS.contains(&name)).then_some(())?;
    // A profile comes from one that the file brought along.
    let brought = original.get(70..74) == Some(b"DEBM");
    (brought || !chunks.contains(b"iCCP")).then_some(())?;
    let turned = stand_up(&mut original)?;
    let decoder = BmpDecoder::new(Cursor::new(original)).ok()?;
    let ((columns, rows), colour) = (decoder.dimensions(), decoder.color_type());
    let (columns, rows) = (usize::try_from(columns).ok()?, usize::try_from(rows).ok()?);
    let mut pixels = vec![0; usize::try_from(decoder.total_bytes()).ok()?];
    decoder.read_image(&mut pixels).ok()?;
    let each = match colour {
        ColorType::Rgb8 => 3,
        ColorType::Rgba8 => 4,
        _ => return None,
    };
    let stands = each == 4 && pixels.iter().skip(3).step_by(4).any(|&alpha| alpha != 0);
    let mut copy = ::png::Decoder::new(Cursor::new(clean));
    copy.set_transformations(::png::Transformations::EXPAND);
    let mut copy = copy.read_info().ok()?;
    ((copy.info().width as usize, copy.info().height as usize) == (columns, rows)).then_some(())?;
    let channels = copy.output_color_type().0.samples();
    (copy.output_color_type().1 == ::png::BitDepth::Eight).then_some(())?;
    let mut lines: Vec<&[u8]> = pixels.chunks_exact(columns.checked_mul(each)?).collect();
    if turned {
        lines.reverse();
    }
    for line in lines {
        let row = copy.next_row().ok()??;
        let row = row.data().get(..columns.checked_mul(channels)?)?;
        let mut pairs = line.chunks_exact(each).zip(row.chunks_exact(channels));
        pairs.all(|(given, shown)| same(given, shown, stands)).then_some(())?;
    }
    copy.next_row().ok()?.is_none().then_some(())
}

/// Whether two pixels show the same. Under full transparency there is no colour.
fn same(given: &[u8], shown: &[u8], stands: bool) -> bool {
    let alpha = |pixel: &[u8]| pixel.get(3).copied().unwrap_or(255);
    let expected = if stands { alpha(given) } else { 255 };
    expected == alpha(shown) && (expected == 0 || given.get(..3) == shown.get(..3))
}

/// Makes the first row the lower one, as the decoder demands of packed rows, and says
/// whether it was the upper one.
fn stand_up(file: &mut [u8]) -> Option<bool> {
    let packed = file.get(14) != Some(&12) && matches!(file.get(30..34)?, [1 | 2, 0, 0, 0]);
    let place: &mut [u8; 4] = file.get_mut(22..26)?.as_mut_array()?;
    let height = i32::from_le_bytes(*place);
    if height >= 0 || !packed {
        return Some(false);
    }
    *place = height.checked_neg()?.to_le_bytes();
    Some(true)
}

/// The names of all chunks of a PNG.
fn chunks(file: &[u8]) -> Option<Vec<[u8; 4]>> {
    let mut rest = file.get(8..)?;
    let mut names = Vec::new();
    while let Some((&[a, b, c, d, n0, n1, n2, n3], _)) = rest.split_first_chunk() {
        names.push([n0, n1, n2, n3]);
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()?;
        rest = rest.get(length.checked_add(12)?..)?;
    }
    Some(names)
}

#[cfg(test)]
mod tests;
