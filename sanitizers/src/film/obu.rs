//! AV1: a sample is a row of units; those with pictures are copied.
//!
//! Format: AV1 Bitstream & Decoding Process Specification, 5.3 and 6.2; AV1 Codec ISO
//! Media File Format Binding.

use std::ops::Range;

use super::sample::Out;
use super::window::Window;
use crate::allow::AllowList;
use crate::refusal::{Damage, Feature};
use crate::{Category, Refusal};

/// Units that are copied: head of a sequence, heads of frames, tiles, frames.
pub(crate) const UNITS: AllowList<u8> = AllowList {
    name: "av1 units",
    allowed: &[1, 3, 4, 6, 7],
    // Metadata, which can be captions and times; reserved numbers; padding.
    forbidden: &[5, 9, 15],
};
const DELIMITER: u8 = 2;
const SEQUENCE: u8 = 1;

/// The head of a unit.
struct Head {
    kind: u8,
    /// Bytes in front of the content.
    length: u64,
    /// Bytes of the content; to the end of the sample if it is not said.
    content: Option<u64>,
}

fn head(bytes: &[u8]) -> Result<Head, Refusal> {
    let (&first, mut rest) = bytes.split_first().ok_or(Refusal::Truncated)?;
    if first & 0x80 != 0 {
        return Err(Refusal::Damaged(Damage::Value));
    }
    let mut length = 1;
    if first & 4 != 0 {
        rest = rest.split_first().ok_or(Refusal::Truncated)?.1;
        length += 1;
    }
    let kind = first >> 3 & 0x0F;
    if first & 2 == 0 {
        return Ok(Head { kind, length, content: None });
    }
    let mut content = 0;
    for (at, &byte) in rest.iter().take(8).enumerate() {
        content |= u64::from(byte & 0x7F) << (7 * at);
        length += 1;
        if byte & 0x80 == 0 {
            return Ok(Head { kind, length, content: Some(content) });
        }
    }
    Err(Refusal::Damaged(Damage::Value))
}

/// Writes what is kept of a sample.
pub(super) fn pass(window: &mut Window, sample: Range<u64>, out: &mut Out) -> Result<(), Refusal> {
    let mut at = sample.start;
    while at < sample.end {
        let ahead = usize::try_from(sample.end - at).unwrap_or(usize::MAX).min(10);
        let head = head(window.bytes(at, ahead)?)?;
        let end = match head.content {
            Some(content) => at.saturating_add(head.length).saturating_add(content),
            None => sample.end,
        };
        if end > sample.end || end < at + head.length {
            return Err(Refusal::Damaged(Damage::Length));
        }
        match head.kind {
            DELIMITER if end == at + head.length => {}
            kind if UNITS.allows(&kind) => out.keep(at..end),
            _ => out.found(Category::Other),
        }
        at = end;
    }
    Ok(())
}

/// `av1C` (section 2.3): four bytes of numbers, and the head of the sequence.
pub(crate) fn configuration(body: &[u8]) -> Result<Vec<u8>, Refusal> {
    let (numbers, mut rest) = body.split_at_checked(4).ok_or(Refusal::Truncated)?;
    let &[version, profile, form, delay] = numbers else { return Err(Refusal::Internal) };
    if version != 0x81 {
        return Err(Refusal::Feature(Feature::Construct));
    }
    let delay = if delay & 0x10 == 0 { 0 } else { delay & 0x1F };
    let mut kept = vec![version, profile, form, delay];
    while !rest.is_empty() {
        let head = head(rest)?;
        let content = head.content.ok_or(Refusal::Feature(Feature::Construct))?;
        let length = usize::try_from(head.length.saturating_add(content)).unwrap_or(usize::MAX);
        let (unit, behind) = rest.split_at_checked(length).ok_or(Refusal::Truncated)?;
        if head.kind == SEQUENCE {
            kept.extend(unit);
        }
        rest = behind;
    }
    Ok(kept)
}
