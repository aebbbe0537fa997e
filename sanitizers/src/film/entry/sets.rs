//! What a decoder must know before the first picture: the parameter sets of H.264 and
//! H.265, and the heads of other codings.

use super::super::cut;
use super::super::nal::{Units, noted};
use crate::refusal::{Damage, Feature};
use crate::sound::Bytes;
use crate::{Notes, Refusal};

/// Bytes of all sets of a description: real ones have some hundreds.
const MOST: usize = 16 << 10;

/// The profile whose pictures come in three parts. No decoder is known that shows them.
const EXTENDED: u8 = 88;

fn width(code: u8) -> Result<usize, Refusal> {
    match code & 3 {
        2 => Err(Refusal::Damaged(Damage::Value)),
        code => Ok(usize::from(code) + 1),
    }
}

fn sets<'a>(
    bytes: &mut Bytes<'a>,
    count: u8,
    (units, kinds): (Units, &[u8]),
) -> Result<Vec<&'a [u8]>, Refusal> {
    let mut all = Vec::new();
    for _ in 0..count {
        let length = bytes.u16_be()?;
        let set = bytes.take(length.into())?;
        if !units.is_set(set, kinds) {
            return Err(Refusal::Damaged(Damage::Value));
        }
        all.push(set);
    }
    Ok(all)
}

fn put(body: &mut Vec<u8>, sets: &[&[u8]]) {
    for set in sets {
        body.extend(u16::try_from(set.len()).unwrap_or_default().to_be_bytes());
        body.extend(*set);
    }
}

fn bounded(body: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    if body.len() > MOST { Err(Refusal::Feature(Feature::Construct)) } else { Ok(body) }
}

/// `avcC` (ISO/IEC 14496-15, 5.3.3).
pub(crate) fn avc(body: &[u8], notes: &mut Notes) -> Result<(Vec<u8>, Units), Refusal> {
    let mut bytes = Bytes::new(body);
    let [version, profile, limits, level, lengths, sequences] = bytes.array()?;
    if version != 1 {
        return Err(Refusal::Feature(Feature::Construct));
    }
    if profile == EXTENDED {
        return Err(Refusal::Feature(Feature::Codec));
    }
    let units = Units { is_hevc: false, width: width(lengths)? };
    let sequences = sets(&mut bytes, sequences & 0x1F, (units, &[7]))?;
    let count = bytes.byte()?;
    let pictures = sets(&mut bytes, count, (units, &[8]))?;
    sequences.iter().chain(&pictures).try_for_each(|set| cut::avc(set, notes))?;
    let mut kept = vec![1, profile, limits, level, lengths | 0xFC];
    kept.push(u8::try_from(sequences.len()).unwrap_or_default() | 0xE0);
    put(&mut kept, &sequences);
    kept.push(count);
    put(&mut kept, &pictures);
    // Four bytes that many programs forget; the last counts sets for planes beside, of
    // which there are none in the copy.
    if [100, 110, 122, 144].contains(&profile) && bytes.rest().len() >= 4 {
        let [colours, luma, chroma, _] = bytes.array()?;
        kept.extend([colours | 0xFC, luma | 0xF8, chroma | 0xF8, 0]);
    }
    noted(body.len(), kept.len(), notes);
    Ok((bounded(kept)?, units))
}

/// `hvcC` (ISO/IEC 14496-15, 8.3.3). Messages in it are sifted like those in samples: an
/// encoder puts its settings here as well.
pub(crate) fn hevc(body: &[u8], notes: &mut Notes) -> Result<(Vec<u8>, Units), Refusal> {
    let mut bytes = Bytes::new(body);
    let version = bytes.byte()?;
    let profile: [u8; 12] = bytes.array()?;
    // How a picture is divided is only a hint.
    let [_areas, _area, _parallel, colours, luma, chroma]: [u8; 6] = bytes.array()?;
    let _average: [u8; 2] = bytes.array()?;
    let [layers, arrays] = bytes.array()?;
    if version != 1 {
        return Err(Refusal::Feature(Feature::Construct));
    }
    let units = Units { is_hevc: true, width: width(layers)? };
    let mut kept = vec![version];
    kept.extend(profile);
    kept.extend([0xF0, 0, 0xFC, colours | 0xFC, luma | 0xF8, chroma | 0xF8]);
    kept.extend([0, 0, layers, 0]);
    let count_at = kept.len() - 1;
    let mut count = 0;
    for _ in 0..arrays {
        let head = bytes.byte()?;
        let array = array(&mut bytes, head & 0x3F, units, notes)?;
        if let (false, Ok(sets)) = (array.is_empty(), u16::try_from(array.len())) {
            kept.push(head & 0xBF);
            kept.extend(sets.to_be_bytes());
            put(&mut kept, &array.iter().map(Vec::as_slice).collect::<Vec<_>>());
            count += 1;
        }
    }
    if let Some(place) = kept.get_mut(count_at) {
        *place = count;
    }
    if !bytes.rest().is_empty() {
        noted(0, 1, notes);
    }
    Ok((bounded(kept)?, units))
}

/// The units of one type that are kept.
fn array(
    bytes: &mut Bytes,
    kind: u8,
    units: Units,
    notes: &mut Notes,
) -> Result<Vec<Vec<u8>>, Refusal> {
    let mut all = Vec::new();
    for _ in 0..bytes.u16_be()? {
        let length = bytes.u16_be()?;
        let unit = bytes.take(length.into())?;
        let kept = match kind {
            39 | 40 => units.sifted(unit)?.filter(|_| units.is_set(unit, &[kind])),
            32..=34 if units.is_set(unit, &[kind]) => Some(unit.to_vec()),
            32..=34 if unit.len() < 2 => return Err(Refusal::Damaged(Damage::Value)),
            _ => None,
        };
        if kind == 33 {
            cut::hevc(unit, notes);
        }
        noted(unit.len(), kept.as_ref().map_or(0, Vec::len), notes);
        all.extend(kept);
    }
    Ok(all)
}

/// `vpcC` (VP Codec ISO Media File Format Binding): profile, level, depth, colours.
pub(super) fn vp(body: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Bytes::new(body);
    let head: [u8; 4] = bytes.array()?;
    let numbers: [u8; 6] = bytes.array()?;
    if head != [1, 0, 0, 0] || bytes.u16_be()? != 0 {
        return Err(Refusal::Feature(Feature::Construct));
    }
    Ok([&head[..], &numbers, &[0, 0]].concat())
}
