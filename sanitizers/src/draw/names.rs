//! Whether the drawing library finds everything that a page names.
//!
//! A drawing inside another one has resources of its own. What it names and does not have
//! there, some viewers look for further out; the library leaves it out. Drawings in each
//! other deeper than it goes are left out as well.

use std::collections::HashSet;

use hayro::hayro_syntax::content::TypedIter;
use hayro::hayro_syntax::content::ops::TypedInstruction;
use hayro::hayro_syntax::object::{Dict, Name, Stream};
use hayro::hayro_syntax::page::{Page, Resources};

/// Drawings inside each other, at most; the library stops at fifty.
const DEPTH: u32 = 40;
/// Drawings of one page, at most, so that forms that name each other cost no more than that.
const DRAWINGS: usize = 20_000;

/// Whether a picture, a drawing, a gradient or a pattern of a page is not found.
pub(super) fn are_missing(page: &Page<'_>) -> bool {
    let mut walk = Walk { seen: HashSet::new(), missing: false };
    walk.drawing(page.typed_operations(), page.resources(), 0);
    walk.missing
}

struct Walk {
    /// Drawings by their number. Those without resources of their own are another one each
    /// time.
    seen: HashSet<(u32, Option<usize>)>,
    missing: bool,
}

impl Walk {
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
        let own = dict.get::<Dict<'_>>(b"Resources".as_slice());
        if !self.is_new(stream, own.is_some(), depth) {
            return;
        }
        let has_box = dict.get::<[f32; 4]>(b"BBox".as_slice()).is_some();
        match stream.decoded_data() {
            Ok(data) if has_box && depth < DEPTH => {
                let own = own.map(Resources::new);
                let resources = own.as_ref().unwrap_or(around);
                self.drawing(TypedIter::new(&data), resources, depth + 1);
            }
            _ => self.missing = true,
        }
    }

    /// Whether a drawing was not walked yet. One without resources of its own is walked as
    /// often as it is named, up to the limit.
    fn is_new(&mut self, stream: &Stream<'_>, owns: bool, depth: u32) -> bool {
        let id = stream.obj_id();
        let visit = (!owns).then_some(self.seen.len());
        if self.seen.len() >= DRAWINGS || depth >= DEPTH {
            self.missing = true;
            return false;
        }
        self.seen.insert((id.obj_number, visit))
    }
}

fn is_unknown(resources: &Resources<'_>, pattern: Option<&Name<'_>>) -> bool {
    pattern.is_some_and(|name| resources.get_pattern(name).is_none())
}
