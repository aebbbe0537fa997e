//! Walks over the coded data to see that it ends where the picture ends.
//!
//! A decoder stops after the last block of a scan, and again before each restart
//! marker. Whatever stands behind is never shown, so it is a place to hide things,
//! and the only one that a walk over segments cannot see. The blocks are read
//! without computing a picture (T.81, annexes F and G): each must be complete, and
//! fewer than eight bits may be left over.

mod bits;
mod codes;

use std::collections::BTreeMap;
use std::ops::Range;

use super::frame::Scan;
use super::tables::Table;
use crate::Refusal;
use crate::refusal::Damage;
use bits::Bits;
use codes::Codes;

const MISSING: Refusal = Refusal::Damaged(Damage::Missing);
const VALUE: Refusal = Refusal::Damaged(Damage::Value);

/// Which coefficients of each block of a plane were sent; for refining scans.
pub(super) type Sent = Vec<u64>;

/// The walk over one scan.
pub(super) struct Walk {
    parts: Vec<Part>,
    first: u32,
    last: u32,
    shape: Shape,
    unit: usize,
    units: usize,
    per_interval: usize,
}

struct Part {
    blocks: u32,
    dc: Codes,
    ac: Codes,
}

#[derive(Clone, Copy)]
enum Shape {
    Sequential,
    CoarseFirst,
    CoarseRefined,
    FineFirst,
    FineRefined,
}

impl Walk {
    /// Prepares the tables of a scan.
    pub(super) fn new(
        scan: &Scan,
        tables: &BTreeMap<u8, Table>,
        interval: u16,
    ) -> Result<Walk, Refusal> {
        let codes = |name: Option<u8>| match name {
            Some(name) => Ok(Codes::new(tables.get(&name).ok_or(MISSING)?)),
            None => Ok(Codes::default()),
        };
        let mut parts = Vec::new();
        for part in &scan.parts {
            let ac = part.ac.map(|number| 0x10 | number);
            let ac = if scan.progressive { codes(ac)? } else { codes(ac)?.with_steps() };
            parts.push(Part { blocks: part.blocks, dc: codes(part.dc)?, ac });
        }
        let shape = match (scan.progressive, scan.first, scan.refines) {
            (false, ..) => Shape::Sequential,
            (true, 0, false) => Shape::CoarseFirst,
            (true, 0, true) => Shape::CoarseRefined,
            (true, _, false) => Shape::FineFirst,
            (true, _, true) => Shape::FineRefined,
        };
        let units = usize::try_from(scan.units).map_err(|_| VALUE)?;
        let per_interval = if interval == 0 { units } else { usize::from(interval) };
        let (first, last) = (u32::from(scan.first), u32::from(scan.last));
        Ok(Walk { parts, first, last, shape, unit: 0, units, per_interval })
    }

    /// Walks over the data up to a restart marker or the end of the scan.
    pub(super) fn interval(&mut self, data: &[u8], sent: &mut Sent) -> Result<(), Refusal> {
        let end = self.units.min(self.unit + self.per_interval);
        let units = std::mem::replace(&mut self.unit, end)..end;
        let (mut bits, band) = (Bits::new(data), (self.first, self.last));
        // Blocks still to come that have nothing in this band.
        let mut empty = 0;
        match self.shape {
            Shape::Sequential => self.blocks(units, |_, part| sequential(&mut bits, part))?,
            Shape::CoarseFirst => self.blocks(units, |_, part| coarse(&mut bits, part))?,
            Shape::CoarseRefined => self.blocks(units, |_, _| bits.skip(1))?,
            Shape::FineFirst => self.blocks(units, |unit, part| {
                fine(&mut bits, part, band, &mut empty, sent.get_mut(unit).ok_or(VALUE)?)
            })?,
            Shape::FineRefined => self.blocks(units, |unit, part| {
                refine(&mut bits, part, band, &mut empty, sent.get_mut(unit).ok_or(VALUE)?)
            })?,
        }
        // A run of empty blocks that goes on beyond the last block is a number that
        // nobody needs, and can be any.
        let whole = bits.is_used_up() && empty == 0;
        if whole { Ok(()) } else { Err(Refusal::Damaged(Damage::Length)) }
    }

    /// Reads the blocks of some units, in the order in which they are sent.
    fn blocks(
        &mut self,
        units: Range<usize>,
        mut read: impl FnMut(usize, &mut Part) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        for unit in units {
            for part in &mut self.parts {
                for _ in 0..part.blocks {
                    read(unit, part)?;
                }
            }
        }
        Ok(())
    }

    /// Which codes of each table occurred so far: its name, and one flag per code.
    pub(super) fn used(&self) -> Vec<(u8, Vec<bool>)> {
        let codes = self.parts.iter().flat_map(|part| [&part.dc, &part.ac]);
        let noted = codes.map(|codes| (codes.name(), codes.used()));
        noted.filter(|(_, used)| !used.is_empty()).collect()
    }
}

/// The difference of a DC coefficient: how many bits, then the bits.
fn coarse(bits: &mut Bits<'_>, part: &mut Part) -> Result<(), Refusal> {
    let size = bits.symbol(&mut part.dc)?;
    if size > 15 { Err(VALUE) } else { bits.skip(u32::from(size)) }
}

fn sequential(bits: &mut Bits<'_>, part: &mut Part) -> Result<(), Refusal> {
    coarse(bits, part)?;
    let mut place = 1;
    while place < 64 {
        if let Some(step) = bits.step(&mut part.ac, 64 - place) {
            if step.ends {
                break;
            }
            place += u32::from(step.coefficients);
            continue;
        }
        let symbol = bits.symbol(&mut part.ac)?;
        let (zeros, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
        if size == 0 && zeros < 15 {
            break;
        }
        place += zeros + 1;
        if size > 0 && place > 64 {
            return Err(VALUE);
        }
        bits.skip(size)?;
    }
    Ok(())
}

/// AC coefficients sent for the first time (T.81, G.1.2.2).
fn fine(
    bits: &mut Bits<'_>,
    part: &mut Part,
    (first, last): (u32, u32),
    empty: &mut u32,
    sent: &mut u64,
) -> Result<(), Refusal> {
    if *empty > 0 {
        *empty -= 1;
        return Ok(());
    }
    let mut place = first;
    while place <= last {
        let symbol = bits.symbol(&mut part.ac)?;
        let (zeros, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
        if size == 0 && zeros < 15 {
            *empty = (1 << zeros) - 1 + bits.take(zeros)?;
            break;
        }
        place += zeros;
        if size > 0 {
            if place > last {
                return Err(VALUE);
            }
            *sent |= 1_u64.checked_shl(place).ok_or(VALUE)?;
            bits.skip(size)?;
        }
        place += 1;
    }
    Ok(())
}

/// AC coefficients sent again with one more bit (T.81, G.1.2.3).
fn refine(
    bits: &mut Bits<'_>,
    part: &mut Part,
    (first, last): (u32, u32),
    empty: &mut u32,
    sent: &mut u64,
) -> Result<(), Refusal> {
    let mut place = first;
    while *empty == 0 && place <= last {
        let symbol = bits.symbol(&mut part.ac)?;
        let (mut zeros, size) = (u32::from(symbol >> 4), symbol & 15);
        if size == 0 && zeros < 15 {
            *empty = (1 << zeros) + bits.take(zeros)?;
            break;
        }
        bits.skip(u32::from(size > 0))?;
        while place <= last {
            if *sent >> place & 1 == 1 {
                bits.skip(1)?;
            } else if zeros == 0 {
                break;
            } else {
                zeros -= 1;
            }
            place += 1;
        }
        if size > 0 {
            // Some decoders write it beyond the band, and some do not.
            if place > last {
                return Err(VALUE);
            }
            *sent |= 1_u64.checked_shl(place).ok_or(VALUE)?;
        }
        place += 1;
    }
    if *empty > 0 {
        // Nothing new in this block: only one bit for each coefficient known before.
        let known = (place..=last).filter(|&place| *sent >> place & 1 == 1).count();
        for _ in 0..known {
            bits.skip(1)?;
        }
        *empty -= 1;
    }
    Ok(())
}
