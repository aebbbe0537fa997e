//! What the safe view and a copy of pixels show of pictures, beside what other programs
//! show of them.

use std::fs;
use std::io::Cursor;
use std::process::Command;

use image::{DynamicImage, Rgb, RgbImage};
use sluse_sanitizers::view::{Shown, view};
use sluse_sanitizers::{Kind, Limits, Refusal, Report, flatten};

use crate::cleaning::clean;

/// The safe view of the clean copy.
pub(crate) fn shown(file: &[u8]) -> Result<DynamicImage, Refusal> {
    let mut sink = Vec::new();
    let view = view(&mut Cursor::new(file), &mut sink, 1, &Limits::default())?;
    assert_eq!(view.shown, Shown::Picture);
    Ok(image::load_from_memory(&sink).unwrap())
}

/// A copy of pixels, which is clean.
pub(crate) fn flat(file: &[u8]) -> Result<(Vec<u8>, Report), Refusal> {
    let mut copy = Vec::new();
    let report = flatten(&mut Cursor::new(file), &mut copy, &Limits::default())?;
    assert!(clean(&copy) == copy);
    Ok((copy, report))
}

/// What a program makes of a file, as a picture; nothing if it does not accept it.
pub(crate) fn by(program: &str, package: &str, file: &[u8], end: &str) -> Option<DynamicImage> {
    let folder = tempfile::tempdir().unwrap();
    let (coded, picture) = (folder.path().join(format!("a.{end}")), folder.path().join("a.png"));
    fs::write(&coded, file).unwrap();
    let output = Command::new(program)
        .args([&coded, &picture])
        .output()
        .unwrap_or_else(|_| panic!("{program} is missing: install the package {package}"));
    // Of several pictures they write several files, under other names.
    let written = fs::read(picture).ok().filter(|_| output.status.success());
    written.map(|png| image::load_from_memory(&png).unwrap())
}

/// How far two pictures of one size are apart: on average, and in the worst sample.
pub(crate) fn apart(one: &DynamicImage, other: &DynamicImage) -> (f64, u8) {
    assert_eq!((one.width(), one.height()), (other.width(), other.height()));
    let (one, other) = (one.to_rgba8(), other.to_rgba8());
    let (mut sum, mut worst, mut count) = (0.0, 0, 0.0);
    for (a, b) in one.as_raw().iter().zip(other.as_raw()) {
        sum += f64::from(a.abs_diff(*b));
        count += 1.0;
        worst = worst.max(a.abs_diff(*b));
    }
    (sum / count, worst)
}

/// A picture in which every corner and every colour is different: waves, a bright corner,
/// and some sharp edges.
pub(crate) fn scene(width: u32, height: u32) -> DynamicImage {
    let level = |number: u32| u8::try_from(number.min(255)).unwrap();
    RgbImage::from_fn(width, height, |x, y| {
        let (right, down) = (x * 200 / width, y * 200 / height);
        let edge = if (x / 16 + y / 32) % 5 == 0 { 40 } else { 0 };
        Rgb([level(right + edge), level(down + edge), level(220 - right.midpoint(down))])
    })
    .into()
}

/// Writes a picture for an encoder and runs it.
pub(crate) fn encoded(
    program: &str,
    package: &str,
    picture: &DynamicImage,
    end: &str,
    more: &[&str],
) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let (plain, coded) = (folder.path().join("a.png"), folder.path().join(format!("a.{end}")));
    picture.save(&plain).unwrap();
    let mut command = Command::new(program);
    command.args(more);
    if program == "heif-enc" {
        command.arg(&plain).arg("-o").arg(&coded)
    } else {
        command.args([&plain, &coded])
    };
    let made = command
        .output()
        .unwrap_or_else(|_| panic!("{program} is missing: install the package {package}"));
    assert!(made.status.success(), "{more:?}: {}", String::from_utf8_lossy(&made.stderr));
    fs::read(coded).unwrap()
}

#[test]
fn of_an_animation_the_first_picture_is_left() {
    let gif =
        crate::pictures::witness::made(&["-size", "9x5", "xc:red", "xc:blue", "-loop", "0"], "gif");
    let (copy, report) = flat(&gif).unwrap();
    assert_eq!(report.kind, Kind::Png);
    let left = image::load_from_memory(&copy).unwrap().into_rgb8();
    assert_eq!(*left.get_pixel(4, 2), Rgb([255, 0, 0]));
}
