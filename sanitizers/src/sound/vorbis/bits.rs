//! Bits, the lowest of each byte first (Vorbis I, section 2).

use crate::Refusal;

/// Reads bits from front to back.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    /// The next bit.
    at: usize,
}

impl<'a> Bits<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Bits { bytes, at: 0 }
    }

    /// Reads a number of up to 32 bits.
    pub(super) fn read(&mut self, count: u32) -> Result<u32, Refusal> {
        let from = self.at / 8;
        let near = self.bytes.get(from..).unwrap_or_default().iter().take(5);
        let window = near.rev().fold(0_u64, |window, &byte| window << 8 | u64::from(byte));
        let number = window >> (self.at % 8) & ((1 << count.min(32)) - 1);
        self.skip(count as usize)?;
        u32::try_from(number).map_err(|_| Refusal::Internal)
    }

    /// Reads one bit.
    pub(super) fn flag(&mut self) -> Result<bool, Refusal> {
        self.read(1).map(|bit| bit == 1)
    }

    /// Passes over bits.
    pub(super) fn skip(&mut self, count: usize) -> Result<(), Refusal> {
        let at = self.at.checked_add(count).ok_or(Refusal::Truncated)?;
        if at > self.bytes.len().saturating_mul(8) {
            return Err(Refusal::Truncated);
        }
        self.at = at;
        Ok(())
    }

    /// Whether nothing but noughts that fill the last byte is left.
    pub(super) fn is_at_end(&self) -> bool {
        match self.bytes.get(self.at / 8..).unwrap_or_default() {
            [] => true,
            [last] => !self.at.is_multiple_of(8) && last >> (self.at % 8) == 0,
            _ => false,
        }
    }
}

#[test]
fn numbers_are_read_across_bytes() {
    let mut bits = Bits::new(&[0b1010_1101, 0b0000_0110, 0xFF, 0xFF, 0xFF, 0xFF, 0x07]);
    assert_eq!(bits.read(3), Ok(0b101));
    assert_eq!(bits.read(7), Ok(0b101_0101));
    assert_eq!(bits.read(6), Ok(1));
    assert_eq!(bits.read(32), Ok(u32::MAX));
    assert!(!bits.is_at_end());
    assert_eq!(bits.read(3), Ok(7));
    assert!(bits.is_at_end());
    assert_eq!(bits.read(6), Err(Refusal::Truncated));
}
