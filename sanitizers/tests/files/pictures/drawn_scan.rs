//! TIFF as pixels: a page, or all of them.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat};
use sluse_sanitizers::refusal::Limit;
use sluse_sanitizers::view::view;
use sluse_sanitizers::{Change, Kind, Limits, Refusal, flatten};

use crate::cleaning::{clean, clean_with_report};
use crate::pictures::corpus;
use crate::pictures::damage::damage;
use crate::pictures::drawn::{apart, flat, scene};
use crate::pictures::witness::made;
use crate::programs::said;

/// The page that is shown of a clean copy, its number, and how many there are.
fn page(copy: &[u8], number: u32) -> Result<(DynamicImage, u32, u32), Refusal> {
    let mut sink = Vec::new();
    let view = view(&mut Cursor::new(copy), &mut sink, number, &Limits::default())?;
    Ok((image::load_from_memory(&sink).unwrap(), view.page, view.pages))
}

/// Pages of one colour each, at 300 dots to the inch.
fn pages(colours: &[&str], more: &[&str]) -> Vec<u8> {
    let mut arguments = vec!["-size", "200x100", "-density", "300", "-units", "PixelsPerInch"];
    arguments.extend(colours);
    arguments.extend(more);
    made(&arguments, "tif")
}

const THREE: [&str; 3] = ["xc:red", "xc:lime", "xc:blue"];

#[test]
fn the_page_that_is_asked_for_is_shown_or_the_nearest() {
    let copy = clean(&pages(&THREE, &[]));
    for (asked, shown, colour) in [
        (0, 1, [255, 0, 0]),
        (1, 1, [255, 0, 0]),
        (2, 2, [0, 255, 0]),
        (3, 3, [0, 0, 255]),
        (9, 3, [0, 0, 255]),
    ] {
        let (picture, number, count) = page(&copy, asked).unwrap();
        assert_eq!((number, count), (shown, 3));
        assert_eq!(picture.to_rgb8().get_pixel(50, 50).0, colour);
    }
}

#[test]
fn one_page_becomes_a_picture_to_the_pixel() {
    let mut file = Cursor::new(Vec::new());
    scene(120, 80).write_to(&mut file, ImageFormat::Tiff).unwrap();
    let (copy, report) = flat(&file.into_inner()).unwrap();
    assert_eq!((report.kind, report.changes), (Kind::Png, vec![Change::Flattened]));
    assert_eq!(image::load_from_memory(&copy).unwrap().to_rgb8(), scene(120, 80).to_rgb8());
}

#[test]
fn no_page_of_several_is_lost_and_each_is_as_large_as_the_paper() {
    for more in [&[][..], &["-compress", "lzw"], &["-compress", "jpeg"]] {
        let (copy, report) = flat(&pages(&THREE, more)).unwrap();
        assert_eq!((report.kind, report.changes), (Kind::Pdf, vec![Change::Flattened]));
        let said = said("pdfinfo", "poppler-utils", &[], &copy, "pdf").unwrap();
        assert!(said.contains("Pages:           3"), "{said}");
        assert!(said.contains("48 x 24 pts"), "{said}");
        let (last, ..) = page(&copy, 3).unwrap();
        assert!(apart(&last, &last).1 == 0 && last.to_rgb8().get_pixel(9, 9).0[2] > 250);
    }
}

#[test]
fn a_fax_of_several_pages_is_shown_and_kept_in_black_and_white() {
    let drawn = ["pattern:checkerboard", "pattern:bricks"];
    let file = pages(&drawn, &["-monochrome", "-compress", "group4"]);
    let copy = clean(&file);
    assert_eq!(page(&copy, 2).unwrap().2, 2);
    let (copy, report) = flat(&file).unwrap();
    assert_eq!(report.kind, Kind::Pdf);
    let images = said("pdfimages", "poppler-utils", &["-list"], &copy, "pdf").unwrap();
    let bits = images.lines().skip(2).map(|line| line.split_whitespace().nth(7).unwrap());
    assert_eq!(bits.collect::<Vec<_>>(), ["1", "1"]);
}

#[test]
fn pages_that_are_turned_are_upright() {
    let (copy, _) = flat(&pages(&THREE, &["-orient", "RightTop"])).unwrap();
    let said = said("pdfinfo", "poppler-utils", &[], &copy, "pdf").unwrap();
    assert!(said.contains("24 x 48 pts"), "{said}");
}

#[test]
fn too_many_pages_are_refused() {
    let limits = Limits { drawn_pages: 2, ..Limits::default() };
    let file = pages(&THREE, &[]);
    let refused = flatten(&mut Cursor::new(file), &mut Vec::new(), &limits);
    assert_eq!(refused.map(drop), Err(Refusal::Limit(Limit::Pages)));
}

#[test]
fn samples_that_may_be_brighter_than_white_are_not_drawn() {
    let floating = ["-compress", "Zip", "-depth", "32", "-define", "quantum:format=floating-point"];
    for pictures in [&["rose:"][..], &["rose:", "rose:"]] {
        let file = pages(pictures, &floating);
        assert_eq!(page(&clean(&file), 1).map(drop), Err(Refusal::NotDrawable));
        assert_eq!(flat(&file).map(drop), Err(Refusal::NotDrawable));
    }
}

#[test]
fn damaged_scans_are_shown_or_refused_and_nothing_panics() {
    let file = pages(&THREE, &["-compress", "lzw"]);
    for number in 0..200 {
        let damaged = damage(&file, number);
        drop(page(&damaged, 2));
        if let Ok((copy, _)) = clean_with_report(&damaged) {
            drop(page(&copy, 2));
        }
    }
}

#[test]
fn real_scans_are_shown_or_refused() {
    corpus::each(&["tif", "tiff"], Kind::Tiff, |name, _, copy, _| match page(copy, 1) {
        Ok((picture, _, pages)) => println!("{name}: {pages} pages, {}", picture.width()),
        Err(refusal) => println!("{name}: {refusal:?}"),
    });
}
