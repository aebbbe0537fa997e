//! What stands in front of the clusters.

use super::frames::Walk;
use super::tracks::{self, Track, text};
use super::tree::{self, Head, begin, count, eight, element, natural, one, row};
use crate::Kind;
use crate::verify::film::lens::{Lens, Side};

const HEAD: u32 = 0x1A45_DFA3;
const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_A966;
const TRACKS: u32 = 0x1654_AE6B;
const CUES: u32 = 0x1C53_BB6B;
pub(super) const CLUSTER: u32 = 0x1F43_B675;

/// The original.
pub(super) struct Film {
    is_webm: bool,
    pub(super) unit: u64,
    pub(super) tracks: Vec<Track>,
    /// Where the first cluster begins, and where the last one can end at most.
    pub(super) clusters: u64,
    pub(super) end: u64,
}

impl Film {
    pub(super) fn kind(&self) -> Kind {
        if self.is_webm && self.tracks.iter().all(|track| track.is_webm) {
            Kind::Webm
        } else {
            Kind::Mkv
        }
    }
}

/// Reads the original up to its first cluster.
pub(super) fn film(lens: &mut Lens) -> Option<Film> {
    let side = Side::Original;
    let head = tree::at(lens, side, 0).filter(|head| head.id == HEAD)?;
    let content = lens.whole(side, &(head.content..head.end()?))?;
    let is_webm = match text(one(&row(&content)?, 0x4282)?) {
        b"webm" => true,
        b"matroska" => false,
        _ => return None,
    };
    let mut segment = tree::at(lens, side, head.end()?)?;
    while segment.id == 0xEC {
        segment = tree::at(lens, side, segment.end()?)?;
    }
    let end = segment.end().unwrap_or(lens.length(side));
    let (mut place, mut unit, mut found) = (segment.content, None, None);
    loop {
        let part = tree::at(lens, side, place).filter(|_| place < end)?;
        if part.id == CLUSTER {
            break;
        }
        let range = part.content..part.end()?;
        if part.id == INFO && unit.is_none() {
            let info = lens.whole(side, &range)?;
            unit = Some(one(&row(&info)?, 0x2A_D7B1).map_or(Some(1_000_000), natural)?);
        }
        if part.id == TRACKS && found.is_none() {
            found = Some(tracks::all(&lens.whole(side, &range)?)?);
        }
        place = range.end;
    }
    let is_segment = segment.id == SEGMENT && end <= lens.length(side);
    is_segment.then_some(Film { is_webm, unit: unit?, tracks: found?, clusters: place, end })
}

/// Where the first cluster of the copy begins.
pub(super) fn end(lens: &mut Lens) -> Option<u64> {
    let side = Side::Copy;
    let mut part: Head = tree::at(lens, side, 0)?;
    // Five parts at most: the head, where the others are, the film, its tracks, places.
    for _ in 0..8 {
        let place = if part.id == SEGMENT { part.content } else { part.end()? };
        part = tree::at(lens, side, place)?;
        if part.id == CLUSTER {
            return Some(place);
        }
    }
    None
}

/// Whether all in front of the clusters is as it must be.
pub(super) fn is_front(film: &Film, walk: &Walk, start: u64, lens: &mut Lens) -> Option<()> {
    let found = lens.whole(Side::Copy, &(0..start))?;
    let name: &[u8] = if film.kind() == Kind::Webm { b"webm" } else { b"matroska" };
    let numbers = |ids: [(u32, u64); 4]| ids.map(|(id, number)| count(id, number)).concat();
    let head = [
        numbers([(0x4286, 1), (0x42F7, 1), (0x42F2, 4), (0x42F3, 8)]),
        element(0x4282, name),
        count(0x4287, 4),
        count(0x4285, 2),
    ];
    let info = [
        count(0x2A_D7B1, film.unit),
        eight(0x4489, real(walk.length).to_be_bytes()),
        element(0x4D80, b"none"),
        element(0x5741, b"none"),
    ];
    let info = element(INFO, &info.concat());
    let tracks = tracks::written(&film.tracks);
    let size = lens.length(Side::Copy);
    let head = element(HEAD, &head.concat());
    let before = head.len() as u64;
    // The segment goes to the end, whatever its length needs.
    let body = (1..9).find_map(|bytes| {
        let content = size.checked_sub(before + 4 + bytes)?;
        (tree::length(content).len() as u64 == bytes).then_some(content)
    })?;
    let segment = begin(SEGMENT, body);
    let place = |at: u64| at - before - segment.len() as u64;
    let cues = cues(walk, place);
    let rest = start.checked_sub((info.len() + tracks.len() + cues.len()) as u64)?;
    let mut parts = vec![(INFO, place(rest)), (TRACKS, place(rest) + info.len() as u64)];
    if !cues.is_empty() {
        parts.push((CUES, place(start) - cues.len() as u64));
    }
    let seek = parts.into_iter().flat_map(|(id, place)| {
        let content = [element(0x53AB, &id.to_be_bytes()), eight(0x53AC, place.to_be_bytes())];
        element(0x4DBB, &content.concat())
    });
    let seek = element(0x114D_9B74, &seek.collect::<Vec<_>>());
    ([head, segment, seek, info, tracks, cues].concat() == found).then_some(())
}

/// Places to begin with, counted from the beginning of the segment.
fn cues(walk: &Walk, place: impl Fn(u64) -> u64) -> Vec<u8> {
    let all = walk.cues.iter().flat_map(|&(time, track, cluster)| {
        let positions = [count(0xF7, track), eight(0xF1, place(cluster).to_be_bytes())].concat();
        element(0xBB, &[count(0xB3, time), element(0xB7, &positions)].concat())
    });
    let all: Vec<u8> = all.collect();
    if all.is_empty() { all } else { element(CUES, &all) }
}

/// A number as a fraction.
#[expect(clippy::cast_precision_loss, reason = "a length of centuries in nanoseconds")]
fn real(number: u64) -> f64 {
    number as f64
}
