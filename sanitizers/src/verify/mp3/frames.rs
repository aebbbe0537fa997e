//! Frames as the second reader sees them: by places in the file.

use crate::verify::sound::{at, le32};

/// Places of a frame of layer III.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) start: usize,
    /// Where the side information begins.
    pub(super) side: usize,
    /// Where the room for sound begins.
    pub(super) room: usize,
    pub(super) end: usize,
    /// Version, rate and whether there is one channel.
    sort: (u8, u8, bool),
}

/// The frame at a place, if it is whole.
pub(super) fn frame(file: &[u8], start: usize) -> Option<Frame> {
    let &[sync, version, rate, mode] = at(file, start, 4)? else { return None };
    let first = version & 0x18 == 0x18;
    if sync != 0xFF || version & 0xE6 != 0xE2 || version & 0x18 == 0x08 || mode & 3 == 2 {
        return None;
    }
    let step = usize::from(rate >> 4);
    // From 32 (or 8) on in steps of 8, which double after four and again after eight.
    let kilobits = match (first, step) {
        (_, 0 | 15) => return None,
        (true, 1) => 32,
        (true, 2..=5) => 24 + 8 * step,
        (true, 6..=9) => 80 + 16 * (step - 6),
        (true, 10..=13) => 160 + 32 * (step - 10),
        (true, _) => 320,
        (false, 1..=8) => 8 * step,
        (false, _) => 64 + 16 * (step - 8),
    };
    let hertz = match rate >> 2 & 3 {
        0 => 44_100,
        1 => 48_000,
        2 => 32_000,
        _ => return None,
    };
    let hertz = match version >> 3 & 3 {
        3 => hertz,
        2 => hertz / 2,
        _ => hertz / 4,
    };
    let slots = if first { 144_000 } else { 72_000 };
    let length = slots * kilobits / hertz + usize::from(rate >> 1 & 1);
    let one = mode >> 6 == 3;
    let side = start + if version & 1 == 0 { 6 } else { 4 };
    let room = side
        + if first { 17 } else { 9 }
        + if one {
            0
        } else if first {
            15
        } else {
            8
        };
    let end = start + length;
    at(file, start, length)?;
    (room <= end).then_some(Frame {
        start,
        side,
        room,
        end,
        sort: (version >> 3, rate & 0x0C, one),
    })
}

/// Whether more follows behind the frame of MP3 that begins some bytes.
pub(in crate::verify) fn is_followed(bytes: &[u8]) -> bool {
    frame(bytes, 0).is_some_and(|frame| frame.end < bytes.len())
}

/// What is left behind the tags that stand here one after the other.
pub(super) fn without_tags(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    loop {
        let length = match rest {
            [b'I', b'D', b'3', _, _, flags, a, b, c, d, ..] => {
                let size = [a, b, c, d].iter().fold(0, |sum, b| sum * 128 + usize::from(**b));
                10 + size + if flags & 0x10 == 0 { 0 } else { 10 }
            }
            [b'A', b'P', b'E', b'T', ..] => match le32(rest, 20) {
                Some(flags) if flags >> 29 & 1 == 1 => {
                    le32(rest, 12).map_or(rest.len(), |size| size as usize + 32)
                }
                _ => 32,
            },
            _ => return rest,
        };
        rest = rest.get(length..).unwrap_or_default();
    }
}

impl Frame {
    /// Whether both have the same version, rate and channels.
    pub(super) fn is_like(&self, other: &Frame) -> bool {
        self.sort == other.sort
    }

    fn has_checksum(&self) -> bool {
        self.side - self.start == 6
    }

    /// The bits of the side information that say nothing to a player.
    fn private(&self) -> u16 {
        match self.room - self.side {
            32 => 0x0070,
            9 => 0x0080,
            // One channel of version 1, or two of version 2.
            _ if self.sort.0 & 3 == 3 => 0x007C,
            _ => 0x00C0,
        }
    }

    /// The first bit of each part of the side information, and bits of a part.
    fn parts(&self) -> (Vec<usize>, usize) {
        let first = self.sort.0 & 3 == 3;
        let (start, step) = match (first, self.sort.2) {
            (true, true) => (18, 59),
            (true, false) => (20, 59),
            (false, true) => (9, 63),
            (false, false) => (10, 63),
        };
        let end = (self.room - self.side) * 8;
        ((start..).step_by(step).take_while(|place| place + step <= end).collect(), step)
    }

    /// Bits of the side information without a meaning: private ones, and all that is said of
    /// sound that has no bits. Where `joined` channels are mixed, all of them must be empty.
    fn idle(&self, file: &[u8]) -> Vec<u8> {
        let side = file.get(self.side..self.room).unwrap_or_default();
        let mut idle = vec![0; side.len()];
        for (byte, private) in idle.iter_mut().zip(self.private().to_be_bytes()) {
            *byte = private;
        }
        let joined = file.get(self.start + 3).is_some_and(|mode| mode >> 6 == 1 && mode & 0x30 > 0);
        let (parts, step) = self.parts();
        let silent = |part: &usize| (0..12).all(|bit| !is_set(side, part + bit));
        for granule in parts.chunks(if self.sort.2 { 1 } else { 2 }) {
            let mixed = joined && !granule.iter().all(silent);
            for part in granule.iter().filter(|part| !mixed && silent(part)) {
                for bit in part + 12..part + step {
                    if let Some(byte) = idle.get_mut(bit / 8) {
                        *byte |= 0x80 >> (bit % 8);
                    }
                }
            }
        }
        idle
    }

    /// How treble was raised.
    pub(super) fn emphasis(&self, file: &[u8]) -> Option<u8> {
        file.get(self.start + 3).map(|mode| mode & 3)
    }

    /// Flags and idle bits are noughts, and the checksum is right.
    pub(super) fn is_bare(&self, file: &[u8]) -> bool {
        let Some([_, _, third, fourth]) = at(file, self.start, 4) else { return false };
        let side = file.get(self.side..self.room).unwrap_or_default();
        let sum = !self.has_checksum()
            || at(file, self.start + 4, 2).is_some_and(|sum| {
                let bytes = [&[*third, *fourth], side].concat();
                sum == remainder(&bytes).to_be_bytes()
            });
        third & 1 == 0
            && fourth & 0x0C == 0
            && (fourth >> 6 == 1 || fourth & 0x30 == 0)
            && side.iter().zip(self.idle(file)).all(|(side, idle)| side & idle == 0)
            && sum
    }

    /// How many bytes back the sound begins, and how many bits it has.
    pub(super) fn pointer(&self, file: &[u8]) -> (usize, usize) {
        let side = file.get(self.side..self.room).unwrap_or_default();
        let value = |from: usize, to: usize| {
            (from..to).fold(0, |sum, place| sum * 2 + usize::from(is_set(side, place)))
        };
        let first = self.sort.0 & 3 == 3;
        let bits = self.parts().0.into_iter().map(|place| value(place, place + 12)).sum();
        (value(0, if first { 9 } else { 8 }), bits)
    }

    /// Whether the original has this frame at a place: all bits but those without a meaning.
    pub(super) fn is_same(&self, clean: &[u8], original: &[u8], place: usize, map: &[u8]) -> bool {
        let mine = clean.get(self.start..self.end).unwrap_or_default();
        let Some(other) = at(original, place, mine.len()) else { return false };
        let (head, side, room) = (4, self.side - self.start, self.room - self.start);
        let idle = self.idle(clean);
        let mode = mine.get(3).map_or(0, |mode| mode >> 6);
        mine.iter().zip(other).enumerate().all(|(number, (mine, other))| {
            let meaning = match number {
                2 => 0xFE,
                3 if mode == 1 => 0xF3,
                3 => 0xC3,
                _ if number < head => 0xFF,
                // The checksum.
                _ if number < side => 0,
                _ if number < room => !idle.get(number - side).copied().unwrap_or(0),
                _ => map.get(number - room).copied().unwrap_or(0),
            };
            (mine ^ other) & meaning == 0
        })
    }
}

/// Whether a bit is set, counted from the highest of the first byte.
fn is_set(bytes: &[u8], place: usize) -> bool {
    bytes.get(place / 8).is_some_and(|byte| byte << (place % 8) & 0x80 != 0)
}

/// The remainder of a division by x^16 + x^15 + x^2 + 1, from all ones, bit by bit.
fn remainder(bytes: &[u8]) -> u16 {
    let mut sum = 0xFFFF_u16;
    for byte in bytes {
        for bit in (0..8).rev() {
            let top = (sum >> 15) ^ u16::from(byte >> bit & 1);
            sum = (sum << 1) ^ (top * 0x8005);
        }
    }
    sum
}
