//! What must stand in the index of a copy, from its first byte to its last.

use super::Film;
use super::runs::{self, Run};
use super::tracks::Track;
use super::tree::Tree;
use crate::{Kind, Limits};

/// What was not looked at yet; each part must be what it has to be.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn is(&mut self, expected: &[u8]) -> Option<()> {
        self.0 = self.0.strip_prefix(expected)?;
        Some(())
    }

    /// The content of a box of this name.
    fn inside(&mut self, name: [u8; 4]) -> Option<Rest<'a>> {
        let (size, rest) = self.0.split_first_chunk::<4>()?;
        let size = u32::from_be_bytes(*size) as usize;
        let inside = rest.get(..size.checked_sub(4)?)?;
        self.0 = rest.get(size - 4..)?;
        Some(Rest(inside.strip_prefix(&name)?))
    }

    fn ends(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

/// A box with this content.
pub(super) fn whole(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).unwrap_or_default();
    [&size.to_be_bytes()[..], &name, content].concat()
}

/// Numbers one after the other.
fn row(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// A time of four or eight bytes.
fn time(time: u64, is_long: bool) -> Vec<u8> {
    match u32::try_from(time) {
        Ok(short) if !is_long => short.to_be_bytes().to_vec(),
        _ => time.to_be_bytes().to_vec(),
    }
}

fn is_long(time: u64) -> bool {
    time >= u64::from(u32::MAX)
}

/// Version, and two dates of noughts.
fn undated(is_long: bool, flags: u8) -> Vec<u8> {
    let dates: &[u8] = if is_long { &[0; 16] } else { &[0; 8] };
    [&[u8::from(is_long), 0, 0, flags], dates].concat()
}

/// Accepts the index of the copy, and says where its samples lie.
pub(super) fn index(
    index: &[u8],
    film: &Film,
    kind: Kind,
    limits: &Limits,
) -> Option<Vec<Vec<Run>>> {
    let mut rest = Rest(index);
    rest.is(&movie(film))?;
    let mut all = Vec::new();
    for (number, track) in (1..).zip(&film.tracks) {
        all.push(one(rest.inside(*b"trak")?, track, number, kind, limits)?);
    }
    rest.ends()?;
    Some(all)
}

fn movie(film: &Film) -> Vec<u8> {
    let long = is_long(film.duration);
    let next = u32::try_from(film.tracks.len() + 1).unwrap_or_default();
    let content = [
        undated(long, 0),
        row(&[film.timescale]),
        time(film.duration, long),
        row(&[0x1_0000]),
        film.volume.to_be_bytes().to_vec(),
        vec![0; 10],
        row(&film.matrix),
        vec![0; 24],
        row(&[next]),
    ];
    whole(*b"mvhd", &content.concat())
}

fn one(
    mut rest: Rest,
    track: &Track,
    number: u32,
    kind: Kind,
    limits: &Limits,
) -> Option<Vec<Run>> {
    let long = is_long(track.duration);
    let ranks = track.ranks.map(u16::to_be_bytes).concat();
    let head = [
        undated(long, if track.is_enabled { 3 } else { 2 }),
        row(&[number, 0]),
        time(track.duration, long),
        vec![0; 8],
        ranks,
        vec![0; 2],
        row(&track.matrix),
        row(&track.size),
    ];
    rest.is(&whole(*b"tkhd", &head.concat()))?;
    if !track.edits.is_empty() {
        rest.is(&whole(*b"edts", &edits(track)))?;
    }
    let mut media = rest.inside(*b"mdia")?;
    rest.ends()?;
    let long = is_long(track.length);
    let head = [
        undated(long, 0),
        row(&[track.timescale]),
        time(track.length, long),
        vec![0x55, 0xC4, 0, 0],
    ];
    media.is(&whole(*b"mdhd", &head.concat()))?;
    let handler = if track.is_sound { *b"soun" } else { *b"vide" };
    let is_mov = kind == Kind::Mov;
    media.is(&named_by_nobody(if is_mov { *b"mhlr" } else { [0; 4] }, handler))?;
    let mut inside = media.inside(*b"minf")?;
    media.ends()?;
    let form = if track.is_sound {
        whole(*b"smhd", &[0; 8])
    } else {
        whole(*b"vmhd", &[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    };
    inside.is(&form)?;
    if is_mov {
        inside.is(&named_by_nobody(*b"dhlr", *b"url "))?;
    }
    let here = [row(&[0, 1]), whole(*b"url ", &[0, 0, 0, 1])].concat();
    inside.is(&whole(*b"dinf", &whole(*b"dref", &here)))?;
    let tables = inside.inside(*b"stbl")?;
    inside.ends()?;
    self::tables(tables, track, limits)
}

fn named_by_nobody(class: [u8; 4], handler: [u8; 4]) -> Vec<u8> {
    whole(*b"hdlr", &[&[0; 4][..], &class, &handler, &[0; 13]].concat())
}

fn edits(track: &Track) -> Vec<u8> {
    let numbers = track.edits.iter().flat_map(|(length, place, _)| [Some(*length), *place]);
    let long = numbers.flatten().any(|number| i32::try_from(number).is_err());
    let count = u32::try_from(track.edits.len()).unwrap_or_default();
    let mut content = [vec![u8::from(long), 0, 0, 0], row(&[count])].concat();
    for &(length, place, rate) in &track.edits {
        content.extend(time(length, long));
        match place {
            Some(place) => content.extend(time(place, long)),
            None => content.extend(if long { vec![0xFF; 8] } else { vec![0xFF; 4] }),
        }
        content.extend(rate.to_be_bytes());
    }
    whole(*b"elst", &content)
}

/// Values of samples in as few rows as there can be.
fn rolled(name: [u8; 4], version: u8, values: impl Iterator<Item = (u32, u32)>) -> Vec<u8> {
    let mut rows: Vec<[u32; 2]> = Vec::new();
    for (count, value) in values {
        match rows.last_mut().filter(|last| last[1] == value) {
            Some(last) => last[0] += count,
            None => rows.push([count, value]),
        }
    }
    let count = u32::try_from(rows.len()).unwrap_or_default();
    whole(name, &[vec![version, 0, 0, 0], row(&[count]), row(rows.as_flattened())].concat())
}

/// Accepts the tables of the copy.
fn tables(mut rest: Rest, track: &Track, limits: &Limits) -> Option<Vec<Run>> {
    let copy = runs::follow(Tree(rest.0), track.frame(), limits)?;
    let count = u32::try_from(track.entries.len()).ok()?;
    let entries: Vec<u8> = track.entries.iter().flat_map(|entry| entry.bytes.clone()).collect();
    rest.is(&whole(*b"stsd", &[row(&[0, count]), entries].concat()))?;
    let runs = &track.runs;
    rest.is(&rolled(*b"stts", 0, runs.iter().map(|run| (run.count, run.time))))?;
    if runs.iter().any(|run| run.offset != 0) {
        let is_signed = runs.iter().any(|run| run.offset > i32::MAX.unsigned_abs());
        let offsets = runs.iter().map(|run| (run.count, run.offset));
        rest.is(&rolled(*b"ctts", u8::from(is_signed), offsets))?;
    }
    if track.has_starts {
        let numbered = (1_u32..).zip(runs).filter(|(_, run)| run.is_start);
        let starts: Vec<u32> = numbered.map(|(number, _)| number).collect();
        let count = u32::try_from(starts.len()).ok()?;
        rest.is(&whole(*b"stss", &[row(&[0, count]), row(&starts)].concat()))?;
    }
    rest.is(&shares(&copy))?;
    rest.is(&sizes(&copy, track))?;
    rest.is(&places(&copy))?;
    rest.ends()?;
    Some(copy)
}

/// `stsc` of these samples.
fn shares(runs: &[Run]) -> Vec<u8> {
    let mut rows: Vec<[u32; 3]> = Vec::new();
    for together in runs.chunk_by(|one, next| one.chunk == next.chunk) {
        let count = together.iter().map(|run| run.count).sum();
        let entry = together.first().map_or(0, |run| u32::from(run.entry) + 1);
        let from = together.first().map_or(0, |run| run.chunk);
        if rows.last().is_none_or(|last| last[1..] != [count, entry]) {
            rows.push([from, count, entry]);
        }
    }
    let count = u32::try_from(rows.len()).unwrap_or_default();
    whole(*b"stsc", &[row(&[0, count]), row(rows.as_flattened())].concat())
}

/// `stsz` of these samples.
fn sizes(runs: &[Run], track: &Track) -> Vec<u8> {
    let count = runs.iter().map(|run| run.count).sum();
    let mut all: Vec<u32> = runs.iter().map(|run| run.size).collect();
    let first = all.first().copied().unwrap_or_default();
    let same = if all.iter().all(|&size| size == first) { first } else { 0 };
    let same = track.frame().unwrap_or(same);
    if same != 0 {
        all.clear();
    }
    whole(*b"stsz", &[row(&[0, same, count]), row(&all)].concat())
}

/// `stco` of these samples.
fn places(runs: &[Run]) -> Vec<u8> {
    let chunks = runs.chunk_by(|one, next| one.chunk == next.chunk);
    let places = chunks.filter_map(|together| u32::try_from(together.first()?.place).ok());
    let places: Vec<u32> = places.collect();
    let count = u32::try_from(places.len()).unwrap_or_default();
    whole(*b"stco", &[row(&[0, count]), row(&places)].concat())
}
