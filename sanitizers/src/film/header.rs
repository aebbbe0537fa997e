//! The heads of a film and of its tracks: how long, how large, which way up.

use super::atom::{Atom, time};
use crate::refusal::{Damage, Feature, Limit};
use crate::sound::Bytes;
use crate::{Category, Limits, Notes, Refusal};

const ONE: u32 = 0x1_0000;
/// The last number of every matrix (ISO/IEC 14496-12, 8.2.2).
const UNIT: u32 = 0x4000_0000;

/// What leaves pictures as they are.
pub(super) const UNTURNED: [u32; 9] = [ONE, 0, 0, 0, ONE, 0, 0, 0, UNIT];

/// How pictures are turned and moved, as nine numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Matrix(pub(super) [u32; 9]);

impl Matrix {
    /// Reads one that turns, mirrors and moves by whole pixels. Others could hold 36 bytes
    /// of anything, and no camera writes them.
    fn read(bytes: &mut Bytes) -> Result<Matrix, Refusal> {
        let mut all = [0; 9];
        for number in &mut all {
            *number = bytes.u32_be()?;
        }
        // Two rows that turn, with a nought each, and one that moves.
        let at = |places: &[usize]| {
            places.iter().filter_map(|&place| all.get(place).copied()).collect::<Vec<_>>()
        };
        let is_turn = |one: &u32| [0, ONE, ONE.wrapping_neg()].contains(one);
        let is_whole = |one: &u32| one.trailing_zeros() >= 16;
        if !at(&[0, 1, 3, 4]).iter().all(is_turn)
            || !at(&[6, 7]).iter().all(is_whole)
            || at(&[2, 5, 8]) != [0, 0, UNIT]
        {
            return Err(Refusal::Feature(Feature::Construct));
        }
        Ok(Matrix(all))
    }

    /// The same that moves to this place.
    pub(super) fn at(self, across: u32, down: u32) -> Matrix {
        let Matrix(mut all) = self;
        let [.., x, y, _] = &mut all;
        (*x, *y) = (across << 16, down << 16);
        Matrix(all)
    }

    /// The same that moves a picture of this size into the corner from which it is shown.
    pub(super) fn in_corner(self, width: u32, height: u32) -> Matrix {
        let [a, b, _, c, d, ..] = self.0;
        let turned = |number: u32, size: u32| if number.cast_signed() < 0 { size } else { 0 };
        self.at(turned(a, width) + turned(c, height), turned(b, width) + turned(d, height))
    }
}

/// `mvhd`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Movie {
    pub(super) timescale: u32,
    pub(super) duration: u64,
    pub(super) volume: u16,
    pub(super) matrix: Matrix,
}

/// `tkhd`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) is_enabled: bool,
    pub(super) number: u32,
    pub(super) duration: u64,
    pub(super) layer: u16,
    pub(super) group: u16,
    pub(super) volume: u16,
    pub(super) matrix: Matrix,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// One piece of an edit list: how long, from where, how fast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) duration: u64,
    /// Nothing is shown for a while if there is no place.
    pub(super) from: Option<u64>,
    pub(super) rate: u32,
}

pub(super) fn movie(atom: &Atom, notes: &mut Notes) -> Result<Movie, Refusal> {
    let (version, _, mut bytes) = atom.full()?;
    dates(&mut bytes, version, notes)?;
    let (timescale, duration) = (bytes.u32_be()?, duration(&mut bytes, version)?);
    if timescale == 0 {
        return Err(Refusal::Damaged(Damage::Value));
    }
    // Players do not look at how fast a film wants to be played.
    bytes.u32_be()?;
    let volume = bytes.u16_be()?;
    bytes.take(10)?;
    let matrix = Matrix::read(&mut bytes)?;
    // Where a preview, a poster and a selection begin, and when somebody stopped watching.
    if bytes.take(24)?.iter().any(|&byte| byte != 0) {
        notes.found(Category::Other);
    }
    Ok(Movie { timescale, duration, volume, matrix })
}

pub(super) fn track(atom: &Atom, notes: &mut Notes) -> Result<Head, Refusal> {
    let (version, flags, mut bytes) = atom.full()?;
    dates(&mut bytes, version, notes)?;
    let number = bytes.u32_be()?;
    bytes.take(4)?;
    let duration = duration(&mut bytes, version)?;
    bytes.take(8)?;
    let (layer, group) = (bytes.u16_be()?, bytes.u16_be()?);
    let volume = bytes.u16_be()?;
    bytes.take(2)?;
    let matrix = Matrix::read(&mut bytes)?;
    let (width, height) = (bytes.u32_be()?, bytes.u32_be()?);
    let is_enabled = flags & 1 != 0;
    Ok(Head { is_enabled, number, duration, layer, group, volume, matrix, width, height })
}

/// Units in a second and the length of `mdhd`. The language says where somebody lives, and
/// no player asks for it while a film has one sound: it becomes unknown.
pub(super) fn media(atom: &Atom, notes: &mut Notes) -> Result<(u32, u64), Refusal> {
    let (version, _, mut bytes) = atom.full()?;
    dates(&mut bytes, version, notes)?;
    let (timescale, duration) = (bytes.u32_be()?, duration(&mut bytes, version)?);
    if timescale == 0 {
        return Err(Refusal::Damaged(Damage::Value));
    }
    if ![0, 0x55C4, 0x7FFF].contains(&bytes.u16_be()?) || bytes.u16_be()? != 0 {
        notes.found(Category::Other);
    }
    Ok((timescale, duration))
}

/// `elst`: what is shown of a track, and in which order.
pub(super) fn edits(atom: &Atom, limits: &Limits) -> Result<Vec<Edit>, Refusal> {
    let (version, _, mut bytes) = atom.full()?;
    let count = bytes.u32_be()?;
    if count > limits.segments {
        return Err(Refusal::Limit(Limit::Parts));
    }
    let mut all = Vec::new();
    for _ in 0..count {
        let (duration, from) = (time(&mut bytes, version)?, time(&mut bytes, version)?);
        let nowhere = if version == 0 { u64::from(u32::MAX) } else { u64::MAX };
        let rate = bytes.u32_be()?;
        if rate != 0 && rate != ONE {
            return Err(Refusal::Feature(Feature::Construct));
        }
        all.push(Edit { duration, from: (from != nowhere).then_some(from), rate });
    }
    Ok(all)
}

fn dates(bytes: &mut Bytes, version: u8, notes: &mut Notes) -> Result<(), Refusal> {
    let (made, changed) = (time(bytes, version)?, time(bytes, version)?);
    if made != 0 || changed != 0 {
        notes.found(Category::Dates);
    }
    Ok(())
}

/// A length; none is told if it was not known when the head was written.
fn duration(bytes: &mut Bytes, version: u8) -> Result<u64, Refusal> {
    match time(bytes, version)? {
        unknown if version == 0 && unknown == u64::from(u32::MAX) => Ok(0),
        u64::MAX => Ok(0),
        known => Ok(known),
    }
}
