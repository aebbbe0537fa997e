//! The safe view of cleaned files.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use sluse_sanitizers::view::{Shown, view};
use sluse_sanitizers::{Limits, Refusal};

fn seen(file: &[u8]) -> Result<(Shown, Vec<u8>), Refusal> {
    let mut sink = Vec::new();
    let view = view(&mut Cursor::new(file), &mut sink, 1, &Limits::default())?;
    assert_eq!((view.page, view.pages), (1, 1));
    Ok((view.shown, sink))
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// Left half red, right half blue.
fn two_halves(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, _| {
        Rgb(if x < width / 2 { [255, 0, 0] } else { [0, 0, 255] })
    })
    .into()
}

/// Names of all chunks.
fn chunks(png: &[u8]) -> Vec<&[u8]> {
    let mut rest = &png[8..];
    let mut names = Vec::new();
    while !rest.is_empty() {
        let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        names.push(&rest[4..8]);
        rest = &rest[12 + length..];
    }
    names.dedup();
    names
}

#[test]
fn a_large_picture_is_shown_small_and_without_metadata() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::Tiff] {
        let (found, png) = seen(&encoded(&two_halves(3200, 400), format)).unwrap();
        let shown = image::load_from_memory_with_format(&png, ImageFormat::Png).unwrap();
        assert_eq!((found, shown.width(), shown.height()), (Shown::Picture, 1600, 200));
        assert_eq!(chunks(&png), [b"IHDR", b"IDAT", b"IEND"]);
    }
}

#[test]
fn a_small_picture_keeps_its_pixels_and_its_transparency() {
    let picture = RgbaImage::from_fn(9, 5, |x, y| {
        Rgba([u8::try_from(x * 20).unwrap(), u8::try_from(y * 40).unwrap(), 7, 128])
    });
    let (_, png) = seen(&encoded(&picture.clone().into(), ImageFormat::Png)).unwrap();
    assert_eq!(image::load_from_memory(&png).unwrap().into_rgba8(), picture);
}

#[test]
fn a_turned_picture_is_shown_upright() {
    let jpeg = encoded(&two_halves(64, 32), ImageFormat::Jpeg);
    // Orientation 6: turn a quarter to the right to show it.
    let exif =
        b"\xFF\xE1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let turned = [&jpeg[..2], exif, &jpeg[2..]].concat();
    let (_, png) = seen(&turned).unwrap();
    let shown = image::load_from_memory(&png).unwrap().into_rgb8();
    assert_eq!(shown.dimensions(), (32, 64));
    assert!(shown.get_pixel(16, 5).0[0] > 200, "red is on top");
    assert!(shown.get_pixel(16, 60).0[2] > 200, "blue is below");
}

#[test]
fn characters_that_cannot_be_seen_are_written_out() {
    let (kind, text) = seen("æ\u{200B}b\tc\n\u{202E}\u{E0041}\r".as_bytes()).unwrap();
    assert_eq!(kind, Shown::Text);
    assert_eq!(str::from_utf8(&text).unwrap(), "æ[U+200B]b\tc\n[U+202E][U+E0041][U+000D]");
}

#[test]
fn of_a_web_page_the_words_are_shown_and_where_a_picture_stands() {
    let page = "<h1>Report</h1><p>of <b>Anna</b> &lt;img &amp; co<p><img src=\"data:image/png;base64,\">\
                <table><tr><td>one<td>two</table>";
    let page =
        format!("<!DOCTYPE html>\n<html><head><title>no</title></head><body>{page}</body></html>");
    let (kind, text) = seen(&crate::cleaning::clean(page.as_bytes())).unwrap();
    assert_eq!(kind, Shown::Text);
    let text = str::from_utf8(&text).unwrap();
    assert!(text.starts_with("Report\n"), "{text}");
    assert!(text.contains("of Anna <img & co\n") && text.contains("one two\n"), "{text}");
    assert!(!text.contains("<p>"), "{text}");
}

#[test]
fn damaged_files_and_those_of_other_formats_have_no_view() {
    assert!(seen(b"%PDF-1.7\n").is_err());
    assert!(seen(b"PK\x03\x04").is_err());
    assert_eq!(seen(b"").unwrap_err(), Refusal::Empty);
    let png = encoded(&two_halves(64, 32), ImageFormat::Png);
    let jpeg = encoded(&two_halves(64, 32), ImageFormat::Jpeg);
    assert!(seen(&png[..60]).is_err());
    assert!(seen(&jpeg[..20]).is_err());
    assert!(seen(b"a\xFFb").is_err());
}

#[test]
fn a_picture_beyond_the_limits_is_refused() {
    let png = encoded(&two_halves(300, 2), ImageFormat::Png);
    let limits = Limits { side: 299, ..Limits::default() };
    let mut sink = Vec::new();
    assert!(view(&mut Cursor::new(png), &mut sink, 1, &limits).is_err());
    assert!(sink.is_empty());
}
