//! Names of points and lengths in the geometry of a shape.
//!
//! Whoever draws a shape may name them; programs do it for them, each in its own way. Names
//! that the standard gives keep their meaning, all others become `g1`, `g2` and so on.

use std::collections::HashMap;

use crate::xml::number;

/// Operators of formulas, and names with a meaning (ISO/IEC 29500-1, 20.1.9.11; 20.1.10.56).
const KNOWN: &str = "\
    */ +- +/ ?: abs at2 cat2 cos max min mod pin sat2 sin sqrt tan val 3cd4 3cd8 5cd8 7cd8 b \
    cd2 cd3 cd4 cd8 h hc hd2 hd3 hd4 hd5 hd6 hd8 l ls r ss ssd16 ssd2 ssd32 ssd4 ssd6 ssd8 t vc \
    w wd10 wd12 wd2 wd3 wd32 wd4 wd5 wd6 wd8 adj adj1 adj2 adj3 adj4 adj5 adj6 adj7 adj8 hf vf";

/// The farthest place (20.1.10.16).
const FARTHEST: f64 = 27_273_042_316_900.0;

/// The names of one part.
#[derive(Default)]
pub(crate) struct Guides(HashMap<String, usize>);

impl Guides {
    /// What is written for a name, a number, or a formula of both.
    pub(crate) fn write(&mut self, value: &str) -> String {
        let words: Vec<String> = value.split_ascii_whitespace().map(|one| self.word(one)).collect();
        words.join(" ")
    }

    fn word(&mut self, word: &str) -> String {
        if let Some(number) = number(word, FARTHEST) {
            return number;
        }
        if KNOWN.split(' ').any(|known| known == word) {
            return word.to_owned();
        }
        let next = self.0.len() + 1;
        format!("g{}", self.0.entry(word.to_owned()).or_insert(next))
    }
}
