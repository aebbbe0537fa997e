//! Writes the clean copy: of each page its strips or tiles, then what does not fit into its
//! directory, then the directory.

use super::layout::Grid;
use super::page::{Coding, Page};
use super::samples::Seen;
use super::tags;
use crate::Refusal;
use crate::refusal::Limit;

/// Little-endian, and where the first directory is.
const HEAD: &[u8] = b"II\x2a\0\0\0\0\0";

/// The value of an entry.
enum Value {
    Short(Vec<u16>),
    Long(Vec<u32>),
    /// Fractions with one denominator.
    Fraction(Vec<u32>, u32),
    Bytes(Vec<u8>),
}

impl Value {
    /// Type, count, bytes.
    fn write(&self) -> (u16, usize, Vec<u8>) {
        match self {
            Value::Short(all) => (3, all.len(), all.iter().flat_map(|n| n.to_le_bytes()).collect()),
            Value::Long(all) => (4, all.len(), all.iter().flat_map(|n| n.to_le_bytes()).collect()),
            Value::Fraction(all, under) => {
                let both = all.iter().flat_map(|over| [*over, *under]);
                (5, all.len(), both.flat_map(u32::to_le_bytes).collect())
            }
            Value::Bytes(all) => (7, all.len(), all.clone()),
        }
    }
}

/// A copy that is being written.
pub(super) struct Writer {
    file: Vec<u8>,
    /// How long it may get.
    most: u64,
    /// Where the place of the next directory is to be written.
    link: usize,
    /// Where the strips or tiles of this page begin, and how long each is.
    begin: u32,
    lengths: Vec<u32>,
}

impl Writer {
    pub(super) fn new(most: u64) -> Self {
        let begin = u32::try_from(HEAD.len()).unwrap_or_default();
        Writer { file: HEAD.to_vec(), most, link: 4, begin, lengths: Vec::new() }
    }

    /// Appends a strip or tile of the next page.
    pub(super) fn part(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        if (self.file.len() + bytes.len()) as u64 > self.most {
            return Err(Refusal::Limit(Limit::OutputBytes));
        }
        self.lengths.push(u32::try_from(bytes.len()).map_err(|_| Refusal::Internal)?);
        self.file.extend(bytes);
        Ok(())
    }

    /// Ends a page.
    pub(super) fn page(&mut self, page: &Page, seen: &Seen) -> Result<(), Refusal> {
        let lengths = std::mem::take(&mut self.lengths);
        let mut places = Vec::with_capacity(lengths.len());
        let mut place = self.begin;
        for length in &lengths {
            places.push(place);
            place = place.checked_add(*length).ok_or(Refusal::Limit(Limit::OutputBytes))?;
        }
        let mut directory = Vec::new();
        for (tag, value) in entries(page, seen, places, lengths) {
            let (kind, count, mut bytes) = value.write();
            if bytes.len() > 4 {
                let place = self.even()?;
                self.file.extend(&bytes);
                bytes = place.to_le_bytes().to_vec();
            }
            bytes.resize(4, 0);
            directory.extend(tag.to_le_bytes());
            directory.extend(kind.to_le_bytes());
            directory.extend(u32::try_from(count).map_err(|_| Refusal::Internal)?.to_le_bytes());
            directory.extend(bytes);
        }
        let place = self.even()?;
        let link = self.file.get_mut(self.link..self.link + 4).ok_or(Refusal::Internal)?;
        link.copy_from_slice(&place.to_le_bytes());
        let count = u16::try_from(directory.len() / 12).map_err(|_| Refusal::Internal)?;
        self.file.extend(count.to_le_bytes());
        self.file.extend(directory);
        self.link = self.file.len();
        self.file.extend([0; 4]);
        self.begin = u32::try_from(self.file.len()).map_err(|_| Refusal::Internal)?;
        Ok(())
    }

    /// Structures begin on even places.
    fn even(&mut self) -> Result<u32, Refusal> {
        self.file.resize(self.file.len().next_multiple_of(2), 0);
        u32::try_from(self.file.len()).map_err(|_| Refusal::Limit(Limit::OutputBytes))
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.file
    }
}

/// The entries of a page, in ascending order.
fn entries(
    page: &Page,
    seen: &Seen,
    places: Vec<u32>,
    lengths: Vec<u32>,
) -> impl Iterator<Item = (u16, Value)> {
    use Value::{Bytes, Fraction, Long, Short};
    let short = |tag, number| Some((tag, Short(vec![number])));
    let unless =
        |usual: u16, number: u16, tag| (number != usual).then(|| (tag, Short(vec![number])));
    let (strips, tiles) = match page.grid {
        Grid::Strips(rows) => (Some((rows, places, lengths)), None),
        Grid::Tiles(columns, rows) => (None, Some((columns, rows, places, lengths))),
    };
    let (strip_places, strip_rows, strip_lengths) = match strips {
        Some((rows, places, lengths)) => (Some(places), Some(rows), Some(lengths)),
        None => (None, None, None),
    };
    let (tile_size, tile_places, tile_lengths) = match tiles {
        Some((columns, rows, places, lengths)) => {
            (Some((columns, rows)), Some(places), Some(lengths))
        }
        None => (None, None, None),
    };
    let samples = usize::from(page.samples);
    [
        Some((tags::WIDTH, Long(vec![page.size.0]))),
        Some((tags::HEIGHT, Long(vec![page.size.1]))),
        Some((tags::BITS, Short(vec![page.bits; samples]))),
        short(tags::CODING, written(page.coding)),
        short(tags::PHOTOMETRIC, page.photometric),
        strip_places.map(|all| (tags::STRIP_PLACES, Long(all))),
        page.orientation.and_then(|turn| short(tags::ORIENTATION, turn)),
        short(tags::SAMPLES, page.samples),
        strip_rows.map(|rows| (tags::STRIP_ROWS, Long(vec![rows]))),
        strip_lengths.map(|all| (tags::STRIP_LENGTHS, Long(all))),
        page.dots.map(|dots| (tags::DOTS_ACROSS, Fraction(vec![dots.0], 1))),
        page.dots.map(|dots| (tags::DOTS_DOWN, Fraction(vec![dots.1], 1))),
        unless(1, if page.planar { 2 } else { 1 }, tags::PLANAR),
        page.dots.and_then(|_| short(tags::DOTS_UNIT, 2)),
        unless(1, page.predictor, tags::PREDICTOR),
        page.palette.as_ref().map(|all| (tags::PALETTE, Short(used(all, seen)))),
        tile_size.map(|size| (tags::TILE_WIDTH, Long(vec![size.0]))),
        tile_size.map(|size| (tags::TILE_HEIGHT, Long(vec![size.1]))),
        tile_places.map(|all| (tags::TILE_PLACES, Long(all))),
        tile_lengths.map(|all| (tags::TILE_LENGTHS, Long(all))),
        page.extra.as_ref().map(|all| (tags::EXTRA, Short(all.clone()))),
        (page.format != 1).then(|| (tags::FORMAT, Short(vec![page.format; samples]))),
        page.luma.as_ref().map(|all| (tags::LUMA, Fraction(all.clone(), 10_000))),
        page.subsampling.map(|(across, down)| (tags::SUBSAMPLING, Short(vec![across, down]))),
        page.positioning.and_then(|place| short(tags::POSITIONING, place)),
        page.reference.as_ref().map(|all| (tags::REFERENCE, Fraction(all.clone(), 1))),
        page.profile.as_ref().map(|profile| (tags::PROFILE, Bytes(profile.clone()))),
    ]
    .into_iter()
    .flatten()
}

/// The number of a packing in the copy.
fn written(coding: Coding) -> u16 {
    match coding {
        Coding::Plain => 1,
        Coding::Fax3 | Coding::Fax4 => 4,
        Coding::PackBits | Coding::Lzw => 5,
        Coding::Jpeg => 7,
        Coding::Deflate => 8,
    }
}

/// A palette without the colours that no pixel has.
fn used(palette: &[u16], seen: &Seen) -> Vec<u16> {
    let count = (palette.len() / 3).max(1);
    let kept = |(place, colour): (usize, &u16)| {
        if seen.entries.get(place % count) == Some(&true) { *colour } else { 0 }
    };
    let kept: Vec<u16> = palette.iter().enumerate().map(kept).collect();
    // If all that is left looks like colours of eight bits, it would be taken for such.
    let dark = kept.iter().all(|&colour| colour < 256);
    if dark { vec![0; kept.len()] } else { kept }
}
