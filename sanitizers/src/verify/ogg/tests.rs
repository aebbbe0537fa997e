use std::io::Cursor;

use super::*;
use crate::canaries::flac::comments;
use crate::canaries::ogg::{
    CONTINUED, FIRST, LAST, bare_page, commented, first, opus as opus_file, packet, page,
    recording, setup, vorbis as vorbis_file,
};
use crate::canaries::{Token, clean};

fn verdict(original: &[u8], copy: &[u8]) -> Result<(), Refusal> {
    verify(&mut Cursor::new(original), copy, &Limits::default())
}

fn token() -> Token {
    Token::new(1)
}

fn original() -> Vec<u8> {
    vorbis_file(&token(), &commented("Anna", &["DATE=2024".to_owned()]))
}

/// The copy of the original, page by page.
fn pages() -> [Vec<u8>; 4] {
    let bare = commented("", &[]);
    [
        page(FIRST, (1, 0, 0), &[&first(&[0; 12])]),
        page(0, (1, 1, 0), &[&bare, &setup()]),
        page(0, (1, 2, 128), &[&packet(&token())]),
        page(LAST, (1, 3, 256), &[&[0; 7]]),
    ]
}

#[test]
fn a_clean_copy_is_accepted() {
    assert_eq!(clean(&original()).unwrap().0, pages().concat());
    assert_eq!(verdict(&original(), &pages().concat()), Ok(()));
}

#[test]
fn a_copy_with_something_left_in_it_is_refused() {
    let changes: [(&str, usize, Vec<u8>); 13] = [
        ("hints", 0, page(FIRST, (1, 0, 0), &[&first(b"Anna was her")])),
        ("serial", 0, page(FIRST, (7, 0, 0), &[&first(&[0; 12])])),
        ("comments", 1, page(0, (1, 1, 0), &[&commented("Anna", &[]), &setup()])),
        ("setup", 1, {
            let more = [&setup()[..], b"Anna"].concat();
            page(0, (1, 1, 0), &[&commented("", &[]), &more])
        }),
        ("number", 2, page(0, (1, 9, 128), &[&packet(&token())])),
        ("position", 2, page(0, (1, 2, 127), &[&packet(&token())])),
        ("flags", 2, page(8, (1, 2, 128), &[&packet(&token())])),
        ("continued", 2, page(CONTINUED, (1, 2, 128), &[&packet(&token())])),
        ("end", 2, page(LAST, (1, 2, 128), &[&packet(&token())])),
        ("packet", 2, page(0, (1, 2, 128), &[b"\0another one"])),
        ("packets", 2, page(0, (1, 2, 128), &[&packet(&token()), b"\0more"])),
        ("no end", 3, page(0, (1, 3, 256), &[&[0; 7]])),
        ("empty page", 3, {
            [page(0, (1, 3, 256), &[&[0; 7]]), bare_page(LAST, (1, 4, 256), &[], &[])].concat()
        }),
    ];
    for (what, number, changed) in changes {
        let mut copy = pages();
        copy[number] = changed;
        assert_eq!(verdict(&original(), &copy.concat()), Err(Refusal::Verification), "{what}");
    }
    let behind = [pages().concat(), b"Anna".to_vec()].concat();
    let before = [b"Anna".to_vec(), pages().concat()].concat();
    for copy in [behind, before, pages()[..3].concat(), Vec::new(), original()] {
        assert_eq!(verdict(&original(), &copy), Err(Refusal::Verification));
    }
}

#[test]
fn the_setup_and_the_sizes_of_blocks_are_those_of_the_original() {
    let mut other = setup();
    let last = other.len() - 3;
    other[last] ^= 1;
    let copy = recording(1, [&first(&[0; 12]), &commented("", &[]), &other], &[&packet(&token())]);
    let plain =
        recording(1, [&first(&[0; 12]), &commented("", &[]), &setup()], &[&packet(&token())]);
    assert_eq!(verdict(&plain, &plain), Ok(()));
    assert_eq!(verdict(&plain, &copy), Err(Refusal::Verification));
    let mut head = first(&[0; 12]);
    head[28] = 0x98;
    let copy = recording(1, [&head, &commented("", &[]), &setup()], &[&packet(&token())]);
    assert_eq!(verdict(&plain, &copy), Err(Refusal::Verification));
}

#[test]
fn filling_of_opus_packets_is_noughts_and_nothing_else_is() {
    let bare = [&b"OpusTags"[..], &comments("", &[])].concat();
    let (full, empty) = (opus_file(&token(), &bare, b"Anna"), opus_file(&token(), &bare, &[0; 4]));
    let copy = clean(&full).unwrap().0;
    assert_eq!(copy, clean(&empty).unwrap().0);
    assert_eq!(verdict(&full, &copy), Ok(()));
    assert!(opus::is_emptied(b"\x0B\x41\x02atx", b"\x0B\x41\x02a\0\0", 1));
    assert!(!opus::is_emptied(b"\x0B\x41\x02atx", b"\x0B\x41\x02atx", 1));
    assert!(!opus::is_emptied(b"\x0B\x41\x02atx", b"\x0B\x41\x02\0\0\0", 1));
    assert!(!opus::is_emptied(b"\x08abc", b"\x08ab\0", 1));
    // A frame of music that says that it is silent; one of speech says nothing of the sort.
    assert!(opus::is_emptied(b"\xF8\xFF\xFEtxt", b"\xF8\xFF\xFE\0\0\0", 1));
    assert!(!opus::is_emptied(b"\xF8\xFF\xFEtxt", b"\xF8\xFF\xFEtxt", 1));
    assert!(opus::is_emptied(b"\x08\xFF\xFEtxt", b"\x08\xFF\xFEtxt", 1));
    // Two streams, each with filling of its own.
    let (full, empty) =
        (b"\x0B\x41\x01\x01ax\x0B\x41\x01ax", b"\x0B\x41\x01\x01a\0\x0B\x41\x01a\0");
    assert!(opus::is_emptied(full, empty, 2));
    assert!(!opus::is_emptied(full, full, 2));
}

#[test]
fn a_second_recording_is_neither_lost_nor_invented() {
    let two = [original(), original()].concat();
    let copy = clean(&two).unwrap().0;
    assert_eq!(verdict(&two, &copy), Ok(()));
    assert_eq!(verdict(&two, &pages().concat()), Err(Refusal::Verification));
    assert_eq!(verdict(&original(), &copy), Err(Refusal::Verification));
}
