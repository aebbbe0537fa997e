//! Pictures of which only pixels are left.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use sluse_sanitizers::{Change, Kind, Limits, Refusal, Report, flatten};

use crate::cleaning::clean;

fn flat(file: &[u8]) -> Result<(Vec<u8>, Report), Refusal> {
    let mut out = Vec::new();
    let report = flatten(&mut Cursor::new(file), &mut out, &Limits::default())?;
    Ok((out, report))
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// Upper half red, lower half blue.
fn two_halves() -> DynamicImage {
    let colour = |y| Rgb(if y < 16 { [255, 0, 0] } else { [0, 0, 255] });
    RgbImage::from_fn(64, 32, |_, y| colour(y)).into()
}

#[test]
fn a_photograph_is_encoded_anew_and_turned_upright() {
    let jpeg = encoded(&two_halves(), ImageFormat::Jpeg);
    let exif =
        b"\xFF\xE1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0\0\0\0\0";
    let turned = [&jpeg[..2], exif, &jpeg[2..]].concat();
    let (copy, report) = flat(&turned).unwrap();
    assert_eq!(report.kind, Kind::Jpeg);
    assert_eq!(report.changes, [Change::Flattened]);
    let shown = image::load_from_memory_with_format(&copy, ImageFormat::Jpeg).unwrap().into_rgb8();
    assert!(shown.get_pixel(9, 3).0[2] > 200, "blue is on top");
    assert!(shown.get_pixel(9, 29).0[0] > 200, "red is below");
    assert!(!copy.windows(4).any(|window| window == b"Exif"));
    assert_eq!(clean(&copy), copy);
}

#[test]
fn another_picture_keeps_each_pixel() {
    let (copy, report) = flat(&encoded(&two_halves(), ImageFormat::Png)).unwrap();
    assert_eq!(report.kind, Kind::Png);
    assert_eq!(image::load_from_memory(&copy).unwrap().into_rgb8(), two_halves().into_rgb8());
    assert_eq!(clean(&copy), copy);
}

#[test]
fn what_has_no_one_look_is_refused() {
    assert_eq!(flat(b"a letter\n").map(drop), Err(Refusal::NotDrawable));
    assert!(flat(b"").is_err());
}
