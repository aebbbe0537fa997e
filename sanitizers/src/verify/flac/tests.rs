use super::*;
use crate::canaries::flac::{block, file, frame, info};

fn accepts(original: &[u8], clean: &[u8]) -> bool {
    verify(&mut Cursor::new(original), clean, &Limits::default()).is_ok()
}

const SOUND: &[u8] = b"sixteen bytes of";

fn plain() -> Vec<u8> {
    file(&[block(0, &info(SOUND, 2))], &[frame(0, SOUND), frame(1, SOUND)])
}

#[test]
fn the_canonical_copy_is_accepted_and_is_its_own_copy() {
    assert_eq!(crate::canaries::clean(&plain()).unwrap().0, plain());
    assert!(accepts(&plain(), &plain()));
}

#[test]
fn a_block_put_back_is_refused() {
    for kind in 0..8 {
        for content in [&b""[..], &[0; 8], b"\x04\0\0\0Anna\0\0\0\0", SOUND] {
            let dirty = file(
                &[block(0, &info(SOUND, 2)), block(kind, content)],
                &[frame(0, SOUND), frame(1, SOUND)],
            );
            assert!(!accepts(&plain(), &dirty), "{kind}");
            assert!(!accepts(&dirty, &dirty), "{kind}");
        }
    }
}

#[test]
fn bytes_around_the_stream_are_refused() {
    let whole = plain();
    for copy in [
        [&b"ID3\x04\0\0\0\0\0\0"[..], &whole].concat(),
        [&whole[..], b"x"].concat(),
        [&whole[..], &frame(2, SOUND)].concat(),
        [&whole[..], b"TAG", &[0; 125]].concat(),
        whole[..whole.len() - 1].to_vec(),
        Vec::new(),
    ] {
        assert!(!accepts(&whole, &copy));
    }
}

#[test]
fn a_single_other_byte_is_refused() {
    let whole = plain();
    for place in 0..whole.len() {
        let mut other = whole.clone();
        other[place] ^= 1;
        assert!(!accepts(&whole, &other), "byte {place}");
    }
}

#[test]
fn missing_or_turned_frames_are_refused() {
    let stream = |frames: &[Vec<u8>]| file(&[block(0, &info(SOUND, 2))], frames);
    assert!(!accepts(&plain(), &stream(&[frame(0, SOUND)])));
    assert!(!accepts(&plain(), &stream(&[frame(1, SOUND), frame(0, SOUND)])));
    assert!(!accepts(&plain(), &stream(&[frame(0, SOUND), frame(1, b"another 16 bytes")])));
}

#[test]
fn a_digest_that_is_none_is_refused() {
    let mut marked = plain();
    marked[26..42].copy_from_slice(b"for Anna's eyes!");
    assert!(!accepts(&marked, &marked));
}
