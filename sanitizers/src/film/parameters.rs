//! Sets of parameters of H.264, read to their last bit.
//!
//! A decoder reads a set as far as it has fields. What stands behind the bit that ends it
//! is looked at by nobody, and a set that ends nowhere is none: both could be a letter.
//!
//! Format: ISO/IEC 14496-10, 7.3.2.1, 7.3.2.2, E.1.

use super::nal::unescaped;
use crate::Refusal;
use crate::heif::Codes;
use crate::refusal::Damage;

/// Profiles whose sets say which colour planes there are.
const WITH_COLOURS: [u32; 13] = [44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244];
/// A shape of pixels that is written down.
const EXTENDED_SHAPE: u32 = 255;
/// Parts of a picture that are coded apart (7.4.2.2).
const MOST_GROUPS: u32 = 7;

/// Refuses a set that has more or less than a decoder reads. Of one about a sequence, says
/// how many columns and rows are cut off.
pub(super) fn read(set: &[u8]) -> Result<[u32; 2], Refusal> {
    let mut bits = Codes::of(&unescaped(set));
    if bits.number(8)? & 0x1F == 7 {
        let cut = sequence(&mut bits)?;
        return if bits.ends() { Ok(cut) } else { Err(Refusal::Damaged(Damage::Length)) };
    }
    picture(&mut bits)?;
    // Some end here. How many scales there can be depends on the colours of the sequence.
    let ends = |lists| {
        let mut bits = bits.clone();
        transformed(&mut bits, lists).is_ok() && bits.ends()
    };
    if bits.clone().ends() || ends(2) || ends(6) {
        Ok([0; 2])
    } else {
        Err(Refusal::Damaged(Damage::Length))
    }
}

fn sequence(bits: &mut Codes) -> Result<[u32; 2], Refusal> {
    let profile = bits.number(8)?;
    bits.number(16)?;
    bits.code()?;
    let (wide, high) = match profile {
        profile if WITH_COLOURS.contains(&profile) => colours(bits)?,
        _ => (2, 2),
    };
    bits.code()?;
    order(bits)?;
    bits.code()?;
    bits.bit()?;
    // Width and height in blocks of 16.
    bits.code()?;
    bits.code()?;
    let in_fields = !bits.bit()?;
    if in_fields {
        bits.bit()?;
    }
    bits.bit()?;
    let mut cut = [0; 4];
    if bits.bit()? {
        for side in &mut cut {
            *side = bits.code()?;
        }
    }
    if bits.bit()? {
        looks(bits)?;
    }
    let [left, right, top, bottom] = cut;
    let high = if in_fields { 2 * high } else { high };
    let columns = left.saturating_add(right).saturating_mul(wide);
    Ok([columns, top.saturating_add(bottom).saturating_mul(high)])
}

/// Passes over planes and their scales, and says in which steps is cut.
fn colours(bits: &mut Codes) -> Result<(u32, u32), Refusal> {
    let format = bits.code()?;
    if format == 3 {
        bits.bit()?;
    }
    bits.code()?;
    bits.code()?;
    bits.bit()?;
    if bits.bit()? {
        scales(bits, if format == 3 { 6 } else { 2 })?;
    }
    Ok(match format {
        1 => (2, 2),
        2 => (2, 1),
        _ => (1, 1),
    })
}

/// Passes over six small lists of scales and so many large ones.
fn scales(bits: &mut Codes, large: usize) -> Result<(), Refusal> {
    for list in 0..6 + large {
        if bits.bit()? {
            scale(bits, if list < 6 { 16 } else { 64 })?;
        }
    }
    Ok(())
}

/// A list, which ends early with a nought (7.3.2.1.1.1).
fn scale(bits: &mut Codes, count: u32) -> Result<(), Refusal> {
    let (mut last, mut next) = (8, 8);
    for _ in 0..count {
        if next != 0 {
            let code = i64::from(bits.code()?);
            let step = if code % 2 == 1 { (code + 1) / 2 } else { -code / 2 };
            next = (last + step).rem_euclid(256);
        }
        last = if next == 0 { last } else { next };
    }
    Ok(())
}

/// Passes over how the order of pictures is told.
fn order(bits: &mut Codes) -> Result<(), Refusal> {
    match bits.code()? {
        0 => bits.code().map(drop),
        1 => {
            bits.bit()?;
            bits.code()?;
            bits.code()?;
            for _ in 0..bits.code()? {
                bits.code()?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Passes over what a decoder can do without (E.1.1).
fn looks(bits: &mut Codes) -> Result<(), Refusal> {
    if bits.bit()? && bits.number(8)? == EXTENDED_SHAPE {
        bits.number(32)?;
    }
    if bits.bit()? {
        bits.bit()?;
    }
    if bits.bit()? {
        bits.number(4)?;
        if bits.bit()? {
            bits.number(24)?;
        }
    }
    if bits.bit()? {
        bits.code()?;
        bits.code()?;
    }
    if bits.bit()? {
        bits.number(32)?;
        bits.number(32)?;
        bits.bit()?;
    }
    let buffers = [buffer(bits)?, buffer(bits)?];
    if buffers.contains(&true) {
        bits.bit()?;
    }
    bits.bit()?;
    if bits.bit()? {
        bits.bit()?;
        for _ in 0..6 {
            bits.code()?;
        }
    }
    Ok(())
}

/// Passes over the sizes of a buffer, if they are there (E.1.2).
fn buffer(bits: &mut Codes) -> Result<bool, Refusal> {
    let is_there = bits.bit()?;
    if is_there {
        let count = bits.code()?;
        bits.number(8)?;
        for _ in 0..=count {
            bits.code()?;
            bits.code()?;
            bits.bit()?;
        }
        bits.number(20)?;
    }
    Ok(is_there)
}

fn picture(bits: &mut Codes) -> Result<(), Refusal> {
    bits.code()?;
    bits.code()?;
    bits.number(2)?;
    let groups = bits.code()?;
    if groups > MOST_GROUPS {
        return Err(Refusal::Damaged(Damage::Value));
    }
    if groups > 0 {
        grouped(bits, groups)?;
    }
    bits.code()?;
    bits.code()?;
    bits.number(3)?;
    bits.code()?;
    bits.code()?;
    bits.code()?;
    bits.number(3).map(drop)
}

/// Passes over which part of a picture is coded in which group.
fn grouped(bits: &mut Codes, groups: u32) -> Result<(), Refusal> {
    match bits.code()? {
        0 => (0..=groups).try_for_each(|_| bits.code().map(drop)),
        2 => (0..2 * groups).try_for_each(|_| bits.code().map(drop)),
        3..=5 => {
            bits.bit()?;
            bits.code().map(drop)
        }
        6 => {
            let width = 32 - groups.leading_zeros();
            for _ in 0..=bits.code()? {
                bits.number(width)?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Passes over what newer profiles have behind the rest.
fn transformed(bits: &mut Codes, lists: usize) -> Result<(), Refusal> {
    let is_large = bits.bit()?;
    if bits.bit()? {
        scales(bits, if is_large { lists } else { 0 })?;
    }
    bits.code().map(drop)
}

#[test]
fn a_set_ends_with_its_last_field() {
    use crate::canaries::film::build::{CUT, PICTURE, SEQUENCE, WHOLE};
    let large = b"\x68\xEB\xE3\xCB\x22\xC0";
    for set in [SEQUENCE, WHOLE, CUT, PICTURE, &large[..]] {
        assert!(read(set).is_ok(), "{set:?}");
        assert!(read(&[set, &[0, 0]].concat()).is_ok(), "{set:?}");
        for more in [&b"Anna"[..], &[0, 1], &[0x80]] {
            assert!(read(&[set, more].concat()).is_err(), "{set:?} {more:?}");
        }
        for length in 0..set.len() {
            assert!(read(&set[..length]).is_err(), "{set:?} {length}");
        }
    }
}
