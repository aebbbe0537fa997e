//! Everything that could be put back, put back: the verifier must say no.

use std::io::Cursor;

use super::verify;
use crate::canaries::tiff::{Field, file, grey, short};
use crate::{Limits, Notes, Refusal};

/// Grey, in two strips of four rows and one of two.
fn strips(coding: u16, more: Vec<Field>, packed: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let samples: Vec<u8> = (0..90).map(|sample| sample % 7 * 30).collect();
    let fields = [grey(9, 10, coding), vec![short(278, &[4])], more].concat();
    file(&[(fields, samples.chunks(36).map(packed).collect())])
}

fn plain() -> Vec<u8> {
    strips(1, vec![], <[u8]>::to_vec)
}

fn lzw() -> Vec<u8> {
    strips(5, vec![short(317, &[2])], |strip| crate::lzw::Lzw::tiff().fold(strip))
}

/// Tiles of 16 by 16, of which the right ones hang over.
fn tiles() -> Vec<u8> {
    let fields = [grey(20, 16, 1), vec![short(322, &[16]), short(323, &[16])]].concat();
    file(&[(fields, vec![vec![9; 256], vec![8; 256]])])
}

/// Colours and a transparency that is not mixed with them.
fn transparent() -> Vec<u8> {
    let fields = vec![
        short(256, &[3]),
        short(257, &[1]),
        short(258, &[8; 4]),
        short(262, &[2]),
        short(277, &[4]),
        short(338, &[2]),
    ];
    file(&[(fields, vec![vec![1, 2, 3, 255, 7, 8, 9, 0, 4, 5, 6, 128]])])
}

/// The same in planes, with a predictor.
fn transparent_planes() -> Vec<u8> {
    let fields = vec![
        short(256, &[3]),
        short(257, &[1]),
        short(258, &[8; 4]),
        short(259, &[5]),
        short(262, &[2]),
        short(277, &[4]),
        short(284, &[2]),
        short(317, &[2]),
        short(338, &[2]),
    ];
    let planes = [[1, 6, 0xFD], [2, 6, 0xFD], [3, 6, 0xFD], [255, 1, 128]];
    let packed = planes.map(|plane| crate::lzw::Lzw::tiff().fold(&plane)).to_vec();
    file(&[(fields, packed)])
}

fn palette() -> Vec<u8> {
    let colours: Vec<u16> = (0..48).map(|colour| colour * 1000).collect();
    let fields = vec![
        short(256, &[3]),
        short(257, &[1]),
        short(258, &[4]),
        short(262, &[3]),
        short(320, &colours),
    ];
    file(&[(fields, vec![vec![0x12, 0x3F]])])
}

fn pages() -> Vec<u8> {
    let page = |shade| ([grey(3, 1, 1), vec![short(274, &[6])]].concat(), vec![vec![shade; 3]]);
    file(&[page(1), page(2)])
}

fn cleaned(original: &[u8]) -> Vec<u8> {
    crate::tiff::clean(&mut Cursor::new(original), &Limits::default(), &mut Notes::default())
        .unwrap()
}

fn verdict(original: &[u8], clean: &[u8]) -> Result<(), Refusal> {
    verify(&mut Cursor::new(original), clean, &Limits::default())
}

#[test]
fn clean_copies_are_accepted_and_are_their_own_clean_copies() {
    for original in
        [plain(), lzw(), tiles(), transparent(), transparent_planes(), palette(), pages()]
    {
        let clean = cleaned(&original);
        assert_eq!(verdict(&original, &clean), Ok(()), "{}", original.escape_ascii());
        assert_eq!(verdict(&clean, &clean), Ok(()));
        assert_eq!(cleaned(&clean), clean);
    }
}

#[test]
fn no_byte_of_a_copy_can_be_changed() {
    for original in [plain(), lzw(), tiles(), transparent(), palette(), pages()] {
        let clean = cleaned(&original);
        for at in 0..clean.len() {
            for bit in [1, 0x80] {
                let mut other = clean.clone();
                other[at] ^= bit;
                let refused = verdict(&original, &other) == Err(Refusal::Verification);
                assert!(refused, "{at} of {}", clean.escape_ascii());
            }
        }
    }
}

#[test]
fn nothing_may_be_behind_or_missing() {
    let original = plain();
    let clean = cleaned(&original);
    for other in [
        [&clean[..], b"Anna"].concat(),
        [&clean[..], &[0]].concat(),
        clean[..clean.len() - 1].to_vec(),
        Vec::new(),
    ] {
        assert_eq!(verdict(&original, &other), Err(Refusal::Verification));
    }
}

#[test]
fn entries_outside_the_list_are_refused_even_if_the_original_has_them() {
    for tag in [269, 270, 271, 272, 305, 306, 315, 316, 330, 333, 347, 700, 33_432, 34_665] {
        for kind in [2, 3, 4, 7] {
            let dirty = strips(1, vec![(tag, kind, b"Anna".to_vec())], <[u8]>::to_vec);
            assert_eq!(verdict(&dirty, &dirty), Err(Refusal::Verification), "{tag}");
            assert_eq!(verdict(&dirty, &cleaned(&dirty)), Ok(()), "{tag}");
        }
    }
}

#[test]
fn what_nobody_is_shown_must_be_cleared() {
    for dirty in [tiles(), transparent(), transparent_planes(), palette()] {
        assert_eq!(verdict(&dirty, &dirty), Err(Refusal::Verification));
    }
    // Another way to pack the same: the table is cleared too early.
    let wordy = strips(5, vec![], |strip| {
        weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8)
            .encode(strip)
            .unwrap()
            .into_iter()
            .chain([0])
            .collect()
    });
    assert_eq!(verdict(&wordy, &wordy), Err(Refusal::Verification));
}

#[test]
fn pages_must_be_all_of_them_in_their_order() {
    let original = pages();
    let page = |shade| ([grey(3, 1, 1), vec![short(274, &[6])]].concat(), vec![vec![shade; 3]]);
    for other in [vec![page(1)], vec![page(2), page(1)], vec![page(1), page(2), page(2)]] {
        let other = cleaned(&file(&other));
        assert_eq!(verdict(&original, &other), Err(Refusal::Verification));
        assert_eq!(verdict(&other, &other), Ok(()));
    }
}
