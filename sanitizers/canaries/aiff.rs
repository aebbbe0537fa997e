//! Every hiding place of an AIFF.

use super::sound::{ape, id3, id3v1};
use super::{Outcome, Row, Token};
use crate::refusal::{Damage, Feature};
use crate::{Kind, Refusal};

/// Two channels, four frames of 16 bits, 44,100 times a second.
pub(crate) const COMMON: &[u8] =
    &[0, 2, 0, 0, 0, 4, 0, 16, 0x40, 0x0E, 0xAC, 0x44, 0, 0, 0, 0, 0, 0];

/// A chunk with its padding.
pub(crate) fn part(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u32).to_be_bytes();
    [&name[..], &length, data, &[0][..data.len() % 2]].concat()
}

/// A file of these chunks.
pub(crate) fn form(kind: &[u8; 4], parts: &[Vec<u8>]) -> Vec<u8> {
    part(*b"FORM", &[kind.to_vec(), parts.concat()].concat())
}

fn common() -> Vec<u8> {
    part(*b"COMM", COMMON)
}

/// The samples: what people hear.
fn sound(token: &Token) -> Vec<u8> {
    part(*b"SSND", &[&[0; 8], token.shown().as_bytes()].concat())
}

/// A file with one more chunk between the two.
fn with(token: &Token, name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    form(b"AIFF", &[common(), part(*name, data), sound(token)])
}

/// A file whose compression has this code and a name.
fn compressed(token: &Token, code: &[u8; 4], name: &[u8], frames: u8) -> Vec<u8> {
    let mut head = COMMON.to_vec();
    head[5] = frames;
    let name = [&[name.len() as u8], name, &[0][..(name.len() + 1) % 2]].concat();
    let head = part(*b"COMM", &[&head[..], code, &name].concat());
    let version = part(*b"FVER", &[0xA2, 0x80, 0x51, 0x40]);
    form(b"AIFC", &[version, head, sound(token)])
}

fn row(place: &'static str, plant: fn(&Token) -> Vec<u8>) -> Row {
    Row { kind: Kind::Aiff, place, plant, outcome: Outcome::Cleaned }
}

fn refused(place: &'static str, reason: Refusal, plant: fn(&Token) -> Vec<u8>) -> Row {
    Row { outcome: Outcome::Refused(reason), ..row(place, plant) }
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = chunks();
    rows.extend(headers());
    rows.extend(refusals());
    rows
}

fn chunks() -> Vec<Row> {
    vec![
        row("name", |t| with(t, b"NAME", &t.bytes())),
        row("author", |t| with(t, b"AUTH", &t.bytes())),
        row("copyright", |t| with(t, b"(c) ", &t.bytes())),
        row("annotation", |t| with(t, b"ANNO", &t.bytes())),
        row("comment with its time", |t| {
            let head = [0, 1, 0xE0, 1, 2, 3, 0, 0, 0, 16];
            with(t, b"COMT", &[&head[..], &t.bytes()].concat())
        }),
        row("ID3", |t| with(t, b"ID3 ", &id3(t, b"TPE1", 3))),
        row("data of a program", |t| with(t, b"APPL", &[&b"stoc"[..], &t.bytes()].concat())),
        row("marker with a name", |t| {
            with(t, b"MARK", &[&[0, 1, 0, 1, 0, 0, 0, 0, 16][..], &t.bytes(), &[0]].concat())
        }),
        row("instrument", |t| with(t, b"INST", &t.bytes())),
        row("messages to instruments", |t| with(t, b"MIDI", &t.bytes())),
        row("state of a recorder", |t| with(t, b"AESD", &[&t.bytes()[..], &[0; 8]].concat())),
        row("sound accelerator", |t| with(t, b"SAXL", &t.bytes())),
        row("C2PA", |t| with(t, b"C2PA", &t.bytes())),
        row("XMP", |t| with(t, b"APPL", &[&b"XMP "[..], &t.bytes()].concat())),
        row("own chunk", |t| with(t, b"anna", &t.bytes())),
        row("own version", |t| form(b"AIFF", &[common(), part(*b"FVER", &t.bytes()), sound(t)])),
        row("behind the last chunk", |t| {
            [form(b"AIFF", &[common(), sound(t)]), t.bytes().to_vec()].concat()
        }),
        row("second file behind the end", |t| {
            [form(b"AIFF", &[common(), sound(t)]), with(t, b"AUTH", &t.bytes())].concat()
        }),
        row("ID3v1 behind the end", |t| [form(b"AIFF", &[common(), sound(t)]), id3v1(t)].concat()),
        row("APE tag behind the end", |t| [form(b"AIFF", &[common(), sound(t)]), ape(t)].concat()),
    ]
}

fn headers() -> Vec<Row> {
    vec![
        row("name of the compression", |t| compressed(t, b"sowt", &t.bytes(), 4)),
        row("name of no compression", |t| compressed(t, b"NONE", &t.bytes(), 4)),
        row("behind the common chunk", |t| {
            form(b"AIFF", &[part(*b"COMM", &[COMMON, &t.bytes()].concat()), sound(t)])
        }),
        row("before the samples in their chunk", |t| {
            let head = [&[0, 0, 0, 16, 0, 0, 0, 0], &t.bytes()[..]].concat();
            let data = [&head, t.shown().as_bytes()].concat();
            form(b"AIFF", &[common(), part(*b"SSND", &data)])
        }),
        row("behind the samples in their chunk", |t| {
            let data = [&[0; 8], t.shown().as_bytes(), &t.bytes()].concat();
            form(b"AIFF", &[common(), part(*b"SSND", &data)])
        }),
    ]
}

fn refusals() -> Vec<Row> {
    vec![
        refused("unknown compression", Refusal::Feature(Feature::Codec), |t| {
            compressed(t, b"QDM2", &t.bytes(), 4)
        }),
        refused("fewer samples than promised", Refusal::Truncated, |t| {
            compressed(t, b"sowt", &t.bytes(), 5)
        }),
        refused("described speakers", Refusal::Damaged(Damage::Value), |t| {
            with(t, b"CHAN", &[&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1][..], &t.bytes()].concat())
        }),
        refused("number of an arrangement that is none", Refusal::Damaged(Damage::Value), |t| {
            let speakers = part(*b"CHAN", &[&t.bytes()[..4], &[0; 8]].concat());
            form(b"AIFF", &[common(), speakers, sound(t), part(*b"NAME", &t.bytes())])
        }),
        refused("two sets of samples", Refusal::Damaged(Damage::Missing), |t| {
            form(b"AIFF", &[common(), sound(t), part(*b"SSND", &t.bytes())])
        }),
        refused("a rate that is none", Refusal::Damaged(Damage::Value), |t| {
            let head = [&COMMON[..8], &t.bytes()[..10], &t.bytes()].concat();
            form(b"AIFF", &[part(*b"COMM", &head), sound(t)])
        }),
    ]
}
