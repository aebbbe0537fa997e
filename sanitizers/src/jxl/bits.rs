//! Reads the numbers of a head, low bit first (ISO/IEC 18181-1, 9.2).

use crate::Refusal;

/// A row of bits.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// One of the four forms of a number: what is added, and how many bits follow.
pub(super) type Form = (u32, u32);

impl<'a> Bits<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Bits { bytes, at: 0 }
    }

    pub(super) fn bit(&mut self) -> Result<bool, Refusal> {
        let byte = self.bytes.get(self.at / 8).ok_or(Refusal::Truncated)?;
        let bit = byte >> (self.at % 8) & 1;
        self.at += 1;
        Ok(bit == 1)
    }

    /// A number of so many bits, at most 32.
    pub(super) fn number(&mut self, bits: u32) -> Result<u32, Refusal> {
        let mut number = 0;
        for place in 0..bits {
            number |= u32::from(self.bit()?) << place;
        }
        Ok(number)
    }

    /// A number in one of four forms.
    pub(super) fn one_of(&mut self, forms: [Form; 4]) -> Result<u32, Refusal> {
        let form = usize::try_from(self.number(2)?).map_err(|_| Refusal::Internal)?;
        let &(add, bits) = forms.get(form).ok_or(Refusal::Internal)?;
        Ok(self.number(bits)?.saturating_add(add))
    }

    /// A value out of a list.
    pub(super) fn value(&mut self) -> Result<u32, Refusal> {
        self.one_of([(0, 0), (1, 0), (2, 4), (18, 6)])
    }

    /// Demands that a switch is off.
    pub(super) fn off(&mut self, reason: Refusal) -> Result<(), Refusal> {
        if self.bit()? { Err(reason) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_from_the_low_bit() {
        let mut bits = Bits::of(&[0b1011_0110, 0b0000_0001]);
        assert_eq!(bits.one_of([(7, 0), (0, 3), (5, 3), (0, 9)]), Ok(5 + 0b101));
        assert_eq!(bits.number(4), Ok(0b1101));
        assert_eq!(bits.number(7), Ok(0));
        assert_eq!(bits.bit(), Err(Refusal::Truncated));
    }
}
