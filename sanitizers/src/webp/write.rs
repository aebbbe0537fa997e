//! Writes the clean copy: one order of chunks, flags that follow from them.

use super::picture::{Coded, Content, Frame, Picture};
use super::riff::Name;
use crate::refusal::Limit;
use crate::{Refusal, exif};

/// Flags of `VP8X` (RFC 9649, 2.7).
const PROFILE: u8 = 0x20;
const TRANSPARENT: u8 = 0x10;
const EXIF: u8 = 0x08;
const ANIMATED: u8 = 0x02;

/// Returns the file.
pub(super) fn picture(picture: &Picture) -> Result<Vec<u8>, Refusal> {
    let mut inside = b"WEBP".to_vec();
    if let Some(head) = extended(picture) {
        put(&mut inside, *b"VP8X", &head)?;
    }
    if let Some(profile) = &picture.profile {
        put(&mut inside, *b"ICCP", profile)?;
    }
    match &picture.content {
        Content::Still(coded) => self::coded(&mut inside, coded)?,
        Content::Animation { repetitions, frames } => {
            // No viewer paints the background.
            put(&mut inside, *b"ANIM", &[&[0; 4][..], &repetitions.to_le_bytes()].concat())?;
            for frame in frames {
                put(&mut inside, *b"ANMF", &self::frame(frame)?)?;
            }
        }
    }
    if let Some(orientation) = picture.orientation {
        put(&mut inside, *b"EXIF", &exif::orientation_only(orientation))?;
    }
    let mut file = Vec::with_capacity(inside.len() + 8);
    put(&mut file, *b"RIFF", &inside)?;
    Ok(file)
}

/// The head of an extended file; none if the picture can stand alone.
fn extended(picture: &Picture) -> Option<[u8; 10]> {
    let (animated, transparent, alone) = match &picture.content {
        Content::Still(coded) => (false, coded.transparent, coded.alpha.is_none()),
        Content::Animation { frames, .. } => {
            (true, frames.iter().any(|frame| frame.coded.transparent), false)
        }
    };
    let (profile, exif) = (picture.profile.is_some(), picture.orientation.is_some());
    if alone && !profile && !exif {
        return None;
    }
    let flag = |is: bool, flag: u8| if is { flag } else { 0 };
    let flags = flag(profile, PROFILE)
        | flag(transparent, TRANSPARENT)
        | flag(exif, EXIF)
        | flag(animated, ANIMATED);
    let [w0, w1, w2, _] = (picture.size.0 - 1).to_le_bytes();
    let [h0, h1, h2, _] = (picture.size.1 - 1).to_le_bytes();
    Some([flags, 0, 0, 0, w0, w1, w2, h0, h1, h2])
}

fn frame(frame: &Frame) -> Result<Vec<u8>, Refusal> {
    let mut inside = Vec::with_capacity(frame.coded.data.len() + 64);
    for number in frame.numbers {
        let [low, middle, high, _] = number.to_le_bytes();
        inside.extend([low, middle, high]);
    }
    inside.push(frame.flags);
    coded(&mut inside, &frame.coded)?;
    Ok(inside)
}

fn coded(inside: &mut Vec<u8>, coded: &Coded) -> Result<(), Refusal> {
    if let Some((first, rest)) = coded.alpha {
        put(inside, *b"ALPH", &[&[first], rest].concat())?;
    }
    put(inside, if coded.lossless { *b"VP8L" } else { *b"VP8 " }, &coded.data)
}

/// Appends a chunk, filled up to an even length.
fn put(file: &mut Vec<u8>, name: Name, data: &[u8]) -> Result<(), Refusal> {
    let length = u32::try_from(data.len()).map_err(|_| Refusal::Limit(Limit::OutputBytes))?;
    file.extend(name);
    file.extend(length.to_le_bytes());
    file.extend(data);
    if !data.len().is_multiple_of(2) {
        file.push(0);
    }
    Ok(())
}
