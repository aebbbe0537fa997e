//! Frame and scan headers (T.81, B.2.2 and B.2.3).

use crate::refusal::{Damage, Feature, Limit};
use crate::{Limits, Refusal};

const LENGTH: Refusal = Refusal::Damaged(Damage::Length);
const VALUE: Refusal = Refusal::Damaged(Damage::Value);
const ORDER: Refusal = Refusal::Damaged(Damage::Order);

/// The marker of progressive frames.
const PROGRESSIVE: u8 = 0xC2;
/// Progressive pictures have about ten scans; each costs a pass over the picture.
const MAX_SCANS: usize = 200;

/// One colour plane.
struct Component {
    id: u8,
    across: u32,
    down: u32,
    quantisation: u8,
    /// Per coefficient: the lowest bit that was sent so far.
    sent: [Option<u8>; 64],
}

/// The frame and how much of it the scans have filled.
pub(super) struct Frame {
    marker: u8,
    header: Vec<u8>,
    width: u32,
    height: u32,
    components: Vec<Component>,
    scans: usize,
}

/// A checked scan header.
pub(super) struct Scan {
    /// The canonical body.
    pub(super) header: Vec<u8>,
    /// Names of the Huffman tables it uses.
    pub(super) tables: Vec<u8>,
    /// Coded units in it: restart markers are counted by them.
    pub(super) units: u64,
    /// The planes in it.
    pub(super) parts: Vec<Part>,
    pub(super) progressive: bool,
    pub(super) first: u8,
    pub(super) last: u8,
    pub(super) refines: bool,
}

/// A plane in a scan.
pub(super) struct Part {
    /// Its place in the frame.
    pub(super) plane: usize,
    /// Its blocks in one unit.
    pub(super) blocks: u32,
    pub(super) dc: Option<u8>,
    pub(super) ac: Option<u8>,
}

impl Frame {
    /// Reads a frame header.
    pub(super) fn parse(marker: u8, body: &[u8], limits: &Limits) -> Result<Frame, Refusal> {
        let (&[precision, h1, h2, w1, w2, count], rest) = body.split_first_chunk().ok_or(LENGTH)?;
        let (height, width) = (u16::from_be_bytes([h1, h2]), u16::from_be_bytes([w1, w2]));
        // A height of zero is given later by a DNL segment, which hides it from most viewers.
        if precision != 8 || height == 0 {
            return Err(Refusal::Feature(Feature::Coding));
        }
        if width == 0 {
            return Err(VALUE);
        }
        let (width, height) = (u32::from(width), u32::from(height));
        if width.max(height) > limits.side || u64::from(width) * u64::from(height) > limits.pixels {
            return Err(Refusal::Limit(Limit::Pixels));
        }
        if !matches!(count, 1 | 3 | 4) {
            return Err(Refusal::Feature(Feature::Construct));
        }
        if rest.len() != 3 * usize::from(count) {
            return Err(LENGTH);
        }
        let mut components: Vec<Component> = Vec::new();
        for fields in rest.chunks_exact(3) {
            let component = Component::parse(fields)?;
            if components.iter().any(|other| other.id == component.id) {
                return Err(VALUE);
            }
            components.push(component);
        }
        Ok(Frame { marker, header: body.to_vec(), width, height, components, scans: 0 })
    }

    /// The marker and the body as they are written.
    pub(super) fn segment(&self) -> (u8, &[u8]) {
        (self.marker, &self.header)
    }

    /// How many colour planes there are.
    pub(super) fn channels(&self) -> usize {
        self.components.len()
    }

    /// The numbers of the quantisation tables in use, in order.
    pub(super) fn quantisation(&self) -> Vec<u8> {
        (0..4)
            .filter(|number| self.components.iter().any(|part| part.quantisation == *number))
            .collect()
    }

    /// Reads a scan header and notes which part of the picture it fills.
    pub(super) fn scan(&mut self, body: &[u8]) -> Result<Scan, Refusal> {
        self.scans += 1;
        if self.scans > MAX_SCANS {
            return Err(Refusal::Limit(Limit::Parts));
        }
        let (&count, rest) = body.split_first().ok_or(LENGTH)?;
        let (selectors, progress) = rest.split_at_checked(2 * usize::from(count)).ok_or(LENGTH)?;
        let progress: [u8; 3] = progress.try_into().map_err(|_| LENGTH)?;
        let band = Band::parse(self.marker == PROGRESSIVE, progress, count)?;
        let mut scan = Scan {
            header: vec![count],
            tables: Vec::new(),
            units: 0,
            parts: Vec::new(),
            progressive: band.progressive,
            first: band.first,
            last: band.last,
            refines: band.refines,
        };
        let mut members = Vec::new();
        for selector in selectors.chunks_exact(2) {
            let &[id, tables] = selector.as_array().ok_or(LENGTH)?;
            let at = self.components.iter().position(|part| part.id == id).ok_or(VALUE)?;
            // Planes come in the order of the frame, each once.
            if members.last().is_some_and(|&last| last >= at) {
                return Err(ORDER);
            }
            members.push(at);
            let (dc, ac) = band.tables(tables)?;
            scan.tables.extend(dc);
            scan.tables.extend(ac.map(|number| 0x10 | number));
            scan.header.extend([id, dc.unwrap_or(0) << 4 | ac.unwrap_or(0)]);
            let component = self.components.get_mut(at).ok_or(VALUE)?;
            component.receive(&band)?;
            // Alone in its scan, a plane is sent block by block.
            let blocks = if count == 1 { 1 } else { component.across * component.down };
            scan.parts.push(Part { plane: at, blocks, dc, ac });
        }
        scan.header.extend([band.first, band.last, band.before << 4 | band.bit]);
        scan.units = self.units(&members).ok_or(VALUE)?;
        Ok(scan)
    }

    /// Whether every plane was sent at least in coarse form.
    pub(super) fn is_filled(&self) -> bool {
        self.components.iter().all(|part| part.sent.first().is_some_and(Option::is_some))
    }

    /// Coded units of a scan (T.81, A.2).
    fn units(&self, members: &[usize]) -> Option<u64> {
        let across = self.components.iter().map(|part| part.across).max()?;
        let down = self.components.iter().map(|part| part.down).max()?;
        let (columns, rows) = match members {
            [] => return None,
            [only] => {
                let part = self.components.get(*only)?;
                let width = (self.width * part.across).div_ceil(across);
                let height = (self.height * part.down).div_ceil(down);
                (width.div_ceil(8), height.div_ceil(8))
            }
            _ => (self.width.div_ceil(8 * across), self.height.div_ceil(8 * down)),
        };
        Some(u64::from(columns) * u64::from(rows))
    }
}

impl Component {
    fn parse(fields: &[u8]) -> Result<Component, Refusal> {
        let &[id, sampling, quantisation] = fields.as_array().ok_or(LENGTH)?;
        let (across, down) = (sampling >> 4, sampling & 0x0F);
        if !(1..=4).contains(&across) || !(1..=4).contains(&down) || quantisation > 3 {
            return Err(VALUE);
        }
        let (across, down) = (u32::from(across), u32::from(down));
        Ok(Component { id, across, down, quantisation, sent: [None; 64] })
    }

    /// Notes which coefficients a scan sends.
    ///
    /// A second scan over the same bits would hide what the first one sent.
    fn receive(&mut self, band: &Band) -> Result<(), Refusal> {
        let range = usize::from(band.first)..=usize::from(band.last);
        for sent in self.sent.get_mut(range).ok_or(VALUE)? {
            let expected = if band.refines { Some(band.before) } else { None };
            if *sent != expected {
                return Err(ORDER);
            }
            *sent = Some(band.bit);
        }
        Ok(())
    }
}

/// Which coefficients and bits a scan sends.
struct Band {
    progressive: bool,
    first: u8,
    last: u8,
    before: u8,
    bit: u8,
    refines: bool,
}

impl Band {
    fn parse(progressive: bool, [first, last, bits]: [u8; 3], count: u8) -> Result<Band, Refusal> {
        if !progressive {
            // The three bytes mean nothing here and could say anything.
            let whole = Band { progressive, first: 0, last: 63, before: 0, bit: 0, refines: false };
            return Ok(whole);
        }
        let (before, bit) = (bits >> 4, bits & 0x0F);
        let band = Band { progressive, first, last, before, bit, refines: before != 0 };
        let shape = if first == 0 { last == 0 } else { first <= last && last < 64 && count == 1 };
        let depth = bit <= 13 && (before == 0 || before == bit + 1);
        if shape && depth { Ok(band) } else { Err(VALUE) }
    }

    /// The numbers of the DC and the AC table that this scan really uses.
    fn tables(&self, selector: u8) -> Result<(Option<u8>, Option<u8>), Refusal> {
        let (dc, ac) = (selector >> 4, selector & 0x0F);
        let used = match (self.progressive, self.first, self.refines) {
            (false, ..) => (Some(dc), Some(ac)),
            (true, 0, false) => (Some(dc), None),
            // The lower bits of DC coefficients are sent without a table.
            (true, 0, true) => (None, None),
            (true, ..) => (None, Some(ac)),
        };
        match used.0.max(used.1) {
            Some(4..) => Err(VALUE),
            _ => Ok(used),
        }
    }
}
