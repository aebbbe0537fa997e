//! Says whether a clean Matroska film has the pictures and sound of the original and nothing
//! else.
//!
//! The original is read here once more, by other code, as one row of elements: what a cluster
//! holds follows its head, whether it says how long it is or not. For each frame it follows
//! what must stand in the copy, byte for byte, and the copy is compared on the way. In the
//! end the same is done with all that stands in front, when it is known how long the film
//! is and where one can begin.

mod frames;
mod front;
mod settings;
mod tracks;
mod tree;

use super::film::lens::Lens;
use crate::copy::Copy;
use crate::{Limits, ReadSeek, Refusal};

/// Accepts `copy`, or says that it must not leave.
pub(super) fn verify(
    original: &mut dyn ReadSeek,
    copy: &Copy,
    limits: &Limits,
) -> Result<(), Refusal> {
    let length = crate::length(original)?;
    let lens = &mut Lens::new(original, length, copy);
    is_clean(copy, lens, limits).ok_or(Refusal::Verification)
}

fn is_clean(copy: &Copy, lens: &mut Lens, limits: &Limits) -> Option<()> {
    let film = front::film(lens)?;
    if copy.kind() != film.kind() {
        return None;
    }
    let start = front::end(lens)?;
    let walk = frames::walk(&film, start, lens, limits)?;
    front::is_front(&film, &walk, start, lens)
}

#[cfg(test)]
mod tests;
