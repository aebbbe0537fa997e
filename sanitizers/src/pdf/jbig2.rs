//! JBIG2 pictures, as scanners make them (ITU-T T.88, 7.2).
//!
//! In a document the segments of such a picture follow each other without a file
//! header. Those that draw are copied. Comments, extensions, types that nobody knows,
//! segments of another page, and whatever stands behind the last one are left out.

use crate::refusal::Damage;
use crate::{Category, Notes, Refusal};

const DAMAGED: Refusal = Refusal::Damaged(Damage::Length);

const TYPE: u8 = 0x3f;
const LONG_PAGE: u8 = 0x40;
/// Types of segments that draw or are drawn with (7.3): symbols, texts, patterns, half
/// tones, plain and refined regions; pages, their ends and stripes; tables.
const DRAWING: [u8; 19] = [0, 4, 6, 7, 16, 20, 22, 23, 36, 38, 39, 40, 42, 43, 48, 49, 50, 51, 53];
const IMMEDIATE_GENERIC: u8 = 38;
const UNKNOWN_LENGTH: u32 = u32::MAX;

/// Copies segment by segment.
pub(super) fn clean(data: &[u8], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::with_capacity(data.len());
    let mut rest = data;
    while !rest.is_empty() {
        // Line ends behind the last segment belong to the document.
        if rest.iter().all(|byte| b"\r\n\0 ".contains(byte)) {
            break;
        }
        let header = Header::read(rest)?;
        if header.data_length == UNKNOWN_LENGTH {
            // Allowed for one type only (7.2.7), which then is the last of its page.
            if header.kind != IMMEDIATE_GENERIC || header.page > 1 {
                return Err(DAMAGED);
            }
            out.extend_from_slice(rest);
            break;
        }
        let length = usize::try_from(header.data_length).map_err(|_| DAMAGED)?;
        let length = header.bytes.checked_add(length).ok_or(DAMAGED)?;
        let (segment, after) = match rest.split_at_checked(length) {
            Some(split) => split,
            // Viewers show a picture whose last segment is cut off.
            None => (rest, [].as_slice()),
        };
        // A document shows page 1 and what belongs to no page.
        if !DRAWING.contains(&header.kind) || header.page > 1 {
            notes.found(Category::Comments);
        } else {
            out.extend_from_slice(segment);
        }
        rest = after;
    }
    Ok(out)
}

struct Header {
    kind: u8,
    page: u32,
    bytes: usize,
    data_length: u32,
}

impl Header {
    fn read(data: &[u8]) -> Result<Header, Refusal> {
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
        let before = references
            .checked_mul(width)
            .and_then(|bytes| bytes.checked_add(5 + counted + page))
            .ok_or(DAMAGED)?;
        let number_of_page = data.get(before - page..before).ok_or(DAMAGED)?;
        let number_of_page =
            number_of_page.iter().fold(0, |page, byte| page << 8 | u32::from(*byte));
        let length = data.get(before..).and_then(|rest| rest.first_chunk()).ok_or(DAMAGED)?;
        Ok(Header {
            kind: flags & TYPE,
            page: number_of_page,
            bytes: before + 4,
            data_length: u32::from_be_bytes(*length),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(number: u32, kind: u8, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).unwrap();
        [&number.to_be_bytes(), [kind, 0, 1].as_slice(), &length.to_be_bytes(), body].concat()
    }

    #[test]
    fn an_extension_with_a_comment_is_gone() {
        let picture = [segment(0, 48, b"page"), segment(1, 62, b"Anna")].concat();
        let cleaned = clean(&picture, &mut Notes::default()).unwrap();
        assert_eq!(cleaned, segment(0, 48, b"page"));
    }

    #[test]
    fn segments_that_draw_nothing_or_on_another_page_are_gone() {
        for kind in [52, 61, 63, 1] {
            let picture = [segment(0, 48, b"page"), segment(1, kind, b"Anna")].concat();
            let cleaned = clean(&picture, &mut Notes::default()).unwrap();
            assert_eq!(cleaned, segment(0, 48, b"page"), "{kind}");
        }
        let mut other = segment(1, 48, b"Anna");
        other[6] = 2;
        let picture = [segment(0, 48, b"page"), other].concat();
        assert_eq!(clean(&picture, &mut Notes::default()).unwrap(), segment(0, 48, b"page"));
    }

    #[test]
    fn a_length_that_is_not_known_is_refused_where_it_is_not_allowed() {
        let mut picture = segment(0, 48, b"page");
        picture[7..11].copy_from_slice(&UNKNOWN_LENGTH.to_be_bytes());
        assert_eq!(clean(&picture, &mut Notes::default()), Err(DAMAGED));
    }

    #[test]
    fn a_header_that_is_cut_off_is_refused() {
        assert_eq!(clean(&[0, 0, 0, 1, 48], &mut Notes::default()), Err(DAMAGED));
    }
}
