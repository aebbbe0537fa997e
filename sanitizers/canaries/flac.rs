//! Every hiding place of a FLAC.

use md5::{Digest, Md5};

use super::sound::{ape, id3, id3v1};
use super::{Outcome, Row, Token};
use crate::refusal::{Damage, Feature, Limit};
use crate::{Kind, Refusal};

/// A block of metadata; the last one is marked by `file`.
pub(crate) fn block(kind: u8, data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u32).to_be_bytes();
    [&[kind], &length[1..], data].concat()
}

/// A file of these blocks and frames.
pub(crate) fn file(blocks: &[Vec<u8>], frames: &[Vec<u8>]) -> Vec<u8> {
    let mut blocks = blocks.to_vec();
    blocks.last_mut().unwrap()[0] |= 0x80;
    [b"fLaC".to_vec(), blocks.concat(), frames.concat()].concat()
}

/// A checksum without tables: a polynomial of so many bits.
fn checksum(bytes: &[u8], polynomial: u32, bits: u32) -> u32 {
    let mut sum = 0;
    for byte in bytes {
        sum ^= u32::from(*byte) << (bits - 8);
        for _ in 0..8 {
            let high = sum >> (bits - 1) & 1;
            sum = ((sum << 1) ^ (high * polynomial)) & ((1 << bits) - 1);
        }
    }
    sum
}

/// A frame of one channel whose 16 samples of 8 bits are these bytes, as they are.
pub(crate) fn frame(number: u8, samples: &[u8]) -> Vec<u8> {
    with_end(number, &[&[2], samples].concat())
}

/// A frame with this one channel, right checksums behind it.
fn with_end(number: u8, channel: &[u8]) -> Vec<u8> {
    // One channel, 8 bits.
    with_width(0x02, number, channel)
}

fn with_width(width: u8, number: u8, channel: &[u8]) -> Vec<u8> {
    // 16 samples, 8 kHz.
    let head = [0xFF, 0xF8, 0x64, width, number, 15];
    let body = [&head[..], &[checksum(&head, 0x07, 8) as u8], channel].concat();
    let sum = (checksum(&body, 0x8005, 16) as u16).to_be_bytes();
    [body, sum.to_vec()].concat()
}

/// `STREAMINFO` of so many frames with these samples.
pub(crate) fn info(samples: &[u8], frames: u8) -> Vec<u8> {
    let length = frame(0, samples).len() as u8;
    let mut info = vec![0, 16, 0, 16, 0, 0, length, 0, 0, length];
    info.extend((8_000_u64 << 44 | 7 << 36 | (u64::from(frames) * 16)).to_be_bytes());
    let all: Vec<u8> = (0..frames).flat_map(|_| samples.to_vec()).collect();
    info.extend(Md5::digest(all));
    info
}

fn head(token: &Token) -> Vec<u8> {
    block(0, &info(token.shown().as_bytes(), 2))
}

fn sound(token: &Token) -> [Vec<u8>; 2] {
    [0, 1].map(|number| frame(number, token.shown().as_bytes()))
}

/// A file with one more block.
fn with(token: &Token, kind: u8, data: &[u8]) -> Vec<u8> {
    file(&[head(token), block(kind, data)], &sound(token))
}

/// A file and what stands before and behind it.
fn between(before: Vec<u8>, token: &Token, behind: Vec<u8>) -> Vec<u8> {
    [before, file(&[head(token)], &sound(token)), behind].concat()
}

/// Comments with this vendor.
pub(crate) fn comments(vendor: &str, comments: &[String]) -> Vec<u8> {
    let mut data = (vendor.len() as u32).to_le_bytes().to_vec();
    data.extend(vendor.as_bytes());
    data.extend((comments.len() as u32).to_le_bytes());
    for comment in comments {
        data.extend((comment.len() as u32).to_le_bytes());
        data.extend(comment.as_bytes());
    }
    data
}

fn comment(token: &Token, name: &str) -> Vec<u8> {
    with(token, 4, &comments("", &[format!("{name}={}", token.hidden())]))
}

/// A picture block with the token in one of its fields.
fn picture(token: &Token, field: usize) -> Vec<u8> {
    let (word, none) = (token.hidden(), String::new());
    let text = |number: usize| if field == number { &word } else { &none };
    let mut data = vec![0, 0, 0, 3];
    for number in 0..2 {
        data.extend((text(number).len() as u32).to_be_bytes());
        data.extend(text(number).as_bytes());
    }
    data.extend([0; 16]);
    data.extend((text(2).len() as u32).to_be_bytes());
    data.extend(text(2).as_bytes());
    data
}

fn row(place: &'static str, plant: fn(&Token) -> Vec<u8>) -> Row {
    Row { kind: Kind::Flac, place, plant, outcome: Outcome::Cleaned }
}

fn refused(place: &'static str, reason: Refusal, plant: fn(&Token) -> Vec<u8>) -> Row {
    Row { outcome: Outcome::Refused(reason), ..row(place, plant) }
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = blocks();
    rows.extend(around());
    rows.extend(refusals());
    rows
}

fn blocks() -> Vec<Row> {
    vec![
        row("vendor", |t| with(t, 4, &comments(&t.hidden(), &[]))),
        row("artist", |t| comment(t, "ARTIST")),
        row("date", |t| comment(t, "DATE")),
        row("encoder", |t| comment(t, "ENCODER")),
        row("location", |t| comment(t, "LOCATION")),
        row("comment", |t| comment(t, "COMMENT")),
        row("picture as a comment", |t| comment(t, "METADATA_BLOCK_PICTURE")),
        row("name of a comment", |t| with(t, 4, &comments("", &[format!("{}=x", t.hidden())]))),
        row("comment without a name", |t| with(t, 4, &comments("", &[t.hidden()]))),
        row("speakers that are none", |t| comment(t, "WAVEFORMATEXTENSIBLE_CHANNEL_MASK")),
        row("behind the comments", |t| {
            with(t, 4, &[comments("", &[]), t.bytes().to_vec()].concat())
        }),
        row("second block of comments", |t| {
            let hidden = block(4, &comments(&t.hidden(), &[]));
            file(&[head(t), block(4, &comments("", &[])), hidden], &sound(t))
        }),
        row("padding that is not empty", |t| with(t, 1, &t.bytes())),
        row("data of a program", |t| with(t, 2, &[&b"anna"[..], &t.bytes()].concat())),
        row("seek table", |t| with(t, 3, &[&[0xFF; 8][..], &t.bytes(), &[0; 12]].concat())),
        row("cue sheet catalogue number", |t| with(t, 5, &[&t.bytes()[..], &[0; 380]].concat())),
        row("picture", |t| with(t, 6, &picture(t, 2))),
        row("description of a picture", |t| with(t, 6, &picture(t, 1))),
        row("type of a picture", |t| with(t, 6, &picture(t, 0))),
        row("reserved block", |t| with(t, 7, &t.bytes())),
        row("second STREAMINFO", |t| with(t, 0, &[&t.bytes()[..], &[0; 18]].concat())),
    ]
}

fn around() -> Vec<Row> {
    vec![
        row("ID3 before the stream", |t| between(id3(t, b"TPE1", 4), t, Vec::new())),
        row("two ID3 before the stream", |t| {
            between([id3(t, b"TPE1", 3), id3(t, b"TT2", 2)].concat(), t, Vec::new())
        }),
        row("ID3v1 behind the last frame", |t| between(Vec::new(), t, id3v1(t))),
        row("APE tag behind the last frame", |t| between(Vec::new(), t, ape(t))),
        row("ID3 behind the last frame", |t| between(Vec::new(), t, id3(t, b"TPE1", 4))),
        row("bytes behind the last frame", |t| between(Vec::new(), t, t.bytes().to_vec())),
        row("second stream behind the first", |t| between(Vec::new(), t, with(t, 2, &t.bytes()))),
        row("sizes of frames", |t| {
            // They are computed; the token does not fit, so it is in the padding, too.
            let mut info = info(t.shown().as_bytes(), 2);
            info[4..10].copy_from_slice(&t.bytes()[..6]);
            file(&[block(0, &info), block(1, &t.bytes())], &sound(t))
        }),
    ]
}

fn refusals() -> Vec<Row> {
    vec![
        refused("width that stands in front only", Refusal::Feature(Feature::Codec), |t| {
            let frame = with_width(0, 0, &[&[2], t.shown().as_bytes()].concat());
            file(&[block(0, &info(t.shown().as_bytes(), 1)), block(1, &t.bytes())], &[frame])
        }),
        refused("heads of frames without end", Refusal::Limit(Limit::Parts), |t| {
            let mut info = info(t.shown().as_bytes(), 2);
            // Nobody counted the samples.
            info[13] &= 0xF0;
            info[14..18].fill(0);
            // Their checksums are wrong.
            let mut lure = frame(2, &t.bytes());
            *lure.last_mut().unwrap() ^= 1;
            let sound = [&sound(t)[..], &vec![lure; 40]].concat();
            let sound = [&sound[..2], &[b"gap".to_vec()], &sound[2..]].concat();
            file(&[block(0, &info)], &sound)
        }),
        refused("digest that is none", Refusal::Verification, |t| {
            let mut info = info(t.shown().as_bytes(), 2);
            info[18..].copy_from_slice(&t.bytes());
            file(&[block(0, &info)], &sound(t))
        }),
        refused("bytes between frames", Refusal::Truncated, |t| {
            let [first, second] = sound(t);
            file(&[head(t)], &[first, t.bytes().to_vec(), second])
        }),
        refused("fewer samples than promised", Refusal::Truncated, |t| {
            let [first, _] = sound(t);
            file(&[head(t), block(1, &t.bytes())], &[first])
        }),
        refused("frames behind a gap nobody counted", Refusal::Damaged(Damage::Order), |t| {
            let mut info = info(t.shown().as_bytes(), 2);
            info[14..18].fill(0);
            let [first, second] = sound(t);
            file(&[block(0, &info)], &[first, t.bytes().to_vec(), second])
        }),
        refused("wrong checksum of a frame", Refusal::Damaged(Damage::Length), |t| {
            let [first, mut second] = sound(t);
            *second.last_mut().unwrap() ^= 1;
            file(&[head(t), block(1, &t.bytes())], &[first, second])
        }),
        refused("header without its block", Refusal::Damaged(Damage::Missing), |t| {
            file(&[block(4, &t.bytes())], &sound(t))
        }),
        refused("bits that fill the last byte", Refusal::Damaged(Damage::Length), |t| {
            // One wasted bit: the samples end one byte before the frame would.
            let mut channel = vec![0x03, 0x80];
            channel.extend([0x55; 14]);
            channel.push(0x01);
            let [first, _] = sound(t);
            file(&[head(t), block(1, &t.bytes())], &[first, with_end(1, &channel)])
        }),
    ]
}
