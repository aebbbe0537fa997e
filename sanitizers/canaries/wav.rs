//! Every hiding place of a WAV.

use super::sound::{ape, id3, id3v1};
use super::{Outcome, Row, Token};
use crate::refusal::{Damage, Feature};
use crate::{Kind, Refusal};

/// Two channels of 16 bits, 44,100 times a second.
pub(crate) const FORMAT: &[u8] = &[1, 0, 2, 0, 0x44, 0xAC, 0, 0, 0x10, 0xB1, 2, 0, 4, 0, 16, 0];

/// A chunk with its padding.
pub(crate) fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u32).to_le_bytes();
    [&name[..], &length, data, &[0][..data.len() % 2]].concat()
}

/// A file of these chunks.
pub(crate) fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(*b"RIFF", &[b"WAVE".to_vec(), chunks.concat()].concat())
}

fn format() -> Vec<u8> {
    chunk(*b"fmt ", FORMAT)
}

/// The samples: what people hear.
fn sound(token: &Token) -> Vec<u8> {
    chunk(*b"data", token.shown().as_bytes())
}

/// A file with one more chunk before the samples.
fn before(token: &Token, name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    riff(&[format(), chunk(*name, data), sound(token)])
}

/// A file with one more chunk behind the samples.
fn behind(token: &Token, name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    riff(&[format(), sound(token), chunk(*name, data)])
}

/// A list with the token in one field.
fn list(token: &Token, kind: &[u8; 4], field: &[u8; 4]) -> Vec<u8> {
    [&kind[..], &chunk(*field, token.hidden().as_bytes())].concat()
}

/// A broadcast extension with the token from a place on.
fn broadcast(token: &Token, place: usize) -> Vec<u8> {
    let mut data = vec![0; 640];
    data[place..place + 16].copy_from_slice(&token.bytes());
    data
}

/// Another format: the common fields with these first and last numbers, and more.
fn coded(coding: u16, channels: u16, block: u16, bits: u16, more: &[u8]) -> Vec<u8> {
    let mut data = [coding.to_le_bytes(), channels.to_le_bytes()].concat();
    data.extend([0x40, 0x1F, 0, 0, 0, 0, 0, 0]);
    data.extend([block.to_le_bytes(), bits.to_le_bytes()].concat());
    data.extend(more);
    chunk(*b"fmt ", &data)
}

fn row(place: &'static str, plant: fn(&Token) -> Vec<u8>) -> Row {
    Row { kind: Kind::Wav, place, plant, outcome: Outcome::Cleaned }
}

fn silent(place: &'static str, plant: fn(&Token) -> Vec<u8>) -> Row {
    Row { outcome: Outcome::CleanedSilently, ..row(place, plant) }
}

fn refused(place: &'static str, reason: Refusal, plant: fn(&Token) -> Vec<u8>) -> Row {
    Row { outcome: Outcome::Refused(reason), ..row(place, plant) }
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = chunks();
    rows.extend(lists());
    rows.extend(around());
    rows.extend(headers());
    rows.extend(refusals());
    rows
}

fn chunks() -> Vec<Row> {
    vec![
        row("bext description", |t| before(t, b"bext", &broadcast(t, 0))),
        row("bext originator", |t| before(t, b"bext", &broadcast(t, 256))),
        row("bext originator reference", |t| before(t, b"bext", &broadcast(t, 288))),
        row("bext date and time", |t| before(t, b"bext", &broadcast(t, 320))),
        row("bext UMID", |t| before(t, b"bext", &broadcast(t, 348))),
        row("bext coding history", |t| before(t, b"bext", &broadcast(t, 602))),
        row("iXML", |t| {
            before(t, b"iXML", format!("<BWFXML><NOTE>{}</NOTE></BWFXML>", t.hidden()).as_bytes())
        }),
        row("axml (audio definition model)", |t| behind(t, b"axml", t.hidden().as_bytes())),
        row("chna", |t| before(t, b"chna", &t.bytes())),
        row("cart", |t| before(t, b"cart", &broadcast(t, 20))),
        row("id3 chunk", |t| behind(t, b"id3 ", &id3(t, b"TPE1", 3))),
        row("ID3 chunk", |t| behind(t, b"ID3 ", &id3(t, b"TXXX", 4))),
        row("XMP", |t| {
            behind(t, b"_PMX", format!("<x:xmpmeta>{}</x:xmpmeta>", t.hidden()).as_bytes())
        }),
        row("JUNK that is not empty", |t| before(t, b"JUNK", &t.bytes())),
        row("FLLR that is not empty", |t| before(t, b"FLLR", &t.bytes())),
        row("PAD that is not empty", |t| before(t, b"PAD ", &t.bytes())),
        row("cue points", |t| {
            behind(t, b"cue ", &[&[1, 0, 0, 0][..], &t.bytes(), &[0; 8]].concat())
        }),
        row("sampler", |t| behind(t, b"smpl", &t.bytes())),
        row("instrument", |t| behind(t, b"inst", &t.bytes())),
        row("ACID loops", |t| before(t, b"acid", &t.bytes())),
        row("PEAK with its time", |t| before(t, b"PEAK", &t.bytes())),
        row("display text", |t| behind(t, b"DISP", &[&[1, 0, 0, 0][..], &t.bytes()].concat())),
        row("C2PA", |t| behind(t, b"C2PA", &t.bytes())),
        row("UMID", |t| before(t, b"umid", &t.bytes())),
        row("digest", |t| before(t, b"MD5 ", &t.bytes())),
        row("minf of a studio", |t| before(t, b"minf", &t.bytes())),
        row("elm1 of a studio", |t| before(t, b"elm1", &t.bytes())),
        row("regn of a studio", |t| behind(t, b"regn", &t.bytes())),
        row("own chunk", |t| before(t, b"anna", &t.bytes())),
        row("name of a chunk", |t| {
            let word = t.bytes();
            let names = word.chunks(4).map(|name| chunk(name.try_into().unwrap(), b""));
            // The names stand apart in the file; so they are put together in one chunk, too.
            let more = chunk(*b"anna", &word);
            riff(&[format(), names.collect::<Vec<_>>().concat(), more, sound(t)])
        }),
        row("content of an unneeded fact", |t| {
            riff(&[format(), chunk(*b"fact", &t.bytes()), chunk(*b"JUNK", &t.bytes()), sound(t)])
        }),
    ]
}

fn lists() -> Vec<Row> {
    vec![
        row("LIST INFO artist", |t| before(t, b"LIST", &list(t, b"INFO", b"IART"))),
        row("LIST INFO comment", |t| before(t, b"LIST", &list(t, b"INFO", b"ICMT"))),
        row("LIST INFO copyright", |t| before(t, b"LIST", &list(t, b"INFO", b"ICOP"))),
        row("LIST INFO creation date", |t| before(t, b"LIST", &list(t, b"INFO", b"ICRD"))),
        row("LIST INFO engineer", |t| before(t, b"LIST", &list(t, b"INFO", b"IENG"))),
        row("LIST INFO name", |t| before(t, b"LIST", &list(t, b"INFO", b"INAM"))),
        row("LIST INFO software", |t| behind(t, b"LIST", &list(t, b"INFO", b"ISFT"))),
        row("LIST INFO technician", |t| behind(t, b"LIST", &list(t, b"INFO", b"ITCH"))),
        row("LIST INFO archival location", |t| behind(t, b"LIST", &list(t, b"INFO", b"IARL"))),
        row("LIST INFO address", |t| behind(t, b"LIST", &list(t, b"INFO", b"IURL"))),
        row("LIST INFO own field", |t| behind(t, b"LIST", &list(t, b"INFO", b"Anna"))),
        row("LIST adtl label", |t| behind(t, b"LIST", &list(t, b"adtl", b"labl"))),
        row("LIST adtl note", |t| behind(t, b"LIST", &list(t, b"adtl", b"note"))),
        row("LIST adtl text", |t| behind(t, b"LIST", &list(t, b"adtl", b"ltxt"))),
        row("LIST adtl file", |t| behind(t, b"LIST", &list(t, b"adtl", b"file"))),
        row("LIST exif", |t| behind(t, b"LIST", &list(t, b"exif", b"emdl"))),
        row("LIST of a program", |t| behind(t, b"LIST", &list(t, b"Anna", b"note"))),
    ]
}

fn around() -> Vec<Row> {
    vec![
        row("behind the last chunk", |t| {
            [riff(&[format(), sound(t)]), t.bytes().to_vec()].concat()
        }),
        row("second file behind the end", |t| {
            [riff(&[format(), sound(t)]), before(t, b"bext", &broadcast(t, 0))].concat()
        }),
        row("ID3v1 behind the end", |t| [riff(&[format(), sound(t)]), id3v1(t)].concat()),
        row("APE tag behind the end", |t| [riff(&[format(), sound(t)]), ape(t)].concat()),
        row("a chunk that ends too early", |t| {
            let cut = [&b"LIST\xFF\0\0\0"[..], t.hidden().as_bytes()].concat();
            [riff(&[format(), sound(t)]), cut].concat()
        }),
        row("part of a frame behind the samples", |t| {
            let samples = [t.shown().as_bytes(), &t.bytes()[..3]].concat();
            riff(&[format(), chunk(*b"data", &samples), chunk(*b"JUNK", &t.bytes())])
        }),
    ]
}

/// Places in the header itself, and in longer forms of it.
fn headers() -> Vec<Row> {
    vec![
        row("spare bytes of IMA ADPCM", |t| {
            // They stand apart in the file; so the token is put together in a chunk, too.
            let mut file = spare(&t.bytes());
            file.extend(chunk(*b"anna", &t.bytes()));
            let length = (file.len() as u32 - 8).to_le_bytes();
            file[4..8].copy_from_slice(&length);
            file
        }),
        silent("behind the fields of fmt", |t| {
            let long = chunk(*b"fmt ", &[FORMAT, &[16, 0], &t.bytes()].concat());
            riff(&[long, sound(t)])
        }),
        silent("behind the identifier of an extended fmt", |t| {
            let family = b"\0\0\0\0\x10\0\x80\0\0\xAA\0\x38\x9B\x71";
            let more = [&[38, 0, 16, 0, 0x33, 0, 0, 0, 1, 0], &family[..], &t.bytes()].concat();
            riff(&[coded(0xFFFE, 4, 8, 16, &more), sound(t)])
        }),
        silent("extension of a float format", |t| {
            let more = [&[16, 0][..], &t.bytes()].concat();
            riff(&[coded(3, 1, 4, 32, &more), sound(t)])
        }),
        silent("extension of A-law", |t| {
            riff(&[coded(6, 1, 1, 8, &[&[16, 0][..], &t.bytes()].concat()), sound(t)])
        }),
        silent("fact of packed samples", |t| {
            let more = [&[2, 0, 33, 0][..], &t.bytes()].concat();
            let block = chunk(*b"data", &[&[0; 4], t.shown().as_bytes()].concat());
            riff(&[coded(0x11, 1, 20, 4, &more), chunk(*b"fact", &t.bytes()), block])
        }),
        silent("the length of a long file", |t| {
            // RF64: the length of the samples is in the table, which has noughts behind.
            let table = [&[0; 8][..], &16_u64.to_le_bytes(), &[0; 12]].concat();
            let open = [&b"data\xFF\xFF\xFF\xFF"[..], t.shown().as_bytes()].concat();
            let long = chunk(*b"fmt ", &[FORMAT, &[16, 0], &t.bytes()].concat());
            let mut file = riff(&[chunk(*b"ds64", &table), long, open]);
            file[..8].copy_from_slice(b"RF64\xFF\xFF\xFF\xFF");
            file
        }),
        row("table of a long file", |t| {
            let mut table = vec![0; 28];
            table[8..16].copy_from_slice(&16_u64.to_le_bytes());
            table.extend(t.bytes());
            let open = [&b"data\xFF\xFF\xFF\xFF"[..], t.shown().as_bytes()].concat();
            let mut file = riff(&[chunk(*b"ds64", &table), format(), open]);
            file[..8].copy_from_slice(b"BW64\xFF\xFF\xFF\xFF");
            file
        }),
    ]
}

/// Blocks of IMA ADPCM with one channel, each with a byte of the token that nobody hears.
pub(crate) fn spare(bytes: &[u8]) -> Vec<u8> {
    let blocks = bytes.iter().flat_map(|&byte| [1, 0, 7, byte, 1, 2, 3, 4]);
    let blocks: Vec<u8> = blocks.collect();
    riff(&[coded(0x11, 1, 8, 4, &[2, 0, 9, 0]), chunk(*b"data", &blocks)])
}

fn refusals() -> Vec<Row> {
    let codec = Refusal::Feature(Feature::Codec);
    let value = Refusal::Damaged(Damage::Value);
    let missing = Refusal::Damaged(Damage::Missing);
    vec![
        refused("MP3 in a WAV", codec, |t| {
            riff(&[coded(0x55, 1, 1, 0, &[0, 0]), chunk(*b"data", &t.bytes())])
        }),
        refused("MPEG in a WAV", codec, |t| {
            riff(&[coded(0x50, 1, 1, 0, &[0, 0]), chunk(*b"data", &t.bytes())])
        }),
        refused("AAC in a WAV", codec, |t| {
            riff(&[coded(0xFF, 1, 1, 0, &[0, 0]), chunk(*b"data", &t.bytes())])
        }),
        refused("AAC with headers in a WAV", codec, |t| {
            riff(&[coded(0x1610, 1, 1, 0, &[0, 0]), chunk(*b"data", &t.bytes())])
        }),
        refused("identifier of an unknown coding", codec, |t| {
            let more = [&[22, 0, 16, 0, 0, 0, 0, 0][..], &t.bytes()].concat();
            riff(&[coded(0xFFFE, 1, 2, 16, &more), sound(t)])
        }),
        refused("own coefficients of ADPCM", value, |t| {
            let more = [&[32, 0, 4, 0, 7, 0][..], &t.bytes(), &[0; 12]].concat();
            riff(&[coded(2, 1, 8, 4, &more), sound(t)])
        }),
        refused("speakers without a meaning", value, |t| {
            let family = b"\0\0\0\0\x10\0\x80\0\0\xAA\0\x38\x9B\x71";
            let head = b"\x26\0\x10\0\0\0\0\xFF\x01\0";
            let more = [&head[..], family, &t.bytes()].concat();
            riff(&[coded(0xFFFE, 4, 8, 16, &more), sound(t)])
        }),
        refused("two sets of samples", missing, |t| {
            riff(&[format(), sound(t), chunk(*b"data", &t.bytes())])
        }),
        refused("two formats", missing, |t| {
            riff(&[format(), chunk(*b"fmt ", &t.bytes()), sound(t)])
        }),
        refused("samples in a list of pieces", missing, |t| {
            riff(&[format(), chunk(*b"LIST", &list(t, b"wavl", b"data"))])
        }),
        refused("samples that end too early", Refusal::Truncated, |t| {
            let open = [&b"data\xFF\0\0\0"[..], t.hidden().as_bytes()].concat();
            riff(&[format(), open])
        }),
        refused("tag in a stream without an end", Refusal::Damaged(Damage::Length), |t| {
            let open = [&b"data\xFF\xFF\xFF\xFF"[..], t.shown().as_bytes()].concat();
            riff(&[format(), open, chunk(*b"LIST", &list(t, b"INFO", b"IART"))])
        }),
        refused("big-endian form", Refusal::Feature(Feature::Construct), |t| {
            let mut file = before(t, b"note", &t.bytes());
            file[3] = b'X';
            file
        }),
    ]
}
