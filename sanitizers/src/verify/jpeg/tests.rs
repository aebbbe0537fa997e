//! Every forbidden thing is put back into a clean copy: the verifier must say no.

use std::io::Cursor;

use super::verify;
use crate::jpeg::sample::{
    before, cleaned, cmyk, exif, find, grey, photo, profile, progressive, segment, with,
};
use crate::{Limits, Refusal};

fn verified(original: &[u8], clean: &[u8]) -> Result<(), Refusal> {
    verify(&mut Cursor::new(original), clean, &Limits::default())
}

/// An original with everything that is issued anew, and its clean copy.
fn pair() -> (Vec<u8>, Vec<u8>) {
    let original = with(&photo(), 0xE1, &exif(6, 0x010F, b"Nikon\0"));
    let original = with(&original, 0xEE, b"Adobe\0\x64\0\0\0\0\x01");
    let (clean, _) = cleaned(&original).unwrap();
    (original, clean)
}

fn refuses(what: &str, clean: &[u8]) {
    assert_eq!(verified(&pair().0, clean), Err(Refusal::Verification), "{what}");
}

#[test]
fn clean_copies_are_accepted() {
    let (original, clean) = pair();
    assert_eq!(verified(&original, &clean), Ok(()));
    for picture in [grey(), progressive(), cmyk()] {
        assert_eq!(verified(&picture, &cleaned(&picture).unwrap().0), Ok(()));
    }
}

#[test]
fn the_original_itself_is_refused() {
    let (original, _) = pair();
    refuses("the original", &original);
}

#[test]
fn any_segment_outside_the_grammar_is_refused() {
    let (_, clean) = pair();
    for marker in (0xE0..=0xFE).chain([0x01, 0x02, 0xC8, 0xCC, 0xDC, 0xDE]) {
        for place in [0xE0, 0xE1, 0xEE, 0xDB, 0xC0, 0xC4, 0xDA, 0xD9] {
            let changed = before(&clean, place, &segment(marker, b"anything"));
            refuses(&format!("{marker:02X} before {place:02X}"), &changed);
        }
    }
}

#[test]
fn a_segment_that_is_allowed_is_refused_a_second_time_and_in_another_place() {
    let (_, clean) = pair();
    for marker in [0xE0, 0xE1, 0xEE, 0xDB, 0xC0, 0xC4] {
        let at = find(&clean, marker);
        let length = usize::from(u16::from_be_bytes([clean[at + 2], clean[at + 3]])) + 2;
        let copied = clean[at..at + length].to_vec();
        for place in [0xE0, 0xDB, 0xC0, 0xDA, 0xD9] {
            let twice = before(&clean, place, &copied);
            refuses(&format!("{marker:02X} again before {place:02X}"), &twice);
        }
    }
}

#[test]
fn bytes_between_inside_or_behind_are_refused() {
    let (_, clean) = pair();
    for marker in [0xE0, 0xE1, 0xEE, 0xDB, 0xC0, 0xC4, 0xDA, 0xD9] {
        refuses("a stray byte", &before(&clean, marker, b"x"));
        refuses("filling", &before(&clean, marker, &[0xFF]));
        refuses("a restart", &before(&clean, marker, &[0xFF, 0xD0]));
    }
    refuses("a trailer", &[clean.as_slice(), b"x"].concat());
    refuses("a second picture", &[clean.as_slice(), &clean].concat());
    refuses("no end", &clean[..clean.len() - 2]);
}

#[test]
fn every_byte_in_front_of_the_coded_data_counts() {
    let (_, clean) = pair();
    let scan = find(&clean, 0xDA);
    let jfif = find(&clean, 0xE0);
    for at in 0..scan + 10 {
        for flipped in [0x01, 0x80] {
            let mut changed = clean.clone();
            changed[at] ^= flipped;
            // The band of a sequential scan is compared as what it must be.
            let density = (jfif + 11..jfif + 16).contains(&at);
            assert!(density || verified(&pair().0, &changed).is_err(), "byte {at}");
        }
    }
}

#[test]
fn a_density_that_nobody_writes_is_refused_even_if_the_original_has_it() {
    let with = |dots: u8| {
        let (_, mut clean) = pair();
        let jfif = find(&clean, 0xE0);
        clean[jfif + 11..jfif + 16].copy_from_slice(&[1, 0, dots, 0, dots]);
        verified(&clean, &clean)
    };
    assert_eq!(with(72), Ok(()));
    assert!(with(73).is_err());
}

#[test]
fn a_profile_that_comes_from_nowhere_or_has_other_channels_is_refused() {
    let (original, clean) = pair();
    let canonical = crate::icc::canonical(&profile(b"0123456789abcdef")).unwrap();
    let issued = segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", canonical.as_slice()].concat());
    let copy = before(&clean, 0xEE, &issued);
    assert!(verified(&original, &copy).is_err());
    assert_eq!(verified(&before(&original, 0xEE, &issued), &copy), Ok(()));
    let grey = before(&cleaned(&grey()).unwrap().0, 0xDB, &issued);
    assert!(verified(&grey, &grey).is_err());
}

#[test]
fn other_coded_data_is_refused() {
    let (_, clean) = pair();
    let scan = find(&clean, 0xDA);
    for at in (scan + 14..clean.len() - 2).step_by(7) {
        let mut changed = clean.clone();
        changed[at] ^= 0x10;
        refuses("another bit", &changed);
        changed.remove(at);
        refuses("a byte less", &changed);
    }
}

#[test]
fn exif_with_anything_but_the_orientation_is_refused() {
    let (_, clean) = pair();
    let at = find(&clean, 0xE1);
    let without = [&clean[..at], &clean[at + 36..]].concat();
    assert_eq!(without[at..at + 2], [0xFF, 0xEE]);
    refuses("no orientation", &without);
    refuses("a maker", &before(&without, 0xEE, &segment(0xE1, &exif(6, 0x010F, b"Nikon\0"))));
}

#[test]
fn a_profile_that_is_not_canonical_is_refused() {
    let (_, clean) = pair();
    let foreign = segment(0xE2, b"ICC_PROFILE\0\x01\x01anything");
    refuses("a foreign profile", &before(&clean, 0xEE, &foreign));
}

#[test]
fn a_table_that_no_scan_uses_is_refused() {
    let (original, clean) = pair();
    let unused = segment(0xDB, &[&[3][..], &[7; 64]].concat());
    let original = before(&original, 0xDB, &unused);
    let changed = before(&clean, 0xC0, &unused);
    assert_eq!(verified(&original, &changed), Err(Refusal::Verification));
}

#[test]
fn the_copy_of_another_picture_is_refused() {
    refuses("another picture", &cleaned(&grey()).unwrap().0);
}

#[test]
fn a_code_that_the_data_never_use_is_refused_whatever_it_means() {
    let clean = cleaned(&grey()).unwrap().0;
    let table = clean.windows(5).position(|text| text == [0xFF, 0xC4, 0, 20, 0x10]).unwrap();
    let mut more = clean.clone();
    (more[table + 3], more[table + 6]) = (21, 1);
    more.insert(table + 22, b'K');
    assert_eq!(verified(&clean, &clean), Ok(()));
    assert_eq!(verified(&more, &more), Err(Refusal::Verification));
}

#[test]
fn a_used_code_that_means_something_else_is_refused() {
    let clean = cleaned(&grey()).unwrap().0;
    let table = clean.windows(5).position(|text| text == [0xFF, 0xC4, 0, 20, 0x10]).unwrap();
    let mut other = clean.clone();
    other[table + 21] = 0xF0;
    assert_eq!(verified(&clean, &other), Err(Refusal::Verification));
}

#[test]
fn data_that_go_on_behind_the_last_block_are_refused() {
    let clean = cleaned(&grey()).unwrap().0;
    let mut longer = clean.clone();
    longer.insert(clean.len() - 2, 0x41);
    assert_eq!(verified(&longer, &longer), Err(Refusal::Verification));
}
