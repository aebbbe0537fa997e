//! Rectangles on a page.

use hayro::kurbo::{BezPath, PathEl, PathSeg, Point, Rect, Vec2};

/// Points by which a rectangle may be missed.
const SLACK: f64 = 0.5;
/// More corners than a box has, however it is drawn.
const CORNERS: usize = 64;

/// The part that two rectangles share, if there is any.
pub(super) fn shared(one: Rect, other: Rect) -> Option<Rect> {
    let both = one.intersect(other);
    (both.width() > 0.0 && both.height() > 0.0).then_some(both)
}

/// The rectangles that a path is made of. Any other part of it is left out.
pub(super) fn rectangles(path: &BezPath) -> Vec<Rect> {
    let mut found = Vec::new();
    let mut points: Vec<Point> = Vec::new();
    let mut straight = true;
    for element in path.elements() {
        match element {
            PathEl::MoveTo(point) => {
                found.extend(rectangle(&points, straight));
                points = vec![*point];
                straight = true;
            }
            PathEl::LineTo(point) => points.push(*point),
            PathEl::ClosePath => {}
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => straight = false,
        }
        if points.len() > CORNERS {
            straight = false;
            points.truncate(1);
        }
    }
    found.extend(rectangle(&points, straight));
    found
}

/// Corners whose area is that of their bounds; of four corners that are slightly turned,
/// the rectangle inside of them.
fn rectangle(points: &[Point], straight: bool) -> Option<Rect> {
    let (first, second) = (points.first()?, points.get(1)?);
    if !straight || points.len() < 4 {
        return None;
    }
    let mut bounds = Rect::from_points(*first, *second);
    let mut twice_area = 0.0;
    let next = points.iter().skip(1).chain([first]);
    for (point, next) in points.iter().zip(next) {
        bounds = bounds.union_pt(*point);
        twice_area += point.x * next.y - next.x * point.y;
    }
    let filled = twice_area.abs() / 2.0;
    if (filled - bounds.area()).abs() <= SLACK * (bounds.width() + bounds.height()) {
        return Some(bounds);
    }
    let corners = if points.last() == Some(first) { points.get(1..)? } else { points };
    if corners.len() != 4 {
        return None;
    }
    let middle = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        Some((*values.get(1)?, *values.get(2)?))
    };
    let (left, right) = middle(corners.iter().map(|point| point.x).collect())?;
    let (top, bottom) = middle(corners.iter().map(|point| point.y).collect())?;
    let inside = Rect::new(left, top, right, bottom);
    (inside.area() > 0.0 && inside.area() <= filled).then_some(inside)
}

/// A rectangle that two of them, side by side, are together.
pub(super) fn joined(one: Rect, other: Rect) -> Option<Rect> {
    let both = one.union(other);
    let gap = both.area() - one.area() - other.area();
    (gap.abs() <= SLACK * both.width().min(both.height())).then_some(both)
}

/// What the straight parts of a line paint, each for itself.
pub(super) fn lines(path: &BezPath, width: f64) -> Vec<BezPath> {
    let segments = path.segments().take(CORNERS).filter_map(|segment| match segment {
        PathSeg::Line(line) => Some(line),
        _ => None,
    });
    let thick = segments.filter_map(|line| {
        let along = line.p1 - line.p0;
        let length = along.hypot();
        let across = Vec2::new(-along.y, along.x) * (width / 2.0 / length);
        let mut path = BezPath::new();
        path.move_to(line.p0 + across);
        path.line_to(line.p1 + across);
        path.line_to(line.p1 - across);
        path.line_to(line.p0 - across);
        path.close_path();
        (length > 0.0).then_some(path)
    });
    thick.collect()
}

#[cfg(test)]
mod tests {
    use hayro::kurbo::Shape;

    use super::*;

    #[test]
    fn a_path_of_rectangles_is_taken_apart_and_other_shapes_are_none() {
        let (one, two) = (Rect::new(0.0, 0.0, 9.0, 5.0), Rect::new(20.0, 20.0, 29.0, 25.0));
        let mut path = one.to_path(0.1);
        path.extend(two.to_path(0.1));
        assert_eq!(rectangles(&path), [one, two]);
        let triangle = BezPath::from_svg("M0 0 L90 0 L90 90 Z").unwrap();
        let circle = hayro::kurbo::Circle::new((50.0, 50.0), 40.0).to_path(0.1);
        let slanted = BezPath::from_svg("M50 0 L100 50 L50 100 L0 50 Z").unwrap();
        for path in [triangle, circle, slanted, BezPath::new()] {
            assert!(rectangles(&path).is_empty());
        }
    }

    #[test]
    fn a_box_with_more_corners_or_slightly_turned_is_one() {
        let more = BezPath::from_svg("M0 0 L40 0 L90 0 L90 30 L50 30 L0 30 Z").unwrap();
        assert_eq!(rectangles(&more), [Rect::new(0.0, 0.0, 90.0, 30.0)]);
        let turned = BezPath::from_svg("M1 0 L91 2 L90 32 L0 30 Z").unwrap();
        assert_eq!(rectangles(&turned), [Rect::new(1.0, 2.0, 90.0, 30.0)]);
        let crossed = BezPath::from_svg("M0 0 L90 30 L90 0 L0 30 Z").unwrap();
        assert!(rectangles(&crossed).is_empty());
    }

    #[test]
    fn strips_side_by_side_are_one_box() {
        let one = Rect::new(0.0, 0.0, 3.0, 30.0);
        assert_eq!(
            joined(one, Rect::new(3.0, 0.0, 6.0, 30.0)),
            Some(Rect::new(0.0, 0.0, 6.0, 30.0))
        );
        for other in [Rect::new(5.0, 0.0, 8.0, 30.0), Rect::new(3.0, 0.0, 6.0, 15.0)] {
            assert_eq!(joined(one, other), None);
        }
    }

    #[test]
    fn a_thick_line_paints_a_box() {
        let path = BezPath::from_svg("M10 50 L90 50").unwrap();
        let [line] = lines(&path, 12.0).try_into().unwrap();
        assert_eq!(rectangles(&line), [Rect::new(10.0, 44.0, 90.0, 56.0)]);
        assert!(lines(&BezPath::from_svg("M10 50 L10 50").unwrap(), 12.0).is_empty());
    }
}
