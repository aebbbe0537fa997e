//! AIFF and AIFF-C: the same samples behind a header written from scratch.
//!
//! The form of Apple and of samplers. Beside the common chunk and the samples it can
//! hold name, author, copyright and annotations, comments with the second at which each
//! was written (`COMT`), ID3 tags, data of one program (`APPL`), markers with names
//! (`MARK`), loops (`INST`), messages to instruments (`MIDI`), the state of a recording
//! machine (`AESD`), a signer (`C2PA`). The compression of AIFF-C has a name beside its
//! code, and that name can be any text. The samples may begin somewhere inside their
//! chunk and end before its end; what lies around them is not heard.
//!
//! Kept are `COMM`, the arrangement of speakers (`CHAN`) where it is one of the numbered
//! ones, and `SSND`, in this order, with samples from its first to its last byte. An
//! AIFF-C whose samples are not compressed becomes a plain AIFF. The sample rate is a
//! number of eighty bits; of its fraction, as much is kept as a clock can hold.
//!
//! Refused: compressions outside the list, fewer samples than the header promises.
//!
//! Format: Audio Interchange File Format 1.3 (Apple, 1989), AIFF-C draft of 1991.

mod common;
mod noted;

use crate::allow::AllowList;
use crate::refusal::{Damage, Limit};
use crate::sound::Bytes;
use crate::{About, Category, Limits, Notes, ReadSeek, Refusal};
use common::Common;

/// The four letters that say what a chunk holds.
type Name = [u8; 4];
/// A chunk as it came: its name and its content.
type Chunk<'a> = (Name, &'a [u8]);

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "samples bit by bit; channels, rate and width; the arrangement of speakers",
    removed: "name, author, copyright, annotations, comments with dates, ID3, data of programs, \
              markers, loops; names of compressions; bytes around the samples",
    refused: "rare compressions, fewer samples than promised, two sets of samples",
};

/// The chunks that are kept, in the order in which they are written.
pub(crate) const CHUNKS: AllowList<Name> = AllowList {
    name: "aiff chunks",
    allowed: &[*b"COMM", *b"CHAN", *b"SSND"],
    forbidden: &[
        *b"NAME", *b"AUTH", *b"(c) ", *b"ANNO", *b"COMT", *b"ID3 ", *b"APPL", *b"MARK", *b"INST",
        *b"MIDI", *b"AESD", *b"SAXL", *b"C2PA",
    ],
};

/// Arrangements of speakers that have a number.
const LAYOUTS: std::ops::RangeInclusive<u32> = 100..=255;
/// The one version of AIFF-C there is (AIFF-C draft, `FVER`).
const VERSION: [u8; 4] = [0xA2, 0x80, 0x51, 0x40];

/// Returns a clean copy of the AIFF in `source`.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let file = crate::read_all(source, limits)?;
    let chunks = read(&file, limits, notes)?;
    let (mut kept, dropped): (Vec<Chunk>, Vec<Chunk>) =
        chunks.into_iter().partition(|(name, _)| CHUNKS.allows(name));
    for chunk in dropped {
        noted::dropped(chunk, notes);
    }
    kept.sort_by_key(|(one, _)| CHUNKS.allowed.iter().position(|name| name == one));
    let common = only(&kept, *b"COMM")?.ok_or(Refusal::Damaged(Damage::Missing))?;
    let common = Common::read(common, file.get(8..12) == Some(b"AIFC"), notes)?;
    let sound = only(&kept, *b"SSND")?.ok_or(Refusal::Damaged(Damage::Missing))?;
    let sound = samples(sound, &common, notes)?;
    let mut body = common.form().to_vec();
    if common.is_compressed() {
        put(&mut body, *b"FVER", &VERSION)?;
    }
    for (name, data) in kept {
        match &name {
            b"COMM" => put(&mut body, name, &common.written())?,
            b"CHAN" => arrangement(data, common.channels(), &mut body)?,
            b"SSND" => put(&mut body, name, &[&[0; 8], sound].concat())?,
            _ => put(&mut body, name, data)?,
        }
    }
    let mut copy = Vec::with_capacity(body.len() + 8);
    put(&mut copy, *b"FORM", &body)?;
    Ok(copy)
}

fn read<'a>(file: &'a [u8], limits: &Limits, notes: &mut Notes) -> Result<Vec<Chunk<'a>>, Refusal> {
    let mut bytes = Bytes::new(file);
    bytes.take(12)?;
    let mut chunks: Vec<Chunk> = Vec::new();
    while !bytes.rest().is_empty() {
        if chunks.len() >= limits.segments as usize {
            return Err(Refusal::Limit(Limit::Parts));
        }
        match one(&mut bytes) {
            Ok(chunk) => chunks.push(chunk),
            // Whatever follows these two is dropped anyway.
            Err(_) if [*b"COMM", *b"SSND"].iter().all(|n| chunks.iter().any(|c| c.0 == *n)) => {
                notes.found(Category::StrayBytes);
                break;
            }
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(chunks)
}

fn one<'a>(bytes: &mut Bytes<'a>) -> Result<Chunk<'a>, Refusal> {
    let mut ahead = *bytes;
    let (name, length): (Name, u32) = (ahead.array()?, ahead.u32_be()?);
    if !name.iter().all(|letter| matches!(letter, b' '..=b'~')) {
        return Err(Refusal::Damaged(Damage::Order));
    }
    let data = ahead.take(length as usize)?;
    if !data.len().is_multiple_of(2) && !ahead.rest().is_empty() {
        ahead.byte()?;
    }
    *bytes = ahead;
    Ok((name, data))
}

/// The content of a chunk that may be there once.
fn only<'a>(chunks: &[Chunk<'a>], name: Name) -> Result<Option<&'a [u8]>, Refusal> {
    let mut all = chunks.iter().filter(|chunk| chunk.0 == name);
    match (all.next(), all.next()) {
        (Some(_), Some(_)) => Err(Refusal::Damaged(Damage::Missing)),
        (first, _) => Ok(first.map(|chunk| chunk.1)),
    }
}

/// The samples, without what lies around them in their chunk.
fn samples<'a>(chunk: &'a [u8], common: &Common, notes: &mut Notes) -> Result<&'a [u8], Refusal> {
    let mut bytes = Bytes::new(chunk);
    let (offset, _alignment) = (bytes.u32_be()?, bytes.u32_be()?);
    let before = bytes.take(offset as usize)?;
    let samples = bytes.take(common.bytes().ok_or(Refusal::Damaged(Damage::Length))?)?;
    if !before.is_empty() || !bytes.rest().is_empty() {
        notes.found(Category::StrayBytes);
    }
    Ok(samples)
}

/// Keeps an arrangement of speakers that is a number of the list (Core Audio, channel layout
/// tags), for as many channels as there are: no list of descriptions.
fn arrangement(data: &[u8], channels: u16, body: &mut Vec<u8>) -> Result<(), Refusal> {
    let mut bytes = Bytes::new(data);
    let (tag, speakers, descriptions) = (bytes.u32_be()?, bytes.u32_be()?, bytes.u32_be()?);
    // 0 says "described below", 0x10000 says "the speakers in this bit map".
    let listed = LAYOUTS.contains(&(tag >> 16)) && tag & 0xFFFF == u32::from(channels);
    if !(listed || tag == 0x1_0000) || descriptions != 0 || !bytes.rest().is_empty() {
        return Err(Refusal::Damaged(Damage::Value));
    }
    let speakers = if tag == 0x1_0000 { speakers & 0x3_FFFF } else { 0 };
    put(body, *b"CHAN", &[tag.to_be_bytes(), speakers.to_be_bytes(), [0; 4]].concat())
}

/// Appends a chunk, with a padding byte where its length is odd.
fn put(file: &mut Vec<u8>, name: Name, data: &[u8]) -> Result<(), Refusal> {
    let length = u32::try_from(data.len()).map_err(|_| Refusal::Limit(Limit::OutputBytes))?;
    file.extend(name);
    file.extend(length.to_be_bytes());
    file.extend(data);
    if !data.len().is_multiple_of(2) {
        file.push(0);
    }
    Ok(())
}

/// The allow-list, from the tables the cleaner works by.
pub(crate) fn explain() -> Vec<String> {
    let mut lines: Vec<String> =
        CHUNKS.allowed.iter().map(|name| format!("chunk {}", name.escape_ascii())).collect();
    lines.extend(common::explain());
    lines
}
