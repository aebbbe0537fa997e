//! A document of which only the look of its pages is left.
//!
//! Each page is drawn and becomes one picture as large as the page; the text under it, the
//! bookmarks, links and layers are gone. A page of letters and lines is kept as it was
//! drawn, to the pixel; one with photographs would be ten times its size so, and becomes a
//! JPEG.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, RgbImage};

use super::QUALITY;
use crate::draw::{Document, Grain, Size};
use crate::refusal::Limit;
use crate::{Limits, Refusal};

/// Pixels of an inch: small print is legible, and a page takes a tenth of a second.
const DOTS: f32 = 150.0;
/// Bytes of a page that is kept to the pixel, for each hundred pixels of it. A page of text
/// needs five, one with a photograph a hundred or more.
const EXACT: usize = 25;

/// One page.
pub(super) struct Sheet {
    size: Size,
    columns: u32,
    rows: u32,
    grey: bool,
    /// Bits of a sample.
    bits: u8,
    filter: &'static str,
    data: Vec<u8>,
}

/// Draws all pages of a clean copy and puts them into a new document.
pub(super) fn flatten(clean: Vec<u8>, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let document = Document::open(clean)?;
    let count = document.pages();
    if count > usize::try_from(limits.drawn_pages).unwrap_or(usize::MAX) {
        return Err(Refusal::Limit(Limit::Pages));
    }
    let mut out = Out::new(count);
    for index in 0..count {
        let picture = document.draw(index, Grain::Dots(DOTS))?;
        out.sheet(&sheet(picture, document.size(index)?)?);
        if out.length() as u64 > limits.flattened_bytes {
            return Err(Refusal::Limit(Limit::OutputBytes));
        }
    }
    Ok(out.finish())
}

/// Encodes a page.
pub(super) fn sheet(picture: RgbImage, size: Size) -> Result<Sheet, Refusal> {
    let (columns, rows) = picture.dimensions();
    let grey = picture.pixels().all(|pixel| matches!(pixel.0, [r, g, b] if r == g && g == b));
    let samples = if grey {
        picture.pixels().filter_map(|pixel| pixel.0.first().copied()).collect()
    } else {
        picture.into_raw()
    };
    if grey && samples.iter().all(|sample| matches!(sample, 0 | 255)) {
        let data = folded(&packed(&samples, columns)).map_err(|_| Refusal::Internal)?;
        return Ok(Sheet { size, columns, rows, grey, bits: 1, filter: "FlateDecode", data });
    }
    let channels = if grey { 1 } else { 3 };
    let most = (samples.len() / channels / 100 * EXACT).max(1 << 12);
    let exact = if is_calm(&samples, channels) { Some(folded(&samples)) } else { None };
    let exact = exact.transpose().map_err(|_| Refusal::Internal)?;
    let (filter, data) = match exact.filter(|exact| exact.len() <= most) {
        Some(exact) => ("FlateDecode", exact),
        None => ("DCTDecode", photograph(columns, rows, grey, samples)?),
    };
    Ok(Sheet { size, columns, rows, grey, bits: 8, filter, data })
}

/// Black and white in one bit each, as papers are scanned; rows begin with a byte.
fn packed(samples: &[u8], columns: u32) -> Vec<u8> {
    let rows = samples.chunks(usize::try_from(columns).unwrap_or(usize::MAX).max(1));
    rows.flat_map(|row| {
        row.chunks(8).map(|eight| {
            let bits = eight.iter().zip((0..8).rev());
            bits.fold(0, |byte, (sample, place)| byte | (sample & 1) << place)
        })
    })
    .collect()
}

/// Whether most samples are those of the pixel before, as between letters. Where they are
/// not, folding would take long and be of no use.
fn is_calm(samples: &[u8], channels: usize) -> bool {
    let before = samples.iter();
    let same = samples.iter().skip(channels).zip(before).filter(|(one, other)| one == other);
    same.count() >= samples.len() / 2
}

fn folded(samples: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(samples)?;
    encoder.finish()
}

fn photograph(columns: u32, rows: u32, grey: bool, samples: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    let done = if grey {
        let picture = GrayImage::from_raw(columns, rows, samples).ok_or(Refusal::Internal)?;
        picture.write_with_encoder(encoder)
    } else {
        let picture = RgbImage::from_raw(columns, rows, samples).ok_or(Refusal::Internal)?;
        picture.write_with_encoder(encoder)
    };
    done.map(|()| jpeg).map_err(|_| Refusal::Internal)
}

/// Writes the document. It is read by our own cleaner, which gives it its last form.
pub(super) struct Out {
    bytes: Vec<u8>,
    /// Where each object begins.
    places: Vec<usize>,
}

/// Objects in front of those of the pages, and objects of each page.
const BEFORE: usize = 2;
const EACH: usize = 3;

impl Out {
    pub(super) fn new(pages: usize) -> Out {
        let mut out = Out { bytes: b"%PDF-1.7\n".to_vec(), places: Vec::new() };
        out.object("<</Type/Catalog/Pages 2 0 R>>", None);
        let kids: Vec<String> =
            (0..pages).map(|page| format!("{} 0 R", BEFORE + page * EACH + 1)).collect();
        out.object(&format!("<</Type/Pages/Count {pages}/Kids[{}]>>", kids.join(" ")), None);
        out
    }

    fn object(&mut self, dict: &str, data: Option<&[u8]>) {
        self.places.push(self.bytes.len());
        self.bytes.extend(format!("{} 0 obj\n{dict}\n", self.places.len()).bytes());
        if let Some(data) = data {
            self.bytes.extend(b"stream\n");
            self.bytes.extend(data);
            self.bytes.extend(b"\nendstream\n");
        }
        self.bytes.extend(b"endobj\n");
    }

    /// Bytes so far.
    pub(super) fn length(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn sheet(&mut self, sheet: &Sheet) {
        let Size { width, height } = sheet.size;
        let (drawing, picture) = (self.places.len() + 2, self.places.len() + 3);
        self.object(
            &format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents {drawing} 0 R\
                 /Resources<</XObject<</X1 {picture} 0 R>>>>>>"
            ),
            None,
        );
        let words = format!("q {width} 0 0 {height} 0 0 cm /X1 Do Q");
        self.object(&format!("<</Length {}>>", words.len()), Some(words.as_bytes()));
        let Sheet { columns, rows, grey, bits, filter, data, .. } = sheet;
        let space = if *grey { "DeviceGray" } else { "DeviceRGB" };
        self.object(
            &format!(
                "<</Type/XObject/Subtype/Image/Width {columns}/Height {rows}\
                 /BitsPerComponent {bits}/ColorSpace/{space}/Filter/{filter}/Length {}>>",
                data.len()
            ),
            Some(data),
        );
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        let (start, count) = (self.bytes.len(), self.places.len() + 1);
        self.bytes.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").bytes());
        for place in &self.places {
            self.bytes.extend(format!("{place:010} 00000 n \n").bytes());
        }
        let trailer = format!("trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
        self.bytes.extend(trailer.bytes());
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    const A7: Size = Size { width: 210.0, height: 298.0 };

    #[test]
    fn a_page_of_lines_is_kept_to_the_pixel_and_grey_where_it_is_grey() {
        let lines = |ink| {
            RgbImage::from_fn(403, 600, move |_, y| Rgb([if y % 20 == 0 { ink } else { 255 }; 3]))
        };
        let grey = sheet(lines(9), A7).unwrap();
        assert!(grey.grey && grey.bits == 8 && grey.filter == "FlateDecode");
        let black = sheet(lines(0), A7).unwrap();
        assert!(black.grey && black.bits == 1 && black.filter == "FlateDecode");
        let red = sheet(RgbImage::from_pixel(400, 600, Rgb([255, 0, 0])), A7).unwrap();
        assert!(!red.grey && red.filter == "FlateDecode");
    }

    #[test]
    fn black_and_white_are_a_bit_each_and_rows_begin_with_a_byte() {
        let row = [255, 0, 0, 0, 0, 0, 0, 255, 255, 0];
        assert_eq!(packed(&[row, row].concat(), 10), [0x81, 0x80, 0x81, 0x80]);
    }

    #[test]
    fn a_page_that_is_a_photograph_becomes_one() {
        let noise = |x: u32, y: u32| u8::try_from((x * x * 7 + y * y * 13 + x * y) % 251).unwrap();
        let photo = RgbImage::from_fn(400, 600, |x, y| Rgb([noise(x, y), noise(y, x), 9]));
        assert_eq!(sheet(photo, A7).unwrap().filter, "DCTDecode");
    }
}
