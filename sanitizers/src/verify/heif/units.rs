//! The units of coded pictures: the same in both, and in the copy nothing beside them.

use super::sequence;
use crate::verify::boxes::Numbers;

/// Whether two pictures in HEVC have the same slices and parameter sets, and the second one
/// nothing else. Both come with their `hvcC`.
pub(super) fn same_hevc(original: (&[u8], &[u8]), clean: (&[u8], &[u8])) -> Option<()> {
    let before = units(original.0, usize::from(original.1.get(21)? & 3) + 1)?;
    let after = units(clean.0, 4)?;
    (after.iter().all(|unit| is_slice(unit)) && !after.is_empty()).then_some(())?;
    let (known, ours) = (sets(original.1)?, sets(clean.1)?);
    // Sets beside the slices only repeat those of the parameters.
    let is_known = |unit: &&[u8]| {
        let is_set = matches!(unit.first(), Some(64..=69)) && is_lowest(unit);
        !is_set || known.iter().flatten().any(|set| set == unit)
    };
    before.iter().all(is_known).then_some(())?;
    before.into_iter().filter(|unit| is_slice(unit)).eq(after).then_some(())?;
    (is_canonical(clean.1, &ours)? && known == ours).then_some(())
}

/// Units behind lengths of so many bytes.
fn units(data: &[u8], width: usize) -> Option<Vec<&[u8]>> {
    let mut numbers = Numbers(data);
    let mut all = Vec::new();
    while !numbers.0.is_empty() {
        let length = numbers.count(width)?;
        if length > 0 || width != 4 {
            all.push(numbers.bytes(length)?);
        }
    }
    all.retain(|unit| !unit.is_empty());
    Some(all)
}

/// Slices of pictures that need no others (Rec. ITU-T H.265, table 7-1).
fn is_slice(unit: &[u8]) -> bool {
    matches!(unit.first(), Some(32..=43)) && is_lowest(unit)
}

/// Whether a unit is of the lowest layer.
fn is_lowest(unit: &[u8]) -> bool {
    matches!(unit, [first, second, ..] if first & 0x81 == 0 && second >> 3 == 0)
}

/// Video, sequence and picture parameter sets of a `hvcC`.
fn sets(config: &[u8]) -> Option<[Vec<&[u8]>; 3]> {
    let mut numbers = Numbers(config.get(22..)?);
    let mut sets = [const { Vec::new() }; 3];
    for _ in 0..numbers.take(1)? {
        numbers.take(1)?;
        for _ in 0..numbers.take(2)? {
            let length = numbers.count(2)?;
            let unit = numbers.bytes(length)?;
            let kind = usize::from(unit.first()? >> 1);
            if let Some(known) = kind.checked_sub(32).and_then(|kind| sets.get_mut(kind)) {
                known.push(unit);
            }
        }
    }
    Some(sets)
}

/// Whether a `hvcC` says nothing but what these sets say.
fn is_canonical(config: &[u8], sets: &[Vec<&[u8]>; 3]) -> Option<bool> {
    let set = sets.get(1)?.first()?;
    // A three behind two zeros only keeps them apart from a start code.
    let apart = |at: usize| at > 1 && set.get(at - 2..=at) == Some(&[0, 0, 3]);
    let bytes = set.iter().enumerate().filter(|(at, _)| !apart(*at));
    let plain: Vec<u8> = bytes.map(|(_, &byte)| byte).collect();
    let [layers, colours, y, c] = said(&plain)?;
    let head = [
        &[1][..],
        plain.get(3..15)?,
        &[0xF0, 0, 0xFC, 0xFC | colours, 0xF8 | y, 0xF8 | c, 0, 0, layers | 3],
    ];
    let fixed = config.get(..22)? == head.concat();
    let mut tail = vec![u8::try_from(sets.iter().filter(|units| !units.is_empty()).count()).ok()?];
    for (kind, units) in (0xA0_u8..).zip(sets).filter(|(_, units)| !units.is_empty()) {
        tail.push(kind);
        tail.extend(u16::try_from(units.len()).ok()?.to_be_bytes());
        for unit in units {
            tail.extend(u16::try_from(unit.len()).ok()?.to_be_bytes());
            tail.extend(*unit);
        }
    }
    Some(fixed && config.get(22..)? == tail)
}

/// What a sequence parameter set says about layers in time, colours, and their depths (Rec.
/// ITU-T H.265, 7.3.2.2.1).
fn said(set: &[u8]) -> Option<[u8; 4]> {
    let mut bits = set.iter().flat_map(|byte| (0..8).rev().map(move |place| byte >> place & 1));
    let mut number = |count: usize| {
        let mut sum = 0_u64;
        for _ in 0..count {
            sum = sum << 1 | u64::from(bits.next()?);
        }
        Some(sum)
    };
    number(20)?;
    let (more, nested) = (number(3)?, number(1)?);
    number(96)?;
    let mut skipped = 0;
    for layer in 0..if more > 0 { 8 } else { 0 } {
        let (profile, level) = (number(1)?, number(1)?);
        if layer < more {
            skipped += 88 * profile + 8 * level;
        }
    }
    number(usize::try_from(skipped).ok()?)?;
    let code = |number: &mut dyn FnMut(usize) -> Option<u64>| {
        let mut zeros = 0;
        while number(1)? == 0 {
            zeros += 1;
        }
        let least = (zeros < 32).then_some((1_u64 << zeros.min(32)) - 1)?;
        least.checked_add(number(zeros)?)
    };
    code(&mut number)?;
    let colours = code(&mut number)?;
    if colours == 3 {
        number(1)?;
    }
    code(&mut number)?;
    code(&mut number)?;
    if number(1)? == 1 {
        for _ in 0..4 {
            code(&mut number)?;
        }
    }
    let depths = [code(&mut number)?, code(&mut number)?];
    let byte = |number: u64| u8::try_from(number).ok();
    let layers = byte((more + 1) << 3 | nested << 2)?;
    Some([layers, byte(colours)?, byte(depths[0])?, byte(depths[1])?])
}

/// Whether two pictures in AV1 have the same headers, tiles and frames, and the second one
/// nothing else.
pub(super) fn same_av1(original: &[u8], clean: &[u8]) -> Option<()> {
    let before: Vec<Obu> = obus(original)?.into_iter().filter(Obu::is_kept).collect();
    let after = obus(clean)?;
    let written: Vec<u8> = after.iter().flat_map(Obu::written).collect();
    let end = |unit: &Obu| unit.0 != 1 || sequence::ends(unit.2) == Some(true);
    // One frame in one layer, and tiles only behind a head without any.
    let kinds: Vec<u8> = after.iter().map(|unit| unit.0).filter(|&kind| kind != 1).collect();
    let is_one = match kinds.split_first() {
        Some((3, tiles)) => tiles.iter().all(|&kind| kind == 4),
        Some((6, tiles)) => tiles.is_empty(),
        _ => false,
    };
    let fits = is_one && after.iter().all(|unit| end(unit) && unit.1.unwrap_or(0) == 0);
    (fits && before == after && written == clean).then_some(())
}

/// A unit of AV1: type, layers, content (AV1, 5.3).
#[derive(PartialEq)]
struct Obu<'a>(u8, Option<u8>, &'a [u8]);

impl Obu<'_> {
    fn is_kept(&self) -> bool {
        [1, 3, 4, 6].contains(&self.0)
    }

    fn written(&self) -> Vec<u8> {
        let mut bytes = vec![self.0 * 8 + 2];
        if let Some(layers) = self.1 {
            bytes = vec![self.0 * 8 + 6, layers];
        }
        let mut length = self.2.len();
        loop {
            let group = u8::try_from(length % 128).unwrap_or_default();
            length /= 128;
            bytes.push(if length > 0 { group + 128 } else { group });
            if length == 0 {
                break;
            }
        }
        [&bytes, self.2].concat()
    }
}

fn obus(data: &[u8]) -> Option<Vec<Obu<'_>>> {
    let mut numbers = Numbers(data);
    let mut all = Vec::new();
    while let Some(head) = numbers.take(1) {
        let layers =
            if head & 4 > 0 { numbers.bytes(1)?.first().map(|byte| byte & 0xF8) } else { None };
        let mut length = numbers.0.len();
        if head & 2 > 0 {
            length = 0;
            for group in 0..8 {
                let byte = numbers.count(1)?;
                length |= (byte % 128) << (7 * group);
                if byte < 128 {
                    break;
                }
            }
        }
        let kind = u8::try_from(head >> 3 & 15).ok()?;
        all.push(Obu(kind, layers, numbers.bytes(length)?));
    }
    Some(all)
}

#[test]
fn one_picture_is_accepted_and_no_second_one_in_any_layer() {
    use crate::canaries::heif::build::{HEADER, frame, obu};
    let is = |data: &[u8]| same_av1(data, data).is_some();
    let one = frame(b"picture");
    assert!(is(&one));
    assert!(is(&[&one[..4], &HEADER[2..], b"\x36\0\x01p"].concat()));
    assert!(!is(&[&one[..], &obu(6, b"another")].concat()));
    assert!(!is(&[&one[..], b"\x36\x08\x01p"].concat()));
    assert!(!is(&[&one[..4], &HEADER[2..], b"\x36\x08\x01p"].concat()));
    assert!(!is(&[&one[..], &obu(4, b"tiles")].concat()));
    assert!(is(&[&one[..4], &HEADER[2..], &obu(3, b"head"), &obu(4, b"tiles")].concat()));
}
