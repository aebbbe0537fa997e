//! Hiding places of WebP.

use super::neighbours::List;
use super::{Outcome, Row, Token};
use crate::refusal::Damage;
use crate::webp::CHUNKS;
use crate::{Kind, Refusal};

use Outcome::{Cleaned, Refused};

/// One chunk, filled up with this byte.
fn filled(name: [u8; 4], data: &[u8], filling: u8) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap();
    let rest: &[u8] = if data.len() % 2 == 1 { &[filling] } else { &[] };
    [&name[..], &length.to_le_bytes(), data, rest].concat()
}

fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    filled(name, data, 0)
}

fn file(chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(*b"RIFF", &[&b"WEBP"[..], &chunks.concat()].concat())
}

/// The head of an extended file of 4 by 2 pixels.
fn extended(flags: u8) -> Vec<u8> {
    chunk(*b"VP8X", &[flags, 0, 0, 0, 3, 0, 0, 1, 0, 0])
}

/// A lossless picture of 4 by 2 pixels, as another encoder writes it.
fn lossless() -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = image_webp::WebPEncoder::new(&mut file);
    let pixels: Vec<u8> = (0..24).map(|sample| sample * 9).collect();
    encoder.encode(&pixels, 4, 2, image_webp::ColorType::Rgb8).unwrap();
    file[12..].to_vec()
}

/// A lossy picture of 4 by 2 pixels, as another program codes it.
const LOSSY: &[u8] = b"\xB0\x01\x00\x9D\x01\x2A\x04\x00\x02\x00\x02\xC0\x4C\x25\x94\x02\x74\x01\
    \x0E\xFE\x02\xEC\x00\xCE\x3E\xBC\x7D\xCF\x5A\x11\xB7\x9E\x73\xB0\x00\x00";

/// Bytes of its first part, which says how it is coded.
const FIRST: usize = 13;

fn lossy() -> Vec<u8> {
    chunk(*b"VP8 ", LOSSY)
}

/// A lossy picture whose first part goes on behind what is read of it.
fn longer_first_part(token: &Token) -> Vec<u8> {
    let (first, rest) = LOSSY.split_at(10 + FIRST);
    let tag = u32::try_from(FIRST + token.bytes().len()).unwrap() << 5 | 0x10;
    let [t0, t1, t2, _] = tag.to_le_bytes();
    chunk(*b"VP8 ", &[&[t0, t1, t2][..], &first[3..], &token.bytes(), rest].concat())
}

fn still(before: &[Vec<u8>], behind: &[Vec<u8>]) -> Vec<u8> {
    let flags = 0x2C;
    file(&[&[extended(flags)], before, &[lossy()], behind].concat())
}

/// Two frames, the second with these chunks behind its picture.
fn animation(inside: &[Vec<u8>], behind: &[Vec<u8>]) -> Vec<u8> {
    let head = [0, 0, 0, 0, 0, 0, 3, 0, 0, 1, 0, 0, 50, 0, 0, 2];
    let first = chunk(*b"ANMF", &[&head[..], &lossy()].concat());
    let second = chunk(*b"ANMF", &[&head[..], &lossless(), &inside.concat()].concat());
    let animated = chunk(*b"ANIM", &[9, 9, 9, 9, 3, 0]);
    file(&[&[extended(2), animated, first, second][..], behind].concat())
}

/// Exif that turns the picture and names an artist.
fn exif(token: &Token) -> Vec<u8> {
    let artist = token.hidden();
    let length = u8::try_from(artist.len()).unwrap();
    [
        &b"MM\0\x2a\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x01\x3b\0\x02\0\0\0"[..],
        &[length, 0, 0, 0, 38, 0, 0, 0, 0],
        artist.as_bytes(),
    ]
    .concat()
}

fn xmp(token: &Token) -> Vec<u8> {
    format!("<x:xmpmeta><rdf:Description dc:creator=\"{}\"/></x:xmpmeta>", token.hidden())
        .into_bytes()
}

/// A profile with a maker's text: a grey one cannot be issued for these pictures.
fn profile(token: &Token) -> Vec<u8> {
    let mut profile = vec![0; 128];
    profile[8..12].copy_from_slice(b"\x02\x40\0\0");
    profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
    profile[36..40].copy_from_slice(b"acsp");
    profile.extend([0, 0, 0, 1]);
    profile.extend(b"desc\0\0\0\x90\0\0\0\x20");
    profile.extend(b"desc\0\0\0\0\0\0\0\x10");
    profile.extend(token.bytes());
    let length = u32::try_from(profile.len()).unwrap();
    profile[..4].copy_from_slice(&length.to_be_bytes());
    profile
}

macro_rules! row {
    ($place:expr, $outcome:expr, $plant:expr) => {
        Row { kind: Kind::Webp, place: $place, plant: $plant, outcome: $outcome }
    };
}

const ORDER: Outcome = Refused(Refusal::Damaged(Damage::Order));
const TWICE: Outcome = Refused(Refusal::Damaged(Damage::Missing));

/// Chunks that are left out or written anew.
fn chunks() -> Vec<Row> {
    vec![
        row!("Exif", Cleaned, |t| still(&[], &[chunk(*b"EXIF", &exif(t))])),
        row!("Exif in front", Cleaned, |t| still(&[chunk(*b"EXIF", &exif(t))], &[])),
        row!("Exif that begins as in a JPEG", Cleaned, |t| {
            still(&[], &[chunk(*b"EXIF", &[&b"Exif\0\0"[..], &exif(t)].concat())])
        }),
        row!("Exif that cannot be read", Cleaned, |t| still(&[], &[chunk(*b"EXIF", &t.bytes())])),
        row!("Exif behind a simple picture", Cleaned, |t| {
            file(&[lossy(), chunk(*b"EXIF", &exif(t))])
        }),
        row!("Exif of an animation", Cleaned, |t| animation(&[], &[chunk(*b"EXIF", &exif(t))])),
        row!("XMP", Cleaned, |t| still(&[], &[chunk(*b"XMP ", &xmp(t))])),
        row!("XMP in UTF-16", Cleaned, |t| still(&[], &[chunk(*b"XMP ", &t.utf16())])),
        row!("XMP behind a simple picture", Cleaned, |t| {
            file(&[lossy(), chunk(*b"XMP ", &xmp(t))])
        }),
        row!("XMP of an animation", Cleaned, |t| animation(&[], &[chunk(*b"XMP ", &xmp(t))])),
        row!("XMP with another last letter", Cleaned, |t| still(&[], &[chunk(*b"XMP\0", &xmp(t))])),
        row!("colour profile", Cleaned, |t| still(&[chunk(*b"ICCP", &profile(t))], &[])),
        row!("colour profile that cannot be read", Cleaned, |t| {
            still(&[chunk(*b"ICCP", &t.bytes())], &[])
        }),
        row!("colour profile behind a simple picture", Cleaned, |t| {
            file(&[lossy(), chunk(*b"ICCP", &t.bytes())])
        }),
        row!("content credentials", Cleaned, |t| still(&[], &[chunk(*b"C2PA", &t.bytes())])),
        row!("list of texts", Cleaned, |t| {
            let artist = chunk(*b"IART", &t.bytes());
            still(&[], &[chunk(*b"LIST", &[&b"INFO"[..], &artist].concat())])
        }),
        row!("filling chunk", Cleaned, |t| still(&[chunk(*b"JUNK", &t.bytes())], &[])),
        row!("unknown chunk in front", Cleaned, |t| still(&[chunk(*b"META", &t.bytes())], &[])),
        row!("unknown chunk behind", Cleaned, |t| still(&[], &[chunk(*b"anna", &t.bytes())])),
        row!("unknown chunk behind a simple picture", Cleaned, |t| {
            file(&[lossy(), chunk(*b"anna", &t.bytes())])
        }),
        row!("unknown chunk in a frame", Cleaned, |t| {
            animation(&[chunk(*b"anna", &t.bytes())], &[])
        }),
        row!("XMP in a frame", Cleaned, |t| animation(&[chunk(*b"XMP ", &xmp(t))], &[])),
        row!("unknown chunk between frames", Cleaned, |t| {
            animation(&[], &[chunk(*b"anna", &t.bytes())])
        }),
    ]
}

/// Bytes that nobody is shown.
fn unseen() -> Vec<Row> {
    vec![
        row!("behind the end of the file", Cleaned, |t| {
            [&still(&[], &[])[..], &t.bytes()].concat()
        }),
        row!("second file behind the end", Cleaned, |t| {
            [&still(&[], &[])[..], &still(&[], &[chunk(*b"XMP ", &xmp(t))])].concat()
        }),
        row!("ZIP behind the end", Cleaned, |t| {
            [&still(&[], &[])[..], b"PK\x03\x04", &t.bytes()].concat()
        }),
        row!("behind a stored alpha plane", Cleaned, |t| {
            still(&[chunk(*b"ALPH", &[&[0; 9][..], &t.bytes()].concat())], &[])
        }),
        row!("behind a lossy picture, in its chunk", Cleaned, |t| {
            file(&[chunk(*b"VP8 ", &[LOSSY, &t.bytes()].concat())])
        }),
        row!("behind the first part of a lossy picture", Cleaned, |t| file(&[longer_first_part(
            t
        )])),
        row!("behind a lossless picture, in its chunk", Cleaned, |t| {
            let picture = lossless();
            let (head, data) = picture.split_at(8);
            let length = u32::from_le_bytes(head[4..].try_into().unwrap()) as usize;
            file(&[chunk(*b"VP8L", &[&data[..length], &t.bytes()].concat())])
        }),
        row!("behind the pictures of frames", Cleaned, |t| {
            let head = [0, 0, 0, 0, 0, 0, 3, 0, 0, 1, 0, 0, 50, 0, 0, 2];
            let picture = chunk(*b"VP8 ", &[LOSSY, &t.bytes()].concat());
            let frame = chunk(*b"ANMF", &[&head[..], &picture].concat());
            file(&[extended(2), chunk(*b"ANIM", &[0, 0, 0, 0, 3, 0]), frame.clone(), frame])
        }),
        row!("behind a packed alpha plane", Cleaned, |t| {
            // It is a lossless picture without a head.
            let plane = chunk(*b"ALPH", &[&[1], &lossless()[13..], &t.bytes()].concat());
            file(&[extended(0x10), plane, lossy()])
        }),
        row!("alpha plane of a lossless picture", Cleaned, |t| {
            let plane = chunk(*b"ALPH", &[&[0; 9][..], &t.bytes()].concat());
            file(&[extended(0x10), plane, lossless()])
        }),
        row!("behind the head of an extended file", Cleaned, |t| {
            let head = [&[0, 0, 0, 0, 3, 0, 0, 1, 0, 0][..], &t.bytes()].concat();
            file(&[chunk(*b"VP8X", &head), lossy()])
        }),
        row!("filling and a comment chunk", Cleaned, |t| {
            still(&[filled(*b"note", &t.hidden().as_bytes()[..15], t.bytes()[15])], &[])
        }),
    ]
}

/// Files that are not taken.
fn refused() -> Vec<Row> {
    vec![
        row!("second picture", TWICE, |t| { still(&[], &[lossy(), chunk(*b"XMP ", &xmp(t))]) }),
        row!("second picture behind a simple one", ORDER, |t| {
            file(&[lossy(), lossless(), chunk(*b"XMP ", &xmp(t))])
        }),
        row!("extended head in the middle", ORDER, |t| {
            file(&[lossy(), chunk(*b"VP8X", &t.bytes())])
        }),
        row!("second Exif", TWICE, |t| {
            still(&[], &[chunk(*b"EXIF", &exif(t)), chunk(*b"EXIF", &exif(t))])
        }),
        row!("second profile", TWICE, |t| {
            let profile = chunk(*b"ICCP", &t.bytes());
            still(&[profile.clone(), profile], &[])
        }),
        row!("frames that the head does not announce", TWICE, |t| {
            let mut file = animation(&[chunk(*b"XMP ", &xmp(t))], &[]);
            file[20] = 0;
            file
        }),
        row!("still picture beside an animation", TWICE, |t| {
            animation(&[], &[lossy(), chunk(*b"XMP ", &xmp(t))])
        }),
        row!("Exif inside a frame", ORDER, |t| animation(&[chunk(*b"EXIF", &exif(t))], &[])),
        row!("first chunk that is none of the format's", ORDER, |t| {
            file(&[chunk(*b"JUNK", &t.bytes()), lossy()])
        }),
        row!("text as number of repetitions", Refused(Refusal::Damaged(Damage::Length)), |t| {
            file(&[extended(2), chunk(*b"ANIM", &t.bytes()), lossy()])
        }),
        row!("canvas of another size", Refused(Refusal::Damaged(Damage::Value)), |t| {
            let mut file = still(&[], &[chunk(*b"XMP ", &xmp(t))]);
            file[24] = 9;
            file
        }),
        row!("header of a document", Refused(Refusal::Polyglot), |t| {
            still(&[], &[chunk(*b"note", &[&b"%PDF-1.7"[..], &t.bytes()].concat())])
        }),
        row!("length beyond the file", Refused(Refusal::Truncated), |t| {
            let mut file = still(&[], &[chunk(*b"XMP ", &xmp(t))]);
            file.pop();
            file
        }),
    ]
}

/// The rows of WebP.
pub(super) fn rows() -> Vec<Row> {
    [chunks(), unseen(), refused()].into_iter().flatten().collect()
}

/// The allow-lists of WebP.
pub(super) fn lists() -> Vec<List> {
    vec![List { name: CHUNKS.name, forbidden: CHUNKS.forbidden.len(), kinds: &[Kind::Webp] }]
}
