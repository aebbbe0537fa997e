use std::io::Cursor;

use super::*;
use crate::Kind;
use crate::canaries::wav::{FORMAT, chunk, riff, spare};

fn accepts(original: &[u8], clean: &[u8]) -> bool {
    verify(&mut Cursor::new(original), clean, &Limits::default()).is_ok()
}

fn cleaned(original: &[u8]) -> Vec<u8> {
    crate::canaries::clean(original).unwrap().0
}

fn sound() -> Vec<u8> {
    chunk(*b"data", b"samples!")
}

fn plain() -> Vec<u8> {
    riff(&[chunk(*b"fmt ", FORMAT), sound()])
}

#[test]
fn the_canonical_copy_is_accepted_and_is_its_own_copy() {
    assert_eq!(crate::kind::recognise(&mut Cursor::new(plain())), Ok(Kind::Wav));
    assert_eq!(cleaned(&plain()), plain());
    assert!(accepts(&plain(), &plain()));
}

#[test]
fn a_chunk_put_back_is_refused() {
    for name in [
        b"LIST", b"bext", b"iXML", b"axml", b"cart", b"id3 ", b"_PMX", b"JUNK", b"cue ", b"smpl",
        b"PEAK", b"DISP", b"C2PA", b"chna", b"fact", b"fmt ", b"data",
    ] {
        let extra = chunk(*name, b"");
        for at in 0..3 {
            let mut chunks = vec![chunk(*b"fmt ", FORMAT), sound()];
            chunks.insert(at, extra.clone());
            let dirty = riff(&chunks);
            assert!(!accepts(&plain(), &dirty), "{} at {at}", name.escape_ascii());
            assert!(!accepts(&dirty, &dirty), "{} at {at}", name.escape_ascii());
        }
    }
}

#[test]
fn another_header_is_refused() {
    for place in 0..FORMAT.len() {
        let mut format = FORMAT.to_vec();
        format[place] ^= 1;
        let other = riff(&[chunk(*b"fmt ", &format), sound()]);
        assert!(!accepts(&plain(), &other), "byte {place}");
    }
    let longer = [FORMAT, b"\0\0"].concat();
    assert!(!accepts(&plain(), &riff(&[chunk(*b"fmt ", &longer), sound()])));
}

#[test]
fn spare_bytes_of_packed_samples_are_refused() {
    let (full, empty) = (spare(b"Anna"), cleaned(&spare(b"Anna")));
    assert!(accepts(&full, &empty));
    assert_eq!(empty, cleaned(&spare(&[0; 4])));
    assert!(!accepts(&full, &full));
}

#[test]
fn other_fewer_or_more_samples_are_refused() {
    for samples in [&b"sampled!"[..], b"sample", b"samples!x", b"samples!samples!", b""] {
        let other = riff(&[chunk(*b"fmt ", FORMAT), chunk(*b"data", samples)]);
        assert!(!accepts(&plain(), &other), "{samples:?}");
    }
}

#[test]
fn bytes_outside_the_chunks_are_refused() {
    let whole = plain();
    for copy in [
        [&whole[..], b"x"].concat(),
        [&whole[..], &whole[..]].concat(),
        whole[..whole.len() - 1].to_vec(),
        whole[..44].to_vec(),
        Vec::new(),
    ] {
        assert!(!accepts(&whole, &copy));
    }
    let mut claim = whole.clone();
    claim[4] ^= 1;
    assert!(!accepts(&whole, &claim), "the length of the whole");
}

#[test]
fn a_padding_byte_that_is_not_nought_is_refused() {
    let mut format = FORMAT.to_vec();
    (format[2], format[12], format[14]) = (1, 1, 8);
    let odd = riff(&[chunk(*b"fmt ", &format), chunk(*b"data", b"odd")]);
    let clean = cleaned(&odd);
    assert!(accepts(&odd, &clean));
    let mut spoilt = clean;
    *spoilt.last_mut().unwrap() = b'A';
    assert!(!accepts(&odd, &spoilt));
}
