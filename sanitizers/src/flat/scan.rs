//! Scans: TIFF, which may have several pages.
//!
//! One page becomes a picture. Of several none may be lost without a word, and a picture has
//! room for one, so they become a document, like the pages of any other, but to the pixel as
//! they were scanned. It opens everywhere, and each page is as large as the paper was.

use image::metadata::Orientation;
use image::{DynamicImage, Rgb, RgbImage};

use super::document::{self, Out};
use crate::draw::Size;
use crate::pixels::{self, tiff};
use crate::refusal::Limit;
use crate::{Change, Kind, Limits, Notes, Refusal, icc};

/// Dots to the inch of a page that does not say.
const USUAL: u32 = 150;
/// Points of an inch.
const POINTS: f32 = 72.0;

/// Makes a picture, or a document of all pages.
pub(super) fn flatten(
    mut clean: Vec<u8>,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let pages = tiff::pages(&clean, limits)?;
    if pages.len() < 2 {
        return super::picture(pixels::decode(Kind::Tiff, &clean, limits)?);
    }
    if pages.len() as u64 > u64::from(limits.drawn_pages) {
        return Err(Refusal::Limit(Limit::Pages));
    }
    let mut out = Out::new(pages.len());
    for page in pages {
        tiff::turn_to(&mut clean, page)?;
        let mut drawn = pixels::decode(Kind::Tiff, &clean, limits)?;
        if drawn.profile.is_some_and(|profile| !icc::is_usual(&profile)) {
            // A page of a document is in the colours of common screens.
            notes.changed(Change::ColoursChanged);
        }
        let dots = tiff::dots(&clean, page)?.unwrap_or([USUAL; 2]);
        let mut size = size(&drawn.picture, dots)?;
        drawn.picture.apply_orientation(drawn.turned);
        if lies_down(drawn.turned) {
            size = Size { width: size.height, height: size.width };
        }
        out.sheet(&document::sheet(on_white(drawn.picture), size)?);
        if out.length() as u64 > limits.flattened_bytes {
            return Err(Refusal::Limit(Limit::OutputBytes));
        }
    }
    Ok(out.finish())
}

/// How large the paper was.
fn size(picture: &DynamicImage, [across, down]: [u32; 2]) -> Result<Size, Refusal> {
    let number = |number: u32| u16::try_from(number).map(f32::from);
    let points = |pixels, dots| -> Result<f32, Refusal> {
        let both = number(pixels).and_then(|pixels| Ok((pixels, number(dots)?)));
        both.map(|(pixels, dots)| pixels * POINTS / dots).map_err(|_| Refusal::Limit(Limit::Pixels))
    };
    Ok(Size { width: points(picture.width(), across)?, height: points(picture.height(), down)? })
}

/// Whether rows become columns.
fn lies_down(turned: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(turned, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// What is transparent shows the paper.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [r, g, b, alpha] = picture.get_pixel(x, y).0;
        let shown = |sample: u8| {
            let sum = u32::from(sample) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
            u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
        };
        Rgb([shown(r), shown(g), shown(b)])
    })
}
