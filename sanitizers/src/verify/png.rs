//! Says whether a clean PNG is canonical and shows what the original shows.
//!
//! The clean copy is walked here by its own rules: one order of chunks, one form of
//! each, data that unfolds to the last row and not a byte further. The original is
//! read by the `png` crate. Both are compared row by row and frame by frame.

mod container;
mod meaning;
mod pixels;

use std::io::{BufReader, SeekFrom};

use crate::{Limits, ReadSeek, Refusal};
use container::Clean;
use pixels::Shown;

/// The original, as the second reader sees it.
type Original<'a> = ::png::Reader<BufReader<&'a mut dyn ReadSeek>>;

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    original.seek(SeekFrom::Start(0)).map_err(|_| Refusal::Internal)?;
    check(original, clean, limits).ok_or(Refusal::Verification)
}

fn check(original: &mut dyn ReadSeek, clean: &[u8], limits: &Limits) -> Option<()> {
    let clean = Clean::read(clean)?;
    let mut decoder = ::png::Decoder::new(BufReader::with_capacity(1 << 16, original));
    decoder.set_ignore_text_chunk(true);
    let mut original = decoder.read_info().ok()?;
    meaning::same_header(original.info(), &clean.header)?;
    (u64::from(clean.header.width) * u64::from(clean.header.height) <= limits.pixels)
        .then_some(())?;
    let mut shown = Shown::new();
    for (number, frame) in clean.frames.iter().enumerate() {
        if number > 0 {
            original.next_frame_info().ok()?;
        }
        meaning::same_frame(original.info(), frame)?;
        pixels::same(&mut original, &clean.header, frame, &mut shown)?;
    }
    // No frame of the original is left, and its late chunks are read.
    original.next_frame_info().is_err().then_some(())?;
    original.finish().ok()?;
    meaning::same(original.info(), &clean, &shown)
}

#[cfg(test)]
mod tests;
