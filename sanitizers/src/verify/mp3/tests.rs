use std::io::Cursor;

use super::*;
use crate::canaries::mp3::{frame, table};

fn accepts(original: &[u8], clean: &[u8]) -> bool {
    verify(&mut Cursor::new(original), clean, &Limits::default()).is_ok()
}

fn cleaned(original: &[u8]) -> Vec<u8> {
    crate::canaries::clean(original).unwrap().0
}

fn three() -> Vec<u8> {
    [frame(0, 128, b"sixteen bytes of"), frame(0, 128, b"sound that people"), frame(4, 40, b"x")]
        .concat()
}

#[test]
fn the_canonical_copy_is_accepted_and_is_its_own_copy() {
    let clean = cleaned(&three());
    assert!(accepts(&three(), &clean));
    assert_eq!(cleaned(&clean), clean);
    let tabled = [table(b"Info", b"LAME3.100", 3), three()].concat();
    let clean = cleaned(&tabled);
    assert!(accepts(&tabled, &clean));
    assert_eq!(cleaned(&clean), clean);
}

#[test]
fn a_single_other_bit_is_refused() {
    let tabled = [table(b"Info", b"LAME3.100", 3), three()].concat();
    for original in [three(), tabled] {
        let clean = cleaned(&original);
        for place in 0..clean.len() {
            for bit in [1, 0x80] {
                let mut other = clean.clone();
                other[place] ^= bit;
                assert!(!accepts(&original, &other), "byte {place}, bit {bit}");
            }
        }
    }
}

#[test]
fn bytes_around_and_between_frames_are_refused() {
    let clean = cleaned(&three());
    let (first, rest) = clean.split_at(417);
    let tag = [&b"TAG"[..], &[0; 125]].concat();
    for dirty in [
        [&b"ID3\x04\0\0\0\0\0\0"[..], &clean].concat(),
        [&clean[..], &tag].concat(),
        [&clean[..], b"x"].concat(),
        [&clean[..], b"\0"].concat(),
        [first, b"x", rest].concat(),
        clean[..clean.len() - 1].to_vec(),
        Vec::new(),
    ] {
        assert!(!accepts(&three(), &dirty));
        assert!(!accepts(&dirty, &dirty));
    }
}

#[test]
fn missing_doubled_or_turned_frames_are_refused() {
    let original = [three(), three()].concat();
    let clean = cleaned(&original);
    let frames: Vec<&[u8]> = clean.chunks(417).collect();
    for choice in [&[0, 1, 2][..], &[3, 4, 5], &[0, 1, 4, 5], &[0, 1, 2, 3, 4, 5, 5], &[1, 0, 2]] {
        let copy: Vec<u8> = choice.iter().flat_map(|number| frames[*number].to_vec()).collect();
        assert!(!accepts(&original, &copy), "{choice:?}");
    }
}

#[test]
fn a_table_that_came_or_went_is_refused() {
    let tabled = [table(b"Info", b"LAME3.100", 3), three()].concat();
    let (with, without) = (cleaned(&tabled), cleaned(&three()));
    assert!(!accepts(&tabled, &without));
    assert!(!accepts(&three(), &with));
    assert!(!accepts(&tabled, &tabled), "the encoder's own table");
}

#[test]
fn what_nobody_hears_is_refused_where_it_is_put_back() {
    let put_back = |change: fn(&mut [u8])| {
        let mut dirty = [frame(0, 4095, b"x"), frame(0, 0, b""), frame(0, 128, b"y")].concat();
        assert!(accepts(&dirty, &cleaned(&dirty)));
        dirty = cleaned(&dirty);
        change(&mut dirty);
        assert!(accepts(&dirty, &cleaned(&dirty)));
        assert!(!accepts(&dirty, &dirty));
    };
    // Room beyond a frame, the gain of silence, how channels are joined that are not.
    put_back(|file| file[417 + 100] = b'A');
    put_back(|file| file[417 + 4 + 6] = 1);
    put_back(|file| file[417 + 3] = 0x30);
}

#[test]
fn what_follows_a_frame_is_seen() {
    let frame = [&b"\xFF\xFB\x10\xC4"[..], &[0; 100]].concat();
    assert!(!frames::is_followed(&frame));
    assert!(!frames::is_followed(&frame[..90]));
    assert!(frames::is_followed(&[&frame[..], b"A"].concat()));
}
