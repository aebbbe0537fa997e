//! FLAC in Ogg (RFC 9639, section 10.1): a block of metadata or a frame in each packet.
//!
//! The packets are put together to the FLAC that they are, which is cleaned as one that comes
//! alone, and its blocks are put into packets again.

use std::io::Cursor;

use super::stream::Packet;
use crate::refusal::{Damage, Feature};
use crate::{Limits, Notes, Refusal, flac};

/// The first bytes of the stream.
pub(super) const MARK: &[u8] = b"\x7FFLAC";
/// Bytes in front of the stream in the first packet: mark, version, number of headers.
const FRONT: usize = 9;
/// The first bytes of a frame; a block of metadata never begins so.
const FRAME: u8 = 0xFF;

/// How many packets are headers: one at least, which is not so where the first page goes on
/// with what began before it.
pub(super) fn headers(packets: &[Packet]) -> Result<usize, Refusal> {
    let is_frame = |packet: &Packet| packet.bytes.first() == Some(&FRAME);
    let count = packets.iter().position(is_frame).filter(|count| *count > 0);
    count.ok_or(Refusal::Damaged(Damage::Missing))
}

/// The headers as they are written.
pub(super) fn cleaned(
    head: &[&[u8]],
    sound: &[Packet],
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<Vec<u8>>, Refusal> {
    let (first, others) = head.split_first().ok_or(Refusal::Internal)?;
    let (front, first) = first.split_at_checked(FRONT).ok_or(Refusal::Truncated)?;
    if front.get(MARK.len()) != Some(&1) {
        return Err(Refusal::Feature(Feature::Codec));
    }
    let mut native = [&[first], others].concat().concat();
    let frames: usize = sound.iter().map(|packet| packet.bytes.len()).sum();
    native.reserve(frames);
    for packet in sound {
        native.extend(&*packet.bytes);
    }
    let native = flac::clean(&mut Cursor::new(native), limits, notes)?;
    let place = native.len().checked_sub(frames).ok_or(Refusal::Damaged(Damage::Length))?;
    let (head, kept) = native.split_at_checked(place).ok_or(Refusal::Internal)?;
    if !kept.iter().eq(sound.iter().flat_map(|packet| &*packet.bytes)) {
        return Err(Refusal::Damaged(Damage::Length));
    }
    packets(head)
}

/// A packet for each block. The one for comments must be there.
fn packets(native: &[u8]) -> Result<Vec<Vec<u8>>, Refusal> {
    // The mark, the head of a block, and `STREAMINFO`.
    let (first, comments) = native.split_at_checked(4 + 4 + 34).ok_or(Refusal::Internal)?;
    let mut first = [MARK, &[1, 0, 0, 1], first].concat();
    *first.get_mut(FRONT + 4).ok_or(Refusal::Internal)? = 0;
    let empty = [0x84, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0];
    Ok(vec![first, if comments.is_empty() { empty.to_vec() } else { comments.to_vec() }])
}
