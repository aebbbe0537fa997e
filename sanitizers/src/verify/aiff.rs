//! Says whether a clean AIFF is a header and samples, and both say what the original says.
//!
//! As for WAV: what a clean copy must be is put together a second time from what is
//! found in the original by absolute places, and compared byte by byte.

use super::sound::{at, be16, be32, whole};
use crate::{Limits, ReadSeek, Refusal};

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    let original = whole(original, limits)?;
    match expected(&original, limits) {
        Some(expected) if expected == clean => Ok(()),
        _ => Err(Refusal::Verification),
    }
}

/// The content of the only chunk with this name; none if there are two.
fn chunk<'a>(file: &'a [u8], wanted: &[u8], limits: &Limits) -> Result<Option<&'a [u8]>, ()> {
    let (mut place, mut found) = (12, None);
    for _ in 0..limits.segments {
        let (Some(name), Some(length)) = (at(file, place, 4), be32(file, place + 4)) else { break };
        let Some(content) = at(file, place + 8, length as usize) else { break };
        if name == wanted && found.replace(content).is_some() {
            return Err(());
        }
        place += 8 + length as usize + length as usize % 2;
    }
    Ok(found)
}

/// The one clean copy there can be of this file.
fn expected(file: &[u8], limits: &Limits) -> Option<Vec<u8>> {
    let common = chunk(file, b"COMM", limits).ok()??;
    let sound = chunk(file, b"SSND", limits).ok()??;
    let speakers = chunk(file, b"CHAN", limits).ok()?;
    let (channels, frames, bits) = (be16(common, 0)?, be32(common, 2)?, be16(common, 6)?);
    let coding = if at(file, 8, 4)? == b"AIFC" { at(common, 18, 4)? } else { b"NONE" };
    let plain = matches!(coding, b"NONE" | b"twos");
    let bytes = match coding {
        b"NONE" | b"twos" | b"sowt" | b"raw " => usize::from(bits).div_ceil(8),
        b"alaw" | b"ALAW" | b"ulaw" | b"ULAW" => 1,
        b"in24" | b"42ni" => 3,
        b"in32" | b"23ni" | b"fl32" | b"FL32" => 4,
        b"fl64" | b"FL64" => 8,
        b"ima4" => 34,
        _ => return None,
    };
    let length = bytes.checked_mul(usize::from(channels))?.checked_mul(frames as usize)?;
    let samples = at(sound, (be32(sound, 0)? as usize).checked_add(8)?, length)?;

    let mut header = Vec::new();
    if !plain {
        header.extend(b"FVER\0\0\0\x04\xA2\x80\x51\x40");
    }
    header.extend(b"COMM");
    header.extend(if plain { 18_u32 } else { 24 }.to_be_bytes());
    header.extend(at(common, 0, 14)?);
    header.extend([0; 4]);
    if !plain {
        header.extend(coding);
        header.extend([0; 2]);
    }
    if let Some(speakers) = speakers {
        let (tag, map) = (be32(speakers, 0)?, be32(speakers, 4)?);
        // A map of speakers, or one of the arrangements from 100 on, with its channels.
        let named = matches!(tag >> 16, 100..=255) && tag % 0x1_0000 == u32::from(channels);
        if !named && tag != 0x1_0000 || be32(speakers, 8)? != 0 || speakers.len() != 12 {
            return None;
        }
        header.extend(b"CHAN\0\0\0\x0C");
        header.extend(tag.to_be_bytes());
        header.extend(if tag == 0x1_0000 { map % 0x4_0000 } else { 0 }.to_be_bytes());
        header.extend([0; 4]);
    }
    header.extend(b"SSND");
    header.extend(u32::try_from(length.checked_add(8)?).ok()?.to_be_bytes());
    header.extend([0; 8]);
    let odd = length % 2;
    let mut whole = b"FORM".to_vec();
    whole.extend(u32::try_from(4 + header.len() + length + odd).ok()?.to_be_bytes());
    whole.extend(if plain { b"AIFF" } else { b"AIFC" });
    whole.extend(header);
    whole.extend(samples);
    whole.extend(vec![0; odd]);
    Some(whole)
}

#[cfg(test)]
mod tests;
