//! Hears what the drawing library passes over in silence.
//!
//! A letter for which a font has no shape is left out without a word, and so is an
//! annotation without a look of its own. The page is walked once more, nothing is painted,
//! and whatever would be missing is a fault.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use hayro::hayro_interpret::font::{Glyph, GlyphIdentifier, GlyphRun, OutlineGlyph};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, RectExt, SoftMask, TransformExt, interpret_page,
};
use hayro::hayro_syntax::object::{Array, Dict, Name};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::BezPath;

/// Sets `faults` if something on the page would not be seen.
pub(super) fn listen(page: &Page<'_>, settings: &InterpreterSettings, faults: &Arc<AtomicBool>) {
    if has_shapes_without_a_look(page) {
        faults.store(true, Relaxed);
        return;
    }
    let cache = InterpreterCache::new();
    let mut context = Context::new(
        page.initial_transform(true).to_kurbo(),
        page.intersected_crop_box().to_kurbo(),
        &cache,
        page.xref(),
        settings.clone(),
    );
    let mut listener = Listener { faults, shapes: HashSet::new() };
    interpret_page(page, &mut context, &mut listener);
}

/// Lines, squares and marked words that only a viewer would draw. A link is not seen, or
/// has a frame that says nothing.
fn has_shapes_without_a_look(page: &Page<'_>) -> bool {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots".as_slice()) else { return false };
    annotations.iter::<Dict<'_>>().any(|annotation| {
        let subtype = annotation.get::<Name<'_>>(b"Subtype".as_slice());
        let is_link = subtype.is_some_and(|name| &*name == b"Link");
        !is_link && !annotation.contains_key(b"AP".as_slice())
    })
}

struct Listener<'f> {
    faults: &'f AtomicBool,
    /// Letters that were seen to have a shape.
    shapes: HashSet<GlyphIdentifier>,
}

impl Listener<'_> {
    fn letter(&mut self, letter: &OutlineGlyph) {
        let identifier = letter.identifier();
        if self.shapes.contains(&identifier) {
            return;
        }
        if letter.outline().elements().is_empty() {
            if letter.as_unicode().is_some_and(|text| is_visible(&text)) {
                self.faults.store(true, Relaxed);
            }
        } else {
            self.shapes.insert(identifier);
        }
    }
}

/// Whether a text has letters or digits. Blanks, and signs of which nobody can tell, are
/// often drawn with an empty shape on purpose.
fn is_visible(text: &BfString) -> bool {
    match text {
        BfString::Char(letter) => letter.is_alphanumeric(),
        BfString::String(text) => text.chars().any(char::is_alphanumeric),
    }
}

impl<'a> Device<'a> for Listener<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        for glyph in run.glyphs() {
            if let Glyph::Outline(letter) = &**glyph {
                self.letter(letter);
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
