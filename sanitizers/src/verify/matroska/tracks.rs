//! Tracks as they must stand in the copy.

use super::settings;
use super::tree::{self, count, eight, element, natural, one, real, row};
use crate::verify::film::codings::Samples;

type Row<'a> = [(u32, &'a [u8])];

/// A track that is seen or heard.
pub(super) struct Track {
    pub(super) number: u64,
    pub(super) is_sound: bool,
    pub(super) is_webm: bool,
    pub(super) is_mp3: bool,
    /// What must stand in the copy.
    pub(super) bytes: Vec<u8>,
    pub(super) samples: Samples,
    /// What is put back in front of each frame.
    pub(super) front: Vec<u8>,
    /// Nanoseconds of a frame.
    pub(super) lasts: u64,
}

/// The tracks of the original.
pub(super) fn all(tracks: &[u8]) -> Option<Vec<Track>> {
    let mut found = Vec::new();
    for (id, content) in row(tracks)? {
        if id != 0xAE {
            continue;
        }
        let parts = row(content)?;
        let kind = natural(one(&parts, 0x83)?)?;
        if kind == 1 || kind == 2 {
            let number = found.len() as u64 + 1;
            found.push(track(&parts, kind, number)?);
        }
    }
    Some(found).filter(|found| !found.is_empty())
}

fn track(parts: &Row, kind: u64, number: u64) -> Option<Track> {
    let name = one(parts, 0x86)?.split(|&byte| byte == 0).next()?;
    let name = std::str::from_utf8(name).ok()?;
    let (settings, samples) = settings::expected(name, one(parts, 0x63A2))?;
    let front = one(parts, 0x6D80).map_or(Some(Vec::new()), taken_off)?;
    let mut bytes = [count(0xD7, number), count(0x73C5, number), count(0x83, kind)].concat();
    let scale = one(parts, 0x23_314F).map_or(Some(1.0), real)?;
    let is_plain = scale.to_bits() == 1_f64.to_bits() && one(parts, 0xE2).is_none();
    bytes.extend(numbers(parts, &[0xB9, 0x88, 0x23_E383, 0x56AA, 0x56BB])?);
    bytes.extend(element(0x22_B59C, b"und"));
    bytes.extend(element(0x86, name.as_bytes()));
    bytes.extend(settings.map(|settings| element(0x63A2, &settings)).unwrap_or_default());
    let id = if kind == 1 { 0xE0 } else { 0xE1 };
    let looks = row(one(parts, id)?)?;
    bytes.extend(element(id, &if kind == 1 { seen(&looks)? } else { heard(&looks)? }));
    is_plain.then_some(Track {
        number: natural(one(parts, 0xD7)?)?,
        is_sound: kind == 2,
        is_mp3: name == "A_MPEG/L3",
        is_webm: matches!(name, "V_VP8" | "V_VP9" | "V_AV1" | "A_VORBIS" | "A_OPUS"),
        bytes: element(0xAE, &bytes),
        samples,
        front,
        lasts: one(parts, 0x23_E383).map_or(Some(0), natural)?,
    })
}

/// Numbers with these names, in this order.
fn numbers(parts: &Row, ids: &[u32]) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    for &id in ids {
        if let Some(content) = one(parts, id).filter(|content| !content.is_empty()) {
            let kept = kept(id, natural(content)?)?;
            all.extend(kept.into_iter().flat_map(|number| count(id, number)));
        }
    }
    Some(all)
}

/// A number as it stays: one, none if it is left out, and nothing at all if it cannot be.
fn kept(id: u32, number: u64) -> Option<Vec<u64>> {
    let last = match id {
        0xB9 | 0x88 => return Some(vec![u64::from(number > 0)]),
        0x56BB => return Some(vec![number; usize::from(number == 80_000_000)]),
        0x9A | 0x55B7 | 0x55B8 => 2,
        0x55B9 => 3,
        0x54B2 | 0x55B3..=0x55B6 => 4,
        0x9D | 0x53B8 => 14,
        0x55B1 => 17,
        0x55BA => 18,
        0x55BB => 22,
        0x6264 | 0x55B2 => 64,
        0x23_E383 => return (number <= 900_000_000_000).then_some(vec![number]),
        0x56AA => return (number <= 1_000_000_000).then_some(vec![number]),
        0x9F => return (number < 256).then_some(vec![number]),
        _ => return (number < 1 << 16).then_some(vec![number]),
    };
    Some(vec![number; usize::from(number <= last)])
}

/// The screen on which a film was made, if it is one of three.
fn screen(parts: &Row) -> Option<Vec<u8>> {
    let of_2020 = [0.708, 0.292, 0.17, 0.797, 0.131, 0.046, 0.3127, 0.329];
    let of_p3 = [0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.3127, 0.329];
    let of_709 = [0.64, 0.33, 0.3, 0.6, 0.15, 0.06, 0.3127, 0.329];
    let dark = [0.0, 0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1];
    let said = |id: u32| one(parts, id).map_or(Some(0.0), real);
    let said: Option<Vec<f64>> = (0x55D1..=0x55DA).map(said).collect();
    let said = said?;
    let near = |number: f64, other: f64, step: f64| ((number - other) * step).abs() < 0.5;
    let is = |known: &&[f64; 8]| {
        known.iter().zip(&said).all(|(&one, &number)| near(number, one, 50_000.0))
    };
    let known = [of_2020, of_p3, of_709];
    let known = known.iter().find(is)?;
    let (most, least) = (*said.get(8)?, *said.get(9)?);
    let least = dark.into_iter().find(|&one| near(least, one, 10_000.0))?;
    let whole = most.round();
    let is_light = near(most, whole, 10_000.0) && (1.0..=10_000.0).contains(&whole);
    let all = known.iter().copied().chain([whole, least]);
    let all = (0x55D1..).zip(all).flat_map(|(id, number)| eight(id, number.to_be_bytes()));
    is_light.then(|| element(0x55D0, &all.collect::<Vec<_>>()))
}

/// The brightest light, and that of the brightest picture.
fn light(parts: &Row) -> Option<Vec<u8>> {
    let said = |id: u32| one(parts, id).map_or(Some(0), natural);
    let (most, usual) = (said(0x55BC)?, said(0x55BD)?);
    let is_right = (1..=10_000).contains(&most) && usual <= most;
    Some(if is_right { [count(0x55BC, most), count(0x55BD, usual)].concat() } else { Vec::new() })
}

/// What a compression took off each frame; any other one cannot be undone here.
fn taken_off(encodings: &[u8]) -> Option<Vec<u8>> {
    let encodings = row(encodings)?;
    let [(0x6240, encoding)] = encodings.as_slice() else { return None };
    let parts = row(encoding)?;
    let number = |parts: &Row, id, usual| one(parts, id).map_or(Some(usual), natural);
    let packed = row(one(&parts, 0x5034)?)?;
    let right = number(&parts, 0x5033, 0)? == 0
        && number(&parts, 0x5032, 1)? == 1
        && number(&packed, 0x4254, 0)? == 3;
    let front = one(&packed, 0x4255).unwrap_or_default();
    (right && front.len() <= 64).then(|| front.to_vec())
}

fn heard(parts: &Row) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    for id in [0xB5, 0x78B5] {
        if let Some(content) = one(parts, id).filter(|content| !content.is_empty()) {
            let rate = real(content).filter(|rate| (1.0..=10_000_000.0).contains(rate))?;
            (rate.rem_euclid(1.0).to_bits() == 0).then_some(())?;
            all.extend(eight(id, rate.to_be_bytes()));
        }
    }
    all.extend(numbers(parts, &[0x9F, 0x6264])?);
    Some(all)
}

fn seen(parts: &Row) -> Option<Vec<u8>> {
    let sizes =
        [0x9A, 0x9D, 0x53B8, 0xB0, 0xBA, 0x54AA, 0x54BB, 0x54CC, 0x54DD, 0x54B0, 0x54BA, 0x54B2];
    let mut all = numbers(parts, &sizes)?;
    if let Some(colour) = one(parts, 0x55B0) {
        let colour = row(colour)?;
        let ids: Vec<u32> = (0x55B1..=0x55BB).collect();
        let mut content = numbers(&colour, &ids)?;
        content.extend(light(&colour)?);
        if let Some(said) = one(&colour, 0x55D0) {
            content.extend(screen(&row(said)?).unwrap_or_default());
        }
        all.extend(element(0x55B0, &content));
    }
    if let Some(projection) = one(parts, 0x7670) {
        let roll = quarter(&row(projection)?)?;
        if roll.abs() > 0.0 {
            all.extend(element(0x7670, &eight(0x7675, roll.to_be_bytes())));
        }
    }
    Some(all)
}

/// By how much a flat picture is turned.
fn quarter(parts: &Row) -> Option<f64> {
    let angle = |id| one(parts, id).map_or(Some(0.0), real);
    let flat = one(parts, 0x7671).map_or(Some(0), natural)? == 0
        && angle(0x7673)?.abs() <= 0.0
        && angle(0x7674)?.abs() <= 0.0;
    let roll = angle(0x7675)?;
    let turns = [-360.0, -270.0, -180.0, -90.0, 0.0, 90.0, 180.0, 270.0, 360.0_f64];
    (flat && turns.iter().any(|turn| (turn - roll).abs() <= 0.0)).then_some(roll)
}

/// A text of the settings of the film.
pub(super) fn text(content: &[u8]) -> &[u8] {
    content.split(|&byte| byte == 0).next().unwrap_or_default()
}

/// `Tracks` as it must stand in the copy.
pub(super) fn written(tracks: &[Track]) -> Vec<u8> {
    let all: Vec<u8> = tracks.iter().flat_map(|track| track.bytes.clone()).collect();
    tree::element(0x1654_AE6B, &all)
}
