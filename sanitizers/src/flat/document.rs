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
struct Sheet {
    size: Size,
    columns: u32,
    rows: u32,
    grey: bool,
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
        if out.bytes.len() > usize::try_from(limits.flattened_bytes).unwrap_or(usize::MAX) {
            return Err(Refusal::Limit(Limit::OutputBytes));
        }
    }
    Ok(out.finish())
}

/// Encodes a page.
fn sheet(picture: RgbImage, size: Size) -> Result<Sheet, Refusal> {
    let (columns, rows) = picture.dimensions();
    let grey = picture.pixels().all(|pixel| matches!(pixel.0, [r, g, b] if r == g && g == b));
    let samples = if grey {
        picture.pixels().filter_map(|pixel| pixel.0.first().copied()).collect()
    } else {
        picture.into_raw()
    };
    let channels = if grey { 1 } else { 3 };
    let most = (samples.len() / channels / 100 * EXACT).max(1 << 12);
    let exact = if is_calm(&samples, channels) { Some(folded(&samples)) } else { None };
    let exact = exact.transpose().map_err(|_| Refusal::Internal)?;
    let (filter, data) = match exact.filter(|exact| exact.len() <= most) {
        Some(exact) => ("FlateDecode", exact),
        None => ("DCTDecode", photograph(columns, rows, grey, samples)?),
    };
    Ok(Sheet { size, columns, rows, grey, filter, data })
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
struct Out {
    bytes: Vec<u8>,
    /// Where each object begins.
    places: Vec<usize>,
}

/// Objects in front of those of the pages, and objects of each page.
const BEFORE: usize = 2;
const EACH: usize = 3;

impl Out {
    fn new(pages: usize) -> Out {
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

    fn sheet(&mut self, sheet: &Sheet) {
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
        let Sheet { columns, rows, grey, filter, data, .. } = sheet;
        let space = if *grey { "DeviceGray" } else { "DeviceRGB" };
        self.object(
            &format!(
                "<</Type/XObject/Subtype/Image/Width {columns}/Height {rows}\
                 /BitsPerComponent 8/ColorSpace/{space}/Filter/{filter}/Length {}>>",
                data.len()
            ),
            Some(data),
        );
    }

    fn finish(mut self) -> Vec<u8> {
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
        let lines = RgbImage::from_fn(400, 600, |_, y| Rgb([if y % 20 == 0 { 0 } else { 255 }; 3]));
        let sheet = sheet(lines, A7).unwrap();
        assert!(sheet.grey && sheet.filter == "FlateDecode");
        let red = super::sheet(RgbImage::from_pixel(400, 600, Rgb([255, 0, 0])), A7).unwrap();
        assert!(!red.grey && red.filter == "FlateDecode");
    }

    #[test]
    fn a_page_that_is_a_photograph_becomes_one() {
        let noise = |x: u32, y: u32| u8::try_from((x * x * 7 + y * y * 13 + x * y) % 251).unwrap();
        let photo = RgbImage::from_fn(400, 600, |x, y| Rgb([noise(x, y), noise(y, x), 9]));
        assert_eq!(sheet(photo, A7).unwrap().filter, "DCTDecode");
    }
}
