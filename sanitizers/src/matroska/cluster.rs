//! Clusters: frames, with the times at which they are shown or heard.

use std::collections::BTreeSet;
use std::ops::Range;

use super::ebml::{Element, Next, Part, next, number};
use super::track::Track;
use super::{ids, lacing, segment, write};
use crate::copy::Copy;
use crate::film::{self, Coding, Out, Window};
use crate::refusal::{Damage, Feature, Limit};
use crate::sound::Bytes;
use crate::{Category, Change, Kind, Limits, Notes, Refusal, Warning, mp3};

/// Flags of a block: one to begin with, not shown, one to do without.
const KEY: u8 = 0x80;
const INVISIBLE: u8 = 0x08;
const DISCARDABLE: u8 = 0x01;
/// Bytes of the head of a block.
const HEAD: u64 = 12;
/// The latest time, in units: centuries.
const MOST_TIME: u64 = 1 << 48;
/// In nanoseconds. The second is left for frames that come before the first cluster begins.
const MINUTE: u64 = 60_000_000_000;
const SECOND: u64 = 1_000_000_000;
/// How much of a frame may be left out at its end, in nanoseconds: ten seconds.
const MOST_PADDING: u64 = 10_000_000_000;

/// A place to begin with.
#[derive(Debug)]
pub(super) struct Cue {
    pub(super) time: u64,
    /// The number of the track, counted from one.
    pub(super) track: u64,
    /// Where its cluster is among all clusters.
    pub(super) place: u64,
}

/// All clusters as they are written.
pub(super) struct Clusters {
    copy: Copy,
    pub(super) cues: Vec<Cue>,
    /// What is taken off all times.
    base: Option<u64>,
    /// When the last frame has ended.
    pub(super) length: u64,
    /// Elements that may still come.
    budget: u32,
}

/// What is said of a block beside its frames.
#[derive(Default)]
struct Group {
    block: Option<Range<u64>>,
    duration: Option<u64>,
    /// Whether it needs frames before it, an unknown one, and frames after it: -1, 0, 1.
    references: BTreeSet<i64>,
    padding: Option<i64>,
}

/// A cluster that is being written.
struct Cluster<'a> {
    content: Copy,
    time: Option<u64>,
    unit: u64,
    tracks: &'a [Track],
    /// The first place to begin with.
    cue: Option<Cue>,
    length: u64,
    /// Frames that were written.
    frames: u32,
}

impl Clusters {
    pub(super) fn new(limits: &Limits) -> Clusters {
        let (copy, cues) = (Copy::new(Kind::Mkv), Vec::new());
        Clusters { copy, cues, base: None, length: 0, budget: limits.samples }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.copy.length() == 0
    }

    /// Bytes of all clusters.
    pub(super) fn bytes(&self) -> u64 {
        self.copy.length()
    }

    /// Counts an element.
    pub(super) fn spend(&mut self) -> Result<(), Refusal> {
        self.budget = self.budget.checked_sub(1).ok_or(Refusal::Limit(Limit::Parts))?;
        Ok(())
    }

    /// Goes on with a range of the original.
    pub(super) fn keep(&mut self, range: Range<u64>) {
        self.copy.take(range);
    }

    /// The clusters, as pieces of a copy.
    pub(super) fn of_kind(self, kind: Kind) -> Copy {
        self.copy.of_kind(kind)
    }

    /// Adds a cluster, and says where it ends.
    pub(super) fn add(
        &mut self,
        window: &mut Window,
        (element, is_open): (&Element, bool),
        (unit, tracks): (u64, &[Track]),
        notes: &mut Notes,
    ) -> Result<u64, Refusal> {
        let content = Copy::new(Kind::Mkv);
        let mut cluster =
            Cluster { content, time: None, unit, tracks, cue: None, length: 0, frames: 0 };
        let mut at = element.body.start;
        loop {
            let part = match next(window, at, element.body.end)? {
                Next::Element(part) => part,
                Next::End => break,
                Next::Cut(_) if is_open && element.body.end == window.length() => {
                    notes.found(Category::StrayBytes);
                    at = element.body.end;
                    break;
                }
                Next::Cut(_) => return Err(Refusal::Truncated),
            };
            // Who does not say how long a cluster is ends it with something else.
            if !element.sized && is_part_of_segment(part.id) {
                break;
            }
            self.spend()?;
            if !part.sized {
                return Err(Refusal::Damaged(Damage::Length));
            }
            self.part(window, &part, &mut cluster, notes)?;
            // Many frames of nothing can be laced together, and each has what was taken off.
            let frames = std::mem::take(&mut cluster.frames);
            self.budget = self.budget.checked_sub(frames).ok_or(Refusal::Limit(Limit::Parts))?;
            at = part.body.end;
        }
        self.finish(cluster, notes)?;
        Ok(at)
    }

    fn part(
        &mut self,
        window: &mut Window,
        part: &Element,
        cluster: &mut Cluster,
        notes: &mut Notes,
    ) -> Result<(), Refusal> {
        match part.id {
            ids::TIMESTAMP if cluster.time.is_none() => {
                cluster.time = Some(content(window, part)?.unsigned()?);
            }
            ids::SIMPLE_BLOCK => cluster.block(window, &part.body, None, notes)?,
            ids::BLOCK_GROUP => {
                let group = self.group(window, &part.body, notes)?;
                let block = group.block.clone().ok_or(Refusal::Damaged(Damage::Missing))?;
                cluster.block(window, &block, Some(&group), notes)?;
            }
            ids::TIMESTAMP => return Err(Refusal::Damaged(Damage::Missing)),
            ids::ENCRYPTED_BLOCK => return Err(Refusal::Password),
            id if ids::BLOCKS.allows(&id) => cluster.content.take(part.start..part.body.end),
            // Where the cluster is, how long the one before is, tracks that are silent.
            0xA7 | 0xAB | 0x5854 => {}
            _ => segment::note(window, part, notes)?,
        }
        Ok(())
    }

    /// Reads what is said of a block.
    fn group(
        &mut self,
        window: &mut Window,
        body: &Range<u64>,
        notes: &mut Notes,
    ) -> Result<Group, Refusal> {
        let mut group = Group::default();
        let mut at = body.start;
        loop {
            let part = match next(window, at, body.end)? {
                Next::Element(part) if part.sized => part,
                Next::End => return Ok(group),
                _ => return Err(Refusal::Damaged(Damage::Length)),
            };
            self.spend()?;
            at = part.body.end;
            match part.id {
                ids::BLOCK if group.block.is_none() => group.block = Some(part.body),
                ids::BLOCK => return Err(Refusal::Damaged(Damage::Missing)),
                ids::BLOCK_DURATION => {
                    let duration = content(window, &part)?.unsigned()?;
                    if duration >= MOST_TIME {
                        return Err(Refusal::Damaged(Damage::Value));
                    }
                    group.duration = Some(duration);
                }
                ids::REFERENCE => {
                    group.references.insert(content(window, &part)?.signed()?.signum());
                }
                ids::DISCARD_PADDING => {
                    let padding = content(window, &part)?.signed()?;
                    if padding.unsigned_abs() > MOST_PADDING {
                        return Err(Refusal::Damaged(Damage::Value));
                    }
                    group.padding = Some(padding);
                }
                ids::CODEC_STATE => return Err(Refusal::Feature(Feature::Construct)),
                ids::BLOCK_ADDITIONS => {
                    notes.found(Category::HiddenPictures);
                    notes.changed(Change::PartsRemoved);
                }
                // How much it is worth, slices of old films.
                ids::REFERENCE_PRIORITY | 0x8E => {}
                _ => segment::note(window, &part, notes)?,
            }
        }
    }

    fn finish(&mut self, cluster: Cluster, notes: &mut Notes) -> Result<(), Refusal> {
        if cluster.content.length() == 0 {
            return Ok(());
        }
        let time = cluster.time.ok_or(Refusal::Damaged(Damage::Order))?;
        let base = *self.base.get_or_insert_with(|| {
            let base = base(time, cluster.unit);
            notes.found_many(Category::Dates, u32::from(base > 0));
            base
        });
        let time = time.checked_sub(base).filter(|time| *time < MOST_TIME);
        let time = time.ok_or(Refusal::Damaged(Damage::Order))?;
        let place = self.copy.length();
        let cue = cluster.cue.map(|cue| Cue { place, time: cue.time.saturating_sub(base), ..cue });
        self.cues.extend(cue);
        self.length = self.length.max(cluster.length.saturating_sub(base));
        let time = write::unsigned(ids::TIMESTAMP, time);
        let size = cluster.content.length() + time.len() as u64;
        self.copy.write([write::head(ids::CLUSTER, size), time].concat());
        self.copy.append(cluster.content);
        Ok(())
    }
}

/// What is taken off all times, by that of the first cluster. A stream that was recorded from
/// the middle would tell when it was switched on; what begins within a minute is a film.
fn base(time: u64, unit: u64) -> u64 {
    let unit = unit.max(1);
    if time < MINUTE / unit { 0 } else { time.saturating_sub(SECOND / unit) }
}

fn is_part_of_segment(id: u32) -> bool {
    const PARTS: [u32; 10] = [
        ids::EBML,
        ids::SEGMENT,
        ids::SEEK_HEAD,
        ids::INFO,
        ids::TRACKS,
        ids::CLUSTER,
        ids::CUES,
        ids::CHAPTERS,
        ids::TAGS,
        ids::ATTACHMENTS,
    ];
    PARTS.contains(&id)
}

/// A part that holds a number.
fn content<'w>(window: &'w mut Window, part: &Element) -> Result<Part<'w>, Refusal> {
    let size = part.body.end - part.body.start;
    let size = usize::try_from(size).ok().filter(|size| *size <= 8);
    let size = size.ok_or(Refusal::Damaged(Damage::Length))?;
    Ok(Part { id: part.id, body: window.bytes(part.body.start, size)? })
}

impl Cluster<'_> {
    /// Writes a block, if its track is kept.
    fn block(
        &mut self,
        window: &mut Window,
        body: &Range<u64>,
        group: Option<&Group>,
        notes: &mut Notes,
    ) -> Result<(), Refusal> {
        let cluster = self.time.ok_or(Refusal::Damaged(Damage::Order))?;
        let ahead = usize::try_from((body.end - body.start).min(HEAD)).unwrap_or_default();
        let mut bytes = Bytes::new(window.bytes(body.start, ahead)?);
        let track = number(&mut bytes)?.ok_or(Refusal::Damaged(Damage::Value))?;
        let time = bytes.u16_be()?.cast_signed();
        let flags = bytes.byte()?;
        let start = body.start + (ahead - bytes.rest().len()) as u64;
        let tracks = (1_u64..).zip(self.tracks);
        let Some((track, of)) = tracks.into_iter().find(|(_, one)| one.number == track) else {
            return Ok(());
        };
        if flags & INVISIBLE != 0 {
            notes.warn(Warning::HiddenParts);
        }
        let frames = lacing::frames(window, &(start..body.end), flags)?;
        let mut sizes = Vec::new();
        let mut all = Copy::new(Kind::Mkv);
        for frame in frames {
            let before = all.length();
            let is_empty = frame.is_empty();
            write_frame(window, frame, of, &mut Out { copy: &mut all, notes })?;
            let size = all.length() - before;
            if size == 0 && !is_empty {
                // There was no picture in it at all.
                return Ok(());
            }
            sizes.push(size);
            self.frames += 1;
        }
        let time_of_frames = of.duration.saturating_mul(sizes.len() as u64) / self.unit.max(1);
        let lasts = group.and_then(|group| group.duration).unwrap_or(time_of_frames);
        let shown = cluster.saturating_add_signed(time.into());
        self.length = self.length.max(shown.saturating_add(lasts));

        let is_key = group.map_or(flags & KEY != 0, |group| group.references.is_empty());
        let first = self.tracks.iter().position(|track| !track.is_sound).unwrap_or(0) as u64 + 1;
        if is_key && track == first && self.cue.is_none() {
            self.cue = Some(Cue { time: shown, track, place: 0 });
        }
        let kept = if group.is_some() { INVISIBLE } else { KEY | INVISIBLE | DISCARDABLE };
        let (laced, front) = lacing::written(&sizes)?;
        let mut head = write::length(track);
        head.extend(time.to_be_bytes());
        head.push(flags & kept | laced);
        head.extend(front);
        let size = all.length() + head.len() as u64;
        let Some(group) = group else {
            self.content.write([write::head(ids::SIMPLE_BLOCK, size), head].concat());
            self.content.append(all);
            return Ok(());
        };
        let behind = group.written();
        let block = [write::head(ids::BLOCK, size), head].concat();
        let whole = all.length() + (block.len() + behind.len()) as u64;
        self.content.write([write::head(ids::BLOCK_GROUP, whole), block].concat());
        self.content.append(all);
        self.content.write(behind);
        Ok(())
    }
}

impl Group {
    /// What is written behind the block.
    fn written(&self) -> Vec<u8> {
        let mut all = Vec::new();
        all.extend(self.duration.map(|time| write::unsigned(ids::BLOCK_DURATION, time)));
        all.extend(self.references.iter().map(|&time| write::signed(ids::REFERENCE, time)));
        all.extend(self.padding.map(|time| write::signed(ids::DISCARD_PADDING, time)));
        all.concat()
    }
}

/// Writes what is kept of a frame.
fn write_frame(
    window: &mut Window,
    frame: Range<u64>,
    track: &Track,
    out: &mut Out,
) -> Result<(), Refusal> {
    if track.codec.coding == Coding::Mp3 {
        is_mp3(window, &frame, &track.stripped)?;
    }
    if !track.stripped.is_empty() {
        out.copy.write(track.stripped.clone());
    }
    film::pass(track.codec.coding, window, frame, out).map(drop)
}

/// Refuses what is longer than the frame of MP3 that it is. One that is cut is heard as it is.
fn is_mp3(window: &mut Window, frame: &Range<u64>, stripped: &[u8]) -> Result<(), Refusal> {
    let size = usize::try_from(frame.end - frame.start).unwrap_or(usize::MAX);
    let head = [stripped, window.bytes(frame.start, size.min(4))?].concat();
    let length = mp3::frame_length(&head).ok_or(Refusal::Damaged(Damage::Value))?;
    if stripped.len().saturating_add(size) > length {
        return Err(Refusal::Damaged(Damage::Length));
    }
    Ok(())
}
