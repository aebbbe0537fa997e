//! The one way to fold letters.

use super::bits::Writer;
use super::{LONGEST, Lzw, WORDS};

/// Places where words are looked up: four for each, so that few share one.
const PLACES: usize = 4 * WORDS;
/// No word and letter.
const NOTHING: u32 = u32::MAX;
/// Spreads neighbours far apart: two to the power of 32, divided by the golden ratio.
const SPREAD: u32 = 0x9E37_79B9;

/// Which word comes of a word and one more letter.
struct Table {
    places: Vec<(u32, u16)>,
    words: usize,
}

impl Table {
    fn new(words: usize) -> Self {
        Table { places: vec![(NOTHING, 0); PLACES], words }
    }

    /// The longer word; if there is none, it is made of what comes next.
    fn longer(&mut self, word: u16, letter: u8) -> Option<u16> {
        let key = u32::from(word) << 8 | u32::from(letter);
        let mut place = (key.wrapping_mul(SPREAD) >> (32 - PLACES.ilog2())) as usize;
        loop {
            let found = self.places.get_mut(place % PLACES)?;
            if found.0 == key {
                return Some(found.1);
            }
            if found.0 == NOTHING {
                *found = (key, u16::try_from(self.words).unwrap_or_default());
                self.words += 1;
                return None;
            }
            place += 1;
        }
    }
}

/// Always the longest word; cleared when there is one word more than fit.
pub(super) fn fold(lzw: Lzw, letters: &[u8]) -> Vec<u8> {
    let code = |number: usize| u16::try_from(number).unwrap_or_default();
    let (clear, end, first) = (code(lzw.clear()), code(lzw.end()), lzw.end() + 1);
    let mut writer = Writer::new(lzw.tiff);
    let mut table = Table::new(first);
    let mut bits = lzw.letter_bits + 1;
    writer.put(clear, bits);
    let mut word: Option<u16> = None;
    for &letter in letters {
        let Some(shorter) = word else {
            word = Some(u16::from(letter));
            continue;
        };
        word = table.longer(shorter, letter);
        if word.is_some() {
            continue;
        }
        writer.put(shorter, bits);
        word = Some(u16::from(letter));
        if table.words + usize::from(lzw.tiff) > 1 << bits && bits < LONGEST {
            bits += 1;
        }
        if table.words > WORDS {
            writer.put(clear, bits);
            table = Table::new(first);
            bits = lzw.letter_bits + 1;
        }
    }
    if let Some(word) = word {
        writer.put(word, bits);
        // A reader adds a word for this code too, before it reads the last one.
        if table.words + usize::from(lzw.tiff) >= 1 << bits && bits < LONGEST {
            bits += 1;
        }
    }
    writer.put(end, bits);
    writer.finish()
}
