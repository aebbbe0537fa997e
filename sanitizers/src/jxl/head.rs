//! The head of a stream: how large the picture is, and whether there is room for words
//! (ISO/IEC 18181-1, annex D).

use super::bits::Bits;
use crate::refusal::{Damage, Feature, Limit};
use crate::{Limits, Refusal};

/// What a naked stream begins with.
pub(super) const SIGNATURE: &[u8] = b"\xFF\x0A";

/// What a viewer needs and we cannot rewrite.
const RARE: Refusal = Refusal::Feature(Feature::Coding);

/// Extra channels that are shown: transparency, spot colours. One of black is shown only with
/// a profile for printing, and those are refused.
const CHANNELS: [(u32, &str); 2] = [(0, "transparency"), (2, "spot colour")];

/// The names of channels that are kept.
pub(super) fn channels() -> String {
    CHANNELS.map(|(number, name)| format!("{number} {name}")).join(", ")
}

/// Reads the head, and refuses what is too large or has a place for words in use.
pub(super) fn check(stream: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let stream = stream.strip_prefix(SIGNATURE).ok_or(Refusal::Damaged(Damage::Value))?;
    let bits = &mut Bits::of(stream);
    let (width, height) = size(bits)?;
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > limits.side || pixels > limits.pixels {
        return Err(Refusal::Limit(Limit::Pixels));
    }
    // All as it is by default, or not.
    if !bits.bit()? {
        metadata(bits)?;
    }
    // Weights for making it larger: hundreds of free numbers that nobody uses.
    if bits.bit()? { Ok(()) } else { Err(RARE) }
}

fn size(bits: &mut Bits) -> Result<(u32, u32), Refusal> {
    let small = bits.bit()?;
    let height = side(bits, small)?;
    let ratio = bits.number(3)?;
    let times = |above: u64, below: u64| {
        u32::try_from(u64::from(height) * above / below).map_err(|_| Refusal::Limit(Limit::Pixels))
    };
    let width = match ratio {
        0 => side(bits, small)?,
        1 => height,
        2 => times(12, 10)?,
        3 => times(4, 3)?,
        4 => times(3, 2)?,
        5 => times(16, 9)?,
        6 => times(5, 4)?,
        _ => times(2, 1)?,
    };
    Ok((width, height))
}

fn side(bits: &mut Bits, small: bool) -> Result<u32, Refusal> {
    if small {
        Ok((bits.number(5)? + 1) * 8)
    } else {
        bits.one_of([(1, 9), (1, 13), (1, 18), (1, 30)])
    }
}

fn metadata(bits: &mut Bits) -> Result<(), Refusal> {
    let more = bits.bit()?;
    if more {
        bits.number(3)?;
        // A size that is recommended.
        if bits.bit()? {
            size(bits)?;
        }
        // A small picture, which may show more than the large one.
        bits.off(RARE)?;
        if bits.bit()? {
            animation(bits)?;
        }
    }
    depth(bits)?;
    bits.bit()?;
    for _ in 0..bits.one_of([(0, 0), (1, 0), (2, 4), (1, 12)])? {
        channel(bits)?;
    }
    bits.bit()?;
    colours(bits)?;
    if more && !bits.bit()? {
        // How bright it is meant to be.
        for field in [16, 16, 1, 16] {
            bits.number(field)?;
        }
    }
    // Extensions, which may say anything.
    if bits.number(2)? == 0 { Ok(()) } else { Err(RARE) }
}

fn animation(bits: &mut Bits) -> Result<(), Refusal> {
    bits.one_of([(100, 0), (1000, 0), (1, 10), (1, 30)])?;
    bits.one_of([(1, 0), (1001, 0), (1, 8), (1, 10)])?;
    // How often it plays.
    bits.one_of([(0, 0), (0, 3), (0, 16), (0, 32)])?;
    // Times of day for each frame.
    bits.off(RARE)
}

fn depth(bits: &mut Bits) -> Result<(), Refusal> {
    if bits.bit()? {
        bits.one_of([(32, 0), (16, 0), (24, 0), (1, 6)])?;
        bits.number(4)?;
    } else {
        bits.one_of([(8, 0), (10, 0), (12, 0), (1, 6)])?;
    }
    Ok(())
}

fn channel(bits: &mut Bits) -> Result<(), Refusal> {
    // Transparency, all as it is by default.
    if bits.bit()? {
        return Ok(());
    }
    let kind = bits.value()?;
    if !CHANNELS.iter().any(|(known, _)| *known == kind) {
        return Err(RARE);
    }
    depth(bits)?;
    bits.one_of([(0, 0), (3, 0), (4, 0), (1, 3)])?;
    if bits.one_of([(0, 0), (0, 4), (16, 5), (48, 10)])? > 0 {
        // A name that somebody gave to it.
        return Err(RARE);
    }
    match kind {
        0 => {
            bits.bit()?;
        }
        2 => {
            for _ in 0..4 {
                bits.number(16)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn colours(bits: &mut Bits) -> Result<(), Refusal> {
    if bits.bit()? {
        return Ok(());
    }
    // A profile, of which nobody can say here whose screen it names.
    bits.off(RARE)?;
    let grey = match bits.value()? {
        0 | 3 => false,
        1 => true,
        // The space of the coded numbers themselves: readers disagree on what follows.
        _ => return Err(RARE),
    };
    if bits.value()? == 2 {
        place(bits)?;
    }
    if !grey && bits.value()? == 2 {
        for _ in 0..3 {
            place(bits)?;
        }
    }
    if bits.bit()? {
        bits.number(24)?;
    } else {
        bits.value()?;
    }
    bits.value()?;
    Ok(())
}

/// A place among all colours.
fn place(bits: &mut Bits) -> Result<(), Refusal> {
    for _ in 0..2 {
        bits.one_of([(0, 19), (524_288, 19), (1_048_576, 20), (2_097_152, 21)])?;
    }
    Ok(())
}
