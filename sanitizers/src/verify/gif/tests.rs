//! Everything that could be put back, put back: the verifier must say no.

use std::io::Cursor;

use super::verify;
use crate::{Limits, Notes, Refusal};

/// Four colours.
const TABLE: [u8; 12] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const PIXELS: [u8; 6] = [0, 1, 2, 3, 0, 1];
const LOOP: &[u8] = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\x07\0\0";

fn coded(pixels: &[u8]) -> Vec<u8> {
    weezl::encode::Encoder::new(weezl::BitOrder::Lsb, 2).encode(pixels).unwrap()
}

fn image(coded: &[u8]) -> Vec<u8> {
    let length = u8::try_from(coded.len()).unwrap();
    [&b"\x2C\0\0\0\0\x03\0\x02\0\0\x02"[..], &[length], coded, &[0]].concat()
}

fn screen(table: &[u8]) -> Vec<u8> {
    [&b"GIF89a\x03\0\x02\0\xF1\0\0"[..], table].concat()
}

fn control(content: [u8; 4]) -> Vec<u8> {
    [&b"\x21\xF9\x04"[..], &content, &[0]].concat()
}

fn still(behind: &[&[u8]]) -> Vec<u8> {
    [&[&screen(&TABLE)[..], &image(&coded(&PIXELS))], behind, &[b";"]].concat().concat()
}

fn animation() -> Vec<u8> {
    let picture = image(&coded(&PIXELS));
    let control = control([4, 9, 0, 0]);
    [&screen(&TABLE)[..], LOOP, &control, &picture, &control, &picture, b";"].concat()
}

fn accepts(original: &[u8], clean: &[u8]) -> bool {
    verify(&mut Cursor::new(original), clean, &Limits::default()) == Ok(())
}

fn cleaned(original: &[u8]) -> Vec<u8> {
    crate::gif::clean(&mut Cursor::new(original), &Limits::default(), &mut Notes::default())
        .unwrap()
}

fn refused(original: &[u8], clean: &[u8]) {
    let verdict = verify(&mut Cursor::new(original), clean, &Limits::default());
    assert_eq!(verdict, Err(Refusal::Verification), "{}", clean.escape_ascii());
}

/// `file` with `bytes` put in before the first occurrence of `place`.
fn insert(file: &[u8], place: &[u8], bytes: &[u8]) -> Vec<u8> {
    let at = memchr::memmem::find(file, place).unwrap();
    [&file[..at], bytes, &file[at..]].concat()
}

#[test]
fn canonical_copies_are_accepted() {
    for file in [still(&[]), animation()] {
        assert_eq!(cleaned(&file), file);
        assert!(accepts(&file, &file));
    }
}

#[test]
fn blocks_outside_the_list_are_refused_even_if_the_original_has_them() {
    let blocks: [&[u8]; 8] = [
        b"\x21\xFE\x04Anna\0",
        b"\x21\xFE\0",
        b"\x21\xFF\x0BXMP DataXMP\x04Anna\0",
        b"\x21\xFF\x0BICCRGBG1012\x04Anna\0",
        b"\x21\xFF\x0BANIMEXTS1.0\x03\x01\x07\0\0",
        b"\x21\xFF\x0BNETSCAPE2.0\x05\x02\0\0\0\0\0",
        b"\x21\xCE\x04Anna\0",
        b"\x21\x01\x0c\0\0\0\0\x04\0\x02\0\x01\x01\0\x01\x04Anna\0",
    ];
    for block in blocks {
        let dirty = insert(&still(&[]), b"\x2C\0", block);
        refused(&dirty, &dirty);
        let behind = still(&[block]);
        refused(&behind, &behind);
    }
}

#[test]
fn bytes_behind_the_end_and_behind_the_pixels_are_refused() {
    let original = still(&[]);
    let behind = [&coded(&PIXELS)[..], b"Anna"].concat();
    let more = coded(&[PIXELS, PIXELS].concat());
    let mut split = image(&coded(&PIXELS));
    let length = split[11] - 1;
    split[11] = length;
    split.insert(12 + usize::from(length), 1);
    for picture in [image(&behind), image(&more), split] {
        let clean = [&screen(&TABLE)[..], &picture, b";"].concat();
        refused(&original, &clean);
    }
    refused(&original, &[&original[..], b"Anna"].concat());
    refused(&original, &original[..original.len() - 1]);
    refused(&original, b"");
}

#[test]
fn another_choice_of_words_is_refused() {
    let original = still(&[]);
    // Clear and the first letter, clear again and the rest: legal, and a message.
    let rest = coded(&PIXELS[1..]);
    let mut bits = u32::from(rest[0]) | u32::from(rest[1]) << 8 | u32::from(rest[2]) << 16;
    bits = bits << 6 | 4;
    let clean = [&screen(&TABLE)[..], &image(&bits.to_le_bytes()), b";"].concat();
    refused(&original, &clean);
}

#[test]
fn numbers_that_no_viewer_reads_are_refused() {
    let original = still(&[]);
    // Depth of colours, background, shape, flags of the picture; the older version.
    for (at, value) in [(10, 0x91), (10, 0xF9), (11, 3), (12, 49), (34, 0x20), (34, 8), (4, b'7')] {
        let mut clean = original.clone();
        assert_ne!(std::mem::replace(&mut clean[at], value), value);
        refused(&clean, &clean);
    }
}

#[test]
fn colours_nobody_sees_are_refused() {
    let table = [&TABLE[..], &[0; 12]].concat();
    let with = |flags: u8, table: &[u8]| {
        let mut file = [&screen(table)[..], &image(&coded(&PIXELS)), b";"].concat();
        file[10] = flags;
        file
    };
    // A longer table, even a black one; and colours in it.
    refused(&still(&[]), &with(0xF2, &table));
    let mut secret = table.clone();
    secret[20] = 9;
    refused(&with(0xF2, &secret), &with(0xF2, &secret));
    let mut other = TABLE;
    other[0] = 0;
    refused(&still(&[]), &with(0xF1, &other));
    let dirty = insert(&with(0xF1, &TABLE), b"\x2C\0", &control([1, 0, 0, 3]));
    assert!(accepts(&dirty, &cleaned(&dirty)));
    refused(&dirty, &dirty);
}

#[test]
fn what_is_shown_must_be_what_was_shown() {
    let original = animation();
    let changes = [
        // Pixels, duration, disposal, place, interlacing, number of repetitions.
        [&screen(&TABLE)[..], LOOP, &control([4, 9, 0, 0]), &image(&coded(&[0, 1, 2, 3, 0, 0]))]
            .concat(),
        [&screen(&TABLE)[..], LOOP, &control([4, 8, 0, 0]), &image(&coded(&PIXELS))].concat(),
        [&screen(&TABLE)[..], LOOP, &control([8, 9, 0, 0]), &image(&coded(&PIXELS))].concat(),
        [&screen(&TABLE)[..], LOOP, &control([5, 9, 0, 2]), &image(&coded(&PIXELS))].concat(),
        [&screen(&TABLE)[..], LOOP, &image(&coded(&PIXELS))].concat(),
        [&screen(&TABLE)[..], &control([4, 9, 0, 0]), &image(&coded(&PIXELS))].concat(),
    ];
    let second = [control([4, 9, 0, 0]), image(&coded(&PIXELS))].concat();
    for first in changes {
        refused(&original, &[&first[..], &second, b";"].concat());
    }
    let first = [&screen(&TABLE)[..], LOOP, &second].concat();
    for at in [first.len() + 9, first.len() + 17] {
        let mut clean = original.clone();
        clean[at] ^= 0x40;
        refused(&original, &clean);
    }
    // A frame less, a frame more.
    refused(&original, &[&first[..], b";"].concat());
    refused(&original, &[&first[..], &second, &second, b";"].concat());
    let mut faster = original.clone();
    faster[screen(&TABLE).len() + 16] = 8;
    refused(&original, &faster);
}

#[test]
fn a_loop_count_behind_the_first_frame_is_the_same_count() {
    let picture = image(&coded(&PIXELS));
    let control = control([4, 9, 0, 0]);
    let late: Vec<u8> =
        [&screen(&TABLE)[..], &control, &picture, LOOP, &control, &picture, b";"].concat();
    assert_eq!(cleaned(&late), animation());
    assert!(accepts(&late, &animation()));
    let never = [&screen(&TABLE)[..], &control, &picture, &control, &picture, b";"].concat();
    refused(&late, &never);
    refused(&never, &animation());
    // A picture that stands alone is not repeated.
    let alone = insert(&still(&[]), b"\x2C\0", LOOP);
    assert_eq!(cleaned(&alone), still(&[]));
    refused(&alone, &alone);
}

#[test]
fn the_background_stays_where_it_can_be_seen() {
    let mut original = animation();
    original[11] = 2;
    // The first frame covers it and none uncovers it.
    assert_eq!(cleaned(&original), animation());
    refused(&original, &original);
    let mut uncovering = original.clone();
    let at = screen(&TABLE).len() + LOOP.len() + 3;
    uncovering[at] = 8;
    assert_eq!(cleaned(&uncovering), uncovering);
    assert!(accepts(&uncovering, &uncovering));
    let mut other = uncovering.clone();
    other[11] = 1;
    refused(&uncovering, &other);
}
