//! Follows one page as it is painted.

use std::collections::{BTreeSet, HashMap};

use hayro::hayro_interpret::font::{Glyph, GlyphIdentifier, GlyphRun};
use hayro::hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Device, DrawMode, DrawProps, FillRule, Image, ImageDrawProps,
    SoftMask,
};
use hayro::kurbo::{Affine, BezPath, Rect, Shape};

use crate::Warning;

use super::extent::{Ink, of_letter, of_mask};
use super::ground::{Area, Colour, Ground, colour, is_near};
use super::places::{joined, lines, rectangles, shared};

/// Size of a font in points below which nobody reads it.
const LEGIBLE: f64 = 1.0;
/// Units of the shapes of letters in the size of their font.
const EM: f64 = 1000.0;
/// Lines as thick as words.
pub(super) const THICK: f32 = 5.0;
/// Points of a picture, each way, that are more than its edge.
const EDGE: f64 = 4.0;
/// Pixels, each way, that are more than a line or a dot.
const DETAIL: u32 = 32;
/// Part of a picture that is more than its edge.
const PART: f64 = 0.03;
/// Boxes of one path that may have holes.
const MOST_BOXES: usize = 16;
/// Nothing can be read through a paint as strong as this.
const OPAQUE: f32 = 0.95;
/// Letters of one page that are looked at.
const LETTERS: usize = 1_000_000;
/// How often a box is held against a letter or a picture on one page.
const COMPARED: usize = 20_000_000;

/// What was met so far.
pub(super) struct Walk {
    /// What is to be told of the page.
    pub(super) found: BTreeSet<Warning>,
    paper: Rect,
    /// For each clip: what it leaves, and whether that is a rectangle.
    clips: Vec<(Rect, bool)>,
    /// For each group: whether what is painted in it is opaque, and where it can be seen.
    groups: Vec<(bool, Option<Rect>)>,
    letters: Vec<Rect>,
    pictures: Vec<Rect>,
    ground: Ground,
    /// Boxes side by side, with nothing else between them.
    strip: Option<Rect>,
    /// Letters of the last text that was filled: where those that are seen begin, and those
    /// that have the colour of what is below them. Their edges may be drawn next.
    filled: (usize, Vec<Rect>),
    outlines: HashMap<GlyphIdentifier, Option<Rect>>,
    drawn: HashMap<u128, Option<(Rect, Ink)>>,
    masks: HashMap<u128, Option<Rect>>,
    left: usize,
}

impl Walk {
    pub(super) fn new(paper: Rect) -> Walk {
        Walk {
            found: BTreeSet::new(),
            paper,
            clips: vec![(paper, true)],
            groups: Vec::new(),
            letters: Vec::new(),
            pictures: Vec::new(),
            ground: Ground::default(),
            strip: None,
            filled: (0, Vec::new()),
            outlines: HashMap::new(),
            drawn: HashMap::new(),
            masks: HashMap::new(),
            left: COMPARED,
        }
    }

    /// How many letters were met.
    pub(super) fn letters(&self) -> usize {
        self.letters.len()
    }

    /// Ends the page with what a viewer paints over it.
    pub(super) fn end(&mut self, covers: &[Area]) {
        self.forget_filled();
        self.clips.truncate(1);
        self.groups.clear();
        for cover in covers {
            self.cover(cover, true);
        }
    }

    /// What is shown of the page now, and whether that is a rectangle.
    fn shown(&self) -> (Rect, bool) {
        self.clips.last().copied().unwrap_or((self.paper, true))
    }

    fn tell(&mut self, is_so: bool, warning: Warning) {
        if is_so {
            self.found.insert(warning);
        }
    }

    fn is_opaque(&self) -> bool {
        self.groups.iter().all(|(opaque, _)| *opaque)
    }

    fn spend(&mut self, cost: usize) -> bool {
        let left = self.left.checked_sub(cost);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }

    /// Something opaque is painted over a part of the page.
    fn cover(&mut self, cover: &Area, pictures_too: bool) {
        let (shown, is_rectangle) = self.shown();
        let Some(place) = shared(cover.bounds, shown) else { return };
        let cost = self.letters.len() + self.pictures.len();
        let is_told = self.found.contains(&Warning::CoveredContent);
        if is_told || !is_rectangle || !self.is_opaque() || !self.spend(cost) {
            return;
        }
        let hides = |picture: &Rect| {
            shared(*picture, place)
                .is_some_and(|both| both.width() >= EDGE && both.height() >= EDGE)
        };
        let is_under = |letter: &Rect| {
            shared(*letter, place).is_some() && cover.holds(letter.intersect(shown))
        };
        let covers =
            self.letters.iter().any(is_under) || (pictures_too && self.pictures.iter().any(hides));
        self.tell(covers, Warning::CoveredContent);
    }

    /// The same, with what was painted beside it just before.
    fn cover_box(&mut self, place: Rect, colour: Option<Colour>) {
        let strip = self.strip.and_then(|strip| joined(strip, place)).unwrap_or(place);
        self.strip = Some(strip);
        self.cover(&Area::rectangle(strip, colour), true);
    }

    fn letter(&mut self, place: Rect, legible: bool, ink: Option<(Colour, f32)>, edges: bool) {
        if self.letters.len() > LETTERS {
            return;
        }
        self.strip = None;
        let (shown, _) = self.shown();
        let masks = self.groups.iter().filter_map(|(_, place)| *place);
        let seen = masks.fold(shared(place, shown), |seen, mask| shared(seen?, mask));
        if seen.is_none() || !legible {
            self.tell(true, Warning::HiddenText);
            return;
        }
        let below = if self.spend(self.ground.len()) { self.ground.below(place) } else { None };
        let is_lost = ink.zip(below).is_some_and(|((ink, alpha), below)| {
            let mixed = |(ink, below): (f32, f32)| ink * alpha + below * (1.0 - alpha);
            let [red, green, blue] = [0, 1, 2].map(|part: usize| {
                let pair = ink.get(part).zip(below.get(part));
                pair.map_or(0.0, |(ink, below)| mixed((*ink, *below)))
            });
            is_near([red, green, blue], below)
        });
        let (first, lost) = &mut self.filled;
        let tail = self.letters.get(*first..).unwrap_or_default();
        match (is_lost, edges) {
            (true, false) => lost.push(place),
            (true, true) => {
                let is_lost = !tail.iter().any(|seen| shared(*seen, place).is_some());
                self.tell(is_lost, Warning::HiddenText);
            }
            (false, _) => {
                if edges {
                    lost.retain(|filled| *filled != place);
                }
                self.letters.extend(seen);
            }
        }
    }

    /// No edges will be drawn around the letters that were filled last.
    fn forget_filled(&mut self) {
        self.tell(!self.filled.1.is_empty(), Warning::HiddenText);
        self.filled = (self.letters.len(), Vec::new());
    }

    fn path(&mut self, path: &BezPath, props: &DrawProps<'_>, mode: &DrawMode) {
        let placed = props.transform * path;
        let flat = colour(&props.paint).map(|(colour, _)| colour).filter(|_| is_solid(props));
        match mode {
            DrawMode::Fill(rule) | DrawMode::FillAndStroke(rule, _) => {
                self.filled_path(&placed, *rule, flat);
            }
            DrawMode::Stroke(stroke) => {
                let width = f64::from(stroke.line_width) * scale(props.transform);
                for line in lines(&placed, width) {
                    if stroke.line_width >= THICK {
                        self.filled_path(&line, FillRule::NonZero, flat);
                    } else {
                        self.paint(Area::shape(&line, FillRule::NonZero, flat));
                    }
                }
            }
            DrawMode::Invisible => {}
        }
    }

    fn filled_path(&mut self, path: &BezPath, rule: FillRule, flat: Option<Colour>) {
        let boxes = rectangles(path);
        // One in another may be a hole.
        let is_ring = (2..=MOST_BOXES).contains(&boxes.len())
            && boxes.iter().enumerate().any(|(at, one)| {
                boxes.iter().skip(at + 1).any(|other| shared(*one, *other).is_some())
            });
        if boxes.is_empty() || is_ring {
            let area = Area::shape(path, rule, flat);
            if area.is_known() {
                self.cover(&area, false);
            }
            return self.paint(area);
        }
        for place in boxes {
            if flat.is_some() {
                self.cover_box(place, flat);
            }
            self.paint(Area::rectangle(place, flat));
        }
    }

    fn paint(&mut self, mut area: Area) {
        let (shown, is_rectangle) = self.shown();
        let Some(bounds) = shared(area.bounds, shown) else { return };
        if !is_rectangle || !self.is_opaque() {
            area = Area::rectangle(bounds, None);
        }
        area.bounds = bounds;
        self.ground.paint(area);
    }

    fn place_of_mask(&mut self, mask: &SoftMask<'_>) -> Option<Rect> {
        *self.masks.entry(mask.cache_key()).or_insert_with(|| of_mask(mask))
    }

    /// Where a letter is, before it is placed, and what it is painted with.
    fn shape(&mut self, glyph: &Glyph<'_>) -> Option<(Rect, Ink)> {
        match glyph {
            Glyph::Outline(letter) => {
                let shape = self.outlines.entry(letter.identifier()).or_insert_with(|| {
                    let outline = letter.outline();
                    (!outline.elements().is_empty()).then(|| outline.bounding_box())
                });
                shape.map(|place| (place, Ink::OfText))
            }
            Glyph::Type3(letter) => {
                *self.drawn.entry(letter.cache_key()).or_insert_with(|| of_letter(letter))
            }
        }
    }
}

/// How much longer lines become.
fn scale(transform: Affine) -> f64 {
    transform.determinant().abs().sqrt()
}

/// Whether nothing shines through a paint.
fn is_solid(props: &DrawProps<'_>) -> bool {
    let opaque = colour(&props.paint).is_some_and(|(_, alpha)| alpha >= OPAQUE);
    opaque && props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal
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
        let opaque = opacity >= 1.0 && mask.is_none() && mode == BlendMode::Normal;
        let place = mask.map(|mask| self.place_of_mask(&mask).unwrap_or_default());
        self.groups.push((opaque, place));
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        // Text that is not painted at all is warned about by the cleaner.
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        let edges = matches!(mode, DrawMode::Stroke(_));
        if !edges {
            self.forget_filled();
        }
        let mask = props.soft_mask.as_ref();
        let mask = mask.map(|mask| self.place_of_mask(mask).unwrap_or_default());
        self.groups.push((true, mask));
        for glyph in run.glyphs() {
            let Some((shape, ink)) = self.shape(glyph) else { continue };
            let placed = props.transform * glyph.transform();
            let legible = scale(placed) * EM >= LEGIBLE;
            let ink = match ink {
                Ink::OfText => colour(&props.paint),
                Ink::Own(colour) => Some((colour, 1.0)),
                Ink::Several => None,
            };
            self.letter(placed.transform_rect_bbox(shape), legible, ink, edges);
        }
        self.groups.pop();
        if edges {
            self.forget_filled();
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.strip = None;
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let place = props.transform.transform_rect_bbox(size);
        let (shown, _) = self.shown();
        let seen = shared(place, shown).map_or(0.0, |both| both.area());
        let cut = place.area() - seen;
        let is_picture = place.width() >= EDGE && place.height() >= EDGE;
        let tiny = !is_picture && image.width().min(image.height()) >= DETAIL;
        let mut masks: Vec<Rect> = self.groups.iter().filter_map(|(_, place)| *place).collect();
        masks.extend(props.soft_mask.as_ref().map(|mask| {
            let place = self.place_of_mask(mask);
            place.unwrap_or_default()
        }));
        let masked = masks.iter().any(|mask| shared(place, *mask).is_none());
        self.tell(tiny || masked, Warning::HiddenParts);
        self.tell(is_picture && cut > PART * place.area(), Warning::CroppedArea);
        match &image {
            Image::Raster(picture) => {
                let masks = [b"SMask".as_slice(), b"Mask", b"SMaskInData"];
                let dict = picture.stream().dict();
                let whole = !masks.iter().any(|mask| dict.contains_key(*mask));
                if whole && props.soft_mask.is_none() {
                    self.cover(&Area::rectangle(place, None), false);
                }
                self.pictures.extend(shared(place, shown).filter(|_| is_picture));
            }
            Image::Stencil(_) => {}
        }
        self.paint(Area::rectangle(place, None));
    }
}
