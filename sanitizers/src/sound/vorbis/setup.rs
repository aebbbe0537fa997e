//! The setup: books of codes, floors, residues, mappings and modes (Vorbis I, 4.2.4).

use super::bits::Bits;
use crate::Refusal;
use crate::refusal::{Damage, Limit};

/// Bytes of the largest setup, many times over; those of real encoders have some thousand.
const MOST: usize = 1 << 20;

const WRONG: Refusal = Refusal::Damaged(Damage::Value);

/// Walks over the third header, and says no if it is none or something follows it. Says of each
/// mode whether its blocks are long.
pub(super) fn check(header: &[u8], channels: u8) -> Result<Vec<bool>, Refusal> {
    if header.len() > MOST {
        return Err(Refusal::Limit(Limit::Parts));
    }
    let body = header.strip_prefix(b"\x05vorbis").ok_or(Refusal::Damaged(Damage::Order))?;
    let bits = &mut Bits::new(body);
    each(bits, 8, book)?;
    each(bits, 6, |bits| nought(bits, 16))?;
    each(bits, 6, floor)?;
    each(bits, 6, residue)?;
    each(bits, 6, |bits| mapping(bits, channels))?;
    let mut modes = Vec::new();
    each(bits, 6, |bits| mode(bits).map(|is_long| modes.push(is_long)))?;
    if !bits.flag()? {
        return Err(WRONG);
    }
    // What stands here is read by nobody.
    if bits.is_at_end() { Ok(modes) } else { Err(Refusal::Damaged(Damage::Length)) }
}

/// Reads how many there are, less one, and then each.
fn each(
    bits: &mut Bits,
    width: u32,
    mut read: impl FnMut(&mut Bits) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let count = bits.read(width)?;
    (0..=count).try_for_each(|_| read(bits))
}

fn nought(bits: &mut Bits, width: u32) -> Result<(), Refusal> {
    if bits.read(width)? == 0 { Ok(()) } else { Err(WRONG) }
}

/// Bits that a number needs.
fn width(number: u32) -> u32 {
    32 - number.leading_zeros()
}

fn book(bits: &mut Bits) -> Result<(), Refusal> {
    if bits.read(24)? != 0x56_43_42 {
        return Err(WRONG);
    }
    let (dimensions, entries) = (bits.read(16)?, bits.read(24)?);
    if bits.flag()? {
        ordered(bits, entries)?;
    } else {
        unordered(bits, entries)?;
    }
    let kind = bits.read(4)?;
    if kind == 0 {
        return Ok(());
    }
    bits.skip(64)?;
    let value = bits.read(4)? + 1;
    bits.skip(1)?;
    let count = match kind {
        1 => root(entries, dimensions),
        2 => u64::from(entries) * u64::from(dimensions),
        _ => return Err(WRONG),
    };
    let all = usize::try_from(count * u64::from(value)).map_err(|_| Refusal::Truncated)?;
    bits.skip(all)
}

fn unordered(bits: &mut Bits, entries: u32) -> Result<(), Refusal> {
    let sparse = bits.flag()?;
    for _ in 0..entries {
        if !sparse || bits.flag()? {
            bits.skip(5)?;
        }
    }
    Ok(())
}

/// Lengths that never fall: how many codes there are of each.
fn ordered(bits: &mut Bits, entries: u32) -> Result<(), Refusal> {
    let (mut length, mut left) = (bits.read(5)? + 1, entries);
    while left > 0 {
        let count = bits.read(width(left))?;
        if length > 32 {
            return Err(WRONG);
        }
        left = left.checked_sub(count).ok_or(WRONG)?;
        length += 1;
    }
    Ok(())
}

/// The greatest number that, to this power, is at most `entries`.
fn root(entries: u32, power: u32) -> u64 {
    if power == 0 {
        return 0;
    }
    let fits = |root: u64| root.checked_pow(power).is_some_and(|all| all <= u64::from(entries));
    let (mut fitting, mut too_much) = (0, u64::from(entries) + 1);
    while too_much - fitting > 1 {
        let middle = u64::midpoint(fitting, too_much);
        if fits(middle) { fitting = middle } else { too_much = middle }
    }
    fitting
}

fn floor(bits: &mut Bits) -> Result<(), Refusal> {
    match bits.read(16)? {
        0 => {
            bits.skip(8 + 16 + 16 + 6 + 8)?;
            each(bits, 4, |bits| bits.skip(8))
        }
        1 => floor_of_lines(bits),
        _ => Err(WRONG),
    }
}

fn floor_of_lines(bits: &mut Bits) -> Result<(), Refusal> {
    let partitions = bits.read(5)?;
    let classes: Vec<u32> = (0..partitions).map(|_| bits.read(4)).collect::<Result<_, _>>()?;
    let mut dimensions = Vec::new();
    for _ in 0..classes.iter().max().map_or(0, |most| most + 1) {
        dimensions.push(bits.read(3)? + 1);
        let subclasses = bits.read(2)?;
        bits.skip(if subclasses == 0 { 0 } else { 8 })?;
        bits.skip(8 << subclasses)?;
    }
    bits.skip(2)?;
    let range = bits.read(4)?;
    for class in classes {
        let count = dimensions.get(class as usize).copied().unwrap_or(0);
        bits.skip((count * range) as usize)?;
    }
    Ok(())
}

fn residue(bits: &mut Bits) -> Result<(), Refusal> {
    if bits.read(16)? > 2 {
        return Err(WRONG);
    }
    bits.skip(24 * 3)?;
    let classes = bits.read(6)? + 1;
    bits.skip(8)?;
    let mut books = 0;
    for _ in 0..classes {
        let low = bits.read(3)?;
        let high = if bits.flag()? { bits.read(5)? } else { 0 };
        books += low.count_ones() + high.count_ones();
    }
    bits.skip(8 * books as usize)
}

fn mapping(bits: &mut Bits, channels: u8) -> Result<(), Refusal> {
    nought(bits, 16)?;
    let maps = if bits.flag()? { bits.read(4)? + 1 } else { 1 };
    if bits.flag()? {
        let channel = width(u32::from(channels.saturating_sub(1)));
        each(bits, 8, |bits| bits.skip(2 * channel as usize))?;
    }
    nought(bits, 2)?;
    if maps > 1 {
        bits.skip(4 * usize::from(channels))?;
    }
    bits.skip(24 * maps as usize)
}

fn mode(bits: &mut Bits) -> Result<bool, Refusal> {
    let is_long = bits.flag()?;
    nought(bits, 32)?;
    bits.skip(8)?;
    Ok(is_long)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canaries::ogg::setup;

    #[test]
    fn a_setup_ends_where_its_last_mode_ends() {
        assert_eq!(check(&setup(), 1), Ok(vec![false]));
        let more = [setup(), b"Anna".to_vec()].concat();
        assert_eq!(check(&more, 1), Err(Refusal::Damaged(Damage::Length)));
        let whole = setup();
        for end in 7..whole.len() {
            assert_eq!(check(&whole[..end], 1), Err(Refusal::Truncated), "{end}");
        }
    }

    #[test]
    fn a_table_of_values_has_as_many_as_the_root_says() {
        assert_eq!(root(81, 4), 3);
        assert_eq!(root(80, 4), 2);
        assert_eq!(root(7, 1), 7);
        assert_eq!(root(0, 3), 0);
        assert_eq!(root(5, 60_000), 1);
    }
}
