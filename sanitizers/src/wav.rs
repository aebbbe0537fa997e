//! WAV: the same samples behind a header written from scratch.
//!
//! A WAV is a chain of chunks, and only three of them sound. The others tell who
//! recorded what and when: `LIST` with artist, engineer and program; `bext` with
//! originator, reference, date and time to the second; `iXML` and `axml` with project,
//! scene and notes; `cart` with user names; `id3 ` and `_PMX` with anything; `cue `, `adtl`
//! and `smpl` with named places; `PEAK` with the second at which a program measured;
//! `minf`, `elm1` and `regn` of one studio program; `C2PA` with a signer. `JUNK` and
//! `FLLR` hold whatever was in memory, bytes behind the last chunk what an
//! editor left there.
//!
//! Kept are `fmt ` (in the one form that says the same), `fact` where the coding needs
//! it, and `data`. The average of bytes per second, the choice between the plain and the
//! extended header, and a chunk's padding byte are computed, because they are a
//! choice of the program. The samples are copied; what can be hidden in the lowest
//! bits of a sample is sound, and stays.
//!
//! Refused: codings whose frames carry tags of their own (MP3, AAC), `wavl` lists of
//! pieces, the big-endian form, two sets of samples in one file.
//!
//! Format: Multimedia Programming Interface and Data Specifications 1.0 (1991), Multiple
//! Channel Audio Data (Microsoft, 2007), EBU Tech 3285 and 3306 (RF64), ITU-R BS.2088.

mod chunks;
mod format;
mod noted;

use crate::allow::AllowList;
use crate::refusal::{Damage, Limit};
use crate::{About, Category, Limits, Notes, ReadSeek, Refusal};
use chunks::{Chunk, Name};
pub(crate) use format::CODINGS;
use format::Format;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "samples bit by bit; channels, rate and width; where the speakers stand",
    removed: "every chunk but `fmt `, `fact` and `data`: names, notes, dates, programs, markers, \
              tags, provenance claims; fill bytes and bytes behind the last chunk",
    refused: "MP3 and other packed codings in a WAV, lists of pieces, big-endian files, two sets \
              of samples, recordings that end too early",
};

/// The chunks that are kept, in the order in which they are written.
pub(crate) const CHUNKS: AllowList<Name> = AllowList {
    name: "wav chunks",
    allowed: &[*b"fmt ", *b"fact", *b"data"],
    forbidden: &[
        *b"LIST", *b"bext", *b"iXML", *b"axml", *b"cart", *b"id3 ", *b"ID3 ", *b"_PMX", *b"JUNK",
        *b"cue ", *b"smpl", *b"PEAK", *b"DISP", *b"C2PA", *b"chna", *b"umid", *b"minf",
    ],
};

/// Returns a clean copy of the WAV in `source`.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let file = crate::read_all(source, limits)?;
    let (mut kept, dropped): (Vec<Chunk>, Vec<Chunk>) =
        chunks::read(&file, limits, notes)?.into_iter().partition(|one| CHUNKS.allows(&one.name));
    for chunk in &dropped {
        noted::dropped(chunk, notes);
    }
    kept.sort_by_key(|chunk| CHUNKS.allowed.iter().position(|name| *name == chunk.name));
    let format = Format::read(only(&kept, *b"fmt ")?.ok_or(Refusal::Damaged(Damage::Missing))?)?;
    let data = only(&kept, *b"data")?.ok_or(Refusal::Damaged(Damage::Missing))?;
    let sound = format.whole_blocks(data);
    let emptied = format.emptied(sound);
    if sound.len() < data.len() || *emptied != *sound {
        notes.found(Category::StrayBytes);
    }
    let length = format.frames(only(&kept, *b"fact")?, sound.len())?;
    let mut body = b"WAVE".to_vec();
    put(&mut body, *b"fmt ", &format.written())?;
    if let Some(frames) = length {
        put(&mut body, *b"fact", &frames.to_le_bytes())?;
    }
    for chunk in kept.iter().filter(|chunk| !matches!(&chunk.name, b"fmt " | b"fact")) {
        put(&mut body, chunk.name, if chunk.name == *b"data" { &emptied } else { chunk.data })?;
    }
    let mut copy = Vec::with_capacity(body.len() + 8);
    put(&mut copy, *b"RIFF", &body)?;
    Ok(copy)
}

/// The content of a chunk that may be there once.
fn only<'a>(chunks: &[Chunk<'a>], name: Name) -> Result<Option<&'a [u8]>, Refusal> {
    let mut all = chunks.iter().filter(|chunk| chunk.name == name);
    match (all.next(), all.next()) {
        // One player plays the first, another one the last.
        (Some(_), Some(_)) => Err(Refusal::Damaged(Damage::Missing)),
        (first, _) => Ok(first.map(|chunk| chunk.data)),
    }
}

/// Appends a chunk, with a padding byte where its length is odd.
fn put(file: &mut Vec<u8>, name: Name, data: &[u8]) -> Result<(), Refusal> {
    let length = u32::try_from(data.len()).map_err(|_| Refusal::Limit(Limit::OutputBytes))?;
    file.extend(name);
    file.extend(length.to_le_bytes());
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
    lines.extend(CODINGS.allowed.iter().map(|number| format!("coding 0x{number:04X}")));
    lines
}
