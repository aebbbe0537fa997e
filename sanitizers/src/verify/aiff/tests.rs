use std::io::Cursor;

use super::*;
use crate::canaries::aiff::{COMMON, form, part};

fn accepts(original: &[u8], clean: &[u8]) -> bool {
    verify(&mut Cursor::new(original), clean, &Limits::default()).is_ok()
}

fn sound(samples: &[u8]) -> Vec<u8> {
    part(*b"SSND", &[&[0; 8], samples].concat())
}

fn plain() -> Vec<u8> {
    form(b"AIFF", &[part(*b"COMM", COMMON), sound(b"0123456789abcdef")])
}

#[test]
fn the_canonical_copy_is_accepted_and_is_its_own_copy() {
    assert_eq!(crate::canaries::clean(&plain()).unwrap().0, plain());
    assert!(accepts(&plain(), &plain()));
}

#[test]
fn a_chunk_put_back_is_refused() {
    for name in [
        b"NAME", b"AUTH", b"(c) ", b"ANNO", b"COMT", b"ID3 ", b"APPL", b"MARK", b"INST", b"MIDI",
        b"AESD", b"C2PA", b"FVER", b"COMM", b"SSND", b"CHAN",
    ] {
        for at in 0..3 {
            let mut parts = vec![part(*b"COMM", COMMON), sound(b"0123456789abcdef")];
            parts.insert(at, part(*name, b""));
            let dirty = form(b"AIFF", &parts);
            assert!(!accepts(&plain(), &dirty), "{} at {at}", name.escape_ascii());
            assert!(!accepts(&dirty, &dirty), "{} at {at}", name.escape_ascii());
        }
    }
}

#[test]
fn another_header_or_other_samples_are_refused() {
    let whole = plain();
    for place in 0..whole.len() {
        let mut other = whole.clone();
        other[place] ^= 1;
        assert!(!accepts(&whole, &other), "byte {place}");
    }
    for copy in [[&whole[..], b"x"].concat(), whole[..whole.len() - 1].to_vec(), Vec::new()] {
        assert!(!accepts(&whole, &copy));
    }
}

#[test]
fn a_name_of_the_compression_is_refused() {
    let named = |name: &[u8]| {
        let common = part(*b"COMM", &[COMMON, b"sowt", name].concat());
        let version = part(*b"FVER", &[0xA2, 0x80, 0x51, 0x40]);
        form(b"AIFC", &[version, common, sound(b"0123456789abcdef")])
    };
    assert!(accepts(&named(b"\x04Anna\0"), &named(b"\0\0")));
    assert!(!accepts(&named(b"\x04Anna\0"), &named(b"\x04Anna\0")));
    assert!(!accepts(&named(b"\0\0"), &named(b"")));
}

#[test]
fn an_arrangement_of_speakers_is_one_of_the_list() {
    let with = |tag: [u8; 4]| {
        let speakers = part(*b"CHAN", &[&tag[..], &[0; 8]].concat());
        form(b"AIFF", &[part(*b"COMM", COMMON), speakers, sound(b"0123456789abcdef")])
    };
    for tag in [[0, 101, 0, 2], [0, 1, 0, 0]] {
        assert!(accepts(&with(tag), &with(tag)));
    }
    for tag in [*b"Anna", [0, 101, 0, 3], [1, 101, 0, 2], [0, 2, 0, 2]] {
        assert!(!accepts(&with(tag), &with(tag)));
    }
}
