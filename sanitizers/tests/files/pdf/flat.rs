//! Documents of which only pixels are left, and pages as pictures.

use std::io::Cursor;

use sluse_sanitizers::view::{Shown, View, view};
use sluse_sanitizers::{Change, Limits, Refusal, Report, Warning, flatten};

use crate::cleaning::clean_with_report as clean;
use crate::pdf::build::{Builder, one_page, photograph, plain};
use crate::pdf::witnesses::{pages, pixels, run, told};

fn flat(document: &[u8]) -> Result<(Vec<u8>, Report), Refusal> {
    let mut out = Vec::new();
    let report = flatten(&mut Cursor::new(document), &mut out, &Limits::default())?;
    Ok((out, report))
}

fn text(document: &[u8]) -> String {
    let file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    std::fs::write(file.path(), document).unwrap();
    let said = run("pdftotext", "poppler-utils", &[file.path().to_str().unwrap(), "-"]).stdout;
    String::from_utf8(said).unwrap().trim().to_owned()
}

fn seen(document: &[u8], page: u32) -> Result<(View, image::RgbImage), Refusal> {
    let mut png = Vec::new();
    let view = view(&mut Cursor::new(document), &mut png, page, &Limits::default())?;
    Ok((view, image::load_from_memory(&png).unwrap().into_rgb8()))
}

/// Whether some pixel of a page is dark.
fn is_written_on(picture: &image::RgbImage) -> bool {
    picture.pixels().any(|pixel| pixel.0.iter().all(|colour| *colour < 100))
}

/// A document whose pages say their number, in the corner and by their size.
fn three_pages() -> Vec<u8> {
    let mut document = one_page(b"0 g 0 0 100 100 re f", "", "");
    let page = |place: u32, more: &str| {
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]{more}/Contents {place} 0 R>>")
    };
    document
        .object(2, "<</Type/Pages/Count 3/Kids[3 0 R 20 0 R 21 0 R]>>")
        .object(20, &page(22, "/Rotate 90"))
        .object(21, &page(23, "/CropBox[50 50 150 100]/UserUnit 2"))
        .folded(22, "", b"1 0 0 rg 0 0 100 100 re f")
        .folded(23, "", b"0 0 1 rg 50 50 100 50 re f");
    document.build()
}

#[test]
fn words_under_a_box_are_gone_and_the_box_is_still_seen() {
    let covered = one_page(
        b"BT /F1 24 Tf 20 100 Td (Anna Jensen) Tj ET 0 g 0 80 300 60 re f 1 0 0 rg 0 0 300 40 re f",
        "",
        "",
    )
    .build();
    assert!(text(&clean(&covered).unwrap().0).contains("Anna Jensen"));
    let (copy, report) = flat(&covered).unwrap();
    assert_eq!(text(&copy), "");
    assert!(report.changes.contains(&Change::Flattened));
    assert_eq!(report.warnings, Vec::<Warning>::new());
    let (_, page) = seen(&copy, 1).unwrap();
    let (width, height) = page.dimensions();
    assert_eq!(page.get_pixel(width / 2, height / 2).0, [0, 0, 0]);
    assert_eq!(page.get_pixel(width / 2, height - 9).0, [255, 0, 0]);
    assert_eq!(page.get_pixel(width / 2, 9).0, [255, 255, 255]);
}

#[test]
fn a_copy_of_pixels_is_an_ordinary_clean_copy_and_tells_nothing() {
    let (copy, _) = flat(&three_pages()).unwrap();
    assert_eq!(clean(&copy).unwrap().0, copy);
    assert_eq!(flat(&three_pages()).unwrap().0, copy);
    let file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    std::fs::write(file.path(), &copy).unwrap();
    let path = file.path().to_str().unwrap();
    assert_eq!(pages(path), (Some(3), true));
    assert_eq!(told(path), Vec::<String>::new());
    assert!(run("qpdf", "qpdf", &["--check", path]).status.success());
    assert!(!pixels(path, 20).is_empty());
}

#[test]
fn pages_keep_the_size_in_which_they_were_shown() {
    let (copy, _) = flat(&three_pages()).unwrap();
    let file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    std::fs::write(file.path(), &copy).unwrap();
    let arguments = ["-l", "3", file.path().to_str().unwrap()];
    let said = String::from_utf8(run("pdfinfo", "poppler-utils", &arguments).stdout).unwrap();
    for size in ["300 x 200 pts", "200 x 300 pts", "200 x 100 pts"] {
        assert!(said.contains(size), "{size}: {said}");
    }
}

#[test]
fn each_page_has_a_view_and_a_number_beyond_the_last_one_shows_the_last() {
    let document = clean(&three_pages()).unwrap().0;
    for (asked, page, size, colour) in [
        (0, 1, (1600, 1067), [0, 0, 0]),
        (1, 1, (1600, 1067), [0, 0, 0]),
        (2, 2, (1067, 1600), [255, 0, 0]),
        (3, 3, (1600, 800), [0, 0, 255]),
        (u32::MAX, 3, (1600, 800), [0, 0, 255]),
    ] {
        let (view, picture) = seen(&document, asked).unwrap();
        assert_eq!(view, View { shown: Shown::Picture, page, pages: 3 });
        assert_eq!(picture.dimensions(), size);
        assert!(picture.pixels().any(|pixel| pixel.0 == colour), "{page}");
    }
}

#[test]
fn letters_of_fonts_that_are_not_in_the_document_are_drawn() {
    assert!(is_written_on(&seen(&clean(&plain().build()).unwrap().0, 1).unwrap().1));
}

#[test]
fn photographs_are_drawn() {
    let mut photo = one_page(b"q 300 0 0 200 0 0 cm /Im1 Do Q", "/XObject<</Im1 10 0 R>>", "");
    photo.stream(
        10,
        "/Type/XObject/Subtype/Image/Width 32/Height 16/BitsPerComponent 8/ColorSpace/DeviceRGB\
         /Filter/DCTDecode",
        &photograph("maker"),
    );
    let copy = flat(&photo.build()).unwrap().0;
    let picture = seen(&copy, 1).unwrap().1;
    assert!(picture.pixels().any(|pixel| pixel.0 != [255; 3]));
}

/// Documents of which the drawing library would leave something out.
fn half_drawn() -> Vec<(&'static str, Builder)> {
    let mut square = one_page(b"", "", "/Annots[10 0 R]");
    square.object(10, "<</Type/Annot/Subtype/Square/Rect[20 20 180 60]/C[1 0 0]>>");
    let mut chinese =
        one_page(b"BT /F2 24 Tf 20 100 Td <4e2d6587> Tj ET", "/Font<</F2 10 0 R>>", "");
    chinese
        .object(
            10,
            "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H\
             /DescendantFonts[11 0 R]>>",
        )
        .object(
            11,
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/FontDescriptor 12 0 R/DW 1000\
             /CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
        )
        .object(
            12,
            "<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 0 1000 1000]\
             /ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>",
        );
    let mut borrowed = one_page(b"/Fm1 Do", "/XObject<</Fm1 10 0 R/Fm2 11 0 R>>", "");
    borrowed
        .folded(10, "/Type/XObject/Subtype/Form/BBox[0 0 300 200]/Resources<<>>", b"/Fm2 Do")
        .folded(11, "/Type/XObject/Subtype/Form/BBox[0 0 300 200]", b"0 g 0 0 99 99 re f");
    vec![
        ("a shape without a look", square),
        ("letters that no font has", chinese),
        ("a drawing that borrows", borrowed),
    ]
}

#[test]
fn a_page_that_would_be_half_drawn_is_refused_and_never_shown() {
    for (name, document) in half_drawn() {
        let document = document.build();
        let copy = clean(&document).unwrap_or_else(|refusal| panic!("{name}: {refusal}")).0;
        assert_eq!(seen(&copy, 1).map(drop), Err(Refusal::NotDrawable), "{name}");
        assert_eq!(flat(&document).map(drop), Err(Refusal::NotDrawable), "{name}");
    }
}

#[test]
fn drawings_in_each_other_deeper_than_is_drawn_are_refused() {
    let mut deep = one_page(b"/Fm1 Do", "/XObject<</Fm1 100 0 R>>", "");
    for number in 100..160 {
        let next = format!("/Resources<</XObject<</Fm1 {} 0 R>>>>", number + 1);
        let dict = format!("/Type/XObject/Subtype/Form/BBox[0 0 300 200]{next}");
        deep.folded(number, &dict, b"/Fm1 Do");
    }
    deep.folded(160, "/Type/XObject/Subtype/Form/BBox[0 0 300 200]", b"0 0 99 99 re f");
    assert_eq!(flat(&deep.build()).map(drop), Err(Refusal::NotDrawable));
}

#[test]
fn a_document_of_too_many_pages_is_refused_before_it_is_drawn() {
    let limits = Limits { drawn_pages: 2, ..Limits::default() };
    let mut out = Vec::new();
    let refused = flatten(&mut Cursor::new(three_pages()), &mut out, &limits);
    assert_eq!(refused, Err(Refusal::Limit(sluse_sanitizers::refusal::Limit::Pages)));
    let small = Limits { flattened_bytes: 500, ..Limits::default() };
    let refused = flatten(&mut Cursor::new(three_pages()), &mut out, &small);
    assert_eq!(refused, Err(Refusal::Limit(sluse_sanitizers::refusal::Limit::OutputBytes)));
    assert!(out.is_empty());
}
