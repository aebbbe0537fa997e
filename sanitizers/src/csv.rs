//! Tables as text: the same cells, and none of them a formula.
//!
//! A table hides no more than other text does, and is cleaned like text. But programs for
//! spreadsheets run cells that begin like a formula, and such a formula can fetch an
//! address, with what stands in other cells in it, as soon as somebody opens the file. So
//! each of them gets an apostrophe in front, by which those programs know a text.
//!
//! Follows RFC 4180, with a comma, a semicolon or a tab between cells. The separator is not
//! written in the file: a program may split at another one than the one that fits. Behind
//! these, and behind line ends within a cell, only what can run counts as a formula;
//! at the beginning of a cell everything does that is neither a number nor a date.

mod formula;
mod table;

use crate::refusal::Limit;
use crate::{About, Category, Change, Limits, Notes, ReadSeek, Refusal, text};

pub(crate) use table::is_table;

/// What a reviewer reads about it first.
pub(crate) const ABOUT: About = About {
    kept: "every cell; formulas as text, with an apostrophe in front",
    removed: "byte order mark, kinds of line ends",
    refused: "what plain text is refused for",
};

/// What stands between two cells, in the order in which they are tried.
pub(crate) const SEPARATORS: [char; 3] = ['\t', ';', ','];

/// Returns the table as UTF-8 with line feeds and without formulas.
pub(crate) fn clean(
    source: &mut dyn ReadSeek,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Vec<u8>, Refusal> {
    let text = text::read(source, limits, notes)?;
    let own = table::separator(&text).unwrap_or(',');
    let (clean, formulas) = as_text(&text, own);
    if formulas > 0 {
        notes.found_many(Category::Scripts, formulas);
        notes.changed(Change::FormulasAsText);
    }
    if clean.len() as u64 > limits.output_bytes(text.len() as u64) {
        return Err(Refusal::Limit(Limit::OutputBytes));
    }
    Ok(clean.into_bytes())
}

/// What happens to the cells, as lines of text.
pub(crate) fn explain() -> Vec<String> {
    let mut lines = text::explain();
    lines.extend(
        [
            "cell that begins with = + - @ or a wide form of these: an apostrophe in front",
            "number, date, amount, telephone number with a sign in front: kept",
        ]
        .map(str::to_owned),
    );
    lines
}

/// Puts an apostrophe before each formula, and counts them.
fn as_text(text: &str, own: char) -> (String, u32) {
    let mut clean = String::with_capacity(text.len());
    let mut formulas = 0_u32;
    for piece in table::pieces(text, own) {
        let is_formula = match piece.place {
            table::Place::Cell => formula::looks_like_one(piece.text),
            table::Place::Within => formula::can_run(piece.text),
        };
        if is_formula {
            formulas = formulas.saturating_add(1);
            clean.push('\'');
        }
        clean.push_str(piece.text);
    }
    (clean, formulas)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text_wherever_a_cell_begins() {
        for (table, expected) in [
            ("a,=1+1\n", "a,'=1+1\n"),
            ("=1,b\n", "'=1,b\n"),
            ("a,\"=HYPERLINK(\"\"x\"\")\"\n", "a,\"'=HYPERLINK(\"\"x\"\")\"\n"),
            ("a,  =1\n", "a,'  =1\n"),
            ("a,@SUM(1)\nb,+cmd|x\n", "a,'@SUM(1)\nb,'+cmd|x\n"),
            ("a,\u{FF1D}1\n", "a,'\u{FF1D}1\n"),
            ("a,\t=1\n", "a,\t'=1\n"),
            ("a,\"x\n=1\"\n", "a,\"x\n'=1\"\n"),
            ("a,x;=1\n", "a,x;'=1\n"),
            ("a,\"\"\"=1\"\n", "a,\"'\"\"=1\"\n"),
        ] {
            assert_eq!(as_text(table, ',').0, expected);
            assert_eq!(as_text(expected, ','), (expected.to_owned(), 0));
        }
    }

    #[test]
    fn numbers_dates_and_amounts_stay() {
        for cell in ["-12", "+45 12 34 56 78", "-", "--", "-12.5", "-1/2/2024", "-500 kr.", "-5 %"]
        {
            let table = format!("a;{cell}\n");
            assert_eq!(as_text(&table, ';'), (table.clone(), 0));
        }
        assert_eq!(as_text("a;me, -and you\n", ';').1, 0);
    }
}
