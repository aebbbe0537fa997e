//! Shapes of annotations that only a viewer draws, over everything else on a page.

use hayro::hayro_interpret::FillRule;
use hayro::hayro_syntax::object::{Array, Dict, Name};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, BezPath, Point, Rect};

use super::ground::{Area, Colour};
use super::places::lines;
use super::walk::THICK;

/// A marker pen as dark as this leaves nothing to read.
const DARK: f32 = 0.3;

/// What they cover. Their own looks are drawn with the page.
pub(super) fn covers(page: &Page<'_>, transform: Affine) -> Vec<Area> {
    let annotations = page.raw().get::<Array<'_>>(b"Annots".as_slice());
    let annotations = annotations.into_iter().flat_map(|list| list.iter::<Dict<'_>>());
    let bare = annotations.filter(|annotation| !annotation.contains_key(b"AP".as_slice()));
    bare.flat_map(|annotation| of(&annotation, transform)).collect()
}

fn numbers(dict: &Dict<'_>, key: &str) -> Vec<f32> {
    dict.get::<Array<'_>>(key).map(|list| list.iter::<f32>().collect()).unwrap_or_default()
}

fn of(annotation: &Dict<'_>, transform: Affine) -> Vec<Area> {
    let kind = annotation.get::<Name<'_>>(b"Subtype".as_slice());
    let kind = kind.as_deref().unwrap_or_default();
    let opaque = annotation.get::<f32>(b"CA".as_slice()).is_none_or(|opacity| opacity >= 1.0);
    let colour = numbers(annotation, "C");
    let covered = match kind {
        b"Highlight" if !colour.is_empty() && colour.iter().all(|part| *part <= DARK) => {
            numbers(annotation, "QuadPoints").chunks_exact(8).filter_map(bounds).collect()
        }
        b"Square" | b"Circle" | b"Polygon" if opaque && !numbers(annotation, "IC").is_empty() => {
            bounds(&numbers(annotation, "Rect")).into_iter().collect()
        }
        b"Line" | b"PolyLine" | b"Polygon" | b"Square" | b"Ink" if opaque => {
            return strokes(annotation, kind, transform);
        }
        _ => Vec::new(),
    };
    // Of which colour makes no difference.
    let area = |place: Rect| Area::rectangle(transform.transform_rect_bbox(place), Some(BLACK));
    covered.into_iter().map(area).collect()
}

const BLACK: Colour = [0.0; 3];

fn strokes(annotation: &Dict<'_>, kind: &[u8], transform: Affine) -> Vec<Area> {
    let style = annotation.get::<Dict<'_>>(b"BS".as_slice());
    let width = style.and_then(|style| style.get::<f32>(b"W".as_slice()));
    let width = width.or_else(|| numbers(annotation, "Border").get(2).copied()).unwrap_or(1.0);
    if width < THICK {
        return Vec::new();
    }
    let paths: Vec<Vec<f32>> = match kind {
        b"Line" => vec![numbers(annotation, "L")],
        b"Ink" => annotation
            .get::<Array<'_>>(b"InkList".as_slice())
            .into_iter()
            .flat_map(|list| list.iter::<Array<'_>>())
            .map(|line| line.iter::<f32>().collect())
            .collect(),
        _ => vec![numbers(annotation, "Vertices")],
    };
    let areas = paths.iter().flat_map(|points| lines(&path(points), f64::from(width)));
    areas.map(|line| Area::shape(&(transform * line), FillRule::NonZero, Some(BLACK))).collect()
}

fn path(points: &[f32]) -> BezPath {
    let mut path = BezPath::new();
    for (index, point) in points.chunks_exact(2).enumerate() {
        let [x, y] = point else { continue };
        let point = (f64::from(*x), f64::from(*y));
        if index == 0 {
            path.move_to(point);
        } else {
            path.line_to(point);
        }
    }
    path
}

fn bounds(corners: &[f32]) -> Option<Rect> {
    let points = corners.chunks_exact(2).filter_map(|point| match point {
        [x, y] => Some(Point::new(f64::from(*x), f64::from(*y))),
        _ => None,
    });
    let places = points.map(|point| Rect::from_points(point, point));
    places.reduce(|all, point| all.union(point))
}
