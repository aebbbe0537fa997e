//! BMP: the pixels, as a PNG.
//!
//! A bitmap has a header in one of seven sizes, a palette, and rows. Numbers that nobody
//! reads, bytes that fill a row or a palette entry, a fourth byte in each pixel, whatever is
//! between the header and the pixels or behind them, and the path of a colour profile on
//! somebody's disk: all of that is room for more than a picture. Few programs still write
//! the format, so the picture is handed on as a PNG, by the rules for PNG.
//!
//! What the fourth byte of a pixel means is said by the masks of newer headers; where they
//! do not call it transparency it is dropped, and where all of it is nought it is dropped as
//! well, since viewers show such a picture as if it had none.
//!
//! Left out: resolution, and the colour space of a calibrated screen, which names the
//! screen; viewers do not follow it. Refused: pictures that are a JPEG or PNG inside,
//! packed rows that leave pixels out (each viewer fills them in its own way), and headers
//! of OS/2 but the oldest.
//!
//! Format: Microsoft, Bitmap Storage and `BITMAPV5HEADER`.

mod header;
mod pixels;
mod runs;

use crate::copy::Copy;
use crate::png::Made;
use crate::{About, Kind, Limits, Notes, ReadSeek, Refusal};
use header::Bitmap;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "size, pixels, palette, transparency; colour profile, issued anew; the copy is a PNG",
    removed: "the path of a linked profile, numbers of a calibrated screen, resolution; filling \
              of rows and pixels, bytes between and behind; and what a PNG loses",
    refused: "pictures that are a JPEG or PNG inside, rows that leave pixels out, rare headers",
};

/// Returns a clean PNG of the bitmap in `source`.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Copy, Refusal> {
    let file = crate::read_all(source, limits)?;
    let bitmap = Bitmap::read(&file, limits, notes)?;
    let pixels = pixels::read(&bitmap, notes)?;
    let made = Made {
        size: (bitmap.width, bitmap.height),
        colour: pixels.colour,
        depth: pixels.depth,
        palette: bitmap.palette.iter().flatten().copied().collect(),
        profile: bitmap.profile,
        rows: &pixels.rows,
    };
    Ok(Copy::of(Kind::Png, made.clean(limits, notes)?))
}

/// What is read of a header.
const FIELDS: [&str; 6] = [
    "header of 12, 40, 52, 56, 108 or 124 bytes: columns, rows, bits, packing, colours in use",
    "masks: of pixels with 16 or 32 bits, at most 8 bits for a colour",
    "palette: without its filling bytes, and by the rules for PNG",
    "pixels: 1, 4, 8, 16, 24 or 32 bits, plain or in runs",
    "colour profile that the file brings along: issued anew",
    "everything else is left out; then the rules for PNG hold",
];

/// The allow-list as lines of text.
pub(crate) fn explain() -> Vec<String> {
    FIELDS.iter().map(|line| (*line).to_owned()).collect()
}
