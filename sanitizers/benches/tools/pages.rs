//! Documents: a scanner's, with a picture on each page, and a letter with text.

use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, Luma};

use crate::document::{self, Builder};
use crate::photo::noise;
use crate::planted;

/// An A4 page at 200 dots per inch.
const PAGE: (u32, u32) = (1654, 2339);
const PAGES: u32 = 200;
/// Pages that differ in their picture; the others repeat them.
const DIFFERENT: u32 = 8;

/// A scan: each page is one JPEG with what the scanner wrote into it.
pub(crate) fn scan() -> Vec<u8> {
    let pictures: Vec<Vec<u8>> = (0..DIFFERENT).map(picture).collect();
    let mut builder = Builder { trailer: "/Info 3 0 R".to_owned(), ..Builder::default() };
    let kids: Vec<String> = (0..PAGES).map(|page| format!("{} 0 R", number(page))).collect();
    let kids = kids.join(" ");
    builder
        .object(1, "<</Type/Catalog/Pages 2 0 R>>")
        .object(2, &format!("<</Type/Pages/Count {PAGES}/Kids[{kids}]>>"))
        .object(3, "<</Author(Anna Holm)/Producer(Scanner 3000)>>");
    for page in 0..PAGES {
        let (first, drawing, shown) = (number(page), number(page) + 1, number(page) + 2);
        let object = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {drawing} 0 R\
             /Resources<</XObject<</Scan {shown} 0 R>>>>>>"
        );
        let (width, height) = PAGE;
        let dict = format!(
            "/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8\
             /ColorSpace/DeviceGray/Filter/DCTDecode"
        );
        builder
            .object(first, &object)
            .folded(drawing, "", b"q 595 0 0 842 0 0 cm /Scan Do Q")
            .stream(shown, &dict, &pictures[(page % DIFFERENT) as usize]);
    }
    builder.build()
}

/// One page of text.
pub(crate) fn letter() -> Vec<u8> {
    let line = |line: u32| {
        format!("1 0 0 1 20 {} Tm (Line {line} of a letter to the board) Tj", 190 - 4 * line)
    };
    let lines = (0..40).map(line).collect::<Vec<String>>().join("\n");
    let drawing = format!("BT /F1 4 Tf {lines} ET");
    let mut builder = document::one_page(drawing.as_bytes(), "", "");
    builder.object(10, "<</Author(Anna Holm)/Title(Til bestyrelsen)>>");
    "/Info 10 0 R".clone_into(&mut builder.trailer);
    builder.build()
}

/// The number of the first object of a page.
fn number(page: u32) -> u32 {
    10 + 3 * page
}

/// Paper with its grain, and lines of print.
fn picture(page: u32) -> Vec<u8> {
    let paper = GrayImage::from_fn(PAGE.0, PAGE.1, |x, y| {
        let grain = noise(x, y, 11) % 5;
        let (column, line) = (x / 14, y / 60);
        let print = (150..1500).contains(&x)
            && (200..1700).contains(&y)
            && y % 60 < 20
            && !noise(column, line, 12 + page).is_multiple_of(6)
            && noise(column * 7 + x % 14 / 3, line + y % 60 / 4, 13 + page).is_multiple_of(2);
        let value = if print { 40 + grain } else { 240 + grain };
        Luma([u8::try_from(value).unwrap()])
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 35).encode_image(&paper).unwrap();
    planted::in_jpeg(&bytes)
}
