//! Numbers in the records of a ZIP: little-endian, one behind the other.

use std::io::{Read, SeekFrom};

use crate::{ReadSeek, Refusal};

/// Fields of one record, taken from the front.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(super) fn new(rest: &'a [u8]) -> Self {
        Fields { rest }
    }

    pub(super) fn is_empty(self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn bytes(&mut self, count: usize) -> Result<&'a [u8], Refusal> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Refusal::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        self.bytes(N)?.try_into().map_err(|_| Refusal::Internal)
    }

    pub(super) fn two(&mut self) -> Result<u16, Refusal> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn four(&mut self) -> Result<u32, Refusal> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn eight(&mut self) -> Result<u64, Refusal> {
        self.array().map(u64::from_le_bytes)
    }
}

/// Reads exactly so many bytes at a place.
pub(super) fn read_at(
    source: &mut dyn ReadSeek,
    at: u64,
    length: usize,
) -> Result<Vec<u8>, Refusal> {
    source.seek(SeekFrom::Start(at)).map_err(|_| Refusal::Internal)?;
    let mut bytes = Vec::new();
    source.take(length as u64).read_to_end(&mut bytes).map_err(|_| Refusal::Internal)?;
    if bytes.len() == length { Ok(bytes) } else { Err(Refusal::Truncated) }
}

/// One extra field: its number and its content.
pub(super) type Extra<'a> = (u16, &'a [u8]);

/// Splits extra fields; some programs fill up with zeros behind the last one.
pub(super) fn extras(bytes: &[u8]) -> (Vec<Extra<'_>>, bool) {
    let mut all = Vec::new();
    let mut fields = Fields::new(bytes);
    while !fields.is_empty() {
        let before = fields;
        let one = fields.two().and_then(|number| {
            let length = fields.two()?;
            Ok((number, fields.bytes(usize::from(length))?))
        });
        match one {
            Ok(one) => all.push(one),
            // What does not split is counted as stray by the caller.
            Err(_) => return (all, !before.is_empty()),
        }
    }
    (all, false)
}
