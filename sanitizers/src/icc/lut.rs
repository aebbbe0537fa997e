//! Colour tables (`lut8Type`, `lut16Type`, `lutAToBType`, `lutBToAType`).
//!
//! Every length follows from the counts in the head, so that nothing can hide
//! between, before or after the tables.

use super::{be16, curve::Curve, index, pad};

/// Colour has one to four channels on either side here.
const MAX_CHANNELS: u8 = 4;

/// Writes a table anew; `None` if it is not exactly what its head says.
pub(super) fn rewrite(body: &[u8]) -> Option<Vec<u8>> {
    match body.get(..4)? {
        b"mft1" => old(body, 48, 1, 256, 256),
        b"mft2" => {
            let entries = |at| be16(body, at).filter(|n| (2..=4096).contains(n)).map(usize::from);
            old(body, 52, 2, entries(48)?, entries(50)?)
        }
        b"mAB " => new(body, Direction::ToConnection),
        b"mBA " => new(body, Direction::FromConnection),
        _ => None,
    }
}

fn channels(body: &[u8], at: usize) -> Option<u8> {
    body.get(at).copied().filter(|n| (1..=MAX_CHANNELS).contains(n))
}

/// The two older types: head, input curves, grid, output curves, without gaps.
fn old(body: &[u8], head: usize, width: usize, before: usize, after: usize) -> Option<Vec<u8>> {
    let (inputs, outputs) = (channels(body, 8)?, channels(body, 9)?);
    let grid = usize::from(*body.get(10)?).checked_pow(u32::from(inputs))?;
    let values = before * usize::from(inputs)
        + grid.checked_mul(usize::from(outputs))?
        + after * usize::from(outputs);
    let end = values.checked_mul(width)?.checked_add(head)?;
    let mut written = body.get(..end)?.to_vec();
    written.get_mut(4..8)?.fill(0);
    *written.get_mut(11)? = 0;
    Some(written)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    ToConnection,
    FromConnection,
}

/// The two newer types: up to five parts, each found by its offset.
fn new(body: &[u8], direction: Direction) -> Option<Vec<u8>> {
    let (inputs, outputs) = (channels(body, 8)?, channels(body, 9)?);
    let (near, far) = match direction {
        Direction::ToConnection => (outputs, inputs),
        Direction::FromConnection => (inputs, outputs),
    };
    let parts = [
        Part::Curves(near),
        Part::Matrix,
        Part::Curves(near),
        Part::Grid(inputs, outputs),
        Part::Curves(far),
    ];
    let mut written = body.get(..4)?.to_vec();
    written.extend([0, 0, 0, 0, inputs, outputs, 0, 0]);
    let mut data = Vec::new();
    for (number, part) in parts.into_iter().enumerate() {
        let from = index(body, 12 + 4 * number)?;
        if from == 0 {
            written.extend([0; 4]);
            continue;
        }
        written.extend(u32::try_from(32 + data.len()).ok()?.to_be_bytes());
        data.extend(part.rewrite(body.get(from..)?)?);
        pad(&mut data);
    }
    written.extend(data);
    Some(written)
}

enum Part {
    Curves(u8),
    Matrix,
    Grid(u8, u8),
}

impl Part {
    fn rewrite(self, bytes: &[u8]) -> Option<Vec<u8>> {
        match self {
            Part::Curves(count) => curves(bytes, count),
            Part::Matrix => bytes.get(..48).map(<[u8]>::to_vec),
            Part::Grid(inputs, outputs) => grid(bytes, inputs, outputs),
        }
    }
}

fn curves(bytes: &[u8], count: u8) -> Option<Vec<u8>> {
    let mut written = Vec::new();
    let mut rest = bytes;
    for _ in 0..count {
        let (curve, length) = Curve::parse(rest)?;
        written.extend(curve.write());
        pad(&mut written);
        rest = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
    Some(written)
}

fn grid(bytes: &[u8], inputs: u8, outputs: u8) -> Option<Vec<u8>> {
    let points = bytes.get(..usize::from(inputs))?;
    let width = usize::from(*bytes.get(16).filter(|width| (1..=2).contains(*width))?);
    let values = points
        .iter()
        .try_fold(usize::from(outputs), |product, &n| product.checked_mul(usize::from(n)))?;
    let values = bytes.get(20..values.checked_mul(width)?.checked_add(20)?)?;
    let mut written = points.to_vec();
    written.resize(16, 0);
    written.extend([u8::try_from(width).ok()?, 0, 0, 0]);
    written.extend(values);
    Some(written)
}
