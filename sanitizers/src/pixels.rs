//! Pictures as pixels, for the safe view and for copies that hold nothing else.
//!
//! What is drawn is always a copy that the cleaner wrote and the verifier read. A decoder
//! that cannot show all of a picture as it is meant says so, and then there are no pixels. An
//! original is decoded for one question alone, whether anything shows it ([`are_shown`]).

mod jxl;
pub(crate) mod tiff;

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{
    AnimationDecoder, ColorType, DynamicImage, ExtendedColorType, ImageDecoder, ImageError,
    ImageFormat, ImageReader,
};

use crate::refusal::{Damage, Limit};
use crate::{Kind, Limits, Refusal, heif, kind};

/// Memory for a whole decoded picture: 100 megapixels of 8 bits and four channels, or of 16
/// bits and three, and some room.
const PICTURE_MEMORY: u64 = 640 << 20;

/// A decoded picture.
pub(crate) struct Pixels {
    pub(crate) picture: DynamicImage,
    /// What is still to be done to make it upright.
    pub(crate) turned: Orientation,
    /// The profile of the colours, which the cleaner wrote; none if the pixels are not in the
    /// colours it speaks of.
    pub(crate) profile: Option<Vec<u8>>,
    /// Coded as photographs are: what is left of each pixel is an estimate.
    pub(crate) photograph: bool,
}

/// Whether there is a decoder for a format.
pub(crate) fn are_made(kind: Kind) -> bool {
    format(kind).is_some() || matches!(kind, Kind::Heic | Kind::Avif | Kind::Jxl)
}

/// Whether a program shows a picture in a document that holds pictures of these formats, or of
/// what becomes one of them. Where only a decoder of ours could tell, its signature does.
pub(crate) fn are_shown(picture: &[u8], formats: &[Kind], limits: &Limits) -> bool {
    let Ok(kind) = kind::recognise(&mut Cursor::new(picture)) else { return false };
    let becomes = if kind == Kind::Bmp { Kind::Png } else { kind };
    formats.contains(&becomes) && (format(kind).is_none() || decode(kind, picture, limits).is_ok())
}

/// Decodes a clean picture; of an animation, or of several pages, the first one.
pub(crate) fn decode(kind: Kind, clean: &[u8], limits: &Limits) -> Result<Pixels, Refusal> {
    match (kind, format(kind)) {
        (Kind::Heic | Kind::Avif, _) => heif::draw::draw(clean, limits),
        (Kind::Jxl, _) => jxl::decode(clean, limits),
        (_, Some(format)) => plain(clean, format, limits),
        _ => Err(Refusal::NotDrawable),
    }
}

/// Whether more than the first picture is lost. What cannot be told is taken to move.
pub(crate) fn move_in(kind: Kind, clean: &[u8]) -> bool {
    let source = Cursor::new(clean);
    match kind {
        Kind::Png => PngDecoder::new(source).and_then(|png| png.is_apng()).unwrap_or(true),
        Kind::Webp => WebPDecoder::new(source).map_or(true, |webp| webp.has_animation()),
        Kind::Gif => {
            GifDecoder::new(source).map_or(true, |gif| gif.into_frames().take(2).count() > 1)
        }
        Kind::Jxl => jxl::moves(clean),
        _ => false,
    }
}

fn format(kind: Kind) -> Option<ImageFormat> {
    Some(match kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        Kind::Gif => ImageFormat::Gif,
        Kind::Webp => ImageFormat::WebP,
        Kind::Tiff => ImageFormat::Tiff,
        _ => return None,
    })
}

fn plain(clean: &[u8], format: ImageFormat, limits: &Limits) -> Result<Pixels, Refusal> {
    let refusal = |error: ImageError| match error {
        ImageError::Limits(_) => Refusal::Limit(Limit::Memory),
        ImageError::Unsupported(_) => Refusal::NotDrawable,
        _ => Refusal::Damaged(Damage::Value),
    };
    let mut reader = ImageReader::with_format(Cursor::new(clean), format);
    reader.limits(bounds(limits));
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (columns, rows) = decoder.dimensions();
    // A screen without rows is no fault of the encoder that would get it.
    if columns == 0 || rows == 0 {
        return Err(Refusal::Damaged(Damage::Value));
    }
    if u64::from(columns) * u64::from(rows) > limits.pixels {
        return Err(Refusal::Limit(Limit::Pixels));
    }
    // What shines brighter than white would all be white, and no picture of ours holds it.
    if matches!(decoder.color_type(), ColorType::Rgb32F | ColorType::Rgba32F) {
        return Err(Refusal::NotDrawable);
    }
    let turned = decoder.orientation().map_err(refusal)?;
    let profile = decoder.icc_profile().map_err(refusal)?;
    let speaks_of = |profile: &Vec<u8>| match decoder.original_color_type() {
        ExtendedColorType::Cmyk8 | ExtendedColorType::Unknown(_) => false,
        _ if decoder.color_type().has_color() => profile.get(16..20) == Some(b"RGB "),
        _ => profile.get(16..20) == Some(b"GRAY"),
    };
    let profile = profile.filter(speaks_of);
    let picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    Ok(Pixels { picture, turned, profile, photograph: format == ImageFormat::Jpeg })
}

/// What a decoder may take.
fn bounds(limits: &Limits) -> image::Limits {
    let mut bounds = image::Limits::default();
    bounds.max_image_width = Some(limits.side);
    bounds.max_image_height = Some(limits.side);
    bounds.max_alloc = Some(PICTURE_MEMORY);
    bounds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_without_rows_is_damaged() {
        let picture = b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3B";
        for (rows, decoded) in [(0, Err(Refusal::Damaged(Damage::Value))), (1, Ok(()))] {
            let screen = [4, 0, rows, 0, 0x80, 0, 0, 0, 0, 0, 9, 9, 9];
            let gif = [&b"GIF89a"[..], &screen, picture].concat();
            assert_eq!(decode(Kind::Gif, &gif, &Limits::default()).map(drop), decoded);
        }
    }
}
