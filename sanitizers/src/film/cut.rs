//! How much of a coded picture lies outside of what is shown.
//!
//! Sets of parameters say how large the coded picture is, and how many rows and columns of
//! it are cut off. A lossless crop works like this: what was cut off is still coded. Sizes
//! are rounded up to the blocks of a coding, so a few rows are nearly always there.

use super::parameters;
use crate::heif::hevc_sizes;
use crate::refusal::Damage;
use crate::{Notes, Refusal, Warning};

/// Rows or columns that no rounding explains.
const MANY: u32 = 64;

/// Refuses a set of H.264 that does not end where it should, and warns of one that cuts off
/// more than rounding explains.
pub(super) fn avc(set: &[u8], notes: &mut Notes) -> Result<(), Refusal> {
    let cut = parameters::read(set).map_err(|_| Refusal::Damaged(Damage::Length))?;
    warn(cut, notes);
    Ok(())
}

/// Warns of a set of H.265 that cuts off more than rounding explains. With one that cannot
/// be read no decoder shows anything.
pub(super) fn hevc(set: &[u8], notes: &mut Notes) {
    if let Ok((coded, shown)) = hevc_sizes(set) {
        warn([coded.0.saturating_sub(shown.0), coded.1.saturating_sub(shown.1)], notes);
    }
}

fn warn([columns, rows]: [u32; 2], notes: &mut Notes) {
    if columns >= MANY || rows >= MANY {
        notes.warn(Warning::CroppedArea);
    }
}
