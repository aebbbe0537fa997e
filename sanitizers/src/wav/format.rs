//! `fmt `: how the samples are coded, in the one form that says so.

use std::borrow::Cow;

use crate::Refusal;
use crate::allow::AllowList;
use crate::refusal::{Damage, Feature, Limit};
use crate::sound::Bytes;

const PCM: u16 = 1;
const MS_ADPCM: u16 = 2;
const FLOAT: u16 = 3;
const A_LAW: u16 = 6;
const MU_LAW: u16 = 7;
const IMA_ADPCM: u16 = 0x11;
const GSM: u16 = 0x31;
/// The coding is in an identifier further behind.
const EXTENSIBLE: u16 = 0xFFFE;

/// Codings whose samples are nothing but samples. In the neighbours every frame can
/// carry tags.
pub(crate) const CODINGS: AllowList<u16> = AllowList {
    name: "wav codings",
    allowed: &[PCM, MS_ADPCM, FLOAT, A_LAW, MU_LAW, IMA_ADPCM, GSM],
    forbidden: &[0x50, 0x55, 0xFF, 0x1610],
};

/// What follows the number of the coding in the identifier of an extended format.
const FAMILY: [u8; 14] = *b"\0\0\0\0\x10\0\x80\0\0\xAA\0\x38\x9B\x71";
/// Speakers that have a meaning (Multiple Channel Audio Data, 2007).
const SPEAKERS: u32 = 0x3_FFFF;
/// The seven pairs of coefficients that every decoder of Microsoft's ADPCM has.
const COEFFICIENTS: [i16; 14] = [256, 0, 512, -256, 0, 0, 192, 64, 240, 0, 460, -208, 392, -232];

/// How the samples are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Format {
    coding: u16,
    channels: u16,
    rate: u32,
    /// Bytes of a frame, or of a block of packed frames.
    block: u16,
    /// Bits of a sample in the file.
    bits: u16,
    /// Frames in a block: one, unless they are packed.
    frames_in_block: u16,
    /// Bits that count and places of the speakers, where they are not the usual ones.
    extended: Option<(u16, u32)>,
}

impl Format {
    /// Reads the content of `fmt `.
    pub(super) fn read(data: &[u8]) -> Result<Format, Refusal> {
        let mut bytes = Bytes::new(data);
        let mut format = Format {
            coding: bytes.u16_le()?,
            channels: bytes.u16_le()?,
            rate: bytes.u32_le()?,
            // The average of bytes per second is computed when written.
            block: {
                bytes.u32_le()?;
                bytes.u16_le()?
            },
            bits: bytes.u16_le()?,
            frames_in_block: 1,
            extended: None,
        };
        let extra = match bytes.u16_le() {
            Ok(length) => bytes.take(usize::from(length))?,
            Err(_) => &[],
        };
        if format.coding == EXTENSIBLE {
            format.read_extended(extra)?;
        }
        if !CODINGS.allows(&format.coding) {
            return Err(Refusal::Feature(Feature::Codec));
        }
        format.frames_in_block = format.packing().ok_or(Refusal::Damaged(Damage::Value))?;
        format.check_packing(extra)?;
        Ok(format)
    }

    /// Bits that count, speakers, and the identifier of the coding.
    fn read_extended(&mut self, extra: &[u8]) -> Result<(), Refusal> {
        let mut bytes = Bytes::new(extra);
        let (valid, speakers) = (bytes.u16_le()?, bytes.u32_le()?);
        self.coding = bytes.u16_le()?;
        if bytes.take(14)? != FAMILY {
            return Err(Refusal::Feature(Feature::Codec));
        }
        let valid = if valid == 0 { self.bits } else { valid };
        if valid > self.bits || speakers & !SPEAKERS != 0 {
            return Err(Refusal::Damaged(Damage::Value));
        }
        let usual = match (self.channels, speakers) {
            (1, 0 | 4) | (2, 0 | 3) => valid == self.bits,
            _ => false,
        };
        self.extended = (!usual).then_some((valid, speakers));
        Ok(())
    }

    /// Frames in a block, if all numbers fit each other.
    fn packing(&self) -> Option<u16> {
        let (channels, block) = (self.channels, self.block);
        if channels == 0 || self.rate == 0 || block == 0 {
            return None;
        }
        match self.coding {
            PCM if self.bits > 32 || self.bits == 0 => None,
            FLOAT if !matches!(self.bits, 32 | 64) => None,
            A_LAW | MU_LAW if self.bits != 8 => None,
            PCM | FLOAT | A_LAW | MU_LAW => {
                (channels.checked_mul(self.bits.div_ceil(8))? == block).then_some(1)
            }
            MS_ADPCM if self.bits == 4 => {
                let packed = (block / channels).checked_sub(7)?;
                packed.checked_mul(2)?.checked_add(2)
            }
            IMA_ADPCM if self.bits == 4 => {
                let packed = block.checked_sub(channels.checked_mul(4)?)? / channels;
                packed.checked_mul(2)?.checked_add(1)
            }
            GSM if channels == 1 && block == 65 => Some(320),
            _ => None,
        }
    }

    /// Packed samples repeat their numbers; a decoder may go by either.
    fn check_packing(&self, extra: &[u8]) -> Result<(), Refusal> {
        let packed = matches!(self.coding, MS_ADPCM | IMA_ADPCM | GSM);
        let expected = self.extra();
        if packed && (self.extended.is_some() || extra.get(..expected.len()) != Some(&*expected)) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        Ok(())
    }

    /// What follows the common fields when samples are packed.
    fn extra(&self) -> Vec<u8> {
        let mut extra = self.frames_in_block.to_le_bytes().to_vec();
        match self.coding {
            MS_ADPCM => {
                extra.extend(7_u16.to_le_bytes());
                extra.extend(COEFFICIENTS.iter().flat_map(|number| number.to_le_bytes()));
            }
            IMA_ADPCM | GSM => {}
            _ => extra.clear(),
        }
        extra
    }

    /// The content of `fmt `.
    pub(super) fn written(&self) -> Vec<u8> {
        let blocks = u64::from(self.rate) * u64::from(self.block);
        let average = blocks / u64::from(self.frames_in_block.max(1));
        let coding = if self.extended.is_some() { EXTENSIBLE } else { self.coding };
        let mut data = coding.to_le_bytes().to_vec();
        data.extend(self.channels.to_le_bytes());
        data.extend(self.rate.to_le_bytes());
        data.extend(u32::try_from(average).unwrap_or(u32::MAX).to_le_bytes());
        data.extend(self.block.to_le_bytes());
        data.extend(self.bits.to_le_bytes());
        let extra = match self.extended {
            Some((valid, speakers)) => [
                &valid.to_le_bytes()[..],
                &speakers.to_le_bytes(),
                &self.coding.to_le_bytes(),
                &FAMILY,
            ]
            .concat(),
            None if self.coding == PCM => return data,
            None => self.extra(),
        };
        data.extend(u16::try_from(extra.len()).unwrap_or(0).to_le_bytes());
        data.extend(extra);
        data
    }

    /// The samples without a part of a frame at the end, which nobody can hear.
    pub(super) fn whole_blocks<'a>(&self, data: &'a [u8]) -> &'a [u8] {
        if self.frames_in_block > 1 {
            // Decoders play what is there of the last block.
            return data;
        }
        let spare = data.len() % usize::from(self.block.max(1));
        data.get(..data.len() - spare).unwrap_or(data)
    }

    /// The samples with noughts where a block of IMA ADPCM has a byte of each channel that no
    /// decoder reads, behind its first sample and step.
    pub(super) fn emptied<'a>(&self, data: &'a [u8]) -> Cow<'a, [u8]> {
        let mut data = Cow::Borrowed(data);
        if self.coding != IMA_ADPCM {
            return data;
        }
        let blocks = (0..data.len()).step_by(usize::from(self.block.max(1)));
        let spare =
            blocks.flat_map(|at| (0..usize::from(self.channels)).map(move |c| at + 4 * c + 3));
        for at in spare.collect::<Vec<_>>() {
            if data.get(at).is_some_and(|&byte| byte != 0)
                && let Some(byte) = data.to_mut().get_mut(at)
            {
                *byte = 0;
            }
        }
        data
    }

    /// The content of `fact`: how many frames there are, where the coding needs it.
    ///
    /// The number in the file counts only within the last block.
    pub(super) fn frames(&self, fact: Option<&[u8]>, bytes: usize) -> Result<Option<u32>, Refusal> {
        if self.coding == PCM {
            return Ok(None);
        }
        let blocks = bytes.div_ceil(usize::from(self.block.max(1)));
        let most = blocks.checked_mul(usize::from(self.frames_in_block));
        let most = most
            .and_then(|most| u32::try_from(most).ok())
            .ok_or(Refusal::Limit(Limit::OutputBytes))?;
        let claimed = fact.and_then(|data| data.get(..4)?.try_into().ok()).map(u32::from_le_bytes);
        let least = most.saturating_sub(u32::from(self.frames_in_block));
        Ok(Some(claimed.filter(|claimed| (least + 1..=most).contains(claimed)).unwrap_or(most)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(coding: u16, channels: u16, block: u16, bits: u16) -> Vec<u8> {
        let mut data = coding.to_le_bytes().to_vec();
        data.extend(channels.to_le_bytes());
        data.extend(8_000_u32.to_le_bytes());
        data.extend([9; 4]);
        data.extend(block.to_le_bytes());
        data.extend(bits.to_le_bytes());
        data
    }

    #[test]
    fn an_extended_format_that_says_the_usual_becomes_a_plain_one() {
        let mut data = plain(EXTENSIBLE, 2, 4, 16);
        data.extend([22, 0, 16, 0, 3, 0, 0, 0, 1, 0]);
        data.extend(FAMILY);
        let format = Format::read(&data).unwrap();
        assert_eq!(Format::read(&plain(PCM, 2, 4, 16)), Ok(format));
        assert_eq!(format.written().len(), 16);
        data[18] = 12;
        assert_eq!(Format::read(&data).unwrap().written().len(), 40);
    }

    #[test]
    fn numbers_that_do_not_fit_each_other_are_refused() {
        let cases = [
            (PCM, 2, 3, 16),
            (PCM, 0, 0, 16),
            (PCM, 1, 5, 40),
            (FLOAT, 1, 2, 16),
            (A_LAW, 1, 2, 16),
            (IMA_ADPCM, 2, 7, 4),
            (MS_ADPCM, 2, 13, 4),
            (GSM, 2, 65, 0),
        ];
        for (coding, channels, block, bits) in cases {
            let read = Format::read(&plain(coding, channels, block, bits));
            assert_eq!(read, Err(Refusal::Damaged(Damage::Value)), "{coding} {bits}");
        }
        assert_eq!(Format::read(&plain(0x55, 1, 1, 0)), Err(Refusal::Feature(Feature::Codec)));
    }

    #[test]
    fn the_number_of_frames_counts_within_the_last_block_only() {
        let mut data = plain(IMA_ADPCM, 1, 36, 4);
        data.extend([2, 0, 65, 0]);
        let format = Format::read(&data).unwrap();
        let frames = |claimed: u32| format.frames(Some(&claimed.to_le_bytes()), 72).unwrap();
        assert_eq!(frames(66), Some(66));
        assert_eq!(frames(65), Some(130));
        assert_eq!(frames(0x416E_6E61), Some(130));
    }
}
