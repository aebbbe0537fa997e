//! Rectangles on a page.

use hayro::kurbo::{BezPath, PathEl, Point, Rect};

/// Points by which a rectangle may be missed.
const SLACK: f64 = 0.5;

/// The part that two rectangles share, if there is any.
pub(super) fn shared(one: Rect, other: Rect) -> Option<Rect> {
    let both = one.intersect(other);
    (both.width() > 0.0 && both.height() > 0.0).then_some(both)
}

/// Whether most of `thing` lies in `cover`.
pub(super) fn is_under(thing: Rect, cover: Rect) -> bool {
    const MOST: f64 = 0.7;
    shared(thing, cover).is_some_and(|both| both.area() >= MOST * thing.area())
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
        // No corner of a rectangle is its sixth.
        if points.len() > 5 {
            straight = false;
            points.truncate(1);
        }
    }
    found.extend(rectangle(&points, straight));
    found
}

/// Four corners, the first perhaps once more at the end, whose area is that of their bounds.
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
    ((filled - bounds.area()).abs() <= SLACK * (bounds.width() + bounds.height())).then_some(bounds)
}

/// The rectangle that a straight line across or down the page paints.
pub(super) fn line(path: &BezPath, width: f64) -> Option<Rect> {
    let [PathEl::MoveTo(from), PathEl::LineTo(to), rest @ ..] = path.elements() else {
        return None;
    };
    let straight = (from.x - to.x).abs() <= SLACK || (from.y - to.y).abs() <= SLACK;
    let closed = rest.iter().all(|element| matches!(element, PathEl::ClosePath));
    let half = width / 2.0;
    (straight && closed).then(|| {
        let bounds = Rect::from_points(*from, *to);
        if bounds.width() > bounds.height() {
            bounds.inflate(0.0, half)
        } else {
            bounds.inflate(half, 0.0)
        }
    })
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
    fn a_thick_line_paints_a_rectangle() {
        let path = BezPath::from_svg("M10 50 L90 50").unwrap();
        assert_eq!(line(&path, 12.0), Some(Rect::new(10.0, 44.0, 90.0, 56.0)));
        assert_eq!(line(&BezPath::from_svg("M10 50 L90 90").unwrap(), 12.0), None);
    }

    #[test]
    fn what_lies_half_beside_a_box_is_not_under_it() {
        let letter = Rect::new(0.0, 0.0, 10.0, 10.0);
        assert!(is_under(letter, Rect::new(-1.0, -1.0, 8.0, 11.0)));
        assert!(!is_under(letter, Rect::new(-1.0, -1.0, 5.0, 11.0)));
    }
}
