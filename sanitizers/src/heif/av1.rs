//! AV1: the units of a coded picture, and the parameters for its decoder.
//!
//! Between the units of the picture there may be metadata in the words of others (ITU-T
//! T.35: makers put what they like there), light levels of the screen on which the picture
//! was made, filling, and units that are not defined. No decoder needs them.

use super::sequence::{self, Sequence};
use crate::allow::AllowList;
use crate::boxes::Fields;
use crate::refusal::{Damage, Feature};
use crate::{Category, Notes, Refusal};

/// Types of units that are kept: sequence header, frame header, tile group, frame (AV1,
/// 6.2.2).
pub(crate) const OBUS: AllowList<u8> =
    AllowList { name: "av1 units", allowed: &[1, 3, 4, 6], forbidden: &[2, 5, 7, 8, 9, 15] };

/// Reads `av1C` (AV1 in boxes, 2.3.3), which is written without copies of units.
pub(super) fn config(body: &[u8], notes: &mut Notes) -> Result<[u8; 4], Refusal> {
    let Some((&[0x81, profile, form, delay], units)) = body.split_first_chunk() else {
        return Err(Refusal::Damaged(Damage::Value));
    };
    notes.found_many(Category::Other, u32::from(delay != 0 || !units.is_empty()));
    Ok([0x81, profile, form, 0])
}

/// The units of a picture that are kept, each with its length, and what its header says.
pub(super) fn picture(item: &[u8], notes: &mut Notes) -> Result<(Vec<u8>, Sequence), Refusal> {
    let mut fields = Fields::of(item);
    let mut kept = Vec::with_capacity(item.len());
    let mut header: Option<&[u8]> = None;
    let mut frame = None;
    while !fields.rest().is_empty() {
        let unit = Unit::read(&mut fields)?;
        if !OBUS.allows(&unit.kind) {
            // The mark between pictures is empty, and stands in front of nearly every one.
            if unit.kind != 2 || !unit.body.is_empty() {
                notes.found(category(unit.kind));
            }
            continue;
        }
        if unit.extension.is_some_and(|layer| layer != 0) {
            // Which of several layers is shown depends on the decoder.
            return Err(Refusal::Feature(Feature::Coding));
        }
        match unit.kind {
            1 => {
                // Two sets of parameters: which one counts depends on the decoder.
                if header.is_some_and(|known| known != unit.body) {
                    return Err(Refusal::Damaged(Damage::Order));
                }
                header = Some(unit.body);
            }
            // A second picture that one viewer would show and another would not.
            3 | 6 if frame.is_some() => return Err(Refusal::Feature(Feature::Coding)),
            3 | 6 => frame = Some(unit.kind),
            // Tiles follow a head that has none with it.
            _ if frame != Some(3) => return Err(Refusal::Damaged(Damage::Order)),
            _ => {}
        }
        if header.is_none() {
            return Err(Refusal::Damaged(Damage::Order));
        }
        unit.write(&mut kept);
    }
    match header {
        Some(header) if frame.is_some() => Ok((kept, sequence::read(header)?)),
        _ => Err(Refusal::Damaged(Damage::Missing)),
    }
}

/// One unit (AV1, 5.3).
struct Unit<'a> {
    kind: u8,
    /// Which layer it belongs to, if layers are told apart.
    extension: Option<u8>,
    body: &'a [u8],
}

impl<'a> Unit<'a> {
    fn read(fields: &mut Fields<'a>) -> Result<Self, Refusal> {
        let head = fields.byte()?;
        if head >> 7 != 0 {
            return Err(Refusal::Damaged(Damage::Value));
        }
        let extension = if head & 4 != 0 { Some(fields.byte()? & 0xF8) } else { None };
        let length = if head & 2 != 0 { length(fields)? } else { fields.rest().len() };
        Ok(Unit { kind: head >> 3 & 15, extension, body: fields.take(length)? })
    }

    /// Writes it with its length in as few bytes as possible.
    fn write(&self, kept: &mut Vec<u8>) {
        kept.push(self.kind << 3 | u8::from(self.extension.is_some()) << 2 | 2);
        kept.extend(self.extension);
        let mut length = self.body.len();
        while length > 0x7F {
            kept.extend((length & 0x7F).to_le_bytes().first().map(|byte| byte | 0x80));
            length >>= 7;
        }
        kept.extend(length.to_le_bytes().first());
        kept.extend(self.body);
    }
}

/// A length in groups of seven bits, the lowest first (AV1, 4.10.5).
fn length(fields: &mut Fields) -> Result<usize, Refusal> {
    let mut length = 0_u64;
    for group in 0..8 {
        let byte = fields.byte()?;
        length |= u64::from(byte & 0x7F) << (7 * group);
        if byte >> 7 == 0 {
            return usize::try_from(length).map_err(|_| Refusal::Truncated);
        }
    }
    Err(Refusal::Damaged(Damage::Value))
}

/// What a unit that is left out tells about.
fn category(kind: u8) -> Category {
    match kind {
        5 => Category::Software,
        15 => Category::StrayBytes,
        _ => Category::Other,
    }
}
