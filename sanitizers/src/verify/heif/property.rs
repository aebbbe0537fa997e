//! What properties say, and whether a copy says it in the one form.

use super::list::{Item, Property};
use crate::verify::boxes::Numbers;
use crate::verify::icc;

/// Names of transparency.
const ALPHA: [&[u8]; 2] =
    [b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1"];

/// Properties that change the picture, in the order in which they stand.
const CHANGES: [[u8; 4]; 3] = [*b"clap", *b"irot", *b"imir"];

/// Whether a body of `auxC` says that a picture is transparency.
pub(super) fn says_alpha(body: &[u8]) -> bool {
    let said = body.get(4..).unwrap_or_default();
    ALPHA.iter().any(|name| said.strip_prefix(*name).is_some_and(|rest| rest.first() == Some(&0)))
}

/// Whether properties of the copy are on the list, in their form and in their order.
pub(super) fn are_canonical(properties: &[Property]) -> bool {
    let mut last = 0;
    let mut seen = Vec::new();
    properties.iter().all(|((name, body), essential)| {
        let Some((place, must)) = place(*name, body) else { return false };
        let fits = place >= last && !seen.contains(&(place, *name)) && must == *essential;
        last = place;
        seen.push((place, *name));
        fits && is_canonical(*name, body) == Some(true)
    })
}

/// Where a property stands, and whether a viewer has to understand it.
fn place(name: [u8; 4], body: &[u8]) -> Option<(u8, bool)> {
    Some(match &name {
        b"ispe" => (0, false),
        b"pixi" => (1, false),
        b"hvcC" | b"av1C" => (2, true),
        b"colr" if body.starts_with(b"nclx") => (3, false),
        b"colr" => (4, false),
        b"pasp" => (5, false),
        b"auxC" => (6, false),
        name if CHANGES.contains(name) => (7, true),
        _ => return None,
    })
}

fn is_canonical(name: [u8; 4], body: &[u8]) -> Option<bool> {
    Some(match &name {
        b"ispe" => body.len() == 12 && body.get(..4)? == [0; 4],
        b"pixi" => {
            let (head, bits) = body.split_at_checked(5)?;
            head.get(..4)? == [0; 4]
                && head.get(4).map(|&count| usize::from(count)) == Some(bits.len())
                && (1..=4).contains(&bits.len())
                && bits.iter().all(|bits| (1..=16).contains(bits))
        }
        // Compared with the units themselves.
        b"hvcC" => true,
        b"av1C" => body.len() == 4 && body.first() == Some(&0x81),
        b"colr" => match body.split_first_chunk()? {
            (b"nclx", numbers) => {
                numbers.len() == 7
                    && matches!(numbers.last()?, 0 | 0x80)
                    && colours(numbers)?.as_slice() == numbers
            }
            (b"prof", profile) => icc::is_canonical(profile),
            _ => false,
        },
        b"pasp" => {
            body.len() == 8
                && shape(body)? == *plain(body)?.first()?
                && body.get(..4) != body.get(4..)
        }
        b"auxC" => {
            says_alpha(body)
                && body.get(..4)? == [0; 4]
                && memchr::memchr_iter(0, body.get(4..)?).eq([body.len() - 5])
        }
        b"clap" => body.len() == 32 && crop(body)? == plain(body)?,
        b"irot" => matches!(body, [0..=3]),
        b"imir" => matches!(body, [0 | 1]),
        _ => false,
    })
}

/// Numbers above and below a line.
pub(in crate::verify) type Fractions = Vec<(i64, i64)>;

/// Pairs of numbers; the last two of a crop may be negative.
fn plain(body: &[u8]) -> Option<Fractions> {
    let mut numbers = Numbers(body);
    let mut all = Vec::new();
    while !numbers.0.is_empty() {
        let above = i64::try_from(numbers.take(4)?).ok()?;
        let below = i64::try_from(numbers.take(4)?).ok()?;
        let negative = all.len() > 1 && above >= 1 << 31;
        all.push((if negative { above - (1 << 32) } else { above }, below));
    }
    Some(all)
}

/// The same as fractions that cannot be made simpler.
fn fractions(body: &[u8]) -> Option<Fractions> {
    let simple = |(above, below): (i64, i64)| {
        let (mut a, mut b) = (above.abs(), below);
        while b > 0 {
            (a, b) = (b, a % b);
        }
        (below > 0).then(|| (above / a, below / a))
    };
    plain(body)?.into_iter().map(simple).collect()
}

/// The fractions of a crop, none of which is too fine or too large.
pub(in crate::verify) fn crop(body: &[u8]) -> Option<Fractions> {
    let all = fractions(body.get(..32)?)?;
    let is_small = |&(above, below): &(i64, i64)| above.abs() < 1 << 20 && below <= 128;
    all.iter().all(is_small).then_some(all)
}

/// The shape of a pixel, in numbers that are not too large.
pub(in crate::verify) fn shape(body: &[u8]) -> Option<(i64, i64)> {
    let all = fractions(body.get(..8)?)?;
    all.first().copied().filter(|&(wide, high)| wide.max(high) < 1 << 16 && wide > 0)
}

/// Colour numbers as a copy has them: what no table has is not known.
pub(in crate::verify) fn colours(numbers: &[u8]) -> Option<Vec<u8>> {
    let known: [&[u8]; 3] = [
        &[1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 22],
        &[1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18],
        &[0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
    ];
    let mut all = Vec::new();
    for (pair, known) in numbers.chunks(2).zip(known) {
        let low = *pair.get(1)?;
        let is_known = pair.first() == Some(&0) && known.contains(&low);
        all.extend([0, if is_known { low } else { 2 }]);
    }
    all.extend(numbers.get(6).map(|range| range & 0x80));
    (all.len() == numbers.len()).then_some(all)
}

/// What is seen of properties, in the words of this reader.
#[derive(Debug, PartialEq)]
pub(super) struct Shown {
    size: (u64, u64),
    depth: Vec<u8>,
    colours: Vec<u8>,
    aspect: (i64, i64),
    changes: Vec<([u8; 4], Fractions)>,
}

/// What is seen of these properties; none if they cannot be read.
pub(super) fn shown(properties: &[Property]) -> Option<Shown> {
    let mut shown = Shown {
        size: (0, 0),
        depth: Vec::new(),
        colours: Vec::new(),
        aspect: (1, 1),
        changes: Vec::new(),
    };
    for ((name, body), _) in properties {
        let mut numbers = Numbers(body);
        match name {
            b"ispe" => {
                numbers.take(4)?;
                shown.size = (numbers.take(4)?, numbers.take(4)?);
            }
            b"pixi" => {
                numbers.take(4)?;
                let count = numbers.count(1)?;
                shown.depth = numbers.bytes(count)?.to_vec();
            }
            b"colr" if body.starts_with(b"nclx") => {
                shown.colours = colours(body.get(4..11)?)?;
            }
            b"pasp" => shown.aspect = *fractions(body)?.first()?,
            b"clap" => shown.changes.push((*name, fractions(body)?)),
            b"irot" => shown.changes.push((*name, vec![(i64::from(*body.first()? & 3), 1)])),
            b"imir" => shown.changes.push((*name, vec![(i64::from(*body.first()? & 1), 1)])),
            _ => {}
        }
    }
    Some(shown)
}

/// Whether a profile in the copy stands for one in the original.
pub(super) fn is_profile_issued(our: &Item, their: &Item) -> bool {
    let has = |item: &Item| {
        item.properties.iter().any(|((name, body), _)| {
            *name == *b"colr" && (body.starts_with(b"prof") || body.starts_with(b"rICC"))
        })
    };
    !has(our) || has(their)
}

/// Whether both are put together in the same way; the copy says so in the shortest form.
pub(super) fn same_plan(our: &Item, their: &Item) -> Option<()> {
    let grid = our.kind == *b"grid";
    let (ours, theirs) = (plan(&our.data, grid)?, plan(&their.data, grid)?);
    let short = *our.data.get(1)? == 0;
    let fits = |number: &i64| i16::try_from(*number).is_ok();
    let sides_fit = ours.sides.iter().all(|&side| side < 1 << 16);
    let is_short = sides_fit && ours.places.iter().all(fits);
    let size = |item: &Item| Some(item.property(*b"ispe")?.get(4..)?.to_vec());
    let whole: Vec<u8> = ours.sides.iter().flat_map(|side| side.to_be_bytes()).collect();
    (ours == theirs && short == is_short && size(our)? == whole).then_some(())
}

/// Numbers before the size, the size, and places.
#[derive(PartialEq)]
struct Plan {
    before: Vec<u8>,
    sides: [u32; 2],
    places: Vec<i64>,
}

fn plan(data: &[u8], grid: bool) -> Option<Plan> {
    let mut numbers = Numbers(data);
    (numbers.take(1)? == 0).then_some(())?;
    let width = if numbers.take(1)? == 1 { 4 } else { 2 };
    let before = numbers.bytes(if grid { 2 } else { 8 })?.to_vec();
    let mut side = || u32::try_from(numbers.take(width)?).ok();
    let sides = [side()?, side()?];
    let mut places = Vec::new();
    while !numbers.0.is_empty() && !grid {
        let shift = 64 - 8 * width;
        let signed = (numbers.take(width)? << shift).cast_signed() >> shift;
        places.push(signed);
    }
    numbers.0.is_empty().then_some(Plan { before, sides, places })
}
