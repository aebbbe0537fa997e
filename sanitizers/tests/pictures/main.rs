//! Pictures before other witnesses: `ExifTool`, a decoder, and files of other projects.

mod corpus;
mod exiftool;
mod witness;

use std::io::Cursor;

/// The decoded samples of a picture with its size.
fn pixels(bytes: &[u8]) -> Option<(u32, u32, Vec<u8>)> {
    let format = image::ImageFormat::Jpeg;
    let picture = image::ImageReader::with_format(Cursor::new(bytes), format).decode().ok()?;
    Some((picture.width(), picture.height(), picture.into_bytes()))
}
