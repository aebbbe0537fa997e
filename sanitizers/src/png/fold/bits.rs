//! Bits packed into bytes, the lowest first.

/// Bits on their way into bytes.
pub(super) struct Bits {
    bytes: Vec<u8>,
    /// Bits that do not fill a byte yet, and how many.
    held: u64,
    count: u32,
}

impl Bits {
    pub(super) fn new() -> Self {
        Bits { bytes: Vec::new(), held: 0, count: 0 }
    }

    /// Appends `count` bits, at most 32.
    pub(super) fn put(&mut self, bits: u64, count: u32) {
        self.held |= bits << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push((self.held & 0xFF) as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// Appends groups of four words of at most 12 bits, as bits and count.
    ///
    /// This is the inner loop of every photograph: eight bytes are written each time,
    /// of which the next group overwrites those that were not full.
    pub(super) fn put_all(&mut self, groups: impl ExactSizeIterator<Item = [(u16, u8); 4]>) {
        let mut at = self.bytes.len();
        self.bytes.resize(at + groups.len() * 6 + 16, 0);
        let (mut held, mut count) = (self.held, self.count);
        for group in groups {
            for (bits, length) in group {
                held |= u64::from(bits) << count;
                count += u32::from(length);
            }
            if let Some(place) = self.bytes.get_mut(at..at + 8) {
                place.copy_from_slice(&held.to_le_bytes());
            }
            at += (count / 8) as usize;
            held >>= count & !7;
            count &= 7;
        }
        self.bytes.truncate(at);
        (self.held, self.count) = (held, count);
    }

    /// Whether the last byte is full.
    pub(super) fn is_aligned(&self) -> bool {
        self.count == 0
    }

    /// Fills the last byte with zeros.
    pub(super) fn align(&mut self) {
        self.put(0, self.count.wrapping_neg() % 8);
    }

    /// The whole bytes so far.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }
}
