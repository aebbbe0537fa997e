//! The table in the first frame, put together a second time.

use super::frames::{Frame, frame, without_tags};
use crate::verify::sound::{at, be32};

/// What the table of the original says.
#[derive(Clone, Copy)]
pub(super) struct Said {
    frames: Option<u32>,
    delay: Option<u32>,
}

/// Whether a frame of the copy is a table.
pub(super) fn is_one(clean: &[u8], frame: &Frame) -> bool {
    let word = at(clean, frame.room, 4);
    frame.side == 4 && (word == Some(b"Info") || word == Some(b"Xing"))
}

/// What the table of the original says, which stands before the first frame with sound.
pub(super) fn found(original: &[u8], sound: usize) -> Option<Said> {
    first(without_tags(original.get(..sound)?)).map(|(_, said)| said)
}

/// What stands between the table and the first frame with sound, or all before that.
pub(super) fn behind(before: &[u8]) -> &[u8] {
    let bare = without_tags(before);
    first(bare).and_then(|(frame, _)| bare.get(frame.end..)).unwrap_or(bare)
}

/// The first frame that is a table.
fn first(bytes: &[u8]) -> Option<(Frame, Said)> {
    let frames = memchr::memchr_iter(0xFF, bytes).filter_map(|place| frame(bytes, place));
    frames.into_iter().find_map(|frame| Some((frame, word(bytes, &frame)?)))
}

/// Reads a table in a frame.
fn word(file: &[u8], frame: &Frame) -> Option<Said> {
    let side = frame.room - frame.side;
    for place in [frame.start + 4 + side, frame.start + 6 + side] {
        if !matches!(at(file, place, 4)?, b"Xing" | b"Info") {
            continue;
        }
        let flags = be32(file, place + 4)?;
        let mut behind = place + 8;
        for (flag, size) in [(1, 4), (2, 4), (4, 100), (8, 4)] {
            behind += if flags & flag == 0 { 0 } else { size };
        }
        let known =
            behind + 4 <= frame.end && matches!(at(file, behind, 4)?, b"LAME" | b"Lavf" | b"Lavc");
        let delay = if known { be32(file, behind + 20).map(|all| all & 0xFF_FFFF) } else { None };
        let frames = if flags & 1 == 1 { be32(file, place + 8) } else { None };
        return Some(Said { frames, delay });
    }
    (at(file, frame.start + 36, 4)? == b"VBRI").then_some(Said { frames: None, delay: None })
}

/// The one frame with a table that may stand before these frames.
pub(super) fn expected(clean: &[u8], table: &Frame, all: &[Frame], said: Said) -> Option<Vec<u8>> {
    let first = all.first()?;
    let [_, second, third, fourth] = *at(clean, first.start, 4)? else { return None };
    let side = first.room - first.side;
    // The lowest rate that gives enough room.
    let head = (1..15_u8).map(|rate| [0xFF, second | 1, rate * 16 + (third & 0x0C), fourth & 0xC3]);
    let size = |head: [u8; 4]| {
        let probe = [&head[..], &[0; 3000]].concat();
        frame(&probe, 0).map_or(0, |frame| frame.end)
    };
    let head = head.into_iter().find(|head| size(*head) >= 4 + side + 156)?;
    let length = size(head);
    if length != table.end {
        return None;
    }
    let steady = all.iter().all(|frame| {
        at(clean, frame.start + 2, 1).is_some_and(|rate| rate.iter().all(|r| r >> 4 == third >> 4))
    });
    let count = u32::try_from(all.len()).ok()?;
    let bytes = u32::try_from(clean.len()).ok()?;
    let mut frame = vec![0; length];
    let mut put = |place: usize, content: &[u8]| {
        if let Some(room) = frame.get_mut(place..place + content.len()) {
            room.copy_from_slice(content);
        }
    };
    put(0, &head);
    let start = 4 + side;
    put(start, if steady { b"Info" } else { b"Xing" });
    put(start + 4, &[0, 0, 0, 15]);
    put(start + 8, &count.to_be_bytes());
    put(start + 12, &bytes.to_be_bytes());
    for hundredth in 0..100 {
        let frame = all.get(hundredth * all.len() / 100)?;
        put(start + 16 + hundredth, &[u8::try_from(frame.start * 256 / clean.len()).ok()?]);
    }
    let Some(delay) = said.delay else { return Some(frame) };
    let [_, a, b, c] = delay.to_be_bytes();
    let whole = said.frames == Some(count);
    put(start + 120, b"LAME");
    put(start + 141, &[a, if whole { b } else { b & 0xF0 }, if whole { c } else { 0 }]);
    put(start + 148, &bytes.to_be_bytes());
    let sum = reflected(frame.get(..start + 154)?);
    let room = frame.get_mut(start + 154..start + 156)?;
    room.copy_from_slice(&sum.to_be_bytes());
    Some(frame)
}

/// The checksum of the table: the lowest bit of each byte first.
fn reflected(bytes: &[u8]) -> u16 {
    let mut sum = 0_u16;
    for byte in bytes {
        for bit in 0..8 {
            let low = (sum ^ u16::from(byte >> bit)) & 1;
            sum = (sum >> 1) ^ (low * 0xA001);
        }
    }
    sum
}
