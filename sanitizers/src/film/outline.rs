//! The boxes of a film from outside: one with the index, some with samples.

use std::ops::Range;

use super::atom::Name;
use super::noted;
use super::window::Window;
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Limits, Notes, Refusal};

/// Bytes of an index, or of a part of one in a film of parts. Two million samples with a
/// time, a size and a place each fit.
const INDEX: u64 = 64 << 20;

/// Where things are.
pub(super) struct Outline {
    /// What is in the index, `moov`.
    pub(super) index: Range<u64>,
    /// The content of each `mdat`, in order.
    pub(super) media: Vec<Range<u64>>,
    /// Each `moof`, with its head: places in it are counted from there.
    pub(super) parts: Vec<Range<u64>>,
}

/// One box of the file.
struct Outer {
    name: Name,
    content: Range<u64>,
}

/// Walks over the outer boxes.
pub(super) fn read(
    window: &mut Window,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Outline, Refusal> {
    let (mut index, mut media, mut parts) = (None, Vec::new(), Vec::new());
    let (mut at, mut count) = (0, 0_u32);
    while at < window.length() {
        count += 1;
        // A film of parts has one or two boxes for each.
        if count > limits.samples {
            return Err(Refusal::Limit(Limit::Parts));
        }
        let Some(outer) = outer(window, at)? else {
            // Telephones write their own things behind the last box.
            if index.is_none() {
                return Err(Refusal::Damaged(Damage::Length));
            }
            notes.found(Category::StrayBytes);
            break;
        };
        let end = outer.content.end;
        match &outer.name {
            b"moov" if index.is_some() => return Err(Refusal::Damaged(Damage::Missing)),
            b"moov" => index = Some(bounded(outer.content)?),
            b"moof" => parts.push(bounded(at..end)?),
            b"mdat" => media.push(outer.content),
            b"ftyp" if at == 0 => {}
            name => noted::outer(*name, &outer.content, window, notes)?,
        }
        at = end;
    }
    // A film without an index was cut off while it was taken.
    let index = index.ok_or(Refusal::Truncated)?;
    Ok(Outline { index, media, parts })
}

fn bounded(range: Range<u64>) -> Result<Range<u64>, Refusal> {
    if range.end.saturating_sub(range.start) > INDEX {
        return Err(Refusal::Limit(Limit::Parts));
    }
    Ok(range)
}

/// The box at this place, if there is one.
fn outer(window: &mut Window, at: u64) -> Result<Option<Outer>, Refusal> {
    let left = window.length() - at;
    if left < 8 {
        return Ok(None);
    }
    let [a, b, c, d, name @ ..]: [u8; 8] = window.array(at)?;
    let (length, head) = match u32::from_be_bytes([a, b, c, d]) {
        // To the end of the file.
        0 if name == *b"mdat" => (left, 8),
        1 if left >= 16 => (u64::from_be_bytes(window.array(at + 8)?), 16),
        short => (u64::from(short), 8),
    };
    if length < head || !name.iter().all(|letter| matches!(letter, b' '..=b'~' | 0xA9)) {
        return Ok(None);
    }
    let end = match at.checked_add(length) {
        Some(end) if end <= window.length() => end,
        // What is missing of the samples is seen when they are looked for.
        _ if name == *b"mdat" => window.length(),
        _ => return Ok(None),
    };
    Ok(Some(Outer { name, content: at + head..end }))
}

/// Whether all of a range is in one `mdat`: an index may point anywhere, also at a place
/// with names.
pub(super) fn holds(media: &[Range<u64>], range: &Range<u64>) -> bool {
    let behind = media.partition_point(|one| one.end <= range.start);
    let fits = |one: &Range<u64>| one.start <= range.start && range.end <= one.end;
    range.is_empty() || media.get(behind).is_some_and(fits)
}

/// What is not a film at all, but leads to one.
pub(super) fn forbidden(name: Name) -> Result<(), Refusal> {
    match &name {
        // A compressed index, and lists of films elsewhere.
        b"cmov" | b"rmra" => Err(Refusal::Feature(Feature::Construct)),
        _ => Ok(()),
    }
}
