//! Every hiding place of an MP3.

use super::sound::{ape, id3, id3v1, lyrics};
use super::{Outcome, Row, Token};
use crate::refusal::{Damage, Feature, Foreign};
use crate::{Kind, Refusal};

/// Two channels, 44,100 times a second, 128,000 bits: 417 bytes.
pub(crate) const HEADER: [u8; 4] = [0xFF, 0xFB, 0x90, 0x00];
/// Bytes of the room for sound in such a frame.
const ROOM: usize = 417 - 4 - 32;

/// A frame whose sound begins so many bytes before its room and has so many bits.
pub(crate) fn frame(back: u16, bits: u16, room: &[u8]) -> Vec<u8> {
    let mut side = [0; 32];
    let back = (back << 7).to_be_bytes();
    (side[0], side[1]) = (back[0], back[1]);
    // The length of the first part stands from bit 20 on.
    (side[2], side[3]) = (((bits >> 8) & 0x0F) as u8, bits as u8);
    let mut frame = [&HEADER[..], &side, room].concat();
    frame.resize(417, 0);
    frame
}

/// A frame whose sound is this.
pub(crate) fn sound(token: &Token) -> Vec<u8> {
    frame(0, 128, token.shown().as_bytes())
}

/// A frame with the token behind its sound.
fn filled(token: &Token) -> Vec<u8> {
    frame(0, 128, format!("{}{}", token.shown(), token.hidden()).as_bytes())
}

/// A table of an encoder that calls itself by this name, for so many frames.
pub(crate) fn table(word: &[u8], name: &[u8], frames: u32) -> Vec<u8> {
    let mut table = [word, &15_u32.to_be_bytes(), &frames.to_be_bytes(), &[0; 4]].concat();
    table.extend([7; 100]);
    table.extend([0, 0, 0, 78]);
    table.extend(name);
    table.resize(table.len() + 9 - name.len().min(9), 0);
    // Settings, loudness, delay and padding, checksums.
    table.extend([4, 190, 1, 2, 3, 4, 0x2C, 1, 0x4C, 1, 0x11, 128, 0x24, 0x04, 0xE8]);
    table.extend([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    frame(0, 0, &table)
}

fn three(token: &Token) -> Vec<u8> {
    [sound(token), sound(token), sound(token)].concat()
}

/// Three frames, the first one changed at these places.
fn changed(token: &Token, change: fn(&mut [u8])) -> Vec<u8> {
    let mut file = three(token);
    change(&mut file);
    file
}

fn row(place: &'static str, plant: fn(&Token) -> Vec<u8>) -> Row {
    Row { kind: Kind::Mp3, place, plant, outcome: Outcome::Cleaned }
}

fn refused(place: &'static str, reason: Refusal, plant: fn(&Token) -> Vec<u8>) -> Row {
    Row { outcome: Outcome::Refused(reason), ..row(place, plant) }
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = tags();
    rows.extend(frames());
    rows.extend(tables());
    rows.extend(refusals());
    rows
}

fn tags() -> Vec<Row> {
    let before = |place, plant| row(place, plant);
    vec![
        before("ID3v2.2 before", |t| [id3(t, b"TP1", 2), three(t)].concat()),
        before("ID3v2.3 artist", |t| [id3(t, b"TPE1", 3), three(t)].concat()),
        before("ID3v2.4 date", |t| [id3(t, b"TDRC", 4), three(t)].concat()),
        before("ID3 picture", |t| [id3(t, b"APIC", 3), three(t)].concat()),
        before("ID3 file inside", |t| [id3(t, b"GEOB", 3), three(t)].concat()),
        before("ID3 private frame", |t| [id3(t, b"PRIV", 3), three(t)].concat()),
        before("ID3 identifier", |t| [id3(t, b"UFID", 3), three(t)].concat()),
        before("ID3 comment", |t| [id3(t, b"COMM", 3), three(t)].concat()),
        before("ID3 lyrics", |t| [id3(t, b"USLT", 3), three(t)].concat()),
        before("ID3 address", |t| [id3(t, b"WXXX", 3), three(t)].concat()),
        before("ID3 own text", |t| [id3(t, b"TXXX", 4), three(t)].concat()),
        before("ID3 encoded by", |t| [id3(t, b"TENC", 4), three(t)].concat()),
        before("ID3 owner", |t| [id3(t, b"OWNE", 4), three(t)].concat()),
        before("ID3 podcast", |t| [id3(t, b"PCST", 3), three(t)].concat()),
        before("two ID3 before", |t| [id3(t, b"TPE1", 3), id3(t, b"TP1", 2), three(t)].concat()),
        before("ID3 with sound inside", |t| {
            let inside = [&t.bytes()[..], &frame(0, 128, &t.bytes()), &frame(0, 0, b"x")].concat();
            let size = [inside.len() / 128, inside.len() % 128].map(|part| part as u8);
            [&b"ID3\x03\0\0\0\0"[..], &size, &inside, &three(t)].concat()
        }),
        before("ID3 that is unsynchronised", |t| {
            let mut tag = id3(t, b"TPE1", 3);
            tag[5] = 0x80;
            [tag, three(t)].concat()
        }),
        before("padding of an ID3", |t| {
            let mut tag = id3(t, b"TPE1", 3);
            tag[9] += 48;
            [&tag[..], &[0; 16], &t.bytes(), &[0; 16], &three(t)].concat()
        }),
        before("footer of an ID3", |t| {
            let mut tag = id3(t, b"TPE1", 4);
            tag[5] = 0x10;
            [&tag[..], b"3DI\x04\0\x10\0\0\0\x1B", &three(t)].concat()
        }),
        row("ID3 behind", |t| [three(t), id3(t, b"TPE1", 4)].concat()),
        row("ID3 between frames", |t| [three(t), id3(t, b"TPE1", 4), three(t)].concat()),
        row("ID3v1", |t| [three(t), id3v1(t)].concat()),
        row("extended ID3v1", |t| {
            let mut extended = [&b"TAG+"[..], &t.bytes()].concat();
            extended.resize(227, 0);
            [three(t), extended, id3v1(t)].concat()
        }),
        row("two ID3v1", |t| [three(t), id3v1(t), id3v1(t)].concat()),
        row("APE tag before", |t| [ape(t), three(t)].concat()),
        row("APE tag behind", |t| [three(t), ape(t)].concat()),
        row("APE and ID3v1 behind", |t| [three(t), ape(t), id3v1(t)].concat()),
        row("lyrics", |t| [three(t), lyrics(t), id3v1(t)].concat()),
        row("APE, lyrics and ID3v1", |t| [three(t), ape(t), lyrics(t), id3v1(t)].concat()),
    ]
}

fn frames() -> Vec<Row> {
    vec![
        row("bytes before the first frame", |t| {
            [id3(t, b"TPE1", 3), t.bytes().to_vec(), three(t)].concat()
        }),
        row("bytes between frames", |t| [&three(t)[..], &t.bytes(), &three(t)].concat()),
        row("bytes that look like a frame", |t| {
            [&three(t)[..], &HEADER, &t.bytes(), &three(t)].concat()
        }),
        row("bytes behind the last frame", |t| [&three(t)[..], &t.bytes()].concat()),
        row("a frame that ends too early", |t| {
            let cut = frame(0, 128, &t.bytes());
            [&three(t)[..], &cut[..200]].concat()
        }),
        row("unused bits of one frame", |t| [three(t), filled(t), three(t)].concat()),
        row("unused bits of the last frame", |t| [three(t), filled(t)].concat()),
        row("unused bits before the first sound", |t| {
            let room = [&[0; ROOM - 32][..], &t.bytes()[..], t.shown().as_bytes()].concat();
            [frame(0, 0, &room), frame(16, 128, b""), three(t)].concat()
        }),
        row("unused bits of a frame without sound", |t| {
            [three(t), frame(0, 0, &t.bytes()), three(t)].concat()
        }),
        row("unused bits behind sound that does not end with a byte", |t| {
            let room = format!("{}\u{7f}{}", t.shown(), t.hidden());
            [three(t), frame(0, 135, room.as_bytes())].concat()
        }),
        row("room that a frame claims beyond its own end", |t| {
            let claim = frame(0, 4095, b"");
            // The last one begins in front of an empty one, which says that it begins later.
            let back = frame((ROOM + 8) as u16, 128, b"");
            let end = [&[0; ROOM - 8][..], &t.shown().as_bytes()[..8]].concat();
            let silent = [frame(0, 0, &end), frame(0, 0, &t.shown().as_bytes()[8..]), back];
            [three(t), claim, frame(0, 0, &t.bytes()), silent.concat(), three(t)].concat()
        }),
        row("how silence is coded", |t| {
            let mut silent = frame(0, 0, b"");
            // Four parts, of which each has 47 bits behind its length; the shifts are undone.
            let bits =
                t.bytes().into_iter().flat_map(|byte| (0..8).map(move |at| byte >> (7 - at) & 1));
            for (at, bit) in bits.enumerate() {
                let place = 20 + 59 * (at / 47) + 12 + at % 47;
                silent[4 + place / 8] |= bit << (7 - place % 8);
            }
            [three(t), silent, filled(t)].concat()
        }),
        row("how channels are joined that are not", |t| {
            let spread = t.bytes().into_iter().flat_map(|byte| {
                let mut frame = sound(t);
                frame[3] |= byte & 0x30;
                frame
            });
            let spread: Vec<u8> = spread.collect();
            [spread, filled(t)].concat()
        }),
        row("private bits of many frames", |t| {
            // Five bits in the side information and three in the header of each frame.
            let spread = t.bytes().into_iter().flat_map(|byte| {
                let mut frame = sound(t);
                frame[2] |= byte & 1;
                frame[3] |= byte >> 1 & 0x0C;
                frame[5] |= byte & 0x70;
                frame
            });
            let spread: Vec<u8> = spread.collect();
            [spread, filled(t)].concat()
        }),
    ]
}

fn tables() -> Vec<Row> {
    vec![
        row("name of the encoder", |t| {
            [table(b"Info", b"LAME3.100", 3), three(t), t.bytes().to_vec()].concat()
        }),
        row("long name of the encoder", |t| {
            let table = table(b"Xing", &[b"Lavf", &t.bytes()[..]].concat(), 3);
            [table, three(t)].concat()
        }),
        row("unknown encoder", |t| [table(b"Xing", &t.bytes(), 3), three(t)].concat()),
        row("places in the table", |t| {
            let mut table = table(b"Xing", b"LAME3.97", 3);
            table[60..76].copy_from_slice(&t.bytes());
            [table, three(t)].concat()
        }),
        row("behind the table", |t| {
            let mut table = table(b"Info", b"LAME3.97", 3);
            table[300..316].copy_from_slice(&t.bytes());
            [table, three(t)].concat()
        }),
        row("old table", |t| {
            let mut table = frame(0, 0, &[b"VBRI", &t.bytes()[..]].concat());
            table[316..332].copy_from_slice(&t.bytes());
            [table, three(t)].concat()
        }),
        row("second table between the frames", |t| {
            [three(t), table(b"Xing", &t.bytes(), 3), three(t)].concat()
        }),
        row("side information of the table", |t| {
            let mut table = table(b"Info", b"LAME3.97", 3);
            table[8..24].copy_from_slice(&t.bytes());
            [table, three(t)].concat()
        }),
    ]
}

fn refusals() -> Vec<Row> {
    vec![
        refused("layer II", Refusal::Feature(Feature::Codec), |t| {
            let mut file = changed(t, |file| file[1] = 0xFD);
            file.extend(t.bytes());
            file
        }),
        refused("frames of free length", Refusal::Feature(Feature::Codec), |t| {
            let mut file = changed(t, |file| file[2] = 0);
            file.extend(t.bytes());
            file
        }),
        refused("AAC behind ID3", Refusal::NotCleanable(Foreign::Sound), |t| {
            [&id3(t, b"TPE1", 3)[..], &[0xFF, 0xF1, 0x50, 0x80], &[0; 64]].concat()
        }),
        refused("rate that changes on the way", Refusal::Damaged(Damage::Order), |t| {
            let mut other = three(t);
            for at in [0, 417, 834] {
                other[at + 2] = 0x94;
            }
            // Frames of 48,000 samples a second are 384 bytes long.
            let short: Vec<u8> =
                other.chunks(417).flat_map(|frame| frame[..384].to_vec()).collect();
            [id3(t, b"TPE1", 3), three(t), short].concat()
        }),
        refused("emphasis that changes on the way", Refusal::Damaged(Damage::Order), |t| {
            [changed(t, |file| file[3] |= 1), filled(t)].concat()
        }),
        refused("tags and no sound", Refusal::Damaged(Damage::Missing), |t| {
            [id3(t, b"TPE1", 3), id3v1(t)].concat()
        }),
    ]
}
