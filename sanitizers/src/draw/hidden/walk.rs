//! Follows one page as it is painted.

use std::collections::HashMap;

use hayro::hayro_interpret::font::{Glyph, GlyphIdentifier, GlyphRun};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};
use hayro::kurbo::{Affine, BezPath, Rect, Shape};

use super::places::{is_under, line, rectangles, shared};

/// Size of a font in points below which nobody reads it.
const LEGIBLE: f64 = 1.0;
/// Units of the shapes of letters in the size of their font.
const EM: f64 = 1000.0;
/// Lines as thick as words.
const THICK: f32 = 5.0;
/// Points of a picture, each way, that are more than its edge.
const EDGE: f64 = 4.0;
/// Part of a picture that is more than its edge.
const PART: f64 = 0.03;
/// How often a box is held against a letter or a picture on one page.
const COMPARED: usize = 20_000_000;
/// Lighter than this is the colour of paper.
const PAPER: f32 = 0.98;

/// What was met so far.
pub(super) struct Walk {
    /// Something lies under a box.
    pub(super) covered: bool,
    /// A text cannot be seen.
    pub(super) unseen: bool,
    /// Not all of a picture is shown.
    pub(super) cropped: bool,
    paper: Rect,
    /// For each clip: what it leaves, and whether that is a rectangle.
    clips: Vec<(Rect, bool)>,
    /// For each group: whether what is painted in it is opaque.
    groups: Vec<bool>,
    letters: Vec<Rect>,
    pictures: Vec<Rect>,
    /// Where there is more than paper.
    painted: Vec<Rect>,
    shapes: HashMap<GlyphIdentifier, Option<Rect>>,
    left: usize,
}

impl Walk {
    pub(super) fn new(paper: Rect) -> Walk {
        Walk {
            covered: false,
            unseen: false,
            cropped: false,
            paper,
            clips: vec![(paper, true)],
            groups: Vec::new(),
            letters: Vec::new(),
            pictures: Vec::new(),
            painted: Vec::new(),
            shapes: HashMap::new(),
            left: COMPARED,
        }
    }

    /// How many letters were met.
    pub(super) fn letters(&self) -> usize {
        self.letters.len()
    }

    /// What is shown of the page now, and whether that is a rectangle.
    fn shown(&self) -> (Rect, bool) {
        self.clips.last().copied().unwrap_or((self.paper, true))
    }

    fn is_opaque(&self) -> bool {
        self.groups.iter().all(|opaque| *opaque)
    }

    /// Something opaque is painted over a part of the page.
    fn cover(&mut self, cover: Rect, pictures_too: bool) {
        let (shown, is_rectangle) = self.shown();
        let Some(cover) = shared(cover, shown) else { return };
        let cost = self.letters.len() + self.pictures.len();
        if self.covered || !is_rectangle || !self.is_opaque() || self.left < cost {
            return;
        }
        self.left -= cost;
        let hides = |picture: &Rect| {
            shared(*picture, cover)
                .is_some_and(|both| both.width() >= EDGE && both.height() >= EDGE)
        };
        self.covered = self.letters.iter().any(|letter| is_under(*letter, cover))
            || (pictures_too && self.pictures.iter().any(hides));
    }

    fn letter(&mut self, place: Rect, legible: bool, is_paper: bool) {
        let (shown, _) = self.shown();
        let seen = shared(place, shown);
        let cost = self.painted.len();
        let on_paper = is_paper && self.left >= cost && {
            self.left -= cost;
            !self.painted.iter().any(|painted| shared(*painted, place).is_some())
        };
        self.unseen |= seen.is_none() || !legible || on_paper;
        self.letters.extend(seen.filter(|_| legible && !on_paper));
    }

    fn path(&mut self, path: &BezPath, props: &DrawProps<'_>, mode: &DrawMode) {
        let placed = props.transform * path;
        let solid = is_solid(props);
        let bounds = placed.bounding_box();
        match mode {
            DrawMode::Fill(_) | DrawMode::FillAndStroke(..) if solid => {
                for cover in rectangles(&placed) {
                    self.cover(cover, true);
                }
            }
            DrawMode::Stroke(stroke) => {
                let width = f64::from(stroke.line_width) * scale(props.transform);
                if solid
                    && stroke.line_width >= THICK
                    && let Some(cover) = line(&placed, width)
                {
                    self.cover(cover, true);
                }
                self.painted.push(bounds.inflate(width, width));
                return;
            }
            _ => {}
        }
        if !is_paper(&props.paint) {
            self.painted.push(bounds);
        }
    }
}

/// How much longer lines become.
fn scale(transform: Affine) -> f64 {
    transform.determinant().abs().sqrt()
}

/// Whether nothing shines through a paint.
fn is_solid(props: &DrawProps<'_>) -> bool {
    let opaque = match &props.paint {
        Paint::Color(colour) => colour.to_rgba().components()[3] >= 1.0,
        Paint::Pattern(_) => false,
    };
    opaque && props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal
}

fn is_paper(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(colour) => {
            let [red, green, blue, _] = colour.to_rgba().components();
            red.min(green).min(blue) >= PAPER
        }
        Paint::Pattern(_) => false,
    }
}

impl<'a> Device<'a> for Walk {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.path(path, &props, mode);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let (shown, is_rectangle) = self.shown();
        let one = rectangles(&clip.path);
        let left = clip.path.bounding_box().intersect(shown);
        self.clips.push((left, is_rectangle && matches!(one.as_slice(), [_])));
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn push_transparency_group(
        &mut self,
        opacity: f32,
        mask: Option<SoftMask<'a>>,
        mode: BlendMode,
    ) {
        self.groups.push(opacity >= 1.0 && mask.is_none() && mode == BlendMode::Normal);
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        // Text that is not painted at all is warned about by the cleaner.
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        let is_paper = is_paper(&props.paint) && matches!(mode, DrawMode::Fill(_));
        for glyph in run.glyphs() {
            let Glyph::Outline(letter) = &**glyph else { continue };
            let shape = self.shapes.entry(letter.identifier()).or_insert_with(|| {
                let outline = letter.outline();
                (!outline.elements().is_empty()).then(|| outline.bounding_box())
            });
            if let Some(shape) = *shape {
                let placed = props.transform * glyph.transform();
                let legible = scale(placed) * EM >= LEGIBLE;
                self.letter(placed.transform_rect_bbox(shape), legible, is_paper);
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let place = props.transform.transform_rect_bbox(size);
        let (shown, _) = self.shown();
        let seen = shared(place, shown).map_or(0.0, |both| both.area());
        let cut = place.area() - seen;
        let is_picture = place.width() >= EDGE && place.height() >= EDGE;
        self.cropped |= is_picture && cut > PART * place.area();
        if let Image::Raster(picture) = &image {
            let masks = [b"SMask".as_slice(), b"Mask", b"SMaskInData"];
            let dict = picture.stream().dict();
            if !masks.iter().any(|mask| dict.contains_key(*mask)) && props.soft_mask.is_none() {
                self.cover(place, false);
            }
            self.pictures.extend(shared(place, shown).filter(|_| is_picture));
        }
        self.painted.push(place);
    }
}
