//! LZW, as GIF and TIFF use it: unfolded with no more than is asked for, folded in one
//! way only.
//!
//! A coder is free to clear its table when it likes, to take a shorter word than the
//! longest one, and to go on behind the last pixel: all of that carries messages and tells
//! the program. So what is coded is unfolded and folded again: always the longest word,
//! the table cleared when it is full and never before.
//!
//! Formats: `GIF89a` (`CompuServe`, 1990), appendix F; TIFF 6.0 (Aldus, 1992), section 13.

mod bits;
mod fold;

use crate::Refusal;
use crate::refusal::Damage;
use bits::Reader;

/// Bits of the longest code; a table has two to this power of words.
const LONGEST: u32 = 12;
/// Words in a full table.
const WORDS: usize = 1 << LONGEST;

/// A dialect of LZW.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lzw {
    /// Bits of a letter; two more words mean "clear" and "end".
    letter_bits: u32,
    /// Whether codes are packed with their highest bit first, and get longer one word
    /// earlier than they must.
    tiff: bool,
}

/// What came out of coded bytes.
pub(crate) struct Unfolded {
    /// The letters.
    pub(crate) letters: Vec<u8>,
    /// Whether anything followed that no reader needs.
    pub(crate) tail: bool,
}

/// A word of the table: where it stands among the letters, and how long it is.
///
/// Each word is one that was put out, and the letter that was put out next.
type Word = (usize, usize);

impl Lzw {
    /// The dialect of GIF with letters of so many bits, from 2 to 8.
    pub(crate) fn gif(letter_bits: u32) -> Lzw {
        Lzw { letter_bits, tiff: false }
    }

    /// The dialect of TIFF.
    pub(crate) fn tiff() -> Lzw {
        Lzw { letter_bits: 8, tiff: true }
    }

    fn clear(self) -> usize {
        1 << self.letter_bits
    }

    fn end(self) -> usize {
        self.clear() + 1
    }

    /// Bits of the next code, if the table has so many words.
    fn code_bits(self, words: usize) -> u32 {
        let largest = words + usize::from(self.tiff);
        (usize::BITS - largest.leading_zeros()).clamp(self.letter_bits + 1, LONGEST)
    }

    /// Unfolds up to `most` letters; fewer come out if the codes end before.
    pub(crate) fn unfold(self, coded: &[u8], most: usize) -> Result<Unfolded, Refusal> {
        let mut reader = Reader::new(coded, self.tiff);
        let mut letters: Vec<u8> = Vec::new();
        let mut words: Vec<Word> = Vec::with_capacity(WORDS);
        let first = self.end() + 1;
        let mut last: Option<Word> = None;
        while letters.len() < most {
            // A full table stays as it is until it is cleared.
            let next = if last.is_some() { first + words.len() } else { first };
            let Some(code) = reader.take(self.code_bits(next.min(WORDS - 1))) else {
                return Ok(Unfolded { letters, tail: false });
            };
            let code = usize::from(code);
            if code == self.clear() {
                words.clear();
                last = None;
                continue;
            }
            if code == self.end() {
                return Ok(Unfolded { letters, tail: !reader.is_at_end() });
            }
            let start = letters.len();
            if let (Some((at, length)), true) = (last, next < WORDS) {
                words.push((at, length + 1));
            }
            if code < self.clear() {
                letters.push(u8::try_from(code).unwrap_or_default());
            } else {
                let word = code.checked_sub(first).and_then(|number| words.get(number));
                let &(at, length) = word.ok_or(Refusal::Damaged(Damage::Value))?;
                // The newest word may end with the letter that is put out here first.
                letters.extend_from_within(at..(at + length).min(start));
                if let (true, Some(&letter)) = (at + length > start, letters.get(at)) {
                    letters.push(letter);
                }
            }
            last = Some((start, letters.len() - start));
        }
        let over = letters.len() > most;
        letters.truncate(most);
        // After the last word readers expect the end, whose code may be longer by then.
        let next = last.map_or(first, |_| first + words.len()).min(WORDS - 1);
        let mut code = reader.take(self.code_bits(next)).map(usize::from);
        if code == Some(self.clear()) {
            code = reader.take(self.code_bits(first)).map(usize::from);
        }
        let ended = code.is_none_or(|code| code == self.end() && reader.is_at_end());
        Ok(Unfolded { letters, tail: over || !ended })
    }

    /// Folds letters in the one way.
    pub(crate) fn fold(self, letters: &[u8]) -> Vec<u8> {
        fold::fold(self, letters)
    }
}

#[cfg(test)]
mod tests;
