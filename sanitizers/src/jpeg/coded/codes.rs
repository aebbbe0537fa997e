//! Huffman codes and the bits they are in (T.81, annexes C and F.2.2).

use std::cell::Cell;

use crate::Refusal;
use crate::refusal::Damage;

/// Codes up to this length are found in one step.
const SHORT: u32 = 9;

/// A Huffman table, made for reading.
#[derive(Default)]
pub(super) struct Codes {
    /// The name of the table: class and number.
    pub(super) name: u8,
    /// Per first bits: length and place of a short code.
    short: Vec<(u8, u8)>,
    /// Per length: the first 16 bits that are beyond its codes, and the place of its
    /// first code less that code.
    long: Vec<(u32, u32, i32)>,
    symbols: Vec<u8>,
    /// Codes that occurred in the data.
    used: Vec<Cell<bool>>,
}

impl Codes {
    /// Reads a table as it stands in its segment: name, 16 counts, symbols.
    pub(super) fn new(table: &[u8]) -> Codes {
        let counts = table.get(1..17).unwrap_or_default();
        let symbols = table.get(17..).unwrap_or_default().to_vec();
        let name = table.first().copied().unwrap_or_default();
        let used = vec![Cell::new(false); symbols.len()];
        let short = vec![(0, 0); 1 << SHORT];
        let mut codes = Codes { name, short, long: Vec::new(), symbols, used };
        let (mut code, mut first): (u32, i32) = (0, 0);
        for (length, &count) in (1_u32..).zip(counts) {
            let offset = first - i32::try_from(code).unwrap_or_default();
            for number in 0..u32::from(count) {
                codes.put_short(length, code + number, offset);
            }
            code += u32::from(count);
            first += i32::from(count);
            codes.long.push((length, code << (16 - length), offset));
            code <<= 1;
        }
        codes
    }

    fn put_short(&mut self, length: u32, code: u32, offset: i32) {
        if length > SHORT {
            return;
        }
        let place = place_of(code, offset).unwrap_or_default();
        let from = code << (SHORT - length);
        let to = (code + 1) << (SHORT - length);
        let range =
            usize::try_from(from).unwrap_or_default()..usize::try_from(to).unwrap_or_default();
        if let Some(places) = self.short.get_mut(range) {
            places.fill((u8::try_from(length).unwrap_or_default(), place));
        }
    }

    /// Which codes occurred, in the order of the table.
    pub(super) fn used(&self) -> impl Iterator<Item = bool> {
        self.used.iter().map(Cell::get)
    }

    /// Length and place of the code at the start of 16 bits.
    fn find(&self, bits: u32) -> Option<(u32, u8)> {
        let place = usize::try_from(bits >> (16 - SHORT)).ok()?;
        match self.short.get(place)? {
            (0, _) => {}
            (length, place) => return Some((u32::from(*length), *place)),
        }
        let (length, _, offset) =
            self.long.iter().find(|(length, beyond, _)| *length > SHORT && bits < *beyond)?;
        Some((*length, place_of(bits >> (16 - length), *offset)?))
    }

    /// Length and symbol of the code at the start of 16 bits, which is noted as used.
    fn read(&self, bits: u32) -> Option<(u32, u8)> {
        let (length, place) = self.find(bits)?;
        let place = usize::from(place);
        self.used.get(place)?.set(true);
        Some((length, *self.symbols.get(place)?))
    }
}

/// A table has at most 256 codes.
fn place_of(code: u32, offset: i32) -> Option<u8> {
    u8::try_from(i32::try_from(code).ok()? + offset).ok()
}

/// Bits of coded data, in which a zero follows each `FF`.
pub(super) struct Bits<'a> {
    data: std::slice::Iter<'a, u8>,
    buffer: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Bits { data: data.iter(), buffer: 0, count: 0 }
    }

    fn fill(&mut self) {
        // Most bytes are no FF: four at a time.
        while self.count <= 32 {
            let Some((four, rest)) = self.data.as_slice().split_first_chunk::<4>() else { break };
            if four.contains(&0xFF) {
                break;
            }
            self.buffer = self.buffer << 32 | u64::from(u32::from_be_bytes(*four));
            self.count += 32;
            self.data = rest.iter();
        }
        while self.count <= 56 {
            let Some(&byte) = self.data.next() else { return };
            if byte == 0xFF {
                self.data.next();
            }
            self.buffer = self.buffer << 8 | u64::from(byte);
            self.count += 8;
        }
    }

    /// The next symbol.
    pub(super) fn symbol(&mut self, codes: &Codes) -> Result<u8, Refusal> {
        if self.count < 16 {
            self.fill();
        }
        let bits = match self.count {
            16.. => self.buffer >> (self.count - 16),
            count => self.buffer << (16 - count),
        };
        let bits = u32::try_from(bits & 0xFFFF).unwrap_or_default();
        let (length, symbol) = codes.read(bits).ok_or(Refusal::Damaged(Damage::Value))?;
        self.skip(length)?;
        Ok(symbol)
    }

    /// Passes over at most 16 bits.
    pub(super) fn skip(&mut self, count: u32) -> Result<(), Refusal> {
        if self.count < count {
            self.fill();
        }
        self.count = self.count.checked_sub(count).ok_or(Refusal::Truncated)?;
        Ok(())
    }

    /// The number in the next bits, at most 16.
    pub(super) fn take(&mut self, count: u32) -> Result<u32, Refusal> {
        self.skip(count)?;
        let bits = self.buffer >> self.count & ((1 << count) - 1);
        Ok(u32::try_from(bits).unwrap_or_default())
    }

    /// Whether less than a byte is left.
    pub(super) fn is_used_up(&self) -> bool {
        self.count < 8 && self.data.len() == 0
    }
}
