//! The sequence header of AV1, read to its last bit (AV1, 5.5).
//!
//! It says how large the frames are, so that is compared with what the file says. And it is
//! the one unit of a picture whose end can be known without decoding: whoever writes more
//! into it than a decoder reads hides something there.

use super::bits::Bits;
use crate::Refusal;
use crate::refusal::Damage;

/// Width and height of the largest frame, if nothing stands behind the last field.
pub(super) fn size(header: &[u8]) -> Result<(u32, u32), Refusal> {
    let mut row = Bits::of(header);
    let bits = &mut row;
    let profile = bits.number(3)?;
    bits.bit()?;
    let reduced = bits.bit()?;
    if reduced {
        bits.number(5)?;
    } else {
        operating_points(bits)?;
    }
    let (wide, high) = (bits.number(4)? + 1, bits.number(4)? + 1);
    let size = (bits.number(wide)? + 1, bits.number(high)? + 1);
    if !reduced && bits.bit()? {
        bits.number(7)?;
    }
    bits.number(3)?;
    if !reduced {
        tools(bits)?;
    }
    bits.number(3)?;
    colours(bits, profile)?;
    // Film grain; then a one, and zeros to the end.
    bits.bit()?;
    if bits.bit()? && row.are_zero() { Ok(size) } else { Err(Refusal::Damaged(Damage::Length)) }
}

fn operating_points(bits: &mut Bits) -> Result<(), Refusal> {
    let mut delay = None;
    if bits.bit()? {
        bits.number(32)?;
        bits.number(32)?;
        if bits.bit()? {
            bits.code()?;
        }
        if bits.bit()? {
            delay = Some(bits.number(5)? + 1);
            bits.number(32)?;
            bits.number(10)?;
        }
    }
    let delayed = bits.bit()?;
    for _ in 0..=bits.number(5)? {
        bits.number(12)?;
        if bits.number(5)? > 7 {
            bits.bit()?;
        }
        if let Some(delay) = delay
            && bits.bit()?
        {
            bits.number(delay)?;
            bits.number(delay)?;
            bits.bit()?;
        }
        if delayed && bits.bit()? {
            bits.number(4)?;
        }
    }
    Ok(())
}

fn tools(bits: &mut Bits) -> Result<(), Refusal> {
    bits.number(4)?;
    let ordered = bits.bit()?;
    if ordered {
        bits.number(2)?;
    }
    // Whether it is said here, and then what, if screens are treated apart.
    let apart = bits.bit()? || bits.bit()?;
    if apart && !bits.bit()? {
        bits.bit()?;
    }
    if ordered {
        bits.number(3)?;
    }
    Ok(())
}

fn colours(bits: &mut Bits, profile: u32) -> Result<(), Refusal> {
    let deep = bits.bit()?;
    let twelve = profile == 2 && deep && bits.bit()?;
    let grey = profile != 1 && bits.bit()?;
    let mut numbers = [2, 2, 2];
    if bits.bit()? {
        for number in &mut numbers {
            *number = bits.number(8)?;
        }
    }
    if grey {
        bits.bit()?;
        return Ok(());
    }
    if numbers != [1, 13, 0] {
        bits.bit()?;
        let (half_wide, half_high) = match profile {
            0 => (true, true),
            1 => (false, false),
            _ if twelve => {
                let wide = bits.bit()?;
                (wide, wide && bits.bit()?)
            }
            _ => (true, false),
        };
        if half_wide && half_high {
            bits.number(2)?;
        }
    }
    bits.bit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(text: &str) -> Vec<u8> {
        let text: Vec<u8> = text.bytes().filter(|byte| *byte != b' ').collect();
        let byte = |bits: &[u8]| {
            bits.iter().chain(&[b'0'; 8]).take(8).fold(0, |sum, bit| sum << 1 | (bit - b'0'))
        };
        text.chunks(8).map(byte).collect()
    }

    #[test]
    fn a_short_header_says_how_large_the_frame_is() {
        // Profile, still, reduced, level; sides of 3 and 2 bits; tools; colours; grain; end.
        let header = bits("000 1 1 00000 0010 0001 111 10 000 000 0 0 0 1 00 0 0 1");
        assert_eq!(size(&header), Ok((8, 3)));
        let longer = [&header[..], &[0, 0]].concat();
        assert_eq!(size(&longer), Ok((8, 3)));
    }

    #[test]
    fn bits_behind_the_last_field_are_refused() {
        let header = bits("000 1 1 00000 0010 0001 111 10 000 000 0 0 0 1 00 0 0 1");
        for more in [&b"Anna"[..], &[0, 1], &[0x80]] {
            let longer = [&header[..], more].concat();
            assert_eq!(size(&longer), Err(Refusal::Damaged(Damage::Length)));
        }
        for length in 0..header.len() {
            assert!(size(&header[..length]).is_err());
        }
    }

    #[test]
    fn a_long_header_is_read_to_its_end() {
        let header = bits(
            "000 0 0 0 1 00001 000000000000 01000 1 1 1010 000000000001 00100 0 \
             0001 0001 11 10 0 111 1111 1 11 0 1 0 0 011 000 0 0 0 1 00 0 1 1",
        );
        assert_eq!(size(&header), Ok((4, 3)));
    }
}
