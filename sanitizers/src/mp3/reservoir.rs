//! The sound of all frames as one run of bits, with noughts where nobody reads.
//!
//! The sound of a frame may begin in the room of frames before it, so that what is
//! unused can only be seen over all frames: between the end of the sound of
//! one frame and the beginning of that of the next.

use super::side;
use super::stream::Frame;
use crate::refusal::Damage;
use crate::{Category, Notes, Refusal};

/// All frames as they are written.
pub(super) fn rewritten(frames: &[Frame], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let mut room: Vec<u8> = Vec::new();
    let mut used = Vec::new();
    let emphasis = frames.first().map(|frame| frame.header.emphasis());
    for frame in frames {
        // Nobody changes it on the way, and most players pass over it.
        if emphasis != Some(frame.header.emphasis()) {
            return Err(Refusal::Damaged(Damage::Order));
        }
        let (_, side, own) = frame.parts();
        let place = side::place(&frame.header, side);
        // Where a recording was cut, the first frames point to sound that is gone.
        let start = room.len().saturating_sub(place.back) * 8;
        room.extend(own);
        // Sound ends within its own frame, whatever it claims: what follows is that of others.
        used.push((start, (start + place.bits).min(room.len() * 8)));
    }
    // A frame may point to what lies before the place of the last one.
    used.sort_unstable();
    used.push((room.len() * 8, room.len() * 8));
    let mut end = 0;
    let mut unused = Vec::new();
    for (start, to) in used {
        unused.extend((start > end).then_some(end..start));
        end = end.max(to);
    }
    let filled = unused.into_iter().filter(|bits| erase(&mut room, bits.clone())).count();
    if filled > 0 {
        notes.found(Category::Software);
    }
    join(frames, &room, notes)
}

/// Writes noughts over these bits. Says whether they were anything else.
fn erase(room: &mut [u8], bits: std::ops::Range<usize>) -> bool {
    let mut was_filled = false;
    let (first, last) = (bits.start / 8, bits.end.div_ceil(8));
    for at in first..last {
        let Some(byte) = room.get_mut(at) else { break };
        let from = bits.start.saturating_sub(at * 8).min(8);
        let to = (bits.end - at * 8).min(8);
        let mask = (0xFF_u16 >> from) & !(0xFF_u16 >> to);
        let [_, mask] = mask.to_be_bytes();
        was_filled |= *byte & mask != 0;
        *byte &= !mask;
    }
    was_filled
}

/// Puts the frames together again.
fn join(frames: &[Frame], room: &[u8], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let mut copy = Vec::new();
    let mut rest = room;
    for frame in frames {
        let (checksum, side, own) = frame.parts();
        let header = frame.header.written();
        if frame.bytes.first_chunk() != Some(&header) {
            notes.found(Category::Other);
        }
        let side = side::written(&frame.header, side, notes);
        copy.extend(header);
        if !checksum.is_empty() {
            copy.extend(sum(header, &side).to_be_bytes());
        }
        copy.extend(&side);
        let (mine, behind) =
            rest.split_at_checked(own.len()).ok_or(Refusal::Damaged(Damage::Length))?;
        copy.extend(mine);
        rest = behind;
    }
    Ok(copy)
}

/// The checksum of a frame (ISO/IEC 11172-3, 2.4.3.1): over half its header and its side
/// information.
fn sum(header: [u8; 4], side: &[u8]) -> u16 {
    let [_, _, third, fourth] = header;
    [third, fourth].iter().chain(side).fold(0xFFFF, |sum, &byte| {
        (0..8).fold(sum ^ u16::from(byte) << 8, |sum: u16, _| {
            if sum & 0x8000 == 0 { sum << 1 } else { sum << 1 ^ 0x8005 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_erased_from_the_first_to_the_last_and_no_further() {
        let erased = |bits: std::ops::Range<usize>| {
            let mut room = [0xFF; 4];
            assert_eq!(erase(&mut room, bits.clone()), !bits.is_empty());
            room
        };
        assert_eq!(erased(0..32), [0; 4]);
        assert_eq!(erased(3..5), [0b1110_0111, 0xFF, 0xFF, 0xFF]);
        assert_eq!(erased(12..24), [0xFF, 0xF0, 0, 0xFF]);
        assert_eq!(erased(15..17), [0xFF, 0xFE, 0x7F, 0xFF]);
        assert_eq!(erased(8..8), [0xFF; 4]);
        assert!(!erase(&mut [0, 0], 3..11), "noughts tell nothing");
    }
}
