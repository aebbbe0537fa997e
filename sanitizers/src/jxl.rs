//! JPEG XL: the coded picture alone, without the boxes around it.
//!
//! A JPEG XL comes naked, as one stream of coded data, or in boxes. There stand Exif (place,
//! camera, owner), XMP, both also packed, content credentials, and what is needed to make
//! the very JPEG again that it was coded from, with all that stood in it. The stream itself
//! has places for words too: names of channels and of frames, times of day of frames, a
//! small second picture, extensions, and a colour profile, which names the screen.
//!
//! So the copy is the naked stream, as it is coded. It is packed to the last bit, and
//! nothing can be taken out of it without coding it anew; where one of those places is in
//! use the file is refused. That holds for the colour profile too: most files have numbers in
//! its place, and of those that have a profile nobody can say here whose screen it names.
//! A reporter who is refused can send the picture in another form; one who is found cannot.
//!
//! What is not seen: what follows the head is read frame by frame, without a look at the
//! pixels. Names of frames, and bytes behind the last frame, are a refusal of the verifier.
//! Frames that only serve others, or have no time of their own, may hold more than is shown:
//! where there are some, a warning says so. Behind the coded data of a section, inside of its
//! length, and in all that an encoder chose freely, there may be more as well. The box with
//! the level of the decoder goes: a stream without one is taken for the ordinary level.
//!
//! Format: ISO/IEC 18181-1:2024 (the stream), ISO/IEC 18181-2:2024 (the boxes).

mod bits;
mod container;
mod head;
mod layers;

use crate::allow::AllowList;
use crate::boxes::Name;
use crate::{About, Limits, Notes, ReadSeek, Refusal, Warning};

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "the coded stream, bit by bit: size, orientation, colours as numbers, channels, frames",
    removed: "Exif, XMP, content credentials, what makes the old JPEG again, all other boxes",
    refused: "a colour profile, a second small picture, names of channels and frames, times of \
              day, extensions, channels of depth, heat or black, bytes behind the last frame",
};

/// Boxes that are read; none is written.
pub(crate) const BOXES: AllowList<Name> = AllowList {
    name: "jxl boxes",
    allowed: &[*b"JXL ", *b"ftyp", *b"jxll", *b"jxlc", *b"jxlp"],
    forbidden: &[*b"Exif", *b"xml ", *b"jumb", *b"brob", *b"jbrd", *b"jxli", *b"free"],
};

/// Returns a clean copy of the JPEG XL in `source`.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let file = crate::read_all(source, limits)?;
    let stream = if file.starts_with(head::SIGNATURE) {
        file
    } else {
        container::stream(&file, limits, notes)?
    };
    head::check(&stream, limits)?;
    if layers::are_hidden(&stream) {
        notes.warn(Warning::HiddenParts);
    }
    Ok(stream)
}

/// The allow-list, from the tables the cleaner works by.
pub(crate) fn explain() -> Vec<String> {
    let names: Vec<_> = BOXES.allowed.iter().map(|name| name.escape_ascii().to_string()).collect();
    vec![
        format!("boxes that are read, and none of them written: {}", names.join(", ")),
        "the coded stream, bit by bit".to_owned(),
        format!("extra channels, by type: {}", head::channels()),
    ]
}
