//! Walks through the frames of the original, and demands those of the copy.

use std::ops::Range;

use super::front::{CLUSTER, Film};
use super::tracks::Track;
use super::tree::{self, begin, count, length, natural, number, signed, whole};
use crate::Limits;
use crate::verify::film::lens::{Lens, STEP, Side};
use crate::verify::film::payload::{Part, parts};
use crate::verify::mp3::frames;

/// What came of a walk.
#[derive(Default)]
pub(super) struct Walk {
    /// Time, track and cluster of each place to begin with.
    pub(super) cues: Vec<(u64, u64, u64)>,
    /// When the last frame has ended.
    pub(super) length: u64,
}

/// A walk through both files.
struct Walker<'a, 'b> {
    film: &'a Film,
    lens: &'a mut Lens<'b>,
    /// Where we are in the copy.
    place: u64,
    base: Option<u64>,
    /// The time of the cluster of the original.
    time: Option<u64>,
    /// Where the cluster of the copy begins and ends.
    cluster: Option<(u64, u64)>,
    has_cue: bool,
    walk: Walk,
}

/// What is said of a block beside it.
#[derive(Default)]
struct Beside {
    block: Option<Range<u64>>,
    lasts: Option<u64>,
    references: Vec<i64>,
    padding: Option<i64>,
}

/// Compares all clusters, of which the first one in the copy begins at `start`.
pub(super) fn walk(film: &Film, start: u64, lens: &mut Lens, limits: &Limits) -> Option<Walk> {
    let walk = Walk::default();
    let (base, time, cluster) = (None, None, None);
    let mut walker = Walker { film, lens, place: start, base, time, cluster, has_cue: false, walk };
    let mut at = film.clusters;
    for _ in 0..limits.samples {
        let Some(head) = tree::at(walker.lens, Side::Original, at).filter(|_| at < film.end) else {
            break;
        };
        if head.id == CLUSTER {
            walker.finish()?;
            at = head.content;
            continue;
        }
        let Some(end) = head.end().filter(|end| *end <= film.end) else { break };
        walker.element(head.id, head.content..end)?;
        at = end;
    }
    walker.finish()?;
    let is_all = walker.place == walker.lens.length(Side::Copy);
    is_all.then_some(walker.walk)
}

impl Walker<'_, '_> {
    fn element(&mut self, id: u32, content: Range<u64>) -> Option<()> {
        match id {
            0xE7 => {
                self.time = Some(self.number(&content).and_then(|bytes| natural(&bytes))?);
                Some(())
            }
            0xA3 => self.block(content, None),
            0xA0 => {
                let beside = self.beside(content)?;
                self.block(beside.block.clone()?, Some(&beside))
            }
            // A frame that only a key would open.
            0xAF => None,
            _ => Some(()),
        }
    }

    fn number(&mut self, content: &Range<u64>) -> Option<Vec<u8>> {
        let size = usize::try_from(content.end - content.start).ok().filter(|&size| size < 9)?;
        Some(self.lens.look(Side::Original, content.start, size)?.to_vec())
    }

    fn beside(&mut self, content: Range<u64>) -> Option<Beside> {
        let mut all = Beside::default();
        let mut at = content.start;
        while at < content.end {
            let head = tree::at(self.lens, Side::Original, at)?;
            at = head.end().filter(|end| *end <= content.end)?;
            let inside = head.content..at;
            match head.id {
                0xA1 => all.block = all.block.is_none().then_some(inside),
                0x9B => all.lasts = Some(natural(&self.number(&inside)?)?),
                0xFB => {
                    let before_or_after = whole(&self.number(&inside)?)?.clamp(-1, 1);
                    all.references.push(before_or_after);
                }
                0x75A2 => all.padding = Some(whole(&self.number(&inside)?)?),
                0xA4 => return None,
                _ => {}
            }
        }
        all.references.sort_unstable();
        all.references.dedup();
        Some(all)
    }

    /// Demands these bytes in the copy.
    fn demand(&mut self, bytes: &[u8]) -> Option<()> {
        for part in bytes.chunks(STEP) {
            if self.lens.look(Side::Copy, self.place, part.len())? != part {
                return None;
            }
            self.place += part.len() as u64;
        }
        Some(())
    }

    /// Demands the head of an element, and says where it ends. How long it is, it says
    /// itself; that it ends there is seen later.
    fn demand_head(&mut self, id: u32) -> Option<u64> {
        let head = tree::at(self.lens, Side::Copy, self.place)?;
        self.demand(&begin(id, head.length?))?;
        head.end()
    }

    /// The cluster of the copy has ended where it said.
    fn finish(&mut self) -> Option<()> {
        self.time = None;
        self.has_cue = false;
        self.cluster.take().is_none_or(|(_, end)| end == self.place).then_some(())
    }

    fn block(&mut self, content: Range<u64>, beside: Option<&Beside>) -> Option<()> {
        let ahead = (content.end - content.start).min(12);
        let head = self.lens.look(Side::Original, content.start, ahead.try_into().ok()?)?;
        let (track, used) = number(head)?;
        let &[high, low, flags] = head.get(used..used + 3)? else { return None };
        let frames = content.start + used as u64 + 3..content.end;
        let film = self.film;
        let found = film.tracks.iter().position(|one| Some(one.number) == track);
        let Some((before, track)) = found.and_then(|at| Some((at, film.tracks.get(at)?))) else {
            return Some(());
        };
        let which = before as u64 + 1;
        let time = self.time?;
        let frames = laced(frames, flags, self.lens)?;
        let mut all = Vec::new();
        for frame in frames {
            let was_empty = frame.is_empty();
            let parts = self.parts(track, frame)?;
            if size(&parts) == 0 && !was_empty {
                return Some(());
            }
            all.push(parts);
        }
        // What begins in its second minute or later begins a second after nought.
        let late = time >= 60_000_000_000 / film.unit;
        let base = if late { time.saturating_sub(1_000_000_000 / film.unit) } else { 0 };
        let base = *self.base.get_or_insert(base);
        let raw = time.saturating_add_signed(i16::from_be_bytes([high, low]).into());
        let usual = track.lasts.saturating_mul(all.len() as u64) / film.unit;
        let lasts = beside.and_then(|beside| beside.lasts).unwrap_or(usual);
        let shown = raw.saturating_sub(base);
        let ends = raw.saturating_add(lasts).saturating_sub(base);
        self.walk.length = self.walk.length.max(ends);
        let begun = self.begin(time.checked_sub(base)?)?;
        let is_first = !film.tracks.iter().take(before).any(|one| !one.is_sound)
            && (!track.is_sound || (before == 0 && film.tracks.iter().all(|one| one.is_sound)));
        let is_key = beside.map_or(flags > 127, |beside| beside.references.is_empty());
        if is_first && is_key && !self.has_cue {
            self.has_cue = true;
            self.walk.cues.push((shown, which, begun));
        }
        let sizes: Vec<u64> = all.iter().map(|parts| size(parts)).collect();
        let (lace, front) = lace(&sizes)?;
        let shown_flags = flags & if beside.is_some() { 0x08 } else { 0x89 };
        let start = [&length(which)[..], &[high, low, shown_flags | lace], &front].concat();
        let end = match beside {
            None => self.demand_head(0xA3)?,
            Some(_) => self.demand_head(0xA0)?,
        };
        let block = match beside {
            None => end,
            Some(_) => self.demand_head(0xA1)?,
        };
        self.demand(&start)?;
        for part in all.into_iter().flatten() {
            part.is_at(self.place, self.lens)?;
            self.place += part.size();
        }
        if self.place != block {
            return None;
        }
        if let Some(beside) = beside {
            let mut behind = beside.lasts.map(|time| count(0x9B, time)).unwrap_or_default();
            behind.extend(beside.references.iter().flat_map(|&time| signed(0xFB, time)));
            behind.extend(beside.padding.map(|time| signed(0x75A2, time)).unwrap_or_default());
            self.demand(&behind)?;
        }
        (self.place == end).then_some(())
    }

    /// Begins a cluster in the copy, unless one has begun. Says where.
    fn begin(&mut self, time: u64) -> Option<u64> {
        if let Some((begun, _)) = self.cluster {
            return Some(begun);
        }
        let begun = self.place;
        let end = self.demand_head(CLUSTER)?;
        self.demand(&count(0xE7, time))?;
        self.cluster = Some((begun, end));
        Some(begun)
    }

    /// What must be in the copy of a frame.
    fn parts(&mut self, track: &Track, frame: Range<u64>) -> Option<Vec<Part>> {
        if track.is_mp3 {
            let bytes = self.lens.whole(Side::Original, &frame)?;
            if frames::is_followed(&[&track.front[..], &bytes].concat()) {
                return None;
            }
        }
        let mut all = Vec::new();
        if !track.front.is_empty() {
            all.push(Part::New(track.front.clone()));
        }
        all.extend(parts(track.samples, frame, self.lens)?);
        Some(all)
    }
}

fn size(parts: &[Part]) -> u64 {
    parts.iter().map(Part::size).sum()
}

/// The frames of a block.
fn laced(block: Range<u64>, flags: u8, lens: &mut Lens) -> Option<Vec<Range<u64>>> {
    if flags & 6 == 0 {
        return Some(vec![block]);
    }
    let ahead = (block.end - block.start).min(16_384);
    let bytes = lens.look(Side::Original, block.start, ahead.try_into().ok()?)?;
    let others = usize::from(*bytes.first()?);
    let (mut at, mut sizes) = (1, Vec::<u64>::new());
    while sizes.len() < others && flags & 6 != 4 {
        if flags & 6 == 2 {
            let run = bytes.get(at..)?.iter().take_while(|&&byte| byte == 255).count();
            sizes.push(run as u64 * 255 + u64::from(*bytes.get(at + run)?));
            at += run + 1;
            continue;
        }
        let (read, used) = number(bytes.get(at..)?)?;
        at += used;
        let full = (1 << (7 * used)) - 1;
        let next = match sizes.last() {
            None => read?,
            Some(last) => (last + read.unwrap_or(full)).checked_sub(full / 2)?,
        };
        sizes.push(next);
    }
    let mut place = block.start + at as u64;
    let left = block.end.checked_sub(place)?;
    if flags & 6 == 4 {
        let count = others as u64 + 1;
        sizes = vec![left / count; others];
        (left % count == 0).then_some(())?;
    }
    let sum = sizes.iter().try_fold(0, |sum: u64, &size| sum.checked_add(size))?;
    sizes.push(left.checked_sub(sum)?);
    let frames = sizes.into_iter().map(|size| {
        place += size;
        place - size..place
    });
    Some(frames.collect())
}

/// How frames of these sizes must be laced: bits of the flags, and bytes in front.
fn lace(sizes: &[u64]) -> Option<(u8, Vec<u8>)> {
    let (first, rest) = sizes.split_first()?;
    let mut front = vec![u8::try_from(rest.len()).ok()?];
    if rest.is_empty() {
        return Some((0, Vec::new()));
    }
    if rest.iter().all(|size| size == first) {
        return Some((4, front));
    }
    front.extend(length(*first));
    for pair in sizes.get(..rest.len())?.windows(2) {
        let &[before, after] = pair else { return None };
        // Half of the numbers of so many bytes are below nought.
        let bytes = (1..8).find(|bytes| before.abs_diff(after) < 1 << (7 * bytes - 1))?;
        let step = (after + (1 << (7 * bytes - 1)) - 1).checked_sub(before)?;
        let marked = step | 1 << (7 * bytes);
        front.extend(marked.to_be_bytes().into_iter().skip(8 - bytes));
    }
    Some((6, front))
}
