//! JPEG XL as pixels, beside what `djxl` shows.

use image::DynamicImage;
use sluse_sanitizers::{Change, Kind, Refusal};

use crate::cleaning::{clean, clean_with_report};
use crate::pictures::corpus;
use crate::pictures::damage::damage;
use crate::pictures::drawn::{apart, by, encoded, flat, scene, shown};
use crate::pictures::witness::made;

/// Samples may be rounded in two ways, and estimates of them differ a little more.
const ROUNDED: u8 = 2;

fn jxl(picture: &DynamicImage, more: &[&str]) -> Vec<u8> {
    encoded("cjxl", "libjxl-tools", picture, "jxl", more)
}

fn witness(file: &[u8]) -> Option<DynamicImage> {
    by("djxl", "libjxl-tools", file, "jxl")
}

fn clear() -> DynamicImage {
    let mut picture = scene(120, 80).to_rgba8();
    for (x, _, pixel) in picture.enumerate_pixels_mut() {
        pixel.0[3] = u8::try_from(x * 2).unwrap();
    }
    picture.into()
}

#[test]
fn the_decoder_of_the_format_shows_the_same() {
    let grey: DynamicImage = scene(120, 80).to_luma8().into();
    for picture in [scene(160, 100), grey, clear()] {
        for more in [
            &["-d", "0"][..],
            &["-d", "1"],
            &["-d", "4"],
            &["-d", "1", "-p"],
            &["-d", "1", "-m", "1"],
        ] {
            let file = jxl(&picture, more);
            let (_, worst) = apart(&shown(&clean(&file)).unwrap(), &witness(&file).unwrap());
            assert!(worst <= ROUNDED, "{more:?}: {worst}");
        }
    }
}

#[test]
fn what_is_coded_without_loss_keeps_each_pixel() {
    let deep: DynamicImage = scene(60, 40).to_rgb16().into();
    for picture in [scene(160, 100), clear(), deep] {
        let (copy, report) = flat(&jxl(&picture, &["-d", "0"])).unwrap();
        assert_eq!((report.kind, report.changes), (Kind::Png, vec![Change::Flattened]));
        let copy = image::load_from_memory(&copy).unwrap();
        // What full transparency hides is gone.
        let visible = |picture: &DynamicImage| -> Vec<_> {
            picture.to_rgba16().pixels().filter(|pixel| pixel.0[3] > 0).copied().collect()
        };
        assert_eq!(visible(&copy), visible(&picture));
    }
}

#[test]
fn a_photograph_becomes_a_photograph() {
    let file = jxl(&scene(160, 100), &["-d", "1"]);
    let (copy, report) = flat(&file).unwrap();
    assert_eq!(report.kind, Kind::Jpeg);
    let (mean, _) = apart(&image::load_from_memory(&copy).unwrap(), &witness(&file).unwrap());
    assert!(mean < 1.5, "{mean}");
}

#[test]
fn wide_colours_keep_their_profile_and_brighter_ones_are_refused() {
    let coded =
        |space: &str| jxl(&scene(80, 60), &["-d", "1", "-x", &format!("color_space={space}")]);
    let (copy, _) = flat(&coded("RGB_D65_DCI_Rel_SRG")).unwrap();
    assert!(copy.windows(4).any(|four| four == b"acsp"));
    let (copy, _) = flat(&coded("RGB_D65_SRG_Rel_SRG")).unwrap();
    assert!(!copy.windows(4).any(|four| four == b"acsp"));
    for bright in ["RGB_D65_202_Rel_PeQ", "RGB_D65_202_Rel_HLG"] {
        let file = coded(bright);
        assert_eq!(shown(&clean(&file)).map(drop), Err(Refusal::NotDrawable));
        assert_eq!(flat(&file).map(drop), Err(Refusal::NotDrawable));
    }
}

#[test]
fn of_an_animation_the_first_picture_is_left_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let (gif, file) = (folder.path().join("a.gif"), folder.path().join("a.jxl"));
    let frames = made(&["-size", "9x5", "-delay", "9", "xc:red", "xc:blue", "-loop", "0"], "gif");
    std::fs::write(&gif, frames).unwrap();
    let made = std::process::Command::new("cjxl").args([&gif, &file]).args(["-d", "0"]).output();
    assert!(made.unwrap().status.success());
    let (copy, report) = flat(&std::fs::read(file).unwrap()).unwrap();
    assert_eq!(report.changes, [Change::MotionRemoved, Change::Flattened]);
    let left = image::load_from_memory(&copy).unwrap().to_rgb8();
    assert_eq!(left.get_pixel(4, 2).0, [255, 0, 0]);
}

#[test]
fn damaged_pictures_are_shown_or_refused_and_nothing_panics() {
    let file = jxl(&scene(120, 80), &["-d", "1"]);
    for number in 0..200 {
        let damaged = damage(&file, number);
        drop(shown(&damaged));
        drop(clean_with_report(&damaged));
    }
}

#[test]
fn real_pictures_look_as_other_programs_show_them() {
    corpus::each(&["jxl"], Kind::Jxl, |name, original, copy, _| {
        let (seen, other) = (shown(copy), witness(original));
        match (seen, other) {
            (Ok(seen), Some(other)) => {
                let (_, worst) = apart(&seen, &other);
                assert!(worst <= ROUNDED, "{name}: {worst}");
            }
            (seen, other) => println!("{name}: {:?}, djxl: {}", seen.map(drop), other.is_some()),
        }
    });
}
