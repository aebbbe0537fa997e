//! What of a JPEG decides how it looks.

use super::walk::{Walk, same_coded};

/// Everything a decoder takes into account.
#[derive(Default)]
pub(super) struct Shown<'a> {
    frame: (u8, &'a [u8]),
    /// The table of each colour plane.
    quantisation: Vec<&'a [u8]>,
    jfif: Option<&'a [u8]>,
    adobe: Option<u8>,
    orientation: Option<u8>,
    pub(super) scans: Vec<Scan<'a>>,
    /// How many tables the scans and planes took.
    tables_used: usize,
}

/// One pass over the picture.
pub(super) struct Scan<'a> {
    pub(super) planes: Vec<Plane<'a>>,
    pub(super) band: [u8; 3],
    pub(super) interval: &'a [u8],
    pub(super) coded: &'a [u8],
}

/// A plane in a scan: its name and the tables by which it is decoded, DC and AC.
pub(super) type Plane<'a> = (u8, Option<&'a [u8]>, Option<&'a [u8]>);

type Tables<'a> = [Option<&'a [u8]>; 32];

impl<'a> Shown<'a> {
    /// Collects from a walk what counts.
    pub(super) fn by(walk: &Walk<'a>) -> Option<Shown<'a>> {
        let mut shown = Shown::default();
        let mut quantisation: [Option<&[u8]>; 4] = [None; 4];
        let mut huffman: Tables = [None; 32];
        let mut fresh = [false; 32];
        let mut interval: &[u8] = &[0, 0];
        for segment in &walk.segments {
            match segment.marker {
                0xE0..=0xEF if shown.scans.is_empty() => {
                    shown.application(segment.marker, segment.body);
                }
                0xDB => read_quantisation(segment.body, &mut quantisation)?,
                0xC4 => read_huffman(segment.body, &mut huffman, &mut fresh)?,
                0xDD => interval = segment.body,
                0xC0..=0xC2 => shown.frame = (segment.marker, segment.body),
                0xDA => {
                    if shown.scans.is_empty() {
                        shown.planes(&quantisation)?;
                    }
                    let mut scan = shown.scan(segment.body, &huffman, &mut fresh)?;
                    (scan.interval, scan.coded) = (interval, segment.coded);
                    shown.scans.push(scan);
                }
                _ => {}
            }
        }
        (!shown.scans.is_empty()).then_some(shown)
    }

    fn application(&mut self, marker: u8, body: &'a [u8]) {
        match marker {
            0xE0 if body.starts_with(b"JFIF\0") && body.len() >= 14 && self.jfif.is_none() => {
                self.jfif = body.get(7..12);
            }
            0xE1 if body.starts_with(b"Exif\0\0") && self.orientation.is_none() => {
                self.orientation = body.get(6..).and_then(orientation);
            }
            0xEE if body.starts_with(b"Adobe") && body.len() >= 12 => {
                self.adobe = body.get(11).copied();
            }
            _ => {}
        }
    }

    /// The same as a part of a picture that says the rest itself.
    pub(super) fn without_application(self) -> Shown<'a> {
        Shown { jfif: None, adobe: None, orientation: None, ..self }
    }

    /// The table of each plane, in the order of the frame.
    fn planes(&mut self, tables: &[Option<&'a [u8]>; 4]) -> Option<()> {
        let mut used = [false; 4];
        for plane in self.frame.1.get(6..)?.chunks(3) {
            let number = usize::from(*plane.get(2)?);
            self.quantisation.push((*tables.get(number)?)?);
            *used.get_mut(number)? = true;
        }
        self.tables_used += used.iter().filter(|used| **used).count();
        Some(())
    }

    fn scan(
        &mut self,
        body: &'a [u8],
        huffman: &Tables<'a>,
        fresh: &mut [bool; 32],
    ) -> Option<Scan<'a>> {
        let (planes, band) = body.get(1..)?.split_last_chunk::<3>()?;
        let progressive = self.frame.0 == 0xC2;
        let band = if progressive { *band } else { [0, 63, 0] };
        let [first, _, bits] = band;
        let sends_coarse = !progressive || (first == 0 && bits < 0x10);
        let sends_fine = !progressive || first > 0;
        let mut scan = Scan { planes: Vec::new(), band, interval: &[], coded: &[] };
        for plane in planes.chunks(2) {
            let (id, names) = (*plane.first()?, *plane.get(1)?);
            let mut take = |needed: bool, name: u8| -> Option<Option<&'a [u8]>> {
                if !needed {
                    return Some(None);
                }
                let place = usize::from(name);
                self.tables_used += usize::from(std::mem::take(fresh.get_mut(place)?));
                Some(Some((*huffman.get(place)?)?))
            };
            let dc = take(sends_coarse, names >> 4)?;
            let ac = take(sends_fine, 0x10 | (names & 0x0F))?;
            scan.planes.push((id, dc, ac));
        }
        Some(scan)
    }

    pub(super) fn width(&self) -> u16 {
        self.number(3)
    }

    pub(super) fn height(&self) -> u16 {
        self.number(1)
    }

    pub(super) fn channels(&self) -> u8 {
        self.frame.1.get(5).copied().unwrap_or(0)
    }

    pub(super) fn is_progressive(&self) -> bool {
        self.frame.0 == 0xC2
    }

    /// How many units a scan has, and how many blocks of each plane are in one (A.2).
    pub(super) fn units(&self, scan: &Scan<'_>) -> Option<(usize, Vec<usize>)> {
        let planes = self.frame.1.get(6..)?.chunks(3);
        let shape = |plane: &[u8]| {
            let factors = usize::from(*plane.get(1)?);
            Some((*plane.first()?, factors >> 4, factors & 15))
        };
        let shapes = planes.map(shape).collect::<Option<Vec<_>>>()?;
        let across = shapes.iter().map(|shape| shape.1).max().filter(|most| *most > 0)?;
        let down = shapes.iter().map(|shape| shape.2).max().filter(|most| *most > 0)?;
        let (width, height) = (usize::from(self.width()), usize::from(self.height()));
        let of = |id: u8| shapes.iter().find(|shape| shape.0 == id);
        if let [(id, ..)] = scan.planes.as_slice() {
            let (_, columns, rows) = of(*id)?;
            let columns = (width * columns).div_ceil(across).div_ceil(8);
            return Some((columns * (height * rows).div_ceil(down).div_ceil(8), vec![1]));
        }
        let units = width.div_ceil(8 * across) * height.div_ceil(8 * down);
        let blocks = scan.planes.iter().map(|(id, ..)| of(*id).map(|shape| shape.1 * shape.2));
        Some((units, blocks.collect::<Option<_>>()?))
    }

    fn number(&self, at: usize) -> u16 {
        let bytes = self.frame.1.get(at..at + 2).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, u16::from_be_bytes)
    }

    /// Whether each table in the file is used: one that is not can hold anything.
    pub(super) fn uses_every_table(&self, walk: &Walk<'_>) -> bool {
        let tables = walk.segments.iter().filter(|segment| matches!(segment.marker, 0xDB | 0xC4));
        tables.count() == self.tables_used
    }

    /// Whether both decode to the same picture, turned the same way.
    pub(super) fn is_that_of(&self, original: &Shown<'_>) -> bool {
        let density = match (self.jfif, original.jfif) {
            (None, None) => true,
            (Some(ours), Some(theirs)) => ours == theirs || ours == [0, 0, 1, 0, 1],
            _ => false,
        };
        density
            && self.frame == original.frame
            && self.quantisation == original.quantisation
            && self.adobe == original.adobe
            && self.orientation.unwrap_or(1) == original.orientation.unwrap_or(1)
            && self.scans.len() == original.scans.len()
            && self.scans.iter().zip(&original.scans).all(|(ours, theirs)| {
                ours.planes.len() == theirs.planes.len()
                    && ours.band == theirs.band
                    && ours.interval == theirs.interval
                    && same_coded(theirs.coded, ours.coded)
            })
            && super::coded::agree(original, self).is_some()
    }
}

fn read_quantisation<'a>(mut body: &'a [u8], tables: &mut [Option<&'a [u8]>; 4]) -> Option<()> {
    while let Some(name) = body.first() {
        let (table, rest) = body.split_at_checked(if *name < 0x10 { 65 } else { 129 })?;
        *tables.get_mut(usize::from(name & 0x0F))? = Some(table);
        body = rest;
    }
    Some(())
}

fn read_huffman<'a>(
    mut body: &'a [u8],
    tables: &mut Tables<'a>,
    fresh: &mut [bool; 32],
) -> Option<()> {
    while let Some(name) = body.first() {
        let symbols: usize = body.get(1..17)?.iter().map(|&count| usize::from(count)).sum();
        let (table, rest) = body.split_at_checked(17 + symbols)?;
        let place = usize::from(*name);
        *tables.get_mut(place)? = Some(table);
        *fresh.get_mut(place)? = true;
        body = rest;
    }
    Some(())
}

/// The orientation in the first directory of an Exif block.
fn orientation(tiff: &[u8]) -> Option<u8> {
    let big = match tiff.get(..4)? {
        b"MM\0\x2a" => true,
        b"II\x2a\0" => false,
        _ => return None,
    };
    let word = |at: usize| {
        let bytes: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    };
    let (first, second) = (usize::from(word(4)?), usize::from(word(6)?));
    let start = if big { first << 16 | second } else { second << 16 | first };
    let count = word(start)?;
    let mut entries = (0..usize::from(count)).map(|number| start + 2 + 12 * number);
    let entry = entries.find(|&entry| word(entry) == Some(0x0112) && word(entry + 2) == Some(3))?;
    u8::try_from(word(entry + 8)?).ok().filter(|value| (1..=8).contains(value))
}
