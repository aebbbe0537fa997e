//! Says whether a clean MP3 is frames and nothing else, and has the sound of the original.
//!
//! The copy is walked first: each frame follows the one before, to the last byte. A map
//! of all bits that side information points to is drawn, and every other bit must be
//! nought. Then each frame is looked for in the original from where the last one ended,
//! by all bits that mean something; where something was left out between two of them, it
//! must not have been a row of frames. The table in front is put together here again.

pub(super) mod frames;
mod table;

use super::sound::whole;
use crate::{Limits, ReadSeek, Refusal};
use frames::{Frame, frame};

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    let original = whole(original, limits)?;
    if is_clean(&original, clean) == Some(true) { Ok(()) } else { Err(Refusal::Verification) }
}

fn is_clean(original: &[u8], clean: &[u8]) -> Option<bool> {
    let mut all = Vec::new();
    let mut place = 0;
    while place < clean.len() {
        let frame = frame(clean, place)?;
        place = frame.end;
        all.push(frame);
    }
    let (table, all) = match all.split_first()? {
        (first, rest) if table::is_one(clean, first) => (Some(first), rest),
        _ => (None, &*all),
    };
    let map = map(clean, all);
    let sorted = all.iter().all(|frame| {
        let first = all.first().unwrap_or(frame);
        frame.is_like(first) && frame.emphasis(clean) == first.emphasis(clean)
    });
    if !sorted || !all.iter().all(|frame| frame.is_bare(clean)) || !is_empty(clean, all, &map) {
        return None;
    }
    let first = find_all(original, clean, all, &map)?;
    let same = match (table, table::found(original, first)) {
        (Some(frame), Some(said)) => {
            clean.get(..frame.end)? == table::expected(clean, frame, all, said)?
        }
        (None, None) => true,
        _ => false,
    };
    Some(same)
}

/// A bit for each bit of the room of all frames: whether it is sound.
fn map(clean: &[u8], all: &[Frame]) -> Vec<u8> {
    let mut map: Vec<u8> = Vec::new();
    let mut marks = Vec::new();
    for frame in all {
        let (back, bits) = frame.pointer(clean);
        let from = map.len().saturating_sub(back) * 8;
        map.resize(map.len() + frame.end - frame.room, 0);
        // Nobody reads beyond the frame itself.
        marks.push((from, (from + bits).min(map.len() * 8)));
    }
    for (mut from, to) in marks {
        while from < to {
            let Some(byte) = map.get_mut(from / 8) else { break };
            if from % 8 == 0 && to - from >= 8 {
                *byte = 0xFF;
                from += 8;
            } else {
                *byte |= 0x80 >> (from % 8);
                from += 1;
            }
        }
    }
    map
}

/// Whether all bits that are no sound are noughts.
fn is_empty(clean: &[u8], all: &[Frame], map: &[u8]) -> bool {
    let room = all.iter().flat_map(|frame| clean.get(frame.room..frame.end).unwrap_or_default());
    room.zip(map).all(|(byte, map)| byte & !map == 0)
}

/// Finds each frame of the copy in the original, in order. Says where the first one is.
fn find_all(original: &[u8], clean: &[u8], all: &[Frame], map: &[u8]) -> Option<usize> {
    let (mut place, mut map, mut first) = (0, map, None);
    for frame in all {
        let (mine, rest) = map.split_at_checked(frame.end - frame.room)?;
        let is_it = |at: &usize| frame.is_same(clean, original, *at, mine);
        let candidates = memchr::memchr_iter(0xFF, original.get(place..)?).map(|at| place + at);
        let found = candidates.into_iter().find(is_it)?;
        let left_out = original.get(place..found)?;
        let left_out = if first.is_some() { left_out } else { table::behind(left_out) };
        if holds_one(left_out, frame) {
            return None;
        }
        first = first.or(Some(found));
        place = found + frame.end - frame.start;
        map = rest;
    }
    (!holds_one(original.get(place..)?, all.last()?)).then_some(first?)
}

/// Whether a whole frame of this sort is in what was left out, outside of tags. It would
/// have been heard.
fn holds_one(left_out: &[u8], like: &Frame) -> bool {
    let bare = frames::without_tags(left_out);
    let found = |at: usize| frame(bare, at).is_some_and(|frame| frame.is_like(like));
    memchr::memchr_iter(0xFF, bare).any(found)
}

#[cfg(test)]
mod tests;
