//! Reads the coded data of a copy, block by block.
//!
//! A table of codes can hold codes that the data never use, and those can spell
//! anything. This reader notes which codes are used (T.81, annexes C, F and G): in the
//! copy they mean what they meant, all others mean nought, and behind the last used one
//! there is none. It is also the second reader of where the data end.

use std::collections::BTreeMap;

use super::shown::{Scan, Shown};

/// How many bits are enough to know most codes.
const PEEK: u32 = 12;

/// A table of codes.
struct Codes<'a> {
    /// The first 16 bits beyond the codes of a length, its first code, and its place.
    lengths: Vec<(u32, u32, u32)>,
    symbols: &'a [u8],
    /// What `PEEK` bits start with.
    known: Vec<Option<Code>>,
    used: Vec<bool>,
    /// All that stands whole in `PEEK` bits of a block that is sent at once, and which of
    /// these came up.
    runs: Vec<Run>,
    seen: Vec<bool>,
}

/// A code: how long it is, where in its table it stands, and what it means.
#[derive(Clone, Copy)]
struct Code {
    length: u8,
    place: u8,
    symbol: u8,
}

/// Some codes in a row, and the numbers behind them.
#[derive(Clone, Copy, Default)]
struct Run {
    bits: u8,
    /// Places of the block that they fill.
    places: u8,
    /// Whether the last of them says that nothing more comes.
    is_last: bool,
}

impl<'a> Codes<'a> {
    fn new(table: &'a [u8]) -> Option<Codes<'a>> {
        let (counts, symbols) = table.get(1..)?.split_at_checked(16)?;
        let mut lengths = Vec::with_capacity(16);
        let (mut code, mut place) = (0u32, 0u32);
        for (length, &count) in (1u32..).zip(counts) {
            let count = u32::from(count);
            lengths.push(((code + count) << (16 - length), code, place));
            place += count;
            code = (code + count) << 1;
        }
        let used = vec![false; symbols.len()];
        let (known, runs, seen) = (Vec::new(), Vec::new(), Vec::new());
        let mut codes = Codes { lengths, symbols, known, used, runs, seen };
        let short = |bits: u32| {
            let code = codes.find(bits << (16 - PEEK))?;
            (u32::from(code.length) <= PEEK).then_some(code)
        };
        codes.known = (0..1u32 << PEEK).map(short).collect();
        Some(codes)
    }

    /// Prepares for blocks that are sent at once.
    fn for_blocks(mut self) -> Self {
        self.runs = (0..1 << PEEK).map(|bits| self.run(bits, &mut |_| ())).collect();
        self.seen = vec![false; 1 << PEEK];
        self
    }

    /// The codes that stand whole in `PEEK` bits.
    fn run(&self, peek: usize, each: &mut dyn FnMut(Code)) -> Run {
        let mut run = Run::default();
        while !run.is_last && u32::from(run.bits) < PEEK {
            let next = peek << run.bits & ((1 << PEEK) - 1);
            let Some(code) = self.known.get(next).copied().flatten() else { break };
            if u32::from(run.bits + code.length) > PEEK {
                break;
            }
            each(code);
            let (zeros, size) = (code.symbol >> 4, code.symbol & 15);
            run.is_last = size == 0 && zeros < 15;
            run.places += if run.is_last { 0 } else { zeros + 1 };
            run.bits += code.length + size;
        }
        run
    }

    /// Which codes were used, one by one or in a run.
    fn all_used(&self) -> Vec<bool> {
        let mut used = self.used.clone();
        for (peek, _) in self.seen.iter().enumerate().filter(|(_, seen)| **seen) {
            self.run(peek, &mut |code| {
                used.iter_mut().skip(code.place.into()).take(1).for_each(|used| *used = true);
            });
        }
        used
    }

    /// The code at the start of 16 bits, looked for length by length.
    fn find(&self, bits: u32) -> Option<Code> {
        let lengths = (1u32..).zip(&self.lengths);
        let (length, (_, code, place)) = { lengths }.find(|(_, (beyond, ..))| bits < *beyond)?;
        let place = (bits >> (16 - length)).checked_sub(*code)? + place;
        let symbol = *self.symbols.get(usize::try_from(place).ok()?)?;
        Some(Code { length: u8::try_from(length).ok()?, place: u8::try_from(place).ok()?, symbol })
    }

    /// The code at the start of 16 bits, which is now used.
    fn read(&mut self, bits: u32) -> Option<Code> {
        let known = *self.known.get(usize::try_from(bits >> (16 - PEEK)).ok()?)?;
        let code = if known.is_some() { known } else { self.find(bits) }?;
        *self.used.get_mut(usize::from(code.place))? = true;
        Some(code)
    }
}

/// Coded data without the zeros behind `FF`.
struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    /// The next `count` bits, the first one on top.
    held: u64,
    count: u32,
}

impl Bits<'_> {
    /// Holds at least 32 bits, the longest code and its number, unless fewer are left.
    fn fill(&mut self) {
        if self.count >= 32 {
            return;
        }
        // Most often four bytes come that are no FF.
        if let Some(four) = self.data.get(self.at..).and_then(<[u8]>::first_chunk::<4>)
            && !four.contains(&0xFF)
        {
            self.held |= u64::from(u32::from_be_bytes(*four)) << (32 - self.count);
            self.at += 4;
            self.count += 32;
        }
        while self.count < 32 {
            let Some(&byte) = self.data.get(self.at) else { return };
            self.at += if byte == 0xFF { 2 } else { 1 };
            self.held |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
    }

    fn take(&mut self, count: u32) -> Option<u32> {
        self.fill();
        let number = u32::try_from(self.held >> 32 >> (32 - count)).ok()?;
        self.pass(count)?;
        Some(number)
    }

    fn pass(&mut self, count: u32) -> Option<()> {
        self.count = self.count.checked_sub(count)?;
        self.held <<= count;
        Some(())
    }

    /// A code with the number behind it: from its symbol, how many bits that one has.
    fn code(&mut self, codes: &mut Codes<'_>, number: impl Fn(u32) -> u32) -> Option<u32> {
        self.fill();
        let code = codes.read(u32::try_from(self.held >> 48).ok()?)?;
        let symbol = u32::from(code.symbol);
        self.pass(u32::from(code.length) + number(symbol))?;
        Some(symbol)
    }

    /// As many codes as can be read at once, if they leave some of `places` for others.
    fn run(&mut self, codes: &mut Codes<'_>, places: u32) -> Option<Run> {
        self.fill();
        let peek = usize::try_from(self.held >> (64 - PEEK)).ok()?;
        let run = *codes.runs.get(peek)?;
        (run.bits > 0 && u32::from(run.places) < places).then_some(())?;
        self.pass(run.bits.into())?;
        *codes.seen.get_mut(peek)? = true;
        Some(run)
    }

    fn symbol(&mut self, codes: &mut Codes<'_>) -> Option<u32> {
        self.code(codes, |_| 0)
    }
}

/// A plane in a scan.
struct Part<'a> {
    blocks: usize,
    dc: Option<Codes<'a>>,
    ac: Option<Codes<'a>>,
}

/// The part of each block that a scan sends, and how.
#[derive(Clone, Copy)]
struct Band {
    progressive: bool,
    first: u32,
    last: u32,
    refines: bool,
}

/// Which codes of each table of the copy are used, by the address of the table.
type Used = BTreeMap<usize, Vec<bool>>;

/// Whether the codes of the copy are those of the original, as far as they are used, and
/// its data end where the picture ends.
pub(super) fn agree(original: &Shown<'_>, copy: &Shown<'_>) -> Option<()> {
    let mut used = Used::new();
    let mut sent: BTreeMap<u8, Vec<u64>> = BTreeMap::new();
    for (theirs, ours) in original.scans.iter().zip(&copy.scans) {
        read(copy, theirs, ours, &mut used, &mut sent)?;
    }
    for (theirs, ours) in original.scans.iter().zip(&copy.scans) {
        for (their, our) in theirs.planes.iter().zip(&ours.planes) {
            (their.0 == our.0).then_some(())?;
            same_codes(their.1, our.1, &used)?;
            same_codes(their.2, our.2, &used)?;
        }
    }
    Some(())
}

fn same_codes(original: Option<&[u8]>, copy: Option<&[u8]>, used: &Used) -> Option<()> {
    let (original, copy) = match (original, copy) {
        (None, None) => return Some(()),
        (original, copy) => (original?, copy?),
    };
    let used = used.get(&copy.as_ptr().addr())?;
    let (counts, symbols) = original.get(1..)?.split_at_checked(16)?;
    let (kept_counts, kept) = copy.get(1..)?.split_at_checked(16)?;
    let last = used.iter().rposition(|used| *used)?;
    (kept.len() == last + 1).then_some(())?;
    let mut left = kept.len();
    for (count, kept) in counts.iter().zip(kept_counts) {
        (usize::from(*kept) == left.min(usize::from(*count))).then_some(())?;
        left -= usize::from(*kept);
    }
    let mut places = kept.iter().zip(symbols).zip(used);
    places.all(|((kept, symbol), used)| *kept == if *used { *symbol } else { 0 }).then_some(())
}

fn read(
    picture: &Shown<'_>,
    theirs: &Scan<'_>,
    ours: &Scan<'_>,
    used: &mut Used,
    sent: &mut BTreeMap<u8, Vec<u64>>,
) -> Option<()> {
    let [first, last, bits] = ours.band.map(u32::from);
    (first <= last && last < 64).then_some(())?;
    let band = Band { progressive: picture.is_progressive(), first, last, refines: bits >= 16 };
    let (units, blocks) = picture.units(ours)?;
    let mut parts = Vec::new();
    for ((_, dc, ac), blocks) in theirs.planes.iter().zip(blocks) {
        let codes = |table: Option<_>| match table {
            Some(table) => Codes::new(table).map(Some),
            None => Some(None),
        };
        let ac = codes(*ac)?;
        let ac = if band.progressive { ac } else { ac.map(Codes::for_blocks) };
        parts.push(Part { blocks, dc: codes(*dc)?, ac });
    }
    let interval = u16::from_be_bytes(*ours.interval.first_chunk()?);
    let interval = if interval == 0 { units } else { usize::from(interval) };
    let known = sent.entry(ours.planes.first()?.0).or_default();
    if band.progressive && first > 0 && known.is_empty() {
        known.resize(units, 0);
    }
    let mut rest = ours.coded;
    let mut unit = 0;
    while unit < units {
        let (data, behind) = up_to_restart(rest);
        rest = behind;
        let end = units.min(unit + interval);
        read_interval(data, unit..end, &mut parts, band, known)?;
        unit = end;
    }
    rest.is_empty().then_some(())?;
    for (part, (_, dc, ac)) in parts.into_iter().zip(&ours.planes) {
        for (codes, table) in [(part.dc, dc), (part.ac, ac)] {
            let (Some(codes), Some(table)) = (codes, table) else { continue };
            let all = used.entry(table.as_ptr().addr()).or_default();
            all.resize(all.len().max(codes.used.len()), false);
            all.iter_mut().zip(codes.all_used()).for_each(|(all, used)| *all |= used);
        }
    }
    Some(())
}

/// Data up to a restart marker, and what is behind it.
fn up_to_restart(data: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    while let Some(found) = data.get(at..).and_then(|rest| memchr::memchr(0xFF, rest)) {
        at += found;
        if data.get(at + 1).is_some_and(|byte| (0xD0..=0xD7).contains(byte)) {
            let behind = data.get(at + 2..).unwrap_or_default();
            return (data.get(..at).unwrap_or_default(), behind);
        }
        at += 2;
    }
    (data, &[])
}

fn read_interval(
    data: &[u8],
    units: std::ops::Range<usize>,
    parts: &mut [Part<'_>],
    band: Band,
    sent: &mut [u64],
) -> Option<()> {
    let mut bits = Bits { data, at: 0, held: 0, count: 0 };
    let mut empty = 0;
    for unit in units {
        for part in &mut *parts {
            for _ in 0..part.blocks {
                if band.progressive && band.first > 0 {
                    let sent = sent.get_mut(unit)?;
                    fine(&mut bits, part.ac.as_mut()?, band, &mut empty, sent)?;
                } else if band.progressive && band.refines {
                    bits.take(1)?;
                } else {
                    let size = bits.code(part.dc.as_mut()?, |size| size.min(16))?;
                    (size < 16).then_some(())?;
                    if !band.progressive {
                        rest_of_block(&mut bits, part.ac.as_mut()?)?;
                    }
                }
            }
        }
    }
    bits.fill();
    (empty == 0 && bits.count < 8 && bits.at >= data.len()).then_some(())
}

/// The other 63 numbers of a block, all at once.
fn rest_of_block(bits: &mut Bits<'_>, codes: &mut Codes<'_>) -> Option<()> {
    let mut place = 1;
    while place < 64 {
        if let Some(run) = bits.run(codes, 64 - place) {
            if run.is_last {
                return Some(());
            }
            place += u32::from(run.places);
            continue;
        }
        let symbol = bits.code(codes, |symbol| symbol & 15)?;
        let (zeros, size) = (symbol >> 4, symbol & 15);
        if size == 0 && zeros < 15 {
            return Some(());
        }
        place += zeros;
        if size > 0 && place > 63 {
            return None;
        }
        place += 1;
    }
    Some(())
}

/// A band of a block, for the first time or again with one more bit.
fn fine(
    bits: &mut Bits<'_>,
    codes: &mut Codes<'_>,
    band: Band,
    empty: &mut u32,
    sent: &mut u64,
) -> Option<()> {
    let mut place = band.first;
    while *empty == 0 && place <= band.last {
        let symbol = bits.symbol(codes)?;
        let (mut zeros, size) = (symbol >> 4, symbol & 15);
        if size == 0 && zeros < 15 {
            *empty = (1 << zeros) + bits.take(zeros)?;
            break;
        }
        bits.take(if band.refines { u32::from(size > 0) } else { size })?;
        while place <= band.last {
            if band.refines && *sent >> place & 1 == 1 {
                bits.take(1)?;
            } else if zeros == 0 {
                break;
            } else {
                zeros -= 1;
            }
            place += 1;
        }
        if size > 0 {
            // Beyond the band: some decoders write it there.
            (place <= band.last).then_some(())?;
            *sent |= 1 << place;
        }
        place += 1;
    }
    if *empty > 0 {
        *empty -= 1;
        if band.refines {
            for place in place..=band.last {
                bits.take(u32::try_from(*sent >> place & 1).ok()?)?;
            }
        }
    }
    Some(())
}
