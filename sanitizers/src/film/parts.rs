//! Films in parts, as they are written while they are taken or sent: each part has its own
//! small index. They are joined into one index, as if the film had been finished.
//!
//! Format: ISO/IEC 14496-12, 8.8.

use super::atom::{Atom, atoms, needed, only, time};
use super::header::{Edit, Movie};
use super::noted;
use super::outline::Outline;
use super::table::{self, Chunk, Sizes, push_run};
use super::track::Track;
use super::window::Window;
use crate::refusal::{Damage, Feature};
use crate::{Limits, Notes, Refusal};

/// Says of a sample that one cannot begin with it.
const NO_START: u32 = 0x1_0000;
const ONE: u32 = 0x1_0000;

/// What holds for samples of which nothing else is said.
#[derive(Clone, Copy, Default)]
struct Defaults {
    entry: u32,
    duration: u32,
    size: u32,
    flags: u32,
}

/// A track whose parts are being joined.
struct Joined<'a> {
    track: &'a mut Track,
    defaults: Defaults,
    /// When the first part begins, and when the next sample does.
    begin: Option<u64>,
    now: u64,
    starts: Vec<u32>,
}

/// One sample of a part.
struct Sample {
    duration: u32,
    size: u32,
    flags: u32,
    offset: i32,
}

/// A row of samples that lie behind each other.
struct Run {
    place: u64,
    samples: Vec<Sample>,
}

/// Adds the samples of all parts to the tracks.
pub(super) fn join(
    index: &[Atom],
    outline: &Outline,
    window: &mut Window,
    (movie, tracks): (&Movie, &mut [Track]),
    (limits, notes): (&Limits, &mut Notes),
) -> Result<(), Refusal> {
    let Some(extends) = only(index, *b"mvex")? else {
        // Parts of which the index knows nothing.
        return if outline.parts.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Damaged(Damage::Missing))
        };
    };
    let extends = extends.atoms(limits)?;
    let mut all: Vec<Joined> =
        tracks.iter_mut().map(|track| Joined::new(track, &extends)).collect::<Result<_, _>>()?;
    let mut budget = limits.samples;
    for part in &outline.parts {
        let length = usize::try_from(part.end - part.start).map_err(|_| Refusal::Internal)?;
        let bytes = window.bytes(part.start, length)?.to_vec();
        let part = Part { start: part.start, budget: &mut budget, limits };
        part.read(&bytes, &mut all, notes)?;
    }
    let begins = all.into_iter().map(Joined::finished).collect::<Result<Vec<_>, _>>()?;
    timed(movie, tracks, &begins)
}

impl<'a> Joined<'a> {
    fn new(track: &'a mut Track, extends: &[Atom]) -> Result<Joined<'a>, Refusal> {
        let mut defaults = Defaults::default();
        for atom in extends.iter().filter(|atom| atom.name == *b"trex") {
            let mut bytes = atom.plain()?;
            if bytes.u32_be()? == track.head.number {
                let entry = bytes.u32_be()?;
                let (duration, size) = (bytes.u32_be()?, bytes.u32_be()?);
                defaults = Defaults { entry, duration, size, flags: bytes.u32_be()? };
            }
        }
        let tables = &mut track.tables;
        let count = tables.sizes.count();
        let starts = tables.starts.take().unwrap_or_else(|| {
            // All of them; unless each moment of sound is one.
            if matches!(tables.sizes, Sizes::Each(_)) { (1..=count).collect() } else { Vec::new() }
        });
        let now = tables.times.iter().map(|&(a, b)| u64::from(a) * u64::from(b)).sum();
        let begin = (count > 0).then_some(0);
        if tables.offsets.is_empty() {
            push_run(&mut tables.offsets, count, 0);
        }
        Ok(Joined { track, defaults, begin, now, starts })
    }

    /// Where a part says that it begins: what is missing in between, the last sample lasts
    /// longer.
    fn begins_at(&mut self, begin: u64) -> Result<(), Refusal> {
        if self.begin.is_none() {
            (self.begin, self.now) = (Some(begin), begin);
        }
        if begin == self.now {
            return Ok(());
        }
        let times = &mut self.track.tables.times;
        let (count, last) = times.pop().ok_or(Refusal::Damaged(Damage::Order))?;
        push_run(times, count - 1, last);
        let longer = begin.checked_add(last.into()).and_then(|end| end.checked_sub(self.now));
        let longer = longer.and_then(|time| u32::try_from(time).ok());
        push_run(times, 1, longer.ok_or(Refusal::Damaged(Damage::Order))?);
        self.now = begin;
        Ok(())
    }

    fn add(&mut self, run: &Run, entry: u32) -> Result<(), Refusal> {
        let entry = entry.checked_sub(1).ok_or(Refusal::Damaged(Damage::Value))?;
        if entry as usize >= self.track.entries.len() {
            return Err(Refusal::Damaged(Damage::Value));
        }
        let frame = self.track.frame();
        let tables = &mut self.track.tables;
        let first = tables.sizes.count();
        let count = u32::try_from(run.samples.len()).map_err(|_| Refusal::Internal)?;
        for (number, sample) in (first + 1..).zip(&run.samples) {
            push_run(&mut tables.times, 1, sample.duration);
            push_run(&mut tables.offsets, 1, sample.offset);
            self.now = self.now.saturating_add(sample.duration.into());
            match &mut tables.sizes {
                Sizes::Each(sizes) => sizes.push(sample.size),
                Sizes::Same { count, .. } if frame == Some(sample.size) => {
                    *count = count.checked_add(1).ok_or(Refusal::Damaged(Damage::Length))?;
                }
                Sizes::Same { .. } => return Err(Refusal::Damaged(Damage::Value)),
            }
            if frame.is_none() && sample.flags & NO_START == 0 {
                self.starts.push(number);
            }
        }
        if count > 0 {
            self.begin = self.begin.or(Some(0));
            tables.chunks.push(Chunk { place: run.place, first, count, entry });
        }
        Ok(())
    }

    /// When the track begins, in its own units.
    fn finished(self) -> Result<u64, Refusal> {
        let tables = &mut self.track.tables;
        let count = tables.sizes.count();
        let is_each = matches!(tables.sizes, Sizes::Each(_));
        if is_each && self.starts.len() < count as usize {
            tables.starts = Some(self.starts);
        }
        let begin = self.begin.unwrap_or_default();
        self.track.duration = self.now - begin;
        if begin > 0 && self.track.edits.iter().any(|edit| edit.from.unwrap_or_default() > 0) {
            return Err(Refusal::Feature(Feature::Construct));
        }
        Ok(begin)
    }
}

/// One part, `moof`.
struct Part<'a> {
    start: u64,
    budget: &'a mut u32,
    limits: &'a Limits,
}

impl Part<'_> {
    fn read(mut self, part: &[u8], all: &mut [Joined], notes: &mut Notes) -> Result<(), Refusal> {
        let part = atoms(part, self.limits)?;
        let inside = needed(&part, *b"moof")?.atoms(self.limits)?;
        noted::others(&inside, &[*b"mfhd", *b"traf"], notes);
        // Where samples lie is counted from the part, or from the end of the track before.
        let mut end = self.start;
        for track in inside.iter().filter(|atom| atom.name == *b"traf") {
            end = self.track(&track.atoms(self.limits)?, end, all, notes)?;
        }
        Ok(())
    }

    /// Reads the samples of one track, and says where they end.
    fn track(
        &mut self,
        atoms: &[Atom],
        before: u64,
        all: &mut [Joined],
        notes: &mut Notes,
    ) -> Result<u64, Refusal> {
        const SILENT: [[u8; 4]; 9] = [
            *b"tfhd", *b"tfdt", *b"trun", *b"sdtp", *b"sbgp", *b"sgpd", *b"subs", *b"saiz",
            *b"saio",
        ];
        noted::others(atoms, &SILENT, notes);
        let (_, flags, mut head) = needed(atoms, *b"tfhd")?.full()?;
        let number = head.u32_be()?;
        let mut joined = all.iter_mut().find(|joined| joined.track.head.number == number);
        let mut defaults = joined.as_ref().map_or_else(Defaults::default, |one| one.defaults);
        let base = match flags & 1 {
            1 => super::atom::u64_be(&mut head)?,
            _ if flags & 0x2_0000 != 0 => self.start,
            _ => before,
        };
        let fields = [
            (2, &mut defaults.entry),
            (8, &mut defaults.duration),
            (0x10, &mut defaults.size),
            (0x20, &mut defaults.flags),
        ];
        for (flag, field) in fields {
            if flags & flag != 0 {
                *field = head.u32_be()?;
            }
        }
        if let (Some(atom), Some(joined)) = (only(atoms, *b"tfdt")?, joined.as_mut()) {
            let (version, _, mut bytes) = atom.full()?;
            joined.begins_at(time(&mut bytes, version)?)?;
        }
        let mut end = base;
        for atom in atoms.iter().filter(|atom| atom.name == *b"trun") {
            let run = self.run(atom, (base, end), &defaults)?;
            let bytes = run.samples.iter().map(|sample| u64::from(sample.size)).sum();
            end = run.place.saturating_add(bytes);
            if let Some(joined) = joined.as_mut() {
                joined.add(&run, defaults.entry)?;
            }
        }
        Ok(end)
    }

    fn run(
        &mut self,
        atom: &Atom,
        (base, end): (u64, u64),
        say: &Defaults,
    ) -> Result<Run, Refusal> {
        let (_, flags, mut bytes) = atom.full()?;
        let count = bytes.u32_be()?;
        table::within(count, &Limits { samples: *self.budget, ..*self.limits })?;
        *self.budget -= count;
        let place = if flags & 1 == 1 {
            let distance = i64::from(bytes.u32_be()?.cast_signed());
            base.checked_add_signed(distance).ok_or(Refusal::Damaged(Damage::Value))?
        } else {
            end
        };
        let first = if flags & 4 != 0 { Some(bytes.u32_be()?) } else { None };
        let mut samples = Vec::new();
        for number in 0..count {
            let mut read = |flag: u32, otherwise: u32| match flags & flag {
                0 => Ok(otherwise),
                _ => bytes.u32_be(),
            };
            let (duration, size) = (read(0x100, say.duration)?, read(0x200, say.size)?);
            let own = first.filter(|_| number == 0).unwrap_or(say.flags);
            let (flags, offset) = (read(0x400, own)?, read(0x800, 0)?.cast_signed());
            samples.push(Sample { duration, size, flags, offset });
        }
        Ok(Run { place, samples })
    }
}

/// Puts pauses in front of tracks that begin later than others, and lengths of pieces that
/// go on to the end.
fn timed(movie: &Movie, tracks: &mut [Track], begins: &[u64]) -> Result<(), Refusal> {
    let units = u128::from(movie.timescale);
    let in_film = |time: u64, track: &Track| {
        let time = u128::from(time) * units / u128::from(track.timescale);
        u64::try_from(time).map_err(|_| Refusal::Damaged(Damage::Value))
    };
    let begins = tracks.iter().zip(begins).map(|(track, &begin)| in_film(begin, track));
    let begins = begins.collect::<Result<Vec<_>, _>>()?;
    let first = begins.iter().min().copied().unwrap_or_default();
    for (track, begin) in tracks.iter_mut().zip(begins) {
        let (whole, duration) = (in_film(track.duration, track)?, track.duration);
        for edit in &mut track.edits {
            // No length means all that comes.
            if let (0, Some(from)) = (edit.duration, edit.from) {
                let left = u128::from(duration.saturating_sub(from));
                let left = left * units / u128::from(track.timescale);
                edit.duration = u64::try_from(left).unwrap_or(whole);
            }
        }
        if begin > first {
            if track.edits.is_empty() {
                track.edits.push(Edit { duration: whole, from: Some(0), rate: ONE });
            }
            track.edits.insert(0, Edit { duration: begin - first, from: None, rate: ONE });
        }
    }
    Ok(())
}
