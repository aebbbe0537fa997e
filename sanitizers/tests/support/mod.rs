//! What several test programs need.

#![expect(dead_code, reason = "each test program uses a part of this")]

pub mod exiftool;

use std::io::Cursor;

/// The decoded samples of a picture with its size.
pub fn pixels(bytes: &[u8]) -> Option<(u32, u32, Vec<u8>)> {
    let format = image::ImageFormat::Jpeg;
    let picture = image::ImageReader::with_format(Cursor::new(bytes), format).decode().ok()?;
    Some((picture.width(), picture.height(), picture.into_bytes()))
}
