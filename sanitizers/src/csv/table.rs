//! Where cells begin and end.

use super::SEPARATORS;

/// Rows that must agree on the number of their cells.
const ROWS: usize = 3;

/// Characters from the start by which the separator is found.
pub(crate) const WINDOW: usize = 1_000;

/// Whether a text, of which at least a window is there, is a table.
pub(crate) fn is_table(text: &str) -> bool {
    separator(text).is_some()
}

/// The separator by which the first rows of a table agree.
pub(super) fn separator(text: &str) -> Option<char> {
    let end = text.char_indices().nth(WINDOW).map(|(at, _)| at);
    let head = text.get(..end.unwrap_or(text.len()))?;
    // The last row of a window may go on behind it.
    let whole_rows = if end.is_some() { head.rfind('\n').unwrap_or(0) } else { head.len() };
    head.get(..whole_rows).and_then(separator_of)
}

fn separator_of(head: &str) -> Option<char> {
    // Some programs write the separator into a row of its own.
    let hint = head.split('\n').next().filter(|row| row.to_ascii_lowercase().starts_with("sep="));
    let head = head.get(hint.map_or(0, str::len)..)?;
    SEPARATORS.into_iter().find(|&separator| {
        let counts = counts(head, separator);
        let first = counts.first().copied().unwrap_or(0);
        // Two rows are enough if there is more than one reason to believe in them.
        let enough = counts.len() >= ROWS || (counts.len() + 1 == ROWS && first > 1);
        first > 0 && enough && counts.iter().all(|&count| count == first)
    })
}

/// How many separators outside of quotes each row has; empty rows do not count.
fn counts(head: &str, separator: char) -> Vec<usize> {
    let (mut counts, mut count, mut is_empty) = (Vec::new(), 0, true);
    let mut quotes = Quotes::default();
    for c in head.chars() {
        quotes.step(c, separator);
        if c == '\n' && !quotes.open {
            if !is_empty {
                counts.push(count);
            }
            (count, is_empty) = (0, true);
            continue;
        }
        count += usize::from(c == separator && !quotes.open);
        is_empty = false;
    }
    if !is_empty {
        counts.push(count);
    }
    counts
}

/// Follows the quotes around cells: one opens at the beginning of a cell only.
struct Quotes {
    open: bool,
    at_start: bool,
    /// Whether a quote has just closed; a second one means that the cell goes on.
    closed: bool,
}

impl Default for Quotes {
    fn default() -> Self {
        Quotes { open: false, at_start: true, closed: false }
    }
}

impl Quotes {
    fn step(&mut self, c: char, separator: char) {
        if c == '"' {
            let opens = self.at_start || self.closed;
            self.closed = self.open;
            self.open = opens;
            self.at_start = false;
        } else {
            self.closed = false;
            self.at_start = !self.open && (c == separator || c == '\n');
        }
    }
}

/// Where a piece of a table begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// With a cell.
    Cell,
    /// Where a program that splits otherwise would begin a cell.
    Within,
}

/// A part of a table that holds no other beginning of a cell.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub(super) place: Place,
    pub(super) text: &'a str,
}

/// Splits a table before each place where a cell can begin. The pieces are the whole.
pub(super) fn pieces(text: &str, own: char) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut start, mut place) = (0, Place::Cell);
    let mut quotes = Quotes::default();
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        let opens = c == '"' && quotes.at_start;
        quotes.step(c, own);
        if opens {
            cut(&mut pieces, text, &mut start, next, place);
            place = Place::Cell;
        } else if c == '\n' || SEPARATORS.contains(&c) {
            cut(&mut pieces, text, &mut start, next, place);
            place = if quotes.at_start { Place::Cell } else { Place::Within };
        }
    }
    cut(&mut pieces, text, &mut start, text.len(), place);
    pieces
}

fn cut<'a>(
    pieces: &mut Vec<Piece<'a>>,
    text: &'a str,
    start: &mut usize,
    end: usize,
    place: Place,
) {
    if let Some(text) = text.get(*start..end).filter(|text| !text.is_empty()) {
        pieces.push(Piece { place, text });
    }
    *start = end;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_agree_are_a_table() {
        assert_eq!(separator("a;b\n1,5;2\n3;4\n"), Some(';'));
        assert_eq!(separator("a\tb\n1\t2\n3\t4"), Some('\t'));
        assert_eq!(separator("a,b,c\n1,\"x,\ny\",2\n"), Some(','));
        for text in
            ["a,b\n", "Dear Bo, hi\nI saw it, yes\n", "one\ntwo\nthree\n", "", "a,b\n1\n2\n"]
        {
            assert_eq!(separator(text), None, "{text}");
        }
    }

    #[test]
    fn pieces_are_the_whole() {
        let text = "a;\"x;\"\"y\n=\";b\"c;d\n";
        let pieces = pieces(text, ';');
        assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), text);
        let cells = pieces.iter().filter(|piece| piece.place == Place::Cell).count();
        assert_eq!(cells, 5, "{pieces:?}");
    }
}
