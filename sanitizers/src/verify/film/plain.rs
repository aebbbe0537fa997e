//! Numbers that follow from others, or that change nothing, as they must be in a copy.

use super::Film;
use super::parts::length;

/// Puts what follows from the samples in place of what the original says.
pub(super) fn settle(film: &mut Film) -> Option<()> {
    let ranks: Vec<[u16; 3]> = film.tracks.iter().map(|track| track.ranks).collect();
    let pictures: Vec<usize> = (0..ranks.len())
        .filter(|&at| film.tracks.get(at).is_some_and(|one| !one.is_sound))
        .collect();
    let is_one = pictures.len() <= 1;
    let lasts = |duration: u64| duration != 0;
    for track in &mut film.tracks {
        let is_long = track.edits.iter().any(|edit| lasts(edit.0));
        track.edits.retain(|edit| lasts(edit.0) || !is_long);
        track.length = length(track);
    }
    let is_edited = film.tracks.iter().any(|track| !track.edits.is_empty());
    film.timescale = if is_edited { film.timescale } else { 1000 };
    if film.tracks.len() == pictures.len() {
        film.volume = 256;
    }
    if is_one {
        film.matrix.get_mut(6..8)?.fill(0);
    }
    film.duration = 0;
    let mut groups: Vec<u16> = Vec::new();
    for (at, track) in film.tracks.iter_mut().enumerate() {
        let whole = u128::from(track.length) * u128::from(film.timescale);
        track.duration = if track.edits.is_empty() {
            u64::try_from(whole / u128::from(track.timescale)).ok()?
        } else {
            track.edits.iter().fold(0, |sum, edit| sum.saturating_add(edit.0))
        };
        film.duration = film.duration.max(track.duration);
        let [layer, group, volume] = track.ranks;
        let in_group = ranks.iter().filter(|rank| rank[1] == group).count();
        if group > 0 && in_group > 1 && !groups.contains(&group) {
            groups.push(group);
        }
        let group = groups.iter().position(|&one| one == group).map_or(0, |at| at + 1);
        let signed = |rank: u16| i32::from(rank.cast_signed());
        let mut below: Vec<i32> = pictures
            .iter()
            .filter_map(|&at| ranks.get(at).map(|rank| signed(rank[0])))
            .filter(|&other| other < signed(layer))
            .collect();
        below.sort_unstable();
        below.dedup();
        let layer = if pictures.contains(&at) { below.len() } else { 0 };
        let number = |number: usize| u16::try_from(number).ok();
        let volume = if track.is_sound { volume } else { 0 };
        track.ranks = [number(layer)?, number(group)?, volume];
        (volume <= 768).then_some(())?;
        if track.is_sound {
            track.size = [0, 0];
            track.matrix = [1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30];
            continue;
        }
        for side in &mut track.size {
            let whole = (u64::from(*side) + 0x8000) >> 16;
            *side = u32::try_from(whole.min(0xFFFF) << 16).ok()?;
        }
        if is_one {
            // A side that points back begins at its end.
            let [wide, high] = track.size;
            let [a, b, _, c, d, ..] = track.matrix;
            let moved = |across: u32, down: u32| {
                let side = |number: u32, size: u32| if number > 0x10_0000 { size } else { 0 };
                side(across, wide).wrapping_add(side(down, high))
            };
            let places = [moved(a, c), moved(b, d)];
            track.matrix.get_mut(6..8)?.copy_from_slice(&places);
        }
    }
    (film.volume <= 768).then_some(())
}
