//! Writes the clean copy: one order of chunks, one size of data chunks.

use super::chunks::{self, Name, SIGNATURE};
use super::fold::Parts;
use super::header::Colour;
use super::picture::Picture;
use super::rows::{self, Seen};
use super::{colour, palette};
use crate::refusal::Limit;
use crate::{Category, Notes, Refusal, exif};

/// Returns the file.
pub(super) fn picture(picture: &Picture, most: u64, notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let (frames, seen) = recode(picture, most)?;
    seen.note(notes);
    let folded: u64 = frames.iter().map(Parts::size).sum();
    let mut file = Vec::with_capacity(capacity(folded)?);
    file.extend(SIGNATURE);
    head(picture, &seen, &mut file, notes)?;
    body(picture, frames, &mut file)?;
    chunks::put(&mut file, *b"IEND", &[])?;
    if file.len() as u64 > most {
        return Err(Refusal::Limit(Limit::OutputBytes));
    }
    Ok(file)
}

/// Room for the data and what is around it.
fn capacity(folded: u64) -> Result<usize, Refusal> {
    usize::try_from(folded + folded / 1000 + 4096).map_err(|_| Refusal::Internal)
}

/// Writes the rows of all frames anew.
fn recode(picture: &Picture, most: u64) -> Result<(Vec<Parts>, Seen), Refusal> {
    let mut seen = Seen::nothing();
    let mut frames = Vec::new();
    let mut left = most;
    for frame in &picture.frames {
        let size = frame.control.map_or((picture.header.width, picture.header.height), |control| {
            (control.width, control.height)
        });
        let folded = rows::recode(&picture.header, size, &frame.parts, &mut seen, left)?;
        left = left.saturating_sub(folded.size());
        frames.push(folded);
    }
    Ok((frames, seen))
}

fn head(
    picture: &Picture,
    seen: &Seen,
    file: &mut Vec<u8>,
    notes: &mut Notes,
) -> Result<(), Refusal> {
    chunks::put(file, *b"IHDR", &picture.header.content())?;
    for (name, data) in &picture.colour {
        chunks::put(file, *name, data)?;
    }
    for (name, data) in colours(picture, seen, notes)? {
        chunks::put(file, name, &data)?;
    }
    if let Some(orientation) = picture.orientation {
        chunks::put(file, *b"eXIf", &exif::orientation_only(orientation))?;
    }
    if let Some(data) = picture.kept.get(b"pHYs") {
        match colour::pixel_shape(data) {
            Some(shape) => chunks::put(file, *b"pHYs", &shape)?,
            None => notes.found(Category::Other),
        }
    }
    #[cfg(test)]
    for (name, data) in picture.kept.iter().filter(|(name, _)| super::let_in::is_let_in(**name)) {
        chunks::put(file, *name, data)?;
    }
    if let Some((frames, plays)) = picture.animation {
        let content = [frames.to_be_bytes(), plays.to_be_bytes()].concat();
        chunks::put(file, *b"acTL", &content)?;
    }
    Ok(())
}

/// The palette and what is transparent.
fn colours(
    picture: &Picture,
    seen: &Seen,
    notes: &mut Notes,
) -> Result<Vec<(Name, Vec<u8>)>, Refusal> {
    let transparent = picture.kept.get(b"tRNS").copied();
    if picture.header.colour == Colour::Indexed {
        let colours = picture.kept.get(b"PLTE").copied().unwrap_or_default();
        let transparent = transparent.unwrap_or_default();
        let (colours, alpha) = palette::used(colours, transparent, &seen.entries, notes)?;
        let mut both = vec![(*b"PLTE", colours), (*b"tRNS", alpha)];
        both.retain(|(_, data)| !data.is_empty());
        return Ok(both);
    }
    let colour = transparent.map(|data| palette::transparent_colour(&picture.header, data));
    Ok(colour.transpose()?.map(|data| (*b"tRNS", data)).into_iter().collect())
}

fn body(picture: &Picture, frames: Vec<Parts>, file: &mut Vec<u8>) -> Result<(), Refusal> {
    let mut sequence = 0_u32;
    for (number, (frame, folded)) in picture.frames.iter().zip(frames).enumerate() {
        if let Some(control) = frame.control {
            chunks::put(file, *b"fcTL", &control.content(sequence))?;
            sequence += 1;
        }
        for part in folded {
            if number == 0 {
                chunks::put(file, *b"IDAT", &part)?;
            } else {
                chunks::put(file, *b"fdAT", &[&sequence.to_be_bytes(), part.as_slice()].concat())?;
                sequence += 1;
            }
        }
    }
    Ok(())
}
