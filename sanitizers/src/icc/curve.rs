//! Tone curves (`curveType`, `parametricCurveType`).

use super::{be16, fixed, index};

/// More points than any 16-bit table needs.
const MAX_POINTS: usize = 65_536;
/// How finely two curves are compared.
pub(super) const STEPS: u32 = 64;

/// A tone curve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Curve {
    /// Sampled points; none is the identity, one is a gamma with eight fraction bits.
    Points(Vec<u16>),
    /// One of the five formulas, with its parameters.
    Formula(u16, Vec<i32>),
}

impl Curve {
    /// Reads a curve and says how many bytes it took.
    pub(super) fn parse(body: &[u8]) -> Option<(Curve, usize)> {
        match body.get(..4)? {
            b"curv" => {
                let count = index(body, 8).filter(|&count| count <= MAX_POINTS)?;
                let points = body.get(12..12 + 2 * count)?;
                let points = points.chunks_exact(2).filter_map(|pair| be16(pair, 0)).collect();
                Some((Curve::Points(points), 12 + 2 * count))
            }
            b"para" => {
                let formula = be16(body, 8)?;
                let count = parameters(formula)?;
                let values = (0..count).map(|i| fixed(body, 12 + 4 * i)).collect::<Option<_>>()?;
                Some((Curve::Formula(formula, values), 12 + 4 * count))
            }
            _ => None,
        }
    }

    /// Writes the curve as a tag body.
    pub(super) fn write(&self) -> Vec<u8> {
        match self {
            Curve::Points(points) => {
                let count = u32::try_from(points.len()).unwrap_or_default();
                let mut body = b"curv\0\0\0\0".to_vec();
                body.extend(count.to_be_bytes());
                body.extend(points.iter().flat_map(|point| point.to_be_bytes()));
                body
            }
            Curve::Formula(formula, values) => {
                let mut body = b"para\0\0\0\0".to_vec();
                body.extend(formula.to_be_bytes());
                body.extend([0; 2]);
                body.extend(values.iter().flat_map(|value| value.to_be_bytes()));
                body
            }
        }
    }

    /// The value at `step` of [`STEPS`] on the way from black to white.
    pub(super) fn at(&self, step: u32) -> Option<f64> {
        let x = f64::from(step) / f64::from(STEPS);
        match self {
            Curve::Points(points) => between(points, step),
            Curve::Formula(formula, values) => {
                let part =
                    |i: usize| values.get(i).map_or(0.0, |&value| f64::from(value) / 65_536.0);
                let base = part(1) * x + part(2);
                let power = base.max(0.0).powf(part(0));
                Some(match formula {
                    0 => x.powf(part(0)),
                    1 if base >= 0.0 => power,
                    1 => 0.0,
                    2 if base >= 0.0 => power + part(3),
                    2 => part(3),
                    _ if x >= part(4) => power + part(5),
                    _ => part(3) * x + part(6),
                })
            }
        }
    }
}

fn parameters(formula: u16) -> Option<usize> {
    [1, 3, 4, 5, 7].get(usize::from(formula)).copied()
}

fn between(points: &[u16], step: u32) -> Option<f64> {
    let last = match points {
        [] => return Some(f64::from(step) / f64::from(STEPS)),
        [gamma] => {
            let x = f64::from(step) / f64::from(STEPS);
            return Some(x.powf(f64::from(*gamma) / 256.0));
        }
        _ => u32::try_from(points.len() - 1).ok()?,
    };
    let place = step * last;
    let at = usize::try_from(place / STEPS).ok()?;
    let low = f64::from(*points.get(at)?);
    let high = f64::from(*points.get(at + 1).unwrap_or(points.get(at)?));
    Some((low + (high - low) * f64::from(place % STEPS) / f64::from(STEPS)) / 65_535.0)
}
