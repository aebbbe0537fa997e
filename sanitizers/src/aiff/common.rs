//! `COMM`: how many samples of what width, how fast, and how they are coded.

use crate::refusal::{Damage, Feature};
use crate::sound::Bytes;
use crate::{Category, Notes, Refusal};

/// Samples without compression, high byte first.
const PLAIN: [u8; 4] = *b"NONE";

/// Compressions whose samples are nothing but samples, with the bytes of one sample; of
/// none where the width says so.
const CODINGS: [([u8; 4], usize); 17] = [
    (PLAIN, 0),
    (*b"twos", 0),
    (*b"sowt", 0),
    (*b"raw ", 0),
    (*b"in24", 3),
    (*b"42ni", 3),
    (*b"in32", 4),
    (*b"23ni", 4),
    (*b"fl32", 4),
    (*b"FL32", 4),
    (*b"fl64", 8),
    (*b"FL64", 8),
    (*b"alaw", 1),
    (*b"ALAW", 1),
    (*b"ulaw", 1),
    (*b"ULAW", 1),
    (*b"ima4", PACKED),
];

/// Mark of the one coding that packs 64 samples of one channel into 34 bytes.
const PACKED: usize = usize::MAX;
const PACKED_BYTES: usize = 34;

/// The common chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Common {
    channels: u16,
    frames: u32,
    bits: u16,
    rate: [u8; 10],
    coding: [u8; 4],
}

impl Common {
    pub(super) fn channels(&self) -> u16 {
        self.channels
    }

    /// Reads the content of `COMM`.
    pub(super) fn read(data: &[u8], names: bool, notes: &mut Notes) -> Result<Common, Refusal> {
        let mut bytes = Bytes::new(data);
        let mut common = Common {
            channels: bytes.u16_be()?,
            frames: bytes.u32_be()?,
            bits: bytes.u16_be()?,
            rate: rate(bytes.array()?)?,
            coding: if names { bytes.array()? } else { PLAIN },
        };
        if common.coding == *b"twos" {
            // QuickTime's word for the same.
            common.coding = PLAIN;
        }
        if !bytes.rest().iter().all(|&byte| byte == 0) {
            notes.found(Category::Software);
        }
        if common.width().is_none() {
            return Err(Refusal::Feature(Feature::Codec));
        }
        if common.channels == 0 || common.bits > 64 {
            return Err(Refusal::Damaged(Damage::Value));
        }
        Ok(common)
    }

    /// Which form holds it.
    pub(super) fn form(&self) -> [u8; 4] {
        if self.is_compressed() { *b"AIFC" } else { *b"AIFF" }
    }

    /// Whether the coding must be named.
    pub(super) fn is_compressed(&self) -> bool {
        self.coding != PLAIN
    }

    /// Bytes of one sample.
    fn width(&self) -> Option<usize> {
        let (_, width) = CODINGS.iter().find(|(name, _)| *name == self.coding)?;
        match (*width, self.bits) {
            (0, 1..=32) => Some(usize::from(self.bits.div_ceil(8))),
            (0, _) => None,
            (width, _) => Some(width),
        }
    }

    /// Bytes of all samples. A packed block counts as one frame.
    pub(super) fn bytes(&self) -> Option<usize> {
        let width = match self.width()? {
            PACKED => PACKED_BYTES,
            width => width,
        };
        width.checked_mul(usize::from(self.channels))?.checked_mul(self.frames as usize)
    }

    /// The content of `COMM`; the name of the compression is empty.
    pub(super) fn written(&self) -> Vec<u8> {
        let mut data = self.channels.to_be_bytes().to_vec();
        data.extend(self.frames.to_be_bytes());
        data.extend(self.bits.to_be_bytes());
        data.extend(self.rate);
        if self.is_compressed() {
            data.extend(self.coding);
            data.extend([0, 0]);
        }
        data
    }
}

/// The sample rate: positive, normal, and without the lower half of its digits, which
/// no clock can hold and any text could.
fn rate(bytes: [u8; 10]) -> Result<[u8; 10], Refusal> {
    let [e0, e1, m0, m1, m2, m3, ..] = bytes;
    let exponent = u16::from_be_bytes([e0, e1]);
    // From 1 to 2^24 samples a second.
    if !(0x3FFF..0x3FFF + 24).contains(&exponent) || m0 & 0x80 == 0 {
        return Err(Refusal::Damaged(Damage::Value));
    }
    Ok([e0, e1, m0, m1, m2, m3, 0, 0, 0, 0])
}

/// The codings, as lines of text.
pub(super) fn explain() -> impl Iterator<Item = String> {
    CODINGS.iter().map(|(name, _)| format!("coding {}", name.escape_ascii()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rate: [u8; 10], coding: &[u8], name: &[u8]) -> Result<Common, Refusal> {
        let data = [&[0, 2, 0, 0, 0, 3, 0, 16][..], &rate, coding, name].concat();
        Common::read(&data, true, &mut Notes::default())
    }

    const RATE: [u8; 10] = [0x40, 0x0E, 0xAC, 0x44, 0, 0, 0, 0, 0, 0];

    #[test]
    fn the_name_of_a_compression_is_empty_and_its_length_known() {
        let common = read(RATE, b"sowt", b"\x04Anna\0").unwrap();
        assert_eq!((common.bytes(), common.form()), (Some(12), *b"AIFC"));
        assert!(common.written().ends_with(b"sowt\0\0"));
        assert_eq!(read(RATE, b"NONE", b"\x04Anna\0").unwrap().form(), *b"AIFF");
        assert_eq!(read(RATE, b"QDM2", b""), Err(Refusal::Feature(Feature::Codec)));
    }

    #[test]
    fn a_rate_holds_no_text() {
        let mut rate = RATE;
        rate[5..].copy_from_slice(b"Annas");
        let written = read(rate, b"sowt", b"").unwrap().written();
        assert_eq!(written[8..18], [0x40, 0x0E, 0xAC, 0x44, 0, b'A', 0, 0, 0, 0]);
        for wrong in [[0; 10], [0xC0, 0x0E, 0xAC, 0x44, 0, 0, 0, 0, 0, 0], [0x41; 10]] {
            assert_eq!(read(wrong, b"sowt", b""), Err(Refusal::Damaged(Damage::Value)));
        }
    }
}
