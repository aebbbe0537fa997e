//! Says whether a clean TIFF is canonical and shows what the original shows.
//!
//! The copy is walked from its first byte to its last: strips or tiles of a page, values,
//! directory, and nothing in between. What its entries say must follow from those of the
//! original by rules that are written down here a second time. Then both are unpacked, strip
//! by strip, and must hold the same samples, but for those that no viewer shows, which must
//! be cleared in the copy.

mod expected;
mod file;
mod unpack;

use std::collections::BTreeMap;

use crate::verify::{icc, jpeg};
use crate::{Limits, ReadSeek, Refusal};
use expected::expected;
use file::{Directory, File};

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    let original = crate::read_all(original, limits)?;
    check(&original, clean, limits).ok_or(Refusal::Verification)
}

fn check(original: &[u8], clean: &[u8], limits: &Limits) -> Option<()> {
    file::is_canonical(clean)?;
    let (original, clean) = (File::open(original)?, File::open(clean)?);
    let pages = clean.directories()?;
    let mut given = original.directories()?;
    given.retain(|page| !page.is_smaller());
    (given.len() == pages.len() && !pages.is_empty()).then_some(())?;
    for (given, page) in given.iter().zip(&pages) {
        same_meaning(given, page)?;
        let used = same_parts(given, page, limits)?;
        same_palette(given, page, &used)?;
        same_profile(given, page)?;
    }
    Some(())
}

/// Whether every entry follows from the original, and none is missing.
fn same_meaning(given: &Directory, page: &Directory) -> Option<()> {
    // Where the parts lie is known, what a palette and a profile hold is looked at apart.
    const APART: [u16; 6] = [273, 279, 324, 325, 320, 34_675];
    let tags = page.tags().filter(|tag| !APART.contains(tag));
    let says: BTreeMap<u16, Vec<u64>> =
        tags.map(|tag| Some((tag, page.many(tag)?))).collect::<Option<_>>()?;
    (says == expected(given)?).then_some(())
}

/// Compares strip by strip or tile by tile. Returns which palette entries occur.
fn same_parts(given: &Directory, page: &Directory, limits: &Limits) -> Option<[bool; 256]> {
    let shape = unpack::Shape::of(page)?;
    let (ours, theirs) = (page.parts()?, given.parts_or_whole(&shape)?);
    (ours.len() as u64 == shape.count() && theirs.len() >= ours.len()).then_some(())?;
    let (mut used, all) = ([false; 256], theirs.clone());
    for (number, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        if page.one(259)? == 7 {
            let tables = given.bytes(347).unwrap_or_default();
            let whole = merged(tables, theirs)?;
            jpeg::is_bare_and_same(&whole, ours, limits).filter(|same| *same)?;
            let (columns, rows) = jpeg::size(ours)?;
            let (wide, high) = shape.stored(number)?;
            ((u64::from(columns), u64::from(rows)) == (wide, high)).then_some(())?;
            continue;
        }
        let copy = unpack::copy(page, &shape, number, ours)?;
        let mut samples = unpack::original(given, &shape, number, theirs)?;
        if let Some(over) = shape.over(number) {
            let alpha = unpack::original(given, &shape, over, all.get(over)?)?;
            shape.clear_below(&mut samples, &alpha);
        }
        shape.clear(&mut samples, number);
        (copy == samples).then_some(())?;
        if shape.is_palette() {
            shape.mark(&copy, number, &mut used);
        }
    }
    Some(used)
}

/// A JPEG with the tables that were kept apart.
fn merged(tables: &[u8], part: &[u8]) -> Option<Vec<u8>> {
    if tables.is_empty() {
        return Some(part.to_vec());
    }
    let tables = tables.get(2..)?;
    let tables = tables.strip_suffix(&[0xFF, 0xD9]).unwrap_or(tables);
    Some([&[0xFF, 0xD8], tables, part.get(2..)?].concat())
}

/// Whether the palette has the colours of the original where pixels have them, and none
/// anywhere else.
fn same_palette(given: &Directory, page: &Directory, used: &[bool; 256]) -> Option<()> {
    let Some(palette) = page.many(320) else { return (page.one(262)? != 3).then_some(()) };
    let colours = given.many(320)?;
    (page.one(262)? == 3 && palette.len() == colours.len()).then_some(())?;
    let short = colours.iter().all(|&colour| colour < 256);
    let count = palette.len() / 3;
    let is_used = |place: usize| used.get(place % count.max(1)) == Some(&true);
    let same = |(place, (colour, given)): (usize, (&u64, &u64))| match (is_used(place), short) {
        (false, _) => *colour == 0,
        (true, true) => *colour == given * 257,
        (true, false) => colour == given,
    };
    let all = palette.iter().zip(&colours).enumerate();
    // Nothing but the darkest of dark colours: they would be taken for those of eight bits.
    let dark = !short
        && palette.iter().all(|&colour| colour == 0)
        && all.clone().all(|(place, (_, given))| !is_used(place) || *given < 256);
    (dark || all.clone().all(same)).then_some(())
}

/// No profile comes from nowhere, and each is in the one form.
fn same_profile(given: &Directory, page: &Directory) -> Option<()> {
    let Some(profile) = page.bytes(34_675) else { return Some(()) };
    let channels = match page.one(262)? {
        0 | 1 => 1,
        5 => 4,
        _ => 3,
    };
    let fits = icc::is_canonical(profile) && icc::channels(profile) == Some(channels);
    (fits && given.bytes(34_675).is_some()).then_some(())
}

#[cfg(test)]
mod tests;
