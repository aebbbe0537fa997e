//! What the chunks of the clean copy say, against what those of the original say.

use std::io::Read;

use flate2::read::ZlibDecoder;
use png::{Info, ScaledFloat, SourceChromaticities};

use super::container::{Clean, Frame, Header};
use super::pixels::Shown;
use crate::verify::icc;

/// Numbers of colour may differ by half a thousandth, in units of 1/100,000.
const ROUNDED: u32 = 50;
/// An Exif block that can say nothing but the orientation, up to its value.
const ORIENTATION: &[u8] = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01";

/// Whether both have the same size and kind of pixels.
pub(super) fn same_header(original: &Info, clean: &Header) -> Option<()> {
    let same = (original.width, original.height) == (clean.width, clean.height)
        && original.bit_depth as u8 == clean.depth
        && original.color_type as u8 == clean.colour
        && original.interlaced == clean.interlaced;
    same.then_some(())
}

/// Whether a frame has the same size, place, duration and blending.
pub(super) fn same_frame(original: &Info, clean: &Frame) -> Option<()> {
    let (Some(original), Some(control)) = (original.frame_control, clean.control) else {
        return (original.frame_control.is_none() && clean.control.is_none()).then_some(());
    };
    let mut expected = Vec::new();
    for number in [original.width, original.height, original.x_offset, original.y_offset] {
        expected.extend(number.to_be_bytes());
    }
    let (place, rest) = control.split_first_chunk::<16>()?;
    let [n0, n1, d0, d1, dispose, blend] = rest else { return None };
    let (numerator, denominator) = (u16::from_be_bytes([*n0, *n1]), u16::from_be_bytes([*d0, *d1]));
    let hundredths = if original.delay_den == 0 { 100 } else { original.delay_den };
    let same_duration = u32::from(numerator) * u32::from(hundredths)
        == u32::from(original.delay_num) * u32::from(denominator);
    let same = *place == *expected
        && same_duration
        && is_shortest(numerator, denominator)
        && *dispose == original.dispose_op as u8
        && *blend == original.blend_op as u8;
    same.then_some(())
}

fn is_shortest(numerator: u16, denominator: u16) -> bool {
    let divides = |by: u16| numerator.is_multiple_of(by) && denominator.is_multiple_of(by);
    denominator > 0 && !(2..=denominator).any(divides)
}

/// Whether everything outside the rows means the same, in its canonical form.
pub(super) fn same(original: &Info, clean: &Clean, shown: &Shown) -> Option<()> {
    let checks = [
        animation(original, clean),
        code_points(original, clean),
        colour_space(original, clean),
        significant_bits(original, clean),
        transparency(original, clean, shown),
        orientation(original, clean),
        shape(original, clean),
    ];
    checks.iter().all(|&check| check).then_some(())
}

fn animation(original: &Info, clean: &Clean) -> bool {
    let expected = original.animation_control.map(|control| {
        [control.num_frames.to_be_bytes(), control.num_plays.to_be_bytes()].concat()
    });
    expected.as_deref() == clean.get(*b"acTL")
}

fn code_points(original: &Info, clean: &Clean) -> bool {
    let Some(points) = clean.get(*b"cICP") else { return true };
    original.coding_independent_code_points.is_some_and(|original| {
        *points
            == [
                original.color_primaries,
                original.transfer_function,
                original.matrix_coefficients,
                u8::from(original.is_video_full_range_image),
            ]
    })
}

/// One colour space, the one a viewer would have followed in the original.
fn colour_space(original: &Info, clean: &Clean) -> bool {
    if let Some(data) = clean.get(*b"iCCP") {
        let grey = matches!(clean.header.colour, 0 | 4);
        return original.icc_profile.is_some() && is_profile(data, if grey { 1 } else { 3 });
    }
    let intent = original.srgb.map(|intent| vec![intent as u8]);
    if intent.as_deref() != clean.get(*b"sRGB") {
        return false;
    }
    let gamma = original.gama_chunk.map(ScaledFloat::into_scaled);
    let points = original.chrm_chunk.as_ref().map(chromaticities).unwrap_or_default();
    // Without its gamma a picture is shown darker or lighter.
    let useful = gamma.is_some_and(|gamma| (5_000..=500_000).contains(&gamma));
    let lost = useful && intent.is_none() && clean.get(*b"gAMA").is_none();
    !lost && near(clean.get(*b"gAMA"), gamma.as_slice()) && near(clean.get(*b"cHRM"), &points)
}

fn is_profile(data: &[u8], channels: u8) -> bool {
    let Some(compressed) = data.strip_prefix(b"ICC\0\0") else { return false };
    let mut zlib = ZlibDecoder::new(compressed);
    let mut profile = Vec::new();
    let whole = (&mut zlib).take(16 << 20).read_to_end(&mut profile).is_ok();
    whole
        && zlib.total_in() == compressed.len() as u64
        && icc::channels(&profile) == Some(channels)
        && icc::is_canonical(&profile)
}

fn chromaticities(points: &SourceChromaticities) -> Vec<u32> {
    [points.white, points.red, points.green, points.blue]
        .iter()
        .flat_map(|&(x, y)| [x.into_scaled(), y.into_scaled()])
        .collect()
}

fn near(clean: Option<&[u8]>, original: &[u32]) -> bool {
    let Some((values, [])) = clean.map(<[u8]>::as_chunks::<4>) else { return clean.is_none() };
    let values = values.iter().map(|bytes| u32::from_be_bytes(*bytes));
    values.len() == original.len()
        && values.zip(original).all(|(clean, &original)| {
            let round = clean % 100 == 0 || clean == 45_455;
            round && clean.abs_diff(original) <= ROUNDED * 2
        })
}

fn significant_bits(original: &Info, clean: &Clean) -> bool {
    clean.get(*b"sBIT").is_none_or(|bits| original.sbit.as_deref() == Some(bits))
}

/// Palette and transparency: equal where used, empty where not.
fn transparency(original: &Info, clean: &Clean, shown: &Shown) -> bool {
    let alpha = original.trns.as_deref().unwrap_or_default();
    let clean_alpha = clean.get(*b"tRNS").unwrap_or_default();
    if clean.header.colour != 3 {
        return clean.get(*b"PLTE").is_none() && same_key(alpha, clean_alpha, clean.header.depth);
    }
    let colours = original.palette.as_deref().unwrap_or_default();
    let (clean_colours, rest) = clean.get(*b"PLTE").unwrap_or_default().as_chunks::<3>();
    let entry = |number: usize| -> Option<([u8; 3], u8)> {
        let colour = *colours.get(number * 3..)?.first_chunk()?;
        let alpha = alpha.get(number).copied().unwrap_or(255);
        Some(if alpha == 0 { ([0; 3], 0) } else { (colour, alpha) })
    };
    let same = |(number, colour): (usize, &[u8; 3])| {
        let alpha = clean_alpha.get(number).copied().unwrap_or(255);
        let expected = if shown.uses(number) { entry(number) } else { Some(([0; 3], 255)) };
        expected == Some((*colour, alpha))
    };
    rest.is_empty()
        && clean_colours.len() == shown.entries()
        && clean_alpha.len() <= clean_colours.len()
        && clean_alpha.last() != Some(&255)
        && clean_colours.iter().enumerate().all(same)
}

/// The `png` crate gives the low byte of each sample unless samples have 16 bits.
fn same_key(original: &[u8], clean: &[u8], depth: u8) -> bool {
    if depth == 16 {
        return original == clean;
    }
    let mask = 0xFF_u8 >> (8 - depth);
    let expected: Vec<u8> = original.iter().flat_map(|&sample| [0, sample & mask]).collect();
    expected == clean
}

fn orientation(original: &Info, clean: &Clean) -> bool {
    let expected = original.exif_metadata.as_deref().and_then(read_orientation);
    let Some(data) = clean.get(*b"eXIf") else { return expected.is_none() };
    match data.strip_prefix(ORIENTATION) {
        Some([0, value @ 2..=8, 0, 0, 0, 0, 0, 0]) => expected == Some(u16::from(*value)),
        _ => false,
    }
}

/// What a second Exif reader says, unless it is the usual orientation.
fn read_orientation(tiff: &[u8]) -> Option<u16> {
    // A directory behind the first that leads nowhere does not undo what the first says.
    let exif = match exif::Reader::new().continue_on_error(true).read_raw(tiff.to_vec()) {
        Ok(exif) => exif,
        Err(exif::Error::PartialResult(part)) => part.into_inner().0,
        Err(_) => return None,
    };
    let field = exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?;
    match &field.value {
        exif::Value::Short(values) => {
            values.first().copied().filter(|value| (2..=8).contains(value))
        }
        _ => None,
    }
}

fn shape(original: &Info, clean: &Clean) -> bool {
    let Some(data) = clean.get(*b"pHYs") else { return true };
    let Some(dimensions) = original.pixel_dims else { return false };
    let (x, y) = (u64::from(dimensions.xppu), u64::from(dimensions.yppu));
    match data {
        &[0, 0, 0, percent, 0, 0, 0, 100, 0] => {
            (u64::from(percent) * y).abs_diff(x * 100) <= y.div_ceil(2)
        }
        _ => false,
    }
}
