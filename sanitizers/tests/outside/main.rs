//! The crate from outside: its command line, its sandbox, and pictures before other
//! witnesses (`ExifTool`, a decoder, files of other projects).

#[cfg(test)]
mod command_line;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod drawn;
#[cfg(test)]
mod exiftool;
#[cfg(test)]
mod sandbox;
#[cfg(test)]
mod witness;

/// The decoded samples of a picture with its size.
#[cfg(test)]
fn pixels(bytes: &[u8]) -> Option<(u32, u32, Vec<u8>)> {
    let format = image::ImageFormat::Jpeg;
    let picture = image::load_from_memory_with_format(bytes, format).ok()?;
    Some((picture.width(), picture.height(), picture.into_bytes()))
}
