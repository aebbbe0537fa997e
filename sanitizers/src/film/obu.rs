//! AV1: a sample is a row of units; those with pictures are copied, behind heads of ours.
//!
//! A head has bits of no meaning, and its length can be written in several ways. Units can
//! be of a layer that the head of the sequence does not name: no decoder looks at them. A
//! second head of a frame repeats the first one.
//!
//! Format: AV1 Bitstream & Decoding Process Specification, 5.3 and 6.2; AV1 Codec ISO
//! Media File Format Binding.

use std::ops::Range;

use super::sample::{Coding, Out};
use super::window::Window;
use crate::allow::AllowList;
use crate::heif::av1_sequence;
use crate::refusal::{Damage, Feature};
use crate::{Category, Refusal};

/// Units that are copied: head of a sequence, heads of frames, tiles, frames.
pub(crate) const UNITS: AllowList<u8> = AllowList {
    name: "av1 units",
    allowed: &[1, 3, 4, 6],
    // Metadata, which can be captions and times; second heads of frames; reserved numbers;
    // padding.
    forbidden: &[5, 7, 9, 15],
};
const DELIMITER: u8 = 2;
const SEQUENCE: u8 = 1;
/// Bytes of the head of a sequence: one with all that there can be has some hundreds.
const MOST: usize = 1 << 10;

/// The head of a unit.
struct Head {
    kind: u8,
    /// Numbers of its layers, if it has some.
    layer: Option<u8>,
    /// Bytes in front of the content.
    length: u64,
    /// Bytes of the content; to the end of the sample if it is not said.
    content: Option<u64>,
}

impl Head {
    /// Whether a decoder that shows these layers looks at the unit (5.3.1).
    fn is_decoded(&self, layers: u32) -> bool {
        let Some(layer) = self.layer.filter(|_| layers != 0 && self.kind != SEQUENCE) else {
            return true;
        };
        layers >> (layer >> 5) & 1 == 1 && layers >> (8 + (layer >> 3 & 3)) & 1 == 1
    }

    /// The head as it is written, for so many bytes.
    fn written(&self, content: u64) -> Vec<u8> {
        let mut all = vec![self.kind << 3 | u8::from(self.layer.is_some()) << 2 | 2];
        all.extend(self.layer);
        let mut left = content;
        while left > 0x7F {
            all.push(0x80 | left.to_le_bytes()[0]);
            left >>= 7;
        }
        all.push(left.to_le_bytes()[0]);
        all
    }
}

fn head(bytes: &[u8]) -> Result<Head, Refusal> {
    let (&first, mut rest) = bytes.split_first().ok_or(Refusal::Truncated)?;
    if first & 0x80 != 0 {
        return Err(Refusal::Damaged(Damage::Value));
    }
    let (mut length, mut layer) = (1, None);
    if first & 4 != 0 {
        let (&second, behind) = rest.split_first().ok_or(Refusal::Truncated)?;
        layer = Some(second & 0xF8);
        rest = behind;
        length += 1;
    }
    let kind = first >> 3 & 0x0F;
    if first & 2 == 0 {
        return Ok(Head { kind, layer, length, content: None });
    }
    let mut content = 0;
    for (at, &byte) in rest.iter().take(8).enumerate() {
        content |= u64::from(byte & 0x7F) << (7 * at);
        length += 1;
        if byte & 0x80 == 0 {
            return Ok(Head { kind, layer, length, content: Some(content) });
        }
    }
    Err(Refusal::Damaged(Damage::Value))
}

/// Writes what is kept of a sample of a film with these layers.
pub(super) fn pass(
    layers: u32,
    window: &mut Window,
    sample: Range<u64>,
    out: &mut Out,
) -> Result<(), Refusal> {
    let mut at = sample.start;
    while at < sample.end {
        let ahead = usize::try_from(sample.end - at).unwrap_or(usize::MAX).min(10);
        let front = window.bytes(at, ahead)?;
        let head = head(front)?;
        let start = at.saturating_add(head.length);
        let end = head.content.map_or(sample.end, |content| start.saturating_add(content));
        if end > sample.end || end < start {
            return Err(Refusal::Damaged(Damage::Length));
        }
        let written = head.written(end - start);
        let is_as_written = front.get(..written.len()) == Some(&written[..]);
        if head.kind == SEQUENCE {
            let length = usize::try_from(end - start).ok().filter(|&length| length <= MOST);
            let length = length.ok_or(Refusal::Damaged(Damage::Length))?;
            if av1_sequence(window.bytes(start, length)?)?.layers != layers {
                return Err(Refusal::Feature(Feature::Construct));
            }
        }
        match head.kind {
            DELIMITER if end == start => {}
            kind if !UNITS.allows(&kind) || !head.is_decoded(layers) => {
                out.found(Category::Other);
            }
            _ if is_as_written => out.keep(at..end),
            _ => {
                out.write(&written);
                out.keep(start..end);
            }
        }
        at = end;
    }
    Ok(())
}

/// `av1C` (section 2.3): four bytes of numbers, and the head of the sequence.
pub(crate) fn configuration(body: &[u8]) -> Result<(Vec<u8>, Coding), Refusal> {
    let (numbers, mut rest) = body.split_at_checked(4).ok_or(Refusal::Truncated)?;
    let &[version, profile, form, delay] = numbers else { return Err(Refusal::Internal) };
    if version != 0x81 {
        return Err(Refusal::Feature(Feature::Construct));
    }
    let delay = if delay & 0x10 == 0 { 0 } else { delay & 0x1F };
    let mut kept = vec![version, profile, form, delay];
    let mut layers = None;
    while !rest.is_empty() {
        let head = head(rest)?;
        let content = head.content.ok_or(Refusal::Feature(Feature::Construct))?;
        let length = |length: u64| usize::try_from(length).unwrap_or(usize::MAX);
        let (_, unit) = rest.split_at_checked(length(head.length)).ok_or(Refusal::Truncated)?;
        let (unit, behind) = unit.split_at_checked(length(content)).ok_or(Refusal::Truncated)?;
        if head.kind == SEQUENCE {
            let said = av1_sequence(unit)?.layers;
            if *layers.get_or_insert(said) != said {
                return Err(Refusal::Feature(Feature::Construct));
            }
            kept.extend([&head.written(content), unit].concat());
        }
        rest = behind;
    }
    Ok((kept, Coding::Av1(layers.unwrap_or_default())))
}
