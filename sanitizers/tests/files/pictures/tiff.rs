//! TIFF.

use sluse_sanitizers::{Category, Kind, Refusal, Warning};

use crate::cleaning::{clean, clean_with_report};
use crate::pictures::corpus;
use crate::pictures::damage::survives_damage;
use crate::pictures::witness::{identifying, made};
use crate::programs::said;

/// Tags that say how the picture is shown.
const SHOWN: [&str; 30] = [
    // What `ExifTool` calls strips that are JPEG.
    "PreviewImageStart",
    "PreviewImageLength",
    "PreviewImage",
    "ImageWidth",
    "ImageHeight",
    "BitsPerSample",
    "Compression",
    "PhotometricInterpretation",
    "StripOffsets",
    "Orientation",
    "SamplesPerPixel",
    "RowsPerStrip",
    "StripByteCounts",
    "XResolution",
    "YResolution",
    "PlanarConfiguration",
    "ResolutionUnit",
    "Predictor",
    "ColorMap",
    "TileWidth",
    "TileLength",
    "TileOffsets",
    "TileByteCounts",
    "ExtraSamples",
    "SampleFormat",
    "YCbCrCoefficients",
    "YCbCrSubSampling",
    "YCbCrPositioning",
    "ReferenceBlackWhite",
    "ICC_Profile",
];

/// Ways to store a picture, in the words of `ImageMagick`.
const WAYS: [&[&str]; 24] = [
    &["rose:", "-compress", "None"],
    &["rose:", "-compress", "LZW"],
    &["rose:", "-compress", "Zip"],
    &["rose:", "-compress", "RLE"],
    &["rose:", "-compress", "JPEG"],
    &["rose:", "-compress", "LZW", "-endian", "MSB"],
    &["rose:", "-depth", "16", "-endian", "MSB", "-compress", "None"],
    &["rose:", "-depth", "16", "-endian", "MSB", "-compress", "Zip"],
    &["rose:", "-depth", "16", "-endian", "MSB", "-compress", "LZW", "-define", "tiff:predictor=2"],
    &["rose:", "-depth", "32", "-define", "quantum:format=floating-point", "-compress", "Zip"],
    &[
        "rose:",
        "-depth",
        "32",
        "-endian",
        "MSB",
        "-define",
        "quantum:format=floating-point",
        "-compress",
        "Zip",
        "-define",
        "tiff:predictor=3",
    ],
    &["rose:", "-colorspace", "CMYK", "-compress", "Zip"],
    &["rose:", "-colorspace", "Lab", "-compress", "LZW"],
    &["rose:", "-colorspace", "Gray", "-compress", "LZW"],
    &["rose:", "-colors", "13", "-type", "Palette", "-compress", "LZW"],
    &["rose:", "-colors", "200", "-type", "Palette", "-compress", "None"],
    &["rose:", "-interlace", "Plane", "-compress", "Zip"],
    &["rose:", "-monochrome", "-compress", "Group4"],
    &["rose:", "-monochrome", "-compress", "Fax"],
    &[
        "rose:",
        "-monochrome",
        "-type",
        "bilevel",
        "-depth",
        "1",
        "-compress",
        "None",
        "-define",
        "tiff:fill-order=lsb",
    ],
    &["rose:", "-monochrome", "-compress", "Group4", "-define", "tiff:fill-order=lsb"],
    &["rose:", "-compress", "LZW", "-define", "tiff:tile-geometry=32x16"],
    &["rose:", "-compress", "JPEG", "-define", "tiff:tile-geometry=32x32"],
    &["logo:", "-compress", "Group4", "-monochrome", "-orient", "right-top"],
];

/// Number, size and pixels of all pages.
fn pages(file: &[u8]) -> Option<String> {
    // It signs pixels of 16 bits in the order of bytes that the file has.
    let before = ["-quiet", "-endian", "LSB", "-format", "%s %wx%h %#\n"];
    said("/usr/bin/identify", "imagemagick", &before, file, "tif")
}

#[test]
fn every_way_to_store_a_picture_shows_the_same() {
    for way in WAYS {
        for end in ["tif", "tif64"] {
            let big = ["-set", "artist", "Anna", "-define", "tiff:rows-per-strip=7"];
            let original = made(&[way, &big].concat(), end.trim_end_matches("64"));
            let (copy, _) =
                clean_with_report(&original).unwrap_or_else(|why| panic!("{way:?} {why}"));
            assert_eq!(pages(&copy), pages(&original), "{way:?}");
            assert_eq!(clean(&copy), copy, "{way:?}");
            assert!(said("tiffinfo", "libtiff-tools", &["-d"], &copy, "tif").is_some(), "{way:?}");
            assert_eq!(identifying(&copy, "tif", &SHOWN), Vec::<String>::new(), "{way:?}");
        }
    }
}

#[test]
fn long_places_and_short_ones_give_the_same_copy() {
    let short = made(&["rose:", "-compress", "LZW"], "tif");
    let long = made(&["rose:", "-compress", "LZW", "-define", "tiff:write-bigtiff=1"], "tiff64");
    assert!(long.starts_with(b"II\x2b\0"), "a file with long places");
    assert_eq!(clean(&short), clean(&long));
}

#[test]
fn both_byte_orders_give_the_same_copy() {
    for depth in ["8", "16"] {
        let order =
            |order| made(&["rose:", "-depth", depth, "-compress", "Zip", "-endian", order], "tif");
        assert_eq!(clean(&order("MSB")), clean(&order("LSB")));
    }
}

#[test]
fn all_pages_are_kept() {
    let original = made(&["rose:", "logo:", "-compress", "JPEG", "granite:"], "tif");
    let copy = clean(&original);
    assert_eq!(pages(&copy).unwrap().lines().count(), 3);
    assert_eq!(pages(&copy), pages(&original));
}

#[test]
fn a_place_on_the_earth_is_counted_and_gone() {
    let original = made(&["rose:", "-compress", "LZW"], "tif");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("placed.tif");
    std::fs::write(&path, original).unwrap();
    let place =
        ["-q", "-GPSLatitude=55.5", "-GPSLatitudeRef=N", "-Artist=Anna", "-XMP:Creator=Anna"];
    let status = std::process::Command::new("exiftool").args(place).arg(&path).status();
    assert!(status.expect("libimage-exiftool-perl").success());
    let (copy, report) = clean_with_report(&std::fs::read(path).unwrap()).unwrap();
    let found = |category| report.findings.iter().any(|finding| finding.category == category);
    assert!(found(Category::Location) && found(Category::People));
    assert_eq!(identifying(&copy, "tif", &SHOWN), Vec::<String>::new());
}

#[test]
fn planes_that_no_viewer_shows_are_warned_about() {
    let original = made(&["rose:", "-alpha", "set", "-define", "tiff:alpha=unspecified"], "tif");
    assert_eq!(clean_with_report(&original).unwrap().1.warnings, [Warning::HiddenParts]);
}

#[test]
fn colours_that_are_mixed_with_full_transparency_are_warned_about() {
    let warnings = |alpha: &str| {
        let way = ["rose:", "-alpha", "set", "-channel", "A", "-evaluate", "set", alpha];
        let mut file =
            made(&[&way[..], &["+channel", "-define", "tiff:alpha=associated"]].concat(), "tif");
        if alpha == "0" {
            // Programs write black there; one that hides something does not.
            let at = file.windows(40).position(|row| row == [0; 40]).unwrap() + 20;
            file[at / 4 * 4] = 9;
        }
        clean_with_report(&file).unwrap().1.warnings
    };
    assert_eq!(warnings("50%"), []);
    assert_eq!(warnings("0"), [Warning::HiddenParts]);
}

#[test]
fn damage_is_noticed_or_harmless() {
    for way in WAYS.iter().step_by(4) {
        survives_damage(
            &made(&[way, &["-crop", "20x9+20+20", "+repage"][..]].concat(), "tif"),
            150,
        );
    }
}

#[test]
fn a_picture_of_a_trillion_pixels_is_refused() {
    let mut file = made(&["rose:", "-compress", "LZW"], "tif");
    let at = file.windows(4).rposition(|field| field == [0, 1, 3, 0]).unwrap();
    file[at + 2..at + 12].copy_from_slice(&[4, 0, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F]);
    assert!(matches!(clean_with_report(&file), Err(Refusal::Limit(_))));
}

#[test]
fn real_files_are_cleaned_or_refused_with_a_reason() {
    corpus::each(&["tif", "tiff"], Kind::Tiff, |name, original, copy, _| {
        assert_eq!(identifying(copy, "tif", &SHOWN), Vec::<String>::new(), "{name}");
        assert_eq!(pages(copy), pages(original), "{name}");
        assert!(said("tiffinfo", "libtiff-tools", &["-d"], copy, "tif").is_some(), "{name}");
    });
}
