//! Says whether a clean film has the pictures and sound of the original and nothing else.
//!
//! The original is read here once more, by other code: which tracks are seen and heard,
//! where each of their samples lies, when it is shown, how it is coded. From that follows
//! what must stand in the copy, byte for byte, in front of its samples; only how large
//! samples are and where they lie is taken from the copy itself, and must fill it without a
//! gap. Then each sample of the original is walked through, units that are no pictures
//! are passed over, and the rest must be the sample of the copy.

pub(super) mod aac;
pub(super) mod codings;
mod expect;
pub(super) mod lens;
mod messages;
mod obu;
mod outer;
mod parts;
pub(super) mod payload;
mod plain;
mod runs;
mod sets;
mod sounds;
mod tracks;
pub(super) mod tree;

use crate::copy::Copy;
use crate::{Kind, Limits, ReadSeek, Refusal};
use lens::{Lens, Side};
use runs::Run;
use tracks::Track;

/// Accepts `copy`, or says that it must not leave.
pub(super) fn verify(
    kind: Kind,
    original: &mut dyn ReadSeek,
    copy: &Copy,
    limits: &Limits,
) -> Result<(), Refusal> {
    let length = crate::length(original)?;
    let lens = &mut Lens::new(original, length, copy);
    is_clean(kind, copy.kind(), lens, limits).ok_or(Refusal::Verification)
}

fn is_clean(kind: Kind, copied: Kind, lens: &mut Lens, limits: &Limits) -> Option<()> {
    let outer = outer::of_original(lens, limits)?;
    let index = lens.whole(Side::Original, &outer.index)?;
    let mut film = tracks::film(&index, copied, limits)?;
    parts::add(&index, &outer, &mut film, lens, limits)?;
    drop(index);
    film.tracks.iter_mut().for_each(Track::count_entries_anew);
    plain::settle(&mut film)?;
    let has_pictures = film.tracks.iter().any(|track| !track.is_sound);
    let expected = if kind == Kind::M4a && has_pictures { Kind::Mp4 } else { kind };
    if copied != expected || film.tracks.is_empty() {
        return None;
    }
    let front = outer::of_copy(lens, copied)?;
    let index = lens.whole(Side::Copy, &front.index)?;
    let copies = expect::index(&index, &film, copied, limits)?;
    lie_without_a_gap(&copies, &front.samples)?;
    for (track, copy) in film.tracks.iter().zip(&copies) {
        payload::is_same(track, copy, &outer, lens)?;
    }
    Some(())
}

/// Bytes of samples of one track that lie together.
const TOGETHER: u64 = 1 << 20;

/// Whether the samples of all tracks fill the last box, and chunks are as long as they can
/// be.
fn lie_without_a_gap(copies: &[Vec<Run>], samples: &std::ops::Range<u64>) -> Option<()> {
    let mut all: Vec<(usize, &Run)> = Vec::new();
    for (number, runs) in copies.iter().enumerate() {
        all.extend(runs.iter().map(|run| (number, run)));
    }
    // Samples of no bytes stay where their chunk is.
    all.sort_by_key(|(_, run)| (run.place, run.place.saturating_add(run.bytes())));
    let (mut end, mut before, mut used) = (samples.start, None::<(usize, &Run)>, 0_u64);
    for (track, run) in all {
        if run.place != end || (run.count > 1 && run.bytes() > TOGETHER) {
            return None;
        }
        let follows = before.filter(|(last, one)| *last == track && one.entry == run.entry);
        // A sample of no bytes fits everywhere.
        let room = run.size == 0 || used.saturating_add(run.size.into()) <= TOGETHER;
        let fits = follows.is_some() && room;
        let joins = before.is_some_and(|(last, one)| last == track && one.chunk == run.chunk);
        if fits != joins {
            return None;
        }
        used = run.bytes().saturating_add(if joins { used } else { 0 });
        end = run.place.checked_add(run.bytes())?;
        before = Some((track, run));
    }
    (end == samples.end).then_some(())
}

/// The film that is shown, by the original.
struct Film {
    timescale: u32,
    duration: u64,
    volume: u16,
    matrix: [u32; 9],
    tracks: Vec<Track>,
}

#[cfg(test)]
mod tests;
