//! The clean copy, while it is being put together.

use std::collections::BTreeMap;
use std::ops::Range;

use super::application::Found;
use super::coded::{Sent, Walk};
use super::frame::{Frame, Scan};
use super::segments::{Run, Segments};
use super::tables::{self, Table};
use super::{application, profile};
use crate::refusal::{Damage, Feature};
use crate::{Category, Change, Limits, Notes, Refusal, exif};

const MISSING: Refusal = Refusal::Damaged(Damage::Missing);
const ORDER: Refusal = Refusal::Damaged(Damage::Order);

/// What was read so far, and the copy from the first scan on.
pub(super) struct Picture<'a> {
    copy: Vec<u8>,
    frame: Option<Frame>,
    /// Density of a JFIF segment: unit and dots.
    jfif: Option<(u8, u16)>,
    orientation: Option<u16>,
    profile: profile::Parts<'a>,
    adobe: Option<u8>,
    quantisation: BTreeMap<u8, Table>,
    huffman: BTreeMap<u8, Table>,
    written: BTreeMap<u8, Table>,
    /// Tables in the copy, in order, and the latest of each name.
    placed: Vec<Placed>,
    latest: BTreeMap<u8, usize>,
    interval: u16,
    written_interval: u16,
    scanned: bool,
    /// Per plane: which coefficients were sent.
    sent: BTreeMap<usize, Sent>,
}

/// A Huffman table where it stands in the copy, and which of its codes are used.
struct Placed {
    at: usize,
    end: usize,
    table: Table,
    used: Vec<bool>,
}

impl<'a> Picture<'a> {
    pub(super) fn new(size: usize) -> Self {
        Picture {
            copy: Vec::with_capacity(size),
            frame: None,
            jfif: None,
            orientation: None,
            profile: profile::Parts::default(),
            adobe: None,
            quantisation: BTreeMap::new(),
            huffman: BTreeMap::new(),
            written: BTreeMap::new(),
            placed: Vec::new(),
            latest: BTreeMap::new(),
            interval: 0,
            written_interval: 0,
            scanned: false,
            sent: BTreeMap::new(),
        }
    }

    pub(super) fn frame(
        &mut self,
        marker: u8,
        body: &[u8],
        limits: &Limits,
    ) -> Result<(), Refusal> {
        if self.frame.is_some() {
            return Err(ORDER);
        }
        self.frame = Some(Frame::parse(marker, body, limits)?);
        Ok(())
    }

    pub(super) fn quantisation_tables(&mut self, body: &[u8]) -> Result<(), Refusal> {
        for (number, table) in tables::quantisation(body)? {
            let before = self.quantisation.insert(number, table);
            // Decoders disagree on whether a late table changes what came before it.
            if self.scanned && before.as_ref() != self.quantisation.get(&number) {
                return Err(Refusal::Feature(Feature::Construct));
            }
        }
        Ok(())
    }

    pub(super) fn huffman_tables(&mut self, body: &[u8]) -> Result<(), Refusal> {
        self.huffman.extend(tables::huffman(body)?);
        Ok(())
    }

    pub(super) fn restart_interval(&mut self, body: &[u8]) -> Result<(), Refusal> {
        let interval = body.try_into().map_err(|_| Refusal::Damaged(Damage::Length))?;
        self.interval = u16::from_be_bytes(interval);
        Ok(())
    }

    /// Counts what an application segment holds, and keeps what is issued anew.
    ///
    /// Behind the first scan nothing is kept: viewers have stopped looking by then.
    pub(super) fn application(
        &mut self,
        marker: u8,
        body: &'a [u8],
        notes: &mut Notes,
    ) -> Result<(), Refusal> {
        let found = application::read(marker, body, notes);
        if self.scanned {
            return Ok(());
        }
        match found {
            Found::Jfif(unit, dots) if self.jfif.is_none() => self.jfif = Some((unit, dots)),
            Found::Orientation(value) if self.orientation.is_none() => {
                self.orientation = Some(value);
            }
            Found::Profile(part) => self.profile.push(part),
            // Viewers would show other colours, each in its own way.
            Found::Adobe(3..) => return Err(Refusal::Damaged(Damage::Value)),
            Found::Adobe(transform) if self.adobe.is_some_and(|first| first != transform) => {
                return Err(ORDER);
            }
            Found::Adobe(transform) => self.adobe = Some(transform),
            _ => {}
        }
        Ok(())
    }

    /// Copies a scan: its tables, its header, its coded data.
    pub(super) fn scan(
        &mut self,
        body: &[u8],
        segments: &mut Segments<'a>,
        notes: &mut Notes,
    ) -> Result<(), Refusal> {
        if !self.scanned {
            self.head(notes)?;
            self.scanned = true;
        }
        let scan = self.frame.as_mut().ok_or(MISSING)?.scan(body)?;
        if self.interval != self.written_interval {
            self.segment(0xDD, &self.interval.to_be_bytes());
            self.written_interval = self.interval;
        }
        for name in &scan.tables {
            let table = self.huffman.get(name).ok_or(MISSING)?.clone();
            if self.written.get(name) != Some(&table) {
                let used = vec![false; table.len().saturating_sub(17)];
                self.latest.insert(*name, self.placed.len());
                let at = self.copy.len();
                self.segment(0xC4, &table);
                self.placed.push(Placed { at, end: self.copy.len(), table: table.clone(), used });
                self.written.insert(*name, table);
            }
        }
        self.segment(0xDA, &scan.header);
        self.coded_data(&scan, segments, notes)
    }

    fn coded_data(
        &mut self,
        scan: &Scan,
        segments: &mut Segments<'a>,
        notes: &mut Notes,
    ) -> Result<(), Refusal> {
        let restarts = match u64::from(self.interval) {
            0 => 0,
            interval => scan.units.div_ceil(interval) - 1,
        };
        let mut walk = Walk::new(scan, &self.huffman, self.interval)?;
        let sent = self.sent.entry(scan.parts.first().map_or(0, |part| part.plane)).or_default();
        if scan.progressive && scan.first > 0 && sent.is_empty() {
            sent.resize(usize::try_from(scan.units).map_err(|_| MISSING)?, 0);
        }
        let (mut seen, mut data): (u64, &[u8]) = (0, &[]);
        while let Some(run) = segments.run()? {
            match run {
                Run::Data(coded) => {
                    data = coded;
                    self.copy.extend_from_slice(coded);
                }
                Run::Fill => notes.found(Category::StrayBytes),
                Run::Restart(number) => {
                    // A restart that is not due ends the picture for some decoders only.
                    if u64::from(number) != seen % 8 || seen == restarts {
                        return Err(ORDER);
                    }
                    seen += 1;
                    walk.interval(std::mem::take(&mut data), sent)?;
                    self.copy.extend([0xFF, 0xD0 | number]);
                }
            }
        }
        if seen != restarts {
            return Err(Refusal::Truncated);
        }
        walk.interval(data, sent)?;
        for (name, used) in walk.used() {
            let placed = self.latest.get(&name).and_then(|index| self.placed.get_mut(*index));
            for (all, used) in placed.ok_or(MISSING)?.used.iter_mut().zip(used) {
                *all |= used;
            }
        }
        Ok(())
    }

    /// Writes everything before the first scan.
    fn head(&mut self, notes: &mut Notes) -> Result<(), Refusal> {
        let frame = self.frame.as_ref().ok_or(MISSING)?;
        let (channels, used) = (frame.channels(), frame.quantisation());
        let (marker, header) = frame.segment();
        let header = header.to_vec();
        self.copy.extend([0xFF, 0xD8]);
        if let Some((unit, dots)) = self.jfif {
            self.segment(0xE0, &application::jfif(unit, dots));
        }
        if let Some(orientation) = self.orientation.filter(|&value| value != 1) {
            let tiff = exif::orientation_only(orientation);
            self.segment(0xE1, &[application::EXIF, tiff.as_slice()].concat());
        }
        let (profile, changed) = self.profile.issue(channels);
        notes.found_many(Category::ColourProfiles, u32::from(changed));
        if profile.is_empty() && self.profile.is_there() {
            notes.changed(Change::ColoursChanged);
        }
        for part in profile {
            self.segment(0xE2, &part);
        }
        if let Some(transform) = self.adobe {
            self.segment(0xEE, &application::adobe(transform));
        }
        for number in used {
            let table = self.quantisation.get(&number).ok_or(MISSING)?.clone();
            self.segment(0xDB, &table);
        }
        self.segment(marker, &header);
        Ok(())
    }

    pub(super) fn segment(&mut self, marker: u8, body: &[u8]) {
        // Bodies come from segments or are shorter, so that the length always fits.
        let length = u16::try_from(body.len() + 2).unwrap_or(u16::MAX);
        self.copy.extend([0xFF, marker]);
        self.copy.extend(length.to_be_bytes());
        self.copy.extend_from_slice(body);
    }

    /// Closes the copy.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Refusal> {
        if !self.frame.as_ref().is_some_and(Frame::is_filled) {
            return Err(MISSING);
        }
        self.copy.extend([0xFF, 0xD9]);
        Ok(self.without_unused_codes())
    }

    /// Only when all data were read it is known which codes of a table are used. The
    /// others can spell anything: tables are written once more without them, and what
    /// stands between the tables moves up.
    fn without_unused_codes(mut self) -> Vec<u8> {
        let (mut from, mut to) = (0, 0);
        let mut before: BTreeMap<u8, Table> = BTreeMap::new();
        for placed in std::mem::take(&mut self.placed) {
            to = self.move_up(from..placed.at, to);
            from = placed.end;
            let table = tables::without_unused(&placed.table, &placed.used);
            let name = table.first().copied().unwrap_or_default();
            // Two that differed only in what nobody uses are now one.
            if before.get(&name) != Some(&table) {
                let length = u16::try_from(table.len() + 2).unwrap_or(u16::MAX).to_be_bytes();
                let segment = [&[0xFF, 0xC4], &length[..], &table].concat();
                if let Some(place) = self.copy.get_mut(to..to + segment.len()) {
                    place.copy_from_slice(&segment);
                }
                to += segment.len();
                before.insert(name, table);
            }
        }
        to = self.move_up(from..self.copy.len(), to);
        self.copy.truncate(to);
        self.copy
    }

    /// Moves a part of the copy to the front; returns where it ends there.
    fn move_up(&mut self, part: Range<usize>, to: usize) -> usize {
        let end = to + part.len();
        self.copy.copy_within(part, to);
        end
    }
}
