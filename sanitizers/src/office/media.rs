//! Pictures inside of a document.

use crate::{Category, Change, Kind, Limits, Notes, Refusal, inside};

/// A grey picture of one pixel, which stands where one cannot be shown.
pub(super) const PLACEHOLDER: &[u8] = include_bytes!("placeholder.png");

/// Cleans a picture; what no program shows, or is in a format that nobody here can clean,
/// gives way to a grey one, and that is said.
pub(super) fn picture(
    bytes: &[u8],
    allowed: &[Kind],
    limits: &Limits,
    notes: &mut Notes,
) -> Result<(Kind, Vec<u8>), Refusal> {
    if let Some(clean) = inside::picture(bytes, allowed, limits, notes)? {
        return Ok(clean);
    }
    notes.found(Category::Other);
    notes.changed(Change::PartsRemoved);
    Ok((Kind::Png, PLACEHOLDER.to_vec()))
}
