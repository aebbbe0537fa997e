//! Numbers of the index that change nothing get one form.
//!
//! How long a film and its tracks are follows from its samples; which track lies over which
//! means nothing while there is one that is seen; a sound has no size and no place. Each of
//! them is a number of four or eight bytes, in which anything can stand.

use super::header::{Edit, Matrix, Movie, UNTURNED};
use super::track::Track;
use crate::refusal::{Damage, Feature};
use crate::{Notes, Refusal, Warning};

/// Units in a second where nothing is counted in them but lengths.
const UNITS: u32 = 1_000;
/// Volume as it is, and three times as loud: as much as old programs allow.
const FULL: u16 = 0x0100;
const LOUDEST: u16 = 0x0300;

/// Puts all of them into their form.
pub(super) fn numbers(
    movie: &mut Movie,
    tracks: &mut [Track],
    notes: &mut Notes,
) -> Result<(), Refusal> {
    for track in tracks.iter_mut() {
        // A piece of no length shows nothing.
        if track.edits.iter().any(|edit| edit.duration > 0) {
            track.edits.retain(|edit: &Edit| edit.duration > 0);
        }
        let times = track.tables.times.iter();
        track.duration = times.map(|&(count, time)| u64::from(count) * u64::from(time)).sum();
    }
    if tracks.iter().all(|track| track.edits.is_empty()) {
        movie.timescale = UNITS;
    }
    movie.duration = 0;
    for track in tracks.iter_mut() {
        let lasts = u128::from(track.duration) * u128::from(movie.timescale);
        let lasts = u64::try_from(lasts / u128::from(track.timescale.max(1)));
        let edited = track.edits.iter().fold(0, |sum: u64, edit| sum.saturating_add(edit.duration));
        track.head.duration = if track.edits.is_empty() {
            lasts.map_err(|_| Refusal::Damaged(Damage::Value))?
        } else {
            edited
        };
        movie.duration = movie.duration.max(track.head.duration);
    }
    if !tracks.iter().any(|track| track.is_sound) {
        movie.volume = FULL;
    }
    audible(movie.volume)?;
    ranks(tracks);
    let is_alone = tracks.iter().filter(|track| !track.is_sound).count() < 2;
    if is_alone {
        movie.matrix = movie.matrix.at(0, 0);
    }
    for track in tracks {
        let head = &mut track.head;
        if track.is_sound {
            audible(head.volume)?;
            (head.matrix, head.width, head.height) = (Matrix(UNTURNED), 0, 0);
            continue;
        }
        head.volume = 0;
        (head.width, head.height) = (rounded(head.width), rounded(head.height));
        if head.width == 0 || head.height == 0 {
            notes.warn(Warning::HiddenParts);
        }
        if is_alone {
            head.matrix = head.matrix.in_corner(head.width >> 16, head.height >> 16);
        }
    }
    Ok(())
}

fn audible(volume: u16) -> Result<(), Refusal> {
    if volume > LOUDEST { Err(Refusal::Feature(Feature::Construct)) } else { Ok(()) }
}

/// A size in whole pixels.
fn rounded(size: u32) -> u32 {
    size.saturating_add(0x8000) & 0xFFFF_0000
}

/// Counts layers from the front one, and groups of tracks of which one is played.
fn ranks(tracks: &mut [Track]) {
    let seen = tracks.iter().filter(|track| !track.is_sound);
    let mut layers: Vec<i16> = seen.map(|track| track.head.layer.cast_signed()).collect();
    layers.sort_unstable();
    layers.dedup();
    let all: Vec<u16> = tracks.iter().map(|track| track.head.group).collect();
    let mut groups: Vec<u16> = Vec::new();
    for track in tracks {
        let (layer, group) = (track.head.layer.cast_signed(), track.head.group);
        let rank = layers.iter().position(|&one| one == layer).filter(|_| !track.is_sound);
        track.head.layer = rank.and_then(|rank| u16::try_from(rank).ok()).unwrap_or_default();
        track.head.group = 0;
        if group != 0 && all.iter().filter(|&&one| one == group).count() > 1 {
            let known = groups.iter().position(|&one| one == group).unwrap_or_else(|| {
                groups.push(group);
                groups.len() - 1
            });
            track.head.group = u16::try_from(known + 1).unwrap_or_default();
        }
    }
}
