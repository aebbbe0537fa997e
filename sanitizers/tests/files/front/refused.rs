//! Files that are not cleaned.

use std::io::Cursor;

use sluse_sanitizers::refusal::{Damage, Feature, Limit};
use sluse_sanitizers::{Limits, Refusal, sanitize};

use crate::cleaning::clean_with_report;
use crate::front::build::{animated, chunk, chunks, file, grey, header, zlib};

fn refusal(file: &[u8]) -> Refusal {
    clean_with_report(file).expect_err("the file should be refused")
}

fn of(header_content: &[u8], rows: &[u8]) -> Refusal {
    refusal(&file(&[chunk(*b"IHDR", header_content), chunk(*b"IDAT", &zlib(rows))]))
}

const DATA: &[u8] = b"\0\x10\x20\x30\x40\0\x50\x60\x70\x80";

#[test]
fn a_header_outside_the_format_is_refused() {
    let wrong = [
        header(0, 2, 8, 0, 0),
        header(4, 0, 8, 0, 0),
        header(4, 2, 3, 0, 0),
        header(4, 2, 16, 3, 0),
        header(4, 2, 8, 1, 0),
        header(4, 2, 8, 0, 2),
        [&header(4, 2, 8, 0, 0)[..10], &[1, 0, 0]].concat(),
        [&header(4, 2, 8, 0, 0)[..10], &[0, 1, 0]].concat(),
    ];
    for content in wrong {
        assert_eq!(of(&content, DATA), Refusal::Damaged(Damage::Value), "{content:?}");
    }
    assert_eq!(of(&header(4, 2, 8, 0, 0)[..12], DATA), Refusal::Damaged(Damage::Length));
}

#[test]
fn a_claim_of_too_many_pixels_is_refused_before_anything_is_unfolded() {
    for (width, height) in [(30_001, 1), (1, 30_001), (20_000, 20_000), (u32::MAX, u32::MAX)] {
        assert_eq!(of(&header(width, height, 16, 6, 0), DATA), Refusal::Limit(Limit::Pixels));
    }
}

#[test]
fn rows_that_are_missing_or_in_no_known_filter_are_refused() {
    assert_eq!(of(&header(4, 2, 8, 0, 0), &DATA[..9]), Refusal::Truncated);
    assert_eq!(of(&header(4, 2, 8, 0, 0), b""), Refusal::Truncated);
    let damaged = Refusal::Damaged(Damage::Value);
    assert_eq!(of(&header(4, 2, 8, 0, 0), b"\x05\x10\x20\x30\x40\0\x50\x60\x70\x80"), damaged);
}

#[test]
fn a_file_that_ends_early_is_refused_at_every_byte() {
    let whole = grey(&[], &[]);
    for end in 8..whole.len() {
        assert!(clean_with_report(&whole[..end]).is_err(), "{end}");
    }
    assert_eq!(refusal(&whole[..whole.len() - 12]), Refusal::Truncated);
    let filled = [&whole[..whole.len() - 12], &chunk(*b"IEND", b"x")].concat();
    assert_eq!(refusal(&filled), Refusal::Damaged(Damage::Length));
}

#[test]
fn a_wrong_checksum_is_refused_in_every_chunk() {
    let whole = grey(&[chunk(*b"tEXt", b"a\0b")], &[]);
    for place in [16, 37, 45, whole.len() - 1] {
        let mut broken = whole.clone();
        broken[place] ^= 1;
        assert!(clean_with_report(&broken).is_err(), "{place}");
    }
}

#[test]
fn a_chunk_that_must_be_understood_and_is_not_is_refused() {
    let unknown = Refusal::Feature(Feature::Construct);
    assert_eq!(refusal(&grey(&[chunk(*b"CgBI", b"0000")], &[])), unknown);
    assert_eq!(refusal(&grey(&[], &[chunk(*b"ABCD", b"")])), unknown);
    assert_eq!(refusal(&grey(&[chunk(*b"a\0cd", b"")], &[])), Refusal::Damaged(Damage::Value));
}

#[test]
fn chunks_that_matter_are_refused_out_of_place_or_twice() {
    let order = Refusal::Damaged(Damage::Order);
    let missing = Refusal::Damaged(Damage::Missing);
    let data = chunk(*b"IDAT", &zlib(DATA));
    let indexed = chunk(*b"IHDR", &header(4, 2, 8, 3, 0));
    let colours = chunk(*b"PLTE", &[9; 3]);
    assert_eq!(refusal(&file(std::slice::from_ref(&data))), order);
    assert_eq!(refusal(&file(&[indexed.clone(), data.clone()])), missing);
    assert_eq!(refusal(&file(&[indexed.clone(), data.clone(), colours.clone()])), order);
    let late = [indexed, chunk(*b"tRNS", &[0]), colours, data.clone()];
    assert_eq!(refusal(&file(&late)), order);
    assert_eq!(refusal(&grey(&[], &[chunk(*b"tRNS", &[0, 1])])), order);
    assert_eq!(refusal(&grey(&[], &[chunk(*b"tEXt", b"a\0b"), data])), order);
    assert_eq!(refusal(&grey(&[chunk(*b"IHDR", &header(4, 2, 8, 0, 0))], &[])), missing);
    assert_eq!(refusal(&grey(&[chunk(*b"sRGB", &[0]), chunk(*b"sRGB", &[1])], &[])), missing);
    assert_eq!(refusal(&file(&[chunk(*b"IHDR", &header(4, 2, 8, 0, 0))])), missing);
}

#[test]
fn a_pixel_without_a_colour_is_refused() {
    let picture = |palette: &[u8], row: &[u8]| {
        file(&[
            chunk(*b"IHDR", &header(1, 1, 8, 3, 0)),
            chunk(*b"PLTE", palette),
            chunk(*b"IDAT", &zlib(row)),
        ])
    };
    assert_eq!(refusal(&picture(&[1, 2, 3], &[0, 1])), Refusal::Damaged(Damage::Value));
    for palette in [&[][..], &[1, 2], &[0; 771]] {
        assert_eq!(refusal(&picture(palette, &[0, 0])), Refusal::Damaged(Damage::Length));
    }
}

/// The animation with one chunk changed.
fn changed(number: usize, change: impl Fn(&mut Vec<u8>)) -> Refusal {
    let mut all = chunks(&animated());
    all.pop();
    change(&mut all[number].1);
    refusal(&file(&all.iter().map(|(name, data)| chunk(*name, data)).collect::<Vec<_>>()))
}

#[test]
fn an_animation_that_can_be_played_in_two_ways_is_refused() {
    let (order, value) = (Refusal::Damaged(Damage::Order), Refusal::Damaged(Damage::Value));
    assert_eq!(changed(1, |data| data[3] = 2), Refusal::Damaged(Damage::Length));
    assert_eq!(changed(1, |data| data[0] = 9), Refusal::Limit(Limit::Frames));
    assert_eq!(changed(4, |data| data[3] = 7), order, "a gap in the sequence");
    assert_eq!(changed(4, |data| data[15] = 4), value, "a frame beyond the picture");
    assert_eq!(changed(4, |data| data[7] = 0), value, "a frame of no width");
    assert_eq!(changed(4, |data| data[24] = 3), value, "an unknown way to dispose");
    assert_eq!(changed(4, |data| data[25] = 2), value, "an unknown way to blend");
    assert_eq!(changed(2, |data| data[7] = 3), value, "a first frame that is too small");
}

#[test]
fn a_chunk_between_the_data_of_one_frame_is_refused() {
    let mut all: Vec<_> =
        chunks(&animated()).iter().map(|(name, data)| chunk(*name, data)).collect();
    all.pop();
    all.insert(6, chunk(*b"tEXt", b"a\0b"));
    assert_eq!(refusal(&file(&all)), Refusal::Damaged(Damage::Order));
}

#[test]
fn frames_without_an_animation_are_refused() {
    let mut all = chunks(&animated());
    all.pop();
    all.remove(1);
    let without = file(&all.iter().map(|(name, data)| chunk(*name, data)).collect::<Vec<_>>());
    assert_eq!(refusal(&without), Refusal::Damaged(Damage::Order));
}

#[test]
fn more_parts_than_the_limit_are_refused() {
    let many = vec![chunk(*b"tEXt", b"a\0b"); 30];
    let limits = Limits { segments: 20, ..Limits::default() };
    let outcome = sanitize(&mut Cursor::new(grey(&many, &[])), &mut Vec::new(), &limits);
    assert_eq!(outcome.unwrap_err(), Refusal::Limit(Limit::Parts));
}

#[test]
fn a_refused_file_leaves_nothing_in_the_sink() {
    let mut sink = Vec::new();
    let broken = &grey(&[], &[])[..50];
    assert!(sanitize(&mut Cursor::new(broken), &mut sink, &Limits::default()).is_err());
    assert!(sink.is_empty());
}
