//! The side information of a frame: where its sound is (ISO/IEC 11172-3, 2.4.1.7).

use super::header::Header;
use crate::{Category, Notes};

/// Where the sound of a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Bytes by which it begins before the frame's own room.
    pub(super) back: usize,
    /// Bits that it takes.
    pub(super) bits: usize,
}

/// Bits of the fields of one granule and channel, with the length of its sound in front.
const VERSION_1: usize = 59;
const VERSION_2: usize = 63;
const LENGTH: usize = 12;

/// Where things are in the side information of a frame.
struct Layout {
    /// Bits of the number that says how far back the sound begins.
    back: usize,
    private: usize,
    /// Bits up to the first granule.
    head: usize,
    each: usize,
}

fn layout(header: &Header) -> Layout {
    match (header.granules(), header.channels()) {
        (2, 1) => Layout { back: 9, private: 5, head: 18, each: VERSION_1 },
        (2, _) => Layout { back: 9, private: 3, head: 20, each: VERSION_1 },
        (_, 1) => Layout { back: 8, private: 1, head: 9, each: VERSION_2 },
        _ => Layout { back: 8, private: 2, head: 10, each: VERSION_2 },
    }
}

/// Reads where the sound is.
pub(super) fn place(header: &Header, side: &[u8]) -> Place {
    let layout = layout(header);
    let parts = 0..header.granules() * header.channels();
    let bits = parts.map(|part| number(side, layout.head + part * layout.each, LENGTH)).sum();
    Place { back: number(side, 0, layout.back), bits }
}

/// The side information with noughts for the private bits, and for how sound is coded where
/// there is none. Of joined channels one may be empty and its fields still be heard, in the
/// other one.
pub(super) fn written(header: &Header, side: &[u8], notes: &mut Notes) -> Vec<u8> {
    let layout = layout(header);
    let mut written = side.to_vec();
    let mut erase = |from: usize, count: usize| {
        for bit in from..from + count {
            if let Some(byte) = written.get_mut(bit / 8) {
                *byte &= !(0x80 >> (bit % 8));
            }
        }
    };
    erase(layout.back, layout.private);
    let parts: Vec<_> = (0..header.granules() * header.channels())
        .map(|part| layout.head + part * layout.each)
        .collect();
    for granule in parts.chunks(header.channels()) {
        let mut empty: Vec<_> =
            granule.iter().filter(|&&part| number(side, part, LENGTH) == 0).collect();
        if header.is_joined() && empty.len() < granule.len() {
            empty.clear();
        }
        for part in empty {
            erase(part + LENGTH, layout.each - LENGTH);
        }
    }
    if written != side {
        notes.found(Category::Other);
    }
    written
}

/// A number of so many bits from a place, the highest first.
fn number(bytes: &[u8], from: usize, count: usize) -> usize {
    (from..from + count).fold(0, |number, bit| {
        let byte = bytes.get(bit / 8).copied().unwrap_or(0);
        number << 1 | usize::from(byte >> (7 - bit % 8) & 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_all_parts_are_added() {
        let stereo = Header::read(&[0xFF, 0xFB, 0x90, 0]).unwrap();
        let mut side = [0; 32];
        (side[0], side[1]) = (0x01, 0xF0);
        // How the second part is coded.
        side[13] = 0x55;
        // The first part begins at bit 20, the second one at bit 79.
        (side[3], side[4]) = (0x08, 0x00);
        (side[10], side[11]) = (0x00, 0x40);
        assert_eq!(place(&stereo, &side), Place { back: 3, bits: 8 + 2 });
        let written = written(&stereo, &side, &mut Notes::default());
        assert_eq!(written[..2], [0x01, 0x80]);
        assert_eq!(written[2..], side[2..]);
    }

    #[test]
    fn how_silence_is_coded_is_kept_only_if_it_is_heard_elsewhere() {
        let said = |mode: u8, first: u8| {
            let header = Header::read(&[0xFF, 0xFB, 0x90, mode]).unwrap();
            let mut side = [0; 32];
            // The first part has so many bits, and fields; so has the second one, without.
            (side[3], side[5], side[13]) = (first, 0x55, 0x55);
            let written = written(&header, &side, &mut Notes::default());
            (written[5], written[13])
        };
        assert_eq!(said(0x00, 8), (0x55, 0));
        assert_eq!(said(0x00, 0), (0, 0));
        assert_eq!(said(0x40, 8), (0x55, 0));
        assert_eq!(said(0x60, 8), (0x55, 0x55));
        assert_eq!(said(0x60, 0), (0, 0));
    }

    #[test]
    fn the_last_part_ends_with_the_side_information() {
        for (bytes, end) in [([0xFF, 0xFB, 0x90, 0], 256), ([0xFF, 0xFB, 0x90, 0xC0], 136)] {
            let header = Header::read(&bytes).unwrap();
            let layout = layout(&header);
            assert_eq!(layout.head + 2 * header.channels() * layout.each, end);
            assert_eq!(header.side_bytes() * 8, end);
        }
        for (bytes, end) in [([0xFF, 0xF3, 0x90, 0], 136), ([0xFF, 0xF3, 0x90, 0xC0], 72)] {
            let header = Header::read(&bytes).unwrap();
            let layout = layout(&header);
            assert_eq!(layout.head + header.channels() * layout.each, end);
            assert_eq!(header.side_bytes() * 8, end);
        }
    }
}
