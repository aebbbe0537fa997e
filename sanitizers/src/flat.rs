//! Copies that hold nothing but what is seen.
//!
//! Cleaning keeps a document as it was drawn: text under a black box is still text. Who has
//! blacked something out, or fears what stands between the lines, can ask for pixels
//! instead. What is made here is made of the clean and verified copy, and goes through the
//! ordinary cleaner and verifier once more, like any file that comes from outside; so
//! nothing that is said of a clean copy needs to be said again.
//!
//! A photograph becomes a JPEG, any other picture, or one that is transparent, a PNG; of an
//! animation the first picture stays. A document becomes one picture for each page
//! ([`document`]), and so does a TIFF of several pages ([`scan`]). Other formats have no one
//! look and are refused.

mod document;
mod scan;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageEncoder};

use crate::pixels::{self, Pixels};
use crate::{Change, Kind, Limits, Notes, Refusal};

/// Quality at which nobody sees a difference; colours are as fine as light.
const QUALITY: u8 = 92;

/// Whether pixels can be made of a format.
pub(crate) fn is_flattened(kind: Kind) -> bool {
    kind == Kind::Pdf || pixels::are_made(kind)
}

/// Makes pixels of a clean copy, and says what is lost.
pub(crate) fn flatten(
    kind: Kind,
    clean: Vec<u8>,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    if !is_flattened(kind) {
        return Err(Refusal::NotDrawable);
    }
    if pixels::move_in(kind, &clean) {
        notes.changed(Change::MotionRemoved);
    }
    let flat = match kind {
        Kind::Pdf => document::flatten(clean, limits)?,
        Kind::Tiff => scan::flatten(clean, limits, notes)?,
        _ => {
            let pixels = pixels::decode(kind, &clean, limits)?;
            drop(clean);
            picture(pixels)?
        }
    };
    notes.changed(Change::Flattened);
    notes.only_pixels_are_left();
    Ok(flat)
}

/// Turns a picture upright and encodes it anew.
fn picture(pixels: Pixels) -> Result<Vec<u8>, Refusal> {
    let Pixels { mut picture, turned, profile, photograph } = pixels;
    let mut flat = Vec::new();
    let encoded = if photograph && !picture.color().has_alpha() {
        picture = if picture.color().has_color() {
            DynamicImage::ImageRgb8(picture.into_rgb8())
        } else {
            DynamicImage::ImageLuma8(picture.into_luma8())
        };
        picture.apply_orientation(turned);
        write(JpegEncoder::new_with_quality(&mut flat, QUALITY), &picture, profile)
    } else {
        picture.apply_orientation(turned);
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
