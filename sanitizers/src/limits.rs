//! How much a file may ask of us.
//!
//! A file of a few kilobytes can claim a picture of a trillion pixels or unfold
//! into gigabytes. Every such claim is checked against a number in this one place
//! before memory or time is spent on it.

use serde::{Deserialize, Serialize};

/// The limits for one file. [`Limits::default`] is what the portal uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes in the file as it came: 50 MiB.
    pub input_bytes: u64,
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
}

impl Limits {
    /// Bytes a clean copy may have: twice the original and 1 MiB.
    pub fn output_bytes(&self, input: u64) -> u64 {
        input.saturating_mul(2).saturating_add(1 << 20)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            input_bytes: 50 << 20,
            pixels: 100_000_000,
            side: 30_000,
            frames: 2_000,
            animation_pixels: 400_000_000,
            pages: 5_000,
            objects: 500_000,
            values: 4_000_000,
            depth: 64,
            inflated_stream: 32 << 20,
            inflated_total: 256 << 20,
            segments: 20_000,
        }
    }
}
