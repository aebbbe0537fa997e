//! What stays as it was.

use crate::jpeg::sample::{
    before, cleaned, cmyk, exif, find, grey, photo, pixels, progressive, segment, with,
};
use crate::{Category, Change};

fn count(report: &crate::Report, category: Category) -> u32 {
    report.findings.iter().find(|found| found.category == category).map_or(0, |found| found.count)
}

#[test]
fn every_kind_of_picture_decodes_to_the_same_samples() {
    for picture in [photo(), grey(), progressive(), cmyk()] {
        let before = pixels(&picture).unwrap();
        assert_eq!(pixels(&cleaned(&picture).unwrap().0), Some(before));
    }
}

#[test]
fn the_orientation_stays_and_nothing_else_of_exif() {
    for orientation in 2..=8 {
        let picture = with(&photo(), 0xE1, &exif(orientation, 0x010F, b"Nikon\0"));
        let (copy, _) = cleaned(&picture).unwrap();
        let read =
            exif::Reader::new().read_from_container(&mut std::io::Cursor::new(&copy)).unwrap();
        assert_eq!(read.fields().count(), 1);
        let field = read.get_field(exif::Tag::Orientation, exif::In::PRIMARY).unwrap();
        assert_eq!(field.value.get_uint(0), Some(u32::from(orientation)));
    }
}

#[test]
fn a_picture_that_stands_upright_gets_no_exif() {
    let picture = with(&photo(), 0xE1, &exif(1, 0x010F, b"Nikon\0"));
    assert_eq!(cleaned(&picture).unwrap().0, cleaned(&photo()).unwrap().0);
}

#[test]
fn a_place_is_reported_as_a_place() {
    let mut body = exif(
        1,
        0x8825,
        b"\x02\0\x02\0\x05\0\x03\0\0\0\0\0\0\0\x04\0\x05\0\x03\0\0\0\0\0\0\0\0\0\0\0",
    );
    // The pointer to the directory is a number and not a text.
    body[6 + 22 + 2] = 4;
    body[6 + 22 + 4] = 1;
    let (_, report) = cleaned(&with(&photo(), 0xE1, &body)).unwrap();
    assert_eq!(count(&report, Category::Location), 2);
}

#[test]
fn a_film_and_an_hdr_layer_are_named_as_visible_changes() {
    let film = [photo(), b"\0\0\0\x18ftypmp42".to_vec()].concat();
    assert_eq!(cleaned(&film).unwrap().1.changes, [Change::MotionRemoved]);
    let hdr = with(&photo(), 0xE2, b"urn:iso:std:iso:ts:21496:-1\0");
    assert_eq!(cleaned(&hdr).unwrap().1.changes, [Change::HdrLayerRemoved]);
}

#[test]
fn an_odd_density_is_a_mark_and_becomes_the_common_one() {
    let mut picture = photo();
    let jfif = find(&picture, 0xE0);
    picture[jfif + 11..jfif + 16].copy_from_slice(&[1, 0, 77, 0, 78]);
    let (copy, _) = cleaned(&picture).unwrap();
    assert_eq!(copy[find(&copy, 0xE0) + 11..][..5], [0, 0, 1, 0, 1]);
    picture[jfif + 11..jfif + 16].copy_from_slice(&[1, 1, 44, 1, 44]);
    let (copy, _) = cleaned(&picture).unwrap();
    assert_eq!(copy[find(&copy, 0xE0) + 11..][..5], [1, 1, 44, 1, 44]);
}

#[test]
fn bytes_that_mean_nothing_in_a_scan_header_are_set_to_what_they_must_be() {
    let mut picture = grey();
    let scan = find(&picture, 0xDA);
    picture[scan + 7..scan + 10].copy_from_slice(&[17, 42, 99]);
    assert_eq!(cleaned(&picture).unwrap().0, cleaned(&grey()).unwrap().0);
}

#[test]
fn filling_is_dropped() {
    let filled = before(&grey(), 0xDB, &[0xFF; 40]);
    let (copy, report) = cleaned(&filled).unwrap();
    assert_eq!(copy, cleaned(&grey()).unwrap().0);
    assert_eq!(count(&report, Category::StrayBytes), 1);
    let filled = before(&grey(), 0xD9, &[0xFF; 40]);
    assert_eq!(cleaned(&filled).unwrap().0, cleaned(&grey()).unwrap().0);
}

#[test]
fn a_segment_between_scans_is_dropped_and_counted() {
    let picture = progressive();
    let fine = picture.len() - 13;
    let (head, tail) = picture.split_at(fine);
    assert!(tail.starts_with(&[0xFF, 0xDA]) || head.ends_with(&[0x7F]));
    let second = find(&picture[find(&picture, 0xDA) + 2..], 0xDA) + find(&picture, 0xDA) + 2;
    let (head, tail) = picture.split_at(second);
    let spliced = [head, &segment(0xE1, &exif(6, 0x010F, b"late")), tail].concat();
    let (copy, report) = cleaned(&spliced).unwrap();
    assert_eq!(copy, cleaned(&picture).unwrap().0);
    assert_eq!(count(&report, Category::Device), 1);
}

/// The grey square with another AC table and other data.
fn with_codes(counts: &[u8], symbols: &[u8], data: &[u8]) -> Vec<u8> {
    let mut table = vec![0x10];
    table.extend(counts);
    table.resize(17, 0);
    table.extend(symbols);
    let picture = grey();
    let tables = find(&picture, 0xC4) + 2 * (2 + 19 + 1);
    let scan = find(&picture, 0xDA);
    let first = &picture[..tables - 22];
    [first, &segment(0xC4, &table), &picture[scan..scan + 10], data, &[0xFF, 0xD9]].concat()
}

#[test]
fn codes_that_the_data_never_use_mean_nothing_and_spell_nothing() {
    let text = b"KanariInAHuffmanTable";
    let count = u8::try_from(text.len()).unwrap();
    let plain = cleaned(&with_codes(&[1], &[0], &[0x3F])).unwrap().0;
    // Behind the only code that is used.
    let behind = with_codes(&[1, 0, 0, 0, 0, 0, 0, count], &[&[0], &text[..]].concat(), &[0x3F]);
    assert_eq!(cleaned(&behind).unwrap().0, plain);
    // Before it, where they keep the places of others.
    let between = with_codes(&[0, 3], b"AB\0", &[0x5F]);
    let (copy, _) = cleaned(&between).unwrap();
    let at = copy.windows(4).rposition(|text| text == [0xFF, 0xC4, 0, 22]).unwrap();
    assert_eq!(&copy[at + 4..at + 8], [0x10, 0, 3, 0]);
    assert_eq!(&copy[at + 21..at + 24], [0, 0, 0]);
    assert_eq!(pixels(&copy), pixels(&between));
    assert_eq!(cleaned(&copy).unwrap().0, copy);
}

#[test]
fn a_colour_profile_that_is_lost_is_said() {
    let odd = with(&photo(), 0xE2, b"ICC_PROFILE\0\x01\x01no profile");
    assert_eq!(cleaned(&odd).unwrap().1.changes, [Change::ColoursChanged]);
    assert_eq!(cleaned(&photo()).unwrap().1.changes, []);
}
