//! What is on a page and not seen: under a box, cut off, beside the paper, black on black.
//!
//! People black something out by drawing a box over it. What lies under the box is still in
//! the file, and in its clean copy too, because a drawing is copied operator by operator.
//! This cannot be mended without changing what somebody drew, so it is said, and a copy of
//! pixels is the way out.
//!
//! The pages of the copy are walked in the order in which they are painted. What covers
//! letters is an opaque shape, a thick line, a picture, or an annotation that only a viewer
//! draws; what covers pictures is a box. Letters are also held against the colour below
//! them. Ways of covering that are rarer (patterns, gradients, blending, many shapes side by
//! side) are not seen. A warning is help and no promise.

mod annotations;
mod extent;
mod ground;
mod places;
mod walk;

use std::collections::BTreeSet;
use std::panic::catch_unwind;

use hayro::hayro_interpret::{Context, InterpreterCache, RectExt, TransformExt, interpret_page};
use hayro::hayro_syntax::page::Page;

use super::{Document, names};
use crate::{Notes, Warning};
use walk::Walk;

/// Pages that are looked at, and letters of all of them together: more would take seconds.
/// So would more drawings than one page may have.
const PAGES: usize = 500;
const LETTERS: usize = 1_000_000;

/// Warns of what a clean document holds and does not show.
pub(crate) fn warn(clean: &[u8], notes: &mut Notes) {
    // The drawing library may give up with a panic. A document that can be cleaned is not
    // refused because nobody could look for boxes in it.
    let looked = catch_unwind(|| look(clean.to_vec()));
    for warning in looked.unwrap_or_default() {
        notes.warn(warning);
    }
}

fn look(clean: Vec<u8>) -> BTreeSet<Warning> {
    let mut warnings = BTreeSet::new();
    let Ok(document) = Document::open(clean) else { return warnings };
    let mut letters = 0;
    let mut budget = names::Budget::default();
    for page in document.pdf.pages().iter().take(PAGES) {
        // What cannot be walked to its end is not begun.
        if names::are_missing(page, &mut budget) {
            continue;
        }
        let walk = walked(page, &document);
        warnings.extend(walk.found.iter().copied());
        letters += walk.letters();
        if letters > LETTERS {
            break;
        }
    }
    warnings
}

fn walked(page: &Page<'_>, document: &Document) -> Walk {
    let cache = InterpreterCache::new();
    let transform = page.initial_transform(true).to_kurbo();
    let shown = transform.transform_rect_bbox(page.intersected_crop_box().to_kurbo());
    let settings = document.settings.clone();
    let mut context = Context::new(transform, shown, &cache, page.xref(), settings);
    let mut walk = Walk::new(shown);
    interpret_page(page, &mut context, &mut walk);
    walk.end(&annotations::covers(page, transform));
    walk
}
