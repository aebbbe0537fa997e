//! Everything that could be put back, put back: the verifier must say no.

use std::io::{Cursor, Write};

use super::verify;
use crate::{Limits, Notes, Refusal};

fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(&name);
    crc.update(data);
    let length = u32::try_from(data.len()).unwrap();
    [&length.to_be_bytes()[..], &name, data, &crc.sum().to_be_bytes()].concat()
}

fn zlib(data: &[u8]) -> Vec<u8> {
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(1));
    zlib.write_all(data).unwrap();
    zlib.finish().unwrap()
}

fn join(parts: &[Vec<u8>]) -> Vec<u8> {
    [&[b"\x89PNG\r\n\x1a\n".to_vec()][..], parts, &[chunk(*b"IEND", b"")]].concat().concat()
}

const SIZE: [u8; 8] = [0, 0, 0, 2, 0, 0, 0, 2];

fn header(depth: u8, colour: u8) -> Vec<u8> {
    chunk(*b"IHDR", &[&SIZE[..], &[depth, colour, 0, 0, 0]].concat())
}

/// Canonical rows of a grey picture.
const ROWS: &[u8] = b"\x02\x10\x90\x02\x20\x15";

fn grey(before: &[Vec<u8>], rows: &[u8]) -> Vec<u8> {
    join(&[&[header(8, 0)], before, &[chunk(*b"IDAT", &zlib(rows))]].concat())
}

fn accepts(original: &[u8], clean: &[u8]) -> bool {
    verify(&mut Cursor::new(original), clean, &Limits::default()) == Ok(())
}

fn cleaned(original: &[u8]) -> Vec<u8> {
    crate::png::clean(&mut Cursor::new(original), &Limits::default(), &mut Notes::default())
        .unwrap()
}

#[test]
fn the_canonical_copy_is_accepted() {
    let original = grey(&[], ROWS);
    let clean = cleaned(&original);
    assert!(accepts(&original, &clean));
    assert_eq!(cleaned(&clean), clean);
}

#[test]
fn a_chunk_outside_the_list_is_refused_even_if_the_original_has_it() {
    for name in [b"tEXt", b"zTXt", b"iTXt", b"tIME", b"bKGD", b"sPLT", b"caBX", b"iDOT", b"PLTE"] {
        let dirty = grey(&[chunk(*name, b"a\0\0b")], ROWS);
        assert!(!accepts(&dirty, &dirty), "{}", name.escape_ascii());
    }
}

#[test]
fn allowed_chunks_with_more_than_the_canonical_content_are_refused() {
    let tiff = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let pieces: [(&[u8; 4], Vec<u8>); 8] = [
        (b"eXIf", [&tiff[..], b"Anna"].concat()),
        (b"iCCP", [b"Annas screen\0\0", &zlib(b"x")[..]].concat()),
        (b"iCCP", [b"ICC\0\0", &zlib(b"x")[..]].concat()),
        (b"pHYs", vec![0, 0, 11, 19, 0, 0, 11, 19, 1]),
        (b"gAMA", 45_456_u32.to_be_bytes().to_vec()),
        (b"cHRM", vec![1; 32]),
        (b"sRGB", vec![0, 0]),
        (b"tRNS", vec![1, 0x10]),
    ];
    for (name, data) in pieces {
        let dirty = grey(&[chunk(*name, &data)], ROWS);
        assert!(!accepts(&dirty, &dirty), "{} {data:?}", name.escape_ascii());
    }
}

#[test]
fn chunks_the_original_does_not_have_are_refused() {
    let original = grey(&[], ROWS);
    let pieces: [(&[u8; 4], &[u8]); 6] = [
        (b"sRGB", &[0]),
        (b"gAMA", &[0, 0, 0xB1, 0x8F]),
        (b"cICP", &[9, 16, 0, 1]),
        (b"sBIT", &[3]),
        (b"tRNS", &[0, 0x10]),
        (b"pHYs", &[0, 0, 0, 200, 0, 0, 0, 100, 0]),
    ];
    for (name, data) in pieces {
        assert!(!accepts(&original, &grey(&[chunk(*name, data)], ROWS)), "{}", name.escape_ascii());
    }
}

#[test]
fn rows_of_another_picture_filter_or_length_are_refused() {
    let original = grey(&[], ROWS);
    let others: [&[u8]; 6] = [
        b"\x02\x10\x90\x02\x20\x16",
        b"\x00\x10\x90\x02\x20\x15",
        b"\x02\x10\x90\x00\x30\xA5",
        b"\x02\x10\x90",
        b"\x02\x10\x90\x02\x20\x15\0",
        b"",
    ];
    for rows in others {
        assert!(!accepts(&original, &grey(&[], rows)), "{rows:x?}");
    }
}

#[test]
fn bytes_outside_the_chunks_or_behind_the_stream_are_refused() {
    let original = grey(&[], ROWS);
    let behind = [&zlib(ROWS)[..], b"x"].concat();
    let split = zlib(ROWS);
    let copies = [
        [&original[..], b"x"].concat(),
        [&original[..], &original[..]].concat(),
        original[..original.len() - 1].to_vec(),
        join(&[header(8, 0), chunk(*b"IDAT", &behind)]),
        join(&[header(8, 0), chunk(*b"IDAT", &split), chunk(*b"IDAT", b"")]),
        join(&[header(8, 0), chunk(*b"IDAT", &split[..4]), chunk(*b"IDAT", &split[4..])]),
        join(&[header(8, 0), chunk(*b"IDAT", &split), chunk(*b"sRGB", &[0])]),
        join(&[chunk(*b"IDAT", &split), header(8, 0)]),
        join(&[header(8, 0)]),
        Vec::new(),
    ];
    for clean in copies {
        assert!(!accepts(&original, &clean), "{clean:x?}");
    }
}

#[test]
fn a_colour_space_that_got_lost_is_refused() {
    for (name, data) in [(*b"gAMA", &[0, 1, 0x86, 0xA0][..]), (*b"sRGB", &[0])] {
        let original = grey(&[chunk(name, data)], ROWS);
        assert!(accepts(&original, &cleaned(&original)));
        assert!(!accepts(&original, &grey(&[], ROWS)), "{}", name.escape_ascii());
    }
}

#[test]
fn a_wrong_checksum_is_refused() {
    let original = grey(&[], ROWS);
    let mut clean = original.clone();
    *clean.last_mut().unwrap() ^= 1;
    assert!(!accepts(&original, &clean));
}

#[test]
fn colours_that_are_not_shown_are_refused() {
    let palette = |colours: &[u8], alpha: &[u8]| {
        join(&[
            header(8, 3),
            chunk(*b"PLTE", colours),
            chunk(*b"tRNS", alpha),
            chunk(*b"IDAT", &zlib(b"\0\x02\x02\0\x02\0")),
        ])
    };
    let original = palette(&[9, 9, 9, 8, 8, 8, 7, 7, 7, 6, 6, 6], &[0, 5, 6, 7]);
    let clean = palette(&[0, 0, 0, 0, 0, 0, 7, 7, 7], &[0, 255, 6]);
    assert_eq!(cleaned(&original), clean);
    assert!(accepts(&original, &clean));
    let leaks = [
        palette(&[9, 9, 9, 0, 0, 0, 7, 7, 7], &[0, 255, 6]),
        palette(&[0, 0, 0, 8, 8, 8, 7, 7, 7], &[0, 255, 6]),
        palette(&[0, 0, 0, 0, 0, 0, 7, 7, 7], &[0, 5, 6]),
        palette(&[0, 0, 0, 0, 0, 0, 7, 7, 7, 6, 6, 6], &[0, 255, 6]),
        palette(&[0, 0, 0, 0, 0, 0, 7, 7, 1], &[0, 255, 6]),
        palette(&[0, 0, 0, 0, 0, 0, 7, 7, 7], &[0, 255, 7]),
    ];
    for leak in leaks {
        assert!(!accepts(&original, &leak), "{leak:x?}");
    }
}

#[test]
fn the_colour_of_transparent_pixels_is_refused() {
    let picture = |hidden: u8| {
        let row = [0, hidden, 0, 0, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 1, 2, 3, 4];
        join(&[header(8, 6), chunk(*b"IDAT", &zlib(&row))])
    };
    let original = picture(9);
    assert!(accepts(&original, &cleaned(&original)));
    assert!(!accepts(&original, &original));
    let canonical = cleaned(&picture(0));
    assert_eq!(cleaned(&original), canonical);
}

#[test]
fn a_source_that_fails_is_no_verdict() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("broken"))
        }
    }
    impl std::io::Seek for Broken {
        fn seek(&mut self, _: std::io::SeekFrom) -> std::io::Result<u64> {
            Err(std::io::Error::other("broken"))
        }
    }
    let clean = grey(&[], ROWS);
    assert_eq!(verify(&mut Broken, &clean, &Limits::default()), Err(Refusal::Internal));
}
