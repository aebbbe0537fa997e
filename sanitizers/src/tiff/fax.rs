//! Fax data: unpacked by the `fax` crate, packed in the one way of Group 4.
//!
//! Group 4 leaves no choice to whoever packs (ITU-T T.6, 2.2.1); a decoder does not ask
//! whether it was followed, so it is packed anew. Lines that are shorter or longer than the
//! picture are refused: each program mends them in its own way.

use std::convert::Infallible;

use fax::decoder::{DecodeStatus, Group3Decoder, Group4Decoder, pels};
use fax::encoder::Encoder;
use fax::{Color, VecWriter};

use crate::Refusal;
use crate::refusal::Damage;

const VALUE: Refusal = Refusal::Damaged(Damage::Value);
/// Two marks of twelve bits at the end, as whole bytes.
const END: usize = 3;
/// A mark behind a line of Group 3.
const LINE_END: [u8; 3] = [0, 0, 1];

/// Unpacks Group 4. Says whether more than the end mark follows.
pub(super) fn unpack4(
    given: &[u8],
    (columns, rows): (u32, u32),
) -> Result<(Vec<u8>, bool), Refusal> {
    let width = u16::try_from(columns).map_err(|_| VALUE)?;
    let mut taken = 0_usize;
    let bytes = given.iter().map(|&byte| {
        taken += 1;
        Ok::<u8, Infallible>(byte)
    });
    let mut decoder = Group4Decoder::new(bytes, width).map_err(|_| VALUE)?;
    let mut unpacked = Vec::new();
    for _ in 0..rows {
        match decoder.advance() {
            Ok(DecodeStatus::Incomplete) => line(decoder.transition(), width, &mut unpacked),
            _ => return Err(Refusal::Truncated),
        }
    }
    drop(decoder);
    // The reader looks two bytes ahead.
    let behind = given.get(taken..).unwrap_or_default();
    Ok((unpacked, behind.len() > END || behind.iter().any(|byte| byte.count_ones() > 1)))
}

/// Unpacks Group 3 in one dimension. What is behind the lines goes without being counted.
pub(super) fn unpack3(
    given: &[u8],
    (columns, rows): (u32, u32),
) -> Result<(Vec<u8>, bool), Refusal> {
    let width = u16::try_from(columns).map_err(|_| VALUE)?;
    // The last line may lack its mark.
    let bytes = given.iter().chain(&LINE_END).map(|&byte| Ok::<u8, Infallible>(byte));
    let mut decoder = Group3Decoder::new(bytes).map_err(|_| VALUE)?;
    let mut unpacked = Vec::new();
    for _ in 0..rows {
        decoder.advance().map_err(|_| Refusal::Truncated)?;
        if decoder.transitions().last() != Some(&width) {
            return Err(VALUE);
        }
        line(decoder.transitions(), width, &mut unpacked);
    }
    Ok((unpacked, false))
}

/// Appends a line of bits: black is one.
fn line(changes: &[u16], width: u16, unpacked: &mut Vec<u8>) {
    let bits: Vec<bool> = pels(changes, width).map(|colour| colour == Color::Black).collect();
    let byte = |bits: &[bool]| {
        let bits = bits.iter().enumerate();
        bits.fold(0, |byte, (place, &bit)| byte | u8::from(bit) << (7 - place))
    };
    unpacked.extend(bits.chunks(8).map(byte));
}

/// Packs lines of bits in Group 4.
pub(super) fn pack(unpacked: &[u8], columns: u32) -> Result<Vec<u8>, Refusal> {
    let width = u16::try_from(columns).map_err(|_| VALUE)?;
    let mut encoder = Encoder::new(VecWriter::new());
    for row in unpacked.chunks(usize::from(width).div_ceil(8)) {
        let bits = row.iter().flat_map(|byte| (0..8).rev().map(move |place| byte >> place & 1));
        let colours = bits.map(|bit| if bit == 1 { Color::Black } else { Color::White });
        let Ok(()) = encoder.encode_line(colours.take(usize::from(width)), width);
    }
    let Ok(writer) = encoder.finish();
    Ok(writer.finish())
}
