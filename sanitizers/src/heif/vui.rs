//! Which colours the samples of an HEVC picture stand for, as its parameters say.
//!
//! Telephones leave it to them: in the container there is only a profile, which says
//! nothing of how red, green and blue are made of brightness and two differences.

use super::bits::Bits;
use crate::Refusal;
use crate::refusal::Damage;

/// Numbers of Rec. ITU-T H.273.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signal {
    pub(super) primaries: u16,
    pub(super) transfer: u16,
    pub(super) matrix: u16,
    /// Black is 0, and not a sixteenth of white.
    pub(super) full: bool,
}

impl Signal {
    /// What is not said at all.
    pub(super) const UNSAID: Signal = Signal { primaries: 2, transfer: 2, matrix: 2, full: false };

    /// From the numbers of a `colr` (ISO/IEC 14496-12, 12.1.5).
    pub(super) fn of_numbers(numbers: [u8; 7]) -> Signal {
        let (pairs, range) = numbers.as_chunks::<2>();
        let number = |place: usize| pairs.get(place).map_or(2, |&pair| u16::from_be_bytes(pair));
        Signal {
            primaries: number(0),
            transfer: number(1),
            matrix: number(2),
            full: range.first().is_some_and(|byte| byte >> 7 == 1),
        }
    }
}

/// Walks a sequence parameter set up to what it says of colours (Rec. ITU-T H.265, 7.3.2.2.1
/// and E.2.1). Where planes are coded apart or differ in depth there is no answer.
pub(super) fn signal(set: &[u8]) -> Result<Signal, Refusal> {
    let mut bits = Bits::of_unit(set);
    bits.skip(20);
    let layers = bits.number(3)?;
    bits.skip(97);
    super::hevc::sub_layers(&mut bits, layers)?;
    bits.code()?;
    if bits.code()? == 3 && bits.bit()? {
        return Err(Refusal::NotDrawable);
    }
    bits.codes(2)?;
    if bits.bit()? {
        bits.codes(4)?;
    }
    if bits.code()? != bits.code()? {
        return Err(Refusal::NotDrawable);
    }
    let order = bits.code()? + 4;
    let first = if bits.bit()? { 0 } else { layers };
    for _ in first..=layers {
        bits.codes(3)?;
    }
    // Sizes of blocks, and how deep they are divided.
    bits.codes(6)?;
    if bits.bit()? && bits.bit()? {
        scaling_lists(&mut bits)?;
    }
    bits.number(2)?;
    if bits.bit()? {
        bits.number(8)?;
        bits.codes(2)?;
        bits.bit()?;
    }
    reference_sets(&mut bits)?;
    if bits.bit()? {
        for _ in 0..bits.code()? {
            bits.number(order)?;
            bits.bit()?;
        }
    }
    bits.number(2)?;
    if bits.bit()? { colours(&mut bits) } else { Ok(Signal::UNSAID) }
}

/// The first part of the usability information (E.2.1).
fn colours(bits: &mut Bits) -> Result<Signal, Refusal> {
    const OWN_SHAPE: u32 = 255;
    if bits.bit()? && bits.number(8)? == OWN_SHAPE {
        bits.number(32)?;
    }
    if bits.bit()? {
        bits.bit()?;
    }
    let mut signal = Signal::UNSAID;
    if bits.bit()? {
        bits.number(3)?;
        signal.full = bits.bit()?;
        if bits.bit()? {
            let mut byte = || -> Result<u16, Refusal> {
                u16::try_from(bits.number(8)?).map_err(|_| Refusal::Internal)
            };
            (signal.primaries, signal.transfer, signal.matrix) = (byte()?, byte()?, byte()?);
        }
    }
    Ok(signal)
}

/// Passes over scaling lists (7.3.4).
fn scaling_lists(bits: &mut Bits) -> Result<(), Refusal> {
    for (size, lists) in [(0, 6), (1, 6), (2, 6), (3, 2)] {
        for _ in 0..lists {
            if bits.bit()? {
                let more = u32::from(size > 1);
                bits.codes(more + if size == 0 { 16 } else { 64 })?;
            } else {
                bits.code()?;
            }
        }
    }
    Ok(())
}

/// Passes over lists of frames that others are made of (7.3.7); a still has none, but some
/// encoders describe them.
fn reference_sets(bits: &mut Bits) -> Result<(), Refusal> {
    const MOST: u32 = 64;
    const MOST_FRAMES: u32 = 16;
    let mut before = 0;
    let count = bits.code()?;
    if count > MOST {
        return Err(Refusal::Damaged(Damage::Value));
    }
    for number in 0..count {
        if number > 0 && bits.bit()? {
            bits.bit()?;
            bits.code()?;
            let mut kept = 0;
            for _ in 0..=before {
                kept += u32::from(bits.bit()? || bits.bit()?);
            }
            before = kept;
        } else {
            before = bits.code()? + bits.code()?;
            if before > MOST_FRAMES {
                return Err(Refusal::Damaged(Damage::Value));
            }
            for _ in 0..before {
                bits.code()?;
                bits.bit()?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parameters of 334 by 252 samples, as x265 writes them.
    const SET: &[u8] = &[
        0x42, 0x01, 0x01, 0x03, 0x70, 0x00, 0x00, 0x03, 0x00, 0x90, 0x00, 0x00, 0x03, 0x00, 0x00,
        0x03, 0x00, 0x3c, 0xa0, 0x0a, 0x88, 0x04, 0x07, 0x57, 0x96, 0xea, 0x49, 0x29, 0xae, 0x6e,
        0x04, 0x04, 0x0c, 0x08, 0x00, 0x00, 0x03, 0x00, 0x08, 0x00, 0x00, 0x03, 0x00, 0x08, 0x40,
    ];

    #[test]
    fn parameters_say_what_samples_mean() {
        let said = Signal { primaries: 2, transfer: 2, matrix: 6, full: true };
        assert_eq!(signal(SET), Ok(said));
    }

    #[test]
    fn parameters_that_end_too_early_are_refused() {
        for length in 0..33 {
            assert!(signal(&SET[..length]).is_err(), "{length}");
        }
    }
}
