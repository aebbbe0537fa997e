//! The rows of one frame: unfolded, freed of what is not shown, folded again.
//!
//! The compressed data must unfold to exactly the rows the header promises. What
//! comes after the last row, inside the compressed stream or behind it, is read by
//! no viewer and has carried whole files; it is left out.

use std::slice::Iter;

use flate2::{Decompress, FlushDecompress, Status};

use super::filter;
use super::fold::{Folder, Parts};
use super::header::{Colour, Header};
use crate::refusal::{Damage, Limit};
use crate::{Category, Notes, Refusal};

/// What the pixels of all frames told.
pub(super) struct Seen {
    /// Which palette entries are used.
    pub(super) entries: [bool; 256],
    hidden: Option<[u8; 6]>,
    hidden_picture: bool,
    spare_bits: bool,
    tail: bool,
}

impl Seen {
    pub(super) fn nothing() -> Self {
        Seen {
            entries: [false; 256],
            hidden: None,
            hidden_picture: false,
            spare_bits: false,
            tail: false,
        }
    }

    /// Counts what was in places no viewer shows.
    pub(super) fn note(&self, notes: &mut Notes) {
        notes.found_many(Category::HiddenPictures, u32::from(self.hidden_picture));
        notes.found_many(Category::StrayBytes, u32::from(self.spare_bits) + u32::from(self.tail));
    }

    /// One colour under all transparent pixels is an encoder's habit; two or more
    /// are a picture that somebody erased and that is still there.
    fn hid(&mut self, colour: &[u8]) {
        let mut value = [0; 6];
        for (place, byte) in value.iter_mut().zip(colour) {
            *place = *byte;
        }
        self.hidden_picture |= self.hidden.is_some_and(|first| first != value);
        self.hidden.get_or_insert(value);
    }
}

/// Returns the canonical compressed data of one frame.
///
/// `most` is how many bytes it may have.
pub(super) fn recode(
    header: &Header,
    (width, height): (u32, u32),
    parts: &[&[u8]],
    seen: &mut Seen,
    most: u64,
) -> Result<Parts, Refusal> {
    let mut recoder =
        Recoder { header, seen, source: Inflater::new(parts), sink: Folder::new(), most };
    for (width, rows) in header.passes(width, height) {
        recoder.pass(width, rows)?;
    }
    recoder.finish()
}

struct Recoder<'a> {
    header: &'a Header,
    seen: &'a mut Seen,
    source: Inflater<'a>,
    sink: Folder,
    most: u64,
}

impl Recoder<'_> {
    fn pass(&mut self, width: u32, rows: u32) -> Result<(), Refusal> {
        let length = self.header.row_bytes(width);
        let pixel = self.header.pixel_bytes();
        let (mut above, mut shown_above) = (vec![0; length], vec![0; length]);
        let (mut row, mut shown) = (vec![0; length], vec![0; length]);
        for _ in 0..rows {
            let mut kind = [0];
            self.source.fill(&mut kind)?;
            self.source.fill(&mut row)?;
            filter::undo(kind[0], pixel, &mut row, &above)?;
            shown.copy_from_slice(&row);
            self.blank(&mut shown, width);
            let chosen = self.choose(&shown, &shown_above);
            self.sink.row(|block| filter::apply(chosen, pixel, &shown, &shown_above, block))?;
            within(self.sink.size(), self.most)?;
            std::mem::swap(&mut row, &mut above);
            std::mem::swap(&mut shown, &mut shown_above);
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Parts, Refusal> {
        self.seen.tail |= self.source.finish()?;
        let folded = self.sink.finish()?;
        within(folded.size(), self.most)?;
        Ok(folded)
    }

    /// Rows of indexes or of several pixels in a byte compress best as they are.
    fn choose(&self, row: &[u8], above: &[u8]) -> u8 {
        if self.header.colour == Colour::Indexed || self.header.depth < 8 {
            return filter::NONE;
        }
        filter::choose(self.header.pixel_bytes(), row, above)
    }

    /// Clears the bits of a row that no viewer shows, and notes used palette entries.
    fn blank(&mut self, row: &mut [u8], width: u32) {
        match (self.header.colour, self.header.depth) {
            (Colour::GreyAlpha, 8) => blank_transparent::<2, 1>(row, self.seen),
            (Colour::GreyAlpha, _) => blank_transparent::<4, 2>(row, self.seen),
            (Colour::RgbAlpha, 8) => blank_transparent::<4, 1>(row, self.seen),
            (Colour::RgbAlpha, _) => blank_transparent::<8, 2>(row, self.seen),
            (colour, depth) => {
                if depth < 8 {
                    self.blank_spare_bits(row, width);
                }
                if colour == Colour::Indexed {
                    mark_entries(row, width, depth, &mut self.seen.entries);
                }
            }
        }
    }

    /// A row ends on a whole byte; what follows its last pixel is free to carry bits.
    fn blank_spare_bits(&mut self, row: &mut [u8], width: u32) {
        let used = (width as usize * self.header.pixel_bits()) % 8;
        if let (Some(last), 1..) = (row.last_mut(), used) {
            let spare = 0xFF_u8 >> used;
            self.seen.spare_bits |= *last & spare != 0;
            *last &= !spare;
        }
    }
}

fn within(size: u64, most: u64) -> Result<(), Refusal> {
    if size > most { Err(Refusal::Limit(Limit::OutputBytes)) } else { Ok(()) }
}

/// Clears the colour of pixels whose last `A` of `N` bytes, the alpha, are zero.
fn blank_transparent<const N: usize, const A: usize>(row: &mut [u8], seen: &mut Seen) {
    for pixel in row.as_chunks_mut::<N>().0 {
        let (colour, alpha) = pixel.split_at_mut(N - A);
        if alpha.iter().all(|&byte| byte == 0) && colour.iter().any(|&byte| byte != 0) {
            seen.hid(colour);
            colour.fill(0);
        }
    }
}

fn mark_entries(row: &[u8], width: u32, depth: u8, entries: &mut [bool; 256]) {
    let in_a_byte = usize::from(8 / depth);
    let mask = 0xFF_u8 >> (8 - depth);
    let mut left = width as usize;
    for &byte in row {
        for place in 1..=in_a_byte.min(left) {
            let shift = 8 - place * usize::from(depth);
            if let Some(entry) = entries.get_mut(usize::from((byte >> shift) & mask)) {
                *entry = true;
            }
        }
        left = left.saturating_sub(in_a_byte);
    }
}

/// Unfolds a zlib stream that lies in several chunks.
struct Inflater<'a> {
    zlib: Decompress,
    part: &'a [u8],
    parts: Iter<'a, &'a [u8]>,
    ended: bool,
}

impl<'a> Inflater<'a> {
    fn new(parts: &'a [&'a [u8]]) -> Self {
        Inflater { zlib: Decompress::new(true), part: &[], parts: parts.iter(), ended: false }
    }

    /// Fills `out`, or refuses: a picture with missing rows looks different in
    /// every viewer.
    fn fill(&mut self, out: &mut [u8]) -> Result<(), Refusal> {
        let mut done = 0;
        while let Some(open @ [_, ..]) = out.get_mut(done..) {
            if self.ended {
                return Err(Refusal::Truncated);
            }
            done += self.step(open)?;
        }
        Ok(())
    }

    /// Reads to the end of the stream and says whether anything was left over.
    fn finish(&mut self) -> Result<bool, Refusal> {
        while !self.ended {
            if self.step(&mut [0])? > 0 {
                return Ok(true);
            }
        }
        Ok(!self.part.is_empty() || self.parts.any(|part| !part.is_empty()))
    }

    fn step(&mut self, out: &mut [u8]) -> Result<usize, Refusal> {
        while self.part.is_empty() {
            // The decoder may hold back bytes although its input is used up.
            let Some(part) = self.parts.next() else { break };
            self.part = part;
        }
        let (read, written) = (self.zlib.total_in(), self.zlib.total_out());
        let status = self
            .zlib
            .decompress(self.part, out, FlushDecompress::None)
            .map_err(|_| Refusal::Damaged(Damage::Value))?;
        let read = usize::try_from(self.zlib.total_in() - read).map_err(|_| Refusal::Internal)?;
        let written = self.zlib.total_out() - written;
        self.part = self.part.get(read..).unwrap_or_default();
        self.ended = status == Status::StreamEnd;
        if read == 0 && written == 0 && !self.ended {
            return Err(Refusal::Truncated);
        }
        usize::try_from(written).map_err(|_| Refusal::Internal)
    }
}
