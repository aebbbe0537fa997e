//! What a small drawing paints: a letter that is one, or the mask of something.

use hayro::hayro_interpret::color::{AlphaColor, Color};
use hayro::hayro_interpret::font::{GlyphRun, Type3Glyph};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, MaskType, Paint,
    SoftMask,
};
use hayro::kurbo::{Affine, BezPath, Rect, Shape};

use super::ground::{Colour, colour, is_near};

const EVERYWHERE: Rect = Rect::new(-1e9, -1e9, 1e9, 1e9);
/// Lighter than this lets something through a mask.
const DARK: f32 = 0.02;
/// Stands for the colour of the text that a letter is part of.
const OF_TEXT: Colour = [0.123, 0.456, 0.789];

/// How the paths of a drawing are painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Ink {
    OfText,
    Own(Colour),
    Several,
}

/// Listens to a drawing.
#[derive(Default)]
struct Extent {
    /// Where anything is painted, and where it is not black.
    place: Option<Rect>,
    light: Option<Rect>,
    ink: Option<Ink>,
}

/// Where a letter that is a drawing paints, and with what.
pub(super) fn of_letter(letter: &Type3Glyph<'_>) -> Option<(Rect, Ink)> {
    let [red, green, blue] = OF_TEXT;
    let paint = Paint::Color(Color::from_rgba(AlphaColor::new([red, green, blue, 1.0])));
    let mut extent = Extent::default();
    letter.interpret(&mut extent, Affine::IDENTITY, Affine::IDENTITY, &paint);
    Some((extent.place?, extent.ink.unwrap_or(Ink::Several)))
}

/// The part of the page that a mask may show.
pub(super) fn of_mask(mask: &SoftMask<'_>) -> Option<Rect> {
    let back = mask.background_color().to_rgba().components();
    let is_lit = mask.mask_type() == MaskType::Luminosity && back.iter().take(3).any(|c| *c > DARK);
    if is_lit || mask.transfer_function().is_some() {
        return Some(EVERYWHERE);
    }
    let mut extent = Extent::default();
    mask.interpret(&mut extent);
    match mask.mask_type() {
        MaskType::Luminosity => extent.light,
        MaskType::Alpha => extent.place,
    }
}

fn add(place: &mut Option<Rect>, more: Rect) {
    *place = Some(place.map_or(more, |place| place.union(more)));
}

impl Extent {
    fn paint(&mut self, place: Rect, paint: Option<&Paint<'_>>) {
        let found = paint.and_then(colour);
        if matches!(found, Some((_, alpha)) if alpha <= 0.0) {
            return;
        }
        add(&mut self.place, place);
        if found.is_none_or(|(colour, _)| colour.iter().any(|part| *part > DARK)) {
            add(&mut self.light, place);
        }
        let ink = match found {
            Some((colour, _)) if is_near(colour, OF_TEXT) => Ink::OfText,
            Some((colour, _)) => Ink::Own(colour),
            None => Ink::Several,
        };
        self.ink = Some(match self.ink {
            Some(other) if other != ink => Ink::Several,
            _ => ink,
        });
    }
}

impl<'a> Device<'a> for Extent {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let width = match mode {
            DrawMode::Stroke(stroke) => f64::from(stroke.line_width) / 2.0,
            _ => 0.0,
        };
        let place = path.bounding_box().inflate(width, width);
        self.paint(props.transform.transform_rect_bbox(place), Some(&props.paint));
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let place = props.transform.transform_rect_bbox(size);
        match image {
            // It has the colour of the text.
            Image::Stencil(_) => {
                let ink = self.ink.replace(Ink::OfText).filter(|ink| *ink != Ink::OfText);
                self.ink = ink.map(|_| Ink::Several).or(self.ink);
                add(&mut self.place, place);
                add(&mut self.light, place);
            }
            Image::Raster(_) => self.paint(place, None),
        }
    }

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.paint(EVERYWHERE, Some(&props.paint));
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
