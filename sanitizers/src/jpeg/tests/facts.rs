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
