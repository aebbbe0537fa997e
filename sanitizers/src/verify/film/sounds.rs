//! How a description of sound must be written in a copy.

use super::codings::{Entry, Parts, Samples, of_aac};
use super::expect::whole;
use super::tree::Tree;
use crate::Kind;

/// Whether this is a coding that a copy may have.
pub(super) fn is_known(name: [u8; 4]) -> bool {
    is_packed(name) || is_plain(name)
}

fn is_packed(name: [u8; 4]) -> bool {
    matches!(&name, b"mp4a" | b"Opus" | b"alac" | b"fLaC" | b"ac-3" | b"ec-3" | b"samr" | b"sawb")
}

fn is_plain(name: [u8; 4]) -> bool {
    matches!(
        &name,
        b"sowt"
            | b"twos"
            | b"raw "
            | b"ulaw"
            | b"alaw"
            | b"in24"
            | b"in32"
            | b"fl32"
            | b"fl64"
            | b"lpcm"
            | b"ipcm"
            | b"fpcm"
    )
}

/// What the numbers of a description say.
struct Said {
    channels: u32,
    bits: u32,
    rate: [u8; 2],
    /// Rate and flags of the second version.
    second: Option<([u8; 8], u32)>,
    /// Where its boxes begin.
    boxes: usize,
}

fn said(tree: Tree, kind: Kind) -> Option<Said> {
    let (channels, bits) = (tree.u16(16)?.into(), tree.u16(18)?.into());
    let plain = Said { channels, bits, rate: tree.bytes(24)?, second: None, boxes: 28 };
    match tree.u16(8)? {
        0 => Some(plain),
        1 => Some(Said { boxes: 44, ..plain }),
        2 if kind == Kind::Mov => {
            let second = Some((tree.bytes(32)?, tree.u32(52)?));
            Some(Said { channels: tree.u32(40)?, bits: tree.u32(48)?, second, boxes: 64, ..plain })
        }
        _ => None,
    }
}

/// The description in the copy.
pub(super) fn entry(name: [u8; 4], tree: Tree, kind: Kind) -> Option<Entry> {
    let said = said(tree, kind)?;
    if !is_known(name) || !(1..=255).contains(&said.channels) {
        return None;
    }
    let mut parts = Parts::of(tree, said.boxes)?;
    if let Some(wave) = parts.one(*b"wave") {
        parts.0.retain(|(name, _)| name != b"wave");
        parts.0.extend(Parts::of(wave, 0)?.0);
        parts = parts.checked()?;
    }
    let (content, samples) = if is_packed(name) {
        let samples = match (&name, parts.one(*b"dOps")) {
            (b"Opus", Some(tree)) => Samples::Opus(opus(tree)?.1),
            _ => Samples::Whole,
        };
        (packed(name, &said, &parts, kind)?, samples)
    } else {
        plain(name, &said, &parts)?
    };
    Some(Entry { bytes: whole(name, &content), samples, reference: tree.u16(6)? })
}

/// The numbers in front: version, channels, bits, kind of packing, rate.
fn front(version: u16, said: &Said, bits: u32, packing: u16) -> Option<Vec<u8>> {
    let (channels, bits) = (u16::try_from(said.channels).ok()?, u16::try_from(bits).ok()?);
    let numbers = [1, version, 0, 0, 0, channels, bits, packing, 0].map(u16::to_be_bytes);
    Some([&[0; 6][..], &numbers.concat(), &said.rate, &[0, 0]].concat())
}

/// Four numbers of the first version.
fn first(numbers: [u32; 4]) -> Vec<u8> {
    numbers.map(u32::to_be_bytes).concat()
}

/// The box into which `QuickTime` puts the settings.
fn wave(name: [u8; 4], setting: &[u8]) -> Vec<u8> {
    whole(*b"wave", &[&whole(*b"frma", &name), setting, &[0, 0, 0, 8, 0, 0, 0, 0]].concat())
}

fn packed(name: [u8; 4], said: &Said, parts: &Parts, kind: Kind) -> Option<Vec<u8>> {
    let setting = match &name {
        b"mp4a" => of_aac(parts.one(*b"esds")?)?,
        b"alac" => {
            let tree = parts.one(*b"alac")?;
            let is_right = tree.byte(8)? == 0
                && [16, 20, 24, 32].contains(&tree.byte(9)?)
                && (1..=8).contains(&tree.byte(13)?);
            let is_right = is_right && tree.u32(4)? <= 0x40FF && tree.byte(24)? == 0;
            let mut settings = tree.0.get(..28).filter(|_| is_right)?.to_vec();
            settings.get_mut(..4)?.fill(0);
            settings.get_mut(14..24)?.copy_from_slice(&[0, 255, 0, 0, 0, 0, 0, 0, 0, 0]);
            whole(*b"alac", &settings)
        }
        b"Opus" => whole(*b"dOps", &opus(parts.one(*b"dOps")?)?.0),
        b"fLaC" => {
            let tree = parts.one(*b"dfLa")?;
            let is_first = tree.u32(4)? & 0x7FFF_FFFF == 34;
            let mut stream = tree.0.get(..42).filter(|_| is_first)?.to_vec();
            stream.get_mut(..8)?.copy_from_slice(&[0, 0, 0, 0, 0x80, 0, 0, 34]);
            stream.get_mut(12..18)?.fill(0);
            stream.get_mut(26..)?.fill(0);
            whole(*b"dfLa", &stream)
        }
        b"ac-3" => {
            let [one, two, three] = parts.one(*b"dac3")?.bytes(0)?;
            whole(*b"dac3", &[one, two, three & 0b1110_0000])
        }
        b"ec-3" => whole(*b"dec3", streams(parts.one(*b"dec3")?)?),
        _ => {
            let setting = parts.one(*b"damr")?;
            whole(*b"damr", &[&[0; 5], setting.0.get(5..9)?].concat())
        }
    };
    let in_wave = kind == Kind::Mov && matches!(&name, b"mp4a" | b"alac");
    let bits = if name == *b"mp4a" { 16 } else { said.bits };
    if !in_wave {
        return Some([front(0, said, bits, 0)?, setting].concat());
    }
    let samples = if name == *b"alac" { 4096 } else { 1024 };
    let numbers = first([samples, 0, 0, 2]);
    Some([front(1, said, bits, 0xFFFE)?, numbers, wave(name, &setting)].concat())
}

/// The settings of Opus, and streams in each packet.
fn opus(tree: Tree) -> Option<(Vec<u8>, u8)> {
    let (channels, family) = (usize::from(tree.byte(1)?), tree.byte(10)?);
    let (table, streams) = match family {
        0 if (1..=2).contains(&channels) => (0, 1),
        1 if (1..=8).contains(&channels) => (2 + channels, tree.byte(11)?),
        _ => return None,
    };
    let mut all = tree.0.get(..11 + table).filter(|_| tree.byte(0) == Some(0))?.to_vec();
    let rate = tree.u32(4)?;
    if !matches!(rate, 8_000 | 12_000 | 16_000 | 24_000 | 32_000 | 44_100 | 48_000) {
        all.get_mut(4..8)?.copy_from_slice(&[0, 0, 0xBB, 0x80]);
    }
    Some((all, streams))
}

/// The streams of Dolby's second coding, and whether it has objects.
fn streams(tree: Tree<'_>) -> Option<&[u8]> {
    let mut at = 2;
    for _ in 0..=tree.byte(1)? % 8 {
        if tree.byte(at)? % 64 != 32 {
            return None;
        }
        let has_more = tree.byte(at + 2)? >> 1 & 0xF > 0;
        at += if has_more { 4 } else { 3 };
    }
    if tree.0.len() >= at + 2 && tree.byte(at) == Some(1) {
        at += 2;
    }
    tree.0.get(..at)
}

fn plain(name: [u8; 4], said: &Said, parts: &Parts) -> Option<(Vec<u8>, Samples)> {
    let bits = match &name {
        b"raw " | b"ulaw" | b"alaw" => 8,
        b"sowt" | b"twos" => {
            if said.bits == 8 {
                8
            } else {
                16
            }
        }
        b"in24" => 24,
        b"in32" | b"fl32" => 32,
        b"fl64" => 64,
        _ => said.bits,
    };
    let bytes = match bits {
        8 | 16 | 24 | 32 | 64 => bits / 8,
        _ => return None,
    };
    let size = bytes * said.channels;
    let content = match &name {
        b"lpcm" => {
            let (rate, flags) = said.second?;
            // A whole number.
            (f64::from_be_bytes(rate).rem_euclid(1.0).to_bits() == 0).then_some(())?;
            let numbers = [0x0003_0010, 0xFFFE_0000, 0x0001_0000, 72].map(u32::to_be_bytes);
            let behind = [said.channels, 0x7F00_0000, bits, flags % 16, size, 1];
            let head = [0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0];
            [&head[..], &numbers.concat(), &rate, &behind.map(u32::to_be_bytes).concat()].concat()
        }
        b"ipcm" | b"fpcm" => {
            let tree = parts.one(*b"pcmC")?;
            let (order, said_bits) = (tree.byte(4)? % 2, tree.byte(5)?);
            let setting = whole(*b"pcmC", &[0, 0, 0, 0, order, said_bits]);
            let is_right = tree.byte(0)? == 0 && u32::from(said_bits) == bits;
            [front(0, said, bits, 0).filter(|_| is_right)?, setting].concat()
        }
        b"in24" | b"in32" | b"fl32" | b"fl64" => {
            let order = parts.one(*b"enda").and_then(|tree| tree.0.last().copied());
            let setting = whole(*b"enda", &[0, order.unwrap_or(0) % 2]);
            let numbers = first([1, bytes, size, 2]);
            [front(1, said, 16, 0)?, numbers, wave(name, &setting)].concat()
        }
        b"ulaw" | b"alaw" => front(0, said, 16, 0)?,
        _ => front(0, said, bits, 0)?,
    };
    Some(([content, speakers(parts)?].concat(), Samples::Frames(size)))
}

/// Where speakers stand, if it is said by a number.
fn speakers(parts: &Parts) -> Option<Vec<u8>> {
    let Some(tree) = parts.one(*b"chan") else { return Some(Vec::new()) };
    let (number, map) = (tree.u32(4)?, tree.u32(8)?);
    let kept = match number {
        0x1_0000 if map < 1 << 18 => map,
        0x64_0000..=0xC8_FFFF => 0,
        _ => return Some(Vec::new()),
    };
    Some(whole(*b"chan", &[0, number, kept, 0].map(u32::to_be_bytes).concat()))
}
