//! Everything that could be put back, put back: the verifier must say no.

use std::io::Cursor;

use super::verify;
use crate::canaries::bmp::{Parts, header};
use crate::{Limits, Notes, Refusal};

fn bitmap(header: Vec<u8>, colours: Vec<u8>, pixels: Vec<u8>) -> Vec<u8> {
    Parts { header, colours, pixels, gap: Vec::new(), behind: Vec::new() }.file()
}

fn rgb() -> Vec<u8> {
    bitmap(header(2, 2, 24, 0), vec![], (0..16).collect())
}

fn indexed() -> Vec<u8> {
    bitmap(header(3, -1, 8, 0), (0..32).collect(), vec![0, 1, 7, 0])
}

/// As palettes of all 256 colours have it, in runs, the first row on top.
fn runs() -> Vec<u8> {
    let colours = (0..=255).flat_map(|shade| [shade, 7, shade, 0]).collect();
    bitmap(header(3, -2, 8, 1), colours, vec![3, 65, 0, 0, 0, 3, 1, 2, 3, 0, 0, 1])
}

fn transparent() -> Vec<u8> {
    let mut head = header(2, 1, 32, 3);
    head.extend([0xFF_0000_u32, 0xFF00, 0xFF, 0xFF00_0000].map(u32::to_le_bytes).concat());
    bitmap(head, vec![], vec![1, 2, 3, 255, 4, 5, 6, 0])
}

fn all() -> [Vec<u8>; 4] {
    let mut indexed = indexed();
    indexed[46] = 8;
    [rgb(), indexed, runs(), transparent()]
}

fn cleaned(original: &[u8]) -> Vec<u8> {
    let copy =
        crate::bmp::clean(&mut Cursor::new(original), &Limits::default(), &mut Notes::default());
    copy.unwrap().bytes().unwrap().to_vec()
}

fn verdict(original: &[u8], clean: &[u8]) -> Result<(), Refusal> {
    verify(&mut Cursor::new(original), clean, &Limits::default())
}

#[test]
fn clean_copies_are_accepted() {
    for original in all() {
        assert_eq!(verdict(&original, &cleaned(&original)), Ok(()), "{}", original.escape_ascii());
    }
}

#[test]
fn a_copy_of_another_picture_is_refused() {
    for (number, original) in all().iter().enumerate() {
        for other in all().iter().skip(number + 1) {
            let verdict = verdict(original, &cleaned(other));
            assert_eq!(verdict, Err(Refusal::Verification));
        }
    }
    let mut other = rgb();
    *other.last_mut().unwrap() = 0;
    other[14 + 40] = 99;
    assert_eq!(verdict(&rgb(), &cleaned(&other)), Err(Refusal::Verification));
    let mut upside_down = rgb();
    upside_down[22..26].copy_from_slice(&(-2_i32).to_le_bytes());
    assert_eq!(verdict(&rgb(), &cleaned(&upside_down)), Err(Refusal::Verification));
}

#[test]
fn chunks_that_a_bitmap_cannot_ask_for_are_refused() {
    let clean = cleaned(&rgb());
    for name in [b"tEXt", b"sRGB", b"gAMA", b"pHYs", b"eXIf", b"iCCP", b"anna"] {
        let chunk = [name, &b"\0"[..]].concat();
        let mut checksum = flate2::Crc::new();
        checksum.update(&chunk);
        let chunk = [&[0, 0, 0, 1], &chunk[..], &checksum.sum().to_be_bytes()].concat();
        let dirty = [&clean[..33], &chunk, &clean[33..]].concat();
        assert_eq!(verdict(&rgb(), &dirty), Err(Refusal::Verification));
    }
    assert_eq!(verdict(&rgb(), &[&clean[..], b"Anna"].concat()), Err(Refusal::Verification));
    assert_eq!(verdict(&rgb(), &rgb()), Err(Refusal::Verification));
}
