//! `PLTE` and `tRNS`: the colours that are used, and no others.

use super::header::{Colour, Header};
use crate::refusal::Damage;
use crate::{Category, Notes, Refusal};

/// Returns the canonical palette and its transparency.
///
/// Entries that no pixel uses are black, at the end they are left out; a wholly
/// transparent entry has no colour.
pub(super) fn used(
    palette: &[u8],
    alpha: &[u8],
    entries: &[bool; 256],
    notes: &mut Notes,
) -> Result<(Vec<u8>, Vec<u8>), Refusal> {
    let (colours, []) = palette.as_chunks::<3>() else {
        return Err(Refusal::Damaged(Damage::Length));
    };
    if alpha.len() > colours.len() {
        return Err(Refusal::Damaged(Damage::Length));
    }
    let last = entries.iter().rposition(|&used| used).unwrap_or_default();
    // A pixel without a colour: black in one viewer, the next entry in another.
    if last >= colours.len() {
        return Err(Refusal::Damaged(Damage::Value));
    }
    let mut clean = (Vec::new(), Vec::new());
    let mut stray = colours.len() > last + 1;
    let alphas = alpha.iter().copied().chain(std::iter::repeat(u8::MAX));
    for ((&colour, alpha), &used) in colours.iter().zip(alphas).zip(entries).take(last + 1) {
        let alpha = if used { alpha } else { u8::MAX };
        let shown = if used && alpha > 0 { colour } else { [0; 3] };
        stray |= shown != colour;
        clean.0.extend(shown);
        clean.1.push(alpha);
    }
    while clean.1.pop_if(|alpha| *alpha == u8::MAX).is_some() {}
    notes.found_many(Category::StrayBytes, u32::from(stray));
    Ok(clean)
}

/// Checks the number of entries against what a pixel can name.
pub(super) fn check(palette: &[u8], header: &Header) -> Result<(), Refusal> {
    let most = 3 << header.depth.min(8);
    if palette.is_empty() || !palette.len().is_multiple_of(3) || palette.len() > most {
        return Err(Refusal::Damaged(Damage::Length));
    }
    Ok(())
}

/// Returns the one colour that is transparent in a picture without alpha.
///
/// Bits above the depth of a sample mean nothing and are cleared.
pub(super) fn transparent_colour(header: &Header, data: &[u8]) -> Result<Vec<u8>, Refusal> {
    let samples = match header.colour {
        Colour::Grey => 1,
        Colour::Rgb => 3,
        _ => return Err(Refusal::Damaged(Damage::Order)),
    };
    let (values, []) = data.as_chunks::<2>() else {
        return Err(Refusal::Damaged(Damage::Length));
    };
    if values.len() != samples {
        return Err(Refusal::Damaged(Damage::Length));
    }
    let mask = u16::MAX >> (16 - u16::from(header.depth));
    let masked = values.iter().flat_map(|bytes| (u16::from_be_bytes(*bytes) & mask).to_be_bytes());
    Ok(masked.collect())
}
