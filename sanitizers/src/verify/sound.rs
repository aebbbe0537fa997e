//! What the second readers of sound share: numbers at a place, and the whole original.

use std::io::SeekFrom;

use crate::{Limits, ReadSeek, Refusal};

/// Reads the original as a whole. A source that fails is no verdict.
pub(super) fn whole(original: &mut dyn ReadSeek, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    original.seek(SeekFrom::Start(0)).map_err(|_| Refusal::Internal)?;
    let most = limits.input_bytes.saturating_add(1);
    std::io::Read::read_to_end(&mut std::io::Read::take(original, most), &mut bytes)
        .map_err(|_| Refusal::Internal)?;
    Ok(bytes)
}

/// So many bytes from a place.
pub(super) fn at(bytes: &[u8], place: usize, length: usize) -> Option<&[u8]> {
    bytes.get(place..place.checked_add(length)?)
}

/// A number of two bytes at a place, low byte first.
pub(super) fn le16(bytes: &[u8], place: usize) -> Option<u16> {
    Some(u16::from_le_bytes(at(bytes, place, 2)?.try_into().ok()?))
}

/// A number of four bytes at a place, low byte first.
pub(super) fn le32(bytes: &[u8], place: usize) -> Option<u32> {
    Some(u32::from_le_bytes(at(bytes, place, 4)?.try_into().ok()?))
}

/// A number of two bytes at a place, high byte first.
pub(super) fn be16(bytes: &[u8], place: usize) -> Option<u16> {
    Some(u16::from_be_bytes(at(bytes, place, 2)?.try_into().ok()?))
}

/// A number of four bytes at a place, high byte first.
pub(super) fn be32(bytes: &[u8], place: usize) -> Option<u32> {
    Some(u32::from_be_bytes(at(bytes, place, 4)?.try_into().ok()?))
}
