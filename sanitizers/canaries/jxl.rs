//! Hiding places of JPEG XL.

use super::neighbours::List;
use super::{Outcome, Row, Token};
use crate::jxl::BOXES;
use crate::refusal::{Damage, Feature, Limit};
use crate::{Kind, Refusal};

use Outcome::{Cleaned, CleanedSilently, Refused};

/// A red picture of 8 by 8 pixels, as another program codes it.
pub(crate) const STREAM: &[u8] =
    b"\xFF\x0A\x41\x40\x40\xE5\xDE\x2A\x82\x08\x02\x01\x00\x5C\x00\x4B\
    \x18\x8B\x15\xC2\x49\x02\xE6\x05\x22\x00\xD8\xFF\xFE\xD0\0\0\0\0\0\0\0\0";

pub(crate) fn boxed(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 8).unwrap();
    [&length.to_be_bytes()[..], &name, body].concat()
}

/// A file in boxes.
pub(crate) fn file(boxes: &[Vec<u8>]) -> Vec<u8> {
    let start = b"\0\0\0\x0CJXL \x0D\x0A\x87\x0A\0\0\0\x14ftypjxl \0\0\0\0jxl ";
    [&start[..], &boxes.concat()].concat()
}

/// A picture with one more box in front of it.
fn beside(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    file(&[boxed(name, body), boxed(*b"jxlc", STREAM)])
}

/// A part of the stream.
fn part(number: u32, data: &[u8]) -> Vec<u8> {
    boxed(*b"jxlp", &[&number.to_be_bytes()[..], data].concat())
}

/// A stream of 8 by 8 pixels whose head goes on with these bits, low bit first, and which
/// ends with the token and a byte that is no text.
fn head(token: &Token, bits: &str) -> Vec<u8> {
    let bits: Vec<u8> = format!("100000100{bits}").bytes().filter(|bit| *bit != b' ').collect();
    let bytes =
        bits.chunks(8).map(|byte| byte.iter().rev().fold(0, |sum, bit| sum << 1 | (bit - b'0')));
    [b"\xFF\x0A".to_vec(), bytes.collect(), token.bytes().to_vec(), vec![0]].concat()
}

fn exif(token: &Token) -> Vec<u8> {
    let artist = token.hidden();
    let length = u8::try_from(artist.len()).unwrap();
    [
        &[0; 4],
        &b"MM\0\x2a\0\0\0\x08\0\x01\x01\x3b\0\x02\0\0\0"[..],
        &[length, 0, 0, 0, 26, 0, 0, 0, 0],
        artist.as_bytes(),
    ]
    .concat()
}

fn xmp(token: &Token) -> Vec<u8> {
    format!("<x:xmpmeta><rdf:Description dc:creator=\"{}\"/></x:xmpmeta>", token.hidden())
        .into_bytes()
}

macro_rules! row {
    ($place:expr, $outcome:expr, $plant:expr) => {
        Row { kind: Kind::Jxl, place: $place, plant: $plant, outcome: $outcome }
    };
}

const RARE: Outcome = Refused(Refusal::Feature(Feature::Coding));
const MISSING: Outcome = Refused(Refusal::Damaged(Damage::Missing));
const ORDER: Outcome = Refused(Refusal::Damaged(Damage::Order));

fn boxes() -> Vec<Row> {
    vec![
        row!("Exif", Cleaned, |t| beside(*b"Exif", &exif(t))),
        row!("Exif that cannot be read", Cleaned, |t| beside(*b"Exif", &t.bytes())),
        row!("XMP", Cleaned, |t| beside(*b"xml ", &xmp(t))),
        row!("XMP in UTF-16", Cleaned, |t| beside(*b"xml ", &t.utf16())),
        row!("content credentials", Cleaned, |t| beside(*b"jumb", &t.bytes())),
        row!("packed Exif", Cleaned, |t| beside(*b"brob", &[&b"Exif"[..], &t.bytes()].concat())),
        row!("packed XMP", Cleaned, |t| beside(*b"brob", &[&b"xml "[..], &t.bytes()].concat())),
        row!("head of the JPEG that it was", Cleaned, |t| beside(*b"jbrd", &t.bytes())),
        row!("list of frames", Cleaned, |t| beside(*b"jxli", &t.bytes())),
        row!("free room", Cleaned, |t| beside(*b"free", &t.bytes())),
        row!("unknown box", Cleaned, |t| beside(*b"anna", &t.bytes())),
        row!("behind the stream", Cleaned, |t| {
            file(&[boxed(*b"jxlc", STREAM), boxed(*b"Exif", &exif(t))])
        }),
        row!("between parts of the stream", Cleaned, |t| {
            let (one, two) = STREAM.split_at(20);
            file(&[part(0, one), boxed(*b"xml ", &xmp(t)), part(1 << 31 | 1, two)])
        }),
        row!("level of the decoder", CleanedSilently, |t| beside(*b"jxll", &t.bytes())),
    ]
}

fn refused() -> Vec<Row> {
    vec![
        row!("colour profile", RARE, |t| head(t, "0 0 000 1 00 1 0 1")),
        row!("small second picture", RARE, |t| head(t, "0 1 000 0 1")),
        row!("times of day of frames", RARE, |t| head(t, "0 1 000 0 0 1 00 00 00 1")),
        row!("name of a channel", RARE, |t| {
            head(t, "0 0 000 1 10 0 00 000 00 10 1010 00000000")
        }),
        row!("channel of depth", RARE, |t| head(t, "0 0 000 1 10 0 10 000 00 00")),
        row!("channel of heat", RARE, |t| head(t, "0 0 000 1 10 0 01 0010 000 00 00")),
        row!("channel of black", RARE, |t| head(t, "0 0 000 1 10 0 01 0100 000 00 00")),
        row!("extension", RARE, |t| head(t, "0 0 000 1 00 1 1 10 0000")),
        row!("weights for making it larger", RARE, |t| head(t, "1 0")),
        row!("space of the coded numbers", RARE, |t| head(t, "0 0 000 1 00 1 0 0 01 0000")),
        row!("behind the last frame", Refused(Refusal::Verification), |t| {
            [STREAM, &t.bytes()].concat()
        }),
        row!("behind the last frame, in a box", Refused(Refusal::Verification), |t| {
            file(&[boxed(*b"jxlc", &[STREAM, &t.bytes()].concat())])
        }),
        row!("second stream", MISSING, |t| {
            file(&[boxed(*b"jxlc", STREAM), boxed(*b"jxlc", &t.bytes())])
        }),
        row!("part behind a whole stream", ORDER, |t| {
            file(&[boxed(*b"jxlc", STREAM), part(1 << 31, &t.bytes())])
        }),
        row!("whole stream behind a part", MISSING, |t| {
            file(&[part(0, &t.bytes()), boxed(*b"jxlc", STREAM)])
        }),
        row!("parts in another order", ORDER, |t| {
            file(&[part(1, &t.bytes()), part(1 << 31, STREAM)])
        }),
        row!("no last part", MISSING, |t| file(&[part(0, &t.bytes())])),
        row!("no stream", MISSING, |t| file(&[boxed(*b"Exif", &exif(t))])),
        row!("sort of file that says more", ORDER, |t| {
            let mut file = beside(*b"Exif", &exif(t));
            file[24] = b'a';
            file
        }),
        row!("behind the last box", Refused(Refusal::Truncated), |t| {
            [file(&[boxed(*b"jxlc", STREAM)]), t.bytes().to_vec()].concat()
        }),
        row!("too many pixels", Refused(Refusal::Limit(Limit::Pixels)), |t| {
            [&b"\xFF\x0A\xFE\xFF\xFF\xFF\xFF\0"[..], &t.bytes()].concat()
        }),
        row!("header of a document", Refused(Refusal::Polyglot), |t| {
            beside(*b"free", &[&b"%PDF-1.7"[..], &t.bytes()].concat())
        }),
    ]
}

/// The rows of JPEG XL.
pub(super) fn rows() -> Vec<Row> {
    [boxes(), refused()].into_iter().flatten().collect()
}

/// The allow-lists of JPEG XL.
pub(super) fn lists() -> Vec<List> {
    vec![List { name: BOXES.name, forbidden: BOXES.forbidden.len(), kinds: &[Kind::Jxl] }]
}
