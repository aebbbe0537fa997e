//! Samples, in the order in which they lie in the original, behind each other.

use std::ops::Range;

use super::outline::{self, Outline};
use super::sample::{self, Coding, Out};
use super::table::{Chunk, Sizes};
use super::track::Track;
use super::window::Window;
use crate::copy::Copy;
use crate::refusal::{Damage, Limit};
use crate::{Category, Kind, Limits, Notes, Refusal};

/// Bytes of samples of one track that lie together, unless one sample alone has more.
const TOGETHER: u64 = 1 << 20;

/// What is written of a track's samples: their sizes, and where they lie, counted from the
/// first sample of all.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) sizes: Sizes,
    pub(super) chunks: Vec<Chunk>,
}

impl Written {
    /// Goes on with samples of the same size, in the last chunk if they lie right behind it.
    fn add(&mut self, place: u64, (size, count): (u32, u32), entry: u32, mut joins: bool) {
        let (mut left, mut place) = (count, place);
        while left > 0 {
            let open = self.chunks.last_mut().filter(|chunk| joins && chunk.entry == entry);
            let used = open.as_ref().map_or(0, |chunk| place.saturating_sub(chunk.place));
            let room = TOGETHER.saturating_sub(used);
            let fitting = room.checked_div(size.into()).unwrap_or(u64::MAX).min(left.into());
            let mut taken = u32::try_from(fitting).unwrap_or(left);
            if let Some(chunk) = open {
                chunk.count += taken;
            } else {
                taken = taken.max(1);
                let first = self.chunks.last().map_or(0, |last| last.first + last.count);
                self.chunks.push(Chunk { place, first, count: taken, entry });
            }
            left -= taken;
            place += u64::from(taken) * u64::from(size);
            // What did not fit begins a new one.
            joins = false;
        }
    }
}

/// One chunk of the original among those of all tracks. There are many.
struct Place {
    start: u64,
    /// Whether it has a byte: one of none lies in front of another at the same place.
    is_filled: bool,
    track: u32,
    chunk: u32,
}

impl Place {
    /// The track, the chunk, and where that lies.
    fn found<'a>(&self, tracks: &'a [Track]) -> Result<(&'a Track, Chunk, Range<u64>), Refusal> {
        let track = tracks.get(self.track as usize).ok_or(Refusal::Internal)?;
        let chunk = track.tables.chunks.get(self.chunk as usize).ok_or(Refusal::Internal)?;
        let bytes = track.tables.sizes.bytes(chunk.first, chunk.count);
        let end = chunk.place.checked_add(bytes).ok_or(Refusal::Truncated)?;
        Ok((track, *chunk, chunk.place..end))
    }
}

/// Copies all samples into pieces of a copy.
pub(super) fn written(
    tracks: &[Track],
    outline: &Outline,
    kind: Kind,
    window: &mut Window,
    (limits, notes): (&Limits, &mut Notes),
) -> Result<(Copy, Vec<Written>), Refusal> {
    let places = places(tracks, outline, notes)?;
    let most = limits.output_bytes(window.length());
    let mut copy = Copy::new(kind);
    let mut all: Vec<Written> = tracks.iter().map(Written::of).collect();
    let mut before = None;
    for place in places {
        let (track, chunk, range) = place.found(tracks)?;
        let written = all.get_mut(place.track as usize).ok_or(Refusal::Internal)?;
        let entry = chunk.entry;
        let coding = track.entries.get(entry as usize).map_or(Coding::Whole, |one| one.coding);
        let mut out = Out { copy: &mut copy, notes };
        if let Coding::Frames(size) = coding {
            let at = out.copy.length();
            out.keep(range);
            written.add(at, (size, chunk.count), entry, before == Some(place.track));
        } else {
            let mut from = range.start;
            let sizes = track.tables.sizes.of(chunk.first, chunk.count);
            for (number, &size) in (chunk.first..).zip(sizes) {
                let at = out.copy.length();
                let end = from + u64::from(size);
                let size = sample::pass(coding, window, from..end, &mut out)?;
                written.resize(number, size);
                written.add(at, (size, 1), entry, before == Some(place.track));
                before = Some(place.track);
                from = end;
            }
        }
        before = Some(place.track);
        if copy.length() > most {
            return Err(Refusal::Limit(Limit::OutputBytes));
        }
    }
    Ok((copy, all))
}

impl Written {
    fn of(track: &Track) -> Written {
        Written { sizes: track.tables.sizes.clone(), chunks: Vec::new() }
    }

    fn resize(&mut self, number: u32, size: u32) {
        if let Sizes::Each(sizes) = &mut self.sizes
            && let Some(place) = sizes.get_mut(number as usize)
        {
            *place = size;
        }
    }
}

/// All chunks by their place. They may not lie over each other, nor outside of the boxes
/// for samples.
fn places(tracks: &[Track], outline: &Outline, notes: &mut Notes) -> Result<Vec<Place>, Refusal> {
    let count = tracks.iter().map(|track| track.tables.chunks.len()).sum();
    let mut places = Vec::with_capacity(count);
    for (track, one) in (0..).zip(tracks) {
        for (chunk, Chunk { place: start, first, count, .. }) in (0..).zip(&one.tables.chunks) {
            let is_filled = one.tables.sizes.bytes(*first, *count) > 0;
            places.push(Place { start: *start, is_filled, track, chunk });
        }
    }
    places.sort_by_key(|place| (place.start, place.is_filled));
    let (mut end, mut bytes) = (0, 0);
    for place in &places {
        let range = place.found(tracks)?.2;
        if range.start < end {
            return Err(Refusal::Damaged(Damage::Order));
        }
        if !outline::holds(&outline.media, &range) {
            let last = outline.media.last().map_or(0, |media| media.end);
            let is_behind = range.end > last;
            return Err(if is_behind {
                Refusal::Truncated
            } else {
                Refusal::Damaged(Damage::Value)
            });
        }
        end = range.end;
        bytes += range.end - range.start;
    }
    let media: u64 = outline.media.iter().map(|media| media.end - media.start).sum();
    if media > bytes {
        // Samples of tracks that are left out, or of none.
        notes.found(Category::StrayBytes);
    }
    Ok(places)
}
