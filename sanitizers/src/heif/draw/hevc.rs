//! One coded picture of HEVC as samples.
//!
//! `heic-rs` decodes those with one colour for four pixels, as all telephones take them, and
//! those in grey to the same samples as `FFmpeg`. Those with finer colours it gets wrong, and
//! often says nothing, so they are refused.

use heic_rs::hevc::{ChromaFormat, Frame, decode_still, probe};

use super::super::picture::Kept;
use super::super::property::Property;
use super::super::vui::{self, Signal};
use crate::Refusal;
use crate::boxes::Fields;

/// Types of slices; all above are parameters.
const SLICES: std::ops::RangeInclusive<u8> = 0..=31;
/// Bytes of the length in front of a unit, in a copy of ours.
const LENGTH: usize = 4;

/// Decodes it, and says what its samples mean.
pub(super) fn decode(item: &Kept) -> Result<(Frame, Signal), Refusal> {
    let config = item.properties.iter().find_map(|property| match property {
        Property::Hevc(config) => Some(config),
        _ => None,
    });
    let config = config.ok_or(Refusal::Internal)?;
    let [_, sequences, _] = &config.sets;
    // Of several one would have to be chosen, as all decoders do.
    let [sequence] = sequences.as_slice() else { return Err(Refusal::NotDrawable) };
    let signal = vui::signal(sequence)?;
    let sets: Vec<&[u8]> = config.sets.iter().flatten().map(Vec::as_slice).collect();
    let coded = probe(&sets).map_err(|error| super::refusal(&error))?;
    if !matches!(coded.chroma, ChromaFormat::Monochrome | ChromaFormat::Yuv420) {
        return Err(Refusal::NotDrawable);
    }
    let mut slices = Vec::new();
    let mut fields = Fields::of(&item.data);
    while !fields.rest().is_empty() {
        let size = usize::try_from(fields.number(LENGTH)?).map_err(|_| Refusal::Truncated)?;
        let unit = fields.take(size)?;
        let kind = unit.first().map(|byte| byte >> 1 & 0x3F);
        if kind.is_some_and(|kind| SLICES.contains(&kind)) {
            slices.push(unit);
        } else if !sets.contains(&unit) {
            // It would replace parameters in the middle of the picture.
            return Err(Refusal::NotDrawable);
        }
    }
    let frame = decode_still(&sets, &slices).map_err(|error| super::refusal(&error))?;
    frame.validate().map_err(|error| super::refusal(&error))?;
    Ok((frame, signal))
}
