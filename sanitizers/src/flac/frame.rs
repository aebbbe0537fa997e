//! One frame, walked bit by bit to find where it ends.
//!
//! A frame does not say how long it is. Whoever looks for the next one by its first
//! bytes can be led astray by sound that looks like them; so each code is passed over as
//! a decoder would read it. In the end no bit of the frame is without a meaning.

use super::bits::Bits;
use super::{Info, checksum};
use crate::Refusal;
use crate::refusal::Damage;

/// A frame whose checksums were right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Bytes of the frame.
    pub(crate) bytes: usize,
    /// Samples of each channel.
    pub(crate) samples: u32,
    /// Its number, or that of its first sample.
    pub(crate) number: u64,
    /// Whether `number` counts samples.
    pub(crate) counts_samples: bool,
    /// Whether its width is one that the header of a frame has no code for, or the one of 32
    /// bits. Few programs read those, and none of the second readers.
    pub(crate) has_rare_width: bool,
}

/// What follows from the header for the rest of the frame.
struct Header {
    counts_samples: bool,
    number: u64,
    has_rare_width: bool,
    samples: u32,
    channels: Channels,
    width: u32,
}

/// How many channels there are, and which of them is the difference of two.
struct Channels {
    count: u32,
    difference: Option<u32>,
}

impl Frame {
    /// Reads the frame that begins here and must fit the header of the stream.
    pub(crate) fn read(bytes: &[u8], info: &Info) -> Result<Frame, Refusal> {
        read(bytes, info)
    }
}

const WRONG: Refusal = Refusal::Damaged(Damage::Value);

/// Whether a frame seems to begin here.
pub(super) fn begins(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, 0xF8 | 0xF9, ..])
}

/// Reads the frame that begins here and must fit the header of the stream.
pub(crate) fn read(bytes: &[u8], info: &Info) -> Result<Frame, Refusal> {
    let mut bits = Bits::new(bytes);
    let header = header(&mut bits, bytes, info)?;
    for channel in 0..header.channels.count {
        let more = u32::from(header.channels.difference == Some(channel));
        channel_of(&mut bits, header.samples, header.width + more)?;
    }
    let (end, empty) = bits.align();
    let expected = bits.read(16)?;
    let sum = checksum::of_frame(bytes.get(..end).ok_or(Refusal::Truncated)?);
    if !empty || u32::from(sum) != expected {
        return Err(Refusal::Damaged(Damage::Length));
    }
    Ok(Frame {
        bytes: end + 2,
        samples: header.samples,
        number: header.number,
        counts_samples: header.counts_samples,
        has_rare_width: header.has_rare_width,
    })
}

/// Whether the header of a frame begins here, with a right checksum.
pub(super) fn has_header(bytes: &[u8], info: &Info) -> bool {
    header(&mut Bits::new(bytes), bytes, info).is_ok()
}

/// The header (RFC 9639, section 9.1).
fn header(bits: &mut Bits, bytes: &[u8], info: &Info) -> Result<Header, Refusal> {
    if bits.read(15)? != 0x7FFC {
        return Err(WRONG);
    }
    let counts_samples = bits.read(1)? == 1;
    let (size, rate) = (bits.read(4)?, bits.read(4)?);
    let (channels, width) = (bits.read(4)?, bits.read(3)?);
    if bits.read(1)? != 0 {
        return Err(WRONG);
    }
    let number = coded_number(bits)?;
    let samples = match size {
        1 => 192,
        2..=5 => 144 << size,
        6 => bits.read(8)? + 1,
        7 => bits.read(16)? + 1,
        8..=15 => 1 << size,
        _ => return Err(WRONG),
    };
    let rate = match rate {
        0 => info.rate,
        1..=11 => *RATES.get(rate as usize - 1).ok_or(WRONG)?,
        12 => bits.read(8)? * 1_000,
        13 => bits.read(16)?,
        14 => bits.read(16)? * 10,
        _ => return Err(WRONG),
    };
    let channels = match channels {
        0..=7 => Channels { count: channels + 1, difference: None },
        8 | 10 => Channels { count: 2, difference: Some(1) },
        9 => Channels { count: 2, difference: Some(0) },
        _ => return Err(WRONG),
    };
    let has_rare_width = matches!(width, 0 | 7);
    let width = match width {
        0 => info.width,
        1 => 8,
        2 => 12,
        4 => 16,
        5 => 20,
        6 => 24,
        7 => 32,
        _ => return Err(WRONG),
    };
    let (end, _) = bits.align();
    let sum = checksum::of_header(bytes.get(..end).ok_or(Refusal::Truncated)?);
    if u32::from(sum) != bits.read(8)? {
        return Err(Refusal::Damaged(Damage::Length));
    }
    if (rate, channels.count, width) != (info.rate, info.channels, info.width) {
        return Err(WRONG);
    }
    Ok(Header { counts_samples, number, has_rare_width, samples, channels, width })
}

/// Sample rates that have a code of their own.
const RATES: [u32; 11] =
    [88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];

/// A number in one to seven bytes, in the shortest form only.
fn coded_number(bits: &mut Bits) -> Result<u64, Refusal> {
    let first = bits.read(8)?;
    let more = match first {
        0..=0x7F => return Ok(u64::from(first)),
        0xC0..=0xFE => (first << 24).leading_ones() - 1,
        _ => return Err(WRONG),
    };
    let mut number = u64::from(first & 0x3F >> more);
    for _ in 0..more {
        let next = bits.read(8)?;
        if next & 0xC0 != 0x80 {
            return Err(WRONG);
        }
        number = number << 6 | u64::from(next & 0x3F);
    }
    // What a form with one byte less could hold must be written in that form.
    let less = if more == 1 { 7 } else { more * 5 + 1 };
    if number >> less == 0 { Err(WRONG) } else { Ok(number) }
}

/// One channel of a frame (RFC 9639, section 9.2).
fn channel_of(bits: &mut Bits, samples: u32, width: u32) -> Result<(), Refusal> {
    if bits.read(1)? != 0 {
        return Err(WRONG);
    }
    let kind = bits.read(6)?;
    let spare = if bits.read(1)? == 0 { 0 } else { bits.unary()? + 1 };
    let width = width.checked_sub(spare).filter(|width| *width > 0).ok_or(WRONG)?;
    let values = |count: u32| count as usize * width as usize;
    match kind {
        0 => bits.skip(values(1)),
        1 => bits.skip(values(samples)),
        8..=12 => {
            bits.skip(values(kind - 8))?;
            residual(bits, samples, kind - 8)
        }
        32..=63 => {
            let order = kind - 31;
            bits.skip(values(order))?;
            let precision = bits.read(4)? + 1;
            if precision == 16 {
                return Err(WRONG);
            }
            bits.skip(5)?;
            bits.skip(order as usize * precision as usize)?;
            residual(bits, samples, order)
        }
        _ => Err(WRONG),
    }
}

/// What the prediction did not hit (RFC 9639, section 9.2.7).
fn residual(bits: &mut Bits, samples: u32, order: u32) -> Result<(), Refusal> {
    let digits = match bits.read(2)? {
        0 => 4,
        1 => 5,
        _ => return Err(WRONG),
    };
    let parts = 1 << bits.read(4)?;
    let each = samples / parts;
    if !samples.is_multiple_of(parts) || each < order {
        return Err(WRONG);
    }
    for part in 0..parts {
        let count = if part == 0 { each - order } else { each };
        let low = bits.read(digits)?;
        if low == (1 << digits) - 1 {
            let width = bits.read(5)?;
            bits.skip(count as usize * width as usize)?;
            continue;
        }
        for _ in 0..count {
            bits.unary()?;
            bits.skip(low as usize)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_form_only() {
        let number = |bytes: &[u8]| coded_number(&mut Bits::new(bytes));
        assert_eq!(number(b"\x7F"), Ok(0x7F));
        assert_eq!(number(b"\xC2\x80"), Ok(0x80));
        assert_eq!(number(b"\xE0\xA0\x80"), Ok(0x800));
        assert_eq!(number(b"\xFE\x84\x80\x80\x80\x80\x80"), Ok(1 << 32));
        assert_eq!(number(b"\xFE\xBF\xBF\xBF\xBF\xBF\xBF"), Ok((1 << 36) - 1));
        for long in [&b"\xC1\xBF"[..], b"\xE0\x9F\xBF", b"\xFE\x81\x80\x80\x80\x80\x80", b"\x80"] {
            assert_eq!(number(long), Err(WRONG), "{long:x?}");
        }
    }
}
