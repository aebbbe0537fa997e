//! Pictures inside of a document.

use crate::refusal::Limit;
use crate::{Category, Change, Kind, Limits, Notes, Refusal, inside};

/// A grey picture of one pixel, which stands where one cannot be shown.
pub(super) const PLACEHOLDER: &[u8] = include_bytes!("placeholder.png");

/// Cleans a picture; what cannot be cleaned gives way to a grey one, and that is said.
pub(super) fn picture(
    bytes: &[u8],
    allowed: &[Kind],
    limits: &Limits,
    notes: &mut Notes,
) -> Result<(Kind, Vec<u8>), Refusal> {
    match inside::clean(bytes, limits, notes) {
        Ok((kind, clean)) if allowed.contains(&kind) => return Ok((kind, clean)),
        // The document asks for more than a file may.
        Err(Refusal::Limit(Limit::Inflated)) => return Err(Refusal::Limit(Limit::Inflated)),
        Err(Refusal::Internal) => return Err(Refusal::Internal),
        Ok(_) | Err(_) => {}
    }
    notes.found(Category::Other);
    notes.changed(Change::PartsRemoved);
    Ok((Kind::Png, PLACEHOLDER.to_vec()))
}
