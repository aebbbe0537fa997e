//! Says whether a clean WAV is a header and samples, and both say what the original says.
//!
//! The original is searched by absolute places, chunk after chunk. From what is found
//! there, the one header that a clean copy may have is put together here a second time,
//! and the copy must be this header and these samples, byte by byte.

use std::borrow::Cow;

use super::sound::{at, le16, le32, whole};
use crate::{Limits, ReadSeek, Refusal};

/// What the second reader found in the original.
struct Heard<'a> {
    format: &'a [u8],
    fact: Option<u32>,
    samples: &'a [u8],
}

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    let original = whole(original, limits)?;
    let same = heard(&original, limits).and_then(|heard| expected(&heard));
    let accepted = same.is_some_and(|(header, samples)| {
        let padding = samples.len() % 2;
        let (Some(head), Some(body), Some(end)) = (
            clean.get(..header.len()),
            at(clean, header.len(), samples.len()),
            clean.get(header.len() + samples.len()..),
        ) else {
            return false;
        };
        head == header && body == &*samples && end.len() == padding && end.iter().all(|&b| b == 0)
    });
    if accepted { Ok(()) } else { Err(Refusal::Verification) }
}

/// Goes from place to place. The copy may have only what was found once here.
fn heard<'a>(file: &'a [u8], limits: &Limits) -> Option<Heard<'a>> {
    let (mut format, mut fact, mut samples) = (None, None, None);
    let mut place = 12;
    for _ in 0..limits.segments {
        let (Some(name), Some(length)) = (at(file, place, 4), le32(file, place + 4)) else { break };
        let left = file.len() - (place + 8);
        let length = match (name, length) {
            (b"data", u32::MAX) if at(file, 0, 4)? == b"RIFF" => left,
            (b"data", u32::MAX) => {
                usize::try_from(u64::from(le32(file, 28)?) | u64::from(le32(file, 32)?) << 32)
                    .ok()?
            }
            (_, length) => length as usize,
        };
        let Some(content) = at(file, place + 8, length) else { break };
        let earlier = match name {
            b"fmt " => format.replace(content).is_some(),
            b"fact" => fact.replace(content).is_some(),
            b"data" => samples.replace(content).is_some(),
            _ => false,
        };
        if earlier {
            return None;
        }
        place = (place + 8).checked_add(length)?.checked_add(length % 2)?;
    }
    let fact = fact.and_then(|fact| le32(fact, 0));
    Some(Heard { format: format?, fact, samples: samples? })
}

/// The header a clean copy of this must have, and the samples behind it.
fn expected<'a>(heard: &Heard<'a>) -> Option<(Vec<u8>, Cow<'a, [u8]>)> {
    let format = heard.format;
    let (channels, rate) = (le16(format, 2)?, le32(format, 4)?);
    let (block, bits) = (le16(format, 12)?, le16(format, 14)?);
    let (head, coding, mut tail) = coding(format, channels, bits)?;
    let in_block = u64::from(frames_in_block(coding, channels, block)?);
    let packs = matches!(coding, 2 | 0x11 | 0x31);
    if packs {
        tail = packed(format, coding, in_block)?;
    }
    let spare = if packs { 0 } else { heard.samples.len() % usize::from(block) };
    let samples = heard.samples.get(..heard.samples.len() - spare)?;
    let most = (samples.len() as u64).div_ceil(u64::from(block)) * in_block;
    let frames = match u64::from(heard.fact.unwrap_or(0)) {
        claim if claim <= most && claim + in_block > most => claim,
        _ => most,
    };
    let average = u64::from(rate) * u64::from(block) / in_block;

    let mut fields = [head.to_le_bytes(), channels.to_le_bytes()].concat();
    fields.extend(rate.to_le_bytes());
    fields.extend(u32::try_from(average).unwrap_or(u32::MAX).to_le_bytes());
    fields.extend([block.to_le_bytes(), bits.to_le_bytes()].concat());
    fields.extend(tail);
    let mut header = b"WAVEfmt ".to_vec();
    header.extend(u32::try_from(fields.len()).ok()?.to_le_bytes());
    header.extend(fields);
    if coding != 1 {
        header.extend(b"fact\x04\0\0\0");
        header.extend(u32::try_from(frames).ok()?.to_le_bytes());
    }
    header.extend(b"data");
    header.extend(u32::try_from(samples.len()).ok()?.to_le_bytes());
    let all = header.len() + samples.len() + samples.len() % 2;
    let mut whole = b"RIFF".to_vec();
    whole.extend(u32::try_from(all).ok()?.to_le_bytes());
    whole.extend(header);
    let mut samples = Cow::Borrowed(samples);
    if coding == 0x11 && has_spare(&samples, block, channels) {
        let packed = samples.to_mut();
        packed.chunks_mut(usize::from(block)).for_each(|block| {
            let heads = block.chunks_mut(4).take(usize::from(channels));
            heads.filter_map(|head| head.get_mut(3)).for_each(|spare| *spare = 0);
        });
    }
    Some((whole, samples))
}

/// Whether a block of IMA ADPCM has something in the fourth byte of a channel's head.
fn has_spare(samples: &[u8], block: u16, channels: u16) -> bool {
    samples.chunks(usize::from(block)).any(|block| {
        let mut heads = block.chunks(4).take(usize::from(channels));
        heads.any(|head| head.get(3).is_some_and(|&spare| spare != 0))
    })
}

/// The coding that the header must name, the one it means, and what follows the fields.
fn coding(format: &[u8], channels: u16, bits: u16) -> Option<(u16, u16, Vec<u8>)> {
    let named = le16(format, 0)?;
    let plain = |coding: u16| (coding, coding, if coding == 1 { Vec::new() } else { vec![0; 2] });
    if named != 0xFFFE {
        return Some(plain(named));
    }
    let identifier = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];
    let meant = le16(format, 24)?;
    if at(format, 26, 14)? != identifier || !matches!(meant, 1 | 3 | 6 | 7) {
        return None;
    }
    let (counting, mask) = (le16(format, 18)?, le32(format, 20)?);
    let counting = if counting == 0 { bits } else { counting };
    if mask >> 18 != 0 || counting > bits {
        return None;
    }
    if counting == bits && matches!((channels, mask), (1, 0 | 4) | (2, 0 | 3)) {
        return Some(plain(meant));
    }
    let mut tail = [22_u16.to_le_bytes(), counting.to_le_bytes()].concat();
    tail.extend(mask.to_le_bytes());
    tail.extend(meant.to_le_bytes());
    tail.extend(identifier);
    Some((named, meant, tail))
}

/// Frames in a block: one, unless the coding packs them; none outside the list of codings.
fn frames_in_block(coding: u16, channels: u16, block: u16) -> Option<u16> {
    let (all, each) = (u32::from(block), u32::from(channels));
    if all == 0 || each == 0 {
        return None;
    }
    let frames = match coding {
        1 | 3 | 6 | 7 => 1,
        2 => (all / each).checked_sub(7)? * 2 + 2,
        0x11 => all.checked_sub(each * 4)? / each * 2 + 1,
        0x31 => 320,
        _ => return None,
    };
    u16::try_from(frames).ok()
}

/// What follows the fields where frames are packed.
fn packed(format: &[u8], coding: u16, in_block: u64) -> Option<Vec<u8>> {
    let length: u16 = if coding == 2 { 32 } else { 2 };
    let right = le16(format, 16)? >= length && u64::from(le16(format, 18)?) == in_block;
    if !right || coding == 2 && !is_usual_table(at(format, 20, 30)?) {
        return None;
    }
    Some([&length.to_le_bytes(), at(format, 18, usize::from(length))?].concat())
}

/// How many pairs of coefficients, and the seven pairs themselves, as two bytes each.
fn is_usual_table(table: &[u8]) -> bool {
    const TABLE: [i16; 15] = [7, 256, 0, 512, -256, 0, 0, 192, 64, 240, 0, 460, -208, 392, -232];
    table.chunks(2).zip(TABLE).all(|(pair, number)| pair == number.to_le_bytes())
}

#[cfg(test)]
mod tests;
