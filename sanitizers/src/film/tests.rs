use std::io::Cursor;

use super::*;
use crate::canaries::film::build::{
    CUT, CUT_OF_HEVC, Film as Built, PICTURE, Track as Planted, WHOLE, WHOLE_OF_HEVC, avc, avc_of,
    bx, full, hevc, messages, numbers, pictures, sound, table, unit,
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

#[test]
fn a_film_shows_what_an_edit_list_covers() {
    let warned = |rows: &[[u32; 3]]| {
        let count = u32::try_from(rows.len()).unwrap();
        let list = bx(b"edts", &table(b"elst", count, rows.as_flattened()));
        !report(|film| film.tracks[0].inside = list).warnings.is_empty()
    };
    let one = 0x1_0000;
    // Two samples of half a second each.
    assert!(!warned(&[[1000, 0, one]]));
    assert!(!warned(&[[500, 0, one], [200, u32::MAX, one], [500, 500, one]]));
    // The same piece twice, a piece that is longer than the film, a picture that stands.
    assert!(warned(&[[300, 0, one], [300, 0, one], [400, 0, one]]));
    assert!(warned(&[[1000, 600, one]]));
    let long = |film: &mut Built| {
        film.tracks[0].times = Some(table(b"stts", 1, &[2, 5000]));
        film.tracks[0].inside = bx(b"edts", &table(b"elst", 1, &[10_000, 1, 0]));
    };
    assert_eq!(report(long).warnings, [Warning::HiddenParts]);
}

#[test]
fn a_second_track_of_pictures_is_warned_about() {
    let all = report(|film| film.tracks.push(Planted::avc(&Token::new(4))));
    assert_eq!(all.warnings, [Warning::HiddenParts]);
    let all = report(|film| film.tracks.push(Planted::aac()));
    assert!(all.warnings.is_empty());
}

#[test]
fn what_lies_beyond_the_shown_area_is_warned_about() {
    let described = |name: &[u8; 4], settings: Vec<u8>| {
        let entry =
            pictures(name, &[], &[bx(if name == b"avc1" { b"avcC" } else { b"hvcC" }, &settings)]);
        report(|film| film.tracks[0].entry = entry).warnings
    };
    let avc = |set: &[u8]| described(b"avc1", avc_of(set, PICTURE));
    let hevc = |set: &[u8]| {
        let set = [&[0xA1, 0, 1, 0, u8::try_from(set.len()).unwrap()], set].concat();
        described(b"hvc1", hevc(&[set]))
    };
    assert_eq!(avc(WHOLE), []);
    assert_eq!(avc(CUT), [Warning::CroppedArea]);
    assert_eq!(hevc(WHOLE_OF_HEVC), []);
    assert_eq!(hevc(CUT_OF_HEVC), [Warning::CroppedArea]);
    // A set can come with a sample as well.
    let late = report(|film| film.tracks[0].samples[1].extend(unit(&[], CUT)));
    assert_eq!(late.warnings, [Warning::CroppedArea]);
}

#[test]
fn words_of_quicktime_that_are_left_out_are_a_change_unless_they_are_chapters() {
    let words = || Planted::of(*b"text", bx(b"text", &[0; 60]), vec![b"words".to_vec()]);
    assert_eq!(report(|film| film.tracks.push(words())).changes, [Change::PartsRemoved]);
    let all = report(|film| {
        film.tracks[0].inside = bx(b"tref", &bx(b"chap", &numbers(&[3])));
        film.tracks.push(words());
    });
    assert!(all.changes.is_empty());
}

#[test]
fn heads_of_units_of_av1_have_one_form() {
    let film = |head: &[u8]| {
        let entry = pictures(b"av01", &[], &[bx(b"av1C", &[0x81, 0, 0, 0])]);
        let sample = [head, b"frame"].concat();
        Built::new(b"mp42", vec![Planted::of(*b"vide", entry, vec![sample])]).built()
    };
    let copy = cleaned(&film(&[0x32, 5])).unwrap().0;
    // A bit of no meaning, a length that is long, none at all; with layers, three bits more.
    assert_eq!(cleaned(&film(&[0x33, 5])).unwrap().0, copy);
    assert_eq!(cleaned(&film(&[0x32, 0x85, 0x80, 0])).unwrap().0, copy);
    assert_eq!(cleaned(&film(&[0x30])).unwrap().0, copy);
    let copy = cleaned(&film(&[0x36, 0x20, 5])).unwrap().0;
    assert_eq!(cleaned(&film(&[0x36, 0x27, 5])).unwrap().0, copy);
}

#[test]
fn the_rate_of_a_microphone_is_a_usual_one() {
    let of_rate = |rate: &[u8; 4]| {
        let settings = [&[0, 2, 1, 56][..], rate, &[0, 7, 0]].concat();
        let entry = sound(b"Opus", &[bx(b"dOps", &settings)]);
        let sample = vec![b"\x08sound".to_vec()];
        cleaned(&film(|film| film.tracks[1] = Planted::of(*b"soun", entry, sample))).unwrap().0
    };
    assert_eq!(of_rate(b"Anna"), of_rate(&[0, 0, 0xBB, 0x80]));
    assert_ne!(of_rate(&[0, 0, 0xAC, 0x44]), of_rate(&[0, 0, 0xBB, 0x80]));
}

/// The copy of a film with something done to it.
fn copy(change: impl FnOnce(&mut Built)) -> Vec<u8> {
    cleaned(&film(change)).unwrap().0
}

#[test]
fn lengths_follow_from_samples_whatever_the_heads_say() {
    let plain = copy(|_| ());
    let mut file = film(|_| ());
    for name in [&b"mvhd"[..], b"tkhd", b"mdhd"] {
        let at = memchr::memmem::find(&file, name).unwrap();
        let at = at + if name == b"tkhd" { 28 } else { 20 };
        file[at..at + 4].copy_from_slice(b"Anna");
    }
    assert_eq!(cleaned(&file).unwrap().0, plain);
    // Nothing is counted in the units of the film.
    let at = memchr::memmem::find(&file, b"mvhd").unwrap() + 16;
    file[at..at + 4].copy_from_slice(b"Anna");
    assert_eq!(cleaned(&file).unwrap().0, plain);
}

#[test]
fn pieces_of_no_length_are_left_out() {
    let edits = |rows: &[u32]| {
        let count = u32::try_from(rows.len() / 3).unwrap();
        bx(b"edts", &table(b"elst", count, rows))
    };
    let one = 0x1_0000;
    let with = |rows: &[u32]| copy(|film| film.tracks[0].inside = edits(rows));
    let text = u32::from_be_bytes(*b"Anna");
    assert_eq!(with(&[0, text, one, 900, 0, one, 0, text, one]), with(&[900, 0, one]));
}

#[test]
fn what_means_nothing_of_a_single_picture_has_one_form() {
    let plain = copy(|_| ());
    let mut file = film(|_| ());
    let heads: Vec<usize> = memchr::memmem::find_iter(&file, b"tkhd").collect();
    for &head in &heads {
        // Layer and group.
        file[head + 36..head + 40].copy_from_slice(b"Anna");
    }
    // Volume of pictures, their place, and parts of pixels; size of sound.
    file[heads[0] + 40..heads[0] + 42].copy_from_slice(&[1, 7]);
    file[heads[0] + 68..heads[0] + 70].copy_from_slice(b"An");
    file[heads[0] + 82..heads[0] + 84].copy_from_slice(&[0x7F, 7]);
    file[heads[1] + 80..heads[1] + 88].copy_from_slice(b"AnnaAnna");
    // The group of both is one.
    let both = cleaned(&file).unwrap().0;
    let mut expected = plain;
    let copied: Vec<usize> = memchr::memmem::find_iter(&expected, b"tkhd").collect();
    for head in copied {
        expected[head + 39] = 1;
    }
    assert_eq!(both, expected);
    file[heads[1] + 40..heads[1] + 42].copy_from_slice(b"An");
    assert_eq!(cleaned(&file).unwrap_err(), Refusal::Feature(Feature::Construct));
}

#[test]
fn a_track_without_a_size_is_warned_about() {
    let mut file = film(|_| ());
    let at = memchr::memmem::find(&file, b"tkhd").unwrap() + 80;
    file[at..at + 4].fill(0);
    assert_eq!(cleaned(&file).unwrap().1.warnings, [Warning::HiddenParts]);
}

#[test]
fn numbers_of_a_description_have_one_form() {
    let described = |part: Vec<u8>| {
        copy(|film| film.tracks[0].entry = pictures(b"avc1", &[], &[bx(b"avcC", &avc()), part]))
    };
    let shape = |both: &[u32]| described(bx(b"pasp", &numbers(both)));
    assert_eq!(shape(&[160, 150]), shape(&[16, 15]));
    let crop = |all: [u32; 8]| described(bx(b"clap", &numbers(&all)));
    assert_eq!(crop([32, 2, 16, 1, 0, 7, 0, 1]), crop([16, 1, 16, 1, 0, 1, 0, 1]));
    let colours = |all: &[u8]| described(bx(b"colr", &[b"nclx", all].concat()));
    assert_eq!(colours(b"\0A\0n\0n\0"), colours(&[0, 2, 0, 2, 0, 2, 0]));
    assert_ne!(colours(&[0, 9, 0, 16, 0, 9, 0]), colours(&[0, 2, 0, 2, 0, 2, 0]));
    let light = |numbers: &[u16]| {
        described(bx(b"clli", &numbers.iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<_>>()))
    };
    assert!(memchr::memmem::find(&light(&[1000, 400]), b"clli").is_some());
    assert!(memchr::memmem::find(&light(&[0x416E, 0x6E61]), b"clli").is_none());
    for part in [
        bx(b"clap", &numbers(&[0x4416E, 0x16E61, 0x54A65, 0x76E73, 1, 1, 1, 1])),
        bx(b"pasp", b"AnnaJens"),
    ] {
        let entry = pictures(b"avc1", &[], &[bx(b"avcC", &avc()), part]);
        assert_eq!(refused(|film| film.tracks[0].entry = entry), Refusal::Damaged(Damage::Value));
    }
}

#[test]
fn sizes_of_apple_lossless_that_no_decoder_reads_are_unknown() {
    let with = |more: &[u8; 10]| {
        let settings =
            [&[0, 0, 16, 0, 0, 16, 40, 10, 14, 2][..], more, &[0, 0, 0xAC, 0x44]].concat();
        let entry = sound(b"alac", &[full(b"alac", &settings)]);
        copy(|film| film.tracks[1].entry = entry)
    };
    assert_eq!(with(b"AnnaJensen"), with(&[0, 255, 0, 0, 0, 0, 0, 0, 0, 0]));
}
