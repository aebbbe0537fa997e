//! How many bytes count in a stream of numbers, told by its own dictionary.

use lopdf::{Dictionary, Document, Object};

use super::pages::value;
use super::unfold::follow;

fn number(doc: &Document, dict: &Dictionary, key: &str) -> Option<usize> {
    usize::try_from(value(doc, dict, key)?.as_i64().ok()?).ok()
}

fn count(doc: &Document, dict: &Dictionary, key: &str) -> Option<usize> {
    Some(value(doc, dict, key)?.as_array().ok()?.len())
}

/// Bytes of the samples of a function; nothing for other streams (7.10.2).
fn samples(doc: &Document, dict: &Dictionary) -> Option<usize> {
    if number(doc, dict, "FunctionType") != Some(0) {
        return None;
    }
    let sizes = value(doc, dict, "Size")?.as_array().ok()?;
    let mut samples = count(doc, dict, "Range")? / 2;
    for size in sizes {
        let size = usize::try_from(follow(doc, size).as_i64().ok()?).ok()?;
        samples = samples.checked_mul(size)?;
    }
    Some(samples.checked_mul(number(doc, dict, "BitsPerSample")?)?.div_ceil(8))
}

/// Bytes of the parts of a mesh: of one that stands alone, and of one that goes on from
/// another; nothing for other streams (8.7.4.5.5 to 8.7.4.5.8).
fn parts(doc: &Document, dict: &Dictionary) -> Option<(usize, usize)> {
    let kind = number(doc, dict, "ShadingType")?;
    let (points, corners, shared) = match kind {
        4 | 5 => (1, 1, 0),
        6 => (12, 4, 4),
        7 => (16, 4, 4),
        _ => return None,
    };
    let flag = if kind == 5 { 0 } else { number(doc, dict, "BitsPerFlag")? };
    let colours = match value(doc, dict, "Function") {
        Some(_) => 1,
        None => colours(doc, value(doc, dict, "ColorSpace")?)?,
    };
    let point = number(doc, dict, "BitsPerCoordinate")?.checked_mul(2)?;
    let corner = number(doc, dict, "BitsPerComponent")?.checked_mul(colours)?;
    let bytes = |points: usize, corners: usize| {
        let bits = point.checked_mul(points)?.checked_add(corner.checked_mul(corners)?)?;
        Some(bits.checked_add(flag)?.div_ceil(8)).filter(|bytes| *bytes > 0)
    };
    Some((bytes(points, corners)?, bytes(points - shared, corners - shared / 2)?))
}

/// Bytes of all whole parts of a mesh.
fn mesh(doc: &Document, dict: &Dictionary, data: &[u8]) -> Option<usize> {
    let (alone, going_on) = parts(doc, dict)?;
    let flag = number(doc, dict, "BitsPerFlag").filter(|_| alone != going_on).unwrap_or(0);
    let mut rest = data;
    while let Some(first) = rest.first() {
        // The lowest two bits of the flag.
        let edge = match flag {
            0 => 0,
            2 => first / 64,
            4 => first / 16 % 4,
            8 => first % 4,
            _ => return None,
        };
        match rest.get(if edge == 0 { alone } else { going_on }..) {
            Some(behind) => rest = behind,
            None => break,
        }
    }
    Some(data.len() - rest.len())
}

/// Whether a stream of the copy has as many bytes as count, of those that were there.
pub(super) fn is_whole(doc: &Document, dict: &Dictionary, kept: usize, given: &[u8]) -> bool {
    let has_parts = number(doc, dict, "ShadingType").is_some_and(|kind| (4..=7).contains(&kind));
    match samples(doc, dict) {
        Some(counted) => kept == counted.min(given.len()),
        None if has_parts => mesh(doc, dict, given) == Some(kept),
        None => kept == given.len(),
    }
}

/// The same for the colours of an indexed space.
pub(super) fn is_whole_palette(
    doc: &Document,
    space: &[Object],
    kept: usize,
    given: usize,
) -> bool {
    let counted = || {
        let last = follow(doc, space.get(2)?).as_i64().ok()?;
        let last = usize::try_from(last).ok().filter(|last| *last < 256)?;
        colours(doc, follow(doc, space.get(1)?))?.checked_mul(last + 1)
    };
    counted().is_some_and(|counted| kept == counted.min(given))
}

/// Whether rows of the copy are those of the original, without what is behind the last
/// pixel of each.
pub(super) fn same_rows(old: &[u8], new: &[u8], row_bits: usize) -> bool {
    let spare = row_bits.wrapping_neg() % 8;
    let row = row_bits.div_ceil(8).max(1);
    let mut rows = old.chunks(row).zip(new.chunks(row));
    old.len() >= new.len()
        && rows.all(|(old, new)| match (old.split_last(), new.split_last()) {
            (Some((last, before)), Some((kept, same))) if new.len() == row => {
                before == same && last >> spare << spare == *kept
            }
            _ => old.starts_with(new),
        })
}

/// Bits of a row and number of rows of a plain picture.
pub(super) fn picture(doc: &Document, stream: &lopdf::Stream) -> Option<(usize, usize)> {
    let dict = &stream.dict;
    let stencil = value(doc, dict, "ImageMask").is_some_and(|flag| flag.as_bool().unwrap_or(false));
    let (colours, bits) = if stencil {
        (1, 1)
    } else {
        (colours(doc, value(doc, dict, "ColorSpace")?)?, number(doc, dict, "BitsPerComponent")?)
    };
    let row = number(doc, dict, "Width")?.checked_mul(colours)?.checked_mul(bits)?;
    Some((row, number(doc, dict, "Height")?))
}

/// How many numbers make up a colour of a space.
pub(super) fn colours(doc: &Document, space: &Object) -> Option<usize> {
    let of = |family: &[u8]| match family {
        b"DeviceGray" | b"G" | b"CalGray" | b"Indexed" | b"I" | b"Separation" => Some(1),
        b"DeviceRGB" | b"RGB" | b"CalRGB" | b"Lab" => Some(3),
        b"DeviceCMYK" | b"CMYK" => Some(4),
        _ => None,
    };
    match space {
        Object::Name(name) => of(name),
        Object::Array(items) => match follow(doc, items.first()?).as_name().ok()? {
            b"ICCBased" => number(doc, &follow(doc, items.get(1)?).as_stream().ok()?.dict, "N"),
            b"DeviceN" => Some(follow(doc, items.get(1)?).as_array().ok()?.len()),
            family => of(family),
        },
        _ => None,
    }
}
