//! Hiding places of films and of recordings in MP4.

pub(crate) mod build;
mod parts;
mod samples;
mod tracks;

use super::neighbours::List;
use super::{Outcome, Row, Token};
use crate::film::{AVC_UNITS, HANDLERS, HEVC_UNITS, MESSAGES, PICTURES, SOUNDS, UNITS};
use crate::refusal::{Damage, Feature};
use crate::{Kind, Refusal};
use build::{Film, Track, bx, full, numbers};

use Outcome::{Cleaned, CleanedSilently, Refused};

const CONSTRUCT: Outcome = Refused(Refusal::Feature(Feature::Construct));
const CODEC: Outcome = Refused(Refusal::Feature(Feature::Codec));
const VALUE: Outcome = Refused(Refusal::Damaged(Damage::Value));
const LENGTH: Outcome = Refused(Refusal::Damaged(Damage::Length));
const TWICE: Outcome = Refused(Refusal::Damaged(Damage::Missing));

macro_rules! row {
    ($place:expr, $outcome:expr, $plant:expr) => {
        row!(Mp4, $place, $outcome, $plant)
    };
    ($kind:ident, $place:expr, $outcome:expr, $plant:expr) => {
        Row { kind: Kind::$kind, place: $place, plant: $plant, outcome: $outcome }
    };
}
use row;

/// A film with something done to it.
fn film(token: &Token, change: impl FnOnce(&mut Film)) -> Vec<u8> {
    let mut film = Film::plain(token);
    change(&mut film);
    film.built()
}

/// A film with something done to its track of pictures.
fn pictures(token: &Token, change: impl FnOnce(&mut Track)) -> Vec<u8> {
    film(token, |film| change(&mut film.tracks[0]))
}

/// A box of descriptions, as one of ours would be.
fn text(name: &[u8; 4], token: &Token) -> Vec<u8> {
    bx(name, &[&[0, 16, 0, 0], token.hidden().as_bytes()].concat())
}

/// `meta` with keys, as iPhones write it.
fn keys(token: &Token) -> Vec<u8> {
    let key = b"com.apple.quicktime.location.ISO6709";
    let keys = full(b"keys", &[&numbers(&[1]), &bx(b"mdta", key)[..]].concat());
    let value = bx(b"data", &[&numbers(&[1, 0])[..], token.hidden().as_bytes()].concat());
    let list = bx(b"ilst", &bx(&[0, 0, 0, 1], &value));
    let handler = full(b"hdlr", &[&[0; 4], &b"mdta"[..], &[0; 13]].concat());
    bx(b"meta", &[handler, keys, list].concat())
}

/// `meta` with a list, as iTunes writes it.
fn list(name: &[u8; 4], token: &Token) -> Vec<u8> {
    let value = bx(b"data", &[&numbers(&[1, 0])[..], token.hidden().as_bytes()].concat());
    let handler = full(b"hdlr", &[&[0; 4], &b"mdirappl"[..], &[0; 9]].concat());
    let all = [handler, bx(b"ilst", &bx(name, &value))].concat();
    bx(b"udta", &full(b"meta", &all))
}

fn identified(identifier: [u8; 4], token: &Token) -> Vec<u8> {
    bx(b"uuid", &[&identifier[..], &[0; 12], token.hidden().as_bytes()].concat())
}

/// Boxes of the file.
fn outside() -> Vec<Row> {
    vec![
        row!("ftyp, compatible brands", CleanedSilently, |t| film(t, |film| {
            film.brands.extend(t.bytes());
        })),
        row!("free in front", Cleaned, |t| film(t, |film| film.in_front = bx(b"free", &t.bytes()))),
        row!("skip behind", Cleaned, |t| film(t, |film| film.behind = bx(b"skip", &t.bytes()))),
        row!("wide that is not empty", Cleaned, |t| film(t, |film| {
            film.in_front = bx(b"wide", &t.bytes());
        })),
        row!("uuid with XMP", Cleaned, |t| film(t, |film| {
            film.behind = identified([0xBE, 0x7A, 0xCF, 0xCB], t);
        })),
        row!("uuid with a provenance claim", Cleaned, |t| film(t, |film| {
            film.in_front = identified([0xD8, 0xFE, 0xC3, 0xD6], t);
        })),
        row!("uuid of a firm", Cleaned, |t| film(t, |film| film.behind = identified(*b"anna", t))),
        row!("meta of the file", Cleaned, |t| film(t, |film| film.behind = keys(t))),
        row!("udta of the file", Cleaned, |t| film(t, |film| {
            film.behind = bx(b"udta", &text(b"\xA9ART", t));
        })),
        row!("unknown box of the file", Cleaned, |t| film(t, |film| {
            film.behind = bx(b"anna", &t.bytes());
        })),
        row!("event message", Cleaned, |t| film(t, |film| film.behind = full(b"emsg", &t.bytes()))),
        row!("clock of the sender", Cleaned, |t| film(t, |film| {
            film.behind = full(b"prft", &t.bytes());
        })),
        row!("list of parts", CleanedSilently, |t| film(t, |film| {
            film.behind = full(b"sidx", &t.bytes());
        })),
        row!("bytes behind the last box", Cleaned, |t| film(t, |film| {
            film.behind = [&[0, 0, 0, 1, 1, 2, 3, 4][..], &t.bytes()].concat();
        })),
        row!("film behind the film", TWICE, |t| {
            let other = film(t, |film| film.in_index = bx(b"udta", &text(b"\xA9nam", t)));
            [film(t, |_| ()), other].concat()
        }),
        row!("gap between samples", Cleaned, |t| film(t, |film| film.gap = t.bytes().to_vec())),
        row!("gap in a wide box", Cleaned, |t| film(t, |film| {
            film.gap = t.bytes().to_vec();
            film.is_wide = true;
        })),
        row!("preview picture", Cleaned, |t| film(t, |film| film.behind = bx(b"PICT", &t.bytes()))),
        row!(Mov, "pnot in front", Cleaned, |t| {
            // In place of brands, as in old films; places of samples stay right.
            let rest = film(t, |film| film.in_front = bx(b"PICT", &t.bytes()));
            [bx(b"pnot", &t.bytes()[..12]), rest[20..].to_vec()].concat()
        }),
    ]
}

/// The index and its heads.
fn index() -> Vec<Row> {
    vec![
        row!("mvhd, preview and selection", Cleaned, |t| film(t, |film| {
            film.previews[..16].copy_from_slice(&t.bytes());
        })),
        row!("udta, place", Cleaned, |t| film(t, |film| {
            film.in_index = bx(b"udta", &text(b"\xA9xyz", t));
        })),
        row!("udta, place of 3GPP", Cleaned, |t| film(t, |film| {
            film.in_index = bx(b"udta", &full(b"loci", &t.bytes()));
        })),
        row!("udta, maker in UTF-16", Cleaned, |t| film(t, |film| {
            film.in_index = bx(b"udta", &bx(b"\xA9mak", &t.utf16()));
        })),
        row!("udta, serial number of a camera", Cleaned, |t| film(t, |film| {
            film.in_index = bx(b"udta", &bx(b"CAME", &t.bytes()));
        })),
        row!("udta, thumbnail", Cleaned, |t| film(t, |film| {
            film.in_index = bx(b"udta", &bx(b"thmb", &t.bytes()));
        })),
        row!("meta with keys", Cleaned, |t| film(t, |film| film.in_index = keys(t))),
        row!("meta with a list", Cleaned, |t| film(t, |film| film.in_index = list(b"\xA9too", t))),
        row!("uuid in the index", Cleaned, |t| film(t, |film| {
            film.in_index = identified([0xBE, 0x7A, 0xCF, 0xCB], t);
        })),
        row!("free in the index", Cleaned, |t| film(t, |film| {
            film.in_index = bx(b"free", &t.bytes());
        })),
        row!("unknown box in the index", Cleaned, |t| film(t, |film| {
            film.in_index = bx(b"anna", &t.bytes());
        })),
        row!("profile of the index", CleanedSilently, |t| film(t, |film| {
            film.in_index = full(b"iods", &t.bytes());
        })),
        row!("data for a protection system", Cleaned, |t| film(t, |film| {
            film.in_index = full(b"pssh", &t.bytes());
        })),
        row!("compressed index", CONSTRUCT, |t| film(t, |film| {
            film.in_index = bx(b"cmov", &t.bytes());
        })),
        row!("films elsewhere", CONSTRUCT, |t| film(t, |film| {
            film.in_index = bx(b"rmra", &bx(b"rmda", &t.bytes()));
        })),
        row!(Mov, "meta with keys, on an iPhone", Cleaned, |t| {
            let mut film = Film::new(b"qt  ", vec![Track::avc(t), Track::aac()]);
            film.in_index = keys(t);
            film.in_front = bx(b"wide", &[]);
            film.built()
        }),
        row!(M4a, "meta with a list, in a recording", Cleaned, |t| recording(list(b"\xA9ART", t))),
        row!(M4a, "meta with a cover", Cleaned, |t| recording(list(b"covr", t))),
        row!(M4a, "chapters of Nero", Cleaned, |t| {
            recording(bx(b"udta", &full(b"chpl", &t.bytes())))
        }),
        row!(M4a, "ID3 in meta", Cleaned, |t| {
            let id3 =
                full(b"ID32", &[&[0x15, 0xC7], &b"ID3\x04\0\0\0\0\0\x10"[..], &t.bytes()].concat());
            recording(full(
                b"meta",
                &[full(b"hdlr", &[&[0; 4], &b"ID32"[..], &[0; 13]].concat()), id3].concat(),
            ))
        }),
        row!(M4a, "note of a shop", Cleaned, |t| recording(list(b"apID", t))),
    ]
}

/// A recording with something in its index.
fn recording(in_index: Vec<u8>) -> Vec<u8> {
    let mut film = Film::new(b"M4A ", vec![Track::aac()]);
    film.in_index = in_index;
    film.built()
}

/// Every row.
pub(super) fn rows() -> Vec<Row> {
    [outside(), index(), tracks::rows(), samples::rows(), parts::rows()]
        .into_iter()
        .flatten()
        .collect()
}

/// The lists of films.
pub(super) fn lists() -> Vec<List> {
    fn list<T>(list: &crate::allow::AllowList<T>) -> List {
        let kinds = &[Kind::Mp4];
        List { name: list.name, forbidden: list.forbidden.len(), kinds }
    }
    vec![
        list(&HANDLERS),
        list(&PICTURES),
        list(&SOUNDS),
        list(&AVC_UNITS),
        list(&HEVC_UNITS),
        list(&MESSAGES),
        list(&UNITS),
    ]
}

#[test]
fn of_a_film_with_nothing_hidden_nothing_is_reported() {
    let file = film(&Token::new(0), |_| ());
    let (copy, report) = super::clean(&file).unwrap();
    assert!(report.findings.is_empty() && report.changes.is_empty(), "{report:?}");
    assert!(report.warnings.is_empty(), "{report:?}");
    assert_eq!(super::clean(&copy).unwrap().0, copy);
}
