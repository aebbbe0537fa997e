//! How sound is coded.

use super::super::atom::{Atom, Name, needed, only};
use super::super::sample::Coding;
use super::{CODEC, Entry, Reader, boxed, esds, parts};
use crate::allow::AllowList;
use crate::refusal::{Damage, Feature};
use crate::sound::{Bytes, opus};
use crate::{Category, Kind, Refusal, flac};

/// Codings of sound that are kept. The neighbours are tags for frames that each can carry
/// tags, and text.
pub(crate) const SOUNDS: AllowList<Name> = AllowList {
    name: "film sound codings",
    allowed: &[
        *b"mp4a", *b"Opus", *b"alac", *b"fLaC", *b"ac-3", *b"ec-3", *b"samr", *b"sawb", *b"sowt",
        *b"twos", *b"raw ", *b"ulaw", *b"alaw", *b"in24", *b"in32", *b"fl32", *b"fl64", *b"lpcm",
        *b"ipcm", *b"fpcm",
    ],
    forbidden: &[*b".mp3", *b"QDM2"],
};

/// The numbers in front of a description.
struct Numbers {
    channels: u32,
    bits: u32,
    /// Whole samples in a second, as far as two bytes hold them.
    rate: u16,
    /// What only version 2 says: rate, kind of numbers, bytes of a frame.
    second: Option<(f64, u32)>,
}

fn numbers(bytes: &mut Bytes, reader: &mut Reader) -> Result<Numbers, Refusal> {
    let version = bytes.u16_be()?;
    // Revision and maker of the program.
    if bytes.take(6)?.iter().any(|&byte| byte != 0) {
        reader.notes.found(Category::Software);
    }
    let (channels, bits) = (u32::from(bytes.u16_be()?), u32::from(bytes.u16_be()?));
    bytes.take(4)?;
    let rate = bytes.u16_be()?;
    bytes.take(2)?;
    let mut all = Numbers { channels, bits, rate, second: None };
    // Boxes for ISO files have a second version that is something else.
    match version {
        0 => {}
        1 => {
            bytes.take(16)?;
        }
        2 if reader.kind == Kind::Mov => {
            bytes.take(4)?;
            let rate = f64::from_be_bytes(bytes.array()?);
            all.channels = bytes.u32_be()?;
            bytes.take(4)?;
            all.bits = bytes.u32_be()?;
            let flags = bytes.u32_be()?;
            bytes.take(8)?;
            all.second = Some((rate, flags));
        }
        _ => return Err(Refusal::Feature(Feature::Construct)),
    }
    let rate = all.second.map_or(1.0, |(rate, _)| rate);
    if all.channels == 0
        || all.channels > 255
        || !(1.0..=10_000_000.0).contains(&rate)
        || rate.fract() > 0.0
    {
        return Err(Refusal::Damaged(Damage::Value));
    }
    Ok(all)
}

/// Reads one description, and says which data reference it names.
pub(super) fn entry(atom: &Atom, reader: &mut Reader) -> Result<(Entry, u16), Refusal> {
    if matches!(&atom.name, b"enca" | b"drms") {
        return Err(Refusal::Password);
    }
    if !SOUNDS.allows(&atom.name) {
        return Err(CODEC);
    }
    let mut bytes = Bytes::new(atom.body);
    bytes.take(6)?;
    let reference = bytes.u16_be()?;
    let numbers = numbers(&mut bytes, reader)?;
    let mut all = parts(bytes.rest(), reader)?;
    // What QuickTime puts into a box of its own is looked for there as well.
    if let Some(wave) = only(&all, *b"wave")? {
        all.retain(|atom| atom.name != *b"wave");
        all.extend(parts(wave.body, reader)?);
        if all.iter().any(|atom| atom.name == *b"wave") {
            return Err(Refusal::Damaged(Damage::Order));
        }
    }
    let (body, coding) = match &atom.name {
        b"mp4a" => (packed(atom.name, &numbers, aac(&all, reader)?, reader.kind), Coding::Whole),
        b"alac" => (packed(atom.name, &numbers, alac(&all)?, reader.kind), Coding::Whole),
        b"Opus" | b"fLaC" | b"ac-3" | b"ec-3" | b"samr" | b"sawb" => {
            let (part, coding) = described(atom.name, &all, reader)?;
            ([head(0, &numbers, numbers.bits), part].concat(), coding)
        }
        name => unpacked(*name, &numbers, &all)?,
    };
    Ok((Entry { name: atom.name, body, coding }, reference))
}

/// The numbers of versions 0 and 1, written anew.
fn head(version: u8, numbers: &Numbers, bits: u32) -> Vec<u8> {
    let mut body = vec![0, 0, 0, 0, 0, 0, 0, 1, 0, version, 0, 0, 0, 0, 0, 0];
    for number in [numbers.channels, bits] {
        body.extend(u16::try_from(number).unwrap_or_default().to_be_bytes());
    }
    body.extend([0; 4]);
    body.extend(numbers.rate.to_be_bytes());
    body.extend([0, 0]);
    body
}

/// Packed sound that `QuickTime` wants to be described in its own way.
fn packed(name: Name, numbers: &Numbers, part: Vec<u8>, kind: Kind) -> Vec<u8> {
    let bits = if name == *b"alac" { numbers.bits } else { 16 };
    if kind != Kind::Mov {
        return [head(0, numbers, bits), part].concat();
    }
    let mut body = head(1, numbers, bits);
    // Not a fixed number of bytes for a packet.
    if let Some(place) = body.get_mut(20..22) {
        place.copy_from_slice(&[0xFF, 0xFE]);
    }
    let samples = if name == *b"alac" { 4096_u32 } else { 1024 };
    for number in [samples, 0, 0, 2] {
        body.extend(number.to_be_bytes());
    }
    let inner = [boxed(*b"frma", &name), part, boxed([0; 4], &[])].concat();
    body.extend(boxed(*b"wave", &inner));
    body
}

fn aac(all: &[Atom], reader: &mut Reader) -> Result<Vec<u8>, Refusal> {
    Ok(boxed(*b"esds", &esds::sound(&needed(all, *b"esds")?, reader.notes)?))
}

/// The settings of Apple Lossless, without an arrangement of speakers behind them.
fn alac(all: &[Atom]) -> Result<Vec<u8>, Refusal> {
    let mut bytes = needed(all, *b"alac")?.plain()?;
    let mut settings: [u8; 24] = bytes.array()?;
    // Samples of a frame, the first version, bits of a sample, three numbers of the coder,
    // channels.
    let [0, 0, 0..=64, _, 0, 16 | 20 | 24 | 32, _, _, _, 1..=8, longest @ .., 0, _, _, _] =
        &mut settings
    else {
        return Err(CODEC);
    };
    // A run that nobody counts, and sizes and rates of frames, which can be unknown.
    *longest = [0, 255, 0, 0, 0, 0, 0, 0, 0, 0];
    Ok(boxed(*b"alac", &[&[0; 4], &settings[..]].concat()))
}

/// Packed sound with a box of settings.
fn described(name: Name, all: &[Atom], reader: &mut Reader) -> Result<(Vec<u8>, Coding), Refusal> {
    match &name {
        b"Opus" => {
            let (body, streams) = opus(needed(all, *b"dOps")?.body)?;
            Ok((boxed(*b"dOps", &body), Coding::Opus(streams)))
        }
        b"fLaC" => {
            let mut bytes = needed(all, *b"dfLa")?.plain()?;
            // The first block says how it is coded; in the others are names and pictures.
            let [first, size @ ..] = bytes.array::<4>()?;
            // Sizes of frames are only a help, and nobody compares the digest at the end.
            let stream = bytes.take(34)?;
            let (blocks, rest) = stream.split_at_checked(4).ok_or(Refusal::Internal)?;
            let numbers = rest.get(6..14).ok_or(Refusal::Internal)?;
            if first & 0x7F != 0 || size != [0, 0, 34] {
                return Err(Refusal::Damaged(Damage::Order));
            }
            if !bytes.rest().is_empty() {
                reader.notes.found(Category::Descriptions);
            }
            let kept = [&[0, 0, 0, 0, 0x80, 0, 0, 34], blocks, &[0; 6], numbers, &[0; 16]].concat();
            Ok((boxed(*b"dfLa", &kept), Coding::Flac(flac::Info::read(stream)?)))
        }
        b"ac-3" => {
            let [a, b, c] = Bytes::new(needed(all, *b"dac3")?.body).array()?;
            Ok((boxed(*b"dac3", &[a, b, c & 0xE0]), Coding::Whole))
        }
        b"ec-3" => {
            let body = enhanced(needed(all, *b"dec3")?.body)?;
            Ok((boxed(*b"dec3", &body), Coding::Whole))
        }
        _ => {
            let mut bytes = Bytes::new(needed(all, *b"damr")?.body);
            // The maker of the encoder and its version.
            if bytes.take(5)?.iter().any(|&byte| byte != 0) {
                reader.notes.found(Category::Software);
            }
            let settings = bytes.take(4)?;
            Ok((boxed(*b"damr", &[&[0; 5], settings].concat()), Coding::Whole))
        }
    }
}

/// `dOps` (Encapsulation of Opus in ISO Base Media File Format, 4.3.2): the header of Opus
/// with numbers the other way round. Says how many streams are in a packet as well.
fn opus(body: &[u8]) -> Result<(Vec<u8>, u8), Refusal> {
    let mut bytes = Bytes::new(body);
    let [version, channels, skip @ .., family]: [u8; 11] = bytes.array()?;
    if version != 0 {
        return Err(Refusal::Feature(Feature::Construct));
    }
    // One or two channels, or up to eight with a table: others could hold anything.
    if channels > 8 || family > 1 {
        return Err(CODEC);
    }
    let table = if family == 0 { &[] } else { bytes.take(2 + usize::from(channels))? };
    let head = [opus::MARK, &[1, channels], &turned(&skip), &[family], table].concat();
    let (head, streams) = opus::header(&head)?;
    let rest = head.get(10..).and_then(|head| head.split_at_checked(8));
    let (numbers, behind) = rest.ok_or(Refusal::Internal)?;
    Ok(([&[0, channels], &turned(numbers)[..], behind].concat(), streams))
}

/// Samples to skip, a rate and a gain with their bytes the other way round.
fn turned(numbers: &[u8]) -> Vec<u8> {
    let mut all = numbers.to_vec();
    for range in [0..2, 2..6, 6..8] {
        if let Some(number) = all.get_mut(range) {
            number.reverse();
        }
    }
    all
}

/// `dec3` (ETSI TS 102 366, F.6): streams, and whether there are objects.
fn enhanced(body: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Bytes::new(body);
    let head: [u8; 2] = bytes.array()?;
    let mut kept = head.to_vec();
    for _ in 0..=head[1] & 7 {
        let stream: [u8; 3] = bytes.array()?;
        // The sixteenth version is the only one with this name.
        if stream[0] & 0x3F != 0x20 {
            return Err(CODEC);
        }
        kept.extend(stream);
        if stream[2] & 0x1E != 0 {
            kept.push(bytes.byte()?);
        }
    }
    if let &[1, objects, ..] = bytes.rest() {
        kept.extend([1, objects]);
    }
    Ok(kept)
}

/// Sound that is not packed: the size of a frame follows from the numbers.
fn unpacked(name: Name, numbers: &Numbers, all: &[Atom]) -> Result<(Vec<u8>, Coding), Refusal> {
    let bits = match &name {
        b"sowt" | b"twos" if numbers.bits == 8 => 8,
        b"sowt" | b"twos" => 16,
        b"raw " | b"ulaw" | b"alaw" => 8,
        b"in24" => 24,
        b"in32" | b"fl32" => 32,
        b"fl64" => 64,
        _ => numbers.bits,
    };
    if ![8, 16, 24, 32, 64].contains(&bits) {
        return Err(CODEC);
    }
    let coding = Coding::Frames(numbers.channels * bits / 8);
    let body = match &name {
        b"lpcm" => second(numbers, bits)?,
        b"ipcm" | b"fpcm" => {
            let mut bytes = needed(all, *b"pcmC")?.plain()?;
            let (order, size) = (bytes.byte()? & 1, bytes.byte()?);
            if u32::from(size) != bits {
                return Err(Refusal::Damaged(Damage::Value));
            }
            [head(0, numbers, bits), boxed(*b"pcmC", &[0, 0, 0, 0, order, size])].concat()
        }
        b"in24" | b"in32" | b"fl32" | b"fl64" => {
            let order = match only(all, *b"enda")?.map(|atom| atom.body) {
                Some([.., order]) => order & 1,
                _ => 0,
            };
            let mut body = head(1, numbers, 16);
            for number in [1, bits / 8, bits / 8 * numbers.channels, 2] {
                body.extend(number.to_be_bytes());
            }
            let enda = boxed(*b"enda", &[0, order]);
            let inner = [boxed(*b"frma", &name), enda, boxed([0; 4], &[])].concat();
            body.extend(boxed(*b"wave", &inner));
            body
        }
        // Packed to one byte from sixteen bits.
        b"ulaw" | b"alaw" => head(0, numbers, 16),
        _ => head(0, numbers, bits),
    };
    Ok(([body, speakers(all)?].concat(), coding))
}

/// The second version, which old players do not know (`QuickTime` File Format, "Sound
/// Sample Description (Version 2)").
fn second(numbers: &Numbers, bits: u32) -> Result<Vec<u8>, Refusal> {
    let (rate, flags) = numbers.second.ok_or(CODEC)?;
    let mut body = vec![0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0];
    body.extend([0, 3, 0, 16, 0xFF, 0xFE, 0, 0, 0, 1, 0, 0]);
    body.extend(72_u32.to_be_bytes());
    body.extend(rate.to_be_bytes());
    body.extend(numbers.channels.to_be_bytes());
    body.extend(0x7F00_0000_u32.to_be_bytes());
    // Float, big-endian, signed, packed.
    for number in [bits, flags & 0xF, numbers.channels * bits / 8, 1] {
        body.extend(number.to_be_bytes());
    }
    Ok(body)
}

/// `chan`: where speakers stand, if it is one of the arrangements that have a number.
fn speakers(all: &[Atom]) -> Result<Vec<u8>, Refusal> {
    let Some(atom) = only(all, *b"chan")? else { return Ok(Vec::new()) };
    let mut bytes = atom.plain()?;
    let (arrangement, channels) = (bytes.u32_be()?, bytes.u32_be()?);
    let is_numbered = (100 << 16..=200 << 16 | 0xFFFF).contains(&arrangement);
    let is_map = arrangement == 1 << 16 && channels <= 0x3_FFFF;
    if !is_numbered && !is_map {
        return Ok(Vec::new());
    }
    let channels = if is_map { channels } else { 0 };
    let numbers = [0, arrangement, channels, 0].map(u32::to_be_bytes);
    Ok(boxed(*b"chan", &numbers.concat()))
}
