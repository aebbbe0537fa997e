//! HEIC and AVIF.

use std::fs;
use std::process::Command;

use sluse_sanitizers::{Change, Kind, Report};

use crate::cleaning::{clean, clean_with_report};
use crate::pictures::corpus;
use crate::pictures::damage::survives_damage;
use crate::pictures::witness::{identifying, still};
use crate::programs::said;

/// Tags that say how the picture is decoded and shown.
const SHOWN: [&str; 33] = [
    "MajorBrand",
    "MinorVersion",
    "CompatibleBrands",
    "HandlerType",
    "PrimaryItemReference",
    "ImageSpatialExtent",
    "ImagePixelDepth",
    "AuxiliaryImageType",
    "AV1ConfigurationVersion",
    "HEVCConfigurationVersion",
    "ChromaFormat",
    "ChromaSamplePosition",
    "ColorPrimaries",
    "ColorProfiles",
    "TransferCharacteristics",
    "MatrixCoefficients",
    "VideoFullRangeFlag",
    "GeneralProfileSpace",
    "GeneralTierFlag",
    "GeneralProfileIDC",
    "GenProfileCompatibilityFlags",
    "ConstraintIndicatorFlags",
    "GeneralLevelIDC",
    "MinSpatialSegmentationIDC",
    "ParallelismType",
    "BitDepthLuma",
    "BitDepthChroma",
    "AverageFrameRate",
    "ConstantFrameRate",
    "NumTemporalLayers",
    "TemporalIDNested",
    "Rotation",
    "CleanAperture",
];
/// Tags that say where the coded data lies.
const PLACES: [&str; 2] = ["MediaDataSize", "MediaDataOffset"];

fn dirt(file: &[u8], end: &str) -> Vec<String> {
    identifying(file, end, &[&SHOWN[..], &PLACES].concat())
}

/// A picture of 129 by 97 pixels, partly transparent, as a program encodes it.
fn encoded(end: &str, more: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let (picture, coded) = (folder.path().join("a.png"), folder.path().join(format!("a.{end}")));
    let colours = "gradient:red-blue";
    let made = Command::new("/usr/bin/convert")
        .args(["-size", "129x97", colours, "-alpha", "set", "-channel", "A"])
        .args(["-evaluate", "set", "60%", "-depth", "8"])
        .arg(&picture)
        .status()
        .unwrap_or_else(|_| panic!("convert is missing: install the package imagemagick"));
    assert!(made.success());
    let made = Command::new("heif-enc")
        .args(more)
        .arg("-o")
        .args([&coded, &picture])
        .output()
        .unwrap_or_else(|_| panic!("heif-enc is missing: install the package libheif-examples"));
    assert!(made.status.success());
    fs::read(coded).unwrap()
}

/// The pixels as `avifdec` writes them, without what it writes beside them.
fn decoded(file: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let (coded, picture) = (folder.path().join("a.avif"), folder.path().join("a.png"));
    fs::write(&coded, file).unwrap();
    let output = Command::new("avifdec")
        .args([&coded, &picture])
        .output()
        .unwrap_or_else(|_| panic!("avifdec is missing: install the package libavif-bin"));
    output.status.success().then(|| still(&fs::read(picture).unwrap(), "png").unwrap())
}

fn looked_at(name: &str, original: &[u8], copy: &[u8], _: &Report) {
    assert_eq!(dirt(copy, "heic"), Vec::<String>::new(), "{name}");
    if let Some(seen) = still(original, "heic") {
        assert_eq!(still(copy, "heic"), Some(seen), "{name}");
    }
}

#[test]
fn other_programs_see_the_same() {
    for more in [&[][..], &["-t", "32"], &["-L"]] {
        let original = encoded("heic", more);
        let (copy, report) = clean_with_report(&original).unwrap();
        assert_eq!(report.kind, Kind::Heic);
        assert_eq!(still(&copy, "heic").unwrap(), still(&original, "heic").unwrap());
        assert!(said("heif-info", "libheif-examples", &[], &copy, "heic").is_some());
        assert_eq!(dirt(&copy, "heic"), Vec::<String>::new());
        assert_eq!(clean(&copy), copy);
    }
    let original = encoded("avif", &["-A"]);
    let (copy, report) = clean_with_report(&original).unwrap();
    assert_eq!(report.kind, Kind::Avif);
    assert_eq!(decoded(&copy).unwrap(), decoded(&original).unwrap());
    assert_eq!(dirt(&copy, "avif"), Vec::<String>::new());
    assert_eq!(clean(&copy), copy);
}

#[test]
fn a_thumbnail_is_gone() {
    let (with, without) = (encoded("heic", &["-t", "32"]), encoded("heic", &[]));
    assert_ne!(with.len(), without.len());
    assert_eq!(clean(&with), clean(&without));
}

#[test]
fn damage_is_noticed_or_harmless() {
    survives_damage(&encoded("heic", &["-t", "32"]), 200);
    survives_damage(&encoded("avif", &["-A"]), 200);
}

#[test]
fn real_photographs_are_cleaned_or_refused_with_a_reason() {
    corpus::each(&["heic", "heif"], Kind::Heic, looked_at);
}

#[test]
fn real_pictures_of_the_web_are_cleaned_or_refused_with_a_reason() {
    corpus::each(&["avif"], Kind::Avif, |name, original, copy, report| {
        looked_at(name, original, copy, report);
        // It takes the depth of a film for the transparency of its first picture, and older
        // versions put tiles in the order of their numbers, whatever the file says.
        let wrong = name.contains("depth") || name.contains("reversed_dimg_order");
        if let Some(seen) = decoded(original).filter(|_| !wrong) {
            assert_eq!(decoded(copy), Some(seen), "{name}");
        }
        if name.contains("gainmap") || name.ends_with("_hdr_srgb.avif") {
            assert!(report.changes.contains(&Change::HdrLayerRemoved), "{name}");
        }
        if name.contains("animated") {
            assert!(report.changes.contains(&Change::MotionRemoved), "{name}");
        }
    });
}
