//! Says whether a clean table is the original but for apostrophes, and holds no formula.
//!
//! The cells are found by `csv-core`; the original is decoded as by the verifier of texts.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::text;
use crate::{Limits, ReadSeek, Refusal};

/// Rows that are looked at to find what stands between two cells.
const LOOKED_AT: usize = 1_000;

/// Accepts `clean`, or says that it must not leave.
pub(crate) fn verify(
    original: &mut dyn ReadSeek,
    clean: &[u8],
    limits: &Limits,
) -> Result<(), Refusal> {
    let bytes = text::bytes_of(original, limits)?;
    check(&bytes, clean).ok_or(Refusal::Verification)
}

fn check(original: &[u8], clean: &[u8]) -> Option<()> {
    let clean = text::canonical(clean)?;
    let original = text::lines_of(original)?;
    differs_by_apostrophes(&original, clean).then_some(())?;
    let cells = cells(clean.as_bytes(), separator(clean));
    cells.iter().all(|cell| is_inert(cell)).then_some(())
}

/// Whether the copy has the characters of the original, and apostrophes before others
/// that begin a formula.
fn differs_by_apostrophes(original: &str, clean: &str) -> bool {
    let mut rest = original.chars();
    let mut before = '\n';
    for c in clean.chars() {
        let mut here = rest.clone();
        if here.next() == Some(c) {
            rest = here;
        } else if c != '\'' || !begins_formula(rest.as_str()) || !",;\t\n\"".contains(before) {
            return false;
        }
        before = c;
    }
    rest.as_str().is_empty()
}

fn begins_formula(text: &str) -> bool {
    let first = text.chars().find(|&c| c != '"' && !c.is_whitespace() && !is_unseen(c));
    first.is_some_and(|c| "=+-@＝﹦＋－＠﹢﹣﹫".contains(c))
}

fn is_unseen(c: char) -> bool {
    crate::text::is_invisible(c)
}

/// Whether no program would run a cell, nor any part of it that it could split off.
fn is_inert(cell: &str) -> bool {
    let mut parts = cell.split([',', ';', '\t', '\n']);
    let first = parts.next().unwrap_or_default();
    let begins_well = !begins_formula(first) || is_plain_amount(first);
    begins_well && parts.all(|part| !begins_formula(part) || !acts(part))
}

/// What a formula needs in order to do anything, or the sign that is always one.
fn acts(part: &str) -> bool {
    let first = part.chars().find(|&c| c != '"' && !c.is_whitespace() && !is_unseen(c));
    first.is_some_and(|c| "=＝﹦".contains(c)) || part.contains(['(', '|', '!', '['])
}

/// A number with its sign and its unit; nothing that refers to another cell.
fn is_plain_amount(cell: &str) -> bool {
    let bare = cell.trim_matches(|c: char| c == '"' || c.is_whitespace() || is_unseen(c));
    let number = bare.trim_start_matches(['-', '+', '－', '＋', '﹣', '﹢', '@', '＠', '﹫']);
    let number = number.trim_start_matches(|c: char| c == '"' || c.is_whitespace() || is_unseen(c));
    let signs = bare.chars().count() - number.chars().count();
    let first = number.chars().next();
    first.is_none()
        || (signs >= 1
            && first.is_some_and(|c| c.is_ascii_digit() || ".,€$£".contains(c))
            && number.chars().all(|c| c.is_alphanumeric() || " \u{A0}.,:/-%€$£".contains(c)))
}

fn cells(text: &[u8], separator: u8) -> Vec<String> {
    let mut all = Vec::new();
    let mut reader = reader(separator);
    let mut cell = Vec::new();
    let (mut rest, mut room) = (text, [0; 4096]);
    loop {
        let (outcome, read, written) = reader.read_field(rest, &mut room);
        rest = rest.get(read..).unwrap_or_default();
        cell.extend_from_slice(room.get(..written).unwrap_or_default());
        match outcome {
            ReadFieldResult::Field { .. } => {
                all.push(String::from_utf8_lossy(&cell).into_owned());
                cell.clear();
            }
            ReadFieldResult::End => return all,
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
        }
    }
}

fn reader(separator: u8) -> Reader {
    ReaderBuilder::new().delimiter(separator).build()
}

/// The first separator by which all rows of the beginning have the same number of cells.
fn separator(text: &str) -> u8 {
    let length = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(at, _)| at);
    let head = text.get(..length).unwrap_or_default();
    let end = if length < text.len() { head.rfind('\n').unwrap_or(0) } else { length };
    let mut head = head.get(..end).unwrap_or_default();
    if head.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep=")) {
        head = head.split_once('\n').unwrap_or_default().1;
    }
    let fits = |separator: &u8| {
        let widths = widths(head.as_bytes(), *separator);
        let width = widths.first().copied().unwrap_or(0);
        width > 1
            && widths.iter().all(|&one| one == width)
            && (widths.len() > 2 || (widths.len() == 2 && width > 2))
    };
    [b'\t', b';', b','].into_iter().find(fits).unwrap_or(b',')
}

fn widths(text: &[u8], separator: u8) -> Vec<usize> {
    let (mut widths, mut width) = (Vec::new(), 0);
    let mut reader = reader(separator);
    let (mut rest, mut room) = (text, [0; 4096]);
    loop {
        let (outcome, read, _) = reader.read_field(rest, &mut room);
        rest = rest.get(read..).unwrap_or_default();
        match outcome {
            ReadFieldResult::Field { record_end } => {
                width += 1;
                if record_end {
                    widths.push(width);
                    width = 0;
                }
            }
            ReadFieldResult::End => return widths,
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGINAL: &[u8] = b"name;sum\r\n\"=1+1\";-12,5\r\n@x;+45 12\r\n";
    const CLEAN: &[u8] = b"name;sum\n\"'=1+1\";-12,5\n'@x;+45 12\n";

    #[test]
    fn formulas_as_text_pass() {
        assert_eq!(check(ORIGINAL, CLEAN), Some(()));
    }

    #[test]
    fn formulas_marks_and_other_words_are_refused() {
        for clean in [
            &b"name;sum\n\"=1+1\";-12,5\n'@x;+45 12\n"[..],
            b"name;sum\n\"'=1+1\";-12,5\n@x;+45 12\n",
            b"\xEF\xBB\xBFname;sum\n\"'=1+1\";-12,5\n'@x;+45 12\n",
            b"name;sum\r\n\"'=1+1\";-12,5\r\n'@x;+45 12\r\n",
            b"name;sum\n\"'=1+1\";'-12,5\n'@y;+45 12\n",
            b"'name;sum\n\"'=1+1\";-12,5\n'@x;+45 12\n",
            b"name;su'm\n\"'=1+1\";-12,5\n'@x;+45 12\n",
            b"name;sum\n\"''=1+1\";-12,5\n'@x;+45 12\n",
            b"name;sum\n\"'=1+1\";-12,5\n'@x;+45 12",
            b"name;sum\n\"'=1+1\";-12,5\n'@x;+45 12\n\0",
        ] {
            assert_eq!(check(ORIGINAL, clean), None, "{}", String::from_utf8_lossy(clean));
        }
        assert_eq!(check(b"a,b\n1,x;=1\n2,3\n", b"a,b\n1,x;=1\n2,3\n"), None);
    }
}
