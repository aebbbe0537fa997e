//! Whether the drawing library finds everything that a page names.
//!
//! A drawing inside another one has resources of its own. What it names and does not have
//! there, some viewers look for further out; the library leaves it out. Drawings in each
//! other deeper than it goes are left out as well, and those that are drawn more often than
//! there is time for are not begun.

use std::collections::HashSet;

use hayro::hayro_syntax::content::TypedIter;
use hayro::hayro_syntax::content::ops::TypedInstruction;
use hayro::hayro_syntax::object::{Dict, Name, ObjectIdentifier, Stream};
use hayro::hayro_syntax::page::{Page, Resources};

/// Drawings inside each other, at most; the library stops at fifty.
const DEPTH: u32 = 40;
/// Drawings and bytes of drawings, at most, counted as often as they are drawn: forms that
/// name each other in twos would never end.
const DRAWINGS: usize = 20_000;
const BYTES: usize = 64 << 20;

/// What may still be drawn, of a page or of several.
pub(super) struct Budget {
    drawings: usize,
    bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { drawings: DRAWINGS, bytes: BYTES }
    }
}

/// Whether a picture, a drawing, a gradient or a pattern of a page is not found, or not all
/// of them can be drawn.
pub(super) fn are_missing(page: &Page<'_>, budget: &mut Budget) -> bool {
    let mut walk = Walk { budget, seen: HashSet::new(), missing: false };
    walk.drawing(page.typed_operations(), page.resources(), 0);
    walk.missing
}

struct Walk<'b> {
    budget: &'b mut Budget,
    /// Masks and fonts, which are drawn once and then remembered.
    seen: HashSet<ObjectIdentifier>,
    missing: bool,
}

impl Walk<'_> {
    fn drawing(&mut self, mut acts: TypedIter<'_>, resources: &Resources<'_>, depth: u32) {
        while let Some(act) = acts.next() {
            match act {
                TypedInstruction::XObject(name) => match resources.get_x_object(name.0) {
                    Some(stream) => self.thing(&stream, resources, depth),
                    None => self.missing = true,
                },
                TypedInstruction::Shading(name) => {
                    self.missing |= resources.get_shading(name.0).is_none();
                }
                TypedInstruction::SetGraphicsState(name) => {
                    if let Some(state) = resources.get_ext_g_state(name.0) {
                        self.mask(&state, resources, depth);
                    }
                }
                TypedInstruction::TextFont(font) => {
                    if let Some(font) = resources.get_font(font.0) {
                        self.letters(&font, resources, depth);
                    }
                }
                TypedInstruction::NonStrokeColorNamed(colour) => {
                    self.missing |= is_unknown(resources, colour.1);
                }
                TypedInstruction::StrokeColorNamed(colour) => {
                    self.missing |= is_unknown(resources, colour.1);
                }
                _ => {}
            }
            if self.missing {
                return;
            }
        }
    }

    fn thing(&mut self, stream: &Stream<'_>, around: &Resources<'_>, depth: u32) {
        let dict = stream.dict();
        match dict.get::<Name<'_>>(b"Subtype".as_slice()) {
            Some(kind) if &*kind == b"Image" => return,
            Some(kind) if &*kind == b"Form" => {}
            _ => {
                self.missing = true;
                return;
            }
        }
        let own = dict.get::<Dict<'_>>(b"Resources".as_slice()).map(Resources::new);
        let has_box = dict.get::<[f32; 4]>(b"BBox".as_slice()).is_some();
        match stream.decoded_data() {
            Ok(data) if has_box && depth < DEPTH && self.may_draw(data.len()) => {
                let resources = own.as_ref().unwrap_or(around);
                self.drawing(TypedIter::new(&data), resources, depth + 1);
            }
            _ => self.missing = true,
        }
    }

    fn mask(&mut self, state: &Dict<'_>, around: &Resources<'_>, depth: u32) {
        let mask = state.get::<Dict<'_>>(b"SMask".as_slice());
        let group = mask.and_then(|mask| mask.get::<Stream<'_>>(b"G".as_slice()));
        if let Some(group) = group
            && group.dict().obj_id().is_none_or(|id| self.seen.insert(id))
        {
            self.thing(&group, around, depth);
        }
    }

    /// The letters of a font that are drawings.
    fn letters(&mut self, font: &Dict<'_>, around: &Resources<'_>, depth: u32) {
        let Some(letters) = font.get::<Dict<'_>>(b"CharProcs".as_slice()) else { return };
        if !font.obj_id().is_none_or(|id| self.seen.insert(id)) {
            return;
        }
        let own = font.get::<Dict<'_>>(b"Resources".as_slice()).map(Resources::new);
        for name in letters.keys() {
            let letter = letters.get::<Stream<'_>>(&*name);
            match letter.as_ref().map(Stream::decoded_data) {
                Some(Ok(data)) if depth < DEPTH && self.may_draw(data.len()) => {
                    let resources = own.as_ref().unwrap_or(around);
                    self.drawing(TypedIter::new(&data), resources, depth + 1);
                }
                _ => self.missing = true,
            }
        }
    }

    fn may_draw(&mut self, bytes: usize) -> bool {
        let left = self.budget.drawings.checked_sub(1).zip(self.budget.bytes.checked_sub(bytes));
        (self.budget.drawings, self.budget.bytes) = left.unwrap_or_default();
        left.is_some()
    }
}

fn is_unknown(resources: &Resources<'_>, pattern: Option<&Name<'_>>) -> bool {
    pattern.is_some_and(|name| resources.get_pattern(name).is_none())
}
