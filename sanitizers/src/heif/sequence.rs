//! The sequence header of AV1, read to its last bit (AV1, 5.5).
//!
//! It says how large the frames are, so that is compared with what the file says. And it is
//! the one unit of a picture whose end can be known without decoding: whoever writes more
//! into it than a decoder reads hides something there.

use super::bits::Bits;
use super::vui::Signal;
use crate::Refusal;
use crate::refusal::Damage;

/// What a header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sequence {
    /// Width and height of the largest frame.
    pub(crate) size: (u32, u32),
    /// A bit for each layer that a decoder shows if nobody says otherwise: of layers in
    /// time the lower eight, of those in space the higher four. Without any all is decoded.
    pub(crate) layers: u32,
    /// What its samples mean.
    pub(super) signal: Signal,
}

/// Reads a header, if nothing stands behind the last field.
pub(crate) fn read(header: &[u8]) -> Result<Sequence, Refusal> {
    let mut row = Bits::of(header);
    let bits = &mut row;
    let profile = bits.number(3)?;
    bits.bit()?;
    let reduced = bits.bit()?;
    let layers = if reduced { bits.number(5).map(|_| 0)? } else { operating_points(bits)? };
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
    let signal = colours(bits, profile)?;
    // Film grain; then a one, and zeros to the end.
    bits.bit()?;
    let ends = bits.bit()? && row.are_zero();
    if ends { Ok(Sequence { size, layers, signal }) } else { Err(Refusal::Damaged(Damage::Length)) }
}

/// The layers of the first point, which is the one that is shown.
fn operating_points(bits: &mut Bits) -> Result<u32, Refusal> {
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
    let mut first = None;
    for _ in 0..=bits.number(5)? {
        let layers = bits.number(12)?;
        first.get_or_insert(layers);
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
    Ok(first.unwrap_or_default())
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

fn colours(bits: &mut Bits, profile: u32) -> Result<Signal, Refusal> {
    let deep = bits.bit()?;
    let twelve = profile == 2 && deep && bits.bit()?;
    let grey = profile != 1 && bits.bit()?;
    let mut signal = Signal::UNSAID;
    if bits.bit()? {
        for number in [&mut signal.primaries, &mut signal.transfer, &mut signal.matrix] {
            *number = u16::try_from(bits.number(8)?).map_err(|_| Refusal::Internal)?;
        }
    }
    if grey {
        signal.full = bits.bit()?;
        return Ok(signal);
    }
    if (signal.primaries, signal.transfer, signal.matrix) == (1, 13, 0) {
        signal.full = true;
    } else {
        signal.full = bits.bit()?;
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
    Ok(signal)
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
        assert_eq!(read(&header).map(|said| said.size), Ok((8, 3)));
        let longer = [&header[..], &[0, 0]].concat();
        assert_eq!(read(&longer).map(|said| said.size), Ok((8, 3)));
    }

    #[test]
    fn bits_behind_the_last_field_are_refused() {
        let header = bits("000 1 1 00000 0010 0001 111 10 000 000 0 0 0 1 00 0 0 1");
        for more in [&b"Anna"[..], &[0, 1], &[0x80]] {
            let longer = [&header[..], more].concat();
            assert_eq!(read(&longer).map(|said| said.size), Err(Refusal::Damaged(Damage::Length)));
        }
        for length in 0..header.len() {
            assert!(read(&header[..length]).is_err());
        }
    }

    #[test]
    fn a_long_header_is_read_to_its_end() {
        let header = bits(
            "000 0 0 0 1 00001 000000000000 01000 1 1 1010 000000000001 00100 0 \
             0001 0001 11 10 0 111 1111 1 11 0 1 0 0 011 000 0 0 0 1 00 0 1 1",
        );
        assert_eq!(read(&header).map(|said| said.size), Ok((4, 3)));
    }
}
