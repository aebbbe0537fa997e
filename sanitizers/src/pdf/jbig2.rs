//! JBIG2 pictures, as scanners make them (ITU-T T.88, 7.2).
//!
//! In a document the segments of such a picture follow each other without a file
//! header. Those that draw are copied, with those that they refer to. Comments,
//! extensions, types that nobody knows, symbols that nothing draws with, segments of
//! another page, ends of pages and files, and whatever stands behind the last one are
//! left out.

use std::collections::HashSet;

use crate::refusal::{Damage, Feature};
use crate::{Category, Notes, Refusal};

const DAMAGED: Refusal = Refusal::Damaged(Damage::Length);

const TYPE: u8 = 0x3f;
const LONG_PAGE: u8 = 0x40;
/// Types of segments that draw by themselves (7.3): texts, half tones, plain and refined
/// regions; the page and its stripes.
const DRAWING: [u8; 10] = [6, 7, 22, 23, 38, 39, 42, 43, PAGE, STRIPE];
/// Types that others draw with: symbols, patterns, regions, tables.
const USED: [u8; 7] = [0, 4, 16, 20, 36, 40, 53];
const PAGE: u8 = 48;
const STRIPE: u8 = 50;
const ENDS: [u8; 2] = [49, 51];
/// Bytes that say how large a page is and how it is filled (7.4.8), and those of them that
/// say how many dots it has to a metre, which a document says elsewhere.
const PAGE_BYTES: usize = 19;
const RESOLUTION: std::ops::Range<usize> = 8..16;
/// Bytes that say where a stripe ends (7.4.10).
const STRIPE_BYTES: usize = 4;
const UNKNOWN: u32 = u32::MAX;

/// Copies the segments of a picture.
pub(super) fn clean(data: &[u8], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let segments = segments(data, notes)?;
    // What is referred to stands before what refers to it (7.2.5).
    let mut wanted: HashSet<u32> = HashSet::new();
    let mut kept = Vec::new();
    for segment in segments.iter().rev() {
        if DRAWING.contains(&segment.kind) || wanted.contains(&segment.number) {
            wanted.extend(&segment.references);
            kept.push(segment);
        } else {
            notes.found(Category::HiddenPictures);
        }
    }
    let pages = kept.iter().filter(|segment| segment.kind == PAGE).count();
    if pages > 1 {
        return Err(Refusal::Damaged(Damage::Order));
    }
    let mut out = Vec::with_capacity(data.len());
    for segment in kept.into_iter().rev() {
        segment.write(&mut out)?;
    }
    Ok(out)
}

/// Copies the symbols that several pictures share. Who refers to them is not known here.
pub(super) fn clean_shared(data: &[u8], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::with_capacity(data.len());
    for segment in segments(data, notes)? {
        if USED.contains(&segment.kind) {
            segment.write(&mut out)?;
        } else {
            notes.found(Category::HiddenPictures);
        }
    }
    Ok(out)
}

/// Columns and rows of the page of a clean picture, as far as they are known.
pub(super) fn size(clean: &[u8]) -> Option<(Option<u32>, Option<u32>)> {
    let segments = segments(clean, &mut Notes::default()).ok()?;
    let page = segments.iter().find(|segment| segment.kind == PAGE)?;
    let side = |at: usize| {
        let bytes = page.body.get(at..)?.first_chunk()?;
        Some(u32::from_be_bytes(*bytes)).filter(|side| *side != UNKNOWN)
    };
    Some((side(0), side(4)))
}

/// The segments of page 1, which a document shows, and of no page.
fn segments<'a>(data: &'a [u8], notes: &mut Notes) -> Result<Vec<Segment<'a>>, Refusal> {
    let mut found = Vec::new();
    let mut rest = data;
    // Line ends behind the last segment belong to the document.
    while !rest.iter().all(|byte| b"\r\n\0 ".contains(byte)) {
        let (segment, after) = Segment::read(rest)?;
        rest = after;
        if segment.page <= 1 && (DRAWING.contains(&segment.kind) || USED.contains(&segment.kind)) {
            found.push(segment);
        } else if segment.page > 1 || !ENDS.contains(&segment.kind) || !segment.body.is_empty() {
            notes.found(Category::Comments);
        }
    }
    Ok(found)
}

struct Segment<'a> {
    number: u32,
    kind: u8,
    page: u32,
    references: Vec<u32>,
    head: &'a [u8],
    body: &'a [u8],
}

impl<'a> Segment<'a> {
    fn read(data: &'a [u8]) -> Result<(Segment<'a>, &'a [u8]), Refusal> {
        let number = u32::from_be_bytes(*data.first_chunk().ok_or(DAMAGED)?);
        let flags = *data.get(4).ok_or(DAMAGED)?;
        let count = *data.get(5).ok_or(DAMAGED)?;
        // Three bits, or in the long form 29 bits and one bit per reference (7.2.4).
        let (references, counted) = match count >> 5 {
            7 => {
                let long = data.get(5..).and_then(|rest| rest.first_chunk()).ok_or(DAMAGED)?;
                let references = u32::from_be_bytes(*long) & 0x1fff_ffff;
                let references = usize::try_from(references).map_err(|_| DAMAGED)?;
                (references, 4 + (references + 8) / 8)
            }
            few => (usize::from(few), 1),
        };
        let width = match number {
            0..=256 => 1,
            257..=65_536 => 2,
            _ => 4,
        };
        let page = if flags & LONG_PAGE == 0 { 1 } else { 4usize };
        let listed = references.checked_mul(width).ok_or(DAMAGED)?;
        let before = listed.checked_add(5 + counted + page).ok_or(DAMAGED)?;
        let value = |bytes: &[u8]| bytes.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
        let number_of_page = data.get(before - page..before).ok_or(DAMAGED)?;
        let listed = data.get(5 + counted..before - page).ok_or(DAMAGED)?;
        let length = data.get(before..).and_then(|rest| rest.first_chunk()).ok_or(DAMAGED)?;
        let (head, rest) = data.split_at_checked(before + 4).ok_or(DAMAGED)?;
        let length = match u32::from_be_bytes(*length) {
            // Allowed for one type (7.2.7): where it ends, only its data tell.
            UNKNOWN => return Err(Refusal::Feature(Feature::Construct)),
            length => usize::try_from(length).map_err(|_| DAMAGED)?,
        };
        // Viewers show a picture whose last segment is cut off.
        let (body, rest) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        let segment = Segment {
            number,
            kind: flags & TYPE,
            page: value(number_of_page),
            references: listed.chunks(width).map(value).collect(),
            head,
            body,
        };
        Ok((segment, rest))
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<(), Refusal> {
        let length = match self.kind {
            PAGE => PAGE_BYTES,
            STRIPE => STRIPE_BYTES,
            _ => self.body.len(),
        };
        if self.body.len() != length {
            return Err(DAMAGED);
        }
        out.extend_from_slice(self.head);
        let start = out.len();
        out.extend_from_slice(self.body);
        if self.kind == PAGE
            && let Some(resolution) = out.get_mut(start..).and_then(|body| body.get_mut(RESOLUTION))
        {
            resolution.fill(0);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE_INFO: &[u8] = b"\0\0\0\x09\0\0\0\x08AnnaAnna\0\0\0";

    fn segment(number: u32, kind: u8, references: &[u8], body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).unwrap().to_be_bytes();
        let count = u8::try_from(references.len()).unwrap() << 5;
        let head = [kind, count];
        [&number.to_be_bytes(), head.as_slice(), references, &[1], &length, body].concat()
    }

    fn page() -> Vec<u8> {
        segment(0, PAGE, &[], PAGE_INFO)
    }

    fn cleaned(picture: &[Vec<u8>]) -> Result<Vec<u8>, Refusal> {
        clean(&picture.concat(), &mut Notes::default())
    }

    #[test]
    fn the_size_of_the_page_stays_and_its_resolution_goes() {
        let copy = cleaned(&[page()]).unwrap();
        assert_eq!(copy, segment(0, PAGE, &[], b"\0\0\0\x09\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0"));
        assert_eq!(size(&copy), Some((Some(9), Some(8))));
        assert_eq!(clean(&copy, &mut Notes::default()), Ok(copy));
    }

    #[test]
    fn segments_that_draw_nothing_or_on_another_page_are_gone() {
        let alone = cleaned(&[page()]).unwrap();
        for kind in [52, 61, 62, 63, 1, 49, 51] {
            let copy = cleaned(&[page(), segment(1, kind, &[], b"Anna")]).unwrap();
            assert_eq!(copy, alone, "{kind}");
        }
        let mut other = segment(1, 48, &[], b"Anna");
        other[6] = 2;
        assert_eq!(cleaned(&[page(), other]), Ok(alone));
    }

    #[test]
    fn what_nothing_draws_with_is_gone() {
        let alone = cleaned(&[page()]).unwrap();
        for kind in USED {
            assert_eq!(
                cleaned(&[page(), segment(1, kind, &[], b"Anna")]),
                Ok(alone.clone()),
                "{kind}"
            );
        }
        let used = [
            page(),
            segment(1, 0, &[], b"a"),
            segment(2, 0, &[1], b"b"),
            segment(3, 6, &[2], b"c"),
        ];
        let copy = cleaned(&used).unwrap();
        assert_eq!(copy, [alone, used[1..].concat()].concat());
        let shared = segment(1, 0, &[], b"a");
        let picture = [shared.clone(), segment(2, 38, &[], b"Anna")].concat();
        assert_eq!(clean_shared(&picture, &mut Notes::default()), Ok(shared));
    }

    #[test]
    fn room_behind_a_page_or_a_stripe_is_refused() {
        let long = segment(0, PAGE, &[], &[PAGE_INFO, b"Anna".as_slice()].concat());
        assert_eq!(cleaned(&[long]), Err(DAMAGED));
        assert_eq!(cleaned(&[page(), segment(1, STRIPE, &[], b"Anna Jensen")]), Err(DAMAGED));
        assert!(cleaned(&[page(), segment(1, STRIPE, &[], b"\0\0\0\x07")]).is_ok());
        let twice = cleaned(&[page(), page()]);
        assert_eq!(twice, Err(Refusal::Damaged(Damage::Order)));
    }

    #[test]
    fn a_length_that_is_not_known_is_refused() {
        let mut picture = segment(0, 38, &[], b"data");
        picture[7..11].copy_from_slice(&UNKNOWN.to_be_bytes());
        assert_eq!(cleaned(&[picture]), Err(Refusal::Feature(Feature::Construct)));
    }

    #[test]
    fn a_header_that_is_cut_off_is_refused() {
        assert_eq!(cleaned(&[vec![0, 0, 0, 1, 48]]), Err(DAMAGED));
    }
}
