//! Tracks: those that are kept, written anew.

use super::codec::Codec;
use super::ebml::{Part, needed, only, parts};
use super::ids::{self, Range};
use super::write;
use crate::film::{Coding, is_light, usual_screen};
use crate::refusal::{Damage, Feature, Limit};
use crate::{Category, Change, Limits, Notes, Refusal, Warning};

const PICTURES: u64 = 1;
const SOUND: u64 = 2;
const SUBTITLES: u64 = 17;

/// Bytes of what is put in front of each frame.
const MOST_STRIPPED: usize = 64;
/// The language that is none.
const NO_LANGUAGE: &[u8] = b"und";

/// A track that is kept.
#[derive(Debug)]
pub(super) struct Track {
    /// Its number in the original.
    pub(super) number: u64,
    pub(super) is_sound: bool,
    pub(super) codec: Codec,
    /// What was taken off in front of each frame.
    pub(super) stripped: Vec<u8>,
    /// Nanoseconds of a frame, if they are said.
    pub(super) duration: u64,
    /// Behind its number and kind, as it is written.
    rest: Vec<u8>,
}

/// Reads `Tracks`.
pub(super) fn tracks(
    body: &[u8],
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<Track>, Refusal> {
    let mut tracks = Vec::new();
    for part in parts(body, limits.depth)? {
        if part.id == ids::TRACK_ENTRY {
            tracks.extend(track(&parts(part.body, limits.segments)?, limits, notes)?);
        } else {
            note(&part, notes);
        }
    }
    let numbers: std::collections::BTreeSet<_> = tracks.iter().map(|track| track.number).collect();
    if numbers.len() < tracks.len() {
        return Err(Refusal::Damaged(Damage::Order));
    }
    // Players show one of them.
    if tracks.iter().filter(|track| !track.is_sound).count() > 1 {
        notes.warn(Warning::HiddenParts);
    }
    if tracks.is_empty() {
        return Err(Refusal::Feature(Feature::Codec));
    }
    Ok(tracks)
}

/// Reads one track, if it is kept.
fn track(all: &[Part], limits: &Limits, notes: &mut Notes) -> Result<Option<Track>, Refusal> {
    let number = needed(all, ids::TRACK_NUMBER)?.unsigned()?;
    let kind = needed(all, ids::TRACK_TYPE)?.unsigned()?;
    if kind != PICTURES && kind != SOUND {
        let category = if kind == SUBTITLES { Category::Descriptions } else { Category::Other };
        notes.found(category);
        notes.changed(Change::PartsRemoved);
        return Ok(None);
    }
    if only(all, ids::TRACK_OPERATION)?.is_some() {
        return Err(Refusal::Feature(Feature::Construct));
    }
    if let Some(scale) = only(all, ids::TRACK_TIMESTAMP_SCALE)? {
        // It would make this track faster than the others.
        if (scale.fraction()? - 1.0).abs() > 0.0 {
            return Err(Refusal::Feature(Feature::Construct));
        }
    }
    noted(all, notes);
    let private = only(all, ids::CODEC_PRIVATE)?.map(|part| part.body);
    let codec = Codec::read(needed(all, ids::CODEC_ID)?.text(), private, notes)?;
    let stripped = stripped(all, limits)?;
    if !stripped.is_empty() && !matches!(codec.coding, Coding::Whole | Coding::Mp3) {
        return Err(Refusal::Feature(Feature::Filter));
    }
    let mut rest =
        numbers(all, ids::TRACK.allowed, ids::TRACK.forbidden, |id| ids::TRACK.allows(id))?;
    rest.extend(write::element(ids::LANGUAGE, NO_LANGUAGE));
    rest.extend(write::element(ids::CODEC_ID, codec.name.as_bytes()));
    if let Some(private) = &codec.private {
        rest.extend(write::element(ids::CODEC_PRIVATE, private));
    }
    let enabled = only(all, ids::ENABLED)?.filter(|part| !part.body.is_empty());
    if enabled.map_or(Ok(1), |part| part.unsigned())? == 0 {
        notes.warn(Warning::HiddenParts);
    }
    let is_sound = kind == SOUND;
    let id = if is_sound { ids::AUDIO } else { ids::VIDEO };
    let shown = parts(needed(all, id)?.body, limits.segments)?;
    let shown = if is_sound { sound(&shown, notes)? } else { pictures(&shown, limits, notes)? };
    rest.extend(write::element(id, &shown));
    let duration = only(all, ids::DEFAULT_DURATION)?.map_or(Ok(0), |part| part.unsigned())?;
    Ok(Some(Track { number, is_sound, codec, stripped, duration, rest }))
}

impl Track {
    /// The track as it is written, under a number of ours.
    pub(super) fn written(&self, number: u64) -> Vec<u8> {
        let body = [
            write::unsigned(ids::TRACK_NUMBER, number),
            write::unsigned(ids::TRACK_UID, number),
            write::unsigned(ids::TRACK_TYPE, if self.is_sound { SOUND } else { PICTURES }),
            self.rest.clone(),
        ];
        write::element(ids::TRACK_ENTRY, &body.concat())
    }
}

/// Counts all parts that are left out.
fn noted(all: &[Part], notes: &mut Notes) {
    for part in all {
        note(part, notes);
    }
}

/// Counts a part of a track that is left out.
fn note(part: &Part, notes: &mut Notes) {
    let category = match part.id {
        ids::NAME => Category::Descriptions,
        ids::CODEC_NAME | ids::CODEC_SETTINGS => Category::Software,
        // From where a decoder could be fetched.
        ids::CODEC_INFO | ids::CODEC_DOWNLOAD => Category::Links,
        ids::LANGUAGE | ids::LANGUAGE_BCP47 if part.text() == NO_LANGUAGE => return,
        ids::VOID if part.body.iter().all(|&byte| byte == 0) => return,
        ids::VOID => Category::StrayBytes,
        ids::ATTACHMENT_LINK => Category::EmbeddedFiles,
        ids::TRACK_UID if part.body.len() > 1 => Category::Identifiers,
        id if ids::SILENT.contains(&id) && part.body.len() <= 8 => return,
        id if ids::READ.iter().any(|list| list.contains(&id)) => return,
        _ => Category::Other,
    };
    notes.found(category);
}

/// Numbers that are on a list, in its order.
fn numbers(
    all: &[Part],
    allowed: &[u32],
    forbidden: &[u32],
    allows: impl Fn(&u32) -> bool,
) -> Result<Vec<u8>, Refusal> {
    let mut written = Vec::new();
    for &id in allowed.iter().chain(forbidden).filter(|id| allows(id)) {
        let Some(part) = only(all, id)?.filter(|part| !part.body.is_empty()) else { continue };
        let number = part.unsigned()?;
        let kept = match ids::range(id) {
            Range::Flag => Some(number.min(1)),
            Range::List(last) => Some(number).filter(|&number| number <= last),
            Range::Only(one) => Some(number).filter(|&number| number == one),
            Range::Most(most) if number > most => return Err(Refusal::Damaged(Damage::Value)),
            Range::Most(_) => Some(number),
        };
        written.extend(kept.map(|number| write::unsigned(id, number)).unwrap_or_default());
    }
    Ok(written)
}

/// What was taken off in front of each frame, to be put back.
fn stripped(all: &[Part], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let Some(encodings) = only(all, ids::ENCODINGS)? else { return Ok(Vec::new()) };
    let filter = Refusal::Feature(Feature::Filter);
    let encodings = parts(encodings.body, limits.depth)?;
    let [encoding] = encodings.as_slice() else { return Err(filter) };
    let all = parts(encoding.body, limits.depth)?;
    let number = |parts: &[Part], id| only(parts, id)?.map(|part| part.unsigned()).transpose();
    if number(&all, ids::ENCODING_TYPE)?.unwrap_or(0) != 0 {
        return Err(Refusal::Password);
    }
    let Some(compression) = only(&all, ids::COMPRESSION)? else { return Err(filter) };
    let compression = parts(compression.body, limits.depth)?;
    let is_stripped = number(&compression, ids::COMPRESSION_ALGORITHM)? == Some(3);
    let settings = only(&compression, ids::COMPRESSION_SETTINGS)?.map_or(&[][..], |one| one.body);
    let of_frames = number(&all, ids::ENCODING_SCOPE)?.unwrap_or(1) == 1;
    if encoding.id != ids::ENCODING || !is_stripped || !of_frames {
        return Err(filter);
    }
    if settings.len() > MOST_STRIPPED {
        Err(Refusal::Limit(Limit::Parts))
    } else {
        Ok(settings.to_vec())
    }
}

/// `Audio` as it is written.
fn sound(all: &[Part], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let mut written = Vec::new();
    for id in [ids::SAMPLING_FREQUENCY, ids::OUTPUT_FREQUENCY] {
        if let Some(part) = only(all, id)?.filter(|part| !part.body.is_empty()) {
            let rate = part.fraction()?;
            if !(1.0..=10_000_000.0).contains(&rate) || rate.fract() > 0.0 {
                return Err(Refusal::Damaged(Damage::Value));
            }
            written.extend(write::fraction(id, rate));
        }
    }
    let known = [ids::CHANNELS, ids::BIT_DEPTH];
    written.extend(numbers(all, &known, &[], |_| true)?);
    noted(all, notes);
    Ok(written)
}

/// `Video` as it is written.
fn pictures(all: &[Part], limits: &Limits, notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let list = &ids::PICTURE;
    let allows = |id: &u32| list.allows(id);
    let mut written = numbers(all, list.allowed, list.forbidden, allows)?;
    for id in ids::CROPS {
        if only(all, id)?.map_or(Ok(0), |part| part.unsigned())? > 0 {
            notes.warn(Warning::CroppedArea);
        }
    }
    if only(all, ids::ALPHA_MODE)?.map_or(Ok(0), |part| part.unsigned())? > 0 {
        notes.found(Category::HiddenPictures);
        notes.changed(Change::PartsRemoved);
    }
    if let Some(colour) = only(all, ids::COLOUR)? {
        let colour = colours(&parts(colour.body, limits.segments)?, limits, notes)?;
        written.extend(write::element(ids::COLOUR, &colour));
    }
    if let Some(projection) = only(all, ids::PROJECTION)? {
        written.extend(turned(&parts(projection.body, limits.segments)?, notes)?);
    }
    noted(all, notes);
    Ok(written)
}

fn colours(all: &[Part], limits: &Limits, notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let mut written = numbers(all, &ids::COLOURS, &[], |_| true)?;
    let mut light = [0; 2];
    for (number, id) in light.iter_mut().zip(ids::LIGHT) {
        *number = only(all, id)?.map_or(Ok(0), |part| part.unsigned())?;
    }
    let [most, usual] = light.map(|number| u16::try_from(number).unwrap_or(u16::MAX));
    if is_light(most, usual) && most > 0 {
        let both = ids::LIGHT.iter().zip([most, usual]);
        written.extend(both.flat_map(|(&id, number)| write::unsigned(id, number.into())));
    } else if light != [0; 2] {
        notes.found(Category::ColourProfiles);
    }
    if let Some(screen) = only(all, ids::MASTERING)? {
        let screen = parts(screen.body, limits.segments)?;
        let mut said = [0.0; 10];
        for (number, id) in said.iter_mut().zip(ids::SCREEN) {
            *number = only(&screen, id)?.map_or(Ok(0.0), |part| part.fraction())?;
        }
        if let Some(known) = usual_screen(said) {
            let known = ids::SCREEN.iter().zip(known);
            let body: Vec<u8> =
                known.flat_map(|(&id, number)| write::fraction(id, number)).collect();
            written.extend(write::element(ids::MASTERING, &body));
        } else {
            notes.found(Category::ColourProfiles);
        }
    }
    noted(all, notes);
    Ok(written)
}

/// Which way up: a flat picture that is turned by quarters.
fn turned(all: &[Part], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let construct = Refusal::Feature(Feature::Construct);
    if only(all, ids::PROJECTION_TYPE)?.map_or(Ok(0), |part| part.unsigned())? != 0 {
        return Err(construct);
    }
    noted(all, notes);
    let mut roll = 0.0;
    for part in all.iter().filter(|part| (0x7673..=0x7675).contains(&part.id)) {
        let angle = part.fraction()?;
        if (angle % 90.0).abs() > 0.0 || angle.abs() > 360.0 {
            return Err(construct);
        }
        match part.id {
            ids::ROLL => roll = angle,
            _ if angle.abs() > 0.0 => return Err(construct),
            _ => {}
        }
    }
    if roll.abs() > 0.0 {
        return Ok(write::element(ids::PROJECTION, &write::fraction(ids::ROLL, roll)));
    }
    Ok(Vec::new())
}
