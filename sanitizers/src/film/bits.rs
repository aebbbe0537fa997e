//! Descriptions that count in bits: read one by one, and written again as they are read.

use crate::Refusal;
use crate::refusal::{Damage, Feature};

/// Reads bits and keeps what was read, so that what is not read is not written.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    kept: Vec<u8>,
    filled: usize,
}

impl<'a> Bits<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Bits<'a> {
        Bits { bytes, at: 0, kept: Vec::new(), filled: 0 }
    }

    /// Bits that were not read yet.
    pub(super) fn left(&self) -> usize {
        self.bytes.len().saturating_mul(8).saturating_sub(self.at)
    }

    /// Reads a number of at most 32 bits without keeping it.
    pub(super) fn skip(&mut self, count: usize) -> Result<u32, Refusal> {
        let mut number = 0;
        for _ in 0..count {
            let byte = self.bytes.get(self.at / 8).ok_or(Refusal::Truncated)?;
            number = number << 1 | u32::from(byte >> (7 - self.at % 8) & 1);
            self.at += 1;
        }
        Ok(number)
    }

    /// Reads a number and keeps it.
    pub(super) fn keep(&mut self, count: usize) -> Result<u32, Refusal> {
        let number = self.skip(count)?;
        self.put(count, number);
        Ok(number)
    }

    /// Keeps a number of ours.
    pub(super) fn put(&mut self, count: usize, number: u32) {
        for bit in (0..count).rev() {
            if self.filled.is_multiple_of(8) {
                self.kept.push(0);
            }
            if let Some(byte) = self.kept.last_mut()
                && number >> bit & 1 == 1
            {
                *byte |= 0x80 >> (self.filled % 8);
            }
            self.filled += 1;
        }
    }

    /// Reads a number that says itself how long it is, and keeps it if it is small.
    pub(super) fn code(&mut self, most: u32) -> Result<u32, Refusal> {
        let mut zeros = 0;
        while self.keep(1)? == 0 {
            zeros += 1;
            if zeros > 16 {
                return Err(Refusal::Damaged(Damage::Value));
            }
        }
        let number = (1 << zeros) - 1 + self.keep(zeros)?;
        if number > most { Err(Refusal::Damaged(Damage::Value)) } else { Ok(number) }
    }

    /// All that was kept, with a one and zeros behind it unless it fills its bytes.
    pub(super) fn ended(mut self) -> Vec<u8> {
        if !self.filled.is_multiple_of(8) {
            self.put(1, 1);
        }
        self.kept
    }

    /// Goes on at the next whole byte, on both sides.
    pub(super) fn align(&mut self) {
        self.at = self.at.next_multiple_of(8);
        self.filled = self.filled.next_multiple_of(8);
    }

    /// All that was kept, filled up with zeros.
    pub(super) fn kept(self) -> Vec<u8> {
        self.kept
    }
}

const CODEC: Refusal = Refusal::Feature(Feature::Codec);
/// Kinds of AAC whose description is known here: Main, LC, SSR, LTP.
const AAC: [u32; 4] = [1, 2, 3, 4];
const SBR: u32 = 5;
const PS: u32 = 29;

/// The description of AAC (ISO/IEC 14496-3, 1.6.2.1), without the comment that may be in a
/// list of channels and without what stands behind it.
pub(crate) fn aac(config: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut bits = Bits::new(config);
    let kind = bits.keep(5)?;
    rate(&mut bits)?;
    let channels = bits.keep(4)?;
    let base = if kind == SBR || kind == PS {
        rate(&mut bits)?;
        bits.keep(5)?
    } else {
        kind
    };
    if !AAC.contains(&base) {
        return Err(CODEC);
    }
    // The length of a frame.
    bits.keep(1)?;
    if bits.keep(1)? == 1 {
        bits.keep(14)?;
    }
    // An extension.
    if bits.keep(1)? == 1 {
        return Err(CODEC);
    }
    if channels == 0 {
        speakers(&mut bits)?;
    }
    if base == kind && bits.left() >= 16 {
        higher_tones(&mut bits)?;
    }
    Ok(bits.kept())
}

fn rate(bits: &mut Bits) -> Result<(), Refusal> {
    if bits.keep(4)? == 15 {
        bits.keep(24)?;
    }
    Ok(())
}

/// `program_config_element` (4.5.2.1), whose last part is a comment.
fn speakers(bits: &mut Bits) -> Result<(), Refusal> {
    bits.keep(10)?;
    let (front, side, back) = (bits.keep(4)?, bits.keep(4)?, bits.keep(4)?);
    let (low, data, coupled) = (bits.keep(2)?, bits.keep(3)?, bits.keep(4)?);
    for width in [4, 4, 3] {
        if bits.keep(1)? == 1 {
            bits.keep(width)?;
        }
    }
    for _ in 0..front + side + back + coupled {
        bits.keep(5)?;
    }
    for _ in 0..low + data {
        bits.keep(4)?;
    }
    bits.align();
    let comment = bits.skip(8)?;
    bits.put(8, 0);
    for _ in 0..comment {
        bits.skip(8)?;
    }
    Ok(())
}

/// What old players do not know and pass over: bands of higher tones, and their places.
fn higher_tones(bits: &mut Bits) -> Result<(), Refusal> {
    if bits.skip(11)? != 0x2B7 || bits.skip(5)? != SBR {
        return Ok(());
    }
    bits.put(11, 0x2B7);
    bits.put(5, SBR);
    if bits.left() == 0 || bits.keep(1)? == 0 {
        return Ok(());
    }
    rate(bits)?;
    if bits.left() >= 12 && bits.skip(11)? == 0x548 {
        bits.put(11, 0x548);
        bits.keep(1)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_written_as_it_was_but_for_what_stands_behind_it() {
        assert_eq!(aac(&[0x12, 0x10]).unwrap(), [0x12, 0x10]);
        assert_eq!(aac(&[0x12, 0x10, 0x56, 0xE5, 0]).unwrap(), [0x12, 0x10, 0x56, 0xE5, 0]);
        assert_eq!(aac(b"\x12\x10Anna").unwrap(), [0x12, 0x10]);
        assert_eq!(aac(b"\x12\x10\x56\xE5\x00Anna").unwrap(), [0x12, 0x10, 0x56, 0xE5, 0]);
    }

    #[test]
    fn a_comment_in_a_list_of_channels_is_left_out() {
        // LC, 44,100 Hz, channels in a list: one pair in front, and a comment.
        let list = [0x12, 0x00, 0x05, 0x08, 0, 0x04, 0x00];
        let mut bits = Bits::new(&list);
        bits.keep(16).unwrap();
        speakers(&mut bits).unwrap_err();
        let mut with = Bits::new(&[]);
        for (count, number) in [(5, 2), (4, 4), (4, 0), (3, 0)] {
            with.put(count, number);
        }
        for (count, number) in [(4, 0), (2, 1), (4, 4), (4, 1), (4, 0), (4, 0), (2, 0), (3, 0)] {
            with.put(count, number);
        }
        for (count, number) in [(4, 0), (1, 0), (1, 0), (1, 0), (5, 0x10)] {
            with.put(count, number);
        }
        let head = with.kept();
        let dirty = [&head[..], b"\x04Anna"].concat();
        assert_eq!(aac(&dirty).unwrap(), [&head[..], &[0]].concat());
    }

    #[test]
    fn other_codings_and_short_descriptions_are_refused() {
        assert_eq!(aac(&[0xF9, 0x48]), Err(CODEC));
        assert_eq!(aac(&[0x12]), Err(Refusal::Truncated));
        assert_eq!(aac(&[0x12, 0x11]), Err(CODEC));
    }
}
