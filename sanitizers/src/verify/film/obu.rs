//! Units of AV1 (AV1, 5.3): the head of a sequence, and those with pictures.

use std::ops::Range;

use super::lens::{Lens, Side};
use super::payload::Part;
use crate::verify::heif::sequence;

/// One unit.
pub(super) struct Obu {
    pub(super) kind: u8,
    /// In time and in space.
    layer: Option<[u8; 2]>,
    /// Bytes in front of its content, and of that.
    pub(super) front: u64,
    size: u64,
}

impl Obu {
    /// The unit at the beginning of some bytes, if so many are left.
    pub(super) fn at(bytes: &[u8], left: u64) -> Option<Obu> {
        let first = *bytes.first()?;
        let mut front = 1;
        let mut layer = None;
        if first & 0b100 > 0 {
            let second = *bytes.get(1)?;
            layer = Some([second / 32, second / 8 % 4]);
            front = 2;
        }
        let mut size = left.checked_sub(front as u64)?;
        if first & 0b10 > 0 {
            size = 0;
            for group in 0.. {
                let byte = *bytes.get(front)?;
                front += 1;
                size += u64::from(byte % 128) << (7 * group);
                if byte < 128 {
                    break;
                }
                (group < 7).then_some(())?;
            }
        }
        let one = Obu { kind: first / 8, layer, front: front as u64, size };
        (one.kind < 16 && one.front.checked_add(size)? <= left).then_some(one)
    }

    pub(super) fn end(&self) -> u64 {
        self.front + self.size
    }

    /// What must stand in front of it.
    pub(super) fn head(&self) -> Vec<u8> {
        let mut head = match self.layer {
            Some([time, space]) => vec![self.kind * 8 + 6, time * 32 + space * 8],
            None => vec![self.kind * 8 + 2],
        };
        let groups = (1..8).find(|groups| self.size < 1 << (7 * groups)).unwrap_or(8);
        for group in 0..groups {
            let seven = u8::try_from(self.size >> (7 * group) & 127).unwrap_or_default();
            head.push(if group + 1 < groups { seven + 128 } else { seven });
        }
        head
    }

    fn is_seen(&self, layers: u64) -> bool {
        let is_named = |[time, space]: [u8; 2]| {
            let wanted = 1 << time | 256 << space;
            layers & wanted == wanted
        };
        match self.kind {
            1 => true,
            3 | 4 | 6 => layers == 0 || self.layer.is_none_or(is_named),
            _ => false,
        }
    }
}

/// What must be in the copy of a sample of a film with these layers.
pub(super) fn parts(sample: Range<u64>, layers: u64, lens: &mut Lens) -> Option<Vec<Part>> {
    let (mut all, mut at) = (Vec::new(), sample.start);
    while at < sample.end {
        let left = sample.end - at;
        let bytes = lens.look(Side::Original, at, left.min(12).try_into().ok()?)?;
        let unit = Obu::at(bytes, left)?;
        let content = at + unit.front..at + unit.end();
        if unit.kind == 1 {
            let count = usize::try_from(unit.size).ok()?;
            let head = lens.look(Side::Original, content.start, count)?;
            (sequence::layers(head)? == layers).then_some(())?;
        }
        at = content.end;
        if unit.is_seen(layers) {
            all.push(Part::New(unit.head()));
            all.push(Part::Original(content));
        }
    }
    Some(all)
}

#[test]
fn no_unit_is_accepted_that_no_decoder_looks_at() {
    let at = |head: [u8; 3]| Obu::at(&head, 3).unwrap();
    assert!(at([0x36, 0, 0]).is_seen(0x101));
    assert!(at([0x36, 0xF8, 0]).is_seen(0));
    assert!(!at([0x36, 0xF8, 0]).is_seen(0x101));
    assert!(!at([0x36, 8, 0]).is_seen(0x101));
    assert!(!at([0x36, 32, 0]).is_seen(0x101));
    assert!(!at([0x3A, 0, 0]).is_seen(0));
    assert_eq!(at([0x37, 7, 0]).head(), [0x36, 0, 0]);
}
