use std::io::Cursor;

use super::*;
use crate::canaries::film::build::{Film as Built, Track as Planted, bx, full, messages, unit};
use crate::canaries::{Outcome, Token, rows};
use crate::{Notes, film};

const KINDS: [Kind; 3] = [Kind::Mp4, Kind::Mov, Kind::M4a];

/// A film of two tracks that has nothing to hide, and its copy.
fn pair(kind: Kind) -> (Vec<u8>, Vec<u8>) {
    let token = Token::new(7);
    let original = match kind {
        Kind::M4a => Built::new(b"M4A ", vec![Planted::aac()]),
        Kind::Mov => Built::new(b"qt  ", vec![Planted::avc(&token), Planted::aac()]),
        _ => Built::plain(&token),
    };
    let original = original.built();
    let source = &mut Cursor::new(&original);
    let copy = film::clean(kind, source, &Limits::default(), &mut Notes::default()).unwrap();
    let copy = copy.into_bytes(source).unwrap();
    (original, copy)
}

fn says(kind: Kind, original: &[u8], copy: &[u8]) -> bool {
    let copy = Copy::of(kind, copy.to_vec());
    verify(kind, &mut Cursor::new(original), &copy, &Limits::default()).is_ok()
}

/// The copy with a box at the end of another one, everything moved to fit.
fn with(copy: &[u8], path: &[&[u8; 4]], put: &[u8]) -> Vec<u8> {
    let mut file = copy.to_vec();
    let (mut heads, mut from, mut end) = (Vec::new(), 0, file.len());
    for name in path {
        loop {
            let size = u32::from_be_bytes(file[from..from + 4].try_into().unwrap()) as usize;
            if &file[from + 4..from + 8] == name.as_slice() {
                heads.push(from);
                end = from + size;
                from += match &name[..] {
                    b"stsd" | b"dref" => 16,
                    b"avc1" => 86,
                    b"mp4a" => 36,
                    _ => 8,
                };
                break;
            }
            from += size;
        }
    }
    file.splice(end..end, put.iter().copied());
    let longer = u32::try_from(put.len()).unwrap();
    for head in heads {
        add(&mut file, head, longer);
    }
    if path.first() == Some(&b"moov") {
        let all: Vec<usize> = memchr::memmem::find_iter(&file, b"stco").collect();
        for at in all {
            let count = u32::from_be_bytes(file[at + 8..at + 12].try_into().unwrap()) as usize;
            (0..count).for_each(|number| add(&mut file, at + 12 + 4 * number, longer));
        }
    }
    file
}

fn add(file: &mut [u8], at: usize, more: u32) {
    let number = u32::from_be_bytes(file[at..at + 4].try_into().unwrap()) + more;
    file[at..at + 4].copy_from_slice(&number.to_be_bytes());
}

#[test]
fn a_clean_copy_is_accepted_also_as_the_copy_of_itself() {
    for kind in KINDS {
        let (original, copy) = pair(kind);
        assert!(says(kind, &original, &copy), "{kind:?}");
        assert!(says(kind, &copy, &copy), "{kind:?}");
    }
}

#[test]
fn a_copy_in_which_any_one_byte_is_another_is_refused() {
    for kind in KINDS {
        let (original, copy) = pair(kind);
        for at in 0..copy.len() {
            for change in [0x01, 0x80, 0xFF] {
                let mut other = copy.clone();
                other[at] ^= change;
                assert!(!says(kind, &original, &other), "{kind:?}, byte {at}");
            }
        }
    }
}

#[test]
fn a_copy_that_ends_too_early_or_too_late_is_refused() {
    let (original, copy) = pair(Kind::Mp4);
    for length in 0..copy.len() {
        assert!(!says(Kind::Mp4, &original, &copy[..length]), "{length}");
    }
    assert!(!says(Kind::Mp4, &original, &[&copy[..], b"Anna"].concat()));
    assert!(!says(Kind::Mp4, &original, &[copy, bx(b"free", b"Anna")].concat()));
}

#[test]
fn a_box_that_is_put_back_is_refused_wherever_it_is() {
    let (original, copy) = pair(Kind::Mp4);
    let paths: [&[&[u8; 4]]; 12] = [
        &[],
        &[b"ftyp"],
        &[b"moov"],
        &[b"moov", b"trak"],
        &[b"moov", b"trak", b"mdia"],
        &[b"moov", b"trak", b"mdia", b"minf"],
        &[b"moov", b"trak", b"mdia", b"minf", b"dinf"],
        &[b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"],
        &[b"moov", b"trak", b"mdia", b"minf", b"stbl"],
        &[b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd"],
        &[b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"avc1"],
        &[b"mdat"],
    ];
    let boxes = [
        bx(b"free", &[]),
        bx(b"udta", &bx(b"\xA9xyz", b"+55.6+12.5/")),
        full(b"meta", b"Anna"),
        bx(b"uuid", &[0; 20]),
        bx(b"edts", &full(b"elst", &[0; 4])),
        full(b"sdtp", &[0; 2]),
    ];
    for path in paths {
        for put in &boxes {
            assert!(!says(Kind::Mp4, &original, &with(&copy, path, put)), "{path:?}");
        }
    }
    assert!(says(Kind::Mp4, &original, &with(&copy, &[b"moov"], &[])));
}

#[test]
fn a_film_that_is_handed_back_as_it_came_is_refused() {
    let token = Token::new(1);
    let rows = rows().into_iter().filter(|row| KINDS.contains(&row.kind));
    let mut count = 0;
    for row in rows.filter(|row| !matches!(row.outcome, Outcome::Refused(_))) {
        let planted = (row.plant)(&token);
        assert!(!says(row.kind, &planted, &planted), "{}", row.place);
        count += 1;
    }
    assert!(count > 90);
}

/// The copy of a film whose second picture has this unit in front of it.
fn copy_with(content: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let token = Token::new(7);
    let mut film = Built::plain(&token);
    let picture = film.tracks[0].samples[1].clone();
    film.tracks[0].samples[1] = [content, &picture].concat();
    let original = film.built();
    let source = &mut Cursor::new(&original);
    let copy = film::clean(Kind::Mp4, source, &Limits::default(), &mut Notes::default()).unwrap();
    let copy = copy.into_bytes(source).unwrap();
    (original, copy)
}

#[test]
fn a_copy_with_the_samples_of_another_film_is_refused() {
    let (plain, copy) = copy_with(&[]);
    let (dirty, same) = copy_with(&unit(&[6], &messages(&[(5, b"Anna")])));
    assert_eq!(copy, same, "the message is all that differs");
    assert!(says(Kind::Mp4, &dirty, &copy));
    let (other, kept) = copy_with(&unit(&[6], &messages(&[(6, &[0x84])])));
    assert_ne!(copy, kept);
    assert!(says(Kind::Mp4, &other, &kept));
    // A message that must stay is gone, or one is there that was not.
    assert!(!says(Kind::Mp4, &other, &copy));
    assert!(!says(Kind::Mp4, &plain, &kept));
}

#[test]
fn a_copy_under_the_name_of_another_format_is_refused() {
    for kind in KINDS {
        let (original, copy) = pair(kind);
        for other in KINDS.into_iter().filter(|&other| other != kind) {
            let copy = Copy::of(other, copy.clone());
            let verdict = verify(kind, &mut Cursor::new(&original), &copy, &Limits::default());
            assert_eq!(verdict, Err(Refusal::Verification));
        }
    }
}

#[test]
fn more_samples_than_the_limit_are_refused_here_as_well() {
    let (original, copy) = pair(Kind::Mp4);
    let copy = Copy::of(Kind::Mp4, copy);
    let verdict = |samples| {
        let limits = Limits { samples, ..Limits::default() };
        verify(Kind::Mp4, &mut Cursor::new(&original), &copy, &limits)
    };
    assert_eq!(verdict(4), Ok(()));
    assert_eq!(verdict(3), Err(Refusal::Verification));
}

#[test]
fn nothing_is_accepted_of_what_is_no_film() {
    for file in [&b""[..], b"moov", &[0; 64], &[0xFF; 64]] {
        assert!(!says(Kind::Mp4, file, file));
    }
}
