//! GIF.

use proptest::prelude::*;
use sluse_sanitizers::{Category, Kind, Warning};

use crate::cleaning::{clean, clean_with_report};
use crate::pictures::corpus;
use crate::pictures::damage::{damage, survives_damage};
use crate::pictures::witness::{frames, identifying, still};

/// Tags that say how the picture is shown.
const SHOWN: [&str; 11] = [
    "GIFVersion",
    "ImageWidth",
    "ImageHeight",
    "HasColorMap",
    "ColorResolutionDepth",
    "BitsPerPixel",
    "BackgroundColor",
    "AnimationIterations",
    "FrameCount",
    "Duration",
    "TransparentColor",
];

/// What one frame is made of.
#[derive(Clone, Debug)]
struct Shot {
    place: [u16; 4],
    own_colours: bool,
    interlaced: bool,
    disposal: u8,
    delay: u16,
    transparent: Option<u8>,
    pixels: Vec<u8>,
    comment: Option<String>,
}

/// Writes frames with the encoder of the `gif` crate, with comments between them.
fn encoded(shots: &[Shot]) -> Vec<u8> {
    let mut file = Vec::new();
    let colours: Vec<u8> = (0..=255).flat_map(|number: u8| [number, 7, 255 - number]).collect();
    let mut encoder = gif::Encoder::new(&mut file, 24, 16, &colours).unwrap();
    encoder.set_repeat(gif::Repeat::Finite(3)).unwrap();
    for shot in shots {
        let [left, top, width, height] = shot.place;
        if let Some(comment) = &shot.comment {
            let label = gif::AnyExtension(0xFE);
            encoder.write_raw_extension(label, &[comment.as_bytes()]).unwrap();
        }
        let dispose = [
            gif::DisposalMethod::Any,
            gif::DisposalMethod::Keep,
            gif::DisposalMethod::Background,
            gif::DisposalMethod::Previous,
        ];
        let frame = gif::Frame {
            left,
            top,
            width,
            height,
            interlaced: shot.interlaced,
            dispose: dispose[usize::from(shot.disposal)],
            delay: shot.delay,
            transparent: shot.transparent,
            palette: shot.own_colours.then(|| colours.iter().rev().copied().collect()),
            buffer: shot.pixels.clone().into(),
            ..gif::Frame::default()
        };
        encoder.write_frame(&frame).unwrap();
    }
    drop(encoder);
    file
}

prop_compose! {
    fn shot()(
        left in 0_u16..8,
        top in 0_u16..8,
        width in 1_u16..=16,
        height in 1_u16..=8,
        own_colours in any::<bool>(),
        interlaced in any::<bool>(),
        disposal in 0_u8..4,
        delay in any::<u16>(),
        transparent in any::<Option<u8>>(),
        comment in proptest::option::of("[a-z]{1,20}"),
        largest in 0_u8..=255,
        pixels in proptest::collection::vec(any::<u8>(), 128),
    ) -> Shot {
        let count = usize::from(width) * usize::from(height);
        let pixels = pixels[..count].iter().map(|pixel| pixel % largest.saturating_add(1)).collect();
        let place = [left, top, width, height];
        Shot { place, own_colours, interlaced, disposal, delay, transparent, pixels, comment }
    }
}

/// Whether the `gif` crate reads what it wrote: of some interlaced pictures of one colour
/// version 0.14.2 says that they are cut off.
fn is_read_back(file: &[u8]) -> bool {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(file).unwrap();
    loop {
        match decoder.read_next_frame() {
            Ok(Some(_)) => {}
            Ok(None) => return true,
            Err(_) => return false,
        }
    }
}

/// Frames as the `gif` crate shows them: all but what is not seen.
fn shown(file: &[u8]) -> Vec<(Vec<u8>, Option<u16>, u8)> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(file).unwrap();
    let mut frames = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        let mut pixels = frame.buffer.to_vec();
        for pixel in pixels.chunks_exact_mut(4).filter(|pixel| pixel[3] == 0) {
            pixel.fill(0);
        }
        frames.push((pixels, Some(frame.delay), frame.dispose as u8));
    }
    if let [only] = frames.as_mut_slice() {
        (only.1, only.2) = (None, 0);
    }
    frames
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn frames_made_at_random_keep_what_is_shown(
        shots in proptest::collection::vec(shot(), 1..5),
    ) {
        let original = encoded(&shots);
        prop_assume!(is_read_back(&original));
        let (copy, report) = clean_with_report(&original).unwrap();
        prop_assert_eq!(shown(&copy), shown(&original));
        prop_assert_eq!(&clean(&copy), &copy);
        prop_assert!(clean_with_report(&copy).unwrap().1.findings.is_empty());
        let comments = shots.iter().filter(|shot| shot.comment.is_some()).count();
        let found = report.findings.iter().find(|one| one.category == Category::Comments);
        prop_assert_eq!(found.map_or(0, |one| one.count as usize), comments);
        let silent: Vec<Shot> =
            shots.iter().cloned().map(|shot| Shot { comment: None, ..shot }).collect();
        prop_assert_eq!(clean(&encoded(&silent)), copy);
    }

    #[test]
    fn damaged_frames_are_refused_or_shown_as_they_are(
        shots in proptest::collection::vec(shot(), 1..3),
        number in any::<u64>(),
    ) {
        if let Ok((copy, _)) = clean_with_report(&damage(&encoded(&shots), number)) {
            prop_assert_eq!(&clean(&copy), &copy);
        }
    }
}

fn simple() -> Vec<Shot> {
    let shot = |delay, transparent| Shot {
        place: [0, 0, 24, 16],
        own_colours: false,
        interlaced: false,
        disposal: 2,
        delay,
        transparent,
        pixels: (0..384).map(|number| u8::try_from(number % 97).unwrap()).collect(),
        comment: Some("Anna wrote this".to_owned()),
    };
    vec![shot(10, None), shot(20, Some(5)), shot(30, Some(200))]
}

#[test]
fn other_programs_see_the_same_frames_and_no_comment() {
    let original = encoded(&simple());
    let copy = clean(&original);
    assert_eq!(frames(&copy, "gif").unwrap(), frames(&original, "gif").unwrap());
    assert_ne!(identifying(&original, "gif", &SHOWN), Vec::<String>::new());
    assert_eq!(identifying(&copy, "gif", &SHOWN), Vec::<String>::new());
}

#[test]
fn a_frame_that_reaches_beyond_the_screen_stays_and_is_told() {
    let mut shots = simple();
    shots[1].place = [20, 3, 24, 16];
    let (copy, report) = clean_with_report(&encoded(&shots)).unwrap();
    assert_eq!(report.warnings, [Warning::CroppedArea]);
    assert_eq!(shown(&copy), shown(&encoded(&shots)));
}

#[test]
fn damage_is_noticed_or_harmless() {
    survives_damage(&encoded(&simple()), 300);
}

#[test]
fn real_files_are_cleaned_or_refused_with_a_reason() {
    corpus::each(&["gif"], Kind::Gif, |name, original, copy, _| {
        assert_eq!(identifying(copy, "gif", &SHOWN), Vec::<String>::new(), "{name}");
        let look = if shown(original).len() == 1 { still } else { frames };
        assert_eq!(look(copy, "gif"), look(original, "gif"), "{name}");
    });
}
