//! JPEG XL.

use std::fs;
use std::process::Command;

use sluse_sanitizers::refusal::Feature;
use sluse_sanitizers::{Kind, Refusal, Warning};

use crate::cleaning::{clean, clean_with_report};
use crate::pictures::corpus;
use crate::pictures::damage::survives_damage;
use crate::pictures::witness::{identifying, still};

/// Runs a program from one file to another.
fn made(program: &str, from: (&str, &[u8]), to: &str, more: &[&str]) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let (before, after) = (folder.path().join(from.0), folder.path().join(to));
    fs::write(&before, from.1).unwrap();
    let output = Command::new(program)
        .args(more)
        .args([&before, &after])
        .output()
        .unwrap_or_else(|_| panic!("{program} is missing: install the package of its name"));
    output.status.success().then(|| fs::read(after).unwrap())
}

/// A picture of 33 by 21 pixels.
fn picture(end: &str, more: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("a.{end}"));
    let done = Command::new("/usr/bin/convert")
        .args(["-size", "33x21", "gradient:red-blue", "-depth", "8"])
        .args(more)
        .arg(&path)
        .status()
        .unwrap_or_else(|_| panic!("convert is missing: install the package imagemagick"));
    assert!(done.success());
    fs::read(path).unwrap()
}

fn coded(picture: (&str, &[u8]), more: &[&str]) -> Vec<u8> {
    made("cjxl", picture, "a.jxl", more).unwrap()
}

/// The pixels as `djxl` decodes them.
fn decoded(file: &[u8]) -> Option<String> {
    made("djxl", ("a.jxl", file), "a.png", &[]).map(|png| still(&png, "png").unwrap())
}

fn dirt(file: &[u8]) -> Vec<String> {
    let shown = ["ImageWidth", "ImageHeight", "FileType", "MIMEType"];
    identifying(file, "jxl", &shown)
}

#[test]
fn the_decoder_of_the_format_sees_the_same() {
    let flat = picture("png", &[]);
    let clear = picture("png", &["-alpha", "set", "-channel", "A", "-evaluate", "set", "60%"]);
    let photo = picture("jpg", &["-set", "comment", "Anna"]);
    for (from, more) in [
        (("a.png", &flat[..]), &["-d", "0"][..]),
        (("a.png", &flat), &["-d", "2", "-p"]),
        (("a.png", &clear), &["-d", "0", "--container=1"]),
        (("a.png", &clear), &["-d", "1"]),
        (("a.jpg", &photo), &[]),
    ] {
        let original = coded(from, more);
        let copy = clean(&original);
        assert!(copy.starts_with(b"\xFF\x0A"), "no boxes");
        assert_eq!(decoded(&copy).unwrap(), decoded(&original).unwrap(), "{more:?}");
        assert_eq!(clean(&copy), copy);
        assert_eq!(dirt(&copy), Vec::<String>::new());
    }
}

#[test]
fn the_head_of_the_jpeg_that_it_was_is_gone() {
    let photo = picture("jpg", &["-set", "comment", "Anna"]);
    let original = coded(("a.jpg", &photo), &[]);
    assert_eq!(made("djxl", ("a.jxl", &original), "a.jpg", &[]), Some(photo.clone()));
    assert_ne!(made("djxl", ("a.jxl", &clean(&original)), "a.jpg", &[]), Some(photo));
}

#[test]
fn animations_stay_animations() {
    let frames = ["-size", "33x21", "xc:white", "xc:red", "-loop", "3", "-set", "delay", "10"];
    let original = coded(("a.gif", &picture("gif", &frames)), &["-d", "0"]);
    let (copy, report) = clean_with_report(&original).unwrap();
    assert_eq!((copy, report.warnings), (original, vec![]));
}

#[test]
fn a_frame_that_another_covers_at_once_is_warned_of() {
    let frames = ["-size", "33x21", "xc:white", "xc:red", "-loop", "3"];
    let original = coded(("a.gif", &picture("gif", &frames)), &["-d", "0"]);
    let (copy, report) = clean_with_report(&original).unwrap();
    assert_eq!((copy, report.warnings), (original, vec![Warning::HiddenParts]));
}

#[test]
fn a_colour_profile_is_refused() {
    let profile = profile();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.icc");
    fs::write(&path, profile).unwrap();
    let png = picture("png", &["-profile", path.to_str().unwrap()]);
    let original = coded(("a.png", &png), &["-d", "0"]);
    let refused = clean_with_report(&original).map(drop);
    assert_eq!(refused, Err(Refusal::Feature(Feature::Coding)));
}

/// A profile that no numbers stand for: its curves are tables.
fn profile() -> Vec<u8> {
    let mut profile = vec![0; 128];
    profile[8..12].copy_from_slice(b"\x02\x40\0\0");
    profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
    profile[36..40].copy_from_slice(b"acsp");
    profile[68..80].copy_from_slice(b"\0\0\xf6\xd6\0\x01\0\0\0\0\xd3\x2d");
    let xyz = |x: u32, y: u32, z: u32| {
        [&b"XYZ \0\0\0\0"[..], &x.to_be_bytes(), &y.to_be_bytes(), &z.to_be_bytes()].concat()
    };
    let text = b"desc\0\0\0\0\0\0\0\x05Anna\0".iter().copied().chain([0; 79]).collect::<Vec<_>>();
    let curve = b"curv\0\0\0\0\0\0\0\x03\0\0\x30\0\xFF\xFF\0\0".to_vec();
    let tags = [
        (b"desc", text),
        (b"cprt", b"text\0\0\0\0none\0\0\0\0".to_vec()),
        (b"wtpt", xyz(0xF6D6, 0x10000, 0xD32D)),
        (b"rXYZ", xyz(0x6FA2, 0x38F5, 0x0390)),
        (b"gXYZ", xyz(0x6299, 0xB785, 0x18DA)),
        (b"bXYZ", xyz(0x24A0, 0x0F84, 0xB6CF)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    profile.extend(9_u32.to_be_bytes());
    let mut at = u32::try_from(132 + 12 * tags.len()).unwrap();
    for (name, value) in &tags {
        let length = u32::try_from(value.len()).unwrap();
        profile.extend(&name[..]);
        profile.extend(at.to_be_bytes());
        profile.extend(length.to_be_bytes());
        at += length;
    }
    profile.extend(tags.iter().flat_map(|(_, value)| value.clone()));
    profile[..4].copy_from_slice(&at.to_be_bytes());
    profile
}

#[test]
fn damage_is_noticed_or_harmless() {
    let photo = picture("jpg", &[]);
    survives_damage(&coded(("a.jpg", &photo), &[]), 300);
    survives_damage(&coded(("a.png", &picture("png", &[])), &["-d", "0"]), 300);
}

#[test]
fn real_files_are_cleaned_or_refused_with_a_reason() {
    corpus::each(&["jxl"], Kind::Jxl, |name, original, copy, _| {
        assert_eq!(dirt(copy), Vec::<String>::new(), "{name}");
        assert_eq!(decoded(copy), decoded(original), "{name}");
    });
}
