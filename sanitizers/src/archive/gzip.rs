//! What gzip packed (RFC 1952).

use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::refusal::{Damage, Limit};
use crate::{Category, Limits, Notes, Refusal};

/// Whether bytes begin like a member of gzip.
pub(super) fn is_packed(file: &[u8]) -> bool {
    file.starts_with(&[0x1F, 0x8B])
}

/// Unpacks all members, as gzip does, and counts what their headers tell.
pub(super) fn unpack(file: &[u8], limits: &Limits, notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let mut reader = MultiGzDecoder::new(file);
    if let Some(header) = reader.header() {
        let told = [
            (Category::Dates, header.mtime() != 0),
            (Category::Descriptions, header.filename().is_some()),
            (Category::Comments, header.comment().is_some()),
            (Category::Other, header.extra().is_some()),
        ];
        told.iter().filter(|(_, is_told)| *is_told).for_each(|&(what, _)| notes.found(what));
    }
    notes.found(Category::Software);
    let mut unpacked = Vec::new();
    let most = limits.inflated_total.saturating_add(1);
    (&mut reader)
        .take(most)
        .read_to_end(&mut unpacked)
        .map_err(|_| Refusal::Damaged(Damage::Length))?;
    if unpacked.len() as u64 == most {
        return Err(Refusal::Limit(Limit::Inflated));
    }
    Ok(unpacked)
}
