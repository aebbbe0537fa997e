//! Hiding places in films in parts.

use super::build::{Track, bx, full, messages, numbers, unit};
use super::*;

/// A film of one part, with boxes in it.
fn parted(token: &Token, in_part: &[u8], in_track: &[u8], sample: &[u8], behind: &[u8]) -> Vec<u8> {
    let mut film = Film::new(b"iso5", vec![Track::avc(token)]);
    film.tracks[0].samples.truncate(1);
    film.in_index = bx(b"mvex", &full(b"trex", &numbers(&[1, 1, 500, 0, 0])));
    let length = u32::try_from(sample.len()).unwrap();
    let head = |place: u32| {
        let run = [&[0, 0, 2, 1][..], &numbers(&[1, place, length])].concat();
        let track = [
            bx(b"tfhd", &[&[0, 2, 0, 0][..], &numbers(&[1])].concat()),
            full(b"tfdt", &numbers(&[500])),
            bx(b"trun", &run),
            in_track.to_vec(),
        ];
        let part = [full(b"mfhd", &numbers(&[1])), bx(b"traf", &track.concat()), in_part.to_vec()];
        bx(b"moof", &part.concat())
    };
    let place = u32::try_from(head(0).len() + 8).unwrap();
    [film.built(), head(place), bx(b"mdat", sample), behind.to_vec()].concat()
}

pub(super) fn rows() -> Vec<Row> {
    let plain: fn(&Token) -> Vec<u8> = |t| {
        let free = bx(b"free", &t.bytes());
        parted(t, &[], &[], &unit(&[0x41], b"moves"), &free)
    };
    vec![
        row!("free behind parts", Cleaned, plain),
        row!("uuid of a part", Cleaned, |t| {
            parted(t, &identified(*b"anna", t), &[], &unit(&[0x41], b"moves"), &[])
        }),
        row!("uuid of a track of a part", Cleaned, |t| {
            parted(t, &[], &identified(*b"anna", t), &unit(&[0x41], b"moves"), &[])
        }),
        row!("meta of a part", Cleaned, |t| {
            parted(t, &keys(t), &[], &unit(&[0x41], b"moves"), &[])
        }),
        row!("groups of a part", CleanedSilently, |t| {
            parted(t, &[], &full(b"sgpd", &t.bytes()), &unit(&[0x41], b"moves"), &[])
        }),
        row!("message in a part", Cleaned, |t| {
            let message = unit(&[6], &messages(&[(5, &t.bytes())]));
            parted(t, &[], &[], &[message, unit(&[0x41], b"moves")].concat(), &[])
        }),
        row!("list of parts behind", CleanedSilently, |t| {
            let list = bx(b"mfra", &full(b"tfra", &t.bytes()));
            parted(t, &[], &[], &unit(&[0x41], b"moves"), &list)
        }),
        row!("brands of a part", CleanedSilently, |t| {
            parted(t, &[], &[], &unit(&[0x41], b"moves"), &bx(b"styp", &t.bytes()))
        }),
        row!("part without a word of it in the index", TWICE, |t| {
            let part = bx(b"moof", &full(b"mfhd", &numbers(&[1])));
            [film(t, |_| ()), part, bx(b"free", &t.bytes())].concat()
        }),
    ]
}
