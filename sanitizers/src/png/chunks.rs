//! The chain of chunks: length, name, content, checksum.

use flate2::Crc;

use crate::refusal::{Damage, Limit};
use crate::{Limits, Refusal};

/// The first bytes of every PNG.
pub(super) const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// The four letters that say what a chunk holds.
pub(super) type Name = [u8; 4];

/// One chunk whose checksum was right.
#[derive(Clone, Copy)]
pub(super) struct Chunk<'a> {
    pub(super) name: Name,
    pub(super) data: &'a [u8],
}

impl Chunk<'_> {
    /// A viewer that does not know a critical chunk must not show the picture.
    pub(super) fn is_critical(&self) -> bool {
        self.name.first().is_some_and(u8::is_ascii_uppercase)
    }
}

/// Walks from chunk to chunk.
pub(super) struct Chunks<'a> {
    rest: &'a [u8],
    left: u32,
}

impl<'a> Chunks<'a> {
    /// Starts behind the signature.
    pub(super) fn open(file: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        let rest = file.strip_prefix(&SIGNATURE).ok_or(Refusal::UnknownFormat)?;
        Ok(Chunks { rest, left: limits.segments })
    }

    /// Returns the next chunk.
    ///
    /// A wrong checksum is refused even in a chunk we would drop: one viewer stops
    /// there and another goes on, so that the two show different pictures.
    pub(super) fn next(&mut self) -> Result<Chunk<'a>, Refusal> {
        self.left = self.left.checked_sub(1).ok_or(Refusal::Limit(Limit::Parts))?;
        let length = u32::from_be_bytes(self.take_four()?);
        if length > i32::MAX.unsigned_abs() {
            return Err(Refusal::Damaged(Damage::Length));
        }
        let (name, data) = (self.take_four()?, self.take(length as usize)?);
        if u32::from_be_bytes(self.take_four()?) != checksum(name, data) {
            return Err(Refusal::Damaged(Damage::Length));
        }
        if !name.iter().all(u8::is_ascii_alphabetic) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        Ok(Chunk { name, data })
    }

    /// What was not walked over yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Refusal> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Refusal::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    fn take_four(&mut self) -> Result<[u8; 4], Refusal> {
        self.take(4)?.try_into().map_err(|_| Refusal::Internal)
    }
}

/// Appends a chunk to `file`.
pub(super) fn put(file: &mut Vec<u8>, name: Name, data: &[u8]) -> Result<(), Refusal> {
    let length = u32::try_from(data.len()).map_err(|_| Refusal::Limit(Limit::OutputBytes))?;
    file.extend(length.to_be_bytes());
    file.extend(name);
    file.extend(data);
    file.extend(checksum(name, data).to_be_bytes());
    Ok(())
}

fn checksum(name: Name, data: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(&name);
    crc.update(data);
    crc.sum()
}
