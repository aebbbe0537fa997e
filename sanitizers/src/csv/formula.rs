//! What a program for spreadsheets would run.

use super::SEPARATORS;
use crate::text::is_invisible;

/// Signs with which a formula begins, and their wide and small forms, which some programs
/// read as the same.
const EQUALS: [char; 3] = ['=', '\u{FF1D}', '\u{FE66}'];
const OTHERS: [char; 9] =
    ['+', '-', '@', '\u{FF0B}', '\u{FF0D}', '\u{FF20}', '\u{FE62}', '\u{FE63}', '\u{FE6B}'];
/// What a cell that only begins like a formula needs in order to do anything: a function,
/// another program, another file.
const DEEDS: [char; 4] = ['(', '|', '!', '['];

/// Whether a cell is taken for a formula.
pub(super) fn looks_like_one(cell: &str) -> bool {
    let text = bare(cell);
    text.starts_with(EQUALS) || (text.starts_with(OTHERS) && !is_amount(text))
}

/// Whether a part of a cell could run, were it a cell of its own.
pub(super) fn can_run(part: &str) -> bool {
    let text = bare(part);
    text.starts_with(EQUALS) || (text.starts_with(OTHERS) && text.contains(DEEDS))
}

/// A piece without what stands before its first sign and behind its last.
fn bare(piece: &str) -> &str {
    piece
        .trim_end_matches(|c| passed_over(c) || SEPARATORS.contains(&c))
        .trim_start_matches(passed_over)
}

/// Blanks and quotes before a formula do not help against it.
fn passed_over(c: char) -> bool {
    c == '"' || c.is_whitespace() || is_invisible(c)
}

/// A sign with a number, a date, an amount with its currency or a telephone number behind
/// it, or with nothing.
fn is_amount(text: &str) -> bool {
    let rest = text.trim_start_matches(OTHERS).trim_matches(passed_over);
    let signs = text.chars().take_while(|c| OTHERS.contains(c));
    if rest.is_empty() {
        return true;
    }
    let starts = |c: char| c.is_ascii_digit() || ".,€$£".contains(c);
    let goes_on =
        |c: char| c.is_alphanumeric() || c == ' ' || c == '\u{A0}' || ".,:/-%€$£".contains(c);
    signs.count() == 1 && rest.starts_with(starts) && rest.chars().all(goes_on)
}
