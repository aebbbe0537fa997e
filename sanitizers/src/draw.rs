//! Pages of a clean document as pixels.
//!
//! Used where the file itself is too much: for the handler's first look, and for a copy
//! that shall hold nothing but what is seen. Hayro draws them: it is written in Rust
//! without `unsafe` of its own, needs no system library and no font of the machine, and is
//! tested by its makers on the files of two other viewers. Fonts that are not in a document
//! are replaced by its own fourteen, which know Latin letters and no others.
//!
//! A page that is only half drawn would be taken for the truth. Hayro goes on where
//! something fails, so every way in which it says so is listened to, and the page is walked
//! once more for what it passes over without a word ([`listener`]). Then there is no
//! picture, and that is said.
//!
//! What is drawn is always a copy that the cleaner wrote and the verifier read: one layout,
//! known filters, known operators.

pub(crate) mod hidden;
mod listener;
mod names;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::FontQuery;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::RgbImage;

use crate::Refusal;
use crate::refusal::{Damage, Limit};

/// Pixels of one page, at most. Larger pages are drawn more coarsely: a plan of a square
/// metre is still legible.
const PAGE_PIXELS: f32 = 16_000_000.0;
/// The longest side in pixels that the drawing library counts with.
const SIDE: f32 = 30_000.0;

/// A clean document that is drawn page by page.
pub(crate) struct Document {
    pdf: Pdf,
    settings: InterpreterSettings,
    faults: Arc<AtomicBool>,
}

/// Where a page ends, in points of a seventy-second of an inch, as it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Size {
    pub(crate) width: f32,
    pub(crate) height: f32,
}

/// How finely a page is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Grain {
    /// Pixels for each inch.
    Dots(f32),
    /// Pixels along the longest side.
    Side(f32),
}

impl Document {
    /// Opens a copy that passed the verifier.
    pub(crate) fn open(clean: Vec<u8>) -> Result<Document, Refusal> {
        let pdf = Pdf::new(clean).map_err(|_| Refusal::Damaged(Damage::Value))?;
        let faults = Arc::new(AtomicBool::new(false));
        let settings = listening(&faults);
        Ok(Document { pdf, settings, faults })
    }

    /// How many pages there are.
    pub(crate) fn pages(&self) -> usize {
        self.pdf.pages().len()
    }

    /// The size of a page, counted from nought.
    pub(crate) fn size(&self, index: usize) -> Result<Size, Refusal> {
        size(self.page(index)?)
    }

    fn page(&self, index: usize) -> Result<&Page<'_>, Refusal> {
        self.pdf.pages().get(index).ok_or(Refusal::Damaged(Damage::Missing))
    }

    /// Draws a page on white, or refuses if any part of it could not be drawn.
    pub(crate) fn draw(&self, index: usize, grain: Grain) -> Result<RgbImage, Refusal> {
        let page = self.page(index)?;
        if names::are_missing(page, &mut names::Budget::default()) {
            return Err(Refusal::NotDrawable);
        }
        let size = size(page)?;
        let (columns, rows) = size.pixels(grain)?;
        // Not of the whole document: what it holds is bounded by the page then.
        let cache = RenderCache::new();
        let (width, height) = page.render_dimensions();
        // A little more, since the library rounds down.
        let scale = |pixels: u16, points: f32| (f32::from(pixels) + 0.01) / points;
        let pixels = PixmapSettings {
            x_scale: scale(columns, width),
            y_scale: scale(rows, height),
            bg_color: WHITE,
        };
        let given = RenderSettings { hinting: false, ..RenderSettings::default() };
        let drawn = render(page, &cache, &self.settings, &given, &pixels);
        listener::listen(page, &self.settings, &self.faults);
        if self.faults.load(Relaxed) {
            return Err(Refusal::NotDrawable);
        }
        let rgb = drawn.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
        RgbImage::from_raw(drawn.width().into(), drawn.height().into(), rgb)
            .filter(|picture| picture.dimensions() == (columns.into(), rows.into()))
            .ok_or(Refusal::Internal)
    }
}

/// Settings under which nothing fails unheard that the library knows of.
fn listening(faults: &Arc<AtomicBool>) -> InterpreterSettings {
    let usual = InterpreterSettings::default();
    let (warned, fonts) = (Arc::clone(faults), usual.font_resolver.clone());
    let replaced = Arc::clone(faults);
    InterpreterSettings {
        warning_sink: Arc::new(move |_| warned.store(true, Relaxed)),
        font_resolver: Arc::new(move |query| {
            // Chinese, Japanese and Korean letters: none of the fourteen fonts has them.
            if let FontQuery::Fallback(font) = query
                && font.character_collection.is_some()
            {
                replaced.store(true, Relaxed);
            }
            fonts(query)
        }),
        ..usual
    }
}

/// The size of a page in points; a document may count in larger units (7.7.3.3 of ISO
/// 32000-2), which the drawing library does not know of.
fn size(page: &Page<'_>) -> Result<Size, Refusal> {
    let (width, height) = page.render_dimensions();
    let unit = page.raw().get::<f32>(b"UserUnit".as_slice()).unwrap_or(1.0);
    let size = Size { width: width * unit, height: height * unit };
    let fits = |side: f32| side.is_finite() && side > 0.0;
    if fits(size.width) && fits(size.height) { Ok(size) } else { Err(Refusal::NotDrawable) }
}

impl Size {
    /// Columns and rows, never more than a page may have.
    fn pixels(self, grain: Grain) -> Result<(u16, u16), Refusal> {
        const POINTS: f32 = 72.0;
        let longest = self.width.max(self.height);
        let wanted = match grain {
            Grain::Dots(dots) => dots / POINTS,
            Grain::Side(side) => side / longest,
        };
        let most = (PAGE_PIXELS / self.width / self.height).sqrt().min(SIDE / longest);
        let scale = wanted.min(most);
        let count = |points: f32| {
            // Rounded to digits, since numbers of this size have no fraction to lose.
            format!("{:.0}", (points * scale).round().max(1.0)).parse::<u16>()
        };
        match (count(self.width), count(self.height)) {
            (Ok(columns), Ok(rows)) => Ok((columns, rows)),
            _ => Err(Refusal::Limit(Limit::Pixels)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_pixels_that_its_size_asks_for() {
        let letter = Size { width: 612.0, height: 792.0 };
        assert_eq!(letter.pixels(Grain::Dots(150.0)), Ok((1275, 1650)));
        assert_eq!(letter.pixels(Grain::Side(1600.0)), Ok((1236, 1600)));
    }

    #[test]
    fn a_plan_is_drawn_coarsely_and_a_line_is_one_pixel_wide() {
        let plan = Size { width: 14_400.0, height: 14_400.0 };
        assert_eq!(plan.pixels(Grain::Dots(150.0)), Ok((4000, 4000)));
        let line = Size { width: 14_400.0, height: 0.01 };
        let (columns, rows) = line.pixels(Grain::Dots(150.0)).unwrap();
        assert!(columns <= 30_000 && rows == 1);
    }

    #[test]
    fn what_is_no_document_is_not_drawn() {
        assert!(Document::open(b"no document".to_vec()).is_err());
    }
}
