//! A picture that costs a codec what a photograph costs.
//!
//! Flat test pictures compress to nothing and make every tool look fast. This one has
//! soft gradients, texture in several sizes and the noise of a sensor, so that the
//! coded sizes are those of a phone: at 12 million pixels about 4 MB of JPEG and 20 MB
//! of PNG. The same point has the same colour on every machine and in every run.

use image::{GenericImageView, Pixel, Rgb};

/// Texture: distance of the grid's points as a power of two, and how much it adds.
const TEXTURE: [(u32, u32); 5] = [(9, 110), (7, 56), (5, 28), (3, 14), (1, 6)];

/// A photograph of this size that is computed while it is read.
pub(crate) struct Photo {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Photo {
    pub(crate) fn of(width: u32, height: u32) -> Self {
        Photo { width, height }
    }

    /// One row as bytes of red, green and blue.
    pub(crate) fn row(&self, y: u32) -> Vec<u8> {
        (0..self.width).flat_map(|x| self.get_pixel(x, y).0).collect()
    }
}

impl GenericImageView for Photo {
    type Pixel = Rgb<u8>;

    fn dimensions(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn get_pixel(&self, x: u32, y: u32) -> Rgb<u8> {
        let light: u32 = TEXTURE.iter().map(|&(step, most)| soft(x, y, step) * most / 255).sum();
        // The sensor's noise is mostly in the light, a little in the colour.
        let grain = noise(x, y, 99);
        let light = light + grain % 8 + (grain >> 8) % 8;
        let tint = soft(x + 7000, y, 9) / 8;
        let colour = [light + tint, light + 16, light + 32 - tint];
        let mut grain = grain >> 16;
        let colour = colour.map(|value| {
            grain >>= 2;
            u8::try_from((value + grain % 4).min(255)).unwrap_or(u8::MAX)
        });
        *Rgb::from_slice(&colour)
    }
}

/// Noise between the points of a grid, blended.
fn soft(x: u32, y: u32, step: u32) -> u32 {
    let (size, mask) = (1 << step, (1 << step) - 1);
    let (left, top) = (x >> step, y >> step);
    let corner = |dx, dy| noise(left + dx, top + dy, step) & 0xFF;
    let (right_part, low_part) = (x & mask, y & mask);
    let blend = |from: u32, to: u32, part: u32| (from * (size - part) + to * part) >> step;
    let upper = blend(corner(0, 0), corner(1, 0), right_part);
    let lower = blend(corner(0, 1), corner(1, 1), right_part);
    blend(upper, lower, low_part)
}

/// A number that looks like chance and belongs to this place.
pub(crate) fn noise(x: u32, y: u32, of: u32) -> u32 {
    let mut hash = x.wrapping_mul(0x9E37_79B1) ^ y.wrapping_mul(0x85EB_CA77) ^ of << 27;
    hash = (hash ^ hash >> 15).wrapping_mul(0x2C1B_3C6D);
    hash = (hash ^ hash >> 12).wrapping_mul(0x297A_2D39);
    hash ^ hash >> 15
}
