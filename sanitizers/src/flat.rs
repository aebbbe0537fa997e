//! Copies that hold nothing but what is seen.
//!
//! Cleaning keeps a document as it was drawn: text under a black box is still text. Who has
//! blacked something out, or fears what stands between the lines, can ask for pixels
//! instead. What is made here is made of the clean and verified copy, and goes through the
//! ordinary cleaner and verifier once more, like any file that comes from outside; so
//! nothing that is said of a clean copy needs to be said again.
//!
//! A photograph becomes a JPEG, any other picture a PNG; of an animation the first picture
//! stays. A document becomes one picture for each page ([`document`]). Other formats have no
//! one look and are refused.

mod document;

use std::io::{Cursor, Seek};

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::{AnimationDecoder, DynamicImage, ExtendedColorType};
use image::{ImageDecoder, ImageEncoder, ImageFormat, ImageReader};

use crate::refusal::{Damage, Limit};
use crate::{Change, Kind, Limits, Notes, Refusal};

/// Quality at which nobody sees a difference; colours are as fine as light.
const QUALITY: u8 = 92;
/// Memory for a whole decoded picture: 100 megapixels of 8 bits and four channels, or of 16
/// bits and three, and some room.
pub(crate) const PICTURE_MEMORY: u64 = 640 << 20;

/// Whether pixels can be made of a format.
pub(crate) fn is_flattened(kind: Kind) -> bool {
    matches!(kind, Kind::Jpeg | Kind::Png | Kind::Gif | Kind::Webp | Kind::Pdf)
}

/// Makes pixels of a clean copy, and says what is lost.
pub(crate) fn flatten(
    kind: Kind,
    clean: Vec<u8>,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    if moves(kind, &clean) {
        notes.changed(Change::MotionRemoved);
    }
    let flat = match kind {
        Kind::Jpeg => picture(&clean, ImageFormat::Jpeg, limits)?,
        Kind::Png => picture(&clean, ImageFormat::Png, limits)?,
        Kind::Gif => picture(&clean, ImageFormat::Gif, limits)?,
        Kind::Webp => picture(&clean, ImageFormat::WebP, limits)?,
        Kind::Pdf => document::flatten(clean, limits)?,
        _ => return Err(Refusal::NotDrawable),
    };
    notes.changed(Change::Flattened);
    notes.only_pixels_are_left();
    Ok(flat)
}

/// Decodes a picture, turns it upright, and encodes it anew.
fn picture(clean: &[u8], format: ImageFormat, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let (picture, profile) = decode(Cursor::new(clean), format, limits)?;
    let mut flat = Vec::new();
    let encoded = if format == ImageFormat::Jpeg {
        let picture = if picture.color().has_color() {
            DynamicImage::ImageRgb8(picture.into_rgb8())
        } else {
            DynamicImage::ImageLuma8(picture.into_luma8())
        };
        let encoder = JpegEncoder::new_with_quality(&mut flat, QUALITY);
        write(encoder, &picture, profile)
    } else {
        write(PngEncoder::new(&mut flat), &picture, profile)
    };
    encoded.map(|()| flat).map_err(|_| Refusal::Internal)
}

fn write<E: ImageEncoder>(
    mut encoder: E,
    picture: &DynamicImage,
    profile: Option<Vec<u8>>,
) -> image::ImageResult<()> {
    if let Some(profile) = profile {
        drop(encoder.set_icc_profile(profile));
    }
    picture.write_with_encoder(encoder)
}

/// Decodes a picture upright. Its colour profile, which the cleaner wrote, is kept where the
/// pixels are still in the colours it speaks of.
fn decode<R: std::io::BufRead + Seek>(
    source: R,
    format: ImageFormat,
    limits: &Limits,
) -> Result<(DynamicImage, Option<Vec<u8>>), Refusal> {
    let refusal = |error: image::ImageError| match error {
        image::ImageError::Limits(_) => Refusal::Limit(Limit::Memory),
        _ => Refusal::Damaged(Damage::Value),
    };
    let mut reader = ImageReader::with_format(source, format);
    reader.limits(bounds(limits));
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (columns, rows) = decoder.dimensions();
    if u64::from(columns) * u64::from(rows) > limits.pixels {
        return Err(Refusal::Limit(Limit::Pixels));
    }
    let orientation = decoder.orientation().map_err(refusal)?;
    let profile = decoder.icc_profile().map_err(refusal)?;
    let speaks_of = |profile: &Vec<u8>| match decoder.original_color_type() {
        ExtendedColorType::Cmyk8 | ExtendedColorType::Unknown(_) => false,
        _ if decoder.color_type().has_color() => profile.get(16..20) == Some(b"RGB "),
        _ => profile.get(16..20) == Some(b"GRAY"),
    };
    let profile = profile.filter(speaks_of);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    picture.apply_orientation(orientation);
    Ok((picture, profile))
}

/// What a decoder may take.
pub(crate) fn bounds(limits: &Limits) -> image::Limits {
    let mut bounds = image::Limits::default();
    bounds.max_image_width = Some(limits.side);
    bounds.max_image_height = Some(limits.side);
    bounds.max_alloc = Some(PICTURE_MEMORY);
    bounds
}

/// Whether more than the first picture is lost. What cannot be told is taken to move.
fn moves(kind: Kind, clean: &[u8]) -> bool {
    let source = Cursor::new(clean);
    match kind {
        Kind::Png => PngDecoder::new(source).and_then(|png| png.is_apng()).unwrap_or(true),
        Kind::Webp => WebPDecoder::new(source).map_or(true, |webp| webp.has_animation()),
        Kind::Gif => {
            GifDecoder::new(source).map_or(true, |gif| gif.into_frames().take(2).count() > 1)
        }
        _ => false,
    }
}
