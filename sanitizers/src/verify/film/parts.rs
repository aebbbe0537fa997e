//! Films in parts: the samples of all of them, as if there were one index.

use super::Film;
use super::lens::{Lens, Side};
use super::outer::Outer;
use super::runs::Run;
use super::tracks::Track;
use super::tree::Tree;
use crate::Limits;

/// What a part says of a sample that is no place to begin.
const CANNOT_BEGIN: u32 = 1 << 16;

/// How far a track has come.
#[derive(Clone, Copy, Default)]
struct Progress {
    /// When its first sample is decoded, and when the next one is.
    begin: Option<u64>,
    now: u64,
    chunk: u32,
    /// Description, duration, size and flags of which nothing is said.
    usual: [u32; 4],
}

/// Adds the samples of all parts to the tracks of a film.
pub(super) fn add(
    index: &[u8],
    outer: &Outer,
    film: &mut Film,
    lens: &mut Lens,
    limits: &Limits,
) -> Option<()> {
    let Some(extends) = Tree(index).at(&[b"mvex"]) else {
        return outer.parts.is_empty().then_some(());
    };
    let mut all: Vec<Progress> = Vec::new();
    for track in &mut film.tracks {
        let mut progress = Progress::default();
        for usual in extends.all(*b"trex") {
            if usual.u32(4)? == track.number {
                progress.usual = [usual.u32(8)?, usual.u32(12)?, usual.u32(16)?, usual.u32(20)?];
            }
        }
        progress.now = length(track);
        progress.begin = track.runs.first().map(|_| 0);
        progress.chunk = track.runs.last().map_or(0, |run| run.chunk);
        all.push(progress);
    }
    let mut left = limits.samples;
    for part in &outer.parts {
        let bytes = lens.whole(Side::Original, part)?;
        let mut end = part.start;
        for track in Tree(&bytes).at(&[b"moof"])?.all(*b"traf") {
            end = one(track, (part.start, end), film, &mut all, &mut left)?;
        }
    }
    lengths(film, &all)
}

pub(super) fn length(track: &Track) -> u64 {
    track.runs.iter().map(|run| u64::from(run.time) * u64::from(run.count)).sum()
}

/// Reads one track of a part; says where its samples end.
fn one(
    tree: Tree,
    (start, before): (u64, u64),
    film: &mut Film,
    all: &mut [Progress],
    left: &mut u32,
) -> Option<u64> {
    let head = tree.at(&[b"tfhd"])?;
    let (flags, number) = (head.u32(0)?, head.u32(4)?);
    let place = film.tracks.iter().position(|track| track.number == number);
    let mut usual = place.and_then(|place| all.get(place)).map_or([0; 4], |one| one.usual);
    let mut at = 8;
    let base = if flags & 1 == 1 {
        at += 8;
        head.u64(8)?
    } else if flags & 0x2_0000 != 0 {
        start
    } else {
        before
    };
    for (flag, value) in [2, 8, 16, 32].into_iter().zip(&mut usual) {
        if flags & flag != 0 {
            *value = head.u32(at)?;
            at += 4;
        }
    }
    if let (Some(time), Some(place)) = (tree.at(&[b"tfdt"]), place) {
        let begin = time.time(4, time.byte(0)? == 1)?;
        begins(film.tracks.get_mut(place)?, all.get_mut(place)?, begin)?;
    }
    let mut end = base;
    for run in tree.all(*b"trun") {
        let count = run.u32(4)?;
        *left = left.checked_sub(count)?;
        let track = place.and_then(|place| film.tracks.get_mut(place));
        let progress = place.and_then(|place| all.get_mut(place));
        end = samples(run, (base, end), usual, track.zip(progress))?;
    }
    Some(end)
}

/// What is missing until a part begins, the sample before lasts longer.
fn begins(track: &mut Track, progress: &mut Progress, begin: u64) -> Option<()> {
    if progress.begin.is_none() {
        (progress.begin, progress.now) = (Some(begin), begin);
    }
    if begin != progress.now {
        // Of sound that is not packed one sample of many would last longer.
        let last = track.runs.last_mut().filter(|run| run.count == 1)?;
        let time = u64::from(last.time).checked_add(begin)?.checked_sub(progress.now)?;
        last.time = u32::try_from(time).ok()?;
        progress.now = begin;
    }
    Some(())
}

/// Reads one row of samples; says where they end.
fn samples(
    run: Tree,
    (base, end): (u64, u64),
    [entry, duration, size, usual_flags]: [u32; 4],
    mut into: Option<(&mut Track, &mut Progress)>,
) -> Option<u64> {
    let (flags, count) = (run.u32(0)?, run.u32(4)?);
    let mut at = 8;
    let mut next = |flag: u32, otherwise: u32| {
        if flags & flag == 0 {
            return Some(otherwise);
        }
        at += 4;
        run.u32(at - 4)
    };
    let mut place = match flags & 1 {
        1 => base.checked_add_signed(i64::from(next(1, 0)?.cast_signed()))?,
        _ => end,
    };
    let first = next(4, usual_flags)?;
    if let Some((_, progress)) = &mut into {
        progress.chunk += u32::from(count > 0);
    }
    for number in 0..count {
        let (time, size) = (next(0x100, duration)?, next(0x200, size)?);
        let of_this = next(0x400, if number == 0 { first } else { usual_flags })?;
        let offset = next(0x800, 0)?;
        if let Some((track, progress)) = &mut into {
            let is_start = of_this & CANNOT_BEGIN == 0;
            let entry = u16::try_from(entry.checked_sub(1)?).ok()?;
            let chunk = progress.chunk;
            let run = Run { place, size, count: 1, time, offset, entry, chunk, is_start };
            if track.frame().is_some_and(|frame| frame != size) {
                return None;
            }
            track.runs.push(run);
            progress.begin = progress.begin.or(Some(0));
            progress.now = progress.now.saturating_add(time.into());
        }
        place = place.checked_add(size.into())?;
    }
    Some(place)
}

/// The lengths of pieces and pauses, which nobody knew when the index was written.
fn lengths(film: &mut Film, all: &[Progress]) -> Option<()> {
    let scaled = |time: u64, units: u32| {
        let time = u128::from(time) * u128::from(film.timescale) / u128::from(units);
        u64::try_from(time).ok()
    };
    let mut begins = Vec::new();
    for (track, progress) in film.tracks.iter().zip(all) {
        begins.push(scaled(progress.begin.unwrap_or(0), track.timescale)?);
    }
    let earliest = begins.iter().copied().min()?;
    for ((track, progress), begin) in film.tracks.iter_mut().zip(all).zip(begins) {
        let skips = track.edits.iter().any(|(_, place, _)| place.is_some_and(|place| place > 0));
        if progress.begin.unwrap_or(0) > 0 && skips {
            return None;
        }
        track.length = length(track);
        track.has_starts = track.frame().is_none() && track.runs.iter().any(|run| !run.is_start);
        let whole = scaled(track.length, track.timescale)?;
        for (duration, place, _) in &mut track.edits {
            if let (0, Some(place)) = (*duration, *place) {
                *duration = scaled(track.length.saturating_sub(place), track.timescale)?;
            }
        }
        if begin > earliest {
            if track.edits.is_empty() {
                track.edits.push((whole, Some(0), 0x1_0000));
            }
            track.edits.insert(0, (begin - earliest, None, 0x1_0000));
        }
    }
    Some(())
}
