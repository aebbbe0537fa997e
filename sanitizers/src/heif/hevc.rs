//! HEVC: the units of a coded picture, and the parameters for its decoder.
//!
//! Between the slices stand messages (SEI): x265 writes its version and all its settings
//! there, others the time of the recording or another picture. No decoder needs them, and
//! none needs delimiters, filling and units that are not defined. The box with the
//! parameter sets repeats what they say; it is made again from what they say.

use super::bits::Bits;
use crate::allow::AllowList;
use crate::boxes::Fields;
use crate::refusal::{Damage, Feature};
use crate::{Category, Notes, Refusal};

/// Types of units that are kept: slices of a picture that needs no other one, parameter
/// sets (Rec. ITU-T H.265, table 7-1).
pub(crate) const UNITS: AllowList<u8> = AllowList {
    name: "hevc units",
    allowed: &[16, 17, 18, 19, 20, 21, 32, 33, 34],
    forbidden: &[35, 36, 38, 39, 40, 41, 47, 48, 63],
};

/// Slices, all of them.
const SLICES: std::ops::RangeInclusive<u8> = 0..=31;
/// Types of video, sequence and picture parameter sets, in the order they are written.
const SETS: [u8; 3] = [32, 33, 34];
/// Bytes of a parameter set with scaling lists; others have less than a hundred.
const LONGEST_SET: usize = 4096;
/// Sets of one type (Rec. ITU-T H.265, 7.4.3.3.1).
const MOST_SETS: usize = 64;

/// The parameters for the decoder of a picture.
#[derive(Clone, Debug)]
pub(super) struct Config {
    /// The body of `hvcC`.
    pub(super) written: Vec<u8>,
    /// The parameter sets, one type after the other.
    pub(super) sets: [Vec<Vec<u8>>; 3],
    /// Bytes of the length in front of a unit, in the original.
    pub(super) length: usize,
    /// Whether every decoder for stills knows the profile.
    pub(super) main: bool,
    /// Size as it is coded, and what of it is shown.
    pub(super) coded: (u32, u32),
    pub(super) shown: (u32, u32),
}

/// Reads `hvcC` (ISO/IEC 14496-15, 8.3.2.1).
pub(super) fn config(body: &[u8], notes: &mut Notes) -> Result<Config, Refusal> {
    let mut fields = Fields::of(body);
    if fields.byte()? != 1 {
        return Err(Refusal::Damaged(Damage::Value));
    }
    fields.take(20)?;
    let length = usize::from(fields.byte()? & 3) + 1;
    let mut sets: [Vec<&[u8]>; 3] = [const { Vec::new() }; 3];
    for _ in 0..fields.byte()? {
        fields.byte()?;
        for _ in 0..fields.half()? {
            let unit = usize::from(fields.half()?);
            let unit = fields.take(unit)?;
            let (kind, base) = head(unit)?;
            let place = SETS.iter().position(|&one| one == kind && base);
            match place.and_then(|place| sets.get_mut(place)) {
                _ if !UNITS.allows(&kind) => notes.found(category(kind)),
                Some(known) if unit.len() <= LONGEST_SET && known.len() < MOST_SETS => {
                    known.push(unit);
                }
                _ => return Err(Refusal::Damaged(Damage::Value)),
            }
        }
    }
    notes.found_many(Category::StrayBytes, u32::from(!fields.rest().is_empty()));
    let [_, sequence, picture] = &sets;
    let (Some(first), false) = (sequence.first(), picture.is_empty()) else {
        return Err(Refusal::Damaged(Damage::Missing));
    };
    let said = Said::read(first)?;
    let written = written(&said, &sets)?;
    let (coded, shown) = (said.coded, said.shown);
    let sets = sets.map(|units| units.into_iter().map(<[u8]>::to_vec).collect());
    Ok(Config { written, sets, length, main: said.main, coded, shown })
}

/// Type of a unit, and whether it belongs to the picture itself and not to a layer on it.
fn head(unit: &[u8]) -> Result<(u8, bool), Refusal> {
    let Some(&[first, second]) = unit.first_chunk() else { return Err(Refusal::Truncated) };
    if first >> 7 != 0 {
        return Err(Refusal::Damaged(Damage::Value));
    }
    Ok((first >> 1 & 0x3F, first & 1 == 0 && second >> 3 == 0))
}

/// Width and height that are coded, and those that are shown.
pub(crate) type Sizes = ((u32, u32), (u32, u32));

/// The sizes of a sequence parameter set.
pub(crate) fn sizes(set: &[u8]) -> Result<Sizes, Refusal> {
    Said::read(set).map(|said| (said.coded, said.shown))
}

/// What a sequence parameter set says (Rec. ITU-T H.265, 7.3.2.2.1).
struct Said {
    /// Profile, its flags and the level, as they stand there.
    profile: [u8; 12],
    main: bool,
    layers: u8,
    nested: bool,
    colours: u8,
    depths: [u8; 2],
    coded: (u32, u32),
    shown: (u32, u32),
}

impl Said {
    fn read(unit: &[u8]) -> Result<Said, Refusal> {
        let mut bits = Bits::of_unit(unit);
        let profile: [u8; 12] = *bits.bytes(3, 12)?.first_chunk().ok_or(Refusal::Truncated)?;
        bits.skip(20);
        let more = bits.number(3)?;
        let nested = bits.bit()?;
        bits.skip(96);
        sub_layers(&mut bits, more)?;
        bits.code()?;
        let format = bits.code()?;
        let apart = format == 3 && bits.bit()?;
        let coded = (bits.code()?, bits.code()?);
        let mut cut = [0; 4];
        if bits.bit()? {
            for side in &mut cut {
                *side = bits.code()?;
            }
        }
        let depths = [bits.code()?, bits.code()?];
        // Sides are cut off in units of the coarser colour planes (table 6-1).
        let (wide, high) = match (format, apart) {
            (1, _) => (2, 2),
            (2, _) => (2, 1),
            _ => (1, 1),
        };
        let [left, right, top, bottom] = cut;
        let less = |size: u32, unit: u32, one: u32, other: u32| {
            let cut = unit.checked_mul(one)?.checked_add(unit.checked_mul(other)?)?;
            size.checked_sub(cut).filter(|&size| size > 0)
        };
        let shown = less(coded.0, wide, left, right).zip(less(coded.1, high, top, bottom));
        let (Some(shown), true, true) = (shown, format <= 3, depths.iter().all(|&d| d <= 8)) else {
            return Err(Refusal::Damaged(Damage::Value));
        };
        let byte = |number: u32| u8::try_from(number).map_err(|_| Refusal::Internal);
        let [first, ..] = profile;
        Ok(Said {
            profile,
            main: matches!(first & 31, 1 | 3),
            layers: byte(more)? + 1,
            nested,
            colours: byte(format)?,
            depths: [byte(depths[0])?, byte(depths[1])?],
            coded,
            shown,
        })
    }
}

/// Passes over profiles and levels of parts of the picture's frames (7.3.3).
pub(super) fn sub_layers(bits: &mut Bits, more: u32) -> Result<(), Refusal> {
    if more == 0 {
        return Ok(());
    }
    let mut skip = 0;
    for layer in 0..8 {
        let (profile, level) = (bits.bit()?, bits.bit()?);
        if layer < more {
            skip += usize::from(profile) * 88 + usize::from(level) * 8;
        }
    }
    bits.skip(skip);
    Ok(())
}

/// The body of `hvcC`, from what the parameter sets say; lengths have four bytes.
fn written(said: &Said, sets: &[Vec<&[u8]>; 3]) -> Result<Vec<u8>, Refusal> {
    let mut body = vec![1];
    body.extend(said.profile);
    // Nothing is said about segments and frames per second.
    body.extend([0xF0, 0, 0xFC, 0xFC | said.colours]);
    body.extend(said.depths.map(|depth| 0xF8 | depth));
    body.extend([0, 0, said.layers << 3 | u8::from(said.nested) << 2 | 3]);
    let used = || SETS.iter().zip(sets).filter(|(_, units)| !units.is_empty());
    body.push(u8::try_from(used().count()).map_err(|_| Refusal::Internal)?);
    for (kind, units) in used() {
        let half = |number: usize| u16::try_from(number).map_err(|_| Refusal::Internal);
        body.push(0x80 | kind);
        body.extend(half(units.len())?.to_be_bytes());
        for unit in units {
            body.extend(half(unit.len())?.to_be_bytes());
            body.extend(*unit);
        }
    }
    Ok(body)
}

/// The slices of a picture, each behind its length in four bytes.
pub(super) fn picture(item: &[u8], config: &Config, notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let mut fields = Fields::of(item);
    let mut kept = Vec::with_capacity(item.len());
    let mut slices = 0_u32;
    while !fields.rest().is_empty() {
        let size =
            usize::try_from(fields.number(config.length)?).map_err(|_| Refusal::Truncated)?;
        if size == 0 {
            continue;
        }
        let unit = fields.take(size)?;
        let (kind, base) = head(unit)?;
        if !base {
            // A layer on the picture, such as a second view: viewers of stills ignore it.
            notes.found(Category::HiddenPictures);
            continue;
        }
        if !UNITS.allows(&kind) {
            if SLICES.contains(&kind) {
                // Made of other pictures, which are not here.
                return Err(Refusal::Feature(Feature::Coding));
            }
            notes.found(category(kind));
            continue;
        }
        if SETS.contains(&kind) {
            // The parameters say it already, or something else that only some viewers follow.
            if !config.sets.iter().flatten().any(|set| set == unit) {
                return Err(Refusal::Feature(Feature::Coding));
            }
            continue;
        }
        if SLICES.contains(&kind) {
            let is_first = unit.get(2).is_some_and(|byte| byte >> 7 == 1);
            if is_first != (slices == 0) {
                // A second picture that one viewer would show and another would not.
                return Err(Refusal::Damaged(Damage::Order));
            }
            slices += 1;
        }
        let size = u32::try_from(size).map_err(|_| Refusal::Internal)?;
        kept.extend(size.to_be_bytes());
        kept.extend(unit);
    }
    if slices == 0 { Err(Refusal::Damaged(Damage::Missing)) } else { Ok(kept) }
}

/// What a unit that is left out tells about.
fn category(kind: u8) -> Category {
    match kind {
        39 | 40 => Category::Software,
        38 => Category::StrayBytes,
        _ => Category::Other,
    }
}
