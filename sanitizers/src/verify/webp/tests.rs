//! Everything that could be put back, put back: the verifier must say no.

use std::io::Cursor;

use super::verify;
use crate::{Limits, Notes, Refusal, exif};

fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap();
    let rest: &[u8] = if data.len() % 2 == 1 { &[0] } else { &[] };
    [&name[..], &length.to_le_bytes(), data, rest].concat()
}

fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(*b"RIFF", &[&b"WEBP"[..], &chunks.concat()].concat())
}

fn extended(flags: u8) -> Vec<u8> {
    chunk(*b"VP8X", &[flags, 0, 0, 0, 3, 0, 0, 1, 0, 0])
}

/// A lossy picture of 4 by 2 pixels, as another program codes it, with these bytes behind it.
fn longer_lossy(behind: &[u8]) -> Vec<u8> {
    let picture = b"\xB0\x01\x00\x9D\x01\x2A\x04\x00\x02\x00\x02\xC0\x4C\x25\x94\x02\x74\x01\
        \x0E\xFE\x02\xEC\x00\xCE\x3E\xBC\x7D\xCF\x5A\x11\xB7\x9E\x73\xB0\x00\x00\x00";
    // With an odd length.
    chunk(*b"VP8 ", &[&picture[..], behind].concat())
}

fn lossy() -> Vec<u8> {
    longer_lossy(b"")
}

fn longer_lossless(behind: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = image_webp::WebPEncoder::new(&mut file);
    encoder.encode(&[9; 24], 4, 2, image_webp::ColorType::Rgb8).unwrap();
    let length = usize::from(file[16]);
    chunk(*b"VP8L", &[&file[20..20 + length], behind].concat())
}

fn lossless() -> Vec<u8> {
    longer_lossless(b"")
}

fn plane(behind: &[u8]) -> Vec<u8> {
    chunk(*b"ALPH", &[&[0, 1, 2, 3, 4, 5, 6, 7, 8][..], behind].concat())
}

/// A lossless picture without its head is a packed plane.
fn packed(behind: &[u8]) -> Vec<u8> {
    chunk(*b"ALPH", &[&[1], &longer_lossless(behind)[13..]].concat())
}

fn frame(flags: u8, inside: &[Vec<u8>]) -> Vec<u8> {
    let head = [0, 0, 0, 0, 0, 0, 3, 0, 0, 1, 0, 0, 50, 0, 0, flags];
    chunk(*b"ANMF", &[&head[..], &inside.concat()].concat())
}

fn plays(background: u8, times: u8) -> Vec<u8> {
    chunk(*b"ANIM", &[background, 0, 0, 0, times, 0])
}

fn animation() -> Vec<u8> {
    file(&[extended(18), plays(0, 3), frame(2, &[plane(b""), lossy()]), frame(1, &[lossless()])])
}

fn turned() -> Vec<u8> {
    file(&[extended(8), lossy(), chunk(*b"EXIF", &exif::orientation_only(6))])
}

fn cleaned(original: &[u8]) -> Vec<u8> {
    crate::webp::clean(&mut Cursor::new(original), &Limits::default(), &mut Notes::default())
        .unwrap()
}

fn accepted(original: &[u8], clean: &[u8]) {
    let verdict = verify(&mut Cursor::new(original), clean, &Limits::default());
    assert_eq!(verdict, Ok(()), "{}", clean.escape_ascii());
}

fn refused(original: &[u8], clean: &[u8]) {
    let verdict = verify(&mut Cursor::new(original), clean, &Limits::default());
    assert_eq!(verdict, Err(Refusal::Verification), "{}", clean.escape_ascii());
}

#[test]
fn canonical_copies_are_accepted() {
    let transparent = file(&[extended(16), plane(b""), lossy()]);
    for file in [file(&[lossy()]), file(&[lossless()]), transparent, animation(), turned()] {
        assert_eq!(cleaned(&file), file, "{}", file.escape_ascii());
        accepted(&file, &file);
    }
}

#[test]
fn chunks_outside_the_list_are_refused_even_if_the_original_has_them() {
    for name in [b"XMP ", b"C2PA", b"JUNK", b"LIST", b"anna", b"ICCP", b"ANIM", b"VP8X"] {
        let extra = chunk(*name, b"Anna");
        for dirty in [
            file(&[extended(0), extra.clone(), lossy()]),
            file(&[
                extended(8),
                lossy(),
                chunk(*b"EXIF", &exif::orientation_only(6)),
                extra.clone(),
            ]),
            file(&[lossy(), extra.clone()]),
            file(&[extended(2), plays(0, 3), frame(2, &[lossy(), extra.clone()])]),
            file(&[extended(2), plays(0, 3), extra.clone(), frame(2, &[lossy()])]),
        ] {
            refused(&dirty, &dirty);
        }
    }
}

#[test]
fn an_exif_that_says_more_than_the_orientation_is_refused() {
    let block = exif::orientation_only(6);
    let mut little = block.clone();
    little[..4].copy_from_slice(b"II\x2a\0");
    for block in [[&block[..], b"Anna"].concat(), block[..25].to_vec(), little, b"Anna".to_vec()] {
        let dirty = file(&[extended(8), lossy(), chunk(*b"EXIF", &block)]);
        refused(&dirty, &dirty);
        refused(&turned(), &dirty);
    }
    let other = file(&[extended(8), lossy(), chunk(*b"EXIF", &exif::orientation_only(8))]);
    refused(&turned(), &other);
    refused(&turned(), &file(&[lossy()]));
    refused(&file(&[lossy()]), &turned());
}

#[test]
fn flags_that_do_not_follow_from_the_chunks_are_refused() {
    let original = file(&[extended(16), plane(b""), lossy()]);
    for flags in [0, 17, 24, 48, 20, 18, 144] {
        refused(&original, &file(&[extended(flags), plane(b""), lossy()]));
    }
    let mut reserved = original.clone();
    reserved[22] = 1;
    refused(&original, &reserved);
    // A head that is not needed.
    refused(&file(&[lossy()]), &file(&[extended(0), lossy()]));
}

#[test]
fn bytes_that_nobody_is_shown_are_refused() {
    let original = file(&[lossy()]);
    refused(&original, &[&original[..], b"Anna"].concat());
    refused(&original, &original[..original.len() - 1]);
    refused(&original, b"");
    let mut filled = original.clone();
    *filled.last_mut().unwrap() = 7;
    refused(&original, &filled);
    let stored = file(&[extended(16), plane(b"Anna"), lossy()]);
    accepted(&stored, &cleaned(&stored));
    refused(&stored, &stored);
    let mut reserved = file(&[extended(16), plane(b""), lossy()]);
    reserved[38] = 0x40;
    refused(&reserved, &reserved);
    let background =
        file(&[extended(2), plays(9, 3), frame(2, &[lossless()]), frame(1, &[lossless()])]);
    accepted(&background, &cleaned(&background));
    refused(&background, &background);
    for longer in [
        file(&[longer_lossy(b"Anna")]),
        file(&[longer_lossless(b"Anna")]),
        file(&[extended(16), packed(b"Anna"), lossy()]),
        file(&[extended(18), plays(0, 3), frame(2, &[packed(b""), longer_lossy(b"Anna")])]),
        file(&[extended(2), plays(0, 3), frame(1, &[longer_lossless(b"Anna")])]),
    ] {
        accepted(&longer, &cleaned(&longer));
        refused(&longer, &longer);
    }
    let behind = file(&[extended(2), plays(0, 3), frame(6, &[lossless()])]);
    accepted(&behind, &cleaned(&behind));
    refused(&behind, &behind);
}

#[test]
fn what_is_shown_must_be_what_was_shown() {
    let original = animation();
    for at in 0..original.len() {
        let mut other = original.clone();
        other[at] ^= 1;
        refused(&original, &other);
    }
    let frames = [frame(2, &[plane(b""), lossy()]), frame(1, &[lossless()])];
    let [first, second] = frames;
    let head = [extended(18), plays(0, 3)].concat();
    for frames in [
        vec![first.clone()],
        vec![second.clone(), first.clone()],
        vec![first.clone(), second.clone(), second],
    ] {
        refused(&original, &file(&[std::slice::from_ref(&head), &frames[..]].concat()));
    }
    refused(&file(&[lossy()]), &file(&[lossless()]));
    refused(&file(&[extended(16), plane(b""), lossy()]), &file(&[lossy()]));
}
