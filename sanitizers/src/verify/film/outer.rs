//! The boxes of both files from outside.

use std::ops::Range;

use super::lens::{Lens, Side};
use crate::{Kind, Limits};

/// Where things are in the original.
pub(super) struct Outer {
    pub(super) index: Range<u64>,
    /// What is in the boxes with samples.
    pub(super) samples: Vec<Range<u64>>,
    /// Boxes of parts, with their heads.
    pub(super) parts: Vec<Range<u64>>,
}

/// Looks through the original; what is no box ends it.
pub(super) fn of_original(lens: &mut Lens, limits: &Limits) -> Option<Outer> {
    let (mut index, mut samples, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    let length = lens.length(Side::Original);
    let mut at = 0;
    for _ in 0..=limits.samples {
        let Some((name, body)) = one(lens, at, length) else { break };
        match &name {
            b"moov" => index.push(body.clone()),
            b"mdat" => samples.push(body.clone()),
            b"moof" => parts.push(at..body.end),
            _ => {}
        }
        at = body.end;
    }
    let [index] = index.as_slice() else { return None };
    Some(Outer { index: index.clone(), samples, parts })
}

fn one(lens: &mut Lens, at: u64, length: u64) -> Option<([u8; 4], Range<u64>)> {
    let head: [u8; 8] = lens.look(Side::Original, at, 8)?.try_into().ok()?;
    let (size, name) = head.split_first_chunk::<4>()?;
    let name: [u8; 4] = name.try_into().ok()?;
    let is_media = &name == b"mdat";
    let (size, used) = match u32::from_be_bytes(*size) {
        0 if is_media => (length - at, 8),
        1 => {
            let long = lens.look(Side::Original, at + 8, 8)?.try_into().ok()?;
            (u64::from_be_bytes(long), 16)
        }
        size => (size.into(), 8),
    };
    let is_name = name.iter().all(|&byte| byte == 0xA9 || (0x20..0x7F).contains(&byte));
    let end = at.saturating_add(size);
    if size < used || !is_name || (end > length && !is_media) {
        return None;
    }
    Some((name, at + used..end.min(length)))
}

/// The two parts of a copy that say something.
pub(super) struct Front {
    pub(super) index: Range<u64>,
    pub(super) samples: Range<u64>,
}

/// The copy is three boxes: brands, index, samples.
pub(super) fn of_copy(lens: &mut Lens, kind: Kind) -> Option<Front> {
    let brands: &[u8] = match kind {
        Kind::Mov => b"\0\0\0\x14ftypqt  \0\0\0\0qt  ",
        Kind::M4a => b"\0\0\0\x1CftypM4A \0\0\0\0M4A isommp42",
        Kind::Mp4 => b"\0\0\0\x1Cftypisom\0\0\0\0isomiso4mp42",
        _ => return None,
    };
    if lens.look(Side::Copy, 0, brands.len())? != brands {
        return None;
    }
    let at = brands.len() as u64;
    let end = named(lens, at, *b"moov")?;
    let whole = lens.length(Side::Copy);
    (named(lens, end, *b"mdat")? == whole)
        .then_some(Front { index: at + 8..end, samples: end + 8..whole })
}

/// Where a box of the copy ends that must be here.
fn named(lens: &mut Lens, at: u64, name: [u8; 4]) -> Option<u64> {
    let (size, is) = lens.look(Side::Copy, at, 8)?.split_first_chunk::<4>()?;
    let end = at + u64::from(u32::from_be_bytes(*size));
    (is == name.as_slice() && end >= at + 8).then_some(end)
}
