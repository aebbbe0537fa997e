//! The segment: all of the film, part by part.

use super::cluster::Clusters;
use super::ebml::{Element, Next, next};
use super::track::{self, Track};
use super::{ids, info};
use crate::film::Window;
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Change, Limits, Notes, Refusal};

/// Bytes of the description of a film or of its tracks.
const MOST: u64 = 1 << 20;

/// What was read of a film.
pub(super) struct Film {
    /// Nanoseconds in a unit of time.
    pub(super) unit: u64,
    pub(super) tracks: Vec<Track>,
    pub(super) clusters: Clusters,
}

/// Reads the segment that begins behind the head of the file.
pub(super) fn read(
    window: &mut Window,
    start: u64,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Film, Refusal> {
    let segment = segment(window, start, notes)?;
    let all = window.length();
    if segment.body.end < all {
        behind(window, segment.body.end, notes)?;
    }
    let mut unit = None;
    let mut tracks = None;
    let mut clusters = Clusters::new(limits);
    let mut at = segment.body.start;
    loop {
        let element = match next(window, at, segment.body.end)? {
            Next::Element(element) => element,
            Next::End => break,
            // A recording that was never closed ends where it ends.
            Next::Cut(Some(element)) if !segment.sized && element.id == ids::CLUSTER => element,
            Next::Cut(_) if !segment.sized => {
                notes.found(Category::StrayBytes);
                break;
            }
            Next::Cut(_) => return Err(Refusal::Truncated),
        };
        clusters.spend()?;
        at = element.body.end;
        match element.id {
            ids::INFO if unit.is_none() && clusters.is_empty() => {
                unit = Some(info::unit(&whole(window, &element)?, limits, notes)?);
            }
            ids::TRACKS if tracks.is_none() && clusters.is_empty() => {
                tracks = Some(track::tracks(&whole(window, &element)?, limits, notes)?);
            }
            ids::CLUSTER => {
                let tracks = tracks.as_deref().ok_or(Refusal::Damaged(Damage::Order))?;
                let unit = unit.ok_or(Refusal::Damaged(Damage::Order))?;
                let is_open = !segment.sized;
                at = clusters.add(window, (&element, is_open), (unit, tracks), notes)?;
            }
            ids::INFO | ids::TRACKS => return Err(Refusal::Damaged(Damage::Order)),
            ids::EBML | ids::SEGMENT => return Err(Refusal::Feature(Feature::Construct)),
            _ if !element.sized => return Err(Refusal::Damaged(Damage::Length)),
            id if ids::PARTS.allows(&id) => clusters.keep(element.start..element.body.end),
            _ => note(window, &element, notes)?,
        }
    }
    let unit = unit.ok_or(Refusal::Damaged(Damage::Missing))?;
    let tracks = tracks.ok_or(Refusal::Damaged(Damage::Missing))?;
    if clusters.is_empty() {
        return Err(Refusal::Damaged(Damage::Missing));
    }
    Ok(Film { unit, tracks, clusters })
}

/// Finds the segment, which some fill follows the head of the file.
fn segment(window: &mut Window, mut at: u64, notes: &mut Notes) -> Result<Element, Refusal> {
    loop {
        let end = window.length();
        match next(window, at, end)? {
            Next::Element(element) if element.id == ids::SEGMENT => return Ok(element),
            Next::Element(element) if element.id == ids::VOID && element.sized => {
                note(window, &element, notes)?;
                at = element.body.end;
            }
            Next::Element(_) => return Err(Refusal::Damaged(Damage::Order)),
            Next::End | Next::Cut(_) => return Err(Refusal::Truncated),
        }
    }
}

/// What is behind the segment: bytes of no meaning, unless another film begins there.
fn behind(window: &mut Window, at: u64, notes: &mut Notes) -> Result<(), Refusal> {
    let end = window.length();
    if let Ok(Next::Element(element)) = next(window, at, end)
        && [ids::EBML, ids::SEGMENT, ids::CLUSTER].contains(&element.id)
    {
        return Err(Refusal::Feature(Feature::Construct));
    }
    notes.found(Category::StrayBytes);
    Ok(())
}

fn whole(window: &mut Window, element: &Element) -> Result<Vec<u8>, Refusal> {
    let size = element.body.end - element.body.start;
    if !element.sized || size > MOST {
        return Err(Refusal::Limit(Limit::Parts));
    }
    let size = usize::try_from(size).map_err(|_| Refusal::Internal)?;
    Ok(window.bytes(element.body.start, size)?.to_vec())
}

/// Counts a part that is left out.
pub(super) fn note(
    window: &mut Window,
    element: &Element,
    notes: &mut Notes,
) -> Result<(), Refusal> {
    match element.id {
        ids::SEEK_HEAD | ids::CUES | ids::CRC => {}
        ids::VOID if is_empty(window, element)? => {}
        ids::VOID => notes.found(Category::StrayBytes),
        ids::TAGS | ids::CHAPTERS => notes.found(Category::Descriptions),
        ids::ATTACHMENTS => {
            notes.found(Category::EmbeddedFiles);
            notes.changed(Change::EmbeddedFilesRemoved);
        }
        _ => notes.found(Category::Other),
    }
    Ok(())
}

/// Whether all bytes are noughts.
fn is_empty(window: &mut Window, element: &Element) -> Result<bool, Refusal> {
    let mut at = element.body.start;
    while at < element.body.end {
        let count = usize::try_from((element.body.end - at).min(1 << 15)).unwrap_or_default();
        if window.bytes(at, count)?.iter().any(|&byte| byte != 0) {
            return Ok(false);
        }
        at += count as u64;
    }
    Ok(true)
}
