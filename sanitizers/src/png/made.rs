//! A picture of another format, as a PNG.
//!
//! It is written in the plainest way and then cleaned like a PNG that came from outside, so
//! that nothing that is said of a clean PNG needs to be said again.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::chunks::{self, SIGNATURE};
use super::{clean, colour};
use crate::{Limits, Notes, Refusal};

/// What a PNG is made of.
pub(crate) struct Made<'a> {
    /// Columns and rows.
    pub(crate) size: (u32, u32),
    /// The sort of pixels, and bits of a sample, as a PNG numbers them.
    pub(crate) colour: u8,
    pub(crate) depth: u8,
    /// Colours of a palette; empty if there is none.
    pub(crate) palette: Vec<u8>,
    pub(crate) profile: Option<&'a [u8]>,
    /// Rows from the upper one on.
    pub(crate) rows: &'a [Vec<u8>],
}

impl Made<'_> {
    /// Returns the clean PNG.
    pub(crate) fn clean(&self, limits: &Limits, notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
        let file = self.write()?;
        // Noise takes a little more room than before.
        let limits = Limits { input_bytes: limits.output_bytes(limits.input_bytes), ..*limits };
        clean(&mut Cursor::new(file), &limits, notes)
    }

    fn write(&self) -> Result<Vec<u8>, Refusal> {
        let mut file = SIGNATURE.to_vec();
        let sides = [self.size.0.to_be_bytes(), self.size.1.to_be_bytes()].concat();
        let header = [&sides[..], &[self.depth, self.colour, 0, 0, 0]].concat();
        chunks::put(&mut file, *b"IHDR", &header)?;
        if let Some(profile) = self.profile {
            chunks::put(&mut file, *b"iCCP", &colour::fold(profile)?)?;
        }
        if !self.palette.is_empty() {
            chunks::put(&mut file, *b"PLTE", &self.palette)?;
        }
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        for row in self.rows {
            let written = zlib.write_all(&[super::filter::NONE]).and_then(|()| zlib.write_all(row));
            written.map_err(|_| Refusal::Internal)?;
        }
        chunks::put(&mut file, *b"IDAT", &zlib.finish().map_err(|_| Refusal::Internal)?)?;
        chunks::put(&mut file, *b"IEND", &[])?;
        Ok(file)
    }
}
