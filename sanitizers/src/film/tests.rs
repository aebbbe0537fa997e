use std::io::Cursor;

use super::*;
use crate::canaries::film::build::{
    Film as Built, Track as Planted, avc, bx, full, messages, numbers, pictures, table, unit,
};
use crate::canaries::{Token, clean as cleaned};
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Change, Report, Warning};

fn film(change: impl FnOnce(&mut Built)) -> Vec<u8> {
    let mut film = Built::plain(&Token::new(3));
    change(&mut film);
    film.built()
}

fn report(change: impl FnOnce(&mut Built)) -> Report {
    cleaned(&film(change)).unwrap().1
}

fn refused(change: impl FnOnce(&mut Built)) -> Refusal {
    cleaned(&film(change)).unwrap_err()
}

#[test]
fn as_many_samples_as_the_limit_are_taken_and_not_one_more() {
    let file = film(|_| ());
    let within = |samples| {
        let limits = Limits { samples, ..Limits::default() };
        clean(Kind::Mp4, &mut Cursor::new(&file), &limits, &mut Notes::default()).map(drop)
    };
    assert_eq!(within(4), Ok(()));
    assert_eq!(within(3), Err(Refusal::Limit(Limit::Parts)));
}

#[test]
fn what_a_table_claims_is_looked_at_before_memory_is_taken() {
    for name in [b"stts", b"stsz", b"stco", b"stsc"] {
        let mut file = film(|_| ());
        let at = memchr::memmem::find(&file, name).unwrap() + if name == b"stsz" { 12 } else { 8 };
        file[at..at + 4].copy_from_slice(&[0x7F; 4]);
        let outcome = cleaned(&file).map(drop);
        assert_eq!(outcome, Err(Refusal::Limit(Limit::Parts)), "{name:?}");
    }
}

#[test]
fn the_copy_begins_with_its_index_and_ends_with_its_samples() {
    let copy = cleaned(&film(|_| ())).unwrap().0;
    assert_eq!(&copy[4..12], b"ftypisom");
    assert_eq!(&copy[32..36], b"moov");
    let media = memchr::memmem::find(&copy, b"mdat").unwrap();
    let length = u32::from_be_bytes(copy[media - 4..media].try_into().unwrap());
    assert_eq!(media - 4 + length as usize, copy.len());
}

#[test]
fn a_film_that_is_turned_stays_turned() {
    let minus = 0xFFFF_0000;
    let turned = [0, 0x1_0000, 0, minus, 0, 0, 16 << 16, 0, 0x4000_0000];
    let copy = cleaned(&film(|film| film.tracks[0].matrix = turned)).unwrap().0;
    assert!(memchr::memmem::find(&copy, &numbers(&turned)).is_some());
    let slanted = [0x1_0000, 77, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];
    let refusal = refused(|film| film.tracks[0].matrix = slanted);
    assert_eq!(refusal, Refusal::Feature(Feature::Construct));
}

#[test]
fn what_an_edit_list_hides_is_kept_and_warned_about() {
    let edits = |rows: &[u32]| bx(b"edts", &table(b"elst", 1, rows));
    let cut = report(|film| film.tracks[0].inside = edits(&[100, 0, 0x1_0000]));
    assert_eq!(cut.warnings, [Warning::HiddenParts]);
    let whole = report(|film| film.tracks[0].inside = edits(&[1000, 0, 0x1_0000]));
    assert!(whole.warnings.is_empty());
    let fast = refused(|film| film.tracks[0].inside = edits(&[1000, 0, 0x2_0000]));
    assert_eq!(fast, Refusal::Feature(Feature::Construct));
}

#[test]
fn places_that_a_telephone_took_down_are_named_in_the_report() {
    let keys = bx(b"keys", &bx(b"mdta", b"com.apple.quicktime.location.ISO6709"));
    let all = report(|film| film.in_index = bx(b"meta", &keys));
    assert!(all.findings.iter().any(|finding| finding.category == Category::Location));
    let track = bx(b"mebx", &[0; 40]);
    let all = report(|film| {
        film.tracks.push(Planted::of(*b"meta", track, vec![b"here".to_vec()]));
    });
    assert!(all.findings.iter().any(|finding| finding.category == Category::Location));
}

#[test]
fn subtitles_that_are_left_out_are_a_change() {
    let all = report(|film| {
        let track = bx(b"tx3g", &[0; 40]);
        film.tracks.push(Planted::of(*b"sbtl", track, vec![b"words".to_vec()]));
    });
    assert_eq!(all.changes, [Change::PartsRemoved]);
}

#[test]
fn a_recording_with_pictures_becomes_a_film() {
    let film = Built::new(b"M4A ", vec![Planted::avc(&Token::new(3)), Planted::aac()]);
    let (copy, report) = cleaned(&film.built()).unwrap();
    assert_eq!(report.kind, Kind::Mp4);
    assert_eq!(cleaned(&copy).unwrap().1.kind, Kind::Mp4);
}

#[test]
fn a_film_without_a_track_that_is_kept_is_refused() {
    let refusal = refused(|film| {
        film.tracks.drain(..1);
        film.tracks[0].handler = *b"text";
    });
    assert_eq!(refusal, Refusal::Feature(Feature::Codec));
}

#[test]
fn a_film_whose_end_is_missing_is_refused() {
    let file = film(|_| ());
    for length in 8..file.len() {
        assert!(cleaned(&file[..length]).is_err(), "{length}");
    }
    // The index in front, and half of the samples gone.
    let copy = cleaned(&file).unwrap().0;
    assert_eq!(cleaned(&copy[..copy.len() - 1]).map(drop), Err(Refusal::Truncated));
}

#[test]
fn a_film_has_at_most_a_hundred_tracks() {
    let with = |count: usize| {
        let file = film(|film| {
            let track = Planted::of(*b"meta", bx(b"mebx", &[0; 40]), Vec::new());
            film.tracks.extend(std::iter::repeat_n(track, count - 2));
        });
        cleaned(&file).map(drop)
    };
    assert_eq!(with(100), Ok(()));
    assert_eq!(with(101), Err(Refusal::Limit(Limit::Parts)));
}

#[test]
fn the_colours_of_a_usual_master_screen_stay() {
    let screen = [13250_u16, 34500, 7500, 3000, 34000, 16000, 15635, 16450];
    let screen = [screen.map(u16::to_be_bytes).concat(), numbers(&[10_000_000, 1])].concat();
    assert!(master::is_usual(&screen));
    assert!(!master::is_usual(&[&screen[..20], b"Anna"].concat()));
    let copy = cleaned(&film(|film| {
        let parts = [bx(b"avcC", &avc()), bx(b"mdcv", &screen)];
        film.tracks[0].entry = pictures(b"avc1", &[], &parts);
        let message = messages(&[(137, &screen), (5, b"Anna")]);
        film.tracks[0].samples[1].extend(unit(&[6], &message));
    }));
    let copy = copy.unwrap().0;
    assert_eq!(memchr::memmem::find_iter(&copy, &screen[..12]).count(), 2);
    assert!(memchr::memmem::find(&copy, b"Anna").is_none());
}

#[test]
fn two_heads_of_a_track_are_refused() {
    let refusal = refused(|film| film.tracks[0].in_media = full(b"mdhd", &[0; 20]));
    assert_eq!(refusal, Refusal::Damaged(Damage::Missing));
}
