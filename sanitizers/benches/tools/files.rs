//! The files that are cleaned: made here, the same every time.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use image::codecs::jpeg::JpegEncoder;

use sluse_sanitizers::{Kind, kind};

use crate::photo::Photo;
use crate::{others, pages, planted, screen};

/// One file and what it stands for.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) path: PathBuf,
    pub(crate) kind: Kind,
}

/// What it stands for, its file name, and how its content is made.
pub(crate) type Recipe = (&'static str, &'static str, fn() -> Vec<u8>);

/// Writes all files into `folder`.
pub(crate) fn make(folder: &Path) -> Vec<Sample> {
    let made: [Recipe; 9] = [
        ("JPEG photo 0.5 Mpx", "small.jpg", || jpeg(&Photo::of(800, 600))),
        ("JPEG photo 12 Mpx", "photo.jpg", || jpeg(&Photo::of(4000, 3000))),
        ("JPEG photo 100 Mpx", "large.jpg", || jpeg(&Photo::of(10_000, 10_000))),
        ("PNG photo 0.5 Mpx", "small.png", || png_photo(&Photo::of(800, 600))),
        ("PNG photo 12 Mpx", "photo.png", || png_photo(&Photo::of(4000, 3000))),
        ("PNG photo 100 Mpx", "large.png", || png_photo(&Photo::of(10_000, 10_000))),
        ("PNG screen 8 Mpx", "screen.png", || png(screen::SIZE, screen::row)),
        ("PDF letter, 1 page", "letter.pdf", pages::letter),
        ("PDF scan, 200 pages", "scan.pdf", pages::scan),
    ];
    let mut samples = Vec::new();
    for (name, file, bytes) in made.into_iter().chain(others::MADE) {
        let path = folder.join(file);
        fs::write(&path, bytes()).unwrap();
        samples.extend(sample(name, path));
    }
    samples.extend(others::record(folder));
    samples
}

/// A file whose format is known; the goals differ by format.
pub(crate) fn sample(name: &'static str, path: PathBuf) -> Option<Sample> {
    let kind = kind_of(&path)?;
    Some(Sample { name, path, kind })
}

/// The format, from the content.
pub(crate) fn kind_of(path: &Path) -> Option<Kind> {
    kind::recognise(&mut fs::File::open(path).ok()?).ok()
}

pub(crate) fn jpeg(photo: &Photo) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 94).encode_image(photo).unwrap();
    planted::in_jpeg(&bytes)
}

fn png_photo(photo: &Photo) -> Vec<u8> {
    png((photo.width, photo.height), |y| photo.row(y))
}

fn png((width, height): (u32, u32), row: impl Fn(u32) -> Vec<u8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header().unwrap();
    let mut rows = writer.stream_writer().unwrap();
    for y in 0..height {
        rows.write_all(&row(y)).unwrap();
    }
    rows.finish().unwrap();
    drop(writer);
    planted::in_png(&bytes)
}
