//! A film through a small window: no more of it is in memory than is looked at.

use std::io::SeekFrom;

use crate::{ReadSeek, Refusal};

/// How much is read at once.
const WIDTH: usize = 64 << 10;

/// Bytes of a source, from any place.
pub(crate) struct Window<'a> {
    source: &'a mut dyn ReadSeek,
    length: u64,
    /// Where the bytes in memory begin.
    start: u64,
    bytes: Vec<u8>,
}

impl<'a> Window<'a> {
    pub(crate) fn new(source: &'a mut dyn ReadSeek) -> Result<Window<'a>, Refusal> {
        let length = crate::length(source)?;
        Ok(Window { source, length, start: 0, bytes: Vec::new() })
    }

    /// Bytes of the source.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// So many bytes from this place. How many is for the caller to check against a limit.
    pub(crate) fn bytes(&mut self, at: u64, count: usize) -> Result<&[u8], Refusal> {
        let end = at.checked_add(count as u64).ok_or(Refusal::Truncated)?;
        if end > self.length {
            return Err(Refusal::Truncated);
        }
        if at < self.start || end > self.start.saturating_add(self.bytes.len() as u64) {
            self.fill(at, count)?;
        }
        let from = usize::try_from(at.saturating_sub(self.start)).map_err(|_| Refusal::Internal)?;
        let bytes = self.bytes.get(from..).and_then(|bytes| bytes.get(..count));
        bytes.ok_or(Refusal::Internal)
    }

    /// A few bytes from this place.
    pub(crate) fn array<const N: usize>(&mut self, at: u64) -> Result<[u8; N], Refusal> {
        self.bytes(at, N)?.try_into().map_err(|_| Refusal::Internal)
    }

    fn fill(&mut self, at: u64, count: usize) -> Result<(), Refusal> {
        let left = usize::try_from(self.length.saturating_sub(at)).unwrap_or(usize::MAX);
        self.bytes.resize(count.max(WIDTH).min(left), 0);
        self.source.seek(SeekFrom::Start(at)).map_err(|_| Refusal::Internal)?;
        self.source.read_exact(&mut self.bytes).map_err(|_| Refusal::Internal)?;
        // What a single large part needed is not kept for the rest of the film.
        if count <= WIDTH {
            self.bytes.shrink_to(2 * WIDTH);
        }
        self.start = at;
        Ok(())
    }
}
