//! Boxes inside boxes: a length, a name of four letters, and what is in it.

pub(crate) use crate::boxes::Name;
use crate::boxes::{Part, Parts};
use crate::refusal::{Damage, Feature};
use crate::sound::Bytes;
use crate::{Limits, Refusal};

/// One box as it came.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom<'a> {
    pub(super) name: Name,
    pub(super) body: &'a [u8],
}

impl<'a> Atom<'a> {
    /// The version, the flags, and what follows them.
    pub(super) fn full(&self) -> Result<(u8, u32, Bytes<'a>), Refusal> {
        let mut bytes = Bytes::new(self.body);
        let head = bytes.u32_be()?;
        let [version, ..] = head.to_be_bytes();
        Ok((version, head & 0x00FF_FFFF, bytes))
    }

    /// The same of a box that has one version only.
    pub(super) fn plain(&self) -> Result<Bytes<'a>, Refusal> {
        match self.full()? {
            (0, _, bytes) => Ok(bytes),
            _ => Err(Refusal::Feature(Feature::Construct)),
        }
    }

    /// The boxes in it.
    pub(super) fn atoms(&self, limits: &Limits) -> Result<Vec<Atom<'a>>, Refusal> {
        atoms(self.body, limits)
    }
}

/// All boxes of a row, to its end. A few zeros may stand behind the last: `QuickTime` ends
/// some rows so.
pub(super) fn atoms<'a>(row: &'a [u8], limits: &Limits) -> Result<Vec<Atom<'a>>, Refusal> {
    let (mut parts, mut left) = (Parts::of(row), limits.segments);
    let mut all = Vec::new();
    while !is_end(parts.rest()) {
        let Some(Part { name, body }) = parts.next(&mut left)? else { break };
        all.push(Atom { name, body });
    }
    Ok(all)
}

fn is_end(rest: &[u8]) -> bool {
    rest.len() < 8 && rest.iter().all(|&byte| byte == 0)
}

/// The one box of this name; two of them would be two truths.
pub(super) fn only<'a>(all: &[Atom<'a>], name: Name) -> Result<Option<Atom<'a>>, Refusal> {
    let mut found = all.iter().filter(|atom| atom.name == name);
    match (found.next(), found.next()) {
        (first, None) => Ok(first.copied()),
        _ => Err(Refusal::Damaged(Damage::Missing)),
    }
}

/// The same of one that must be there.
pub(super) fn needed<'a>(all: &[Atom<'a>], name: Name) -> Result<Atom<'a>, Refusal> {
    only(all, name)?.ok_or(Refusal::Damaged(Damage::Missing))
}

/// Reads a number of eight bytes.
pub(super) fn u64_be(bytes: &mut Bytes) -> Result<u64, Refusal> {
    bytes.array().map(u64::from_be_bytes)
}

/// Reads a time: four bytes, or eight in version 1.
pub(super) fn time(bytes: &mut Bytes, version: u8) -> Result<u64, Refusal> {
    match version {
        0 => bytes.u32_be().map(u64::from),
        1 => u64_be(bytes),
        _ => Err(Refusal::Feature(Feature::Construct)),
    }
}
