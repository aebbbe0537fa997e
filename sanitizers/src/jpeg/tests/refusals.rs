//! Each refusal, with the smallest picture that earns it.

use crate::jpeg::sample::{before, cleaned, cmyk, find, grey, photo, progressive, segment, with};
use crate::refusal::{Damage, Feature, Limit, Refusal};

fn refusal(picture: &[u8]) -> Refusal {
    cleaned(picture).unwrap_err()
}

fn changed(picture: &[u8], marker: u8, offset: usize, value: u8) -> Vec<u8> {
    let mut changed = picture.to_vec();
    changed[find(picture, marker) + offset] = value;
    changed
}

#[test]
fn codings_that_are_not_rewritten_are_refused() {
    for marker in [0xC3, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF] {
        let picture = changed(&grey(), 0xC0, 1, marker);
        assert_eq!(refusal(&picture), Refusal::Feature(Feature::Coding), "{marker:02X}");
    }
    for marker in [0xDC, 0xDE, 0xDF] {
        let picture = with(&grey(), marker, &[0, 8]);
        assert_eq!(refusal(&picture), Refusal::Feature(Feature::Coding), "{marker:02X}");
    }
}

#[test]
fn twelve_bits_are_refused() {
    assert_eq!(refusal(&changed(&grey(), 0xC0, 4, 12)), Refusal::Feature(Feature::Coding));
}

#[test]
fn a_height_that_comes_later_is_refused() {
    assert_eq!(refusal(&changed(&grey(), 0xC0, 6, 0)), Refusal::Feature(Feature::Coding));
}

#[test]
fn two_planes_are_refused() {
    let picture =
        before(&grey(), 0xC0, &segment(0xC1, &[8, 0, 8, 0, 8, 2, 1, 0x11, 0, 2, 0x11, 0]));
    assert_eq!(refusal(&picture), Refusal::Feature(Feature::Construct));
}

#[test]
fn a_claim_of_too_many_pixels_is_refused_before_anything_else() {
    let mut picture = changed(&grey(), 0xC0, 5, 0xFF);
    picture[find(&grey(), 0xC0) + 7] = 0xFF;
    assert_eq!(refusal(&picture), Refusal::Limit(Limit::Pixels));
}

#[test]
fn a_second_frame_is_refused() {
    let frame = segment(0xC0, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
    let picture = before(&grey(), 0xC0, &frame);
    assert_eq!(refusal(&picture), Refusal::Damaged(Damage::Order));
}

#[test]
fn a_picture_inside_the_picture_is_refused() {
    assert_eq!(refusal(&before(&grey(), 0xDB, &[0xFF, 0xD8])), Refusal::Damaged(Damage::Order));
}

#[test]
fn a_scan_that_overwrites_another_is_refused() {
    let again = [segment(0xDA, &[1, 1, 0, 0, 63, 0]), vec![0x3F]].concat();
    assert_eq!(refusal(&before(&grey(), 0xD9, &again)), Refusal::Damaged(Damage::Order));
    let again = [segment(0xDA, &[1, 1, 0, 0, 0, 0]), vec![0x7F]].concat();
    assert_eq!(refusal(&before(&progressive(), 0xD9, &again)), Refusal::Damaged(Damage::Order));
}

#[test]
fn a_table_that_changes_behind_the_first_scan_is_refused() {
    let late = segment(0xDB, &[&[0][..], &[9; 64]].concat());
    let picture = before(&progressive(), 0xD9, &late);
    assert_eq!(refusal(&picture), Refusal::Feature(Feature::Construct));
}

#[test]
fn a_picture_without_its_tables_frame_or_scans_is_refused() {
    let without = |picture: &[u8], marker: u8, length: usize| {
        let at = find(picture, marker);
        [&picture[..at], &picture[at + length..]].concat()
    };
    let missing = Refusal::Damaged(Damage::Missing);
    assert_eq!(refusal(&without(&grey(), 0xDB, 69)), missing);
    assert_eq!(refusal(&without(&grey(), 0xC4, 22)), missing);
    assert_eq!(refusal(&without(&grey(), 0xC0, 13)), missing);
    assert_eq!(refusal(&[0xFF, 0xD8, 0xFF, 0xD9]), missing);
}

#[test]
fn a_plane_that_is_never_sent_is_refused() {
    let mut picture = cmyk();
    let scan = find(&picture, 0xDA);
    let end = picture.len();
    picture
        .splice(scan..end, [segment(0xDA, &[1, 1, 0, 0, 63, 0]), vec![0x3F, 0xFF, 0xD9]].concat());
    assert_eq!(refusal(&picture), Refusal::Damaged(Damage::Missing));
}

#[test]
fn a_picture_that_ends_anywhere_too_early_is_refused() {
    let photo = photo();
    for length in 3..photo.len() {
        assert!(cleaned(&photo[..length]).is_err(), "{length}");
    }
    assert_eq!(refusal(&photo[..photo.len() - 2]), Refusal::Truncated);
}

#[test]
fn a_restart_that_is_not_due_is_refused() {
    let mut picture = grey();
    let end = picture.len() - 2;
    picture.splice(end..end, [0xFF, 0xD0, 0x3F]);
    assert_eq!(refusal(&picture), Refusal::Damaged(Damage::Order));
}

#[test]
fn a_restart_that_is_due_and_missing_is_refused() {
    let mut wide = changed(&grey(), 0xC0, 8, 16);
    wide = before(&wide, 0xDA, &segment(0xDD, &[0, 1]));
    assert_eq!(refusal(&wide), Refusal::Truncated);
}

#[test]
fn colours_that_viewers_would_guess_are_refused() {
    let odd = with(&photo(), 0xEE, b"Adobe\0\x64\0\0\0\0\x07");
    assert_eq!(refusal(&odd), Refusal::Damaged(Damage::Value));
    let both = with(&cmyk(), 0xEE, b"Adobe\0\x64\0\0\0\0\x02");
    assert_eq!(refusal(&both), Refusal::Damaged(Damage::Order));
}

#[test]
fn a_filled_byte_inside_coded_data_is_refused() {
    let picture = before(&grey(), 0xD9, &[0xFF, 0xFF, 0x00]);
    assert_eq!(refusal(&picture), Refusal::Damaged(Damage::Value));
}

#[test]
fn a_table_with_more_codes_than_bits_allow_is_refused() {
    let mut body = vec![0x00, 3];
    body.resize(17, 0);
    body.extend([0, 1, 2]);
    assert_eq!(refusal(&with(&grey(), 0xC4, &body)), Refusal::Damaged(Damage::Value));
}

#[test]
fn a_document_in_the_head_of_a_picture_is_refused() {
    assert_eq!(refusal(&with(&photo(), 0xFE, b"%PDF-1.7")), Refusal::Polyglot);
}

#[test]
fn too_many_segments_are_refused() {
    let comments = segment(0xFE, b"").repeat(20_001);
    assert_eq!(refusal(&before(&grey(), 0xDB, &comments)), Refusal::Limit(Limit::Parts));
}

#[test]
fn bytes_behind_the_last_block_are_refused() {
    for picture in [photo(), grey(), progressive(), cmyk()] {
        let longer = before(&picture, 0xD9, b"HIDDEN-FROM-ALL!");
        assert_eq!(refusal(&longer), Refusal::Damaged(Damage::Length));
        assert_eq!(refusal(&before(&picture, 0xD9, &[0x00])), Refusal::Damaged(Damage::Length));
    }
}

#[test]
fn bytes_behind_the_last_block_before_a_restart_are_refused() {
    let mut wide = changed(&grey(), 0xC0, 8, 16);
    wide = before(&wide, 0xDA, &segment(0xDD, &[0, 1]));
    let due = before(&wide, 0xD9, &[0xFF, 0xD0, 0x3F]);
    assert!(cleaned(&due).is_ok());
    let hidden = before(&due, 0xD0, b"HIDDEN");
    assert_eq!(refusal(&hidden), Refusal::Damaged(Damage::Length));
}

#[test]
fn a_picture_whose_last_blocks_are_missing_is_refused() {
    let tall = changed(&grey(), 0xC0, 6, 64);
    assert!(matches!(refusal(&tall), Refusal::Truncated | Refusal::Damaged(Damage::Value)));
}

#[test]
fn a_run_of_empty_blocks_that_goes_on_beyond_the_last_block_is_refused() {
    let mut picture = progressive();
    // The only fine code now means two or three empty blocks, and there is one.
    let table = picture.windows(4).rposition(|text| text == [0xFF, 0xC4, 0, 20]).unwrap();
    picture[table + 21] = 0x10;
    assert_eq!(refusal(&picture), Refusal::Damaged(Damage::Length));
}

#[test]
fn a_number_beyond_the_band_of_its_scan_is_refused() {
    let mut picture = progressive();
    let table = picture.windows(4).rposition(|text| text == [0xFF, 0xC4, 0, 20]).unwrap();
    let scan = picture.windows(2).rposition(|text| text == [0xFF, 0xDA]).unwrap();
    // One zero and then a number, in a band of one.
    picture[table + 21] = 0x11;
    picture[scan + 8] = 1;
    assert_eq!(refusal(&picture), Refusal::Damaged(Damage::Value));
}
