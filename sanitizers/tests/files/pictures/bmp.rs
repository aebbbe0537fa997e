//! BMP.

use sluse_sanitizers::{Category, Change, Kind};

use crate::cleaning::{clean, clean_with_report};
use crate::pictures::corpus;
use crate::pictures::damage::survives_damage;
use crate::pictures::witness::{identifying, made, still};

/// Tags that say how the picture is shown.
const SHOWN: [&str; 10] = [
    "ProfileName",
    "ImageWidth",
    "ImageHeight",
    "BitDepth",
    "ColorType",
    "Compression",
    "Filter",
    "Interlace",
    "Palette",
    "Transparency",
];

/// Ways to store a picture, in the words of `ImageMagick`.
const WAYS: [&[&str]; 5] = [
    &["rose:"],
    &["rose:", "-type", "Palette", "-colors", "200"],
    &["rose:", "-type", "Palette", "-colors", "200", "-compress", "RLE"],
    &["rose:", "-type", "Palette", "-colors", "9", "-depth", "4"],
    &["rose:", "-monochrome"],
];

/// Ways that only the newest headers have.
const NEWEST: [&[&str]; 3] = [
    &["rose:", "-define", "bmp:subtype=RGB565"],
    &["rose:", "-define", "bmp:subtype=RGB555"],
    &["rose:", "-alpha", "set", "-channel", "A", "-evaluate", "set", "40%"],
];

/// Samples of eight bits, however they are stored.
fn samples(file: &[u8], end: &str) -> image::RgbaImage {
    let format = if end == "png" { image::ImageFormat::Png } else { image::ImageFormat::Bmp };
    image::load_from_memory_with_format(file, format).unwrap().into_rgba8()
}

fn shows_the_same(way: &[&str], format: &str) {
    let original = made(&[way, &["-define", format][..]].concat(), "bmp");
    let (copy, report) = clean_with_report(&original).unwrap_or_else(|why| panic!("{way:?} {why}"));
    assert_eq!(report.kind, Kind::Png);
    assert_eq!(samples(&copy, "png"), samples(&original, "bmp"), "{way:?}");
    assert_eq!(clean(&copy), copy, "{way:?}");
    assert_eq!(identifying(&copy, "png", &SHOWN), Vec::<String>::new(), "{way:?}");
}

#[test]
fn every_way_to_store_a_picture_shows_the_same() {
    for way in WAYS {
        for format in ["bmp:format=bmp2", "bmp:format=bmp3", "bmp:format=bmp4"] {
            shows_the_same(way, format);
        }
    }
    for way in NEWEST {
        shows_the_same(way, "bmp:format=bmp4");
    }
}

#[test]
fn the_path_of_a_profile_is_counted_and_gone() {
    let mut original = made(&["rose:", "-define", "bmp:format=bmp4"], "bmp");
    // A header of 124 bytes with a linked profile, at the end of the file.
    let start = u32::from_le_bytes(original[10..14].try_into().unwrap()) as usize;
    let pixels = original.split_off(start);
    original.truncate(14 + 40);
    original.resize(14 + 124, 0);
    original[14] = 124;
    original[70..74].copy_from_slice(b"KNIL");
    let path = b"C:\\Users\\Anna\\screen.icc\0";
    let place = u32::try_from(124 + pixels.len()).unwrap();
    original[126..130].copy_from_slice(&place.to_le_bytes());
    original[130] = 25;
    original[10..14].copy_from_slice(&138_u32.to_le_bytes());
    original[30..34].copy_from_slice(&[0; 4]);
    let (copy, report) = clean_with_report(&[&original[..], &pixels, path].concat()).unwrap();
    assert!(report.findings.iter().any(|finding| finding.category == Category::Links));
    assert_eq!(report.changes, [Change::ColoursChanged]);
    assert!(!copy.windows(4).any(|word| word == b"Anna"));
}

#[test]
fn damage_is_noticed_or_harmless() {
    for way in WAYS {
        survives_damage(
            &made(&[way, &["-crop", "20x9+20+20", "+repage"][..]].concat(), "bmp"),
            100,
        );
    }
}

#[test]
fn real_files_are_cleaned_or_refused_with_a_reason() {
    corpus::each(&["bmp", "dib"], Kind::Png, |name, original, copy, report| {
        assert_eq!(identifying(copy, "png", &SHOWN), Vec::<String>::new(), "{name}");
        // `ImageMagick` makes more bits of the few that small samples have, and looks under
        // full transparency.
        let hid = report.findings.iter().any(|one| one.category == Category::HiddenPictures);
        let same = !hid && original[28] != 16;
        if let Some(given) = still(original, "bmp").filter(|_| same) {
            assert_eq!(still(copy, "png"), Some(given), "{name}");
        }
    });
}
