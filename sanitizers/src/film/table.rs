//! The tables of a track: when each sample is shown, how large it is and where it lies.
//!
//! Every count in them is a claim. A track may have two million samples, and a table that
//! has less than it says ends too early.

use super::atom::{Atom, Name, needed, only, u64_be};
use crate::refusal::{Damage, Feature, Limit};
use crate::sound::Bytes;
use crate::{Category, Limits, Notes, Refusal};

/// How large the samples are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sizes {
    /// Each has its own size.
    Each(Vec<u32>),
    /// All have one size: sound that is not packed, with a sample for every moment.
    Same {
        /// Bytes of a sample.
        size: u32,
        /// Samples.
        count: u32,
    },
}

impl Sizes {
    pub(super) fn count(&self) -> u32 {
        match self {
            Sizes::Each(sizes) => u32::try_from(sizes.len()).unwrap_or(u32::MAX),
            Sizes::Same { count, .. } => *count,
        }
    }

    /// Bytes of some samples in a row.
    pub(super) fn bytes(&self, first: u32, count: u32) -> u64 {
        match self {
            Sizes::Each(_) => self.of(first, count).iter().map(|&size| u64::from(size)).sum(),
            Sizes::Same { size, .. } => u64::from(*size) * u64::from(count),
        }
    }

    /// The sizes of some samples in a row, if each has its own.
    pub(super) fn of(&self, first: u32, count: u32) -> &[u32] {
        let Sizes::Each(sizes) = self else { return &[] };
        let rest = sizes.get(first as usize..).unwrap_or_default();
        rest.get(..count as usize).unwrap_or_default()
    }
}

/// Samples that lie behind each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    pub(super) place: u64,
    /// Number of the first sample, from zero.
    pub(super) first: u32,
    pub(super) count: u32,
    /// Number of their description, from zero.
    pub(super) entry: u32,
}

/// The tables of one track.
#[derive(Debug)]
pub(super) struct Tables {
    /// How many samples last how long.
    pub(super) times: Vec<(u32, u32)>,
    /// How many samples are shown how much later than they are decoded.
    pub(super) offsets: Vec<(u32, i32)>,
    /// Samples with which one can begin, from one; all of them if there is no list.
    pub(super) starts: Option<Vec<u32>>,
    pub(super) sizes: Sizes,
    pub(super) chunks: Vec<Chunk>,
}

/// Boxes of a track's tables that are left out without a word: what they say can be seen
/// in the samples, or is about the other tables.
const SILENT: [Name; 9] =
    [*b"sdtp", *b"cslg", *b"sgpd", *b"sbgp", *b"stps", *b"stsh", *b"padb", *b"stdp", *b"subs"];
/// Those that are read.
const READ: [Name; 9] =
    [*b"stsd", *b"stts", *b"ctts", *b"stss", *b"stsz", *b"stz2", *b"stsc", *b"stco", *b"co64"];

/// Reads the tables. `frame` is the size of a sample of sound that is not packed.
pub(super) fn read(
    all: &[Atom],
    frame: Option<u32>,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Tables, Refusal> {
    for atom in all.iter().filter(|atom| !READ.contains(&atom.name)) {
        if !SILENT.contains(&atom.name) {
            notes.found(Category::Other);
        }
    }
    let sizes = sizes(all, frame, limits)?;
    let count = sizes.count();
    let times = runs(&needed(all, *b"stts")?, count, limits, notes)?;
    let offsets = match only(all, *b"ctts")? {
        Some(atom) => runs(&atom, count, limits, notes)?,
        None => Vec::new(),
    };
    let offsets = offsets.into_iter().map(|(count, offset)| (count, offset.cast_signed()));
    let starts = only(all, *b"stss")?.map(|atom| starts(&atom, count)).transpose()?;
    let chunks = chunks(all, &sizes, limits, notes)?;
    Ok(Tables { times, offsets: offsets.collect(), starts, sizes, chunks })
}

fn sizes(all: &[Atom], frame: Option<u32>, limits: &Limits) -> Result<Sizes, Refusal> {
    let (mut bytes, small) = match (only(all, *b"stsz")?, only(all, *b"stz2")?) {
        (Some(atom), None) => (atom.plain()?, false),
        (None, Some(atom)) => (atom.plain()?, true),
        _ => return Err(Refusal::Damaged(Damage::Missing)),
    };
    let (same, count) = (bytes.u32_be()?, bytes.u32_be()?);
    if let (Some(size), false) = (frame, small) {
        // Old files say 1, whatever the size is.
        if same != size && same != 1 {
            return Err(Refusal::Damaged(Damage::Value));
        }
        return Ok(Sizes::Same { size, count });
    }
    within(count, limits)?;
    let each: Vec<u32> = match (small, same) {
        (false, 0) => bytes
            .take((count as usize).saturating_mul(4))?
            .chunks_exact(4)
            .filter_map(|four| four.try_into().ok().map(u32::from_be_bytes))
            .collect(),
        (false, size) => vec![size; count as usize],
        (true, 8) => bytes.take(count as usize)?.iter().map(|&size| size.into()).collect(),
        (true, 16) => {
            (0..count).map(|_| bytes.u16_be().map(u32::from)).collect::<Result<_, _>>()?
        }
        _ => return Err(Refusal::Feature(Feature::Construct)),
    };
    Ok(Sizes::Each(each))
}

/// A number of samples that may be held in memory one by one.
pub(super) fn within(count: u32, limits: &Limits) -> Result<(), Refusal> {
    if count > limits.samples { Err(Refusal::Limit(Limit::Parts)) } else { Ok(()) }
}

/// Runs of samples with the same value, joined where two are the same. What goes beyond
/// the last sample means nothing.
fn runs(
    atom: &Atom,
    samples: u32,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<(u32, u32)>, Refusal> {
    let (_, _, mut bytes) = atom.full()?;
    let count = bytes.u32_be()?;
    within(count, limits)?;
    let (mut runs, mut left) = (Vec::new(), samples);
    for _ in 0..count {
        let (length, value) = (bytes.u32_be()?, bytes.u32_be()?);
        if length > left {
            notes.found(Category::StrayBytes);
        }
        push_run(&mut runs, length.min(left), value);
        left = left.saturating_sub(length);
    }
    if left > 0 { Err(Refusal::Damaged(Damage::Length)) } else { Ok(runs) }
}

/// Goes on with so many samples of a value.
pub(super) fn push_run<T: PartialEq>(runs: &mut Vec<(u32, T)>, length: u32, value: T) {
    match runs.last_mut() {
        _ if length == 0 => {}
        Some((last, same)) if *same == value => *last = last.saturating_add(length),
        _ => runs.push((length, value)),
    }
}

fn starts(atom: &Atom, samples: u32) -> Result<Vec<u32>, Refusal> {
    let mut bytes = atom.plain()?;
    let count = bytes.u32_be()?;
    if count > samples {
        return Err(Refusal::Damaged(Damage::Length));
    }
    let (mut all, mut last) = (Vec::new(), 0);
    for _ in 0..count {
        let number = bytes.u32_be()?;
        if number <= last || number > samples {
            return Err(Refusal::Damaged(Damage::Value));
        }
        all.push(number);
        last = number;
    }
    Ok(all)
}

fn chunks(
    all: &[Atom],
    sizes: &Sizes,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<Chunk>, Refusal> {
    let places = places(all, limits)?;
    let mut chunks = Vec::new();
    let (mut rows, mut first) = (Rows::new(&needed(all, *b"stsc")?, limits)?, 0);
    for (number, place) in (1_u32..).zip(places) {
        let (count, entry) = rows.of(number)?;
        let count = count.min(sizes.count() - first);
        if count == 0 {
            // A chunk behind the last sample.
            notes.found(Category::StrayBytes);
            break;
        }
        chunks.push(Chunk { place, first, count, entry });
        first += count;
    }
    if first == sizes.count() { Ok(chunks) } else { Err(Refusal::Damaged(Damage::Length)) }
}

fn places(all: &[Atom], limits: &Limits) -> Result<Vec<u64>, Refusal> {
    let (mut bytes, wide) = match (only(all, *b"stco")?, only(all, *b"co64")?) {
        (Some(atom), None) => (atom.plain()?, false),
        (None, Some(atom)) => (atom.plain()?, true),
        _ => return Err(Refusal::Damaged(Damage::Missing)),
    };
    let count = bytes.u32_be()?;
    within(count, limits)?;
    let mut read = || if wide { u64_be(&mut bytes) } else { bytes.u32_be().map(u64::from) };
    (0..count).map(|_| read()).collect()
}

/// `stsc`: from which chunk on there are how many samples in each, of which description.
struct Rows<'a> {
    bytes: Bytes<'a>,
    left: u32,
    now: (u32, u32),
    next: Option<(u32, u32, u32)>,
}

impl<'a> Rows<'a> {
    fn new(atom: &Atom<'a>, limits: &Limits) -> Result<Rows<'a>, Refusal> {
        let mut bytes = atom.plain()?;
        let left = bytes.u32_be()?;
        within(left, limits)?;
        let mut rows = Rows { bytes, left, now: (0, 0), next: None };
        rows.advance()?;
        Ok(rows)
    }

    fn advance(&mut self) -> Result<(), Refusal> {
        let Some(left) = self.left.checked_sub(1) else {
            self.next = None;
            return Ok(());
        };
        self.left = left;
        let before = self.next.map_or(0, |(from, ..)| from);
        let bytes = &mut self.bytes;
        let (from, count, entry) = (bytes.u32_be()?, bytes.u32_be()?, bytes.u32_be()?);
        let entry = entry.checked_sub(1).ok_or(Refusal::Damaged(Damage::Value))?;
        if from <= before || count == 0 {
            return Err(Refusal::Damaged(Damage::Value));
        }
        self.next = Some((from, count, entry));
        Ok(())
    }

    /// Samples and description of a chunk; they are asked for one after the other.
    fn of(&mut self, chunk: u32) -> Result<(u32, u32), Refusal> {
        if let Some((from, count, entry)) = self.next
            && from == chunk
        {
            self.now = (count, entry);
            self.advance()?;
        }
        match self.now {
            (0, _) => Err(Refusal::Damaged(Damage::Value)),
            now => Ok(now),
        }
    }
}
