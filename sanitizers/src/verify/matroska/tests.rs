use std::io::Cursor;

use super::*;
use crate::Kind;
use crate::canaries::matroska::{block, cluster, coded, element, film, group, open, size, track};
use crate::canaries::{Token, clean};

fn verdict(original: &[u8], copy: &[u8]) -> Result<(), Refusal> {
    let kind = crate::kind::recognise(&mut Cursor::new(copy)).unwrap_or(Kind::Mkv);
    let copy = Copy::of(kind, copy.to_vec());
    verify(&mut Cursor::new(original), &copy, &Limits::default())
}

fn cleaned(original: &[u8]) -> Vec<u8> {
    clean(original).unwrap().0
}

/// A film with something of each sort in it.
fn original() -> Vec<u8> {
    let pictures = track((3, 1), ("V_VP8", b"Anna"), &size(), &element(0x536E, b"Anna"));
    let sound = track((7, 2), ("A_PCM/INT/LIT", b""), &element(0x9F, &[1]), b"");
    let words = track((9, 17), ("S_TEXT/UTF8", b""), b"", b"");
    let blocks = [
        block(3, b"picture"),
        block(7, b"sound"),
        block(9, b"words"),
        element(0xA3, b"\x87\0\x09\x04\x01aabb"),
        element(0xEC, b"Anna"),
    ];
    let group = element(
        0xA0,
        &[
            element(0xA1, b"\x83\0\x07\0second"),
            element(0x9B, &[40]),
            element(0xFB, &[0xFD]),
            element(0x75A2, &[1, 0]),
        ]
        .concat(),
    );
    let clusters = [cluster(&[0], &blocks.concat()), cluster(&[90], &group)].concat();
    film(&[pictures, sound, words].concat(), &clusters)
}

#[test]
fn a_clean_copy_is_accepted() {
    let copy = cleaned(&original());
    assert_eq!(verdict(&original(), &copy), Ok(()));
    assert_eq!(verdict(&copy, &copy), Ok(()));
}

#[test]
fn a_byte_that_was_changed_anywhere_is_noticed() {
    let copy = cleaned(&original());
    for place in 0..copy.len() {
        let mut other = copy.clone();
        other[place] ^= 1;
        assert_eq!(verdict(&original(), &other), Err(Refusal::Verification), "{place}");
    }
}

#[test]
fn a_byte_too_many_or_too_few_is_noticed() {
    let copy = cleaned(&original());
    for place in 0..=copy.len() {
        let other = [&copy[..place], b"A", &copy[place..]].concat();
        assert_eq!(verdict(&original(), &other), Err(Refusal::Verification), "{place}");
        let other = &copy[..place];
        let whole = place == copy.len();
        assert_eq!(verdict(&original(), other).is_ok(), whole, "{place}");
    }
}

#[test]
fn what_was_left_out_may_not_come_back() {
    let copy = cleaned(&original());
    assert_eq!(verdict(&original(), &original()), Err(Refusal::Verification));
    // An element more at the end of the segment, which says that it is longer.
    for id in [0xEC, 0x1254_C367, 0x1941_A469, 0x1043_A770, 0xBF] {
        let mut more = copy.clone();
        let segment = memchr::memmem::find(&copy, b"\x18\x53\x80\x67").unwrap() + 4;
        assert_eq!(copy[segment] & 0xC0, 0x40, "a length of two bytes");
        let length = u16::from_be_bytes([copy[segment], copy[segment + 1]]);
        let extra = element(id, b"Anna");
        let length = (length + u16::try_from(extra.len()).unwrap()).to_be_bytes();
        more[segment..segment + 2].copy_from_slice(&length);
        more.extend(extra);
        assert_eq!(verdict(&original(), &more), Err(Refusal::Verification), "{id:X}");
    }
}

#[test]
fn frames_of_another_film_are_noticed() {
    let one = coded(1, "V_VP8", b"", b"picture");
    let other = coded(1, "V_VP8", b"", b"another");
    assert_eq!(verdict(&one, &cleaned(&other)), Err(Refusal::Verification));
    let longer = coded(1, "V_VP8", b"", b"pictures");
    assert_eq!(verdict(&one, &cleaned(&longer)), Err(Refusal::Verification));
    let vp9 = coded(1, "V_VP9", b"", b"picture");
    assert_eq!(verdict(&one, &cleaned(&vp9)), Err(Refusal::Verification));
}

#[test]
fn a_film_that_does_not_say_how_long_it_is_is_read_to_its_end() {
    let token = Token::new(3);
    let frame = block(1, token.shown().as_bytes());
    let tracks = track((1, 1), ("V_VP8", b""), &size(), b"");
    let sized = film(&tracks, &[cluster(&[0], &frame), cluster(&[9], &frame)].concat());
    let parts = |time| open(0x1F43_B675, &[element(0xE7, &[time]), frame.clone()].concat());
    let clusters = [parts(0), parts(9), element(0x1C53_BB6B, b"")].concat();
    let segment = [crate::canaries::matroska::info(b""), element(0x1654_AE6B, &tracks), clusters];
    let live =
        [crate::canaries::matroska::head("matroska", b""), open(0x1853_8067, &segment.concat())];
    let live = live.concat();
    assert_eq!(cleaned(&live), cleaned(&sized));
    assert_eq!(verdict(&live, &cleaned(&sized)), Ok(()));
    // It was switched off in the middle of a frame.
    let cut = &live[..live.len() - 14];
    assert_eq!(verdict(cut, &cleaned(cut)), Ok(()));
    assert_eq!(verdict(cut, &cleaned(&live)), Err(Refusal::Verification));
}

#[test]
fn a_stream_from_the_middle_begins_anew() {
    let tracks = track((1, 1), ("V_VP8", b""), &size(), b"");
    let at = |time: u32| {
        let cluster = |time: u32| cluster(&time.to_be_bytes(), &block(1, b"picture"));
        film(&tracks, &[cluster(time), cluster(time + 500)].concat())
    };
    // A unit has 100 nanoseconds here.
    assert_eq!(cleaned(&at(900_000_000)), cleaned(&at(700_000_000)));
    assert_eq!(cleaned(&at(900_000_000)), cleaned(&at(10_000_000)));
    assert_ne!(cleaned(&at(900_000_000)), cleaned(&at(0)));
    assert_eq!(verdict(&at(900_000_000), &cleaned(&at(700_000_000))), Ok(()));
    assert_eq!(verdict(&at(900_000_000), &cleaned(&at(0))), Err(Refusal::Verification));
}

#[test]
fn what_was_taken_off_each_frame_is_put_back() {
    let taken = [element(0x4254, &[3]), element(0x4255, b"abc")].concat();
    let encodings = element(0x6D80, &element(0x6240, &element(0x5034, &taken)));
    let tracks = |more: &[u8]| track((1, 2), ("A_AC3", b""), &element(0x9F, &[1]), more);
    let stripped = film(&tracks(&encodings), &cluster(&[0], &block(1, b"def")));
    let whole = film(&tracks(b""), &cluster(&[0], &block(1, b"abcdef")));
    assert_eq!(cleaned(&stripped), cleaned(&whole));
    assert_eq!(verdict(&stripped, &cleaned(&whole)), Ok(()));
}

#[test]
fn a_group_keeps_what_times_a_frame() {
    let film = |more: &[u8]| {
        film(&track((1, 1), ("V_VP8", b""), &size(), b""), &cluster(&[0], &group(b"frame", more)))
    };
    let plain = cleaned(&film(b""));
    for more in [element(0x9B, &[9]), element(0xFB, &[0xF0]), element(0x75A2, &[7])] {
        let copy = cleaned(&film(&more));
        assert_ne!(copy, plain);
        assert_eq!(verdict(&film(b""), &copy), Err(Refusal::Verification));
        assert_eq!(verdict(&film(&more), &plain), Err(Refusal::Verification));
    }
}
