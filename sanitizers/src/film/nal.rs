//! H.264 and H.265: a sample is a row of units, each with a length and a type.
//!
//! Most are coded pictures and what is needed to decode them. Beside them an encoder puts
//! whatever it likes: its name with all settings, times, places, captions, filling. Units
//! of pictures are copied as they are; of the units for such messages only those are
//! written again that say how pictures are to be shown.
//!
//! Format: ISO/IEC 14496-10 (7.3.1, 7.4.1, D), ISO/IEC 23008-2 (7.3.1, 7.4.2, D),
//! ISO/IEC 14496-15.

use std::ops::Range;

use super::cut;
use super::sample::Out;
use super::window::Window;
use crate::allow::AllowList;
use crate::refusal::Damage;
use crate::{Category, Change, Notes, Refusal};

/// How the units of a track are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Units {
    /// H.265; otherwise H.264.
    pub(super) is_hevc: bool,
    /// Bytes of a length: 1, 2 or 4.
    pub(super) width: usize,
}

/// Units of H.264 that are copied: pictures and their parts, parameter sets. Not second
/// views, sharper layers and planes beside, which few players show.
pub(crate) const AVC_UNITS: AllowList<u8> = AllowList {
    name: "avc units",
    allowed: &[1, 5, 7, 8],
    // Parts of pictures in a profile that no decoder has; filling, other layers, reserved and
    // free numbers.
    forbidden: &[2, 12, 14, 16, 19, 20, 22, 24, 30],
};
/// Units of H.265 that are copied: pictures, parameter sets.
pub(crate) const HEVC_UNITS: AllowList<u8> = AllowList {
    name: "hevc units",
    allowed: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17, 18, 19, 20, 21, 32, 33, 34],
    // Filling, reserved and free numbers.
    forbidden: &[38, 41, 48, 62, 63],
};
/// Messages that are kept, with their most bytes, once in each unit: a place where one can
/// begin (6), which way up (47), colours of a usual master screen (137), brightest light (144),
/// curve of light (147). What they say is written anew, by [`super::message`]. Times of
/// pictures (1) and of the buffer (0) are in the tables of the film, and cameras write the time
/// of day into them.
pub(crate) const MESSAGES: AllowList<(u32, usize)> = AllowList {
    name: "messages between pictures",
    allowed: &[(6, 5), (47, 5), (137, 24), (144, 4), (147, 1)],
    forbidden: &[(1, 24), (4, 64), (5, 64), (136, 24)],
};

/// Bytes of a unit of messages that is looked into; what is kept of one is small.
const MOST: usize = 64 << 10;

/// What becomes of a unit.
enum Fate {
    Kept,
    /// Messages: those on the list are kept.
    Sifted,
    Dropped(Option<Category>),
    /// What was dropped could be seen by some.
    Changed(Change),
}

impl Units {
    fn head(self) -> usize {
        if self.is_hevc { 2 } else { 1 }
    }

    fn fate(self, head: &[u8], length: usize) -> Fate {
        match (self.is_hevc, head) {
            (false, &[first, ..]) => avc_fate(first & 0x1F, length),
            (true, &[first, second, ..]) => {
                let layer = (first & 1) << 5 | second >> 3;
                hevc_fate(first >> 1 & 0x3F, layer, length)
            }
            _ => Fate::Dropped(Some(Category::StrayBytes)),
        }
    }

    /// Writes what is kept of a sample.
    pub(super) fn pass(
        self,
        window: &mut Window,
        sample: Range<u64>,
        out: &mut Out,
    ) -> Result<(), Refusal> {
        let mut at = sample.start;
        while at < sample.end {
            let prefix = window.bytes(at, self.width)?;
            let length = prefix.iter().fold(0_u64, |sum, &byte| sum << 8 | u64::from(byte));
            let start = at + self.width as u64;
            let end = start + length;
            if end > sample.end {
                return Err(Refusal::Damaged(Damage::Length));
            }
            let length = usize::try_from(length).map_err(|_| Refusal::Internal)?;
            let head = window.bytes(start, self.head().min(length))?;
            let is_told = self.is_set(head, if self.is_hevc { &[33] } else { &[7, 8] });
            match self.fate(head, length) {
                Fate::Kept if is_told && length > MOST => {
                    return Err(Refusal::Damaged(Damage::Length));
                }
                Fate::Kept => {
                    match (is_told, self.is_hevc) {
                        (true, true) => cut::hevc(window.bytes(start, length)?, out.notes),
                        (true, false) => cut::avc(window.bytes(start, length)?, out.notes)?,
                        _ => {}
                    }
                    out.keep(at..end);
                }
                Fate::Sifted if length <= MOST => {
                    let unit = window.bytes(start, length)?;
                    let kept = self.sifted(unit)?;
                    if kept.as_deref() == Some(unit) {
                        out.keep(at..end);
                    } else {
                        out.found(Category::Other);
                        out.write(&self.framed(&kept.unwrap_or_default())?);
                    }
                }
                Fate::Sifted => out.found(Category::Other),
                Fate::Dropped(category) => category.into_iter().for_each(|one| out.found(one)),
                Fate::Changed(change) => {
                    out.found(Category::Other);
                    out.changed(change);
                }
            }
            at = end;
        }
        Ok(())
    }

    /// A unit with its length in front; nothing for a unit of nothing.
    fn framed(self, unit: &[u8]) -> Result<Vec<u8>, Refusal> {
        if unit.is_empty() {
            return Ok(Vec::new());
        }
        let length = u32::try_from(unit.len()).map_err(|_| Refusal::Internal)?.to_be_bytes();
        let skipped = length.len() - self.width;
        let (front, length) = length.split_at_checked(skipped).ok_or(Refusal::Internal)?;
        if front.iter().any(|&byte| byte != 0) {
            return Err(Refusal::Damaged(Damage::Length));
        }
        Ok([length, unit].concat())
    }

    /// A unit of messages with those that are on the list; none if nothing is left.
    pub(super) fn sifted(self, unit: &[u8]) -> Result<Option<Vec<u8>>, Refusal> {
        let Some((head, coded)) = unit.split_at_checked(self.head()) else { return Ok(None) };
        let bare = unescaped(coded);
        let (mut kept, mut rest, mut seen) = (Vec::new(), &*bare, Vec::new());
        while let Some((kind, payload, behind)) = message(rest) {
            rest = behind;
            if seen.contains(&kind) || !MESSAGES.allowed_up_to(kind, payload.len()) {
                continue;
            }
            if let Some(payload) = super::message::anew(kind, payload, self.is_hevc)? {
                seen.push(kind);
                kept.extend([number(kind), number(payload.len())].concat());
                kept.extend(payload);
            }
        }
        if kept.is_empty() {
            return Ok(None);
        }
        kept.push(0x80);
        Ok(Some([head, &escaped(&kept)].concat()))
    }

    /// Whether a parameter set of a description is one, and of the lowest layer.
    pub(super) fn is_set(self, unit: &[u8], kinds: &[u8]) -> bool {
        match (self.is_hevc, unit) {
            (false, &[first, ..]) => kinds.contains(&(first & 0x1F)),
            (true, &[first, second, ..]) => {
                kinds.contains(&(first >> 1 & 0x3F)) && first & 1 == 0 && second >> 3 == 0
            }
            _ => false,
        }
    }
}

impl AllowList<(u32, usize)> {
    /// Whether a message of this kind and length is kept.
    fn allowed_up_to(&self, kind: u32, length: usize) -> bool {
        let all = self.allowed.iter().chain(self.forbidden);
        let fitting = all.filter(|&&(one, most)| one == kind && length <= most);
        fitting.into_iter().any(|one| self.allows(one))
    }
}

fn avc_fate(kind: u8, length: usize) -> Fate {
    match kind {
        6 => Fate::Sifted,
        // A delimiter has one number that can be seen in the pictures.
        9 if length <= 2 => Fate::Dropped(None),
        // The end of a sequence and of all.
        10 | 11 if length == 1 => Fate::Kept,
        kind if AVC_UNITS.allows(&kind) => Fate::Kept,
        9..=12 => Fate::Dropped(Some(Category::StrayBytes)),
        13..=15 | 19..=21 => Fate::Changed(Change::PartsRemoved),
        _ => Fate::Dropped(Some(Category::Other)),
    }
}

fn hevc_fate(kind: u8, layer: u8, length: usize) -> Fate {
    match kind {
        // Another view, a depth, a plane of transparency.
        _ if layer > 0 && kind < 62 => Fate::Changed(Change::PartsRemoved),
        39 | 40 => Fate::Sifted,
        35 if length <= 3 => Fate::Dropped(None),
        36 | 37 if length == 2 => Fate::Kept,
        kind if HEVC_UNITS.allows(&kind) => Fate::Kept,
        // Dolby Vision: how to show the pictures brighter.
        62 | 63 => Fate::Changed(Change::HdrLayerRemoved),
        35..=38 => Fate::Dropped(Some(Category::StrayBytes)),
        _ => Fate::Dropped(Some(Category::Other)),
    }
}

/// The first message of a row: what it is, what it says, what follows.
fn message(row: &[u8]) -> Option<(u32, &[u8], &[u8])> {
    let (kind, row) = long_number(row)?;
    let (length, row) = long_number(row)?;
    let (payload, rest) = row.split_at_checked(length as usize)?;
    // What is left over when the row has ended are the bits that end it.
    if rest.is_empty() { None } else { Some((kind, payload, rest)) }
}

/// A number written as a row of 255s and a rest.
fn long_number(row: &[u8]) -> Option<(u32, &[u8])> {
    let full = row.iter().take_while(|&&byte| byte == 0xFF).count();
    let (&last, rest) = row.get(full..)?.split_first()?;
    Some((u32::try_from(full).ok()?.checked_mul(255)?.checked_add(last.into())?, rest))
}

fn number(value: impl TryInto<usize>) -> Vec<u8> {
    let value = value.try_into().unwrap_or_default();
    let mut bytes = vec![0xFF; value / 255];
    bytes.push(u8::try_from(value % 255).unwrap_or_default());
    bytes
}

/// Without the bytes that keep three zeros in a row from being there.
pub(super) fn unescaped(coded: &[u8]) -> Vec<u8> {
    let (mut bare, mut zeros) = (Vec::with_capacity(coded.len()), 0);
    for &byte in coded {
        if zeros >= 2 && byte == 3 {
            zeros = 0;
            continue;
        }
        zeros = if byte == 0 { zeros + 1 } else { 0 };
        bare.push(byte);
    }
    bare
}

fn escaped(bare: &[u8]) -> Vec<u8> {
    let (mut coded, mut zeros) = (Vec::with_capacity(bare.len()), 0);
    for &byte in bare {
        if zeros >= 2 && byte <= 3 {
            coded.push(3);
            zeros = 0;
        }
        zeros = if byte == 0 { zeros + 1 } else { 0 };
        coded.push(byte);
    }
    coded
}

/// Counts what was dropped of a description.
pub(super) fn noted(before: usize, after: usize, notes: &mut Notes) {
    if before != after {
        notes.found(Category::Other);
    }
}
