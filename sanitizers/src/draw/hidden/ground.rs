//! What was painted so far, and what a letter stands on.

use hayro::hayro_interpret::{FillRule, Paint};
use hayro::kurbo::{BezPath, Point, Rect, Shape};

use super::places::shared;

/// Red, green and blue.
pub(super) type Colour = [f32; 3];

pub(super) const PAPER: Colour = [1.0; 3];
/// By how much two colours may differ and still be one to the eye.
const NEAR: f32 = 0.04;
/// Part of a letter that counts for the whole, and one that counts for nothing.
const MOST: f64 = 0.7;
const LITTLE: f64 = 0.3;
/// Corners of one shape, and of all shapes of a page, that are remembered.
const CORNERS: usize = 64;
const ALL_CORNERS: usize = 200_000;

pub(super) fn is_near(one: Colour, other: Colour) -> bool {
    one.iter().zip(other).all(|(one, other)| (one - other).abs() <= NEAR)
}

/// The colour of a paint, and how much of it is seen.
pub(super) fn colour(paint: &Paint<'_>) -> Option<(Colour, f32)> {
    match paint {
        Paint::Color(colour) => {
            let [red, green, blue, alpha] = colour.to_rgba().components();
            Some(([red, green, blue], alpha))
        }
        Paint::Pattern(_) => None,
    }
}

/// A part of the page that something was painted on.
pub(super) struct Area {
    pub(super) bounds: Rect,
    /// Only this part of the rectangle.
    shape: Option<(BezPath, FillRule)>,
    /// Where one opaque colour is all there is.
    colour: Option<Colour>,
}

impl Area {
    pub(super) fn rectangle(bounds: Rect, colour: Option<Colour>) -> Area {
        Area { bounds, shape: None, colour }
    }

    pub(super) fn shape(path: &BezPath, rule: FillRule, colour: Option<Colour>) -> Area {
        let bounds = path.bounding_box();
        if path.elements().len() > CORNERS {
            return Area::rectangle(bounds, None);
        }
        Area { bounds, shape: Some((path.clone(), rule)), colour }
    }

    /// How much of a letter lies in it.
    fn part(&self, letter: Rect) -> f64 {
        let Some(both) = shared(letter, self.bounds) else { return 0.0 };
        let part = both.area() / letter.area();
        match &self.shape {
            Some((path, rule)) if part >= LITTLE => {
                let inside = grid(letter).filter(|point| match rule {
                    FillRule::NonZero => path.winding(*point) != 0,
                    FillRule::EvenOdd => path.winding(*point) % 2 != 0,
                });
                f64::from(u32::try_from(inside.count()).unwrap_or_default()) / 9.0
            }
            _ => part,
        }
    }

    /// Whether most of a letter lies in it.
    pub(super) fn holds(&self, letter: Rect) -> bool {
        self.part(letter) >= MOST
    }

    /// Whether it is sure that all of the rectangle is painted.
    pub(super) fn is_known(&self) -> bool {
        self.colour.is_some()
    }
}

/// Nine points in a rectangle, none of them at its edge.
fn grid(place: Rect) -> impl Iterator<Item = Point> {
    let steps = [0.2, 0.5, 0.8];
    let at = move |x: f64, y: f64| {
        Point::new(place.x0 + place.width() * x, place.y0 + place.height() * y)
    };
    steps.into_iter().flat_map(move |x| steps.into_iter().map(move |y| at(x, y)))
}

/// All that was painted on a page, from the bottom up.
#[derive(Default)]
pub(super) struct Ground {
    areas: Vec<Area>,
    corners: usize,
}

impl Ground {
    pub(super) fn len(&self) -> usize {
        self.areas.len()
    }

    pub(super) fn paint(&mut self, mut area: Area) {
        if let Some((path, _)) = &area.shape {
            self.corners += path.elements().len();
            if self.corners > ALL_CORNERS {
                area = Area::rectangle(area.bounds, None);
            }
        }
        self.areas.push(area);
    }

    /// The colour below a letter, if it is one.
    pub(super) fn below(&self, letter: Rect) -> Option<Colour> {
        let mut other = 0.0;
        for area in self.areas.iter().rev() {
            let part = area.part(letter);
            if part >= MOST {
                return area.colour;
            }
            other += part;
            if other >= LITTLE {
                return None;
            }
        }
        Some(PAPER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: Rect = Rect::new(0.0, 0.0, 10.0, 10.0);

    #[test]
    fn what_lies_half_beside_a_box_is_not_under_it() {
        let holds = |place| Area::rectangle(place, None).holds(LETTER);
        assert!(holds(Rect::new(-1.0, -1.0, 8.0, 11.0)));
        assert!(!holds(Rect::new(-1.0, -1.0, 5.0, 11.0)));
        let slanted = BezPath::from_svg("M-9 0 L0 -9 L19 10 L10 19 Z").unwrap();
        assert!(Area::shape(&slanted, FillRule::NonZero, None).holds(LETTER));
        let half = BezPath::from_svg("M0 0 L10 0 L10 10 Z").unwrap();
        assert!(!Area::shape(&half, FillRule::NonZero, None).holds(LETTER));
        let ring = "M-9 -9 L19 -9 L19 19 L-9 19 Z M-1 -1 L11 -1 L11 11 L-1 11 Z";
        let ring = BezPath::from_svg(ring).unwrap();
        assert!(!Area::shape(&ring, FillRule::EvenOdd, None).holds(LETTER));
    }

    #[test]
    fn the_ground_is_what_was_painted_last_there() {
        let mut ground = Ground::default();
        let around = Rect::new(-5.0, -5.0, 15.0, 15.0);
        assert_eq!(ground.below(LETTER), Some(PAPER));
        ground.paint(Area::rectangle(around, Some([0.5; 3])));
        ground.paint(Area::rectangle(Rect::new(0.0, 9.0, 10.0, 11.0), Some([0.0; 3])));
        assert_eq!(ground.below(LETTER), Some([0.5; 3]));
        ground.paint(Area::rectangle(Rect::new(0.0, 0.0, 5.0, 10.0), Some([0.0; 3])));
        assert_eq!(ground.below(LETTER), None);
        ground.paint(Area::rectangle(around, None));
        assert_eq!(ground.below(LETTER), None);
    }
}
