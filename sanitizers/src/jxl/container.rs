//! The boxes around a stream (ISO/IEC 18181-2).

use std::io::Cursor;

use super::BOXES;
use crate::boxes::{Fields, Place};
use crate::refusal::{Damage, Limit};
use crate::{Category, Limits, Notes, Refusal, exif, xmp};

/// What a file in boxes begins with: the mark, and what sort of file it is.
const START: &[u8] = b"\0\0\0\x0CJXL \x0D\x0A\x87\x0A\0\0\0\x14ftypjxl \0\0\0\0jxl ";

/// Takes the stream out of its boxes, and counts what is left out.
pub(super) fn stream(file: &[u8], limits: &Limits, notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    if !file.starts_with(START) {
        return Err(Refusal::Damaged(Damage::Order));
    }
    let source = &mut Cursor::new(file);
    let end = file.len() as u64;
    let mut left = limits.segments;
    let mut parts = Parts::default();
    let mut at = 0;
    while at < end {
        left = left.checked_sub(1).ok_or(Refusal::Limit(Limit::Parts))?;
        let place = Place::find(source, at, end)?;
        at = place.body.end;
        let index = |at| usize::try_from(at).map_err(|_| Refusal::Internal);
        let body = file.get(index(place.body.start)?..index(place.body.end)?);
        let body = body.ok_or(Refusal::Truncated)?;
        if !BOXES.allows(&place.name) {
            left_out(place.name, body, notes);
            continue;
        }
        match &place.name {
            b"jxlc" => parts.whole(body)?,
            b"jxlp" => parts.part(body)?,
            _ => {}
        }
    }
    if parts.last { Ok(parts.stream) } else { Err(Refusal::Damaged(Damage::Missing)) }
}

/// The parts of the stream, as far as they were found.
#[derive(Default)]
struct Parts {
    stream: Vec<u8>,
    next: u32,
    last: bool,
}

impl Parts {
    fn whole(&mut self, body: &[u8]) -> Result<(), Refusal> {
        if self.next > 0 || self.last {
            // Two streams: which one is shown depends on the viewer.
            return Err(Refusal::Damaged(Damage::Missing));
        }
        self.last = true;
        self.stream.extend(body);
        Ok(())
    }

    fn part(&mut self, body: &[u8]) -> Result<(), Refusal> {
        let mut fields = Fields::of(body);
        let index = fields.word()?;
        // The top bit marks the last part.
        if self.last || index & 0x7FFF_FFFF != self.next {
            return Err(Refusal::Damaged(Damage::Order));
        }
        self.last = index >> 31 == 1;
        self.next += 1;
        self.stream.extend(fields.rest());
        Ok(())
    }
}

/// Counts a box that is left out.
fn left_out(name: [u8; 4], body: &[u8], notes: &mut Notes) {
    match &name {
        b"Exif" => match body.split_first_chunk().and_then(|(skipped, rest)| {
            rest.get(usize::try_from(u32::from_be_bytes(*skipped)).ok()?..)
        }) {
            Some(block) => drop(exif::note(block, notes)),
            None => notes.found(Category::Other),
        },
        b"xml " => xmp::note(body, notes),
        b"jumb" => notes.found(Category::Signatures),
        // The head of the JPEG that it was, which may have had any of these.
        b"jbrd" => notes.found(Category::History),
        b"brob" if body.starts_with(b"Exif") => notes.found(Category::Device),
        b"brob" if body.starts_with(b"xml ") => notes.found(Category::Descriptions),
        b"free" | b"skip" => notes.found(Category::StrayBytes),
        _ => notes.found(Category::Other),
    }
}
