//! The second reader: says no unless a clean copy is what it must be.
//!
//! Tools of this kind have reported success and handed back the original. So no
//! byte leaves this crate before another parser than the one that wrote it has
//! walked over it. Nothing in here is shared with the cleaners: a misreading on one
//! side must not be repeated on the other. Where the cleaners ask what to keep,
//! these modules ask what may be there, and everything else is a refusal.

pub(crate) mod icc;
mod jpeg;
mod pdf;
mod png;
mod text;

use crate::{Kind, Limits, ReadSeek, Refusal};

/// Accepts `clean` only if it is in canonical form and shows what `original` shows.
pub(crate) fn verify(
    kind: Kind,
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    match kind {
        Kind::Jpeg => jpeg::verify(original, clean, limits),
        Kind::Png => png::verify(original, clean, limits),
        Kind::Text => text::verify(original, clean, limits),
        Kind::Pdf => pdf::verify(original, clean, limits),
    }
}
