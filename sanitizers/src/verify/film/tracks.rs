//! Which tracks of the original are seen and heard, and what their heads say.

use super::Film;
use super::codings::{self, Entry};
use super::runs::{self, Run};
use super::tree::Tree;
use crate::{Kind, Limits};

/// Tracks of a film, and of chapters of each.
const MOST: usize = 100;

/// One track of the original.
pub(super) struct Track {
    pub(super) number: u32,
    pub(super) is_enabled: bool,
    pub(super) is_sound: bool,
    pub(super) duration: u64,
    /// Layer, group and volume.
    pub(super) ranks: [u16; 3],
    pub(super) matrix: [u32; 9],
    pub(super) size: [u32; 2],
    /// Length, place (none for a pause), rate.
    pub(super) edits: Vec<(u64, Option<u64>, u32)>,
    pub(super) timescale: u32,
    pub(super) length: u64,
    pub(super) entries: Vec<Entry>,
    pub(super) runs: Vec<Run>,
    /// Whether it has a list of samples to begin with.
    pub(super) has_starts: bool,
}

impl Track {
    /// Bytes of a sample, if the sound is not packed.
    pub(super) fn frame(&self) -> Option<u32> {
        self.entries.first().and_then(Entry::frame)
    }

    /// Passes over descriptions of no sample, and counts the others anew.
    pub(super) fn count_entries_anew(&mut self) {
        let is_used = |at: usize| self.runs.iter().any(|run| usize::from(run.entry) == at);
        let used: Vec<bool> = (0..self.entries.len()).map(is_used).collect();
        if !used.contains(&true) {
            return;
        }
        for run in &mut self.runs {
            let before = used.iter().take(run.entry.into()).filter(|used| **used).count();
            run.entry = u16::try_from(before).unwrap_or(u16::MAX);
        }
        let mut used = used.into_iter();
        self.entries.retain(|_| used.next() == Some(true));
    }
}

/// Reads the index of the original.
pub(super) fn film(index: &[u8], kind: Kind, limits: &Limits) -> Option<Film> {
    let index = Tree(index);
    if index.row(0)?.iter().any(|(name, _)| matches!(name, b"cmov" | b"rmra")) {
        return None;
    }
    let head = index.at(&[b"mvhd"])?;
    let is_long = is_long(head)?;
    let at = if is_long { 20 } else { 12 };
    let behind = at + if is_long { 12 } else { 8 };
    let mut film = Film {
        timescale: head.u32(at).filter(|&units| units > 0)?,
        duration: known(head.time(at + 4, is_long)?, is_long),
        volume: head.u16(behind + 4)?,
        matrix: matrix(head, behind + 16)?,
        tracks: Vec::new(),
    };
    let all = index.all(*b"trak");
    if all.len() > MOST {
        return None;
    }
    let chapters: Vec<u32> = all.iter().flat_map(|track| chapters(*track)).collect();
    for track in &all {
        if is_shown(*track, &chapters, &all)? {
            film.tracks.push(read(*track, kind, limits)?);
        }
    }
    let one_by_one = film.tracks.iter().filter(|track| track.frame().is_none());
    let samples: usize = one_by_one.map(|track| track.runs.len()).sum();
    (samples <= limits.samples as usize).then_some(film)
}

/// Whether times have eight bytes.
fn is_long(head: Tree) -> Option<bool> {
    match head.byte(0)? {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// A length that was not known says so with all its bits.
fn known(time: u64, is_long: bool) -> u64 {
    let unknown = if is_long { u64::MAX } else { u32::MAX.into() };
    if time == unknown { 0 } else { time }
}

fn matrix(head: Tree, at: usize) -> Option<[u32; 9]> {
    let mut numbers = [0; 9];
    for (place, number) in numbers.iter_mut().enumerate() {
        *number = head.u32(at + 4 * place)?;
        let is_right = match place {
            0 | 1 | 3 | 4 => matches!(*number, 0 | 0x0001_0000 | 0xFFFF_0000),
            2 | 5 => *number == 0,
            8 => *number == 0x4000_0000,
            _ => (*number).is_multiple_of(0x1_0000),
        };
        if !is_right {
            return None;
        }
    }
    Some(numbers)
}

/// Numbers of the tracks with the chapters of this one.
fn chapters(track: Tree) -> Vec<u32> {
    let list = track.at(&[b"tref", b"chap"]);
    let fours = list.map(|list| list.0.chunks_exact(4)).into_iter().flatten();
    let fours = fours.take(MOST + 1);
    fours.map(|four| four.iter().fold(0, |sum, &byte| sum << 8 | u32::from(byte))).collect()
}

fn number(track: Tree) -> Option<u32> {
    let head = track.at(&[b"tkhd"])?;
    head.u32(if is_long(head)? { 20 } else { 12 })
}

fn handler(track: Tree) -> Option<[u8; 4]> {
    track.at(&[b"mdia", b"hdlr"])?.bytes(8)
}

/// The coding of a track, if it is one that may be in a copy.
fn is_known(track: Tree) -> bool {
    let list = track.at(&[b"mdia", b"minf", b"stbl", b"stsd"]);
    let name = list.and_then(|list| list.bytes::<4>(12));
    name.is_some_and(codings::is_known)
}

fn is_enabled(track: Tree) -> bool {
    track.at(&[b"tkhd"]).and_then(|head| head.byte(3)).is_some_and(|flags| flags & 1 == 1)
}

/// Whether a track must be in the copy. Nothing that is seen or heard may be left out, but
/// for what is switched off and has another in its place.
fn is_shown(track: Tree, chapters: &[u32], all: &[Tree]) -> Option<bool> {
    let handler = handler(track)?;
    if !matches!(&handler, b"vide" | b"soun") || chapters.contains(&number(track)?) {
        return Some(false);
    }
    let other = |one: &&Tree| self::handler(**one) == Some(handler) && is_enabled(**one);
    match (is_known(track), is_enabled(track)) {
        (true, _) => Some(true),
        (false, true) => None,
        (false, false) => all.iter().filter(other).any(|one| is_known(*one)).then_some(false),
    }
}

fn read(track: Tree, kind: Kind, limits: &Limits) -> Option<Track> {
    let head = track.at(&[b"tkhd"])?;
    let long = is_long(head)?;
    let at = if long { 28 } else { 20 };
    let behind = at + if long { 16 } else { 12 };
    let media = track.at(&[b"mdia", b"mdhd"])?;
    let long_media = is_long(media)?;
    let units = if long_media { 20 } else { 12 };
    let inside = track.at(&[b"mdia", b"minf"])?;
    let tables = inside.at(&[b"stbl"])?;
    let is_sound = handler(track)? == *b"soun";
    let entries = codings::entries(tables.at(&[b"stsd"])?, is_sound, kind)?;
    let own = own_references(inside)?;
    if entries.iter().any(|entry| !own.contains(&entry.reference)) {
        return None;
    }
    let frame = entries.first().and_then(Entry::frame);
    Some(Track {
        number: number(track)?,
        is_enabled: is_enabled(track),
        is_sound,
        duration: known(head.time(at, long)?, long),
        ranks: [head.u16(behind)?, head.u16(behind + 2)?, head.u16(behind + 4)?],
        matrix: matrix(head, behind + 8)?,
        size: [head.u32(behind + 44)?, head.u32(behind + 48)?],
        edits: track.at(&[b"edts", b"elst"]).map_or_else(|| Some(Vec::new()), edits)?,
        timescale: media.u32(units).filter(|&units| units > 0)?,
        length: known(media.time(units + 4, long_media)?, long_media),
        entries,
        runs: runs::follow(tables, frame, limits)?,
        has_starts: tables.at(&[b"stss"]).is_some(),
    })
}

fn edits(list: Tree) -> Option<Vec<(u64, Option<u64>, u32)>> {
    let is_long = is_long(list)?;
    let wide = if is_long { 8 } else { 4 };
    let mut all = Vec::new();
    for number in 0..list.u32(4)? as usize {
        let at = 8 + number * (2 * wide + 4);
        let place = list.time(at + wide, is_long)?;
        let nowhere = if is_long { u64::MAX } else { u32::MAX.into() };
        let rate = list.u32(at + 2 * wide).filter(|rate| [0, 0x1_0000].contains(rate))?;
        all.push((list.time(at, is_long)?, Some(place).filter(|&place| place != nowhere), rate));
    }
    Some(all)
}

/// Data references that say "this file".
fn own_references(inside: Tree) -> Option<Vec<u16>> {
    let list = inside.at(&[b"dinf", b"dref"])?;
    let numbered = (1..).zip(list.row(8)?);
    let own = numbered.filter(|(_, (name, body))| {
        matches!(name, b"url " | b"urn " | b"alis" | b"rsrc")
            && body.byte(3).is_some_and(|flags| flags & 1 == 1)
    });
    Some(own.map(|(number, _)| number).collect())
}
