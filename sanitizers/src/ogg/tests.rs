use proptest::prelude::*;

use crate::canaries::ogg::{FIRST, LAST, bare_page, commented, first, page, setup};
use crate::canaries::{Token, clean, ogg};
use crate::refusal::Damage;
use crate::{Category, Change, Kind, Refusal, Warning};

fn token() -> Token {
    Token::new(2)
}

#[test]
fn a_packet_over_several_pages_keeps_its_pages() {
    let head = [
        page(FIRST, (4, 0, 0), &[&first(&[0; 12])]),
        page(0, (4, 1, 0), &[&commented("", &[]), &setup()]),
    ]
    .concat();
    let long = [0; 255 * 2 + 30];
    let sound = |serial| {
        [
            // A whole packet and the first part of a long one; a part in which none ends.
            bare_page(0, (serial, 2, 128), &[3, 255], &long[..258]),
            bare_page(1, (serial, 3, u64::MAX), &[255], &long[..255]),
            bare_page(1 | LAST, (serial, 4, 256), &[30], &long[..30]),
        ]
        .concat()
    };
    let (copy, report) = clean(&[head, sound(4)].concat()).unwrap();
    assert!(copy.ends_with(&sound(1)));
    assert_eq!(report.findings, []);
}

#[test]
fn comments_over_several_pages_are_one_of_two_headers_on_one_page() {
    let long = commented("", &[format!("COMMENT={}", "a".repeat(90_000))]);
    let setup = setup();
    let parts: Vec<u8> = [&long[..], &setup].concat();
    let (one, two) = parts.split_at(255 * 255);
    let left = long.len() - one.len();
    let mut sizes = vec![255; left / 255];
    sizes.extend([left % 255, setup.len()].map(|size| u8::try_from(size).unwrap()));
    let file = [
        page(FIRST, (4, 0, 0), &[&first(&[0; 12])]),
        bare_page(0, (4, 1, u64::MAX), &[255; 255], one),
        bare_page(1, (4, 2, 0), &sizes, two),
        page(LAST, (4, 3, 64), &[&ogg::packet(&token())]),
    ];
    let plain = ogg::recording(
        9,
        [&first(&[0; 12]), &commented("", &[]), &setup],
        &[&ogg::packet(&token())],
    );
    let (copy, report) = clean(&file.concat()).unwrap();
    assert_eq!(report.findings[0].category, Category::Software);
    let position = 58 + page(0, (0, 0, 0), &[&commented("", &[]), &setup]).len() + 6;
    let of_plain = clean(&plain).unwrap().0;
    assert_eq!(copy.len(), of_plain.len());
    assert_eq!(copy[..position], of_plain[..position]);
}

#[test]
fn a_long_setup_is_written_on_as_many_pages_as_it_needs() {
    // A FLAC has no limit for its comments; its header for speakers is short. A setup can
    // be long: here it is said to be so by headers of our own.
    let head = [vec![1; 30], vec![2; 17], vec![3; 255 * 300]];
    let sound = [super::Packet { bytes: vec![4].into(), cuts: Vec::new(), end: Some(7) }];
    let mut file = Vec::new();
    super::write::link(1, &head, &sound, &mut file).unwrap();
    let mut pages = super::page::Pages::new(&file, &mut crate::Notes::default());
    let mut seen = Vec::new();
    while let Some(page) = pages.next(&mut crate::Notes::default()).unwrap() {
        let parts: Vec<_> = page.parts().iter().map(|(part, ends)| (part.len(), *ends)).collect();
        seen.push((page.continued, page.position, parts));
    }
    let rest = 255 * 300 - 255 * 254;
    assert_eq!(seen[1], (false, 0, vec![(17, true), (255 * 254, false)]));
    assert_eq!(seen[2], (true, 0, vec![(rest, true)]));
    assert_eq!(seen[3], (false, 7, vec![(1, true)]));
}

#[test]
fn sound_that_no_player_plays_is_warned_of() {
    let warnings = |file: &[u8]| clean(file).unwrap().1.warnings;
    let head = |skipped: u16| {
        [b"OpusHead\x01\x01", &skipped.to_le_bytes()[..], &[0x80, 0xBB, 0, 0, 0, 0, 0]].concat()
    };
    let opus = |skipped: u16, end: u64| {
        // A second of packets of 20 milliseconds, and another one on the last page.
        let packets = vec![&b"\xF8sound"[..]; 50];
        [
            page(FIRST, (4, 0, 0), &[&head(skipped)]),
            page(0, (4, 1, 0), &[b"OpusTags\0\0\0\0\0\0\0\0"]),
            page(0, (4, 2, 48_000), &packets),
            page(LAST, (4, 3, end), &packets),
        ]
        .concat()
    };
    assert_eq!(warnings(&opus(312, 95_000)), []);
    assert_eq!(warnings(&opus(5_760, 200_000)), []);
    assert_eq!(warnings(&opus(312, 90_000)), [Warning::HiddenParts]);
    assert_eq!(warnings(&opus(5_761, 96_000)), [Warning::HiddenParts]);
    let vorbis = |end: u64| {
        // 61 blocks of 256 samples, 8,000 times a second.
        let packets = vec![&b"\0sound"[..]; 61];
        [
            page(FIRST, (4, 0, 0), &[&first(&[0; 12])]),
            page(0, (4, 1, 0), &[&commented("", &[]), &setup()]),
            page(LAST, (4, 2, end), &packets),
        ]
        .concat()
    };
    assert_eq!(warnings(&vorbis(60 * 128)), []);
    assert_eq!(warnings(&vorbis(60 * 128 - 900)), []);
    assert_eq!(warnings(&vorbis(60 * 128 - 1_000)), [Warning::HiddenParts]);
}

#[test]
fn subtitles_that_are_gone_are_a_change() {
    let kate = page(FIRST, (9, 0, 0), &[b"\x80kate\0\0\0 and more"]);
    let file = [kate, ogg::vorbis(&token(), &commented("", &[]))].concat();
    let (_, report) = clean(&file).unwrap();
    assert_eq!(report.kind, Kind::Ogg);
    assert_eq!(report.changes, [Change::MultimediaRemoved]);
}

#[test]
fn false_pages_without_end_are_too_many() {
    let file = ogg::vorbis(&token(), &commented("", &[]));
    let lures = b"OggS\0 is no page, and neither is this".repeat(2_000);
    let file = [&file[..58], &lures, &file[58..]].concat();
    assert!(matches!(clean(&file), Err(Refusal::Limit(_) | Refusal::Damaged(Damage::Length))));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn pages_of_any_shape_never_get_past_both_readers(
        pages in prop::collection::vec(
            (0_u8..6, 4_u32..6, 0_u64..4, prop::collection::vec(
                prop::sample::select(vec![0_u8, 1, 7, 255]), 0..5,
            )),
            1..9,
        ),
        open in any::<bool>(),
    ) {
        let mut file = ogg::vorbis(&token(), &commented("", &[]));
        file.truncate(file.len() - page(LAST, (0, 0, 0), &[&[0; 7]]).len());
        let serial = 0xA77A;
        for (flags, other, position, sizes) in pages {
            let serial = if other == 4 { serial } else { other };
            let body = vec![0; sizes.iter().map(|&size| usize::from(size)).sum()];
            let flags = if open { flags & 1 } else { flags };
            let position = if position == 3 { u64::MAX } else { 200 + position };
            file.extend(bare_page(flags, (serial, 3, position), &sizes, &body));
        }
        if let Ok((copy, _)) = clean(&file) {
            prop_assert_eq!(clean(&copy).map(|(copy, _)| copy), Ok(copy));
        } else {
            // The second reader is there for what the first one overlooks: it must not be
            // needed for a file that merely is oddly built.
            prop_assert_ne!(clean(&file).map(drop), Err(Refusal::Verification));
        }
    }
}
