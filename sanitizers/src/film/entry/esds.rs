//! `esds`: descriptions inside descriptions, each with a number and a length, of which a
//! decoder needs two numbers and a few bytes.
//!
//! Format: ISO/IEC 14496-1, 7.2.6.

use super::super::atom::Atom;
use super::super::nal::noted;
use super::super::{bits, mpeg4};
use super::CODEC;
use crate::refusal::{Damage, Feature};
use crate::sound::Bytes;
use crate::{Notes, Refusal};

const STREAM: u8 = 3;
const DECODER: u8 = 4;
const SPECIFIC: u8 = 5;
const AAC: [u8; 4] = [0x40, 0x66, 0x67, 0x68];
const MPEG4_PICTURES: u8 = 0x20;
/// Kinds of streams: pictures, sound.
const PICTURES: u8 = 4;
const SOUND: u8 = 5;
/// Bytes of a description of a decoder.
const MOST: usize = 4 << 10;

/// The box of AAC sound.
pub(super) fn sound(atom: &Atom, notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let (coding, specific) = read(atom)?;
    if !AAC.contains(&coding) {
        return Err(CODEC);
    }
    let kept = bits::aac(specific)?;
    noted(specific.len(), kept.len(), notes);
    Ok(written(coding, SOUND, &kept))
}

/// The box of MPEG-4 pictures.
pub(super) fn pictures(atom: &Atom, notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let (coding, specific) = read(atom)?;
    if coding != MPEG4_PICTURES {
        return Err(CODEC);
    }
    let kept = mpeg4::without_user_data(specific)?;
    noted(specific.len(), kept.len(), notes);
    Ok(written(coding, PICTURES, &kept))
}

/// The number of the coding and the bytes for its decoder.
fn read<'a>(atom: &Atom<'a>) -> Result<(u8, &'a [u8]), Refusal> {
    let mut outer = find(&mut atom.plain()?, STREAM)?;
    outer.take(2)?;
    let flags = outer.byte()?;
    if flags & 0x40 != 0 {
        // An address from where the stream is to be fetched.
        return Err(Refusal::Feature(Feature::Construct));
    }
    let other = usize::from(flags >> 7) + usize::from(flags >> 5 & 1);
    outer.take(2 * other)?;
    let mut decoder = find(&mut outer, DECODER)?;
    let coding = decoder.byte()?;
    if coding != MPEG4_PICTURES && !AAC.contains(&coding) {
        return Err(CODEC);
    }
    decoder.take(12)?;
    let specific = find(&mut decoder, SPECIFIC)?.rest();
    if specific.len() > MOST {
        return Err(Refusal::Feature(Feature::Construct));
    }
    Ok((coding, specific))
}

/// The first description with this number.
fn find<'a>(bytes: &mut Bytes<'a>, number: u8) -> Result<Bytes<'a>, Refusal> {
    while !bytes.rest().is_empty() {
        let tag = bytes.byte()?;
        let mut length = 0_usize;
        for place in 0.. {
            let byte = bytes.byte()?;
            length = length << 7 | usize::from(byte & 0x7F);
            match (byte & 0x80, place) {
                (0, _) => break,
                (_, 3) => return Err(Refusal::Damaged(Damage::Length)),
                _ => {}
            }
        }
        let body = bytes.take(length)?;
        if tag == number {
            return Ok(Bytes::new(body));
        }
    }
    Err(Refusal::Damaged(Damage::Missing))
}

/// The box without numbers of the stream and without rates.
fn written(coding: u8, stream: u8, specific: &[u8]) -> Vec<u8> {
    let specific = tagged(SPECIFIC, specific);
    let decoder = [&[coding, stream << 2 | 1], &[0; 11][..], &specific].concat();
    let outer = [&[0, 0, 0][..], &tagged(DECODER, &decoder), &[6, 1, 2]].concat();
    [&[0; 4][..], &tagged(STREAM, &outer)].concat()
}

fn tagged(number: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).unwrap_or_default();
    let [high, low] = [length >> 7, length & 0x7F];
    let lengths = [0x80, 0x80, 0x80 | high.to_be_bytes()[1], low.to_be_bytes()[1]];
    [&[number][..], &lengths, body].concat()
}
