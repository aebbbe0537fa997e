//! Writes the clean copy: one order of blocks, one cut of the data.

use super::blocks::{APPLICATION, CONTROL, EXTENSION, IMAGE, TRAILER};
use super::colours::{self, Needed};
use super::picture::{Control, Frame, Picture};
use crate::{Category, Notes};

/// Bytes of data in one sub-block: as many as its length can say.
const CUT: usize = 255;
/// Eight bits for each colour, whatever there were once.
const DEPTH: u8 = 7 << 4;

/// Returns the file.
pub(super) fn picture(picture: Picture, notes: &mut Notes) -> Vec<u8> {
    let mut file = b"GIF89a".to_vec();
    screen(&picture, &mut file, notes);
    if let Some(repetitions) = picture.repetitions {
        file.extend([EXTENSION, APPLICATION, 11]);
        file.extend(b"NETSCAPE2.0\x03\x01");
        file.extend(repetitions.to_le_bytes());
        file.push(0);
    }
    // Each frame is freed when it is written.
    for frame in picture.frames {
        self::frame(&frame, &mut file, notes);
    }
    file.push(TRAILER);
    file
}

fn screen(picture: &Picture, file: &mut Vec<u8>, notes: &mut Notes) {
    file.extend(picture.width.to_le_bytes());
    file.extend(picture.height.to_le_bytes());
    let mut needed = Needed::nothing();
    for frame in picture.frames.iter().filter(|frame| frame.colours.is_none()) {
        needed.add(frame, colours::transparent(frame));
    }
    let colours = picture.colours.unwrap_or_default();
    let background = Some(picture.background)
        .filter(|&number| usize::from(number) < colours.len() && shows_background(picture));
    if let Some(number) = background {
        needed.see(usize::from(number));
    }
    if needed.length == 0 {
        notes.found_many(Category::StrayBytes, u32::from(!colours.is_empty()));
        file.extend([DEPTH, 0, 0]);
        return;
    }
    let (table, hid) = needed.table(colours);
    notes.found_many(Category::StrayBytes, u32::from(hid));
    file.extend([0x80 | DEPTH | needed.exponent(), background.unwrap_or_default(), 0]);
    file.extend(table);
}

/// Whether a viewer that paints the background has a place to paint it.
fn shows_background(picture: &Picture) -> bool {
    let covers = picture.frames.first().is_some_and(|frame| {
        let [left, top, width, height] = frame.place;
        let opaque = frame.control.is_none_or(|control| control.transparent.is_none());
        opaque && (left, top) == (0, 0) && width >= picture.width && height >= picture.height
    });
    let restores = |frame: &Frame| frame.control.is_some_and(|control| control.disposal == 2);
    !covers || picture.frames.iter().any(restores)
}

fn frame(frame: &Frame, file: &mut Vec<u8>, notes: &mut Notes) {
    let transparent = colours::transparent(frame);
    if let Some(control) = frame.control {
        file.extend(self::control(control, transparent));
    }
    file.push(IMAGE);
    file.extend(frame.place.iter().flat_map(|number| number.to_le_bytes()));
    let interlaced = u8::from(frame.interlaced) << 6;
    match frame.colours {
        None => file.push(interlaced),
        Some(colours) => {
            let mut needed = Needed::nothing();
            needed.add(frame, transparent);
            let (table, hid) = needed.table(colours);
            notes.found_many(Category::StrayBytes, u32::from(hid));
            file.push(0x80 | interlaced | needed.exponent());
            file.extend(table);
        }
    }
    file.push(frame.bits);
    for part in frame.folded.chunks(CUT) {
        file.push(u8::try_from(part.len()).unwrap_or_default());
        file.extend(part);
    }
    file.push(0);
}

fn control(control: Control, transparent: Option<u8>) -> [u8; 8] {
    let flags = control.disposal << 2 | u8::from(transparent.is_some());
    let [low, high] = control.delay.to_le_bytes();
    [EXTENSION, CONTROL, 4, flags, low, high, transparent.unwrap_or_default(), 0]
}
