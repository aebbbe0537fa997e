//! A picture like one taken of a screen: flat areas, frames, lines of text.
//!
//! Letters are patterns that come again and again, which is what such pictures are
//! made of and what a compressor finds in them.

use crate::photo::noise;

/// Size of the screen.
pub(crate) const SIZE: (u32, u32) = (3840, 2160);
const LETTER: (u32, u32) = (14, 20);
/// Different letters.
const LETTERS: u32 = 60;

/// One row as bytes of red, green and blue.
pub(crate) fn row(y: u32) -> Vec<u8> {
    (0..SIZE.0).flat_map(|x| colour(x, y)).collect()
}

fn colour(x: u32, y: u32) -> [u8; 3] {
    match (x, y) {
        (_, 0..60) => [0x30, 0x3A, 0x46],
        (0..500, _) => menu(x, y),
        (500..504, _) => [0xC8, 0xCC, 0xD0],
        _ => text(x, y, [0xFF; 3]),
    }
}

/// Rows of a list, every second one shaded, one chosen.
fn menu(x: u32, y: u32) -> [u8; 3] {
    let line = y / 44;
    let ground = match line {
        12 => [0xCF, 0xE2, 0xF3],
        line if line % 2 == 0 => [0xF4, 0xF5, 0xF7],
        _ => [0xEB, 0xED, 0xF0],
    };
    if (10..30).contains(&(y % 44)) && x < 380 { text(x, y, ground) } else { ground }
}

/// Letters with soft edges, words of different lengths, lines that end early.
fn text(x: u32, y: u32, ground: [u8; 3]) -> [u8; 3] {
    let (column, line) = (x / LETTER.0, y / (2 * LETTER.1));
    let ends = 120 + noise(line, 0, 1) % 130;
    let space = noise(column, line, 2).is_multiple_of(6);
    if y % (2 * LETTER.1) >= LETTER.1 || column > ends || space || line % 9 == 8 {
        return ground;
    }
    let letter = noise(column, line, 3) % LETTERS;
    let ink = stroke(letter, x % LETTER.0, y % LETTER.1);
    ground.map(|value| u8::try_from(u32::from(value) * (4 - ink) / 4).unwrap_or_default())
}

/// How much ink, from 0 to 4, a point of a letter has.
fn stroke(letter: u32, x: u32, y: u32) -> u32 {
    if x < 2 || y < 3 {
        return 0;
    }
    // Strokes three points wide; the outer ones are soft.
    match (noise(letter, x / 3, 4) % 3, noise(letter, y / 4, 5) % 3) {
        (0, _) | (_, 0) => [1, 4, 3][(x % 3) as usize],
        _ => 0,
    }
}
