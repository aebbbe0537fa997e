//! The index, written from scratch.

use super::atom::Name;
use super::entry::boxed;
use super::header::{Edit, Matrix, Movie};
use super::media::Written;
use super::table::{Chunk, Sizes};
use super::track::Track;
use crate::refusal::Limit;
use crate::{Kind, Refusal};

/// All that the index is made of.
pub(super) struct Film<'a> {
    pub(super) kind: Kind,
    pub(super) movie: Movie,
    pub(super) tracks: &'a [Track],
    pub(super) written: &'a [Written],
}

/// The first box: the same for every film of a format.
fn brands(kind: Kind) -> Vec<u8> {
    let body: &[u8] = match kind {
        Kind::Mov => b"qt  \0\0\0\0qt  ",
        Kind::M4a => b"M4A \0\0\0\0M4A isommp42",
        _ => b"isom\0\0\0\0isomiso4mp42",
    };
    boxed(*b"ftyp", body)
}

/// All that stands in front of the samples, which have so many bytes.
pub(super) fn front(film: &Film, samples: u64) -> Result<Vec<u8>, Refusal> {
    let brands = brands(film.kind);
    let length = film.index(0).length();
    let first = (brands.len() as u64 + length).saturating_add(8);
    let most = u64::from(u32::MAX);
    // Places of samples and the length of the last box have four bytes.
    if length > most || first.saturating_add(samples) > most {
        return Err(Refusal::Limit(Limit::OutputBytes));
    }
    let place = u32::try_from(first).map_err(|_| Refusal::Internal)?;
    let mut all = brands;
    all.extend(film.index(place).bytes);
    let last = u32::try_from(samples.saturating_add(8)).map_err(|_| Refusal::Internal)?;
    all.extend(last.to_be_bytes());
    all.extend(b"mdat");
    Ok(all)
}

/// Boxes that are being written.
#[derive(Default)]
struct Boxes {
    bytes: Vec<u8>,
}

impl Boxes {
    fn length(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn put(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
    }

    fn number(&mut self, number: u32) {
        self.put(&number.to_be_bytes());
    }

    fn numbers(&mut self, numbers: &[u32]) {
        for &number in numbers {
            self.number(number);
        }
    }

    /// A number that there are so many of.
    fn count(&mut self, count: usize) {
        self.number(u32::try_from(count).unwrap_or(u32::MAX));
    }

    /// A time, which has eight bytes in version 1.
    fn time(&mut self, version: u8, time: u64) {
        match version {
            0 => self.number(u32::try_from(time).unwrap_or(u32::MAX)),
            _ => self.put(&time.to_be_bytes()),
        }
    }

    /// A box with what is written inside.
    fn within(&mut self, name: Name, write: impl FnOnce(&mut Boxes)) {
        let start = self.bytes.len();
        self.number(0);
        self.put(&name);
        write(self);
        let length = u32::try_from(self.bytes.len() - start).unwrap_or(u32::MAX);
        if let Some(place) = self.bytes.get_mut(start..start + 4) {
            place.copy_from_slice(&length.to_be_bytes());
        }
    }

    /// The same with a version and flags in front.
    fn full(&mut self, name: Name, version: u8, flags: u8, write: impl FnOnce(&mut Boxes)) {
        self.within(name, |boxes| {
            boxes.put(&[version, 0, 0, flags]);
            write(boxes);
        });
    }

    fn matrix(&mut self, matrix: &Matrix) {
        self.numbers(&matrix.0);
    }
}

/// Whether times have four bytes or eight.
fn version(time: u64) -> u8 {
    u8::from(time > u64::from(u32::MAX) - 1)
}

impl Film<'_> {
    fn index(&self, first: u32) -> Boxes {
        let mut boxes = Boxes::default();
        boxes.within(*b"moov", |boxes| {
            self.head(boxes);
            let tracks = self.tracks.iter().zip(self.written);
            for (number, (track, written)) in (1_u32..).zip(tracks) {
                boxes.within(*b"trak", |boxes| {
                    track_head(track, number, boxes);
                    if !track.edits.is_empty() {
                        boxes.within(*b"edts", |boxes| edits(&track.edits, boxes));
                    }
                    boxes.within(*b"mdia", |boxes| self.media(track, written, first, boxes));
                });
            }
        });
        boxes
    }

    fn head(&self, boxes: &mut Boxes) {
        let movie = &self.movie;
        let version = version(movie.duration);
        boxes.full(*b"mvhd", version, 0, |boxes| {
            boxes.time(version, 0);
            boxes.time(version, 0);
            boxes.number(movie.timescale);
            boxes.time(version, movie.duration);
            boxes.number(0x1_0000);
            boxes.put(&movie.volume.to_be_bytes());
            boxes.put(&[0; 10]);
            boxes.matrix(&movie.matrix);
            boxes.put(&[0; 24]);
            boxes.count(self.tracks.len() + 1);
        });
    }

    fn media(&self, track: &Track, written: &Written, first: u32, boxes: &mut Boxes) {
        let is_mov = self.kind == Kind::Mov;
        let version = version(track.duration);
        boxes.full(*b"mdhd", version, 0, |boxes| {
            boxes.time(version, 0);
            boxes.time(version, 0);
            boxes.number(track.timescale);
            boxes.time(version, track.duration);
            // No language, in three letters of five bits.
            boxes.put(&[0x55, 0xC4, 0, 0]);
        });
        let handler = if track.is_sound { *b"soun" } else { *b"vide" };
        handled(if is_mov { *b"mhlr" } else { [0; 4] }, handler, boxes);
        boxes.within(*b"minf", |boxes| {
            if track.is_sound {
                boxes.full(*b"smhd", 0, 0, |boxes| boxes.put(&[0; 4]));
            } else {
                boxes.full(*b"vmhd", 0, 1, |boxes| boxes.put(&[0; 8]));
            }
            if is_mov {
                handled(*b"dhlr", *b"url ", boxes);
            }
            boxes.within(*b"dinf", |boxes| {
                boxes.full(*b"dref", 0, 0, |boxes| {
                    boxes.count(1);
                    // The samples are in this file.
                    boxes.full(*b"url ", 0, 1, |_| ());
                });
            });
            boxes.within(*b"stbl", |boxes| tables(track, written, first, boxes));
        });
    }
}

fn handled(class: Name, handler: Name, boxes: &mut Boxes) {
    boxes.full(*b"hdlr", 0, 0, |boxes| {
        boxes.put(&class);
        boxes.put(&handler);
        // A name of no letters.
        boxes.put(&[0; 13]);
    });
}

fn track_head(track: &Track, number: u32, boxes: &mut Boxes) {
    let head = &track.head;
    let version = version(head.duration);
    // In the film, and switched on or not.
    let flags = 2 | u8::from(head.is_enabled);
    boxes.full(*b"tkhd", version, flags, |boxes| {
        boxes.time(version, 0);
        boxes.time(version, 0);
        boxes.number(number);
        boxes.number(0);
        boxes.time(version, head.duration);
        boxes.put(&[0; 8]);
        for number in [head.layer, head.group, head.volume, 0] {
            boxes.put(&number.to_be_bytes());
        }
        boxes.matrix(&head.matrix);
        boxes.number(head.width);
        boxes.number(head.height);
    });
}

fn edits(edits: &[Edit], boxes: &mut Boxes) {
    let most = edits.iter().flat_map(|edit| [edit.duration, edit.from.unwrap_or_default()]).max();
    // The first place that four bytes with a sign cannot hold.
    let version = u8::from(most.unwrap_or_default() > u64::from(u32::MAX >> 1));
    boxes.full(*b"elst", version, 0, |boxes| {
        boxes.count(edits.len());
        for edit in edits {
            boxes.time(version, edit.duration);
            match edit.from {
                Some(place) => boxes.time(version, place),
                None => boxes.put(if version == 0 { &[0xFF; 4] } else { &[0xFF; 8] }),
            }
            boxes.number(edit.rate);
        }
    });
}

fn tables(track: &Track, written: &Written, first: u32, boxes: &mut Boxes) {
    boxes.full(*b"stsd", 0, 0, |boxes| {
        boxes.count(track.entries.len());
        for entry in &track.entries {
            boxes.within(entry.name, |boxes| boxes.put(&entry.body));
        }
    });
    boxes.full(*b"stts", 0, 0, |boxes| {
        boxes.count(track.tables.times.len());
        for &(count, time) in &track.tables.times {
            boxes.number(count);
            boxes.number(time);
        }
    });
    let offsets = &track.tables.offsets;
    if offsets.iter().any(|&(_, offset)| offset != 0) {
        let version = u8::from(offsets.iter().any(|&(_, offset)| offset < 0));
        boxes.full(*b"ctts", version, 0, |boxes| {
            boxes.count(offsets.len());
            for &(count, offset) in offsets {
                boxes.number(count);
                boxes.number(offset.cast_unsigned());
            }
        });
    }
    if let Some(starts) = &track.tables.starts {
        boxes.full(*b"stss", 0, 0, |boxes| {
            boxes.count(starts.len());
            boxes.numbers(starts);
        });
    }
    chunk_table(&written.chunks, boxes);
    sizes(&written.sizes, boxes);
    boxes.full(*b"stco", 0, 0, |boxes| {
        boxes.count(written.chunks.len());
        for chunk in &written.chunks {
            let place = u32::try_from(chunk.place).unwrap_or(u32::MAX);
            boxes.number(first.saturating_add(place));
        }
    });
}

/// From which chunk on there are how many samples in each.
fn chunk_table(chunks: &[Chunk], boxes: &mut Boxes) {
    let mut rows: Vec<(u32, u32, u32)> = Vec::new();
    for (number, chunk) in (1_u32..).zip(chunks) {
        let row = (number, chunk.count, chunk.entry + 1);
        if rows.last().is_none_or(|last| (last.1, last.2) != (row.1, row.2)) {
            rows.push(row);
        }
    }
    boxes.full(*b"stsc", 0, 0, |boxes| {
        boxes.count(rows.len());
        for (from, count, entry) in rows {
            boxes.numbers(&[from, count, entry]);
        }
    });
}

fn sizes(sizes: &Sizes, boxes: &mut Boxes) {
    boxes.full(*b"stsz", 0, 0, |boxes| match sizes {
        Sizes::Same { size, count } => {
            boxes.number(*size);
            boxes.number(*count);
        }
        Sizes::Each(sizes) => {
            // One size for all of them is written once, unless it is none.
            let same =
                sizes.first().filter(|&first| *first > 0 && sizes.iter().all(|s| s == first));
            boxes.number(same.copied().unwrap_or_default());
            boxes.count(sizes.len());
            if same.is_none() {
                boxes.numbers(sizes);
            }
        }
    });
}
