//! Walks through the samples of the original, and demands those of the copy.

use std::ops::Range;

use super::codings::Samples;
use super::lens::{Lens, STEP, Side};
use super::outer::Outer;
use super::runs::Run;
use super::tracks::Track;
use super::{messages, obu, sets};
use crate::verify::ogg::opus;

/// A part of a sample that must be in the copy.
pub(in crate::verify) enum Part {
    Original(Range<u64>),
    New(Vec<u8>),
    /// A packet of Opus with so many streams, without what fills it.
    Emptied(Range<u64>, u8),
}

impl Part {
    pub(in crate::verify) fn size(&self) -> u64 {
        match self {
            Part::Original(range) | Part::Emptied(range, _) => range.end - range.start,
            Part::New(bytes) => bytes.len() as u64,
        }
    }

    /// Whether it is at this place of the copy.
    pub(in crate::verify) fn is_at(&self, place: u64, lens: &mut Lens) -> Option<()> {
        match self {
            Part::Original(range) => lens.is_same(range.start, place, self.size()),
            Part::New(bytes) => {
                let mut at = place;
                for step in bytes.chunks(STEP) {
                    (lens.look(Side::Copy, at, step.len())? == step).then_some(())?;
                    at += step.len() as u64;
                }
                Some(())
            }
            Part::Emptied(range, streams) => {
                let old = lens.whole(Side::Original, range)?;
                let new = lens.whole(Side::Copy, &(place..place.checked_add(self.size())?))?;
                opus::is_emptied(&old, &new, *streams).then_some(())
            }
        }
    }
}

/// Whether the copy has what is seen and heard of all samples of a track.
pub(super) fn is_same(track: &Track, copy: &[Run], outer: &Outer, lens: &mut Lens) -> Option<()> {
    for run in &track.runs {
        is_in_a_box(run, outer)?;
    }
    if track.frame().is_some() {
        return is_same_stream(&track.runs, copy, lens);
    }
    if track.runs.len() != copy.len() {
        return None;
    }
    for (run, copied) in track.runs.iter().zip(copy) {
        let samples = track.entries.get(run.entry as usize)?.samples;
        let parts = parts(samples, run.place..run.place + run.bytes(), lens)?;
        let mut at = copied.place;
        for part in parts {
            part.is_at(at, lens)?;
            at += part.size();
        }
        if at != copied.place + copied.bytes() || run.entry != copied.entry {
            return None;
        }
    }
    Some(())
}

/// Samples lie in boxes for samples. What an index says is one could be a name elsewhere.
fn is_in_a_box(run: &Run, outer: &Outer) -> Option<()> {
    let end = run.place.checked_add(run.bytes())?;
    let after = outer.samples.partition_point(|one| one.end <= run.place);
    let is_in = |one: &Range<u64>| one.start <= run.place && end <= one.end;
    (run.bytes() == 0 || outer.samples.get(after).is_some_and(is_in)).then_some(())
}

/// The same for sound that is not packed, whose samples lie together in another way.
fn is_same_stream(original: &[Run], copy: &[Run], lens: &mut Lens) -> Option<()> {
    let mut copies = copy.iter().map(|run| run.place..run.place + run.bytes());
    let mut there = copies.next().unwrap_or(0..0);
    for run in original {
        let mut here = run.place..run.place.checked_add(run.bytes())?;
        while here.start < here.end {
            if there.start == there.end {
                there = copies.next()?;
            }
            let count = (here.end - here.start).min(there.end - there.start);
            lens.is_same(here.start, there.start, count)?;
            here.start += count;
            there.start += count;
        }
    }
    (there.start == there.end && copies.next().is_none()).then_some(())
}

/// What must be in the copy of a sample.
pub(in crate::verify) fn parts(
    samples: Samples,
    sample: Range<u64>,
    lens: &mut Lens,
) -> Option<Vec<Part>> {
    match samples {
        Samples::Whole | Samples::Frames(_) => Some(vec![Part::Original(sample)]),
        Samples::Avc(width) => units(sample, width, lens, false),
        Samples::Hevc(width) => units(sample, width, lens, true),
        Samples::Av1(layers) => obu::parts(sample, layers, lens),
        Samples::Mpeg4 => without_user_data(sample, lens),
        Samples::Opus(streams) => Some(vec![Part::Emptied(sample, streams)]),
        Samples::ProRes => {
            let head = lens.look(Side::Original, sample.start, 16)?;
            let size = u64::from(u32::from_be_bytes(*head.first_chunk()?));
            let is_one = head.get(4..8)? == b"icpf" && size >= 28;
            let end = sample.start + size;
            (is_one && end <= sample.end).then(|| {
                vec![
                    Part::Original(sample.start..sample.start + 12),
                    Part::New(b"apl0".to_vec()),
                    Part::Original(sample.start + 16..end),
                ]
            })
        }
    }
}

/// What is demanded of a unit of H.264 or H.265.
enum Unit {
    Seen,
    Messages,
    Unseen,
}

fn unit_of_avc(head: &[u8], length: u64) -> Unit {
    match head.first().map(|first| first % 32) {
        Some(1 | 5 | 7 | 8) => Unit::Seen,
        Some(10 | 11) if length == 1 => Unit::Seen,
        Some(6) => Unit::Messages,
        _ => Unit::Unseen,
    }
}

fn unit_of_hevc(head: &[u8], length: u64) -> Unit {
    let &[first, second] = head else { return Unit::Unseen };
    let is_base = first % 2 == 0 && second < 8;
    match first / 2 % 64 {
        _ if !is_base => Unit::Unseen,
        0..=9 | 16..=21 | 32..=34 => Unit::Seen,
        36 | 37 if length == 2 => Unit::Seen,
        39 | 40 => Unit::Messages,
        _ => Unit::Unseen,
    }
}

fn units(sample: Range<u64>, width: usize, lens: &mut Lens, is_hevc: bool) -> Option<Vec<Part>> {
    let (mut all, mut at) = (Vec::new(), sample.start);
    while at < sample.end {
        let prefix = lens.look(Side::Original, at, width)?;
        let length = prefix.iter().fold(0, |sum: u64, &byte| sum * 256 + u64::from(byte));
        let (start, end) = (at + width as u64, at + width as u64 + length);
        if end > sample.end {
            return None;
        }
        let head = lens.look(Side::Original, start, length.min(2).try_into().ok()?)?;
        let unit = if is_hevc { unit_of_hevc(head, length) } else { unit_of_avc(head, length) };
        match unit {
            Unit::Seen => {
                if !is_hevc && matches!(head.first().map(|first| first % 32), Some(7 | 8)) {
                    let count = usize::try_from(length).ok()?;
                    sets::is_whole(lens.look(Side::Original, start, count)?)?;
                }
                all.push(Part::Original(at..end));
            }
            Unit::Messages if length <= STEP as u64 => {
                let count = usize::try_from(length).ok()?;
                let bytes = lens.look(Side::Original, start, count)?;
                if let Some(kept) = messages::kept(bytes, is_hevc) {
                    let size = u32::try_from(kept.len()).ok()?.to_be_bytes();
                    all.push(Part::New([size.get(4 - width..)?, &kept].concat()));
                }
            }
            Unit::Messages | Unit::Unseen => {}
        }
        at = end;
    }
    Some(all)
}

/// MPEG-4 pictures: what begins with a code for user data ends at the next code.
fn without_user_data(sample: Range<u64>, lens: &mut Lens) -> Option<Vec<Part>> {
    let bytes = lens.whole(Side::Original, &sample)?;
    shows_the_same(&bytes)?;
    let ranges = ranges_without_user_data(&bytes);
    if ranges.is_empty() && bytes.len() > 1 {
        return None;
    }
    let part = |range: Range<usize>| {
        Part::Original(sample.start + range.start as u64..sample.start + range.end as u64)
    };
    Some(ranges.into_iter().map(part).collect())
}

/// Pictures of two coders look different without their names.
pub(in crate::verify) fn shows_the_same(bytes: &[u8]) -> Option<()> {
    let names: [&[u8]; 2] = [b"\0\0\x01\xB2XviD", b"\0\0\x01\xB2DivX"];
    names.iter().all(|name| memchr::memmem::find(bytes, name).is_none()).then_some(())
}

/// Ranges of MPEG-4 data that a decoder needs: of some parts only their first bytes.
pub(in crate::verify) fn ranges_without_user_data(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut codes: Vec<usize> = memchr::memmem::find_iter(bytes, b"\0\0\x01").collect();
    codes.push(bytes.len());
    let parts = codes.windows(2).filter_map(|pair| {
        let (&from, &to) = (pair.first()?, pair.last()?);
        let part = bytes.get(from..to)?;
        let length = match *part.get(3)? {
            code if code < 0x20 || code == 0xB1 => 4,
            code if code < 0x30 => 512,
            0xB0 => 5,
            0xB3 => 7,
            0xB5 => 16,
            0xB6 => part.len(),
            _ => return None,
        };
        Some(from..from + length.min(part.len()))
    });
    parts.collect()
}
