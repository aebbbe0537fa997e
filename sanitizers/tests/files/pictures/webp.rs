//! WebP.

use proptest::prelude::*;
use sluse_sanitizers::{Change, Kind, Warning};

use crate::cleaning::{clean, clean_with_report};
use crate::pictures::corpus;
use crate::pictures::damage::{damage, survives_damage};
use crate::pictures::witness::{frames, identifying};
use crate::programs::said;

/// Tags that say how the picture is shown.
const SHOWN: [&str; 16] = [
    "ImageWidth",
    "ImageHeight",
    "VP8Version",
    "HorizontalScale",
    "VerticalScale",
    "WebP_Flags",
    "WebPFlags",
    "AlphaIsUsed",
    "AlphaPreprocessing",
    "AlphaFiltering",
    "AlphaCompression",
    "BackgroundColor",
    "AnimationLoopCount",
    "FrameCount",
    "Duration",
    "ImageSize",
];

/// Tags of an Exif that says nothing but the orientation.
const TURNED: [&str; 2] = ["Orientation", "ExifByteOrder"];

fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap();
    let rest: &[u8] = if data.len() % 2 == 1 { &[0] } else { &[] };
    [&name[..], &length.to_le_bytes(), data, rest].concat()
}

fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(*b"RIFF", &[&b"WEBP"[..], &chunks.concat()].concat())
}

/// A lossless picture of 9 by 5 pixels.
fn picture(seed: u8) -> Vec<u8> {
    let mut file = Vec::new();
    let pixels: Vec<u8> = (0..180).map(|sample: u8| sample.wrapping_mul(seed)).collect();
    let encoder = image_webp::WebPEncoder::new(&mut file);
    encoder.encode(&pixels, 9, 5, image_webp::ColorType::Rgba8).unwrap();
    file[12..].to_vec()
}

fn frame(place: [u8; 2], duration: u8, flags: u8, seed: u8, more: &[Vec<u8>]) -> Vec<u8> {
    let head = [place[0], 0, 0, place[1], 0, 0, 8, 0, 0, 4, 0, 0, duration, 0, 0, flags];
    chunk(*b"ANMF", &[&head[..], &picture(seed), &more.concat()].concat())
}

/// Frames on a canvas of 20 by 20 pixels.
fn animated(frames: &[Vec<u8>], behind: &[Vec<u8>]) -> Vec<u8> {
    let head = chunk(*b"VP8X", &[0x1A, 0, 0, 0, 19, 0, 0, 19, 0, 0]);
    let plays = chunk(*b"ANIM", &[1, 2, 3, 4, 7, 0]);
    file(&[&[head, plays], frames, behind].concat())
}

fn exif() -> Vec<u8> {
    let block =
        b"MM\0\x2a\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x01\x3b\0\x02\0\0\0\x05\
        \0\0\0\x26\0\0\0\0Anna\0";
    chunk(*b"EXIF", block)
}

/// Every frame as the `image-webp` crate paints it, with its duration.
fn painted(file: &[u8]) -> Vec<(Vec<u8>, u32)> {
    let mut decoder = image_webp::WebPDecoder::new(std::io::Cursor::new(file)).unwrap();
    let mut pixels = vec![0; decoder.output_buffer_size().unwrap()];
    if !decoder.is_animated() {
        decoder.read_image(&mut pixels).unwrap();
        return vec![(pixels, 0)];
    }
    (0..decoder.num_frames())
        .map(|_| {
            let duration = decoder.read_frame(&mut pixels).unwrap();
            (pixels.clone(), duration)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn frames_made_at_random_keep_what_is_shown(
        shots in proptest::collection::vec(
            (0_u8..5, 0_u8..7, any::<u8>(), 0_u8..4, 1_u8..255, any::<bool>()),
            1..5,
        ),
    ) {
        let frames = |words: bool| -> Vec<Vec<u8>> {
            shots.iter().map(|&(x, y, duration, flags, seed, spoken)| {
                let note = chunk(*b"note", b"Anna");
                let more: &[Vec<u8>] = if words && spoken { &[note] } else { &[] };
                frame([x, y], duration, flags, seed, more)
            }).collect()
        };
        let original = animated(&frames(true), &[exif(), chunk(*b"XMP ", b"<Anna/>")]);
        let copy = clean(&original);
        prop_assert_eq!(painted(&copy), painted(&original));
        prop_assert_eq!(&clean(&copy), &copy);
        prop_assert!(clean_with_report(&copy).unwrap().1.findings.is_empty());
        prop_assert_eq!(clean(&animated(&frames(false), &[exif()])), copy);
    }

    #[test]
    fn damaged_frames_are_refused_or_shown_as_they_are(number in any::<u64>()) {
        let original = animated(&[frame([1, 2], 3, 1, 7, &[]), frame([0, 0], 9, 2, 3, &[])], &[exif()]);
        if let Ok((copy, _)) = clean_with_report(&damage(&original, number)) {
            prop_assert_eq!(&clean(&copy), &copy);
        }
    }
}

#[test]
fn other_programs_see_the_same_and_no_artist() {
    let head = chunk(*b"VP8X", &[0x18, 0, 0, 0, 8, 0, 0, 4, 0, 0]);
    let original = file(&[head, picture(9), exif()]);
    let copy = clean(&original);
    assert_eq!(frames(&copy, "webp").unwrap(), frames(&original, "webp").unwrap());
    assert!(said("webpinfo", "webp", &["-quiet"], &copy, "webp").is_some());
    let shown = [&SHOWN[..], &TURNED].concat();
    assert_ne!(identifying(&original, "webp", &shown), Vec::<String>::new());
    assert_eq!(identifying(&copy, "webp", &shown), Vec::<String>::new());
}

#[test]
fn colours_under_full_transparency_are_warned_of() {
    let warnings = |hidden: u8| {
        let mut file = Vec::new();
        let pixels = [[9, 9, 9, 255], [3, 3, 3, 0], [3, 3, hidden, 0]].concat();
        let encoder = image_webp::WebPEncoder::new(&mut file);
        encoder.encode(&pixels, 3, 1, image_webp::ColorType::Rgba8).unwrap();
        clean_with_report(&file).unwrap().1.warnings
    };
    assert_eq!(warnings(3), []);
    assert_eq!(warnings(4), [Warning::HiddenParts]);
}

#[test]
fn a_picture_without_need_for_more_stands_alone() {
    let head = chunk(*b"VP8X", &[0x14, 0, 0, 0, 8, 0, 0, 4, 0, 0]);
    let original = file(&[head, picture(9), chunk(*b"XMP ", b"<Anna/>")]);
    assert_eq!(clean(&original), file(&[picture(9)]));
}

#[test]
fn a_profile_that_cannot_be_issued_anew_is_told() {
    let head = chunk(*b"VP8X", &[0x30, 0, 0, 0, 8, 0, 0, 4, 0, 0]);
    let original = file(&[head, chunk(*b"ICCP", b"Annas screen"), picture(9)]);
    let (copy, report) = clean_with_report(&original).unwrap();
    assert_eq!(report.changes, [Change::ColoursChanged]);
    assert_eq!(copy, file(&[picture(9)]));
}

#[test]
fn damage_is_noticed_or_harmless() {
    survives_damage(&animated(&[frame([1, 2], 3, 1, 7, &[])], &[exif()]), 300);
}

#[test]
fn real_files_are_cleaned_or_refused_with_a_reason() {
    corpus::each(&["webp"], Kind::Webp, |name, original, copy, _| {
        let shown = [&SHOWN[..], &TURNED].concat();
        assert_eq!(identifying(copy, "webp", &shown), Vec::<String>::new(), "{name}");
        assert_eq!(frames(copy, "webp"), frames(original, "webp"), "{name}");
    });
}
