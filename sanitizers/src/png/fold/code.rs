//! A code for the letters of one block: the more often a byte comes, the shorter.
//!
//! Only letters are written, no repetitions.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::bits::Bits;

/// All bytes, and the mark of the end of a block.
const SYMBOLS: usize = 257;
const END: usize = 256;
/// Bits of the longest word. Readers look words up, and most of their tables have
/// room for this many; letters so rare cost nothing.
const LONGEST: u8 = 12;

/// Opens a block that is not the last and brings its own code (3.2.7): 257 letters,
/// two distances, and 19 lengths of words for lengths.
const OPEN: [(u64, u32); 4] = [(0b100, 3), (0, 5), (1, 5), (15, 4)];
/// A length of a word is written in four bits; three symbols for repeated lengths,
/// the first ones, are not used.
const LENGTHS: [u64; 19] = [0, 0, 0, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4];

/// A word as it is written, and its length.
type Word = (u16, u8);

/// The words for all symbols.
pub(super) struct Code([Word; SYMBOLS]);

impl Code {
    /// The code for this block.
    pub(super) fn of(block: &[u8]) -> Self {
        let mut counts = counts(block);
        let mut lengths = lengths(&counts);
        while lengths.iter().any(|&length| length > LONGEST) {
            // Rare letters count for more than they are, until no word is too long.
            counts = counts.map(|count| count.div_ceil(2));
            lengths = self::lengths(&counts);
        }
        Code(words(&lengths))
    }

    /// Bytes that the letters of `block` take.
    pub(super) fn size(&self, block: &[u8]) -> usize {
        let bits: usize = block.iter().map(|&byte| usize::from(self.word(byte).1)).sum();
        bits / 8
    }

    /// Writes `block` and the code in front of it.
    pub(super) fn write(&self, block: &[u8], bits: &mut Bits) {
        for (value, count) in OPEN {
            bits.put(value, count);
        }
        for length in LENGTHS {
            bits.put(length, 3);
        }
        // Both distances get a word, as zlib does it: some readers want them.
        for length in self.0.iter().map(|word| word.1).chain([1, 1]) {
            bits.put(u64::from(length.reverse_bits() >> 4), 4);
        }
        let (groups, rest) = block.as_chunks::<4>();
        bits.put_all(groups.iter().map(|group| group.map(|byte| self.word(byte))));
        for &byte in rest {
            let (word, length) = self.word(byte);
            bits.put(u64::from(word), u32::from(length));
        }
        let (word, length) = self.0.get(END).copied().unwrap_or_default();
        bits.put(u64::from(word), u32::from(length));
    }

    fn word(&self, byte: u8) -> Word {
        self.0.get(usize::from(byte)).copied().unwrap_or_default()
    }
}

/// How often each symbol comes.
fn counts(block: &[u8]) -> [u32; SYMBOLS] {
    // Counting one letter again and again waits for itself: four lists do not.
    let mut lists = [[0_u32; 256]; 4];
    let (groups, rest) = block.as_chunks::<4>();
    let [first, second, third, fourth] = &mut lists;
    for &[a, b, c, d] in groups {
        count(first, a);
        count(second, b);
        count(third, c);
        count(fourth, d);
    }
    for &byte in rest {
        count(first, byte);
    }
    std::array::from_fn(|symbol| {
        if symbol == END { 1 } else { lists.iter().filter_map(|list| list.get(symbol)).sum() }
    })
}

fn count(list: &mut [u32; 256], byte: u8) {
    if let Some(count) = list.get_mut(usize::from(byte)) {
        *count += 1;
    }
}

/// Lengths of the words by Huffman's method: the two rarest trees become one, again
/// and again.
fn lengths(counts: &[u32; SYMBOLS]) -> [u8; SYMBOLS] {
    let used = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let mut trees: BinaryHeap<_> = used.map(|(tree, &count)| Reverse((count, tree))).collect();
    // Symbols are the first trees; a tree comes before the one it becomes part of.
    let mut parents = [0; 2 * SYMBOLS];
    let mut next = SYMBOLS;
    while let (Some(Reverse(one)), Some(Reverse(other))) = (trees.pop(), trees.pop()) {
        for tree in [one.1, other.1] {
            if let Some(parent) = parents.get_mut(tree) {
                *parent = next;
            }
        }
        trees.push(Reverse((one.0 + other.0, next)));
        next += 1;
        if trees.len() == 1 {
            break;
        }
    }
    let mut depths = [0; 2 * SYMBOLS];
    for tree in (0..next.saturating_sub(1)).rev() {
        let above = parents.get(tree).and_then(|&parent| depths.get(parent)).copied();
        if let (Some(depth), Some(above)) = (depths.get_mut(tree), above) {
            *depth = above + 1;
        }
    }
    let length = |symbol: usize| {
        let used = counts.get(symbol).is_some_and(|&count| count > 0);
        if used { depths.get(symbol).copied().unwrap_or_default() } else { 0 }
    };
    std::array::from_fn(length)
}

/// Words in the order that the format prescribes (3.2.2), written from their end.
fn words(lengths: &[u8; SYMBOLS]) -> [Word; SYMBOLS] {
    let mut next = 0_u16;
    let mut words = [(0, 0); SYMBOLS];
    for length in 1..=LONGEST {
        next <<= 1;
        for (word, _) in words.iter_mut().zip(lengths).filter(|(_, of)| **of == length) {
            *word = (next.reverse_bits() >> (16 - length), length);
            next += 1;
        }
    }
    words
}
