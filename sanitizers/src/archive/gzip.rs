//! What gzip packed (RFC 1952).

use std::io::Read;

use flate2::bufread::GzDecoder;

use super::{RATIO, SMALL};
use crate::refusal::{Damage, Limit};
use crate::{Category, Limits, Notes, Refusal};

/// Whether bytes begin like a member of gzip.
pub(super) fn is_packed(file: &[u8]) -> bool {
    file.starts_with(&[0x1F, 0x8B])
}

/// Unpacks all members, as gzip does, and counts what their headers tell.
pub(super) fn unpack(file: &[u8], limits: &Limits, notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let damaged = Refusal::Damaged(Damage::Length);
    let mut unpacked = Vec::new();
    let most = limits.inflated_total.saturating_add(1);
    let mut rest = file;
    loop {
        let mut reader = GzDecoder::new(rest);
        if let Some(header) = reader.header().filter(|_| unpacked.is_empty()) {
            let told = [
                (Category::Dates, header.mtime() != 0),
                (Category::Descriptions, header.filename().is_some()),
                (Category::Comments, header.comment().is_some()),
                (Category::Other, header.extra().is_some()),
            ];
            told.iter().filter(|(_, is_told)| *is_told).for_each(|&(what, _)| notes.found(what));
        }
        let room = most - unpacked.len() as u64;
        (&mut reader).take(room).read_to_end(&mut unpacked).map_err(|_| damaged)?;
        let length = unpacked.len() as u64;
        if length >= most || (length > SMALL && length / RATIO > file.len() as u64) {
            return Err(Refusal::Limit(Limit::Inflated));
        }
        rest = reader.into_inner();
        // Tapes and disks are filled up with zeros, which gzip passes over.
        if rest.iter().all(|&byte| byte == 0) {
            notes.found_many(Category::StrayBytes, u32::from(!rest.is_empty()));
            break;
        }
        if !is_packed(rest) {
            return Err(damaged);
        }
    }
    notes.found(Category::Software);
    Ok(unpacked)
}
