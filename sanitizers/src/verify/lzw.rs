//! LZW, folded a second time.
//!
//! The readers of this crate's verifiers unfold LZW with `weezl`; what they unfold is
//! folded here again, and the copy must have the very bytes that come out. So a copy
//! cannot carry a message in the choice of its words: always the longest word, cleared
//! when there is one word more than a table holds.

/// Bits of the longest code.
const LONGEST: u32 = 12;

/// Which word comes of a word and one more letter, for all of both.
struct Words {
    longer: Vec<u16>,
    /// Places that are not empty, so that clearing costs no more than filling.
    filled: Vec<usize>,
}

impl Words {
    fn new() -> Self {
        Words { longer: vec![0; 256 << LONGEST], filled: Vec::new() }
    }

    fn place(word: u16, letter: u8) -> usize {
        usize::from(word) << 8 | usize::from(letter)
    }

    fn get(&self, word: u16, letter: u8) -> Option<u16> {
        self.longer.get(Self::place(word, letter)).copied().filter(|&longer| longer > 0)
    }

    fn add(&mut self, word: u16, letter: u8, longer: u32) {
        let place = Self::place(word, letter);
        if let (Some(entry), Ok(longer)) = (self.longer.get_mut(place), u16::try_from(longer)) {
            *entry = longer;
            self.filled.push(place);
        }
    }

    fn clear(&mut self) {
        for place in self.filled.drain(..) {
            if let Some(entry) = self.longer.get_mut(place) {
                *entry = 0;
            }
        }
    }
}

/// Codes as bits: one string of them, low first or high first.
struct Bits {
    bytes: Vec<u8>,
    used: u32,
    high_first: bool,
}

impl Bits {
    fn push(&mut self, code: u32, length: u32) {
        for number in 0..length {
            let from = if self.high_first { length - 1 - number } else { number };
            let bit = u8::from(code >> from & 1 == 1);
            if self.used == 0 {
                self.bytes.push(0);
            }
            let to = if self.high_first { 7 - self.used } else { self.used };
            if let Some(last) = self.bytes.last_mut() {
                *last |= bit << to;
            }
            self.used = (self.used + 1) % 8;
        }
    }
}

/// Folds letters of so many bits as GIF does, or as TIFF does: high bits first, and codes
/// that grow one word earlier.
pub(crate) fn fold(letters: &[u8], letter_bits: u32, tiff: bool) -> Vec<u8> {
    let clear = 1_u32 << letter_bits;
    let early = u32::from(tiff);
    let mut bits = Bits { bytes: Vec::new(), used: 0, high_first: tiff };
    let mut words = Words::new();
    // The number that the next word gets.
    let mut next = clear + 2;
    // Bits for a code, when the highest number a reader knows is this.
    let length = |highest: u32| {
        (letter_bits + 1..LONGEST).find(|length| highest + early < 1 << length).unwrap_or(LONGEST)
    };
    bits.push(clear, letter_bits + 1);
    let mut current: Option<u16> = None;
    for &letter in letters {
        let Some(word) = current else {
            current = Some(u16::from(letter));
            continue;
        };
        let longer = words.get(word, letter);
        current = longer.or(Some(u16::from(letter)));
        if longer.is_some() {
            continue;
        }
        bits.push(u32::from(word), length((next - 1).max(clear + 1)));
        words.add(word, letter, next);
        next += 1;
        if next > 1 << LONGEST {
            bits.push(clear, LONGEST);
            words.clear();
            next = clear + 2;
        }
    }
    if let Some(word) = current {
        bits.push(u32::from(word), length((next - 1).max(clear + 1)));
        bits.push(clear + 1, length(next));
    } else {
        bits.push(clear + 1, letter_bits + 1);
    }
    bits.bytes
}
