//! Samples: what is kept of each, as ranges of the original.

use std::ops::Range;

use super::nal::Units;
use super::window::Window;
use super::{mpeg4, obu};
use crate::copy::Copy;
use crate::refusal::{Damage, Limit};
use crate::sound::opus;
use crate::{Category, Change, Notes, Refusal, flac};

/// How the samples of a description are coded, as far as it must be known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    /// Copied as they are.
    Whole,
    /// Sound that is not packed: bytes of a sample.
    Frames(u32),
    /// H.264 and H.265.
    Units(Units),
    /// AV1, with the layers that are shown.
    Av1(u32),
    /// MPEG-4 part 2.
    Mpeg4,
    /// `ProRes`.
    ProRes,
    /// Packets of Opus of so many streams, whose filling is emptied.
    Opus(u8),
    /// One frame each, without a bit more.
    Flac(flac::Info),
    /// Frames of MP3, of which the first bytes can be taken off.
    Mp3,
}

/// The place where a `ProRes` frame names the program that coded it.
const CREATOR: Range<u64> = 12..16;
/// Bytes of a packet of Opus and of a frame of FLAC.
const MOST_PACKET: usize = 1 << 20;
/// The name that every frame gets: that of those who invented the format.
const EVERYBODY: &[u8; 4] = b"apl0";

/// Where samples are written to.
pub(crate) struct Out<'a> {
    pub(crate) copy: &'a mut Copy,
    pub(crate) notes: &'a mut Notes,
}

impl Out<'_> {
    pub(crate) fn keep(&mut self, range: Range<u64>) {
        self.copy.take(range);
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.copy.write(bytes.to_vec());
    }

    pub(crate) fn found(&mut self, category: Category) {
        self.notes.found(category);
    }

    pub(crate) fn changed(&mut self, change: Change) {
        self.notes.changed(change);
    }
}

/// Writes what is kept of a sample, and says how many bytes that are.
pub(crate) fn pass(
    coding: Coding,
    window: &mut Window,
    sample: Range<u64>,
    out: &mut Out,
) -> Result<u32, Refusal> {
    let before = out.copy.length();
    match coding {
        Coding::Whole | Coding::Frames(_) | Coding::Mp3 => out.keep(sample),
        Coding::Units(units) => units.pass(window, sample, out)?,
        Coding::Av1(layers) => obu::pass(layers, window, sample, out)?,
        Coding::Mpeg4 => mpeg4::pass(window, sample, out)?,
        Coding::ProRes => prores(window, sample, out)?,
        Coding::Opus(streams) => packet(streams, window, sample, out)?,
        Coding::Flac(info) => {
            let bytes = small(window, &sample)?;
            if flac::Frame::read(bytes, &info)?.bytes != bytes.len() {
                return Err(Refusal::Damaged(Damage::Length));
            }
            out.keep(sample);
        }
    }
    let bytes = out.copy.length().saturating_sub(before);
    u32::try_from(bytes).map_err(|_| Refusal::Limit(Limit::OutputBytes))
}

/// All bytes of a packet of Opus or a frame of FLAC.
fn small<'w>(window: &'w mut Window, sample: &Range<u64>) -> Result<&'w [u8], Refusal> {
    let size = usize::try_from(sample.end - sample.start).ok().filter(|size| *size <= MOST_PACKET);
    window.bytes(sample.start, size.ok_or(Refusal::Limit(Limit::Parts))?)
}

/// A packet of Opus with noughts as filling.
fn packet(
    streams: u8,
    window: &mut Window,
    sample: Range<u64>,
    out: &mut Out,
) -> Result<(), Refusal> {
    let mut at = sample.start;
    for range in opus::filling(small(window, &sample)?, streams)? {
        out.found(Category::StrayBytes);
        out.keep(at..sample.start + range.start as u64);
        out.write(&vec![0; range.len()]);
        at = sample.start + range.end as u64;
    }
    out.keep(at..sample.end);
    Ok(())
}

/// A frame of `ProRes` with another name in it.
fn prores(window: &mut Window, sample: Range<u64>, out: &mut Out) -> Result<(), Refusal> {
    let head = window.array::<8>(sample.start)?;
    let [a, b, c, d, name @ ..] = head;
    let length = u64::from(u32::from_be_bytes([a, b, c, d]));
    let fits = (28..=sample.end - sample.start).contains(&length);
    if name != *b"icpf" || !fits {
        return Err(Refusal::Damaged(Damage::Value));
    }
    let creator = sample.start + CREATOR.start..sample.start + CREATOR.end;
    let end = sample.start + length;
    if end < sample.end {
        out.found(Category::StrayBytes);
    }
    if window.array::<4>(creator.start)? == *EVERYBODY {
        out.keep(sample.start..end);
        return Ok(());
    }
    out.found(Category::Software);
    out.keep(sample.start..creator.start);
    out.write(EVERYBODY);
    out.keep(creator.end..end);
    Ok(())
}
