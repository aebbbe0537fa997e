//! The tracks of a film: pictures and sound are kept, all others are left out.

use std::collections::BTreeSet;

use super::atom::{Atom, Name, needed, only};
use super::entry::{self, Entry, PICTURES, Reader, SOUNDS};
use super::header::{self, Edit, Head};
use super::sample::Coding;
use super::table::{self, Tables};
use super::{noted, outline};
use crate::allow::AllowList;
use crate::refusal::{Damage, Feature, Limit};
use crate::sound::Bytes;
use crate::{Category, Kind, Limits, Notes, Refusal, Warning};

/// Handlers of tracks that are kept. The neighbours write down places, times and words.
pub(crate) const HANDLERS: AllowList<Name> = AllowList {
    name: "film handlers",
    allowed: &[*b"vide", *b"soun"],
    forbidden: &[*b"meta", *b"text", *b"tmcd", *b"auxv", *b"camm"],
};

/// Tracks of a film, and of chapters of a track: cameras write ten at most.
const MOST: usize = 100;

/// One track, as much of it as is written again.
#[derive(Debug)]
pub(super) struct Track {
    pub(super) head: Head,
    pub(super) edits: Vec<Edit>,
    pub(super) timescale: u32,
    pub(super) duration: u64,
    pub(super) is_sound: bool,
    pub(super) entries: Vec<Entry>,
    pub(super) tables: Tables,
}

impl Track {
    /// Bytes of a sample of sound that is not packed.
    pub(super) fn frame(&self) -> Option<u32> {
        frame(&self.entries)
    }

    /// Leaves out descriptions that no sample is described by.
    pub(super) fn drop_unused(&mut self, notes: &mut Notes) {
        let used: BTreeSet<u32> = self.tables.chunks.iter().map(|chunk| chunk.entry).collect();
        if used.is_empty() || used.len() == self.entries.len() {
            return;
        }
        notes.found(Category::StrayBytes);
        for chunk in &mut self.tables.chunks {
            let before = used.range(..chunk.entry).count();
            chunk.entry = u32::try_from(before).unwrap_or(u32::MAX);
        }
        let mut number = 0..;
        self.entries.retain(|_| number.next().is_some_and(|number| used.contains(&number)));
    }
}

fn frame(entries: &[Entry]) -> Option<u32> {
    match entries.first()?.coding {
        Coding::Frames(bytes) => Some(bytes),
        _ => None,
    }
}

/// Reads all tracks of an index that are kept, in their order.
pub(super) fn tracks(
    index: &[Atom],
    kind: Kind,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<Track>, Refusal> {
    let tracks = index.iter().filter(|atom| atom.name == *b"trak");
    if tracks.clone().count() > MOST {
        return Err(Refusal::Limit(Limit::Parts));
    }
    let opened = tracks.map(|atom| Opened::read(atom, limits)).collect::<Result<Vec<_>, _>>()?;
    let chapters: Vec<u32> = opened.iter().flat_map(|track| track.chapters.clone()).collect();
    let (mut all, mut samples) = (Vec::new(), 0_u32);
    for track in &opened {
        if !track.is_kept(&chapters, &opened)? {
            let is_chapters = chapters.contains(&track.number);
            noted::track(track.handler, track.coding, is_chapters, notes);
            continue;
        }
        let track = track.track(kind, limits, notes)?;
        if track.frame().is_none() {
            samples = samples.saturating_add(track.tables.sizes.count());
        }
        table::within(samples, limits)?;
        if !track.head.is_enabled {
            notes.warn(Warning::HiddenParts);
        }
        all.push(track);
    }
    // Players show one of them.
    if all.iter().filter(|track| !track.is_sound).count() > 1 {
        notes.warn(Warning::HiddenParts);
    }
    // A film that shows nothing would be empty.
    if all.is_empty() { Err(Refusal::Feature(Feature::Codec)) } else { Ok(all) }
}

/// A track, opened as far as it takes to see what it is.
struct Opened<'a> {
    all: Vec<Atom<'a>>,
    media: Vec<Atom<'a>>,
    number: u32,
    is_enabled: bool,
    handler: Name,
    /// The coding of its first description.
    coding: Name,
    /// Tracks that hold its chapters.
    chapters: Vec<u32>,
}

impl<'a> Opened<'a> {
    fn read(atom: &Atom<'a>, limits: &Limits) -> Result<Opened<'a>, Refusal> {
        let all = atom.atoms(limits)?;
        let media = needed(&all, *b"mdia")?.atoms(limits)?;
        let (_, flags, _) = needed(&all, *b"tkhd")?.full()?;
        let mut handler = needed(&media, *b"hdlr")?.plain()?;
        handler.take(4)?;
        let mut track = Opened {
            number: needed(&all, *b"tkhd").and_then(|atom| number(&atom))?,
            is_enabled: flags & 1 == 1,
            handler: handler.array()?,
            coding: [0; 4],
            chapters: Vec::new(),
            all,
            media,
        };
        if let Some(reference) = only(&track.all, *b"tref")? {
            for atom in reference.atoms(limits)?.iter().filter(|atom| atom.name == *b"chap") {
                let mut bytes = Bytes::new(atom.body);
                while !bytes.rest().is_empty() {
                    if track.chapters.len() >= MOST {
                        return Err(Refusal::Limit(Limit::Parts));
                    }
                    track.chapters.push(bytes.u32_be()?);
                }
            }
        }
        track.coding = track.first_coding(limits).unwrap_or_default();
        Ok(track)
    }

    fn first_coding(&self, limits: &Limits) -> Result<Name, Refusal> {
        let inner = needed(&self.media, *b"minf")?.atoms(limits)?;
        let tables = needed(&inner, *b"stbl")?.atoms(limits)?;
        let mut bytes = needed(&tables, *b"stsd")?.plain()?;
        bytes.take(8)?;
        bytes.array()
    }

    fn is_known(&self) -> bool {
        let codings = if self.handler == *b"soun" { &SOUNDS } else { &PICTURES };
        codings.allows(&self.coding)
    }

    /// Whether it is seen or heard. A coding that cannot be kept is a refusal, unless the
    /// track is switched off and another of its sort is there: telephones add sound for
    /// rooms of loudspeakers so.
    fn is_kept(&self, chapters: &[u32], all: &[Opened]) -> Result<bool, Refusal> {
        if !HANDLERS.allows(&self.handler) || chapters.contains(&self.number) {
            return Ok(false);
        }
        let is_like = |one: &&Opened| one.handler == self.handler && one.is_enabled;
        if self.is_known() || self.is_enabled {
            return Ok(true);
        }
        if matches!(&self.coding, b"encv" | b"enca" | b"drmi" | b"drms") {
            return Err(Refusal::Password);
        }
        let other = all.iter().filter(is_like).any(Opened::is_known);
        if other { Ok(false) } else { Err(Refusal::Feature(Feature::Codec)) }
    }

    fn track(&self, kind: Kind, limits: &Limits, notes: &mut Notes) -> Result<Track, Refusal> {
        noted::others(&self.all, &[*b"tkhd", *b"edts", *b"mdia"], notes);
        noted::others(&self.media, &[*b"mdhd", *b"hdlr", *b"minf"], notes);
        let head = header::track(&needed(&self.all, *b"tkhd")?, notes)?;
        let edits = match only(&self.all, *b"edts")? {
            Some(atom) => match only(&atom.atoms(limits)?, *b"elst")? {
                Some(list) => header::edits(&list, limits)?,
                None => Vec::new(),
            },
            None => Vec::new(),
        };
        let (timescale, duration) = header::media(&needed(&self.media, *b"mdhd")?, notes)?;
        let mut handler = needed(&self.media, *b"hdlr")?.plain()?;
        handler.take(8)?;
        noted::handler_name(handler.rest(), notes);
        let inner = needed(&self.media, *b"minf")?.atoms(limits)?;
        let read = [*b"vmhd", *b"smhd", *b"dinf", *b"stbl", *b"hdlr", *b"gmhd"];
        noted::others(&inner, &read, notes);
        let tables = needed(&inner, *b"stbl")?.atoms(limits)?;
        let is_sound = self.handler == *b"soun";
        let stsd = needed(&tables, *b"stsd")?;
        let reader = &mut Reader { kind, limits, notes };
        let read = entry::entries(&stsd, is_sound, reader)?;
        let sources = sources(&inner, limits)?;
        if read.iter().any(|(_, reference)| !sources.contains(reference)) {
            // The samples are in another file.
            return Err(Refusal::Feature(Feature::Construct));
        }
        let entries: Vec<Entry> = read.into_iter().map(|(entry, _)| entry).collect();
        let frame = frame(&entries);
        if frame.is_some() && entries.len() > 1 {
            return Err(Refusal::Feature(Feature::Construct));
        }
        let tables = table::read(&tables, frame, limits, notes)?;
        let is_there = |chunk: &table::Chunk| (chunk.entry as usize) < entries.len();
        if !tables.chunks.iter().all(is_there) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        Ok(Track { head, edits, timescale, duration, is_sound, entries, tables })
    }
}

/// The number of a track, also of one whose head is not read any further.
fn number(atom: &Atom) -> Result<u32, Refusal> {
    let (version, _, mut bytes) = atom.full()?;
    bytes.take(if version == 1 { 16 } else { 8 })?;
    bytes.u32_be()
}

/// Numbers of the data references that lead to this file itself (8.7.2).
fn sources(inner: &[Atom], limits: &Limits) -> Result<Vec<u16>, Refusal> {
    let all = needed(inner, *b"dinf")?.atoms(limits)?;
    let mut bytes = needed(&all, *b"dref")?.plain()?;
    bytes.u32_be()?;
    let references = super::atom::atoms(bytes.rest(), limits)?;
    let mut own = Vec::new();
    for (number, atom) in (1_u16..).zip(&references) {
        if matches!(&atom.name, b"url " | b"urn " | b"alis" | b"rsrc") && atom.full()?.1 & 1 == 1 {
            own.push(number);
        }
    }
    Ok(own)
}

/// Warns of what an edit list leaves out: it is still in the samples.
pub(super) fn warn_of_hidden(track: &Track, timescale: u32, notes: &mut Notes) {
    let times = &track.tables.times;
    let length: u128 =
        times.iter().map(|&(count, time)| u128::from(count) * u128::from(time)).sum();
    // Pictures that are shown later than they are decoded begin later, all of them.
    let late = track.tables.offsets.first().map_or(0, |first| first.1).max(0).unsigned_abs();
    let place = |from: u64| u128::from(from).saturating_sub(late.into());
    let mut shown: Vec<(u128, u128)> = Vec::new();
    for edit in &track.edits {
        let Some(from) = edit.from.map(place) else { continue };
        let lasts = u128::from(edit.duration) * u128::from(track.timescale);
        let lasts = lasts / u128::from(timescale.max(1));
        // A picture that stands is one sample.
        shown.push(if edit.rate == 0 { sample_at(from, times) } else { (from, from + lasts) });
    }
    shown.sort_unstable();
    let (mut covered, mut end) = (0, 0);
    for (from, to) in shown {
        let (from, to) = (from.max(end), to.min(length));
        covered += to.saturating_sub(from);
        end = end.max(to);
    }
    // Less than half a second is how coders begin.
    if !track.edits.is_empty() && length - covered > u128::from(track.timescale) / 2 {
        notes.warn(Warning::HiddenParts);
    }
}

/// When the sample begins and ends that is there at a time.
fn sample_at(at: u128, times: &[(u32, u32)]) -> (u128, u128) {
    let mut begin = 0;
    for &(count, time) in times {
        let (count, time) = (u128::from(count), u128::from(time));
        let end = begin + count * time;
        if at < end {
            let from = at - (at - begin) % time;
            return (from, from + time);
        }
        begin = end;
    }
    (begin, begin)
}

/// Refuses an index that leads elsewhere, and counts what is left out of it.
pub(super) fn looked_over(index: &[Atom], notes: &mut Notes) -> Result<(), Refusal> {
    for atom in index {
        outline::forbidden(atom.name)?;
    }
    if index.iter().any(|atom| atom.name == *b"pssh") {
        notes.found(Category::Other);
    }
    noted::others(index, &[*b"mvhd", *b"trak", *b"mvex", *b"pssh"], notes);
    Ok(())
}
