//! The row of segments, and the coded data between them (T.81, annex B).

use crate::Refusal;
use crate::refusal::Damage;

/// A walk over the segments of one picture.
pub(super) struct Segments<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// The next segment.
pub(super) struct Next<'a> {
    pub(super) marker: u8,
    /// Empty for markers that stand alone.
    pub(super) body: &'a [u8],
    /// Whether there were bytes before the marker that belong to nothing.
    pub(super) stray: bool,
}

/// One run of coded data between two markers.
pub(super) enum Run<'a> {
    /// Coded bytes.
    Data(&'a [u8]),
    /// A restart marker, with its number.
    Restart(u8),
    /// Bytes of filling before a marker.
    Fill,
}

impl<'a> Segments<'a> {
    /// Starts behind the marker that opens the picture.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        if bytes.starts_with(&[0xFF, 0xD8]) {
            Ok(Segments { bytes, at: 2 })
        } else {
            Err(Refusal::Damaged(Damage::Missing))
        }
    }

    /// What was not read.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Reads the next segment.
    ///
    /// Bytes before its marker are passed over, as all decoders do.
    pub(super) fn next(&mut self) -> Result<Next<'a>, Refusal> {
        let start = self.at;
        let marker = loop {
            let pair = self.rest().first_chunk::<2>().ok_or(Refusal::Truncated)?;
            match pair {
                [0xFF, marker @ 0x01..=0xFE] => break *marker,
                _ => self.at += 1,
            }
        };
        let stray = self.at > start;
        self.at += 2;
        let body = if stands_alone(marker) { &[] } else { self.body()? };
        Ok(Next { marker, body, stray })
    }

    fn body(&mut self) -> Result<&'a [u8], Refusal> {
        let length = self.rest().first_chunk().map(|length| u16::from_be_bytes(*length));
        let length = usize::from(length.ok_or(Refusal::Truncated)?);
        let body = self.rest().get(..length).ok_or(Refusal::Truncated)?;
        self.at += length;
        body.get(2..).ok_or(Refusal::Damaged(Damage::Length))
    }

    /// Reads the next run of coded data; `None` when a segment follows.
    pub(super) fn run(&mut self) -> Result<Option<Run<'a>>, Refusal> {
        let rest = self.rest();
        let length = coded_length(rest);
        if let (data @ [_, ..], _) = rest.split_at_checked(length).ok_or(Refusal::Truncated)? {
            self.at += length;
            return Ok(Some(Run::Data(data)));
        }
        match rest {
            [0xFF, restart @ 0xD0..=0xD7, ..] => {
                self.at += 2;
                Ok(Some(Run::Restart(restart & 7)))
            }
            // Decoders disagree on what a filled byte in front of a zero means.
            [0xFF, 0xFF, 0x00, ..] => Err(Refusal::Damaged(Damage::Value)),
            [0xFF, 0xFF, ..] => {
                self.at += 1;
                Ok(Some(Run::Fill))
            }
            [0xFF, _, ..] => Ok(None),
            _ => Err(Refusal::Truncated),
        }
    }
}

fn stands_alone(marker: u8) -> bool {
    matches!(marker, 0x01 | 0xD0..=0xD9)
}

/// How many bytes from the start are coded data: up to an `FF` without a zero.
fn coded_length(bytes: &[u8]) -> usize {
    let mut length = 0;
    while let Some(rest) = bytes.get(length..) {
        match memchr::memchr(0xFF, rest) {
            None => return bytes.len(),
            Some(at) if rest.get(at + 1) == Some(&0) => length += at + 2,
            Some(at) => return length + at,
        }
    }
    bytes.len()
}
