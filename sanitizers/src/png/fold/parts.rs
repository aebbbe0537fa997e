//! Compressed data in pieces of the size of a chunk.
//!
//! They become chunks one after the other, each freed when it is written: a large
//! picture is not in memory once as data and once more as a file.

/// Bytes of compressed data in one chunk. Readers built on libpng refuse animation
/// data in chunks of more than 8 MB.
pub(in crate::png) const PART: usize = 1 << 20;

/// Pieces, all but the last of the full size.
pub(in crate::png) struct Parts(Vec<Vec<u8>>);

impl Parts {
    pub(super) fn new() -> Self {
        Parts(Vec::new())
    }

    pub(super) fn extend(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            if self.0.last().is_none_or(|last| last.len() == PART) {
                self.0.push(Vec::with_capacity(PART));
            }
            let Some(last) = self.0.last_mut() else { return };
            let (now, later) = bytes.split_at(bytes.len().min(PART - last.len()));
            last.extend(now);
            bytes = later;
        }
    }

    /// Bytes of all pieces.
    pub(in crate::png) fn size(&self) -> u64 {
        self.0.iter().map(|part| part.len() as u64).sum()
    }
}

impl IntoIterator for Parts {
    type Item = Vec<u8>;
    type IntoIter = std::vec::IntoIter<Vec<u8>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
