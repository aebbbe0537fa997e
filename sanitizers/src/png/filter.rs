//! Row filters (PNG, third edition, 9): undone as the file says, chosen anew by one rule.
//!
//! Encoders differ in how they choose a filter for each row, which names them, and
//! one bit or two per row can be hidden in the choice. The rule here looks at the
//! row alone.

use crate::Refusal;
use crate::refusal::Damage;

/// The row as it is.
pub(super) const NONE: u8 = 0;
/// Each byte less that of the pixel to the left.
const SUB: u8 = 1;
/// Each byte less the one above it.
pub(super) const UP: u8 = 2;
const AVERAGE: u8 = 3;
const PAETH: u8 = 4;

/// Undoes `filter`: `row` becomes what it was, given the row above.
pub(super) fn undo(filter: u8, pixel: usize, row: &mut [u8], above: &[u8]) -> Result<(), Refusal> {
    match pixel {
        1 => undo_pixels::<1>(filter, row, above),
        2 => undo_pixels::<2>(filter, row, above),
        3 => undo_pixels::<3>(filter, row, above),
        4 => undo_pixels::<4>(filter, row, above),
        6 => undo_pixels::<6>(filter, row, above),
        8 => undo_pixels::<8>(filter, row, above),
        _ => Err(Refusal::Internal),
    }
}

fn undo_pixels<const N: usize>(filter: u8, row: &mut [u8], above: &[u8]) -> Result<(), Refusal> {
    let pixels = row.as_chunks_mut::<N>().0.iter_mut();
    let pairs = pixels.zip(above.as_chunks::<N>().0);
    let mut left = [0_u8; N];
    match filter {
        NONE => {}
        SUB => {
            for (pixel, _) in pairs {
                left = std::array::from_fn(|i| add(pixel, i, at(&left, i)));
                *pixel = left;
            }
        }
        UP => {
            for (byte, up) in row.iter_mut().zip(above) {
                *byte = byte.wrapping_add(*up);
            }
        }
        AVERAGE => {
            for (pixel, up) in pairs {
                left = std::array::from_fn(|i| add(pixel, i, at(&left, i).midpoint(at(up, i))));
                *pixel = left;
            }
        }
        PAETH => {
            let mut corner = [0_u8; N];
            for (pixel, up) in pairs {
                left = std::array::from_fn(|i| {
                    add(pixel, i, paeth(at(&left, i), at(up, i), at(&corner, i)))
                });
                *pixel = left;
                corner = *up;
            }
        }
        _ => return Err(Refusal::Damaged(Damage::Value)),
    }
    Ok(())
}

fn at<const N: usize>(pixel: &[u8; N], i: usize) -> u8 {
    pixel.get(i).copied().unwrap_or_default()
}

fn add<const N: usize>(pixel: &[u8; N], i: usize, guess: u8) -> u8 {
    at(pixel, i).wrapping_add(guess)
}

/// Of left, up and corner the one nearest to left + up - corner (PNG, 9.4).
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let (to_left, to_up, to_corner) = ((b - c).abs(), (a - c).abs(), (a + b - c - c).abs());
    if to_left <= to_up && to_left <= to_corner {
        left
    } else if to_up <= to_corner {
        up
    } else {
        corner
    }
}

/// The canonical filter of a row of whole bytes.
///
/// Where more bytes repeat the pixel to the left than the one above (text on a
/// screen, drawings) a row compresses best as it is; elsewhere less the row above, or
/// less the pixel to the left where that is much smoother, as in interlaced film.
pub(super) fn choose(pixel: usize, row: &[u8], above: &[u8]) -> u8 {
    const SMOOTHER: usize = 4;
    let later = row.get(pixel..).unwrap_or_default();
    let same_left = same(row, later);
    let same_above = same(row, above);
    if same_left * 2 >= row.len() && same_left > same_above {
        NONE
    } else if roughness(later, row).saturating_mul(SMOOTHER) < roughness(row, above) {
        SUB
    } else {
        UP
    }
}

/// How far bytes are from those of the other row, all together.
fn roughness(row: &[u8], other: &[u8]) -> usize {
    let far = |(a, b): (&u8, &u8)| u16::from(a.wrapping_sub(*b).cast_signed().unsigned_abs());
    let piece =
        |(row, other): (&[u8], &[u8])| usize::from(row.iter().zip(other).map(far).sum::<u16>());
    row.chunks(256).zip(other.chunks(256)).map(piece).sum()
}

/// In how many places both have the same byte.
///
/// Counts of short pieces fit a byte, and the compiler adds many of them at once.
fn same(one: &[u8], other: &[u8]) -> usize {
    let piece = |(one, other): (&[u8], &[u8])| {
        usize::from(one.iter().zip(other).map(|(a, b)| u8::from(a == b)).sum::<u8>())
    };
    one.chunks(192).zip(other.chunks(192)).map(piece).sum()
}

/// Appends the filter byte and the filtered row to `filtered`.
pub(super) fn apply(filter: u8, pixel: usize, row: &[u8], above: &[u8], filtered: &mut Vec<u8>) {
    filtered.push(filter);
    match filter {
        UP => filtered.extend(row.iter().zip(above).map(|(byte, up)| byte.wrapping_sub(*up))),
        SUB => {
            let (first, later) = row.split_at(pixel.min(row.len()));
            filtered.extend(first);
            filtered.extend(later.iter().zip(row).map(|(byte, left)| byte.wrapping_sub(*left)));
        }
        _ => filtered.extend(row),
    }
}
