//! Samples: what is kept of each, as ranges of the original.

use std::ops::Range;

use super::nal::Units;
use super::window::Window;
use super::{mpeg4, obu};
use crate::copy::Copy;
use crate::refusal::{Damage, Limit};
use crate::{Category, Change, Notes, Refusal};

/// How the samples of a description are coded, as far as it must be known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    /// Copied as they are.
    Whole,
    /// Sound that is not packed: bytes of a sample.
    Frames(u32),
    /// H.264 and H.265.
    Units(Units),
    /// AV1.
    Av1,
    /// MPEG-4 part 2.
    Mpeg4,
    /// `ProRes`.
    ProRes,
}

/// The place where a `ProRes` frame names the program that coded it.
const CREATOR: Range<u64> = 12..16;
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
        Coding::Whole | Coding::Frames(_) => out.keep(sample),
        Coding::Units(units) => units.pass(window, sample, out)?,
        Coding::Av1 => obu::pass(window, sample, out)?,
        Coding::Mpeg4 => mpeg4::pass(window, sample, out)?,
        Coding::ProRes => prores(window, sample, out)?,
    }
    let bytes = out.copy.length().saturating_sub(before);
    u32::try_from(bytes).map_err(|_| Refusal::Limit(Limit::OutputBytes))
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
