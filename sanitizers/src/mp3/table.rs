//! The table for players in the first frame (`Xing`, `Info` or `VBRI`).

use super::stream::Frame;
use crate::Refusal;
use crate::refusal::Damage;

/// Flags of a table that has frames, bytes, places and a quality. The last is nought: it is
/// there because some players look for the delay at a fixed place.
const FULL: u32 = 15;
/// Bytes of the table, and of the part with the delay behind it.
const TABLE: usize = 120;
const ENCODER: usize = 36;
/// Where the delay is in that part.
const DELAY: usize = 21;
/// Behind these words players look for a delay; no other word is written.
const ENCODERS: [&[u8]; 3] = [b"LAME", b"Lavf", b"Lavc"];
/// The mask of the padding, which is the lower half of three bytes.
const PADDING: u32 = 0xFFF;

/// What is kept of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Table {
    frames: Option<u32>,
    /// Samples of silence in front, and those behind in the lower twelve bits.
    delay: Option<u32>,
}

impl Table {
    /// Reads the table, if this frame is one.
    pub(super) fn read(frame: &Frame) -> Option<Table> {
        let side = frame.header.side_bytes();
        // Some encoders leave out the checksum that the header announces.
        let places = [4 + side, 6 + side];
        let mut tables = places.iter().filter_map(|place| frame.bytes.get(*place..));
        if let Some(table) =
            tables.find(|table| table.starts_with(b"Xing") || table.starts_with(b"Info"))
        {
            return Some(Table::of(table));
        }
        let other = frame.bytes.get(36..).is_some_and(|table| table.starts_with(b"VBRI"));
        other.then_some(Table { frames: None, delay: None })
    }

    fn of(table: &[u8]) -> Table {
        let number = |at: usize| {
            table.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes)
        };
        let flags = number(4).unwrap_or(0);
        let has = |flag: u32| flags & flag != 0;
        let sizes = [(1, 4), (2, 4), (4, 100), (8, 4)];
        let encoder = 8 + sizes.iter().filter(|(flag, _)| has(*flag)).map(|s| s.1).sum::<usize>();
        let is_known = table
            .get(encoder..)
            .is_some_and(|encoder| ENCODERS.iter().any(|word| encoder.starts_with(word)));
        let delay = number(encoder + DELAY).filter(|_| is_known).map(|delay| delay >> 8);
        Table { frames: number(8).filter(|_| has(1)), delay }
    }

    /// The first frame with the table of these frames, which take so many bytes.
    pub(super) fn written(&self, frames: &[Frame], sound: usize) -> Result<Vec<u8>, Refusal> {
        let first = frames.first().ok_or(Refusal::Damaged(Damage::Missing))?.header;
        let start = 4 + first.side_bytes();
        let header =
            first.shortest(start + TABLE + ENCODER).ok_or(Refusal::Damaged(Damage::Value))?;
        let bytes = header.length + sound;
        let narrow = |number: usize| u32::try_from(number).map_err(|_| Refusal::Internal);
        let count = narrow(frames.len())?;
        let steady = frames.iter().all(|frame| frame.header.is_as_fast_as(&first));
        let mut frame = header.written().to_vec();
        frame.resize(start, 0);
        frame.extend(if steady { b"Info" } else { b"Xing" });
        for number in [FULL, count, narrow(bytes)?] {
            frame.extend(number.to_be_bytes());
        }
        frame.extend(places(frames, header.length, bytes));
        frame.resize(start + TABLE, 0);
        if let Some(delay) = self.delay {
            frame.extend(b"LAME");
            frame.resize(start + TABLE + DELAY, 0);
            // Where frames are missing or were added, the end is not where it was.
            let delay = if self.frames == Some(count) { delay } else { delay & !PADDING };
            frame.extend(delay.to_be_bytes().into_iter().skip(1));
            frame.resize(start + TABLE + 28, 0);
            frame.extend(narrow(bytes)?.to_be_bytes());
            frame.extend([0; 2]);
            frame.extend(sum(&frame).to_be_bytes());
        }
        frame.resize(header.length, 0);
        Ok(frame)
    }
}

/// Where the sound of each hundredth of the time begins, in parts of 256 of the bytes.
fn places(frames: &[Frame], before: usize, bytes: usize) -> Vec<u8> {
    let mut starts = vec![before];
    for frame in frames {
        starts.push(starts.last().copied().unwrap_or(0) + frame.bytes.len());
    }
    let place = |part: usize| {
        let start = starts.get(part * frames.len() / 100).copied().unwrap_or(bytes);
        u8::try_from(start * 256 / bytes.max(1)).unwrap_or(u8::MAX)
    };
    (0..100).map(place).collect()
}

/// The checksum over all bytes of the frame before it, as LAME computes it: lowest bit first.
fn sum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |sum, &byte| {
        (0..8).fold(
            sum ^ u16::from(byte),
            |sum: u16, _| {
                if sum & 1 == 0 { sum >> 1 } else { sum >> 1 ^ 0xA001 }
            },
        )
    })
}
