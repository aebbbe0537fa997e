//! `IHDR`: how large the picture is and what a pixel looks like.

use crate::refusal::{Damage, Limit};
use crate::{Limits, Refusal};

/// What the samples of a pixel mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colour {
    Grey,
    Rgb,
    Indexed,
    GreyAlpha,
    RgbAlpha,
}

/// A header that was found valid and within the limits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) depth: u8,
    pub(super) colour: Colour,
    pub(super) interlaced: bool,
}

/// Where the seven passes of an interlaced picture start, and their steps:
/// column, row, columns, rows.
const ADAM7: [(u32, u32, u32, u32); 7] = [
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
];

impl Header {
    /// Reads the content of `IHDR`.
    pub(super) fn read(data: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        let &[w0, w1, w2, w3, h0, h1, h2, h3, depth, colour, compression, filter, interlace] = data
        else {
            return Err(Refusal::Damaged(Damage::Length));
        };
        let header = Header {
            width: u32::from_be_bytes([w0, w1, w2, w3]),
            height: u32::from_be_bytes([h0, h1, h2, h3]),
            depth,
            colour: colour_type(colour, depth).ok_or(Refusal::Damaged(Damage::Value))?,
            interlaced: interlace == 1,
        };
        if (compression, filter) != (0, 0) || interlace > 1 {
            return Err(Refusal::Damaged(Damage::Value));
        }
        check_size(header.width, header.height, limits)?;
        Ok(header)
    }

    /// The content of `IHDR`.
    pub(super) fn content(&self) -> [u8; 13] {
        let colour = match self.colour {
            Colour::Grey => 0,
            Colour::Rgb => 2,
            Colour::Indexed => 3,
            Colour::GreyAlpha => 4,
            Colour::RgbAlpha => 6,
        };
        let mut content = [0; 13];
        let tail = [self.depth, colour, 0, 0, u8::from(self.interlaced)];
        let bytes = self.width.to_be_bytes().into_iter().chain(self.height.to_be_bytes());
        for (place, byte) in content.iter_mut().zip(bytes.chain(tail)) {
            *place = byte;
        }
        content
    }

    /// Samples of one pixel.
    pub(super) fn channels(&self) -> u8 {
        match self.colour {
            Colour::Grey | Colour::Indexed => 1,
            Colour::GreyAlpha => 2,
            Colour::Rgb => 3,
            Colour::RgbAlpha => 4,
        }
    }

    /// Bits of one sample of the colours shown: a palette holds 8.
    pub(super) fn sample_bits(&self) -> u8 {
        if self.colour == Colour::Indexed { 8 } else { self.depth }
    }

    /// Bytes of one pixel as filters count them: at least one.
    pub(super) fn pixel_bytes(&self) -> usize {
        (self.pixel_bits() / 8).max(1)
    }

    /// Bits of one pixel.
    pub(super) fn pixel_bits(&self) -> usize {
        usize::from(self.channels()) * usize::from(self.depth)
    }

    /// Bytes of a row of `width` pixels, without its filter byte.
    pub(super) fn row_bytes(&self, width: u32) -> usize {
        (width as usize * self.pixel_bits()).div_ceil(8)
    }

    /// The passes of a frame: pixels in a row and number of rows, none of them zero.
    pub(super) fn passes(&self, width: u32, height: u32) -> Vec<(u32, u32)> {
        if !self.interlaced {
            return vec![(width, height)];
        }
        let of = |size: u32, start: u32, step: u32| size.saturating_sub(start).div_ceil(step);
        let pass = |&(x, y, dx, dy): &(u32, u32, u32, u32)| (of(width, x, dx), of(height, y, dy));
        ADAM7.iter().map(pass).filter(|&(wide, high)| wide > 0 && high > 0).collect()
    }
}

/// Bombs are stopped here, before any memory depends on a number in the file.
fn check_size(width: u32, height: u32, limits: &Limits) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::Damaged(Damage::Value));
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > limits.side || height > limits.side || pixels > limits.pixels {
        return Err(Refusal::Limit(Limit::Pixels));
    }
    Ok(())
}

fn colour_type(colour: u8, depth: u8) -> Option<Colour> {
    match (colour, depth) {
        (0, 1 | 2 | 4 | 8 | 16) => Some(Colour::Grey),
        (2, 8 | 16) => Some(Colour::Rgb),
        (3, 1 | 2 | 4 | 8) => Some(Colour::Indexed),
        (4, 8 | 16) => Some(Colour::GreyAlpha),
        (6, 8 | 16) => Some(Colour::RgbAlpha),
        _ => None,
    }
}
