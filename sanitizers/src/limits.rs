//! How much a file may ask of us.
//!
//! A file of a few kilobytes can claim a picture of a trillion pixels or unfold
//! into gigabytes. Every such claim is checked against a number in this one place
//! before memory or time is spent on it.

use serde::{Deserialize, Serialize};

use crate::{Kind, Policy};

/// The limits for one file. [`Limits::default`] is what the portal uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes in the file as it came: 50 MiB. Films have a limit of their own.
    pub input_bytes: u64,
    /// Bytes in a film as it came: 500 MiB.
    pub film_bytes: u64,
    /// Formats that are taken: all of them.
    pub formats: Formats,
    /// Pixels in one picture: 100 million.
    pub pixels: u64,
    /// Pixels along one side: 30,000.
    pub side: u32,
    /// Frames in an animation: 2,000.
    pub frames: u32,
    /// Pixels of all frames of an animation together: 400 million.
    pub animation_pixels: u64,
    /// Pages of a document: 5,000.
    pub pages: u32,
    /// Pages that are drawn to make a copy of pixels: 100.
    ///
    /// Each takes about a tenth of a second, and the worker has 20.
    pub drawn_pages: u32,
    /// Bytes of a copy of pixels: 64 MiB.
    pub flattened_bytes: u64,
    /// Objects in a PDF: 500,000.
    pub objects: u32,
    /// Numbers and operators copied from the arrays of a PDF, counted as often as they
    /// are reached: 4 million. Arrays of references to arrays can be small and endless.
    pub values: u32,
    /// Arrays and dictionaries inside each other: 64.
    pub depth: u32,
    /// Bytes of one unfolded stream: 32 MiB.
    ///
    /// A picture inside a document may unfold to `inflated_total`: its own pixel
    /// count is checked before.
    pub inflated_stream: u64,
    /// Bytes of all unfolded streams of one file: 256 MiB.
    ///
    /// The rows of a PNG are not among them: they pass through one at a time and are
    /// bounded by `pixels` and `animation_pixels`. Its descriptions have a smaller limit
    /// of their own, its profile that of one stream.
    pub inflated_total: u64,
    /// Segments, chunks or blocks of one container: 20,000.
    pub segments: u32,
    /// Samples of a film, of all its tracks, and boxes around them: 2 million.
    ///
    /// That is six hours of pictures with their sound. Two hours take about 100 MB of
    /// memory, a few minutes of the same size 25.
    pub samples: u32,
    /// Members of an archive or parts of an Office document: 5,000.
    pub members: u32,
    /// Files inside of files inside of files: 3.
    pub nesting: u32,
    /// Elements of XML inside each other: 256.
    pub elements_depth: u32,
    /// Attributes of one element: 1,024.
    pub attributes: u32,
}

/// A set of formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Formats(u64);

impl Formats {
    /// Every format there is.
    pub const ALL: Formats = Formats(u64::MAX);

    /// These formats and no others.
    pub fn of(kinds: &[Kind]) -> Formats {
        Formats(kinds.iter().fold(0, |set, &kind| set | Formats::bit(kind)))
    }

    /// Whether a format is in the set.
    pub fn hold(self, kind: Kind) -> bool {
        self.0 & Formats::bit(kind) != 0
    }

    fn bit(kind: Kind) -> u64 {
        1 << kind as u32
    }
}

impl Limits {
    /// Bytes that a file of this format may have.
    pub fn input_of(&self, kind: Kind) -> u64 {
        if kind.is_film() { self.film_bytes } else { self.input_bytes }
    }

    /// The limits for a file inside another one; none if files are nested too deeply.
    pub(crate) fn inside(&self) -> Option<Limits> {
        Some(Limits { nesting: self.nesting.checked_sub(1)?, ..*self })
    }

    /// What is left after so many bytes were unfolded; none if they were too many.
    pub(crate) fn unfolded(&self, bytes: u64) -> Option<Limits> {
        Some(Limits { inflated_total: self.inflated_total.checked_sub(bytes)?, ..*self })
    }

    /// Bytes a copy may have, by what is made of the original.
    pub fn bytes_of(&self, policy: Policy, input: u64) -> u64 {
        match policy {
            Policy::Strip => self.output_bytes(input),
            Policy::Flatten => self.flattened_bytes,
        }
    }

    /// Bytes a clean copy may have: twice the original and 1 MiB.
    pub fn output_bytes(&self, input: u64) -> u64 {
        input.saturating_mul(2).saturating_add(1 << 20)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            input_bytes: 50 << 20,
            film_bytes: 500 << 20,
            formats: Formats::ALL,
            pixels: 100_000_000,
            side: 30_000,
            frames: 2_000,
            animation_pixels: 400_000_000,
            pages: 5_000,
            drawn_pages: 100,
            flattened_bytes: 64 << 20,
            objects: 500_000,
            values: 4_000_000,
            depth: 64,
            inflated_stream: 32 << 20,
            inflated_total: 256 << 20,
            segments: 20_000,
            samples: 2_000_000,
            members: 5_000,
            nesting: 3,
            elements_depth: 256,
            attributes: 1_024,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_and_nothing_else() {
        let set = Formats::of(&[Kind::Jpeg, Kind::Mail]);
        let held = |kind: &&Kind| set.hold(**kind);
        assert_eq!(Kind::all().iter().filter(held).collect::<Vec<_>>(), [&Kind::Jpeg, &Kind::Mail]);
        assert!(Kind::all().iter().all(|&kind| Formats::ALL.hold(kind)));
        assert!(Kind::all().len() < 64, "each format has a bit of its own");
    }

    #[test]
    fn only_a_film_may_be_larger_than_other_files() {
        let limits = Limits::default();
        let larger = |kind: &&Kind| limits.input_of(**kind) > limits.input_bytes;
        let films = [&Kind::Mp4, &Kind::Mov, &Kind::Mkv, &Kind::Webm];
        assert_eq!(Kind::all().iter().filter(larger).collect::<Vec<_>>(), films);
    }
}
