//! Everything that could be put back, put back: the verifier must say no.

use std::io::Cursor;

use super::verify;
use crate::canaries::jxl::{STREAM, boxed, file};
use crate::{Limits, Refusal};

fn verdict(original: &[u8], clean: &[u8]) -> Result<(), Refusal> {
    verify(&mut Cursor::new(original), clean, &Limits::default())
}

fn refused(original: &[u8], clean: &[u8]) {
    assert_eq!(verdict(original, clean), Err(Refusal::Verification), "{}", clean.escape_ascii());
}

#[test]
fn the_stream_alone_is_accepted() {
    let dirty = file(&[boxed(*b"Exif", b"Anna"), boxed(*b"jxlc", STREAM)]);
    for original in [STREAM, &dirty, &file(&[boxed(*b"jxlc", STREAM)])] {
        assert_eq!(verdict(original, STREAM), Ok(()));
    }
}

#[test]
fn boxes_and_bytes_behind_the_end_are_refused() {
    let dirty = file(&[boxed(*b"Exif", b"Anna"), boxed(*b"jxlc", STREAM)]);
    refused(&dirty, &dirty);
    let bare = file(&[boxed(*b"jxlc", STREAM)]);
    refused(&bare, &bare);
    for more in [&b"\0"[..], b"Anna", STREAM] {
        let longer = [STREAM, more].concat();
        refused(&longer, &longer);
        refused(STREAM, &longer);
    }
    for length in 0..STREAM.len() {
        let shorter = &STREAM[..length];
        refused(shorter, shorter);
        refused(STREAM, shorter);
    }
}

#[test]
fn another_stream_is_refused() {
    for at in 0..STREAM.len() {
        let mut other = STREAM.to_vec();
        other[at] ^= 1;
        refused(STREAM, &other);
    }
}

#[test]
fn a_picture_that_is_too_large_is_refused() {
    let limits = Limits { pixels: 63, ..Limits::default() };
    let verdict = verify(&mut Cursor::new(STREAM), STREAM, &limits);
    assert_eq!(verdict, Err(Refusal::Verification));
}
