//! What the entries of a copy must say, by those of the original.

use std::collections::BTreeMap;

use super::file::Directory;

/// Resolutions that many programs write.
const USUAL: [u64; 25] = [
    4800, 2400, 1200, 800, 720, 600, 400, 391, 360, 350, 300, 240, 204, 200, 196, 180, 150, 144,
    120, 100, 98, 96, 90, 75, 72,
];

/// Parts of brightness in ten-thousandths that files have.
const LUMAS: [&[u64]; 4] = [&[2990, 5870, 1140], &[2126, 7152, 722], &[2125, 7154, 721], &[0; 3]];

/// Black and white of brightness and of both differences.
const BLACKS_AND_WHITES: [&[u64]; 4] = [
    &[0, 255, 128, 255, 128, 255],
    &[0, 255, 0, 255, 0, 255],
    &[16, 235, 128, 240, 128, 240],
    &[15, 235, 128, 240, 128, 240],
];

/// All entries but those that say where the parts lie, the palette and the profile.
pub(super) fn expected(given: &Directory) -> Option<BTreeMap<u16, Vec<u64>>> {
    let samples = given.or(277, 1);
    let each = |number: u64| (0..samples.min(16)).map(|_| number).collect::<Vec<_>>();
    let (model, height) = (given.one(262)?, given.one(257)?);
    let mut all = BTreeMap::from([
        (256, vec![given.one(256)?]),
        (257, vec![height]),
        (258, each(given.or(258, 1))),
        (259, vec![packing(given.or(259, 1))?]),
        (262, vec![model]),
        (277, vec![samples]),
    ]);
    if given.bytes(324).is_some() {
        all.insert(322, vec![given.one(322)?]);
        all.insert(323, vec![given.one(323)?]);
    } else {
        all.insert(278, vec![given.or(278, u64::MAX).min(height)]);
    }
    if let turn @ 2..=8 = given.or(274, 1) {
        all.insert(274, vec![turn]);
    }
    if given.or(284, 1) == 2 && samples > 1 {
        all.insert(284, vec![2]);
    }
    if let (Some(across), Some(down)) = (dots(given, 282), dots(given, 283)) {
        all.insert(282, vec![across, 1]);
        all.insert(283, vec![down, 1]);
        all.insert(296, vec![2]);
    }
    if let predictor @ 2.. = given.or(317, 1) {
        all.insert(317, vec![predictor]);
    }
    let colours = match model {
        2 | 6 | 8 | 9 => 3,
        5 => 4,
        _ => 1,
    };
    if let Some(extra) = given.many(338).filter(|_| samples > colours) {
        all.insert(338, extra);
    }
    if let format @ 2..=3 = given.or(339, 1) {
        all.insert(339, each(format));
    }
    if model == 6 {
        all.extend(given.many(530).map(|coarse| (530, coarse)));
        all.extend(
            Some(given.or(531, 0)).filter(|&at| at == 1 || at == 2).map(|at| (531, vec![at])),
        );
        for (tag, sets, parts) in [(529, &LUMAS[..], 10_000), (532, &BLACKS_AND_WHITES, 1)] {
            if let Some(given) = given.many(tag) {
                all.insert(tag, usual(&given, sets, parts)?);
            }
        }
    }
    Some(all)
}

/// Numbers of packings that may be in a copy, by those of the original.
fn packing(number: u64) -> Option<u64> {
    Some(match number {
        1 | 7 => number,
        3 | 4 => 4,
        5 | 32_773 => 5,
        8 | 32_946 => 8,
        _ => return None,
    })
}

/// The usual number of dots to the inch that is nearest.
fn dots(given: &Directory, tag: u16) -> Option<u64> {
    let &[over, under] = given.many(tag)?.first_chunk()?;
    let dots = match given.or(296, 2) {
        2 => over.checked_div(under)?,
        3 => (over * 254).checked_div(under * 100)?,
        _ => return None,
    };
    let distance = USUAL.iter().map(|usual| usual.abs_diff(dots)).min().filter(|_| dots > 0)?;
    // Between two that are as near, the smaller.
    USUAL.iter().rev().find(|usual| usual.abs_diff(dots) == distance).copied()
}

/// The usual set, as fractions with one denominator, from which no number differs by more
/// than one.
fn usual(fractions: &[u64], sets: &[&[u64]], parts: u64) -> Option<Vec<u64>> {
    let numbers = fractions.chunks(2).map(|pair| match *pair {
        [over, under] if under > 0 => (over * parts + under / 2) / under,
        _ => 0,
    });
    let numbers: Vec<u64> = numbers.collect();
    let set = sets.iter().find(|set| {
        let differ = |(one, two): (&u64, &u64)| one.abs_diff(*two) > 1;
        set.len() == numbers.len() && !set.iter().zip(&numbers).any(differ)
    });
    Some(set?.iter().flat_map(|&number| [number, parts]).collect())
}
