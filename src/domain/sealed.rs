//! Values of ours under a seal: as JSON, padded, bound to where they belong.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::Failure;
use crate::vault::padding::{MESSAGE_STEPS, pad_large, pad_message, unpad_message};
use crate::vault::{Context, Key, Sealed, Stored};

/// A value of the smallest size is shorter under its seal, and every other one is longer.
pub(super) const SHORT: usize = 2 * MESSAGE_STEPS[0];

/// Seals a value.
pub(super) fn seal(
    key: &Key,
    context: &Context,
    value: &impl Serialize,
) -> Result<Sealed, Failure> {
    seal_padded(key, context, value, pad_message)
}

/// Seals a value in the largest size, whatever it holds.
pub(super) fn seal_large(
    key: &Key,
    context: &Context,
    value: &impl Serialize,
) -> Result<Sealed, Failure> {
    seal_padded(key, context, value, pad_large)
}

fn seal_padded(
    key: &Key,
    context: &Context,
    value: &impl Serialize,
    pad: impl FnOnce(&[u8]) -> Option<Zeroizing<Vec<u8>>>,
) -> Result<Sealed, Failure> {
    let json = serde_json::to_vec(value).map(Zeroizing::new);
    let json = json.map_err(|_| Failure::Broken("a value without JSON"))?;
    let padded = pad(&json).ok_or(Failure::Broken("a value over its limit"))?;
    Ok(Sealed::new(key, context, &padded))
}

/// Opens a value that [`seal`] or [`seal_large`] made.
pub(super) fn open<T: for<'a> Deserialize<'a>>(
    key: &Key,
    context: &Context,
    stored: &Stored,
) -> Result<T, Failure> {
    let padded = stored.open(key, context)?;
    let json = unpad_message(&padded).ok_or(Failure::Broken("a value without its padding"))?;
    serde_json::from_slice(json).map_err(|_| Failure::Broken("sealed JSON of another version"))
}
