//! Descriptions of samples: how they are coded, in a form that says nothing else.

mod esds;
mod looks;
mod sets;
mod sound;
mod video;

use super::atom::{Atom, Name, atoms};
use super::sample::Coding;
use crate::refusal::{Damage, Feature, Limit};
use crate::{Kind, Limits, Notes, Refusal};
pub(crate) use sets::{avc, hevc};
pub(crate) use sound::SOUNDS;
pub(crate) use video::PICTURES;

const CODEC: Refusal = Refusal::Feature(Feature::Codec);

/// Descriptions of one track.
const MOST: usize = 64;

/// Boxes in a description that are read, and written from what was read. All others are left
/// out, also names, profiles of screens, bit rates, and what only one player asks for.
pub(super) const PARTS: [Name; 21] = [
    *b"avcC", *b"hvcC", *b"av1C", *b"vpcC", *b"esds", *b"colr", *b"pasp", *b"clap", *b"fiel",
    *b"mdcv", *b"clli", *b"wave", *b"enda", *b"alac", *b"dOps", *b"dfLa", *b"dac3", *b"dec3",
    *b"damr", *b"pcmC", *b"chan",
];

/// One description, written anew.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: Name,
    pub(super) body: Vec<u8>,
    pub(super) coding: Coding,
}

/// What a reader of descriptions needs to know.
pub(super) struct Reader<'a> {
    pub(super) kind: Kind,
    pub(super) limits: &'a Limits,
    pub(super) notes: &'a mut Notes,
}

/// Reads `stsd`. Says which data reference each description names as well.
pub(super) fn entries(
    stsd: &Atom,
    is_sound: bool,
    reader: &mut Reader,
) -> Result<Vec<(Entry, u16)>, Refusal> {
    let mut bytes = stsd.plain()?;
    let count = bytes.u32_be()? as usize;
    let all = atoms(bytes.rest(), reader.limits)?;
    if count > MOST {
        return Err(Refusal::Limit(Limit::Parts));
    }
    if all.len() != count || count == 0 {
        return Err(Refusal::Damaged(Damage::Length));
    }
    let read = if is_sound { sound::entry } else { video::entry };
    all.iter().map(|atom| read(atom, reader)).collect()
}

/// The boxes behind the numbers of a description: those on the list.
fn parts<'a>(row: &'a [u8], reader: &mut Reader) -> Result<Vec<Atom<'a>>, Refusal> {
    let mut all = atoms(row, reader.limits)?;
    // Encrypted samples are sometimes under the name of plain ones.
    if all.iter().any(|atom| atom.name == *b"sinf") {
        return Err(Refusal::Password);
    }
    for atom in all.iter().filter(|atom| !PARTS.contains(&atom.name)) {
        looks::noted(atom, reader.notes);
    }
    all.retain(|atom| PARTS.contains(&atom.name));
    Ok(all)
}

/// A box of ours.
pub(super) fn boxed(name: Name, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len().saturating_add(8)).unwrap_or(u32::MAX);
    [&length.to_be_bytes()[..], &name, body].concat()
}
