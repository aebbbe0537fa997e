//! Bits, the highest of each byte first.

use crate::Refusal;

/// Reads bits from front to back.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    /// The next bit.
    at: usize,
}

impl<'a> Bits<'a> {
    /// Starts at the first bit.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Bits { bytes, at: 0 }
    }

    /// The next 57 bits or more, from the highest on; noughts behind the end.
    fn window(&self) -> u64 {
        let from = self.at / 8;
        let word = if let Some(eight) = self.bytes.get(from..from.saturating_add(8)) {
            eight.try_into().map_or(0, u64::from_be_bytes)
        } else {
            let last = self.bytes.get(from..).unwrap_or_default();
            let places = last.iter().zip([56, 48, 40, 32, 24, 16, 8, 0]);
            places.fold(0, |word, (&byte, shift)| word | u64::from(byte) << shift)
        };
        word << (self.at % 8)
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

    /// Reads a number of up to 32 bits.
    pub(super) fn read(&mut self, count: u32) -> Result<u32, Refusal> {
        let window = self.window();
        self.skip(count as usize)?;
        let number = window.checked_shr(64 - count.min(32)).unwrap_or(0);
        u32::try_from(number).map_err(|_| Refusal::Internal)
    }

    /// Reads noughts up to and with the first one, and says how many noughts there were.
    pub(super) fn unary(&mut self) -> Result<u32, Refusal> {
        let mut noughts = 0_u32;
        loop {
            let window = self.window();
            let run = window.leading_zeros();
            if run < 57 {
                self.skip(run as usize + 1)?;
                return Ok(noughts.saturating_add(run));
            }
            self.skip(56)?;
            noughts = noughts.saturating_add(56);
        }
    }

    /// Goes to the next whole byte. Says where it is, and whether all bits on the way were
    /// noughts.
    pub(super) fn align(&mut self) -> (usize, bool) {
        let spare = self.at.next_multiple_of(8) - self.at;
        let empty = spare == 0 || self.window() >> (64 - spare) == 0;
        self.at += spare;
        (self.at / 8, empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_runs_are_read_across_bytes() {
        let mut bits = Bits::new(&[0b1010_0000, 0, 0, 0, 0, 0, 0, 0, 0, 0b0000_0001, 0b1000_0000]);
        assert_eq!(bits.read(3), Ok(0b101));
        assert_eq!(bits.unary(), Ok(5 + 64 + 7));
        assert_eq!(bits.read(1), Ok(1));
        assert_eq!(bits.align(), (11, true));
        assert_eq!(bits.read(1), Err(Refusal::Truncated));
        assert_eq!(Bits::new(&[0, 0]).unary(), Err(Refusal::Truncated));
        let mut spare = Bits::new(&[0b1000_0100]);
        assert_eq!((spare.read(1), spare.align()), (Ok(1), (1, false)));
        assert_eq!(Bits::new(b"\xFF\xFF\xFF\xFE").read(32), Ok(0xFFFF_FFFE));
    }
}
