//! The bits of coded data, in which a zero follows each `FF` (T.81, B.1.1.5).

use super::codes::{Codes, Step};
use crate::Refusal;
use crate::refusal::Damage;

/// What is left of the coded data.
pub(super) struct Bits<'a> {
    rest: &'a [u8],
    /// The next bits, from the top. What stands below `count` of them is not counted yet.
    held: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Bits { rest: data, held: 0, count: 0 }
    }

    /// Holds as many bits as go in, at least 49 if so many are left.
    fn fill(&mut self) {
        if let Some(eight) = self.rest.first_chunk() {
            let next = u64::from_be_bytes(*eight);
            if !has_ff(next) {
                let whole = (63 - self.count) / 8;
                self.held |= next >> self.count;
                self.count += 8 * whole;
                self.rest = usize::try_from(whole)
                    .ok()
                    .and_then(|whole| self.rest.get(whole..))
                    .unwrap_or_default();
                return;
            }
        }
        self.fill_by_bytes();
    }

    #[cold]
    fn fill_by_bytes(&mut self) {
        while self.count <= 48 {
            let Some((&byte, rest)) = self.rest.split_first() else { return };
            self.rest = if byte == 0xFF { rest.get(1..).unwrap_or_default() } else { rest };
            self.held |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
    }

    /// The next symbol.
    pub(super) fn symbol(&mut self, codes: &mut Codes) -> Result<u8, Refusal> {
        if self.count < 32 {
            self.fill();
        }
        let (length, symbol) = codes.symbol(self.held).ok_or(Refusal::Damaged(Damage::Value))?;
        self.skip(length)?;
        Ok(symbol)
    }

    /// Passes over several symbols at once, where that can be done: less than `left`
    /// coefficients of a block.
    #[inline]
    pub(super) fn step(&mut self, codes: &mut Codes, left: u32) -> Option<Step> {
        if self.count < 32 {
            self.fill();
        }
        let step = codes.step(self.held, left, self.count)?;
        self.held <<= step.bits;
        self.count -= u32::from(step.bits);
        Some(step)
    }

    /// Passes over at most 16 bits.
    pub(super) fn skip(&mut self, count: u32) -> Result<(), Refusal> {
        if self.count < count {
            self.fill();
        }
        self.count = self.count.checked_sub(count).ok_or(Refusal::Truncated)?;
        self.held <<= count;
        Ok(())
    }

    /// The number in the next bits, at most 16.
    pub(super) fn take(&mut self, count: u32) -> Result<u32, Refusal> {
        if self.count < count {
            self.fill();
        }
        let bits = self.held >> 32 >> (32 - count);
        self.skip(count)?;
        Ok(u32::try_from(bits).unwrap_or_default())
    }

    /// Whether less than a byte is left.
    pub(super) fn is_used_up(&self) -> bool {
        self.count < 8 && self.rest.is_empty()
    }
}

/// Whether one of eight bytes is `FF`. Turned over it is zero, and taking one from it
/// borrows, which sets the top bit of a byte that had none.
fn has_ff(bytes: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    let turned = !bytes;
    turned.wrapping_sub(ONES) & !turned & TOPS != 0
}
