//! AVIF as pixels, beside what `avifdec` shows.

use image::DynamicImage;
use sluse_sanitizers::{Change, Kind, Refusal};

use crate::cleaning::{clean, clean_with_report};
use crate::pictures::corpus;
use crate::pictures::damage::damage;
use crate::pictures::drawn::{apart, by, encoded, flat, scene, shown};

/// Colours that are stored for each second pixel are put back in two ways.
const COARSE: f64 = 1.5;
/// Samples may be rounded in two ways, and the witness counts in fewer bits.
const ROUNDED: u8 = 2;

fn avif(picture: &DynamicImage, more: &[&str]) -> Vec<u8> {
    encoded("avifenc", "libavif-bin", picture, "avif", &[more, &["-s", "8"]].concat())
}

fn witness(file: &[u8]) -> Option<DynamicImage> {
    by("avifdec", "libavif-bin", file, "avif")
}

#[test]
fn other_programs_show_the_same_pixels() {
    let picture = scene(200, 120);
    for more in [&["-y", "444"][..], &["-y", "444", "-d", "10"], &["-y", "444", "-r", "l"], &["-l"]]
    {
        let file = avif(&picture, more);
        let (_, worst) = apart(&shown(&clean(&file)).unwrap(), &witness(&file).unwrap());
        assert!(worst <= ROUNDED, "{more:?}: {worst}");
    }
    for more in [&["-y", "420"][..], &["-y", "422"], &["-y", "400"], &["-y", "420", "-d", "12"]] {
        let file = avif(&picture, more);
        let (mean, worst) = apart(&shown(&clean(&file)).unwrap(), &witness(&file).unwrap());
        assert!(mean < COARSE, "{more:?}: {mean} {worst}");
    }
}

#[test]
fn turns_mirrors_and_crops_are_applied_once() {
    for more in [
        &["--irot", "1"][..],
        &["--irot", "3", "--imir", "0"],
        &["--imir", "1"],
        &["--crop", "10,20,64,48"],
        &["--crop", "10,20,64,48", "--irot", "1", "--imir", "1"],
    ] {
        let file = avif(&scene(128, 96), &[more, &["-y", "444"]].concat());
        let seen = shown(&clean(&file)).unwrap();
        // Some versions of the witness say what is to be done and leave it at that.
        let other = by("heif-convert", "libheif-examples", &file, "avif").unwrap();
        assert!(apart(&seen, &other).0 < COARSE, "{more:?}");
    }
}

#[test]
fn a_picture_with_transparency_keeps_it_and_becomes_a_png() {
    let mut picture = scene(128, 96).to_rgba8();
    for (x, _, pixel) in picture.enumerate_pixels_mut() {
        pixel.0[3] = u8::try_from(x * 2).unwrap();
    }
    let file = avif(&picture.into(), &["-y", "444"]);
    let (_, worst) = apart(&shown(&clean(&file)).unwrap(), &witness(&file).unwrap());
    assert!(worst <= ROUNDED, "{worst}");
    assert_eq!(flat(&file).unwrap().1.kind, Kind::Png);
}

#[test]
fn a_copy_of_pixels_is_a_photograph_and_says_so() {
    let file = avif(&scene(160, 96), &[]);
    let (copy, report) = flat(&file).unwrap();
    assert_eq!((report.kind, report.changes), (Kind::Jpeg, vec![Change::Flattened]));
    let copy = image::load_from_memory(&copy).unwrap();
    assert!(apart(&copy, &shown(&clean(&file)).unwrap()).0 < COARSE);
}

#[test]
fn tiles_are_put_side_by_side() {
    let file = avif(&scene(512, 256), &["-y", "444", "--grid", "2x2"]);
    let (_, worst) = apart(&shown(&clean(&file)).unwrap(), &witness(&file).unwrap());
    assert!(worst <= ROUNDED, "{worst}");
}

#[test]
fn colours_of_brighter_screens_are_refused() {
    for numbers in ["9/16/9", "9/18/9"] {
        let file = avif(&scene(96, 64), &["--cicp", numbers]);
        assert_eq!(shown(&clean(&file)).map(drop), Err(Refusal::NotDrawable));
        assert_eq!(flat(&file).map(drop), Err(Refusal::NotDrawable));
    }
}

#[test]
fn damaged_pictures_are_shown_or_refused_and_nothing_panics() {
    let file = avif(&scene(128, 96), &[]);
    for number in 0..300 {
        if let Ok((copy, _)) = clean_with_report(&damage(&file, number)) {
            drop(shown(&copy));
        }
    }
}

#[test]
fn real_pictures_look_as_other_programs_show_them() {
    corpus::each(&["avif"], Kind::Avif, |name, original, copy, _| {
        // The witness puts these tiles in the order of their numbers, and takes the depth of a
        // film for the transparency of its first picture.
        let wrong = name.contains("reversed_dimg_order") || name.contains("depth");
        let other = by("heif-convert", "libheif-examples", original, "avif").or(witness(original));
        match (shown(copy), other.filter(|_| !wrong)) {
            // Of a few pixels with coarse colours the witnesses show two pictures themselves.
            (Ok(seen), Some(other)) if seen.width() > 9 => {
                let (mean, worst) = apart(&seen, &other);
                println!("{name}: {mean} {worst}");
                assert!(mean < COARSE, "{name}: {mean}");
            }
            (seen, other) => println!("{name}: {:?}, other: {}", seen.map(drop), other.is_some()),
        }
    });
}
