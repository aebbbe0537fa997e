//! Properties of items: the few that say how to decode and how to show.

use super::meta::{Item, Meta};
use super::{av1, hevc, left_out};
use crate::allow::AllowList;
use crate::boxes::{Fields, Name, Part, full};
use crate::refusal::{Damage, Feature};
use crate::{Category, Change, Notes, Refusal, icc};

/// Properties that are read and written anew.
pub(crate) const PROPERTIES: AllowList<Name> = AllowList {
    name: "heif properties",
    allowed: &[
        *b"ispe", *b"pixi", *b"hvcC", *b"av1C", *b"colr", *b"pasp", *b"auxC", *b"clap", *b"irot",
        *b"imir",
    ],
    forbidden: &[*b"udes", *b"altt", *b"crtt", *b"mdft", *b"mdcv", *b"cmin", *b"uuid"],
};

/// What becomes of the properties on the list, in the order in which they are written.
const KEPT: [(&Name, &str); 10] = [
    (b"ispe", "width and height"),
    (b"pixi", "bits of a pixel"),
    (b"hvcC", "parameter sets of HEVC; what stands in front of them is made from them"),
    (b"av1C", "profile, level and form of AV1"),
    (b"colr", "colour numbers (nclx), and a profile, issued anew"),
    (b"pasp", "form of a pixel, if it is no square"),
    (b"auxC", "that a picture is the transparency of another one"),
    (b"clap", "crop"),
    (b"irot", "rotation"),
    (b"imir", "mirroring"),
];

/// The allow-list as lines of text.
pub(super) fn explain() -> Vec<String> {
    KEPT.iter().map(|(name, what)| format!("{}: {what}", name.escape_ascii())).collect()
}

/// Names of pictures beside another one that are its transparency (ISO/IEC 23008-12,
/// 6.5.8; AVIF 4.1).
pub(crate) const ALPHA: AllowList<&[u8]> = AllowList {
    name: "heif auxiliary pictures",
    allowed: &[b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1"],
    forbidden: &[
        b"urn:mpeg:mpegB:cicp:systems:auxiliary:depth",
        b"urn:mpeg:hevc:2015:auxid:2",
        b"urn:com:apple:photo:2018:aux:portraiteffectsmatte",
        b"urn:com:apple:photo:2020:aux:hdrgainmap",
    ],
};

/// What a picture beside another one is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Auxiliary {
    /// Transparency, under this name.
    Alpha(&'static [u8]),
    GainMap,
    Other,
}

/// What an item is for, if it says that it belongs to another one.
pub(super) fn auxiliary(meta: &Meta, item: &Item) -> Option<Auxiliary> {
    let place = |number: &usize| number.checked_sub(1);
    let mut uses = item.properties.iter().filter_map(|(number, _)| meta.uses.get(place(number)?));
    uses.find_map(|purpose| *purpose)
}

/// What each property says that items are for. Many items can have the same one.
pub(super) fn uses(properties: &[Part]) -> Vec<Option<Auxiliary>> {
    let read = |part: &Part| {
        if part.name == *b"auxC" { purpose(part.body).ok() } else { None }
    };
    properties.iter().map(read).collect()
}

fn purpose(body: &[u8]) -> Result<Auxiliary, Refusal> {
    let mut fields = Fields::of(body);
    fields.full()?;
    let name = fields.text()?;
    let known = ALPHA.allowed.iter().chain(ALPHA.forbidden).find(|one| **one == name);
    Ok(match known {
        Some(known) if ALPHA.allows(known) => Auxiliary::Alpha(known),
        _ if name.ends_with(b"hdrgainmap") => Auxiliary::GainMap,
        _ => Auxiliary::Other,
    })
}

/// One property, read.
#[derive(Clone, Debug)]
pub(super) enum Property {
    Size(u32, u32),
    /// Bits of each channel.
    Depth(Vec<u8>),
    Hevc(hevc::Config),
    Av1([u8; 4]),
    Numbers([u8; 7]),
    /// None if it could not be issued.
    Profile(Option<Vec<u8>>),
    Aspect([u32; 2]),
    Auxiliary(Auxiliary),
    Crop([u32; 8]),
    Turn(u8),
    Mirror(u8),
    /// Not on the list.
    Unknown,
}

impl Property {
    /// Reads one, and counts what is not kept of it.
    pub(super) fn read(part: &Part, notes: &mut Notes) -> Result<Property, Refusal> {
        if !PROPERTIES.allows(&part.name) {
            notes.found(left_out::property(part.name));
            return Ok(Property::Unknown);
        }
        let mut fields = Fields::of(part.body);
        let property = match &part.name {
            b"hvcC" => return hevc::config(part.body, notes).map(Property::Hevc),
            b"av1C" => return av1::config(part.body, notes).map(Property::Av1),
            b"colr" => return colour(part.body, notes),
            b"pixi" => return depth(part.body, notes),
            b"auxC" => {
                let auxiliary = purpose(part.body)?;
                fields.full()?;
                fields.text()?;
                notes.found_many(Category::Other, u32::from(!fields.rest().is_empty()));
                return Ok(Property::Auxiliary(auxiliary));
            }
            b"ispe" => {
                fields.full()?;
                Property::Size(fields.word()?, fields.word()?)
            }
            b"pasp" => Property::Aspect(shape(&mut fields)?),
            b"clap" => Property::Crop(crop(&mut fields)?),
            b"irot" => Property::Turn(fields.byte()? & 3),
            b"imir" => Property::Mirror(fields.byte()? & 1),
            _ => return Err(Refusal::Feature(Feature::Coding)),
        };
        fields.end()?;
        Ok(property)
    }

    /// Place among the properties of an item; those that change the picture come last, in
    /// the order they are applied in.
    pub(super) fn place(&self) -> Option<u8> {
        match self {
            Property::Size(..) => Some(0),
            Property::Depth(_) => Some(1),
            Property::Hevc(_) | Property::Av1(_) => Some(2),
            Property::Numbers(_) => Some(3),
            Property::Profile(Some(_)) => Some(4),
            Property::Aspect([wide, high]) => (wide != high).then_some(5),
            Property::Auxiliary(Auxiliary::Alpha(_)) => Some(6),
            Property::Crop(_) | Property::Turn(_) | Property::Mirror(_) => Some(7),
            Property::Auxiliary(_) | Property::Profile(None) | Property::Unknown => None,
        }
    }

    /// Name and body in the copy, and whether a viewer has to understand it.
    pub(super) fn written(&self) -> Option<(Name, Vec<u8>, bool)> {
        let numbers = |numbers: &[u32]| -> Vec<u8> {
            numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
        };
        let plain = full(0, 0);
        Some(match self {
            Property::Size(w, h) => (*b"ispe", [&plain[..], &numbers(&[*w, *h])].concat(), false),
            Property::Depth(bits) => {
                let count = u8::try_from(bits.len()).ok()?;
                (*b"pixi", [&plain[..], &[count], bits].concat(), false)
            }
            Property::Hevc(config) => (*b"hvcC", config.written.clone(), true),
            Property::Av1(config) => (*b"av1C", config.to_vec(), true),
            Property::Numbers(rest) => (*b"colr", [&b"nclx"[..], rest].concat(), false),
            Property::Profile(profile) => {
                (*b"colr", [&b"prof"[..], profile.as_deref()?].concat(), false)
            }
            Property::Aspect(both) => (*b"pasp", numbers(both), false),
            Property::Auxiliary(Auxiliary::Alpha(name)) => {
                (*b"auxC", [&plain[..], name, &[0]].concat(), false)
            }
            Property::Crop(all) => (*b"clap", numbers(all), true),
            Property::Turn(quarters) => (*b"irot", vec![*quarters], true),
            Property::Mirror(axis) => (*b"imir", vec![*axis], true),
            Property::Auxiliary(_) | Property::Unknown => return None,
        })
    }
}

/// Bits of each channel, without what later editions add about where colours lie.
fn depth(body: &[u8], notes: &mut Notes) -> Result<Property, Refusal> {
    let mut fields = Fields::of(body);
    fields.full()?;
    let count = usize::from(fields.byte()?);
    let bits = fields.take(count)?;
    if count == 0 || count > 4 || bits.iter().any(|&bits| bits == 0 || bits > 16) {
        return Err(Refusal::Damaged(Damage::Value));
    }
    notes.found_many(Category::Other, u32::from(!fields.rest().is_empty()));
    Ok(Property::Depth(bits.to_vec()))
}

fn colour(body: &[u8], notes: &mut Notes) -> Result<Property, Refusal> {
    let mut fields = Fields::of(body);
    match &fields.four()? {
        b"nclx" => {
            let said: [u8; 6] = *fields.take(6)?.first_chunk().ok_or(Refusal::Internal)?;
            let (range, known) = (fields.byte()?, colours(said));
            let more = range & 0x7F != 0 || !fields.rest().is_empty() || known != said;
            notes.found_many(Category::Other, u32::from(more));
            let mut numbers = [range & 0x80; 7];
            numbers.get_mut(..6).ok_or(Refusal::Internal)?.copy_from_slice(&known);
            Ok(Property::Numbers(numbers))
        }
        b"prof" | b"rICC" => {
            let profile = fields.rest();
            let fits = |one: &Vec<u8>| matches!(icc::channels(one), Some(1 | 3));
            let canonical = icc::canonical(profile).filter(fits);
            if canonical.as_deref() != Some(profile) {
                notes.found(Category::ColourProfiles);
            }
            if canonical.is_none() {
                notes.changed(Change::ColoursChanged);
            }
            Ok(Property::Profile(canonical))
        }
        _ => {
            notes.found(Category::Other);
            Ok(Property::Unknown)
        }
    }
}

/// The largest part below the line of a crop: sides are cut in halves of pixels, or in pixels
/// of an old television.
const FINEST: u32 = 128;
/// The largest part above it, and the largest number of a shape.
const MOST_OF_CROP: u32 = 0xF_FFFF;
const MOST_OF_SHAPE: u32 = 0xFFFF;

/// A crop as four fractions, none of which can be written in another way.
pub(crate) fn crop(fields: &mut Fields) -> Result<[u32; 8], Refusal> {
    let mut all = [0; 8];
    let (pairs, _) = all.as_chunks_mut::<2>();
    for (number, pair) in pairs.iter_mut().enumerate() {
        let [above, below] = [fields.word()?, fields.word()?];
        // The last two are places, and may be negative.
        let negative = number > 1 && above >> 31 == 1;
        let size = if negative { above.wrapping_neg() } else { above };
        let [above, below] =
            if size == 0 && number > 1 && below > 0 { [0, 1] } else { reduced([size, below])? };
        if above > MOST_OF_CROP || below > FINEST {
            return Err(Refusal::Damaged(Damage::Value));
        }
        *pair = [if negative { above.wrapping_neg() } else { above }, below];
    }
    Ok(all)
}

/// The shape of a pixel.
pub(crate) fn shape(fields: &mut Fields) -> Result<[u32; 2], Refusal> {
    let both = reduced([fields.word()?, fields.word()?])?;
    if both.iter().all(|&number| number <= MOST_OF_SHAPE) {
        Ok(both)
    } else {
        Err(Refusal::Damaged(Damage::Value))
    }
}

/// Numbers of primaries, curve and matrix; those that no table has say nothing, as 2 does
/// (ITU-T H.273).
pub(crate) fn colours(numbers: [u8; 6]) -> [u8; 6] {
    let [a, primaries, b, curve, c, matrix] = numbers;
    let known = |high: u8, low: u8, is_known: bool| if high == 0 && is_known { low } else { 2 };
    let primaries = known(a, primaries, matches!(primaries, 1 | 4..=12 | 22));
    let curve = known(b, curve, matches!(curve, 1 | 4..=18));
    [0, primaries, 0, curve, 0, known(c, matrix, matches!(matrix, 0 | 1 | 4..=17))]
}

/// A fraction in its smallest form.
fn reduced([above, below]: [u32; 2]) -> Result<[u32; 2], Refusal> {
    let (mut a, mut b) = (above, below);
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    let both = above.checked_div(a).zip(below.checked_div(a));
    match both {
        Some((above, below)) if above > 0 && below > 0 => Ok([above, below]),
        _ => Err(Refusal::Damaged(Damage::Value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_have_one_form() {
        assert_eq!(reduced([1_000, 250]), Ok([4, 1]));
        assert_eq!(reduced([7, 7]), Ok([1, 1]));
        assert!(reduced([7, 0]).is_err());
        assert!(reduced([0, 7]).is_err());
        let bytes: Vec<u8> = [6_u32, 2, 9, 3, 0, 77, (-4_i32).cast_unsigned(), 6]
            .iter()
            .flat_map(|number| number.to_be_bytes())
            .collect();
        let last = (-2_i32).cast_unsigned();
        assert_eq!(crop(&mut Fields::of(&bytes)), Ok([3, 1, 3, 1, 0, 1, last, 3]));
    }
}
