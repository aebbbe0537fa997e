//! Reads numbers of parameter sets, high bit first (Rec. ITU-T H.265, 7.3.1.1 and 9.2; AV1,
//! 4.10).

use crate::Refusal;
use crate::refusal::Damage;

/// Bytes of a parameter set that are looked at; size and depth stand far in front.
const LOOKED_AT: usize = 256;

/// A row of bits, high bit first.
#[derive(Clone)]
pub(crate) struct Bits {
    bytes: Vec<u8>,
    at: usize,
}

impl Bits {
    /// Opens bytes as they are.
    pub(crate) fn of(bytes: &[u8]) -> Bits {
        Bits { bytes: bytes.to_vec(), at: 0 }
    }

    /// Opens a unit, without the bytes that only keep it apart from a start code.
    pub(super) fn of_unit(unit: &[u8]) -> Bits {
        let mut bytes = Vec::with_capacity(LOOKED_AT);
        let mut zeros = 0;
        for &byte in unit.iter().take(LOOKED_AT) {
            if zeros >= 2 && byte == 3 {
                zeros = 0;
                continue;
            }
            zeros = if byte == 0 { zeros + 1 } else { 0 };
            bytes.push(byte);
        }
        Bits { bytes, at: 0 }
    }

    /// Bytes from this one on, whatever was read.
    pub(super) fn bytes(&self, from: usize, count: usize) -> Result<&[u8], Refusal> {
        self.bytes.get(from..from.saturating_add(count)).ok_or(Refusal::Truncated)
    }

    pub(crate) fn bit(&mut self) -> Result<bool, Refusal> {
        let byte = self.bytes.get(self.at / 8).ok_or(Refusal::Truncated)?;
        let bit = byte >> (7 - self.at % 8) & 1;
        self.at += 1;
        Ok(bit == 1)
    }

    /// A number of so many bits, at most 32.
    pub(crate) fn number(&mut self, bits: u32) -> Result<u32, Refusal> {
        let mut number = 0_u32;
        for _ in 0..bits {
            number = number << 1 | u32::from(self.bit()?);
        }
        Ok(number)
    }

    pub(super) fn skip(&mut self, bits: usize) {
        self.at = self.at.saturating_add(bits);
    }

    /// Whether a one follows that ends all.
    pub(crate) fn ends(mut self) -> bool {
        self.bit() == Ok(true) && self.are_zero()
    }

    /// Whether all that was not read is zero.
    pub(super) fn are_zero(mut self) -> bool {
        while let Ok(bit) = self.bit() {
            if bit {
                return false;
            }
        }
        true
    }

    /// A number that says itself how long it is.
    pub(crate) fn code(&mut self) -> Result<u32, Refusal> {
        let mut zeros = 0;
        while !self.bit()? {
            zeros += 1;
            if zeros > 31 {
                return Err(Refusal::Damaged(Damage::Value));
            }
        }
        Ok((1 << zeros) - 1 + self.number(zeros)?)
    }

    /// Passes over so many numbers of that kind.
    pub(super) fn codes(&mut self, count: u32) -> Result<(), Refusal> {
        (0..count).try_for_each(|_| self.code().map(drop))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_across_bytes_that_keep_start_codes_away() {
        let mut bits = Bits::of_unit(&[0, 0, 3, 1, 0b0101_1001]);
        assert_eq!(bits.bytes(0, 3), Ok(&[0, 0, 1][..]));
        assert_eq!(bits.number(24), Ok(1));
        assert_eq!(bits.code(), Ok(1));
        assert_eq!(bits.code(), Ok(0));
        assert_eq!(bits.code(), Ok(0));
        assert_eq!(bits.code(), Err(Refusal::Truncated));
    }

    #[test]
    fn a_number_without_end_is_refused() {
        assert_eq!(Bits::of_unit(&[0; 4]).code(), Err(Refusal::Damaged(Damage::Value)));
        assert_eq!(Bits::of_unit(&[]).number(1), Err(Refusal::Truncated));
    }
}
