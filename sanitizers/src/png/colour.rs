//! What the numbers of a pixel mean as light: profile, colour space, gamma.
//!
//! These chunks change what is shown, so they stay; they also tell of the device,
//! so they are written anew, and only the one that a viewer would follow: `cICP`
//! with one fallback, which is the profile, else `sRGB`, else `gAMA` with `cHRM`.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::chunks::Name;
use super::header::{Colour, Header};
use super::picture::Kept;
use crate::{Category, Change, Limits, Notes, Refusal, icc};

/// The one name a profile gets: names of screens and printers stood here.
const PROFILE_NAME: &[u8] = b"ICC\0\0";
/// Gamma is counted in 100,000ths: this one is 1/2.2, that of nearly every picture.
const USUAL_GAMMA: u32 = 45_455;
/// A thousandth, to which measured numbers are rounded: too little to be seen, and
/// enough to make screens of one model alike.
const THOUSANDTH: u32 = 100;

/// Returns the colour chunks of the clean copy, in order.
pub(super) fn chunks(
    header: &Header,
    kept: &Kept,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<(Name, Vec<u8>)>, Refusal> {
    let mut chunks = Vec::new();
    let get = |name: &Name| kept.get(name).copied();
    if let Some(points) = get(b"cICP").and_then(code_points) {
        chunks.push((*b"cICP", points.to_vec()));
    }
    let profile = match get(b"iCCP") {
        Some(data) => profile(header, data, limits, notes)?,
        None => None,
    };
    if let Some(data) = profile {
        chunks.push((*b"iCCP", data));
    } else if let Some(&[intent @ 0..=3]) = get(b"sRGB") {
        chunks.push((*b"sRGB", vec![intent]));
    } else {
        chunks.extend(get(b"gAMA").and_then(gamma).map(|data| (*b"gAMA", data)));
        chunks.extend(get(b"cHRM").and_then(chromaticities).map(|data| (*b"cHRM", data)));
    }
    chunks.extend(
        get(b"sBIT").filter(|bits| is_telling(header, bits)).map(|bits| (*b"sBIT", bits.to_vec())),
    );
    Ok(chunks)
}

/// Values of ITU-T H.273 that say something; the matrix must be that of RGB.
fn code_points(data: &[u8]) -> Option<&[u8]> {
    matches!(data, [1 | 4..=12 | 22, 1 | 4..=18, 0, 0 | 1]).then_some(data)
}

/// Issues the embedded profile anew, if it fits the picture.
fn profile(
    header: &Header,
    data: &[u8],
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Option<Vec<u8>>, Refusal> {
    let Some(original) = unfold(data, limits) else {
        notes.found(Category::ColourProfiles);
        notes.changed(Change::ColoursChanged);
        return Ok(None);
    };
    let grey = matches!(header.colour, Colour::Grey | Colour::GreyAlpha);
    let canonical = icc::canonical(&original)
        .filter(|profile| icc::channels(profile) == Some(if grey { 1 } else { 3 }));
    if canonical.as_ref() != Some(&original) || !data.starts_with(PROFILE_NAME) {
        notes.found(Category::ColourProfiles);
    }
    if canonical.is_none() {
        notes.changed(Change::ColoursChanged);
    }
    canonical.map(|profile| fold(&profile)).transpose()
}

/// The profile of an `iCCP`: a name, the way of compression, the compressed profile.
fn unfold(data: &[u8], limits: &Limits) -> Option<Vec<u8>> {
    let name = data.iter().take(80).position(|&byte| byte == 0)?;
    let compressed = data.get(name + 1..)?.strip_prefix(&[0])?;
    let mut profile = Vec::new();
    let most = limits.inflated_stream;
    ZlibDecoder::new(compressed).take(most + 1).read_to_end(&mut profile).ok()?;
    (profile.len() as u64 <= most).then_some(profile)
}

pub(super) fn fold(profile: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut zlib = ZlibEncoder::new(PROFILE_NAME.to_vec(), Compression::new(6));
    zlib.write_all(profile).and_then(|()| zlib.finish()).map_err(|_| Refusal::Internal)
}

/// Gamma between 1/20 and 5, rounded; what is outside shows nothing useful.
fn gamma(data: &[u8]) -> Option<Vec<u8>> {
    let value = u32::from_be_bytes(data.try_into().ok()?);
    if !(5_000..=500_000).contains(&value) {
        return None;
    }
    let usual = value.abs_diff(USUAL_GAMMA) < THOUSANDTH;
    let rounded = if usual { USUAL_GAMMA } else { round(value) };
    Some(rounded.to_be_bytes().to_vec())
}

/// White point and primaries, rounded.
fn chromaticities(data: &[u8]) -> Option<Vec<u8>> {
    let (values, []) = data.as_chunks::<4>() else { return None };
    let values: Vec<u32> = values.iter().map(|bytes| round(u32::from_be_bytes(*bytes))).collect();
    let possible = values.len() == 8 && values.iter().all(|&value| value <= 100_000);
    possible.then(|| values.into_iter().flat_map(u32::to_be_bytes).collect())
}

fn round(value: u32) -> u32 {
    value.saturating_add(THOUSANDTH / 2) / THOUSANDTH * THOUSANDTH
}

/// Whether `sBIT` says more than that every bit counts.
fn is_telling(header: &Header, bits: &[u8]) -> bool {
    let channels = if header.colour == Colour::Indexed { 3 } else { header.channels() };
    let most = header.sample_bits();
    bits.len() == usize::from(channels)
        && bits.iter().all(|bit| (1..=most).contains(bit))
        && bits.iter().any(|&bit| bit < most)
}

/// Returns `pHYs` with the shape of a pixel, if it is not square.
///
/// Resolution names scanners and screens, so only the ratio stays, in hundredths.
pub(super) fn pixel_shape(data: &[u8]) -> Option<[u8; 9]> {
    let (numbers, _unit) = data.as_chunks::<4>();
    let [x, y] = numbers else { return None };
    let (x, y) = (u64::from(u32::from_be_bytes(*x)), u64::from(u32::from_be_bytes(*y)));
    let percent = u8::try_from((x * 100 + y / 2).checked_div(y)?).ok()?;
    if !(20..=250).contains(&percent) || (99..=101).contains(&percent) {
        return None;
    }
    Some([0, 0, 0, percent, 0, 0, 0, 100, 0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(x: u32, y: u32) -> Option<[u8; 9]> {
        let bytes: Vec<u8> =
            x.to_be_bytes().into_iter().chain(y.to_be_bytes()).chain([1]).collect();
        pixel_shape(&bytes)
    }

    #[test]
    fn square_and_absurd_pixels_need_no_shape() {
        assert_eq!(shape(2835, 2834), None);
        assert_eq!(shape(1, 0), None);
        assert_eq!(shape(u32::MAX, 1), None);
    }

    #[test]
    fn a_shape_stays_what_it_is_the_second_time() {
        let fax = shape(8031, 3858).unwrap();
        assert_eq!(pixel_shape(&fax), Some(fax));
    }

    #[test]
    fn nearly_the_usual_gamma_is_the_usual_gamma() {
        assert_eq!(gamma(&45_450_u32.to_be_bytes()), Some(45_455_u32.to_be_bytes().to_vec()));
        assert_eq!(gamma(&55_556_u32.to_be_bytes()), Some(55_600_u32.to_be_bytes().to_vec()));
        assert_eq!(gamma(&0_u32.to_be_bytes()), None);
    }

    #[test]
    fn numbers_outside_the_colour_plane_are_dropped() {
        assert_eq!(chromaticities(&[0xFF; 32]), None);
        assert_eq!(chromaticities(&[0; 31]), None);
    }

    #[test]
    fn only_registered_code_points_are_kept() {
        assert!(code_points(&[9, 16, 0, 1]).is_some());
        for wrong in [[9, 16, 1, 1], [2, 16, 0, 1], [9, 2, 0, 1], [9, 16, 0, 2]] {
            assert!(code_points(&wrong).is_none());
        }
    }
}
