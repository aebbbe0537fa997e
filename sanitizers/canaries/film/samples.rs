//! Hiding places between pictures.

use super::build::{LAYERED, avc, bx, esds, hevc, messages, obu, pictures as entry, unit};
use super::tracks::hevc_film;
use super::*;

/// A film in H.264 with this unit in its second sample.
fn avc_with(token: &Token, head: u8, content: &[u8]) -> Vec<u8> {
    pictures(token, |track| {
        let picture = track.samples[1].clone();
        track.samples[1] = [unit(&[head], content), picture].concat();
    })
}

fn message(token: &Token, all: &[(u8, &[u8])]) -> Vec<u8> {
    avc_with(token, 6, &messages(all))
}

/// A film in H.265 with this unit.
fn hevc_with(token: &Token, kind: u8, layer: u8) -> Vec<u8> {
    hevc_film(token, &hevc(&[]), &[unit(&[kind << 1, layer << 3 | 1], &token.bytes())])
}

/// A film in AV1 with this unit between two.
fn av1_with(token: &Token, kind: u8) -> Vec<u8> {
    let tile = obu(4, None, b"tile");
    av1(&[], &[obu(6, None, token.shown().as_bytes()), obu(kind, None, &token.bytes()), tile])
}

/// A film in AV1 with these units in its settings and in its sample.
fn av1(settings: &[u8], units: &[Vec<u8>]) -> Vec<u8> {
    let settings = [&[0x81, 0, 0, 0], settings].concat();
    let description = entry(b"av01", &[], &[bx(b"av1C", &settings)]);
    Film::new(b"mp42", vec![Track::of(*b"vide", description, vec![units.concat()])]).built()
}

/// A film in MPEG-4 with these settings and this sample.
fn mpeg4(settings: &[u8], sample: &[u8]) -> Vec<u8> {
    let description = entry(b"mp4v", &[], &[esds(0x20, settings, &[])]);
    Film::new(b"mp42", vec![Track::of(*b"vide", description, vec![sample.to_vec()])]).built()
}

const VISUAL: &[u8] = b"\0\0\x01\xB0\x01\0\0\x01\xB5\x89";

/// A film in `ProRes`.
fn prores(creator: &[u8], shown: &[u8], behind: &[u8]) -> Vec<u8> {
    let body = [&b"icpf\0\x14\0\0"[..], creator, &[0; 12], shown].concat();
    let length = u32::try_from(body.len() + 4).unwrap();
    let sample = [&length.to_be_bytes()[..], &body, behind].concat();
    let description = entry(b"apcn", &[], &[]);
    Film::new(b"mp42", vec![Track::of(*b"vide", description, vec![sample])]).built()
}

pub(super) fn rows() -> Vec<Row> {
    [h264(), h265(), others()].into_iter().flatten().collect()
}

fn h264() -> Vec<Row> {
    vec![
        row!("H.264 user data without a register", Cleaned, |t| message(t, &[(5, &t.bytes())])),
        row!("H.264 user data of a register, captions", Cleaned, |t| {
            message(t, &[(4, &[&[0xB5, 0, 0x31][..], &t.bytes()].concat())])
        }),
        row!("H.264 time of day", Cleaned, |t| message(t, &[(1, &t.bytes())])),
        row!("H.264 time code", Cleaned, |t| message(t, &[(136, &t.bytes())])),
        row!("H.264 unknown message", Cleaned, |t| message(t, &[(200, &t.bytes())])),
        row!("H.264 message in the place of a beginning", Cleaned, |t| {
            message(t, &[(6, &t.bytes()[..5]), (6, &t.bytes()[5..10]), (5, &t.bytes())])
        }),
        row!("H.264 part of a picture in a rare profile", Cleaned, |t| avc_with(t, 2, &t.bytes())),
        row!("H.264 pictures in a rare profile", CODEC, |t| pictures(t, |track| {
            let mut settings = avc();
            settings[1] = 88;
            track.entry = entry(b"avc1", &[], &[bx(b"avcC", &settings)]);
            track.samples[1].extend(unit(&[2], &t.bytes()));
        })),
        row!("H.264 pictures turned by an odd angle", CONSTRUCT, |t| {
            message(t, &[(47, &t.bytes()[..5]), (5, &t.bytes())])
        }),
        row!("H.264 message beside one that is kept", Cleaned, |t| {
            message(t, &[(6, &[0x84]), (5, &t.bytes()), (147, &[18])])
        }),
        row!("H.264 message about a master screen that is none", Cleaned, |t| {
            message(t, &[(137, &[&t.bytes()[..], &[0, 0x98, 0x96, 0x80, 0, 0, 0, 1]].concat())])
        }),
        row!("H.264 message about more light than there is", Cleaned, |t| {
            message(t, &[(144, &[&t.bytes()[..], &[0; 4]].concat())])
        }),
        row!("H.264 message that is too long", Cleaned, |t| { message(t, &[(6, &t.bytes())]) }),
        row!("H.264 bytes behind messages", Cleaned, |t| {
            avc_with(t, 6, &[&messages(&[(6, &[0x84])])[..], &t.bytes()].concat())
        }),
        row!("H.264 messages that are none", Cleaned, |t| {
            avc_with(t, 6, &[&[0xFF; 20][..], &t.bytes()].concat())
        }),
        row!("H.264 delimiter that is long", Cleaned, |t| avc_with(t, 9, &t.bytes())),
        row!("H.264 end that is long", Cleaned, |t| avc_with(t, 10, &t.bytes())),
        row!("H.264 set of a sample that is none", LENGTH, |t| avc_with(t, 0x67, &t.bytes())),
        row!("H.264 filling", Cleaned, |t| avc_with(t, 12, &t.bytes())),
        row!("H.264 unit 0", Cleaned, |t| avc_with(t, 0, &t.bytes())),
        row!("H.264 unit 16", Cleaned, |t| avc_with(t, 16, &t.bytes())),
        row!("H.264 layer in front of a picture", Cleaned, |t| avc_with(t, 14, &t.bytes())),
        row!("H.264 set of a second view", Cleaned, |t| avc_with(t, 15, &t.bytes())),
        row!("H.264 plane beside a picture", Cleaned, |t| avc_with(t, 19, &t.bytes())),
        row!("H.264 picture of a second view", Cleaned, |t| avc_with(t, 20, &t.bytes())),
        row!("H.264 unit 22", Cleaned, |t| avc_with(t, 22, &t.bytes())),
        row!("H.264 unit 24", Cleaned, |t| avc_with(t, 24, &t.bytes())),
        row!("H.264 unit 30", Cleaned, |t| avc_with(t, 30, &t.bytes())),
        row!("H.264 bytes that are no unit", Refused(Refusal::Damaged(Damage::Length)), |t| {
            pictures(t, |track| track.samples[1].extend(t.bytes()))
        }),
        row!("avc3 with a message", Cleaned, |t| pictures(t, |track| {
            track.entry = entry(b"avc3", &[], &[bx(b"avcC", &avc())]);
            track.samples[1].extend(unit(&[6], &messages(&[(5, &t.bytes())])));
        })),
    ]
}

fn h265() -> Vec<Row> {
    vec![
        row!("H.265 message in front", Cleaned, |t| {
            let message = unit(&[39 << 1, 1], &messages(&[(5, &t.bytes())]));
            hevc_film(t, &hevc(&[]), &[message])
        }),
        row!("H.265 message behind", Cleaned, |t| {
            let message = unit(&[40 << 1, 1], &messages(&[(4, &t.bytes()), (144, &[0, 9, 0, 9])]));
            hevc_film(t, &hevc(&[]), &[message])
        }),
        row!("H.265 delimiter that is long", Cleaned, |t| hevc_with(t, 35, 0)),
        row!("H.265 filling", Cleaned, |t| hevc_with(t, 38, 0)),
        row!("H.265 unit 41", Cleaned, |t| hevc_with(t, 41, 0)),
        row!("H.265 unit 48", Cleaned, |t| hevc_with(t, 48, 0)),
        row!("H.265 Dolby Vision", Cleaned, |t| hevc_with(t, 62, 0)),
        row!("H.265 Dolby Vision, second layer", Cleaned, |t| hevc_with(t, 63, 0)),
        row!("H.265 picture of another view", Cleaned, |t| hevc_with(t, 1, 1)),
        row!("H.265 messages of another view", Cleaned, |t| hevc_with(t, 39, 1)),
    ]
}

fn others() -> Vec<Row> {
    vec![
        row!("AV1 metadata", Cleaned, |t| av1_with(t, 5)),
        row!("AV1 reserved unit", Cleaned, |t| av1_with(t, 9)),
        row!("AV1 padding", Cleaned, |t| av1_with(t, 15)),
        row!("AV1 delimiter that is long", Cleaned, |t| av1_with(t, 2)),
        row!("AV1 second head of a frame", Cleaned, |t| av1_with(t, 7)),
        row!("AV1 picture in a layer that is not decoded", Cleaned, |t| {
            let (head, shown) = (obu(1, None, LAYERED), obu(6, Some(0), t.shown().as_bytes()));
            av1(&head, &[head.clone(), shown, obu(6, Some(0xF8), &t.bytes())])
        }),
        row!("AV1 layers of which the settings say nothing", CONSTRUCT, |t| {
            av1(&[], &[obu(1, None, LAYERED), obu(6, Some(0xF8), &t.bytes())])
        }),
        row!("AV1 behind the head of a sequence", LENGTH, |t| {
            av1(&[], &[obu(1, None, &[LAYERED, &t.bytes()].concat())])
        }),
        row!("AV1 behind the head in the settings", LENGTH, |t| {
            av1(&obu(1, None, &[LAYERED, &t.bytes()].concat()), &[obu(6, None, b"frame")])
        }),
        row!("AV1 metadata in the settings", CleanedSilently, |t| {
            let unit = [&[5 << 3 | 2, 16][..], &t.bytes()].concat();
            let settings = [&[0x81, 0, 0, 0][..], &unit].concat();
            let description = entry(b"av01", &[], &[bx(b"av1C", &settings)]);
            let sample = vec![[&[6 << 3 | 2, 16], t.shown().as_bytes()].concat()];
            Film::new(b"mp42", vec![Track::of(*b"vide", description, sample)]).built()
        }),
        row!("MPEG-4 user data of a sample", Cleaned, |t| {
            let user = [&b"\0\0\x01\xB2"[..], &t.bytes()].concat();
            let picture = [&b"\0\0\x01\xB6"[..], t.shown().as_bytes()].concat();
            mpeg4(VISUAL, &[user, picture].concat())
        }),
        row!("MPEG-4 part that no decoder needs", Cleaned, |t| {
            let part = [&b"\0\0\x01\xC3"[..], &t.bytes()].concat();
            mpeg4(VISUAL, &[b"\0\0\x01\xB6", t.shown().as_bytes(), &part].concat())
        }),
        row!("MPEG-4 bytes in front of a picture", Cleaned, |t| {
            mpeg4(VISUAL, &[&t.bytes(), &b"\0\0\x01\xB6"[..], t.shown().as_bytes()].concat())
        }),
        row!("MPEG-4 bytes behind an end", Cleaned, |t| {
            let end = [&b"\0\0\x01\xB1"[..], &t.bytes()].concat();
            mpeg4(VISUAL, &[b"\0\0\x01\xB6", t.shown().as_bytes(), &end].concat())
        }),
        row!("MPEG-4 sample without a picture", VALUE, |t| mpeg4(VISUAL, &t.bytes())),
        row!("MPEG-4 user data of the settings", Cleaned, |t| {
            let settings = [VISUAL, b"\0\0\x01\xB2", &t.bytes()].concat();
            mpeg4(&settings, &[&b"\0\0\x01\xB6"[..], t.shown().as_bytes()].concat())
        }),
        row!("MPEG-4 coder with its own way", CODEC, |t| {
            let settings = [VISUAL, b"\0\0\x01\xB2XviD0069", &t.bytes()].concat();
            mpeg4(&settings, b"\0\0\x01\xB6picture")
        }),
        row!("ProRes name of the program", Cleaned, |t| {
            prores(b"Anna", t.shown().as_bytes(), &t.bytes())
        }),
        row!("ProRes bytes behind a picture", Cleaned, |t| {
            prores(b"apl0", t.shown().as_bytes(), &t.bytes())
        }),
    ]
}
