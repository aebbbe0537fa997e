//! Huffman codes, made for reading (T.81, annexes C and F.2.2).
//!
//! A table is followed in two ways. Code by code, which is always right; and in steps: for
//! whatever the next twelve bits can be, it was found out beforehand which codes stand
//! there and how far they lead, so that most of a picture is passed over without looking
//! at each of its codes.

/// Bits that are looked at for a step, and for a single code.
const STEP: u32 = 12;
const SHORT: u32 = 9;

/// A Huffman table.
#[derive(Default)]
pub(super) struct Codes {
    /// Name, 16 counts, and symbols, as in the segment; empty where there is no table.
    table: Vec<u8>,
    /// Per length: the first 16 bits that are beyond its codes, its first code, and the
    /// place of that one.
    lengths: Vec<(u32, u32, u32)>,
    /// Length and place of the code at the start of `SHORT` bits, if it is no longer.
    short: Vec<Option<(u8, u8)>>,
    /// Which codes were read one by one.
    read: Vec<bool>,
    /// What `STEP` bits say, and which of the steps were taken.
    steps: Vec<Step>,
    taken: Vec<bool>,
}

/// Where the codes at the start of some bits lead.
#[derive(Clone, Copy, Default)]
pub(super) struct Step {
    /// The codes and the numbers behind them; zero where no code stands as a whole.
    pub(super) bits: u8,
    /// How many coefficients of the block they make.
    pub(super) coefficients: u8,
    /// Whether the last code says that the rest of the block is zero.
    pub(super) ends: bool,
}

impl Codes {
    /// Reads a table as it stands in its segment.
    pub(super) fn new(table: &[u8]) -> Codes {
        let counts = table.get(1..17).unwrap_or_default();
        let read = vec![false; table.len().saturating_sub(17)];
        let mut codes = Codes { table: table.to_vec(), read, ..Codes::default() };
        let (mut code, mut place) = (0, 0);
        for (length, &count) in (1_u32..).zip(counts) {
            let count = u32::from(count);
            codes.lengths.push(((code + count) << (16 - length), code, place));
            place += count;
            code = (code + count) << 1;
        }
        codes.short = (0..1 << SHORT).map(|bits| codes.short(bits)).collect();
        codes
    }

    fn short(&self, bits: u32) -> Option<(u8, u8)> {
        let (length, place) = self.measure(bits << (16 - SHORT))?;
        let found = (u8::try_from(length).ok()?, u8::try_from(place).ok()?);
        (length <= SHORT).then_some(found)
    }

    /// Prepares the steps through blocks that are sent whole.
    pub(super) fn with_steps(mut self) -> Codes {
        self.steps = (0..1 << STEP).map(|bits| self.follow(bits, |_| ())).collect();
        self.taken = vec![false; self.steps.len()];
        self
    }

    pub(super) fn name(&self) -> u8 {
        self.table.first().copied().unwrap_or_default()
    }

    /// Which codes occurred, in the order of the table.
    pub(super) fn used(&self) -> Vec<bool> {
        let mut used = self.read.clone();
        for (bits, _) in (0..).zip(&self.taken).filter(|(_, taken)| **taken) {
            self.follow(bits, |place| {
                if let Some(used) = used.get_mut(place) {
                    *used = true;
                }
            });
        }
        used
    }

    /// Follows the codes that stand in `STEP` bits as a whole.
    fn follow(&self, bits: u32, mut each: impl FnMut(usize)) -> Step {
        let mut step = Step::default();
        while !step.ends {
            let left = STEP.saturating_sub(u32::from(step.bits));
            let found = self.find(bits << (16 - left) & 0xFFFF);
            let Some((length, place)) = found.filter(|(length, _)| *length <= left) else { break };
            let Some(&symbol) = self.table.get(17 + place) else { break };
            each(place);
            let (zeros, size) = (symbol >> 4, symbol & 15);
            step.bits += u8::try_from(length).unwrap_or_default() + size;
            step.ends = size == 0 && zeros < 15;
            step.coefficients += if step.ends { 0 } else { zeros + 1 };
        }
        step
    }

    /// Length and place of the code at the start of 16 bits.
    fn find(&self, bits: u32) -> Option<(u32, usize)> {
        let short = self.short.get(usize::try_from(bits >> (16 - SHORT)).ok()?)?;
        match short {
            Some((length, place)) => Some((u32::from(*length), usize::from(*place))),
            None => self.measure(bits),
        }
    }

    /// The same, length by length.
    fn measure(&self, bits: u32) -> Option<(u32, usize)> {
        let known = (1_u32..).zip(&self.lengths);
        let (length, (_, code, place)) = { known }.find(|(_, (beyond, ..))| bits < *beyond)?;
        let place = (bits >> (16 - length)).checked_sub(*code)? + place;
        Some((length, usize::try_from(place).ok()?))
    }

    /// Length and symbol of the code at the top of some bits, which is noted.
    pub(super) fn symbol(&mut self, top: u64) -> Option<(u32, u8)> {
        let (length, place) = self.find(u32::try_from(top >> 48).ok()?)?;
        *self.read.get_mut(place)? = true;
        Some((length, *self.table.get(17 + place)?))
    }

    /// The step at the top of some bits, if it leaves a coefficient of the block to come.
    pub(super) fn step(&mut self, top: u64, left: u32, count: u32) -> Option<Step> {
        let place = usize::try_from(top >> (64 - STEP)).ok()?;
        let step = *self.steps.get(place)?;
        // What it says beyond the last bit is not there, and only a block that is not
        // full yet goes on.
        let fits = u32::from(step.bits) <= count && u32::from(step.coefficients) < left;
        if step.bits == 0 || !fits {
            return None;
        }
        *self.taken.get_mut(place)? = true;
        Some(step)
    }
}
